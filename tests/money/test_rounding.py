"""Rounding: modes, increments, settling."""

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest

from ledgerkit import money
from ledgerkit.errors import InvalidArgument
from ledgerkit.money import InvalidAmount, Rounding

#          -2.5 -1.5 -1.2 -0.5 0.5 1.2 1.5 2.5
MODES = {
    "HALF_UP": [-3, -2, -1, -1, 1, 1, 2, 3],
    "HALF_EVEN": [-2, -2, -1, 0, 0, 1, 2, 2],
    "HALF_DOWN": [-2, -1, -1, 0, 0, 1, 1, 2],
    "UP": [-3, -2, -2, -1, 1, 2, 2, 3],
    "DOWN": [-2, -1, -1, 0, 0, 1, 1, 2],
    "CEILING": [-2, -1, -1, 0, 1, 2, 2, 3],
    "FLOOR": [-3, -2, -2, -1, 0, 1, 1, 2],
    "HALF_ODD": [-3, -1, -1, -1, 1, 1, 1, 3],
    "HALF_CEILING": [-2, -1, -1, 0, 1, 1, 2, 3],
    "HALF_FLOOR": [-3, -2, -1, -1, 0, 1, 1, 2],
}
TENTHS = [-25, -15, -12, -5, 5, 12, 15, 25]


@pytest.mark.parametrize("mode", MODES)
def test_modes(mode: str):
    """Each mode at halves and between, on both sides of zero; whole figures stay."""
    rounding = Rounding(mode)

    assert MODES[mode] == [money.round_ratio(tenths, 10, rounding) for tenths in TENTHS]
    assert [-3, 0, 3] == [money.round_ratio(whole, 10, rounding) for whole in (-30, 0, 30)]
    assert rounding == getattr(money, mode)
    assert rounding == Rounding(f"ROUND_{mode}")
    assert mode == rounding.mode


def test_the_default_is_half_up():
    """Half up, away from zero; a rounding that is equal to it gives the same."""
    assert MODES["HALF_UP"] == [money.round_ratio(tenths, 10) for tenths in TENTHS]
    assert MODES["HALF_UP"] == [money.round_ratio(tenths, 10, Rounding("HALF_UP")) for tenths in TENTHS]


def test_names_of_the_decimal_module():
    """Constants of the decimal module are names of modes."""
    assert money.HALF_EVEN == Rounding(ROUND_HALF_EVEN)


@pytest.mark.parametrize("mode", ["half_up", "ROUND_05UP", "NEAREST", "", None, 4, "x" * 100])
def test_unknown_modes(mode: object):
    """What is no mode is refused with the list of those there are."""
    with pytest.raises(InvalidArgument, match=r"is no way to round.*HALF_UP, HALF_EVEN"):
        Rounding(mode)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "increment", [0.05, "0.05", 5, Decimal(0), Decimal("-0.05"), Decimal("NaN"), Decimal("Infinity"), Decimal("1E+99")]
)
def test_increments_are_decimals_above_zero(increment: object):
    """An increment is a Decimal above zero."""
    with pytest.raises(InvalidAmount, match="increment"):
        Rounding("HALF_UP", increment)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "currency", "increment", "text"),
    [
        ("18.12", "CHF", "0.05", "18.10 CHF"),
        ("18.125", "CHF", "0.05", "18.15 CHF"),
        ("-18.125", "CHF", "0.05", "-18.15 CHF"),
        ("0.24", "DKK", "0.50", "0.00 DKK"),
        ("0.25", "DKK", "0.50", "0.50 DKK"),
        ("1.50", "SEK", "1", "2.00 SEK"),
        ("149", "JPY", "100", "100 JPY"),
        ("18.121", "CHF", None, "18.12 CHF"),
    ],
)
def test_settle(amount: str, currency: str, increment: str | None, text: str):
    """A figure with too many digits is rounded by name, to the minor unit or to a coin."""
    rounding = Rounding("HALF_UP", Decimal(increment) if increment else None)

    assert text == money.text(money.settle(amount, currency, rounding=rounding))


def test_settle_takes_exact_figures():
    """A Decimal, an int, a fraction."""
    assert "3.33 EUR" == money.text(money.settle(Fraction(10, 3), "EUR", rounding=money.HALF_UP))
    assert "3.00 EUR" == money.text(money.settle(3, "EUR", rounding=money.HALF_UP))
    assert "2.68 EUR" == money.text(money.settle(Decimal("2.675"), "EUR", rounding=money.HALF_UP))


def test_settle_needs_a_rounding():
    """What is no Rounding is refused."""
    with pytest.raises(InvalidArgument, match=r"no money\.Rounding"):
        money.settle("1.005", "EUR", rounding="HALF_UP")  # type: ignore[arg-type]


def test_an_increment_finer_than_the_currency():
    """A coin is a multiple of the minor unit."""
    with pytest.raises(InvalidAmount, match="finer than the minor unit of JPY"):
        money.settle("18", "JPY", rounding=Rounding("HALF_UP", Decimal("0.05")))


def test_an_increment_needs_a_currency():
    """A bare ratio has none, so the other door is named."""
    cash = Rounding("HALF_UP", Decimal("0.05"))

    with pytest.raises(InvalidArgument, match=r"money\.round_minor"):
        money.round_ratio(1813, 1, cash)
    assert 1815 == money.round_minor(1813, 1, currency="CHF", rounding=cash)
    assert 1813 == money.round_minor(18125, 10, currency="CHF")
