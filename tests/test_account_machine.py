"""The account against a naive model of it: whatever a host does, in whatever order, both say the same after every step."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ledgerkit import receivables
from tests.models.book import ACCOUNTS, POLICIES, Book

NAMES = st.sampled_from(ACCOUNTS)
AMOUNT = st.integers(0, 120)
POSITIVE = st.integers(1, 120)
PART = st.none() | st.integers(1, 60)
DAY = st.integers(0, 30)
LATER = st.integers(0, 45)  # of what undoes a document
AT = st.integers(0, 40)
NAMED = st.lists(st.integers(0, 40), max_size=3)


class AccountMachine(RuleBasedStateMachine):
    """Each rule is one thing a host may do; the book compares the two sides."""

    book: Book

    @initialize(policy=st.sampled_from(POLICIES), unallocated=st.sampled_from(receivables.Unallocated))
    def begin(self, policy: Any, unallocated: Any) -> None:
        self.book = Book(policy, unallocated, previews=False)

    @rule(name=NAMES, amount=AMOUNT, on=DAY, due=st.integers(0, 20))
    def invoice(self, name, amount, on, due):
        self.book.invoice(name, amount, on, due)

    @rule(name=NAMES, amount=AMOUNT, on=DAY, due=st.integers(0, 20))
    def another_invoice(self, name, amount, on, due):
        self.book.invoice(name, amount, on, due)

    @rule(name=NAMES, amount=AMOUNT, on=DAY, names=NAMED, portion=st.sampled_from(["principal", "interest", "costs"]))
    def debit_note(self, name, amount, on, names, portion):
        self.book.debit_note(name, amount, on, names, portion)

    @rule(
        name=NAMES, kind=st.sampled_from(["payment", "credit_note"]), amount=AMOUNT, on=DAY, names=NAMED,
        priority=st.integers(0, 2), expires=st.integers(0, 3),
    )  # fmt: skip
    def credit(self, name, kind, amount, on, names, priority, expires):
        self.book.credit(name, kind, amount, on, names, priority, expires)

    @rule(name=NAMES, amount=AMOUNT, on=DAY)
    def plain_payment(self, name, amount, on):
        self.book.credit(name, "payment", amount, on, [])

    @rule(name=NAMES, amount=AMOUNT, on=DAY, payment=st.none() | AT, overdraft=st.booleans(), reopen=st.booleans())
    def refund(self, name, amount, on, payment, overdraft, reopen):
        self.book.refund(name, amount, on, payment, overdraft=overdraft, reopen=reopen)

    @rule(name=NAMES, on=DAY)
    def refund_balance(self, name, on):
        self.book.refund_balance(name, on)

    @rule(name=NAMES, item=AT, on=DAY)
    def quick_pay(self, name, item, on):
        self.book.quick_pay(name, item, on)

    @rule(name=NAMES, item=AT, on=LATER, kinds=st.sampled_from([("invoice",), ("payment",), None]))
    def cancel(self, name, item, on, kinds):
        self.book.cancel(name, item, on, kinds)

    @rule(name=NAMES, item=AT, on=LATER, into=st.booleans())
    def write_off(self, name, item, on, into):
        self.book.write_off(name, item, on, into=into)

    @rule(name=NAMES, item=AT, amount=PART, on=LATER)
    def recover(self, name, item, amount, on):
        self.book.recover(name, item, amount, on)

    @rule(name=NAMES, item=AT, amount=PART, fee=st.integers(0, 9), on=LATER)
    def charge_back(self, name, item, amount, fee, on):
        self.book.charge_back(name, item, amount, fee, on)

    @rule(name=NAMES, item=AT, on=LATER)
    def move(self, name, item, on):
        self.book.move(name, item, on)

    @rule(name=NAMES, credit=AT, debit=AT, amount=POSITIVE, on=DAY)
    def allocate(self, name, credit, debit, amount, on):
        self.book.allocate(name, credit, debit, amount, on)

    @rule(name=NAMES, at=AT, amount=PART, on=DAY)
    def release(self, name, at, amount, on):
        self.book.release(name, at, amount, on)

    @rule(name=NAMES, item=AT, on=DAY, held=st.booleans())
    def hold(self, name, item, on, held):
        self.book.hold(name, item, on, held=held)

    @invariant()
    def both_agree(self) -> None:
        if hasattr(self, "book"):
            self.book.check()


AccountMachine.TestCase.settings = settings(stateful_step_count=20)
TestTheAccount = AccountMachine.TestCase


# -------------------------------------------------------------------------------------------------- histories by seed


def history(seed: int, steps: int = 40) -> Book:
    """A book after so many random steps, compared after each: the same for the same seed."""
    dice = random.Random(seed)
    book = Book(dice.choice(POLICIES[:1] * 4 + POLICIES), dice.choice(list(receivables.Unallocated)))
    for _ in range(steps):
        dice.choice(STEPS)(book, dice)
        book.check()
    return book


def _who(dice: random.Random) -> str:
    return dice.choice("AAAB")


def _later(dice: random.Random) -> int:
    """The day of what undoes a document: seldom before its posting, where it is refused."""
    return dice.choice([dice.randrange(30), dice.randrange(15, 30), dice.randrange(30, 45)])


def _part(dice: random.Random) -> int | None:
    return dice.choice([None, dice.randrange(1, 60)])


def _names(dice: random.Random) -> list[int]:
    return [dice.randrange(40) for _ in range(dice.choice([0, 0, 1, 1, 2, 3]))]


Step = Callable[[Book, random.Random], None]
STEPS: list[Step] = [
    *[lambda book, dice: book.invoice(_who(dice), dice.randrange(120), dice.randrange(30), dice.randrange(20))] * 4,
    lambda book, dice: book.debit_note(
        _who(dice), dice.randrange(120), dice.randrange(30), _names(dice), dice.choice(["principal", "interest", "costs"])
    ),
    *[
        lambda book, dice: book.credit(
            _who(dice), dice.choice(["payment", "credit_note"]), dice.randrange(120), dice.randrange(30), _names(dice),
            dice.choice([0, 0, 1, 2]), dice.choice([0, 0, 1, 2]),
        )
    ] * 4,
    lambda book, dice: book.refund(
        _who(dice), dice.randrange(80), dice.randrange(30), dice.choice([None, dice.randrange(40)]),
        overdraft=dice.random() < 0.3, reopen=dice.random() < 0.5,
    ),
    lambda book, dice: book.refund_balance(_who(dice), dice.randrange(30)),
    lambda book, dice: book.quick_pay(_who(dice), dice.randrange(40), dice.randrange(30)),
    lambda book, dice: book.cancel(_who(dice), dice.randrange(40), _later(dice), ("invoice",)),
    lambda book, dice: book.cancel(_who(dice), dice.randrange(40), _later(dice), ("payment",)),
    lambda book, dice: book.cancel(_who(dice), dice.randrange(40), _later(dice)),
    *[lambda book, dice: book.write_off(_who(dice), dice.randrange(40), _later(dice), into=dice.random() < 0.5)] * 2,
    *[lambda book, dice: book.recover(_who(dice), dice.randrange(40), _part(dice), _later(dice))] * 2,
    lambda book, dice: book.charge_back(_who(dice), dice.randrange(40), _part(dice), dice.randrange(5), _later(dice)),
    lambda book, dice: book.move(_who(dice), dice.randrange(40), _later(dice)),
    lambda book, dice: book.allocate(
        _who(dice), dice.randrange(40), dice.randrange(40), dice.randrange(1, 60), dice.randrange(30)
    ),
    *[lambda book, dice: book.release(_who(dice), dice.randrange(40), _part(dice), dice.randrange(30))] * 2,
    *[lambda book, dice: book.hold(_who(dice), dice.randrange(40), dice.randrange(30), held=dice.random() < 0.6)] * 2,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_both_agree_over_a_long_history(seed: int):
    """Sixty steps each, compared after every one: figures, rows, entries, as-of figures, rebuilding and pickling."""
    history(seed, 60)


# -------------------------------------------------------------------------------------------------- what it found


def test_a_payment_of_zero_moves_without_rows_or_entry():
    """Nothing is matched and nothing is booked, as with any document of zero."""
    book = Book()
    book.credit("A", "payment", 0, 1, [])
    book.move("A", 0, 2)
    book.check()

    assert [] == book.entries
    assert () == book.ours["A"].allocations


def test_a_refund_names_a_payment_or_a_credit_note():
    """A write-off, a cancellation or a debit gives no money back, with or without reopening."""
    book = Book()
    book.invoice("A", 50, 1, 10)
    book.invoice("A", 60, 1, 10)
    book.write_off("A", 0, 2, into=False)
    book.cancel("A", 1, 3)
    for at in range(4):
        book.refund("A", 5, 4, at, overdraft=True, reopen=True)

    assert {"CyclicReference": 4} == book.refusals


def test_a_held_credit_is_not_given_back_with_the_balance():
    """What is on hold stays; the free rest is refunded."""
    book = Book()
    book.credit("A", "payment", 30, 1, [])
    book.credit("A", "payment", 20, 1, [])
    book.hold("A", 0, 2, held=True)
    book.refund_balance("A", 3)
    book.check()

    assert ["PAY-1"] == [item.id for item in receivables.open_credits(book.ours["A"])]


def test_a_debt_taken_over_by_an_account_with_credit():
    """Credit that the company's account had free is no customer credit any more, in the books as well."""
    book = Book(unallocated=receivables.Unallocated.CUSTOMER_CREDIT)
    book.credit("B", "payment", 30, 1, [])
    book.invoice("A", 20, 1, 10)
    book.write_off("A", 0, 2, into=True)
    book.check()


def test_rows_of_one_pair_are_undone_in_the_order_a_store_undoes_them():
    """Two rows between the same documents, of different days: rebuilt from its facts, the account is the same."""
    book = Book()
    book.credit("A", "payment", 92, 3, [])
    book.credit("A", "payment", 85, 27, [])
    book.hold("A", 0, 3, held=True)
    book.invoice("A", 97, 22, 14)
    book.hold("A", 0, 23, held=False)
    book.charge_back("A", 1, None, 4, 27)
    book.cancel("A", 0, 22, ("invoice",))
    book.check()


def test_a_payment_that_names_a_refund_leaves_its_write_off():
    """What was written off of a refund is not freed by a payment that undoes the rest of it."""
    book = Book()
    book.refund("A", 18, 1, None, overdraft=True, reopen=False)
    book.write_off("A", 0, 2, into=False)
    book.credit("A", "payment", 50, 3, [0])
    book.check()

    assert () == book.ours["A"].releases
