"""
The gate: what comes in becomes exact ints here, and what goes out becomes Money here; nothing reads a decimal context.

``Decimal`` is read by its text or its tuple and made from a text, both of which are exact whatever the host's context says.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NoReturn, TypeAlias

from moneyed import Money

from ledgerkit import _front
from ledgerkit.errors import LimitExceeded
from ledgerkit.money._round import round_minor
from ledgerkit.money._table import EXPONENTS, UNITS, checked_code
from ledgerkit.money._types import CurrencyMismatch, InvalidAmount, InvalidQuantity, Rounding, _quoted

MOST_DIGITS = 128
LIMIT = 10**MOST_DIGITS
_Errors: TypeAlias = type[InvalidAmount | InvalidQuantity]
_TENS: tuple[int, ...] = tuple(10**power for power in range(MOST_DIGITS + 1))
_SURELY_SHORT = LIMIT.bit_length() - 1
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?").fullmatch
_EXACT = 'Write it as text, like "19.99", or as a Decimal.'


# --- reading -----------------------------------------------------------------------------------------------------------------


def too_long(name: str) -> LimitExceeded:
    """Return the error for a figure of more digits than any bill has."""
    return LimitExceeded(f"{name} has more than {MOST_DIGITS} digits", "Check where it comes from.")


def read(value: Any, name: str, error: _Errors = InvalidAmount) -> tuple[int, int]:
    """Return a number as (coefficient, decimals): an int, a Decimal or a plain text."""
    if type(value) is str or isinstance(value, str):
        return _read_text(str.__str__(value), name, error)
    if isinstance(value, Decimal):
        return _read_decimal(Decimal(value), name, error)
    if isinstance(value, int) and not isinstance(value, bool):
        return checked_int(int.__index__(value), name), 0
    raise _refused(value, name, error)


def checked_int(value: int, name: str) -> int:
    """Return *value* if it has at most 128 digits."""
    if -LIMIT < value < LIMIT:
        return value
    raise too_long(name)


def _read_text(text: str, name: str, error: _Errors) -> tuple[int, int]:
    if len(text) > MOST_DIGITS:
        raise too_long(name)
    if _PLAIN(text) is None:
        raise error(f"{text!r} is no plain number", 'Write digits with a point, like "1234.56"; for other forms, money.parse.')
    point = text.find(".")
    return (int(text), 0) if point < 0 else (int(text.replace(".", "")), len(text) - point - 1)


def _read_decimal(value: Decimal, name: str, error: _Errors) -> tuple[int, int]:
    sign, digits, shift = value.as_tuple()
    if not isinstance(shift, int):
        shown = {"F": "an infinity"}.get(shift, "no number (NaN)")
        raise error(f"{name} is {shown}", "Pass a finite number.")
    if not any(digits):
        return 0, 0
    if len(digits) > MOST_DIGITS or not -MOST_DIGITS <= shift <= MOST_DIGITS - len(digits):
        raise too_long(name)
    coefficient = int("".join(map(str, digits)))
    coefficient = -coefficient if sign else coefficient
    return (coefficient * 10**shift, 0) if shift > 0 else (coefficient, -shift)


def _refused(value: Any, name: str, error: _Errors) -> InvalidAmount | InvalidQuantity:
    if isinstance(value, float):
        return error(*float_words(value))
    if isinstance(value, Money):
        return error(f"{name} is a Money already", "Pass it on as it is.")
    return error(f"{name} is {_quoted(value)}, where a number is needed", _EXACT)


def float_words(value: Any) -> tuple[str, str]:
    """Return the problem with a float and the way out."""
    if type(value) is not float:
        return f"{_front.a(value)} is a float, and a float cannot hold cents exactly", _EXACT
    shown = repr(value)
    if value - value != 0:
        return f"{shown} is no number", "Pass a finite one, as text or as a Decimal."
    remedy = _EXACT if "e" in shown else f'Write it as text, "{shown}", or as a Decimal.'
    return f"{shown} is a float, and a float cannot hold cents exactly", remedy


def ratio(value: Any, name: str, error: _Errors = InvalidAmount) -> Fraction:
    """Return an exact number: an int, a Decimal, a Fraction or a plain text."""
    if isinstance(value, Fraction):
        parts = Fraction.numerator.__get__(value), Fraction.denominator.__get__(value)
        return Fraction(*(checked_int(part, name) for part in parts))
    coefficient, decimals = read(value, name, error)
    return Fraction(coefficient, _TENS[decimals])


# --- amounts in --------------------------------------------------------------------------------------------------------------


def minor_of(value: Any, currency: str, name: str = "amount") -> int:
    """Return a number as minor units of a checked *currency*."""
    coefficient, decimals = read(value, name)
    digits = EXPONENTS[currency]
    if decimals <= digits:
        return checked_int(coefficient * _TENS[digits - decimals], name)
    minor, rest = divmod(coefficient, _TENS[decimals - digits])
    if rest:
        _refuse_digits(coefficient, decimals, currency)
    return minor


def _refuse_digits(coefficient: int, decimals: int, currency: str) -> NoReturn:
    while coefficient % 10 == 0:
        coefficient, decimals = coefficient // 10, decimals - 1
    shown, digits = pointed(coefficient, decimals), EXPONENTS[currency]
    holds = "none" if digits == 0 else digits
    raise InvalidAmount(
        f"{shown} {currency} has {decimals} decimal{'s' * (decimals > 1)}, and {currency} has {holds}",
        f'Round it where it arises, with money.settle("{shown}", "{currency}", rounding=money.HALF_UP), or correct it.',
    )


def to_minor(amount: Money, /, *, currency: str | None = None, name: str = "amount") -> int:
    """
    Return *amount* in minor units: the gate that every amount of a host passes.

    Args:
        amount: Settled: finite, and no more decimals than its currency has.

        currency: Refuse any other one.

        name: What the error calls it.

    Raises:
        InvalidAmount: It is no Money, or not settled.

        UnknownCurrency: Its currency is none of ISO 4217.

        CurrencyMismatch: It is in another currency than *currency*.

        LimitExceeded: It has more than 128 digits.

    Source:
        docs/rules/money-amounts.md, rules M-1 and M-3.

    >>> to_minor(of("120.00 EUR"))
    12000
    """
    if type(amount) is Money:
        try:
            value, code = amount.amount, amount.currency.code
            if (
                type(value) is Decimal
                and type(code) is str
                and (currency is None or (type(currency) is str and currency == code))
            ):
                shown, digits = str(value), EXPONENTS[code]
                if len(shown) < MOST_DIGITS and (not digits or shown[-1 - digits] == "."):
                    return int(shown.replace(".", "") if digits else shown)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            pass
    return _to_minor_slowly(amount, currency, name)


def _to_minor_slowly(amount: Any, currency: str | None, name: str) -> int:
    code = _code_of(amount, name)
    wanted = code if currency is None else checked_code(currency)
    if wanted != code:
        raise mismatch(code, wanted, name)
    value = _field(amount, "amount", name)
    if not isinstance(value, Decimal):
        raise InvalidAmount(f"{name} is a Money that holds {_quoted(value)}", "Make it anew, with money.of or money.maker.")
    return minor_of(value, code, name)


def mismatch(code: str, currency: str, name: str) -> CurrencyMismatch:
    """Return the error for an amount in another currency than the one asked for."""
    return CurrencyMismatch(
        f"{name} is in {code}, and {currency} is needed", "Exchange it first, with money.exchange, or keep the two apart."
    )


def _code_of(amount: Any, name: str) -> str:
    if not isinstance(amount, Money):
        if isinstance(amount, float):
            raise InvalidAmount(*float_words(amount))
        what = _quoted(amount)
        raise InvalidAmount(f"{name} is {what}, where a Money is needed", 'Make it with money.of("120.00 EUR").')
    code = getattr(_field(amount, "currency", name), "code", None)
    return code if type(code) is str and code in EXPONENTS else checked_code(code)


def _field(amount: Money, field: str, name: str) -> Any:
    """Read a field past whatever a subclass makes of it."""
    try:
        return object.__getattribute__(amount, "__dict__")[field]
    except (AttributeError, KeyError):
        raise InvalidAmount(f"{name} is a Money without {field}", "Make it anew, with money.of or money.maker.") from None


def currency_of(amount: Money, /) -> str:
    """
    Return the ISO code of *amount*, known to the table.

    Args:
        amount: Any amount, settled or not.

    Raises:
        InvalidAmount: It is no Money.

        UnknownCurrency: Its currency is none of ISO 4217.

    Source:
        docs/rules/money-amounts.md, rule M-2.

    >>> currency_of(of("120.00 EUR"))
    'EUR'
    """
    if type(amount) is Money:
        code = getattr(amount.__dict__.get("currency"), "code", None)
        if type(code) is str and code in EXPONENTS:
            return code
    return _code_of(amount, "amount")


def maker(currency: str, /) -> Callable[[str | int | Decimal], Money]:
    """
    Return a short constructor for one currency.

    What it makes has exactly the currency's decimals. It takes a plain text (``-?digits[.digits]``, ASCII), an int of major units
    or a Decimal.

    Args:
        currency: An ISO code.

    Raises:
        UnknownCurrency: *currency* is no code of ISO 4217 in capitals.

    Source:
        docs/rules/money-amounts.md, rules M-1 and M-2.

    >>> eur = maker("EUR")
    >>> text(eur("10")), text(eur("-0.00"))
    ('10.00 EUR', '0.00 EUR')
    """
    code = checked_code(currency)

    _digits, _one, tail, unit = UNITS[code]

    def make(amount: str | int | Decimal, /) -> Money:
        return Money(Decimal(f"{minor_of(amount, code)}{tail}"), unit)

    make.__name__ = make.__qualname__ = code.lower()
    make.__doc__ = f"Return an amount of {code}."
    return make


def of(text: str, /) -> Money:
    """
    Return the amount that *text* says: a plain number, one space, a code.

    Args:
        text: A plain number, a blank, an ISO code.

    Raises:
        InvalidAmount: It is no such text, or has more decimals than the currency.

        UnknownCurrency: The code is none of ISO 4217.

    Source:
        docs/rules/money-amounts.md, rule M-1.

    >>> to_minor(of("120.00 EUR"))
    12000
    """
    if not isinstance(text, str):
        raise InvalidAmount(f"text is {_quoted(text)}, where a text is needed", 'Write it like "120.00 EUR".')
    number, space, code = str.__str__(text).partition(" ")
    if not space:
        raise InvalidAmount(f"{_quoted(number)} says no currency", 'Write it like "120.00 EUR".')
    currency = checked_code(code)
    return from_minor(minor_of(number, currency), currency)


def settle(amount: str | int | Decimal | Fraction, currency: str, /, *, rounding: Rounding) -> Money:
    """
    Round *amount* to whole minor units of *currency*: the only way in for a figure with too many digits.

    Args:
        amount: In major units, exact.

        currency: An ISO code.

        rounding: The mode, and an increment for cash.

    Raises:
        InvalidAmount: No exact number, or an increment finer than the minor unit.

        UnknownCurrency: *currency* is no code of ISO 4217.

    Source:
        docs/rules/money-rounding.md, rules M-10 and M-11.

    >>> from ledgerkit.money import HALF_UP
    >>> text(settle("10.005", "EUR", rounding=HALF_UP))
    '10.01 EUR'
    """
    code = checked_code(currency)
    exact = ratio(amount, "amount")
    num = exact.numerator * 10 ** EXPONENTS[code]
    return from_minor(round_minor(num, exact.denominator, currency=code, rounding=rounding), code)


# --- amounts out -------------------------------------------------------------------------------------------------------------


def from_minor(minor: int, currency: str, /) -> Money:
    """
    Return *minor* units of *currency* as Money, with exactly the currency's decimals.

    Args:
        minor: Whole minor units, of either sign.

        currency: An ISO code.

    Raises:
        InvalidAmount: *minor* is no int.

        UnknownCurrency: *currency* is no code of ISO 4217.

        LimitExceeded: It has more than 128 digits.

    Source:
        docs/rules/money-amounts.md, rule M-4.

    >>> text(from_minor(12000, "EUR"))
    '120.00 EUR'
    """
    if type(minor) is int and type(currency) is str and minor.bit_length() < _SURELY_SHORT:
        unit = UNITS.get(currency)
        if unit is not None:
            return Money(Decimal(f"{minor}{unit[2]}"), unit[3])
    minor, currency = _minor_pair(minor, currency)
    return Money(Decimal(f"{minor}{UNITS[currency][2]}"), UNITS[currency][3])


def _minor_pair(minor: Any, currency: Any) -> tuple[int, str]:
    code = checked_code(currency)
    if type(minor) is int:
        return checked_int(minor, "minor"), code
    if not isinstance(minor, int) or isinstance(minor, bool):
        raise InvalidAmount(f"minor is {_quoted(minor)}, where an int of minor units is needed", "Pass an int.")
    return checked_int(int.__index__(minor), "minor"), code


def pointed(minor: int, digits: int) -> str:
    """Return *minor* with a point before its last *digits* figures."""
    if digits == 0:
        return str(minor)
    shown = str(abs(minor)).rjust(digits + 1, "0")
    return f"{'-' if minor < 0 else ''}{shown[:-digits]}.{shown[-digits:]}"


def exact_text(value: int | str | Decimal | Fraction, /) -> str:
    """
    Return an exact number as people write it: with a point where it has an end, as a ratio where it has none.

    Args:
        value: A price, a quantity, a rate: any number that :func:`number` takes.

    Raises:
        InvalidAmount: It is no exact number.

    Source:
        docs/rules/money-amounts.md, rule M-5.

    >>> exact_text(Fraction(1999, 100)), exact_text(Fraction(-1, 3))
    ('19.99', '-1/3')
    """
    return plain(number(value, name="value"))


def percent_text(rate: int | str | Decimal | Fraction, /) -> str:
    """
    Return a rate in percent, or as a ratio where the percent would not end.

    Args:
        rate: As a number: a fifth is 20 %.

    Raises:
        InvalidAmount: It is no exact number.

    Source:
        docs/rules/money-amounts.md, rule M-6.

    >>> percent_text(Fraction(1, 5)), percent_text("0.077"), percent_text(Fraction(1, 3))
    ('20%', '7.7%', '1/3')
    """
    exact = number(rate, name="rate")
    percent = plain(exact * 100)
    return plain(exact) if "/" in percent else f"{percent}%"


def plain(value: Fraction) -> str:
    """Write an exact number that is one."""
    digits = next((digits for digits, ten in enumerate(_TENS[:29]) if ten % value.denominator == 0), None)
    if digits is None:
        return f"{value.numerator}/{value.denominator}"
    return pointed(value.numerator * (_TENS[digits] // value.denominator), digits)


def number_text(minor: int, currency: str, /) -> str:
    """
    Return *minor* units as a plain number: what :func:`maker` reads back.

    Args:
        minor: Whole minor units, of either sign.

        currency: An ISO code.

    Raises:
        InvalidAmount: *minor* is no int.

        UnknownCurrency: *currency* is no code of ISO 4217.

    Source:
        docs/rules/money-amounts.md, rule M-4.

    >>> number_text(-5, "EUR")
    '-0.05'
    """
    minor, currency = _minor_pair(minor, currency)
    return pointed(minor, EXPONENTS[currency])


def minor_text(minor: int, currency: str, /) -> str:
    """
    Return *minor* units as the one plain text of an amount: what :func:`of` reads back.

    Args:
        minor: Whole minor units, of either sign.

        currency: An ISO code.

    Raises:
        InvalidAmount: *minor* is no int.

        UnknownCurrency: *currency* is no code of ISO 4217.

    Source:
        docs/rules/money-amounts.md, rule M-4.

    >>> minor_text(12000, "EUR")
    '120.00 EUR'
    """
    if type(minor) is int and type(currency) is str and minor.bit_length() < _SURELY_SHORT:
        unit = UNITS.get(currency)
        if unit is not None:
            digits = unit[0]
            if minor < unit[1] or not digits:
                return f"{pointed(minor, digits)} {currency}"
            shown = str(minor)
            return f"{shown[:-digits]}.{shown[-digits:]} {currency}"
    minor, currency = _minor_pair(minor, currency)
    return f"{pointed(minor, EXPONENTS[currency])} {currency}"


def text(amount: Money, /) -> str:
    """
    Return the one plain text of *amount*, on any machine: ``120.00 EUR``.

    Args:
        amount: Settled.

    Raises:
        InvalidAmount: It is no Money, or not settled.

        UnknownCurrency: Its currency is none of ISO 4217.

    Source:
        docs/rules/money-amounts.md, rule M-4.

    >>> text(from_minor(12000, "EUR"))
    '120.00 EUR'
    """
    return minor_text(to_minor(amount), currency_of(amount))


# --- numbers that are no amounts ---------------------------------------------------------------------------------------------


def number(value: int | str | Decimal | Fraction, /, *, name: str) -> Fraction:
    """
    Return any exact number, such as a unit price: an int, a Decimal, a Fraction or a plain text.

    Args:
        value: A plain text, an int, a Decimal or a Fraction.

        name: Of the argument, for the error.

    Raises:
        InvalidAmount: A float, NaN, a truth value, a text that is no plain number.

        LimitExceeded: It has more than 128 digits.

    Source:
        docs/rules/money-amounts.md, rule M-5.

    >>> number("0.0004", name="unit_price")
    Fraction(1, 2500)
    """
    return ratio(value, name)


def quantity(value: int | str | Decimal | Fraction, /, *, name: str = "quantity") -> Fraction:
    """
    Return a number of units. It may be below zero: whoever asks judges that.

    Args:
        value: A plain text, an int, a Decimal or a Fraction; of either sign.

        name: Of the argument, for the error.

    Raises:
        InvalidQuantity: A float, NaN, a truth value, a text that is no plain number.

        LimitExceeded: It has more than 128 digits.

    Source:
        docs/rules/money-amounts.md, rule M-5.

    >>> quantity("2.5")
    Fraction(5, 2)
    """
    return ratio(value, name, InvalidQuantity)


def rate(value: str | Decimal | Fraction, /, *, name: str = "rate") -> Fraction:
    """
    Return a share between 0 and 1: ``"20%"``, ``"0.2"``, a Decimal or a Fraction.

    An int is refused but for 0, since 20 may mean either 20 % or 2000 %.

    Args:
        value: ``"20%"``, ``"0.2"``, ``Decimal("0.2")`` or a Fraction, from 0 to 1.

        name: Of the argument, for the error.

    Raises:
        InvalidAmount: No exact number, or not between 0 and 1.

    Source:
        docs/rules/money-amounts.md, rule M-6.

    >>> rate("20%")
    Fraction(1, 5)
    """
    exact = _rate(value, name)
    if 0 <= exact <= 1:
        return exact
    raise InvalidAmount(f"{name} is not between 0 and 1", 'Write it like "20%" or "0.2".')


def _rate(value: Any, name: str) -> Fraction:
    if isinstance(value, str):
        written = str.__str__(value)
        return ratio(written.removesuffix("%"), name) * (Fraction(1, 100) if written.endswith("%") else 1)
    if isinstance(value, int) and not isinstance(value, bool) and int.__index__(value) != 0:
        raise InvalidAmount(f"{name} is an int, which may mean percent or times", 'Write it like "20%" or "0.2".')
    return ratio(value, name)
