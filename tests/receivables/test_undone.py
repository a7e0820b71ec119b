"""What undoes a document, and what undoes that: by day, once, in the books and out of them."""

from collections.abc import Callable
from typing import Any

import pytest

from ledgerkit import allocation, ids, journal, money, receivables, terms, transactions
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.receivables import Account, DatedBefore, Update
from tests.receivables.ledger import account, booked, day, does, eur, free, happened, new, opens, rows, then

SKONTO = terms.early_discount("2%", within_days=10)
WHY: dict[str, Any] = {"reason": "because"}


def stands(*updates: Update) -> dict[str, str]:
    """What each role stands at after these updates and those of other accounts with them; nothing of those that are square."""
    every = [entry for update in updates for one in (update, *update.also) for entry in one.entries]
    return {role: str(sum_.amount) for (role, _), sum_ in journal.trial_balance(every).items() if sum_.amount}


def walked(before: Account, *steps: Callable[[Account], Update]) -> list[Update]:
    """The updates of steps, each on the account of the one before."""
    updates: list[Update] = []
    for step in steps:
        updates.append(step(before))
        before = updates[-1].account
    return updates


# -------------------------------------------------------------------------------------------------------------- by day

UNDOING: dict[str, Callable[[Account, Any], Update]] = {
    "cancel": lambda acme, on: receivables.cancel(acme, "INV-1", id="X", on=on, **WHY),
    "cancel a payment": lambda acme, on: receivables.cancel(acme, "PAY-1", id="X", on=on, **WHY),
    "credit": lambda acme, on: receivables.credit(acme, "INV-1", id="X", on=on, **WHY),
    "write_off": lambda acme, on: receivables.write_off(acme, "INV-1", id="X", on=on, **WHY),
    "recover": lambda acme, on: receivables.recover(acme, "WO-1", id="X", on=on, **WHY),
    "charge_back": lambda acme, on: receivables.charge_back(acme, "PAY-1", id="X", on=on, **WHY),
    "move": lambda acme, on: receivables.move(
        acme, "PAY-1", to=receivables.account("OTHER", currency="EUR"), id="X", new_id="Y", on=on, **WHY
    ),
    "pay_early": lambda acme, on: receivables.pay_early(
        acme, transactions.payment("P", eur("98.00"), method="wire"), invoice="INV-1", early=SKONTO, credit_id="X", on=on
    ),
}


@pytest.mark.parametrize("verb", UNDOING)
def test_nothing_is_undone_before_it_was_posted(verb):
    """Not a day before the 10th, and on the 10th."""
    acme = account(
        "03-10 invoice INV-1 100.00", "03-10 invoice INV-2 5.00", "03-10 write_off INV-2 by WO-1", "03-10 payment PAY-1 7.00 for INV-1"
    )  # fmt: skip

    with pytest.raises(DatedBefore, match="was posted on 2026-03-10, and cannot be undone on 2026-03-09") as no:
        UNDOING[verb](acme, day("03-09"))

    assert (day("03-10"), day("03-09")) == (no.value.posted_on, no.value.on)
    assert UNDOING[verb](acme, day("03-10")).transactions


def test_figures_of_a_past_day_stay_what_they_were():
    """A payment of the 10th that is cancelled on the 12th was there on the 11th, and is nowhere on the 7th."""
    acme = account("03-10 payment PAY-1 75.00", "03-12 cancel PAY-1 by PC-1")

    balances = [receivables.balance(acme, as_of=day(on)) for on in ("03-07", "03-11", "03-12")]

    assert [eur("0.00"), eur("-75.00"), eur("0.00")] == balances


def test_the_books_follow_the_day_a_row_counts_from():
    """A payment of the 10th settles what is posted later for the 1st: from the 10th on, with an entry of that day."""
    apart = new(unallocated=receivables.Unallocated.CUSTOMER_CREDIT)

    updates = walked(
        apart, lambda one: does(one, "03-10 payment PAY-1 30.00"), lambda one: does(one, "03-01 invoice INV-1 30.00")
    )

    entries = [entry for update in updates for entry in update.entries]
    assert ("INV-1/credit/2026-03-10", day("03-10")) == (entries[-1].id, entries[-1].on)
    for on, credit in (("03-05", None), ("03-10", "0.00"), ("03-31", "0.00")):
        books = journal.trial_balance(entries, as_of=day(on))
        found = books.get(("customer_credit", "EUR"))
        assert credit == (None if found is None else str(found.amount))
        assert receivables.unallocated(updates[-1].account, as_of=day(on)) == eur("0.00")


def test_one_entry_a_day_with_a_base_currency_too():
    """What a row of a later day realizes is booked on that day."""
    usd = money.maker("USD")
    abroad = receivables.account("ACME", currency="USD", base_currency="EUR")
    rates = [money.ExchangeRate(base="USD", quote="EUR", rate=rate) for rate in ("0.95", "0.90")]
    paid = receivables.post(abroad, transactions.payment("PAY-1", usd("10.00"), method="wire"), on=day("03-10"), rate=rates[0])

    update = receivables.post(paid.account, transactions.invoice("INV-1", usd("10.00")), on=day("03-01"), rate=rates[1])

    assert ["INV-1/entry", "INV-1/fx/2026-03-10"] == [entry.id for entry in update.entries]
    assert day("03-10") == update.entries[-1].on


# ------------------------------------------------------------------------------------------------------ failed refunds


@pytest.mark.parametrize("policy", [allocation.FIFO, allocation.MANUAL, allocation.PRO_RATA, allocation.AGAINST_ITEM])
def test_a_payment_undoes_the_refund_it_names_under_every_policy(policy):
    """The credit the refund had used is free again, and its payment may be cancelled."""
    acme = account("03-01 payment PAY-1 30.00", "03-02 refund REF-1 30.00", policy=policy)

    update = does(acme, "03-03 payment PAY-2 30.00 for REF-1")

    assert {"PAY-1": "30.00"} == free(update.account)
    assert ["PAY-2 -> REF-1 30.00 against-item"] == rows(update.account)
    assert {} == opens(then(update.account, "03-04 cancel PAY-1 by PC-1"))


def test_a_refund_is_undone_once():
    """A second payment that names it finds it settled by the first, and is free credit."""
    acme = account(
        "03-01 payment PAY-1 30.00", "03-02 refund REF-1 30.00", "03-03 payment PAY-2 30.00 for REF-1",
        "03-04 payment PAY-3 30.00 for REF-1",
    )  # fmt: skip

    assert ["PAY-2 -> REF-1 30.00 against-item"] == rows(acme)
    assert {"PAY-1": "30.00", "PAY-3": "30.00"} == free(acme)


def test_a_refund_of_a_payment_is_undone_with_what_is_left_for_an_invoice():
    """10.00 undo the refund that named its payment, 5.00 settle the invoice that is named with it."""
    acme = account("03-01 payment PAY-1 10.00", "03-02 refund REF-1 10.00 from PAY-1", "03-03 invoice INV-1 5.00 due 05-01")

    back = then(acme, "03-04 payment PAY-2 15.00 for INV-1,REF-1")

    assert ["PAY-2 -> REF-1 10.00 against-item", "PAY-2 -> INV-1 5.00 against-item"] == rows(back)
    assert {"PAY-1": "10.00"} == free(back)


# --------------------------------------------------------------------------------------------- debit notes and credits


def test_a_credit_note_that_was_undone_can_be_given_again():
    """The lines it had taken off the invoice are there again, to credit or to cancel."""
    credited = receivables.credit(account("03-01 invoice INV-1 100.00"), "INV-1", id="CN-1", on=day("03-02"), **WHY).account
    with pytest.raises(transactions.CreditExceedsInvoice):
        receivables.credit(credited, "INV-1", id="CN-2", on=day("03-03"), **WHY)

    undone = then(credited, "03-03 debit_note DN-1 100.00 for CN-1")

    assert {"INV-1": "100.00"} == opens(undone)
    assert eur("100.00") == receivables.credit(undone, "INV-1", id="CN-2", on=day("03-04"), **WHY).transactions[0].total
    assert {} == opens(then(undone, "03-04 cancel INV-1 by IC-1"))


def test_a_part_of_a_credit_note_that_was_undone_can_be_given_again():
    """40.00 of 100.00."""
    credited = receivables.credit(account("03-01 invoice INV-1 100.00"), "INV-1", id="CN-1", on=day("03-02"), **WHY).account

    undone = then(credited, "03-03 debit_note DN-1 40.00 for CN-1")

    with pytest.raises(receivables.NotCancellable, match=r"credit notes take 60\.00 EUR off its lines"):
        then(undone, "03-04 cancel INV-1 by IC-1")
    assert eur("40.00") == receivables.credit(undone, "INV-1", id="CN-2", on=day("03-04"), **WHY).transactions[0].total


@pytest.mark.parametrize(
    ("before", "name", "words"),
    [("03-02 write_off INV-1 by X-1", "X-1", "write off"), ("03-02 cancel INV-1 by X-1", "X-1", "invoice cancellation")],
)
def test_a_debit_note_undoes_credit_notes_and_payments_only(before, name, words):
    """A write-off is recovered, and a cancellation stands."""
    acme = account("03-01 invoice INV-1 100.00", before)

    with pytest.raises(
        receivables.NotCancellable, match=f"X-1 cannot be cancelled: its kind is {words}, which no debit note undoes"
    ):
        does(acme, f"03-03 debit_note DN-1 40.00 for {name}")


def test_the_source_of_a_carried_credit_may_be_cancelled():
    """An invoice of zero carried its credit forward: the line that used it takes nothing off that invoice."""
    back = transactions.line("Unused", unit_price="-30", currency="EUR", kind=transactions.LineKind.CREDIT)
    first = transactions.invoice("INV-1", [back], negative=transactions.Negative.CARRY_FORWARD)
    acme = receivables.post(new(), first, on=day("03-01")).account
    lines = [transactions.carried_line(acme.transactions[0]), transactions.line("Desk", unit_price=eur("10.00"))]
    acme = receivables.post(acme, transactions.invoice("INV-2", lines), on=day("03-02")).account

    assert "invoice.cancelled INV-1" in happened(does(acme, "03-03 cancel INV-1 by IC-1"))


# ------------------------------------------------------------------------------------------------ write-offs that return


def test_what_is_written_off_is_not_credited():
    """Nor is more than the rest, where a part of it is."""
    lost = account("03-01 invoice INV-1 100.00", "03-02 write_off INV-1 by WO-1")
    part = account("03-01 invoice INV-1 100.00", "03-02 payment PAY-1 40.00", "03-02 write_off INV-1 by WO-1")
    words: dict[str, Any] = {"id": "CN-1", "on": day("03-03"), **WHY}

    with pytest.raises(transactions.CreditExceedsInvoice):
        receivables.credit(lost, "INV-1", **words)
    with pytest.raises(receivables.NotCancellable, match=r"60\.00 EUR of it is written off\. Recover the write-off first"):
        receivables.credit(part, "INV-1", amount=eur("40.01"), **words)
    assert eur("40.00") == receivables.credit(part, "INV-1", **words).transactions[0].total


def test_a_debt_that_the_company_took_over_comes_back_out_of_its_account():
    """Receivable to receivable both ways: each account and the books are where they were."""
    acme, company = new(), receivables.account("LOST", currency="EUR")

    sold = does(acme, "03-01 invoice INV-1 60.00")
    lost = does(sold.account, "03-02 write_off INV-1 by WO-1", into=company, into_id="TAKEN")
    held = lost.also[0].account
    back = does(lost.account, "03-03 recover WO-1 by DN-1 20.00", out_of=held, out_of_id="GIVEN")

    assert ({"TAKEN": "60.00"}, {"TAKEN": "40.00"}) == (opens(held), opens(back.also[0].account))
    assert ["GIVEN -> TAKEN 20.00 against-item"] == rows(back.also[0].account)
    assert ["DN-1/entry: receivable:ACME 20.00 EUR, receivable:LOST -20.00 EUR"] == booked(back)
    assert ({"INV-1": "20.00"}, ["credit_note.posted GIVEN"]) == (opens(back.account), happened(back.also[0])[:1])
    assert {"receivable": "60.00", "revenue": "-60.00"} == stands(sold, lost, back)


def test_the_documents_on_the_company_account_take_ids_of_their_own():
    """Made of the two ids when they are left out."""
    company = receivables.account("LOST", currency="EUR")
    lost = does(account("03-01 invoice INV-1 60.00"), "03-02 write_off INV-1 by WO-1", into=company)

    back = does(lost.account, "03-03 recover WO-1 by DN-1", out_of=lost.also[0].account)

    assert ["WO-1/LOST", "DN-1/LOST"] == [posted.id for posted in back.also[0].account.transactions]
    assert {} == opens(back.also[0].account)


def test_the_company_account_is_another_one_with_the_same_books():
    """Not the account itself, nor one that is closed, of another currency or base, or that took nothing over."""
    acme = account("03-01 invoice INV-1 60.00")
    closed = receivables.with_state(receivables.account("LOST", currency="EUR"), receivables.State.TERMINATED)
    abroad = receivables.account("LOST", currency="USD")
    rupees = receivables.account("LOST", currency="EUR", base_currency="INR")
    line = "03-02 write_off INV-1 by WO-1"

    with pytest.raises(UsageError, match="account 'ACME' is the account itself"):
        does(acme, line, into=acme)
    with pytest.raises(receivables.AccountTerminated):
        does(acme, line, into=closed)
    for other in (abroad, rupees):
        with pytest.raises(money.CurrencyMismatch):
            does(acme, line, into=other)
    with pytest.raises(InvalidArgument, match="account is a str"):
        does(acme, line, into="LOST")
    with pytest.raises(ids.InvalidId):
        does(acme, line, into=receivables.account("LOST", currency="EUR"), into_id="")
    with pytest.raises(UsageError, match="Pass the account it was written off into"):
        does(then(acme, line), "03-03 recover WO-1 by DN-1", out_of=receivables.account("LOST", currency="EUR"))


def test_parts_of_a_recovery_sum_to_the_write_off():
    """Three thirds of 60.00 with 10.00 of tax: net 50.00 and tax 10.00 again, not a cent more."""
    sold = does(new(), "03-01 invoice INV-1 60.00", taxed=True)
    lost = does(sold.account, "03-02 write_off INV-1 by WO-1", tax_relief=True)

    parts = walked(
        lost.account,
        *(lambda one, at=at: does(one, f"03-03 recover WO-1 by DN-{at} 20.00", tax_relief=True) for at in range(3)),
    )  # fmt: skip

    assert {"receivable": "60.00", "revenue": "-50.00", "tax": "-10.00", "write_off": "50.00", "recovery": "-50.00"} == stands(
        sold, lost, *parts
    )


def test_parts_of_a_recovery_carry_what_the_write_off_carried():
    """Three thirds of 0.10 USD at 0.95: 0.10 EUR in all, and nothing is realized."""
    usd = money.maker("USD")
    abroad = receivables.account("ACME", currency="USD", base_currency="EUR")
    rate = money.ExchangeRate(base="USD", quote="EUR", rate="0.95")
    sold = receivables.post(abroad, transactions.invoice("INV-1", usd("0.10")), on=day("03-01"), rate=rate)
    lost = does(sold.account, "03-02 write_off INV-1 by WO-1")

    def part(at: int, amount: str) -> Callable[[Account], Update]:
        return lambda one: receivables.recover(one, "WO-1", id=f"DN-{at}", amount=usd(amount), on=day("03-03"), **WHY)

    parts = walked(lost.account, part(0, "0.03"), part(1, "0.03"), part(2, "0.04"))

    assert {"receivable": "0.10", "revenue": "-0.10", "write_off": "0.10", "recovery": "-0.10"} == stands(sold, lost, *parts)


def test_service_that_was_not_delivered_goes_back_to_deferred_revenue():
    """40.00 of 100.00; no more than the part that is recovered."""
    sold = does(new(), "03-01 invoice INV-1 100.00")
    lost = does(sold.account, "03-02 write_off INV-1 by WO-1", undelivered=eur("40.00"))

    back = does(lost.account, "03-03 recover WO-1 by DN-1", undelivered=eur("40.00"))

    assert ["DN-1/entry: receivable:ACME 100.00 EUR, deferred -40.00 EUR, recovery -60.00 EUR"] == booked(back)
    with pytest.raises(money.InvalidAmount, match=r"undelivered is 100\.01 EUR of 100\.00 EUR"):
        does(lost.account, "03-03 recover WO-1 by DN-1", undelivered=eur("100.01"))


@pytest.mark.parametrize(
    "wrong",
    [{"role": ""}, {"role": "a\n b"}, {"role": None}, {"role": 5}, {"tax_relief": "no"}, {"tax_relief": 1}, {"tax_rate": 5}],
)
def test_a_write_off_is_judged_at_the_door(wrong):
    """A role is an id, relief a yes or no, a rate a tax: of a debit and of a credit."""
    for line in ("03-01 invoice X-1 60.00", "03-01 payment X-1 60.00"):
        with pytest.raises(UsageError):
            does(account(line), "03-02 write_off X-1 by WO-1", **wrong)
    if "tax_rate" not in wrong:
        with pytest.raises(UsageError):
            does(account("03-01 invoice X-1 60.00", "03-02 write_off X-1 by WO-1"), "03-03 recover WO-1 by DN-1", **wrong)


def test_nothing_to_write_off_is_judged_all_the_same():
    """An account without debits takes no other word than yes or no."""
    with pytest.raises(InvalidArgument, match="tax_relief is 'no', where True or False is needed"):
        receivables.write_off_account(new(), id=str, on=day("09-30"), tax_relief="no", **WHY)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------- charge backs, moves


def test_a_charge_back_and_its_fee_take_numbers():
    """And the fee is a step of the trail."""
    acme = account("03-01 payment PAY-1 100.00")

    update = does(acme, "04-01 charge_back PAY-1 by CB-1", number="R-1", fee=eur("15.00"), fee_id="FEE", fee_number="D-1")

    assert [("CB-1", "R-1"), ("FEE", "D-1")] == [(posted.id, posted.number) for posted in update.transactions]
    assert "receivables.fee/1: FEE: a fee of 15.00 EUR" in update.explain()
    with pytest.raises(UsageError):
        does(acme, "04-01 charge_back PAY-1 by CB-1", fee=eur("15.00"), fee_id="")


def test_credit_meets_what_a_charge_back_opened_and_its_fee_together():
    """The fee falls due on its day, a month before the invoice: other credit goes there first."""
    acme = account("03-01 invoice INV-1 100.00 due 05-01", "03-02 payment PAY-1 100.00", "03-03 payment PAY-2 10.00")

    update = does(acme, "04-01 charge_back PAY-1 by CB-1", fee=eur("15.00"))

    assert ["PAY-1 -> CB-1 100.00 refund", "PAY-2 -> CB-1/fee 10.00 fifo"] == rows(update.account)


def test_a_moved_payment_takes_numbers_and_both_sides_are_told():
    """The explanation leads with the cancellation here, and then the payment there."""
    acme, other = account("03-01 payment PAY-1 5.00"), receivables.account("OTHER", currency="EUR")

    update = receivables.move(
        acme, "PAY-1", to=other, id="MV-1", new_id="PAY-9", on=day("03-09"), reason="wrong one", number="C-1", new_number="P-1"
    )

    assert ("C-1", "P-1") == (update.transactions[-1].number, update.also[0].transactions[0].number)
    heads = [line for line in update.explain().splitlines() if not line.startswith(" ")]
    assert [
        "MV-1, payment cancellation of 5.00 EUR, posted on 2026-03-09, due on 2026-03-09: wrong one, moved to OTHER",
        "PAY-9, payment of 5.00 EUR, posted on 2026-03-09: wrong one, moved from ACME",
    ] == heads


def test_a_payment_that_leaves_may_break_the_credit_limit():
    """What it had settled is open again: a warning, as for a posting."""
    acme = receivables.with_credit_limit(account("03-01 payment PAY-1 100.00"), eur("50.00"))
    acme = then(acme, "03-01 invoice INV-1 100.00")

    update = receivables.move(
        acme, "PAY-1", to=receivables.account("OTHER", currency="EUR"), id="MV-1", new_id="PAY-9", on=day("03-09"), **WHY
    )

    assert ("the balance of 100.00 EUR is above the credit limit of 50.00 EUR",) == update.warnings
    assert "account.over_limit ACME" in happened(update)


def test_a_payment_does_not_move_between_books_of_two_currencies():
    """What it carries there would be told in another currency."""
    rate = money.ExchangeRate(base="EUR", quote="INR", rate="80")
    first = receivables.account("A", currency="EUR", base_currency="INR")
    first = receivables.post(
        first, transactions.payment("PAY-1", eur("5.00"), method="wire"), on=day("03-01"), rate=rate
    ).account

    for base in ("USD", None):
        other = receivables.account("B", currency="EUR", base_currency=base)
        with pytest.raises(money.CurrencyMismatch):
            receivables.move(first, "PAY-1", to=other, id="MV-1", new_id="PAY-9", on=day("03-09"), **WHY)


def test_who_settled_a_debit_is_part_of_the_event():
    """The credit, and the policy by which it came."""
    acme = account("03-01 invoice INV-1 1.00", "03-01 invoice INV-2 1.00")

    paid, lost = does(acme, "03-02 quick_pay INV-1 by PAY-1"), does(acme, "03-02 write_off INV-2 by WO-1")

    assert {"credit": "PAY-1", "by": "against-item"} == dict(paid.events[-1].data)
    assert {"credit": "WO-1", "by": "write-off"} == dict(lost.events[-1].data)


@pytest.mark.parametrize("settings", [{}, {"base_currency": "EUR"}])
def test_a_rate_that_is_not_needed_is_judged_all_the_same(settings):
    """An account in its base currency, or without one."""
    with pytest.raises(InvalidArgument, match="rate is a str"):
        receivables.post(new(**settings), transactions.invoice("INV-1", eur("9.00")), on=day("03-01"), rate="1.08")  # type: ignore[arg-type]
