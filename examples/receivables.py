"""
Receivables of a book of invoices and credits: posted, allocated, aged and explained.

Without files it takes the bundled documents of a real shop (Online Retail: 22,190 invoices and credit notes), posts them in time order
into a SQLite file, allocates the credit notes first in, first out, prints a summary and writes an HTML report.

With files it takes anybody's book:
  INVOICES.csv  id,customer,posted_on,due_on,amount,currency
  CREDITS.csv   id,customer,kind,posted_on,amount,currency,against
The columns may stand in any order, and others beside them. Days are written 2026-03-31, amounts 1234.56. kind is payment or credit_note;
against names earlier invoices of the same account, separated by ";". An account is a customer and a currency. Rows are posted by day, on
one day invoices before credits, else in the order of the file. A due_on that is given stands as it is, even before posted_on.

A bad row is reported on stderr with its file, line and reason, and the rest goes on. The exit status is 0 when every row was good, 1 when
one was bad, and 2 when nothing could be done.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import _book
import _figures
import _summary

from ledgerkit import allocation, ports, receivables, terms
from ledgerkit.errors import LedgerkitError

SHOP = Path(__file__).parent / "data" / "online_retail_invoices.csv"
STORE_FILE = Path("receivables.sqlite")
HTML_FILE = Path("receivables.html")
POLICIES = {"fifo": allocation.FIFO, "against-item": allocation.AGAINST_ITEM}
BATCH = 1000


class Problems:
    """The bad rows: each is said at once, and counted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, file: str, line: int, reason: str) -> None:
        self.count += 1
        say(f"{file}:{line}: {reason}")


class Work(NamedTuple):
    """What there is to post, and how."""

    rows: Iterable[_book.Row]
    total: int
    book: _book.Book


def say(text: str) -> None:
    """Say something on stderr, past a progress bar."""
    print(text.encode("utf-8", "backslashreplace").decode(), file=sys.stderr)


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("invoices", nargs="?", type=Path, metavar="INVOICES.csv")
    parser.add_argument("credits", nargs="?", type=Path, metavar="CREDITS.csv")
    parser.add_argument(
        "--policy", choices=POLICIES, help="how credits meet invoices (default: against-item; for the shop, fifo)"
    )
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="later rows are not seen (default: the last posting date)")
    parser.add_argument("--terms", type=_terms, metavar="TERMS", help="for an empty due_on: net30, eom, ... (default: at once)")
    parser.add_argument(
        "--json", type=Path, metavar="OUT", help="write allocations, open items, balances and aging to this file"
    )
    parser.add_argument(
        "--store", metavar="URL", help=f"save every posting there: sqlite:///FILE, ... (for the shop: {STORE_FILE}, made anew)"
    )
    parser.add_argument("--html", type=Path, metavar="FILE", help=f"write a report to this file (for the shop: {HTML_FILE})")
    asked = parser.parse_args(given)
    if asked.invoices and not asked.credits:
        parser.error("CREDITS.csv is missing: name both files, or none for the bundled shop")
    asked.shop = asked.invoices is None
    asked.policy = asked.policy or ("fifo" if asked.shop else "against-item")
    if asked.shop:
        asked.html = asked.html or HTML_FILE
    return asked


def _day(text: str) -> date:
    try:
        return _book.day(text, "DATE")
    except _book.BadRow as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _terms(text: str) -> terms.Terms:
    try:
        return terms.parse(text)
    except LedgerkitError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def shop(asked: argparse.Namespace, report: _book.Report) -> Work:
    """Return the bundled documents, which are in time order: they are read while they are posted."""
    book = _book.Book(POLICIES[asked.policy], asked.terms)
    with SHOP.open("rb") as file:
        count = sum(1 for _ in file) - 1
    return Work(_book.seen(_book.shop_rows(SHOP, report), set(), report, as_of=asked.as_of), count, book)


def anybody(asked: argparse.Namespace, report: _book.Report) -> Work:
    """Return the rows of both files in the order they are posted in."""
    book = _book.Book(POLICIES[asked.policy], asked.terms)
    taken: set[str] = set()
    invoices = list(_book.seen(_book.invoice_rows(asked.invoices, report), taken, report, as_of=asked.as_of))
    credits = list(_book.seen(_book.credit_rows(asked.credits, report), taken, report, as_of=asked.as_of))
    naming = [row for row in credits if row.against]
    if naming and not book.policy.named_first:
        say(f"note: --policy {asked.policy} ignores against, which {len(naming)} rows have, the first in line {naming[0].line}")
    rows = _book.merged(invoices, credits)
    return Work(rows, len(rows), book)


def posted(work: Work, report: _book.Report) -> Iterator[receivables.Update]:
    """Post everything in order and hand on what each row changed."""
    return _book.post_all(work.book, work.rows, report)


def shown(rows: Iterable[_book.Row], total: int, *, always: bool) -> Iterable[_book.Row]:
    """Show a progress bar on stderr: always for the shop, else where a person looks on."""
    if not always and not sys.stderr.isatty():
        return rows
    from tqdm import tqdm

    bar: Iterable[_book.Row] = tqdm(rows, total=total, unit=" documents", desc="posting", file=sys.stderr, mininterval=0.5)
    return bar


def saved(updates: Iterable[receivables.Update], url: str, run: str) -> None:
    """Save each update as one command, a thousand to a transaction of the database; the same run again changes nothing."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError
    from sqlstore import SqlStore

    try:
        engine = create_engine(url)
    except SQLAlchemyError as error:
        raise _book.WrongFile(f"--store {url}: {error}") from None
    try:
        store = SqlStore(engine)
        saves = _saves(updates, run)
        while batch := list(islice(saves, BATCH)):
            store.save_many(batch)
    finally:
        engine.dispose()


def _saves(updates: Iterable[receivables.Update], run: str) -> Iterator[ports.Save]:
    for update in updates:
        yield ports.save_of(update, command=f"{run}/{update.account.id}/{update.account.version}")


def run_name(asked: argparse.Namespace) -> str:
    """Name a run by what goes into it, so that it is saved once, and another run is not taken for it."""
    digest = hashlib.sha256(repr((asked.policy, str(asked.terms), str(asked.as_of))).encode())
    for path in [SHOP] if asked.shop else [asked.invoices, asked.credits]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def run(asked: argparse.Namespace, report: Problems) -> None:
    """Post everything, then print and write what was asked for."""
    work = shop(asked, report) if asked.shop else anybody(asked, report)
    updates = posted(work._replace(rows=shown(work.rows, work.total, always=asked.shop)), report)
    url = asked.store
    if asked.shop and url is None:
        STORE_FILE.unlink(missing_ok=True)
        url = f"sqlite:///{STORE_FILE}"
    if url is None:
        for _ in updates:
            pass
    else:
        saved(updates, url, run_name(asked))
    as_of = asked.as_of or work.book.last_on
    if asked.json:
        text = json.dumps(_book.outcome(work.book, as_of), indent=1, ensure_ascii=False)
        asked.json.write_text(text + "\n", encoding="utf-8", newline="\n")
    told(asked, work.book, as_of, url)


def told(asked: argparse.Namespace, book: _book.Book, as_of: date | None, url: str | None) -> None:
    """Print the summary, write the report, and say where everything is."""
    if as_of is None or not book.accounts:
        print("No documents.")
        return
    found = list(_figures.figures(book, as_of))
    print("\n".join(_summary.lines(book, found)))
    places = [("store", url), ("JSON", asked.json), ("report", asked.html)]
    if asked.html:
        import _report

        text = _report.html(book, found, "Online Retail" if asked.shop else f"{asked.invoices.name} and {asked.credits.name}")
        asked.html.write_text(text, encoding="utf-8", newline="\n")
    print()
    for name, place in places:
        if place:
            print(f"{name}: {place.resolve() if isinstance(place, Path) else place}")


def main(given: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    asked = arguments(given)
    report = Problems()
    try:
        run(asked, report)
    except (_book.WrongFile, LedgerkitError, OSError) as error:
        say(f"receivables.py: {error}")
        return 2
    except ModuleNotFoundError as error:
        say(f"receivables.py: {error.name} is not installed. Install what the examples need: pip install -e '.[examples]'")
        return 2
    if report.count:
        say(f"{report.count} bad row{'s' * (report.count > 1)}; the rest is posted")
    return 1 if report.count else 0


if __name__ == "__main__":
    sys.exit(main())
