"""The invariants of money, I01 to I08, against plain integers and fractions."""

import asyncio
import decimal
import os
import subprocess
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from typing import Any

import babel
import pytest
from babel.numbers import NumberFormatError, parse_decimal
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from ledgerkit import money
from ledgerkit.money import CurrencyMismatch, Method, Rounding

# Before 2.14, Babel's strict mode refused zeros at the end of what is grouped.
BABEL = tuple(int(part) for part in babel.__version__.split(".")[:2])
CURRENCIES = ("EUR", "JPY", "KWD", "CLF")
FAIR = (Method.LARGEST_REMAINDER, Method.FIRST_GETS, Method.LAST_GETS, Method.LARGEST_RATIO)
NEVER_TO_ZERO = (*FAIR, Method.CUMULATIVE, Method.CASCADE)
HALVES = ("HALF_UP", "HALF_EVEN", "HALF_DOWN", "HALF_ODD", "HALF_CEILING", "HALF_FLOOR")
DIRECTED = ("UP", "DOWN", "CEILING", "FLOOR")

minors = st.integers(-(10**30), 10**30)
currencies = st.sampled_from(CURRENCIES)
methods = st.sampled_from(list(Method))
weight_lists = st.lists(st.integers(0, 10**6) | st.integers(0, 10**30), min_size=1, max_size=20).filter(any)
ratios = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
roundings = st.sampled_from([Rounding(mode) for mode in (*HALVES, *DIRECTED)])


@given(minors, minors, currencies)
def test_i01_closure(one: int, other: int, currency: str):
    """Plain arithmetic is that of the integers of minor units."""
    first, second = money.from_minor(one, currency), money.from_minor(other, currency)

    assert one + other == money.to_minor(money.add(first, second))
    assert one - other == money.to_minor(money.subtract(first, second))
    assert -one == money.to_minor(money.negate(first))
    assert (one > other) - (one < other) == money.compare(first, second)
    assert min(one, other) == money.to_minor(money.smallest([first, second]))
    assert max(one, other) == money.to_minor(money.largest([first, second]))
    assert one + other == money.to_minor(money.total([first, second]))
    assert (first == second) == (one == other)
    assert one != other or hash(first) == hash(second)


@given(minors, minors, st.permutations(CURRENCIES))
def test_i01_two_currencies_never_meet(one: int, other: int, pair: list[str]):
    """Two currencies are refused by every operation, are never equal and compare without an error."""
    first, second = money.from_minor(one, pair[0]), money.from_minor(other, pair[1])

    for of_two in (money.add, money.subtract, money.compare):
        with pytest.raises(CurrencyMismatch):
            of_two(first, second)
    for of_many in (money.total, money.smallest, money.largest):
        with pytest.raises(CurrencyMismatch):
            of_many([first, second])
    with pytest.raises(CurrencyMismatch):
        money.to_minor(first, currency=pair[1])
    assert first != second


@given(minors, currencies)
def test_i01_an_amount_is_its_minor_units(minor: int, currency: str):
    """Out and in again is the same, by every form."""
    amount = money.from_minor(minor, currency)

    assert minor == money.to_minor(amount)
    assert amount == money.of(money.text(amount)) == money.maker(currency)(money.number_text(minor, currency))
    assert money.text(amount) == money.minor_text(minor, currency)
    assert -money.exponent(currency) == amount.amount.as_tuple().exponent
    assert Fraction(minor, 10 ** money.exponent(currency)) == Fraction(amount.amount)


@given(minors, weight_lists, methods)
def test_i02_no_minor_unit_is_lost(minor: int, weights: list[int], method: Method):
    """Parts sum to the whole, one a weight, and a refund mirrors its charge."""
    parts = money.split_minor(minor, weights, method=method)

    assert minor == sum(parts)
    assert len(weights) == len(parts)
    assert [-part for part in parts] == money.split_minor(-minor, weights, method=method)


@given(minors, weight_lists)
def test_i03_largest_remainder_is_fair(minor: int, weights: list[int]):
    """Every part is less than a unit from exact, and the parts rounded up have the largest remainders."""
    parts = money.split_minor(minor, weights)
    exact = [Fraction(abs(minor) * weight, sum(weights)) for weight in weights]

    sizes = [abs(part) for part in parts]
    assert all(abs(size - share) < 1 for size, share in zip(sizes, exact, strict=True))
    up = [share % 1 for size, share in zip(sizes, exact, strict=True) if size > share]
    down = [share % 1 for size, share in zip(sizes, exact, strict=True) if size <= share and share % 1]
    assert not up or not down or min(up) >= max(down)


@given(minors, weight_lists, st.sampled_from(FAIR))
def test_i03_the_rest_is_less_than_a_unit_a_part(minor: int, weights: list[int], method: Method):
    """Under these methods every part is less than a unit from exact."""
    parts = money.split_minor(minor, weights, method=method)

    assert all(abs(part - Fraction(minor * weight, sum(weights))) < 1 for part, weight in zip(parts, weights, strict=True))


@given(minors, st.integers(1, 50), st.sampled_from([*FAIR, Method.CUMULATIVE]))
def test_i03_even_parts_differ_by_one(minor: int, n: int, method: Method):
    """Equal weights give parts that differ by a minor unit at most."""
    parts = [money.to_minor(part) for part in money.split_even(money.from_minor(minor, "EUR"), n, method=method)]

    assert max(parts) - min(parts) <= 1
    assert minor == sum(parts)


@given(minors, weight_lists, st.sampled_from(NEVER_TO_ZERO))
def test_i04_zero_weight_gets_zero(minor: int, weights: list[int], method: Method):
    """An odd unit never lands on a weight of zero."""
    parts = money.split_minor(minor, weights, method=method)

    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(minors, weight_lists, methods, st.integers(1, 1000))
def test_i05_a_split_depends_on_proportions_alone(minor: int, weights: list[int], method: Method, factor: int):
    """The same proportions, however written, give the same parts."""
    amount = money.from_minor(minor, "EUR")
    expected = money.split(amount, weights, method=method)

    assert expected == money.split(amount, [weight * factor for weight in weights], method=method)
    assert expected == money.split(amount, [Fraction(weight, factor) for weight in weights], method=method)
    assert expected == money.split(amount, (Decimal(weight) for weight in weights), method=method)


@given(minors, st.lists(st.integers(0, 10**6), min_size=1, max_size=8, unique=True).filter(any), st.randoms())
def test_i05_parts_go_with_their_weights(minor: int, weights: list[int], random: Any):
    """Where no two weights tie, reordering them reorders the parts."""
    total = sum(weights)
    rests = [abs(minor) * weight % total for weight in weights]
    order = list(range(len(weights)))
    random.shuffle(order)
    parts = money.split_minor(minor, weights)

    moved = money.split_minor(minor, [weights[place] for place in order])

    if len(set(rests)) == len(rests):
        assert [parts[place] for place in order] == moved
    assert minor == sum(moved)


def test_i05_the_hash_seed_changes_nothing():
    """Any hash seed gives the same parts."""
    calls = "[money.split_minor(n, [3, 0, 3, 7, 7], method=m) for n in (-5, 7, 11) for m in money.Method]"
    program = f"from ledgerkit import money; print({calls})"

    def printed(seed: int) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert 1 == len({printed(seed) for seed in range(3)})


@given(ratios, roundings)
def test_i06_rounding_is_close_and_idempotent(exact: Fraction, rounding: Rounding):
    """A rounded figure stays, and is half a unit away at most, or less than one in a directed mode."""
    rounded = money.round_ratio(exact.numerator, exact.denominator, rounding)

    assert rounded == money.round_ratio(rounded, 1, rounding)
    assert abs(rounded - exact) < 1
    assert rounding.mode in DIRECTED or abs(rounded - exact) <= Fraction(1, 2)


@given(st.integers(-(10**6), 10**6), st.integers(0, 5), st.sampled_from(["HALF_UP", "HALF_EVEN", "HALF_DOWN", *DIRECTED]))
def test_i06_modes_mean_what_decimal_means(figure: int, places: int, mode: str):
    """Each mode that the decimal module has agrees with it."""
    with decimal.localcontext(prec=60):
        expected = int(Decimal(f"{figure}E-{places}").quantize(Decimal(1), rounding=f"ROUND_{mode}"))

    assert expected == money.round_ratio(figure, 10**places, Rounding(f"ROUND_{mode}"))


@given(ratios, st.sampled_from(["0.01", "0.05", "0.50", "1", "100"]), roundings)
def test_i06_an_increment_is_met(exact: Fraction, increment: str, rounding: Rounding):
    """A rounding with an increment gives whole increments, and settling again changes nothing."""
    cash = Rounding(rounding.mode, Decimal(increment))

    settled = money.settle(exact, "CHF", rounding=cash)

    step = Fraction(increment)
    assert Fraction(settled.amount) % step == 0
    assert abs(Fraction(settled.amount) - exact) < step
    assert settled == money.settle(settled.amount, "CHF", rounding=cash)


SIGNALS = [
    decimal.Clamped,
    decimal.DivisionByZero,
    decimal.Inexact,
    decimal.Overflow,
    decimal.Rounded,
    decimal.Underflow,
    decimal.InvalidOperation,
    decimal.Subnormal,
    decimal.FloatOperation,
]
contexts = st.builds(
    decimal.Context,
    prec=st.integers(1, 50),
    rounding=st.sampled_from(
        [
            decimal.ROUND_UP,
            decimal.ROUND_DOWN,
            decimal.ROUND_CEILING,
            decimal.ROUND_FLOOR,
            decimal.ROUND_HALF_EVEN,
            decimal.ROUND_05UP,
        ]
    ),
    Emin=st.sampled_from([-999999, -3, 0]),
    Emax=st.sampled_from([999999, 3, 0]),
    capitals=st.sampled_from([0, 1]),
    clamp=st.sampled_from([0, 1]),
    flags=st.just([]),
    traps=st.lists(st.sampled_from(SIGNALS), unique=True),
)


def everything(minor: int, weights: list[int], rate: Fraction, mode: str) -> list[Any]:
    """One result of every door that reads or makes a figure, as text."""
    amount = money.from_minor(minor, "EUR")
    exchange = money.ExchangeRate(base="EUR", quote="JPY", rate=rate)
    shown = money.number_text(minor, "EUR")
    return [
        money.text(amount),
        money.text(money.maker("EUR")(Decimal(shown))),
        money.text(money.settle(f"{shown}5", "EUR", rounding=Rounding(mode))),
        money.text(money.settle(Decimal(f"{shown}5"), "CHF", rounding=Rounding(mode, Decimal("0.05")))),
        *map(money.text, money.split(amount, [Decimal(weight) for weight in weights])),
        *map(money.text, money.split(amount, weights, method=Method.CUMULATIVE)),
        money.text(money.exchange(amount, exchange, rounding=Rounding(mode))),
        str(exchange),
        repr(exchange.inverse().rate),
        money.text(money.total([amount, amount, money.negate(amount)])),
        money.compare(amount, money.add(amount, amount)),
        repr(money.number(Decimal(shown), name="price")),
        repr(money.rate(Decimal("0.19"))),
        *(money.display(amount, locale="de_DE", style=style) for style in money.Style),
        money.text(money.parse(shown, locale="en_US", currency="EUR")),
        refused(minor),
    ]


def refused(minor: int) -> str:
    """The text of an error that shows a Decimal."""
    try:
        money.maker("EUR")(Decimal(f"{minor}1E-3"))
    except money.InvalidAmount as error:
        return str(error)
    return "taken"


def state(context: decimal.Context) -> str:
    return repr(
        (
            context.prec,
            context.rounding,
            context.Emin,
            context.Emax,
            context.capitals,
            context.clamp,
            context.flags,
            context.traps,
        )
    )


@given(minors, weight_lists, st.fractions(min_value=Fraction(1, 1000), max_value=1000), st.sampled_from(HALVES), contexts)
def test_i07_no_context_changes_a_result(minor: int, weights: list[int], rate: Fraction, mode: str, context: decimal.Context):
    """Any context of the host, in this thread, in another or in a task, gives the same results and stays as it was."""
    with decimal.localcontext(decimal.Context(prec=200)):
        expected = everything(minor, weights, rate, mode)
    before = state(context)
    found: list[Any] = []

    def hostile() -> None:
        decimal.setcontext(context)
        found.append(everything(minor, weights, rate, mode))
        found.append(state(decimal.getcontext()))

    async def task() -> None:
        hostile()

    with decimal.localcontext():
        hostile()
    thread = threading.Thread(target=hostile)
    thread.start()
    thread.join()
    asyncio.run(task())

    assert [expected, before] * 3 == found


@given(minors, weight_lists, methods, st.integers(1, 4))
def test_i08_scale(minor: int, weights: list[int], method: Method, shift: int):
    """In units ten times as fine, and so on, parts are the same up to one coarse unit, and sums exactly."""
    scale = 10**shift
    bound = {Method.CASCADE: len(weights), Method.FIRST_GETS_ANY: 1, Method.CUMULATIVE: 2}.get(method, 1)

    coarse = money.split_minor(minor, weights, method=method)
    fine = money.split_minor(minor * scale, weights, method=method)

    assert sum(coarse) * scale == sum(fine)
    assert all(abs(small - large * scale) <= bound * scale for small, large in zip(fine, coarse, strict=True))


@given(minors, st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.integers(1, 10**6), roundings)
def test_cumulative_parts_telescope(minor: int, points: list[int], whole: int, rounding: Rounding):
    """Part k is R(k) - R(k-1): every prefix is the rounded exact one, and a cut in two adds up to the uncut part."""
    parts = money.cumulative_minor(minor, points, whole, rounding=rounding)

    for count, point in enumerate(points, 1):
        assert money.round_ratio(minor * point, whole, rounding) == sum(parts[:count])
    start, middle, end = sorted((*points, 0, whole))[:3]
    uncut = money.part_minor(minor, start, end, whole, rounding)
    assert uncut == money.part_minor(minor, start, middle, whole, rounding) + money.part_minor(
        minor, middle, end, whole, rounding
    )


@given(minors, weight_lists, st.booleans())
def test_what_is_kept_back_is_less_than_a_round(minor: int, weights: list[int], blocks: bool):
    """Parts and rest sum to the whole; in blocks the parts are in proportion exactly."""
    amount = money.from_minor(minor, "EUR")

    parts, rest = money.split_keeping_rest(amount, weights, blocks=blocks)

    ints = [money.to_minor(part) for part in parts]
    assert minor == sum(ints) + money.to_minor(rest)
    if blocks:
        total = sum(weights)
        assert all(part * total == sum(ints) * weight for part, weight in zip(ints, weights, strict=True))
    else:
        assert abs(money.to_minor(rest)) < len(weights)


@given(minors, st.fractions(min_value=Fraction(1, 10**6), max_value=10**6), roundings)
def test_exchange_rounds_once(minor: int, rate: Fraction, rounding: Rounding):
    """An exchange is the exact product, rounded once; the exact way back is the same amount."""
    there = money.ExchangeRate(base="EUR", quote="KWD", rate=rate)
    amount = money.from_minor(minor, "EUR")

    exact = money.exchange_exact(amount, there)

    assert Fraction(minor, 100) * rate == exact
    assert money.settle(exact, "KWD", rounding=rounding) == money.exchange(amount, there, rounding=rounding)
    assert rate * there.inverse().rate == 1
    minor_there = money.exchange_minor(minor, rate, exponent_from=2, exponent_to=3, rounding=rounding)
    assert money.to_minor(money.exchange(amount, there, rounding=rounding)) == minor_there


@given(st.text(max_size=12) | st.from_regex(r"[-+]?[0-9_.,e ]{1,12}", fullmatch=True))
def test_a_text_is_an_amount_or_refused(text: str):
    """Whatever the text, it is a settled amount or a refusal, never another error."""
    for read in (money.maker("EUR"), money.of, lambda given: money.parse(given, locale="de_DE", currency="EUR")):
        try:
            amount = read(text)
        except (money.InvalidAmount, money.UnknownCurrency):
            continue
        assert isinstance(amount, Money)
        assert money.to_minor(amount) is not None


@given(
    st.sampled_from(["en_US", "de_DE", "en_IN", "es_ES"]), st.from_regex(r"-?[0-9]{1,3}([.,][0-9]{2,3}){0,3}", fullmatch=True)
)
def test_what_is_parsed_has_the_value_that_babel_reads(locale: str, text: str):
    """A text that we take has Babel's value, and one that Babel refuses strictly is refused."""
    try:
        expected = parse_decimal(text, locale, strict=True)
    except NumberFormatError:
        expected = None
    try:
        found = money.parse(text, locale=locale, currency="CLF").amount
    except money.InvalidAmount:
        return

    assert expected == found or BABEL < (2, 14)
