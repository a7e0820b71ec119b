"""Take allocations back, without an account."""

from datetime import date

import pytest

from ledgerkit import allocation, money, periods
from ledgerkit.allocation import Allocation
from ledgerkit.errors import UsageError

eur = money.maker("EUR")
FIRST = Allocation(credit="PAY-1", debit="INV-1", amount=eur("50.00"), on=date(2026, 3, 1), policy="fifo")
LAST = Allocation(credit="PAY-2", debit="INV-1", amount=eur("30.00"), on=date(2026, 3, 5), policy="fifo")
ON = date(2026, 3, 9)


def taken(amount: str | None, on: date = ON) -> list[str]:
    wanted = None if amount is None else eur(amount)
    return [str(row) for row in allocation.release([FIRST, LAST], on=on, reason="displaced", amount=wanted)]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("20.00", ["20.00 EUR of PAY-2 leaves INV-1: displaced"]),
        ("30.00", ["30.00 EUR of PAY-2 leaves INV-1: displaced"]),
        ("40.00", ["30.00 EUR of PAY-2 leaves INV-1: displaced", "10.00 EUR of PAY-1 leaves INV-1: displaced"]),
        (None, ["30.00 EUR of PAY-2 leaves INV-1: displaced", "50.00 EUR of PAY-1 leaves INV-1: displaced"]),
        ("0.00", []),
    ],
)
def test_the_latest_rows_go_first(amount, expected):
    """By the shortfall and no more."""
    assert expected == taken(amount)


def test_a_release_never_counts_from_before_its_row():
    """Released on the 3rd, made on the 5th and on the 1st."""
    released = allocation.release([FIRST, LAST], on=date(2026, 3, 3), reason="wrong")

    assert [date(2026, 3, 5), date(2026, 3, 3)] == [row.on for row in released]


def test_what_is_refused():
    """More than there is, another currency, what are no rows, no reason, no date."""
    with pytest.raises(allocation.OverAllocation, match=r"cannot allocate 80\.01 EUR to these rows: only 80\.00 EUR is open"):
        taken("80.01")
    with pytest.raises(allocation.OverAllocation):
        allocation.release([], on=ON, reason="wrong", amount=eur("1.00"))
    with pytest.raises(money.CurrencyMismatch):
        allocation.release([FIRST], on=ON, reason="wrong", amount=money.of("1.00 USD"))
    with pytest.raises(money.CurrencyMismatch):
        dollars = Allocation(credit="PAY-1", debit="INV-1", amount=money.of("5.00 USD"), on=ON, policy="fifo")
        allocation.release([FIRST, dollars], on=ON, reason="wrong", amount=eur("1.00"))
    with pytest.raises(UsageError):
        allocation.release(["PAY-1"], on=ON, reason="wrong")  # type: ignore[list-item]
    with pytest.raises(UsageError):
        allocation.release(5, on=ON, reason="wrong")  # type: ignore[arg-type]
    with pytest.raises(money.InvalidAmount):
        taken("-1.00")
    with pytest.raises(periods.InvalidDate):
        allocation.release([FIRST], on="2026-03-09", reason="wrong")  # type: ignore[arg-type]
    assert () == allocation.release([], on=ON, reason="wrong")


@pytest.mark.parametrize("policy", ["fifo", "lifo", "pro-rata", "statutory"])
def test_what_an_order_made_gives_way_to_a_name(policy):
    """A newcomer that names the debit takes its place."""
    assert allocation.is_displaceable(policy)


@pytest.mark.parametrize("policy", ["by-hand", "against-item", "write-off", "cancellation", "refund"])
def test_what_a_name_a_hand_or_a_document_made_stays(policy):
    """No newcomer takes its place."""
    assert not allocation.is_displaceable(policy)


@pytest.mark.parametrize(("minors", "needed"), [([1], "1"), ([1], True), (5, 1), (["1"], 1)])
def test_what_is_freed_is_counted_in_minor_units(minors, needed):
    """Anything else is refused in our words."""
    with pytest.raises(UsageError, match="not counted in int"):
        allocation.latest_first(minors, needed)
