"""
A book of two accounts, kept twice: by ledgerkit and by the naive model, compared after every step.

Each method is one thing a host may do, told in small whole numbers, so that Hypothesis and a seeded history can both drive it. What the
model refuses ledgerkit has to refuse with that error, and the account stays as it was.
"""

import pickle
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from ledgerkit import allocation, errors, journal, money, receivables, transactions
from tests.models.naive_account import DEBITS, NEVER, NaiveAccount, Refused

FIRST = date(2026, 1, 1)
LOOKS = (0, 7, 15, 23, 31, 60)
ACCOUNTS = ("A", "B")
POLICIES = (
    allocation.AGAINST_ITEM,
    allocation.FIFO,
    allocation.LIFO,
    allocation.PRO_RATA,
    allocation.MANUAL,
    allocation.STATUTORY,
)

MONEY = ("credit_note", "payment")
UNDOES = (*[MONEY] * 6, ("credit_note", "payment", "write_off", "invoice_cancellation"))
LOST = (*[("write_off",)] * 3, ("write_off", "credit_note"))

Naive = Callable[[NaiveAccount], object]
Ours = Callable[[receivables.Account], receivables.Update]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def eur(minor: int) -> Any:
    return money.from_minor(minor, "EUR")


class Book:
    def __init__(
        self,
        policy: allocation.Policy = allocation.AGAINST_ITEM,
        unallocated: receivables.Unallocated = receivables.Unallocated.RECEIVABLE,
        *,
        previews: bool = True,
    ) -> None:
        self.settings: dict[str, Any] = {"currency": "EUR", "policy": policy, "unallocated": unallocated}
        self.ours = {name: receivables.account(name, **self.settings) for name in ACCOUNTS}
        self.naive = {name: NaiveAccount(policy.order.value, names_count=policy.named_first) for name in ACCOUNTS}
        self.entries: list[journal.Entry] = []
        self.previews = previews
        self.counted = 0
        self.refusals: Counter[str] = Counter()

    # ------------------------------------------------------------------------------------------------ what there is

    def ids(self, name: str, kinds: Any = None) -> list[str]:
        return [one["id"] for one in self.naive[name].documents if kinds is None or one["kind"] in kinds]

    def pick(self, name: str, at: int, kinds: Any = None) -> str:
        found = self.ids(name, kinds)
        return found[at % len(found)] if found else "nobody's"

    def new_id(self, kind: str) -> str:
        self.counted += 1
        return f"{kind}-{self.counted}"

    # ------------------------------------------------------------------------------------------------ both do it

    def both(self, name: str, ours: Ours, naive: Naive) -> bool:
        """Do it on both sides; say whether it was allowed."""
        return self._both((name,), lambda: ours(self.ours[name]), lambda models: naive(models[0]))

    def _both(self, names: tuple[str, ...], ours: Callable[[], receivables.Update], naive: Callable[[Any], object]) -> bool:
        models = [self.naive[name].copy() for name in names]
        before = {name: self.ours[name] for name in names}
        stood = [(account.version, account.balance_minor, account.allocations) for account in before.values()]
        refused = None
        try:
            naive(models)
        except Refused as refusal:
            refused = str(refusal)
        try:
            update = ours()
        except errors.LedgerkitError as error:
            assert refused == type(error).__name__, f"{error}, where the model says {refused}"
            self.refusals[refused] += 1
            return False
        assert refused is None, f"allowed, where the model says {refused}"
        assert stood == [(account.version, account.balance_minor, account.allocations) for account in before.values()]
        if self.previews:
            assert update == ours()
        self._saved(names, models, (update, *update.also))
        return True

    def _saved(self, names: tuple[str, ...], models: list[NaiveAccount], updates: tuple[receivables.Update, ...]) -> None:
        assert len(names) == len(updates)
        for name, model, update in zip(names, models, updates, strict=True):
            was = self.naive[name]
            made = [(row.credit, row.debit, row.amount_minor, row.on) for row in update.allocations]
            undone = [(row.credit, row.debit, row.amount_minor, row.on) for row in update.releases]
            assert update.account.id == name
            assert sorted(made) == sorted((c, d, minor, day(on)) for c, d, minor, on, _ in model.made[len(was.made) :])
            assert sorted(undone) == sorted((c, d, minor, day(on)) for c, d, minor, on, _ in model.undone[len(was.undone) :])
            self.naive[name], self.ours[name] = model, update.account
            self.entries.extend(update.entries)

    # ------------------------------------------------------------------------------------------------ what a host may do

    def invoice(self, name: str, amount: int, on: int, due: int) -> None:
        id = self.new_id("INV")
        draft = transactions.invoice(id, eur(amount), due_on=day(on + due))
        self.both(
            name,
            lambda one: receivables.post(one, draft, on=day(on)),
            lambda one: one.post_debit("invoice", id, amount, on, due=on + due),
        )

    def debit_note(self, name: str, amount: int, on: int, names: list[int], portion: str = "principal") -> None:
        """A debt of that portion. Undoes credits it names: credit notes and payments; a write-off or a cancellation is refused."""
        id = self.new_id("DN")
        against = list(dict.fromkeys(self.pick(name, at, UNDOES[at % len(UNDOES)]) for at in names))
        draft = transactions.debit_note(id, eur(amount), against=against, portion=portion)
        self.both(
            name,
            lambda one: receivables.post(one, draft, on=day(on)),
            lambda one: one.post_debit("debit_note", id, amount, on, against=against, portion=portion),
        )

    def credit(self, name: str, kind: str, amount: int, on: int, names: list[int], priority: int = 0, expires: int = 0) -> None:
        """A payment or a credit note, with or without names, priority and expiry."""
        id = self.new_id("PAY" if kind == "payment" else "CN")
        against = list(dict.fromkeys(self.pick(name, at, DEBITS) for at in names))
        said: dict[str, Any] = {"priority": priority, "expires_on": day(60 + expires) if expires else None}
        if kind == "payment":
            draft = transactions.payment(id, eur(amount), method="card", against=against, **said)
        else:
            draft = transactions.credit_note(id, eur(amount), against=against, **said)
        last = 60 + expires if expires else NEVER
        self.both(
            name,
            lambda one: receivables.post(one, draft, on=day(on)),
            lambda one: one.post_credit(kind, id, amount, on, against=against, priority=priority, expires=last),
        )

    def refund(self, name: str, amount: int, on: int, payment: int | None, *, overdraft: bool, reopen: bool) -> None:
        id = self.new_id("REF")
        names = None if payment is None else self.pick(name, payment)
        draft = transactions.refund(id, eur(amount), method="card", reason="r", payment=names)
        self.both(
            name,
            lambda one: receivables.post(one, draft, on=day(on), allow_overdraft=overdraft, reopen=reopen),
            lambda one: one.refund(id, amount, on, payment=names, overdraft=overdraft, reopen=reopen),
        )

    def refund_balance(self, name: str, on: int) -> None:
        id = self.new_id("REF")
        self.both(
            name,
            lambda one: receivables.refund_balance(one, id, method="card", reason="r", on=day(on)),
            lambda one: one.refund_balance(id, on),
        )

    def quick_pay(self, name: str, target: int, on: int) -> None:
        id, invoice = self.new_id("PAY"), self.pick(name, target)
        self.both(
            name,
            lambda one: receivables.quick_pay(one, id, invoice=invoice, method="card", on=day(on)),
            lambda one: one.quick_pay(id, invoice, on),
        )

    def cancel(self, name: str, target: int, on: int, kinds: Any = None) -> None:
        id, wanted = self.new_id("X"), self.pick(name, target, kinds)
        self.both(
            name,
            lambda one: receivables.cancel(one, wanted, id=id, on=day(on), reason="r"),
            lambda one: one.cancel(id, wanted, on),
        )

    def write_off(self, name: str, target: int, on: int, *, into: bool) -> None:
        id, wanted = self.new_id("WO"), self.pick(name, target)
        other = "B" if name == "A" else "A"
        if not into or wanted not in self.ids(name, DEBITS):
            self.both(
                name,
                lambda one: receivables.write_off(one, wanted, id=id, on=day(on), reason="r"),
                lambda one: one.write_off(id, wanted, on),
            )
            return
        self._both(
            (name, other),
            lambda: receivables.write_off(self.ours[name], wanted, id=id, on=day(on), reason="r", into=self.ours[other]),
            lambda models: models[1].post_debit("debit_note", f"{id}/{other}", models[0].write_off(id, wanted, on), on),
        )

    def recover(self, name: str, target: int, amount: int | None, on: int) -> None:
        """Out of the other account, where that one took the debt over."""
        id, lost = self.new_id("RE"), self.pick(name, target, LOST[target % len(LOST)])
        other = "B" if name == "A" else "A"
        if f"{lost}/{other}" in self.ids(other):
            self._recover_out_of(name, other, id, lost, amount, on)
            return
        self.both(
            name,
            lambda one: receivables.recover(
                one, lost, id=id, on=day(on), reason="r", amount=None if amount is None else eur(amount)
            ),
            lambda one: one.recover(id, lost, amount, on),
        )

    def _recover_out_of(self, name: str, other: str, id: str, lost: str, amount: int | None, on: int) -> None:
        part = None if amount is None else eur(amount)

        def naive(models: list[NaiveAccount]) -> None:
            minor = models[0].recover(id, lost, amount, on)
            models[1].give_back(f"{id}/{other}", f"{lost}/{other}", minor, on)

        self._both(
            (name, other),
            lambda: receivables.recover(
                self.ours[name], lost, id=id, on=day(on), reason="r", amount=part, out_of=self.ours[other]
            ),
            naive,
        )

    def charge_back(self, name: str, target: int, amount: int | None, fee: int, on: int) -> None:
        id, payment = self.new_id("CB"), self.pick(name, target, ("payment", "credit_note"))
        self.both(
            name,
            lambda one: receivables.charge_back(
                one, payment, id=id, on=day(on), reason="r", fee=eur(fee) if fee else None,
                amount=None if amount is None else eur(amount),
            ),
            lambda one: one.charge_back(id, payment, amount, fee, on),
        )  # fmt: skip

    def move(self, name: str, target: int, on: int) -> None:
        """From this account to the other one."""
        id, arrived, payment = self.new_id("MV"), self.new_id("PAY"), self.pick(name, target, ("payment", "credit_note"))
        other = "B" if name == "A" else "A"

        def naive(models: list[NaiveAccount]) -> None:
            minor = models[0].move_out(id, payment, on)
            models[1].post_credit("payment", arrived, minor, on)

        self._both(
            (name, other),
            lambda: receivables.move(
                self.ours[name], payment, to=self.ours[other], id=id, new_id=arrived, on=day(on), reason="r"
            ),
            naive,
        )

    def allocate(self, name: str, credit: int, debit: int, amount: int, on: int) -> None:
        one_id, other_id = self.pick(name, credit), self.pick(name, debit)
        self.both(
            name,
            lambda one: receivables.allocate(one, one_id, to=other_id, amount=eur(amount), on=day(on)),
            lambda one: one.allocate(one_id, other_id, amount, on),
        )

    def release(self, name: str, at: int, amount: int | None, on: int) -> None:
        """Of a pair that stands, or else of any two."""
        rows = self.naive[name].rows
        credit, debit = (self.pick(name, at), self.pick(name, at + 1))
        if rows:
            credit, debit = rows[at % len(rows)]["credit"], rows[at % len(rows)]["debit"]
        minor = None if amount is None else eur(amount)
        self.both(
            name,
            lambda one: receivables.release(one, credit, of=debit, on=day(on), reason="r", amount=minor),
            lambda one: one.release(credit, debit, amount, on),
        )

    def hold(self, name: str, target: int, on: int, *, held: bool) -> None:
        on_hold = [one["id"] for one in self.naive[name].documents if one["held"]]
        wanted = on_hold[target % len(on_hold)] if on_hold and not held else self.pick(name, target)
        act = receivables.hold if held else receivables.lift
        self.both(name, lambda one: act(one, wanted, on=day(on), reason="r"), lambda one: one.hold(wanted, held=held, day=on))

    # ------------------------------------------------------------------------------------------------ and agree

    def check(self) -> None:
        for name in ACCOUNTS:
            account, model = self.ours[name], self.naive[name]
            self._agree_now(account, model)
            for look in LOOKS:
                self._agree_as_of(account, model, look)
            self._never_over_allocated(account)
            self._same_again(account, model)
        self._books()

    def _agree_now(self, account: receivables.Account, model: NaiveAccount) -> None:
        left = {one["id"]: model.open(one["id"]) for one in model.documents}
        debits = [(one["id"], left[one["id"]]) for one in model.in_order(debits=True) if left[one["id"]]]
        credits = [(one["id"], left[one["id"]]) for one in model.in_order(debits=False) if left[one["id"]]]
        assert account.balance_minor == model.balance()
        assert account.version == model.decisions
        assert debits == [(item.id, item.open_minor) for item in receivables.open_items(account)]
        assert credits == [(item.id, item.open_minor) for item in receivables.open_credits(account)]
        assert receivables.unallocated(account) == eur(sum(minor for _, minor in credits))
        assert {one["id"] for one in model.documents if one["held"]} == account._held
        assert [(one["id"], one["state"]) for one in model.documents] == [(one.id, one.state) for one in account.transactions]
        if model.order != "by-hand" and not model.undone and not any(one["held"] for one in model.documents):
            assert not debits or not credits

    def _agree_as_of(self, account: receivables.Account, model: NaiveAccount, look: int) -> None:
        on = day(look)
        left = model.open_on(look)
        assert receivables.balance(account, as_of=on) == eur(model.balance(look))
        assert receivables.overdue(account, as_of=on) == eur(model.overdue(look))
        for debits, items in ((True, receivables.open_items), (False, receivables.open_credits)):
            expected = [(one["id"], left[one["id"]]) for one in model.in_order(debits=debits) if left.get(one["id"])]
            assert expected == [(item.id, item.open_minor) for item in items(account, as_of=on)]
        aged = receivables.aging(account, as_of=on)
        assert aged.balance == eur(model.balance(look))

    def _never_over_allocated(self, account: receivables.Account) -> None:
        """On no day is more settled of a document than it is for, nor less than nothing between any two."""
        documents = {str(one.id): one for one in account.transactions}
        moves = [(row.on, row.credit, row.debit, row.amount_minor) for row in account.allocations]
        moves += [(row.on, row.credit, row.debit, -row.amount_minor) for row in account.releases]
        used: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for on in sorted({move[0] for move in moves}):
            for move, credit, debit, minor in moves:
                if move == on:
                    assert documents[credit].posted_on <= on >= documents[debit].posted_on
                    used[credit] += minor
                    used[debit] += minor
                    pairs[credit, debit] += minor
            assert all(0 <= minor <= documents[id].total_minor for id, minor in used.items())
            assert all(minor >= 0 for minor in pairs.values())

    def _same_again(self, account: receivables.Account, model: NaiveAccount) -> None:
        """From its facts, and out of a pickle, it is the same account, to the rows that stand on each document."""
        again = receivables.account(
            account.id, transactions=account.transactions, allocations=account.allocations, releases=account.releases,
            held=[one["id"] for one in model.documents if one["held"]], version=account.version, **self.settings,
        )  # fmt: skip
        packed = pickle.loads(pickle.dumps(account))
        assert account == again == packed
        for one in model.documents:
            stands = Counter(
                (row["credit"], row["debit"], day(row["on"]), row["minor"])
                for row in model.rows if one["id"] in (row["credit"], row["debit"])
            )  # fmt: skip
            for other in (account, again, packed):
                rows = receivables.allocations_of(other, one["id"])
                assert stands == Counter((row.credit, row.debit, row.on, row.amount_minor) for row in rows)

    def _books(self) -> None:
        """Every entry balances, and the control accounts are the accounts, free credit apart or not, on every day."""
        apart = self.settings["unallocated"] is receivables.Unallocated.CUSTOMER_CREDIT
        for look in (*LOOKS, NEVER):
            entries = [entry for entry in self.entries if look == NEVER or entry.on <= day(look)]
            assert all(not amount for amount in self._sums(entries).values())
            for name in ACCOUNTS:
                sides = [side for entry in entries for side in entry.sides if side[3] == name]
                assert self.naive[name].balance(look) == sum(side[1] for side in sides)
                left, debits = self.naive[name].open_on(look), self.ids(name, DEBITS)
                free = sum(minor for id, minor in left.items() if id not in debits)
                assert -sum(side[1] for side in sides if side[0] == journal.Role.CUSTOMER_CREDIT) == (free if apart else 0)

    @staticmethod
    def _sums(entries: list[journal.Entry]) -> dict[str, int]:
        sums: Counter[str] = Counter()
        for entry in entries:
            assert not sum(side[1] for side in entry.sides)
            for (_, currency), amount in journal.trial_balance([entry]).items():
                sums[currency] += money.to_minor(amount)
        return sums
