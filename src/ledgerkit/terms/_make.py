"""Making terms: the rules people agree on, by name."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ledgerkit.terms._steps import InvalidTerms, Step, items, pay_days, whole
from ledgerkit.terms._types import Basis, Default, EarlyDiscount, Terms, own


def _of(*kept: tuple[str, tuple[Any, ...]]) -> Terms:
    return Terms(steps=kept)


def net(days: int, /) -> Terms:
    """
    Return the terms *so many days after posting*; 0 is due on receipt.

    Args:
        days: From 0 to 36,500.

    Raises:
        InvalidTerms: *days* is negative or above 36,500.
        InvalidArgument: It is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-2.

    >>> print(net(30))
    net 30
    """
    return _of(("days", (whole(days, "days", 0, 36_500),)))


def months(months: int, /) -> Terms:
    """
    Return the terms *the same day so many months later*, or the last day of a shorter month.

    Args:
        months: From 0 to 1,200.

    Raises:
        InvalidTerms: *months* is negative or above 1,200.
        InvalidArgument: It is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-2.

    >>> print(months(2))
    2 months
    """
    return _of(("months", (whole(months, "months", 0, 1_200),)))


def end_of_month(months: int = 0, /) -> Terms:
    """
    Return the terms *the last day of the month*, of posting or so many months later.

    Args:
        months: How many months after the month of posting.

    Raises:
        InvalidTerms: *months* is negative or above 1,200.
        InvalidArgument: It is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-3.

    >>> print(end_of_month(1))
    the end of the month, 1 month on
    """
    return _of(("month_end", (whole(months, "months", 0, 1_200),)))


def net_then_eom(days: int, /) -> Terms:
    """
    Return the terms *so many days, then on to the end of that month*.

    Args:
        days: Counted from posting.

    Raises:
        InvalidTerms: *days* is negative or above 36,500.
        InvalidArgument: It is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-3.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(net_then_eom(45), posted_on=date(2021, 9, 13)).on)
    2021-10-31
    """
    return _of(("days", (whole(days, "days", 0, 36_500),)), ("month_end", (0,)))


def eom_then_net(days: int, /) -> Terms:
    """
    Return the terms *to the end of the month of posting, then so many days*: another rule, another date.

    Args:
        days: Counted from the end of the month of posting.

    Raises:
        InvalidTerms: *days* is negative or above 36,500.
        InvalidArgument: It is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-3.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(eom_then_net(45), posted_on=date(2021, 9, 13)).on)
    2021-11-14
    """
    return eom_plus(days=whole(days, "days", 0, 36_500))


def eom_plus(*, months: int = 0, days: int = 0) -> Terms:
    """
    Return the terms *to the end of the month so many months on, then so many days*.

    Args:
        months: Counted from the month of posting.

        days: A negative number counts back from the end of the month.

    Raises:
        InvalidTerms: A figure is out of bounds.
        InvalidArgument: A figure is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-3.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(eom_plus(months=1, days=10), posted_on=date(2023, 1, 31)).on)
    2023-03-10
    """
    return _of(("month_end", (months,)), ("days", (days,)))


def nth_day(day: int, /, *, months: int = 0) -> Terms:
    """
    Return the terms *that day of the month*, of posting or so many months later.

    A month that has no such day gives its last one.

    Args:
        day: From 1 to 31.

        months: How many months after the month of posting.

    Raises:
        InvalidTerms: *day* is not from 1 to 31, or *months* negative or above 1,200.
        InvalidArgument: A figure is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-4.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(nth_day(15, months=1), posted_on=date(2019, 5, 20)).on)
    2019-06-15
    """
    return _of(("month_day", (day, whole(months, "months", 0, 1_200))))


def days_then_nth_day(days: int, day: int, /, *, months: int = 1) -> Terms:
    """
    Return the terms *so many days, then that day of the month so many months on*: 30 days, then the 10th of the next month.

    Args:
        days: Counted from posting.

        day: From 1 to 31; the last day of a shorter month stands in for it.

        months: How many months on from the month the days lead to.

    Raises:
        InvalidTerms: A figure is out of bounds.
        InvalidArgument: A figure is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-4.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(days_then_nth_day(30, 10), posted_on=date(2016, 1, 14)).on)
    2016-03-10
    """
    return steps([net(days), nth_day(day, months=months)])


def weekday(weekday: int, /) -> Terms:
    """
    Return the terms *the next such weekday, or the same day*; 0 is Monday, 6 Sunday.

    Args:
        weekday: From 0 for Monday to 6 for Sunday.

    Raises:
        InvalidTerms: It is not from 0 to 6.
        InvalidArgument: It is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-5.

    >>> print(steps([net(1), weekday(0)]))
    1 day, then the next Monday, or the same day
    """
    return _of(("weekday", (weekday,)))


def days_then_payday(days: int, paydays: Iterable[int], /) -> Terms:
    """
    Return the terms *so many days, then the next pay day*: the first listed day on or after it, this month or the next.

    Args:
        days: Counted from posting.

        paydays: Days of the month; the last day of a shorter month stands in for a day it has not.

    Raises:
        InvalidTerms: A figure is out of bounds, or there is no pay day.
        InvalidArgument: A figure is not a whole number, or *paydays* no list.

    Source:
        docs/rules/terms-steps.md, rule U-5.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(days_then_payday(0, [5, 10]), posted_on=date(2020, 1, 15)).on)
    2020-02-05
    """
    return steps([net(days), _of(("pay_day", pay_days(paydays)))])


def min_days_then_day(days: int, day: int, /) -> Terms:
    """
    Return the terms *at least so many days, then the next such day of a month*.

    Args:
        days: Counted from posting.

        day: From 1 to 31; the last day of a shorter month stands in for it.

    Raises:
        InvalidTerms: A figure is out of bounds.
        InvalidArgument: A figure is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-5.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(min_days_then_day(30, 20), posted_on=date(2018, 1, 22)).on)
    2018-03-20
    """
    return days_then_payday(days, [day])


def step(
    *,
    month: int | None = None,
    day: int | None = None,
    months: int = 0,
    weeks: int = 0,
    days: int = 0,
    weekday: int | None = None,
) -> Terms:
    """
    Return the terms of one step with several parts, taken in this order.

    Set the month of the year and add months, set the day of the month or keep it (the last day of a shorter month stands in for
    it), add weeks and days, then move forward to the weekday.

    Args:
        month: From 1 to 12, of the same year.

        day: From 1 to 31.

        months: Added; may be negative.

        weeks: Added; may be negative.

        days: Added; may be negative.

        weekday: 0 for Monday to 6 for Sunday; a date that is one stays.

    Raises:
        InvalidTerms: A figure is out of bounds.
        InvalidArgument: A figure is not a whole number.

    Source:
        docs/rules/terms-steps.md, rule U-6.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(step(months=1, day=31, weekday=4), posted_on=date(2024, 1, 31)).on)
    2024-03-01
    """
    month = 0 if month is None else whole(month, "month", 1, 12)
    day = 0 if day is None else whole(day, "day", 1, 31)
    shift = whole(weeks, "weeks", -5_000, 5_000) * 7 + whole(days, "days", -36_500, 36_500)
    parts: list[tuple[str, tuple[Any, ...]]] = [("set", (month, day, months))] if month or day or months else []
    parts += [("days", (shift,))] if shift else []
    parts += [] if weekday is None else [("weekday", (weekday,))]
    return _of(*parts)


def steps(terms: Iterable[Terms], /) -> Terms:
    """
    Return terms that take the steps of each, one after another, in this order.

    Windows, own credit periods and discounts of the parts are not taken over.

    Args:
        terms: In the order in which they are taken.

    Raises:
        InvalidArgument: One of them is not terms.
        InvalidTerms: There are more than 50 steps.

    Source:
        docs/rules/terms-steps.md, rule U-1.

    >>> print(steps([net(10), end_of_month()]) == net_then_eom(10))
    True
    """
    return _of(*(step for part in items(terms, "terms") for step in own(part).steps))


def day_bands(bands: Iterable[tuple[int, int, Terms]], /) -> Terms:
    """
    Return terms that depend on the day of the month: from this day to that day, these terms.

    Args:
        bands: First day, last day, terms; together they name each day from 1 to 31 once, in order.

    Raises:
        InvalidTerms: They leave a day out or name one twice.
        InvalidArgument: A band is something else.

    Source:
        docs/rules/terms-steps.md, rule U-7.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(day_bands([(1, 15, nth_day(10, months=1)), (16, 31, net(2))]), posted_on=date(2019, 2, 28)).on)
    2019-03-02
    """
    return _of(("bands", tuple(_band(band) for band in items(bands, "bands"))))


def _band(band: Any) -> tuple[Any, Any, tuple[Step, ...]]:
    parts = items(band, "a band")
    if len(parts) != 3:
        raise InvalidTerms("a band is not three things", "Give its first day, its last day, and its terms.")
    return parts[0], parts[1], own(parts[2]).steps


def within(terms: Terms, /, *, minus: int = 0, plus: int = 0, default: Default | str = Default.EARLIEST) -> Terms:
    """
    Return *terms* with a window in which a typed due date may lie.

    Args:
        terms: What gives the target date.

        minus: So many days before the target.

        plus: So many days after it.

        default: Which date stands for one that nobody typed.

    Raises:
        InvalidTerms: A figure is negative or above 3,650.
        InvalidArgument: A value is of another type.
        CreditPeriodOutsideRange: The terms hold an account's credit period that the window leaves out.

    Source:
        docs/rules/terms-windows.md, rule W-1.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(within(net(10), minus=5), posted_on=date(2019, 5, 20)))
    due on 2019-05-25, typed from 2019-05-25 to 2019-05-30; posted on 2019-05-20, terms net 10
    """
    return _evolved(terms, minus=minus, plus=plus, default=default)


def for_account(terms: Terms, /, *, days: int | None = None, months: int | None = None) -> Terms:
    """
    Return *terms* with an account's own credit period: the deviation from the target that applies when nobody types a date.

    Args:
        terms: With a window; the deviation has to stay inside.

        days: Negative is earlier than the target, 0 the target itself; or

        months: in months, judged when the due date is reckoned. With neither, the account has none of its own.

    Raises:
        CreditPeriodOutsideRange: *days* leaves the window.
        InvalidTerms: A figure is out of bounds.
        InvalidArgument: A figure is not a whole number, or both are given.

    Source:
        docs/rules/terms-windows.md, rule W-2.

    >>> from datetime import date
    >>> from ledgerkit.terms import due_on
    >>> print(due_on(for_account(within(net(10), minus=5), days=-3), posted_on=date(2019, 5, 20)).on)
    2019-05-27
    """
    return _evolved(terms, own_days=days, own_months=months)


def early_discount(
    rate: str | Decimal | Fraction, /, *, within_days: int, basis: Basis | str = Basis.ON_GROSS
) -> EarlyDiscount:
    """
    Return the discount for who pays within so many days after posting.

    Args:
        rate: The share, ``"2%"`` or ``"0.02"``.

        within_days: The last day counts.

        basis: What it is a share of.

    Raises:
        InvalidAmount: *rate* is not a share.
        InvalidTerms: *within_days* is negative.
        InvalidArgument: A value is of another type.

    Source:
        docs/rules/terms-early-discount.md, rule E-1.

    >>> print(early_discount("2%", within_days=10))
    2/10
    """
    return EarlyDiscount(rate=rate, within_days=within_days, basis=basis)


def with_early_discount(terms: Terms, early: EarlyDiscount | None, /) -> Terms:
    """
    Return *terms* with a discount for who pays early, or without one.

    Args:
        terms: When the rest is due.

        early: What :func:`early_discount` made; ``None`` takes it away.

    Raises:
        InvalidArgument: A value is of another type.

    Source:
        docs/rules/terms-early-discount.md, rule E-1.

    >>> print(with_early_discount(net(30), early_discount("2%", within_days=10)))
    2/10 net 30
    """
    return _evolved(terms, early=early)


def _evolved(terms: Terms, **changes: Any) -> Terms:
    names = ("steps", "minus", "plus", "default", "own_days", "own_months", "early")
    return Terms(**{name: getattr(own(terms), name) for name in names} | changes)
