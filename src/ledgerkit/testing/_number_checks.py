"""The promises of a source of numbers, each with its check. A maker gives the source and the store whose saves take the numbers."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ledgerkit import ids, ports, receivables, transactions
from ledgerkit.errors import LedgerkitError
from ledgerkit.testing._books import Clerk, account, difference, eur, later
from ledgerkit.testing._promises import Broken, Promise, refused

Make = Callable[[], tuple[Any, Any]]

_TAKE: Final = "Take a number in the transaction of the save that carries it, and only there."


def _invoice(found: receivables.Account, id: str, number: str) -> receivables.Update:
    return receivables.post(found, transactions.invoice(id, eur("10.00")), on=later(0), number=number)


def _same(make: Make) -> Broken | None:
    source, store = make()
    given = [source.next("invoices") for _ in range(3)]
    Clerk(store).save(_invoice(account(), "INV-1", "of-the-host"), numbers=("of-the-host",))
    given.append(source.next("invoices"))
    if len(set(given)) == 1:
        return None
    return Broken(f"Nothing of the series was saved, and it gave {', '.join(given)}.", _TAKE)


def _following(make: Make) -> Broken | None:
    source, store = make()
    clerk, found = Clerk(store), account()
    given: list[str] = []
    for n in range(4):
        number = source.next("invoices")
        if number in given:
            seen = f"{', '.join(given)} were saved, and then it gave {number}."
            return Broken(seen, "Go on when a save has taken a number.")
        update = _invoice(found, f"INV-{n}", number)
        clerk.save(update, numbers=(number,))
        given.append(number)
        found = update.account
    return None


def _no_gap(make: Make) -> Broken | None:
    source, store = make()
    clerk, number = Clerk(store), source.next("invoices")
    clerk.save(_invoice(account(), "INV-1", "of-the-host"))
    said = refused(ports.SaveConflict, lambda: clerk.save(_invoice(account(), "INV-2", number), numbers=(number,)))
    if said is not None:
        return Broken(f"A save from an old version {said}.", "Raise a ports.SaveConflict.")
    after = source.next("invoices")
    if after == number:
        return None
    return Broken(f"The save that carried {number} failed, and the next number is {after}.", _TAKE)


def _taken(make: Make) -> Broken | None:
    source, store = make()
    clerk, number = Clerk(store), source.next("invoices")
    clerk.save(_invoice(account(), "INV-1", number), numbers=(number,))
    late = _invoice(account("OTHER"), "INV-2", number)
    said = refused(ports.SaveConflict, lambda: clerk.save(late, numbers=(number,)))
    if said is not None:
        return Broken(f"The number {number} was saved for INV-1, and a save of INV-2 with it {said}.", "Make it a unique key.")
    if refused(ids.UnknownReference, lambda: store.load("OTHER")) is not None:
        return Broken(f"A second {number} was refused, and yet its account is there.", _TAKE)
    after = source.next("invoices")
    clerk.save(_invoice(account("OTHER"), "INV-2", after), numbers=(after,))
    differs = difference(_invoice(account("OTHER"), "INV-2", after).account, store.load("OTHER"))
    return None if differs is None else Broken(f"With the following number {differs}.", _TAKE)


def _apart(make: Make) -> Broken | None:
    source, store = make()
    first, other = source.next("invoices"), source.next("payments")
    Clerk(store).save(_invoice(account(), "INV-1", first), numbers=(first,))
    moved = source.next("payments")
    if moved != other:
        return Broken(f"{first} of the invoices was saved, and the payments went from {other} to {moved}.", _TAKE)
    if first == other:
        return Broken(f"Invoices and payments both begin with {first}.", "Give each series a pattern of its own.")
    return None


def _unknown(make: Make) -> Broken | None:
    source, _store = make()
    said = refused(ids.UnknownReference, lambda: source.next("nonsense"))
    if said is not None:
        return Broken(f"The source was asked for a series that is not there: it {said}.", "Raise ids.UnknownReference.")
    told = (refused(LedgerkitError, partial(source.next, value)) for value in (7, None, ""))
    odd = next((did for did in told if did is not None), None)
    return None if odd is None else Broken(f"The source was asked for nonsense: it {odd}.", "Check it with ids.checked(...).")


NUMBER_SOURCE_PROMISES: Final = (
    Promise(id="N1", text="It gives the same number again until a Save that carries it succeeds.", judge=_same),
    Promise(id="N2", text="Then it gives the one that follows.", judge=_following),
    Promise(id="N3", text="A Save that fails leaves no gap.", judge=_no_gap),
    Promise(id="N4", text="Of two Saves with one number the second changes nothing.", judge=_taken),
    Promise(id="N5", text="Each series counts for itself.", judge=_apart),
    Promise(id="N6", text="A series that is not there is an UnknownReference.", judge=_unknown),
)
