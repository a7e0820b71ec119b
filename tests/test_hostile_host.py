"""R16.3: a host's decimal context, locale, zone, hash seed and -O change no result, and ledgerkit changes nothing of the host's."""

import functools
import importlib
import inspect
import json
import locale
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import calls, hostile

ROOT = Path(__file__).parents[1]


def run(setting: str, *flags: str, **environment: str) -> dict[str, Any]:
    """What every call gives in a fresh interpreter under *setting*."""
    done = subprocess.run(
        [sys.executable, *flags, "-m", "tests.hostile", setting],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, **environment}, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@functools.cache
def baseline() -> dict[str, Any]:
    return run("baseline", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")


def same(given: dict[str, Any]) -> None:
    """Compare call by call, so that a failure names the call."""
    expected = baseline()
    assert [] == [name for name in expected if expected[name] != given[name]]
    assert expected == given


def test_every_public_callable_has_a_call():
    """A new public function or record cannot be forgotten here."""
    called = {name.partition(":")[0] for name in calls.every_call()}

    assert sorted(calls.public_callables()) == sorted(called)


def test_a_call_of_a_class_gives_a_value_of_it():
    """What stands under the name of a record is such a record, or a list of them."""
    for name, case in calls.every_call().items():
        front, _, public = name.partition(".")
        kind = getattr(importlib.import_module(f"ledgerkit.{front}"), public.partition(":")[0])
        if inspect.isclass(kind):
            given = case()
            assert all(isinstance(one, kind) for one in (given if isinstance(given, list | tuple) else [given])), name


def test_every_call_works():
    """The baseline holds results, not accidents."""
    accidents = [(name, given) for name, given in baseline().items() if given[:1] in (["raised"], ["context changed"])]

    assert [] == accidents


@pytest.mark.parametrize("setting", [name for name in hostile.CONTEXTS if name != "baseline"])
def test_decimal_contexts_change_nothing(setting: str):
    """No ambient decimal context reaches a result, and the host's context stays as it was, flags included."""
    same(run(setting))


@pytest.mark.parametrize("setting", ["other-thread", "task"])
def test_threads_and_tasks_change_nothing(setting: str):
    """The same in a thread whose default context is hostile, and in an asyncio task with its own."""
    same(run(setting))


def installed(name: str) -> bool:
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return True


@pytest.mark.parametrize("name", ["C", "de_DE.UTF-8", "tr_TR.UTF-8"])
def test_locales_change_nothing(name: str):
    """Neither the decimal comma nor the dotless i reaches a result."""
    if not installed(name):
        pytest.skip(f"not run: the locale {name} is not installed")
    same(run("locale", LC_ALL=name, LANGUAGE=name, PYTHONIOENCODING="utf-8"))


@pytest.mark.parametrize("name", ["de_DE", "ar_EG", "tr_TR", "xx_XX"])
def test_environment_locales_change_nothing(name: str):
    """Variables that Babel takes its default locale from reach no result, whether such a locale is installed or not."""
    same(
        run(
            "environment",
            LANGUAGE=name,
            LC_ALL=name,
            LC_MONETARY=name,
            LC_NUMERIC=name,
            PYTHONIOENCODING="utf-8",
            PYTHONUTF8="1",
        )
    )


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns", "Pacific/Niue"])
def test_time_zones_change_nothing(zone: str):
    """The machine's zone reaches no result."""
    same(run("environment", TZ=zone))


@pytest.mark.parametrize("seed", ["1", "2", "4242"])
def test_hash_seeds_change_nothing(seed: str):
    """I05: no result depends on the order of a set or a hash."""
    same(run("environment", PYTHONHASHSEED=seed))


@pytest.mark.parametrize("flag", ["-O", "-OO"])
def test_optimized_python_changes_nothing(flag: str):
    """No check is an assert, and no result is read from a docstring."""
    same(run("optimized", flag))
