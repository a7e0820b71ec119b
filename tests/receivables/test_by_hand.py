"""What a person decides on an account."""

from datetime import UTC, datetime

import pytest

from ledgerkit import allocation, ids, money, periods, receivables
from tests.receivables.ledger import account, booked, day, does, eur, free, happened, opens, rows, then


def test_allocate_by_hand():
    """So much of the credit settles so much of the debit, whatever is due earlier."""
    acme = account(
        "03-01 invoice INV-1 50.00", "03-02 invoice INV-2 50.00", "03-03 payment PAY-1 60.00", policy=allocation.MANUAL
    )

    update = does(acme, "03-04 allocate PAY-1 to INV-2 45.00")

    assert ["PAY-1 -> INV-2 45.00 by-hand"] == rows(update.account)
    assert ({"INV-1": "50.00", "INV-2": "5.00"}, {"PAY-1": "15.00"}) == (opens(update.account), free(update.account))
    assert "45.00 EUR of PAY-1 allocated to INV-2 by hand on 2026-03-04" == update.explain().splitlines()[0]
    assert () == update.entries


def test_no_more_is_allocated_than_is_open_on_both_sides():
    """The debit is named first."""
    acme = account(
        "03-01 invoice INV-1 50.00", "03-03 payment PAY-1 60.00", "03-03 payment PAY-2 10.00", policy=allocation.MANUAL
    )

    with pytest.raises(allocation.OverAllocation, match=r"cannot allocate 51\.00 EUR to INV-1: only 50\.00 EUR is open"):
        does(acme, "03-04 allocate PAY-1 to INV-1 51.00")
    with pytest.raises(allocation.OverAllocation, match=r"cannot allocate 11\.00 EUR to PAY-2: only 10\.00 EUR is open"):
        does(acme, "03-04 allocate PAY-2 to INV-1 11.00")
    with pytest.raises(money.InvalidAmount, match="Allocate a positive amount"):
        does(acme, "03-04 allocate PAY-2 to INV-1 0.00")
    with pytest.raises(money.CurrencyMismatch):
        receivables.allocate(acme, "PAY-1", to="INV-1", amount=money.of("5.00 USD"), on=day("03-04"))


def test_a_credit_settles_a_debit():
    """Not the other way round."""
    acme = account("03-01 invoice INV-1 50.00", "03-03 payment PAY-1 60.00", policy=allocation.MANUAL)

    with pytest.raises(receivables.WrongSide, match="INV-1 is a debit, where a credit is needed"):
        does(acme, "03-04 allocate INV-1 to PAY-1 5.00")
    with pytest.raises(receivables.WrongSide, match="PAY-1 is a credit, where a debit is needed"):
        does(acme, "03-04 allocate PAY-1 to PAY-1 5.00")


def test_release_by_hand_sweeps_nothing():
    """Both are open until the next posting."""
    acme = account("03-01 invoice INV-1 50.00", "03-03 payment PAY-1 60.00")

    update = does(acme, "03-04 release PAY-1 of INV-1")

    assert ({"INV-1": "50.00"}, {"PAY-1": "60.00"}) == (opens(update.account), free(update.account))
    assert ["because"] == [row.reason for row in update.releases]
    assert ["invoice.reopened INV-1"] == happened(update)
    assert ["PAY-1 -> INV-1 50.00 fifo"] == rows(then(update.account, "03-05 payment PAY-2 1.00"))


def test_a_part_is_released_and_the_rest_stands():
    """20.00 of 50.00."""
    acme = account("03-01 invoice INV-1 50.00", "03-03 payment PAY-1 60.00")

    update = does(acme, "03-04 release PAY-1 of INV-1 20.00")

    assert ["PAY-1 -> INV-1 30.00 fifo"] == rows(update.account)
    for wrong in ("30.01", "0.00"):
        with pytest.raises(
            receivables.NothingToRelease, match=r"EUR of PAY-1 from INV-1: 30\.00 EUR stands between them"
        ) as no:
            does(update.account, f"03-05 release PAY-1 of INV-1 {wrong}")
        assert (eur("30.00"), eur(wrong)) == (no.value.stands, no.value.requested)


def test_what_matches_a_document_with_its_undoing_is_not_released():
    """Neither a write-off nor a cancellation; recover is for that."""
    acme = account(
        "03-01 invoice INV-1 50.00", "03-02 write_off INV-1 by WO-1", "03-02 payment PAY-1 5.00", "03-03 cancel PAY-1 by PC-1"
    )

    for line in ("03-04 release WO-1 of INV-1", "03-04 release PAY-1 of PC-1"):
        with pytest.raises(receivables.NothingToRelease, match=r"0\.00 EUR stands between them that a person may release"):
            does(acme, line)


def test_a_release_counts_from_the_day_of_its_row_at_least():
    """The row counts from the 5th, and is released on the 3rd."""
    acme = account("03-05 invoice INV-1 50.00", "03-02 payment PAY-1 50.00")

    update = does(acme, "03-03 release PAY-1 of INV-1")

    assert [day("03-05")] == [row.on for row in update.releases]
    assert {"INV-1": "50.00"} == opens(update.account, as_of="03-05")


def test_a_held_item_takes_no_automatic_allocation():
    """Until it is lifted; what was allocated stays."""
    acme = account("03-01 invoice INV-1 50.00", "03-02 invoice INV-2 50.00", "03-03 payment PAY-1 10.00", "03-04 hold INV-1")

    held = does(acme, "03-05 payment PAY-2 60.00")
    lifted = does(held.account, "03-06 lift INV-1")

    assert ["PAY-1 -> INV-1 10.00 fifo", "PAY-2 -> INV-2 50.00 fifo"] == rows(held.account)
    assert ["PAY-2 -> INV-1 10.00 EUR"] == [str(row) for row in lifted.allocations]
    assert "INV-1 is lifted on 2026-03-06: because" == lifted.explain().splitlines()[0]
    assert [True, False] == [does(acme, "03-05 hold INV-2").held["INV-2"], lifted.held["INV-1"]]
    assert ["item.lifted INV-1"] == happened(lifted)[:1]


def test_a_held_credit_waits_too():
    """By name or by hand it is used all the same; what is used up stays used up."""
    acme = account("03-01 payment PAY-1 50.00", "03-01 hold PAY-1", "03-02 invoice INV-1 60.00")
    assert {"PAY-1": "50.00"} == free(acme)

    by_hand = then(acme, "03-03 allocate PAY-1 to INV-1 50.00")

    assert ({}, {"INV-1": "10.00"}) == (free(by_hand), opens(by_hand))
    assert {} == free(then(by_hand, "03-04 lift PAY-1"))
    assert {} == opens(then(acme, "03-03 lift PAY-1", "03-04 payment PAY-2 10.00"))


def test_a_held_invoice_is_settled_by_name():
    """And is open again, and still held, when the payment is cancelled."""
    acme = account("03-01 invoice INV-1 50.00", "03-01 hold INV-1", "03-02 payment PAY-1 50.00 for INV-1")
    assert {} == opens(acme)

    back = then(acme, "03-03 cancel PAY-1 by PC-1", "03-04 payment PAY-2 50.00")

    assert ({"INV-1": "50.00"}, {"PAY-2": "50.00"}) == (opens(back), free(back))


def test_holding_twice_changes_nothing_more():
    """Nor does lifting what is not held."""
    acme = account("03-01 invoice INV-1 50.00", "03-01 hold INV-1")

    again = does(acme, "03-02 hold INV-1")

    assert ({}, ()) == (dict(again.held), again.events)
    assert () == does(account("03-01 invoice INV-1 50.00"), "03-02 lift INV-1").events


def test_with_customer_credit_an_allocation_by_hand_has_an_entry():
    """Credit that is applied moves from customer credit to the receivable, and back when it is released."""
    books = receivables.Unallocated.CUSTOMER_CREDIT
    acme = account("03-01 invoice INV-1 50.00", "03-03 payment PAY-1 60.00", policy=allocation.MANUAL, unallocated=books)

    update = does(acme, "03-04 allocate PAY-1 to INV-1 45.00")
    back = does(update.account, "03-05 release PAY-1 of INV-1 5.00")

    assert ["PAY-1/credit/3: receivable:ACME -45.00 EUR, customer_credit:ACME 45.00 EUR"] == booked(update)
    assert ["PAY-1/credit/4: receivable:ACME 5.00 EUR, customer_credit:ACME -5.00 EUR"] == booked(back)


def test_a_note_is_logged_with_user_and_time():
    """No figure changes."""
    acme = account("03-01 invoice INV-1 50.00")
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    update = receivables.annotate(acme, "INV-1", text="customer called", by="ann", at=at, on=day("03-02"))

    (note,) = update.account.transactions[0].notes
    assert ("customer called", "ann", at) == (note.text, note.by, note.at)
    assert (acme.balance, ["transaction.annotated INV-1"]) == (update.account.balance, happened(update))
    with pytest.raises(periods.NaiveDatetime):
        receivables.annotate(acme, "INV-1", text="called", by="ann", at=datetime(2026, 3, 2), on=day("03-02"))


def test_the_parts_are_asked_of_the_right_account():
    """An id that is not there is named with the account."""
    with pytest.raises(ids.UnknownReference, match="account 'ACME'"):
        receivables.hold(account(), "INV-1", on=day("03-01"), reason="contested")
    assert eur("0.00") == account().balance


def test_what_was_released_is_free_from_the_day_of_the_release():
    """Allocated again on the 10th, it counts from the 20th: every day's figures stay what they were."""
    acme = account("03-01 invoice INV-1 50.00", "03-02 payment PAY-1 50.00", "03-20 release PAY-1 of INV-1")

    again = does(acme, "03-10 allocate PAY-1 to INV-1 50.00")

    assert [day("03-20")] == [row.on for row in again.allocations]
