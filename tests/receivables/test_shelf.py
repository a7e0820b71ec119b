"""The persistent sorted sequence of what is open."""

import random

from ledgerkit.receivables import _shelf


def test_a_shelf_is_a_sorted_list():
    """Against plain lists: what is put, swapped and taken in any order, over many chunks; the shelf that went in stays as it was."""
    rng = random.Random(4)
    names = list(range(1500))
    rng.shuffle(names)
    shelf, held = _shelf.EMPTY, {}
    for at, number in enumerate(names):
        before, was = shelf, list(_shelf.standing(shelf)) if at % 250 == 0 else None
        one = (0, number % 50, 7, number, f"id-{number}", "new")
        shelf = _shelf.put(shelf, one)
        held[one[:4]] = one
        if was is not None:
            assert was == list(_shelf.standing(before))
    assert sorted(held.values()) == list(_shelf.standing(shelf))
    for place in rng.sample(sorted(held), 300):
        held[place] = (*held[place][:5], "swapped")
        shelf = _shelf.swap(shelf, held[place])
    assert sorted(held.values()) == list(_shelf.standing(shelf))
    for place in rng.sample(sorted(held), 1400):
        shelf = _shelf.take(shelf, held.pop(place))
    assert sorted(held.values()) == list(_shelf.standing(shelf))
    assert shelf == tuple(chunk for chunk in shelf if chunk)
    for place in sorted(held):
        shelf = _shelf.take(shelf, held[place])
    assert _shelf.EMPTY == shelf


def test_what_comes_in_order_fills_its_chunks():
    """1,000 that rise take 8 chunks of 128 at most, also when they come at once."""
    rising = [(number, 0, 0, number, "id") for number in range(1000)]
    shelf = _shelf.EMPTY
    for one in rising:
        shelf = _shelf.put(shelf, one)

    assert [128] * 7 == [len(chunk) for chunk in shelf][:7]
    assert _shelf.of(rising) == shelf
