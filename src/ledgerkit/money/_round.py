"""The one rounding kernel: an exact ratio of ints becomes an int."""

from collections.abc import Callable
from decimal import Decimal
from types import MappingProxyType

from ledgerkit.errors import InvalidArgument
from ledgerkit.money._table import UNITS, checked_code
from ledgerkit.money._types import HALF_UP, InvalidAmount, Rounding

# Each says whether the floor is raised by one; low is the floor, twice the doubled rest, den the denominator; the rest is not 0.
_RAISES: MappingProxyType[str, Callable[[int, int, int], bool]] = MappingProxyType(
    {
        "HALF_UP": lambda low, twice, den: twice > den or (twice == den and low >= 0),
        "HALF_EVEN": lambda low, twice, den: twice > den or (twice == den and low % 2 == 1),
        "HALF_DOWN": lambda low, twice, den: twice > den or (twice == den and low < 0),
        "UP": lambda low, _twice, _den: low >= 0,
        "DOWN": lambda low, _twice, _den: low < 0,
        "CEILING": lambda _low, _twice, _den: True,
        "FLOOR": lambda _low, _twice, _den: False,
        "HALF_ODD": lambda low, twice, den: twice > den or (twice == den and low % 2 == 0),
        "HALF_CEILING": lambda _low, twice, den: twice >= den,
        "HALF_FLOOR": lambda _low, twice, den: twice > den,
    }
)


def round_ratio(num: int, den: int, /, rounding: Rounding = HALF_UP) -> int:
    """
    Round the exact ratio *num* / *den* to a whole number.

    Args:
        num: Any whole number.

        den: A whole number above zero.

        rounding: A mode without an increment; with one, see :func:`round_minor`.

    Raises:
        InvalidArgument: *den* is not above zero, or *rounding* is no mode alone.

    Source:
        docs/rules/money-rounding.md, rule M-10.

    >>> round_ratio(5, 2), round_ratio(-5, 2), round_ratio(-5, 2, HALF_UP)
    (3, -3, -3)
    """
    if type(num) is not int or type(den) is not int or den <= 0:
        raise _no_ratio()
    if rounding is HALF_UP:
        return (num + num + den) // (den + den) if num >= 0 else -((den - num - num) // (den + den))
    if type(rounding) is not Rounding:
        raise InvalidArgument("rounding is no money.Rounding", "Pass one, like money.HALF_UP.")
    if rounding.increment is not None:
        raise InvalidArgument("an increment needs a currency", "Call money.round_minor(..., currency=...).")
    return rounded(num, den, rounding.mode)


def _no_ratio() -> InvalidArgument:
    return InvalidArgument("a ratio to round is not of two int with the lower above zero", "Pass plain ints.")


def rounded(num: int, den: int, mode: str) -> int:
    """Round without checks."""
    low, rest = divmod(num, den)
    if rest and _RAISES[mode](low, rest + rest, den):
        return low + 1
    return low


def round_minor(num: int, den: int, /, *, currency: str, rounding: Rounding = HALF_UP) -> int:
    """
    Round *num* / *den* minor units of *currency* to whole ones, or to whole increments of *rounding*.

    Args:
        num: Any whole number.

        den: A whole number above zero.

        currency: An ISO code.

        rounding: A mode, with an increment or without.

    Raises:
        InvalidArgument: *den* is not above zero, or *rounding* is no Rounding.

        InvalidAmount: The increment is no multiple of the currency's minor unit.

    Source:
        docs/rules/money-rounding.md, rules M-10 and M-11.

    >>> from decimal import Decimal
    >>> round_minor(1813, 1, currency="CHF", rounding=Rounding("HALF_UP", Decimal("0.05")))
    1815
    """
    given: object = rounding
    if type(given) is not Rounding or given.increment is None:
        checked_code(currency)
        return round_ratio(num, den, rounding)
    if type(num) is not int or type(den) is not int or den <= 0:
        raise _no_ratio()
    step = step_of(given.increment, currency)
    return step * rounded(num, den * step, given.mode)


def step_of(increment: Decimal | None, currency: str) -> int:
    """Return an increment in minor units of *currency*."""
    checked = Rounding("HALF_UP", increment).increment
    if checked is None:
        return 1
    num, den = checked.as_integer_ratio()
    step, rest = divmod(num * UNITS[checked_code(currency)][1], den)
    if rest:
        raise InvalidAmount(f"an increment is finer than the minor unit of {currency}", "Use a multiple of it.")
    return step
