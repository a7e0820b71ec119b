"""Dates and instants: what is taken for one, and month arithmetic."""

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument, UsageError

# The length of a month; February's depends on the year.
_LENGTHS: Final = (0, 31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BEYOND: Final = "Dates run from 0001-01-01 to 9999-12-31."


class InvalidDate(UsageError, ValueError, TypeError):
    """Not a date: a datetime, a text, or beyond the calendar. :attr:`name` is the argument."""

    name: str

    def __init__(self, problem: str, remedy: str, *, name: str = "on") -> None:
        self.name = name
        super().__init__(problem, remedy)


class NaiveDatetime(InvalidDate):
    """An instant without a zone, which names no moment."""


def civil_date(value: Any, /, *, name: str = "on") -> date:
    """
    Return *value* if it is a date; this is the gate every date passes.

    A ``datetime`` is refused although it passes ``isinstance``: which day it is depends on a zone. Other subclasses of ``date``
    become plain dates.

    Args:
        value: What a host passed as a date.

        name: Of the argument, for the error.

    Raises:
        InvalidDate: It is a datetime, a text or anything else.

    Source:
        docs/rules/periods-civil-days.md, rule D-8.

    >>> civil_date(date(2026, 4, 16))
    datetime.date(2026, 4, 16)
    >>> civil_date("2026-04-16", name="due_on")
    Traceback (most recent call last):
    ledgerkit.periods.InvalidDate: due_on is a text, '2026-04-16', where a date is needed. Read it with periods.date_of(...).
    """
    if type(value) is date:
        return value
    if isinstance(value, datetime):
        raise InvalidDate(
            f"{name} is a datetime, {datetime.isoformat(value, ' ')}, where a date is needed",
            f"Say which day that is for you: periods.civil_day({name}, zone=...).",
            name=name,
        )
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    if isinstance(value, str):
        shown = f"a text, {str.__str__(value)[:40]!r}"
        raise InvalidDate(f"{name} is {shown}, where a date is needed", "Read it with periods.date_of(...).", name=name)
    raise InvalidDate(f"{name} is {_front.a(value)}, where a date is needed", "Pass a datetime.date.", name=name)


def instant(value: Any, /, *, name: str = "at") -> datetime:
    """
    Return *value* if it is an aware datetime: a moment that is the same everywhere.

    A subclass becomes a plain datetime of the same moment, zone and fold.

    Args:
        value: What a host passed as an instant.

        name: Of the argument, for the error.

    Raises:
        NaiveDatetime: It has no zone, or one that knows no offset.
        InvalidDate: It is not a datetime.

    Source:
        docs/rules/periods-civil-days.md, rule D-7.

    >>> instant(datetime(2026, 4, 16, 23, 30))
    Traceback (most recent call last):
    ledgerkit.periods.NaiveDatetime: at, 2026-04-16 23:30:00, has no zone. Give it one: at.replace(tzinfo=ZoneInfo(...)).
    """
    if not isinstance(value, datetime):
        raise InvalidDate(
            f"{name} is {_front.a(value)}, where an aware datetime is needed", "Say the time and the zone.", name=name
        )
    if value.utcoffset() is None:
        raise NaiveDatetime(
            f"{name}, {datetime.isoformat(value, ' ')}, has no zone",
            f"Give it one: {name}.replace(tzinfo=ZoneInfo(...)).",
            name=name,
        )
    return value if type(value) is datetime else _plain(value)


def _plain(at: datetime) -> datetime:
    clock = (at.hour, at.minute, at.second, at.microsecond)
    return datetime(at.year, at.month, at.day, *clock, tzinfo=at.tzinfo, fold=at.fold)


def civil_day(at: datetime, /, *, zone: tzinfo) -> date:
    """
    Return the day that *at* is in *zone*.

    Args:
        at: An aware instant; the same instant in another zone gives the same day.

        zone: Whose day it is, usually a ``ZoneInfo``.

    Raises:
        NaiveDatetime: *at* has no zone of its own.
        InvalidDate: *at* is not a datetime, or its day lies beyond the calendar.
        InvalidArgument: *zone* is not a zone.

    Source:
        docs/rules/periods-civil-days.md, rule D-7.

    >>> from zoneinfo import ZoneInfo
    >>> civil_day(datetime.fromisoformat("2026-04-16T23:30:00+00:00"), zone=ZoneInfo("Europe/Athens"))
    datetime.date(2026, 4, 17)
    """
    moment = instant(at)
    if not isinstance(zone, tzinfo):
        raise InvalidArgument(f"zone is {_front.a(zone)}", 'Pass a zone: ZoneInfo("Europe/Berlin").')
    try:
        local = moment.astimezone(zone)
    except (OverflowError, ValueError) as error:
        raise InvalidDate(f"at, {moment.isoformat(' ')}, has no day in that zone", _BEYOND, name="at") from error
    return date(local.year, local.month, local.day)


def date_of(text: str, /, *, name: str = "on") -> date:
    """
    Return the date a text says: four digits, two, two, as in ``2026-04-16``, and nothing else.

    Args:
        text: Year, month and day: ``2026-04-16``.

        name: Of the argument, for the error.

    Raises:
        InvalidDate: It is written another way, or there is no such day.

    >>> date_of("2024-02-29")
    datetime.date(2024, 2, 29)
    >>> date_of("2023-02-29")
    Traceback (most recent call last):
    ledgerkit.periods.InvalidDate: on, '2023-02-29', is not a day of the calendar. Write it as year-month-day: 2026-04-16.
    """
    if not isinstance(text, str):
        raise InvalidDate(f"{name} is {_front.a(text)}, where a text is needed", "Pass dates as they are.", name=name)
    if _ISO.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    problem = f"{name}, {str.__str__(text)[:40]!r}, is not a day of the calendar"
    raise InvalidDate(problem, "Write it as year-month-day: 2026-04-16.", name=name)


def whole(value: Any, name: str, least: int | None = None, most: int | None = None) -> int:
    """Return *value* as a plain whole number within the bounds; a bool is not a number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidArgument(f"{name} is {_front.a(value)}, where a whole number is needed", "Pass an int.")
    number = int(value)
    if (least is not None and number < least) or (most is not None and number > most):
        bounds = f"at least {least}" if most is None else f"from {least} to {most}"
        raise OutOfRange(f"{name} is {_figure(number)}", f"It has to be {bounds}.")
    return number


def word(value: Any, name: str, words: Mapping[str, Any]) -> str:
    """Return *value* as a plain text if it is one of *words*."""
    if isinstance(value, str) and str.__str__(value) in words:
        return str.__str__(value)
    raise InvalidArgument(f"{name} is no word that is known here", f"Use one of {', '.join(words)}.")


def _figure(value: int) -> str:
    return str(value) if abs(value) < 10**12 else "a number of more than 12 digits"


class OutOfRange(UsageError, ValueError):
    """A number that has to lie between two others, such as the day of a month."""


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month that is known to exist."""
    return _LENGTHS[month] or (29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28)


def in_month(months: int, day: int) -> date:
    """Return *day*, or the month's last one if it has fewer, of the month so many months after January of year 0."""
    year, month = months // 12, months % 12 + 1
    try:
        if day > 28:
            length = _LENGTHS[month] or (29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28)
            if day > length:
                return date(year, month, length)
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise InvalidDate("the date lies beyond the calendar", _BEYOND) from error


def add_months(on: date, months: int, /) -> date:
    """
    Return the same day so many months later, or the last day of that month if it is shorter.

    Adding twice is not adding the sum: compute each date of a series from its first one.

    Args:
        on: The date to count from.

        months: How many; a negative number goes back.

    Raises:
        InvalidDate: *on* is not a date, or the result lies beyond the calendar.
        InvalidArgument: *months* is not a whole number.

    Source:
        docs/rules/periods-anchors.md, rule D-3.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    if type(on) is not date or type(months) is not int:
        on, months = civil_date(on), whole(months, "months")
    return in_month(on.year * 12 + on.month - 1 + months, on.day)


def add_months_sticky(on: date, months: int, /) -> date:
    """
    Return the day so many months later, where the last day of a month stays the last day of a month.

    Args:
        on: The date to count from.

        months: How many; a negative number goes back.

    Raises:
        InvalidDate: *on* is not a date, or the result lies beyond the calendar.
        InvalidArgument: *months* is not a whole number.

    Source:
        docs/rules/periods-anchors.md, rule D-4.

    >>> add_months_sticky(date(2026, 2, 28), 1)
    datetime.date(2026, 3, 31)
    """
    on, months = civil_date(on), whole(months, "months")
    last = on.day == month_length(on.year, on.month)
    return in_month(on.year * 12 + on.month - 1 + months, 31 if last else on.day)


def on_day(on: date, day: int, /, *, months: int = 0) -> date:
    """
    Return that day of the month of *on*, or of so many months later; a month without such a day gives its last one.

    Args:
        on: Any day of the month to start from.

        day: From 1 to 31; 31 is the last day of every month.

        months: How many months later; a negative number goes back.

    Raises:
        InvalidDate: *on* is not a date, or the result lies beyond the calendar.
        OutOfRange: *day* is no day of a month.
        InvalidArgument: *day* or *months* is not a whole number.

    Source:
        docs/rules/periods-anchors.md, rule D-3.

    >>> on_day(date(2024, 1, 3), 31, months=1)
    datetime.date(2024, 2, 29)
    """
    if type(on) is not date or type(day) is not int or type(months) is not int or not 0 < day < 32:
        on, day, months = civil_date(on), whole(day, "day", 1, 31), whole(months, "months")
    return in_month(on.year * 12 + on.month - 1 + months, day)


def add_days(on: date, days: int, /) -> date:
    """
    Return the date so many days later; a negative number goes back.

    Args:
        on: The date to count from.

        days: How many; a negative number goes back.

    Raises:
        InvalidDate: *on* is not a date, or the result lies beyond the calendar.
        InvalidArgument: *days* is not a whole number.

    >>> add_days(date(2024, 2, 28), 2)
    datetime.date(2024, 3, 1)
    """
    if type(on) is not date or type(days) is not int:
        on, days = civil_date(on), whole(days, "days")
    try:
        return date.fromordinal(on.toordinal() + days)
    except (ValueError, OverflowError) as error:
        raise InvalidDate(f"{_figure(days)} days after {on} lies beyond the calendar", _BEYOND) from error
