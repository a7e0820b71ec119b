"""What a posting does to the books: SEMANTICS of the journal."""

from typing import Any

import pytest

from ledgerkit import allocation, journal, money, receivables, transactions
from ledgerkit.receivables import Unallocated, Update
from tests.receivables.ledger import VAT, account, booked, day, does, eur, new, then

CREDIT = Unallocated.CUSTOMER_CREDIT
usd = money.maker("USD")


def at(rate: str) -> money.ExchangeRate:
    return money.ExchangeRate(base="USD", quote="EUR", rate=rate)


def test_an_invoice_debits_the_receivable_gross():
    """Net by product to revenue, tax by its id."""
    lines = [
        transactions.line("Desk", unit_price=eur("100.00"), taxes=[transactions.tax("VAT", "20%")], product="desk"),
        transactions.line("Book", unit_price=eur("50.00"), taxes=[transactions.tax("LOW", "10%")], product="book"),
        transactions.line("Free", unit_price=eur("0.00"), product="gift"),
    ]

    update = receivables.post(new(), transactions.invoice("INV-1", lines), on=day("03-01"))

    assert [
        "INV-1/entry: receivable:ACME 175.00 EUR, revenue:desk -100.00 EUR, revenue:book -50.00 EUR, tax:VAT -20.00 EUR, tax:LOW -5.00 EUR"
    ] == booked(update)
    assert (day("03-01"), "INV-1") == (update.entries[0].on, update.entries[0].source)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("03-02 debit_note D 12.00", "D/entry: receivable:ACME 12.00 EUR, revenue -10.00 EUR, tax:VAT -2.00 EUR"),
        ("03-02 credit_note D 12.00", "D/entry: receivable:ACME -12.00 EUR, revenue 10.00 EUR, tax:VAT 2.00 EUR"),
    ],
)
def test_notes_are_mirror_images(line, expected):
    """A debit note books as an invoice, a credit note the other way round."""
    assert [expected] == booked(does(new(), line, taxed=True))


def test_a_payment_credits_the_receivable_in_full():
    """So an allocation makes no entry; a refund is the mirror image."""
    acme = account("03-01 invoice INV-1 30.00")

    paid = does(acme, "03-02 payment PAY-1 50.00")

    assert ["PAY-1/entry: receivable:ACME -50.00 EUR, cash:wire 50.00 EUR"] == booked(paid)
    assert ["REF-1/entry: receivable:ACME 20.00 EUR, cash:wire -20.00 EUR"] == booked(
        does(paid.account, "03-03 refund REF-1 20.00")
    )


def test_unallocated_money_as_customer_credit():
    """What settles nothing stands in customer credit: 20.00 of 50.00; applying it moves it back."""
    acme = account("03-01 invoice INV-1 30.00", unallocated=CREDIT)

    paid = does(acme, "03-02 payment PAY-1 50.00")
    used = does(paid.account, "03-03 invoice INV-2 15.00")
    back = does(used.account, "03-04 cancel INV-1 by IC-1")

    assert [
        "PAY-1/entry: receivable:ACME -50.00 EUR, cash:wire 50.00 EUR",
        "PAY-1/credit: receivable:ACME 20.00 EUR, customer_credit:ACME -20.00 EUR",
    ] == booked(paid)
    assert [
        "INV-2/entry: receivable:ACME 15.00 EUR, revenue -15.00 EUR",
        "INV-2/credit: receivable:ACME -15.00 EUR, customer_credit:ACME 15.00 EUR",
    ] == booked(used)
    assert "IC-1/credit: receivable:ACME 30.00 EUR, customer_credit:ACME -30.00 EUR" in booked(back)
    assert ["INV-9/entry: receivable:ACME 5.00 EUR, revenue -5.00 EUR"] == booked(does(acme, "03-02 invoice INV-9 5.00"))


def test_receivable_and_customer_credit_are_the_control_total():
    """Whatever happens, together they are the balance, and the books balance."""
    lines = [
        "03-01 invoice INV-1 30.00", "03-02 payment PAY-1 50.00", "03-03 invoice INV-2 145.00", "03-04 cancel INV-1 by IC-1",
        "03-05 write_off INV-2 by WO-1", "03-06 payment PAY-2 8.00", "03-07 refund REF-1 5.00",
        "03-08 payment PAY-3 9.00", "03-08 cancel PAY-3 by PC-1",
        "03-09 recover WO-1 by DN-1", "03-10 charge_back PAY-1 by CB-1 3.00", "03-11 credit_note CN-1 9.00 for INV-2",
        "03-12 debit_note DN-2 4.00 for CN-1",
    ]  # fmt: skip
    acme = new(unallocated=CREDIT)
    entries: list[journal.Entry] = []
    for line in lines:
        update = does(acme, line)
        acme, entries = update.account, [*entries, *update.entries]
        books = journal.trial_balance(entries)

        control = money.total(books[role, "EUR"] for role in ("receivable", "customer_credit") if (role, "EUR") in books)
        unallocated = books.get(("customer_credit", "EUR"), eur("0.00"))
        assert acme.balance == control
        assert money.negate(receivables.unallocated(acme)) == unallocated
        assert eur("0.00") == money.total(books.values())


# -------------------------------------------------------------------------------------------------------- base currency


def invoiced(rate: str = "0.90", amount: str = "100.00", **settings: Any) -> Update:
    abroad = receivables.account("ACME", currency="USD", base_currency="EUR", **settings)
    return receivables.post(abroad, transactions.invoice("INV-1", usd(amount), taxes=[VAT]), on=day("03-01"), rate=at(rate))


def pays(update: Update, amount: str, rate: str, id: str = "PAY-1") -> Update:
    payment = transactions.payment(id, usd(amount), method="wire")
    return receivables.post(update.account, payment, on=day("03-10"), rate=at(rate))


def test_entries_are_in_the_base_currency():
    """100.00 USD at 0.90 is 90.00 EUR: net 75.00, tax 15.00."""
    update = invoiced()

    assert ["INV-1/entry: receivable:ACME 90.00 EUR, revenue -75.00 EUR, tax:VAT -15.00 EUR"] == booked(update)
    assert (usd("100.00"), eur("90.00")) == (update.account.balance, update.transactions[0].base_amount)


def test_a_better_rate_is_a_gain():
    """Carried at 90.00, settled at 95.00."""
    update = pays(invoiced(), "100.00", "0.95")

    assert [
        "PAY-1/entry: receivable:ACME -95.00 EUR, cash:wire 95.00 EUR",
        "PAY-1/fx: receivable:ACME 5.00 EUR, fx_gain -5.00 EUR",
    ] == booked(update)
    assert [eur("5.00")] == [row.realized for row in update.allocations]


def test_a_worse_rate_is_a_loss():
    """Of a part: 40.00 USD carried at 36.00, settled at 32.00."""
    update = pays(invoiced(), "40.00", "0.80")

    assert "PAY-1/fx: receivable:ACME -4.00 EUR, fx_loss 4.00 EUR" in booked(update)


def test_the_open_part_keeps_its_rate_and_the_last_part_takes_the_rest():
    """0.03 USD at 0.90 is 0.03 EUR: 0.01 each, and nothing is left when all is settled."""
    update = invoiced(amount="0.03")
    realized = money.minor_text(0, "EUR")
    for at_ in range(3):
        update = pays(update, "0.01", "0.90", f"PAY-{at_}")
        assert [realized] == [money.text(row.realized) for row in update.allocations if row.realized is not None]


def test_a_release_takes_the_realized_gain_back():
    """Cancelling the payment books the mirror image of both entries."""
    paid = pays(invoiced(), "100.00", "0.95")

    update = does(paid.account, "03-11 cancel PAY-1 by PC-1")

    assert [
        "PC-1/entry: receivable:ACME 95.00 EUR, cash:wire -95.00 EUR",
        "PC-1/fx: receivable:ACME -5.00 EUR, fx_loss 5.00 EUR",
    ] == booked(update)


def test_a_part_released_takes_its_share():
    """Half of the gain of 5.00 is 2.50."""
    paid = pays(invoiced(policy=allocation.MANUAL), "100.00", "0.95")
    matched = receivables.allocate(paid.account, "PAY-1", to="INV-1", amount=usd("100.00"), on=day("03-11"))

    back = receivables.release(matched.account, "PAY-1", of="INV-1", amount=usd("50.00"), on=day("03-12"), reason="wrong")

    assert ["PAY-1/fx/3: receivable:ACME 5.00 EUR, fx_gain -5.00 EUR"] == booked(matched)
    assert ["PAY-1/fx/4: receivable:ACME -2.50 EUR, fx_loss 2.50 EUR"] == booked(back)


def test_books_in_a_base_currency_need_a_rate():
    """Not where it is the account's own."""
    abroad = receivables.account("ACME", currency="USD", base_currency="EUR")
    with pytest.raises(receivables.MissingRate, match="the books are kept in EUR, and the document is in USD"):
        receivables.post(abroad, transactions.invoice("INV-1", usd("1.00")), on=day("03-01"))
    with pytest.raises(money.CurrencyMismatch):
        wrong = money.ExchangeRate(base="USD", quote="GBP", rate="0.8")
        receivables.post(abroad, transactions.invoice("INV-1", usd("1.00")), on=day("03-01"), rate=wrong)

    own = does(new(base_currency="EUR"), "03-01 invoice INV-1 1.00")
    assert ["INV-1/entry: receivable:ACME 1.00 EUR, revenue -1.00 EUR"] == booked(own)


def test_no_two_entries_share_an_id():
    """Not when a payment is named like another one with a number behind it."""
    acme = new(unallocated=CREDIT, policy=allocation.MANUAL)
    ids: list[str] = []
    lines = [
        "03-01 invoice INV-1 30.00",
        "03-02 payment PAY-1 50.00",
        "03-02 payment PAY-1/4 50.00",
        "03-02 payment PAY-1/credit 5.00",
    ]
    for line in lines:
        update = does(acme, line)
        acme, ids = update.account, [*ids, *(entry.id for entry in update.entries)]
    update = receivables.allocate(acme, "PAY-1", to="INV-1", amount=eur("30.00"), on=day("03-03"))
    back = receivables.release(update.account, "PAY-1", of="INV-1", on=day("03-03"), reason="wrong")
    ids += [entry.id for entry in (*update.entries, *back.entries)]

    assert 9 == len(ids) == len(set(ids))


def test_sides_of_both_signs_are_valued_each():
    """A discount line against a sale: the receivable takes the odd unit."""
    lines = [
        transactions.line("Desk", unit_price=usd("10.01"), product="desk"),
        transactions.line("Off", unit_price="-3.34", currency="USD", kind=transactions.LineKind.CREDIT, product="off"),
    ]
    abroad = receivables.account("ACME", currency="USD", base_currency="EUR")

    update = receivables.post(abroad, transactions.invoice("INV-1", lines), on=day("03-01"), rate=at("0.50"))

    (entry,) = update.entries
    assert {"EUR"} == {side[2] for side in entry.sides}
    assert "INV-1/entry: receivable:ACME 3.34 EUR, revenue:desk -5.01 EUR, revenue:off 1.67 EUR" == booked(update)[0]


def test_customer_credit_is_valued_as_the_payment():
    """20.00 of 120.00 USD at 0.95."""
    update = pays(invoiced(unallocated=CREDIT), "120.00", "0.95")

    assert "PAY-1/credit: receivable:ACME 19.00 EUR, customer_credit:ACME -19.00 EUR" in booked(update)


def test_an_amount_too_small_for_the_base_currency_has_no_entry():
    """0.01 USD at 0.30 rounds to nothing."""
    assert [] == booked(invoiced(rate="0.30", amount="0.01"))
    assert eur("0.00") == invoiced(rate="0.30", amount="0.01").transactions[0].base_amount


def test_then_is_does():
    """The helper of these tests keeps the account of each line."""
    assert account("03-01 invoice INV-1 30.00") == then(new(), "03-01 invoice INV-1 30.00")


def test_credit_that_is_freed_comes_back_at_its_value():
    """Half of 100.00 USD at 0.95: 47.50."""
    paid = pays(invoiced(policy=allocation.MANUAL, unallocated=CREDIT), "100.00", "0.95")
    matched = receivables.allocate(paid.account, "PAY-1", to="INV-1", amount=usd("100.00"), on=day("03-11"))

    back = receivables.release(matched.account, "PAY-1", of="INV-1", amount=usd("50.00"), on=day("03-12"), reason="wrong")

    assert "PAY-1/credit/3: receivable:ACME -95.00 EUR, customer_credit:ACME 95.00 EUR" in booked(matched)
    assert "PAY-1/credit/4: receivable:ACME 47.50 EUR, customer_credit:ACME -47.50 EUR" in booked(back)


def test_sides_of_both_signs_are_valued_each_by_itself():
    """Net 10.00 and -3.33, tax 1.33, in yen at 85.37: each at its value, and the largest takes the odd unit."""
    vat = [transactions.tax("VAT", "20%")]
    credit = transactions.LineKind.CREDIT
    lines = [
        transactions.line("Desk", unit_price=eur("10.00"), taxes=vat),
        transactions.line("Off", unit_price=eur("-3.33"), kind=credit, product="off", taxes=vat),
    ]
    rate = money.ExchangeRate(base="EUR", quote="JPY", rate="85.37")
    yen = receivables.account("ACME", currency="EUR", base_currency="JPY")

    sold = receivables.post(yen, transactions.invoice("INV-1", lines), on=day("03-01"), rate=rate)
    paid = receivables.quick_pay(sold.account, "PAY-1", invoice="INV-1", method="wire", on=day("03-02"), rate=rate)

    assert ["INV-1/entry: receivable:ACME 683 JPY, revenue -853 JPY, revenue:off 284 JPY, tax:VAT -114 JPY"] == booked(sold)
    assert money.of("0 JPY") == journal.trial_balance([*sold.entries, *paid.entries])["receivable", "JPY"]


def test_credit_of_two_rates_that_goes_back_leaves_nothing():
    """Paid at 0.80 and released, paid again at 0.90, all refunded at 0.90: what is left over is what was realized."""
    abroad = receivables.account("ACME", currency="USD", base_currency="EUR", unallocated=CREDIT)
    entries: list[journal.Entry] = []

    def kept(update: Update) -> receivables.Account:
        entries.extend(update.entries)
        return update.account

    abroad = kept(receivables.post(abroad, transactions.invoice("INV-1", usd("100.00")), on=day("03-01"), rate=at("0.80")))
    for id, rate in (("PAY-1", "0.80"), ("PAY-2", "0.90")):
        payment = transactions.payment(id, usd("100.00"), method="wire")
        abroad = kept(receivables.post(abroad, payment, on=day("03-02"), rate=at(rate)))
        if id == "PAY-1":
            abroad = kept(does(abroad, "03-02 release PAY-1 of INV-1"))
    abroad = kept(
        receivables.refund_balance(abroad, "REF-1", method="wire", reason="closing", on=day("03-04"), rate=at("0.90"))
    )

    books = {role: str(amount.amount) for (role, _), amount in journal.trial_balance(entries).items()}
    assert usd("0.00") == abroad.balance
    assert ("0.00", "0.00") == (books["receivable"], books["customer_credit"])
