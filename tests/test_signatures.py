"""What the signatures and docstrings of everything public promise: real types, open choices, every argument explained."""

import inspect
import re
import types
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest

from tests import calls

# Gates: they take whatever a host has, and say what is wrong with it.
GATES = {
    "errors.choice": {"value"}, "errors.flag": {"value"}, "ids.checked": {"value"}, "ids.text": {"value"}, "periods.civil_date": {"value"},
    "periods.instant": {"value"}, "trail.lines": {"raw"}, "trail.of": {"raw"},
}  # fmt: skip


def functions() -> Iterator[tuple[str, Any]]:
    """Every public function, and the constructor and the public methods of every public record, by name."""
    for name in calls.public_callables():
        value = calls.public()[name]
        if not inspect.isclass(value):
            yield name, value
            continue
        own = {key: found for key, found in vars(value).items() if inspect.isfunction(found) and not key.startswith("_")}
        for key, found in {"__init__": value.__init__, **own}.items():
            if inspect.isfunction(found):
                yield f"{name}.{key}", found


# These take the host's own enums.
CLOSED: dict[str, set[str]] = {"states.StateTable.__init__": {"initial", "steps"}, "states.advance": {"state", "event"}}
# Fronts that are judged as soon as they keep all three.
LATER = {"allocation", "ids", "journal", "receivables", "states", "testing"}
FUNCTIONS = {name: function for name, function in functions() if name.partition(".")[0] not in LATER}


def inside(kind: Any) -> Iterator[Any]:
    """A type and the types it is made of."""
    yield kind
    for part in typing.get_args(kind):
        yield from inside(part)


def parameters(name: str) -> dict[str, Any]:
    """The types of the parameters of a public function."""
    function = inspect.unwrap(FUNCTIONS[name])
    said = {key: kind for key, kind in function.__annotations__.items() if key != "return"}
    return typing.get_type_hints(types.SimpleNamespace(__annotations__=said), function.__globals__)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_no_parameter_is_any(name: str):
    """A host's type checker sees what every argument has to be; only the named gates take anything."""
    loose = {key for key, kind in parameters(name).items() if Any in inside(kind)}

    assert GATES.get(name, set()) == loose


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_choice_takes_its_text(name: str):
    """Where one of an enum is asked for its text is typed as well: a host's row passes without building the enum itself."""
    closed = {
        key
        for key, kind in parameters(name).items()
        if any(inspect.isclass(one) and issubclass(one, Enum) for one in inside(kind)) and str not in inside(kind)
    }

    assert closed == CLOSED.get(name, set())


@pytest.mark.parametrize("name", sorted(name for name, value in FUNCTIONS.items() if not name.endswith(".__init__")))
def test_every_argument_is_explained(name: str):
    """Each parameter stands in the Args section, by its name."""
    doc = inspect.getdoc(FUNCTIONS[name]) or ""
    args = re.search(r"^Args:\n(.*?)(?=^\w|^>>>|\Z)", doc, re.DOTALL | re.MULTILINE)
    said = set(re.findall(r"^    \*{0,2}(\w+):", args[1], re.MULTILINE)) if args else set()

    assert set(inspect.signature(FUNCTIONS[name]).parameters) - {"self"} - said == set()
