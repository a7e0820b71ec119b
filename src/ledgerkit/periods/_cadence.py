"""Intervals, and the periods that follow each other from an anchor."""

from datetime import date
from typing import Any, Final, final

import attrs

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.periods._dates import add_days, add_months, civil_date, in_month, month_length, whole, word
from ledgerkit.periods._types import InvalidPeriod, Period, between

_UNITS: Final = {"day": (0, 1), "week": (0, 7), "month": (1, 0), "quarter": (3, 0), "year": (12, 0)}
_LONGEST: Final = 100_000


@final
@attrs.frozen(init=False, repr=False, order=False)
class Interval:
    """
    So many days, weeks, months, quarters or years; ``3 * MONTH`` makes others of the named ones.

    Two intervals are equal when they lead from any day to the same day: 12 months are a year, 7 days a week, and 30 days no month.

    Args:
        count: How many, from 1 to 100,000.

        unit: ``day``, ``week``, ``month``, ``quarter`` or ``year``.

    Raises:
        InvalidArgument: *count* is not a whole number, or *unit* none of the five words.
        OutOfRange: *count* is below 1 or above 100,000.

    >>> print(3 * MONTH, QUARTER == 3 * MONTH)
    3 months True
    """

    count: int = attrs.field(eq=False)
    unit: str = attrs.field(eq=False)
    months: int
    days: int

    def __init__(self, *, count: int, unit: str) -> None:
        count = whole(count, "count", 1, _LONGEST)
        unit = word(unit, "unit", _UNITS)
        months, days = _UNITS[unit]
        self.__attrs_init__(count, unit, count * months, count * days)

    def __rmul__(self, times: int) -> "Interval":
        return Interval(count=whole(times, "times", 1, _LONGEST) * self.count, unit=self.unit)

    def __str__(self) -> str:
        return self.unit if self.count == 1 else f"{self.count} {self.unit}s"

    def __repr__(self) -> str:
        return f"Interval(count={self.count!r}, unit={self.unit!r})"


DAY: Final = Interval(count=1, unit="day")
WEEK: Final = Interval(count=1, unit="week")
MONTH: Final = Interval(count=1, unit="month")
QUARTER: Final = Interval(count=1, unit="quarter")
YEAR: Final = Interval(count=1, unit="year")


@final
@attrs.frozen(init=False, repr=False, order=False)
class Cadence:
    """
    Periods that follow each other: they meet at the anchor and every interval before and after it.

    Each boundary is reckoned from the anchor, never from the one before, so the 31st comes back after February.

    Args:
        anchor: A date where one period ends and the next begins.

        every: How long each of them is.

        start: The day on which the first period begins. If it is no boundary, the first period is a short one up to the next
            boundary. Without it the cadence runs both ways and period 0 begins at the anchor.

        day: The day of the month to come back to, from 1 to 31, when the anchor itself fell short of it. Of no meaning for days
            and weeks.

    Raises:
        InvalidDate: *anchor* or *start* is not a plain date.
        InvalidArgument: *every* is not an interval, or *day* no whole number.
        OutOfRange: *day* is no day of a month, or not the one the anchor fell short of.

    Source:
        docs/rules/periods-anchors.md, rule D-2.

    >>> monthly = Cadence(anchor=date(2026, 1, 31), every=MONTH)
    >>> print(nth(monthly, 1))
    [2026-02-28, 2026-03-31)
    """

    anchor: date
    every: Interval
    start: date | None
    day: int
    _first: int = attrs.field(eq=False)

    def __init__(self, *, anchor: date, every: Interval, start: date | None = None, day: int | None = None) -> None:
        anchor = civil_date(anchor, name="anchor")
        every = _interval(every)
        start = None if start is None else civil_date(start, name="start")
        day = _anchor_day(anchor, day)
        self.__attrs_init__(anchor, every, start, day, 0)
        if start is not None:
            object.__setattr__(self, "_first", _index(self, start))

    def __str__(self) -> str:
        return f"every {self.every} from {self.start or self.anchor}"

    def __repr__(self) -> str:
        fields = (f"{name}={getattr(self, name)!r}" for name in ("anchor", "every", "start", "day"))
        return f"Cadence({', '.join(fields)})"


def _anchor_day(anchor: date, day: Any) -> int:
    if day is None:
        return anchor.day
    last = month_length(anchor.year, anchor.month)
    day = whole(day, "day", 1, 31)
    return whole(day, "day", anchor.day, 31 if anchor.day == last else anchor.day)


def _boundary(cadence: Cadence, k: int) -> date:
    every, anchor = cadence.every, cadence.anchor
    if every.months:
        return in_month(anchor.year * 12 + anchor.month - 1 + k * every.months, cadence.day)
    return add_days(anchor, k * every.days)


def _index(cadence: Cadence, on: date) -> int:
    """The k of the period, counted from the anchor, in which *on* lies."""
    every, anchor = cadence.every, cadence.anchor
    if not every.months:
        return (on.toordinal() - anchor.toordinal()) // every.days
    k = ((on.year - anchor.year) * 12 + on.month - anchor.month) // every.months
    return k - 1 if on < _boundary(cadence, k) else k


def _period(cadence: Cadence, k: int) -> Period:
    start, end = _boundary(cadence, k), _boundary(cadence, k + 1)
    first = cadence.start
    return between(start if first is None or first < start else first, end)


def nth(cadence: Cadence, k: int, /) -> Period:
    """
    Return period *k*, reckoned from the anchor; period 0 is the first.

    Args:
        cadence: What the periods follow.

        k: Which one. Where the cadence has no start, negative numbers are the periods before the anchor.

    Raises:
        InvalidPeriod: *k* is negative and the cadence has a start.
        InvalidDate: The period lies beyond the calendar.
        InvalidArgument: *cadence* is not a cadence, or *k* not a whole number.

    Source:
        docs/rules/periods-anchors.md, rule D-2.

    >>> print(nth(Cadence(anchor=date(2024, 2, 29), every=YEAR), 4))
    [2028-02-29, 2029-02-28)
    """
    cadence, k = _cadence(cadence), whole(k, "k")
    if k < 0 and cadence.start is not None:
        raise InvalidPeriod(f"there is no period before the first, which starts on {cadence.start}", "Count from 0.")
    return _period(cadence, cadence._first + k)


def around(cadence: Cadence, on: date, /) -> Period:
    """
    Return the period in which *on* lies; a boundary belongs to the period that starts there.

    Args:
        cadence: What the periods follow.

        on: Any day of the period.

    Raises:
        InvalidPeriod: *on* is before the start of the cadence.
        InvalidDate: *on* is not a date, or the period lies beyond the calendar.
        InvalidArgument: *cadence* is not a cadence.

    Source:
        docs/rules/periods-anchors.md, rule D-2.

    >>> print(around(Cadence(anchor=date(2021, 3, 31), every=MONTH), date(2022, 3, 29)))
    [2022-02-28, 2022-03-31)
    """
    cadence, on = _cadence(cadence), civil_date(on)
    if cadence.start is not None and on < cadence.start:
        raise InvalidPeriod(f"{on} is before the first period, which starts on {cadence.start}", "Ask for a later day.")
    return _period(cadence, _index(cadence, on))


def completed(cadence: Cadence, on: date, /) -> int:
    """
    Count the periods that have ended by *on*, from the first; a period that ends on that day has ended.

    Args:
        cadence: What the periods follow.

        on: The day up to which they are counted.

    Raises:
        InvalidDate: *on* is not a date.
        InvalidArgument: *cadence* is not a cadence.

    Source:
        docs/rules/periods-anchors.md, rule D-2.

    >>> completed(Cadence(anchor=date(2024, 1, 10), every=MONTH, start=date(2024, 1, 1)), date(2024, 2, 10))
    2
    """
    cadence, on = _cadence(cadence), civil_date(on)
    return max(0, _index(cadence, on) - cadence._first)


def until(cadence: Cadence, end: date, /) -> tuple[Period, ...]:
    """
    Return the periods from the first that start before *end*; each is whole, so the last may reach past it.

    Args:
        cadence: What the periods follow.

        end: The day before which they start.

    Raises:
        LimitExceeded: There are more than 100,000 of them.
        InvalidDate: *end* is not a date, or the last period ends beyond the calendar.
        InvalidArgument: *cadence* is not a cadence.

    Source:
        docs/rules/periods-anchors.md, rule D-2.

    >>> print(*until(Cadence(anchor=date(2026, 1, 31), every=MONTH), date(2026, 3, 31)))
    [2026-01-31, 2026-02-28) [2026-02-28, 2026-03-31)
    """
    cadence, end = _cadence(cadence), civil_date(end, name="end")
    first, last = cadence._first, _index(cadence, end)
    if last - first >= _LONGEST:
        raise LimitExceeded(f"there are {last - first} periods before {end}", f"Ask for at most {_LONGEST}.")
    if end > _boundary(cadence, last) and (cadence.start is None or end > cadence.start):
        last += 1
    return tuple(_period(cadence, k) for k in range(first, last))


def anchored(start: date, day: int, /, *, every: Interval) -> Cadence:
    """
    Return the cadence that begins on *start* and comes back to a day of the month.

    The first boundary is that day of the month of *start*, or one interval later where that is past; up to it the first period
    is a short one. For days and weeks the day of the month has no meaning: they count from *start*.

    Args:
        start: The first day.

        day: From 1 to 31; the last day of a shorter month stands in for it.

        every: How long each period is.

    Raises:
        InvalidDate: *start* is not a date.
        OutOfRange: *day* is no day of a month.
        InvalidArgument: *every* is not an interval, or *day* no whole number.

    Source:
        docs/rules/periods-anchors.md, rule D-5.

    >>> cadence = anchored(date(2012, 2, 16), 30, every=MONTH)
    >>> print(nth(cadence, 0), nth(cadence, 1))
    [2012-02-16, 2012-02-29) [2012-02-29, 2012-03-30)
    """
    start, day = civil_date(start, name="start"), whole(day, "day", 1, 31)
    if not _interval(every).months:
        return Cadence(anchor=start, every=every, start=start)
    months = start.year * 12 + start.month - 1
    anchor = in_month(months, day)
    if anchor < start:
        anchor = in_month(months + every.months, day)
    return Cadence(anchor=anchor, every=every, start=start, day=day)


def shift(on: date, every: Interval, /) -> date:
    """
    Return the date one interval after *on*; a month later is the same day, or the last one of a shorter month.

    Args:
        on: The date to count from.

        every: How far.

    Raises:
        InvalidDate: *on* is not a date, or the result lies beyond the calendar.
        InvalidArgument: *every* is not an interval.

    >>> shift(date(2026, 1, 31), 2 * WEEK)
    datetime.date(2026, 2, 14)
    """
    every = _interval(every)
    return add_months(on, every.months) if every.months else add_days(on, every.days)


def _interval(value: Any) -> Interval:
    if type(value) is Interval:
        return value
    raise InvalidArgument(f"every is {_front.a(value)}", "Pass an interval: every=periods.MONTH.")


def _cadence(value: Any) -> Cadence:
    if type(value) is Cadence:
        return value
    raise InvalidArgument(f"cadence is {_front.a(value)}", "Pass periods.Cadence(anchor=..., every=...).")
