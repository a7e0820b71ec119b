"""The summary that is printed, as lines of text."""

from collections.abc import Iterable, Iterator

from _book import Book, customer_of
from _figures import Figures, explanations, statement_of, told

from ledgerkit import money
from ledgerkit.tables import Grid


def lines(book: Book, found: Iterable[Figures]) -> Iterator[str]:
    """Say what stands in each currency, and tell one account in full."""
    for figures in found:
        yield from of_currency(figures)
        yield ""
    yield from of_account(book)


def of_currency(found: Figures) -> Iterator[str]:
    """Say what stands in one currency: documents, balances, aging, the largest debtors."""
    currency = found.currency

    def text(minor: int) -> str:
        return grouped(minor, currency)

    rows = [(f"{kind.words}s", f"{count:,}", text(minor)) for kind, (count, minor) in sorted(found.counts.items())]
    rows += [
        ("allocated", "", text(found.allocated)),
        ("unallocated credit", "", text(found.unallocated)),
        ("open", "", text(found.open)),
        ("balance", f"{found.accounts:,} accounts", text(found.balance)),
    ]
    yield str(Grid(title=f"{currency}, as of {found.as_of}", columns=("", "documents", currency), rows=rows))
    yield ""
    buckets = found.aging.buckets
    aging = [[text(money.to_minor(amount)) for amount in buckets.values()]]
    yield str(Grid(title=f"Aging in {currency}: open by days past due", columns=tuple(buckets), rows=aging, words=0))
    yield ""
    debtors = [(customer_of(account), text(account.balance_minor)) for account in found.debtors]
    yield str(Grid(title=f"The largest debtors in {currency}", columns=("customer", "balance"), rows=debtors))


def of_account(book: Book) -> Iterator[str]:
    """Tell one account in full: its statement, and why each credit settled what it did."""
    account = told(book)
    if account is None:
        return
    yield str(statement_of(account))
    why = explanations(account)
    if why:
        yield "What settled what, and why:"
        yield from (f"  {line}" for line in why)


def grouped(minor: int, currency: str) -> str:
    """Write an amount with its thousands apart."""
    whole, point, digits = money.number_text(minor, currency).partition(".")
    return f"{int(whole):,}{point}{digits}" if whole != "-0" else f"-0{point}{digits}"
