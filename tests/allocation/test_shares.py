"""Share one amount: by portions, or by caps in order."""

from fractions import Fraction

import pytest

from ledgerkit import allocation, money
from ledgerkit.errors import InvalidArgument

eur = money.maker("EUR")
REMAINING = allocation.REMAINING


def parts(amount: str, shares: list[str | Fraction], **more: money.Method) -> list[str]:
    return [str(part.amount) for part in allocation.portions(eur(amount), shares, **more)]


def test_portions():
    """Percent, fractions, and what remains."""
    assert ["12.00", "2.25", "0.75"] == parts("15.00", ["80%", "15%", REMAINING])
    assert ["0.34", "0.33", "0.33"] == parts("1.00", ["1/3", Fraction(1, 3), REMAINING])
    assert ["-12.00", "-3.00"] == parts("-15.00", ["0.8", "20%"])
    assert ["15.00", "0.00"] == parts("15.00", ["100%", REMAINING])
    assert ["0.01", "0.07", "0.07"] == parts("0.15", ["0%", "50%", "50%"], method=money.Method.FIRST_GETS_ANY)


@pytest.mark.parametrize("shares", [["80%"], ["80%", "30%"], [REMAINING, REMAINING], [], ["80%", "30%", REMAINING]])
def test_portions_make_the_whole(shares):
    """No less, no more, one rest at most."""
    with pytest.raises(money.InvalidWeights, match="do not make the whole"):
        parts("15.00", shares)


@pytest.mark.parametrize("share", ["1/0", "a/b", "1/2/3", "-20%", "120%", "", "x", 0.5, None, "nan", "4/3"])
def test_a_portion_is_from_nothing_to_the_whole(share):
    """Anything else is refused in our words."""
    with pytest.raises((money.InvalidAmount, money.InvalidQuantity)):
        parts("15.00", [share, REMAINING])


@pytest.mark.parametrize("shares", ["80%", 5])
def test_portions_are_a_list(shares):
    """One text is no list."""
    with pytest.raises(InvalidArgument, match="where several are needed"):
        parts("15.00", shares)


def test_a_waterfall():
    """Each in turn up to its cap; a cap below zero takes nothing, none takes all that is left."""
    taken, left = allocation.waterfall(eur("100.00"), [eur("50.00"), eur("-5.00"), eur("20.00")])
    rest, nothing = allocation.waterfall(eur("100.00"), [eur("30.00"), None, eur("5.00")])

    assert (["50.00", "0.00", "20.00"], eur("30.00")) == ([str(part.amount) for part in taken], left)
    assert (["30.00", "70.00", "0.00"], eur("0.00")) == ([str(part.amount) for part in rest], nothing)
    assert ((), eur("1.00")) == allocation.waterfall(eur("1.00"), [])


def test_what_a_waterfall_refuses():
    """A negative amount, another currency, what is no list."""
    with pytest.raises(money.InvalidAmount, match="Share a positive amount"):
        allocation.waterfall(eur("-1.00"), [])
    with pytest.raises(money.CurrencyMismatch):
        allocation.waterfall(eur("1.00"), [money.of("1.00 USD")])
    with pytest.raises(InvalidArgument, match="caps is an int"):
        allocation.waterfall(eur("1.00"), 5)  # type: ignore[arg-type]
