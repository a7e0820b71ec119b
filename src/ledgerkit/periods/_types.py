"""The records of periods and their errors."""

from datetime import date
from typing import Any, final

import attrs

from ledgerkit import _front
from ledgerkit.errors import UsageError
from ledgerkit.periods._dates import civil_date


class InvalidPeriod(UsageError, ValueError):
    """Not a period: it ends before it starts, or what was asked for lies outside of it."""


class NotInsidePeriod(InvalidPeriod):
    """The part used reaches outside its period."""

    used: "Period"
    period: "Period"

    def __init__(self, used: "Period", period: "Period") -> None:
        self.used = used
        self.period = period
        early, late = used.start < period.start, used.end > period.end
        reaches = " and ".join(["starts before"] * early + ["ends after"] * late)
        edges = " and ".join([f"{period.start}"] * early + [f"{period.end}"] * late)
        end = "; the end of a period is not part of it" if late else ""
        super().__init__(f"used {used} {reaches} period {period}", f"Cut it at {edges}{end}.")


@final
@attrs.frozen(init=False, repr=False, order=False)
class Period:
    """
    The days from *start* up to, and without, *end*.

    Two periods of which one ends where the other starts neither overlap nor leave a gap. An empty period, which ends on the day
    it starts, is allowed and has no days.

    Args:
        start: The first day.

        end: The day after the last one.

    Raises:
        InvalidDate: *start* or *end* is not a plain date.
        InvalidPeriod: *end* is before *start*.

    Source:
        docs/rules/periods-half-open.md, rule D-1.

    >>> april = Period(date(2026, 4, 1), date(2026, 5, 1))
    >>> print(april, april.days)
    [2026-04-01, 2026-05-01) 30
    """

    start: date
    end: date

    def __init__(self, start: date, end: date) -> None:
        start, end = civil_date(start, name="start"), civil_date(end, name="end")
        if end < start:
            raise InvalidPeriod(f"the period ends on {end}, before it starts on {start}", "Swap the two dates.")
        self.__attrs_init__(start, end)

    @property
    def days(self) -> int:
        """The number of civil days in it; a day of 23 or 25 hours is one day."""
        return self.end.toordinal() - self.start.toordinal()

    @property
    def is_empty(self) -> bool:
        """Whether it has no day at all."""
        return self.start == self.end

    def __str__(self) -> str:
        return f"[{self.start}, {self.end})"

    def __repr__(self) -> str:
        return f"Period({self.start!r}, {self.end!r})"


def between(start: date, end: date) -> Period:
    """Make a period of two dates known to be plain and in order."""
    period = Period.__new__(Period)
    period.__attrs_init__(start, end)
    return period


def checked(value: Any, name: str) -> Period:
    """Return *value* if it is a period; refuse anything else by name."""
    if type(value) is Period:
        return value
    raise InvalidPeriod(f"{name} is {_front.a(value)}, where a period is needed", "Pass periods.Period(start, end).")
