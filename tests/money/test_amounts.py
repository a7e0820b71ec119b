"""Making, reading and adding amounts."""

import copy
import pickle
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from moneyed import EUR, Money

from ledgerkit import money
from ledgerkit.errors import InvalidArgument, LimitExceeded, UsageError
from ledgerkit.money import CurrencyMismatch, InvalidAmount, InvalidQuantity, InvalidWeights, UnknownCurrency

eur = money.maker("EUR")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("10.00", "10.00 EUR"),
        ("10", "10.00 EUR"),
        ("10.5", "10.50 EUR"),
        ("-0.05", "-0.05 EUR"),
        ("0.0500", "0.05 EUR"),
        (10, "10.00 EUR"),
        (-3, "-3.00 EUR"),
        (Decimal("1E+3"), "1000.00 EUR"),
        (Decimal("12.340"), "12.34 EUR"),
        (Decimal("1.200000000000000000000000000000000000000000000"), "1.20 EUR"),
        (Decimal("-0E-7"), "0.00 EUR"),
    ],
)
def test_a_maker_takes(written: object, text: str):
    """A text, an int or a Decimal becomes an amount with exactly the currency's decimals."""
    made = eur(written)  # type: ignore[arg-type]

    assert text == money.text(made)
    assert -2 == made.amount.as_tuple().exponent
    assert EUR is made.currency


def test_a_maker_says_what_it_makes():
    """It is named after its currency."""
    assert "eur" == eur.__name__
    assert "Return an amount of EUR." == eur.__doc__


def test_a_maker_does_not_take_a_money():
    """An amount is one already."""
    with pytest.raises(InvalidAmount, match="is a Money already"):
        eur(eur(1))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "minor"), [("120.00 EUR", 12000), ("-5 JPY", -5), ("1.234 KWD", 1234), ("0.0001 CLF", 1), ("7 CLP", 7)]
)
def test_of(text: str, minor: int):
    """A text with a code is an amount of that currency."""
    assert minor == money.to_minor(money.of(text))


@pytest.mark.parametrize("text", ["120.00", "EUR 120.00", "120.00EUR", "", " EUR"])
def test_of_refuses(text: str):
    """It needs a number, one space and a code."""
    with pytest.raises((InvalidAmount, UnknownCurrency)):
        money.of(text)


def test_of_refuses_two_spaces_and_other_types():
    """A second space belongs to the code, which is none; what is no text is refused."""
    with pytest.raises(UnknownCurrency):
        money.of("120.00  EUR")
    with pytest.raises(InvalidAmount, match="where a text is needed"):
        money.of(120)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (0, "EUR", "0.00 EUR"),
        (5, "EUR", "0.05 EUR"),
        (-5, "EUR", "-0.05 EUR"),
        (99, "EUR", "0.99 EUR"),
        (100, "EUR", "1.00 EUR"),
        (-100, "EUR", "-1.00 EUR"),
        (12345, "JPY", "12345 JPY"),
        (-7, "JPY", "-7 JPY"),
        (999, "KWD", "0.999 KWD"),
        (-12345, "CLF", "-1.2345 CLF"),
    ],
)
def test_texts_of_minor_units(minor: int, currency: str, text: str):
    """One plain text, with or without a Money."""
    assert text == money.minor_text(minor, currency) == money.text(money.from_minor(minor, currency))
    assert text == f"{money.number_text(minor, currency)} {currency}"


@pytest.mark.parametrize("minor", [True, 1.0, "1", None])
def test_minor_units_are_an_int(minor: object):
    """Minor units are an int and no truth value."""
    for door in (money.from_minor, money.minor_text, money.number_text):
        with pytest.raises(InvalidAmount, match="where an int of minor units is needed"):
            door(minor, "EUR")  # type: ignore[arg-type]


def test_the_gate_reads_any_form_of_a_decimal():
    """However the same amount is written, it is the same minor units."""
    for written in ("12", "12.0", "12.00", "12.000", "1.2E+1", "1200E-2", "0.12E+2"):
        assert 1200 == money.to_minor(Money(Decimal(written), EUR))
    for written in ("12", "12.0", "1.2E+1"):
        assert 12 == money.to_minor(Money(Decimal(written), "JPY"))
    assert 12000 == money.to_minor(Money(Decimal("1.2E+1"), "KWD"))
    assert 100000 == money.to_minor(Money(Decimal("1.0E+5"), "JPY"))
    assert 10**9 == money.to_minor(Money(Decimal("1.0E+5"), "CLF"))


def test_the_gate_names_what_it_refuses():
    """The name of the argument stands in the text."""
    with pytest.raises(InvalidAmount, match=r"^price is None, where a Money is needed"):
        money.to_minor(None, name="price")  # type: ignore[arg-type]
    with pytest.raises(CurrencyMismatch, match=r"^price is in EUR, and USD is needed"):
        money.to_minor(eur(1), currency="USD", name="price")
    with pytest.raises(UnknownCurrency):
        money.to_minor(eur(1), currency="euro")


def test_a_refused_float_in_other_forms():
    """A float with an exponent, or of another library, is not quoted as a text to copy."""
    with pytest.raises(InvalidAmount, match=r"1e\+16 is a float.*like \"19\.99\""):
        eur(1e16)  # type: ignore[arg-type]
    with pytest.raises(InvalidAmount, match="a Real is a float"):
        eur(type("Real", (float,), {})(1))
    with pytest.raises(InvalidAmount, match="nan is no number"):
        eur(float("nan"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        ("20%", "1/5"),
        ("0.2", "1/5"),
        ("7.125%", "57/800"),
        ("0%", "0"),
        ("100%", "1"),
        (Decimal("0.2"), "1/5"),
        (0, "0"),
        (Fraction(1, 3), "1/3"),
    ],
)
def test_rate(value: object, exact: str):
    """A share between nothing and all."""
    assert Fraction(exact) == money.rate(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [20, 1, "20", "1.01", "101%", "-1%", "%", "20 %", "20%%", Decimal("-0.1"), 0.2, True, None])
def test_rate_refuses(value: object):
    """An int may mean percent or times, and a share is not above one."""
    with pytest.raises(InvalidAmount):
        money.rate(value, name="tax_rate")  # type: ignore[arg-type]


def test_numbers_and_quantities():
    """Exact, of any sign, of any length up to 128 digits."""
    assert Fraction(1, 2500) == money.number("0.0004", name="unit_price")
    assert Fraction(-3) == money.quantity(-3)
    assert Fraction(1, 10**128) == money.number(Decimal("1E-128"), name="unit_price")
    assert Fraction(10**127) == money.number(Decimal("1E+127"), name="unit_price")
    assert Fraction("1" * 128) == money.number("1" * 128, name="unit_price")
    with pytest.raises(LimitExceeded):
        money.number("1" * 129, name="unit_price")
    with pytest.raises(InvalidQuantity, match=r"^seats is None"):
        money.quantity(None, name="seats")  # type: ignore[arg-type]


def test_plain_arithmetic():
    """Exact, in one currency."""
    assert eur("3.30") == money.add(eur("1.10"), eur("2.20"))
    assert eur("-1.10") == money.subtract(eur("1.10"), eur("2.20"))
    assert eur("-1.10") == money.negate(eur("1.10"))
    assert [-1, 0, 1] == [money.compare(eur(1), eur(two)) for two in (2, 1, 0)]
    assert eur(3) == money.total(iter([eur(1), eur(2)]), currency="EUR")
    assert eur(1) == money.smallest(eur(n) for n in (3, 1, 2))
    assert eur(3) == money.largest(eur(n) for n in (3, 1, 2))


@pytest.mark.parametrize("door", [money.total, money.smallest, money.largest])
def test_a_sum_takes_a_list(door):
    """What cannot be iterated is refused."""
    with pytest.raises(InvalidAmount, match="where a list of Money is needed"):
        door(eur(1))


def test_values_and_errors_can_be_kept():
    """Amounts, roundings, rates and errors pickle, copy and hash equal."""
    values = [
        eur(1),
        money.HALF_UP,
        money.Rounding("UP", Decimal("0.05")),
        money.ExchangeRate(base="EUR", quote="USD", rate="1.1"),
    ]
    for value in values:
        assert value == copy.deepcopy(value) == pickle.loads(pickle.dumps(value))
        assert hash(value) == hash(pickle.loads(pickle.dumps(value)))
    with pytest.raises(UnknownCurrency) as caught:
        money.exponent("usd")
    assert "usd" == pickle.loads(pickle.dumps(caught.value)).currency


def test_errors_are_of_both_families():
    """Each is a UsageError and what Python calls such a mistake."""
    for error in (InvalidAmount, InvalidQuantity, InvalidWeights):
        assert issubclass(error, UsageError | ValueError)
        assert issubclass(error, TypeError)
    assert issubclass(UnknownCurrency, LookupError)
    assert issubclass(CurrencyMismatch, ValueError)
    assert issubclass(InvalidArgument, TypeError)


def test_importing_opens_no_locale_and_is_cheap():
    """Importing money imports py-moneyed and nothing heavy of its own."""
    program = (
        "import sys, moneyed; before = set(sys.modules); import ledgerkit.money; print(*sorted(set(sys.modules) - before))"
    )
    added = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert {"attr", "attrs", "ledgerkit"} >= {name.partition(".")[0] for name in added} - set(sys.stdlib_module_names)
