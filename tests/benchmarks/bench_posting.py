"""Posting an invoice from its draft, against making one object of six fields."""

from datetime import date
from functools import partial

from tests.benchmarks._runner import Benchmark, Pair

DAY = date(2026, 3, 1)
TIMES = 200


def posting(*, credits: int) -> Pair:
    """
    A draft of one taxed line: its transaction, its entry of three postings, the sweep, its event; the result is dropped.

    With credits that are open, they settle a part of it: a row each.
    """
    import attrs

    from ledgerkit import money, receivables, transactions

    eur = money.maker("EUR")
    account = receivables.account("ACME", currency="EUR")
    for at in range(credits):
        payment = transactions.payment(f"PAY-{at}", eur("10.00"), method="card")
        account = receivables.post(account, payment, on=DAY).account
    line = transactions.line("seat", unit_price=eur("100.00"), taxes=[transactions.tax("VAT", "20%")])
    draft = transactions.invoice("INV-7", [line])
    update = receivables.post(account, draft, on=DAY)
    if (len(update.entries[0].postings), len(update.allocations)) != (3, credits):
        raise AssertionError("this is not the posting that is meant")

    @attrs.frozen(kw_only=True)
    class Six:
        id: str
        currency: str
        minor: int
        posted_on: date
        due_on: date
        number: str

    def post() -> None:
        for _ in range(TIMES):
            receivables.post(account, draft, on=DAY)

    def construct() -> None:
        for _ in range(TIMES):
            Six(id="INV-7", currency="EUR", minor=12000, posted_on=DAY, due_on=DAY, number="INV-7")

    return Pair(candidate=post, opponent=construct)


BENCHMARKS = [
    Benchmark(name="posting", bound=30, pair=partial(posting, credits=0)),
    Benchmark(name="posting-three-credits", bound=45, pair=partial(posting, credits=3)),
]
