"""Cancel, write off, recover, charge back."""

import pytest

from ledgerkit import allocation, ids, journal, money, receivables, states, transactions
from ledgerkit.errors import UsageError
from ledgerkit.receivables import NotCancellable
from ledgerkit.transactions import Kind, State
from tests.receivables.ledger import account, booked, day, does, eur, free, happened, new, opens, rows, then

# -------------------------------------------------------------------------------------------------------- cancel an invoice


def test_cancelling_an_invoice_leaves_what_was_paid_as_credit():
    """A paid invoice of 119.00 leaves 119.00 of credit; the cancellation is matched to it in full."""
    acme = account("03-01 invoice INV-1 119.00", "03-02 payment PAY-1 119.00")

    update = does(acme, "03-09 cancel INV-1 by IC-1")

    assert ["IC-1 -> INV-1 119.00 cancellation"] == rows(update.account)
    assert ({}, {"PAY-1": "119.00"}, eur("-119.00")) == (opens(update.account), free(update.account), update.account.balance)
    states_now = {posted.id: posted.state for posted in update.account.transactions}
    assert {"INV-1": State.CANCELLED, "PAY-1": State.POSTED, "IC-1": State.POSTED} == states_now


def test_its_credits_go_elsewhere_by_fifo():
    """An intention to pay an invoice does not survive it: CN-1 goes to INV-3, CN-2 stays on INV-2."""
    acme = account(
        "01-05 invoice INV-1 100.00 due 02-05", "01-20 invoice INV-2 60.00 due 02-20", "02-01 invoice INV-3 80.00 due 03-01",
        "02-02 credit_note CN-1 100.00 for INV-1", "02-03 credit_note CN-2 60.00 for INV-2",
    )  # fmt: skip

    update = does(acme, "02-04 cancel INV-1 by IC-1")

    assert "CN-1 -> INV-3 80.00 fifo" in rows(update.account)
    assert "CN-2 -> INV-2 60.00 against-item" in rows(update.account)
    assert {"CN-1": "20.00"} == free(update.account)


def test_the_lines_are_copied_and_the_entry_is_the_mirror_image():
    """Gross, net and tax with the other sign."""
    acme = does(new(), "03-01 invoice INV-1 120.00", taxed=True).account

    update = does(acme, "03-02 cancel INV-1 by IC-1")

    counter = update.transactions[-1]
    assert (Kind.INVOICE_CANCELLATION, eur("100.00"), eur("20.00")) == (counter.kind, counter.net, counter.tax)
    assert ["IC-1/entry: receivable:ACME -120.00 EUR, revenue 100.00 EUR, tax:VAT 20.00 EUR"] == booked(update)
    assert ["invoice.settled INV-1", "invoice.cancelled INV-1"] == happened(update)


def test_cancelling_cancels_once():
    """A cancelled invoice is not cancelled again; a cancellation never."""
    acme = account("03-01 invoice INV-1 119.00", "03-09 cancel INV-1 by IC-1")

    with pytest.raises(states.InvalidTransition):
        does(acme, "03-10 cancel INV-1 by IC-2")
    with pytest.raises(NotCancellable, match="IC-1 cannot be cancelled: its kind is invoice cancellation") as no:
        does(acme, "03-10 cancel IC-1 by IC-2")
    assert "IC-1" == no.value.id


def test_an_invoice_whose_lines_were_credited_is_not_cancelled():
    """What is left of it is credited by a credit note."""
    line = transactions.line("Two of five back", unit_price=eur("40.00"), source="INV-1")
    acme = account("03-01 invoice INV-1 100.00")
    acme = receivables.post(acme, transactions.credit_note("CN-1", [line], against=["INV-1"]), on=day("03-02")).account

    with pytest.raises(NotCancellable, match=r"INV-1 cannot be cancelled: credit notes take 40\.00 EUR off its lines"):
        does(acme, "03-10 cancel INV-1 by IC-1")


def test_a_credit_note_without_a_line_of_the_invoice_does_not_bind_it():
    """An amount that names the invoice is freed, and so are lines that refer to another document."""
    other = transactions.line("Goodwill", unit_price=eur("40.00"), source="ORDER-1")
    acme = account("03-01 invoice INV-1 100.00", "03-02 credit_note CN-1 10.00 for INV-1")
    acme = receivables.post(acme, transactions.credit_note("CN-2", [other], against=["INV-1"]), on=day("03-02")).account

    assert {"CN-1": "10.00", "CN-2": "40.00"} == free(then(acme, "03-10 cancel INV-1 by IC-1"))


def test_a_written_off_invoice_is_not_cancelled():
    """Recover the write-off first."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 write_off INV-1 by WO-1")

    with pytest.raises(NotCancellable, match="WO-1 stands against it"):
        does(acme, "03-10 cancel INV-1 by IC-1")

    recovered = then(acme, "03-03 recover WO-1 by DN-1", "03-10 cancel INV-1 by IC-1")
    assert {} == opens(recovered)


def test_only_invoices_and_payments_are_cancelled():
    """A credit note is undone by a debit note."""
    acme = account("03-01 credit_note CN-1 5.00")

    with pytest.raises(
        NotCancellable, match=r"CN-1 cannot be cancelled: its kind is credit note\. Undo a credit note by a debit note"
    ):
        does(acme, "03-10 cancel CN-1 by CC-1")
    with pytest.raises(ids.UnknownReference):
        does(acme, "03-10 cancel INV-9 by CC-1")
    with pytest.raises(ids.DuplicateId):
        does(then(acme, "03-01 invoice INV-1 9.00"), "03-10 cancel INV-1 by CN-1")


def test_a_document_of_zero_may_be_cancelled():
    """There is nothing to match."""
    acme = account("03-01 invoice INV-1 0.00", "03-01 payment PAY-1 0.00")

    assert [] == rows(then(acme, "03-02 cancel INV-1 by IC-1", "03-02 cancel PAY-1 by PC-1"))


def test_a_terminated_account_cancels_nothing():
    """Reject, cancel and move-in are refused."""
    acme = receivables.with_state(account("03-01 invoice INV-1 119.00"), receivables.State.TERMINATED)

    with pytest.raises(receivables.AccountTerminated, match="cancel is refused"):
        does(acme, "03-09 cancel INV-1 by IC-1")


def test_an_item_known_by_its_open_amount_cannot_be_mirrored():
    """The account has to know the document in full."""
    item = allocation.Item(id="INV-1", amount=eur("9.00"), posted_on=day("01-01"))
    acme = new(open_items=[item], since=day("03-01"))

    with pytest.raises(ids.UnknownReference, match="Load the account with this document among its transactions"):
        does(acme, "03-09 cancel INV-1 by IC-1")


# -------------------------------------------------------------------------------------------------------- cancel a payment


def test_cancelling_a_payment_opens_its_invoices_for_other_credits():
    """PAY-2 had 10.00 left, which go to INV-1 now; a new debit of the full amount is matched to the payment."""
    acme = account("01-05 invoice INV-1 100.00", "01-10 payment PAY-1 100.00", "01-25 payment PAY-2 70.00")

    update = does(acme, "01-26 cancel PAY-1 by PC-1")

    assert ["PAY-1 -> PC-1 100.00 cancellation", "PAY-2 -> INV-1 70.00 fifo"] == rows(update.account)
    assert ({"INV-1": "30.00"}, {}) == (opens(update.account), free(update.account))
    assert ["PC-1/entry: receivable:ACME 100.00 EUR, cash:wire -100.00 EUR"] == booked(update)
    assert "payment.cancelled PAY-1" in happened(update)


def test_a_refunded_payment_is_not_cancelled():
    """The money went back already."""
    acme = account("01-10 payment PAY-1 100.00", "01-25 refund REF-1 70.00 from PAY-1")

    with pytest.raises(NotCancellable, match="REF-1 stands against it"):
        does(acme, "01-26 cancel PAY-1 by PC-1")


# ------------------------------------------------------------------------------------------------------ write off, recover


def test_a_write_off_is_of_the_open_amount():
    """60.00 open of 100.00 gross with tax 16.67: tax 10.00, net 50.00; the entry debits bad debt gross."""
    acme = does(new(), "03-01 invoice INV-1 100.00", taxed=True).account
    acme = then(acme, "03-02 payment PAY-1 40.00")

    update = does(acme, "09-30 write_off INV-1 by WO-1")

    lost = update.transactions[0]
    assert (eur("60.00"), eur("10.00"), eur("50.00")) == (lost.total, lost.tax, lost.net)
    assert ["WO-1/entry: receivable:ACME -60.00 EUR, write_off 60.00 EUR"] == booked(update)
    assert ["PAY-1 -> INV-1 40.00 fifo", "WO-1 -> INV-1 60.00 write-off"] == rows(update.account)
    assert ["write_off.posted WO-1", "invoice.settled INV-1"] == happened(update)


def test_output_tax_is_reduced_only_when_the_host_claims_relief():
    """Bad debt 50.00, tax 10.00."""
    acme = does(new(), "03-01 invoice INV-1 100.00", taxed=True).account
    acme = then(acme, "03-02 payment PAY-1 40.00")

    update = does(acme, "09-30 write_off INV-1 by WO-1", tax_relief=True)

    assert ["WO-1/entry: receivable:ACME -60.00 EUR, tax:VAT 10.00 EUR, write_off 50.00 EUR"] == booked(update)


def test_product_rate_mode():
    """As one product of 10 % within the amount: tax 10.00 of 110.00."""
    acme = does(new(), "03-01 invoice INV-1 110.00", taxed=True).account

    update = does(acme, "09-30 write_off INV-1 by WO-1", tax_rate=transactions.tax("LOW", "10%"), tax_relief=True)

    assert ["WO-1/entry: receivable:ACME -110.00 EUR, tax:LOW 10.00 EUR, write_off 100.00 EUR"] == booked(update)


def test_undelivered_service_comes_out_of_deferred_first():
    """Only the rest is bad debt; all of it may be undelivered."""
    acme = account("03-01 invoice INV-1 100.00")

    part = does(acme, "09-30 write_off INV-1 by WO-1", undelivered=eur("30.00"))
    whole = does(acme, "09-30 write_off INV-1 by WO-1", undelivered=eur("100.00"))

    assert ["WO-1/entry: receivable:ACME -100.00 EUR, deferred 30.00 EUR, write_off 70.00 EUR"] == booked(part)
    assert ["WO-1/entry: receivable:ACME -100.00 EUR, deferred 100.00 EUR"] == booked(whole)
    for wrong in ("100.01", "-0.01"):
        with pytest.raises(money.InvalidAmount, match=r"undelivered is -?\d+\.01 EUR of 100\.00 EUR"):
            does(acme, "09-30 write_off INV-1 by WO-1", undelivered=eur(wrong))


def test_the_role_maps_to_expense_or_allowance():
    """Any role of the host's."""
    update = does(account("03-01 invoice INV-1 100.00"), "09-30 write_off INV-1 by WO-1", role="allowance", number="7")

    assert ["WO-1/entry: receivable:ACME -100.00 EUR, allowance 100.00 EUR"] == booked(update)
    assert "7" == update.transactions[0].number


def test_a_write_off_account_of_the_company():
    """The counter-entry is receivable to receivable; the account gets a debit note without another entry."""
    company = receivables.account("BAD-DEBT", currency="EUR")

    update = does(account("03-01 invoice INV-1 100.00"), "09-30 write_off INV-1 by WO-1", into=company)

    assert ["WO-1/entry: receivable:ACME -100.00 EUR, receivable:BAD-DEBT 100.00 EUR"] == booked(update)
    (also,) = update.also
    assert ({"WO-1/BAD-DEBT": "100.00"}, ()) == (opens(also.account), also.entries)
    assert "WO-1/BAD-DEBT, debit note of 100.00 EUR" in update.explain()


def test_nothing_is_written_off_twice():
    """A settled invoice is refused; the id has to be new."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 write_off INV-1 by WO-1", "03-02 invoice INV-2 5.00")

    with pytest.raises(receivables.AlreadySettled, match="INV-1 is settled, so there is nothing to write off"):
        does(acme, "03-03 write_off INV-1 by WO-2")
    with pytest.raises(ids.DuplicateId):
        does(acme, "03-03 write_off INV-2 by WO-1")


def test_the_rest_of_a_credit_is_written_off_as_income():
    """A debit note takes it, and the role that takes losses takes the gain."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 payment PAY-1 110.00")

    update = does(acme, "03-03 write_off PAY-1 by WO-1")

    assert ["WO-1/entry: receivable:ACME 10.00 EUR, write_off -10.00 EUR"] == booked(update)
    assert ({}, {}, eur("0.00")) == (opens(update.account), free(update.account), update.account.balance)


def test_later_money_is_plain_credit_until_the_write_off_is_recovered():
    """Then it settles the reinstated invoice; recovered debt takes the entry."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 write_off INV-1 by WO-1", "07-10 payment PAY-1 40.00")
    assert {"PAY-1": "40.00"} == free(acme)

    update = does(acme, "07-11 recover WO-1 by DN-1")

    assert ["WO-1 -> DN-1 100.00 cancellation", "PAY-1 -> INV-1 40.00 fifo"] == rows(update.account)
    assert {"INV-1": "60.00"} == opens(update.account)
    assert ["DN-1/entry: receivable:ACME 100.00 EUR, recovery -100.00 EUR"] == booked(update)
    assert "write_off.recovered WO-1" in happened(update)


def test_a_part_is_recovered_with_its_tax_share():
    """60.00 of 120.00, where relief was claimed: 10.00 of tax is owed again."""
    acme = does(new(), "03-01 invoice INV-1 120.00", taxed=True).account
    acme = does(acme, "03-02 write_off INV-1 by WO-1", tax_relief=True).account

    update = does(acme, "07-11 recover WO-1 by DN-1 60.00", tax_relief=True, number="8")

    assert ["DN-1/entry: receivable:ACME 60.00 EUR, tax:VAT -10.00 EUR, recovery -50.00 EUR"] == booked(update)
    assert ({"INV-1": "60.00"}, "8") == (opens(update.account), update.transactions[0].number)
    with pytest.raises(allocation.OverAllocation, match=r"only 60\.00 EUR is open"):
        does(update.account, "07-12 recover WO-1 by DN-2 60.01")


def test_only_a_write_off_is_recovered():
    """Name the write-off, not the invoice."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 write_off INV-1 by WO-1")

    with pytest.raises(ids.UnknownReference, match="Name the write-off, not the invoice"):
        does(acme, "07-11 recover INV-1 by DN-1")
    with pytest.raises(allocation.OverAllocation):
        does(acme, "07-11 recover WO-1 by DN-1 0.00")


def test_a_whole_account_can_be_written_off():
    """One write-off an open debit, held ones among them, in the order they fall due; credits stay."""
    acme = account(
        "03-01 invoice INV-1 100.00 due 05-01", "03-01 invoice INV-2 50.00 due 04-01", "03-02 invoice INV-3 10.00 due 06-01",
        "03-03 hold INV-1", "03-03 payment PAY-1 50.00",
    )  # fmt: skip

    updates = receivables.write_off_account(
        acme, id=lambda name: f"WO-{name}", on=day("09-30"), reason="bankrupt", tax_relief=True
    )

    assert ["WO-INV-1", "WO-INV-3"] == [update.transactions[0].id for update in updates]
    assert {} == opens(updates[-1].account)
    assert () == receivables.write_off_account(updates[-1].account, id=str, on=day("09-30"), reason="bankrupt")


# ------------------------------------------------------------------------------------------------------------ charge back


def test_a_charge_back_opens_the_invoices_again():
    """A refund matched to the payment takes the money; the fee is a debit note."""
    acme = account("03-01 invoice INV-1 100.00", "03-02 payment PAY-1 100.00")

    update = does(acme, "04-01 charge_back PAY-1 by CB-1", fee=eur("15.00"))

    assert ["PAY-1 -> CB-1 100.00 refund"] == rows(update.account)
    assert {"INV-1": "100.00", "CB-1/fee": "15.00"} == opens(update.account)
    assert [
        "CB-1/entry: receivable:ACME 100.00 EUR, cash:wire -100.00 EUR",
        "CB-1/fee/entry: receivable:ACME 15.00 EUR, fees -15.00 EUR",
    ] == booked(update)


def test_a_part_of_a_payment_is_charged_back():
    """The latest row goes first; what was given back is gone."""
    acme = account("03-01 invoice INV-1 60.00", "03-01 invoice INV-2 40.00", "03-02 payment PAY-1 100.00")

    update = does(acme, "04-01 charge_back PAY-1 by CB-1 40.00")

    assert {"INV-2": "40.00"} == opens(update.account)
    with pytest.raises(receivables.Overdraft, match=r"PAY-1 has 60\.00 EUR of free credit"):
        does(update.account, "04-02 charge_back PAY-1 by CB-2 60.01")
    for wrong in ("0.00", "-5.00"):
        with pytest.raises(money.InvalidAmount, match="The bank takes back a positive amount"):
            receivables.charge_back(update.account, "PAY-1", id="CB-2", on=day("04-02"), reason="returned", amount=eur(wrong))
    with pytest.raises(receivables.Overdraft):
        does(then(update.account, "04-02 charge_back PAY-1 by CB-2"), "04-02 charge_back PAY-1 by CB-3")


def test_only_a_payment_is_charged_back():
    """A bank takes back what it gave."""
    with pytest.raises(ids.UnknownReference, match="Name the payment that the bank took back"):
        does(account("03-01 credit_note CN-1 60.00"), "04-01 charge_back CN-1 by CB-1")


def test_a_fee_takes_an_id_of_its_own():
    """Given by the host."""
    update = does(account("03-02 payment PAY-1 100.00"), "04-01 charge_back PAY-1 by CB-1", fee=eur("15.00"), fee_id="FEE-1")

    assert {"FEE-1": "15.00"} == opens(update.account)
    assert journal.Role.FEES in booked(update)[1]


def test_ids_of_write_offs_are_made():
    """By a function of the invoice's id."""
    with pytest.raises(UsageError, match="Pass a function that makes the id"):
        receivables.write_off_account(account(), id="WO", on=day("09-30"), reason="bankrupt")  # type: ignore[arg-type]


# --------------------------------------------------------------------------------------------------------------- credit


def credits(before: receivables.Account, id: str, amount: str | None = None) -> receivables.Update:
    wanted = None if amount is None else eur(amount)
    return receivables.credit(before, "INV-1", id=id, on=day("03-05"), reason="returned", amount=wanted)


def test_credit_notes_never_exceed_the_invoice():
    """Three thirds of 0.10 with tax 0.02: the last one absorbs the cent."""
    acme = does(new(), "03-01 invoice INV-1 0.10", taxed=True).account
    notes: list[transactions.Transaction] = []
    for id, amount in (("CN-1", "0.03"), ("CN-2", "0.03"), ("CN-3", None)):
        update = credits(acme, id, amount)
        acme, notes = update.account, [*notes, update.transactions[0]]

    assert ["0.03", "0.03", "0.04"] == [str(note.total.amount) for note in notes]
    assert (eur("0.02"), eur("0.08")) == (money.total(note.tax for note in notes), money.total(note.net for note in notes))
    assert {} == opens(acme)
    with pytest.raises(transactions.CreditExceedsInvoice):
        credits(acme, "CN-4", "0.01")


def test_crediting_a_paid_invoice_frees_what_was_paid():
    """It displaces what FIFO gave it; the invoice is not cancelled any more."""
    acme = credits(account("03-01 invoice INV-1 100.00", "03-02 payment PAY-1 100.00"), "CN-1", "40.00").account

    assert {"PAY-1": "40.00"} == free(acme)
    with pytest.raises(NotCancellable, match=r"credit notes take 40\.00 EUR off its lines"):
        then(acme, "03-06 cancel INV-1 by IC-1")


def test_nothing_of_a_cancelled_invoice_is_credited():
    """There is nothing left of it."""
    with pytest.raises(NotCancellable, match="it is cancelled already"):
        credits(account("03-01 invoice INV-1 100.00", "03-02 cancel INV-1 by IC-1"), "CN-1")
