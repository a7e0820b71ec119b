"""A line: priced once, discounted, negative only as a credit, stored and explained."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from ledgerkit import charges, ids, money, periods, pricing, transactions
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.transactions import Line, LineKind, TotalsDiffer, line, tax

eur = money.maker("EUR")
VAT = tax("VAT", "20%")
APRIL = periods.month(2026, 4)


@pytest.mark.parametrize(
    ("unit_price", "quantity", "net"),
    [
        ("19.99", 3, "59.97"),
        ("0.0004", 1_000_000, "400.00"),
        ("0.67", "1.5", "1.01"),
        ("0.335", 1, "0.34"),
        (Decimal("0.334"), Decimal(1), "0.33"),
        (Fraction(10, 3), 3, "10.00"),
        (10, Fraction(1, 3), "3.33"),
        ("0", 5, "0.00"),
        ("5", 0, "0.00"),
        (eur("7.25"), 2, "14.50"),
    ],
)
def test_price_is_rounded_once(unit_price, quantity, net):
    """Quantity times unit price is exact until it is rounded to the currency."""
    currency = None if type(unit_price).__name__ == "Money" else "EUR"

    assert eur(net) == line("x", unit_price=unit_price, quantity=quantity, currency=currency).net


def test_unsettled_money_is_a_unit_price():
    """A Money of more digits than its currency has is a price, not an amount."""
    from moneyed import Money

    found = line("x", unit_price=Money("0.0004", "EUR"), quantity=1_000)

    assert (eur("0.40"), Fraction("0.0004")) == (found.net, found.unit_price)


def test_yen_has_no_decimals():
    """The minor unit is the currency's."""
    found = line("x", unit_price="100.5", currency="JPY", taxes=[tax("CT", "10%")])

    assert ("101 JPY", "10 JPY") == (money.text(found.net), money.text(found.tax))


@pytest.mark.parametrize(
    ("discounts", "net"),
    [
        ([pricing.percent_off("15%"), pricing.amount_off(eur("20.00"))], "150.00"),
        ([pricing.amount_off(eur("20.00")), pricing.percent_off("15%")], "150.00"),
        ([pricing.percent_off("60%"), pricing.percent_off("60%")], "32.00"),
        ([pricing.amount_off(eur("250.00"))], "0.00"),
        ([pricing.percent_off("100%")], "0.00"),
        ([pricing.amount_off(eur("150.00")), pricing.amount_off(eur("60.00"))], "0.00"),
    ],
)
def test_discounts(discounts, net):
    """Percentages compound, amounts come off after them, and the price never passes zero."""
    assert eur(net) == line("Card", unit_price=eur("100.00"), quantity=2, discounts=discounts).net


def test_discount_lessens_a_credit():
    """On a credit line a discount brings the amount nearer to zero, and not beyond."""

    def credit(off):
        return line("x", unit_price="-10", currency="EUR", kind=LineKind.CREDIT, discounts=[pricing.amount_off(eur(off))]).net

    assert (eur("-7.00"), eur("0.00")) == (credit("3.00"), credit("30.00"))


def test_discount_in_another_currency_is_refused():
    """One currency a line."""
    with pytest.raises(money.CurrencyMismatch, match="a discount is in USD, where EUR is needed"):
        line("x", unit_price=eur("1"), discounts=[pricing.amount_off(money.of("1.00 USD"))])


@pytest.mark.parametrize(
    ("rounding", "net", "taxed"),
    [
        (money.HALF_UP, "1.01", "0.20"),
        (money.HALF_EVEN, "1.00", "0.20"),
        (money.UP, "1.01", "0.21"),
        (money.DOWN, "1.00", "0.20"),
        (money.Rounding("HALF_UP", Decimal("0.05")), "1.00", "0.20"),
        (money.Rounding("UP", Decimal("0.05")), "1.05", "0.21"),
    ],
)
def test_rounding_is_an_argument(rounding, net, taxed):
    """The mode counts for price and taxes, the increment for the price alone."""
    found = line("x", unit_price="1.005", currency="EUR", taxes=[VAT], rounding=rounding)

    assert (eur(net), eur(taxed), rounding) == (found.net, found.tax, found.rounding)


@pytest.mark.parametrize("quantity", [-1, "-0.5", Decimal(-2), Fraction(-1, 3)])
def test_negative_quantity_needs_a_credit_line(quantity):
    """A minus is more often a slip than a credit."""
    with pytest.raises(money.InvalidQuantity, match="below zero on a line that is no credit"):
        line("x", unit_price="1", currency="EUR", quantity=quantity)
    assert line("x", unit_price="10", currency="EUR", quantity=quantity, kind=LineKind.CREDIT).net_minor < 0


def test_negative_price_needs_a_credit_line():
    """The same for the price."""
    with pytest.raises(money.InvalidAmount, match="unit_price is below zero"):
        line("x", unit_price="-11062.06", currency="GBP")
    credit = line("x", unit_price="-11062.06", currency="GBP", kind="credit")
    assert (-1106206, LineKind.CREDIT) == (credit.net_minor, credit.kind)


def test_rounding_lines_are_not_made_by_hosts():
    """Only a document knows what it differs by."""
    with pytest.raises(InvalidArgument, match="made by the document alone"):
        line("x", unit_price="1", currency="EUR", kind=LineKind.ROUNDING)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"unit_price": 1.5}, money.InvalidAmount),
        ({"unit_price": True}, money.InvalidAmount),
        ({"unit_price": None}, money.InvalidAmount),
        ({"unit_price": "NaN"}, money.InvalidAmount),
        ({"unit_price": Decimal("NaN")}, money.InvalidAmount),
        ({"unit_price": eur("1"), "currency": "USD"}, money.CurrencyMismatch),
        ({"unit_price": "1", "currency": None}, money.CurrencyMismatch),
        ({"currency": "eur"}, money.UnknownCurrency),
        ({"currency": []}, money.UnknownCurrency),
        ({"quantity": 1.5}, money.InvalidQuantity),
        ({"quantity": True}, money.InvalidQuantity),
        ({"quantity": 10**200}, LimitExceeded),
        ({"unit_price": "9" * 120, "quantity": 10**9}, LimitExceeded),
        ({"discounts": "15%"}, InvalidArgument),
        ({"discounts": ["15%"]}, InvalidArgument),
        ({"discounts": 3}, InvalidArgument),
        ({"taxes": [0.2]}, InvalidArgument),
        ({"taxes": np.array([0.2])}, InvalidArgument),
        ({"taxes": [VAT, tax("VAT", "5%")]}, ids.DuplicateId),
        ({"kind": "gift"}, InvalidArgument),
        ({"kind": 1}, InvalidArgument),
        ({"period": "2026-04"}, InvalidArgument),
        ({"product": ""}, ids.InvalidId),
        ({"source": 7}, InvalidArgument),
        ({"rounding": "HALF_UP"}, InvalidArgument),
        ({"rounding": "HALF_UP", "unit_price": "1.005"}, InvalidArgument),
        ({"rounding": money.Rounding("UP", Decimal("0.001"))}, money.InvalidAmount),
    ],
)
def test_bad_arguments(given, error):
    """Each wrong argument is refused by name."""
    with pytest.raises(error):
        line("x", **({"unit_price": "1", "currency": "EUR"} | given))


def test_texts_are_checked():
    """The text is a text."""
    with pytest.raises(InvalidArgument):
        line(7, unit_price="1", currency="EUR")  # type: ignore[arg-type]


def test_hosts_collections_are_copied():
    """A generator is read once, and a list that changes later changes nothing."""
    taxes = [VAT]
    found = line("x", unit_price="1", currency="EUR", taxes=taxes, discounts=iter([pricing.percent_off("10%")]))
    taxes.clear()

    assert ((VAT,), 1) == (found.taxes, len(found.discounts))


def test_stored_figures_come_back_equal():
    """A line made of stored columns equals the line that was stored."""
    made = line(
        "Card", unit_price="19.999", quantity="2.5", currency="EUR", discounts=[pricing.percent_off("3%")],
        taxes=[VAT, tax("city", "4.5%")], period=APRIL, product="card", source="SUB-1",
    )  # fmt: skip
    stored = Line(
        text=made.text, net=made.net, tax=made.tax, taxes=made.taxes, tax_amounts=list(made.tax_amounts),
        quantity=made.quantity, unit_price=made.unit_price, discounts=made.discounts, period=made.period,
        kind=made.kind, product=made.product, source=made.source,
    )  # fmt: skip

    assert made == stored
    assert (hash(made), made.explain()) == (hash(stored), stored.explain())
    assert made == copy.deepcopy(made) == pickle.loads(pickle.dumps(made))


def test_one_tax_needs_no_parts():
    """The sum says what the only tax comes to."""
    found = Line(text="x", net=eur("10"), tax=eur("2"), taxes=[VAT])

    assert ((eur("2"),), eur("12"), None) == (found.tax_amounts, found.gross, found.unit_price)
    assert (eur("0"),) == Line(text="x", net=eur("10"), taxes=[VAT]).tax_amounts


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"tax": eur("1")}, TotalsDiffer),
        ({"taxes": [VAT], "tax_amounts": []}, TotalsDiffer),
        ({"taxes": [VAT], "tax_amounts": [eur("1")], "tax": eur("2")}, TotalsDiffer),
        ({"taxes": [VAT], "tax_amounts": [money.of("1.00 USD")]}, money.CurrencyMismatch),
        ({"net": eur("-1")}, money.InvalidAmount),
        ({"taxes": [VAT], "tax": eur("-1")}, money.InvalidAmount),
        ({"quantity": -1}, money.InvalidQuantity),
        ({"unit_price": "-1"}, money.InvalidAmount),
        ({"unit_price": money.of("1.00 USD")}, money.CurrencyMismatch),
        ({"net": eur(10**110)}, LimitExceeded),
        ({"taxes": [transactions.tax_answer("a", money.of("1.00 USD"))]}, money.CurrencyMismatch),
        ({"discounts": [pricing.amount_off(money.of("1.00 USD"))]}, money.CurrencyMismatch),
        ({"net": 7}, money.InvalidAmount),
        ({"rounding": None}, InvalidArgument),
    ],
)
def test_stored_figures_are_checked(given, error):
    """Figures that do not add up, or that no line can have, are refused."""
    with pytest.raises(error):
        Line(**({"text": "x", "net": eur("10")} | given))


def test_a_stored_rounding_line_comes_back():
    """A line that a document made can be stored and read like any other."""
    found = Line(text="rounding", net=eur("-0.01"), kind=LineKind.ROUNDING)

    assert "transactions.difference/1: -0.01 EUR between the document rounded once and its rounded lines" in found.explain()


def test_a_charge_keeps_its_explanation():
    """What a line came from explains it too."""
    charge = charges.Charge(
        source="SUB-1", text="Basic", amount=eur("30"), reason=charges.Reason.RECURRING, quantity=2, period=APRIL
    )
    found = transactions.invoice("INV-1", [charge], taxes=[VAT]).lines[0]

    assert ("Basic", Fraction(2), APRIL, "SUB-1", eur("6")) == (
        found.text,
        found.quantity,
        found.period,
        found.source,
        found.tax,
    )
    assert found.explain().splitlines() == [
        "Basic: 36.00 EUR",
        *[f"  {step}" for step in charge.trail.steps],
        "  transactions.amount/1: 30.00 EUR as given",
        "  transactions.tax/1: VAT 20% of 30.00 EUR = 6.00 EUR",
    ]


def test_every_step_is_named():
    """The trail of a line with everything on it."""
    found = line(
        "Card", unit_price="19.99", quantity=3, currency="EUR",
        discounts=[pricing.percent_off("15%"), pricing.amount_off(eur("20"))],
        taxes=[tax("VAT", "20%", inclusive=True), tax("city", Fraction(1, 30))],
        rounding=money.HALF_EVEN,
    )  # fmt: skip

    assert found.explain() == (
        "Card: 31.83 EUR\n"
        "  transactions.line/1: 3 x 19.99 EUR = 59.97 EUR\n"
        "  transactions.discount/1: 15% off 59.97 EUR leaves 50.9745 EUR\n"
        "  transactions.discount/1: 20.00 EUR off 50.9745 EUR leaves 30.9745 EUR\n"
        "  transactions.rounding/1: 30.9745 EUR is 30.97 EUR, rounded half even\n"
        "  transactions.tax-included/1: VAT 20% within 30.97 EUR is 5.16 EUR\n"
        "  transactions.tax/1: city 1/30 of 25.81 EUR = 0.86 EUR"
    )
    assert "Line(text='Card', quantity=Fraction(3, 1)" in repr(found)
