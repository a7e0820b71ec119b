"""
Every public error is raised once, and ``docs/reference/errors.md`` is what they said.

The page is written by this test: ``python -m pytest tests/test_error_catalogue.py --rewrite-errors``.
"""

import copy
import importlib
import inspect
import pickle
from pathlib import Path

import pytest

from ledgerkit import errors
from tests import calls

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "errors.md"

HEAD = """\
# Errors

Every error is a `ledgerkit.errors.LedgerkitError` and belongs to one of three families, by who has to act:

| family | what is wrong | who acts |
|---|---|---|
| `UsageError` | the calling code | fix the call |
| `RuleError` | nothing is malformed, but the billing rules refuse it | show it to a person |
| `PortError` | a host's adapter failed or broke its promise | fix the adapter, or try again |

Each text is the problem in one sentence and the way out in another; `problem` and `remedy` hold the two, and the fields listed below hold
what the text speaks of. [Why they are made this way](../explanation/errors.md). This page is written by a test that raises each error.
"""


def named(name: str) -> type[errors.LedgerkitError]:
    """The class of a public error, by front and name."""
    front, _, public = name.partition(".")
    made: type[errors.LedgerkitError] = getattr(importlib.import_module(f"ledgerkit.{front}"), public)
    return made


def family(kind: type) -> str:
    return next(base.__name__ for base in kind.__mro__ if base in {errors.UsageError, errors.RuleError, errors.PortError})


def fields(error: Exception) -> list[str]:
    """The public fields of an error besides the two that all have."""
    return sorted(name for name in vars(error) if not name.startswith("_") and name not in {"problem", "remedy"})


def entry(name: str, cases: list[Exception]) -> str:
    kind = named(name)
    builtin = [base.__name__ for base in kind.__mro__ if base.__module__ == "builtins" and base.__name__.endswith("Error")]
    also = f", also a `{builtin[0]}`" if builtin else ""
    lines = [f"### `{name}`", "", f"A `{family(kind)}`{also}. {inspect.getdoc(kind)}", ""]
    if kept := fields(cases[0]):
        lines += ["Fields: " + ", ".join(f"`{field}`" for field in kept) + ".", ""]
    for error in cases:
        lines += ["```text", str(error), "```", ""]
    return "\n".join(lines)


def page() -> str:
    """The whole page, by front in their order."""
    said: dict[str, list[Exception]] = {}
    for name, case in calls.every_error().items():
        said.setdefault(name.partition(":")[0], []).append(calls.raised(case))
    parts, front = [HEAD], ""
    for name in [name for name in calls.public_errors() if name in said]:
        if name.partition(".")[0] != front:
            front = name.partition(".")[0]
            parts.append(f"## {front}\n")
        parts.append(entry(name, said[name]))
    return "\n".join(parts).rstrip() + "\n"


def test_every_public_error_has_a_case():
    """A new error cannot be left out of the catalogue."""
    assert sorted(calls.public_errors()) == sorted({name.partition(":")[0] for name in calls.every_error()})


def test_the_page_is_what_the_errors_say(request: pytest.FixtureRequest):
    """The page in the documentation is the one that this run would write."""
    if request.config.getoption("--rewrite-errors"):
        PAGE.write_text(page(), encoding="utf-8")

    assert page() == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(calls.every_error()))
def test_an_error_is_of_its_class_and_says_the_way_out(name: str):
    """Exactly the error that was asked for: a problem and a remedy, each a sentence."""
    error = calls.raised(calls.every_error()[name])

    assert named(name.partition(":")[0]) is type(error)
    assert isinstance(error, errors.LedgerkitError)
    assert error.problem
    assert error.remedy
    assert error.remedy.endswith((".", ")", "?"))
    assert not error.problem.endswith(".")


@pytest.mark.parametrize("name", list(calls.every_error()))
def test_an_error_pickles_and_copies(name: str):
    """What crosses a process keeps its class, its text and its fields."""
    error = calls.raised(calls.every_error()[name])

    for other in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(error) is type(other)
        assert str(error) == str(other)
        assert {name: str(value) for name, value in vars(error).items()} == {n: str(v) for n, v in vars(other).items()}
