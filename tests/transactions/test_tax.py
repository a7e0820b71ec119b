"""Taxes: rates from 0 to 1, on top or within, or answered from outside."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from ledgerkit import ids, money
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.transactions import Line, LineKind, Tax, invoice, line, tax, tax_answer

eur = money.maker("EUR")


@pytest.mark.parametrize(
    ("rate", "exact"),
    [
        ("20%", Fraction(1, 5)), ("0.2", Fraction(1, 5)), (Decimal("0.077"), Fraction(77, 1000)), ("7.7%", Fraction(77, 1000)),
        ("0%", 0), ("100%", 1), (Fraction(1, 3), Fraction(1, 3)),
    ],
)  # fmt: skip
def test_rates(rate, exact):
    """B39: what is from 0 to 1."""
    assert exact == tax("VAT", rate).rate


@pytest.mark.parametrize("rate", ["7.7", "20", 20, "-1%", "101%", Decimal("1.01"), Fraction(-1, 5), 0.2, True, None, "NaN"])
def test_other_rates_are_refused(rate):
    """Nothing is guessed at."""
    with pytest.raises((money.InvalidAmount, InvalidArgument)):
        tax("VAT", rate)


@pytest.mark.parametrize("id", ["", "\x00", 7, None, "x" * 256])
def test_ids_are_checked(id):
    """A tax has a name."""
    with pytest.raises((ids.InvalidId, InvalidArgument, LimitExceeded)):
        tax(id, "20%")


def test_inclusive_is_a_truth_value():
    """Nothing else stands for yes."""
    with pytest.raises(InvalidArgument, match="inclusive is 'yes', where True or False is needed"):
        tax("VAT", "20%", inclusive="yes")  # type: ignore[arg-type]


def test_within_the_price_the_gross_stays():
    """Net and taxes are the gross again, the cent goes by largest remainder."""
    three = [tax(name, "1%", inclusive=True) for name in ("a", "b", "c")]
    found = line("Pen", unit_price="1.70", currency="EUR", taxes=three)

    assert (eur("1.65"), eur("1.70")) == (found.net, found.gross)
    assert (eur("0.02"), eur("0.02"), eur("0.01")) == found.tax_amounts


def test_rates_of_zero_within_a_price():
    """Taxes of nothing hold nothing."""
    found = line(
        "Pen", unit_price="1.70", currency="EUR", taxes=[tax("a", "0%", inclusive=True), tax("b", "0", inclusive=True)]
    )

    assert (eur("1.70"), (eur("0"), eur("0"))) == (found.net, found.tax_amounts)


def test_a_credit_mirrors_a_sale():
    """The same line below zero holds the same tax below zero."""
    taxes = [tax("VAT", "7%", inclusive=True), tax("levy", "3%")]
    sale = line("x", unit_price="9.99", currency="EUR", taxes=taxes)
    credit = line("x", unit_price="-9.99", currency="EUR", taxes=taxes, kind=LineKind.CREDIT)

    assert (-sale.net_minor, tuple(-minor for minor in sale.tax_minors)) == (credit.net_minor, credit.tax_minors)


def test_answers_are_taken_as_they_are():
    """The engine's figure, its rate and its details stay."""
    answer = tax_answer("sales tax", eur("0.89"), rate="8.875%", details={"jurisdiction": "NY"})
    found = line("Mug", unit_price="10", currency="EUR", taxes=[answer])

    assert (eur("0.89"), eur("0.89"), Fraction("0.08875")) == (found.tax, answer.amount, answer.rate)
    assert {"jurisdiction": "NY"} == answer.details
    with pytest.raises(TypeError):
        answer.details["jurisdiction"] = "NJ"  # type: ignore[index]
    assert "transactions.tax-answered/1: sales tax on 10.00 EUR: 0.89 EUR, as answered from outside" in found.explain()


@pytest.mark.parametrize(("price", "amount"), [("10", "-0.01"), ("0", "-0.01"), ("-10", "0.01")])
def test_an_answer_has_the_sign_of_its_net(price, amount):
    """A negative tax on a sale would be a credit in disguise."""
    with pytest.raises(money.InvalidAmount, match="A tax has the sign of what it is on"):
        line("Mug", unit_price=price, currency="EUR", taxes=[tax_answer("a", eur(amount))], kind=LineKind.CREDIT)


def test_an_answer_is_in_the_lines_currency():
    """One currency a line."""
    with pytest.raises(money.CurrencyMismatch, match="tax 'a' is in USD, where EUR is needed"):
        line("Mug", unit_price="10", currency="EUR", taxes=[tax_answer("a", money.of("1.00 USD"))])


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, InvalidArgument),
        ({"amount": eur("1"), "inclusive": True}, InvalidArgument),
        ({"amount": "1.00"}, money.InvalidAmount),
        ({"amount": eur("1"), "details": [("a", "b")]}, InvalidArgument),
        ({"amount": eur("1"), "details": {"a": 1}}, InvalidArgument),
    ],
)
def test_bad_taxes(given, error):
    """What is neither a rate nor an answer is refused."""
    with pytest.raises(error):
        Tax(id="VAT", **given)


def test_taxes_are_values():
    """Equal, hashable, copied, pickled, shown."""
    for one in (tax("VAT", "20%"), tax_answer("a", eur("1"), details={"b": "c"})):
        assert one == copy.deepcopy(one) == pickle.loads(pickle.dumps(one))
        assert 1 == len({one, copy.copy(one)})
    assert "Tax(id='VAT', rate=Fraction(1, 5), inclusive=False, amount=None)" == repr(tax("VAT", "20%"))


def test_a_hundred_thousand_components():
    """B79: linear, and the document's sums follow."""
    many = [tax(f"t{place}", Fraction(place % 7, 10**6), inclusive=place % 2 == 0) for place in range(100_000)]
    found = invoice("INV-1", [line("x", unit_price="1000000", currency="EUR", taxes=many)])

    assert 100_000 == len(found.tax_by_id)
    assert found.tax_minor == sum(minor for _, minor in found.tax_by_id)


def test_a_share_says_that_it_is_one():
    """A stored tax that its rate does not give is not explained by the rate."""
    found = Line(text="x", net=eur("1.00"), tax=eur("0.21"), taxes=[tax("VAT", "20%")])

    assert "  transactions.tax-share/1: VAT on 1.00 EUR: 0.21 EUR, a share of the whole" == found.explain().splitlines()[-1]
