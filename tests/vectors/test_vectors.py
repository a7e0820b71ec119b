"""
Published figures of other systems, by naming their convention.

``python -m pytest tests/vectors --vectors FOLDER`` runs any folder of such files; a file's area is the name of the folder it stands in.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.vectors.files import AREAS, HERE, Vector, unsupported, vectors, verdict

# What an area may at most leave out: one in so many.
ONE_IN = {"receivables": 10}


def test_case(vector: Vector, request: pytest.FixtureRequest):
    """The library gives the published figure, or says why it does not carry the convention."""
    found = verdict(vector)
    request.node.user_properties.append(("vector", (vector.case.area, found.word)))

    if found.word in {"not yet", "unsupported"}:
        pytest.skip(found.says)
    assert "agrees" == found.word, found.says


@pytest.mark.parametrize("area", AREAS)
def test_few_conventions_are_left_out(area: str, folder: Path):
    """At most one case in twenty of an area is unsupported, one in ten of receivables."""
    counted = Counter(verdict(vector).word for vector in vectors(folder) if vector.case.area == area)

    assert counted["unsupported"] * ONE_IN.get(area, 20) <= counted.total()


def test_the_bundled_vectors_are_whole():
    """1,131 cases in four areas."""
    counted = Counter(vector.case.area for vector in vectors(HERE))

    assert {"billing": 494, "money": 239, "receivables": 212, "revenue": 186} == counted


def test_each_row_of_the_list_is_needed():
    """No reason stands in UNSUPPORTED.md for a suite and kind that there is not."""
    known = {(vector.case.area, vector.case.suite, vector.case.kind) for vector in vectors(HERE)}

    assert set() == {row[:3] for row in unsupported()} - known
