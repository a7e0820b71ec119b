"""Business days as the host knows them, and where a date goes that is none."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeAlias, final

import attrs

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument, LimitExceeded, UsageError, choice
from ledgerkit.periods._dates import InvalidDate, civil_date, whole

_ONE: Final = timedelta(1)
_SEARCH_DAYS: Final = 400  # more than a year without a business day is a mistake in the calendar
_MOST_DAYS: Final = 10_000
_SATURDAY_SUNDAY: Final = (5, 6)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class InvalidCalendar(UsageError, ValueError):
    """The holidays and weekends make no calendar."""


@final
@attrs.frozen(init=False, repr=False, order=False)
class Calendar:
    """
    Which days are business days: all but the weekend and the holidays.

    Args:
        holidays: Dates, in any order, as often as you like; one on a weekend changes nothing. A ``datetime`` counts as the day
            it shows.

        weekend: The weekdays without business, 0 for Monday to 6 for Sunday: ``{4, 5}`` for Friday and Saturday, ``()`` for
            none.

        moved: Holidays with a replacement of their own: what would fall on the one falls on the other. Both roll and count
            follow the replacement first.

    Raises:
        InvalidDate: A holiday is not a date.
        InvalidArgument: A weekday is not a whole number, or *holidays* cannot be read.
        OutOfRange: A weekday is not from 0 to 6.
        InvalidCalendar: The replacements of *moved* lead back to where they started.

    Source:
        docs/rules/periods-business-days.md, rule D-10.

    >>> xmas = Calendar(holidays=[date(2024, 12, 25), date(2024, 12, 26)])
    >>> roll(date(2024, 12, 25), calendar=xmas)
    datetime.date(2024, 12, 27)
    """

    holidays: frozenset[date]
    weekend: frozenset[int]
    _moved: tuple[tuple[date, date], ...]

    def __init__(
        self,
        *,
        holidays: Iterable[date] = (),
        weekend: Iterable[int] = _SATURDAY_SUNDAY,
        moved: Mapping[date, date] | None = None,
    ) -> None:
        days = frozenset(_holiday(day) for day in _read(holidays, "holidays"))
        rest = frozenset(whole(day, "weekend", 0, 6) for day in _read(weekend, "weekend"))
        self.__attrs_init__(days, rest, _resolved({} if moved is None else moved))

    @property
    def moved(self) -> Mapping[date, date]:
        """The holidays with a replacement of their own, read-only; a chain of replacements is given by its end."""
        return MappingProxyType(dict(self._moved))

    def __str__(self) -> str:
        holidays = len(self.holidays)
        closed = [_WEEKDAYS[day] for day in sorted(self.weekend)]
        closed += [f"{holidays} {'holiday' if holidays == 1 else 'holidays'}"] * bool(holidays)
        return f"every day but {', '.join(closed)}" if closed else "every day"

    def __repr__(self) -> str:
        moved = f", moved={dict(self._moved)!r}" if self._moved else ""
        return f"Calendar(holidays={sorted(self.holidays)!r}, weekend={sorted(self.weekend)!r}{moved})"


class Roll(StrEnum):
    """Where a date goes that is not a business day; *modified* never leaves the month while it has a business day."""

    NONE = "none"
    FOLLOWING = "following"
    PRECEDING = "preceding"
    MODIFIED_FOLLOWING = "modified_following"
    MODIFIED_PRECEDING = "modified_preceding"


# Which days are business days: a calendar, or the host's own function.
BusinessDays: TypeAlias = Calendar | Callable[[date], bool]


def _read(values: Any, name: str) -> Iterable[Any]:
    if isinstance(values, Iterable) and not isinstance(values, str | bytes):
        return values
    raise InvalidArgument(f"{name} is {_front.a(values)}", "Pass a list or a set.")


def _holiday(value: Any) -> date:
    return date(value.year, value.month, value.day) if isinstance(value, datetime) else civil_date(value, name="holiday")


def _resolved(moved: Mapping[date, date]) -> tuple[tuple[date, date], ...]:
    if not isinstance(moved, Mapping):
        raise InvalidArgument(f"moved is {_front.a(moved)}", "Pass a mapping of a date to its replacement.")
    table = {_holiday(day): _holiday(to) for day, to in moved.items()}
    return tuple(sorted((day, _end_of_chain(table, day)) for day in table))


def _end_of_chain(table: dict[date, date], day: date) -> date:
    to = table[day]
    for _ in table:
        if to not in table:
            return to
        to = table[to]
    raise InvalidCalendar(f"the replacements of {day} lead back to it", "Let each lead to a day that has none itself.")


def _test(calendar: Any) -> Callable[[date], bool]:
    """The host's own function, or the calendar's rule as one."""
    if type(calendar) is Calendar:
        holidays, weekend = calendar.holidays, calendar.weekend
        return lambda day: day.weekday() not in weekend and day not in holidays
    if callable(calendar):
        return calendar  # type: ignore[no-any-return]
    raise InvalidArgument(
        f"calendar is {_front.a(calendar)}", "Pass a periods.Calendar, or a function that says whether a date is one."
    )


def is_business_day(on: date, /, *, calendar: BusinessDays) -> bool:
    """
    Say whether *on* is a business day.

    Args:
        on: The day.

        calendar: A calendar, or a function that says whether a date is a business day.

    >>> is_business_day(date(2024, 12, 28), calendar=Calendar())
    False
    """
    return bool(_test(calendar)(civil_date(on)))


def _seek(day: date, step: timedelta, test: Callable[[date], bool]) -> date:
    """The next business day from *day*, which counts itself."""
    start = day
    try:
        for _ in range(_SEARCH_DAYS):
            if test(day):
                return day
            day += step
    except OverflowError as error:
        raise InvalidDate(f"there is no business day from {start} to the end of the calendar", "Use another date.") from error
    raise LimitExceeded(f"there is no business day within {_SEARCH_DAYS} days of {start}", "Check the calendar.")


def _modified(day: date, step: timedelta, test: Callable[[date], bool]) -> date:
    found = _seek(day, step, test)
    return found if found.month == day.month else _seek(day, -step, test)


_ROLLS: Final[Mapping[Roll, Callable[[date, Callable[[date], bool]], date]]] = {
    Roll.NONE: lambda day, _: day,
    Roll.FOLLOWING: lambda day, test: _seek(day, _ONE, test),
    Roll.PRECEDING: lambda day, test: _seek(day, -_ONE, test),
    Roll.MODIFIED_FOLLOWING: lambda day, test: _modified(day, _ONE, test),
    Roll.MODIFIED_PRECEDING: lambda day, test: _modified(day, -_ONE, test),
}


def roll(on: date, /, *, calendar: BusinessDays, roll: Roll | str = Roll.FOLLOWING) -> date:
    """
    Return *on* if it is a business day, and where it goes otherwise.

    A holiday with a replacement of its own (``Calendar(moved=...)``) goes there first, under every roll.

    Args:
        on: The date that may be no business day.

        calendar: A calendar, or a function that says whether a date is a business day.

        roll: The convention.

    Raises:
        LimitExceeded: There is no business day within 400 days.
        InvalidDate: *on* is not a date, or the search leaves the calendar.
        InvalidArgument: *calendar* or *roll* is something else.

    Source:
        docs/rules/periods-business-days.md, rule D-11.

    >>> roll(date(2024, 8, 31), calendar=Calendar(), roll=Roll.MODIFIED_FOLLOWING)
    datetime.date(2024, 8, 30)
    """
    on, test = civil_date(on), _test(calendar)
    if type(calendar) is Calendar and calendar._moved:
        on = dict(calendar._moved).get(on, on)
    return _ROLLS[choice(roll, Roll, name="roll")](on, test)


def add_business_days(on: date, days: int, /, *, calendar: BusinessDays) -> date:
    """
    Return the date so many business days later; a negative number goes back, 0 stays.

    Args:
        on: The date to count from; it need not be a business day itself.

        days: How many, at most 10,000 either way.

        calendar: A calendar, or a function that says whether a date is a business day.

    Raises:
        LimitExceeded: More than 10,000 days, or none within 400 days.
        InvalidDate: *on* is not a date, or the search leaves the calendar.
        InvalidArgument: *days* or *calendar* is something else.

    Source:
        docs/rules/periods-business-days.md, rule D-12.

    >>> add_business_days(date(2024, 12, 27), 2, calendar=Calendar())
    datetime.date(2024, 12, 31)
    """
    on, days, test = civil_date(on), whole(days, "days"), _test(calendar)
    if abs(days) > _MOST_DAYS:
        raise LimitExceeded("days is beyond what a bill needs", f"Use at most {_MOST_DAYS} business days.")
    step = _ONE if days > 0 else -_ONE
    for _ in range(abs(days)):
        on = _seek(_after(on, step), step, test)
    return on


def _after(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError as error:
        raise InvalidDate(f"there is no day beyond {day}", "Use another date.") from error
