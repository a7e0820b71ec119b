"""The invariants of time, I16 to I19."""

import calendar
import itertools
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from ledgerkit import money, periods, proration
from ledgerkit.periods import Cadence, Interval, Period

dates = st.dates(date(1950, 1, 1), date(2150, 1, 1))
late_days = st.builds(lambda year, month, day: date(year, month, min(day, calendar.monthrange(year, month)[1])),
                      st.integers(1950, 2150), st.integers(1, 12), st.sampled_from([28, 29, 30, 31]))  # fmt: skip
anchors = dates | late_days
intervals = st.builds(Interval, count=st.integers(1, 24), unit=st.sampled_from(["day", "week", "month", "quarter", "year"]))
cadences = st.builds(Cadence, anchor=anchors, every=intervals) | st.builds(
    lambda start, day, every: periods.anchored(start, day, every=every), anchors, st.integers(1, 31), intervals
)
zones = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"])


def ten_years(cadence: Cadence) -> list[Period]:
    first = periods.nth(cadence, 0)
    tiled, k = [first], 1
    while tiled[-1].end < first.start + timedelta(3653) and k < 600:
        tiled.append(periods.nth(cadence, k))
        k += 1
    return tiled


@given(cadences)
def test_i16_periods_tile(cadence: Cadence):
    """Each ends where the next starts, for ten years from any anchor; none is empty."""
    tiled = ten_years(cadence)

    assert all(one.end == other.start for one, other in itertools.pairwise(tiled))
    assert all(one.start < one.end for one in tiled)
    assert tuple(tiled) == periods.until(cadence, tiled[-1].end)


@given(cadences, st.integers(0, 5_000))
def test_i16_every_day_lies_in_one_period(cadence: Cadence, days: int):
    """And the count of the ended ones is its number."""
    on = periods.nth(cadence, 0).start + timedelta(days)
    found = periods.around(cadence, on)

    assert periods.contains(found, on)
    assert found == periods.nth(cadence, periods.completed(cadence, on))


@given(anchors, st.sampled_from([1, 3, 6, 12]), st.integers(0, 200))
def test_i17_the_anchor_comes_back(anchor: date, months: int, k: int):
    """The day of every boundary is the anchor's, or the last one of a shorter month."""
    start = periods.nth(Cadence(anchor=anchor, every=months * periods.MONTH), k).start
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months * k, 12)
    length = calendar.monthrange(year, month + 1)[1]

    assert date(year, month + 1, min(anchor.day, length)) == start == anchor + relativedelta(months=months * k)


@given(anchors, intervals, st.integers(-50, 50))
def test_i17_a_period_does_not_depend_on_the_way(anchor: date, every: Interval, k: int):
    """Reckoned at once, or found by its day."""
    cadence = Cadence(anchor=anchor, every=every)
    period = periods.nth(cadence, k)

    assert period == periods.around(cadence, period.start) == periods.around(cadence, period.end - timedelta(1))


@given(anchors, st.integers(-600, 600))
def test_i17_sticky_ends_stay_ends(on: date, months: int):
    """And every other day is as without it."""
    plain, sticky = periods.add_months(on, months), periods.add_months_sticky(on, months)
    ends = on.day == calendar.monthrange(on.year, on.month)[1]

    assert sticky == (periods.on_day(plain, 31) if ends else plain)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)), st.integers(0, 400), zones, st.integers(-12, 14))
def test_i18_civil_days_are_counted(at: datetime, days: int, zone: str, offset: int):
    """Noon to noon so many days later is so many days, whatever the clocks do; an instant is the same in any zone."""
    here = ZoneInfo(zone)
    start = at.replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=here)
    end = (start.replace(tzinfo=None) + timedelta(days)).replace(tzinfo=here)
    first, last = (periods.civil_day(one, zone=here) for one in (start, end))
    elsewhere = end.astimezone(timezone(timedelta(hours=offset)))

    if zone != "Pacific/Apia":  # which once left a day out
        assert days == periods.days(first, last)
    assert last == periods.civil_day(elsewhere, zone=here) == periods.civil_day(end.astimezone(UTC), zone=here)


@given(st.integers(1950, 2150), st.integers(-(10**9), 10**9))
def test_i19_a_year_day_by_day(year: int, minor: int):
    """365 or 366 shares, which sum to the price."""
    whole, price = periods.year(year), money.from_minor(minor, "EUR")
    daily = periods.until(Cadence(anchor=whole.start, every=periods.DAY), whole.end)
    shares = [proration.prorate(price, used=one, period=whole).amount_minor for one in daily]

    assert (366 if calendar.isleap(year) else 365) == len(shares)
    assert minor == sum(shares)


@given(dates, st.integers(0, 2_000))
def test_i19_thirty_day_months(start: date, days: int):
    """A 30/360 count of whole months is 30 each, and never far from the civil days."""
    end = start + timedelta(days)
    counts = [periods.days(start, end, count=count) for count in (periods.THIRTY_360_US, periods.THIRTY_360_E)]

    assert 30 == periods.days(start.replace(day=1), periods.add_months(start.replace(day=1), 1), count=periods.THIRTY_360_E)
    assert all(abs(count * 365 - days * 360) <= 365 * 6 for count in counts)
