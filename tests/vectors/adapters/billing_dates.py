"""The date kinds of ``billing/``: billing dates, billing periods, day counts."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from ledgerkit import periods
from ledgerkit.periods import Cadence, Interval
from tests.vectors.registry import Case, adapter

CALENDAR = {
    "day": periods.DAY,
    "week": periods.WEEK,
    "month": periods.MONTH,
    "quarter": periods.QUARTER,
    "half_year": Interval(count=6, unit="month"),
    "year": periods.YEAR,
}
# A Monday and the first of a year, so that weeks, months, quarters and years all meet it.
CALENDAR_ANCHOR = date(2024, 1, 1)

COUNTS = {"actual": periods.ACTUAL, "30_360_us": periods.THIRTY_360_US, "30_360_e": periods.THIRTY_360_E}


def every(case: Case) -> Interval:
    ((unit, count),) = case.input["interval"].items()
    return Interval(count=count, unit=unit.removesuffix("s"))


def shown(period: periods.Period) -> list[str]:
    return [period.start.isoformat(), period.end.isoformat()]


@adapter("billing", "billing_dates")
def billing_dates(case: Case) -> Mapping[str, Any]:
    if "calendar_interval" in case.input:
        start = datetime.fromisoformat(case.input["start"]).date()
        aligned = Cadence(anchor=CALENDAR_ANCHOR, every=CALENDAR[case.input["calendar_interval"]])
        return {"next_calendar_boundary": periods.around(aligned, start).end.isoformat()}
    if "current_start" in case.input:
        return {"next": next_boundary(case).isoformat()}
    return billed_through(case)


def next_boundary(case: Case) -> datetime:
    """Wall-clock dates: the day of month, the weekday and the time of day come from the anchor."""
    start = datetime.fromisoformat(case.input["current_start"]).date()
    anchor = datetime.fromisoformat(case.input["anchor"])
    step = every(case)
    match step.unit:
        case "month":
            on = periods.nth(periods.anchored(start, anchor.day, every=step), 0).end
        case "year":
            on = periods.on_day(start.replace(month=anchor.month, day=1), anchor.day, months=step.months)
        case "week":
            on = periods.shift(periods.around(Cadence(anchor=anchor.date(), every=periods.WEEK), start).start, step)
        case _:
            on = periods.shift(start, step)
    boundary = datetime.combine(on, anchor.time())
    end = case.input.get("subscription_end")
    return min(boundary, datetime.fromisoformat(end)) if end else boundary


def billed_through(case: Case) -> Mapping[str, Any]:
    start = periods.date_of(case.input["start"])
    end = periods.date_of(case.input["end"]) if case.input["end"] else None
    cadence = periods.anchored(start, case.input["anchor_day"], every=every(case))
    aligned = Cadence(anchor=cadence.anchor, every=cadence.every, day=cadence.day)
    first = cadence.anchor
    through = bill_through(case, cadence, aligned, end)
    reached = through is not None and through >= first
    running = periods.around(aligned, through) if through is not None and reached else None
    return {
        "first_anchor": first.isoformat(),
        "bill_through": through.isoformat() if through else None,
        "last_anchor": running.start.isoformat() if running else None,
        "next_anchor": running.end.isoformat() if running else first.isoformat(),
        "has_something_to_bill": through is not None and (end is None or end > start),
        "whole_periods": periods.completed(Cadence(anchor=first, every=cadence.every, day=cadence.day), through or first),
    }


def bill_through(case: Case, cadence: Cadence, aligned: Cadence, end: date | None) -> date | None:
    target, start = periods.date_of(case.input["bill_through_target"]), periods.date_of(case.input["start"])
    match case.input["billing"]:
        case "in_advance":
            return earlier(end, periods.around(cadence, max(target, start)).end)
        case _ if end == target:
            return end
        case "in_arrears":
            if target < cadence.anchor:
                return None
            return end if end and end <= target else periods.around(aligned, target).start
        case _:
            if target < start:
                return None
            reached = periods.around(aligned, target - timedelta(days=1)).end
            return earlier(end, max(reached, cadence.anchor))


def earlier(end: date | None, on: date) -> date:
    return min(end, on) if end else on


@adapter("billing", "billing_periods")
def billing_periods(case: Case) -> Mapping[str, Any]:
    given = case.input
    if "anchor_date" in given:
        cadence = Cadence(anchor=periods.date_of(given["anchor_date"]), every=every(case))
        return {"period": shown(periods.around(cadence, periods.date_of(given["containing"])))}
    start = periods.date_of(given.get("start") or given["billing_start"])
    cadence = periods.anchored(start, given["anchor_day"], every=every(case))
    if "count" in given:
        return {"periods": [shown(periods.nth(cadence, k)) for k in range(given["count"])]}
    if "arrears_invoice_date" in given:
        before = periods.date_of(given["arrears_invoice_date"]) - timedelta(days=1)
        return {"period": shown(periods.around(cadence, max(before, start)))}
    at = periods.date_of(given["at"])
    return {"period": shown(periods.around(cadence, max(at, start))), "completed_periods": periods.completed(cadence, at)}


@adapter("billing", "day_count")
def day_count(case: Case) -> Mapping[str, Any]:
    convention = case.input["day_count"]
    if convention == "calendar_days_of_given_dates":
        ends = (datetime.fromisoformat(case.input[name]) for name in ("start", "end"))
        start, end = (periods.civil_day(at, zone=at.tzinfo) for at in ends if at.tzinfo)
        return {"days": periods.days(start, end)}
    name, _, length = convention.partition("_")
    count = periods.fixed_months(int(length)) if name == "fixed" else COUNTS[convention]
    return {"days": periods.days(periods.date_of(case.input["start"]), periods.date_of(case.input["end"]), count=count)}
