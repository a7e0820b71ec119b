"""Each invariant is silent on a sound book, and says in a sentence what broke on another."""

from datetime import date

import pytest

from ledgerkit import allocation, journal, money, receivables, testing, transactions
from ledgerkit.receivables import Account

eur = money.maker("EUR")
ON = date(2026, 3, 1)


def book(**facts: object) -> Account:
    invoice = transactions.invoice("INV-1", eur("10.00"))
    payment = transactions.payment("PAY-1", eur("4.00"), method="card")
    account = receivables.account("ACME", currency="EUR")
    for draft in (invoice, payment):
        account = receivables.post(account, draft, on=ON).account
    return account


def broken(account: Account, **fields: object) -> Account:
    """An account that no decision makes."""
    for name, value in fields.items():
        object.__setattr__(account, name, value)
    return account


def row(minor: int) -> tuple[object, ...]:
    return ("PAY-1", "INV-1", minor, ON, "fifo", 3, 0, 0, (allocation.RULES["fifo"], "PAY-1", "INV-1", minor, "EUR", 0, 0))


def test_a_sound_book_passes():
    """Nothing is said of an account as decisions make it."""
    account = book()

    testing.nothing_over_allocated(account)
    testing.balance_is_open_items(account)


def test_a_credit_that_gives_more_than_it_has():
    """4.00 EUR is allocated twice."""
    account = book()

    with pytest.raises(AssertionError, match=r"^8\.00 EUR is allocated of PAY-1, which is of 4\.00 EUR\.$"):
        testing.nothing_over_allocated(broken(account, _history=(account._history, (row(400),), ())))


def test_a_release_of_more_than_was_allocated():
    """5.00 EUR leaves where 4.00 EUR was."""
    account = book()
    back = ("PAY-1", "INV-1", 500, ON, "by-hand", "fifo", 3)

    with pytest.raises(AssertionError, match=r"^1\.00 EUR more of PAY-1 was released from INV-1 than was allocated\.$"):
        testing.nothing_over_allocated(broken(account, _history=(account._history, (), (back,))))


def test_a_balance_that_is_not_what_is_open():
    """The balance is one thing, the items another."""
    with pytest.raises(
        AssertionError, match=r"^the balance of ACME is 7\.00 EUR, and 6\.00 EUR is open, 0\.00 EUR unallocated\.$"
    ):
        testing.balance_is_open_items(broken(book(), balance_minor=700))


def entry(*sides: tuple[str, int]) -> journal.Entry:
    made = journal.Entry.__new__(journal.Entry)
    made.__attrs_init__("E-1", ON, "INV-1", tuple((role, minor, "EUR", None, None) for role, minor in sides), None)
    return made


def test_an_entry_that_does_not_balance():
    """A unit is missing, or a side."""
    testing.entries_balance([entry(("receivable", 100), ("revenue", -100))])
    with pytest.raises(AssertionError, match=r"^entry E-1 does not balance: it sums to 0\.01 EUR\.$"):
        testing.entries_balance([entry(("receivable", 100), ("revenue", -99))])
    with pytest.raises(AssertionError, match=r"^entry E-1 has 1 postings, and takes two at least\.$"):
        testing.entries_balance([entry(("receivable", 0))])


def test_parts_that_are_not_the_whole():
    """A cent is missing."""
    testing.parts_sum_to_whole([eur("3.34"), eur("3.33"), eur("3.33")], eur("10.00"))
    with pytest.raises(AssertionError, match=r"^the parts sum to 9\.99 EUR, and the whole is 10\.00 EUR\.$"):
        testing.parts_sum_to_whole([eur("3.33")] * 3, eur("10.00"))
