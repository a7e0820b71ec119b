"""Numbers of documents: a pure series, nothing consumed that is not saved."""

import pickle
from datetime import date, datetime

import pytest

from ledgerkit import ids, periods
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.transactions import InvalidPattern, Series, numbered

ON = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{number}", "7"),
        ("INV-{year}-{number:05}", "INV-2026-00007"),
        ("{{{number:03}}}/{year}", "{007}/2026"),
        ("R{number:018}", "R000000000000000007"),
        ("{number:01}", "7"),
        ("№ {number}", "№ 7"),
    ],
)
def test_patterns(pattern, number):
    """Text, year and number."""
    assert number == numbered(Series(id="s", pattern=pattern, next=7), on=ON)[0]


def test_gapless():
    """Each call from the saved series takes the next number; without saving, the same."""
    first = Series(id="s", pattern="{number}")
    number, second = numbered(first, on=ON)

    assert (("1", 2), ("1", second), "2") == ((number, second.next), numbered(first, on=ON), numbered(second, on=ON)[0])
    assert second == pickle.loads(pickle.dumps(second))
    assert "Series(id='s', pattern='{number}', next=2)" == repr(second)


@pytest.mark.parametrize(
    "pattern",
    [
        "INV", "{year}", "{number}{number}", "{", "}", "{number", "{number!r}", "{number.real}", "{number[0]}", "{0}", "{}",
        "{number:5}", "{number:0}", "{number:00}", "{number:0٣}", "{number:019}", "{number:0999999999}", "{number:05d}",
        "{number:{year}}", "{year:4}", "{year!s}{number}", "{number:0-1}", "{number:0 5}", "{month}{number}",
        "{number.__class__.__mro__}",
    ],
)  # fmt: skip
def test_hostile_patterns(pattern):
    """A pattern is read, never formatted with."""
    with pytest.raises(InvalidPattern, match=r'Write it like "INV-\{year\}-\{number:05\}"'):
        Series(id="s", pattern=pattern)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"id": ""}, ids.InvalidId),
        ({"pattern": ""}, ids.InvalidId),
        ({"pattern": 7}, InvalidArgument),
        ({"next": -1}, InvalidArgument),
        ({"next": True}, InvalidArgument),
        ({"next": "1"}, InvalidArgument),
        ({"next": 10**18}, LimitExceeded),
    ],
)
def test_bad_series(said, error):
    """Each field by itself."""
    with pytest.raises(error):
        Series(**({"id": "s", "pattern": "{number}"} | said))


def test_bad_calls():
    """A series, a date, and not beyond the last number."""
    with pytest.raises(InvalidArgument):
        numbered("INV", on=ON)  # type: ignore[arg-type]
    with pytest.raises(periods.InvalidDate):
        numbered(Series(id="s", pattern="{number}"), on=datetime(2026, 3, 1))
    with pytest.raises(LimitExceeded):
        numbered(Series(id="s", pattern="{number}", next=10**18 - 1), on=ON)
