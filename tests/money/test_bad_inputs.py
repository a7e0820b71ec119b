"""The bad inputs of money: each is refused by name, or gives the one right value, and nothing else ever comes out."""

import copy
import decimal
import pickle
import threading
import time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from moneyed import EUR, Currency, Money

from ledgerkit import money as fenced
from ledgerkit.errors import InvalidArgument, LedgerkitError, LimitExceeded
from ledgerkit.money import CurrencyMismatch, InvalidAmount, InvalidQuantity, InvalidWeights, UnknownCurrency

# What is passed here is what the types forbid.
money: Any = fenced
eur = money.maker("EUR")

# Every door that takes a number that a host wrote.
NUMBERS = {
    "maker": eur,
    "settle": lambda value: money.settle(value, "EUR", rounding=money.HALF_UP),
    "number": lambda value: money.number(value, name="unit_price"),
    "quantity": money.quantity,
    "rate": money.rate,
    "rate of exchange": lambda value: money.ExchangeRate(base="EUR", quote="USD", rate=value),
    "weights": lambda value: money.split(eur(1), [1, value]),
}
# Every door that takes an amount.
AMOUNTS = {
    "to_minor": money.to_minor,
    "currency_of": money.currency_of,
    "text": money.text,
    "display": lambda amount: money.display(amount, locale="en_US"),
    "negate": money.negate,
    "add": lambda amount: money.add(eur(1), amount),
    "total": lambda amount: money.total([eur(1), amount]),
    "smallest": lambda amount: money.smallest([amount]),
    "split": lambda amount: money.split(amount, [1]),
    "split_keeping_rest": lambda amount: money.split_keeping_rest(amount, [1]),
    "exchange": lambda amount: money.exchange(amount, money.ExchangeRate(base="EUR", quote="USD", rate=2)),
}


def kind_of(value: Any) -> str:
    """A name for a test that is the same in every process."""
    return type(value).__name__


UNHASHABLE: Any = []
REFUSALS = (InvalidAmount, InvalidQuantity, InvalidWeights)


@pytest.fixture(params=NUMBERS)
def read(request):
    """One door for numbers."""
    return NUMBERS[request.param]


@pytest.fixture(params=AMOUNTS)
def take(request):
    """One door for amounts."""
    return AMOUNTS[request.param]


def holding(amount: Any, currency: Any = EUR) -> Money:
    """A Money that a host has assigned to."""
    made = Money(Decimal("1.00"), EUR)
    made.__dict__.update(amount=amount, currency=currency)
    return made


def test_b01_nan(read):
    """NaN is no number."""
    with pytest.raises(REFUSALS):
        read(Decimal("NaN"))


def test_b01_nan_in_a_money():
    """NaN in a Money is refused wherever an amount is read."""
    for value in ("NaN", "-NaN", "NaN123"):
        with pytest.raises(InvalidAmount, match="is no number"):
            money.to_minor(Money(Decimal(value), EUR))


def test_b02_signaling_nan(read):
    """A signaling NaN is refused before anything hashes or compares it."""
    with decimal.localcontext() as context:
        context.traps[decimal.InvalidOperation] = True
        with pytest.raises(REFUSALS):
            read(Decimal("sNaN"))


def test_b02_signaling_nan_in_a_money():
    """The same in a Money."""
    with pytest.raises(InvalidAmount, match="is no number"):
        money.to_minor(Money(Decimal("sNaN"), EUR))


@pytest.mark.parametrize("text", ["Infinity", "-Infinity"])
def test_b03_infinity(read, text: str):
    """An infinity is no number, as a Decimal, a text or in a Money."""
    for value in (Decimal(text), text):
        with pytest.raises(REFUSALS):
            read(value)
    with pytest.raises(InvalidAmount, match="is an infinity"):
        money.to_minor(Money(Decimal(text), EUR))


@pytest.mark.parametrize(
    "value",
    [
        0.1,
        -0.0,
        1e300,
        float("nan"),
        float("inf"),
        np.float64(0.1),
        np.float32(0.1),
        np.int64(1),
        1j,
        None,
        object(),
        [],
        b"1",
        {},
    ],
    ids=kind_of,
)
def test_b04_no_number(read, value: Any):
    """Floats of any library and what is no number are refused, as a type error too."""
    with pytest.raises(REFUSALS) as caught:
        read(value)

    assert isinstance(caught.value, TypeError)
    assert isinstance(caught.value, ValueError)


def test_b04_a_fraction_is_no_amount():
    """A fraction is taken where a field says so: by settle, numbers, rates, weights; never as an amount."""
    third = Fraction(1, 3)

    with pytest.raises(InvalidAmount, match="a Fraction"):
        eur(third)
    assert third == money.rate(third) == money.number(third, name="price") == money.quantity(third)
    assert eur("0.33") == money.settle(third, "EUR", rounding=money.HALF_UP)


def test_b04_the_text_about_a_float():
    """It shows the float as it was written, and how to write it."""
    with pytest.raises(InvalidAmount) as caught:
        eur(19.99)

    assert "19.99 is a float, and a float cannot hold cents exactly" == caught.value.problem
    assert 'Write it as text, "19.99", or as a Decimal.' == caught.value.remedy


def test_b04_a_float_where_a_money_is_asked(take):
    """A float or a text is no Money."""
    for value in (19.99, "19.99", 19, None, True, Decimal("19.99")):
        with pytest.raises(InvalidAmount):
            take(value)


@pytest.mark.parametrize("value", [True, False, np.bool_(True)], ids=kind_of)
def test_b05_truth_values(read, value: Any):
    """A truth value is no number."""
    with pytest.raises(REFUSALS):
        read(value)


def test_b05_quantity_has_its_own_error():
    """A quantity that is none is an InvalidQuantity."""
    for value in (True, 0.5, "many", Decimal("NaN")):
        with pytest.raises(InvalidQuantity):
            money.quantity(value)


@pytest.mark.parametrize(
    "text", ["1,234.56", "1.234,56", "1 234", "€5", "(5.00)", "5-", "+5", "--5", "5.", ".5", "", "-", ".", "1.2.3"]
)
def test_b06_texts_of_some_locale(read, text: str):
    """A number is ASCII digits with a point between, and nothing else."""
    with pytest.raises(REFUSALS):
        read(text)


@pytest.mark.parametrize("text", ["١٢٣", "１２３", " 1_000 ", "1_000", "1\n", "\t1", "1 ", "²", "1\u200b"])
def test_b07_digits_that_decimal_accepts(read, text: str):
    """What Decimal reads of its own accord is refused."""
    with pytest.raises(REFUSALS):
        read(text)


@pytest.mark.parametrize(
    "value", ["1e3", "1E+400000", Decimal("1e999999"), Decimal("-1E-999999"), Decimal("1E+129")], ids=kind_of
)
def test_b08_huge_exponents(read, value: Any):
    """An exponent is refused at once; no huge integer is made of it."""
    start = time.perf_counter()
    with pytest.raises((*REFUSALS, LimitExceeded)):
        read(value)
    assert time.perf_counter() - start < 0.2


def test_b08_huge_exponents_in_a_money():
    """The same in a Money; zero is zero with any exponent."""
    for text in ("1e999999", "1E-999999", "1." + "0" * 200_000 + "1"):
        with pytest.raises(LimitExceeded):
            money.to_minor(Money(Decimal(text), EUR))
    assert 0 == money.to_minor(Money(Decimal("0E+999999"), EUR)) == money.to_minor(Money(Decimal("-0E-999999"), EUR))


def test_b09_thirty_digits():
    """Thirty digits and more are exact."""
    assert 10**30 == money.to_minor(money.from_minor(10**30, "EUR"))
    assert "10000000000000000000000000000.01 EUR" == money.text(eur("10000000000000000000000000000.01"))
    assert [5 * 10**29 + 1, 5 * 10**29] == money.split_minor(10**30 + 1, [1, 1])
    assert 10**127 == money.to_minor(money.from_minor(10**127, "EUR"))


@pytest.mark.parametrize("value", ["1" * 5000, 10**5000, -(10**128), Decimal("1E+200"), Fraction(1, 10**200)], ids=kind_of)
@pytest.mark.parametrize("door", [name for name in NUMBERS if name != "weights"])
def test_b10_more_than_128_digits(door: str, value: Any):
    """More than 128 digits are too many for any bill, whatever Python says of them."""
    with pytest.raises((LimitExceeded, InvalidAmount)) as caught:
        NUMBERS[door](value)

    assert "has more than 128 digits" in str(caught.value) or (door, type(value)) in {("maker", Fraction), ("rate", int)}


def test_b10_out_of_the_doors():
    """No door makes an amount that no door would take."""
    for minor in (10**128, 10**5000):
        for door in (money.from_minor, money.minor_text, money.number_text):
            with pytest.raises(LimitExceeded):
                door(minor, "EUR")
    with pytest.raises(LimitExceeded):
        money.add(money.from_minor(10**128 - 1, "EUR"), eur(1))
    with pytest.raises(LimitExceeded):
        money.exchange(money.from_minor(10**127, "EUR"), money.ExchangeRate(base="EUR", quote="USD", rate=10**100))


def test_b11_below_the_minor_unit():
    """10.005 USD is refused with the way out, and settled where a rounding is named."""
    with pytest.raises(InvalidAmount) as caught:
        money.to_minor(Money("10.005", "USD"))

    assert "10.005 USD has 3 decimals, and USD has 2" == caught.value.problem
    assert (
        'Round it where it arises, with money.settle("10.005", "USD", rounding=money.HALF_UP), or correct it.'
        == caught.value.remedy
    )
    assert "10.01 USD" == money.text(money.settle("10.005", "USD", rounding=money.HALF_UP))


def test_b12_negative_zero():
    """Zero has no sign, in or out."""
    for zero in (eur("-0.00"), eur(Decimal("-0")), money.of("-0 EUR"), money.settle("-0.001", "EUR", rounding=money.HALF_UP)):
        assert eur(0) == zero
        assert "0.00 EUR" == money.text(zero)
        assert not zero.amount.is_signed()
    assert 0 == money.to_minor(holding(Decimal("-0.00")))
    assert "0.00 EUR" == money.text(holding(Decimal("-0.00")))


@pytest.mark.parametrize("text", ["100.50 JPY", "1.2345 BHD", "0.00001 CLF"])
def test_b13_decimals_of_the_currency(text: str):
    """Each currency has its own decimals."""
    with pytest.raises(InvalidAmount, match=r"has \d decimals?, and"):
        money.of(text)


def test_b13_no_decimals():
    """The text says it well for a currency without decimals."""
    with pytest.raises(InvalidAmount, match=r"100\.5 JPY has 1 decimal, and JPY has none"):
        money.of("100.50 JPY")


CODES = [
    "usd",
    "US$",
    "",
    "XXX",
    "XAU",
    "EUR ",
    " EUR",
    "ЕUR",
    "EURO",
    "EU",
    "E" * 10_000,
    "ſEK",
    "ßUR",
    "CNH",
    "TVD",
    "\ud800",
]


@pytest.mark.parametrize("code", CODES, ids=range(len(CODES)))
def test_b14_currency_codes(code: str):
    """Only a code of ISO 4217 in capitals is one; nothing is folded."""
    for door in (money.exponent, money.maker, lambda code: money.from_minor(1, code), lambda code: money.minor_text(1, code)):
        with pytest.raises(UnknownCurrency) as caught:
            door(code)
        assert code == caught.value.currency
    with pytest.raises(UnknownCurrency):
        money.to_minor(Money(Decimal("1"), Currency(code)))


@pytest.mark.parametrize("code", [None, 978, EUR, b"EUR", ["EUR"], {}, True], ids=kind_of)
def test_b14_what_is_no_code(code: Any):
    """A code is a text."""
    for door in (money.exponent, money.maker, lambda code: money.from_minor(1, code), lambda code: money.number_text(1, code)):
        with pytest.raises(UnknownCurrency):
            door(code)
    with pytest.raises(UnknownCurrency):
        money.ExchangeRate(base=code, quote="EUR", rate=1)
    with pytest.raises(UnknownCurrency):
        money.to_minor(holding(Decimal("1.00"), Currency(code)))


@pytest.mark.parametrize("code", ["HRK", "VES", "VEF", "DEM", "BGN", "ANG", "XCG", "ZWG", "XAD"])
def test_b15_withdrawn_and_new_codes(code: str):
    """Withdrawn codes stay, and codes that py-moneyed lacks are there."""
    assert f"1.50 {code}" == money.text(money.of(f"1.50 {code}"))
    assert 150 == money.to_minor(pickle.loads(pickle.dumps(money.of(f"1.50 {code}"))))


def test_b16_two_currencies():
    """Two currencies never meet."""
    usd = money.of("1.00 USD")

    for call in (
        lambda: money.total([eur(1), usd]),
        lambda: money.total([usd], currency="EUR"),
        lambda: money.add(eur(1), usd),
        lambda: money.to_minor(usd, currency="EUR"),
        lambda: money.exchange(usd, money.ExchangeRate(base="EUR", quote="USD", rate=2)),
        lambda: money.exchange_exact(usd, money.ExchangeRate(base="EUR", quote="USD", rate=2)),
    ):
        with pytest.raises(CurrencyMismatch, match=r"in USD, and EUR is needed"):
            call()


def test_b17_the_sum_of_nothing():
    """The sum of nothing is zero of the currency that is said, and without one is refused."""
    assert eur(0) == money.total([], currency="EUR")
    with pytest.raises(CurrencyMismatch, match="has no currency"):
        money.total([])
    for door in (money.smallest, money.largest):
        with pytest.raises(CurrencyMismatch):
            door([])


@pytest.mark.parametrize(
    "weights",
    [
        [], (), [0], [0, 0], [Decimal("0.0")], [1, -1], [Decimal("-0.5"), 2], [Decimal("NaN")], [0.5], [True], [None], "12", b"12", {1, 2},
        {1: 2}, None, 5, ["half"],
    ],
    ids=kind_of,
)  # fmt: skip
def test_b33_weights(weights: Any):
    """Weights are a list of exact numbers of zero and more, not all zero."""
    for door in (money.split, money.split_keeping_rest):
        with pytest.raises(InvalidWeights):
            door(eur(1), weights)
    with pytest.raises(InvalidWeights):
        money.split_minor(100, weights)


def test_b33_large_weights():
    """Large weights are exact; endless or senseless ones are refused in time."""
    huge = 10**30

    assert [34, 33, 33] == money.split_minor(100, [huge, huge, huge])
    assert [100, 0] == [money.to_minor(part) for part in money.split(eur(1), [huge**40, 1])]
    with pytest.raises(LimitExceeded):
        money.split(eur(1), iter(lambda: 1, 2))
    with pytest.raises(LimitExceeded):
        money.split(eur(1), [Fraction(1, 10**126 + odd) for odd in range(200)])


def test_b34_less_than_a_unit_each():
    """A cent among three goes to the first; a refund mirrors it; nothing is split into zeros."""
    assert [1, 0, 0] == money.split_minor(1, [1, 1, 1])
    assert [-1, 0, 0] == money.split_minor(-1, [1, 1, 1])
    for count in (1, 3, 12):
        assert [0] * count == money.split_minor(0, [1] * count)


@pytest.mark.parametrize("n", [0, -1, True, False, 2.0, "2", None, Decimal("2")], ids=kind_of)
def test_b35_number_of_parts(n: Any):
    """A number of parts is an int of one and more."""
    with pytest.raises(InvalidWeights):
        money.split_even(eur(1), n)


def test_b35_too_many_parts():
    """A thousand million parts are refused at once."""
    for n in (10**9, 10**5000):
        with pytest.raises(LimitExceeded):
            money.split_even(eur(1), n)


def results() -> list[str]:
    """What a hostile context would change first."""
    return [
        money.text(eur("12345.67")),
        money.text(money.total([eur("12345.67")] * 3)),
        money.text(eur(Decimal("12345.67"))),
        money.text(money.settle(Decimal("2.675"), "EUR", rounding=money.HALF_EVEN)),
        money.display(eur("1234567.89"), locale="en_US"),
        money.display(eur("1234567.89"), locale="en_US", style=money.Style.NAME),
        *map(money.text, money.split(eur("12345.67"), [Decimal("0.1"), Decimal("0.2")])),
        money.text(money.parse("1.234.567,89", locale="de_DE", currency="EUR")),
    ]


EXPECTED = [
    "12345.67 EUR",
    "37037.01 EUR",
    "12345.67 EUR",
    "2.68 EUR",
    "€1,234,567.89",
    "1,234,567.89 euros",
    "4115.22 EUR",
    "8230.45 EUR",
    "1234567.89 EUR",
]


def test_b55_low_precision():
    """A precision of three digits changes nothing."""
    with decimal.localcontext(prec=3):
        assert EXPECTED == results()


def test_b56_rounding_up():
    """ROUND_UP in the host's context changes neither results nor texts."""
    with decimal.localcontext(rounding=decimal.ROUND_UP, prec=6):
        assert EXPECTED == results()


def test_b57_traps_and_limits():
    """Every trap set, clamping, small exponents and small letters change nothing, and the context stays as it was."""
    context = decimal.Context(prec=2, Emax=3, Emin=-3, clamp=1, capitals=0, traps=list(decimal.getcontext().flags))
    before = repr(context)
    with decimal.localcontext(context):
        assert EXPECTED == results()
        assert before == repr(decimal.getcontext())


def test_b58_another_thread():
    """A context changed in another thread, or set around the call, changes nothing."""
    found: list[list[str]] = []

    def hostile() -> None:
        decimal.getcontext().prec = 2
        found.append(results())

    thread = threading.Thread(target=hostile)
    thread.start()
    with decimal.localcontext(prec=1):
        found.append(results())
    thread.join()

    assert [EXPECTED, EXPECTED] == found


class Evil:
    """Operators that lie."""

    def _lie(self, *_args: Any) -> Any:
        raise AssertionError("called")

    __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = __add__ = __radd__ = __mul__ = __rmul__ = __format__ = _lie
    __str__ = __repr__ = __int__ = __neg__ = __abs__ = __len__ = __bool__ = _lie
    __hash__ = _lie


EvilStr = type("EvilStr", (Evil, str), {})
EvilInt = type("EvilInt", (Evil, int), {"__index__": Evil._lie})
EvilDecimal = type("EvilDecimal", (Evil, Decimal), {"as_tuple": Evil._lie, "as_integer_ratio": Evil._lie})
EvilMoney = type("EvilMoney", (Money,), {"__eq__": Evil._lie, "__str__": Evil._lie, "__hash__": Evil._lie})


@pytest.mark.parametrize("value", [EvilStr("2.00"), EvilInt(2), EvilDecimal("2.00")], ids=["str", "int", "Decimal"])
def test_b59_subclasses_become_their_base(value: Any):
    """A subclass is read past what it overrides."""
    made = eur(value)

    assert 200 == money.to_minor(made)
    assert Decimal is type(made.amount)
    assert 2 == money.number(value, name="price") == money.quantity(value)
    assert [100, 200] == [money.to_minor(part) for part in money.split(eur(3), [1, value])]
    assert 2 == money.ExchangeRate(base="EUR", quote="USD", rate=value).rate


def test_b59_subclasses_of_other_types():
    """Codes, locales, fractions, minor units and amounts as well."""
    code = EvilStr("EUR")

    assert "1.00 EUR" == money.text(money.from_minor(EvilInt(100), code))
    assert "1.00 EUR" == money.minor_text(EvilInt(100), code)
    assert 2 == money.exponent(code)
    assert eur(1) == money.of(EvilStr("1.00 EUR")) == money.parse(EvilStr("1.00"), locale=EvilStr("en_US"), currency=code)
    assert 100 == money.to_minor(EvilMoney(Decimal("1.00"), EUR)) == money.to_minor(holding(EvilDecimal("1.00")))
    assert 100 == money.to_minor(holding(Decimal("1.00"), Currency(code)))
    assert Fraction(1, 3) == money.rate(type("Third", (Fraction,), {"__eq__": Evil._lie})(1, 3))
    assert eur(1) == money.total([EvilMoney(Decimal("1.00"), EUR)], currency=code)
    assert (eur(1),) == money.split_even(eur(1), EvilInt(1))


@pytest.mark.parametrize("amount", [1, 1.5, "1.00", None, Fraction(1), object(), np.float64(1)], ids=kind_of)
def test_a_money_that_was_assigned_to(take, amount: Any):
    """A Money whose amount is no Decimal any more is refused."""
    if take is AMOUNTS["currency_of"]:
        return
    with pytest.raises(InvalidAmount, match="is a Money that holds"):
        take(holding(amount))


@pytest.mark.parametrize("currency", [None, 978, object(), "EUR", Currency("usd"), Currency(UNHASHABLE)], ids=kind_of)
def test_a_money_of_no_currency(take, currency: Any):
    """A Money whose currency is none any more is refused."""
    with pytest.raises(UnknownCurrency):
        take(holding(Decimal("1.00"), currency))


def test_a_money_without_fields(take):
    """A Money that was emptied is refused, and so is one that hides its fields."""
    empty = Money.__new__(Money)

    with pytest.raises(InvalidAmount, match="is a Money without"):
        take(empty)


@pytest.mark.parametrize(
    "rate", [0, "0", "-1", Decimal("-0.5"), Decimal("NaN"), Fraction(-1, 3), 1.1, None, True, "1/2"], ids=kind_of
)
def test_b72_rates_of_exchange(rate: Any):
    """A rate is above zero and exact."""
    with pytest.raises(InvalidAmount):
        money.ExchangeRate(base="EUR", quote="USD", rate=rate)
    with pytest.raises(InvalidAmount):
        money.exchange_minor(100, rate, exponent_from=2, exponent_to=2)


def test_b72_a_rate_to_itself():
    """A currency is worth itself."""
    assert 1 == money.ExchangeRate(base="EUR", quote="EUR", rate=1).rate
    with pytest.raises(InvalidAmount, match="to itself is 1"):
        money.ExchangeRate(base="EUR", quote="EUR", rate="1.01")


def test_b72_the_inverse_is_consistent():
    """There and back is the same amount."""
    there = money.ExchangeRate(base="EUR", quote="USD", rate="1.1")

    assert there == there.inverse().inverse()
    assert Fraction(10, 11) == there.inverse().rate


GARBAGE: list[Any] = [
    None,
    True,
    0,
    1,
    -1,
    1.5,
    float("nan"),
    "",
    "x",
    b"x",
    [],
    {},
    set(),
    object(),
    Decimal("sNaN"),
    10**5000,
    Fraction(1, 3),
    print,
]


@pytest.mark.parametrize("name", [name for name in money.__all__ if callable(getattr(money, name))])
def test_nothing_foreign_comes_out(name: str):
    """Whatever is passed, a public function returns or raises an error of ours."""
    keywords: dict[str, list[dict[str, Any]]] = {
        "settle": [{"rounding": value} for value in (money.HALF_UP, None, "HALF_UP", 5)],
        "display": [{"locale": value} for value in ("en_US", None, "", "x" * 500, "../../etc", 5)],
        "parse": [{"locale": "en_US", "currency": value} for value in ("EUR", None)],
        "number": [{"name": "price"}],
        "exchange_minor": [{"exponent_from": value, "exponent_to": value} for value in (2, None, -1, 10**9)],
        "round_minor": [
            {"currency": code, "rounding": rounding}
            for code in ("CHF", "JPY", None)
            for rounding in (money.UP, money.Rounding("UP", Decimal("0.05")), None, 5)
        ],
        "ExchangeRate": [{"base": "EUR", "quote": "USD", "rate": value} for value in GARBAGE],
    }
    function = getattr(money, name)
    if isinstance(function, type) and issubclass(function, Exception | str):
        return

    rest = {"part_minor": (1, 2), "cumulative_minor": (2,)}.get(name, ())
    for arguments in [(one, *more) for one in (eur(1), *GARBAGE) for more in ((), *((other, *rest) for other in GARBAGE))]:
        for keyword in keywords.get(name, [{}]):
            call(function, () if name == "ExchangeRate" else arguments, keyword)
            call(function, () if name == "ExchangeRate" else arguments[::-1], keyword)


def call(function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
    """Call, and let only our errors pass, and Python's own about the number of arguments."""
    try:
        function(*arguments, **keywords)
    except LedgerkitError as error:
        assert error.problem
        assert str(error) == str(pickle.loads(pickle.dumps(error))) == str(copy.deepcopy(error))
    except TypeError as error:
        assert "argument" in str(error), error


def test_the_kernels_refuse_what_is_no_int():
    """The doors on ints say so."""
    for call_ in (
        lambda: money.round_ratio(1.5, 2),
        lambda: money.round_ratio(1, 0),
        lambda: money.round_ratio(1, -2, money.HALF_EVEN),
        lambda: money.round_ratio(1, 2, "HALF_UP"),
        lambda: money.split_minor(1.0, [1]),
        lambda: money.split_minor(7, [1], step=5),
        lambda: money.split_minor(7, [1], step=0),
        lambda: money.split_minor(7, [1], method="fairly"),
        lambda: money.split_minor(7, [1], method=None),
        lambda: money.cumulative_minor(True, [1], 2),
        lambda: money.cumulative_minor(1, [1], 0),
        lambda: money.cumulative_minor(1, [-1], 2),
        lambda: money.cumulative_minor(1, [0.5], 2),
        lambda: money.cumulative_minor(1, None, 2),
        lambda: money.cumulative_minor(-1, [1], 2, rounding=None),
        lambda: money.part_minor(1, 0, 1, 0),
        lambda: money.exchange(eur(1), "1.1"),
        lambda: money.Rounding("ROUND_05UP"),
        lambda: money.Rounding(5),
    ):
        with pytest.raises(InvalidArgument):
            call_()
