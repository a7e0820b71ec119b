"""
Adapters only translate: their syntax trees hold no arithmetic, no id of a case, and no branch on what is expected.

Allowed are paths and texts, a union of types or mappings, and a ``timedelta`` beside a date, which turns an inclusive end into ours.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vectors.files import HERE, vectors

MODULES = sorted((HERE / "adapters").glob("*.py"))
FREE = (ast.BitOr,)
FORBIDDEN_CALLS = frozenset(
    ["sum", "round", "divmod", "pow", "abs", "eval", "exec", "fsum", "prod", "accumulate", "reduce", "quantize"]
)
FORBIDDEN_MODULES = frozenset(["math", "operator", "statistics", "numpy", "polars", "functools", "itertools"])
BRANCHES = (ast.If, ast.IfExp, ast.While, ast.Match, ast.Assert)


def dishonest(tree: ast.AST, ids: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.BinOp | ast.AugAssign) and not _harmless(node):
            yield f"{line}: arithmetic"
        if (
            isinstance(node, ast.UnaryOp)
            and isinstance(node.op, ast.USub | ast.Invert)
            and not isinstance(node.operand, ast.Constant)
        ):
            yield f"{line}: a sign is turned"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ids:
            yield f"{line}: the id {node.value!r}"
        if isinstance(node, ast.Call) and _called(node.func) in FORBIDDEN_CALLS:
            yield f"{line}: {_called(node.func)} reckons"
        if isinstance(node, ast.Import | ast.ImportFrom) and _imported(node) & FORBIDDEN_MODULES:
            yield f"{line}: {', '.join(_imported(node))} reckons"
        if isinstance(node, BRANCHES) and _looks_at_expect(node.subject if isinstance(node, ast.Match) else node.test):
            yield f"{line}: a branch on what is expected"
        if isinstance(node, ast.comprehension) and any(map(_looks_at_expect, node.ifs)):
            yield f"{line}: a branch on what is expected"


def _harmless(node: ast.BinOp | ast.AugAssign) -> bool:
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, FREE)
    sides = (node.left, node.right)
    texts = any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str)) for side in sides
    )
    days = any(isinstance(side, ast.Call) and _called(side.func) == "timedelta" for side in sides)
    return isinstance(node.op, FREE) or texts or days


def _called(func: ast.expr) -> str:
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return {name.partition(".")[0] for name in names}


def _looks_at_expect(test: ast.expr) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id == "expect")
        or (isinstance(node, ast.Attribute) and node.attr == "expect")
        or (isinstance(node, ast.Constant) and node.value == "expect")
        for node in ast.walk(test)
    )


@pytest.mark.parametrize("path", MODULES, ids=[path.stem for path in MODULES])
def test_adapters_only_translate(path: Path):
    """No adapter reckons, knows a case, or branches on what is expected."""
    ids = frozenset(vector.id for vector in vectors(HERE))

    assert [] == list(dishonest(ast.parse(path.read_text(encoding="utf-8")), ids))


@pytest.mark.parametrize(
    "planted",
    [
        "x = a + b",
        "x -= 1",
        "x = -amount",
        "x = sum(parts)",
        "x = amount.quantize(1)",
        "import math",
        "from operator import add",
        "if case == 'lr-02': pass",
        "if expect == 1: pass",
        "x = 1 if case.expect else 2",
        "x = [y for y in z if case['expect']]",
        "match expect:\n    case _: pass",
    ],
)
def test_a_dishonest_adapter_is_found(planted: str):
    """Each way to cheat is seen."""
    assert list(dishonest(ast.parse(planted), frozenset(["lr-02"])))


@pytest.mark.parametrize(
    "fair", ["x = day + timedelta(days=1)", "x = f'{a}' + b", "x: int | None = -1", "x = one | other", "x |= y"]
)
def test_a_fair_adapter_passes(fair: str):
    """Texts, unions, a constant below zero and a day later are no arithmetic on amounts."""
    assert [] == list(dishonest(ast.parse(fair), frozenset(["lr-02"])))
