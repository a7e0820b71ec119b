"""A part of a document: credit notes over a part of an invoice, and the lines of a share."""

from datetime import date

import pytest

from ledgerkit import errors, ids, money, transactions

eur = money.maker("EUR")
ACME = ids.AccountId("ACME")
VAT = transactions.tax("VAT", "20%")


def sold(amount: str = "100.00") -> transactions.Transaction:
    draft = transactions.invoice("INV-7", eur(amount), taxes=[VAT])
    return transactions.posted(draft, account=ACME, number="7", posted_on=date(2026, 3, 1), due_on=None)


def test_the_last_credit_note_absorbs_the_cent():
    """Thirds of 120.00 with 20.00 of tax: 6.67, 6.66 and 6.67 of tax."""
    thirds = [transactions.credit_of(sold(), id=f"CN-{at}", amount=eur("40"), credited=eur(f"{at * 40}")) for at in range(3)]

    assert [eur("6.67"), eur("6.66"), eur("6.67")] == [note.tax for note in thirds]
    assert [eur("40.00")] * 3 == [note.total for note in thirds]


def test_what_is_left_is_credited_when_no_amount_is_given():
    assert eur("80.00") == transactions.credit_of(sold(), id="CN-1", credited=eur("40")).total


def test_no_more_than_is_left():
    with pytest.raises(transactions.CreditExceedsInvoice) as caught:
        transactions.credit_of(sold(), id="CN-1", amount=eur("80.01"), credited=eur("40"))
    assert ("INV-7", eur("80.00"), eur("80.01")) == (caught.value.invoice, caught.value.left, caught.value.requested)
    with pytest.raises(transactions.CreditExceedsInvoice):
        transactions.credit_of(sold(), id="CN-1", credited=eur("120.01"))


def test_below_zero_is_refused():
    with pytest.raises(money.InvalidAmount, match=r"^amount is -0\.01 EUR\. Pass an amount of zero or more\.$"):
        transactions.credit_of(sold(), id="CN-1", amount=eur("-0.01"))
    with pytest.raises(money.InvalidAmount, match=r"^credited is -0\.01 EUR\. Pass an amount of zero or more\.$"):
        transactions.credit_of(sold(), id="CN-1", credited=eur("-0.01"))


def test_only_a_debt_is_credited():
    paid = transactions.posted(
        transactions.payment("PAY-1", eur("5"), method="card"),
        account=ACME,
        number="1",
        posted_on=date(2026, 3, 1),
        due_on=None,
    )
    with pytest.raises(errors.InvalidArgument, match=r"^PAY-1 is a payment\. Credit an invoice or a debit note\.$"):
        transactions.credit_of(paid, id="CN-1")


def test_a_share_is_a_part_of_the_total():
    """Halves of 0.11, of which 0.02 is tax: each takes a cent of tax, and together they are the whole."""
    halves = [
        transactions.share_of(sold("0.09"), eur(part), text="half", after=eur(after))
        for part, after in (("0.06", "0"), ("0.05", "0.06"))
    ]

    assert [(eur("0.05"), eur("0.01")), (eur("0.04"), eur("0.01"))] == [
        (line.net, line.tax) for part in halves for line in part
    ]
    with pytest.raises(money.InvalidAmount):
        transactions.share_of(sold(), eur("80.01"), text="too much", after=eur("40"))
