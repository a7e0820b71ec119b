"""
A persistent map from ids to documents: every change gives a new map and shares almost all of the old one.

A plain ``dict`` would be copied whole at every posting, and cost would grow with an account's history. A map is a tuple of at most 12
documents, or a tuple of 16 maps, chosen by four bits of the id's hash. Documents are named tuples that know their id; nothing reads a
map in its own order, so the hash seed changes no result.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Tree: TypeAlias = tuple[Any, ...]

EMPTY: Tree = ()
_LEAF = 12
_BITS = 4
_MASK = 15
_DEEPEST = 60


def _is_branch(tree: Tree) -> bool:
    # The documents of a leaf are of a type of their own, maps are plain tuples.
    return bool(tree) and type(tree[0]) is tuple


def get(tree: Tree, id: str) -> Any:
    """Return the document of this id, or ``None``."""
    if tree and type(tree[0]) is tuple:
        at = hash(id)
        while tree and type(tree[0]) is tuple:
            tree = tree[at & _MASK]
            at >>= _BITS
    for one in tree:
        if one.id == id:
            return one
    return None


def update(tree: Tree, changes: Mapping[str, Any]) -> Tree:
    """Return the map with these documents, by id, in place of, or beside, those of *tree*."""
    if not _is_branch(tree) and len(tree) + len(changes) <= _LEAF:
        return _merged(tree, changes)
    for id, one in changes.items():
        tree = _put(tree, {id: one}, hash(id), 0)
    return tree


def _merged(leaf: Tree, changes: Mapping[str, Any]) -> Tree:
    return (*[one for one in leaf if one.id not in changes], *changes.values())


def _put(tree: Tree, change: Mapping[str, Any], at: int, depth: int) -> Tree:
    if _is_branch(tree):
        branch = at & _MASK
        return (*tree[:branch], _put(tree[branch], change, at >> _BITS, depth + _BITS), *tree[branch + 1 :])
    leaf = _merged(tree, change)
    return leaf if len(leaf) <= _LEAF or depth >= _DEEPEST else _split(leaf, depth)


def _split(leaf: Tree, depth: int) -> Tree:
    branches: list[list[Any]] = [[] for _ in range(_MASK + 1)]
    for one in leaf:
        branches[hash(one.id) >> depth & _MASK].append(one)
    return tuple(tuple(branch) for branch in branches)


def values(tree: Tree) -> Iterator[Any]:
    """Return the documents, in no particular order."""
    todo = [tree]
    while todo:
        part = todo.pop()
        if _is_branch(part):
            todo.extend(part)
        else:
            yield from part
