"""The invariants of accounts: I23 and I32 on the documents of a shop, I30 and I31 over any history."""

import csv
import functools
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ledgerkit import allocation, money, receivables, transactions
from ledgerkit.receivables import Account, Aging, Basis, Credits, Edge, NotDue
from tests.models.book import Book, day, eur
from tests.test_account_machine import STEPS

SHOP = Path(__file__).parents[2] / "examples" / "data" / "online_retail_invoices.csv"
SEEDS = st.integers(0, 10**6)
LOOKS = st.integers(-1, 60)


def any_account(seed: int, steps: int = 15) -> Account:
    """An account after so many decisions of any kind."""
    dice = random.Random(seed)
    book = Book(previews=False)
    for _ in range(steps):
        dice.choice(STEPS)(book, dice)
    return book.ours["A"]


# -------------------------------------------------------------------------------------------------- the documents of a shop


class Row(NamedTuple):
    id: str
    customer: str
    on: date
    minor: int  # credit notes are negative


@functools.cache
def shop(customers: int) -> tuple[Row, ...]:
    """The documents of the first customers, in the order of time."""
    rows = []
    with SHOP.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            whole, cents = row["total"].lstrip("-").split(".")
            minor = int(whole) * 100 + int(cents)
            rows.append(
                Row(row["inv"], row["cust"], date.fromisoformat(row["ts"][:10]), -minor if row["total"][0] == "-" else minor)
            )
    chosen = set(list(dict.fromkeys(row.customer for row in rows))[:customers])
    return tuple(row for row in rows if row.customer in chosen)


@functools.cache
def posted(customers: int) -> dict[str, Account]:
    accounts: dict[str, Account] = {}
    for row in shop(customers):
        account = accounts.get(row.customer) or receivables.account(row.customer or "nobody", currency="GBP")
        amount = money.from_minor(abs(row.minor), "GBP")
        draft = transactions.credit_note(row.id, amount) if row.minor < 0 else transactions.invoice(row.id, amount)
        accounts[row.customer] = receivables.post(account, draft, on=row.on).account
    return accounts


def test_i23_on_the_documents_of_a_shop():
    """Each customer, at the end of each quarter: what is posted is what is open less what is unallocated."""
    accounts, rows = posted(300), shop(300)
    assert len(rows) > 1000
    for look in (date(2011, month, 1) - timedelta(days=1) for month in (1, 4, 7, 10)):
        for customer, account in accounts.items():
            expected = sum(row.minor for row in rows if row.customer == customer and row.on <= look)
            open_ = sum(item.open_minor for item in receivables.open_items(account, as_of=look))
            free = sum(item.open_minor for item in receivables.open_credits(account, as_of=look))
            assert expected == open_ - free == money.to_minor(receivables.balance(account, as_of=look))


def test_i25_on_the_documents_of_a_shop():
    """Each customer's credit notes settle the overlap of the running totals: what FIFO comes to, told without allocating."""
    for customer, account in posted(300).items():
        rows = [row for row in shop(300) if row.customer == customer]
        billed, credited = sum(row.minor for row in rows if row.minor > 0), -sum(row.minor for row in rows if row.minor < 0)
        open_ = [item.open_minor for item in receivables.open_items(account)]
        assert billed - min(billed, credited) == sum(open_)
        assert credited - min(billed, credited) == money.to_minor(receivables.unallocated(account))


def test_i32_on_the_documents_of_a_shop():
    """The buckets of all customers are what is open of them."""
    accounts = list(posted(300).values())
    for month in range(1, 13):
        aged = receivables.aging(accounts, as_of=date(2011, month, 28))
        assert sum(map(money.to_minor, aged.buckets.values())) == money.to_minor(aged.total)
        assert aged.balance == money.total([receivables.balance(one, as_of=aged.as_of) for one in accounts])


# -------------------------------------------------------------------------------------------------- any history


@given(SEEDS, LOOKS)
def test_i21_as_of_any_day_nothing_is_settled_twice(seed: int, look: int):
    """What is open on a day lies between nothing and the whole of the document."""
    account, on = any_account(seed), day(look)

    for items in (receivables.open_items, receivables.open_credits):
        for item in items(account, as_of=on):
            assert 0 < item.open_minor <= item.amount_minor
            assert item.posted_on <= on


@given(SEEDS, LOOKS)
def test_i23_balance_is_open_less_unallocated(seed: int, look: int):
    """At each date."""
    account, on = any_account(seed), day(look)
    open_ = sum(item.open_minor for item in receivables.open_items(account, as_of=on))

    free = money.to_minor(receivables.unallocated(account, as_of=on))
    assert open_ - free == money.to_minor(receivables.balance(account, as_of=on))


AMOUNTS = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 9)), max_size=6)


@given(AMOUNTS, AMOUNTS, st.integers(1, 900))
def test_i30_a_lifted_hold_leaves_no_trace(bills: list[tuple[int, int]], paid: list[tuple[int, int]], later: int):
    """Held and lifted before any credit came, the account allocates as one that was never held; held, it takes nothing."""
    plain = receivables.account("A", currency="EUR")
    for at, (minor, due) in enumerate(bills):
        draft = transactions.invoice(f"I{at}", eur(minor), due_on=day(due))
        plain = receivables.post(plain, draft, on=day(0)).account
    held = plain
    for at in range(0, len(bills), 2):
        held = receivables.hold(held, f"I{at}", on=day(1), reason="contested").account
    payment = transactions.payment("P", eur(later), method="wire")
    assert not {row.debit for row in receivables.post(held, payment, on=day(2)).allocations} & {
        f"I{at}" for at in range(0, len(bills), 2)
    }

    for at in range(0, len(bills), 2):
        held = receivables.lift(held, f"I{at}", on=day(1)).account
    for at, (minor, on) in enumerate(paid):
        draft = transactions.payment(f"P{at}", eur(minor), method="wire")
        plain = receivables.post(plain, draft, on=day(2 + on)).account
        held = receivables.post(held, draft, on=day(2 + on)).account
    assert facts(plain) == facts(held)


def facts(account: Account) -> list[Any]:
    return [(row.credit, row.debit, row.amount_minor, row.on) for row in account.allocations]


@given(SEEDS, st.integers(0, 30), st.data())
def test_i31_a_write_off_closes(seed: int, on: int, data: st.DataObject):
    """Nothing is open of it, what settled it and what was written off are its amount, and later money stays free."""
    account = any_account(seed)
    open_ = receivables.open_items(account)
    if not open_:
        return
    lost = data.draw(st.sampled_from(open_))
    gone = max(day(on), lost.posted_on)
    account = receivables.write_off(account, lost.id, id="WO", on=gone, reason="bankrupt").account
    assert receivables.settlement(account, lost.id) is receivables.Settlement.SETTLED
    assert lost.amount_minor == sum(row.amount_minor for row in receivables.allocations_of(account, lost.id))
    assert lost.open_minor == next(one.total_minor for one in account.transactions if one.id == "WO")

    by_name = transactions.payment("named", eur(10**6), method="wire", against=[lost.id])
    named = receivables.post(account, by_name, on=day(50)).account
    assert receivables.settlement(named, lost.id) is receivables.Settlement.SETTLED
    assert "WO" in {row.credit for row in receivables.allocations_of(named, lost.id)}

    later = receivables.post(account, transactions.payment("late", eur(10**6), method="wire"), on=day(50))
    assert lost.id not in {row.debit for row in later.allocations}
    again = receivables.recover(later.account, "WO", id="RE", on=day(51), reason="paid after all")
    assert lost.open_minor == sum(row.amount_minor for row in again.releases)
    if not lost.held:
        assert lost.open_minor == sum(row.amount_minor for row in again.allocations if row.debit == lost.id)


@given(SEEDS, st.integers(0, 60), st.sampled_from(Edge), st.sampled_from(Basis), st.sampled_from(Credits))
def test_i32_aging_adds_up_and_only_grows_older(seed: int, look: int, edge: Edge, basis: Basis, credits: Credits):
    """Each item is in one bucket, the buckets are what is open, and a day later nothing is younger."""
    account = any_account(seed)
    said: dict[str, Any] = {"edge": edge, "basis": basis, "credits": credits, "edges": (5, 10, 15)}
    today, next_day = (receivables.aging(account, as_of=day(look + more), **said) for more in (0, 1))

    assert len({row.item for row in today.columns}) == len(today.columns)
    assert sum(map(money.to_minor, today.buckets.values())) == money.to_minor(today.total)
    assert receivables.balance(account, as_of=today.as_of) == today.balance
    later: dict[str, int] = {row.item: row.bucket for row in next_day.columns}
    assert all(later.get(row.item, row.bucket) >= row.bucket for row in today.columns)
    assert_in_its_bucket(today, edge)
    if credits is Credits.APART:
        assert {row.item for row in today.columns} == {one.id for one in receivables.open_items(account, as_of=today.as_of)}


def assert_in_its_bucket(aged: Aging, edge: Edge) -> None:
    for row in aged.columns:
        past = sum(row.days > bound if edge is Edge.UPPER_INCLUSIVE else row.days >= bound for bound in (5, 10, 15))
        assert row.bucket == (0 if row.days <= 0 else 1 + past)


@given(SEEDS, st.integers(0, 60))
def test_i32_what_is_not_due_can_be_left_out(seed: int, look: int):
    """Without its own bucket, what is not due is in none; what is due today is in the first."""
    account = any_account(seed)
    whole = receivables.aging(account, as_of=day(look))
    without = receivables.aging(account, as_of=day(look), not_due=NotDue.EXCLUDED)

    assert {row.item for row in whole.columns if row.days >= 0} == {row.item for row in without.columns}


@given(SEEDS, st.lists(st.integers(1, 500), min_size=1, max_size=5), st.integers(1, 1500))
def test_i33_pro_rata_on_an_account(seed: int, bills: list[int], paid: int):
    """A payment is shared in proportion to what is open, each share within a unit."""
    account = receivables.account("A", currency="EUR", policy=allocation.PRO_RATA)
    dice = random.Random(seed)
    for at, minor in enumerate(bills):
        account = receivables.post(account, transactions.invoice(f"I{at}", eur(minor)), on=day(dice.randrange(9))).account
    update = receivables.post(account, transactions.payment("P", eur(paid), method="wire"), on=day(9))

    taken = min(paid, sum(bills))
    shares: dict[str, int] = {row.debit: row.amount_minor for row in update.allocations}
    assert taken == sum(shares.values())
    for at, minor in enumerate(bills):
        assert shares.get(f"I{at}", 0) <= minor
        assert abs(shares.get(f"I{at}", 0) * sum(bills) - taken * minor) < sum(bills)


@given(SEEDS, st.lists(st.tuples(st.booleans(), st.integers(0, 300), st.integers(46, 65)), max_size=8))
def test_i23_from_open_items_an_account_decides_the_same(seed: int, later: list[tuple[bool, int, int]]):
    """Loaded from what is open on a day, it allocates what comes later as the account that knows its whole history."""
    whole = any_account(seed)
    loaded = receivables.account(
        "A", currency="EUR", since=day(46), open_items=receivables.open_items(whole),
        open_credits=receivables.open_credits(whole),
    )  # fmt: skip
    assert whole.balance == loaded.balance

    for at, (debit, minor, on) in enumerate(later):
        made = transactions.invoice if debit else transactions.credit_note
        draft = made(f"late-{at}", eur(minor))
        one, other = (receivables.post(account, draft, on=day(on)) for account in (whole, loaded))
        rows = [[(row.credit, row.debit, row.amount_minor, row.on) for row in update.allocations] for update in (one, other)]
        assert rows[0] == rows[1]
        assert one.entries == other.entries
        whole, loaded = one.account, other.account
    for look in (46, 55, 75):
        for items in (receivables.open_items, receivables.open_credits):
            had, has = ({item.id: item.open_minor for item in items(account, as_of=day(look))} for account in (whole, loaded))
            assert had == has
        assert receivables.balance(whole, as_of=day(look)) == receivables.balance(loaded, as_of=day(look))
