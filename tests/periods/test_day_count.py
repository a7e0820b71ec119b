"""Day counts against the published tables."""

from typing import Any

import pytest

from ledgerkit import periods
from ledgerkit.errors import InvalidArgument
from ledgerkit.periods import ACTUAL, THIRTY_360_E, THIRTY_360_US, DayCount, InvalidPeriod, OutOfRange, date_of

P: Any = periods  # for what the types forbid


# 30/360 as in the tests of QuantLib (Thirty360, bond basis and European, by ISDA's own examples) and the SIA's rule for February.
@pytest.mark.parametrize(
    ("start", "end", "actual", "us", "european"),
    [
        ("2006-08-20", "2007-02-20", 184, 180, 180),
        ("2007-02-20", "2007-08-20", 181, 180, 180),
        ("2006-08-31", "2007-02-28", 181, 178, 178),
        ("2007-02-28", "2007-08-31", 184, 180, 182),
        ("2007-08-31", "2008-02-29", 182, 179, 179),
        ("2008-02-29", "2008-08-31", 184, 180, 181),
        ("2007-02-28", "2008-02-29", 366, 360, 361),
        ("2008-02-29", "2009-02-28", 365, 360, 359),
        ("2006-09-30", "2006-10-31", 31, 30, 30),
        ("2006-09-29", "2006-10-31", 32, 32, 31),
        ("2006-10-31", "2006-11-28", 28, 28, 28),
        ("2007-02-26", "2008-02-29", 368, 363, 363),
        ("2024-04-01", "2024-04-01", 0, 0, 0),
    ],
)
def test_days_are_counted_by_name(start: str, end: str, actual: int, us: int, european: int):
    """Civil days, 30/360 of the US, 30E/360."""
    counts = (periods.days(date_of(start), date_of(end), count=count) for count in (ACTUAL, THIRTY_360_US, THIRTY_360_E))

    assert (actual, us, european) == tuple(counts)


@pytest.mark.parametrize(
    ("start", "end", "length", "expected"),
    [
        ("2023-05-15", "2023-05-23", 30, 8),
        ("2023-05-23", "2023-06-15", 30, 22),
        ("2023-05-23", "2023-06-15", 28, 20),
        ("2024-02-23", "2024-03-15", 28, 20),
        ("2023-05-15", "2024-05-15", 30, 365),
    ],
)
def test_a_month_may_have_fixed_days(start: str, end: str, length: int, expected: int):
    """The month a span leaves is taken to have so many."""
    assert expected == periods.days(date_of(start), date_of(end), count=periods.fixed_months(length))


def test_a_day_count_is_a_value_with_a_name():
    """It prints by it."""
    assert ["actual", "fixed 30-day months"] == [str(ACTUAL), str(periods.fixed_months(30))]
    assert DayCount(name="fixed", month_days=30) == periods.fixed_months(30)
    assert "DayCount(name='fixed', month_days=30)" == repr(periods.fixed_months(30))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: DayCount(name="actual/365"), InvalidArgument),
        (lambda: P.DayCount(name=None), InvalidArgument),
        (lambda: DayCount(name="fixed"), InvalidArgument),
        (lambda: DayCount(name="actual", month_days=30), InvalidArgument),
        (lambda: periods.fixed_months(0), OutOfRange),
        (lambda: periods.fixed_months(32), OutOfRange),
        (lambda: periods.days(date_of("2024-02-01"), date_of("2024-01-31")), InvalidPeriod),
        (lambda: P.days(date_of("2024-01-01"), date_of("2024-01-31"), count="actual"), InvalidArgument),
    ],
)
def test_what_is_no_day_count_is_refused(make, error):
    """By name."""
    with pytest.raises(error):
        make()
