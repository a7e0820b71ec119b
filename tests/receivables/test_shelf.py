"""The persistent sorted sequence of what is open."""

import random

from ledgerkit.receivables import _shelf


def test_a_shelf_is_a_sorted_list():
    """Against plain lists: what is put and taken in any order, over many chunks; the shelf that went in stays as it was."""
    rng = random.Random(4)
    names = list(range(1500))
    rng.shuffle(names)
    shelf, held = _shelf.EMPTY, set()
    for at, number in enumerate(names):
        before, was = shelf, list(_shelf.keys(shelf)) if at % 250 == 0 else None
        shelf = _shelf.put(shelf, (number % 50, number, f"id-{number}"))
        held.add((number % 50, number, f"id-{number}"))
        if was is not None:
            assert was == list(_shelf.keys(before))
    assert sorted(held) == list(_shelf.keys(shelf))
    for key in rng.sample(sorted(held), 1400):
        shelf = _shelf.take(shelf, key)
        held.discard(key)
    assert sorted(held) == list(_shelf.keys(shelf))
    for key in sorted(held):
        shelf = _shelf.take(shelf, key)
    assert _shelf.EMPTY == shelf


def test_keys_in_order_fill_their_chunks():
    """1,000 keys that rise take 8 chunks of 128 at most."""
    shelf = _shelf.EMPTY
    for number in range(1000):
        shelf = _shelf.put(shelf, (number, "id"))

    assert [128] * 7 == [len(chunk) for chunk in shelf][:7]
