"""
Time as bills know it: half-open periods, intervals and cadences with anchors, day counts, business days.

A period holds its first day and not its end. An anchor clamps to the end of a short month and comes back after it. Days are
civil days: which day an instant is, a named zone says.
"""

from ledgerkit import _front
from ledgerkit.periods._cadence import (
    DAY,
    MONTH,
    QUARTER,
    WEEK,
    YEAR,
    Cadence,
    Interval,
    anchored,
    around,
    completed,
    nth,
    shift,
    until,
)
from ledgerkit.periods._calendar import (
    BusinessDays,
    Calendar,
    InvalidCalendar,
    Roll,
    add_business_days,
    is_business_day,
    roll,
)
from ledgerkit.periods._dates import (
    InvalidDate,
    NaiveDatetime,
    OutOfRange,
    add_days,
    add_months,
    add_months_sticky,
    civil_date,
    civil_day,
    date_of,
    instant,
    on_day,
)
from ledgerkit.periods._day_count import (
    ACTUAL,
    THIRTY_360_E,
    THIRTY_360_US,
    DayCount,
    days,
    fixed_months,
)
from ledgerkit.periods._period import contains, intersection, month, year
from ledgerkit.periods._types import InvalidPeriod, NotInsidePeriod, Period

__all__ = [
    "ACTUAL",
    "DAY",
    "MONTH",
    "QUARTER",
    "THIRTY_360_E",
    "THIRTY_360_US",
    "WEEK",
    "YEAR",
    "BusinessDays",
    "Cadence",
    "Calendar",
    "DayCount",
    "Interval",
    "InvalidCalendar",
    "InvalidDate",
    "InvalidPeriod",
    "NaiveDatetime",
    "NotInsidePeriod",
    "OutOfRange",
    "Period",
    "Roll",
    "add_business_days",
    "add_days",
    "add_months",
    "add_months_sticky",
    "anchored",
    "around",
    "civil_date",
    "civil_day",
    "completed",
    "contains",
    "date_of",
    "days",
    "fixed_months",
    "instant",
    "intersection",
    "is_business_day",
    "month",
    "nth",
    "on_day",
    "roll",
    "shift",
    "until",
    "year",
]

_front.publish(globals())
