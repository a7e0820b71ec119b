"""Days sales outstanding, and who pays late."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money, periods, tables, trail
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.receivables import _tree
from ledgerkit.receivables._aging import _accounts, _one_currency
from ledgerkit.receivables._reports import balance_at, day_of, due_of, overdue
from ledgerkit.receivables._types import Account
from ledgerkit.trail import Raw, Trail
from ledgerkit.transactions import Kind, State, Transaction

_PAYS = frozenset({Kind.PAYMENT})


def _decimal(ratio: Fraction, digits: int) -> str:
    """Write a ratio with so many digits, rounded half up."""
    scaled = money.round_ratio(ratio.numerator * 10**digits, ratio.denominator)
    whole, rest = divmod(abs(scaled), 10**digits)
    return f"{'-' * (scaled < 0)}{whole}.{rest:0{digits}}"


def _says_dso(balance: int, billed: int, days: int, currency: str, result: Fraction) -> str:
    owed, sold = money.minor_text(balance, currency), money.minor_text(billed, currency)
    return f"{owed} open x {days} days / {sold} billed = {_decimal(result, 2)} days"


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
        nothing = f"nothing was billed in the {self.window} days to {self.as_of}"
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
        raise InvalidArgument(f"window is {window!r}", "Pass a number of days, as 90.")
    last = periods.civil_date(as_of, name="as_of")
    first = date.fromordinal(max(1, last.toordinal() - window + 1))
    balances = sum(balance_at(account, day_of(account, last)) for account in given)
    billed = sum(
        posted.total_minor
        for account in given
        for posted in account.transactions
        if posted.kind is Kind.INVOICE and posted.state is not State.CANCELLED and first <= posted.posted_on <= last
    )
    made = SalesOutstanding.__new__(SalesOutstanding)
    made.__attrs_init__(currency, last, int(window), balances, billed)
    return made


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
        late = "nothing paid yet" if self.days_late is None else f"{_decimal(self.days_late, 1)} days late on average"
        tail = f"at most {self.worst}, {money.text(self.overdue)} overdue now"
        return f"{self.account}: {late} over {money.text(self.paid)}, {tail}"

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

    def explain(self) -> str:
        """One line an account."""
        return "\n  ".join([f"How {len(self.rows)} accounts paid, as of {self.as_of}", *map(str, self.rows)])

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
        raise InvalidArgument(f"late_after is {late_after!r}", "Pass a number of days, as 5.")
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
    owed = overdue(account, as_of=day)
    average = Fraction(late, paid) if paid else None
    return LatePayer(
        account=account.id,
        paid=money.from_minor(paid, account.currency),
        days_to_pay=Fraction(to_pay, paid) if paid else None,
        days_late=average,
        worst=worst,
        overdue=owed,
        late=(average or Fraction(0)) > late_after,
    )


def _settled(account: Account, day: date) -> Iterator[tuple[int, date, date, date]]:
    """Return what payments settled of invoices and still does: minor units, posted, due, paid on."""
    for known in _tree.values(account._known):
        document = known.document
        if not isinstance(document, Transaction) or document.kind is not Kind.INVOICE:
            continue
        node = known.rows
        while node is not None:
            node, row = node
            payer = _tree.get(account._known, row[0]).document
            if row[3] <= day and isinstance(payer, Transaction) and payer.kind in _PAYS:
                yield row[2], document.posted_on, due_of(known), row[3]
