"""Intervals, and the periods that follow each other from an anchor."""

import copy
import pickle
from typing import Any

import pytest

from ledgerkit import periods
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.periods import Cadence, Interval, InvalidPeriod, OutOfRange, date_of

P: Any = periods  # for what the types forbid


def starts(cadence: Cadence, count: int) -> str:
    return " ".join(str(periods.nth(cadence, k).start) for k in range(count))


@pytest.mark.parametrize(
    ("interval", "text"),
    [(periods.DAY, "day"), (2 * periods.WEEK, "2 weeks"), (periods.QUARTER, "quarter"), (3 * periods.MONTH, "3 months")],
)
def test_an_interval_prints_as_people_say_it(interval: Interval, text: str):
    """One without its count."""
    assert text == str(interval)
    assert interval == eval(repr(interval), {"Interval": Interval})


def test_intervals_are_equal_when_they_lead_to_the_same_day():
    """A year is 12 months, a week 7 days, a month not 30 days."""
    assert 12 * periods.MONTH == 4 * periods.QUARTER == periods.YEAR
    assert hash(12 * periods.MONTH) == hash(periods.YEAR)
    assert 7 * periods.DAY == periods.WEEK
    assert 30 * periods.DAY != periods.MONTH


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: 0 * periods.MONTH, OutOfRange),
        (lambda: -1 * periods.MONTH, OutOfRange),
        (lambda: 10**30 * periods.MONTH, OutOfRange),
        (lambda: 60_000 * (2 * periods.DAY), OutOfRange),
        (lambda: 1.5 * P.MONTH, InvalidArgument),
        (lambda: True * periods.MONTH, InvalidArgument),
        (lambda: Interval(count=1, unit="fortnight"), InvalidArgument),
        (lambda: P.Interval(count=1, unit=3), InvalidArgument),
    ],
)
def test_an_interval_is_so_many_of_a_unit(make, error):
    """Neither none of it nor a part."""
    with pytest.raises(error):
        make()


@pytest.mark.parametrize(
    ("anchor", "every", "expected"),
    [
        ("2024-01-31", periods.MONTH, "2024-01-31 2024-02-29 2024-03-31 2024-04-30"),
        ("2023-01-29", periods.MONTH, "2023-01-29 2023-02-28 2023-03-29 2023-04-29"),
        ("2024-02-29", periods.YEAR, "2024-02-29 2025-02-28 2026-02-28 2027-02-28"),
        ("2024-11-30", periods.QUARTER, "2024-11-30 2025-02-28 2025-05-30 2025-08-30"),
        ("2024-02-26", 2 * periods.WEEK, "2024-02-26 2024-03-11 2024-03-25 2024-04-08"),
        ("2024-02-27", periods.DAY, "2024-02-27 2024-02-28 2024-02-29 2024-03-01"),
    ],
)
def test_boundaries_come_from_the_anchor(anchor: str, every: Interval, expected: str):
    """What a short month takes comes back after it."""
    assert expected == starts(Cadence(anchor=date_of(anchor), every=every), 4)


def test_a_cadence_without_a_start_runs_both_ways():
    """Period -1 ends at the anchor."""
    monthly = Cadence(anchor=date_of("2024-03-31"), every=periods.MONTH)

    assert "[2024-02-29, 2024-03-31)" == str(periods.nth(monthly, -1))
    assert periods.nth(monthly, -13) == periods.around(monthly, date_of("2023-03-15"))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2024-01-31", "[2024-01-31, 2024-02-29)"),
        ("2024-02-10", "[2024-02-10, 2024-02-29)"),
        ("2024-02-29", "[2024-02-29, 2024-03-31)"),
        ("2025-12-01", "[2025-12-01, 2025-12-31)"),
        ("2023-12-31", "[2023-12-31, 2024-01-31)"),
    ],
)
def test_a_start_cuts_the_first_period(start: str, expected: str):
    """A start that is a boundary leaves it whole."""
    cadence = Cadence(anchor=date_of("2024-01-31"), every=periods.MONTH, start=date_of(start))

    assert expected == str(periods.nth(cadence, 0)) == str(periods.around(cadence, date_of(start)))
    assert periods.nth(cadence, 0).end == periods.nth(cadence, 1).start


def test_nothing_is_before_the_first_period():
    """Where there is a start."""
    cadence = Cadence(anchor=date_of("2024-01-31"), every=periods.MONTH, start=date_of("2024-02-10"))

    with pytest.raises(InvalidPeriod, match="there is no period before the first, which starts on 2024-02-10"):
        periods.nth(cadence, -1)
    with pytest.raises(InvalidPeriod, match="2024-02-09 is before the first period"):
        periods.around(cadence, date_of("2024-02-09"))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2023-12-31", 0),
        ("2024-01-01", 0),
        ("2024-01-09", 0),
        ("2024-01-10", 1),
        ("2024-02-09", 1),
        ("2024-02-10", 2),
        ("2025-01-10", 13),
    ],
)
def test_periods_that_ended_are_counted(on: str, expected: int):
    """The short first one is one; one that ends on the day has ended."""
    cadence = periods.anchored(date_of("2024-01-01"), 10, every=periods.MONTH)

    assert expected == periods.completed(cadence, date_of(on))


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2024-01-05", ""),
        ("2024-01-06", "[2024-01-05, 2024-01-31)"),
        ("2024-01-31", "[2024-01-05, 2024-01-31)"),
        ("2024-02-01", "[2024-01-05, 2024-01-31) [2024-01-31, 2024-02-29)"),
        ("2023-11-30", ""),
        ("2023-12-31", ""),
    ],
)
def test_periods_until_a_day(end: str, expected: str):
    """Each whole; one that would start on the day is not among them."""
    cadence = Cadence(anchor=date_of("2024-01-31"), every=periods.MONTH, start=date_of("2024-01-05"))

    assert expected == " ".join(map(str, periods.until(cadence, date_of(end))))


def test_periods_until_a_day_from_the_anchor():
    """Without a start, the first begins at the anchor."""
    weekly = Cadence(anchor=date_of("2024-01-01"), every=periods.WEEK)

    assert 3 == len(periods.until(weekly, date_of("2024-01-22")))
    assert () == periods.until(weekly, date_of("2023-12-25"))


def test_more_periods_than_a_bill_needs_are_refused():
    """Before they are made."""
    daily = Cadence(anchor=date_of("1000-01-01"), every=periods.DAY)

    with pytest.raises(LimitExceeded, match="there are 100000 periods"):
        periods.until(daily, periods.add_days(date_of("1000-01-01"), 100_000))


@pytest.mark.parametrize(
    ("start", "n", "every", "first", "second"),
    [
        ("2012-02-16", 30, periods.MONTH, "[2012-02-16, 2012-02-29)", "[2012-02-29, 2012-03-30)"),
        ("2012-01-31", 30, periods.MONTH, "[2012-01-31, 2012-02-29)", "[2012-02-29, 2012-03-30)"),
        ("2012-01-31", 30, periods.YEAR, "[2012-01-31, 2013-01-30)", "[2013-01-30, 2014-01-30)"),
        ("2012-02-29", 31, periods.MONTH, "[2012-02-29, 2012-03-31)", "[2012-03-31, 2012-04-30)"),
        ("2012-02-16", 14, 30 * periods.DAY, "[2012-02-16, 2012-03-17)", "[2012-03-17, 2012-04-16)"),
        ("2021-01-01", 10, periods.QUARTER, "[2021-01-01, 2021-01-10)", "[2021-01-10, 2021-04-10)"),
    ],
)
def test_a_day_of_the_month_apart_from_the_start(start: str, n: int, every: Interval, first: str, second: str):
    """Looked for in the month of the start, and else one interval later."""
    cadence = periods.anchored(date_of(start), n, every=every)

    assert (first, second) == (str(periods.nth(cadence, 0)), str(periods.nth(cadence, 1)))


def test_an_anchor_that_fell_short_comes_back():
    """The day of the month is kept beside the anchor, and only where the anchor is the last day of its month."""
    cadence = Cadence(anchor=date_of("2023-02-28"), every=periods.MONTH, day=31)

    assert "2023-02-28 2023-03-31 2023-04-30" == starts(cadence, 3)
    assert 15 == Cadence(anchor=date_of("2023-02-15"), every=periods.MONTH, day=15).day
    with pytest.raises(OutOfRange, match="day is 31"):
        Cadence(anchor=date_of("2023-02-15"), every=periods.MONTH, day=31)
    with pytest.raises(OutOfRange, match="day is 27"):
        Cadence(anchor=date_of("2023-02-28"), every=periods.MONTH, day=27)


def test_a_cadence_is_a_value():
    """It prints shortly, and comes back from a pickle."""
    cadence = Cadence(anchor=date_of("2024-01-31"), every=periods.MONTH, start=date_of("2024-02-10"))

    assert "every month from 2024-02-10" == str(cadence)
    assert "every week from 2024-01-01" == str(Cadence(anchor=date_of("2024-01-01"), every=periods.WEEK))
    assert repr(cadence).startswith("Cadence(anchor=datetime.date(2024, 1, 31), every=Interval(")
    for again in (pickle.loads(pickle.dumps(cadence)), copy.deepcopy(cadence)):
        assert (cadence, hash(cadence)) == (again, hash(again))
        assert periods.nth(cadence, 5) == periods.nth(again, 5)


@pytest.mark.parametrize(
    "call",
    [
        lambda: P.Cadence(anchor=date_of("2024-01-31"), every="month"),
        lambda: P.anchored(date_of("2024-01-31"), 31, every=None),
        lambda: P.shift(date_of("2024-01-31"), 30),
        lambda: P.nth(None, 0),
        lambda: P.around("monthly", date_of("2024-01-31")),
        lambda: P.nth(P.Cadence(anchor=date_of("2024-01-31"), every=P.MONTH), 1.0),
    ],
)
def test_another_type_is_refused(call):
    """By name, and as the TypeError it is."""
    with pytest.raises(InvalidArgument):
        call()


@pytest.mark.parametrize(("every", "expected"), [(periods.MONTH, "2026-02-28"), (2 * periods.WEEK, "2026-02-14")])
def test_one_interval_later(every: Interval, expected: str):
    """Months clamp, days count."""
    assert date_of(expected) == periods.shift(date_of("2026-01-31"), every)
