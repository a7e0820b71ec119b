"""The face of ``ledgerkit.money``."""

from decimal import Decimal
from fractions import Fraction

from ledgerkit import money

eur, jpy, bhd = money.maker("EUR"), money.maker("JPY"), money.maker("BHD")
CHF_CASH = money.Rounding("HALF_UP", Decimal("0.05"))
USD = money.ExchangeRate(base="EUR", quote="USD", rate="1.0837")
YEN = money.ExchangeRate(base="EUR", quote="JPY", rate="162.345678901")

CALLS = {
    "ExchangeRate": lambda: [USD, YEN],
    "Rounding": lambda: [CHF_CASH, money.HALF_EVEN],
    "add": lambda: money.add(eur("123456789012345678.90"), eur("0.01")),
    "compare": lambda: [money.compare(eur("1000.01"), eur("1000.02")), money.compare(eur("-0.00"), eur("0"))],
    "cumulative_minor": lambda: money.cumulative_minor(1000, [0, 1, 2, 3], 3),
    "currency_of": lambda: money.currency_of(eur("1.00")),
    "display": lambda: [money.display(eur("-1234567.89"), locale=one) for one in ("de_DE", "en_US", "tr_TR", "ar_EG")],
    "display:style": lambda: [money.display(jpy("1234567"), locale="en_US", style=style) for style in money.Style],
    "exact_text": lambda: [money.exact_text(number) for number in ("0.0004", Fraction(1, 3), Fraction(-7, 4))],
    "percent_text": lambda: money.percent_text(Fraction(77, 1000)),
    "exchange": lambda: [money.exchange(eur("123456.78"), USD), money.exchange(eur("0.01"), YEN, rounding=money.UP)],
    "exchange_exact": lambda: money.exchange_exact(eur("123456.78"), YEN),
    "exchange_minor": lambda: money.exchange_minor(12_345_678, "162.345678901", exponent_from=2, exponent_to=0),
    "exponent": lambda: [money.exponent(code) for code in ("EUR", "JPY", "BHD", "CLF", "HUF", "IQD")],
    "from_minor": lambda: [money.from_minor(12_345_678_901, code) for code in ("EUR", "JPY", "BHD")],
    "largest": lambda: money.largest([eur("1000.01"), eur("1000.02")]),
    "maker": lambda: [eur("123456.78"), eur(7), eur(Decimal("1E+3")), jpy("123456"), bhd("1.234"), eur("-0.00")],
    "minor_text": lambda: [money.minor_text(minor, "EUR") for minor in (0, -1, 100, 123_456_789)],
    "negate": lambda: [money.negate(eur("123456.78")), money.negate(eur("0.00"))],
    "number": lambda: [money.number(one, name="price") for one in ("0.00012345", 7, Decimal("1E-9"), Fraction(1, 3))],
    "number_text": lambda: [money.number_text(-123_456, code) for code in ("EUR", "JPY", "BHD")],
    "of": lambda: [money.of("123456.78 EUR"), money.of("-5 JPY")],
    "parse": lambda: [
        money.parse("1.234.567,89", locale="de_DE", currency="EUR"),
        money.parse("1,234", locale="en", currency="JPY"),
    ],
    "part_minor": lambda: money.part_minor(1005, 0, 1, 2),
    "quantity": lambda: [money.quantity(one) for one in ("1234.5678", -3, Decimal("0.333"), Fraction(1, 3))],
    "rate": lambda: [money.rate(one) for one in ("20%", "0.07125", Decimal("0.2"), Fraction(1, 3))],
    "round_minor": lambda: [money.round_minor(1_234_567, 1000, currency="CHF", rounding=CHF_CASH)],
    "round_ratio": lambda: [
        money.round_ratio(num, 2, rounding) for num in (-5, -3, 3, 5) for rounding in (money.HALF_UP, money.HALF_EVEN)
    ],
    "settle": lambda: [
        money.settle(one, "EUR", rounding=money.HALF_UP) for one in ("1.005", Decimal("-123456.785"), Fraction(2, 3))
    ],
    "smallest": lambda: money.smallest([eur("1000.01"), eur("1000.02")]),
    "split": lambda: [money.split(eur("-1000.01"), [1, 2, "0.5"], method=method) for method in money.Method],
    "split_even": lambda: money.split_even(eur("1000.00"), 3),
    "split_keeping_rest": lambda: money.split_keeping_rest(eur("1000.00"), [1, 1, 1]),
    "split_minor": lambda: money.split_minor(100_000, [1, 1, 1]),
    "subtract": lambda: money.subtract(eur("123456.78"), eur("0.01")),
    "text": lambda: [money.text(one) for one in (eur("123456.78"), jpy("-1234567"), bhd("0.000"))],
    "to_minor": lambda: money.to_minor(eur("123456.78"), currency="EUR"),
    "total": lambda: [money.total([eur("123456.78"), eur("0.01")]), money.total([], currency="JPY")],
}

ERRORS = {
    "CurrencyMismatch": lambda: money.add(eur("1.00"), jpy("1")),
    "CurrencyMismatch:nothing": lambda: money.total([]),
    "InvalidAmount": lambda: eur(19.99),  # type: ignore[arg-type]
    "InvalidAmount:digits": lambda: eur("10.005"),
    "InvalidAmount:rate": lambda: money.rate("7.7"),
    "InvalidQuantity": lambda: money.quantity("a dozen"),
    "InvalidWeights": lambda: money.split(eur("1.00"), [0, 0]),
    "InvalidWeights:negative": lambda: money.split(eur("1.00"), [1, -1]),
    "UnknownCurrency": lambda: money.of("120.00 EURO"),
    "UnknownLocale": lambda: money.display(eur("1.00"), locale="Klingon"),
}
