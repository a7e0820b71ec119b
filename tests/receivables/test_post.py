"""Post a draft, reject it, pay exactly what is open: SEMANTICS of accounts, sentence by sentence."""

from datetime import date, datetime

import pytest

from ledgerkit import allocation, ids, money, periods, receivables, states, terms, transactions
from ledgerkit.errors import InvalidArgument
from ledgerkit.receivables import Overdraft
from ledgerkit.transactions import Kind
from tests.receivables.ledger import account, booked, day, does, draft, eur, free, happened, new, opens, rows, then


def test_the_balance_is_posted_debits_minus_posted_credits():
    """What a draft or a rejected draft is of does not count."""
    acme = account("03-01 invoice INV-1 120.00", "03-02 debit_note DN-1 15.00", "03-03 credit_note CN-1 20.00")
    acme = then(acme, "03-04 payment PAY-1 200.00", "03-05 refund REF-1 10.00")
    rejected = receivables.reject(acme, transactions.invoice("INV-2", eur("99.00")), on=day("03-06"), reason="wrong").account

    assert eur("-75.00") == acme.balance == rejected.balance


def test_the_first_walk():
    """INV-7 of 120.00, PAY-3 of 50.00 by FIFO; CN-1 of 90.00 names INV-7: 20.00 of PAY-3 goes to INV-9."""
    acme = account("03-01 invoice INV-7 120.00 due 03-15", "03-02 invoice INV-9 45.00 due 04-04", "03-10 payment PAY-3 50.00")

    update = does(acme, "03-15 credit_note CN-1 90.00 for INV-7")

    assert ["PAY-3 -> INV-7 30.00 fifo", "PAY-3 -> INV-9 20.00 fifo", "CN-1 -> INV-7 90.00 against-item"] == rows(
        update.account
    )
    assert {"INV-9": "25.00"} == opens(update.account)
    assert ["20.00 EUR of PAY-3 leaves INV-7: displaced"] == [str(row) for row in update.releases]
    assert """\
CN-1, credit note of 90.00 EUR, posted on 2026-03-15
  allocation.against-item/1: CN-1 names INV-7, of which 70.00 EUR of 120.00 EUR is open: 20.00 EUR short
  allocation.release/1: 20.00 EUR of PAY-3 leaves INV-7 (FIFO gave it 50.00 EUR on 2026-03-10; 30.00 EUR stays)
  allocation.against-item/1: CN-1 -> INV-7 90.00 EUR; INV-7 is settled
  allocation.fifo/1: PAY-3 -> INV-9 20.00 EUR, due 2026-04-04; 25.00 EUR stays open""" == update.explain()


def test_the_number_is_given_at_posting():
    """The id stands in for a number that is not given."""
    acme = new()
    typed = receivables.post(acme, transactions.invoice("INV-1", eur("9.00")), on=day("03-01"), number="2026-0001")

    assert "2026-0001" == typed.transactions[0].number
    assert "INV-2" == does(acme, "03-01 invoice INV-2 9.00").transactions[0].number


def test_due_dates_count_from_posting():
    """Written on 1 February, posted on 1 March, net 30: due on 31 March."""
    net = new(terms=terms.net(30))
    written = transactions.invoice("INV-1", eur("9.00"), issued_on=day("02-01"))

    posted = receivables.post(net, written, on=day("03-01")).transactions[0]

    assert (day("02-01"), day("03-01"), day("03-31")) == (posted.issued_on, posted.posted_on, posted.due_on)


def test_the_terms_of_the_draft_come_before_those_of_the_account():
    """Without either, a debit is due on the day it is posted."""
    own = transactions.invoice("INV-1", eur("9.00"), terms=terms.net(10))

    assert day("03-11") == receivables.post(new(terms=terms.net(30)), own, on=day("03-01")).transactions[0].due_on
    assert day("03-01") == does(new(), "03-01 invoice INV-1 9.00").transactions[0].due_on


def test_a_computed_due_date_rolls_to_a_business_day():
    """Net 30 of Thursday 1 January is Saturday the 31st: the Monday after."""
    calendar = periods.Calendar()
    draft = transactions.invoice("INV-1", eur("9.00"), terms=terms.net(30))

    update = receivables.post(new(), draft, on=day("01-01"), calendar=calendar, roll=periods.Roll.FOLLOWING)

    assert day("02-02") == update.transactions[0].due_on


def test_a_typed_due_date_lies_in_the_window():
    """10 days, five earlier allowed, posted on 20 May: 25 May to 30 May."""
    window = new(terms=terms.within(terms.net(10), minus=5))

    assert {"INV-1": "9.00"} == opens(then(window, "05-20 invoice INV-1 9.00 due 05-25"))
    for wrong in ("05-24", "05-31"):
        with pytest.raises(terms.DueDateOutsideWindow):
            does(window, f"05-20 invoice INV-1 9.00 due {wrong}")


def test_an_empty_due_date_is_the_earliest_allowed():
    """The same terms give 25 May."""
    window = new(terms=terms.within(terms.net(10), minus=5))

    assert day("05-25") == does(window, "05-20 invoice INV-1 9.00").transactions[0].due_on


def test_against_item_without_names_is_fifo():
    """The default policy settles the earliest due date first."""
    acme = account("03-01 invoice INV-1 50.00 due 04-30", "03-02 invoice INV-2 50.00 due 04-15", "03-03 payment PAY-1 60.00")

    assert allocation.AGAINST_ITEM == acme.policy
    assert ["PAY-1 -> INV-2 50.00 fifo", "PAY-1 -> INV-1 10.00 fifo"] == rows(acme)


def test_debits_of_one_due_date_by_posting_then_by_arrival():
    """Never by the text of an id: Z came before A."""
    acme = account(
        "03-02 invoice Z 10.00 due 04-01", "03-02 invoice A 10.00 due 04-01", "03-01 invoice M 10.00 due 04-01",
        "03-03 payment PAY-1 25.00",
    )  # fmt: skip

    assert ["PAY-1 -> M 10.00 fifo", "PAY-1 -> Z 10.00 fifo", "PAY-1 -> A 5.00 fifo"] == rows(acme)


def test_credits_by_priority_expiry_posting_arrival():
    """A voucher that expires goes before one that does not, a lower priority before both."""
    acme = new()
    made = [
        ("03-05", transactions.credit_note("LATER", eur("10.00"))),
        ("03-01", transactions.credit_note("FIRST", eur("10.00"))),
        ("03-06", transactions.credit_note("SOON", eur("10.00"), expires_on=day("05-01"))),
        ("03-06", transactions.credit_note("SOONER", eur("10.00"), expires_on=day("04-01"))),
        ("03-07", transactions.credit_note("GRANTED", eur("10.00"), priority=-1)),
    ]
    for on, credit in made:
        acme = receivables.post(acme, credit, on=day(on)).account

    update = does(acme, "03-08 invoice INV-1 50.00")

    assert ["GRANTED", "SOONER", "SOON", "FIRST", "LATER"] == [row.credit for row in update.allocations]


def test_all_open_credits_meet_all_open_debits_whichever_is_posted():
    """Two waiting payments settle an invoice at once."""
    acme = account("03-01 payment PAY-1 30.00", "03-02 payment PAY-2 30.00", "03-03 invoice INV-1 50.00")

    assert ["PAY-1 -> INV-1 30.00 fifo", "PAY-2 -> INV-1 20.00 fifo"] == rows(acme)
    assert {"PAY-2": "10.00"} == free(acme)


def test_existing_allocations_are_never_reshuffled():
    """An invoice that is due earlier comes later, and takes nothing away."""
    acme = account("03-01 invoice INV-1 50.00 due 05-01", "03-02 payment PAY-1 50.00", "03-03 invoice INV-2 50.00 due 03-10")

    assert ["PAY-1 -> INV-1 50.00 fifo"] == rows(acme)
    assert {"INV-2": "50.00"} == opens(acme)


def test_an_allocation_counts_from_the_later_posting():
    """The credit was posted on the 2nd and recorded after the invoice of the 5th: the row counts from the 5th."""
    acme = account("03-05 invoice INV-1 50.00")

    update = does(acme, "03-02 payment PAY-1 50.00")

    assert [day("03-05")] == [row.on for row in update.allocations]
    assert {"PAY-1": "50.00"} == free(update.account, as_of="03-04")


def test_a_name_takes_no_more_than_is_open_and_displaces_only_what_is_short():
    """The latest FIFO row goes first."""
    acme = account(
        "03-01 invoice INV-1 100.00",
        "03-02 payment PAY-1 60.00",
        "03-03 payment PAY-2 30.00",
        "03-04 payment PAY-3 40.00 for INV-1",
    )

    assert ["PAY-1 -> INV-1 60.00 fifo", "PAY-3 -> INV-1 40.00 against-item"] == rows(acme)
    assert {"PAY-2": "30.00"} == free(acme)


def test_rows_by_name_and_write_offs_are_never_displaced():
    """The newcomer that names a settled invoice stays free."""
    named = account("03-01 invoice INV-1 50.00", "03-02 payment PAY-1 50.00 for INV-1", "03-03 payment PAY-2 50.00 for INV-1")
    lost = account("03-01 invoice INV-1 50.00", "03-02 write_off INV-1 by WO-1", "03-03 payment PAY-2 50.00 for INV-1")

    assert {"PAY-2": "50.00"} == free(named) == free(lost)


def test_several_names_are_settled_fifo_among_them():
    """Named as INV-2, INV-1; due first is INV-1."""
    acme = account(
        "03-01 invoice INV-1 50.00 due 04-01",
        "03-01 invoice INV-2 50.00 due 05-01",
        "03-02 payment PAY-1 60.00 for INV-2,INV-1",
    )

    assert ["PAY-1 -> INV-1 50.00 against-item", "PAY-1 -> INV-2 10.00 against-item"] == rows(acme)


def test_what_is_left_of_a_newcomer_goes_fifo():
    """As a FIFO row, which a later name may displace."""
    acme = account("03-01 invoice INV-1 50.00", "03-01 invoice INV-2 50.00", "03-02 payment PAY-1 60.00 for INV-2")

    assert ["PAY-1 -> INV-2 50.00 against-item", "PAY-1 -> INV-1 10.00 fifo"] == rows(acme)


def test_under_fifo_names_are_ignored():
    """INV-1 is due first, whatever the payment names."""
    fifo = account(
        "03-01 invoice INV-1 50.00", "03-02 invoice INV-2 50.00", "03-03 payment PAY-1 50.00 for INV-2", policy=allocation.FIFO
    )

    assert ["PAY-1 -> INV-1 50.00 fifo"] == rows(fifo)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (allocation.LIFO, ["PAY-1 -> INV-3 50.00 lifo", "PAY-1 -> INV-2 40.00 lifo"]),
        (
            allocation.PRO_RATA,
            ["PAY-1 -> INV-1 45.00 pro-rata", "PAY-1 -> INV-2 22.50 pro-rata", "PAY-1 -> INV-3 22.50 pro-rata"],
        ),
        (allocation.STATUTORY, ["PAY-1 -> INV-1 90.00 statutory"]),
        (allocation.MANUAL, []),
    ],
)
def test_the_other_policies(policy, expected):
    """Latest first, in proportion to what is open, by portion, or not at all before a person says so."""
    debits = ["03-01 invoice INV-1 100.00", "03-02 invoice INV-2 50.00", "03-03 invoice INV-3 50.00"]

    assert expected == rows(account(*debits, "03-04 payment PAY-1 90.00", policy=policy))


def test_pro_rata_meets_every_waiting_credit():
    """Two credits, then an invoice: both are used up in order."""
    acme = account(
        "03-01 payment PAY-1 30.00", "03-01 payment PAY-2 30.00", "03-02 invoice INV-1 40.00", policy=allocation.PRO_RATA
    )

    assert ["PAY-1 -> INV-1 30.00 pro-rata", "PAY-2 -> INV-1 10.00 pro-rata"] == rows(acme)


def test_a_document_of_zero_has_no_entry_and_is_settled():
    """Nothing is open, nothing is booked."""
    update = does(new(), "03-01 invoice INV-1 0.00")

    assert ((), {}) == (update.entries, opens(update.account))
    assert receivables.Settlement.SETTLED is receivables.settlement(update.account, "INV-1")
    assert {} == free(then(update.account, "03-02 payment PAY-1 0.00 for INV-1", "03-03 debit_note DN-1 0.00"))


def test_a_negative_invoice_is_posted_as_a_credit_note():
    """It is unallocated credit."""
    back = transactions.line("Back", unit_price="-5", currency="EUR", kind=transactions.LineKind.CREDIT)

    update = receivables.post(new(), transactions.invoice("INV-1", [back]), on=day("03-01"))

    assert Kind.CREDIT_NOTE is update.transactions[0].kind
    assert {"INV-1": "5.00"} == free(update.account)


# ------------------------------------------------------------------------------------------------------------- refunds


def test_a_refund_consumes_unallocated_credit():
    """It is due on the day it is posted."""
    update = does(account("03-01 payment PAY-1 100.00"), "03-20 refund REF-1 30.00")

    assert ["PAY-1 -> REF-1 30.00 fifo"] == rows(update.account)
    assert (day("03-20"), {"PAY-1": "70.00"}) == (update.transactions[0].due_on, free(update.account))


def test_a_refund_beyond_the_free_credit_is_refused():
    """Unless the host says allow_overdraft=True: then it is an open debit."""
    acme = account("03-01 payment PAY-1 100.00")

    with pytest.raises(Overdraft, match=r"cannot refund 130\.00 EUR: account ACME has 100\.00 EUR of free credit\.") as caught:
        does(acme, "03-20 refund REF-1 130.00")
    assert (eur("100.00"), eur("130.00")) == (caught.value.free, caught.value.requested)
    assert {"REF-1": "30.00"} == opens(does(acme, "03-20 refund REF-1 130.00", allow_overdraft=True).account)


def test_a_refund_that_names_a_payment_needs_free_credit_on_it():
    """Credit the invoice first: 40.00 of the payment is free then."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 payment PAY-1 100.00 for INV-1", "03-03 payment PAY-2 70.00")

    with pytest.raises(Overdraft, match=r"PAY-1 has 0\.00 EUR of free credit"):
        does(acme, "03-04 refund REF-1 40.00 from PAY-1", allow_overdraft=True)

    part = account("03-01 invoice INV-1 100.00", "03-02 payment PAY-1 140.00", "03-04 refund REF-1 40.00 from PAY-1")
    assert ["PAY-1 -> INV-1 100.00 fifo", "PAY-1 -> REF-1 40.00 refund"] == rows(part)


def test_a_refund_may_reopen_what_its_payment_settled():
    """reopen=True releases its rows, the latest first."""
    acme = account("03-01 invoice INV-1 60.00", "03-01 invoice INV-2 40.00", "03-02 payment PAY-1 100.00")

    update = does(acme, "03-04 refund REF-1 50.00 from PAY-1", reopen=True)

    assert ["PAY-1 -> INV-1 50.00 fifo", "PAY-1 -> REF-1 50.00 refund"] == rows(update.account)
    assert {"INV-1": "10.00", "INV-2": "40.00"} == opens(update.account)
    assert "invoice.reopened INV-2" in happened(update)


def test_a_payment_is_not_refunded_twice():
    """What was given back is gone."""
    acme = account("03-01 payment PAY-1 100.00", "03-02 refund REF-1 80.00 from PAY-1")

    with pytest.raises(Overdraft, match="The rest of it was given back already"):
        does(acme, "03-03 refund REF-2 30.00 from PAY-1", reopen=True)


def test_a_failed_refund_is_undone_by_a_payment_that_names_it():
    """The credit that the refund had consumed is free again."""
    acme = account("03-01 payment PAY-1 100.00", "03-02 refund REF-1 100.00 from PAY-1")

    failed = then(acme, "03-05 payment PAY-2 100.00 for REF-1")

    assert ["PAY-2 -> REF-1 100.00 against-item"] == rows(failed)
    assert {"PAY-1": "100.00"} == free(failed)


def test_a_refund_names_what_gives_money():
    """Neither a debit nor a write-off gives anything back."""
    acme = account("03-01 invoice INV-1 60.00", "03-02 write_off INV-1 by WO-1")

    for name in ("INV-1", "WO-1"):
        with pytest.raises(ids.CyclicReference):
            does(acme, f"03-04 refund REF-1 50.00 from {name}", reopen=True)


def test_a_credit_note_is_undone_by_a_debit_note():
    """Its rows are released by as much; the rest stays."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 credit_note CN-1 100.00 for INV-1")

    undone = then(acme, "03-03 debit_note DN-1 30.00 for CN-1")

    assert ["CN-1 -> INV-1 70.00 against-item", "CN-1 -> DN-1 30.00 cancellation"] == rows(undone)
    assert {"INV-1": "30.00"} == opens(undone)


def test_a_debit_note_undoes_several_credits_in_the_order_it_names_them():
    """What it is of beyond them is open."""
    acme = account("03-01 credit_note CN-1 30.00", "03-01 credit_note CN-2 30.00", "03-02 debit_note DN-1 70.00 for CN-2,CN-1")

    assert ["CN-1 -> DN-1 30.00 cancellation", "CN-2 -> DN-1 30.00 cancellation"] == rows(acme)
    assert {"DN-1": "10.00"} == opens(acme)
    assert {"DN-2": "9.00"} | opens(acme) == opens(then(acme, "03-03 debit_note DN-2 9.00 for CN-1"))


def test_a_credit_names_debits_and_a_debit_note_names_credits():
    """Anything else goes in a circle."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 payment PAY-1 10.00")

    with pytest.raises(ids.CyclicReference, match="PAY-2 names PAY-1, which is a credit itself"):
        does(acme, "03-03 payment PAY-2 10.00 for PAY-1")
    with pytest.raises(ids.CyclicReference, match="DN-1 names INV-1, which is a debit itself"):
        does(acme, "03-03 debit_note DN-1 10.00 for INV-1")
    with pytest.raises(ids.CyclicReference, match="DN-1 names INV-1, which is a debit itself"):
        does(acme, "03-03 debit_note DN-1 10.00 for PAY-1,INV-1")
    with pytest.raises(ids.UnknownReference):
        does(acme, "03-03 payment PAY-2 10.00 for INV-9")


# ------------------------------------------------------------------------------------------------- what is not admitted


def test_what_is_not_admitted():
    """Another account, another currency, the same id again, a rejected draft, no draft at all."""
    acme = account("03-01 invoice INV-1 100.00")
    own = transactions.invoice("INV-2", eur("5.00"), account="ACME")
    receivables.post(acme, own, on=day("03-02"))

    with pytest.raises(receivables.WrongAccount, match="INV-2 belongs to account 'OTHER', not to 'ACME'") as wrong:
        receivables.post(acme, transactions.invoice("INV-2", eur("5.00"), account="OTHER"), on=day("03-02"))
    assert "ACME" == wrong.value.account
    with pytest.raises(money.CurrencyMismatch, match="USD meets EUR"):
        receivables.post(acme, transactions.invoice("INV-2", money.of("5.00 USD")), on=day("03-02"))
    with pytest.raises(ids.DuplicateId):
        does(acme, "03-02 payment INV-1 5.00")
    with pytest.raises(states.InvalidTransition):
        receivables.post(acme, transactions.rejected(own, reason="wrong"), on=day("03-02"))
    with pytest.raises(InvalidArgument, match="draft is a Money"):
        receivables.post(acme, eur("5.00"), on=day("03-02"))  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="account is None"):
        receivables.post(None, own, on=day("03-02"))  # type: ignore[arg-type]
    with pytest.raises(periods.InvalidDate):
        receivables.post(acme, own, on=datetime(2026, 3, 1))


def test_nothing_is_dated_in_a_locked_period():
    """Locked through 31 March: 1 April is the first open day."""
    locked = new(locked_through=day("03-31"))

    with pytest.raises(
        receivables.PeriodLocked, match=r"on is 2026-03-31, and the books are locked through 2026-03-31\."
    ) as caught:
        does(locked, "03-31 invoice INV-1 5.00")
    assert (day("03-31"), day("03-31"), day("04-01")) == (caught.value.on, caught.value.locked_through, caught.value.first_open)
    assert {"INV-1": "5.00"} == opens(then(locked, "04-01 invoice INV-1 5.00"))


def test_the_last_day_of_the_calendar_may_be_locked():
    """There is no first open day then."""
    with pytest.raises(receivables.PeriodLocked, match="No day is left") as caught:
        does(new(locked_through=date.max), "03-31 invoice INV-1 5.00")
    assert caught.value.first_open is None


# ------------------------------------------------------------------------------------------------ limit, reject, quick pay


def test_a_credit_limit_is_a_warning():
    """Nothing is refused; a posting that lowers the balance does not warn."""
    acme = account("03-01 invoice INV-1 80.00", credit_limit=eur("100.00"))

    over = does(acme, "03-02 invoice INV-2 50.00")

    assert ("the balance of 130.00 EUR is above the credit limit of 100.00 EUR",) == over.warnings
    assert "account.over_limit ACME" in happened(over)
    assert () == does(over.account, "03-03 payment PAY-1 10.00").warnings
    assert () == does(acme, "03-02 invoice INV-2 20.00").warnings


def test_reject_needs_a_reason_and_moves_nothing():
    """The draft comes back rejected; the account's version counts the decision."""
    acme = new()
    update = receivables.reject(acme, transactions.invoice("INV-1", eur("9.00")), on=day("03-01"), reason="wrong customer")

    assert update.rejected is not None
    assert (transactions.State.REJECTED, "wrong customer") == (update.rejected.state, update.rejected.reason)
    assert ((), (), eur("0.00")) == (update.transactions, update.entries, update.account.balance)
    assert "INV-1, invoice of 9.00 EUR, rejected on 2026-03-01: wrong customer" == update.explain()
    assert ["invoice.rejected INV-1"] == happened(update)
    with pytest.raises(InvalidArgument):
        receivables.reject(acme, transactions.invoice("INV-1", eur("9.00")), on=day("03-01"), reason=" ")


def test_a_terminated_account_rejects_nothing():
    """It takes money all the same."""
    gone = receivables.with_state(account("03-01 invoice INV-1 9.00"), receivables.State.TERMINATED)

    with pytest.raises(receivables.AccountTerminated, match="account 'ACME' is terminated, and reject is refused") as caught:
        receivables.reject(gone, transactions.invoice("INV-2", eur("9.00")), on=day("03-01"), reason="wrong")
    assert "ACME" == caught.value.account
    assert {} == opens(then(gone, "03-02 payment PAY-1 9.00"))


def test_quick_pay_is_of_exactly_the_open_amount():
    """Against that invoice, under any policy, though another is due earlier."""
    for policy in (allocation.FIFO, allocation.MANUAL, allocation.AGAINST_ITEM):
        acme = account("03-01 invoice INV-1 50.00", "03-02 invoice INV-2 50.00", "03-03 credit_note CN-1 20.00", policy=policy)
        acme = acme if policy is not allocation.MANUAL else then(acme, "03-03 allocate CN-1 to INV-1 20.00")

        update = does(acme, "03-04 quick_pay INV-2 by PAY-1")

        assert eur("50.00") == update.transactions[0].total
        assert ["PAY-1 -> INV-2 50.00 against-item"] == [
            f"{row} {row.policy}".replace(" EUR", "") for row in update.allocations
        ]
        assert {"INV-1": "30.00"} == opens(update.account)


def test_a_settled_invoice_is_not_paid():
    """Neither is a credit, nor what is not there."""
    acme = account("03-01 invoice INV-1 50.00", "03-02 payment PAY-1 80.00")

    with pytest.raises(receivables.AlreadySettled) as caught:
        does(acme, "03-04 quick_pay INV-1 by PAY-2")
    assert "INV-1" == caught.value.id
    with pytest.raises(receivables.WrongSide, match="PAY-1 is a credit, where a debit is needed") as swapped:
        does(acme, "03-04 quick_pay PAY-1 by PAY-2")
    assert "PAY-1" == swapped.value.id
    with pytest.raises(ids.UnknownReference):
        does(acme, "03-04 quick_pay INV-9 by PAY-2")


def test_preview_is_the_same_call():
    """The account that went in is as it was."""
    acme = account("03-01 invoice INV-1 50.00")
    before = acme.version, acme.balance, opens(acme)

    first, second = (does(acme, "03-02 payment PAY-1 20.00") for _ in range(2))

    assert before == (acme.version, acme.balance, opens(acme))
    assert first == second


def test_the_update_is_what_changed():
    """One document, one row, one entry, the events in order."""
    update = does(account("03-01 invoice INV-1 50.00"), "03-02 payment PAY-1 50.00")

    assert ["PAY-1"] == [posted.id for posted in update.transactions]
    assert ["PAY-1 -> INV-1 50.00 EUR"] == [str(row) for row in update.allocations]
    assert ["PAY-1/entry: receivable:ACME -50.00 EUR, cash:wire 50.00 EUR"] == booked(update)
    assert ["payment.posted PAY-1", "invoice.settled INV-1"] == happened(update)
    assert [1, 2] == [account("03-01 invoice INV-1 50.00").version, update.account.version]
    assert draft("invoice", "INV-1", "1.00", {}).id == "INV-1"


def test_the_terms_that_made_a_due_date_are_explained():
    """Typed by nobody."""
    update = does(new(terms=terms.net(30)), "03-01 invoice INV-1 9.00")

    assert "INV-1 is due on 2026-03-31: " in update.explain()


def test_a_refund_takes_credit_ahead_of_open_debits_and_no_more_than_it_needs():
    """In the order credits are used: PAY-1 in full, PAY-2 in part, PAY-3 not at all."""
    acme = account(
        "03-01 payment PAY-1 10.00", "03-02 payment PAY-2 10.00", "03-03 payment PAY-3 10.00", policy=allocation.LIFO
    )

    assert {"PAY-2": "5.00", "PAY-3": "10.00"} == free(then(acme, "03-04 refund REF-1 15.00"))


def test_a_refund_of_nothing_takes_nothing():
    """Named or not."""
    acme = account("03-01 payment PAY-1 10.00", "03-02 refund REF-1 0.00 from PAY-1", "03-02 refund REF-2 0.00")

    assert ([], {"PAY-1": "10.00"}) == (rows(acme), free(acme))


def test_a_name_that_is_open_in_full_needs_no_explanation():
    """Nothing is short."""
    update = does(account("03-01 invoice INV-1 9.00"), "03-02 payment PAY-1 9.00 for INV-1")

    assert ["allocation.against-item/1: PAY-1 -> INV-1 9.00 EUR; INV-1 is settled"] == [
        str(step) for step in update.trail.steps
    ]
