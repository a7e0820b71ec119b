"""Periods: half-open, and how two of them meet."""

import copy
import pickle
from datetime import date
from typing import Any

import pytest

from ledgerkit import periods
from ledgerkit.errors import InvalidArgument
from ledgerkit.periods import InvalidDate, InvalidPeriod, NotInsidePeriod, Period, date_of

P: Any = periods  # for what the types forbid

APRIL = periods.month(2026, 4)


NOT_PART = "the end of a period is not part of it."


def span(text: str) -> Period:
    """``2026-04-01..2026-05-01`` as a period."""
    start, end = text.split("..")
    return Period(date_of(start), date_of(end))


def test_a_period_prints_half_open():
    """The bracket and the parenthesis say which end is part of it."""
    assert "[2026-04-01, 2026-05-01)" == str(APRIL)
    assert "Period(datetime.date(2026, 4, 1), datetime.date(2026, 5, 1))" == repr(APRIL)


def test_a_period_is_a_value():
    """Equal periods are equal everywhere."""
    again = pickle.loads(pickle.dumps(APRIL))

    assert (APRIL, hash(APRIL)) == (again, hash(again))
    assert APRIL == copy.deepcopy(APRIL) == Period(start=date(2026, 4, 1), end=date(2026, 5, 1))
    with pytest.raises(AttributeError):
        APRIL.end = date(2027, 1, 1)  # type: ignore[misc]


@pytest.mark.parametrize(("year", "days"), [(2023, 365), (2024, 366), (1900, 365), (2000, 366)])
def test_a_year_has_its_days(year: int, days: int):
    """Leap years by the Gregorian rule."""
    assert days == periods.year(year).days


@pytest.mark.parametrize(
    ("inner", "inside"),
    [
        ("2026-04-01..2026-05-01", True),
        ("2026-04-30..2026-05-01", True),
        ("2026-05-01..2026-05-01", True),
        ("2026-04-30..2026-05-02", False),
        ("2026-03-31..2026-04-02", False),
    ],
)
def test_a_period_lies_inside_another(inner: str, inside: bool):
    """With both its ends."""
    assert inside is periods.contains(APRIL, span(inner))


@pytest.mark.parametrize(
    ("on", "inside"), [("2026-03-31", False), ("2026-04-01", True), ("2026-04-30", True), ("2026-05-01", False)]
)
def test_a_day_lies_inside(on: str, inside: bool):
    """The start does, the end does not."""
    assert inside is periods.contains(APRIL, date_of(on))


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        ("2026-04-16..2026-05-02", "2026-04-16..2026-05-01"),
        ("2026-03-16..2026-04-02", "2026-04-01..2026-04-02"),
        ("2026-01-01..2027-01-01", "2026-04-01..2026-05-01"),
        ("2026-05-01..2026-06-01", None),
        ("2026-04-10..2026-04-10", None),
    ],
)
def test_what_two_periods_share(other: str, shared: str | None):
    """Nothing, when one ends where the other starts."""
    expected = None if shared is None else span(shared)

    assert expected == periods.intersection(APRIL, span(other)) == periods.intersection(span(other), APRIL)


@pytest.mark.parametrize(
    ("used", "text"),
    [
        (
            "2026-04-16..2026-05-02",
            "ends after period [2026-04-01, 2026-05-01). Cut it at 2026-05-01; the end of a period is not part of it.",
        ),
        ("2026-03-31..2026-04-02", "starts before period [2026-04-01, 2026-05-01). Cut it at 2026-04-01."),
        ("2026-03-31..2026-05-01", "starts before period [2026-04-01, 2026-05-01). Cut it at 2026-04-01."),
        (
            "2026-03-31..2026-05-02",
            "starts before and ends after period [2026-04-01, 2026-05-01). Cut it at 2026-04-01 and 2026-05-01; " + NOT_PART,
        ),
    ],
)
def test_what_reaches_outside_is_told_where_to_cut(used: str, text: str):
    """With the periods as fields."""
    error = NotInsidePeriod(span(used), APRIL)

    assert f"used {span(used)} {text}" == str(error)
    assert (span(used), APRIL) == (error.used, error.period)
    assert str(error) == str(pickle.loads(pickle.dumps(error)))


@pytest.mark.parametrize("call", [lambda: P.contains(None, APRIL), lambda: P.intersection(APRIL, "April")])
def test_a_period_is_a_period(call):
    """Anything else is refused by name."""
    with pytest.raises(InvalidPeriod, match="where a period is needed"):
        call()


def test_a_month_is_a_whole_number():
    """A text or a bool is none."""
    with pytest.raises(InvalidArgument, match="month is a str"):
        periods.month(2026, "4")  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="year is a bool"):
        periods.year(True)
    with pytest.raises(InvalidDate, match="there is no such month"):
        periods.month(0, 4)
