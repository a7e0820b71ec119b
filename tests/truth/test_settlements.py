"""
The real settlements of 2,466 invoices, against figures that were reckoned by other means (SQL, plain integers).

The data may be run against and not copied: ``LEDGERKIT_CHECK_DATA`` names the folder it stands in.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledgerkit import allocation, money, receivables, transactions
from ledgerkit.allocation import Item, Policy
from ledgerkit.receivables import Account

usd = money.maker("USD")


class Invoice(NamedTuple):
    """A row of the file."""

    on: date
    number: str
    customer: str
    amount: str
    due: date
    settled: date


def day(text: str) -> date:
    return datetime.strptime(text, "%m/%d/%Y").date()


@pytest.fixture(scope="module")
def invoices(check_data: Path) -> list[Invoice]:
    """The invoices by date, then number: the file is in no order."""
    with (check_data / "check-only" / "ibm_accounts_receivable.csv").open(encoding="utf-8", newline="") as file:
        return sorted(
            Invoice(
                on=day(row["InvoiceDate"]),
                number=row["invoiceNumber"],
                customer=row["customerID"],
                amount=row["InvoiceAmount"],
                due=day(row["DueDate"]),
                settled=day(row["SettledDate"]),
            )
            for row in csv.DictReader(file)
        )


@pytest.fixture(scope="module")
def month_ends(check_data: Path) -> dict[str, Any]:
    """Balances and agings of 2012."""
    read: dict[str, Any] = json.loads((check_data / "truth" / "ar_month_ends_2012.json").read_text(encoding="utf-8"))
    return read


def by_customer(invoices: list[Invoice]) -> dict[str, list[Invoice]]:
    found = defaultdict(list)
    for invoice in invoices:
        found[invoice.customer].append(invoice)
    return found


def days_of(invoices: list[Invoice]) -> Iterator[tuple[date, transactions.Draft]]:
    """The documents by day, invoices before payments; a payment is what a customer settled on a day, and names it."""
    settled = defaultdict(list)
    for invoice in invoices:
        draft = transactions.invoice(invoice.number, usd(invoice.amount), due_on=invoice.due)
        settled[invoice.settled].append(invoice)
        yield invoice.on, draft
    for on, paid in settled.items():
        amount = money.total(usd(invoice.amount) for invoice in paid)
        yield on, transactions.payment(f"PAY-{on}", amount, method="wire", against=[invoice.number for invoice in paid])


def posted(customer: str, invoices: list[Invoice], policy: Policy) -> Account:
    account = receivables.account(customer, currency="USD", policy=policy)
    documents = sorted(days_of(invoices), key=lambda document: (document[0], document[1].kind))  # invoice < payment
    for on, draft in documents:
        account = receivables.post(account, draft, on=on).account
    return account


@pytest.fixture(scope="module")
def paid_by_name(invoices: list[Invoice]) -> list[Account]:
    """Every customer's account, each payment against what it really settled."""
    return [posted(name, own, allocation.AGAINST_ITEM) for name, own in by_customer(invoices).items()]


@pytest.fixture(scope="module")
def fifo_rows(check_data: Path) -> dict[str, list[tuple[date, str, int]]]:
    """What FIFO makes of the payments of half of the customers: payment date, invoice, cents."""
    found = defaultdict(list)
    with (check_data / "truth" / "ar_fifo_settlements_half.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry = date.fromisoformat(row["payment_date"]), row["invoice"], int(row["cents"])
            found[row["customer"]].append(entry)
    return {customer: sorted(rows) for customer, rows in found.items()}


def test_fifo_posting_by_posting(invoices: list[Invoice], fifo_rows: dict[str, list[tuple[date, str, int]]]):
    """An account under FIFO allocates every payment, on its day, as the published rows say."""
    own = by_customer(invoices)
    for customer, expected in fifo_rows.items():
        account = posted(customer, own[customer], allocation.FIFO)

        assert expected == sorted((row.on, str(row.debit), row.amount_minor) for row in account.allocations)


def test_fifo_in_one_call(invoices: list[Invoice], fifo_rows: dict[str, list[tuple[date, str, int]]]):
    """Allocating a customer's whole history at once gives the same rows."""
    own = by_customer(invoices)
    for customer, expected in fifo_rows.items():
        debits, paid = [], defaultdict(list)
        for invoice in own[customer]:
            debits.append(Item(id=invoice.number, amount=usd(invoice.amount), posted_on=invoice.on, due_on=invoice.due))
            paid[invoice.settled].append(usd(invoice.amount))
        credits = [Item(id=str(on), amount=money.total(amounts), posted_on=on) for on, amounts in paid.items()]

        made = allocation.allocate(credits, debits, on=date(2011, 1, 1), policy=allocation.FIFO)

        assert expected == sorted((date.fromisoformat(row.credit), str(row.debit), row.amount_minor) for row in made)


def test_balances_at_each_month_end(paid_by_name: list[Account], month_ends: dict[str, Any]):
    """The balances of all customers sum to the published one."""
    for end, expected in month_ends["month_end"].items():
        as_of = date.fromisoformat(end)
        balance = money.total(receivables.balance(account, as_of=as_of) for account in paid_by_name)

        assert expected["balance_cents"] == money.to_minor(balance)


BUCKETS = {"current": "not due", "d1_30": "1-30", "d31_60": "31-60", "d61_90": "61-90", "d90_plus": "91+"}


def test_aging_at_each_month_end(paid_by_name: list[Account], month_ends: dict[str, Any]):
    """Counts and amounts by days past due are the published ones; a bucket that is not named is empty."""
    for end, expected in month_ends["month_end"].items():
        aging = receivables.aging(paid_by_name, as_of=date.fromisoformat(end))

        wanted = {BUCKETS[name]: figures for name, figures in expected["ageing_count_cents"].items()}
        counts = {name: sum(row.bucket == place for row in aging.columns) for place, name in enumerate(aging.names)}
        found = {name: [counts[name], money.to_minor(amount)] for name, amount in aging.buckets.items()}
        assert {name: wanted.get(name, [0, 0]) for name in aging.names} == found
        assert expected["balance_cents"] == money.to_minor(aging.balance)


def test_days_sales_outstanding(paid_by_name: list[Account], month_ends: dict[str, Any]):
    """The balance of each month end, times 90 days, by what was invoiced in them."""
    for end, expected in month_ends["month_end"].items():
        assert Fraction(expected["dso_90d_exact"]) == receivables.dso(paid_by_name, as_of=date.fromisoformat(end)).days, end


def test_days_to_pay(paid_by_name: list[Account], month_ends: dict[str, Any]):
    """Days to pay and days late, weighted by amount over all customers."""
    rows = receivables.late_payers(paid_by_name, as_of=date(2014, 12, 31)).rows
    paid = sum(money.to_minor(row.paid) for row in rows)
    to_pay = sum(row.days_to_pay * money.to_minor(row.paid) for row in rows if row.days_to_pay is not None)
    late = sum(row.days_late * money.to_minor(row.paid) for row in rows if row.days_late is not None)

    assert month_ends["totals"]["amount_cents"] == paid
    assert Fraction(month_ends["dso"]["amount_weighted_days_to_settle"]) == to_pay / paid
    assert month_ends["dso"]["amount_weighted_days_late"] == pytest.approx(float(late / paid), abs=1e-12)
