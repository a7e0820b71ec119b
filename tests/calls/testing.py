"""The face of ``ledgerkit.testing``."""

from ledgerkit import money, testing, transactions
from tests.calls.receivables import ACME, LOST

SERIES = transactions.Series(id="invoices", pattern="INV-2026-{number:05}")
WHOLE = money.of("1000.01 EUR")

CALLS = {
    "MemoryNumberSource": lambda: testing.MemoryNumberSource(testing.MemoryStore(), [SERIES]),
    "MemoryStore": lambda: testing.MemoryStore(),
    "Promise": lambda: testing.STORE_PROMISES,
    "balance_is_open_items": lambda: testing.balance_is_open_items(ACME),
    "entries_balance": lambda: testing.entries_balance(LOST.entries),
    "nothing_over_allocated": lambda: testing.nothing_over_allocated(ACME),
    "parts_sum_to_whole": lambda: testing.parts_sum_to_whole(money.split(WHOLE, [1, 2, 3]), WHOLE),
}
