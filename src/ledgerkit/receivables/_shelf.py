"""
A persistent sorted sequence: what is open on one side of an account, in the order it will be used.

What stands on it are tuples that are ordered by their first four fields and differ in the fourth. A shelf is a tuple of chunks of at
most 128 of them; a change copies one chunk and the tuple of chunks.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, TypeAlias

Shelf: TypeAlias = tuple[tuple[Any, ...], ...]

EMPTY: Shelf = ()
_CHUNK = 128
_first = itemgetter(0)


def put(shelf: Shelf, one: Any) -> Shelf:
    """Return the shelf with *one* in its place."""
    if not shelf:
        return ((one,),)
    place = one[:4]
    at = _chunk_of(shelf, place)
    chunk = shelf[at]
    before = bisect_left(chunk, place)
    chunk = (*chunk[:before], one, *chunk[before:])
    if len(chunk) <= _CHUNK:
        return (*shelf[:at], chunk, *shelf[at + 1 :])
    half = _CHUNK if before == _CHUNK else _CHUNK // 2  # they mostly arrive in order: fill the last chunk, then begin one
    return (*shelf[:at], chunk[:half], chunk[half:], *shelf[at + 1 :])


def swap(shelf: Shelf, one: Any) -> Shelf:
    """Return the shelf with *one* instead of what stands in its place."""
    place = one[:4]
    at = _chunk_of(shelf, place)
    chunk = shelf[at]
    before = bisect_left(chunk, place)
    chunk = (*chunk[:before], one, *chunk[before + 1 :])
    return (*shelf[:at], chunk, *shelf[at + 1 :])


def take(shelf: Shelf, one: Any) -> Shelf:
    """Return the shelf without what stands in the place of *one*; what is first goes most often."""
    first, place = shelf[0], one[:4]
    if first[0][:4] == place:
        return (first[1:], *shelf[1:]) if len(first) > 1 else shelf[1:]
    at = _chunk_of(shelf, place)
    chunk = shelf[at]
    before = bisect_left(chunk, place)
    chunk = chunk[:before] + chunk[before + 1 :]
    return (*shelf[:at], chunk, *shelf[at + 1 :]) if chunk else shelf[:at] + shelf[at + 1 :]


def _chunk_of(shelf: Shelf, place: tuple[int, ...]) -> int:
    """Return the position of the chunk that holds a place, or would: the last one that begins at it or before."""
    if len(shelf) == 1:
        return 0
    at = bisect_right(shelf, place, key=_first)
    # A place is shorter than what stands in it, and so comes before it: a chunk that begins right there is the next one.
    return at if at < len(shelf) and shelf[at][0][:4] == place else max(0, at - 1)


def of(ones: Iterable[Any]) -> Shelf:
    """Return the shelf of these, which are in order."""
    listed = tuple(ones)
    return tuple(listed[at : at + _CHUNK] for at in range(0, len(listed), _CHUNK))


def standing(shelf: Shelf) -> Iterator[Any]:
    """Return what stands on a shelf, in order."""
    for chunk in shelf:
        yield from chunk


def is_shorter(shelf: Shelf, other: Shelf) -> bool:
    """Say whether a shelf holds no more than another one, by chunks first."""
    return len(shelf) < len(other) or (len(shelf) == len(other) and len(shelf[0]) <= len(other[0]))
