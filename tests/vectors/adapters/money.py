"""The cases of ``money/`` as calls of the public face."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import babel

from ledgerkit import money
from ledgerkit.money import Method, Rounding
from tests.vectors.registry import Case, Refused, Unsupported, adapter

# A case gives decimals without a currency; any one with so many stands for it.
BY_EXPONENT = {0: "JPY", 2: "EUR", 3: "KWD", 4: "CLF"}

# Where CLDR 47 shows fewer decimals than ISO 4217 has.
CLDR_HIDES = frozenset(["AFN", "ALL", "IQD", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SOS", "SYP", "YER"])

STYLES = {"name": money.Style.NAME, "standard": money.Style.SYMBOL}

METHODS = {
    "brick/money FloorToFirst; go-money Allocate/Split; rusty-money (non-negative); numscript portions": Method.FIRST_GETS_ANY,
    "brick/money FloorToLargestRatio; dinero.js v2": Method.LARGEST_RATIO,
    "brick/money FloorToLargestRemainder; moneyphp/money (non-negative totals)": Method.LARGEST_REMAINDER,
}
CONVENTIONS = {"cumulative": Method.CUMULATIVE, "ruby_cascade": Method.CASCADE}


def weights_of(case: Case) -> list[Any]:
    return [Fraction(weight) if isinstance(weight, str) else weight for weight in case.input["weights"]]


def currency_of(case: Case) -> str:
    return case.input.get("currency", "EUR")


def minors(parts: Any) -> list[int]:
    return [money.to_minor(part) for part in parts]


@adapter("money", "allocate")
def allocate(case: Case) -> Any:
    convention = case.input.get("convention")
    if convention in {"separate", "block"}:
        return keeping_rest(case, blocks=convention == "block")
    if convention is not None and convention not in CONVENTIONS:
        raise Unsupported(convention)
    return split(case, CONVENTIONS[convention] if convention else METHODS[case.suite])


def split(case: Case, method: Method) -> list[int]:
    currency = currency_of(case)
    amount = money.from_minor(case.input["minor"], currency)
    if "result_scale" in case.input:
        finer = BY_EXPONENT[case.input["result_scale"]]
        amount = money.exchange(amount, money.ExchangeRate(base=currency, quote=finer, rate=1))
    increment = money.from_minor(case.input["step"], currency).amount if "step" in case.input else None
    return minors(money.split(amount, weights_of(case), method=method, increment=increment))


def keeping_rest(case: Case, *, blocks: bool) -> list[int]:
    amount = money.from_minor(case.input["minor"], currency_of(case))
    parts, rest = money.split_keeping_rest(amount, weights_of(case), blocks=blocks)
    return minors([*parts, rest])


@adapter("money", "allocate_error")
def allocate_error(case: Case) -> Any:
    return split(case, Method.LARGEST_REMAINDER)


@adapter("money", "split")
def split_even(case: Case) -> Any:
    currency = currency_of(case)
    convention = case.input.get("convention")
    if convention == "separate":
        amount = money.from_minor(case.input["minor"], currency)
        parts, rest = money.split_keeping_rest(amount, [1 for _part in range(case.input["n"])])
        return minors([*parts, rest])
    if convention is not None:
        raise Unsupported(convention)
    increment = money.from_minor(case.input["step"], currency).amount if "step" in case.input else None
    return minors(money.split_even(money.from_minor(case.input["minor"], currency), case.input["n"], increment=increment))


@adapter("money", "split_error")
def split_error(case: Case) -> Any:
    return split_even(case)


@adapter("money", "convert")
def convert(case: Case) -> Any:
    return money.exchange_minor(
        case.input["minor"],
        rate_of(case),
        exponent_from=case.input["exp_from"],
        exponent_to=case.input["exp_to"],
        rounding=Rounding(case.input["mode"]),
    )


def rate_of(case: Case) -> Fraction:
    """Read a rate, which may be written as a ratio of two decimals."""
    return Fraction(*map(Fraction, case.input["rate"].split("/")))


def by_exact_value(expect: Any, got: Any) -> bool:
    """A figure of so many decimals is the exact one that we return."""
    return Fraction(f"{expect['minor']}e-{expect['scale']}") == got


@adapter("money", "convert_exact", agrees=by_exact_value)
def convert_exact(case: Case) -> Any:
    amount = money.from_minor(case.input["minor"], case.input["from_"])
    rate = money.ExchangeRate(base=case.input["from_"], quote=case.input["to"], rate=case.input["rate"])
    return money.exchange_exact(amount, rate)


def by_iso(expect: Any, got: Any) -> bool:
    """Only the digits of ISO 4217 count; a currency without them is one that we refuse."""
    return bool((None if isinstance(got, Refused) else got) == expect["iso"])


@adapter("money", "exponent", agrees=by_iso)
def exponent(case: Case) -> Any:
    return money.exponent(case.input["currency"])


def as_shown(expect: Any, got: Any) -> bool:
    """Digits and sign; under the release of Babel that made the figures, everything but spaces."""
    keep = str.isspace if babel.__version__.startswith("2.18.") else lambda sign: sign not in "-0123456789"
    return isinstance(got, str) and without(expect, keep) == without(got, keep)


def without(text: str, dropped: Callable[[str], bool]) -> str:
    return "".join(sign for sign in text if not dropped(sign))


@adapter("money", "format", agrees=as_shown)
def formatted(case: Case) -> Any:
    currency = case.input["currency"]
    if not case.input.get("decimal_quantization", True) or len(decimals(case.input["amount"])) > money.exponent(currency):
        raise Unsupported("unsettled")
    if currency in CLDR_HIDES:
        raise Unsupported("cldr_digits")
    style = STYLES[case.input.get("format_type", "standard")]
    return money.display(money.maker(currency)(case.input["amount"]), locale=case.input["locale"], style=style)


def decimals(text: str) -> str:
    return text.partition(".")[2]


@adapter("money", "to_minor")
def to_minor(case: Case) -> Any:
    text = case.input["text"]
    if not (text[-1:].isdigit() and text.removeprefix("-")[:1].isdigit()):
        raise Unsupported("lax_syntax")
    return money.to_minor(money.settle(text, BY_EXPONENT[case.input["exponent"]], rounding=Rounding(case.input["mode"])))


def as_text(expect: Any, got: Any) -> bool:
    return bool(expect == got)


@adapter("money", "from_minor", agrees=as_text)
def from_minor(case: Case) -> Any:
    return money.number_text(case.input["minor"], BY_EXPONENT[case.input["exponent"]])


@adapter("money", "parse_error")
def parse_error(case: Case) -> Any:
    return money.maker(BY_EXPONENT[case.input["exponent"]])(case.input["text"])


@adapter("money", "babel_parse_decimal")
def parse(case: Case) -> Any:
    if case.input["text"] in {"NaN", "Infinity", "-Infinity"}:
        raise Unsupported("not_finite")
    if not case.input["strict"]:
        raise Unsupported("lax_grouping")
    return money.parse(case.input["text"], locale=case.input["locale"], currency="EUR").amount


@adapter("money", "round")
def rounded(case: Case) -> Any:
    return money.round_ratio(case.input["num"], case.input["den"], Rounding(case.input["mode"]))


@adapter("money", "round_to_unit")
def round_to_unit(case: Case) -> Any:
    return rounded_to(case, Decimal(f"1e{case.input['unit_exp']}"))


@adapter("money", "round_cash")
def round_cash(case: Case) -> Any:
    return rounded_to(case, Decimal(case.input["increment"]))


def rounded_to(case: Case, increment: Decimal) -> int:
    """Round in a currency without decimals, where the minor unit is the unit."""
    return money.to_minor(money.settle(case.input["minor"], "JPY", rounding=Rounding(case.input["mode"], increment)))
