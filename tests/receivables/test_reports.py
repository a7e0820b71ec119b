"""What an account stands at, now or as of any date."""

from typing import Any

import pytest

from ledgerkit import ids, periods, receivables
from ledgerkit.errors import InvalidArgument
from ledgerkit.receivables import Settlement
from tests.receivables.ledger import account, day, eur, free, new, opens, then

ACME = account(
    "03-01 invoice INV-1 100.00 due 03-20",
    "03-05 payment PAY-1 30.00",
    "03-10 payment PAY-2 90.00",
    "03-15 cancel PAY-1 by PC-1",
)


def test_balance_open_and_unallocated_as_of_each_day():
    """Every figure of a past day comes from the facts dated up to it."""
    told = {
        on: (str(receivables.balance(ACME, as_of=day(on)).amount), opens(ACME, as_of=on), free(ACME, as_of=on))
        for on in ("02-28", "03-01", "03-05", "03-10", "03-15", "12-31")
    }

    assert {
        "02-28": ("0.00", {}, {}),
        "03-01": ("100.00", {"INV-1": "100.00"}, {}),
        "03-05": ("70.00", {"INV-1": "70.00"}, {}),
        "03-10": ("-20.00", {}, {"PAY-2": "20.00"}),
        "03-15": ("10.00", {"INV-1": "10.00"}, {}),
        "12-31": ("10.00", {"INV-1": "10.00"}, {}),
    } == told
    assert (eur("10.00"), eur("0.00")) == (receivables.balance(ACME), receivables.unallocated(ACME))


def test_due_today_is_not_overdue():
    """Due on the 20th: overdue from the 21st; 10.00 of 100.00 are open."""
    assert eur("0.00") == receivables.overdue(ACME, as_of=day("03-20"))
    assert eur("10.00") == receivables.overdue(ACME, as_of=day("03-21"))


def test_what_is_paid_is_not_overdue():
    """On the 21st it was open; the payment of the 25th settles it."""
    late = account("03-01 invoice INV-1 100.00 due 03-20", "03-25 payment PAY-1 100.00")

    assert eur("100.00") == receivables.overdue(late, as_of=day("03-24"))
    assert eur("0.00") == receivables.overdue(late, as_of=day("03-25"))


def test_settlement_is_derived():
    """Open, partly settled, settled; of a credit too."""
    asked = [("03-01", Settlement.OPEN), ("03-05", Settlement.PARTLY_SETTLED), ("03-10", Settlement.SETTLED)]

    assert [answer for _, answer in asked] == [receivables.settlement(ACME, "INV-1", as_of=day(on)) for on, _ in asked]
    assert Settlement.PARTLY_SETTLED is receivables.settlement(ACME, "INV-1")
    assert Settlement.SETTLED is receivables.settlement(ACME, "PAY-2")
    with pytest.raises(ids.UnknownReference):
        receivables.settlement(ACME, "PAY-1", as_of=day("03-04"))
    with pytest.raises(ids.UnknownReference):
        receivables.settlement(ACME, "INV-9")


def test_the_allocations_of_a_document():
    """Those that stand now, each with its reason."""
    after = then(ACME, "03-16 payment PAY-3 4.00")
    (row,) = receivables.allocations_of(after, "PAY-3")

    why = "allocation.fifo/1: PAY-3 -> INV-1 4.00 EUR, due 2026-03-20; 6.00 EUR stays open"
    assert f"PAY-3 -> INV-1 4.00 EUR, from 2026-03-16\n  {why}" == row.explain()
    assert ["PAY-2", "PAY-2", "PAY-3"] == [row.credit for row in receivables.allocations_of(after, "INV-1")]
    with pytest.raises(ids.UnknownReference):
        receivables.allocations_of(ACME, "INV-9")


def test_reports_are_of_accounts_and_days():
    """Anything else is refused in our words."""
    asks: list[Any] = [receivables.balance, receivables.open_items, receivables.unallocated, receivables.open_credits]
    for ask in asks:
        with pytest.raises(InvalidArgument, match="account is a str"):
            ask("ACME")
    with pytest.raises(InvalidArgument):
        receivables.settlement("ACME", "INV-1")  # type: ignore[arg-type]
    with pytest.raises(periods.InvalidDate):
        receivables.balance(new(), as_of="2026-03-01")  # type: ignore[arg-type]
