"""Every invariant and every bad input that has to hold has a test: by its name, ``test_i21_...``, or by its docstring, ``B19: ...``."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent

INVARIANTS = [*range(1, 11), *range(16, 34), *range(43, 48), *range(53, 56)]
BAD_INPUTS = [*range(1, 31), *range(33, 36), *range(39, 58), 59, 66, *range(70, 75), *range(78, 81)]

_NAME = re.compile(r"test_([ib]\d\d)_")
_SAYS = re.compile(r"\s*([IB]\d\d)[.:,]")


def _rows(file: Path) -> set[str]:
    """The rows that the tests of a file name."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            named = _NAME.match(node.name) or _SAYS.match(ast.get_docstring(node) or "")
            if named:
                found.add(named[1].upper())
    return found


def test_every_row_has_a_test():
    """None of the rows is without a test."""
    rows = {f"I{row:02}" for row in INVARIANTS} | {f"B{row:02}" for row in BAD_INPUTS}
    found = set().union(*map(_rows, TESTS.rglob("test_*.py")))

    assert [] == sorted(rows - found)
