"""The share of a price for the part of its period that was used."""

import copy
import itertools
import pickle
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest

from ledgerkit import money, periods, proration
from ledgerkit.errors import InvalidArgument, LedgerkitError, UsageError
from ledgerkit.periods import InvalidPeriod, NotInsidePeriod, Period, date_of
from ledgerkit.proration import DAILY, Convention

P: Any = proration  # for what the types forbid
eur = money.maker("EUR")
APRIL = periods.month(2026, 4)


def span(text: str) -> Period:
    """``2026-04-01..2026-05-01`` as a period."""
    start, end = text.split("..")
    return Period(date_of(start), date_of(end))


@pytest.mark.parametrize(
    ("price", "used", "expected"),
    [
        ("90.00", "2026-04-16..2026-05-01", "proration.daily/1: 90.00 EUR x 15/30 days = 45.00 EUR"),
        ("-30.00", "2026-04-16..2026-05-01", "proration.daily/1: -30.00 EUR x 15/30 days = -15.00 EUR"),
        ("10.05", "2026-04-01..2026-04-16", "proration.daily/1: 10.05 EUR x 15/30 days = 5.03 EUR"),
        (
            "10.05",
            "2026-04-16..2026-05-01",
            "proration.daily/1: 10.05 EUR x 30/30 days = 10.05 EUR, less 5.03 EUR for 15/30 days = 5.02 EUR",
        ),
        (
            "-10.05",
            "2026-04-16..2026-05-01",
            "proration.daily/1: -10.05 EUR x 30/30 days = -10.05 EUR, less -5.03 EUR for 15/30 days = -5.02 EUR",
        ),
        ("90.00", "2026-04-01..2026-05-01", "proration.daily/1: 90.00 EUR x 30/30 days = 90.00 EUR"),
        ("90.00", "2026-04-30..2026-04-30", "proration.daily/1: 90.00 EUR x 0/30 days = 0.00 EUR"),
    ],
)
def test_a_share_explains_itself(price: str, used: str, expected: str):
    """The figures a bookkeeper can check, also where parts have to add up."""
    found = proration.prorate(eur(price), used=span(used), period=APRIL)

    assert expected == found.explain() == str(found.trail)
    assert f"{money.text(found.amount)} for {found.used_days} of 30 days" == str(found)


def test_thirds_add_up():
    """10.00 in three parts is never 9.99."""
    cuts = [date_of("2026-04-01"), date_of("2026-04-11"), date_of("2026-04-21"), date_of("2026-05-01")]
    parts = [proration.prorate(eur("10.00"), used=Period(*pair), period=APRIL) for pair in itertools.pairwise(cuts)]

    assert [eur("3.33"), eur("3.34"), eur("3.33")] == [part.amount for part in parts]
    assert {Fraction(1, 3)} == {part.fraction for part in parts}


def test_a_year_is_divided_by_its_own_days():
    """365 or 366."""
    used = span("2026-07-15..2027-01-01")

    assert eur("558.90") == proration.prorate(eur("1200.00"), used=used, period=periods.year(2026)).amount
    assert Fraction(170, 365) == proration.prorate(eur("1200.00"), used=used, period=periods.year(2026)).fraction


def test_a_share_is_a_value():
    """Equal by what it says."""
    found = proration.prorate(eur("90.00"), used=APRIL, period=APRIL, convention=pickle.loads(pickle.dumps(DAILY)))

    assert found == proration.prorate(eur("90.00"), used=APRIL, period=APRIL) == copy.deepcopy(found)
    assert (found, found.explain()) == (again := pickle.loads(pickle.dumps(found)), again.explain())
    assert repr(found).startswith("Proration(amount=")


@pytest.mark.parametrize(
    "used", ["2026-04-16..2026-05-02", "2026-03-31..2026-04-16", "2026-05-01..2026-05-02", "2026-03-01..2026-06-01"]
)
def test_b31_a_part_outside_of_its_period(used: str):
    """An InvalidPeriod with both periods as fields."""
    with pytest.raises(InvalidPeriod) as caught:
        proration.prorate(eur("90.00"), used=span(used), period=APRIL)

    assert isinstance(caught.value, NotInsidePeriod)
    assert (span(used), APRIL) == (caught.value.used, caught.value.period)


def test_b32_a_period_without_days():
    """Nothing is divided by zero."""
    nothing = span("2026-04-01..2026-04-01")

    with pytest.raises(InvalidPeriod, match="has no days to share a price over"):
        proration.prorate(eur("90.00"), used=nothing, period=nothing)


@pytest.mark.parametrize(
    ("price", "used", "period", "error"),
    [
        ("90.00", APRIL, APRIL, money.InvalidAmount),
        (eur("90.00"), None, APRIL, InvalidPeriod),
        (eur("90.00"), APRIL, (date(2026, 4, 1), date(2026, 5, 1)), InvalidPeriod),
        (eur("90.00"), datetime(2026, 4, 1, tzinfo=UTC), APRIL, InvalidPeriod),
    ],
)
def test_another_type_is_refused(price: Any, used: Any, period: Any, error: type[LedgerkitError]):
    """By name."""
    with pytest.raises(error):
        proration.prorate(price, used=used, period=period)


@pytest.mark.parametrize("convention", [None, "daily", Convention(name="daily", scale=9)])
def test_a_convention_that_is_not_carried_is_refused(convention: Any):
    """It is not taken for the default."""
    with pytest.raises(InvalidArgument, match="convention is none that is carried here"):
        proration.prorate(eur("90.00"), used=APRIL, period=APRIL, convention=convention)


def test_a_share_is_not_built_by_its_class():
    """The error names the function that gives one."""
    with pytest.raises(UsageError, match=r"a Proration is a result\. Get one from proration\.prorate"):
        proration.Proration()
