"""
A persistent map from ids to values: every change gives a new map and shares almost all of the old one.

A plain ``dict`` would be copied whole at every posting, and cost would grow with an account's history. A map is a ``dict`` of at most
16 ids, which is never changed, or a tuple of 16 maps, chosen by four bits of the id's hash. Nothing reads a map in its own order,
so the hash seed changes no result.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Tree: TypeAlias = "dict[str, Any] | tuple[Any, ...]"

EMPTY: Tree = {}
_LEAF = 16
_BITS = 4
_MASK = 15
_DEEPEST = 60


def get(tree: Tree, id: str) -> Any:
    """Return the value of *id*, or ``None``."""
    at = hash(id)
    while not isinstance(tree, dict):
        tree = tree[at & _MASK]
        at >>= _BITS
    return tree.get(id)


def update(tree: Tree, changes: Mapping[str, Any]) -> Tree:
    """Return the map with these values in place of, or beside, those of *tree*."""
    if isinstance(tree, dict) and len(tree) + len(changes) <= _LEAF:
        return {**tree, **changes}
    for id, value in changes.items():
        tree = _put(tree, id, value, hash(id), 0)
    return tree


def _put(tree: Tree, id: str, value: Any, at: int, depth: int) -> Tree:
    if isinstance(tree, tuple):
        branch = at & _MASK
        return (*tree[:branch], _put(tree[branch], id, value, at >> _BITS, depth + _BITS), *tree[branch + 1 :])
    leaf = {**tree, id: value}
    return leaf if len(leaf) <= _LEAF or depth >= _DEEPEST else _split(leaf, depth)


def _split(leaf: Mapping[str, Any], depth: int) -> Tree:
    branches: list[dict[str, Any]] = [{} for _ in range(_MASK + 1)]
    for id, value in leaf.items():
        branches[hash(id) >> depth & _MASK][id] = value
    return tuple(branches)


def values(tree: Tree) -> Iterator[Any]:
    """Return the values, in no particular order."""
    todo = [tree]
    while todo:
        part = todo.pop()
        if isinstance(part, tuple):
            todo.extend(part)
        else:
            yield from part.values()
