"""Plain arithmetic for hosts: exact, on one currency, without py-moneyed's operators."""

from collections.abc import Iterable, Iterator

from moneyed import Money

from ledgerkit.money._gate import currency_of, from_minor, to_minor
from ledgerkit.money._table import checked_code
from ledgerkit.money._types import CurrencyMismatch, InvalidAmount, _quoted


def total(amounts: Iterable[Money], /, *, currency: str | None = None) -> Money:
    """
    Return the sum of *amounts*, exactly.

    Args:
        amounts: All of one currency; read once.

        currency: What they have to be in; needed where there may be none.

    Raises:
        CurrencyMismatch: Two currencies, or no amount and no *currency*.

        InvalidAmount: One of them is not settled.

    Source:
        docs/rules/money-amounts.md, rule M-7.

    >>> from ledgerkit.money import of, text
    >>> text(total([of("1.10 EUR"), of("2.20 EUR")]))
    '3.30 EUR'
    """
    code = None if currency is None else checked_code(currency)
    minor = 0
    for amount in _iterated(amounts):
        code = code or currency_of(amount)
        minor += to_minor(amount, currency=code)
    if code is None:
        raise CurrencyMismatch("the sum of nothing has no currency", 'Say which, with currency="EUR".')
    return from_minor(minor, code)


def _iterated(amounts: Iterable[Money]) -> Iterator[Money]:
    try:
        return iter(amounts)
    except TypeError:
        raise InvalidAmount(f"amounts is {_quoted(amounts)}, where a list of Money is needed", "Pass a list.") from None


def _pair(one: Money, other: Money) -> tuple[int, int, str]:
    code = currency_of(one)
    return to_minor(one), to_minor(other, currency=code, name="other"), code


def add(one: Money, other: Money, /) -> Money:
    """
    Return the sum of two amounts of one currency, exactly.

    Args:
        one: An amount.

        other: An amount in the same currency.

    Raises:
        CurrencyMismatch: They are of two currencies.

        InvalidAmount: One is not settled.

    Source:
        docs/rules/money-amounts.md, rule M-7.

    >>> from ledgerkit.money import of, text
    >>> text(add(of("1.10 EUR"), of("2.20 EUR")))
    '3.30 EUR'
    """
    first, second, code = _pair(one, other)
    return from_minor(first + second, code)


def subtract(one: Money, other: Money, /) -> Money:
    """
    Return *one* less *other*, exactly.

    Args:
        one: An amount.

        other: An amount in the same currency.

    Raises:
        CurrencyMismatch: They are of two currencies.

        InvalidAmount: One is not settled.

    Source:
        docs/rules/money-amounts.md, rule M-7.

    >>> from ledgerkit.money import of, text
    >>> text(subtract(of("1.10 EUR"), of("2.20 EUR")))
    '-1.10 EUR'
    """
    first, second, code = _pair(one, other)
    return from_minor(first - second, code)


def negate(amount: Money, /) -> Money:
    """
    Return *amount* with the other sign; zero has none.

    Args:
        amount: Of either sign.

    Raises:
        InvalidAmount: It is not settled.

    Source:
        docs/rules/money-amounts.md, rule M-7.

    >>> from ledgerkit.money import of, text
    >>> text(negate(of("1.10 EUR")))
    '-1.10 EUR'
    """
    return from_minor(-to_minor(amount), currency_of(amount))


def compare(one: Money, other: Money, /) -> int:
    """
    Return -1, 0 or 1: whether *one* is less than, equal to or more than *other*.

    Args:
        one: An amount.

        other: An amount in the same currency.

    Raises:
        CurrencyMismatch: They are of two currencies.

        InvalidAmount: One is not settled.

    Source:
        docs/rules/money-amounts.md, rule M-7.

    >>> from ledgerkit.money import of, text
    >>> compare(of("1.10 EUR"), of("2.20 EUR"))
    -1
    """
    first, second, _code = _pair(one, other)
    return (first > second) - (first < second)


def smallest(amounts: Iterable[Money], /) -> Money:
    """
    Return the least of *amounts*, all of one currency.

    Args:
        amounts: At least one, all of one currency; read once.

    Raises:
        CurrencyMismatch: Two currencies, or no amount.

        InvalidAmount: One is not settled.

    Source:
        docs/rules/money-amounts.md, rule M-7.

    >>> from ledgerkit.money import of, text
    >>> text(smallest([of("1.10 EUR"), of("-2.20 EUR")]))
    '-2.20 EUR'
    """
    minors, code = _minors(amounts)
    return from_minor(min(minors), code)


def largest(amounts: Iterable[Money], /) -> Money:
    """
    Return the greatest of *amounts*, all of one currency.

    Args:
        amounts: At least one, all of one currency; read once.

    Raises:
        CurrencyMismatch: Two currencies, or no amount.

        InvalidAmount: One is not settled.

    Source:
        docs/rules/money-amounts.md, rule M-7.

    >>> from ledgerkit.money import of, text
    >>> text(largest([of("1.10 EUR"), of("-2.20 EUR")]))
    '1.10 EUR'
    """
    minors, code = _minors(amounts)
    return from_minor(max(minors), code)


def _minors(amounts: Iterable[Money]) -> tuple[list[int], str]:
    kept = list(_iterated(amounts))
    if not kept:
        raise CurrencyMismatch("nothing has no least and no greatest amount", "Pass at least one.")
    code = currency_of(kept[0])
    return [to_minor(amount, currency=code) for amount in kept], code
