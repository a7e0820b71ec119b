"""From posting to the due date: the steps, the window, the roll, and never before posting."""

from datetime import date
from typing import Any, Final

from ledgerkit import periods, trail
from ledgerkit.periods import BusinessDays, Roll
from ledgerkit.terms._steps import RUN, walk
from ledgerkit.terms._types import CreditPeriodOutsideRange, Default, DueDate, DueDateOutsideWindow, Terms, deviation, own

_WINDOW: Final = trail.Rule(
    name="terms.window",
    version=1,
    fields=("target", "earliest", "latest", "chosen", "due"),
    says=lambda target, earliest, latest, chosen, due: (
        f"{target} is the target, {earliest} to {latest} is allowed: {due}, the {chosen}"
    ),
)
_OWN: Final = trail.Rule(
    name="terms.own-credit-period",
    version=1,
    fields=("target", "days", "months", "due"),
    says=lambda target, days, months, due: f"the account's own {deviation(days, months)} from the target {target}: {due}",
)
_ROLL: Final = trail.Rule(
    name="terms.roll",
    version=1,
    fields=("on", "roll", "due"),
    says=lambda on, roll, due: f"{on} is no business day, {roll}: {due}",
)
_POSTING: Final = trail.Rule(
    name="terms.not-before-posting",
    version=1,
    fields=("on", "due"),
    says=lambda on, due: f"{on} is before posting: {due}",
)


def due_date(terms: Terms, posted_on: date, /, calendar: BusinessDays | None = None, roll: Roll | str = Roll.NONE) -> date:
    """
    Return the due date alone, without its trail: :func:`due_on` where many dates are reckoned.

    Args:
        terms: The steps, and the window if there is one.

        posted_on: The civil day of posting, from which the steps count.

        calendar: The business days of the host; without one, no date is rolled.

        roll: Where a date goes that is no business day.

    Raises:
        InvalidArgument: *terms* are not terms, or *calendar* or *roll* is something else.
        InvalidDate: *posted_on* is not a date, or a step leaves the calendar.
        LimitExceeded: There is no business day within 400 days.
        CreditPeriodOutsideRange: An account's credit period in months leaves the window.

    Source:
        docs/rules/terms-windows.md, rules W-1 to W-4.

    >>> from ledgerkit.terms import net_then_eom
    >>> due_date(net_then_eom(30), date(2026, 1, 15))
    datetime.date(2026, 2, 28)
    """
    given: Any = terms
    if type(given) is not Terms or terms.has_window or type(posted_on) is not date:
        return due_on(terms, posted_on=posted_on, calendar=calendar, roll=roll).on
    on = posted_on
    for kind, figures in terms.steps:
        on = RUN[kind](on, figures)
    if calendar is not None:
        on = periods.roll(on, calendar=calendar, roll=roll)
    if on < posted_on:
        return posted_on
    return on


def due_on(terms: Terms, /, *, posted_on: date, calendar: BusinessDays | None = None, roll: Roll | str = Roll.NONE) -> DueDate:
    """
    Return when a thing falls due, the window a typed date must lie in, and why.

    The steps give the target; the window opens around it; the business-day roll moves each of them; and what lands before
    posting is due on posting, as the last step.

    Args:
        terms: The steps, and the window if there is one.

        posted_on: The civil day of posting, from which the steps count.

        calendar: The business days of the host; without one, no date is rolled.

        roll: Where a date goes that is no business day.

    Raises:
        InvalidArgument: *terms* are not terms, or *calendar* or *roll* is something else.
        InvalidDate: *posted_on* is not a date, or a step leaves the calendar.
        LimitExceeded: There is no business day within 400 days.
        CreditPeriodOutsideRange: An account's credit period in months leaves the window.

    Source:
        docs/rules/terms-windows.md, rules W-1 to W-4.

    >>> from ledgerkit.terms import net_then_eom
    >>> print(due_on(net_then_eom(30), posted_on=date(2026, 7, 15)).explain())
    due on 2026-08-31; posted on 2026-07-15, terms 30 days, then the end of the month
      terms.days/1: 2026-07-15, 30 days: 2026-08-14
      terms.month-end/1: 2026-08-14, the end of the month: 2026-08-31
    """
    terms, posted_on = own(terms), periods.civil_date(posted_on, name="posted_on")
    why: list[trail.Raw] = []
    target = walk(terms.steps, posted_on, why)
    first = last = chosen = target
    if terms.has_window:
        first, last = periods.add_days(target, -terms.minus), periods.add_days(target, terms.plus)
        chosen = _chosen(terms, target, first, last, why)
    on = _settled(chosen, posted_on, calendar, roll, why)
    if first == last:
        return _due(on, on, on, posted_on, terms, why)
    first, last = (_settled(day, posted_on, calendar, roll, []) for day in (first, last))
    return _due(on, min(first, on), max(last, on), posted_on, terms, why)


def _due(on: date, first: date, last: date, posted_on: date, terms: Terms, why: list[trail.Raw]) -> DueDate:
    due = DueDate.__new__(DueDate)
    due.__attrs_init__(on, first, last, posted_on, terms, tuple(why))
    return due


def _chosen(terms: Terms, target: date, first: date, last: date, why: list[trail.Raw]) -> date:
    days, months = terms.own_days, terms.own_months
    if days is not None or months is not None:
        on = periods.add_days(target, days or 0) if months is None else periods.add_months(target, months)
        if not first <= on <= last:
            raise CreditPeriodOutsideRange(terms)
        why.append((_OWN, target, days, months, on))
        return on
    on = {Default.EARLIEST: first, Default.TARGET: target, Default.LATEST: last}[terms.default]
    why.append((_WINDOW, target, first, last, terms.default, on))
    return on


def _settled(on: date, posted_on: date, calendar: Any, roll: Any, why: list[trail.Raw]) -> date:
    """Roll *on* to a business day, and never before posting."""
    if calendar is not None:
        rolled = periods.roll(on, calendar=calendar, roll=roll)
        if rolled != on:
            why.append((_ROLL, on, roll, rolled))
        on = rolled
    if on < posted_on:
        why.append((_POSTING, on, posted_on))
        return posted_on
    return on


def check_typed(
    terms: Terms,
    typed: date,
    /,
    *,
    posted_on: date,
    calendar: BusinessDays | None = None,
    roll: Roll | str = Roll.NONE,
) -> date:
    """
    Return a due date that a person typed, if the terms allow it.

    Args:
        terms: The steps, and the window if there is one; without one, only the target itself is allowed.

        typed: What was typed.

        posted_on: The civil day of posting, or the day it is saved for.

        calendar: The business days of the host.

        roll: Where a date goes that is no business day.

    Raises:
        DueDateOutsideWindow: It is not in the window; the error says which it is.
        InvalidDate: A date is not a date.
        InvalidArgument: *terms* are not terms, or *calendar* or *roll* is something else.
        LimitExceeded: There is no business day within 400 days.

    Source:
        docs/rules/terms-windows.md, rule W-3.

    >>> from ledgerkit.terms import net, within
    >>> check_typed(within(net(10), plus=5), date(2019, 6, 4), posted_on=date(2019, 5, 20))
    datetime.date(2019, 6, 4)
    """
    typed = periods.civil_date(typed, name="typed")
    due = due_on(terms, posted_on=posted_on, calendar=calendar, roll=roll)
    if due.earliest <= typed <= due.latest:
        return typed
    raise DueDateOutsideWindow(typed, due)
