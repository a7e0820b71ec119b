"""How the days between two dates are counted."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, final

import attrs

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument
from ledgerkit.periods._dates import civil_date, month_length, whole, word
from ledgerkit.periods._types import InvalidPeriod


@final
@attrs.frozen(init=False, repr=False, order=False)
class DayCount:
    """
    A named way to count days; take one of the constants, or make one with :func:`fixed_months`.

    Args:
        name: ``actual``, ``30/360 US``, ``30E/360`` or ``fixed``.

        month_days: The days of every month, for ``fixed`` alone.

    Raises:
        InvalidArgument: No such name, or *month_days* no whole number.
        OutOfRange: *month_days* is not from 1 to 31.

    Source:
        docs/rules/periods-day-counts.md, rule D-6.

    >>> days(date(2023, 5, 23), date(2023, 6, 15), count=fixed_months(28))
    20
    """

    name: str
    month_days: int | None

    def __init__(self, *, name: str, month_days: int | None = None) -> None:
        name = word(name, "name", _COUNTS)
        if (name == "fixed") is not (month_days is not None):
            raise InvalidArgument("month_days goes with the name 'fixed' and with no other", "Use periods.fixed_months(30).")
        month_days = None if month_days is None else whole(month_days, "month_days", 1, 31)
        self.__attrs_init__(name, month_days)

    def __str__(self) -> str:
        return self.name if self.month_days is None else f"{self.name} {self.month_days}-day months"

    def __repr__(self) -> str:
        return f"DayCount(name={self.name!r}, month_days={self.month_days!r})"


def _actual(start: date, end: date, _: Any) -> int:
    return end.toordinal() - start.toordinal()


def _thirty(start: date, end: date, first: int, last: int) -> int:
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def _us(start: date, end: date, _: Any) -> int:
    first, last = start.day, end.day
    if start.month == 2 and first == month_length(start.year, 2):
        if end.month == 2 and last == month_length(end.year, 2):
            last = 30
        first = 30
    if last == 31 and first >= 30:
        last = 30
    return _thirty(start, end, min(first, 30), last)


def _european(start: date, end: date, _: Any) -> int:
    return _thirty(start, end, min(start.day, 30), min(end.day, 30))


def _fixed(start: date, end: date, month_days: Any) -> int:
    days = _actual(start, end, None)
    if (start.year, start.month) == (end.year, end.month):
        return days
    return days - (month_length(start.year, start.month) - int(month_days))


_COUNTS: Final[Mapping[str, Callable[[date, date, Any], int]]] = {
    "actual": _actual,
    "30/360 US": _us,
    "30E/360": _european,
    "fixed": _fixed,
}

ACTUAL: Final = DayCount(name="actual")
THIRTY_360_US: Final = DayCount(name="30/360 US")
THIRTY_360_E: Final = DayCount(name="30E/360")


def fixed_months(days: int, /) -> DayCount:
    """
    Return the count in which the month a span leaves has so many days, whatever the calendar says.

    Args:
        days: From 1 to 31.

    >>> print(fixed_months(30))
    fixed 30-day months
    """
    return DayCount(name="fixed", month_days=whole(days, "days", 1, 31))


def days(start: date, end: date, /, *, count: DayCount = ACTUAL) -> int:
    """
    Count the days from *start* up to, and without, *end*.

    Args:
        start: The first day.

        end: The day after the last one.

        count: How; civil days by default.

    Raises:
        InvalidDate: *start* or *end* is not a plain date.
        InvalidPeriod: *end* is before *start*.
        InvalidArgument: *count* is not a day count.

    Source:
        docs/rules/periods-day-counts.md, rule D-6.

    >>> days(date(2024, 1, 31), date(2024, 2, 29), count=THIRTY_360_US)
    29
    """
    start, end = civil_date(start, name="start"), civil_date(end, name="end")
    if end < start:
        raise InvalidPeriod(f"the days end on {end}, before they start on {start}", "Swap the two dates.")
    if type(count) is not DayCount:
        raise InvalidArgument(f"count is {_front.a(count)}", "Pass a day count: count=periods.ACTUAL.")
    return _COUNTS[count.name](start, end, count.month_days)
