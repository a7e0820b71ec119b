"""The house: one order of packages, nothing ambient, nothing too long, one path to each public name."""

import importlib
import inspect
import json
import subprocess
import sys
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.house import LONGEST_FILE, LONGEST_FUNCTION, ORDER, PACKAGE, RULES, breaches, fronts


def front(name: str) -> ModuleType:
    return importlib.import_module(f"ledgerkit.{name}")


def test_the_order_is_the_design():
    """ORDER is one list: it starts with the kernel and no word stands in it twice."""
    assert len(ORDER) == len(set(ORDER))
    assert ["errors", "ids", "trail", "states", "events", "tables"] == ORDER[:6]
    assert fronts()[:6] == ORDER[:6]


def test_the_package_keeps_the_rules():
    """No file of the package breaks a rule of the house."""
    assert "\n".join(breaches(PACKAGE)) == ""


FRONT = (
    '"""A front."""\n\nfrom ledgerkit import _front\n{imports}\n__all__ = [{names}]\n\n{body}\n\n_front.publish(globals())\n'
)


def a_front(body: str = "", imports: str = "", names: str = "") -> str:
    return FRONT.format(body=body, imports=imports, names=names)


def a_function(body: str) -> str:
    return a_front(f"def act(value):\n    {body}", names='"act"')


TEXT = "\n".join("    words" for _ in range(LONGEST_FUNCTION))
# A small package that keeps every rule; each case below adds or replaces files of it.
TINY = {
    "__init__.py": '"""The root."""\n',
    "_front.py": "def publish(namespace):\n    pass\n",
    "errors.py": a_front("class UsageError(Exception):\n    pass", names='"UsageError"'),
    "ids.py": a_front(imports="from ledgerkit.errors import UsageError"),
    "money/__init__.py": a_front(imports="from ledgerkit.money._types import Rounding", names='"Rounding"'),
    "money/_types.py": (
        "from decimal import Decimal, localcontext\nfrom fractions import Fraction\nfrom typing import final\n\n"
        "import babel.numbers\nimport moneyed\nfrom ledgerkit import ids\n\n\n@final\nclass Rounding:\n    pass\n\n\n"
        "def share(whole: Fraction, parts):\n    half = Fraction(1, 2)\n    return round(whole / parts), half / 2, Fraction(3) / parts\n"
    ),
    "terms.py": a_front(imports="from moneyed import Money\nfrom ledgerkit import money, ids"),
    "receivables.py": a_front(),
    "charges.py": a_front(f'def _told():\n    """\n{TEXT}\n    """'),
    "transactions/__init__.py": a_front(imports="from . import _line"),
    "transactions/_line.py": "from ledgerkit import money, terms\nfrom .. import ids\n",
}
IN_TERMS = "terms.py"
MANY_LINES = "\n".join(f"    x = {n}" for n in range(LONGEST_FUNCTION))

PLANTED = [
    ("order", {IN_TERMS: a_front(imports="from ledgerkit import receivables")}),
    ("order", {IN_TERMS: a_front(imports="from ledgerkit.receivables import invoice")}),
    ("order", {IN_TERMS: a_front(imports="import ledgerkit.receivables")}),
    ("order", {IN_TERMS: a_front(imports="from . import receivables")}),
    ("order", {IN_TERMS: a_function("from ledgerkit import receivables")}),
    ("order", {IN_TERMS: a_front(imports="if TYPE_CHECKING:\n    from ledgerkit.receivables import Draft")}),
    ("order", {IN_TERMS: a_front(imports="from ledgerkit import invented")}),
    ("order", {IN_TERMS: a_function("return importlib.import_module('ledgerkit.receivables')")}),
    ("order", {"__init__.py": "from ledgerkit import money\n"}),
    ("order", {"_front.py": "from ledgerkit import tables\n"}),
    ("order", {"invented.py": a_front()}),
    ("private", {IN_TERMS: a_front(imports="from ledgerkit.money._types import Rounding")}),
    ("private", {IN_TERMS: a_front(imports="from ledgerkit.money import _types")}),
    ("private", {IN_TERMS: a_front(imports="import ledgerkit.money._types")}),
    ("private", {IN_TERMS: a_front(imports="from ledgerkit.money.split import share")}),
    ("private", {"money/split.py": "x = 1\n"}),
    ("cycle", {"money/_types.py": "from typing import final\nfrom ledgerkit.money import _split\n@final\nclass Rounding: ...\n",
               "money/_split.py": "from ledgerkit.money._types import Rounding\n"}),
    ("cycle", {"transactions/_line.py": "from ledgerkit import transactions\n"}),
    ("clock", {IN_TERMS: a_function("return datetime.now(timezone.utc)")}),
    ("clock", {IN_TERMS: a_function("return date.today()")}),
    ("clock", {IN_TERMS: a_function("return datetime.utcnow()")}),
    ("clock", {IN_TERMS: a_front(imports="import time")}),
    ("clock", {IN_TERMS: a_front(imports="from time import monotonic")}),
    ("randomness", {IN_TERMS: a_front(imports="import random")}),
    ("randomness", {IN_TERMS: a_front(imports="from uuid import uuid4")}),
    ("randomness", {IN_TERMS: a_front(imports="import secrets")}),
    ("floats", {IN_TERMS: a_function("return 0.5")}),
    ("floats", {IN_TERMS: a_function("return float(value)")}),
    ("floats", {IN_TERMS: a_function("return math.sqrt(value)")}),
    ("floats", {IN_TERMS: a_front(imports="from math import log")}),
    ("floats", {IN_TERMS: a_function("return value / 3")}),
    ("floats", {IN_TERMS: a_function("value /= 3")}),
    ("floats", {IN_TERMS: a_function("return value.total_seconds()")}),
    ("environment", {IN_TERMS: a_front(imports="import os")}),
    ("environment", {IN_TERMS: a_front(imports="from os import getenv")}),
    ("environment", {IN_TERMS: a_front(imports="import locale")}),
    ("files", {IN_TERMS: a_function("return open(value)")}),
    ("files", {IN_TERMS: a_front(imports="from pathlib import Path")}),
    ("files", {IN_TERMS: a_function("print(value)")}),
    ("rounding", {IN_TERMS: a_function("return value.quantize(1)")}),
    ("rounding", {IN_TERMS: a_function("return round(value)")}),
    ("rounding", {IN_TERMS: a_front(imports="from decimal import getcontext")}),
    ("rounding", {IN_TERMS: a_function("return decimal.localcontext()")}),
    ("rounding", {IN_TERMS: a_function("return decimal.setcontext(value)")}),
    ("length", {IN_TERMS: a_front("\n" * LONGEST_FILE)}),
    ("length", {IN_TERMS: a_front(f"def _long():\n{MANY_LINES}")}),
    ("asserts", {IN_TERMS: a_function("assert value")}),
    ("dependencies", {IN_TERMS: a_front(imports="import pandas")}),
    ("dependencies", {IN_TERMS: a_function("import sqlalchemy.orm")}),
    ("dependencies", {IN_TERMS: a_front(imports="from hypothesis import strategies")}),
    ("fence", {IN_TERMS: a_front(imports="import moneyed")}),
    ("fence", {IN_TERMS: a_front(imports="from moneyed import Money, get_currency")}),
    ("fence", {IN_TERMS: a_front(imports="from babel.numbers import format_currency")}),
    ("front", {IN_TERMS: "from ledgerkit import _front\n\n_front.publish(globals())\n"}),
    ("front", {IN_TERMS: '__all__ = ["act"]\n\n\ndef act():\n    pass\n'}),
    ("front", {IN_TERMS: a_front(imports="from ledgerkit.errors import UsageError", names='"UsageError"')}),
    ("front", {IN_TERMS: a_front("def act():\n    pass")}),
    ("final", {IN_TERMS: a_front("class Terms:\n    pass", names='"Terms"')}),
    ("final", {"money/_types.py": "class Rounding:\n    pass\n"}),
]  # fmt: skip


def plant(folder: Path, files: dict[str, str]) -> Path:
    """Write the small package with *files* in it."""
    root = folder / "ledgerkit"
    for name, text in (TINY | files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_a_small_package_breaks_no_rule(tmp_path: Path):
    """What the planted cases start from is clean."""
    assert breaches(plant(tmp_path, {})) == []


@pytest.mark.parametrize(("rule", "files"), PLANTED, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(PLANTED)])
def test_a_planted_breach_is_found(rule: str, files: dict[str, str], tmp_path: Path):
    """A breach makes its own rule fire, and no other."""
    found = {line.partition(":")[0] for line in breaches(plant(tmp_path, files))}

    assert {rule} == found


def test_every_rule_was_seen_to_fire():
    """Each rule has a planted breach."""
    assert {rule.__name__ for rule in RULES} | {"cycle", "final"} == {rule for rule, _ in PLANTED}


def kept_apart(value: Any) -> bool:
    """Whether a public value is a thing of its own, so that two paths to it would be two names for one thing."""
    return inspect.isclass(value) or inspect.isroutine(value) or type(value).__module__.startswith("ledgerkit.")


def test_each_public_name_has_one_import_path():
    """No two fronts give the same thing, and a public thing says it lives in the front that gives it."""
    paths: dict[int, list[str]] = {}
    for name in fronts():
        for public in front(name).__all__:
            value = getattr(front(name), public)
            if kept_apart(value):
                paths.setdefault(id(value), []).append(f"{name}.{public}")

    assert [] == [listed for listed in paths.values() if len(listed) > 1]
    assert [] == strangers()


def strangers() -> list[str]:
    """Public names whose module is not the front they are imported from."""
    return [
        f"ledgerkit.{name}.{public} says {value.__module__}"
        for name in fronts()
        for public in front(name).__all__
        if inspect.isclass(value := getattr(front(name), public)) or inspect.isroutine(value)
        if value.__module__ != f"ledgerkit.{name}"
    ]


def test_public_classes_cannot_be_derived_from():
    """A public class is final, an enum, a named tuple, a protocol or an error."""
    for name in fronts():
        for public in front(name).__all__:
            made = getattr(front(name), public)
            if (
                inspect.isclass(made)
                and not issubclass(made, Exception | Enum | tuple)
                and not getattr(made, "_is_protocol", False)
            ):
                assert getattr(made, "__final__", False), f"{name}.{public}"


def run(program: str) -> Any:
    """What a fresh interpreter prints as JSON."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_root_alone_imports_no_dependency():
    """``import ledgerkit`` brings none of the four dependencies and no package of ours."""
    loaded = run("import json, sys, ledgerkit; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))")
    ours = run(
        "import json, sys, ledgerkit; print(json.dumps([name for name in sys.modules if name.startswith('ledgerkit.')]))"
    )

    assert set() == {"attr", "attrs", "babel", "dateutil", "moneyed"} & set(loaded)
    assert [] == ours


WATCH = """
import json, sys
opened = []
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        path = args[0] if isinstance(args[0], str) else args[0].decode()
        if "locale-data" in path or path.endswith("global.dat"):
            opened.append(path)
sys.addaudithook(watch)
{}
print(json.dumps(opened))
"""


def test_the_watch_sees_a_locale_file():
    """The audit hook of the next test notices Babel opening its data."""
    assert run(WATCH.format("import babel; babel.Locale.parse('de_DE').currencies"))


SPEAK = """
from tests import calls, hostile
for name, case in calls.every_call().items():
    if name.partition(":")[0] not in {"money.display", "money.parse"}:
        hostile.canonical(case())
for name, case in calls.every_error().items():
    if name.partition(":")[0] != "money.UnknownLocale":
        calls.text_of(case)
"""


def test_no_locale_file_is_opened():
    """
    Importing every front, showing every result and making every error's text opens no file of Babel's locale data.

    Only what is asked to speak or read a locale's language does.
    """
    assert [] == run(WATCH.format("\n".join(f"import ledgerkit.{name}" for name in fronts())))
    assert [] == run(WATCH.format(SPEAK))
