"""
Allocation: which credit settles which debit, and how much of it.

``allocate`` works on plain items, without an account; ``receivables`` applies the same kernels at every posting. A policy is a value:
FIFO, against item and then FIFO (the default), LIFO, pro rata, the statutory order of costs, interest and principal, or by hand.
Every row says why it is there. The rules are in ``docs/rules/allocation.md``.
"""

from ledgerkit import _front
from ledgerkit.allocation._allocate import allocate, credit_key, debit_key
from ledgerkit.allocation._exchange import REALIZED, Realized, carried_share, realize
from ledgerkit.allocation._kernel import in_order, pro_rata
from ledgerkit.allocation._policy import AGAINST_ITEM, FIFO, LIFO, MANUAL, PRO_RATA, STATUTORY, Order, Policy
from ledgerkit.allocation._release import is_displaceable, latest_first, release
from ledgerkit.allocation._result import Allocations
from ledgerkit.allocation._rules import RULES
from ledgerkit.allocation._shares import REMAINING, portions, waterfall
from ledgerkit.allocation._types import (
    Allocation,
    Item,
    Items,
    OverAllocation,
    Release,
    mismatched,
    named,
)

__all__ = [
    "AGAINST_ITEM",
    "FIFO",
    "LIFO",
    "MANUAL",
    "PRO_RATA",
    "REALIZED",
    "REMAINING",
    "RULES",
    "STATUTORY",
    "Allocation",
    "Allocations",
    "Item",
    "Items",
    "Order",
    "OverAllocation",
    "Policy",
    "Realized",
    "Release",
    "allocate",
    "carried_share",
    "credit_key",
    "debit_key",
    "in_order",
    "is_displaceable",
    "latest_first",
    "mismatched",
    "named",
    "portions",
    "pro_rata",
    "realize",
    "release",
    "waterfall",
]

_front.publish(globals())
