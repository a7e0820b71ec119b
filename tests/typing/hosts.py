"""How hosts are typed: checked by mypy and pyright, never run. A line that must not pass says which error it gives."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_type

from moneyed import Money

from ledgerkit import allocation, errors, ids, journal, money, periods, proration, receivables, terms, trail, transactions


def explained(result: trail.Explained) -> str:
    return result.explain()


def values() -> None:
    eur = money.maker("EUR")
    assert_type(eur, Callable[[str | int | Decimal], Money])
    assert_type(money.split(eur("10.00"), [1, 2]), tuple[Money, ...])
    assert_type(money.rate("20%"), Fraction)
    assert_type(periods.month(2026, 4), periods.Period)
    assert_type(3 * periods.MONTH, periods.Interval)
    assert_type(terms.due_on(terms.net(30), posted_on=date(2026, 3, 1)).on, date)
    share = proration.prorate(eur("90.00"), used=periods.month(2026, 4), period=periods.month(2026, 4))
    assert_type(share.fraction, Fraction)
    explained(share)


def decisions(account: receivables.Account) -> receivables.Account:
    eur = money.maker("EUR")
    draft = transactions.invoice("INV-7", eur("120.00"), terms=terms.net(14))
    update = receivables.post(account, draft, on=date(2026, 3, 1))
    assert_type(update, receivables.Update)
    assert_type(update.transactions, tuple[transactions.Transaction, ...])
    assert_type(update.entries, tuple[journal.Entry, ...])
    assert_type(update.transactions[0].id, ids.TransactionId)
    assert_type(receivables.balance(account), Money)
    assert_type(journal.trial_balance(update.entries), Mapping[tuple[str, str], Money])
    explained(update)
    explained(receivables.aging([account], as_of=date(2026, 3, 31)))
    return update.account


def rows(credits: list[allocation.Item], debits: list[allocation.Item]) -> Iterator[allocation.Allocation]:
    made = allocation.allocate(credits, debits, on=date(2026, 3, 1), policy=allocation.FIFO)
    assert_type(made.open, Mapping[str, Money])
    explained(made)
    return iter(made)


def many(texts: list[str]) -> tuple[errors.Problem, ...]:
    amounts, problems = errors.each(money.of, texts)
    assert_type(amounts, tuple[Money, ...])
    return problems


def mistakes(account: receivables.Account) -> None:
    eur = money.maker("EUR")
    eur(19.99)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    receivables.post(account, "INV-7", on=date(2026, 3, 1))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    receivables.post(account, transactions.invoice("INV-7", eur("1.00")))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    account.version = 7  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
