"""
Amounts as people of a locale write and read them: names, symbols and grouping from Babel, decimals from ISO 4217.

Babel reckons in the decimal context of the thread, so it runs inside one of ours; its locale data is opened here and nowhere else.
"""

import re
from copy import copy
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation, localcontext
from unicodedata import category

from babel.core import Locale, UnknownLocaleError
from babel.numbers import (
    NumberPattern,
    get_currency_name,
    get_currency_symbol,
    get_currency_unit_pattern,
    get_decimal_symbol,
    get_group_symbol,
)
from moneyed import Money

from ledgerkit.errors import InvalidArgument
from ledgerkit.money._gate import MOST_DIGITS, currency_of, from_minor, minor_of, to_minor, too_long
from ledgerkit.money._table import EXPONENTS, checked_code
from ledgerkit.money._types import InvalidAmount, Style, UnknownLocale, _quoted

_GAP = "\u00a0"
_DIGITS = re.compile(r"[0-9]+").fullmatch
_STYLES = tuple(str(style) for style in Style)


def _context() -> Context:
    return Context(
        prec=4 * MOST_DIGITS,
        rounding=ROUND_HALF_EVEN,
        Emin=-999_999,
        Emax=999_999,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[InvalidOperation],
    )


def display(amount: Money, /, *, locale: str, style: Style | str = Style.SYMBOL) -> str:
    """
    Return *amount* as a customer of *locale* reads it, with the decimals of ISO 4217.

    Args:
        amount: Settled; nothing is rounded, and zero has no sign.

        locale: ``"en_US"`` or ``"en-US"``.

        style: The symbol, the code or the name of the currency.

    Raises:
        InvalidAmount: *amount* is not settled.

        UnknownLocale: Babel has no data for *locale*.

        InvalidArgument: *style* is no Style.

    Source:
        docs/rules/money-display.md, rules M-50 to M-52.

    >>> from ledgerkit.money import of
    >>> display(of("1234.50 EUR"), locale="en_US")
    '€1,234.50'
    """
    minor, code = to_minor(amount), currency_of(amount)
    how, place = _style(style), _locale(locale)
    value = from_minor(minor, code).amount
    with localcontext(_context()):
        if how is Style.NAME:
            return _named(value, code, place)
        return _marked(value, code, place, how)


def _style(style: object) -> Style:
    if isinstance(style, str) and str.__str__(style) in _STYLES:
        return Style(str.__str__(style))
    raise InvalidArgument(f"{_quoted(style)} is no way to show a currency", f"Use one of money.Style: {', '.join(Style)}.")


def _locale(locale: object) -> Locale:
    if isinstance(locale, str):
        written = str.__str__(locale).replace("-", "_")
        try:
            return Locale.parse(written[:MOST_DIGITS])
        except (UnknownLocaleError, TypeError, ValueError):
            pass
    raise UnknownLocale(f"{_quoted(locale)} is no locale that Babel knows", 'Write it like "en_US".')


def _patterned(pattern: NumberPattern, code: str, change: str = "¤") -> NumberPattern:
    """Return the locale's pattern with the currency's own decimals, and *change* where the symbol stands."""
    ours = copy(pattern)
    ours.frac_prec = (EXPONENTS[code], EXPONENTS[code])
    ours.prefix = ours.prefix[0].replace("¤", change), ours.prefix[1].replace("¤", change)
    ours.suffix = ours.suffix[0].replace("¤", change), ours.suffix[1].replace("¤", change)
    return ours


def _marked(value: Decimal, code: str, locale: Locale, style: Style) -> str:
    pattern = _patterned(locale.currency_formats["standard"], code, "¤" if style is Style.SYMBOL else "¤¤")
    shown: str = pattern.apply(value, locale, currency=code, currency_digits=False)
    mark = get_currency_symbol(code, locale) if style is Style.SYMBOL else code
    return _spaced(shown, mark)


def _spaced(shown: str, mark: str) -> str:
    """Keep letters and figures apart, as CLDR's currencySpacing does: ``KWD 1.000``."""
    if category(mark[-1])[0] not in "SZ":
        shown = re.sub(f"{re.escape(mark)}(?=[0-9])", lambda found: found[0] + _GAP, shown, count=1)
    if category(mark[0])[0] not in "SZ":
        shown = re.sub(f"(?<=[0-9]){re.escape(mark)}", lambda found: _GAP + found[0], shown, count=1)
    return shown


def _named(value: Decimal, code: str, locale: Locale) -> str:
    count = value if value % 1 else int(value)
    number = _patterned(locale.decimal_formats[None], code).apply(value, locale, currency_digits=False)
    return get_currency_unit_pattern(code, count, locale).format(number, get_currency_name(code, count, locale))


def parse(text: str, /, *, locale: str, currency: str) -> Money:
    """
    Return the amount that *text* says in the figures of *locale*, strictly.

    Only ASCII digits, the locale's own decimal and grouping signs, the latter in their places, and a leading ``-``: no symbol, no
    parentheses, no exponent.

    Args:
        text: At most 128 characters.

        locale: ``"de_DE"`` or ``"de-DE"``.

        currency: An ISO code.

    Raises:
        InvalidAmount: It is no such text, or has more decimals than the currency.

        UnknownLocale: Babel has no data for *locale*.

        UnknownCurrency: *currency* is no code of ISO 4217.

        LimitExceeded: It is longer.

    Source:
        docs/rules/money-display.md, rule M-53.

    >>> from ledgerkit.money import text
    >>> text(parse("1.234,56", locale="de_DE", currency="EUR"))
    '1234.56 EUR'
    """
    code, place = checked_code(currency), _locale(locale)
    if not isinstance(text, str):
        raise InvalidAmount(f"text is {_quoted(text)}, where a text is needed", "Pass what the user wrote.")
    written = str.__str__(text)
    if len(written) > MOST_DIGITS:
        raise too_long("text")
    return from_minor(minor_of(_plain(written, place), code, "text"), code)


def _plain(written: str, locale: Locale) -> str:
    """Return a text of *locale* as a plain number. Babel's own strict mode takes other texts in every other release."""
    group, point = get_group_symbol(locale), get_decimal_symbol(locale)
    sign = "-" if written.startswith("-") else ""
    whole, dot, decimals = written.removeprefix("-").partition(point)
    figures = whole.replace(group, "")
    in_place = whole in (figures, _grouped(figures, group, locale.decimal_formats[None].grouping))
    if in_place and _DIGITS(figures) and bool(dot) == bool(_DIGITS(decimals)):
        return f"{sign}{figures}.{decimals or 0}"
    raise InvalidAmount(f"{written!r} is no plain number in {locale}", f'Write it like "1{group}234{point}50".')


def _grouped(figures: str, group: str, sizes: tuple[int, int]) -> str:
    shown, size = "", sizes[0]
    if figures.startswith("0"):
        return figures
    while len(figures) > size:
        shown = f"{group}{figures[-size:]}{shown}"
        figures, size = figures[:-size], sizes[1]
    return figures + shown
