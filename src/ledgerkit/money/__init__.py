"""
Exact amounts: made, read, rounded, split, exchanged and shown.

An amount is py-moneyed's ``Money`` at every door and a plain int of minor units inside. It is *settled*: finite, with no more
decimals than ISO 4217 gives its currency. What is not settled is refused, but by :func:`settle`, which says how it rounds. Nothing
here reads or changes the decimal context of the host, and no float comes in.
"""

from ledgerkit import _front
from ledgerkit.money._display import display, parse
from ledgerkit.money._exchange import ExchangeRate, exchange, exchange_exact, exchange_minor
from ledgerkit.money._gate import (
    currency_of,
    exact_text,
    from_minor,
    maker,
    minor_text,
    number,
    number_text,
    of,
    percent_text,
    quantity,
    rate,
    settle,
    text,
    to_minor,
)
from ledgerkit.money._round import round_minor, round_ratio
from ledgerkit.money._split import cumulative_minor, part_minor, split, split_even, split_keeping_rest, split_minor
from ledgerkit.money._sums import add, compare, largest, negate, smallest, subtract, total
from ledgerkit.money._table import exponent
from ledgerkit.money._types import (
    CEILING,
    DOWN,
    FLOOR,
    HALF_CEILING,
    HALF_DOWN,
    HALF_EVEN,
    HALF_FLOOR,
    HALF_ODD,
    HALF_UP,
    UP,
    CurrencyMismatch,
    InvalidAmount,
    InvalidQuantity,
    InvalidWeights,
    Method,
    Rounding,
    Style,
    UnknownCurrency,
    UnknownLocale,
)

__all__ = [
    "CEILING",
    "DOWN",
    "FLOOR",
    "HALF_CEILING",
    "HALF_DOWN",
    "HALF_EVEN",
    "HALF_FLOOR",
    "HALF_ODD",
    "HALF_UP",
    "UP",
    "CurrencyMismatch",
    "ExchangeRate",
    "InvalidAmount",
    "InvalidQuantity",
    "InvalidWeights",
    "Method",
    "Rounding",
    "Style",
    "UnknownCurrency",
    "UnknownLocale",
    "add",
    "compare",
    "cumulative_minor",
    "currency_of",
    "display",
    "exact_text",
    "exchange",
    "exchange_exact",
    "exchange_minor",
    "exponent",
    "from_minor",
    "largest",
    "maker",
    "minor_text",
    "negate",
    "number",
    "number_text",
    "of",
    "parse",
    "part_minor",
    "percent_text",
    "quantity",
    "rate",
    "round_minor",
    "round_ratio",
    "settle",
    "smallest",
    "split",
    "split_even",
    "split_keeping_rest",
    "split_minor",
    "subtract",
    "text",
    "to_minor",
    "total",
]

_front.publish(globals())
