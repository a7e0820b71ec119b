"""The promises of a store, each with its check."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any, Final

from ledgerkit import ids, money, ports, receivables, transactions
from ledgerkit.errors import LedgerkitError, PortError
from ledgerkit.receivables import Account, Update
from ledgerkit.testing._books import Clerk, account, difference, eur, histories, later, posting, simple
from ledgerkit.testing._invariants import nothing_over_allocated
from ledgerkit.testing._promises import Broken, Promise, refused

Make = Callable[[], Any]

_LOCK: Final = "Compare the version in the same transaction as the write, or lock the account's row."
_WHOLE: Final = "Write everything of a save in one transaction, and roll it back when it is refused."
_ROUNDS: Final = 6
_WRITERS: Final = 4
_PATIENCE: Final = 60


def _payment(id: str, amount: str) -> Callable[[Account], Update]:
    return posting(transactions.payment(id, eur(amount), method="card"), 20)


def _loads_back(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    for found, steps in histories():
        state = found
        for step in steps:
            state = clerk.take(state, step)
            differs = difference(state, store.load(state.id))
            if differs is not None:
                return Broken(f"After version {state.version}, {differs}.", "Store every field, and rows in their order.")
    return None


def _once(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    state = simple(account(), clerk)
    save = clerk.save(_payment("PAY-4", "20.00")(state))
    other = ports.save_of(_payment("PAY-5", "20.00")(store.load("ACME")), command=save.command)
    remedy = "Keep the commands, and leave a save alone whose command is among them."
    for what, again in (("The same save", save), ("Another save with the same command", other)):
        said = refused((), partial(store.save, again))
        if said != "went through":
            return Broken(f"{what} was sent for the second time: it {said}", remedy)
        differs = difference(save.accounts[0], store.load("ACME"))
        if differs is not None:
            return Broken(f"{what} was sent for the second time: {differs}.", remedy)
    return None


def _old_version(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    state = simple(account(), clerk)
    first, second = (_payment(id, "45.00")(state) for id in ("PAY-4", "PAY-5"))
    clerk.save(first)
    said = refused(ports.SaveConflict, lambda: clerk.save(second))
    if said == "went through":
        said = "both went through, and 90.00 EUR is allocated to INV-7, of which 70.00 EUR is open."
        return Broken(f"Two saves of ACME from version {state.version}: {said}", _LOCK)
    if said is not None:
        return Broken(f"The second of two saves of ACME from version {state.version} {said}", "Raise a ports.SaveConflict.")
    differs = difference(first.account, store.load("ACME"))
    if differs is not None:
        return Broken(f"A save with an old version was refused, and yet {differs}.", _WHOLE)
    said = refused(ports.SaveConflict, lambda: clerk.save(_payment("PAY-6", "1.00")(account())))
    return None if said is None else Broken(f"A second account ACME, from nothing, {said}.", _LOCK)


def _all_or_nothing(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    state = simple(account(), clerk)
    other = clerk.take(account("OTHER"), posting(transactions.invoice("INV-1", eur("10.00")), 0))
    clerk.take(other, posting(transactions.invoice("INV-2", eur("10.00")), 1))
    good, stale = _payment("PAY-4", "20.00")(state), _payment("PAY-5", "5.00")(other)
    taken = receivables.post(good.account, transactions.invoice("INV-1", eur("1.00")), on=later(21))
    together = ports.save_of(good, stale, command="both")
    cases = ((ports.SaveConflict, together), (ids.DuplicateId, ports.save_of(good, taken, command="taken")))
    for kind, save in cases:
        said = refused(kind, partial(store.save, save))
        if said is not None:
            return Broken(f"A save of which one part cannot stand {said}.", f"Raise {kind.__name__}.")
        differs = difference(state, store.load("ACME"))
        if differs is not None:
            return Broken(f"A save was refused for its second part, and yet {differs}.", _WHOLE)
        if refused(ids.UnknownReference, lambda: store.account_of("PAY-4")) is not None:
            return Broken("A save was refused for its second part, and yet PAY-4 of its first part is known.", _WHOLE)
    store.save(ports.save_of(good, command="both"))
    differs = difference(good.account, store.load("ACME"))
    if differs is None:
        return None
    return Broken(f"The command of a refused save was sent again, corrected: {differs}.", "A refused save takes no command.")


def _unknown(make: Make) -> Broken | None:
    store = make()
    remedy = "Raise ids.UnknownReference."
    for when in ("An empty store", "A store of ACME"):
        said = refused(ids.UnknownReference, lambda: store.load("NOBODY"))
        if said is not None:
            return Broken(f"{when} was asked for account NOBODY: it {said}.", remedy)
        said = refused(ids.UnknownReference, lambda: store.account_of("NOTHING"))
        if said is not None:
            return Broken(f"{when} was asked for transaction NOTHING: it {said}.", remedy)
        if when == "An empty store":
            simple(account(), Clerk(store))
    return None


def _owners(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    state = simple(account(), clerk)
    other = clerk.take(account("OTHER"), posting(transactions.payment("PAY-9", eur("10.00"), method="card"), 0))
    moved = receivables.move(other, "PAY-9", to=state, id="MV-1", new_id="PAY-10", on=later(20), reason="wrong customer")
    clerk.save(moved)
    wanted = {"INV-7": "ACME", "PAY-3": "ACME", "PAY-9": "OTHER", "MV-1": "OTHER", "PAY-10": "ACME"}
    for transaction, owner in wanted.items():
        found = store.account_of(transaction)
        if found != owner:
            return Broken(
                f"{transaction} is on {owner}, and the store says {found}.", "Keep the account with each transaction."
            )
    return None


def _unique(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    state = simple(account(), clerk)
    other = clerk.take(account("OTHER"), posting(transactions.invoice("INV-1", eur("10.00")), 0))
    said = refused(ids.DuplicateId, lambda: clerk.save(posting(transactions.invoice("INV-7", eur("1.00")), 1)(other)))
    if said is not None:
        return Broken(f"INV-7 is on ACME, and a second INV-7 on OTHER {said}.", "Make the id of a transaction a unique key.")
    for was in (state, other):
        differs = difference(was, store.load(was.id))
        if differs is not None:
            return Broken(f"A second INV-7 was refused, and yet {differs}.", _WHOLE)
    return None


def _at_once(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    bills = [posting(transactions.invoice(f"INV-{n}", eur("10.00")), 0) for n in range(3)]
    state = clerk.take(account(), *bills)
    told: list[list[str]] = [[] for _ in range(_WRITERS)]
    gate = Barrier(_WRITERS)
    threads = [Thread(target=_write, args=(store, gate, name, told[name]), daemon=True) for name in range(_WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE * 2)
    return _judged(store, state, told)


def _write(store: Any, gate: Barrier, name: int, told: list[str]) -> None:
    """Load together, decide, save together: of each round one is to come through."""
    clerk = Clerk(store, f"writer-{name}")
    try:
        for round_ in range(_ROUNDS):
            found = store.load("ACME")
            gate.wait(_PATIENCE)
            said = refused(ports.SaveConflict, partial(clerk.save, _payment(f"PAY-{name}-{round_}", "3.00")(found)))
            told.append(said or "conflict")
            gate.wait(_PATIENCE)
    except BrokenBarrierError:  # another writer tells why
        return
    except Exception as error:  # noqa: BLE001 - told by the check
        told.append(f"raised {type(error).__name__}: {error}")
        gate.abort()


def _judged(store: Any, before: Account, told: list[list[str]]) -> Broken | None:
    odd = next((said for one in told for said in one if said not in ("went through", "conflict")), None)
    if odd is not None or any(len(one) != _ROUNDS for one in told):
        return Broken(
            f"{_WRITERS} writers saved ACME at the same time: one {odd or 'did not end'}.", "Raise a ports.SaveConflict."
        )
    for n, outcome in enumerate(zip(*told, strict=True)):
        count = outcome.count("went through")
        if count != 1:
            seen = f"In round {n + 1}, {_WRITERS} writers saved ACME from one version at the same time: {count} went through."
            return Broken(seen, _LOCK)
    found = store.load("ACME")
    through = {f"PAY-{name}-{n}" for name, one in enumerate(told) for n, said in enumerate(one) if said == "went through"}
    there = {document.id for document in found.transactions} - {document.id for document in before.transactions}
    if there != through or found.version != before.version + _ROUNDS:
        lost = ", ".join(sorted(through - there)) or "nothing"
        return Broken(f"{_ROUNDS} payments went through, and ACME lacks {lost} in version {found.version}.", _LOCK)
    nothing_over_allocated(found)
    return None


def _own(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    saved = simple(account(), clerk)
    loaded = store.load("ACME")
    before = (loaded.version, loaded.balance_minor, loaded.transactions, loaded.allocations)
    clerk.take(store.load("ACME"), _payment("PAY-4", "20.00"))
    store.load("ACME")
    if before != (loaded.version, loaded.balance_minor, loaded.transactions, loaded.allocations):
        seen = f"ACME was loaded in version {before[0]}; after another save the same value says version {loaded.version}."
        return Broken(seen, "Return a value of the caller's own, built from what is stored.")
    differs = difference(saved, loaded)
    return None if differs is None else Broken(f"{differs}.", "Return what was saved.")


def _as_of(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    for found, steps in histories():
        state = clerk.take(found, *steps)
        loaded = store.load(state.id)
        for days in range(0, 45, 2):
            day = later(days)
            was, now = (receivables.balance(one, as_of=day) for one in (state, loaded))
            if was != now:
                seen = f"On {day} the balance of {state.id} was {money.text(was)}, and after loading it is {money.text(now)}."
                return Broken(seen, "Store the day each document was posted on.")
            for report in (receivables.open_items, receivables.open_credits):
                if report(state, as_of=day) != report(loaded, as_of=day):
                    seen = f"What was open on {day} on {state.id} is another after loading."
                    return Broken(
                        seen, "Store the day that each allocation and release counts from, not the day it is saved on."
                    )
    return None


def _on_hold(make: Make) -> Broken | None:
    store = make()
    clerk = Clerk(store)
    state = clerk.take(
        account(),
        posting(transactions.invoice("INV-1", eur("10.00")), 0),
        posting(transactions.invoice("INV-2", eur("10.00")), 0),
        lambda found: receivables.hold(found, "INV-1", on=later(1), reason="contested"),
        lambda found: receivables.hold(found, "INV-2", on=later(1), reason="contested"),
        lambda found: receivables.lift(found, "INV-2", on=later(2)),
    )
    held = [item.id for item in receivables.open_items(store.load("ACME")) if item.held]
    if held != ["INV-1"]:
        seen = f"INV-1 is on hold and INV-2 was lifted; after loading there is on hold: {', '.join(held) or 'nothing'}."
        return Broken(seen, "Store the holds of a save; the latest word on an item counts.")
    update = _payment("PAY-1", "20.00")(store.load("ACME"))
    if update != _payment("PAY-1", "20.00")(state):
        return Broken("A payment settles other invoices after loading than before.", "Store the holds of a save.")
    return None


def _own_errors(make: Make) -> Broken | None:
    store = make()
    simple(account(), Clerk(store))
    odd: tuple[Any, ...] = (7, None, "", "x" * 300, "a\x00b", b"ACME", ["ACME"])
    doors = {name: getattr(store, name) for name in ("load", "account_of", "save")}
    cases = [(f"{name}({value!r:.20})", partial(door, value)) for value in odd for name, door in doors.items()]
    for said, act in cases:
        did = refused(LedgerkitError, act)
        if did is not None:
            return Broken(
                f"{said} {did}.", "Check what comes in with ids.checked(...), and turn errors of a driver into a PortError."
            )
    huge = posting(transactions.invoice("INV-8", money.from_minor(10**40, "EUR")), 20)(store.load("ACME"))
    did = refused(PortError, lambda: store.save(ports.save_of(huge, command="huge")))
    if did == "went through":
        differs = difference(huge.account, store.load("ACME"))
        return None if differs is None else Broken(f"An invoice of 41 digits: {differs}.", "Refuse what cannot be stored.")
    return None if did is None else Broken(f"An invoice of 41 digits {did}.", "Turn errors of a driver into a PortError.")


STORE_PROMISES: Final = (
    Promise(id="S1", text="What was saved loads back equal.", judge=_loads_back),
    Promise(id="S2", text="A Save with a command that was saved before changes nothing.", judge=_once),
    Promise(id="S3", text="A Save with an old version changes nothing.", judge=_old_version),
    Promise(id="S4", text="All or nothing: a Save that is refused half-way leaves no trace.", judge=_all_or_nothing),
    Promise(id="S5", text="What is not there is an UnknownReference.", judge=_unknown),
    Promise(id="S6", text="Of a transaction it says which account it is on.", judge=_owners),
    Promise(id="S7", text="The id of a transaction is unique over all accounts.", judge=_unique),
    Promise(id="S8", text="Savers at the same time: some order of them gives what is there then.", judge=_at_once),
    Promise(id="S9", text="What was loaded is the caller's own.", judge=_own),
    Promise(id="S10", text="Figures as of any date are the same after loading.", judge=_as_of),
    Promise(id="S11", text="What is on hold is on hold after loading, and what was lifted is not.", judge=_on_hold),
    Promise(id="S12", text="A foreign error never leaves it.", judge=_own_errors),
)
