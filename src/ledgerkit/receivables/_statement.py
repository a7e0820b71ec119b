"""The statement a customer is sent, and the bill that groups documents."""

from collections.abc import Iterable
from datetime import date
from typing import final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money, periods, tables, trail
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.receivables._reports import balance_at, checked, day_of, entries, initial, open_at
from ledgerkit.receivables._types import Account
from ledgerkit.trail import Raw, Trail
from ledgerkit.transactions import Kind, Side, Transaction


def _says(on: date, what: str, minor: int, balance: int, currency: str) -> str:
    amount, stands = money.minor_text(minor, currency), money.minor_text(balance, currency)
    return f"{on} {what} {amount}: balance {stands}"


ROW = trail.Rule(name="receivables.statement", version=1, fields=("on", "what", "minor", "balance", "currency"), says=_says)


@final
@attrs.frozen(init=False, repr=False)
class Statement:
    """
    What a customer is sent: the opening balance, every document of the period, the closing balance.

    ``rows`` are in the order of posting dates, then arrival; ``opening`` plus their debits less their credits is ``closing``.
    """

    account: ids.AccountId
    currency: str
    period: periods.Period
    opening_minor: int
    rows: tuple[Transaction, ...]

    def __init__(self) -> None:
        raise UsageError("a Statement is a result", "Get one from receivables.statement(...).")

    __repr__ = _front.shown("account", "period", "opening", "closing")

    @property
    def opening(self) -> Money:
        """The balance at the end of the day before the period."""
        return money.from_minor(self.opening_minor, self.currency)

    @property
    def closing(self) -> Money:
        """The balance at the end of the last day of the period."""
        return money.from_minor(self.opening_minor + sum(map(signed, self.rows)), self.currency)

    def _why(self) -> list[Raw]:
        stands = self.opening_minor
        steps: list[Raw] = []
        for row in self.rows:
            stands += signed(row)
            steps.append((ROW, row.posted_on, f"{row.kind.words} {row.number}", signed(row), stands, self.currency))
        return steps

    @property
    def trail(self) -> Trail:
        """One step a document, with the balance after it."""
        return trail.of(self._why())

    def explain(self) -> str:
        """Say how the opening balance became the closing one."""
        head = f"{self.account}, {self.period}: {money.text(self.opening)} at the opening"
        return "\n  ".join([head, *trail.lines(self._why())])

    def _grid(self) -> tables.Grid:
        shown = [
            (str(on), what, money.number_text(minor, self.currency), money.number_text(stands, self.currency))
            for _, on, what, minor, stands, _ in self._why()
        ]
        first = (str(self.period.start), "opening balance", "", money.number_text(self.opening_minor, self.currency))
        return tables.Grid(
            title=f"Statement of {self.account} in {self.currency}, {self.period}",
            columns=("on", "document", "amount", "balance"),
            rows=[first, *shown],
            words=2,
        )

    def __str__(self) -> str:
        return str(self._grid())

    def _repr_html_(self) -> str:
        return self._grid().to_html()


def signed(document: Transaction) -> int:
    """Return what a document moves the balance by, in minor units."""
    return document.total_minor if document.side is Side.DEBIT else -document.total_minor


def statement(account: Account, /, *, period: periods.Period) -> Statement:
    """
    Return what a customer is sent for a period.

    Args:
        account: As it is now.

        period: Half-open: the last day shown is the day before its end.

    Raises:
        NotKnown: The period starts before the account knows anything.

    Source:
        docs/rules/accounts.md, rule B-5.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", money.of("9.00 EUR")), on=date(2026, 3, 1)).account
    >>> print(statement(account, period=periods.month(2026, 3)))
    Statement of ACME in EUR, [2026-03-01, 2026-04-01)
    on          document         amount  balance
    2026-03-01  opening balance             0.00
    2026-03-01  invoice INV-1      9.00     9.00
    """
    checked(account)
    if type(period) is not periods.Period:
        raise InvalidArgument(f"period is {_front.a(period)}", "Pass periods.month(2026, 3) or a Period.")
    if account.since is not None:
        day_of(account, period.start)
    opening = _opening(account, period)
    found = [posted for posted in account.transactions if period.start <= posted.posted_on < period.end]
    made = Statement.__new__(Statement)
    rows = tuple(sorted(found, key=lambda posted: posted.posted_on))
    made.__attrs_init__(account.id, account.currency, period, opening, rows)
    return made


def _opening(account: Account, period: periods.Period) -> int:
    """Return the balance before the period, with what the account began with in it: an open item is no document to show."""
    before = 0 if period.start == date.min else balance_at(account, date.fromordinal(period.start.toordinal() - 1))
    began = [known for known in entries(account) if not isinstance(known.document, Transaction)]
    within = (known for known in began if period.start <= known.document.posted_on < period.end)
    return before + sum(initial(known) if known.debit else -initial(known) for known in within)


BILLED = trail.Rule(
    name="receivables.bill",
    version=1,
    fields=("what", "currency", "minor"),
    says=lambda what, currency, minor: f"{what} {money.minor_text(minor, currency)}",
)


@final
@attrs.frozen(init=False, repr=False)
class Bill:
    """
    Invoices and credit notes that are sent together and paid as one. Made by :func:`bill`.

    ``total`` is what they come to; ``against`` is what a payment of it names.
    """

    id: str
    account: ids.AccountId
    currency: str
    rows: tuple[Transaction, ...]

    def __init__(self) -> None:
        raise UsageError("a Bill is not built by its class", 'Make it with receivables.bill(account, "BILL-1", of=[...]).')

    __repr__ = _front.shown("id", "account", "total")

    @property
    def total(self) -> Money:
        """Invoices less credit notes."""
        return money.from_minor(sum(map(signed, self.rows)), self.currency)

    @property
    def against(self) -> tuple[ids.TransactionId, ...]:
        """The ids of its invoices: ``transactions.payment(..., against=bill.against)`` pays it."""
        return tuple(row.id for row in self.rows if row.side is Side.DEBIT)

    def open(self, account: Account, /, *, as_of: date | None = None) -> Money:
        """Return what is open of its invoices on the account as it is now, or as of a day."""
        left = open_at(checked(account), None if as_of is None else day_of(account, as_of))
        return money.from_minor(sum(left.get(name, 0) for name in self.against), self.currency)

    def _why(self) -> list[Raw]:
        return [(BILLED, f"{row.kind.words} {row.number}", self.currency, signed(row)) for row in self.rows]

    @property
    def trail(self) -> Trail:
        """One step a document, with what it adds."""
        return trail.of(self._why())

    def explain(self) -> str:
        """Say what the total is made of."""
        return "\n  ".join([str(self), *trail.lines(self._why())])

    def __str__(self) -> str:
        listed = ", ".join(row.number for row in self.rows)
        return f"bill {self.id} of {money.text(self.total)}: {listed}"


def bill(account: Account, id: str, /, *, of: Iterable[str]) -> Bill:
    """
    Group invoices, debit notes and credit notes of a billing run into one bill.

    Args:
        account: As it is now.

        id: Of the bill; the host keeps bills.

        of: The ids of posted documents of the account.

    Raises:
        UnknownReference: One of them is not on the account, or is no invoice, debit note or credit note.

    Source:
        docs/rules/accounts.md, rule B-6.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> for name in ("INV-1", "INV-2"):
    ...     account = receivables.post(account, transactions.invoice(name, money.of("9.00 EUR")), on=date(2026, 3, 1)).account
    >>> print(bill(account, "BILL-1", of=["INV-1", "INV-2"]))
    bill BILL-1 of 18.00 EUR: INV-1, INV-2
    """
    documents = {posted.id: posted for posted in checked(account).transactions}
    if isinstance(of, str) or not isinstance(of, Iterable):
        raise InvalidArgument(f"of is {_front.brief(of)}, where several ids are needed", 'Pass a list: of=["INV-1", "INV-2"].')
    rows = []
    for name in of:
        found = documents.get(ids.TransactionId(ids.checked(name, name="of")))
        if found is None or found.kind not in (Kind.INVOICE, Kind.DEBIT_NOTE, Kind.CREDIT_NOTE):
            raise ids.UnknownReference(name, f"the invoices and credit notes of account {account.id!r}")
        rows.append(found)
    made = Bill.__new__(Bill)
    made.__attrs_init__(ids.checked(id), account.id, account.currency, tuple(rows))
    return made
