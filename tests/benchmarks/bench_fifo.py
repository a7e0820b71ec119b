"""
FIFO against the best that polars and a plain loop can do.

Both sides get what they work on ready made, and make all rows: credit, debit, minor units. Before anything is timed they have to agree.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from tests.benchmarks._runner import Benchmark, Pair

MANY = 100_000
FIRST_DAY = date(2024, 1, 1).toordinal()
DAY = date(2026, 1, 1)


def _amounts(count: int, seed: int) -> list[int]:
    draw = random.Random(seed)
    return [draw.randint(1, 100_000) for _ in range(count)]


def _days(count: int, seed: int) -> list[int]:
    draw = random.Random(seed)
    return [FIRST_DAY + draw.randrange(730) for _ in range(count)]


def _columns(letter: str, amounts: Sequence[int], days: Sequence[int]) -> Any:
    from ledgerkit import allocation

    ids = [f"{letter}-{at}" for at in range(len(amounts))]
    return allocation.Items(currency="EUR", ids=ids, open_minor=amounts, posted_on=days)


def _ours(count: int, *, in_order: bool) -> Callable[[], Any]:
    from ledgerkit import allocation

    days_c, days_d = _days(count, 3), _days(count, 4)
    if in_order:
        days_c, days_d = sorted(days_c), sorted(days_d)
    credits = _columns("C", _amounts(count, 1), days_c)
    debits = _columns("D", _amounts(count, 2), days_d)
    return partial(allocation.allocate, credits, debits, on=DAY, policy=allocation.FIFO)


# ------------------------------------------------------------------------------------------------------------- polars


def _polars(count: int, *, in_order: bool) -> Callable[[], Any]:
    """
    The overlap of two running totals: merge them, fill each side's position backward, take the differences.

    Of what was tried (eager, lazy, positions by ``search_sorted``, positions of 32 bits, a sort of the concatenated totals instead of
    a merge), the quickest on this machine counts.
    """
    import polars as pl

    credits = pl.DataFrame({"minor": _amounts(count, 1), "on": _days(count, 3)})
    debits = pl.DataFrame({"minor": _amounts(count, 2), "on": _days(count, 4)})
    if in_order:
        credits = credits.with_columns(pl.col("on").sort())
        debits = debits.with_columns(pl.col("on").sort())
    ways = [partial(way, pl, credits, debits, in_order) for way in (_merged, _merged_lazily, _concatenated)]
    return min(ways, key=_quickest)


def _quickest(way: Callable[[], Any]) -> float:
    from time import perf_counter

    took = []
    for _ in range(7):
        began = perf_counter()
        way()
        took.append(perf_counter() - began)
    return min(took)


def _placed(pl: Any, frame: Any, name: str, other: str, in_order: bool) -> Any:
    """The running total of a side in its order, with the position of each row; the other side's position is not known here."""
    found = frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(name))
    if not in_order:
        found = found.sort("on", maintain_order=True)
    return found.select(pl.col("minor").cum_sum().alias("total"), pl.col(name), pl.lit(None, dtype=pl.UInt32).alias(other))


def _rows(pl: Any, merged: Any) -> Any:
    return merged.select(
        pl.col("credit", "debit").backward_fill(),
        pl.col("total").diff().fill_null(pl.col("total")).alias("minor"),
    ).filter((pl.col("minor") > 0) & pl.col("credit").is_not_null() & pl.col("debit").is_not_null())


_ORDER = ("total", "credit", "debit")


def _merged(pl: Any, credits: Any, debits: Any, in_order: bool) -> Any:
    left = _placed(pl, credits, "credit", "debit", in_order)
    right = _placed(pl, debits, "debit", "credit", in_order).select(_ORDER)
    return _rows(pl, left.merge_sorted(right, key="total"))


def _merged_lazily(pl: Any, credits: Any, debits: Any, in_order: bool) -> Any:
    return _merged(pl, credits.lazy(), debits.lazy(), in_order).collect()


def _concatenated(pl: Any, credits: Any, debits: Any, in_order: bool) -> Any:
    left = _placed(pl, credits, "credit", "debit", in_order)
    right = _placed(pl, debits, "debit", "credit", in_order).select(_ORDER)
    return _rows(pl, pl.concat([left, right]).sort("total"))


def against_polars(*, in_order: bool) -> Pair:
    ours, theirs = _ours(MANY, in_order=in_order), _polars(MANY, in_order=in_order)
    made, found = ours(), theirs()
    if [list(made.credit), list(made.debit), list(made.minor)] != [column.to_list() for column in found]:
        raise AssertionError("the two do not make the same rows")
    return Pair(candidate=ours, opponent=theirs)


# ------------------------------------------------------------------------------------------------------- objects


def _items(count: int) -> tuple[list[Any], list[Any]]:
    from ledgerkit import allocation, money

    sides = []
    for letter, seed in (("C", 1), ("D", 2)):
        days = sorted(_days(count, seed + 2))
        pairs = zip(_amounts(count, seed), days, strict=True)
        sides.append(
            [
                allocation.Item(id=f"{letter}-{at}", amount=money.from_minor(minor, "EUR"), posted_on=date.fromordinal(day))
                for at, (minor, day) in enumerate(pairs)
            ]
        )
    return sides[0], sides[1]


def _plain_loop(credits: Sequence[tuple[str, Any]], debits: Sequence[tuple[str, Any]]) -> list[tuple[str, str, Any]]:
    """
    What a host would write: each credit in turn takes from each debit in turn, both reduced by what was taken.

    Plain, and spared what ours does besides: it is given ids and amounts in order, checks nothing and dates nothing. Tuned by hand,
    with one subtraction and no ``min`` a row, it would take about half the time.
    """
    rows = []
    owed = iter(debits)
    debit, left = next(owed)
    for credit, amount in credits:
        have = amount
        while have:
            taken = min(have, left)
            rows.append((credit, debit, taken))
            have -= taken
            left -= taken
            if not left:
                following = next(owed, None)
                if following is None:
                    return rows
                debit, left = following
    return rows


def objects(*, read: bool) -> Pair:
    from ledgerkit import allocation

    credits, debits = _items(2_000)
    loop = partial(_plain_loop, [(item.id, item.amount) for item in credits], [(item.id, item.amount) for item in debits])
    unread = partial(allocation.allocate, credits, debits, on=DAY, policy=allocation.FIFO)
    if loop() != [(row.credit, row.debit, row.amount) for row in unread()]:
        raise AssertionError("the two do not make the same rows")

    def iterated() -> None:
        for _ in unread():
            pass

    return Pair(candidate=iterated if read else unread, opponent=loop)


def growth() -> Pair:
    return Pair(candidate=_ours(200_000, in_order=True), opponent=_ours(50_000, in_order=True))


BENCHMARKS = [
    Benchmark(name="fifo-sorted", bound=3.5, pair=partial(against_polars, in_order=True)),
    Benchmark(name="fifo-unsorted", bound=5, pair=partial(against_polars, in_order=False)),
    Benchmark(name="fifo-objects", bound=1 / 3, pair=partial(objects, read=False)),
    Benchmark(name="fifo-objects-iterated", bound=1 / 2, pair=partial(objects, read=True)),
    Benchmark(name="fifo-growth", bound=6, pair=growth),
]
