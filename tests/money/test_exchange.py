"""Exchange: exact rates, one rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest

from ledgerkit import money
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.money import ExchangeRate

TO_YEN = ExchangeRate(base="USD", quote="JPY", rate="101.5")


def test_exchange_rounds_once():
    """Half up by default, else as named, and to a coin."""
    dollar = money.of("1.00 USD")

    assert "102 JPY" == money.text(money.exchange(dollar, TO_YEN))
    assert "101 JPY" == money.text(money.exchange(dollar, TO_YEN, rounding=money.DOWN))
    assert "100 JPY" == money.text(money.exchange(dollar, TO_YEN, rounding=money.Rounding("HALF_UP", Decimal(10))))
    assert "-102 JPY" == money.text(money.exchange(money.negate(dollar), TO_YEN))


def test_rates_show_themselves():
    """As people write them; a fraction without an end as a ratio."""
    assert "1 USD = 101.5 JPY" == str(TO_YEN)
    assert "1 JPY = 2/203 USD" == str(TO_YEN.inverse())
    assert "1 EUR = 2 USD" == str(ExchangeRate(base="EUR", quote="USD", rate=2))


def test_there_and_back():
    """The inverse is exact."""
    kuna = ExchangeRate(base="EUR", quote="HRK", rate="7.53450")
    amount = money.of("100.00 EUR")

    assert "753.45 HRK" == money.text(there := money.exchange(amount, kuna))
    assert amount == money.exchange(there, kuna.inverse())


def test_exact():
    """Not rounded, in major units."""
    assert Fraction(203, 2) == money.exchange_exact(money.of("1.00 USD"), TO_YEN)


def test_other_units():
    """A coin of eight digits."""
    assert 1_350_000 == money.exchange_minor(100_000_000, "13500", exponent_from=8, exponent_to=2)
    assert 100_000_000 == money.exchange_minor(1_350_000, Fraction(1, 13500), exponent_from=2, exponent_to=8)
    assert 0 == money.exchange_minor(1, "6597", exponent_from=8, exponent_to=2)
    assert 1 == money.exchange_minor(1, "6597", exponent_from=8, exponent_to=2, rounding=money.UP)


@pytest.mark.parametrize("exponent", [-1, 65, 10**9])
def test_other_units_have_a_limit(exponent: int):
    """Decimals from 0 to 64."""
    with pytest.raises(LimitExceeded, match="between 0 and 64"):
        money.exchange_minor(1, 1, exponent_from=exponent, exponent_to=2)


def test_what_is_no_int():
    """Minor units and decimals are ints."""
    with pytest.raises(InvalidArgument, match="minor is a float"):
        money.exchange_minor(1.0, 1, exponent_from=2, exponent_to=2)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="exponent_to is a bool"):
        money.exchange_minor(1, 1, exponent_from=2, exponent_to=True)
    with pytest.raises(InvalidArgument, match="where an ExchangeRate is needed"):
        money.exchange(money.of("1.00 USD"), "1.1")  # type: ignore[arg-type]
