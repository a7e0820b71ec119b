"""Reads a folder of vectors and the list of conventions that are not carried, and runs one case."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from ledgerkit.errors import LedgerkitError
from tests.vectors.adapters import billing, money, receivables, revenue  # noqa: F401 they register themselves
from tests.vectors.registry import ADAPTERS, Case, Refused, Unsupported

HERE = Path(__file__).parent
AREAS = ("billing", "money", "receivables", "revenue")
USUAL = frozenset(["id", "kind", "input", "expect", "note"])


@attrs.frozen(kw_only=True, eq=False)
class Vector:
    """One case of a file: what an adapter may see, and what it may not."""

    id: str
    case: Case
    expect: Any
    note: str

    @property
    def name(self) -> str:
        return f"{self.case.suite}::{self.id}"


@attrs.frozen(kw_only=True)
class Verdict:
    """``agrees``, ``differs``, ``unsupported`` or ``not yet``, with what is to be said about it."""

    word: str
    says: str = ""


@cache
def vectors(folder: Path) -> tuple[Vector, ...]:
    """Every case under *folder*; the name of the folder that a file stands in is its area."""
    return tuple(vector for path in sorted(folder.rglob("*.json")) for vector in _of_file(path))


def _of_file(path: Path) -> Iterator[Vector]:
    data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for case in data["cases"]:
        yield Vector(
            id=case["id"],
            case=Case(
                area=path.resolve().parent.name,
                suite=data["suite"],
                kind=case["kind"],
                input=case["input"],
                more={name: value for name, value in case.items() if name not in USUAL},
            ),
            expect=case["expect"],
            note=case.get("note", ""),
        )


@cache
def unsupported() -> dict[tuple[str, str, str, str], str]:
    """Area, suite, kind and convention of each row of UNSUPPORTED.md, and its reason."""
    rows = [
        line.strip("| \n").split(" | ") for line in (HERE / "UNSUPPORTED.md").read_text().splitlines() if line.startswith("|")
    ]
    return {(row[0], row[1], row[2], row[3]): row[4] for row in rows[2:]}


@cache
def verdict(vector: Vector) -> Verdict:
    """What the adapter of a case gives, against what is expected."""
    key = vector.case.area, vector.case.kind
    if key not in ADAPTERS:
        return Verdict(word="not yet", says=f"not yet: {'/'.join(key)}")
    adapter, agrees = ADAPTERS[key]
    try:
        got = _given(adapter, vector.case)
    except Unsupported as error:
        return _unsupported(vector.case, str(error))
    if agrees(vector.expect, got):
        return Verdict(word="agrees")
    return Verdict(word="differs", says=f"{vector.name}: expected {vector.expect!r}, got {got!r} ({vector.note})")


def _given(adapter: Callable[[Case], Any], case: Case) -> Any:
    try:
        return adapter(case)
    except LedgerkitError as error:
        return Refused(error)


def _unsupported(case: Case, convention: str) -> Verdict:
    reason = unsupported().get((case.area, case.suite, case.kind, convention))
    if reason is None:
        row = f"| {case.area} | {case.suite} | {case.kind} | {convention} |"
        return Verdict(word="differs", says=f"not in UNSUPPORTED.md: {row}")
    return Verdict(word="unsupported", says=f"unsupported ({convention}): {reason}")
