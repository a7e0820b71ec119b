"""An account whose books are kept in another currency, against the naive model: what is realized, day by day, and what stays open."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from ledgerkit import allocation, money, receivables, transactions
from ledgerkit.errors import LedgerkitError
from ledgerkit.journal import Entry, Role
from ledgerkit.receivables import _desk, _entries, _post
from tests.models.book import POLICIES, day
from tests.models.naive_account import DEBITS, NaiveAccount, Refused

Naive = Callable[[NaiveAccount], object]
Ours = Callable[[receivables.Account], receivables.Update]
FLOW, SHARE = _desk.flow, allocation.carried_share


def usd(minor: int) -> Any:
    return money.from_minor(minor, "USD")


def step(dice: random.Random, model: NaiveAccount, at: int) -> tuple[Ours, Naive]:
    """One decision of any kind that the model knows the value of, on both sides, at a rate of its own."""
    on, amount, id = dice.randrange(30), dice.randrange(5000), f"D{at}"
    rate = money.ExchangeRate(base="USD", quote="EUR", rate=f"{model.hundredths // 100}.{model.hundredths % 100:02}")
    debits = [one["id"] for one in model.documents if one["kind"] in DEBITS]
    credits = [one["id"] for one in model.documents if one["kind"] not in DEBITS]
    debit, credit = dice.choice(debits or ["none"]), dice.choice(credits or ["none"])
    row = dice.choice(model.rows or [{"credit": credit, "debit": debit}])
    part = dice.choice([None, dice.randrange(1, 2000)])
    named = [debit] if debits and dice.random() < 0.4 else []
    cancelled = dice.choice([debit, credit])

    def posts(draft: transactions.Draft) -> Ours:
        return lambda one: receivables.post(one, draft, on=day(on), rate=rate)

    choices: list[tuple[Ours, Naive]] = [
        *[(posts(transactions.invoice(id, usd(amount))), lambda one: one.post_debit("invoice", id, amount, on))] * 3,
        *[(
            posts(transactions.payment(id, usd(amount), method="card", against=named)),
            lambda one: one.post_credit("payment", id, amount, on, against=named),
        )] * 3,
        (
            posts(transactions.credit_note(id, usd(amount), against=named)),
            lambda one: one.post_credit("credit_note", id, amount, on, against=named),
        ),
        (
            lambda one: receivables.release(
                one, row["credit"], of=row["debit"], on=day(on), reason="r", amount=None if part is None else usd(part)
            ),
            lambda one: one.release(row["credit"], row["debit"], part, on),
        ),
        (
            lambda one: receivables.allocate(one, credit, to=debit, amount=usd(part or 1), on=day(on)),
            lambda one: one.allocate(credit, debit, part or 1, on),
        ),
        (
            lambda one: receivables.cancel(one, cancelled, id=id, on=day(on), reason="r"),
            lambda one: one.cancel(id, cancelled, on),
        ),
    ]  # fmt: skip
    return dice.choice(choices)


def history(seed: int, steps: int = 40) -> int:
    """So many random steps, compared after each; how many realized something."""
    dice = random.Random(seed)
    policy = dice.choice(POLICIES)
    unallocated = dice.choice(list(receivables.Unallocated))
    ours = receivables.account("YANK", currency="USD", base_currency="EUR", policy=policy, unallocated=unallocated)
    model = NaiveAccount(policy.order.value, names_count=policy.named_first)
    entries: list[Entry] = []
    for at in range(steps):
        model.hundredths = dice.randrange(50, 150)
        act, naive = step(dice, model, at)
        tried = model.copy()
        try:
            naive(tried)
        except Refused as refusal:
            with pytest.raises(LedgerkitError) as caught:
                act(ours)
            assert str(refusal) == type(caught.value).__name__
            continue
        update = act(ours)
        ours, model = update.account, tried
        entries += update.entries
        agree(entries, model)
    return sum(1 for _, minor in model.realized if minor)


def agree(entries: list[Entry], model: NaiveAccount) -> None:
    gained: Counter[Any] = Counter()
    for on, minor in model.realized:
        gained[day(on)] += minor
    booked: Counter[Any] = Counter()
    for entry in entries:
        for role, minor, currency, _, _ in entry.sides:
            assert "EUR" == currency
            booked[entry.on] -= minor if role in (Role.FX_GAIN, Role.FX_LOSS) else 0
    worth = sum(model.carried(one["id"]) * (1 if one["kind"] in DEBITS else -1) for one in model.documents)
    control = [side[1] for entry in entries for side in entry.sides if side[0] in (Role.RECEIVABLE, Role.CUSTOMER_CREDIT)]

    assert {on: minor for on, minor in gained.items() if minor} == {on: minor for on, minor in booked.items() if minor}
    assert worth == sum(control)


@pytest.mark.parametrize("seed", range(30))
def test_gains_losses_and_what_is_carried(seed: int):
    """Forty steps at rates from 0.50 to 1.49: gains and losses by day, and the control account."""
    history(seed)


def test_much_is_realized():
    """The histories are not about nothing."""
    assert sum(map(history, range(30))) > 300


PLANTS: dict[str, list[tuple[Any, str, Any]]] = {
    "a share is rounded down": [(allocation, "carried_share", lambda carried, left, taken: carried * taken // left)],
    "a share is of the whole": [(allocation, "carried_share", lambda carried, left, taken: min(carried, taken))],
    "nothing is realized": [(_desk, "flow", lambda flows, on, minor, base, realized: FLOW(flows, on, minor, base, 0))],
    "a document is worth its face": [(_post, "_valued", lambda desk, draft, rate, base: draft.total_minor)],
    "what is realized is not booked": [(_entries, "enter_flows", lambda *given: None)],
}  # fmt: skip


@pytest.mark.parametrize("rule", PLANTS)
def test_a_planted_bug_is_seen(rule: str, monkeypatch: pytest.MonkeyPatch):
    """One of ten histories fails."""
    for where, name, planted in PLANTS[rule]:
        monkeypatch.setattr(where, name, planted)

    with pytest.raises((AssertionError, LedgerkitError)):
        for seed in range(10):
            history(seed)
