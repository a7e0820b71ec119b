"""
What holds for every public result: R16.1 it explains itself, R16.2 preview equals commit, R16.3 as of any date, from facts alone.

The records of every front are listed here, each either as a result that explains itself or as something else; a new one fails until
it is.
"""

import copy
import inspect
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ledgerkit import receivables, trail
from tests import calls, hostile
from tests.calls.receivables import DRAFTS, new

# Results that a person may ask about: each has a trail and says it in words.
EXPLAINED = {
    "allocation.Allocations", "allocation.Allocation", "allocation.Realized", "allocation.Release",
    "charges.Charge",
    "proration.Proration",
    "receivables.Aging", "receivables.Bill", "receivables.LatePayers", "receivables.SalesOutstanding", "receivables.Statement",
    "receivables.Update",
    "terms.DueDate", "terms.EarlyPayment", "terms.Installment", "terms.Schedule",
    "transactions.Draft", "transactions.Line", "transactions.Transaction",
}  # fmt: skip

# What goes in, choices, and parts of a result that its owner explains.
PLAIN = {
    "allocation.Item", "allocation.Items", "allocation.Policy",
    "errors.Problem", "events.Event",
    "journal.Entry", "journal.Posting",
    "money.ExchangeRate", "money.Rounding",
    "periods.Cadence", "periods.Calendar", "periods.DayCount", "periods.Interval", "periods.Period",
    "ports.Hold", "ports.Rejection", "ports.Save",
    "pricing.Discount", "proration.Convention",
    "receivables.Account", "receivables.Aged", "receivables.LatePayer",
    "states.StateTable", "tables.Grid",
    "terms.EarlyDiscount", "terms.Installments", "terms.Part", "terms.Step", "terms.Terms",
    "trail.Rule", "trail.Step", "trail.Trail",
    "transactions.Note", "transactions.Series", "transactions.Tax", "transactions.Type", "transactions.Types",
}  # fmt: skip

CALLS = calls.every_call()


def records() -> set[str]:
    """The public record classes of every front; the fakes of ``testing`` hold state, that is what they are for."""
    return {
        name for name in calls.public_callables() if inspect.isclass(calls.public()[name]) and not name.startswith("testing.")
    }


def examples(name: str) -> list[Any]:
    """Values of the public class *name*."""
    given = CALLS[name]()
    return list(given) if isinstance(given, list | tuple) and type(given).__module__ == "builtins" else [given]


def test_every_record_is_judged():
    """A new public class is put on one of the two lists."""
    assert records() == EXPLAINED | PLAIN
    assert set() == EXPLAINED & PLAIN


@pytest.mark.parametrize("name", sorted(EXPLAINED))
def test_r16_1_every_result_explains_itself(name: str):
    """The trail names a rule and its version for each step, and the text holds every step."""
    for result in examples(name):
        said = result.explain()

        assert isinstance(result.trail, trail.Trail)
        assert isinstance(said, str)
        assert said.strip()
        for step in result.trail.steps:
            assert step.rule.rpartition("/")[2].isdigit()
            assert step.text


@pytest.mark.parametrize("name", sorted(name for name in CALLS if not name.startswith("testing.")))
def test_r16_2_preview_equals_commit(name: str):
    """The same call on the same values gives the same, as often as it is asked: nothing is used up, nothing is remembered."""
    assert hostile.canonical(CALLS[name]()) == hostile.canonical(CALLS[name]())


AS_OF: dict[str, Callable[..., object]] = {
    "balance": receivables.balance,
    "overdue": receivables.overdue,
    "open_items": receivables.open_items,
    "open_credits": receivables.open_credits,
    "unallocated": receivables.unallocated,
    "aging": receivables.aging,
    "dso": receivables.dso,
    "late_payers": receivables.late_payers,
}


@pytest.mark.parametrize("name", AS_OF)
def test_r16_3_a_report_as_of_a_day_is_what_it_said_on_that_day(name: str):
    """Whatever was posted later, a day's figures stay what they were."""
    account, then = new(), []
    for on, draft in DRAFTS:
        account = receivables.post(account, draft, on=on).account
        then.append((on, hostile.canonical(AS_OF[name](account, as_of=on))))

    account = receivables.cancel(account, "INV-7", id="IC-1", on=date(2026, 5, 1), reason="sent twice").account

    assert then == [(on, hostile.canonical(AS_OF[name](account, as_of=on))) for on, _ in then]


def test_every_report_with_an_as_of_is_listed():
    """A new report cannot be left out."""
    taking = {
        name.partition(".")[2]
        for name, value in calls.public().items()
        if name.startswith("receivables.") and inspect.isfunction(value) and "as_of" in inspect.signature(value).parameters
    }

    assert taking - {"settlement"} == set(AS_OF)


def test_settlement_as_of_a_day():
    """Open before the payment, partly settled after it."""
    account = new()
    for on, draft in DRAFTS:
        account = receivables.post(account, draft, on=on).account

    assert receivables.Settlement.OPEN is receivables.settlement(account, "INV-7", as_of=date(2026, 3, 9))
    assert receivables.Settlement.PARTLY_SETTLED is receivables.settlement(account, "INV-7", as_of=date(2026, 3, 10))


@pytest.mark.parametrize("name", sorted(records()))
def test_every_record_pickles_copies_and_equals(name: str):
    """What crosses a process or is copied is the same value, says the same, and hashes the same."""
    for value in examples(name):
        for other in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), copy.copy(value)):
            assert hostile.canonical(value) == hostile.canonical(other)
            if name != "trail.Rule":  # compared by identity
                assert value == other
            if type(value).__hash__ is not None:
                assert hash(value) == hash(other)


@pytest.mark.parametrize("name", sorted(records()))
def test_no_record_can_be_changed(name: str):
    """Neither a field nor a new name can be assigned to."""
    for value in examples(name):
        fields = [field for field in dir(value) if not field.startswith("_") and not callable(getattr(value, field))]
        for field in [*fields, "invented"]:
            with pytest.raises((AttributeError, TypeError)):
                setattr(value, field, None)
