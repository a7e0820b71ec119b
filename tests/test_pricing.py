"""Discounts: a share or an amount."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from ledgerkit import money, pricing
from ledgerkit.pricing import Discount, InvalidDiscount

P: Any = pricing  # for what the types forbid
eur = money.maker("EUR")


@pytest.mark.parametrize(
    ("rate", "share", "text"),
    [
        ("10%", Fraction(1, 10), "10% off"),
        ("0.125", Fraction(1, 8), "12.5% off"),
        (Decimal("0.0005"), Fraction(1, 2000), "0.05% off"),
        (Fraction(1, 3), Fraction(1, 3), "1/3 off"),
        ("0", Fraction(0), "0% off"),
        ("100%", Fraction(1), "100% off"),
    ],
)
def test_a_share_off(rate: Any, share: Fraction, text: str):
    """Exact, and printed as a percentage where it is one."""
    discount = pricing.percent_off(rate)

    assert (share, None, text) == (discount.percent, discount.amount, str(discount))
    assert discount == Discount(percent=rate)


def test_an_amount_off():
    """In its currency, which nothing the host does to its Money changes."""
    given = eur("5.00")
    discount = pricing.amount_off(given)
    vars(given)["amount"] = Decimal(7)

    assert (None, eur("5.00"), "5.00 EUR off") == (discount.percent, discount.amount, str(discount))
    assert repr(discount).startswith("Discount(percent=None, amount=")


@pytest.mark.parametrize("discount", [pricing.percent_off("10%"), pricing.amount_off(eur("5.00"))])
def test_a_discount_is_a_value(discount: Discount):
    """It comes back from a pickle."""
    for again in (pickle.loads(pickle.dumps(discount)), copy.deepcopy(discount)):
        assert (discount, hash(discount)) == (again, hash(again))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: P.Discount(), InvalidDiscount),
        (lambda: P.Discount(percent="10%", amount=eur("5.00")), InvalidDiscount),
        (lambda: P.amount_off(eur("-5.00")), InvalidDiscount),
        (lambda: P.amount_off("5.00"), money.InvalidAmount),
        (lambda: P.amount_off(None), InvalidDiscount),
        (lambda: P.percent_off(10), money.InvalidAmount),
        (lambda: P.percent_off("110%"), money.InvalidAmount),
        (lambda: P.percent_off("-10%"), money.InvalidAmount),
        (lambda: P.percent_off(0.1), money.InvalidAmount),
    ],
)
def test_what_is_no_discount_is_refused(make, error):
    """By name."""
    with pytest.raises(error):
        make()
