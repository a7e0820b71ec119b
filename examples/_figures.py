"""What a report says of a book: figures by currency and month, the largest debtors, one account told in full."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from _book import Book, aged, currencies

from ledgerkit import money, periods, receivables
from ledgerkit.transactions import Kind, Side

MOST_MONTHS = 60


class Month(NamedTuple):
    """What stood at the end of a month, in minor units."""

    name: str
    open: int
    unallocated: int


class Figures(NamedTuple):
    """One currency of a book."""

    currency: str
    as_of: date
    counts: dict[Kind, tuple[int, int]]
    allocated: int
    balance: int
    aging: receivables.Aging
    months: list[Month]
    debtors: list[receivables.Account]

    @property
    def accounts(self) -> int:
        """How many accounts there are."""
        return len(self.aging.accounts)

    @property
    def open(self) -> int:
        """What is owed and not settled."""
        return money.to_minor(self.aging.total)

    @property
    def unallocated(self) -> int:
        """Credit that settles nothing."""
        return self.aging.unallocated_minor


def figures(book: Book, as_of: date) -> Iterator[Figures]:
    """Return the figures of each currency."""
    for currency in currencies(book):
        accounts = [account for account in book.accounts.values() if account.currency == currency]
        settled = [fact for account in accounts for fact in _settled(account)]
        debtors = sorted(accounts, key=lambda account: -account.balance_minor)[:10]
        yield Figures(
            currency,
            as_of,
            _counts(accounts),
            sum(minor for _, minor in settled),
            sum(account.balance_minor for account in accounts),
            aged(book, currency, as_of),
            _months(accounts, settled, as_of),
            [account for account in debtors if account.balance_minor > 0],
        )


def _settled(account: receivables.Account) -> Iterator[tuple[date, int]]:
    """Return what allocations settled, and releases took back, each with the day it counts from."""
    yield from ((row.on, row.amount_minor) for row in account.allocations)
    yield from ((back.on, -back.amount_minor) for back in account.releases)


def _counts(accounts: Iterable[receivables.Account]) -> dict[Kind, tuple[int, int]]:
    found: dict[Kind, tuple[int, int]] = {}
    for account in accounts:
        for posted in account.transactions:
            count, minor = found.get(posted.kind, (0, 0))
            found[posted.kind] = count + 1, minor + posted.total_minor
    return found


def _months(accounts: Iterable[receivables.Account], settled: Iterable[tuple[date, int]], as_of: date) -> list[Month]:
    """Return what was open and unallocated at the end of each month up to *as_of*, of the last ones if they are many."""
    moved: dict[str, list[int]] = {}
    for account in accounts:
        for posted in account.transactions:
            moved.setdefault(_month(posted.posted_on), [0, 0])[posted.side is Side.CREDIT] += posted.total_minor
    for on, minor in settled:
        of_month = moved.setdefault(_month(on), [0, 0])
        of_month[0] -= minor
        of_month[1] -= minor
    owed = free = 0
    found = []
    for name in sorted(moved):
        owed, free = owed + moved[name][0], free + moved[name][1]
        found.append(Month(name, owed, free))
    return _without_gaps(found, as_of)


def _without_gaps(found: list[Month], as_of: date) -> list[Month]:
    """Repeat the month before where nothing happened, up to the month of *as_of*."""
    by_name = {month.name: month for month in found}
    names = [_month(as_of)]
    while names[-1] > found[0].name and len(names) < MOST_MONTHS:
        names.append(_month(date.fromisoformat(f"{names[-1]}-01") - timedelta(days=1)))
    stands = max((month for month in found if month.name < names[-1]), default=Month("", 0, 0), key=lambda month: month.name)
    filled = []
    for name in reversed(names):
        stands = by_name.get(name, stands)._replace(name=name)
        filled.append(stands)
    return filled


def _month(day: date) -> str:
    return day.isoformat()[:7]


def told(book: Book) -> receivables.Account | None:
    """Return the account to be told in full: of those with few documents the one on which most was settled."""

    def telling(account: receivables.Account) -> tuple[int, int]:
        return min(len(account.allocations), 4), account.balance_minor

    few = [account for account in book.accounts.values() if account.version <= 12]
    return max(few or book.accounts.values(), key=telling, default=None)


def statement_of(account: receivables.Account) -> receivables.Statement:
    """Return the statement of an account from its first document to its last."""
    days = [posted.posted_on for posted in account.transactions]
    end = max(days)
    end = end if end == date.max else end + timedelta(days=1)
    return receivables.statement(account, period=periods.Period(min(days), end))


def explanations(account: receivables.Account) -> list[str]:
    """Say of each allocation, and of each release, why it was made."""
    made = [f"{row.on}  {step}" for row in account.allocations for step in row.trail.steps]
    return made + [f"{back.on}  {back}" for back in account.releases]
