"""
Proration: the share of a price for the part of its period that was used.

How the days are counted and where the share is rounded is a :class:`Convention`, a value with a name. :data:`DAILY`, the
default, counts civil days and rounds what is due *through* a date, so that parts always add up to the whole.
"""

from fractions import Fraction
from typing import Any, Final, final

import attrs
from moneyed import Money

from ledgerkit import _front, money, trail
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.money import HALF_UP, Rounding
from ledgerkit.periods import InvalidPeriod, NotInsidePeriod, Period

__all__ = ["DAILY", "Convention", "Proration", "prorate"]


def _daily(price: int, currency: str, used: int, days: int, start: int, amount: int) -> str:
    whole, share = money.minor_text(price, currency), money.minor_text(amount, currency)
    if money.round_ratio(price * used, days) == amount:
        return f"{whole} x {used}/{days} days = {share}"
    through, before = (money.minor_text(money.round_ratio(price * day, days), currency) for day in (start + used, start))
    return f"{whole} x {start + used}/{days} days = {through}, less {before} for {start}/{days} days = {share}"


_DAILY: Final = trail.Rule(
    name="proration.daily",
    version=1,
    fields=("price", "currency", "used", "days", "start", "amount"),
    says=_daily,
)


@final
@attrs.frozen(kw_only=True, order=False)
class Convention:
    """
    How a share is reckoned: the names and the choices that make two systems differ by a cent.

    :data:`DAILY` is the one there is.

    Attributes:
        name: What its trail calls it.

        aligned: Whether the period that divides is the whole one, re-aligned to its anchor, also for a short first one.

        scale: To how many decimals the fraction is rounded before it is applied; ``None`` keeps it exact.

        rounding: How the share becomes whole minor units.

        bill_termination_day: Whether the day on which something ends is billed.
    """

    name: str
    aligned: bool = True
    scale: int | None = None
    rounding: Rounding = HALF_UP
    bill_termination_day: bool = False

    def __str__(self) -> str:
        return self.name


DAILY: Final = Convention(name="daily")


@final
@attrs.frozen(init=False, repr=False, order=False)
class Proration:
    """
    A share of a price, and how it was reached. A result of :func:`prorate`.

    Attributes:
        currency: The currency of the price.

        amount_minor: The share in minor units.

        used_days: The days that were used.

        period_days: The days of the whole period.
    """

    currency: str
    amount_minor: int
    used_days: int
    period_days: int
    _why: tuple[trail.Raw, ...] = attrs.field(eq=False)

    def __init__(self) -> None:
        raise UsageError("a Proration is a result", "Get one from proration.prorate(...).")

    @property
    def amount(self) -> Money:
        """The share, tax excluded as the price was."""
        return money.from_minor(self.amount_minor, self.currency)

    @property
    def fraction(self) -> Fraction:
        """The exact share of the period; the amount may be a cent off it, where parts have to add up."""
        return Fraction(self.used_days, self.period_days)

    @property
    def trail(self) -> trail.Trail:
        """How the share was reached."""
        return trail.of(self._why)

    def explain(self) -> str:
        """How the share was reached, as text."""
        return "\n".join(trail.lines(self._why))

    def __str__(self) -> str:
        return f"{money.minor_text(self.amount_minor, self.currency)} for {self.used_days} of {self.period_days} days"

    __repr__ = _front.shown("amount", "fraction")


def prorate(price: Money, /, *, used: Period, period: Period, convention: Convention = DAILY) -> Proration:
    """
    Share *price* over the part of *period* that was used.

    Days are civil days; both periods are half-open. The share is what is due through the end of *used* minus what was due through
    its start, each rounded half up, so parts add up to the whole.

    Args:
        price: The price of the whole *period*, tax excluded. May be negative.

        used: The part used. Must lie inside *period*; an empty one costs nothing.

        period: The whole period that *price* is for, also where less of it is left.

        convention: How the days are counted and the share is rounded.

    Returns:
        The share, the exact fraction, and the trail that explains them.

    Raises:
        NotInsidePeriod: *used* starts before or ends after *period*.
        InvalidPeriod: *period* is empty, or one of them is not a period.
        InvalidAmount: *price* is not a settled amount.
        InvalidArgument: *convention* is another one than :data:`DAILY`.

    Source:
        docs/rules/proration.md, rule P-1.

    >>> from datetime import date
    >>> from ledgerkit import periods
    >>> april, late = periods.month(2026, 4), Period(date(2026, 4, 16), date(2026, 5, 1))
    >>> print(prorate(money.of("90.00 EUR"), used=Period(april.start, late.start), period=april).explain())
    proration.daily/1: 90.00 EUR x 15/30 days = 45.00 EUR
    >>> print(prorate(money.of("10.05 EUR"), used=late, period=april).amount.amount)
    5.02
    """
    minor, currency = money.to_minor(price, name="price"), money.currency_of(price)
    used, period = _period(used, "used"), _period(period, "period")
    if convention is not DAILY and convention != DAILY:
        raise InvalidArgument("convention is none that is carried here", "Pass proration.DAILY, or leave it out.")
    if used.start < period.start or used.end > period.end:
        raise NotInsidePeriod(used, period)
    days = period.days
    if not days:
        raise InvalidPeriod(f"period {period} has no days to share a price over", "Pass the whole period of the price.")
    start = used.start.toordinal() - period.start.toordinal()
    amount = money.part_minor(minor, start, start + used.days, days, convention.rounding)
    why = (_DAILY, minor, currency, used.days, days, start, amount)
    made = Proration.__new__(Proration)
    made.__attrs_init__(currency, amount, used.days, days, (why,))
    return made


def _period(value: Any, name: str) -> Period:
    if type(value) is Period:
        return value
    raise InvalidPeriod(f"{name} is {_front.a(value)}, where a period is needed", "Pass periods.Period(start, end).")


_front.publish(globals())
