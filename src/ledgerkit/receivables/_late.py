"""Days sales outstanding, and who pays late."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import Any, final

import attrs
from moneyed import Money

from ledgerkit import _front, allocation, ids, money, periods, tables, trail
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.receivables import _tree
from ledgerkit.receivables._aging import _accounts, _days, _one_currency
from ledgerkit.receivables._reports import balance_at, day_of, due_of, entries, open_at, overdue
from ledgerkit.receivables._types import Account
from ledgerkit.trail import Raw, Trail
from ledgerkit.transactions import Kind, Transaction


def _decimal(ratio: Fraction, digits: int) -> str:
    """Write a ratio with so many digits, rounded half up."""
    scaled = money.round_ratio(ratio.numerator * 10**digits, ratio.denominator)
    whole, rest = divmod(abs(scaled), 10**digits)
    return f"{'-' * (scaled < 0)}{whole}.{rest:0{digits}}"


def _says_dso(balance: int, billed: int, days: int, currency: str, result: Fraction) -> str:
    owed, sold = money.minor_text(balance, currency), money.minor_text(billed, currency)
    return f"{owed} open x {_days(days)} / {sold} billed = {_decimal(result, 2)} days"


DSO = trail.Rule(name="receivables.dso", version=1, fields=("balance", "billed", "days", "currency", "result"), says=_says_dso)


@final
@attrs.frozen(init=False, repr=False)
class SalesOutstanding:
    """How many days of sales are unpaid: ``balance`` x window / ``billed``; ``days`` is exact."""

    currency: str
    as_of: date
    window: int
    balance_minor: int
    billed_minor: int

    def __init__(self) -> None:
        raise UsageError("a SalesOutstanding is a result", "Get one from receivables.dso(...).")

    __repr__ = _front.shown("currency", "as_of", "days")

    @property
    def days(self) -> Fraction | None:
        """The exact figure; ``None`` where nothing was billed in the window."""
        return Fraction(self.balance_minor * self.window, self.billed_minor) if self.billed_minor else None

    @property
    def balance(self) -> Money:
        """What is posted and unpaid on the day."""
        return money.from_minor(self.balance_minor, self.currency)

    @property
    def billed(self) -> Money:
        """What was invoiced in the window."""
        return money.from_minor(self.billed_minor, self.currency)

    @property
    def trail(self) -> Trail:
        """The one step; none where nothing was billed."""
        return trail.of(self._why())

    def _why(self) -> list[Raw]:
        days = self.days
        return [] if days is None else [(DSO, self.balance_minor, self.billed_minor, self.window, self.currency, days)]

    def explain(self) -> str:
        """Say what was divided by what."""
        nothing = f"nothing was billed in the {_days(self.window)} to {self.as_of}"
        return "\n".join(trail.lines(self._why())) or nothing

    def __str__(self) -> str:
        return self.explain()


def dso(accounts: Account | Iterable[Account], /, *, as_of: date, window: int = 90) -> SalesOutstanding:
    """
    Return days sales outstanding: the balance, times the days of a window, by what was invoiced in it.

    Args:
        accounts: One, or many of one currency.

        as_of: The last day of the window, and the day of the balance.

        window: How many days, the last one included.

    Raises:
        CurrencyMismatch: Accounts of two currencies, or none at all.
        DuplicateId: An account twice.

    Source:
        docs/rules/aging.md, rule G-4.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", money.of("9.00 EUR")), on=date(2026, 3, 1)).account
    >>> print(dso(account, as_of=date(2026, 3, 31)))
    receivables.dso/1: 9.00 EUR open x 90 days / 9.00 EUR billed = 90.00 days
    """
    given = (accounts,) if isinstance(accounts, Account) else _accounts(accounts)
    currency = _one_currency(given, None)
    if type(window) is not int or not 0 < window < 100_000:
        raise InvalidArgument(f"window is {_front.brief(window)}", "Pass a number of days, as 90.")
    last = periods.civil_date(as_of, name="as_of")
    first = date.fromordinal(max(1, last.toordinal() - window + 1))
    balances = sum(balance_at(account, day_of(account, last)) for account in given)
    billed = sum(_billed(account, first, last) for account in given)
    made = SalesOutstanding.__new__(SalesOutstanding)
    made.__attrs_init__(currency, last, int(window), balances, billed)
    return made


def _billed(account: Account, first: date, last: date) -> int:
    """Return what was invoiced from *first* to *last* and not cancelled by *last*."""
    known = [posted for posted in account.transactions if posted.posted_on <= last]
    gone = {posted.cancels for posted in known if posted.kind is Kind.INVOICE_CANCELLATION}
    billed = (posted for posted in known if posted.kind is Kind.INVOICE and posted.id not in gone)
    return sum(posted.total_minor for posted in billed if first <= posted.posted_on)


def _says_payer(account: str, paid: int, currency: str, worst: int, overdue: int, days_late: Fraction | None) -> str:
    late = "nothing paid yet" if days_late is None else f"{_decimal(days_late, 1)} days late on average"
    tail = f"at most {worst}, {money.minor_text(overdue, currency)} overdue now"
    return f"{account}: {late} over {money.minor_text(paid, currency)}, {tail}"


PAYER = trail.Rule(
    name="receivables.late-payer",
    version=1,
    fields=("account", "paid", "currency", "worst", "overdue", "days_late"),
    says=_says_payer,
)


@final
@attrs.frozen(kw_only=True)
class LatePayer:
    """
    How one account pays.

    ``days_to_pay`` and ``days_late`` are exact averages over what payments settled, weighted by amount; ``days_late`` counts an early
    payment as zero. They are ``None`` where nothing was paid. ``late`` flags it.
    """

    account: ids.AccountId
    paid: Money
    days_to_pay: Fraction | None
    days_late: Fraction | None
    worst: int
    overdue: Money
    late: bool

    def explain(self) -> str:
        """Say how late, of how much, and what is overdue now."""
        _, *figures = self._why()
        return _says_payer(*figures)

    @property
    def trail(self) -> Trail:
        """The one step."""
        return trail.of([self._why()])

    def _why(self) -> Raw:
        paid, owed = money.to_minor(self.paid), money.to_minor(self.overdue)
        return (PAYER, self.account, paid, money.currency_of(self.paid), self.worst, owed, self.days_late)

    def __str__(self) -> str:
        return self.explain()


@final
@attrs.frozen(kw_only=True)
class LatePayers:
    """The accounts and how they pay, the latest first."""

    currency: str
    as_of: date
    rows: tuple[LatePayer, ...]

    def __iter__(self) -> Iterator[LatePayer]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def trail(self) -> Trail:
        """One step an account."""
        return trail.of(row._why() for row in self.rows)

    def explain(self) -> str:
        """Say of each account how it paid."""
        head = f"How {len(self.rows)} account{'s' * (len(self.rows) != 1)} paid, as of {self.as_of}"
        return "\n  ".join([head, *trail.lines(row._why() for row in self.rows)])

    def _grid(self) -> tables.Grid:
        rows = [
            (
                row.account,
                "late" if row.late else "",
                "" if row.days_to_pay is None else _decimal(row.days_to_pay, 1),
                "" if row.days_late is None else _decimal(row.days_late, 1),
                str(row.worst),
                money.text(row.overdue),
            )
            for row in self.rows
        ]
        columns = ("account", "", "days to pay", "days late", "worst", "overdue")
        return tables.Grid(title=f"Payers as of {self.as_of}", columns=columns, rows=rows, words=2)

    def __str__(self) -> str:
        return str(self._grid())

    def _repr_html_(self) -> str:
        return self._grid().to_html()


def late_payers(accounts: Account | Iterable[Account], /, *, as_of: date, late_after: int | Fraction = 5) -> LatePayers:
    """
    Return how each account pays: days to pay, days late, and a flag for those above a threshold.

    Args:
        accounts: One, or many of one currency.

        as_of: The last day that counts.

        late_after: Above this average of days late, or with something overdue for longer, an account is flagged.

    Source:
        docs/rules/aging.md, rule G-5.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", money.of("9.00 EUR")), on=date(2026, 3, 1)).account
    >>> account = receivables.quick_pay(account, "PAY-1", invoice="INV-1", method="card", on=date(2026, 3, 11)).account
    >>> print(late_payers(account, as_of=date(2026, 3, 31)).rows[0])
    ACME: 10.0 days late on average over 9.00 EUR, at most 10, 0.00 EUR overdue now
    """
    given = (accounts,) if isinstance(accounts, Account) else _accounts(accounts)
    currency = _one_currency(given, None)
    if isinstance(late_after, bool) or not isinstance(late_after, int | Fraction):
        raise InvalidArgument(f"late_after is {_front.brief(late_after)}", "Pass a number of days, as 5.")
    rows = [_payer(account, day_of(account, as_of), Fraction(late_after)) for account in given]
    rows.sort(key=lambda row: -(row.days_late or Fraction(0)))
    return LatePayers(currency=currency, as_of=periods.civil_date(as_of, name="as_of"), rows=tuple(rows))


def _payer(account: Account, day: date, late_after: Fraction) -> LatePayer:
    paid = to_pay = late = worst = 0
    for minor, posted, due, on in _settled(account, day):
        behind = max(0, (on - due).days)
        paid += minor
        to_pay += minor * (on - posted).days
        late += minor * behind
        worst = max(worst, behind)
    average = Fraction(late, paid) if paid else None
    return LatePayer(
        account=account.id,
        paid=money.from_minor(paid, account.currency),
        days_to_pay=Fraction(to_pay, paid) if paid else None,
        days_late=average,
        worst=worst,
        overdue=overdue(account, as_of=day),
        late=max(average or Fraction(0), Fraction(_longest(account, day))) > late_after,
    )


def _longest(account: Account, day: date) -> int:
    """Return for how many days the oldest open debit has been overdue on a day."""
    left = open_at(account, day)
    return max(
        (max(0, (day - due_of(known)).days) for known in entries(account) if known.debit and left.get(known.id)), default=0
    )


def _settled(account: Account, day: date) -> Iterator[tuple[int, date, date, date]]:
    """Return what payments had settled of invoices on a day: minor units, posted, due, paid on."""
    for credit, debit, minor, on in _standing(account, day):
        payer, known = _tree.get(account._known, credit).document, _tree.get(account._known, debit)
        if _is(payer, Kind.PAYMENT) and _is(known.document, Kind.INVOICE):
            yield minor, known.document.posted_on, due_of(known), on


def _is(document: Transaction | allocation.Item, kind: Kind) -> bool:
    return isinstance(document, Transaction) and document.kind is kind


def _standing(account: Account, day: date) -> Iterator[tuple[str, str, int, date]]:
    """Return the rows that stood on a day, from the facts dated up to it; releases took the latest rows first."""
    made: dict[tuple[str, str, str], list[list[Any]]] = {}
    for _, rows, released in account._decisions():
        for credit, debit, minor, on, _, policy, _ in released:
            if on <= day:
                _take_back(made.get((credit, debit, policy), []), minor)
        for credit, debit, minor, on, policy, *_ in rows:
            if on <= day:
                made.setdefault((credit, debit, policy), []).append([minor, on])
    for (credit, debit, _), found in made.items():
        for minor, on in filter(itemgetter(0), found):
            yield credit, debit, minor, on


def _take_back(made: list[list[Any]], minor: int) -> None:
    for at, taken in allocation.latest_first([row[0] for row in made], minor):
        made[at][0] -= taken
