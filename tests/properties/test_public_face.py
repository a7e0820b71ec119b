"""The invariants of everything public: I53 immutability, I54 purity across processes and threads, I55 total functions."""

import contextlib
import inspect
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import moneyed
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledgerkit import allocation, errors, journal, money, receivables, transactions
from tests import calls, hostile
from tests.models.recorded import Sample, samples

ROOT = Path(__file__).parents[2]
RECORDS = [
    name for name in calls.public_callables()
    if inspect.isclass(calls.public()[name]) and not name.startswith(("testing.", "ports."))
]  # fmt: skip
SAMPLES = samples()
# What the package makes of checked values for itself: no host has such arguments to give.
INSIDE = {
    "events.Event", "ports.Save", "states.StateTable", "tables.Grid", "trail.Step", "trail.lines", "trail.of",
    "transactions.posted", "errors.choice", "errors.each",
    "trail.Rule", "trail.Trail", "proration.Proration", "terms.DueDate", "terms.EarlyPayment", "terms.Installment",
    "receivables.LatePayers", "journal.entered",
}  # fmt: skip


# -------------------------------------------------------------------------------------------------- I53


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_i53_nothing_of_a_record_can_be_set_or_deleted(name: str):
    """Not a public field, not a private one, not a new name."""
    given = calls.every_call()[name]()
    for value in given if isinstance(given, list | tuple) and type(given).__module__ == "builtins" else [given]:
        before = hostile.canonical(value)
        fields = [field for field in dir(value) if not field.startswith("__")]
        for field in [*fields, "invented"]:
            with pytest.raises((AttributeError, TypeError)):
                setattr(value, field, None)
            with pytest.raises((AttributeError, TypeError)):
                delattr(value, field)
        assert before == hostile.canonical(value)


def _lists() -> Iterator[tuple[str, int, int | str]]:
    for name, several in SAMPLES.items():
        for at, sample in enumerate(several):
            places: list[tuple[int | str, Any]] = [*enumerate(sample.args), *sample.kwargs.items()]
            for place, value in places:
                if name not in INSIDE and type(value) in (list, tuple, dict):
                    yield name, at, place


@pytest.mark.parametrize(("name", "at", "place"), sorted(_lists(), key=str))
def test_i53_a_hosts_collection_is_copied(name: str, at: int, place: int | str):
    """Emptied and filled with something else afterwards, the list a host passed changes nothing."""
    sample = SAMPLES[name][at]
    given = sample.args[place] if isinstance(place, int) else sample.kwargs[place]
    theirs: Any = dict(given) if isinstance(given, dict) else list(given)
    try:
        made = called(name, sample, place, theirs)
    except errors.LedgerkitError:
        return
    before = hostile.canonical(made)
    assert (dict(given) if isinstance(given, dict) else list(given)) == theirs, "the argument was changed"
    theirs.clear()
    if isinstance(theirs, list):
        theirs.append(None)

    assert before == hostile.canonical(made)


def called(name: str, sample: Any, place: int | str, value: Any) -> Any:
    """Make a recorded call with one argument replaced."""
    args, kwargs = list(sample.args), dict(sample.kwargs)
    if isinstance(place, int):
        args[place] = value
    else:
        kwargs[place] = value
    return calls.public()[name](*args, **kwargs)


def test_i53_a_hosts_money_is_copied():
    """py-moneyed's Money can be assigned to: what was read from it stays, and what is read out is a new one."""
    theirs: Any = moneyed.Money("120.00", "EUR")
    made: list[Any] = [
        transactions.invoice("INV-1", theirs),
        allocation.Item(id="INV-1", amount=theirs, posted_on=date(2026, 3, 1)),
        journal.Posting(role="cash", amount=theirs),
    ]
    theirs.amount = Decimal(1)
    for one in made:
        amount: Any = one.total if isinstance(one, transactions.Draft) else one.amount
        assert money.of("120.00 EUR") == amount
        amount.amount = Decimal(2)
        assert money.of("120.00 EUR") == (one.total if isinstance(one, transactions.Draft) else one.amount)


# -------------------------------------------------------------------------------------------------- I54

STORY = """
import json, sys
from tests import hostile
from tests.test_account_machine import history
book = history(int(sys.argv[1]), 30)
facts = [hostile.canonical(list(account.allocations)) for account in book.ours.values()]
facts += [hostile.canonical(list(account.releases)) for account in book.ours.values()]
facts += [[str(entry) for entry in book.entries], [repr(account) for account in book.ours.values()]]
facts += [hash(tuple(map(ord, text))) for text in map(str, book.entries)]
json.dump(facts, sys.stdout)
"""


def _told(seed: int, **environment: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", STORY, str(seed)], capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, **environment}, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_i54_the_same_in_every_process():
    """The same history under other hash seeds, zones and languages gives the same rows, entries and texts."""
    first = _told(7, PYTHONHASHSEED="0")

    for seed, zone, language in (("1", "Pacific/Kiritimati", "de_DE.UTF-8"), ("4242", "America/St_Johns", "tr_TR.UTF-8")):
        assert first == _told(7, PYTHONHASHSEED=seed, TZ=zone, LANG=language)


def test_i54_the_same_in_sixteen_threads():
    """Every registered call at once, from sixteen threads: nothing is shared that changes."""
    cases = calls.every_call()
    expected = {name: hostile.canonical(case()) for name, case in cases.items()}

    with ThreadPoolExecutor(16) as pool:
        rounds = list(pool.map(lambda _: {name: hostile.canonical(case()) for name, case in cases.items()}, range(16)))
    for seen in rounds:
        assert [] == [name for name in expected if expected[name] != seen[name]]


# -------------------------------------------------------------------------------------------------- I55


class Rude(str):
    """A text that answers no question."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise AssertionError("compared")

    def __hash__(self) -> int:
        raise AssertionError("hashed")

    def __format__(self, spec: str) -> str:
        raise AssertionError("formatted")

    def __str__(self) -> str:
        raise AssertionError("shown")

    __repr__ = __str__


class Odd(int):
    """A number that is never equal."""

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 7


ACCOUNT = receivables.account("ACME", currency="EUR")
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)

HOSTILE: list[Any] = [
    None, True, False, 0, -1, 7, 10**30, 10**400, -(10**5000), 1.5, float("nan"), float("inf"), 3 + 4j,
    "", "x", "nobody's", "0", "-1", "1e9", "١٢٣", "EUR", "120.00 EUR", "\x00", "\ud800", "é" * 300, "x" * 20_000, b"bytes", bytearray(b"x"),
    Rude("EUR"), Odd(5), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+999999"), Decimal("0.005"), Decimal(-3),
    Fraction(1, 3), Fraction(-7), Fraction(10**400, 3), date.min, date.max, date(2026, 3, 1), datetime(2026, 3, 1),
    datetime(2026, 3, 1, tzinfo=UTC), datetime.max, time(1), timedelta(days=1), [], (), {}, set(), frozenset(), [None], [[]], ["x", "x"],
    [0], [-1], [1.5], [date.max], {"a": 1}, {None: None}, range(3), ENDLESS, object(), type, int, print, ...,
    moneyed.Money("5.00", "EUR"), moneyed.Money("-5.00", "EUR"), moneyed.Money("5.00", "USD"), moneyed.Money("NaN", "EUR"),
    moneyed.Money("sNaN", "EUR"), moneyed.Money("Infinity", "EUR"), moneyed.Money("0.001", "EUR"), moneyed.Money("1E+400", "EUR"),
    ACCOUNT, [ACCOUNT], transactions.invoice("INV-1", money.of("5.00 EUR")), transactions.Kind.REFUND, allocation.FIFO,
    allocation.Item(id="D", amount=money.of("5.00 USD"), posted_on=date.max), journal.Role.CASH,
]  # fmt: skip


# What a host's own function does is the host's: an error of it passes through.
HOSTS_CODE = {
    "errors.each", "periods.add_business_days", "periods.is_business_day", "receivables.refund_balances",
    "receivables.write_off_account",
}  # fmt: skip


def _judged() -> dict[str, list[Sample]]:
    return {name: several for name, several in SAMPLES.items() if name not in INSIDE and not name.startswith("testing.")}


def _places() -> list[tuple[str, int, int | str]]:
    found: list[tuple[str, int, int | str]] = []
    for name, several in _judged().items():
        for at, sample in enumerate(several):
            found += [(name, at, place) for place in range(len(sample.args))]
            found += [(name, at, place) for place in sample.kwargs if (name, place) != ("ids.checked", "longest")]
    return found


def _foreign(name: str, at: int, place: int | str, value: Any) -> str | None:
    """What else than one of our errors comes out."""
    try:
        given = called(name, SAMPLES[name][at], place, value)
        if inspect.isgenerator(given):
            list(given)
    except errors.LedgerkitError as error:
        text, shown = str(error), repr(error)
        return None if text and shown else "an error without a text"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"{type(error).__name__}: {str(error)[:80]}"
    return None


@pytest.mark.parametrize(("name", "at", "place"), sorted(_places(), key=str))
def test_i55_one_wrong_argument(name: str, at: int, place: int | str):
    """Whatever stands in the place of one argument, a value or one of our errors comes out."""
    found = {}
    for number, value in enumerate(HOSTILE):
        if name in HOSTS_CODE and callable(value):
            continue
        said = _foreign(name, at, place, value)
        if said is not None:
            found[number, type(value).__name__] = said
    assert {} == found


@given(st.sampled_from(sorted(name for name, several in _judged().items() if several)), st.data())
def test_i55_several_wrong_arguments(name: str, data: st.DataObject):
    """The same with every argument drawn."""
    sample = data.draw(st.sampled_from(SAMPLES[name]))
    if name in HOSTS_CODE:
        return
    args = [data.draw(st.integers(0, len(HOSTILE)).map([one, *HOSTILE].__getitem__)) for one in sample.args]
    kwargs = {
        place: data.draw(st.integers(0, len(HOSTILE)).map([one, *HOSTILE].__getitem__)) for place, one in sample.kwargs.items()
    }
    with contextlib.suppress(errors.LedgerkitError):
        calls.public()[name](*args, **kwargs)


def test_i55_each_takes_a_function_and_rows():
    """What a host's function raises is the host's; what is no function or no rows is refused."""
    wrong: list[Any] = [(None, []), (len, None), ("x", [1])]
    for function, rows in wrong:
        with pytest.raises(errors.InvalidArgument):
            errors.each(function, rows)


def test_i55_every_public_function_is_recorded():
    """No function escapes: each has a sample call with arguments, or takes none."""
    functions = [name for name in SAMPLES if inspect.isfunction(calls.public()[name]) and not name.startswith("testing.")]
    silent = {name for name in functions if not SAMPLES[name]}

    assert silent <= {name for name in silent if not inspect.signature(calls.public()[name]).parameters}
