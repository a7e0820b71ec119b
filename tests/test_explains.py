"""R16 over any history: every decision explains its figures, asking twice is the preview, and a day's figures come from its facts."""

import random
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledgerkit import errors, money, receivables, trail, transactions
from ledgerkit.receivables import Account, Update
from tests import hostile
from tests.models.book import LOOKS, Book, day
from tests.test_account_machine import STEPS

SEEDS = st.integers(0, 10**6)


class Noting(Book):
    """A book that keeps every update."""

    def __init__(self) -> None:
        super().__init__(previews=True)
        self.updates: list[Update] = []

    def _saved(self, names: Any, models: Any, updates: Any) -> None:
        super()._saved(names, models, updates)
        self.updates += updates


def told(seed: int, steps: int = 12) -> Noting:
    """A book after so many steps, each of which was asked twice and gave the same."""
    dice = random.Random(seed)
    book = Noting()
    for _ in range(steps):
        dice.choice(STEPS)(book, dice)
    return book


@given(SEEDS)
def test_r16_1_every_update_names_its_figures(seed: int):
    """Each allocation and each release is a step of the trail and a line of the text: with its rule, its amount and both ids."""
    for update in told(seed).updates:
        said = update.explain()
        rows: list[Any] = [*update.allocations, *update.releases]
        for row in rows:
            assert str(money.minor_text(row.amount_minor, row.currency)) in said
            assert row.credit in said
            assert row.debit in said
        steps = [step for step in update.trail.steps if step.rule.startswith("allocation.")]
        assert len(steps) >= len(update.allocations) + len(update.releases)
        for document in update.transactions:
            assert document.explain().startswith(document.id)
        assert said.splitlines()[0].strip()


@given(SEEDS)
def test_r16_1_every_row_of_an_account_explains_itself(seed: int):
    """Also later, when it is read from the account."""
    for account in told(seed).ours.values():
        for row in account.allocations:
            said = row.explain()
            assert row.trail.steps
            assert f"{row.credit} -> {row.debit} {money.text(row.amount)}" in said
            assert str(row.on) in said
        for back in account.releases:
            assert money.text(back.amount) in str(back)


def reports(account: Account, as_of: date) -> list[Any]:
    """Every figure that can be asked as of a day."""
    asked = [
        receivables.balance, receivables.overdue, receivables.unallocated, receivables.aging, receivables.dso,
        receivables.late_payers,
    ]  # fmt: skip
    figures = [hostile.canonical(report(account, as_of=as_of)) for report in asked]  # type: ignore[operator]
    for items in (receivables.open_items, receivables.open_credits):
        figures.append(sorted((item.id, item.open_minor) for item in items(account, as_of=as_of)))
    return figures


@given(SEEDS)
def test_r16_2_not_saving_it_is_the_preview(seed: int):
    """What was asked and not saved leaves the account, and every report of it, as they were."""
    account = told(seed).ours["A"]
    before = hostile.canonical([account, *reports(account, day(20))])
    asked = [
        receivables.post(account, transactions.payment("P", money.of("5.00 EUR"), method="card"), on=day(20)) for _ in range(2)
    ]

    assert asked[0] == asked[1]
    assert asked[0].explain() == asked[1].explain()
    assert before == hostile.canonical([account, *reports(account, day(20))])


@given(SEEDS, st.integers(0, 10**6))
def test_r16_3_a_day_is_told_from_its_facts(seed: int, later: int):
    """Whatever is decided from day 40 on, figures of the days before stay what they were, to the letter."""
    account = told(seed).ours["A"]
    looks = [look for look in LOOKS if look < 40]
    before = [reports(account, day(look)) for look in looks]
    dice = random.Random(later)
    ids = [str(one.id) for one in account.transactions] or ["none"]
    for at in range(6):
        account = decided(account, dice, at, dice.choice(ids))

    assert before == [reports(account, day(look)) for look in looks]


def decided(account: Account, dice: random.Random, at: int, id: str) -> Account:
    """One decision of day 40 or later; none where the rules refuse it."""
    on = day(dice.randrange(40, 50))
    amount = money.from_minor(dice.randrange(1, 200), "EUR")
    acts: list[Any] = [
        lambda: receivables.post(account, transactions.invoice(f"L{at}", amount), on=on),
        lambda: receivables.post(account, transactions.payment(f"L{at}", amount, method="card"), on=on),
        lambda: receivables.post(account, transactions.payment(f"L{at}", amount, method="card", against=[id]), on=on),
        lambda: receivables.cancel(account, id, id=f"L{at}", on=on, reason="r"),
        lambda: receivables.write_off(account, id, id=f"L{at}", on=on, reason="r"),
        lambda: receivables.recover(account, id, id=f"L{at}", on=on, reason="r"),
        lambda: receivables.charge_back(account, id, id=f"L{at}", on=on, reason="r"),
    ]
    try:
        update: Update = dice.choice(acts)()
    except errors.LedgerkitError:
        return account
    return update.account


def test_a_step_is_a_rule_and_its_figures():
    """What support reads out of a trail: the rule's name and version, what it saw, what it gave."""
    account = receivables.account("A", currency="EUR")
    account = receivables.post(account, transactions.invoice("INV-1", money.of("5.00 EUR")), on=day(0)).account
    update = receivables.post(account, transactions.payment("PAY-1", money.of("3.00 EUR"), method="card"), on=day(1))
    step = update.trail.steps[-1]

    assert isinstance(step, trail.Step)
    assert "allocation.fifo/1" == step.rule
    assert {"credit": "PAY-1", "debit": "INV-1", "minor": 300} == {
        name: step.saw[name] for name in ("credit", "debit", "minor")
    }
    assert 200 == step.gave
