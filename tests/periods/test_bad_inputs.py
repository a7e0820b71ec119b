"""The bad inputs of time, by their numbers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ledgerkit import periods
from ledgerkit.errors import LedgerkitError, LimitExceeded
from ledgerkit.periods import Cadence, Calendar, InvalidDate, InvalidPeriod, NaiveDatetime, Period, date_of

P: Any = periods  # for what the types forbid

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
MONTHLY = Cadence(anchor=date_of("2024-01-31"), every=periods.MONTH)


def test_b21_a_yearly_plan_from_29_february():
    """28 February in common years, 29 again in leap years."""
    yearly = Cadence(anchor=date_of("2024-02-29"), every=periods.YEAR)

    assert [date(2024, 2, 29), date(2025, 2, 28), date(2028, 2, 29), date(2100, 2, 28)] == [
        periods.nth(yearly, k).start for k in (0, 1, 4, 76)
    ]


@pytest.mark.parametrize("text", ["2024-02-30", "2024-13-01", "2024-2-3", "2024-02-30T00:00", "2024-02-03T00:00"])
def test_b22_days_that_are_none(text: str):
    """And other ways to write a day."""
    with pytest.raises(InvalidDate):
        date_of(text)


def test_b22_month_13():
    """There is none."""
    with pytest.raises(InvalidDate, match="there is no such month"):
        periods.month(2024, 13)


@pytest.mark.parametrize("n", [29, 30, 31])
def test_b23_the_anchor_day_comes_back(n: int):
    """After February."""
    cadence = Cadence(anchor=date(2023, 1, n), every=periods.MONTH)

    assert [date(2023, 1, n), date(2023, 2, 28), date(2023, 3, n)] == [periods.nth(cadence, k).start for k in range(3)]


def test_b24_a_naive_instant():
    """It names no moment."""
    with pytest.raises(NaiveDatetime, match="has no zone"):
        periods.civil_day(datetime(2026, 4, 16), zone=UTC)


@pytest.mark.parametrize(
    "call",
    [
        lambda at: Period(at, date(2026, 5, 1)),
        lambda at: periods.add_months(at, 1),
        lambda at: periods.add_days(at, 1),
        lambda at: periods.around(MONTHLY, at),
        lambda at: Cadence(anchor=at, every=periods.MONTH),
        lambda at: periods.roll(at, calendar=Calendar()),
        lambda at: periods.contains(periods.month(2026, 4), at),
    ],
)
def test_b25_a_datetime_for_a_date(call):
    """Refused everywhere, although it passes isinstance."""
    with pytest.raises(
        InvalidDate, match=r"is a datetime, 2026-04-16 23:30:00\+00:00, where a date is needed. Say which day that is"
    ):
        call(datetime(2026, 4, 16, 23, 30, tzinfo=UTC))


def test_b26_a_time_that_does_not_exist():
    """02:30 on the night clocks are put forward is read by its fold, as zoneinfo does."""
    gap = [datetime(2024, 3, 10, 2, 30, tzinfo=NEW_YORK, fold=fold) for fold in (0, 1)]

    assert ["07:30", "06:30"] == [f"{periods.instant(at).astimezone(UTC):%H:%M}" for at in gap]
    assert [date(2024, 3, 10)] * 2 == [periods.civil_day(at, zone=NEW_YORK) for at in gap]


def test_b27_a_time_that_occurs_twice():
    """Two instants, ordered by UTC."""
    early, late = (datetime(2024, 11, 3, 1, 30, tzinfo=NEW_YORK, fold=fold) for fold in (0, 1))

    assert timedelta(hours=1) == periods.instant(late).astimezone(UTC) - periods.instant(early).astimezone(UTC)


def test_b28_days_across_a_change_of_clocks():
    """Civil days, never hours."""
    start, end = (datetime(2024, 3, n, 0, 30, tzinfo=BERLIN) for n in (1, 31))

    assert 30 == Period(periods.civil_day(start, zone=BERLIN), periods.civil_day(end, zone=BERLIN)).days


@pytest.mark.parametrize(
    "call",
    [
        lambda: periods.add_days(date.max, 1),
        lambda: periods.add_days(date.min, -1),
        lambda: periods.add_days(date.max, 10**400),
        lambda: periods.add_months(date.max, 1),
        lambda: periods.add_months(date.min, -1),
        lambda: periods.add_months(date.min, 10**400),
        lambda: periods.add_months_sticky(date.max, 1),
        lambda: periods.on_day(date.max, 1, months=1),
        lambda: periods.shift(date.max, periods.DAY),
        lambda: periods.month(9999, 12),
        lambda: periods.year(10**400),
        lambda: periods.nth(MONTHLY, 10**400),
        lambda: periods.nth(Cadence(anchor=date.max, every=periods.DAY), 0),
        lambda: periods.around(MONTHLY, date.max),
        lambda: periods.roll(date(9999, 12, 31), calendar=Calendar(weekend={4})),
        lambda: periods.add_business_days(date.max, 1, calendar=Calendar()),
        lambda: periods.add_business_days(date.min, -1, calendar=Calendar()),
        lambda: periods.civil_day(datetime.max.replace(tzinfo=UTC), zone=ZoneInfo("Pacific/Kiritimati")),
        lambda: periods.civil_day(datetime.min.replace(tzinfo=UTC), zone=NEW_YORK),
    ],
)
def test_b29_beyond_the_calendar(call):
    """No OverflowError comes out."""
    with pytest.raises(InvalidDate):
        call()


def test_b30_empty_and_inverted():
    """An empty period has no days; an inverted one is none."""
    on = date(2026, 4, 1)

    assert (0, True) == (Period(on, on).days, Period(on, on).is_empty)
    with pytest.raises(InvalidPeriod, match="the period ends on 2026-04-01, before it starts on 2026-05-01"):
        Period(date(2026, 5, 1), on)


@pytest.mark.parametrize("calendar", [Calendar(weekend=range(7)), lambda on: False])
@pytest.mark.parametrize("days", [1, -1])
def test_b70_every_day_is_a_holiday(calendar: Any, days: int):
    """The search ends."""
    with pytest.raises(LimitExceeded, match="there is no business day within 400 days of"):
        periods.add_business_days(date(2026, 4, 1), days, calendar=calendar)
    with pytest.raises(LimitExceeded):
        periods.roll(date(2026, 4, 1), calendar=calendar)


@pytest.mark.parametrize("days", [10_001, -(10**400)])
def test_b70_more_business_days_than_a_bill_needs(days: int):
    """They are not searched for."""
    with pytest.raises(LimitExceeded, match="days is beyond what a bill needs"):
        periods.add_business_days(date(2026, 4, 1), days, calendar=Calendar())


def test_b70_as_many_as_a_bill_needs():
    """Ten thousand business days are counted, and 400 days are searched."""
    calendar = Calendar(weekend=())
    closed = Calendar(holidays=[date(2026, 1, 1) + timedelta(n) for n in range(399)], weekend=())

    assert date(2026, 4, 1) + timedelta(10_000) == periods.add_business_days(date(2026, 4, 1), 10_000, calendar=calendar)
    assert date(2026, 1, 1) + timedelta(399) == periods.roll(date(2026, 1, 1), calendar=closed)


def test_b71_holidays_of_all_kinds():
    """Given as a datetime, twice, and on a weekend."""
    christmas = date(2024, 12, 25)
    calendar = Calendar(holidays=[datetime(2024, 12, 25, 12, tzinfo=UTC), christmas, christmas, date(2024, 12, 28)])

    assert Calendar(holidays=[date(2024, 12, 28), christmas]) == calendar
    assert date(2024, 12, 26) == periods.roll(christmas, calendar=calendar)


def test_b71_weekends_of_all_kinds():
    """Friday and Saturday, and none."""
    friday = date(2024, 11, 29)

    assert date(2024, 12, 1) == periods.roll(friday, calendar=Calendar(weekend={4, 5}))
    assert friday == periods.roll(friday, calendar=Calendar(weekend=()))
    assert date(2024, 11, 30) == periods.add_business_days(friday, 1, calendar=Calendar(weekend=()))


JUNK = [None, True, 1.5, "x", "", b"x", object(), [], {}, 10**400, -1, Decimal("NaN"), datetime.max, date.max, date.min, (1, 2)]
CALLS: dict[str, Callable[[Any], object]] = {
    "Period": lambda x: (Period(x, date(2026, 5, 1)), Period(date(2026, 5, 1), x)),
    "Interval": lambda x: periods.Interval(count=x, unit="day"),
    "unit": lambda x: periods.Interval(count=1, unit=x),
    "Cadence": lambda x: Cadence(anchor=x, every=periods.MONTH),
    "every": lambda x: Cadence(anchor=date(2026, 5, 1), every=x),
    "start": lambda x: Cadence(anchor=date(2026, 5, 1), every=periods.MONTH, start=x),
    "day": lambda x: Cadence(anchor=date(2026, 5, 31), every=periods.MONTH, day=x),
    "nth": lambda x: periods.nth(MONTHLY, x),
    "around": lambda x: periods.around(MONTHLY, x),
    "completed": lambda x: periods.completed(MONTHLY, x),
    "until": lambda x: periods.until(MONTHLY, x),
    "cadence": lambda x: periods.until(x, date(2026, 5, 1)),
    "anchored": lambda x: periods.anchored(x, 31, every=periods.MONTH),
    "anchored day": lambda x: periods.anchored(date(2026, 5, 1), x, every=periods.MONTH),
    "shift": lambda x: periods.shift(x, periods.MONTH),
    "holidays": lambda x: Calendar(holidays=x),
    "holiday": lambda x: Calendar(holidays=[x]),
    "weekend": lambda x: Calendar(weekend=x),
    "moved": lambda x: Calendar(moved=x),
    "replacement": lambda x: Calendar(moved={date(2026, 5, 1): x}),
    "roll": lambda x: periods.roll(x, calendar=Calendar()),
    "calendar": lambda x: periods.roll(date(2026, 5, 1), calendar=x),
    "convention": lambda x: periods.roll(date(2026, 5, 1), calendar=Calendar(), roll=x),
    "add_business_days": lambda x: periods.add_business_days(date(2026, 5, 1), x, calendar=Calendar()),
    "add_days": lambda x: periods.add_days(date(2026, 5, 1), x),
    "add_months": lambda x: periods.add_months(date(2026, 5, 1), x),
    "sticky": lambda x: (periods.add_months_sticky(date(2026, 5, 1), x), periods.add_months_sticky(x, 1)),
    "on_day": lambda x: periods.on_day(date(2026, 5, 1), x),
    "months": lambda x: periods.on_day(date(2026, 5, 1), 1, months=x),
    "civil_day": lambda x: periods.civil_day(x, zone=UTC),
    "zone": lambda x: periods.civil_day(datetime(2026, 5, 1, tzinfo=UTC), zone=x),
    "days": lambda x: periods.days(x, date(2026, 5, 1)),
    "count": lambda x: periods.days(date(2026, 4, 1), date(2026, 5, 1), count=x),
    "fixed": periods.fixed_months,
    "read": date_of,
    "month": lambda x: periods.month(x, 1),
    "month of": lambda x: periods.month(2026, x),
    "year": periods.year,
    "contains": lambda x: periods.contains(periods.month(2026, 4), x),
    "intersection": lambda x: periods.intersection(x, periods.month(2026, 4)),
}


@pytest.mark.parametrize("name", CALLS)
def test_no_foreign_error_comes_out(name: str):
    """Whatever is passed."""
    for junk in JUNK:
        try:
            CALLS[name](junk)
        except LedgerkitError as error:
            assert error.remedy, (junk, error)
