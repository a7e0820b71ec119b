"""
Run every registered call under a hostile setting and print what it gave: ``python -m tests.hostile SETTING``.

Prints a JSON mapping of call to canonical text. The setting is in force before the package is imported, so constants made at import are
judged too. A call that leaves the host's decimal context changed, flags included, is reported as such. Canonical text never depends on
the context itself: a Decimal is shown by its digits.
"""

import asyncio
import decimal
import json
import locale
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

EVERY_SIGNAL = [
    decimal.Clamped, decimal.DivisionByZero, decimal.FloatOperation, decimal.Inexact, decimal.InvalidOperation, decimal.Overflow,
    decimal.Rounded, decimal.Subnormal, decimal.Underflow,
]  # fmt: skip

CONTEXTS: dict[str, dict[str, Any]] = {
    "baseline": {},
    "precision": {"prec": 3},
    "round-up": {"prec": 3, "rounding": decimal.ROUND_UP},
    "round-05up": {"prec": 1, "rounding": decimal.ROUND_05UP},
    "traps": {"prec": 3, "traps": EVERY_SIGNAL},
    "no-traps": {"prec": 2, "traps": []},
    "small-exponents": {"prec": 3, "Emax": 3, "Emin": -3, "clamp": 1, "traps": EVERY_SIGNAL},
    "lower-case": {"capitals": 0, "prec": 4},
    "flags": {"flags": EVERY_SIGNAL},
}
ADDRESS = re.compile(" at 0x[0-9a-f]+")  # of a function in a repr

# Whatever stands here names something that runs the same calls; the rest of a setting is the environment of the process.
PLAIN = {"locale", "other-thread", "task", "optimized", "environment"}


def canonical(value: Any, depth: int = 4) -> Any:
    """Plain data that two equal results share, and that no context, locale or hash seed changes."""
    match value:
        case None | bool() | int():
            return repr(value)
        case Enum() | str():
            return f"{type(value).__name__}:{value!s}"
        case Decimal():
            return f"Decimal{tuple(value.as_tuple())}"
        case list() | tuple():
            return [canonical(item, depth) for item in value]
        case set() | frozenset():
            return sorted(json.dumps(canonical(item, depth)) for item in value)
        case Mapping():
            return [[canonical(key, depth), canonical(item, depth)] for key, item in value.items()]
        case Exception():
            return [type(value).__name__, str(value)]
    if type(value).__module__.startswith("moneyed"):
        return ["Money", canonical(value.amount), str(getattr(value, "currency", value))]
    if not type(value).__module__.startswith("ledgerkit"):
        return repr(value) if not callable(value) else "function"
    return [type(value).__name__, *_parts(value, depth)]


def _parts(value: Any, depth: int) -> Iterator[Any]:
    """What a host can read out of one of our values."""
    yield [ADDRESS.sub("", repr(value)), ADDRESS.sub("", str(value))]
    explain = getattr(value, "explain", None)
    if explain is not None and not _needs_arguments(explain):
        yield explain()
    if depth == 0:
        return
    for name in sorted(set(_readable(type(value)))):
        yield [name, canonical(getattr(value, name), depth - 1)]
    if hasattr(value, "__iter__"):
        yield [canonical(item, depth - 1) for item in value]


def _needs_arguments(function: Callable[..., Any]) -> bool:
    import inspect

    taken = inspect.signature(function).parameters.values()
    return any(one.default is one.empty and one.kind is not one.VAR_KEYWORD for one in taken)


def _readable(kind: type) -> Iterator[str]:
    for holder in kind.__mro__[:-1]:
        for name, member in vars(holder).items():
            if not name.startswith("_") and not callable(member) and not isinstance(member, classmethod | staticmethod):
                yield name


def results() -> dict[str, Any]:
    """The canonical result of every call and the text of every error."""
    from tests import calls

    cases = {f"call {name}": case for name, case in calls.every_call().items()}
    cases |= {f"error {name}": partial(calls.raised, case) for name, case in calls.every_error().items()}
    return {name: _watched(case) for name, case in cases.items()}


def _watched(case: Callable[[], Any]) -> Any:
    before = _state()
    try:
        given = canonical(case())
    except Exception as error:  # noqa: BLE001 - compared with the baseline
        given = ["raised", type(error).__name__, str(error)]
    after = _state()
    return given if before == after else ["context changed", str(before), str(after)]


def _state() -> tuple[Any, ...]:
    now = decimal.getcontext()
    flags = tuple(signal.__name__ for signal in EVERY_SIGNAL if now.flags[signal])
    traps = tuple(signal.__name__ for signal in EVERY_SIGNAL if now.traps[signal])
    return now.prec, now.rounding, now.Emin, now.Emax, now.capitals, now.clamp, flags, traps


def hostile_context(setting: str) -> decimal.Context:
    return decimal.Context(**CONTEXTS[setting])


def main(setting: str) -> dict[str, Any]:
    if setting in CONTEXTS:
        decimal.setcontext(hostile_context(setting))
    elif setting == "locale":
        locale.setlocale(locale.LC_ALL, "")
    elif setting == "other-thread":
        return _in_a_thread()
    elif setting == "task":
        return asyncio.run(_in_a_task())
    return results()


def _in_a_thread() -> dict[str, Any]:
    """New threads start with a copy of DefaultContext, which a host may have set."""
    results()
    decimal.DefaultContext.prec = 3
    decimal.DefaultContext.rounding = decimal.ROUND_UP
    given: list[dict[str, Any]] = []
    thread = threading.Thread(target=lambda: given.append(results()))
    thread.start()
    thread.join()
    return given[0]


async def _in_a_task() -> dict[str, Any]:
    async def hostile() -> dict[str, Any]:
        decimal.setcontext(hostile_context("round-up"))
        await asyncio.sleep(0)
        return results()

    return await asyncio.create_task(hostile())


if __name__ == "__main__":
    json.dump(main(sys.argv[1]), sys.stdout)
