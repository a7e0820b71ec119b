"""Days sales outstanding, and who pays late."""

from fractions import Fraction

import pytest

from ledgerkit import money, receivables
from ledgerkit.errors import InvalidArgument, UsageError
from tests.receivables.ledger import account, day, eur, new, then

ACME = account(
    "01-01 invoice INV-1 300.00 due 01-31", "02-01 invoice INV-2 100.00 due 03-03", "02-10 payment PAY-1 300.00 for INV-1",
    "03-01 payment PAY-2 40.00 for INV-2",
)  # fmt: skip


def test_days_sales_outstanding():
    """60.00 open x 90 days / 400.00 billed = 13.5 days."""
    found = receivables.dso(ACME, as_of=day("03-31"))

    assert (Fraction(27, 2), eur("60.00"), eur("400.00")) == (found.days, found.balance, found.billed)
    assert "receivables.dso/1: 60.00 EUR open x 90 days / 400.00 EUR billed = 13.50 days" == str(found)
    assert ["receivables.dso/1"] == [step.rule for step in found.trail.steps]


def test_both_ends_of_the_window_count():
    """INV-1 of 1 January is inside 90 days to 31 March, and outside 89."""
    assert eur("400.00") == receivables.dso(ACME, as_of=day("03-31"), window=90).billed
    assert eur("100.00") == receivables.dso(ACME, as_of=day("03-31"), window=89).billed
    assert eur("100.00") == receivables.dso(ACME, as_of=day("02-01"), window=1).billed


def test_a_cancelled_invoice_was_billed_until_it_was_cancelled():
    """Every day's figure stays what it was."""
    gone = then(ACME, "04-10 cancel INV-2 by IC-1")

    assert eur("400.00") == receivables.dso(gone, as_of=day("03-31")).billed
    assert receivables.dso(ACME, as_of=day("03-31")) == receivables.dso(gone, as_of=day("03-31"))
    assert eur("0.00") == receivables.dso(gone, as_of=day("04-10"), window=80).billed


def test_nothing_billed_has_no_days():
    """There is nothing to divide by."""
    found = receivables.dso(new(), as_of=day("03-31"), window=30)

    assert (None, (), "nothing was billed in the 30 days to 2026-03-31") == (found.days, found.trail.steps, found.explain())


def test_a_balance_below_zero_has_days_below_zero():
    """Customers paid ahead."""
    ahead = account("03-01 invoice INV-1 8.00", "03-02 payment PAY-1 9.00")

    assert "-11.25 days" in str(receivables.dso(ahead, as_of=day("03-31")))


@pytest.mark.parametrize("window", [0, -1, True, 90.0, "90", 100_000])
def test_a_window_is_a_number_of_days(window):
    """Anything else is refused."""
    with pytest.raises(InvalidArgument, match="Pass a number of days, as 90"):
        receivables.dso(ACME, as_of=day("03-31"), window=window)


def test_the_window_may_begin_before_the_calendar():
    """It is cut there."""
    assert eur("400.00") == receivables.dso(ACME, as_of=day("03-31"), window=99_999).billed


def test_how_an_account_pays():
    """300.00 after 40 days, 10 late; 40.00 after 28 days, early: 38.6 days to pay, 8.8 late, weighted by amount."""
    (row,) = receivables.late_payers(ACME, as_of=day("03-31"))

    assert Fraction(300 * 40 + 40 * 28, 340) == row.days_to_pay
    assert (Fraction(300 * 10, 340), 10, eur("340.00"), eur("60.00")) == (row.days_late, row.worst, row.paid, row.overdue)
    assert "ACME: 8.8 days late on average over 340.00 EUR, at most 10, 60.00 EUR overdue now" == row.explain() == str(row)
    assert ["receivables.late-payer/1"] == [step.rule for step in row.trail.steps]


def test_late_is_above_the_threshold():
    """By the average, or by what has been overdue for longer: 28 days on 31 March."""
    assert receivables.late_payers(ACME, as_of=day("03-01"), late_after=8).rows[0].late
    assert not receivables.late_payers(ACME, as_of=day("03-01"), late_after=9).rows[0].late
    assert receivables.late_payers(ACME, as_of=day("03-31"), late_after=27).rows[0].late
    assert not receivables.late_payers(ACME, as_of=day("03-31"), late_after=Fraction(28)).rows[0].late


def test_only_payments_of_invoices_count():
    """Neither credit notes nor what is released; a payment that was cancelled counts until it was."""
    acme = then(
        ACME, "03-05 credit_note CN-1 30.00 for INV-2", "03-06 debit_note DN-1 9.00", "03-07 payment PAY-3 9.00 for DN-1",
        "04-01 cancel PAY-1 by PC-1", "04-02 release PAY-2 of INV-2 10.00",
    )  # fmt: skip

    assert [eur("340.00"), eur("30.00")] == [
        receivables.late_payers(acme, as_of=day(on)).rows[0].paid for on in ("03-31", "04-02")
    ]


def test_who_never_paid_has_no_average():
    """And is late by what is overdue."""
    (row,) = receivables.late_payers(account("01-01 invoice INV-1 9.00"), as_of=day("03-31"))

    assert (None, None, 0, True) == (row.days_to_pay, row.days_late, row.worst, row.late)
    assert "ACME: nothing paid yet over 0.00 EUR, at most 0, 9.00 EUR overdue now" == str(row)


def test_many_accounts_the_latest_first():
    """As a table, a text and rows."""
    found = receivables.late_payers([receivables.account("NEW", currency="EUR"), ACME], as_of=day("03-31"))

    assert (["ACME", "NEW"], 2) == ([row.account for row in found], len(found))
    assert """\
Payers as of 2026-03-31
account        days to pay  days late  worst    overdue
ACME     late         38.6        8.8     10  60.00 EUR
NEW                                        0   0.00 EUR""" == str(found)
    assert found.explain().startswith("How 2 accounts paid, as of 2026-03-31\n  receivables.late-payer/1: ACME: 8.8 days late")
    assert (2, True) == (len(found.trail.steps), "<td" in found._repr_html_())


def test_items_known_by_their_open_amount_have_no_history():
    """What settled them before is not known; what settles them now is no invoice's."""
    short = new(open_items=receivables.open_items(ACME), since=day("03-05"))

    (row,) = receivables.late_payers(then(short, "03-06 payment PAY-9 60.00"), as_of=day("03-31"))

    assert row.days_late is None


def test_what_is_refused():
    """A threshold that is no number of days, accounts that are none, results by their class."""
    for wrong in (True, "5", 5.0):
        with pytest.raises(InvalidArgument, match="Pass a number of days, as 5"):
            receivables.late_payers(ACME, as_of=day("03-31"), late_after=wrong)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument):
        receivables.late_payers("ACME", as_of=day("03-31"))  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        receivables.SalesOutstanding()
    with pytest.raises(money.CurrencyMismatch):
        receivables.dso([], as_of=day("03-31"))
