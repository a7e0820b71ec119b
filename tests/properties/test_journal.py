"""The invariants of the journal, I43 to I47: over any entries, and over what an account's decisions make of them."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledgerkit import errors, journal, money, receivables, transactions
from ledgerkit.journal import Entry, Posting, Role
from ledgerkit.receivables import _tree
from tests.models.book import Book, day
from tests.test_account_machine import STEPS, history

ON = date(2026, 3, 1)
SIDES = st.tuples(st.sampled_from([*Role, "house"]), st.integers(-(10**6), 10**6), st.sampled_from(["EUR", "USD", "JPY"]))


def posting(role: str, minor: int, currency: str) -> Posting:
    return Posting(role=role, amount=money.from_minor(minor, currency))


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    """Balanced entries: any sides, and one a currency that brings it to zero."""
    made = []
    for at in range(draw(st.integers(0, 6))):
        sides = [side for side in draw(st.lists(SIDES, min_size=1, max_size=5)) if side[1]]
        for currency in sorted({side[2] for side in sides}):
            rest = -sum(side[1] for side in sides if side[2] == currency)
            sides += [("rest", rest, currency)] if rest else []
        if len(sides) > 1:
            on = ON + timedelta(days=draw(st.integers(0, 9)))
            made.append(Entry(id=f"E-{at}", on=on, source=f"S-{at}", postings=[posting(*side) for side in sides]))
    return made


@given(st.lists(SIDES, max_size=6))
def test_i43_an_entry_balances_or_is_refused(sides: list[tuple[str, int, str]]):
    """Two sides at least, none of zero, each currency summing to nothing; anything else is no entry."""
    sums = {currency: sum(side[1] for side in sides if side[2] == currency) for *_, currency in sides}
    good = len(sides) > 1 and all(side[1] for side in sides) and not any(sums.values())

    try:
        made = Entry(id="E", on=ON, source="S", postings=[posting(*side) for side in sides])
    except errors.UsageError:
        assert not good
    else:
        assert good
        assert tuple(sides) == tuple((one.role, one.amount_minor, one.currency) for one in made.postings)


@given(entries(), st.integers(-1, 10))
def test_i43_the_trial_balance_is_nothing_after_any_prefix(made: list[Entry], look: int):
    """Of any prefix, and as of any day, the values of each currency sum to zero and are the sums of the sides."""
    on = ON + timedelta(days=look)
    for count in range(len(made) + 1):
        for as_of in (None, on):
            found = journal.trial_balance(made[:count], as_of=as_of)
            sides = [side for entry in made[:count] if as_of is None or entry.on <= as_of for side in entry.sides]
            assert {(side[0], side[2]) for side in sides} == set(found)
            for at, amount in found.items():
                assert money.to_minor(amount) == sum(side[1] for side in sides if (side[0], side[2]) == at)
            for currency in {at[1] for at in found}:
                assert not sum(money.to_minor(amount) for at, amount in found.items() if at[1] == currency)


@given(st.integers(0, 10**6), st.sampled_from([None, *receivables.Unallocated]))
def test_i44_the_control_account_is_the_account(seed: int, unallocated: Any):
    """The receivable, with customer credit where it is apart, is open items less unallocated credit: on each day."""
    if unallocated is None:
        history(seed, 12)
        return
    dice = random.Random(seed)
    book = Book(unallocated=unallocated, previews=False)
    for _ in range(12):
        dice.choice(STEPS)(book, dice)
    book.check()


def rates(dice: random.Random) -> money.ExchangeRate:
    return money.ExchangeRate(base="USD", quote="EUR", rate=f"1.{dice.randrange(99):02}")


@given(st.integers(0, 10**6), st.sampled_from(receivables.Unallocated))
@example(68, receivables.Unallocated.RECEIVABLE)  # a recovery whose sweep realizes
@example(1035, receivables.Unallocated.CUSTOMER_CREDIT)  # a write-off whose sweep realizes
def test_i44_in_a_base_currency_as_well(seed: int, unallocated: receivables.Unallocated):
    """The books are kept in another currency: the control account is what the open parts carry."""
    dice = random.Random(seed)
    account = receivables.account("YANK", currency="USD", base_currency="EUR", unallocated=unallocated)
    booked: list[Entry] = []
    for at in range(14):
        update = abroad(account, dice, at)
        if update is not None:
            account = update.account
            booked += update.entries
        assert control(account) == sum(
            side[1] for entry in booked for side in entry.sides if side[0] in (Role.RECEIVABLE, Role.CUSTOMER_CREDIT)
        )
        assert all(side[2] == "EUR" for entry in booked for side in entry.sides)


def control(account: receivables.Account) -> int:
    """What is carried by the open parts, by the account's own figures."""
    return sum(one.marks.carried if one.debit else -one.marks.carried for one in _tree.values(account._known))


def abroad(account: receivables.Account, dice: random.Random, at: int) -> receivables.Update | None:
    """One decision of any kind; nothing where the rules refuse it."""
    rate, amount, on = rates(dice), money.from_minor(dice.randrange(1, 5000), "USD"), day(dice.randrange(20))
    named = [one.id for one in account.transactions]
    some = dice.choice(named) if named else "none"
    said: dict[str, Any] = {"on": on, "rate": rate}
    acts = [
        lambda: receivables.post(account, transactions.invoice(f"I{at}", amount), **said),
        lambda: receivables.post(account, transactions.invoice(f"I{at}", amount, taxes=[TAX]), **said),
        lambda: receivables.post(account, transactions.payment(f"P{at}", amount, method="card"), **said),
        lambda: receivables.post(account, transactions.payment(f"P{at}", amount, method="card", against=[some]), **said),
        lambda: receivables.post(account, transactions.credit_note(f"C{at}", amount, taxes=[TAX]), **said),
        lambda: receivables.quick_pay(account, f"P{at}", invoice=some, method="card", **said),
        lambda: receivables.cancel(account, some, id=f"X{at}", on=on, reason="r"),
        lambda: receivables.write_off(account, some, id=f"W{at}", on=on, reason="r", tax_relief=dice.random() < 0.5),
        lambda: receivables.recover(account, some, id=f"R{at}", on=on, reason="r"),
        lambda: receivables.charge_back(account, some, id=f"B{at}", reason="r", fee=amount, **said),
        lambda: receivables.refund_balance(account, f"F{at}", method="card", reason="r", **said),
        lambda: receivables.release(account, some, of=dice.choice(named or ["none"]), on=on, reason="r"),
    ]
    try:
        return dice.choice(acts)()
    except errors.LedgerkitError:
        return None


TAX = transactions.tax("VAT", "19%", inclusive=True)


@given(entries(), st.integers(0, 30))
def test_i45_an_entry_and_its_reversal_are_nothing(made: list[Entry], later: int):
    """On every role; the original stays as it was, and neither can be reversed again."""
    for entry in made:
        before = str(entry)
        back = journal.reverse(entry, id=f"{entry.id}/back", on=entry.on + timedelta(days=later), among=made)

        assert not any(amount.amount for amount in journal.trial_balance([entry, back]).values())
        assert before == str(entry)
        assert (entry.id, entry.source) == (back.reverses, back.source)
        for wrong, among in ((back, []), (entry, [back])):
            with pytest.raises(journal.AlreadyReversed):
                journal.reverse(wrong, id="again", on=entry.on, among=among)


@given(st.integers(0, 10**6))
def test_i46_every_entry_names_a_document_and_every_document_has_one(seed: int):
    """One entry a posted document, none for a document of zero; what is moved between accounts has one for both."""
    book = history(seed, 10)
    posted = {one.id: one for account in book.ours.values() for one in account.transactions}
    entries = [entry for entry in book.entries if entry.id == f"{entry.source}/entry"]

    assert {entry.source.split("/")[0] for entry in book.entries} <= {id.split("/")[0] for id in posted}
    assert len(entries) == len({entry.source for entry in entries})
    booked = {entry.source for entry in entries}
    taken_over = {id for id in posted if id.startswith("WO-") and "/" in id}  # the write-off's entry is theirs as well
    moved = {one.id for one in posted.values() if one.external_code is not None}
    expected = {one.id for one in posted.values() if one.total_minor} - taken_over - moved
    assert expected == booked


@given(st.integers(0, 10**6), st.integers(0, 30))
def test_i47_nothing_is_dated_in_a_locked_period(seed: int, through: int):
    """Every decision on or before the lock is refused; what is dated after it makes no entry, row or release in it."""
    dice = random.Random(seed)
    book = Book(previews=False)
    for _ in range(6):
        dice.choice(STEPS)(book, dice)
    locked = receivables.with_lock(book.ours["A"], day(through))
    draft = transactions.invoice("late", money.of("5.00 EUR"))
    for on in (0, through):
        with pytest.raises(receivables.PeriodLocked) as refused:
            receivables.post(locked, draft, on=day(on))
        assert day(through + 1) == refused.value.first_open

    update = receivables.post(locked, draft, on=day(through + 1))
    assert all(entry.on > day(through) for entry in update.entries)
    assert all(row.on > day(through) for row in update.allocations)
    assert all(row.on > day(through) for row in update.releases)
    assert all(one.posted_on > day(through) for one in update.transactions)


@given(
    st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 98)), min_size=1, max_size=5),
    st.integers(1, 9000),
    st.integers(0, 98),
)
def test_i44_between_two_accounts_in_a_base_currency(bills: list[tuple[int, int]], paid: int, cents: int):
    """What is moved, or taken over as bad debt, carries its value along: both control accounts stay what is open."""
    one, other = (receivables.account(name, currency="USD", base_currency="EUR") for name in "AB")
    booked: list[Entry] = []

    def after(update: receivables.Update) -> receivables.Account:
        booked.extend(entry for part in (update, *update.also) for entry in part.entries)
        return update.account

    def rate(part: int) -> money.ExchangeRate:
        return money.ExchangeRate(base="USD", quote="EUR", rate=f"1.{part:02}")

    for at, (minor, part) in enumerate(bills):
        for name, account in (("A", one), ("B", other)):
            draft = transactions.invoice(f"{name}-{at}", money.from_minor(minor, "USD"))
            account = after(receivables.post(account, draft, on=ON, rate=rate(part)))
            one, other = (account, other) if name == "A" else (one, account)
    draft = transactions.payment("P", money.from_minor(paid, "USD"), method="wire")
    one = after(receivables.post(one, draft, on=ON, rate=rate(cents)))
    update = receivables.move(one, "P", to=other, id="M", new_id="N", on=ON, reason="r")
    one, other = after(update), update.also[0].account
    update = receivables.write_off(one, "A-0", id="W", on=ON, reason="r", into=other)
    one, other = after(update), update.also[0].account

    for account in (one, other):
        sides = [side for entry in booked for side in entry.sides if side[3] == account.id]
        assert control(account) == sum(side[1] for side in sides)
