"""What the README says of the vectors is true."""

import re
from collections import Counter

from tests.vectors.files import AREAS, HERE, vectors, verdict

README = HERE.parents[1] / "README.md"


def row(area: str) -> str:
    """An area as the README has it: what agrees, of how many that are built, what is left out, what is to come."""
    counted = Counter(verdict(vector).word for vector in vectors(HERE) if vector.case.area == area)
    built = counted.total() - counted["not yet"]
    return f"| {area} | {counted['agrees']} | {built} | {counted['unsupported']} | {counted['not yet']} |"


def test_the_readme_counts_what_agrees():
    """One row an area, in the table of the README."""
    said = re.findall(r"^\| \w+ \| \d+ \| \d+ \| \d+ \| \d+ \|$", README.read_text(encoding="utf-8"), re.MULTILINE)

    assert [row(area) for area in sorted(AREAS)] == said


def test_the_readme_counts_the_cases():
    """In all areas together."""
    assert f"{len(vectors(HERE)):,} published figures" in README.read_text(encoding="utf-8")
