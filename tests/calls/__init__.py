"""
The public face, exercised: for every front, a call of each public callable and a case for each public error.

``tests/calls/<front>.py`` holds two mappings. ``CALLS`` maps the name of a public callable (or that name, a colon and a word, for a
second call) to a function without arguments that uses it. ``ERRORS`` maps the name of a public error to a function without arguments
that makes the package raise it. Nothing else is registered anywhere: a new name without a call, or a new error without a case, fails.
"""

import functools
import importlib
import inspect
from collections.abc import Callable
from enum import Enum
from typing import Any

from tests.house import fronts

Case = Callable[[], object]

# Errors that are families: what is raised is one of theirs.
FAMILIES = {"errors.LedgerkitError", "errors.UsageError", "errors.RuleError", "errors.PortError"}


def _registered(kind: str) -> dict[str, Case]:
    return {f"{front}.{name}": case for front in fronts() for name, case in getattr(_module(front), kind, {}).items()}


def _module(front: str) -> Any:
    try:
        return importlib.import_module(f"tests.calls.{front}")
    except ModuleNotFoundError as missing:
        if missing.name != f"tests.calls.{front}":
            raise
        return None


def every_call() -> dict[str, Case]:
    """Every registered call, in the order of the fronts."""
    return _registered("CALLS")


def every_error() -> dict[str, Case]:
    """Every registered error case, in the order of the fronts."""
    return _registered("ERRORS")


@functools.cache
def public() -> dict[str, Any]:
    """Every public name of every front, with what it is."""
    fronted = {front: importlib.import_module(f"ledgerkit.{front}") for front in fronts()}
    return {f"{front}.{name}": getattr(module, name) for front, module in fronted.items() for name in module.__all__}


def public_callables() -> list[str]:
    """Functions, and classes that a host makes values of: neither errors nor enums nor protocols."""
    return [name for name, value in public().items() if inspect.isroutine(value) or _is_record(value)]


def _is_record(value: Any) -> bool:
    return inspect.isclass(value) and not issubclass(value, Exception | Enum) and not getattr(value, "_is_protocol", False)


def public_errors() -> list[str]:
    """Error classes that are raised themselves."""
    found = [name for name, value in public().items() if inspect.isclass(value) and issubclass(value, Exception)]
    return [name for name in found if name not in FAMILIES]


def raised(case: Case) -> Exception:
    """The error that a case raises."""
    try:
        case()
    except Exception as error:  # noqa: BLE001 - judged by the caller
        return error
    raise AssertionError("the case raises nothing")


def text_of(case: Case) -> str:
    """The text of the error that a case raises."""
    error = raised(case)
    return f"{error} {error!r}"
