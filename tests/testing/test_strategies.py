"""Strategies give valid values, and every invariant holds of them."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ledgerkit import allocation, errors, journal, money, ports, receivables, testing, transactions
from ledgerkit.charges import Charge
from ledgerkit.periods import Period
from ledgerkit.terms import Terms

KINDS: list[tuple[Any, type]] = [
    (testing.accounts(), receivables.Account),
    (testing.charges(), Charge),
    (testing.drafts(), transactions.Draft),
    (testing.entries(), journal.Entry),
    (testing.items(), allocation.Item),
    (testing.lines(), transactions.Line),
    (testing.periods(), Period),
    (testing.policies(), allocation.Policy),
    (testing.saves(), ports.Save),
    (testing.taxes(), transactions.Tax),
    (testing.terms(), Terms),
    (testing.transactions(), transactions.Transaction),
    (testing.updates(), receivables.Update),
]


@pytest.mark.parametrize(("strategy", "kind"), KINDS, ids=lambda given: getattr(given, "__name__", ""))
def test_a_strategy_gives_its_kind(strategy: Any, kind: type):
    """Every value is of the public class that the strategy is named after."""

    @settings(max_examples=10)
    @given(value=strategy)
    def check(value: Any) -> None:
        assert type(value) is kind

    check()


@given(amount=testing.amounts("JPY", least_minor=5, most_minor=7), free=testing.amounts(), day=testing.dates())
def test_amounts_are_settled_and_in_bounds(amount: Any, free: Any, day: Any):
    """Amounts are multiples of the minor unit, of the currency and between the bounds that were asked for."""
    assert money.to_minor(amount, currency="JPY") in (5, 6, 7)
    assert isinstance(money.to_minor(free), int)
    assert 2020 <= day.year <= 2029


@given(posting=testing.postings())
def test_a_posting_fits_and_keeps_the_books(posting: testing.Posting):
    """A drawn draft can be posted, and the books are right afterwards."""
    update = receivables.post(posting.account, posting.draft, on=posting.on)

    testing.entries_balance(update.entries)
    testing.nothing_over_allocated(update.account)
    testing.balance_is_open_items(update.account)


@given(data=st.data())
def test_a_history_is_one_chain_of_decisions(data: Any):
    """Every decision of a history follows the one before, and together they make one save."""
    history = data.draw(testing.histories(id="ACME", most=6))

    save = ports.save_of(*history, command="all")
    assert {"ACME": 0} == dict(save.expected)
    assert len(history) == save.accounts[0].version


RARE: dict[str, Callable[[receivables.Update], bool]] = {
    "allocated by hand": lambda update: any(row.policy == "by-hand" for row in update.allocations),
    "released": lambda update: any(row.reason == "meant otherwise" for row in update.releases),
    "rejected": lambda update: update.rejected is not None,
    "held": lambda update: True in update.held.values(),
    "refunded": lambda update: any(one.kind is transactions.Kind.REFUND for one in update.transactions),
    "written off": lambda update: any(one.kind is transactions.Kind.WRITE_OFF for one in update.transactions),
    "cancelled": lambda update: any(one.state is transactions.State.CANCELLED for one in update.transactions),
}


def test_every_kind_of_decision_is_drawn():
    """Among the decisions of histories there is every kind, and each of them keeps the books."""
    seen: set[str] = set()

    @settings(max_examples=600, derandomize=True, database=None, phases=[Phase.generate])
    @given(history=testing.histories())
    def look(history: Any) -> None:
        for update in history:
            if isinstance(update, receivables.Update):
                seen.update(name for name, rare in RARE.items() if rare(update))
                testing.entries_balance(update.entries)

    look()
    assert set(RARE) == seen


def test_fakes_and_invariants_need_no_hypothesis():
    """Importing the front imports no Hypothesis; asking for a strategy without it says what to install."""
    program = (
        "import sys\n"
        "from ledgerkit import errors, testing\n"
        "assert 'hypothesis' not in sys.modules\n"
        "sys.modules['hypothesis'] = None\n"
        "try:\n    testing.accounts()\n"
        "except errors.UsageError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "Hypothesis is not installed, and strategies are made with it. Install it: pip install hypothesis.\n"


def test_without_hypothesis_a_strategy_is_refused(monkeypatch: pytest.MonkeyPatch):
    """The same in this process."""
    monkeypatch.setitem(sys.modules, "ledgerkit.testing._values", None)
    monkeypatch.delattr(testing, "_values", raising=False)

    with pytest.raises(errors.UsageError, match="Hypothesis is not installed"):
        testing.dates()
