"""Splits: who gets the odd units."""

from decimal import Decimal
from fractions import Fraction

import pytest

from ledgerkit import money
from ledgerkit.money import InvalidAmount, InvalidWeights, Method

eur = money.maker("EUR")


@pytest.mark.parametrize(
    ("method", "parts"),
    [
        (Method.LARGEST_REMAINDER, [33, 0, 50, 17]),
        (Method.FIRST_GETS, [34, 0, 50, 16]),
        (Method.LAST_GETS, [33, 0, 50, 17]),
        (Method.LARGEST_RATIO, [33, 0, 51, 16]),
        (Method.CUMULATIVE, [33, 0, 50, 17]),
        (Method.FIRST_GETS_ANY, [34, 0, 50, 16]),
        (Method.CASCADE, [34, 0, 50, 16]),
    ],
)
def test_methods(method: Method, parts: list[int]):
    """A euro by 2, 0, 3, 1; the refund mirrors it; a method's text is the method."""
    weights = [2, 0, 3, 1]

    assert parts == money.split_minor(100, weights, method=method)
    assert [-part for part in parts] == money.split_minor(-100, weights, method=method)
    assert parts == money.split_minor(100, tuple(weights), method=method.value)
    assert tuple(eur(f"0.{part:02}") for part in parts) == money.split(eur(1), weights, method=method)


def test_a_zero_weight_first():
    """Only FIRST_GETS_ANY gives it a unit."""
    parts = {method: money.split_minor(100, [0, 2, 1], method=method) for method in Method}

    assert [1, 66, 33] == parts.pop(Method.FIRST_GETS_ANY)
    assert {0} == {given[0] for given in parts.values()}


def test_zero_weights_last():
    """The cascade passes over them too."""
    for method in Method:
        assert [100, 0, 0] == money.split_minor(100, [1, 0, 0], method=method)


def test_weights_may_be_any_exact_number():
    """Texts, ints, decimals and fractions, mixed."""
    assert (eur("0.50"), eur("0.25"), eur("0.25")) == money.split(eur(1), ["0.5", Decimal("0.25"), Fraction(1, 4)])


def test_weights_that_share_a_factor():
    """Large weights in lowest terms."""
    assert (eur(1), eur(2)) == money.split(eur(3), [10**40, 2 * 10**40])


def test_in_steps():
    """Parts are multiples of the increment; an amount that is none is refused."""
    chf = money.maker("CHF")
    step = Decimal("0.05")

    assert (chf("7.70"), chf("15.40"), chf("23.05"), chf("53.85")) == money.split(chf(100), [1, 2, 3, 7], increment=step)
    assert (chf("-0.05"), chf(0)) == money.split_even(chf("-0.05"), 2, increment=step)
    with pytest.raises(InvalidAmount, match=r"1\.03 CHF is no multiple of 0\.05 CHF"):
        money.split(chf("1.03"), [1, 1], increment=step)
    assert [35, 35, 30] == money.split_minor(100, [1, 1, 1], step=5)


def test_refused_weights_are_named():
    """The text says which weight it is."""
    with pytest.raises(InvalidWeights, match=r"weights\[1\] is below zero"):
        money.split(eur(1), [1, -1])
    with pytest.raises(InvalidWeights, match=r"weights\[1\] is None"):
        money.split(eur(1), [1, None])  # type: ignore[list-item]
    with pytest.raises(InvalidWeights, match=r"weights\[0\] is a float"):
        money.split_minor(1, [1.0])  # type: ignore[list-item]
    with pytest.raises(InvalidWeights, match="all weights are zero"):
        money.split_minor(1, [0, 0])


def test_keeping_the_rest():
    """Each part toward zero, or whole blocks, and what is left."""
    assert ((eur("0.66"), eur("0.33")), eur("0.01")) == money.split_keeping_rest(eur(1), [2, 1])
    assert ((eur("-0.66"), eur("-0.33")), eur("-0.01")) == money.split_keeping_rest(eur(-1), [200, 100], blocks=True)


def test_cumulative_minor():
    """From zero to each point; other roundings, refunds, no point at all."""
    assert [167, 166, 167] == money.cumulative_minor(1000, [1, 2, 3], 6)
    assert [-167, -166, -167] == money.cumulative_minor(-1000, [1, 2, 3], 6)
    assert [166, 167, 167] == money.cumulative_minor(1000, (1, 2, 3), 6, rounding=money.DOWN)
    assert [] == money.cumulative_minor(1000, [], 6)
    assert 167 == money.part_minor(1000, 2, 3, 6, money.DOWN)
