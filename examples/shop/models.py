"""What the shop knows of its customers: their accounts, in the store."""

from datetime import date
from functools import cache

from ledgerkit import allocation, money, ports, receivables, transactions
from shop.adapters import SqlStore, fresh_engine

eur = money.maker("EUR")


@cache
def store() -> SqlStore:
    """Return the store, in memory, with the books of the shop in it."""
    empty = SqlStore(fresh_engine())
    empty.save(ports.save_of(*_acme(), command="opening"))
    return empty


def _acme() -> list[receivables.Update]:
    """ACME was billed 120.00 and paid 50.00 of it; another 95.00 that it paid waits for somebody to say what it is for."""
    account = receivables.account("ACME", currency="EUR", policy=allocation.MANUAL)
    updates = []
    for on, draft in [
        (date(2026, 3, 1), transactions.invoice("INV-7", eur("120.00"), due_on=date(2026, 3, 15))),
        (date(2026, 3, 10), transactions.payment("PAY-2", eur("50.00"), method="card")),
        (date(2026, 3, 20), transactions.payment("PAY-3", eur("95.00"), method="wire")),
    ]:
        updates.append(receivables.post(account, draft, on=on))
        account = updates[-1].account
    paid = receivables.allocate(account, "PAY-2", to="INV-7", amount=eur("50.00"), on=date(2026, 3, 10))
    return [*updates, paid]


def load_account(id: str) -> receivables.Account:
    """Return a customer's account."""
    return store().load(id)
