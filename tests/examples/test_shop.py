"""The shop's account is what the stories expect, and the mistakes of story 11 read as they stand there."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from shop.adapters import SqlStore, fresh_engine
from shop.models import load_account

from ledgerkit import money, periods, proration, receivables, testing
from ledgerkit.errors import LedgerkitError
from ledgerkit.periods import Period

eur = money.maker("EUR")
april, late = periods.month(2026, 4), Period(date(2026, 4, 16), date(2026, 5, 2))
paid_at = datetime(2026, 4, 16, 23, 30, tzinfo=UTC)

TOLD: list[tuple[Callable[[receivables.Account], object], str]] = [
    (
        lambda account: eur(19.99),  # type: ignore[arg-type]
        (
            'ledgerkit.money.InvalidAmount: 19.99 is a float, and a float cannot hold cents exactly. Write it as text, "19.99", or as a '
            "Decimal."
        ),
    ),
    (
        lambda account: eur("10.005"),
        (
            "ledgerkit.money.InvalidAmount: 10.005 EUR has 3 decimals, and EUR has 2. Round it where it arises, with "
            'money.settle("10.005", "EUR", rounding=money.HALF_UP), or correct it.'
        ),
    ),
    (
        lambda account: receivables.quick_pay(account, "PAY-9", invoice="INV-7", method="card", on=paid_at),
        (
            "ledgerkit.periods.InvalidDate: on is a datetime, 2026-04-16 23:30:00+00:00, where a date is needed. Say which day that is for "
            "you: periods.civil_day(on, zone=...)."
        ),
    ),
    (
        lambda account: proration.prorate(eur("90.00"), used=late, period=april),
        (
            "ledgerkit.periods.NotInsidePeriod: used [2026-04-16, 2026-05-02) ends after period [2026-04-01, 2026-05-01). Cut it at "
            "2026-05-01; the end of a period is not part of it."
        ),
    ),
    (
        lambda account: receivables.allocate(account, "PAY-3", to="INV-7", amount=eur("90.00"), on=date(2026, 4, 16)),
        (
            "ledgerkit.allocation.OverAllocation: cannot allocate 90.00 EUR to INV-7: only 70.00 EUR is open. Lower the amount, or release "
            "an earlier allocation first."
        ),
    ),
]


def test_the_account_of_the_stories():
    """70.00 of INV-7 is open, and 95.00 of PAY-3 waits for somebody to say what it is for."""
    account = load_account("ACME")

    assert ["INV-7 70.00 EUR open, due 2026-03-15"] == [str(item) for item in receivables.open_items(account)]
    assert ["PAY-3 95.00 EUR open"] == [str(item) for item in receivables.open_credits(account)]


@pytest.mark.parametrize(("mistake", "told"), TOLD)
def test_a_mistake_reads_as_in_story_11(mistake: Callable[[receivables.Account], object], told: str):
    """The class by its one path, the problem, and the way out."""
    with pytest.raises(LedgerkitError) as found:
        mistake(load_account("ACME"))

    assert told == f"{type(found.value).__module__}.{type(found.value).__name__}: {found.value}"


@pytest.mark.parametrize("promise", testing.STORE_PROMISES, ids=lambda promise: promise.id)
def test_our_store_keeps_its_promises(promise: testing.Promise):
    """As story 9 runs them, in memory."""
    engines = []

    def make() -> SqlStore:
        engines.append(fresh_engine())
        return SqlStore(engines[-1])

    promise.check(make)
    for engine in engines:
        engine.dispose()
