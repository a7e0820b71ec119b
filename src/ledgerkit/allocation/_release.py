"""Take allocations back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from moneyed import Money

from ledgerkit import _front, ids, money, periods
from ledgerkit.allocation._policy import Order
from ledgerkit.allocation._types import Allocation, OverAllocation, Release
from ledgerkit.errors import InvalidArgument

# Rows that a newcomer may displace: those that an order made, not those that a name, a hand or a document made.
_DISPLACEABLE = frozenset(Order) - {Order.BY_HAND}


def is_displaceable(policy: str, /) -> bool:
    """
    Say whether a credit that names a debit may displace a row that *policy* made: an order's rows, not those of a name or a hand.

    Args:
        policy: What made the row.

    Source:
        docs/rules/allocation.md, rule A-3.

    >>> is_displaceable("fifo"), is_displaceable("by-hand")
    (True, False)
    """
    given: Any = policy
    return isinstance(given, str) and str.__str__(given) in _DISPLACEABLE


def latest_first(minors: Sequence[int], needed: int, /) -> list[tuple[int, int]]:
    """
    Return which rows to release, and how much of each, to free *needed* minor units: the latest first.

    Args:
        minors: Minor units of the rows, oldest first.

        needed: Minor units; less is freed where the rows hold less.

    Source:
        docs/rules/allocation.md, rule A-7.

    >>> latest_first([500, 300], 400)
    [(1, 300), (0, 100)]
    """
    if type(needed) is not int or not isinstance(minors, list | tuple) or not set(map(type, minors)) <= {int}:
        raise InvalidArgument("what is to be freed is not counted in int", "Pass a list of minor units, and how many.")
    freed = []
    for at in range(len(minors) - 1, -1, -1):
        if needed <= 0:
            break
        taken = min(needed, minors[at])
        freed.append((at, taken))
        needed -= taken
    return freed


def release(rows: Iterable[Allocation], /, *, on: date, reason: str, amount: Money | None = None) -> tuple[Release, ...]:
    """
    Take allocations back, without an account: the latest rows first.

    Args:
        rows: Allocations of one currency, oldest first.

        on: The day of the release; a row counts from the later of this day and its own.

        reason: Why, in the user's words.

        amount: How much is to be free again; all of it when left out.

    Raises:
        OverAllocation: The rows hold less than *amount*.

    Source:
        docs/rules/allocation.md, rule A-7.

    >>> from ledgerkit import money
    >>> eur = money.maker("EUR")
    >>> row = Allocation(credit="PAY-3", debit="INV-7", amount=eur("50.00"), on=date(2026, 3, 10), policy="fifo")
    >>> print(*release([row], on=date(2026, 3, 15), reason="displaced", amount=eur("20.00")))
    20.00 EUR of PAY-3 leaves INV-7: displaced
    """
    if not isinstance(rows, Iterable):
        raise InvalidArgument(f"rows is {_front.a(rows)}", "Pass the rows of an allocation.")
    taken = tuple(rows)
    if any(type(row) is not Allocation for row in taken):
        raise InvalidArgument("one of rows is not an Allocation", "Pass the rows of an allocation.")
    day, why = periods.civil_date(on), ids.text(reason, name="reason")
    minors = [row.amount_minor for row in taken]
    held = money.total([row.amount for row in taken], currency=taken[0].currency) if taken else None
    needed = sum(minors) if amount is None else money.to_minor(amount, currency=taken[0].currency if taken else None)
    if amount is not None and needed < 0:
        raise money.InvalidAmount(f"amount is {money.text(amount)}", "Release a positive amount.")
    if amount is not None and needed > sum(minors):
        raise OverAllocation("these rows", 0 if held is None else money.to_minor(held), needed, money.currency_of(amount))
    return tuple(_released(taken[at], minor, day, why) for at, minor in latest_first(minors, needed))


def _released(row: Allocation, minor: int, day: date, reason: str) -> Release:
    made = Release.__new__(Release)
    made.__attrs_init__(row.credit, row.debit, row.currency, minor, max(day, row.on), reason, row.policy, row.version)
    return made
