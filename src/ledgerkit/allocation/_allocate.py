"""Allocate credits to debits, without an account."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import compress
from operator import attrgetter
from typing import Any

import attrs

from ledgerkit import _front, ids, periods
from ledgerkit.allocation import _kernel
from ledgerkit.allocation._policy import AGAINST_ITEM, Order, Policy
from ledgerkit.allocation._result import Allocations, Facts
from ledgerkit.allocation._types import Item, Items, mismatched, repeated
from ledgerkit.errors import InvalidArgument
from ledgerkit.transactions import Portion

_LAST = date.max.toordinal()


def credit_key(priority: int, expires: int | None, posted: int, arrival: int) -> tuple[int, int, int, int]:
    """
    Return what credits are ordered by: priority, soonest expiry, earliest posting, arrival.

    Args:
        priority: A lower one is used first.

        expires: The ordinal of the day, or ``None`` for never.

        posted: The ordinal of the day of posting.

        arrival: Its place in the order of arrival.

    Source:
        docs/rules/allocation.md, rule A-1.

    >>> credit_key(0, None, 739_000, 4) > credit_key(0, 740_000, 739_100, 5)  # an expiry comes before none
    True
    """
    return (priority, _LAST if expires is None else expires, posted, arrival)


def debit_key(
    policy: Policy, /, *, due: int, posted: int, arrival: int, portion: Portion = Portion.PRINCIPAL
) -> tuple[int, int, int, int]:
    """
    Return what debits are ordered by under *policy*: earliest due date, earliest posting, arrival.

    The latest come first under LIFO, where equal dates keep their order of arrival. Under a statutory order the portion
    decides before all dates.

    Args:
        due: The ordinal of the due date.

        posted: The ordinal of the day of posting.

        arrival: Its place in the order of arrival.

        portion: What the debit is made of.

    Source:
        docs/rules/allocation.md, rules A-1, A-4 and A-6.

    >>> from ledgerkit.allocation import FIFO, LIFO
    >>> debit_key(FIFO, due=739_010, posted=739_000, arrival=1), debit_key(LIFO, due=739_010, posted=739_000, arrival=1)
    ((0, 739010, 739000, 1), (0, -739010, -739000, 1))
    """
    if type(policy) is not Policy:
        raise InvalidArgument(f"policy is {_front.a(policy)}", "Pass one of allocation's policies, as FIFO.")
    if policy.order is Order.LATEST_FIRST:
        return (0, -due, -posted, arrival)
    rank = policy.portions.index(portion) if policy.order is Order.BY_PORTION else 0
    return (rank, due, posted, arrival)


@attrs.frozen
class _Side:
    """One side as columns in the order of the call, the positions that take part, in their order, and the names."""

    currency: str | None
    ids: Sequence[str]
    open: Sequence[int]
    posted: Sequence[int]
    due: Sequence[int]
    order: Sequence[int] | None
    held: frozenset[int]
    against: Mapping[int, tuple[str, ...]]
    names: AbstractSet[str]
    ordered: bool
    positive: bool


def allocate(
    credits: Iterable[Item] | Items, debits: Iterable[Item] | Items, /, *, on: date, policy: Policy = AGAINST_ITEM
) -> Allocations:
    """
    Settle debits with credits under *policy*, without an account.

    Credits are used by priority, then soonest expiry, then earliest posting, then arrival; debits are settled by earliest due
    date, then posting, then arrival, as the policy says. Ids are never compared for order. Held items take part only by name.

    Args:
        credits: What there is to settle with, all of one currency.

        debits: What there is to settle, of the same currency.

        on: The day of the allocation; a row counts from the latest of this day and the two posting days.

        policy: How they meet.

    Returns:
        The rows as columns, with what stays open and unallocated, and the trail.

    Raises:
        CurrencyMismatch: Two currencies.
        DuplicateId: An id twice on one side, or on both.
        UnknownReference: A credit names a debit that is not among *debits*.

    Source:
        docs/rules/allocation.md, rules A-1 to A-6.

    >>> from ledgerkit import money
    >>> eur = money.maker("EUR")
    >>> paid = Item(id="PAY-1", amount=eur("100.00"), posted_on=date(2026, 3, 10))
    >>> bill = [Item(id="INV-2", amount=eur("60.00"), posted_on=date(2026, 3, 1), due_on=date(2026, 3, 31)),
    ...         Item(id="INV-1", amount=eur("55.00"), posted_on=date(2026, 2, 1), due_on=date(2026, 3, 3))]
    >>> print(allocate([paid], bill, on=date(2026, 3, 10)).explain())
    100.00 EUR allocated by against-item on 2026-03-10
      allocation.fifo/1: PAY-1 -> INV-1 55.00 EUR, due 2026-03-03; INV-1 is settled
      allocation.fifo/1: PAY-1 -> INV-2 45.00 EUR, due 2026-03-31; 15.00 EUR stays open
    """
    if type(policy) is not Policy:
        raise InvalidArgument(f"policy is {_front.a(policy)}", "Pass one of allocation's policies, as FIFO.")
    day = periods.civil_date(on)
    left = _side(credits, None, "credits")
    right = _side(debits, policy, "debits")
    currency = _one_currency(left, right)
    _no_shared_id(left.names, right.names)
    named, columns = _matched(left, right, policy)
    facts = Facts(left.open, left.posted, right.open, right.posted, right.due)
    made = Allocations.__new__(Allocations)
    rows_c, rows_d, rows = columns
    made.__attrs_init__(currency, policy, day, tuple(rows_c), tuple(rows_d), tuple(rows), left.ids, right.ids, named, facts)
    return made


_READ = attrgetter(
    "id", "currency", "open_minor", "posted_on", "due_on", "held", "against", "priority", "expires_on", "arrival", "portion"
)


def _side(given: Any, policy: Policy | None, name: str) -> _Side:
    """Return what was passed as columns; debits come with the policy that orders them."""
    if type(given) is Items:
        return _columns(given)
    if isinstance(given, Item | str) or not isinstance(given, Iterable):
        raise InvalidArgument(f"{name} is {_front.a(given)}", "Pass a list of allocation.Item.")
    items = tuple(given)
    if not items:
        return _Side(None, (), (), (), (), (), frozenset(), {}, frozenset(), True, True)
    if set(map(type, items)) != {Item}:
        odd = next(item for item in items if type(item) is not Item)
        raise InvalidArgument(f"one of {name} is {_front.a(odd)}", "Make each of them with allocation.Item(...).")
    names, codes, minors, posted_on, due_on, helds, againsts, *keyed = zip(*map(_READ, items), strict=True)
    known = _unique(names)
    posted = tuple(map(date.toordinal, posted_on))
    due = posted if policy is None or not any(due_on) else _due(due_on, posted)
    held = frozenset(compress(range(len(items)), helds)) if any(helds) else frozenset()
    against = {at: wanted for at, wanted in enumerate(againsts) if wanted} if any(againsts) else {}
    columns = (_agreed(codes), names, minors, posted, due)
    if _by_dates(*keyed):
        return _Side(*columns, None, held, against, known, _kernel.in_date_order(posted, due), not held and min(minors) > 0)
    order = _credit_order(items) if policy is None else _debit_order(items, policy)
    return _Side(*columns, order, held, against, known, False, False)


def _due(due_on: Iterable[date | None], posted: Iterable[int]) -> tuple[int, ...]:
    return tuple(day if due is None else due.toordinal() for due, day in zip(due_on, posted, strict=True))


def _by_dates(priority: Any, expires_on: Any, arrival: Any, portion: Any) -> bool:
    """Say whether dates and the place in the call alone decide the order."""
    few = not any(priority) and not any(expires_on)
    return few and arrival.count(None) == len(arrival) and portion.count(portion[0]) == len(portion)


def _agreed(currencies: Sequence[str]) -> str | None:
    if len(set(currencies)) > 1:
        raise mismatched(*sorted(set(currencies))[:2])
    return currencies[0] if currencies else None


def _unique(names: Sequence[str]) -> AbstractSet[str]:
    known = set(names)
    if len(known) < len(names):
        raise ids.DuplicateId(repeated(names), "item")
    return known


def _credit_order(items: Sequence[Item]) -> Sequence[int]:
    return _kernel.sorted_positions(
        [
            credit_key(
                item.priority,
                None if item.expires_on is None else item.expires_on.toordinal(),
                item.posted_on.toordinal(),
                at if item.arrival is None else item.arrival,
            )
            for at, item in enumerate(items)
        ]
    )


def _debit_order(items: Sequence[Item], policy: Policy) -> Sequence[int]:
    return _kernel.sorted_positions(
        [
            debit_key(
                policy,
                due=(item.due_on or item.posted_on).toordinal(),
                posted=item.posted_on.toordinal(),
                arrival=at if item.arrival is None else item.arrival,
                portion=item.portion,
            )
            for at, item in enumerate(items)
        ]
    )


def _columns(items: Items) -> _Side:
    columns = (items.currency, items.ids, items.open_minor, items.posted_on, items.due_on)
    return _Side(*columns, None, frozenset(), {}, items._names, items._ordered, items._positive)


def _column_order(side: _Side, latest_first: bool) -> Sequence[int] | None:
    """Return the order of columns: ``None`` where they are in order as they stand. Each step is stable, the last one decides."""
    if side.ordered and not latest_first:
        return None
    order = _kernel.by_value(range(len(side.ids)), side.posted, latest_first)
    return order if side.due is side.posted else _kernel.by_value(order, side.due, latest_first)


def _one_currency(left: _Side, right: _Side) -> str | None:
    if left.currency is not None and right.currency is not None and left.currency != right.currency:
        raise mismatched(left.currency, right.currency)
    return left.currency or right.currency


def _no_shared_id(credits: AbstractSet[str], debits: AbstractSet[str]) -> None:
    if not credits.isdisjoint(debits):
        raise ids.DuplicateId(min(credits & debits), "item")


def _matched(left: _Side, right: _Side, policy: Policy) -> tuple[int, _kernel.Columns]:
    """Return how many rows were made by name, and all rows; positions are those of the call."""
    order_c = _column_order(left, False) if left.order is None else left.order
    order_d = _column_order(right, policy.order is Order.LATEST_FIRST) if right.order is None else right.order
    columns: _kernel.Columns = ([], [], [])
    have, owed = left.open, right.open
    if policy.named_first and left.against:
        have, owed = list(have), list(owed)
        _kernel.named_first(have, owed, _wanted(left, right, order_c, order_d), columns)
    named = len(columns[0])
    if policy.order is Order.BY_HAND:
        return named, columns
    rest = _rest(_queued(left, have, order_c), _queued(right, owed, order_d), policy)
    if not named:
        return 0, rest
    for column, added in zip(columns, rest, strict=True):
        column.extend(added)
    return named, columns


def _wanted(
    left: _Side, right: _Side, order_c: Sequence[int] | None, order_d: Sequence[int] | None
) -> list[tuple[int, list[int]]]:
    place = {name: at for at, name in enumerate(right.ids)}
    rank = {at: n for n, at in enumerate(order_d)} if order_d is not None else None
    wanted = []
    for c in order_c if order_c is not None else range(len(left.ids)):
        names = left.against.get(c, ())
        for name in names:
            if name not in place:
                raise ids.UnknownReference(name, f"the debits that {left.ids[c]!r} could settle")
        wanted.append((c, sorted((place[name] for name in names), key=rank.__getitem__ if rank else None)))
    return wanted


# Positions that take part, in order (``None`` for all as they stand), and their amounts.
_Queue = tuple[Sequence[int] | None, Sequence[int]]


def _rest(credits: _Queue, debits: _Queue, policy: Policy) -> _kernel.Columns:
    at_c, amounts_c = credits
    at_d, amounts_d = debits
    kernel = _kernel.pro_rata if policy.order is Order.IN_PROPORTION else _kernel.in_order
    rows_c, rows_d, rows = kernel(amounts_c, amounts_d)
    if at_c is not None:
        rows_c = list(map(at_c.__getitem__, rows_c))
    if at_d is not None:
        rows_d = list(map(at_d.__getitem__, rows_d))
    return rows_c, rows_d, rows


def _queued(side: _Side, amounts: Sequence[int], order: Sequence[int] | None) -> _Queue:
    """Return what takes part: nothing that is held or zero. Columns that were judged when they were made are not judged again."""
    if side.positive and amounts is side.open:
        return order, amounts if order is None else _kernel.gathered(amounts, order)
    held = side.held
    chosen = [at for at in (range(len(amounts)) if order is None else order) if amounts[at] and at not in held]
    return chosen, [amounts[at] for at in chosen]
