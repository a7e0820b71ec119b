"""
Ids: a named type per kind of id, so that a result cannot mix them up, and the checks every id and text passes.

Ids come from the host as plain ``str`` and are compared only for equality: no order ever depends on their text.
"""

from typing import Any, NewType

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument, LimitExceeded, UsageError

__all__ = [
    "AccountId",
    "AttemptId",
    "CyclicReference",
    "DuplicateId",
    "IdempotencyKey",
    "InvalidId",
    "OrderId",
    "SubscriptionId",
    "TransactionId",
    "UnknownReference",
    "checked",
    "key",
    "text",
]

AccountId = NewType("AccountId", str)
TransactionId = NewType("TransactionId", str)
SubscriptionId = NewType("SubscriptionId", str)
AttemptId = NewType("AttemptId", str)
OrderId = NewType("OrderId", str)
IdempotencyKey = NewType("IdempotencyKey", str)

_LONGEST_ID = 255
_LONGEST_TEXT = 10_000


class InvalidId(UsageError, ValueError):
    """An id is empty or holds a character that cannot be stored."""


class DuplicateId(UsageError, ValueError):
    """An id is used twice where it has to be unique."""

    id: str

    def __init__(self, id: str, what: str) -> None:
        self.id = id
        super().__init__(f"{what} {id!r} exists already", "Give it an id of its own, or look the existing one up.")


class UnknownReference(UsageError, LookupError):
    """An id refers to something that is not there, or that belongs to somebody else."""

    id: str

    def __init__(self, id: str, where: str, remedy: str = "Check the id, and that it belongs to this account.") -> None:
        self.id = id
        super().__init__(f"{id!r} is not known in {where}", remedy)


class CyclicReference(UsageError, ValueError):
    """Something refers to itself, or to something that can only be referred by."""

    id: str

    def __init__(self, id: str, problem: str, remedy: str) -> None:
        self.id = id
        super().__init__(problem, remedy)


def checked(value: Any, /, *, name: str = "id", longest: int = _LONGEST_ID) -> str:
    """
    Return *value* as an id: a plain ``str`` of 1 to 255 characters without control characters.

    Args:
        value: What a host calls something.

        name: Of the argument, for the error.

        longest: How many characters there may be, where ids are made of ids.

    Letters of any script and any case are kept as they are: nothing is folded or normalized.

    Raises:
        InvalidArgument: *value* is not text.
        InvalidId: It is empty or holds a control character or half a surrogate pair.
        LimitExceeded: It is longer than that.

    >>> checked("INV-7")
    'INV-7'
    >>> checked("")
    Traceback (most recent call last):
    ledgerkit.ids.InvalidId: id is empty. Give every record an id of your own.
    """
    if type(value) is not str:
        if not isinstance(value, str):
            raise InvalidArgument(f"{name} is {_front.a(value)}, where a text is needed", "Pass ids as str.")
        value = str.__str__(value)
    if value.isprintable() and 0 < len(value) <= longest:
        return value  # type: ignore[no-any-return]
    return _judged(value, name, longest)


def _judged(value: str, name: str, longest: int) -> str:
    if not value:
        raise InvalidId(f"{name} is empty", "Give every record an id of your own.")
    if len(value) > longest:
        raise LimitExceeded(f"{name} has {len(value)} characters", f"Use at most {longest}.")
    _refuse_unstorable(value, name, "")
    return value


def _refuse_unstorable(value: str, name: str, allowed: str) -> None:
    for place, char in enumerate(value):
        if (char < " " and char not in allowed) or char == "\x7f" or "\ud800" <= char <= "\udfff":
            raise InvalidId(f"{name} holds the character U+{ord(char):04X} at {place}", "Remove it.")


def text(value: Any, /, *, name: str) -> str:
    """
    Return *value* as a free text of at most 10,000 characters; line breaks and tabs may stand in it.

    Args:
        name: Of the argument, for the error.

    Raises:
        InvalidArgument: *value* is not text.
        InvalidId: It holds a control character or half a surrogate pair.
        LimitExceeded: It is longer than 10,000 characters.

    >>> text("late delivery", name="reason")
    'late delivery'
    """
    if type(value) is not str:
        if not isinstance(value, str):
            raise InvalidArgument(f"{name} is {_front.a(value)}, where a text is needed", "Pass it as str.")
        value = str.__str__(value)
    if len(value) > _LONGEST_TEXT:
        raise LimitExceeded(f"{name} has {len(value)} characters", f"Use at most {_LONGEST_TEXT}.")
    if not value.isprintable():
        _refuse_unstorable(value, name, "\n\r\t")
    return value  # type: ignore[no-any-return]


def key(*parts: str) -> IdempotencyKey:
    """
    Return the idempotency key made of these ids: the same parts give the same key, other parts another one.

    Parts are joined by ``/``; a ``/`` or ``%`` inside a part is escaped, so two different lists never meet.

    Args:
        parts: At least one id.

    Raises:
        InvalidId: No part, or an empty one.

    >>> key("ACME", "INV-7", "1")
    'ACME/INV-7/1'
    >>> key("a/b") == key("a", "b")
    False
    """
    if not parts:
        raise InvalidId("a key has no part", "Make it of at least one id.")
    escaped = (checked(part, name="part").replace("%", "%25").replace("/", "%2F") for part in parts)
    return IdempotencyKey("/".join(escaped))


_front.publish(globals())
