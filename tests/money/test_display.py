"""What a customer reads and writes. Signs and spaces may change with Babel; digits may not."""

import pytest

from ledgerkit import money
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.money import InvalidAmount, Style, UnknownLocale
from ledgerkit.money._display import _spaced


def shown(text: str, locale: str = "en_US", style: Style = Style.SYMBOL) -> str:
    return money.display(money.of(text), locale=locale, style=style).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("1234.50 USD", "en_US", "$1,234.50"),
        ("-1234567.89 EUR", "de_DE", "-1.234.567,89 €"),
        ("1234.50 EUR", "fr-FR", "1 234,50 €"),
        ("1234 JPY", "en_US", "¥1,234"),
        ("1234.568 KWD", "en_US", "KWD 1,234.568"),
        ("1234.567 IQD", "en_US", "IQD 1,234.567"),
        ("1234.50 HUF", "de_DE", "1.234,50 HUF"),
        ("1.2346 CLF", "de_DE", "1,2346 CLF"),
        ("1234567.89 INR", "en_IN", "₹12,34,567.89"),
        ("-0.00 USD", "en_US", "$0.00"),
        ("99999999999999999999999999999999.99 USD", "en_US", "$99,999,999,999,999,999,999,999,999,999,999.99"),
    ],
)
def test_symbols(text: str, locale: str, expected: str):
    """The locale's signs and groups, ISO 4217's decimals."""
    assert expected == shown(text, locale)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.00 USD", "1.00 US dollar"),
        ("2.50 USD", "2.50 US dollars"),
        ("-2 JPY", "-2 Japanese yen"),
        ("1.000 KWD", "1.000 Kuwaiti dinar"),
    ],
)
def test_names(text: str, expected: str):
    """The name in the plural of the amount."""
    assert expected == shown(text, style=Style.NAME)


def test_codes():
    """The code, apart from the figures on either side."""
    assert "USD 1,234.50" == shown("1234.50 USD", style=Style.CODE)
    assert "-USD 1.00" == shown("-1.00 USD", style=Style.CODE)
    assert "1.234,50 USD" == shown("1234.50 USD", "de_DE", Style.CODE)
    assert "1.00 USD" == shown("1.00 USD", "en_US", Style.CODE).removeprefix("USD ") + " USD"


def test_a_mark_right_after_figures():
    """A locale that writes the currency after the figures without a space gets one before letters."""
    assert "1.00\xa0USD" == _spaced("1.00USD", "USD")
    assert "1.00$" == _spaced("1.00$", "$")
    assert "USD-1.00" == _spaced("USD-1.00", "USD")


def test_a_style_may_be_its_text():
    """Enums are texts."""
    assert "USD 1.00" == money.display(money.of("1.00 USD"), locale="en", style="code").replace("\xa0", " ")
    with pytest.raises(InvalidArgument, match="symbol, code, name"):
        money.display(money.of("1.00 USD"), locale="en", style="loud")


@pytest.mark.parametrize("locale", ["", "xx_XX", "english", "en_US_", "../../etc/passwd", "C", "x" * 10_000, None, 5, b"en"])
def test_unknown_locales(locale: object):
    """A locale has to be named, and known to Babel."""
    for door in (
        lambda: money.display(money.of("1.00 USD"), locale=locale),  # type: ignore[arg-type]
        lambda: money.parse("1.00", locale=locale, currency="USD"),  # type: ignore[arg-type]
    ):
        with pytest.raises(UnknownLocale, match="is no locale that Babel knows"):
            door()


@pytest.mark.parametrize(
    ("text", "locale", "minor"),
    [
        ("1,234.56", "en_US", 123456),
        ("1234.56", "en_US", 123456),
        ("1.234,56", "de_DE", 123456),
        ("-5", "de_DE", -500),
        ("12,34,567.89", "en_IN", 123456789),
        ("1’234.50", "de_CH", 123450),
        ("-1,234,567.00", "en_US", -123456700),
        ("007.50", "en_US", 750),
        ("1\u202f234,5", "fr_FR", 123450),
        ("0", "sv_SE", 0),
    ],
)
def test_parse(text: str, locale: str, minor: int):
    """The locale's own signs in their places."""
    assert minor == money.to_minor(money.parse(text, locale=locale, currency="EUR"))


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("25.00", "de"),
        ("11,11.11", "en_US"),
        ("1.5", "fr_FR"),
        ("1,2,3", "de_DE"),
        ("1,x", "de_DE"),
        ("12 345,67", "fr_FR"),
        ("\u22125", "sv_SE"),
        ("$5", "en_US"),
        ("(5.00)", "en_US"),
        ("NaN", "en_US"),
        ("1e3", "en_US"),
        ("1_000", "en_US"),
        ("١٢", "ar_EG"),
        ("5.", "en_US"),
        (".5", "en_US"),
        ("+5", "en_US"),
        ("", "en_US"),
        ("1,5,", "en_US"),
        ("1.234", "en_US"),
        ("0,123.00", "en_US"),
        ("--5", "en_US"),
        (",123", "en_US"),
        ("1,234,5", "en_US"),
        ("12,34", "en_IN"),
    ],
)
def test_parse_refuses(text: str, locale: str):
    """Everything else, and more decimals than the currency has."""
    with pytest.raises(InvalidAmount):
        money.parse(text, locale=locale, currency="EUR")


def test_parse_other_types_and_lengths():
    """A text of at most 128 characters."""
    with pytest.raises(InvalidAmount, match="where a text is needed"):
        money.parse(5, locale="en_US", currency="EUR")  # type: ignore[arg-type]
    with pytest.raises(LimitExceeded):
        money.parse("1" * 129, locale="en_US", currency="EUR")


def test_what_is_shown_is_read_back():
    """Display and parse agree on the figures of a locale."""
    for locale in ("en_US", "de_DE", "fr_FR", "de_CH", "en_IN", "sv_SE", "pl_PL", "hu_HU"):
        text = money.display(money.of("1234567.89 EUR"), locale=locale, style=Style.CODE)
        figures = text.replace("EUR", "").strip()

        assert 123456789 == money.to_minor(money.parse(figures, locale=locale, currency="EUR")), locale
