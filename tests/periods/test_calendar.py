"""Business days against QuantLib, and the calendars of hosts."""

import copy
import csv
import json
import pickle
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ledgerkit import periods
from ledgerkit.errors import InvalidArgument
from ledgerkit.periods import Calendar, InvalidCalendar, OutOfRange, Roll, date_of

P: Any = periods  # for what the types forbid

DATA = Path(__file__).parents[1] / "data"
AUTUMN = Calendar(holidays=[date_of("2024-12-25"), date_of("2024-12-26"), date_of("2025-01-01")])


@cache
def calendars() -> dict[str, Calendar]:
    """The calendars of the table; WEEKENDS has no holidays."""
    given = json.loads((DATA / "holidays.json").read_text(encoding="utf-8"))
    return {"WEEKENDS": Calendar()} | {name: Calendar(holidays=map(date_of, days)) for name, days in given.items()}


@cache
def table() -> tuple[dict[str, str], ...]:
    with (DATA / "business_days.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@pytest.mark.parametrize("roll", [roll for roll in Roll if roll is not Roll.NONE])
def test_dates_roll_as_quantlib_rolls_them(roll: Roll):
    """2,340 days of three calendars."""
    wrong = [
        row
        for row in table()
        if date_of(row[roll.value]) != periods.roll(date_of(row["date"]), calendar=calendars()[row["calendar"]], roll=roll)
    ]

    assert (2340, []) == (len(table()), wrong)


@pytest.mark.parametrize(("column", "days"), [("plus_1bd", 1), ("plus_5bd", 5), ("plus_30bd", 30), ("minus_1bd", -1)])
def test_business_days_are_counted_as_quantlib_counts_them(column: str, days: int):
    """2,340 days of three calendars."""
    wrong = [
        row
        for row in table()
        if date_of(row[column]) != periods.add_business_days(date_of(row["date"]), days, calendar=calendars()[row["calendar"]])
    ]

    assert [] == wrong


def test_a_business_day_is_one_for_quantlib():
    """2,340 days of three calendars, also where the host has a function and no calendar."""
    for row in table():
        on, calendar, expected = date_of(row["date"]), calendars()[row["calendar"]], row["is_business_day"] == "1"
        asked = {on: expected}

        assert expected is periods.is_business_day(on, calendar=calendar)
        assert expected is periods.is_business_day(on, calendar=asked.__getitem__)


@pytest.mark.parametrize(
    ("on", "roll", "expected"),
    [
        ("2024-12-25", "following", "2024-12-27"),
        ("2024-12-25", "preceding", "2024-12-24"),
        ("2024-08-31", "modified_following", "2024-08-30"),
        ("2024-09-01", "modified_preceding", "2024-09-02"),
        ("2024-12-25", "none", "2024-12-25"),
        ("2024-12-27", "following", "2024-12-27"),
    ],
)
def test_a_roll_may_be_named_by_its_text(on: str, roll: str, expected: str):
    """As it stands in a database."""
    assert date_of(expected) == periods.roll(date_of(on), calendar=AUTUMN, roll=roll)


def test_a_modified_roll_leaves_a_month_without_business_days():
    """There is nowhere else to go."""
    may = Calendar(holidays=[date(2024, 5, n) for n in range(1, 32)])

    assert date_of("2024-04-30") == periods.roll(date_of("2024-05-15"), calendar=may, roll=Roll.MODIFIED_FOLLOWING)
    assert date_of("2024-06-03") == periods.roll(date_of("2024-05-15"), calendar=may, roll=Roll.MODIFIED_PRECEDING)


def test_a_holiday_may_have_a_replacement():
    """It goes first under every roll, a chain of them to its end."""
    moved = Calendar(
        weekend=(), moved={date_of("2021-03-31"): date_of("2021-04-01"), date_of("2021-03-30"): date_of("2021-03-31")}
    )

    assert {date_of("2021-03-30"): date_of("2021-04-01"), date_of("2021-03-31"): date_of("2021-04-01")} == dict(moved.moved)
    assert date_of("2021-04-01") == periods.roll(date_of("2021-03-30"), calendar=moved, roll=Roll.NONE)
    assert date_of("2021-03-29") == periods.roll(date_of("2021-03-29"), calendar=moved, roll=Roll.NONE)
    with pytest.raises(TypeError):
        moved.moved[date_of("2021-04-01")] = date_of("2021-04-02")  # type: ignore[index]


@pytest.mark.parametrize(
    "moved",
    [
        {date_of("2021-03-31"): date_of("2021-03-31")},
        {date_of("2021-03-31"): date_of("2021-04-01"), date_of("2021-04-01"): date_of("2021-03-31")},
    ],
)
def test_replacements_lead_somewhere(moved):
    """A circle is refused when the calendar is made."""
    with pytest.raises(InvalidCalendar, match="lead back to it"):
        Calendar(moved=moved)


def test_a_calendar_is_a_value_and_copies_what_it_is_given():
    """Nothing a host does to its list later changes it."""
    holidays = [date_of("2024-12-25")]
    calendar = Calendar(holidays=holidays, moved={date_of("2021-03-31"): date_of("2021-04-01")})
    holidays.append(date_of("2024-12-27"))

    for again in (pickle.loads(pickle.dumps(calendar)), copy.deepcopy(calendar)):
        assert (calendar, hash(calendar)) == (again, hash(again))
    assert periods.is_business_day(date_of("2024-12-27"), calendar=calendar)
    assert repr(calendar) == (
        "Calendar(holidays=[datetime.date(2024, 12, 25)], weekend=[5, 6], moved={datetime.date(2021, 3, 31): datetime.date(2021, 4, 1)})"
    )
    assert "Calendar(holidays=[], weekend=[])" == repr(Calendar(weekend=()))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: Calendar(weekend=[7]), OutOfRange),
        (lambda: P.Calendar(weekend=["Sunday"]), InvalidArgument),
        (lambda: P.Calendar(holidays="2024-12-25"), InvalidArgument),
        (lambda: P.Calendar(holidays=None), InvalidArgument),
        (lambda: P.Calendar(holidays=["2024-12-25"]), periods.InvalidDate),
        (lambda: P.Calendar(moved=[(1, 2)]), InvalidArgument),
        (lambda: P.roll(date_of("2024-12-25"), calendar=None), InvalidArgument),
        (lambda: P.roll(date_of("2024-12-25"), calendar=AUTUMN, roll="next"), InvalidArgument),
        (lambda: P.add_business_days(date_of("2024-12-25"), "1", calendar=AUTUMN), InvalidArgument),
    ],
)
def test_what_makes_no_calendar_is_refused(make, error):
    """By name."""
    with pytest.raises(error):
        make()


def test_no_business_day_is_added():
    """Zero stays, also on a holiday."""
    assert date_of("2024-12-25") == periods.add_business_days(date_of("2024-12-25"), 0, calendar=AUTUMN)
