"""The statement a customer is sent, and the bill that groups documents."""

from datetime import date

import pytest

from ledgerkit import ids, money, periods, receivables
from ledgerkit.errors import InvalidArgument, UsageError
from tests.receivables.ledger import account, day, eur, new, then

ACME = account(
    "02-01 invoice INV-1 100.00", "03-01 invoice INV-2 50.00", "03-31 payment PAY-1 120.00", "03-10 credit_note CN-1 10.00",
    "04-01 invoice INV-3 7.00",
)  # fmt: skip
MARCH = receivables.statement(ACME, period=periods.month(2026, 3))


def test_opening_documents_closing():
    """100.00, then the documents of March by date, then 20.00; 1 April is not in it."""
    assert (eur("100.00"), eur("20.00")) == (MARCH.opening, MARCH.closing)
    assert """\
Statement of ACME in EUR, [2026-03-01, 2026-04-01)
on          document           amount  balance
2026-03-01  opening balance             100.00
2026-03-01  invoice INV-2       50.00   150.00
2026-03-10  credit note CN-1   -10.00   140.00
2026-03-31  payment PAY-1     -120.00    20.00""" == str(MARCH)
    assert MARCH.explain().splitlines()[:2] == [
        "ACME, [2026-03-01, 2026-04-01): 100.00 EUR at the opening",
        "  receivables.statement/1: 2026-03-01 invoice INV-2 50.00 EUR: balance 150.00 EUR",
    ]
    assert (3, True) == (len(MARCH.trail.steps), "<td" in MARCH._repr_html_())


def test_the_closing_is_the_next_opening_and_the_balance_of_the_day():
    """Period after period."""
    april = receivables.statement(ACME, period=periods.month(2026, 4))

    assert MARCH.closing == april.opening == receivables.balance(ACME, as_of=day("03-31"))


def test_a_statement_from_the_first_day_of_the_calendar():
    """Nothing is before it."""
    found = receivables.statement(ACME, period=periods.Period(date.min, day("03-01")))

    assert (eur("0.00"), eur("100.00")) == (found.opening, found.closing)


def test_a_statement_of_an_account_that_is_known_since_a_day():
    """What was open then is in the opening balance, also of the day itself; earlier is refused, not guessed."""
    short = new(open_items=receivables.open_items(ACME, as_of=day("03-01")), since=day("03-01"))
    later = then(short, "03-02 invoice INV-9 1.00", "03-03 payment PAY-9 20.00")

    march = receivables.statement(later, period=periods.month(2026, 3))

    assert (eur("150.00"), eur("131.00"), later.balance) == (march.opening, march.closing, march.closing)
    with pytest.raises(receivables.NotKnown):
        receivables.statement(short, period=periods.month(2026, 2))


def test_a_bill_groups_documents():
    """50.00 + 100.00 - 10.00; its open amount is that of its invoices; a payment names them."""
    bill = receivables.bill(ACME, "BILL-1", of=["INV-2", "INV-1", "CN-1"])

    assert (eur("140.00"), ("INV-2", "INV-1")) == (bill.total, bill.against)
    assert (eur("20.00"), eur("150.00")) == (bill.open(ACME), bill.open(ACME, as_of=day("03-01")))
    assert "bill BILL-1 of 140.00 EUR: INV-2, INV-1, CN-1" == str(bill)
    assert """\
bill BILL-1 of 140.00 EUR: INV-2, INV-1, CN-1
  receivables.bill/1: invoice INV-2 50.00 EUR
  receivables.bill/1: invoice INV-1 100.00 EUR
  receivables.bill/1: credit note CN-1 -10.00 EUR""" == bill.explain()
    assert 3 == len(bill.trail.steps)


def test_what_is_refused():
    """Other kinds, other ids, no list, no period, no account, results by their class."""
    for wrong in (["PAY-1"], ["INV-9"]):
        with pytest.raises(ids.UnknownReference):
            receivables.bill(ACME, "BILL-1", of=wrong)
    for of in ("INV-1", 5):
        with pytest.raises(InvalidArgument, match="Pass a list"):
            receivables.bill(ACME, "BILL-1", of=of)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="period is a str"):
        receivables.statement(ACME, period="2026-03")  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument):
        receivables.statement("ACME", period=periods.month(2026, 3))  # type: ignore[arg-type]
    for made in (receivables.Statement, receivables.Bill):
        with pytest.raises(UsageError):
            made()
    assert money.text(MARCH.closing) == "20.00 EUR"
