"""The checks that arguments of this package pass on their way in: once, at the door."""

import copy
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from ledgerkit import _front, ids, money, periods
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.ids import TransactionId

# The default of a collection. What a host passes is compared with it by identity, since an array's ``==`` is no truth value.
NOTHING: tuple[Any, ...] = ()

_MOST = 10**100

E = TypeVar("E", bound=StrEnum)
R = TypeVar("R")


def record(value: Any, kind: type[R], name: str, remedy: str) -> R:
    """Return *value* if it is exactly a *kind*; our records are final, so nothing else can stand in for one."""
    if type(value) is kind:
        return value
    raise InvalidArgument(f"{name} is {_front.a(value)}, where a {kind.__name__} is needed", remedy)


def listed(values: Any, name: str, remedy: str) -> tuple[Any, ...]:
    """Return a copy of a host's collection; a generator is read once, a text is not a collection."""
    if type(values) is tuple:
        return values
    if type(values) is list:
        return tuple(values)
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise InvalidArgument(f"{name} is {_front.a(values)}, where a list is needed", remedy)
    return tuple(values)


def records(values: Any, kind: type[R], name: str, remedy: str) -> tuple[R, ...]:
    """Return a copy of a host's collection of records."""
    found = listed(values, name, remedy)
    for place, value in enumerate(found):
        if type(value) is not kind:
            record(value, kind, f"{name}[{place}]", remedy)
    return found


def references(values: Any, own: str, name: str) -> tuple[TransactionId, ...]:
    """Return the ids a document names: each once, never its own."""
    found: dict[TransactionId, None] = {}
    for value in listed(values, name, f'Pass {name}=["INV-7"].'):
        one = TransactionId(ids.checked(value, name=name))
        if one in found:
            raise ids.DuplicateId(one, f"in {name},")
        found[one] = None
    if own in found:
        raise refers_to_itself(own)
    return tuple(found)


def reference(value: Any, own: str, name: str) -> TransactionId | None:
    """Return the one document that another names, if any: never itself."""
    if value is None:
        return None
    found = TransactionId(ids.checked(value, name=name))
    if found == own:
        raise refers_to_itself(own)
    return found


def refers_to_itself(own: str) -> ids.CyclicReference:
    """Make the error of a document that names itself."""
    return ids.CyclicReference(own, f"{own!r} refers to itself", "Name the document it is meant for.")


def optional_id(value: Any, name: str) -> str | None:
    """Return a checked id, or nothing."""
    return None if value is None else ids.checked(value, name=name)


def optional_text(value: Any, name: str) -> str | None:
    """Return a checked text, or nothing."""
    return None if value is None else ids.text(value, name=name)


def optional_date(value: Any, name: str) -> date | None:
    """Return a checked date, or nothing."""
    return None if value is None else periods.civil_date(value, name=name)


def whole(value: Any, name: str) -> int:
    """Return a plain int; a bool is not a number."""
    if isinstance(value, int) and type(value) is not bool:
        return int.__int__(value)
    raise InvalidArgument(f"{name} is {_front.a(value)}, where a whole number is needed", f"Pass {name} as int.")


def bounded(minor: int, name: str) -> int:
    """Return a figure that sums of millions of its like stay readable with."""
    if -_MOST < minor < _MOST:
        return minor
    raise LimitExceeded(f"{name} has more than 100 digits", "Check where it comes from.")


def mismatch(wanted: str, found: str, what: str) -> money.CurrencyMismatch:
    """Make the error of two currencies in one document."""
    return money.CurrencyMismatch(f"{what} is in {found}, where {wanted} is needed", "Keep one currency a document.")


def changed(value: R, **fields: object) -> R:
    """Return a copy of a record with some fields replaced: checked values only."""
    found = copy.copy(value)
    for name, field in fields.items():
        object.__setattr__(found, name, field)
    return found
