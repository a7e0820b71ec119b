"""Payments that take an early-payment discount."""

from typing import Any

import pytest

from ledgerkit import allocation, ids, receivables, terms, transactions
from ledgerkit.errors import InvalidArgument
from ledgerkit.receivables import Account, Update
from tests.receivables.ledger import account, booked, day, draft, eur, free, happened, new, opens, rows, then

SKONTO = terms.early_discount("2%", within_days=10)
ON_NET = terms.early_discount("2%", within_days=10, basis=terms.Basis.ON_NET)


def pays(before: Account, amount: str, on: str, early: terms.EarlyDiscount = SKONTO, **more: Any) -> Update:
    payment = transactions.payment("PAY-1", eur(amount), method="wire")
    return receivables.pay_early(before, payment, invoice="INV-1", early=early, credit_id="CN-1", on=day(on), **more)


def taxed() -> Account:
    return receivables.post(new(), draft("invoice", "INV-1", "120.00", {}, taxed=True), on=day("03-01")).account


def test_a_payment_in_time_takes_the_discount_as_a_credit_note():
    """2 % of 120.00 is 2.40: net 2.00, tax 0.40; the last day counts."""
    update = pays(taxed(), "117.60", "03-11")

    note = update.transactions[0]
    assert (eur("2.40"), eur("2.00"), eur("0.40")) == (note.total, note.net, note.tax)
    assert ["CN-1 -> INV-1 2.40 against-item", "PAY-1 -> INV-1 117.60 against-item"] == rows(update.account)
    assert [
        "CN-1/entry: receivable:ACME -2.40 EUR, discount 2.00 EUR, tax:VAT 0.40 EUR",
        "PAY-1/entry: receivable:ACME -117.60 EUR, cash:wire 117.60 EUR",
    ] == booked(update)
    assert ((), {}) == (update.warnings, opens(update.account))
    assert "receivables.early-payment/1: 2.40 EUR off INV-1 until 2026-03-11: 117.60 EUR settles it" in update.explain()


def test_on_net_the_tax_stays():
    """2 % of 100.00 is 2.00, all of it net."""
    update = pays(taxed(), "118.00", "03-11", ON_NET, role="cash_discount")

    assert "CN-1/entry: receivable:ACME -2.00 EUR, cash_discount 2.00 EUR" in booked(update)


def test_a_day_later_there_is_no_discount():
    """The payment is posted alone, and the update says why."""
    update = pays(taxed(), "117.60", "03-12")

    assert ("PAY-1 came on 2026-03-12, after 2026-03-11: no early-payment discount",) == update.warnings
    assert (["PAY-1"], {"INV-1": "2.40"}) == ([posted.id for posted in update.transactions], opens(update.account))


def test_a_cent_less_there_is_no_discount():
    """All or nothing."""
    update = pays(taxed(), "117.59", "03-11")

    expected = "PAY-1 is of 117.59 EUR, and 117.60 EUR would settle INV-1 early: no early-payment discount"
    assert (expected,) == update.warnings
    assert {"INV-1": "2.41"} == opens(update.account)


def test_what_is_paid_above_it_is_unallocated_credit():
    """The customer paid all and keeps 2.40."""
    assert {"PAY-1": "2.40"} == free(pays(taxed(), "120.00", "03-05").account)


def test_what_was_paid_before_counts():
    """20.00 on the 2nd; 97.60 settle the rest."""
    update = pays(then(taxed(), "03-02 payment PAY-0 20.00"), "97.60", "03-05")

    assert ({}, {}) == (opens(update.account), free(update.account))


def test_what_credit_notes_took_off_is_not_discounted():
    """Of 120.00, 60.00 are credited: 2 % of the rest is 1.20, net 1.00."""
    update = pays(then(taxed(), "03-02 credit_note CN-0 60.00 for INV-1"), "58.80", "03-05")

    assert (eur("1.00"), eur("0.20")) == (update.transactions[0].net, update.transactions[0].tax)
    assert {} == opens(update.account)


@pytest.mark.parametrize("policy", [allocation.FIFO, allocation.MANUAL, allocation.LIFO])
def test_under_any_policy_it_is_that_invoice(policy):
    """Another invoice is due earlier."""
    acme = account("02-01 invoice INV-0 50.00", "03-01 invoice INV-1 100.00", policy=policy)

    assert {"INV-0": "50.00"} == opens(pays(acme, "98.00", "03-05").account)


def test_the_invoice_is_not_cancelled_while_the_discount_stands():
    """Or the customer would keep the discount of nothing."""
    update = pays(taxed(), "117.60", "03-11")

    with pytest.raises(receivables.NotCancellable, match=r"credit notes take 2\.40 EUR off its lines"):
        then(update.account, "03-12 cancel INV-1 by IC-1")


def test_a_discount_of_nothing_makes_no_document():
    """0 % of anything."""
    update = pays(taxed(), "120.00", "03-05", terms.early_discount("0%", within_days=10))

    assert ([], ()) == ([posted.id for posted in update.transactions if posted.id != "PAY-1"], update.warnings)


def test_what_is_not_admitted():
    """A settled invoice, a credit, what is no payment, an id that is taken."""
    acme = then(taxed(), "03-02 invoice INV-2 5.00")

    with pytest.raises(receivables.AlreadySettled):
        pays(then(acme, "03-02 quick_pay INV-1 by PAY-0"), "1.00", "03-05")
    with pytest.raises(receivables.AlreadySettled):
        payment = transactions.payment("PAY-1", eur("1.00"), method="wire")
        credited = then(acme, "03-02 credit_note CN-0 500.00")
        receivables.pay_early(credited, payment, invoice="CN-0", early=SKONTO, credit_id="CN-1", on=day("03-05"))
    with pytest.raises(InvalidArgument, match="the kind of INV-3 is invoice"):
        draft_ = transactions.invoice("INV-3", eur("1.00"))
        receivables.pay_early(acme, draft_, invoice="INV-1", early=SKONTO, credit_id="CN-1", on=day("03-05"))
    with pytest.raises(ids.DuplicateId):
        payment = transactions.payment("PAY-1", eur("117.60"), method="wire")
        receivables.pay_early(acme, payment, invoice="INV-1", early=SKONTO, credit_id="INV-2", on=day("03-05"))
    with pytest.raises(InvalidArgument, match="early is a str"):
        pays(acme, "117.60", "03-05", "2/10")  # type: ignore[arg-type]


def test_both_documents_are_events_and_take_numbers():
    """The credit note first, since it is used first."""
    update = pays(taxed(), "117.60", "03-11", number="P-1", credit_number="C-1")

    assert ["C-1", "P-1"] == [posted.number for posted in update.transactions]
    assert ["credit_note.posted CN-1", "payment.posted PAY-1", "invoice.settled INV-1"] == happened(update)


def test_the_discount_is_granted_once():
    """The payment bounced, the credit note stands: the next payment of 98.00 settles the rest."""
    acme = then(pays(account("03-01 invoice INV-1 100.00"), "98.00", "03-02").account, "03-03 charge_back PAY-1 by CB-1")
    again = transactions.payment("PAY-2", eur("98.00"), method="wire")

    update = receivables.pay_early(acme, again, invoice="INV-1", early=SKONTO, credit_id="CN-2", on=day("03-04"))

    assert ({}, {}, ()) == (opens(update.account), free(update.account), update.warnings)
    assert ["PAY-2"] == [posted.id for posted in update.transactions]


def test_an_account_with_a_discount_is_built_again_from_its_facts():
    """Other credit was waiting: it does not get between the credit note and the payment."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 payment PAY-0 50.00", "03-03 release PAY-0 of INV-1")

    paid = pays(acme, "98.00", "03-04").account

    again = receivables.account(
        "ACME", currency="EUR", transactions=paid.transactions, allocations=paid.allocations, releases=paid.releases
    )
    assert paid == again
    assert ({}, {"PAY-0": "50.00"}) == (opens(paid), free(paid))


def test_the_role_of_a_discount_is_an_id():
    """Whether or not there is a discount."""
    for on in ("03-11", "03-12"):
        with pytest.raises(ids.InvalidId):
            pays(taxed(), "117.60", on, role="")
