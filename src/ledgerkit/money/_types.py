"""What the package speaks of: its errors, the ways to round, to split and to show."""

from decimal import Decimal
from enum import StrEnum
from typing import Any, final

import attrs

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument, UsageError


class InvalidAmount(UsageError, ValueError, TypeError):
    """
    Not an amount, a rate or a price: a float, NaN, too many digits, a text that is no plain number.

    It is a ``ValueError`` and a ``TypeError``, since what was meant as an amount may be wrong in either way.
    """


class InvalidQuantity(UsageError, ValueError, TypeError):
    """Not a quantity: a float, NaN, a truth value, a text that is no plain number."""


class InvalidWeights(UsageError, ValueError, TypeError):
    """Weights that nothing can be split by: none, only zeros, one below zero, one that is no number."""


class UnknownCurrency(UsageError, LookupError, ValueError):
    """A code that ISO 4217 never had, or that has no minor unit."""

    currency: str

    def __init__(self, currency: str, problem: str, remedy: str) -> None:
        self.currency = currency
        super().__init__(problem, remedy)


class CurrencyMismatch(UsageError, ValueError):
    """Two currencies where one is needed, or none where one has to be said."""


class UnknownLocale(UsageError, ValueError):
    """A locale that Babel has no data for."""


class Method(StrEnum):
    """Who gets the odd units of a split; the first five never give one to a weight of zero."""

    LARGEST_REMAINDER = "largest_remainder"
    FIRST_GETS = "first_gets"
    LAST_GETS = "last_gets"
    LARGEST_RATIO = "largest_ratio"
    CUMULATIVE = "cumulative"
    FIRST_GETS_ANY = "first_gets_any"
    CASCADE = "cascade"


class Style(StrEnum):
    """How a currency is shown: ``$``, ``USD`` or ``US dollars``."""

    SYMBOL = "symbol"
    CODE = "code"
    NAME = "name"


_MODES = ("HALF_UP", "HALF_EVEN", "HALF_DOWN", "UP", "DOWN", "CEILING", "FLOOR", "HALF_ODD", "HALF_CEILING", "HALF_FLOOR")
_PREFIX = "ROUND_"


def _mode(value: str) -> str:
    given: Any = value
    if isinstance(given, str):
        name = str.__str__(given).removeprefix(_PREFIX)
        if name in _MODES:
            return name
    raise InvalidArgument(f"{_quoted(given)} is no way to round", f"Use one of {', '.join(_MODES)}.")


def _increment(value: Decimal | None) -> Decimal | None:
    given: Any = value
    if given is None:
        return None
    if isinstance(given, Decimal):
        exact = Decimal(given)
        _sign, digits, exponent = exact.as_tuple()
        if isinstance(exponent, int) and exact > 0 and len(digits) <= 28 and -28 <= exponent <= 28:
            return exact
    raise InvalidAmount("an increment is no Decimal above zero", 'Write it like Decimal("0.05").')


def _quoted(value: Any) -> str:
    """Show what a host passed, short and without calling any code of its own."""
    if value is None:
        return "None"
    if type(value) is str:
        return repr(value) if len(value) <= 40 else f"{value[:40]!r}..."
    return _front.a(value)


@final
@attrs.frozen
class Rounding:
    """
    How an exact figure becomes minor units: a mode, and the smallest coin if it is larger than the minor unit.

    Args:
        mode: A name of the decimal module, with or without ``ROUND_``, or HALF_ODD, HALF_CEILING, HALF_FLOOR.

        increment: In major units, ``Decimal("0.05")`` for Swiss cash. A multiple of the currency's minor unit.

    Source:
        docs/rules/money-rounding.md, rules M-10 to M-12.

    >>> Rounding("ROUND_HALF_UP").mode
    'HALF_UP'
    """

    mode: str = attrs.field(converter=_mode)
    increment: Decimal | None = attrs.field(default=None, converter=_increment)

    def __str__(self) -> str:
        coin = "" if self.increment is None else f" to {self.increment:f}"
        return f"{self.mode.lower().replace('_', ' ')}{coin}"


HALF_UP = Rounding("HALF_UP")
HALF_EVEN = Rounding("HALF_EVEN")
HALF_DOWN = Rounding("HALF_DOWN")
UP = Rounding("UP")
DOWN = Rounding("DOWN")
CEILING = Rounding("CEILING")
FLOOR = Rounding("FLOOR")
HALF_ODD = Rounding("HALF_ODD")
HALF_CEILING = Rounding("HALF_CEILING")
HALF_FLOOR = Rounding("HALF_FLOOR")
