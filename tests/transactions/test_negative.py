"""Invoices whose lines sum to less than zero."""

from datetime import date
from fractions import Fraction

import pytest

from ledgerkit import charges, money, transactions
from ledgerkit.errors import InvalidArgument
from ledgerkit.transactions import Draft, Kind, LineKind, Negative, Totals, Transaction, carried_line, invoice, line, tax

eur = money.maker("EUR")
VAT, LOW = tax("VAT", "20%"), tax("VAT", "5%")
BACK = line("Desk, returned", unit_price="-100", currency="EUR", taxes=[VAT], kind=LineKind.CREDIT, product="desk")
LESS = line("Pens", unit_price="2", quantity=-3, currency="EUR", taxes=[VAT], kind=LineKind.CREDIT)
SALE = line("Chair", unit_price="10", currency="EUR", taxes=[LOW])


def test_it_becomes_a_credit_note():
    """The lines are mirrored: what was given back is positive now, what was sold is a credit."""
    found = invoice("INV-8", [BACK, LESS, SALE], due_on=None, terms=None)

    assert (Kind.CREDIT_NOTE, eur("116.70")) == (found.kind, found.total)  # 120.00 + 7.20 - 10.50
    assert [("sale", 10000), ("sale", 600), ("credit", -1000)] == [(one.kind, one.net_minor) for one in found.lines]
    assert ["1 x 100", "3 x 2", "-1 x 10"] == [f"{one.quantity} x {one.unit_price}" for one in found.lines]
    assert (("desk", 10000), (None, -400)) == found.net_by_product
    step = "transactions.negative/1: the lines sum to -116.70 EUR: a credit note of 116.70 EUR"
    assert step in [str(step) for step in found.trail.steps]
    assert found == Draft(id="INV-8", kind=Kind.CREDIT_NOTE, lines=found.lines)


def test_a_plain_amount_turns_too():
    """One line of the positive amount."""
    assert transactions.credit_note("INV-8", eur("5")) == invoice("INV-8", eur("-5"))


def test_charges_turn_with_their_explanation():
    """A charge has no unit price: its amount turns, its quantity stays."""
    unused = charges.Charge(source="SUB-1", text="Unused", amount=eur("-15"), reason=charges.Reason.UNUSED, quantity=2)
    found = invoice("INV-8", [unused]).lines[0]

    assert (eur("15.00"), LineKind.SALE, Fraction(2)) == (found.net, found.kind, found.quantity)


def test_rounding_lines_turn_as_they_are():
    """The mirrored document is rounded as the negative one was."""
    lines = [line("x", unit_price="-0.335", currency="EUR", kind=LineKind.CREDIT)] * 3
    found = invoice("INV-8", lines, totals=Totals.PER_DOCUMENT)

    assert (eur("1.01"), LineKind.ROUNDING) == (found.total, found.lines[-1].kind)
    assert "transactions.per-document/1: the exact lines sum to 1.005 EUR: net 1.01 EUR, rounded half up" in found.explain()


def test_it_may_be_refused():
    """A host that wants neither says so; the policy's text will do."""
    with pytest.raises(transactions.NegativeTotal, match=r"Make a credit note of 120\.00 EUR"):
        invoice("INV-8", [BACK], negative=Negative.REFUSE)
    with pytest.raises(InvalidArgument, match="negative is "):
        invoice("INV-8", [BACK], negative="perhaps")


def test_it_may_be_carried_forward():
    """An invoice of zero, and a credit line for the next one; net and each tax are right over both."""
    first = invoice("INV-8", [BACK, SALE], negative=Negative.CARRY_FORWARD)
    credit = carried_line(first)
    second = invoice("INV-9", [line("Desk", unit_price="200", currency="EUR", taxes=[VAT]), credit])

    assert (Kind.INVOICE, 0, 0, 0, eur("109.50")) == (
        first.kind, first.net_minor, first.tax_minor, first.total_minor, first.carried,
    )  # fmt: skip
    assert ("carried forward", 10950) == (first.lines[-1].text, first.lines[-1].gross_minor)
    assert ("carried forward from INV-8", -9000, (-2000, 50), "INV-8") == (
        credit.text, credit.net_minor, credit.tax_minors, credit.source,
    )  # fmt: skip
    assert (eur("110.00"), eur("20.50")) == (second.net, second.tax)
    assert "transactions.carry-forward/1: the lines sum to -109.50 EUR: 109.50 EUR is carried" in first.explain()
    assert first == Draft(id="INV-8", kind=Kind.INVOICE, lines=first.lines, carried=first.carried)


def test_a_plain_amount_is_carried_forward():
    """The amount stands as a credit line, what is carried below it."""
    found = invoice("INV-8", eur("-5"), negative="carry_forward")

    assert [("invoice", "credit", -500), ("carried forward", "sale", 500)] == [
        (one.text, one.kind, one.net_minor) for one in found.lines
    ]


def test_mixed_taxes_are_carried_as_a_credit_line():
    """Where one tax has the other sign the carried line cannot be a sale; and where the net has it, neither."""
    high, nil = tax("high", "100%"), tax("nil", "0%")
    taxed = line("a", unit_price="-10", currency="EUR", taxes=[high], kind=LineKind.CREDIT)
    found = invoice("INV-8", [taxed, line("b", unit_price="15", currency="EUR", taxes=[nil])], negative="carry_forward")

    assert (eur("5.00"), LineKind.CREDIT, -500) == (found.carried, found.lines[-1].kind, found.lines[-1].net_minor)


def test_only_what_is_carried_can_be_taken_over():
    """From a posted invoice as well, not from anything else."""
    first = invoice("INV-8", [BACK], negative=Negative.CARRY_FORWARD)
    posted = transactions.posted(first, account="ACME", number="8", posted_on=None, due_on=None)  # type: ignore[arg-type]

    assert carried_line(first) == carried_line(posted)
    assert isinstance(posted, Transaction)
    with pytest.raises(InvalidArgument, match="INV-1 carries nothing forward"):
        carried_line(invoice("INV-1", eur("1")))
    with pytest.raises(InvalidArgument):
        carried_line(eur("1"))  # type: ignore[arg-type]


def test_answered_taxes_turn_and_are_carried():
    """What was answered for a credit is explained on its mirror image and on what is carried, and shared by a write-off."""
    answer = transactions.tax_answer("sales tax", eur("-0.89"))
    back = line("Mug, returned", unit_price="-10", currency="EUR", taxes=[answer], kind=LineKind.CREDIT)
    turned = invoice("INV-8", [back])
    waiting = invoice("INV-8", [back], negative=Negative.CARRY_FORWARD)
    posted = transactions.posted(turned, account="ACME", number="8", posted_on=None, due_on=None)  # type: ignore[arg-type]
    lost = transactions.mirror(
        posted, id="WO-1", kind=Kind.WRITE_OFF, reason="late", number="9", posted_on=date(2026, 3, 1), total_minor=500
    )

    assert "sales tax on 10.00 EUR: 0.89 EUR, as answered from outside" in turned.explain()
    assert "sales tax on -10.00 EUR: -0.89 EUR, as answered from outside" in carried_line(waiting).explain()
    assert "sales tax on 4.59 EUR: 0.41 EUR, a share of the whole" in lost.explain()
