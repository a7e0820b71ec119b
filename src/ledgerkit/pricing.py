"""
What a price comes to; for now, what is taken off one: a share, or a fixed amount.

A discount is a value. The line of a document applies it: shares compound in their order, then fixed amounts come off, and
nothing falls below zero.
"""

from decimal import Decimal
from fractions import Fraction
from typing import final

import attrs
from moneyed import Money

from ledgerkit import _front, money
from ledgerkit.errors import UsageError

__all__ = ["Discount", "InvalidDiscount", "amount_off", "percent_off"]


class InvalidDiscount(UsageError, ValueError):
    """A discount is neither a share nor an amount, both at once, or would raise the price."""


@final
@attrs.frozen(init=False, repr=False, order=False)
class Discount:
    """
    A share off, or an amount off; make it with :func:`percent_off` or :func:`amount_off`.

    Args:
        percent: The share, from 0 to 1, ``"10%"`` or ``"0.1"``; or

        amount: The amount, not negative, in the currency of the price.

    Raises:
        InvalidDiscount: Neither or both are given, or *amount* is negative.
        InvalidAmount: *percent* is not a share, or *amount* not a settled amount.

    Source:
        docs/rules/discounts.md, rule DI-1.

    >>> print(Discount(percent="12.5%"))
    12.5% off
    """

    percent: Fraction | None
    amount_minor: int | None
    currency: str | None

    def __init__(self, *, percent: str | Decimal | Fraction | None = None, amount: Money | None = None) -> None:
        if percent is not None and amount is None:
            self.__attrs_init__(money.rate(percent, name="percent"), None, None)
        elif amount is not None and percent is None:
            self.__attrs_init__(None, _not_negative(amount), money.currency_of(amount))
        else:
            raise InvalidDiscount("a discount takes a share or an amount", 'Pass percent="10%" or amount=..., one of them.')

    @property
    def amount(self) -> Money | None:
        """The fixed amount, if it is one."""
        if self.amount_minor is None or self.currency is None:
            return None
        return money.from_minor(self.amount_minor, self.currency)

    def __str__(self) -> str:
        amount = self.amount
        return f"{money.percent_text(self.percent or Fraction(0)) if amount is None else money.text(amount)} off"

    __repr__ = _front.shown("percent", "amount")


def _not_negative(amount: Money) -> int:
    minor = money.to_minor(amount, name="amount")
    if minor < 0:
        shown = money.minor_text(minor, money.currency_of(amount))
        raise InvalidDiscount(f"a discount of {shown} would raise the price", "Take the minus away, or bill a line for it.")
    return minor


def percent_off(rate: str | Decimal | Fraction, /) -> Discount:
    """
    Return the discount of a share of the price.

    Args:
        rate: From 0 to 1: ``"10%"``, ``"0.1"``, ``Decimal("0.1")`` or ``Fraction(1, 10)``.

    Raises:
        InvalidAmount: It is not a share.

    Source:
        docs/rules/discounts.md, rule DI-1.

    >>> percent_off("10%").percent
    Fraction(1, 10)
    """
    return Discount(percent=money.rate(rate, name="rate"))


def amount_off(amount: Money, /) -> Discount:
    """
    Return the discount of a fixed amount.

    Args:
        amount: In the currency of the price, not negative.

    Raises:
        InvalidDiscount: It is negative.
        InvalidAmount: It is not a settled amount.

    Source:
        docs/rules/discounts.md, rule DI-1.

    >>> print(amount_off(money.of("5.00 EUR")))
    5.00 EUR off
    """
    return Discount(amount=amount)


_front.publish(globals())
