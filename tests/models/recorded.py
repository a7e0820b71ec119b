"""
How the registered calls call the public face: which arguments each public function and record was given.

Functions are watched at their fronts, records at their ``__init__``, while the files of ``tests/calls`` are run afresh.
"""

import contextlib
import functools
import importlib
import inspect
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from ledgerkit import errors
from tests import calls
from tests.house import fronts

FOLDER = Path(calls.__file__).parent
MOST = 4  # samples of one name


class Sample(NamedTuple):
    """One call as it was made."""

    args: tuple[Any, ...]
    kwargs: dict[str, Any]


def _watching(found: list[Sample], function: Callable[..., Any], skip: int) -> Callable[..., Any]:
    @functools.wraps(function)
    def watched(*args: Any, **kwargs: Any) -> Any:
        shape = len(args), sorted(kwargs)
        if len(found) < MOST and shape not in [(len(one.args) + skip, sorted(one.kwargs)) for one in found]:
            found.append(Sample(args[skip:], dict(kwargs)))
        return function(*args, **kwargs)

    return watched


@contextlib.contextmanager
def _watched(samples: dict[str, list[Sample]]) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for name, value in calls.public().items():
            front, _, own = name.partition(".")
            if inspect.isfunction(value):
                target: Any = importlib.import_module(f"ledgerkit.{front}")
                stack.enter_context(mock.patch.object(target, own, _watching(samples.setdefault(name, []), value, 0)))
            elif name in calls.public_callables() and "__init__" in vars(value):
                watch = _watching(samples.setdefault(name, []), vars(value)["__init__"], 1)
                stack.enter_context(mock.patch.object(value, "__init__", watch))
        yield


@functools.cache
def samples() -> dict[str, list[Sample]]:
    """The calls of each public function and record, at most four of different shape."""
    found: dict[str, list[Sample]] = {}
    with _watched(found):
        for front in fronts():
            file = FOLDER / f"{front}.py"
            space = runpy.run_path(str(file)) if file.exists() else {}
            for case in (*space.get("CALLS", {}).values(), *space.get("ERRORS", {}).values()):
                with contextlib.suppress(errors.LedgerkitError):
                    case()
    return found
