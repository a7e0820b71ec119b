"""The books that the checks keep: a few accounts with a bit of everything on them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any, Final, final

from ledgerkit import _front, allocation, money, periods, ports, pricing, receivables, terms, transactions
from ledgerkit.receivables import Account, Update
from ledgerkit.transactions import Draft

DAY: Final = date(2026, 3, 1)
_AT: Final = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
Step = Callable[[Account], Update | Account]


def eur(amount: str) -> Any:
    """Return so many euros."""
    return money.of(f"{amount} EUR")


def later(days: int) -> date:
    """Return the day so many days after the first."""
    return date.fromordinal(DAY.toordinal() + days)


def posting(draft: Draft, days: int) -> Callable[[Account], Update]:
    """Return the step that posts a draft so many days after the first."""
    return lambda account: receivables.post(account, draft, on=later(days))


def account(id: str = "ACME", **settings: Any) -> Account:
    """Return a new account in euros."""
    return receivables.account(id, **{"currency": "EUR", **settings})


@final
class Clerk:
    """Decides and saves, each with a command of its own, and returns the account after it."""

    def __init__(self, store: Any, name: str = "check") -> None:
        self.store, self.name, self.count = store, name, 0

    def save(self, *decided: Any, numbers: tuple[str, ...] = ()) -> ports.Save:
        """Save what was decided, together."""
        self.count += 1
        save = ports.save_of(*decided, command=f"{self.name}-{self.count}", numbers=numbers)
        self.store.save(save)
        return save

    def take(self, account: Account, *steps: Step) -> Account:
        """Take these steps, each saved on its own."""
        for step in steps:
            decided = step(account)
            self.save(decided)
            account = decided.account if isinstance(decided, Update) else decided
        return account


def simple(account: Account, clerk: Clerk) -> Account:
    """Four decisions on ACME: 120.00 EUR is billed and 50.00 EUR paid, so 70.00 EUR is open in version 4."""
    return clerk.take(
        account,
        lambda found: receivables.with_credit_limit(found, eur("500.00")),
        posting(transactions.invoice("INV-7", eur("120.00"), due_on=later(14)), 0),
        posting(transactions.payment("PAY-3", eur("50.00"), method="card"), 9),
        lambda found: receivables.hold(found, "PAY-3", on=later(10), reason="asked back"),
    )


def histories() -> Iterator[tuple[Account, tuple[Step, ...]]]:
    """Give accounts and what happens to them: every kind of document, row and setting stands in one of them."""
    yield account(credit_limit=eur("500.00"), terms=_agreed()), (*_documents(), *_corrections())
    yield account("BY-HAND", policy=allocation.MANUAL, unallocated=receivables.Unallocated.CUSTOMER_CREDIT), _by_hand()
    yield account("BASE", currency="USD", base_currency="EUR", policy=allocation.FIFO), _abroad()
    ranked = tuple(reversed(transactions.Portion))
    policy = allocation.Policy(name="ours", order=allocation.Order.BY_PORTION, portions=ranked)
    yield account("OURS", policy=policy), (*_payments("OURS"), *_settings())


def _agreed() -> terms.Terms:
    early = terms.EarlyDiscount(rate="2%", within_days=10)
    bands = (1, 15, (("days", (30,)),)), (16, 31, (("month_end", (1,)), ("pay_day", (10, 25))))
    return terms.Terms(steps=[("bands", bands)], minus=5, plus=3, early=early, own_days=2)


def _line() -> transactions.Line:
    vat = transactions.tax("VAT", "19%", inclusive=True)
    levy = transactions.tax_answer("levy", eur("1.01"), rate="1%", details={"jurisdiction": "Berlin", "code": "7"})
    off = [pricing.percent_off("12.5%"), pricing.amount_off(eur("3.00"))]
    return transactions.line(
        "Seats", unit_price="19.9912", quantity="3.25", currency="EUR", taxes=[vat, levy], discounts=off, product="P-1",
        period=periods.month(2026, 3), source="SUB-1", rounding=money.HALF_EVEN,
    )  # fmt: skip


def _documents() -> tuple[Step, ...]:
    back = transactions.line("Unused", unit_price="-5.00", currency="EUR", kind=transactions.LineKind.CREDIT)
    return (
        posting(transactions.invoice("INV-1", [_line(), back], issued_on=DAY, external_code="X-1"), 0),
        posting(transactions.invoice("INV-2", eur("120.00")), 1),
        posting(transactions.debit_note("DN-1", eur("10.00")), 1),
        posting(transactions.payment("PAY-1", eur("50.00"), method="card"), 4),
        posting(transactions.credit_note("CN-1", eur("90.00"), against=["INV-2"], reason="late delivery"), 9),
        posting(transactions.payment("PAY-2", eur("300.00"), method="wire"), 12),
        posting(transactions.refund("RE-1", eur("20.00"), method="wire", reason="asked for"), 13),
    )


def _corrections() -> tuple[Step, ...]:
    return (
        lambda found: receivables.annotate(found, "INV-1", text="sent twice", by="ann", at=_AT, on=later(19)),
        lambda found: receivables.cancel(found, "INV-2", id="IC-1", on=later(20), reason="wrong customer"),
        lambda found: receivables.cancel(found, "PAY-1", id="PC-1", on=later(21), reason="bounced"),
        posting(transactions.invoice("INV-3", [_line()]), 22),
        posting(transactions.invoice("INV-4", eur("400.00")), 23),
        lambda found: receivables.hold(found, "INV-4", on=later(24), reason="contested"),
        lambda found: receivables.annotate(found, "INV-1", text="it was not", by="bob", at=_AT, on=later(25)),
        lambda found: receivables.write_off(found, "INV-4", id="WO-1", on=later(30), reason="bankrupt"),
        lambda found: receivables.reject(found, transactions.invoice("INV-5", eur("1.00")), on=later(31), reason="no"),
    )


def _payments(name: str) -> tuple[Step, ...]:
    return (
        posting(transactions.payment(f"{name}-P1", eur("30.00"), method="card"), 0),
        posting(transactions.invoice(f"{name}-I1", eur("20.00"), due_on=later(30)), 5),
        posting(transactions.invoice(f"{name}-I2", eur("25.00"), due_on=later(10)), 6),
    )


def _by_hand() -> tuple[Step, ...]:
    return (
        *_payments("BY-HAND"),
        lambda found: receivables.allocate(found, "BY-HAND-P1", to="BY-HAND-I1", amount=eur("15.00"), on=later(7)),
        lambda found: receivables.allocate(found, "BY-HAND-P1", to="BY-HAND-I2", amount=eur("12.50"), on=later(8)),
        lambda found: receivables.release(
            found, "BY-HAND-P1", of="BY-HAND-I1", on=later(9), reason="meant otherwise", amount=eur("5.00")
        ),
        lambda found: receivables.hold(found, "BY-HAND-I1", on=later(10), reason="contested"),
        lambda found: receivables.hold(found, "BY-HAND-I2", on=later(10), reason="contested"),
        lambda found: receivables.lift(found, "BY-HAND-I1", on=later(11)),
    )


def _abroad() -> tuple[Step, ...]:
    first, second = (money.ExchangeRate(base="USD", quote="EUR", rate=rate) for rate in ("0.92", "0.95"))
    invoice = transactions.invoice("BASE-I1", money.of("100.00 USD"))
    payment = transactions.payment("BASE-P1", money.of("33.33 USD"), method="wire")
    return (
        lambda found: receivables.post(found, invoice, on=DAY, rate=first),
        lambda found: receivables.post(found, payment, on=later(3), rate=second),
    )


def _settings() -> tuple[Step, ...]:
    return (
        lambda found: receivables.with_lock(found, later(40)),
        lambda found: receivables.with_state(found, receivables.State.SUSPENDED),
        lambda found: receivables.with_credit_limit(found, eur("1000.00")),
    )


def difference(expected: Account, found: Any) -> str | None:
    """Say how a loaded account differs from the one that was saved; nothing if it does not."""
    if type(found) is not Account:
        return f"{expected.id} loaded as {_front.a(found)}"
    for name in ("profile", "version", "transactions", "allocations", "releases"):
        was, now = getattr(expected, name), getattr(found, name)
        if was != now:
            return f"{name} of {expected.id} came back other than saved: {_first(was, now)}"
    if expected != found:
        return f"what is on hold, or the order of arrival, of {expected.id} came back other than saved"
    return None


def _first(was: Any, now: Any) -> str:
    if not isinstance(was, tuple):
        return f"{now!r} instead of {was!r}"
    if len(was) != len(now):
        return f"{len(now)} of {len(was)}"
    return next(f"{b!r} instead of {a!r}" for a, b in zip(was, now, strict=True) if a != b)
