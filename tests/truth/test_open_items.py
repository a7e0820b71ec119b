"""9,700 real open items in two currencies: an aging for each, whose figures are plain sums of the file."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ledgerkit import money, receivables
from ledgerkit.allocation import Item
from ledgerkit.receivables import Account

SINCE = date(2020, 6, 1)  # after the last posting


@pytest.fixture(scope="module")
def rows(check_data: Path) -> list[dict[str, str]]:
    """The open items as they stand in the file."""
    with (check_data / "check-only" / "sap_open_items.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accounts(rows: list[dict[str, str]], currency: str) -> Iterator[Account]:
    make = money.maker(currency)
    items = defaultdict(list)
    for place, row in enumerate(rows):
        if row["invoice_currency"] == currency:
            item = Item(
                id=f"{row['invoice_id'] or 'none'}/{place}",
                amount=make(row["total_open_amount"]),
                posted_on=date.fromisoformat(row["posting_date"]),
                due_on=date.fromisoformat(row["due_in_date"]),
            )
            items[row["cust_number"]].append(item)
    for customer, own in items.items():
        yield receivables.account(customer, currency=currency, open_items=own, since=SINCE)


@pytest.mark.parametrize("currency", ["USD", "CAD"])
def test_aging_of_open_items(rows: list[dict[str, str]], currency: str):
    """Every item stands in the bucket of its days past due, and nothing is lost: the total is that of the file."""
    as_of = date(2020, 6, 15)
    own = [row for row in rows if row["invoice_currency"] == currency]
    bounds = {"not due": 0, "1-30": 30, "31-60": 60, "61-90": 90, "91+": 100_000}
    expected = dict.fromkeys(bounds, Decimal(0))
    for row in own:
        days = (as_of - date.fromisoformat(row["due_in_date"])).days
        expected[next(name for name, last in bounds.items() if days <= last)] += Decimal(row["total_open_amount"])

    aging = receivables.aging(accounts(rows, currency), as_of=as_of)

    assert expected == {name: amount.amount for name, amount in aging.buckets.items()}
    assert sum(Decimal(row["total_open_amount"]) for row in own) == aging.total.amount
    assert len(own) == len(aging.columns)


def test_two_currencies_are_never_added(rows: list[dict[str, str]]):
    """One aging of both currencies is refused."""
    both = [*accounts(rows, "USD"), *accounts(rows, "CAD")]

    with pytest.raises(money.CurrencyMismatch):
        receivables.aging(both, as_of=SINCE)
