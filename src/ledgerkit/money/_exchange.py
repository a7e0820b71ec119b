"""From one currency to another: exact rates, one rounding."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, final

import attrs
from moneyed import Money

from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.money._gate import from_minor, plain, ratio, to_minor
from ledgerkit.money._round import round_minor, round_ratio
from ledgerkit.money._table import EXPONENTS, checked_code
from ledgerkit.money._types import HALF_UP, InvalidAmount, Rounding, _quoted

_MOST_EXPONENT = 64


def _code(value: str) -> str:
    return checked_code(value)


def _rate(value: int | str | Decimal | Fraction) -> Fraction:
    exact = ratio(value, "rate")
    if exact > 0:
        return exact
    raise InvalidAmount("rate is not above zero", "Say how much of the quote currency one unit of the base currency is.")


@final
@attrs.frozen(kw_only=True)
class ExchangeRate:
    """
    What one unit of *base* is worth in *quote*, exactly.

    Args:
        base: An ISO code.

        quote: An ISO code.

        rate: Above zero: a plain text, an int, a Decimal or a Fraction.

    Source:
        docs/rules/money-exchange.md, rule M-40.

    >>> ExchangeRate(base="USD", quote="EUR", rate="0.89")
    ExchangeRate(base='USD', quote='EUR', rate=Fraction(89, 100))
    """

    base: str = attrs.field(converter=_code)
    quote: str = attrs.field(converter=_code)
    rate: Fraction = attrs.field(converter=_rate)

    def __attrs_post_init__(self) -> None:
        if self.base == self.quote and self.rate != 1:
            raise InvalidAmount(f"a rate from {self.base} to itself is 1", "Check the two currencies.")

    def __str__(self) -> str:
        return f"1 {self.base} = {plain(self.rate)} {self.quote}"

    def inverse(self) -> "ExchangeRate":
        """Return the rate of the way back, exactly."""
        return ExchangeRate(base=self.quote, quote=self.base, rate=Fraction(self.rate.denominator, self.rate.numerator))


def exchange(amount: Money, rate: ExchangeRate, /, *, rounding: Rounding = HALF_UP) -> Money:
    """
    Exchange *amount* into the quote currency of *rate*, rounded once.

    Args:
        amount: In the base currency of *rate*.

        rate: Exact.

        rounding: To the quote currency.

    Raises:
        CurrencyMismatch: *amount* is not in the base currency.

        InvalidAmount: *amount* is not settled.

    Source:
        docs/rules/money-exchange.md, rule M-41.

    >>> from ledgerkit.money import of, text
    >>> text(exchange(of("1.00 USD"), ExchangeRate(base="USD", quote="JPY", rate="101.5")))
    '102 JPY'
    """
    minor, exact = _based(amount, rate), _checked(rate)
    num = minor * exact.rate.numerator * 10 ** EXPONENTS[exact.quote]
    den = exact.rate.denominator * 10 ** EXPONENTS[exact.base]
    return from_minor(round_minor(num, den, currency=exact.quote, rounding=rounding), exact.quote)


def exchange_exact(amount: Money, rate: ExchangeRate, /) -> Fraction:
    """
    Return *amount* in major units of the quote currency, not rounded.

    Args:
        amount: In the base currency of *rate*.

        rate: Exact.

    Raises:
        CurrencyMismatch: *amount* is not in the base currency.

        InvalidAmount: *amount* is not settled.

    Source:
        docs/rules/money-exchange.md, rule M-42.

    >>> from ledgerkit.money import of
    >>> exchange_exact(of("5.00 USD"), ExchangeRate(base="USD", quote="EUR", rate="0.89"))
    Fraction(89, 20)
    """
    return Fraction(_based(amount, rate), 10 ** EXPONENTS[rate.base]) * rate.rate


def exchange_minor(
    minor: int,
    rate: int | str | Decimal | Fraction,
    /,
    *,
    exponent_from: int,
    exponent_to: int,
    rounding: Rounding = HALF_UP,
) -> int:
    """
    Exchange *minor* units between any two units with decimals of their own, such as a coin of 8 or 18 digits, rounded once.

    Args:
        minor: In units of 10 ** -*exponent_from*.

        rate: Above zero, for one major unit.

        exponent_from: The decimals of what *minor* counts, 0 to 64.

        exponent_to: The decimals of the result, 0 to 64.

        rounding: A mode without an increment.

    Raises:
        InvalidAmount: *rate* is not above zero.

        InvalidArgument: One of the others is no int.

        LimitExceeded: An exponent is beyond 64.

    Source:
        docs/rules/money-exchange.md, rule M-43.

    >>> exchange_minor(100_000_000, "13500", exponent_from=8, exponent_to=2)
    1350000
    """
    exact = _rate(rate)
    num = _whole(minor, "minor") * exact.numerator * 10 ** _digits(exponent_to, "exponent_to")
    return round_ratio(num, exact.denominator * 10 ** _digits(exponent_from, "exponent_from"), rounding)


def _whole(value: Any, name: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return int.__index__(value)
    raise InvalidArgument(f"{name} is {_quoted(value)}, where an int is needed", "Pass an int.")


def _digits(value: Any, name: str) -> int:
    digits = _whole(value, name)
    if 0 <= digits <= _MOST_EXPONENT:
        return digits
    raise LimitExceeded(f"{name} is not between 0 and {_MOST_EXPONENT}", "Check the unit.")


def _checked(rate: Any) -> ExchangeRate:
    if type(rate) is ExchangeRate:
        return rate
    raise InvalidArgument(f"rate is {_quoted(rate)}, where an ExchangeRate is needed", "Make one with money.ExchangeRate(...).")


def _based(amount: Money, rate: Any) -> int:
    return to_minor(amount, currency=_checked(rate).base)
