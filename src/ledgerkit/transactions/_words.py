"""How figures read in trails and explanations: exact, plain, the same on every machine."""

from fractions import Fraction

from ledgerkit import money


def exact(num: int, den: int, currency: str) -> str:
    """Write an exact ratio of minor units in the currency's own unit, with a settled amount's usual digits."""
    if den == 1:
        return money.minor_text(num, currency)
    return f"{money.exact_text(Fraction(num, den * 10 ** money.exponent(currency)))} {currency}"
