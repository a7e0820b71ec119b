"""The face of ``ledgerkit.periods``."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from ledgerkit import money, periods, proration

APRIL = periods.month(2026, 4)
CALENDAR = periods.Calendar(holidays=[date(2026, 4, 3), date(2026, 4, 6)])
LAST_DAYS = periods.Cadence(anchor=date(2024, 1, 31), every=periods.MONTH)
LATE = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)

CALLS = {
    "Cadence": lambda: LAST_DAYS,
    "Calendar": lambda: CALENDAR,
    "DayCount": lambda: [periods.DayCount(name="actual"), periods.THIRTY_360_US],
    "Interval": lambda: [periods.Interval(count=2, unit="week"), 3 * periods.MONTH],
    "Period": lambda: periods.Period(date(2026, 4, 16), date(2026, 5, 1)),
    "add_business_days": lambda: periods.add_business_days(date(2026, 4, 2), 2, calendar=CALENDAR),
    "add_days": lambda: periods.add_days(date(2026, 2, 27), 3),
    "add_months": lambda: periods.add_months(date(2026, 1, 31), 1),
    "add_months_sticky": lambda: periods.add_months_sticky(date(2026, 2, 28), 1),
    "anchored": lambda: periods.anchored(date(2026, 4, 16), 31, every=periods.MONTH),
    "around": lambda: periods.around(LAST_DAYS, date(2024, 3, 1)),
    "civil_date": lambda: periods.civil_date(date(2026, 4, 16)),
    "civil_day": lambda: [
        periods.civil_day(LATE, zone=ZoneInfo(zone)) for zone in ("Europe/Berlin", "Pacific/Kiritimati", "UTC")
    ],
    "completed": lambda: periods.completed(LAST_DAYS, date(2024, 6, 15)),
    "contains": lambda: [periods.contains(APRIL, date(2026, 5, 1)), periods.contains(APRIL, APRIL)],
    "date_of": lambda: periods.date_of("2026-04-16"),
    "days": lambda: [
        periods.days(date(2026, 1, 31), date(2026, 3, 1), count=count) for count in (periods.ACTUAL, periods.THIRTY_360_E)
    ],
    "fixed_months": lambda: periods.fixed_months(30),
    "instant": lambda: periods.instant(LATE),
    "intersection": lambda: periods.intersection(APRIL, periods.Period(date(2026, 4, 16), date(2026, 6, 1))),
    "is_business_day": lambda: [periods.is_business_day(date(2026, 4, day), calendar=CALENDAR) for day in range(1, 8)],
    "month": lambda: APRIL,
    "nth": lambda: [periods.nth(LAST_DAYS, k) for k in range(14)],
    "on_day": lambda: periods.on_day(date(2024, 1, 3), 31, months=1),
    "roll": lambda: [periods.roll(date(2026, 4, 4), calendar=CALENDAR, roll=roll) for roll in periods.Roll],
    "shift": lambda: periods.shift(date(2026, 1, 31), periods.QUARTER),
    "until": lambda: periods.until(LAST_DAYS, date(2024, 5, 1)),
    "year": lambda: periods.year(2026),
}

ERRORS = {
    "InvalidCalendar": lambda: periods.Calendar(moved={date(2026, 4, 3): date(2026, 4, 3)}),
    "InvalidDate": lambda: periods.civil_date(LATE),
    "InvalidDate:text": lambda: periods.date_of("16.4.2026"),
    "InvalidPeriod": lambda: periods.Period(date(2026, 5, 1), date(2026, 4, 1)),
    "NaiveDatetime": lambda: periods.instant(datetime(2026, 4, 16, 23, 30)),
    "NotInsidePeriod": lambda: proration.prorate(
        money.of("90.00 EUR"), used=periods.Period(date(2026, 4, 16), date(2026, 5, 2)), period=APRIL
    ),
    "OutOfRange": lambda: 0 * periods.MONTH,
}
