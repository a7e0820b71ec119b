"""Numbers of documents: gapless in their series, since a number is taken only where the series is saved with it."""

import string
from datetime import date
from typing import Any, final

import attrs

from ledgerkit import _front, ids, periods
from ledgerkit.errors import InvalidArgument, LimitExceeded, UsageError
from ledgerkit.transactions import _gate

_LAST = 10**18
_WIDEST = 18
_REMEDY = 'Write it like "INV-{year}-{number:05}".'


class InvalidPattern(UsageError, ValueError):
    """A pattern that no numbers can be made by."""


def _pattern(value: Any) -> str:
    pattern = ids.checked(value, name="pattern")
    fields = [field for _text, field, _width in _parsed(pattern) if field is not None]
    if fields.count("number") != 1:
        raise InvalidPattern("a pattern needs {number} once", _REMEDY)
    return pattern


def _parsed(pattern: str) -> list[tuple[str, str | None, int]]:
    """Return the pattern as pieces: a text, then ``year`` or ``number`` with its width, or nothing at the end."""
    try:
        pieces = list(string.Formatter().parse(pattern))
    except ValueError:
        raise InvalidPattern("a brace of the pattern is not closed", _REMEDY) from None
    return [(text, *_field(field, spec or "", conversion)) for text, field, spec, conversion in pieces]


def _field(field: str | None, spec: str, conversion: str | None) -> tuple[str | None, int]:
    if field is None:
        return None, 0
    if field == "year" and not spec and conversion is None:
        return field, 4
    width = spec.removeprefix("0")
    if field == "number" and conversion is None and (not spec or (spec != width and _is_width(width))):
        return field, int(width or "1")
    raise InvalidPattern("a pattern holds something other than {year}, {number} and {number:05}", _REMEDY)


def _is_width(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= _WIDEST


def _next(value: Any) -> int:
    number = _gate.whole(value, "next")
    if number < 0:
        raise InvalidArgument(f"next is {_front.brief(number)}, and numbers are not negative", "Start at 1.")
    if number >= _LAST:
        raise LimitExceeded(f"next has more than {_WIDEST} digits", "Start another series.")
    return number


@final
@attrs.frozen(init=False, repr=False)
class Series:
    """
    A series of numbers and the next one of it.

    Args:
        id: The host's name for it; one row of a table.

        pattern: Text with ``{number}``, ``{number:05}`` for leading zeros, and ``{year}`` of the posting date.

        next: The number that is taken next.

    Raises:
        InvalidPattern: The pattern holds anything else, or no number.

    Source:
        docs/rules/transactions.md, rule T-8.

    >>> Series(id="invoices", pattern="INV-{year}-{number:05}").next
    1
    """

    id: str
    pattern: str
    next: int

    def __init__(self, *, id: str, pattern: str, next: int = 1) -> None:
        self.__attrs_init__(ids.checked(id, name="series"), _pattern(pattern), _next(next))

    def __str__(self) -> str:
        return f"{self.id}: {self.pattern}, next {self.next}"

    __repr__ = _front.shown("id", "pattern", "next")


def numbered(series: Series, /, on: date) -> tuple[str, Series]:
    """
    Return the next number of a series, and the series that comes after it.

    Nothing is consumed unless the new series is saved, together with the document: so there is no gap.

    Args:
        series: As it was saved last.

        on: The day the document is posted, for ``{year}``.

    Raises:
        LimitExceeded: The series has reached 18 digits.
        InvalidDate: *on* is not a date.

    Source:
        docs/rules/transactions.md, rule T-8.

    >>> invoices = Series(id="invoices", pattern="INV-{year}-{number:05}", next=7)
    >>> number, invoices = numbered(invoices, on=date(2026, 3, 1))
    >>> number, invoices.next
    ('INV-2026-00007', 8)
    """
    _gate.record(series, Series, "series", 'Pass transactions.Series(id="invoices", pattern="INV-{number:05}").')
    day = periods.civil_date(on, name="on")
    values = {"year": day.year, "number": series.next}
    pieces = [text if field is None else f"{text}{values[field]:0{width}}" for text, field, width in _parsed(series.pattern)]
    return ids.checked("".join(pieces), name="number"), Series(id=series.id, pattern=series.pattern, next=series.next + 1)
