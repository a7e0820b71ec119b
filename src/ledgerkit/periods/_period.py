"""Making periods, and how two of them meet."""

from datetime import date

from ledgerkit.periods._dates import InvalidDate, add_months, civil_date, whole
from ledgerkit.periods._types import Period, between, checked


def month(year: int, month: int, /) -> Period:
    """
    Return the calendar month.

    Args:
        year: From 1 to 9999.

        month: From 1 to 12.

    Raises:
        InvalidDate: There is no such month.
        InvalidArgument: *year* or *month* is not a whole number.

    >>> print(month(2026, 4))
    [2026-04-01, 2026-05-01)
    """
    try:
        start = date(whole(year, "year"), whole(month, "month"), 1)
    except (ValueError, OverflowError) as error:
        raise InvalidDate("there is no such month", "Months run from 1 to 12, years from 1 to 9999.") from error
    return between(start, add_months(start, 1))


def year(year: int, /) -> Period:
    """
    Return the calendar year.

    Args:
        year: From 1 to 9998.

    Raises:
        InvalidDate: There is no such year.
        InvalidArgument: *year* is not a whole number.

    >>> year(2024).days
    366
    """
    start = month(year, 1).start
    return between(start, add_months(start, 12))


def contains(period: Period, on: date | Period, /) -> bool:
    """
    Say whether a day, or all of another period, lies inside *period*.

    The end of a period is not part of it. An empty period lies inside when both its dates do.

    Args:
        period: The period.

        on: A day, or another period.

    Raises:
        InvalidPeriod: *period* is not a period.
        InvalidDate: *on* is neither a date nor a period.

    >>> contains(month(2026, 4), date(2026, 5, 1))
    False
    >>> contains(year(2026), month(2026, 4))
    True
    """
    period = checked(period, "period")
    if type(on) is Period:
        return period.start <= on.start and on.end <= period.end
    return period.start <= civil_date(on) < period.end


def intersection(one: Period, other: Period, /) -> Period | None:
    """
    Return the days that two periods share, or ``None`` when they share none.

    Args:
        one: A period.

        other: Another one.

    Raises:
        InvalidPeriod: One of them is not a period.

    >>> print(intersection(month(2026, 4), Period(date(2026, 4, 16), date(2026, 5, 2))))
    [2026-04-16, 2026-05-01)
    >>> intersection(month(2026, 4), month(2026, 5)) is None
    True
    """
    one, other = checked(one, "one"), checked(other, "other")
    start, end = max(one.start, other.start), min(one.end, other.end)
    return between(start, end) if start < end else None
