"""
Testing: what a host's own suite is written with.

Fakes in memory, invariants that say in a sentence what broke, and a check for every numbered promise of a port. None of them needs a
test framework.
"""

from ledgerkit import _front
from ledgerkit.testing._invariants import (
    balance_is_open_items,
    entries_balance,
    nothing_over_allocated,
    parts_sum_to_whole,
)
from ledgerkit.testing._memory import MemoryNumberSource, MemoryStore
from ledgerkit.testing._number_checks import NUMBER_SOURCE_PROMISES
from ledgerkit.testing._promises import Promise
from ledgerkit.testing._store_checks import STORE_PROMISES
from ledgerkit.testing._strategies import (
    Posting,
    accounts,
    amounts,
    charges,
    dates,
    drafts,
    entries,
    histories,
    items,
    lines,
    periods,
    policies,
    postings,
    saves,
    taxes,
    terms,
    transactions,
    updates,
)

__all__ = [
    "NUMBER_SOURCE_PROMISES",
    "STORE_PROMISES",
    "MemoryNumberSource",
    "MemoryStore",
    "Posting",
    "Promise",
    "accounts",
    "amounts",
    "balance_is_open_items",
    "charges",
    "dates",
    "drafts",
    "entries",
    "entries_balance",
    "histories",
    "items",
    "lines",
    "nothing_over_allocated",
    "parts_sum_to_whole",
    "periods",
    "policies",
    "postings",
    "saves",
    "taxes",
    "terms",
    "transactions",
    "updates",
]

_front.publish(globals())
