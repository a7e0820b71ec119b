"""What an allocation made, as columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, repeat
from types import MappingProxyType
from typing import Any, final

import attrs
from moneyed import Money

from ledgerkit import _front, money, tables, trail
from ledgerkit.allocation._policy import Policy
from ledgerkit.allocation._rules import AGAINST, RULES
from ledgerkit.allocation._types import Allocation
from ledgerkit.errors import UsageError
from ledgerkit.trail import Trail


@final
@attrs.frozen(init=False, repr=False, eq=False)
class Allocations:
    """
    What an allocation made, as columns; iterating it makes the rows.

    ``credit[i]`` and ``debit[i]`` are positions in ``credit_ids`` and ``debit_ids``; ``minor[i]`` is how much.
    """

    currency: str | None
    policy: Policy
    on: date
    credit: tuple[int, ...]
    debit: tuple[int, ...]
    minor: tuple[int, ...]
    credit_ids: Sequence[str]
    debit_ids: Sequence[str]
    _named: int
    _facts: "Facts"

    def __init__(self) -> None:
        raise UsageError("an Allocations is a result", "Get one from allocation.allocate(...).")

    def __len__(self) -> int:
        return len(self.minor)

    def __iter__(self) -> Iterator[Allocation]:
        facts = self._facts
        dues, left, currency = facts.debit_due, list(facts.debit_open), self.currency or ""
        credits: Any = self.credit_ids
        debits: Any = self.debit_ids
        bare, on = Allocation.__new__, self._days()
        rows = zip(self.credit, self.debit, self.minor, on, self._policies(), strict=False)
        for c, d, minor, day, (policy, rule) in rows:
            left[d] = rest = left[d] - minor
            credit, debit = credits[c], debits[d]
            made = bare(Allocation)
            why = (rule, credit, debit, minor, currency, dues[d], rest)
            made.__attrs_init__((credit, debit, currency, minor, day, policy, 0, 0, None, why))
            yield made

    def _days(self) -> Iterable[date]:
        """The day each row counts from: the latest of the two postings and the day of the allocation."""
        posted_c, posted_d, first = self._facts.credit_posted, self._facts.debit_posted, self.on.toordinal()
        if max(max(posted_c, default=0), max(posted_d, default=0)) <= first:
            return repeat(self.on)
        pairs = zip(self.credit, self.debit, strict=True)
        return (date.fromordinal(max(posted_c[c], posted_d[d], first)) for c, d in pairs)

    def _policies(self) -> Iterable[tuple[str, trail.Rule]]:
        """What made each row: a name, then the policy."""
        name = self.policy.order.value
        return chain(repeat(("against-item", AGAINST), self._named), repeat((name, RULES[name])))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Allocations):
            return NotImplemented
        return self.policy == other.policy and set(self) == set(other) and self.open == other.open

    def __hash__(self) -> int:
        return hash((self.currency, self.policy, frozenset(self)))

    __repr__ = _front.shown("currency", "policy", "on", "minor")

    @property
    def open(self) -> Mapping[str, Money]:
        """What stays open of each debit; what is settled is left out."""
        return self._left(self.debit_ids, self._facts.debit_open, self.debit)

    @property
    def unallocated(self) -> Mapping[str, Money]:
        """What is left of each credit; what is used up is left out."""
        return self._left(self.credit_ids, self._facts.credit_open, self.credit)

    def _left(self, names: Sequence[str], had: Sequence[int], positions: Sequence[int]) -> Mapping[str, Money]:
        left = list(had)
        for position, minor in zip(positions, self.minor, strict=True):
            left[position] -= minor
        currency = self.currency or ""
        return MappingProxyType(
            {name: money.from_minor(minor, currency) for name, minor in zip(names, left, strict=True) if minor}
        )

    @property
    def total(self) -> Money:
        """What is allocated in all; of no items at all it has no currency, and asking is a CurrencyMismatch."""
        return money.total([money.from_minor(sum(self.minor), self.currency)] if self.currency else [])

    @property
    def trail(self) -> Trail:
        """One step a row."""
        return trail.of(row.why for row in self)

    def explain(self) -> str:
        """Say of each row which credit met which debit, and why."""
        head = f"{money.text(self.total) if self.currency else 'nothing'} allocated by {self.policy} on {self.on}"
        return "\n  ".join([head, *trail.lines(row.why for row in self)])

    def _grid(self) -> tables.Grid:
        rows = [
            (row.credit, row.debit, str(row.on), row.policy, money.number_text(row.amount_minor, row.currency)) for row in self
        ]
        title = f"Allocations in {self.currency or 'no currency'}"
        return tables.Grid(title=title, columns=("credit", "debit", "on", "policy", "amount"), rows=rows, words=4)

    def __str__(self) -> str:
        return str(self._grid())

    def _repr_html_(self) -> str:
        return self._grid().to_html()

    def __reduce__(self) -> tuple[Any, ...]:
        fields = (self.currency, self.policy, self.on, self.credit, self.debit, self.minor)
        return _restored, (*fields, tuple(self.credit_ids), tuple(self.debit_ids), self._named, self._facts)


@final
@attrs.frozen
class Facts:
    """What the rows of a result are told with: open amounts and ordinals of the items, by position."""

    credit_open: Sequence[int]
    credit_posted: Sequence[int]
    debit_open: Sequence[int]
    debit_posted: Sequence[int]
    debit_due: Sequence[int]


def _restored(*fields: Any) -> Allocations:
    made = Allocations.__new__(Allocations)
    made.__attrs_init__(*fields)
    return made
