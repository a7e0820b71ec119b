"""The persistent map of what is known."""

from typing import NamedTuple

from ledgerkit.receivables import _tree


class Same(str):
    """An id whose hash is that of all others."""

    __slots__ = ()

    def __hash__(self) -> int:
        return 5


class One(NamedTuple):
    """A document, as far as a tree knows."""

    id: str
    number: int


def test_a_tree_is_a_dict():
    """Against a plain dict, one change at a time and many at once; the tree that went in stays as it was."""
    tree, plain = _tree.EMPTY, {}
    for number in range(600):
        before, one = tree, One(f"id-{number}", number)
        tree = _tree.update(tree, {one.id: one})
        plain[one.id] = one
        assert _tree.get(before, one.id) is None
    many = {f"id-{number}": One(f"id-{number}", -number) for number in range(0, 600, 7)}
    tree = _tree.update(tree, many)
    plain.update(many)

    assert sorted(plain.values()) == sorted(_tree.values(tree))
    assert plain == {name: _tree.get(tree, name) for name in plain}
    assert _tree.get(tree, "id-600") is None


def test_ids_of_one_hash():
    """More than a leaf holds: the deepest leaf takes them all."""
    names = [Same(f"id-{number}") for number in range(40)]

    tree = _tree.update(_tree.EMPTY, {name: One(name, 0) for name in names})

    assert sorted(names) == sorted(one.id for one in _tree.values(tree))
    assert all(_tree.get(tree, name).id == name for name in names)
