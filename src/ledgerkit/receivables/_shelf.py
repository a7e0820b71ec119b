"""
A persistent sorted sequence of keys: what is open on one side of an account, in the order it will be used.

Keys are tuples that end in an id and differ before it. A shelf is a tuple of chunks of at most 128 keys; a change copies one chunk
and the tuple of chunks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, TypeAlias

Key: TypeAlias = tuple[Any, ...]
Shelf: TypeAlias = tuple[tuple[Key, ...], ...]

EMPTY: Shelf = ()
_CHUNK = 128
_first = itemgetter(0)


def put(shelf: Shelf, key: Key) -> Shelf:
    """Return the shelf with *key* in its place."""
    if not shelf:
        return ((key,),)
    at = max(0, bisect_right(shelf, key, key=_first) - 1) if len(shelf) > 1 else 0
    chunk = shelf[at]
    place = bisect_left(chunk, key)
    chunk = (*chunk[:place], key, *chunk[place:])
    if len(chunk) <= _CHUNK:
        return (*shelf[:at], chunk, *shelf[at + 1 :])
    half = _CHUNK if place == _CHUNK else _CHUNK // 2  # keys mostly arrive in order: fill the last chunk, then begin one
    return (*shelf[:at], chunk[:half], chunk[half:], *shelf[at + 1 :])


def take(shelf: Shelf, key: Key) -> Shelf:
    """Return the shelf without *key*, which is on it; what is first goes most often."""
    first = shelf[0]
    if first[0] == key:
        return (first[1:], *shelf[1:]) if len(first) > 1 else shelf[1:]
    at = bisect_right(shelf, key, key=_first) - 1
    chunk = shelf[at]
    place = bisect_left(chunk, key)
    chunk = chunk[:place] + chunk[place + 1 :]
    return (*shelf[:at], chunk, *shelf[at + 1 :]) if chunk else shelf[:at] + shelf[at + 1 :]


def keys(shelf: Shelf) -> Iterator[Key]:
    """Return the keys in order."""
    for chunk in shelf:
        yield from chunk


def is_shorter(shelf: Shelf, other: Shelf) -> bool:
    """Say whether a shelf holds no more than another one, by chunks first."""
    return len(shelf) < len(other) or (len(shelf) == len(other) and len(shelf[0]) <= len(other[0]))
