"""Money that goes back, or to another account."""

from typing import Any

import pytest

from ledgerkit import ids, money, receivables, transactions
from ledgerkit.errors import UsageError
from tests.receivables.ledger import account, booked, day, does, eur, free, happened, new, opens, rows, then


def test_refund_all_unallocated_credit():
    """Of two payments, 30.00 and 20.00."""
    acme = account("03-01 payment PAY-1 30.00", "03-02 payment PAY-2 20.00")

    update = receivables.refund_balance(acme, "REF-1", method="wire", reason="closing", on=day("03-09"))

    assert eur("50.00") == update.transactions[0].total
    assert ({}, eur("0.00")) == (free(update.account), update.account.balance)


def test_no_credit_is_no_refund():
    """An account that owes, or one that is square."""
    for acme in (account(), account("03-01 invoice INV-1 5.00")):
        with pytest.raises(receivables.NoFreeCredit, match="account 'ACME' has no free credit, so there is nothing to refund"):
            receivables.refund_balance(acme, "REF-1", method="wire", reason="closing", on=day("03-09"))


def test_every_negative_balance_is_refunded():
    """The others are left alone; one that cannot be refunded is a problem, and stops nothing."""
    rich = account("03-01 payment PAY-1 30.00")
    locked = receivables.with_lock(rich, day("03-31"))

    updates, problems = receivables.refund_balances(
        [rich, account("03-01 invoice INV-1 5.00"), locked, new()],
        id=lambda one: f"REF-{one.id}", method="wire", reason="closing", on=day("03-09"),
    )  # fmt: skip

    assert ["REF-ACME"] == [update.transactions[0].id for update in updates]
    assert 1 == len(problems)
    assert "locked through 2026-03-31" in str(problems[0])


def test_move_a_payment_from_the_suspense_account():
    """Out of the source with its rows released, into the target with its issue date; one entry, no cash; a sweep on both."""
    suspense = receivables.account("SUSPENSE", currency="EUR")
    suspense = then(suspense, "03-01 invoice INV-0 75.00", "03-02 payment PAY-1 75.00", "03-03 payment PAY-2 10.00")
    acme = account("03-01 invoice INV-1 80.00")

    update = receivables.move(suspense, "PAY-1", to=acme, id="MV-1", new_id="PAY-9", on=day("03-09"), reason="wrong account")

    (also,) = update.also
    assert ["PAY-1 -> MV-1 75.00 cancellation", "PAY-2 -> INV-0 10.00 fifo"] == rows(update.account)
    assert (["PAY-9 -> INV-1 75.00 fifo"], {"INV-1": "5.00"}) == (rows(also.account), opens(also.account))
    arrived = also.transactions[0]
    assert (day("03-02"), day("03-09"), "PAY-1") == (arrived.issued_on, arrived.posted_on, arrived.external_code)
    assert ["MV-1/entry: receivable:SUSPENSE 75.00 EUR, receivable:ACME -75.00 EUR"] == booked(update)
    assert [] == booked(also)
    assert ["moved"] == [row.reason for row in update.releases]
    assert "payment.moved PAY-1" in happened(update)
    assert ["payment.posted PAY-9", "invoice.settled INV-1"][:1] == happened(also)
    assert money.add(suspense.balance, acme.balance) == money.add(update.account.balance, also.account.balance)


def test_a_terminated_account_takes_no_move():
    """It may give."""
    gone = receivables.with_state(receivables.account("GONE", currency="EUR"), receivables.State.TERMINATED)
    acme = account("03-01 payment PAY-1 5.00")

    with pytest.raises(receivables.AccountTerminated, match="move-in is refused"):
        receivables.move(acme, "PAY-1", to=gone, id="MV-1", new_id="PAY-9", on=day("03-09"), reason="wrong")


def test_what_does_not_move():
    """A credit note, a refunded payment, a payment to where it is, one of another currency, an id that is there already."""
    acme = account(
        "03-01 payment PAY-1 5.00",
        "03-01 credit_note CN-1 5.00",
        "03-01 payment PAY-2 5.00",
        "03-02 refund REF-1 1.00 from PAY-2",
    )
    other = receivables.account("OTHER", currency="EUR")
    words: dict[str, Any] = {"id": "MV-1", "new_id": "PAY-9", "on": day("03-09"), "reason": "wrong"}

    with pytest.raises(receivables.NotCancellable, match="its kind is credit note"):
        receivables.move(acme, "CN-1", to=other, **words)
    with pytest.raises(receivables.NotCancellable, match="a part of it was given back"):
        receivables.move(acme, "PAY-2", to=other, **words)
    with pytest.raises(UsageError, match="account 'ACME' is the account itself"):
        receivables.move(acme, "PAY-1", to=acme, **words)
    with pytest.raises(money.CurrencyMismatch):
        receivables.move(acme, "PAY-1", to=receivables.account("OTHER", currency="USD"), **words)
    with pytest.raises(ids.DuplicateId):
        receivables.move(acme, "PAY-1", to=then(other, "03-01 payment PAY-9 1.00"), **words)


def test_moved_money_is_customer_credit_on_the_other_side():
    """Where the books keep it apart."""
    apart = receivables.Unallocated.CUSTOMER_CREDIT
    acme = account("03-01 payment PAY-1 5.00", unallocated=apart)
    other = receivables.account("OTHER", currency="EUR", unallocated=apart)

    update = receivables.move(acme, "PAY-1", to=other, id="MV-1", new_id="PAY-9", on=day("03-09"), reason="wrong")

    assert "MV-1/credit: receivable:ACME -5.00 EUR, customer_credit:ACME 5.00 EUR" in booked(update)
    assert ["PAY-9/credit: receivable:OTHER 5.00 EUR, customer_credit:OTHER -5.00 EUR"] == booked(update.also[0])


def test_a_payment_moves_with_its_value_in_the_base_currency():
    """Neither cash nor gain: what it was carried at goes with it."""
    usd = money.maker("USD")
    first, second = (receivables.account(name, currency="USD", base_currency="EUR") for name in ("A", "B"))
    rate = money.ExchangeRate(base="USD", quote="EUR", rate="0.9")
    first = receivables.post(
        first, transactions.payment("PAY-1", usd("10.00"), method="wire"), on=day("03-01"), rate=rate
    ).account

    update = receivables.move(first, "PAY-1", to=second, id="MV-1", new_id="PAY-9", on=day("03-09"), reason="wrong")

    assert ["MV-1/entry: receivable:A 9.00 EUR, receivable:B -9.00 EUR"] == booked(update)
    assert eur("9.00") == update.also[0].transactions[0].base_amount


def test_refunds_are_of_money():
    """The refund of a balance is posted as any other."""
    update = receivables.refund_balance(
        account("03-01 payment PAY-1 5.00"), "REF-1", method="wire", reason="x", on=day("03-02")
    )

    assert ["REF-1/entry: receivable:ACME 5.00 EUR, cash:wire -5.00 EUR"] == booked(update)
    assert does(update.account, "03-03 invoice INV-1 1.00").account.balance == eur("1.00")


def test_a_payment_of_zero_moves_too():
    """Without an entry and without rows."""
    acme, other = account("03-01 payment PAY-1 0.00"), receivables.account("OTHER", currency="EUR")

    update = receivables.move(acme, "PAY-1", to=other, id="MV-1", new_id="PAY-9", on=day("03-09"), reason="wrong")

    assert ([], (), ["PAY-9"]) == (booked(update), update.allocations, [posted.id for posted in update.also[0].transactions])


def test_refunds_are_of_several_accounts():
    """And id makes ids."""
    words: dict[str, Any] = {"method": "wire", "reason": "closing", "on": day("03-09")}
    for accounts, made in ((5, str), ([], "REF")):
        with pytest.raises(UsageError):
            receivables.refund_balances(accounts, id=made, **words)  # type: ignore[arg-type]
