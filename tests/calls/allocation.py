"""The face of ``ledgerkit.allocation``."""

from datetime import date
from typing import Any

from ledgerkit import allocation, money, transactions

eur, inr = money.maker("EUR"), money.maker("INR")
ON = date(2026, 3, 10)
RATE = money.ExchangeRate(base="EUR", quote="INR", rate="80.12345")
POLICIES = [
    allocation.FIFO,
    allocation.LIFO,
    allocation.AGAINST_ITEM,
    allocation.PRO_RATA,
    allocation.STATUTORY,
    allocation.MANUAL,
]


def item(id: str, amount: str, day: int, **said: Any) -> allocation.Item:
    return allocation.Item(id=id, amount=eur(amount), posted_on=date(2026, 3, day), **said)


DEBITS = [
    item("INV-7", "123456.78", 1, due_on=date(2026, 3, 31)),
    item("INV-8", "1000.01", 2, due_on=date(2026, 3, 15), portion=transactions.Portion.COSTS),
    item("INV-9", "45.00", 3, held=True),
]
CREDITS = [item("PAY-3", "100000.05", 4), item("CN-1", "1000.00", 5, against=["INV-7"])]
ROW = allocation.Allocation(credit="PAY-3", debit="INV-7", amount=eur("1000.01"), on=ON, policy="fifo")

CALLS = {
    "Allocation": lambda: ROW,
    "Allocations": lambda: allocation.allocate(CREDITS, DEBITS, on=ON),
    "Item": lambda: DEBITS,
    "Items": lambda: allocation.Items(
        currency="EUR", ids=["INV-1", "INV-2"], open_minor=[12_345, 5], posted_on=[date(2026, 3, 1), date(2026, 3, 2)]
    ),
    "Policy": lambda: POLICIES,
    "Realized": lambda: allocation.realize(eur("33.33"), open=eur("1000.00"), carried=inr("85000.00"), rate=RATE),
    "Release": lambda: allocation.release([ROW], on=ON, reason="displaced"),
    "allocate": lambda: [allocation.allocate(CREDITS, DEBITS, on=ON, policy=policy) for policy in POLICIES],
    "carried_share": lambda: allocation.carried_share(11_000, 10_000, 3_333),
    "credit_key": lambda: allocation.credit_key(1, None, 20_000, 7),
    "debit_key": lambda: [allocation.debit_key(policy, due=20_000, posted=19_000, arrival=7) for policy in POLICIES],
    "in_order": lambda: allocation.in_order([500, 300], [600, 400]),
    "is_displaceable": lambda: [allocation.is_displaceable(policy.name) for policy in POLICIES],
    "latest_first": lambda: allocation.latest_first([500, 300], 400),
    "mismatched": lambda: allocation.mismatched("EUR", "USD"),
    "named": lambda: allocation.named(["INV-7"], "CN-1"),
    "portions": lambda: allocation.portions(eur("1000.01"), ["80%", "15%", allocation.REMAINING]),
    "pro_rata": lambda: allocation.pro_rata([500], [600, 400]),
    "realize": lambda: allocation.realize(eur("1000.00"), open=eur("1000.00"), carried=inr("85000.00"), rate=RATE),
    "release": lambda: allocation.release([ROW], on=ON, reason="displaced", amount=eur("20.00")),
    "waterfall": lambda: allocation.waterfall(eur("1000.01"), [eur("500.00"), None]),
}

ERRORS = {
    "OverAllocation": lambda: allocation.release([ROW], on=ON, reason="displaced", amount=eur("2000.00")),
}
