"""
A book of invoices and credits: rows of files, judged one by one, posted in time order to accounts of their own.

An account is a customer and a currency. A row that breaks a rule is reported with its file, its line and the reason; the rest goes on.
Nothing here knows of a database or a report: ``examples/receivables.py`` puts them around it.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, TypeAlias

from moneyed import Money

from ledgerkit import allocation, ids, money, receivables, terms, transactions
from ledgerkit.errors import LedgerkitError

INVOICE_COLUMNS = ("id", "customer", "posted_on", "due_on", "amount", "currency")
CREDIT_COLUMNS = ("id", "customer", "kind", "posted_on", "amount", "currency", "against")
SHOP_COLUMNS = ("inv", "cust", "ts", "total")
SHOP_CURRENCY = "GBP"
METHOD = "unspecified"  # a book of payments does not say how they were made

# Takes the file, the line and the reason of a bad row.
Report: TypeAlias = Callable[[str, int, str], None]


class WrongFile(Exception):
    """A file cannot be read as a book at all."""


class BadRow(Exception):
    """A row breaks a rule of the book."""


class Row(NamedTuple):
    """One row of a book that is good as far as it can be judged alone."""

    posted_on: date
    kind: transactions.Kind
    id: str
    account: str
    amount: Money
    due_on: date | None
    against: tuple[str, ...]
    file: str
    line: int


# --------------------------------------------------------------------------------------------------------------- reading


class _Lines:
    """The lines of a file, the last ones of which can be handed back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: list[str] = []
        self._record: list[str] = []
        self._taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self._record.append(line)
        self._taken += 1
        return line

    def begin(self) -> int:
        """Begin a record and return the number of its first line."""
        self._record.clear()
        return self._taken + 1

    def hand_back(self) -> None:
        """Hand all lines of the record but the first one back: a quote that was never closed has swallowed them."""
        self._again.extend(reversed(self._record[1:]))
        self._taken -= max(0, len(self._record) - 1)


def records(path: Path, columns: tuple[str, ...], report: Report) -> Iterator[tuple[int, list[str]]]:
    """
    Read a CSV file: the line and the cells of each record, in the order of *columns*, whatever their order in the file.

    A record of another length than the header, or with a broken quote, is reported; blank lines are passed over.
    """
    try:
        # Bytes that are no UTF-8 make a bad row, not a broken run: they become characters that no id may hold.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield from _records(_Lines(file), path.name, columns, report)
    except OSError as error:
        raise WrongFile(f"{path}: {error.strerror or error}") from None


def _records(lines: _Lines, name: str, columns: tuple[str, ...], report: Report) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, strict=True)
    header = _header(reader, name, columns)
    width, places = len(header), [header.index(column) for column in columns]
    while True:
        line = lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report(name, line, f"no row of a CSV file: {error}")
            lines.hand_back()
            continue
        if len(cells) == width:
            yield line, [cells[place].strip() for place in places]
        elif len(cells) > 1 or (cells and cells[0].strip()):
            report(name, line, f"{len(cells)} cells, where the header has {width}")
            lines.hand_back()


def _header(reader: Iterator[list[str]], name: str, columns: tuple[str, ...]) -> list[str]:
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        raise WrongFile(f"{name}: the header is no row of a CSV file: {error}") from None
    missing = [column for column in columns if column not in header]
    if missing:
        raise WrongFile(f"{name}: no column {', '.join(missing)}; the header has to hold {','.join(columns)}")
    twice = [column for column in columns if header.count(column) > 1]
    if twice:
        raise WrongFile(f"{name}: two columns are named {', '.join(twice)}")
    return header


def invoice_rows(path: Path, report: Report) -> Iterator[Row]:
    """Read ``id,customer,posted_on,due_on,amount,currency``; an empty ``due_on`` is left to the terms."""

    def row(cells: list[str], line: int) -> Row:
        id, customer, posted_on, due_on, amount, currency = cells
        due = day(due_on, "due_on") if due_on else None
        return _row(transactions.Kind.INVOICE, id, customer, posted_on, amount, currency, due, (), path.name, line)

    return _good(records(path, INVOICE_COLUMNS, report), row, path.name, report)


def credit_rows(path: Path, report: Report) -> Iterator[Row]:
    """Read ``id,customer,kind,posted_on,amount,currency,against``; ``against`` names invoices, separated by ``;``."""
    kinds = {str(kind): kind for kind in (transactions.Kind.PAYMENT, transactions.Kind.CREDIT_NOTE)}

    def row(cells: list[str], line: int) -> Row:
        id, customer, word, posted_on, amount, currency, against = cells
        kind = kinds.get(word)
        if kind is None:
            raise BadRow(f"kind is {_quoted(word)}, where payment or credit_note is needed")
        names = tuple(dict.fromkeys(name for part in against.split(";") if (name := part.strip())))
        return _row(kind, id, customer, posted_on, amount, currency, None, names, path.name, line)

    return _good(records(path, CREDIT_COLUMNS, report), row, path.name, report)


def shop_rows(path: Path, report: Report) -> Iterator[Row]:
    """Read the shop's own file, which is in time order: a number that starts with ``C`` is a credit note of minus its total."""

    def row(cells: list[str], line: int) -> Row:
        id, customer, at, total = cells
        credit = id.startswith("C")
        kind = transactions.Kind.CREDIT_NOTE if credit else transactions.Kind.INVOICE
        amount = total.removeprefix("-") if credit else total
        return _row(kind, id, customer, at[:10], amount, SHOP_CURRENCY, None, (), path.name, line)

    return _good(records(path, SHOP_COLUMNS, report), row, path.name, report)


def _good(
    found: Iterable[tuple[int, list[str]]], row: Callable[[list[str], int], Row], name: str, report: Report
) -> Iterator[Row]:
    for line, cells in found:
        try:
            yield row(cells, line)
        except BadRow as error:
            report(name, line, str(error))
        except LedgerkitError as error:
            report(name, line, error.problem)


def _row(
    kind: transactions.Kind, id: str, customer: str, posted_on: str, amount: str, currency: str,
    due_on: date | None, against: tuple[str, ...], file: str, line: int,
) -> Row:  # fmt: skip
    ids.checked(id)
    if not customer:
        raise BadRow("customer is empty")
    posted = day(posted_on, "posted_on")
    owed = _maker(currency)(amount)
    if amount[0] == "-" and money.to_minor(owed):
        raise BadRow(f"amount is {money.text(owed)}, and no amount is negative")
    # A code has three letters, so no two pairs of a customer and a currency make the same id, whatever slashes the customer has.
    account = ids.checked(f"{customer}/{currency}", name="customer")
    return Row(posted, kind, id, account, owed, due_on, against, file, line)


_maker = cache(money.maker)


@lru_cache(maxsize=4096)
def day(text: str, name: str) -> date:
    """Return the day that *text* says, written like 2026-03-31 and in no other way."""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise BadRow(f"{name} is {_quoted(text)}, no day like 2026-03-31" if text else f"{name} is empty")


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:39]}…")


# ------------------------------------------------------------------------------------------------------- in time order


def seen(rows: Iterable[Row], taken: set[str], report: Report, *, as_of: date | None = None) -> Iterator[Row]:
    """
    Leave out rows later than *as_of*, which are not seen at all, and rows whose id is *taken* by one read before, which are bad.

    A row that is bad for another reason does not take its id.
    """
    for row in rows:
        if as_of is not None and row.posted_on > as_of:
            continue
        if row.id in taken:
            report(row.file, row.line, f"id {_quoted(row.id)} is taken by an earlier row")
            continue
        taken.add(row.id)
        yield row


def merged(invoices: Iterable[Row], credits: Iterable[Row]) -> list[Row]:
    """Put the rows of both in the order they are posted in: by day, on one day invoices before credits, else as they arrived."""
    rows = [*invoices, *credits]
    rows.sort(key=attrgetter("posted_on"))
    return rows


class Book:
    """The accounts of a book, as far as it is posted."""

    def __init__(self, policy: allocation.Policy, wanted: terms.Terms | None = None) -> None:
        self.policy = policy
        self.terms = wanted
        self.accounts: dict[str, receivables.Account] = {}
        self.last_on: date | None = None

    def post(self, row: Row) -> receivables.Update:
        """Post one row to its account, which is opened by its first one."""
        before = self.accounts.get(row.account)
        if before is None:
            currency = row.account[-3:]
            before = receivables.account(row.account, currency=currency, policy=self.policy)
        update = receivables.post(before, self._draft(row), on=row.posted_on)
        self.accounts[row.account] = update.account
        self.last_on = row.posted_on
        return update

    def _draft(self, row: Row) -> transactions.Draft:
        if row.kind is transactions.Kind.INVOICE:
            if row.due_on is not None:  # a due date that was typed stands; terms are for those that were not
                return transactions.invoice(row.id, row.amount, due_on=row.due_on)
            return transactions.invoice(row.id, row.amount, terms=self.terms)
        if row.kind is transactions.Kind.PAYMENT:
            return transactions.payment(row.id, row.amount, method=METHOD, against=row.against)
        return transactions.credit_note(row.id, row.amount, against=row.against)


def post_all(book: Book, rows: Iterable[Row], report: Report) -> Iterator[receivables.Update]:
    """Post rows in their order and hand on what each changed; a row that the rules refuse is reported."""
    ignores = not book.policy.named_first
    for row in rows:
        if ignores and row.against:
            row = row._replace(against=())  # noqa: PLW2901
        try:
            yield book.post(row)
        except (ids.UnknownReference, ids.CyclicReference) as error:
            report(row.file, row.line, f"against names {_quoted(error.id)}, which is no earlier invoice of this account")
        except LedgerkitError as error:
            report(row.file, row.line, error.problem)


# -------------------------------------------------------------------------------------------------------------- figures


def customer_of(account: receivables.Account) -> str:
    """Return the customer of an account; its currency, which is the rest of its id, has three letters."""
    return account.id[:-4]


def currencies(book: Book) -> list[str]:
    """Return the currencies of the book."""
    return sorted({account.currency for account in book.accounts.values()})


def settled(account: receivables.Account) -> dict[tuple[str, str], int]:
    """Return what each credit settles of each debit, net of releases, in the order in which credits, then debits, arrived."""
    place: dict[str, int] = {posted.id: at for at, posted in enumerate(account.transactions)}
    net: dict[tuple[str, str], int] = {}
    for row in account.allocations:
        net[row.credit, row.debit] = net.get((row.credit, row.debit), 0) + row.amount_minor
    for back in account.releases:
        net[back.credit, back.debit] -= back.amount_minor
    ordered = sorted(net.items(), key=lambda pair: (place[pair[0][0]], place[pair[0][1]]))
    return {pair: minor for pair, minor in ordered if minor}


def outcome(book: Book, as_of: date | None) -> dict[str, object]:
    """Return what the book comes to, as plain data: amounts are texts with the currency's own digits."""
    allocations: list[list[str]] = []
    left: dict[str, dict[str, str]] = {"open": {}, "unallocated": {}}
    balances: dict[str, dict[str, str]] = {}
    free = dict.fromkeys(currencies(book), 0)
    for account in book.accounts.values():
        currency = account.currency
        allocations += [[*pair, money.number_text(minor, currency)] for pair, minor in settled(account).items()]
        for item in receivables.open_items(account):
            left["open"][item.id] = money.number_text(item.open_minor, currency)
        for item in receivables.open_credits(account):
            left["unallocated"][item.id] = money.number_text(item.open_minor, currency)
            free[currency] += item.open_minor
        balances.setdefault(customer_of(account), {})[currency] = money.number_text(account.balance_minor, currency)
    totals = {currency: money.number_text(minor, currency) for currency, minor in free.items()}
    return {"allocations": allocations, **left, "balances": balances, "aging": _aging(book, as_of), "unallocated_total": totals}


def _aging(book: Book, as_of: date | None) -> dict[str, dict[str, str]]:
    if as_of is None:
        return {}
    found = {currency: aged(book, currency, as_of).buckets for currency in currencies(book)}
    return {
        currency: {name: money.number_text(money.to_minor(amount), currency) for name, amount in buckets.items()}
        for currency, buckets in found.items()
    }


def aged(book: Book, currency: str, as_of: date) -> receivables.Aging:
    """Return the aging of all accounts of a currency."""
    accounts = [account for account in book.accounts.values() if account.currency == currency]
    return receivables.aging(accounts, as_of=as_of, currency=currency)
