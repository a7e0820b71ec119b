"""The face of ``ledgerkit.testing``."""

from datetime import date
from functools import partial

from ledgerkit import money, testing, transactions
from tests.calls.receivables import ACME, LOST, MORE

SERIES = transactions.Series(id="invoices", pattern="INV-2026-{number:05}")
WHOLE = money.of("1000.01 EUR")

STRATEGIES = (
    "accounts amounts charges dates drafts entries histories items lines periods policies postings saves taxes terms transactions updates"
).split()


def is_strategy(name: str) -> bool:
    """A strategy is asked for; what it draws is Hypothesis's business."""
    return hasattr(getattr(testing, name)(), "example")


CALLS = {
    **{name: partial(is_strategy, name) for name in STRATEGIES},
    "Posting": lambda: testing.Posting(account=ACME, draft=MORE, on=date(2026, 4, 2)),
    "MemoryNumberSource": lambda: testing.MemoryNumberSource(testing.MemoryStore(), [SERIES]),
    "MemoryStore": lambda: testing.MemoryStore(),
    "Promise": lambda: testing.STORE_PROMISES,
    "balance_is_open_items": lambda: testing.balance_is_open_items(ACME),
    "entries_balance": lambda: testing.entries_balance(LOST.entries),
    "nothing_over_allocated": lambda: testing.nothing_over_allocated(ACME),
    "parts_sum_to_whole": lambda: testing.parts_sum_to_whole(money.split(WHOLE, [1, 2, 3]), WHOLE),
}
