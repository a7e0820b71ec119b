"""Realized gain and loss."""

import pytest

from ledgerkit import allocation, money
from ledgerkit.allocation import Realized
from ledgerkit.errors import UsageError

eur, inr = money.maker("EUR"), money.maker("INR")


def realized(taken: str, open: str, carried: str, rate: str) -> Realized:
    exchange = money.ExchangeRate(base="EUR", quote="INR", rate=rate)
    return allocation.realize(eur(taken), open=eur(open), carried=inr(carried), rate=exchange)


def test_a_loss():
    """100.00 EUR carried at 8,500.00 and settled at 80."""
    found = realized("100.00", "100.00", "8500.00", "80")

    assert (inr("8500.00"), inr("8000.00"), inr("-500.00")) == (found.released, found.settled_at, found.gain)
    assert (inr("0.00"), eur("0.00")) == (found.carried, found.open)
    expected = "allocation.realized/1: 100.00 EUR is carried at 8500.00 INR and settled at 8000.00 INR: -500.00 INR"
    assert expected == found.explain()
    assert ["allocation.realized/1"] == [step.rule for step in found.trail.steps]


def test_the_rest_keeps_its_rate():
    """33.33 of 100.00 at 90: 2,833.05 of 8,500.00 go with it."""
    found = realized("33.33", "100.00", "8500.00", "90")

    assert (inr("2833.05"), inr("2999.70"), inr("166.65")) == (found.released, found.settled_at, found.gain)
    assert (inr("5666.95"), eur("66.67")) == (found.carried, found.open)


def test_the_last_part_takes_all_that_is_carried():
    """0.01 three times of 0.03 carried at 1.00 INR: 0.33, 0.34, 0.33."""
    assert [33, 34, 33] == [allocation.carried_share(*left) for left in ((100, 3, 1), (67, 2, 1), (33, 1, 1))]


def test_what_is_refused():
    """More than is open, nothing, another currency, by the class."""
    with pytest.raises(allocation.OverAllocation):
        realized("100.01", "100.00", "8500.00", "80")
    with pytest.raises(allocation.OverAllocation):
        realized("0.00", "100.00", "8500.00", "80")
    with pytest.raises(money.CurrencyMismatch):
        wrong = money.ExchangeRate(base="EUR", quote="USD", rate="1.1")
        allocation.realize(eur("1.00"), open=eur("1.00"), carried=inr("85.00"), rate=wrong)
    with pytest.raises(money.CurrencyMismatch):
        right = money.ExchangeRate(base="EUR", quote="INR", rate="85")
        allocation.realize(eur("1.00"), open=inr("1.00"), carried=inr("85.00"), rate=right)
    with pytest.raises(UsageError):
        Realized()


def test_shares_are_of_minor_units():
    """Anything else is refused in our words."""
    for wrong in (("100", 3, 1), (100, 3, "1"), (100, 3, 1.0)):
        with pytest.raises(UsageError, match="not shared in int"):
            allocation.carried_share(*wrong)
