"""Policies: how credits meet debits."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, final

import attrs

from ledgerkit import _front, ids
from ledgerkit.errors import InvalidArgument, UsageError, choice
from ledgerkit.transactions import Portion


class Order(StrEnum):
    """Which debit a credit meets first, once no name decides it."""

    OLDEST_FIRST = "fifo"
    LATEST_FIRST = "lifo"
    IN_PROPORTION = "pro-rata"
    BY_PORTION = "statutory"
    BY_HAND = "by-hand"


def _order(given: Any) -> Order:
    return choice(given, Order, name="order")


def _portions(given: Any) -> tuple[Portion, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InvalidArgument(f"portions is {_front.brief(given)}", "Pass all portions, the first settled one first.")
    return tuple(choice(portion, Portion, name="portion") for portion in given)


@final
@attrs.frozen(kw_only=True)
class Policy:
    """
    How credits meet debits.

    Args:
        name: What it is called; rows carry it.

        order: Which debit comes first.

        named_first: Whether a credit goes to the debits it names before all others.

        portions: For :attr:`Order.BY_PORTION`, which portion is settled before which.

    Source:
        docs/rules/allocation.md, rules A-1 to A-6.
    """

    name: str
    order: Order = attrs.field(converter=_order)
    named_first: bool = False
    portions: tuple[Portion, ...] = attrs.field(
        default=(Portion.COSTS, Portion.INTEREST, Portion.PRINCIPAL),
        converter=_portions,
    )

    def __attrs_post_init__(self) -> None:
        ids.checked(self.name, name="name")
        if set(self.portions) != set(Portion) or len(self.portions) != len(Portion):
            listed = ", ".join(Portion)
            raise UsageError(f"policy {self.name!r} does not rank every portion once", f"Name each of {listed} once.")

    def __str__(self) -> str:
        return self.name


FIFO = Policy(name="fifo", order=Order.OLDEST_FIRST)
AGAINST_ITEM = Policy(name="against-item", order=Order.OLDEST_FIRST, named_first=True)
LIFO = Policy(name="lifo", order=Order.LATEST_FIRST)
PRO_RATA = Policy(name="pro-rata", order=Order.IN_PROPORTION)
STATUTORY = Policy(name="statutory", order=Order.BY_PORTION)
MANUAL = Policy(name="manual", order=Order.BY_HAND)
