"""The harness itself: when a result agrees, and what is said of one that does not."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.vectors.files import Vector, verdict
from tests.vectors.registry import ADAPTERS, Case, Refused, Unsupported, adapter, agree

REFUSED = Refused(ValueError("no"))


@pytest.mark.parametrize(
    ("expect", "got", "agreed"),
    [
        ("1.50", "1.5", True),
        ("1.50", Decimal("1.5"), True),
        ("0.5", Fraction(1, 2), True),
        (3, "3", True),
        ("2026-01-31", "2026-01-31", True),
        ("2026-01-31", "2026-02-01", False),
        ("1.50", "1.51", False),
        (True, 1, True),
        (None, None, True),
        (None, "0", False),
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"b": 2}, False),
        ({"a": 1}, 1, False),
        ([1, "2.0"], (1, 2), True),
        ([1, 2], [1], False),
        ("error", REFUSED, True),
        ({"error": "too much"}, REFUSED, True),
        ("1.50", REFUSED, False),
        ("error", 0.5, False),
    ],
)
def test_agree(expect: Any, got: Any, agreed: bool):
    """Figures agree by value, mappings by the keys expected, the rest by equality."""
    assert agreed == agree(expect, got)


@pytest.fixture
def planted(monkeypatch):
    """A registry of one adapter of its own."""
    monkeypatch.setattr("tests.vectors.files.ADAPTERS", made := {})

    def plant(function):
        made["area", "kind"] = function, agree
        case = Case(area="area", suite="suite", kind="kind", input={}, more={})
        return Vector(id="1", case=case, expect="1.00", note="a note")

    return plant


def test_an_unknown_convention_fails(planted):
    """A convention that has no row in UNSUPPORTED.md is a difference, not a skip."""

    def refuse(_case):
        raise Unsupported("odd")

    found = verdict(planted(refuse))

    assert ("differs", "not in UNSUPPORTED.md: | area | suite | kind | odd |") == (found.word, found.says)


def test_a_difference_says_both_figures(planted):
    """What was expected and what came out stand in the failure."""
    found = verdict(planted(lambda _case: "2.00"))

    assert ("differs", "suite::1: expected '1.00', got '2.00' (a note)") == (found.word, found.says)


def test_one_adapter_a_kind():
    """A kind of an area cannot be registered twice."""
    (area, kind), *_ = ADAPTERS

    with pytest.raises(AssertionError, match="has an adapter already"):
        adapter(area, kind)(lambda case: case)
