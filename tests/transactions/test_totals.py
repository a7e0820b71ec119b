"""Documents are the sums of the lines they show, rounded per line or once."""

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from ledgerkit import money, pricing
from ledgerkit.errors import InvalidArgument
from ledgerkit.transactions import Line, LineKind, Totals, invoice, line, tax, tax_answer

eur = money.maker("EUR")
VAT = tax("VAT", "20%")
WITHIN = tax("VAT", "20%", inclusive=True)
NORTHWIND = Path(__file__).parents[1] / "data" / "northwind_order_details.csv"


def once(*lines):
    """The document rounded as a whole, and the sum of what it shows."""
    found = invoice("INV-1", lines, totals=Totals.PER_DOCUMENT)
    assert found.net_minor == sum(one.net_minor for one in found.lines)
    assert found.tax_minor == sum(one.tax_minor for one in found.lines)
    return found


def test_sums_by_product_and_by_tax():
    """What the books need is made once: net by product, tax by id."""
    found = invoice(
        "INV-1",
        [
            line("a", unit_price="10", currency="EUR", product="P1", taxes=[VAT]),
            line("b", unit_price="5", currency="EUR", product="P2", taxes=[VAT, tax("city", "1%")]),
            line("c", unit_price="1", currency="EUR", product="P1"),
            line("d", unit_price="2", currency="EUR"),
        ],
    )

    assert (("P1", 1100), ("P2", 500), (None, 200)) == found.net_by_product
    assert (("VAT", 300), ("city", 5)) == found.tax_by_id


def test_per_document_rounds_once():
    """Three times 0.335 is 1.005: 1.01, of which the lines show 1.02."""
    found = once(*[line("a", unit_price="0.335", currency="EUR", taxes=[VAT])] * 3)

    assert (eur("1.01"), eur("0.20")) == (found.net, found.tax)
    assert (LineKind.ROUNDING, -1, (-1,)) == (found.lines[-1].kind, found.lines[-1].net_minor, found.lines[-1].tax_minors)
    assert "transactions.per-document/1: the exact lines sum to 1.005 EUR: net 1.01 EUR, rounded half up" in found.explain()


def test_no_difference_no_line():
    """A document that agrees with its lines shows nothing more."""
    assert 1 == len(once(line("a", unit_price="1", currency="EUR", taxes=[VAT])).lines)


def test_within_prices_per_document():
    """Gross and net are rounded once each, the tax lies between: 0.333 x 3 = 0.999; 0.999 / 1.2 = 0.8325."""
    found = once(*[line("a", unit_price="0.333", currency="EUR", taxes=[WITHIN])] * 3)

    assert (eur("0.83"), eur("0.17"), eur("1.00")) == (found.net, found.tax, found.total)


def test_two_taxes_within_prices_per_document():
    """The tax between gross and net is shared by what each holds."""
    both = [tax("a", "10%", inclusive=True), tax("b", "5%", inclusive=True), tax("c", "0%", inclusive=True)]
    found = once(*[line("a", unit_price="0.115", currency="EUR", taxes=both)] * 10)

    assert (eur("1.00"), eur("1.15")) == (found.net, found.total)
    assert {"a": 10, "b": 5, "c": 0} == dict(found.tax_by_id)


def test_mixed_signs_within_prices_per_document():
    """Where a tax sums to less than zero each is rounded, and the last takes the rest."""
    lines = [
        line("a", unit_price="10.003", currency="EUR", taxes=[WITHIN]),
        line("b", unit_price="-5.004", currency="EUR", taxes=[tax("low", "5%", inclusive=True)], kind=LineKind.CREDIT),
    ]
    found = once(*lines)

    assert found.total_minor == 500  # 10.003 - 5.004 = 4.999
    assert {"VAT": 167, "low": -24} == dict(found.tax_by_id)


def test_only_taxes_of_nothing_within_prices_per_document():
    """A rate of zero within prices is a price without tax."""
    free = [tax("a", "0%", inclusive=True)]
    found = once(*[line("a", unit_price="0.335", currency="EUR", taxes=free)] * 3)

    assert (eur("1.01"), eur("0.00")) == (found.net, found.tax)


def test_on_top_of_prices_that_hold_a_tax_per_document():
    """The tax on top counts on the exact net that the inclusive one leaves."""
    found = once(*[line("a", unit_price="0.0126", currency="EUR", taxes=[WITHIN, tax("levy", "50%")])] * 100)

    assert (eur("1.05"), {"VAT": 21, "levy": 53}) == (found.net, dict(found.tax_by_id))  # 1.26 / 1.2; 0.525


def test_answers_stay_per_document():
    """An answered tax is not reckoned again; an amount without a price is exact as it is."""
    stored = Line(text="b", net=eur("0.30"))
    found = once(line("a", unit_price="0.335", currency="EUR", taxes=[tax_answer("x", eur("0.07"))]), stored)

    assert (eur("0.64"), eur("0.07")) == (found.net, found.tax)  # 0.335 + 0.30 = 0.635


def test_nothing_per_document():
    """No line, nothing to round."""
    assert () == invoice("INV-1", [], currency="EUR", totals=Totals.PER_DOCUMENT).lines


def test_a_policy_is_a_name():
    """The text of the policy will do; another is refused."""
    assert 1 == len(invoice("INV-1", [line("a", unit_price=eur("1"))], totals="per_line").lines)
    with pytest.raises(InvalidArgument, match="totals is "):
        invoice("INV-1", [line("a", unit_price=eur("1"))], totals="sometimes")


def test_northwind():
    """Seven of 830 real orders come to another total when they are rounded as a whole; each shows the difference."""
    orders = defaultdict(list)
    exact: dict[str, Fraction] = defaultdict(Fraction)
    for row in csv.DictReader(NORTHWIND.read_text(encoding="utf-8").splitlines()):
        off = [pricing.percent_off(row["discount"])] if row["discount"] != "0" else []
        orders[row["orderID"]].append(
            line(row["productID"], unit_price=row["unitPrice"], quantity=row["quantity"], currency="USD", discounts=off)
        )
        exact[row["orderID"]] += Fraction(row["unitPrice"]) * int(row["quantity"]) * (1 - Fraction(row["discount"]))

    by_line = {order: invoice(order, lines) for order, lines in orders.items()}
    whole = {order: invoice(order, lines, totals=Totals.PER_DOCUMENT) for order, lines in orders.items()}
    differ = [order for order in orders if by_line[order].total_minor != whole[order].total_minor]

    assert (830, 7) == (len(orders), len(differ))
    assert all(document.total_minor == sum(one.gross_minor for one in document.lines) for document in whole.values())
    assert all(whole[order].net_minor == int(total * 100 + Fraction(1, 2)) for order, total in exact.items())


def test_a_quarter_of_a_million_lines():
    """Within limits, linear, per line and per document."""
    lines = [line("x", unit_price="0.335", currency="EUR", quantity=place % 5, taxes=[VAT]) for place in range(1_000)] * 250

    assert (250_000, 250_001) == (len(invoice("INV-1", lines).lines), len(once(*lines).lines))
