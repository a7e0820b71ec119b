"""Aging: how long what is open has been open, by buckets of days."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, final

import attrs
from moneyed import Money

from ledgerkit import _front, allocation, ids, money, periods, tables, trail
from ledgerkit.errors import InvalidArgument, UsageError, choice
from ledgerkit.receivables._reports import checked, day_of, due_of, entries, open_at
from ledgerkit.receivables._types import Account, Known
from ledgerkit.trail import Raw, Trail


class Basis(StrEnum):
    """The day from which an item ages."""

    DUE = "due"
    POSTED = "posted"


class Edge(StrEnum):
    """Whether the last day of a bucket belongs to it: 30 days are in 1-30, or in the next bucket."""

    UPPER_INCLUSIVE = "upper_inclusive"
    UPPER_EXCLUSIVE = "upper_exclusive"


class NotDue(StrEnum):
    """What is not due yet has a bucket of its own, with what is due today in it; or is left out, and today is in the first one."""

    OWN_BUCKET = "own_bucket"
    EXCLUDED = "excluded"


class Credits(StrEnum):
    """Unallocated credit is a figure of its own, or ages from its posting in the buckets, with a minus sign."""

    APART = "apart"
    AGED = "aged"


class Aged(NamedTuple):
    """One row of an aging."""

    account: ids.AccountId
    item: ids.TransactionId
    days: int
    minor: int
    bucket: int


def _days(count: int) -> str:
    return f"{count} day{'s' * (count != 1)}"


def _says(item: str, minor: int, currency: str, days: int, bucket: str) -> str:
    when = f"{_days(days)} past" if days > 0 else ("due today" if days == 0 else f"due in {_days(-days)}")
    return f"{item} {money.minor_text(minor, currency)}, {when}: {bucket}"


AGED = trail.Rule(name="receivables.aging", version=1, fields=("item", "minor", "currency", "days", "bucket"), says=_says)


@final
@attrs.frozen(init=False, repr=False)
class Aging:
    """
    What is open by days past due, of one account or of many of one currency.

    ``buckets`` sum to ``total``, what is open; ``total`` less ``unallocated`` is the ``balance``. With credits aged, they are in the
    buckets already and ``unallocated`` is zero. What is not due and was left out is ``excluded``; the balance has it.
    """

    currency: str
    as_of: date
    names: tuple[str, ...]
    accounts: tuple[ids.AccountId, ...]
    unallocated_minor: int
    excluded_minor: int
    columns: tuple[Aged, ...]

    def __init__(self) -> None:
        raise UsageError("an Aging is a result", "Get one from receivables.aging(...).")

    __repr__ = _front.shown("currency", "as_of", "buckets", "unallocated")

    def _sums(self, rows: Iterable[Aged]) -> list[int]:
        sums = [0] * len(self.names)
        for row in rows:
            sums[row.bucket] += row.minor
        return sums

    @property
    def buckets(self) -> Mapping[str, Money]:
        """What is open in each bucket, youngest first."""
        sums = self._sums(self.columns)
        return MappingProxyType(
            {name: money.from_minor(minor, self.currency) for name, minor in zip(self.names, sums, strict=True)}
        )

    @property
    def total(self) -> Money:
        """The sum of the buckets."""
        return money.from_minor(sum(row.minor for row in self.columns), self.currency)

    @property
    def unallocated(self) -> Money:
        """Credit that settles nothing yet."""
        return money.from_minor(self.unallocated_minor, self.currency)

    @property
    def excluded(self) -> Money:
        """What is not due yet and stands in no bucket, where it was to be left out."""
        return money.from_minor(self.excluded_minor, self.currency)

    @property
    def balance(self) -> Money:
        """The total and what was left out, less what is unallocated."""
        open_minor = sum(row.minor for row in self.columns) + self.excluded_minor
        return money.from_minor(open_minor - self.unallocated_minor, self.currency)

    @property
    def trail(self) -> Trail:
        """One step an item."""
        return trail.of(self._why())

    def _why(self) -> list[Raw]:
        return [(AGED, row.item, row.minor, self.currency, row.days, self.names[row.bucket]) for row in self.columns]

    def explain(self) -> str:
        """Say of each item how old it is."""
        return "\n  ".join([self._title(), *trail.lines(self._why())])

    def _title(self) -> str:
        who = self.accounts[0] if len(self.accounts) == 1 else f"{len(self.accounts)} accounts"
        return f"{who}, open in {self.currency} as of {self.as_of}"

    def _grid(self) -> tables.Grid:
        by_account: dict[str, list[Aged]] = {}
        for row in self.columns:
            by_account.setdefault(row.account, []).append(row)
        rows = [self._cells(name, found) for name, found in by_account.items()]
        if len(rows) != 1:
            rows.append(self._cells("total", self.columns))
        figures = (("not due, left out", self.excluded_minor), ("unallocated credit", self.unallocated_minor))
        notes = [f"{name}: {money.minor_text(minor, self.currency)}" for name, minor in figures if minor]
        return tables.Grid(title=self._title(), columns=("", *self.names, "total"), rows=rows, notes=notes)

    def _cells(self, name: str, rows: Iterable[Aged]) -> list[str]:
        sums = self._sums(rows)
        return [name, *(money.number_text(minor, self.currency) for minor in (*sums, sum(sums)))]

    def __str__(self) -> str:
        return str(self._grid())

    def _repr_html_(self) -> str:
        return self._grid().to_html()


def aging(
    accounts: Account | Iterable[Account],
    /,
    *,
    as_of: date,
    edges: Sequence[int] = (30, 60, 90),
    basis: Basis = Basis.DUE,
    edge: Edge = Edge.UPPER_INCLUSIVE,
    not_due: NotDue = NotDue.OWN_BUCKET,
    credits: Credits = Credits.APART,
    currency: str | None = None,
) -> Aging:
    """
    Return what is open by days past due, from what was posted and allocated up to a day.

    Args:
        accounts: One account, or many of one currency; figures of two currencies are never added.

        as_of: The day the report looks from. Facts of later days are not seen.

        edges: The last days of the buckets, rising.

        basis: Whether an item ages from its due date or from its posting.

        edge: Whether the last day of a bucket belongs to it.

        not_due: Whether what is not due yet has a bucket of its own or is left out.

        credits: Whether unallocated credit is apart or aged.

        currency: Of no account at all.

    Raises:
        CurrencyMismatch: Accounts of two currencies, or no account and no currency.
        DuplicateId: An account twice, which would count twice.
        NotKnown: *as_of* lies before an account knows anything.

    Source:
        docs/rules/aging.md, rules G-1 to G-3.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> draft = transactions.invoice("INV-2", money.of("249.46 EUR"), due_on=date(2026, 8, 31))
    >>> account = receivables.post(account, draft, on=date(2026, 7, 15)).account
    >>> print(aging(account, as_of=date(2026, 9, 30)))
    ACME, open in EUR as of 2026-09-30
          not due    1-30  31-60  61-90   91+   total
    ACME     0.00  249.46   0.00   0.00  0.00  249.46
    """
    given = (accounts,) if isinstance(accounts, Account) else _accounts(accounts)
    bounds = _bounds(edges)
    names, place = _placing(bounds, choice(edge, Edge, name="edge"), choice(not_due, NotDue, name="not_due"))
    from_, how = choice(basis, Basis, name="basis"), choice(credits, Credits, name="credits")
    code = _one_currency(given, currency)
    rows: list[Aged] = []
    apart = excluded = 0
    for account in given:
        day = day_of(account, as_of)
        left = open_at(account, day)
        for known in entries(account):
            minor = left.get(known.id, 0)
            if minor and not known.debit and how is Credits.APART:
                apart += minor
            elif minor:
                found = _aged(account, known, minor, day, from_, place)
                rows.extend(found)
                excluded += 0 if found else minor
    made = Aging.__new__(Aging)
    today, who = periods.civil_date(as_of, name="as_of"), tuple(account.id for account in given)
    made.__attrs_init__(code, today, names, who, apart, excluded, tuple(rows))
    return made


def _accounts(accounts: Any) -> tuple[Account, ...]:
    if not isinstance(accounts, Iterable):
        raise InvalidArgument(f"accounts is {_front.a(accounts)}", "Pass an account, or a list of them.")
    given = tuple(checked(account) for account in accounts)
    once: set[tuple[str, str]] = set()
    for account in given:
        if (account.id, account.currency) in once:
            raise ids.DuplicateId(account.id, "account")
        once.add((account.id, account.currency))
    return given


def _one_currency(accounts: Sequence[Account], currency: str | None) -> str:
    codes = {account.currency for account in accounts}
    if currency is not None:
        codes.add(ids.checked(currency, name="currency"))
    if len(codes) != 1:
        if not codes:
            raise money.CurrencyMismatch("no account has no currency", 'Say which, with currency="EUR".')
        raise allocation.mismatched(*sorted(codes)[:2])
    code = codes.pop()
    money.exponent(code)
    return code


def _bounds(edges: Any) -> list[int]:
    bounds = list(edges) if isinstance(edges, Iterable) else []
    whole = all(isinstance(bound, int) and not isinstance(bound, bool) for bound in bounds)
    if not bounds or not whole or bounds != sorted(set(bounds)) or bounds[0] < 1:
        raise UsageError(f"edges is {_front.brief(edges)}", "Pass rising numbers of days: edges=(30, 60, 90).")
    return bounds


def _placing(bounds: Sequence[int], edge: Edge, not_due: NotDue) -> tuple[tuple[str, ...], Callable[[int], int | None]]:
    """Return the names of the buckets, and the function from days to the place of a bucket; ``None`` leaves an item out."""
    find = bisect_left if edge is Edge.UPPER_INCLUSIVE else bisect_right
    past = 1 if edge is Edge.UPPER_INCLUSIVE else 0
    own = not_due is NotDue.OWN_BUCKET
    starts = [1 if own else 0, *(bound + past for bound in bounds)]
    ends = [start - 1 for start in starts[1:]]
    ranges = [f"{start}-{end}" for start, end in zip(starts, ends, strict=False)]
    names = (*(["not due"] if own else []), *ranges, f"{starts[-1]}+")

    def place(days: int) -> int | None:
        if own:
            return 0 if days <= 0 else 1 + find(bounds, days)
        return None if days < 0 else find(bounds, days)

    return names, place


def _aged(
    account: Account, known: Known, minor: int, day: date, basis: Basis, place: Callable[[int], int | None]
) -> list[Aged]:
    since = due_of(known) if known.debit and basis is Basis.DUE else known.document.posted_on
    days = (day - since).days
    bucket = place(days)
    if bucket is None:
        return []
    return [Aged(account.id, known.id, days, minor if known.debit else -minor, bucket)]
