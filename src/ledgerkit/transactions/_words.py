"""How figures read in trails and explanations: exact, plain, the same on every machine."""

from fractions import Fraction

from ledgerkit import money


def number(value: Fraction) -> str:
    """
    Write an exact number: as a decimal if it ends, else as a fraction, ``1/3``.

    >>> number(Fraction(1999, 100)), number(Fraction(-1, 3)), number(Fraction(4))
    ('19.99', '-1/3', '4')
    """
    digits = _decimals(value.denominator)
    if digits is None:
        return f"{value.numerator}/{value.denominator}"
    if digits == 0:
        return str(value.numerator)
    whole, part = divmod(abs(value.numerator) * 10**digits // value.denominator, 10**digits)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{digits}}"


def _decimals(den: int) -> int | None:
    twos = (den & -den).bit_length() - 1
    rest, fives = den >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def percent(rate: Fraction) -> str:
    """
    Write a rate in percent.

    >>> percent(Fraction(1, 5)), percent(Fraction(77, 1000))
    ('20%', '7.7%')
    """
    return f"{number(rate * 100)}%"


def exact(num: int, den: int, currency: str) -> str:
    """Write an exact ratio of minor units in the currency's own unit, with a settled amount's usual digits."""
    if den == 1:
        return money.minor_text(num, currency)
    return f"{number(Fraction(num, den * 10 ** money.exponent(currency)))} {currency}"
