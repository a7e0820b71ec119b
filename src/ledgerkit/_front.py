"""What every public module does to its names: one import path, a readable ``repr``."""

from collections.abc import Callable, MutableMapping
from types import FunctionType
from typing import Any


def publish(namespace: MutableMapping[str, Any]) -> None:
    """
    Say of every name in ``__all__`` that it lives in this module, wherever its file is.

    Tracebacks, pickles and documentation then show the one path a host imports it by.
    """
    here = namespace["__name__"]
    for name in namespace["__all__"]:
        value = namespace[name]
        if isinstance(value, type | FunctionType) and value.__module__.startswith("ledgerkit."):
            value.__module__ = here


def a(value: Any) -> str:
    """Say in an error what kind of thing was passed: ``a str``, ``an int``, ``None``."""
    name = type(value).__name__
    return "None" if value is None else f"{'an' if name.startswith((*'aeioAEIO', 'Up')) else 'a'} {name}"


def brief(value: Any) -> str:
    """Say in an error what was passed: short, and without running the code of a host's own type."""
    if isinstance(value, str):
        return repr(str.__str__(value)[:40])
    if value is None or type(value) in (bool, float) or (type(value) is int and abs(value) < 10**20):
        return repr(value)
    return a(value)


def shown(*names: str) -> Callable[[Any], str]:
    """Make a ``__repr__`` that shows the public fields *names* in this order."""

    def __repr__(self: Any) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({fields})"

    return __repr__
