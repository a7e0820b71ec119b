"""
How a case finds its adapter, and when a result agrees.

An adapter is a function of one :class:`Case` that returns what the library gives, in the shape of the file. It is never shown what is
expected, nor the id of the case. It only translates: it reads figures, composes calls of the public face, and computes no amount of
its own (``test_adapters_are_honest.py``). A convention that the library does not carry raises :class:`Unsupported` with a name, and
the name stands with a reason in ``UNSUPPORTED.md``. Where an expectation is not compared figure by figure, the adapter is registered
with a comparison of its own::

    @adapter("money", "exponent", agrees=by_iso)
    def exponent(case):
        return money.exponent(case.input["currency"])
"""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import attrs


@attrs.frozen(kw_only=True)
class Case:
    """One case without its id and without what is expected: where it stands, what goes in."""

    area: str
    suite: str
    kind: str
    input: Mapping[str, Any]
    more: Mapping[str, Any]  # what a case says beside the usual fields


class Unsupported(Exception):
    """A convention that the library does not carry; its reason stands in UNSUPPORTED.md under this name."""


@attrs.frozen
class Refused:
    """The library raised this error."""

    error: Exception


Agrees = Callable[[Any, Any], bool]
Adapter = Callable[[Case], Any]

ADAPTERS: dict[tuple[str, str], tuple[Adapter, Agrees]] = {}


def agree(expect: Any, got: Any) -> bool:
    """
    Whether *got* is what is expected: figures by value, mappings by the keys that are expected, the rest by equality.

    A refusal agrees with ``"error"`` and with ``{"error": ...}``.
    """
    if isinstance(got, Refused):
        return expect == "error" or (isinstance(expect, Mapping) and "error" in expect)
    if isinstance(expect, Mapping):
        return isinstance(got, Mapping) and all(key in got and agree(expect[key], got[key]) for key in expect)
    if isinstance(expect, list | tuple):
        return (
            isinstance(got, list | tuple)
            and len(expect) == len(got)
            and all(agree(*pair) for pair in zip(expect, got, strict=True))
        )
    figures = _figure(expect), _figure(got)
    return figures[0] == figures[1] if None not in figures else expect == got


def _figure(value: Any) -> Fraction | None:
    if isinstance(value, bool | float):
        return None
    try:
        return Fraction(Decimal(value)) if isinstance(value, str) else Fraction(value)
    except (InvalidOperation, OverflowError, TypeError, ValueError):
        return None


def adapter(area: str, kind: str, *, agrees: Agrees = agree) -> Callable[[Adapter], Adapter]:
    """Register a function for the cases of one *kind* in one *area*."""

    def register(function: Adapter) -> Adapter:
        assert (area, kind) not in ADAPTERS, f"{area}/{kind} has an adapter already"
        ADAPTERS[area, kind] = function, agrees
        return function

    return register
