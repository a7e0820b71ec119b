"""
The kernels: ints and tuples in, int columns out. Every allocation in ledgerkit goes through one of these.

Nothing here knows of money, dates or documents, and nothing is checked: the callers did.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from operator import le
from typing import Any, TypeAlias

from ledgerkit import money
from ledgerkit.errors import InvalidArgument

# Credit positions, debit positions, minor units: the rows of an allocation, one list each.
Columns: TypeAlias = tuple[list[int], list[int], list[int]]


def in_order(credits: Sequence[int], debits: Sequence[int]) -> Columns:
    """
    Let each credit in turn settle each debit in turn; nothing is checked.

    This is the overlap of the two running totals: one pass, two pointers, at most ``len(credits) + len(debits) - 1`` rows.

    Args:
        credits: Minor units, positive.

        debits: Minor units, positive.

    Returns:
        Positions of credits, positions of debits, minor units: a list each.

    Source:
        docs/rules/allocation.md, rule A-2.

    >>> in_order([30, 50], [60])
    ([0, 1], [0, 0], [30, 30])
    """
    try:
        return _walked(credits, debits)
    except TypeError:
        raise _not_counted() from None


def _not_counted() -> InvalidArgument:
    return InvalidArgument("an amount to allocate is not counted in int", "Pass two lists of minor units.")


def _walked(credits: Sequence[int], debits: Sequence[int]) -> Columns:
    rows_c: list[int] = []
    rows_d: list[int] = []
    rows: list[int] = []
    add_c, add_d, add = rows_c.append, rows_d.append, rows.append
    owed = iter(debits)
    left = next(owed, 0)
    d = 0
    for c, amount in enumerate(credits):
        have = amount
        while have > left:
            if not left:
                return rows_c, rows_d, rows
            add_c(c)
            add_d(d)
            add(left)
            have -= left
            left = next(owed, 0)
            d += 1
        if not left:
            return rows_c, rows_d, rows
        add_c(c)
        add_d(d)
        add(have)
        left -= have
        if not left:
            left = next(owed, 0)
            d += 1
    return rows_c, rows_d, rows


def pro_rata(credits: Sequence[int], debits: Sequence[int]) -> Columns:
    """
    Let each credit in turn settle all debits in proportion to what is open, by largest remainder; nothing is checked.

    A credit below the total never gives a debit more than is open: its exact share is less than that, so is its rounded one.

    Args:
        credits: Minor units, positive.

        debits: Minor units, positive.

    Returns:
        Positions of credits, positions of debits, minor units: a list each.

    Source:
        docs/rules/allocation.md, rule A-5.

    >>> pro_rata([100], [100, 150, 50])
    ([0, 0, 0], [0, 1, 2], [33, 50, 17])
    """
    try:
        return _shared(credits, debits)
    except TypeError:
        raise _not_counted() from None


def _shared(credits: Sequence[int], debits: Sequence[int]) -> Columns:
    columns: Columns = ([], [], [])
    left = list(debits)
    for c, have in enumerate(credits):
        taken = min(have, sum(left))
        if not taken:
            break
        for d, part in enumerate(money.split_minor(taken, left)):
            if part:
                left[d] -= part
                add_row(columns, c, d, part)
    return columns


def add_row(columns: Columns, credit: int, debit: int, minor: int) -> None:
    """Append one row."""
    columns[0].append(credit)
    columns[1].append(debit)
    columns[2].append(minor)


def named_first(have: list[int], left: list[int], names: Iterable[tuple[int, Sequence[int]]], columns: Columns) -> None:
    """
    Let each credit that names debits settle them, in the order given; *have* and *left* are reduced in place.

    Args:
        names: Credit positions in their order, each with the positions of the debits it names, in their order.
    """
    for c, wanted in names:
        for d in wanted:
            taken = min(have[c], left[d])
            if taken:
                have[c] -= taken
                left[d] -= taken
                add_row(columns, c, d, taken)


def is_rising(column: Sequence[Any]) -> bool:
    """Say whether no value of a column is below the one before it."""
    return all(map(le, column, islice(column, 1, None)))


def in_date_order(posted: Sequence[int], due: Sequence[int]) -> bool:
    """Say whether rows stand by due date, then by posting date."""
    return is_rising(posted) if due is posted else is_rising(list(zip(due, posted, strict=True)))


def by_value(positions: Iterable[int], column: Sequence[int], latest_first: bool = False) -> "array[int]":
    """
    Return the positions by their value in *column*; equal values keep the order they came in.

    Days are few and documents many, so they are gathered by day. Positions and amounts are copied into arrays, side by side: ints
    read in another order than they were made in come out of the cache one by one, and cost several times as much.
    """
    places: dict[int, array[int]] = defaultdict(lambda: array("q"))
    for at in positions:
        places[column[at]].append(at)
    order = array("q")
    for value in sorted(places, reverse=latest_first):
        order.extend(places[value])
    return order


def gathered(amounts: Sequence[int], order: Sequence[int]) -> list[int]:
    """Return the amounts in this order."""
    return list(map(_side_by_side(amounts).__getitem__, order))


def _side_by_side(amounts: Sequence[int]) -> Sequence[int]:
    try:
        return array("q", amounts)
    except OverflowError:  # more than 64 bits: slower, and as exact
        return amounts


def sorted_positions(keys: Sequence[Any]) -> list[int]:
    """Return the positions of *keys* in their order; equal keys keep the order they came in."""
    return sorted(range(len(keys)), key=keys.__getitem__)
