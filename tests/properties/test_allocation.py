"""The invariants of allocation, I21 to I30 and I33: one call of ``allocate``, over any items."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledgerkit import allocation, money
from ledgerkit.allocation import AGAINST_ITEM, FIFO, LIFO, MANUAL, PRO_RATA, STATUTORY, Allocations, Item, Items
from ledgerkit.transactions import Portion

FIRST = date(2026, 1, 1)
ON = FIRST
POLICIES = (FIFO, AGAINST_ITEM, LIFO, PRO_RATA, STATUTORY, MANUAL)
AUTOMATIC = st.sampled_from([policy for policy in POLICIES if policy is not MANUAL])
Pairs = dict[tuple[str, str], int]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def item(id: str, minor: int, **said: Any) -> Item:
    return Item(id=id, amount=money.from_minor(minor, "EUR"), posted_on=said.pop("posted_on", FIRST), **said)


@st.composite
def debits(draw: st.DrawFn, *, most: int = 8, holds: bool = True) -> list[Item]:
    """Up to eight debits of any dates; the arrival is their own, so that order does not come from the call."""
    found = []
    for at in range(draw(st.integers(0, most))):
        minor = draw(st.integers(0, 1000))
        posted = draw(st.integers(0, 5))
        found.append(
            item(
                f"D{at}", minor, open=money.from_minor(draw(st.integers(0, minor)), "EUR"), posted_on=day(posted),
                due_on=day(posted + draw(st.integers(0, 5))), held=holds and draw(st.booleans()) and draw(st.booleans()),
                arrival=at, portion=draw(st.sampled_from(Portion)),
            )
        )  # fmt: skip
    return found


@st.composite
def credits(draw: st.DrawFn, owed: list[Item], *, most: int = 8, holds: bool = True, names: bool = True) -> list[Item]:
    """Up to eight credits, some of which name debits."""
    ids = [one.id for one in owed]
    found = []
    for at in range(draw(st.integers(0, most))):
        named = draw(st.lists(st.sampled_from(ids), unique=True, max_size=3)) if ids and names else []
        found.append(
            item(
                f"C{at}", draw(st.integers(0, 1000)), posted_on=day(draw(st.integers(0, 5))), against=named,
                held=holds and draw(st.booleans()) and draw(st.booleans()), priority=draw(st.integers(0, 2)),
                expires_on=draw(st.none() | st.integers(90, 95).map(day)), arrival=at,
            )
        )  # fmt: skip
    return found


@st.composite
def sides(draw: st.DrawFn, /, **said: Any) -> tuple[list[Item], list[Item]]:
    """Credits and debits."""
    owed = draw(debits(holds=said.get("holds", True)))
    return draw(credits(owed, **said)), owed


def pairs(made: Allocations) -> Pairs:
    found: Pairs = {}
    for row in made:
        found[row.credit, row.debit] = found.get((row.credit, row.debit), 0) + row.amount_minor
    return found


def by(made: Allocations, side: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for pair, minor in pairs(made).items():
        sums[pair[side]] += minor
    return sums


def left(made: Allocations, have: list[Item], owed: list[Item]) -> tuple[dict[str, int], dict[str, int]]:
    """What is left of each, counted here."""
    used, settled = by(made, 0), by(made, 1)
    return (
        {one.id: one.open_minor - used[one.id] for one in have},
        {one.id: one.open_minor - settled[one.id] for one in owed},
    )


def minors(amounts: Any) -> dict[str, int]:
    return {id: money.to_minor(amount) for id, amount in amounts.items()}


@given(sides(), st.sampled_from(POLICIES))
def test_i21_conservation(both: tuple[list[Item], list[Item]], policy: allocation.Policy):
    """No credit gives more than it has, no debit takes more than is open, and every row is positive."""
    made = allocation.allocate(*both, on=ON, policy=policy)
    free, open_ = left(made, *both)

    assert all(row.amount_minor > 0 and row.currency == "EUR" for row in made)
    assert all(minor >= 0 for minor in (*free.values(), *open_.values()))
    assert {id: minor for id, minor in free.items() if minor} == minors(made.unallocated)
    assert {id: minor for id, minor in open_.items() if minor} == minors(made.open)
    assert sum(pairs(made).values()) == money.to_minor(made.total) if made.currency else not len(made)


@given(sides(), AUTOMATIC)
def test_i22_completeness(both: tuple[list[Item], list[Item]], policy: allocation.Policy):
    """What takes part is used up on one side at least."""
    free, open_ = left(allocation.allocate(*both, on=ON, policy=policy), *both)

    have = any(free[one.id] for one in both[0] if not one.held)
    owed = any(open_[one.id] for one in both[1] if not one.held)
    assert not (have and owed)


@given(sides(), st.sampled_from(POLICIES))
def test_i23_balance(both: tuple[list[Item], list[Item]], policy: allocation.Policy):
    """Debits less credits are what is open less what is unallocated, before and after."""
    made = allocation.allocate(*both, on=ON, policy=policy)

    before = sum(one.open_minor for one in both[1]) - sum(one.open_minor for one in both[0])
    assert before == sum(minors(made.open).values()) - sum(minors(made.unallocated).values())


@given(sides(), st.sampled_from(POLICIES), st.randoms(use_true_random=False))
def test_i24_the_order_of_the_call_does_not_matter(both: Any, policy: allocation.Policy, dice: Any):
    """Order comes from dates and arrival, which the items carry."""
    have, owed = both
    other = allocation.allocate(dice.sample(have, len(have)), dice.sample(owed, len(owed)), on=ON, policy=policy)

    made = allocation.allocate(have, owed, on=ON, policy=policy)
    assert pairs(made) == pairs(other)
    assert set(made) == set(other)
    assert made == other
    assert hash(made) == hash(other)


def overlap(have: list[Item], owed: list[Item]) -> Pairs:
    """FIFO told at once: how far the stretches of the two running totals lie upon each other."""
    found: Pairs = {}
    start = 0
    for one in have:
        end = start + one.open_minor
        from_ = 0
        for other in owed:
            to = from_ + other.open_minor
            if min(end, to) > max(start, from_):
                found[one.id, other.id] = min(end, to) - max(start, from_)
            from_ = to
        start = end
    return found


def used_in_order(have: list[Item]) -> list[Item]:
    return sorted(have, key=lambda one: (one.priority, one.expires_on or date.max, one.posted_on, one.arrival))


def settled_in_order(owed: list[Item]) -> list[Item]:
    return sorted(owed, key=lambda one: (one.due_on or one.posted_on, one.posted_on, one.arrival))


@given(sides(holds=False))
def test_i25_fifo_is_the_overlap_of_running_totals(both: tuple[list[Item], list[Item]]):
    """The closed form, told without any loop over what is left."""
    expected = overlap(used_in_order(both[0]), settled_in_order(both[1]))

    assert expected == pairs(allocation.allocate(*both, on=ON, policy=FIFO))


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 5)), max_size=12), st.lists(st.tuples(
    st.integers(0, 1000), st.integers(0, 5), st.integers(0, 5)), max_size=12))  # fmt: skip
def test_i25_columns_are_the_same_as_items(have: list[tuple[int, int]], owed: list[tuple[int, int, int]]):
    """One kernel: columns give what items give."""
    one = Items(
        currency="EUR", ids=[f"C{at}" for at in range(len(have))], open_minor=[row[0] for row in have],
        posted_on=[day(row[1]) for row in have],
    )  # fmt: skip
    other = Items(
        currency="EUR", ids=[f"D{at}" for at in range(len(owed))], open_minor=[row[0] for row in owed],
        posted_on=[day(row[1]) for row in owed], due_on=[day(row[1] + row[2]) for row in owed],
    )  # fmt: skip
    as_credits = [item(f"C{at}", row[0], posted_on=day(row[1])) for at, row in enumerate(have)]
    as_debits = [item(f"D{at}", row[0], posted_on=day(row[1]), due_on=day(row[1] + row[2])) for at, row in enumerate(owed)]
    for policy in (FIFO, LIFO, PRO_RATA, MANUAL):
        assert pairs(allocation.allocate(as_credits, as_debits, on=ON, policy=policy)) == pairs(
            allocation.allocate(one, other, on=ON, policy=policy)
        )


def halved(several: list[Item], at: int, first: int) -> list[Item]:
    """The item at *at* as two of the same dates and adjacent order."""
    one = several[at]
    rest = one.open_minor - first
    said = {
        name: getattr(one, name) for name in ("posted_on", "due_on", "held", "priority", "expires_on", "portion", "against")
    }
    parts = [item(f"{one.id}/{n}", minor, arrival=one.arrival, **said) for n, minor in enumerate((first, rest))]
    return [*several[:at], *parts, *several[at + 1 :]]


@given(sides(names=False), st.sampled_from([FIFO, LIFO, STATUTORY]), st.data())
def test_i26_splitting_one_side_changes_nothing_for_the_other(both: Any, policy: allocation.Policy, data: st.DataObject):
    """One credit or two that together are it: each debit gets the same; and the other way about."""
    have, owed = both
    made = allocation.allocate(have, owed, on=ON, policy=policy)
    if have:
        at = data.draw(st.integers(0, len(have) - 1))
        parts = halved(have, at, data.draw(st.integers(0, have[at].open_minor)))
        assert by(made, 1) == by(allocation.allocate(parts, owed, on=ON, policy=policy), 1)
    if owed:
        at = data.draw(st.integers(0, len(owed) - 1))
        parts = halved(owed, at, data.draw(st.integers(0, owed[at].open_minor)))
        assert by(made, 0) == by(allocation.allocate(have, parts, on=ON, policy=policy), 0)


@given(sides(), st.integers(1, 1000))
def test_i27_a_credit_at_the_end_changes_no_earlier_row(both: tuple[list[Item], list[Item]], minor: int):
    """FIFO only appends."""
    have, owed = both
    last = item("last", minor, posted_on=day(30), priority=9, arrival=99)

    before = list(allocation.allocate(have, owed, on=ON, policy=FIFO))
    assert before == list(allocation.allocate([*have, last], owed, on=ON, policy=FIFO))[: len(before)]


@given(sides(), st.sampled_from(POLICIES), st.data())
def test_i28_without_a_credit_is_as_if_it_had_never_been(both: Any, policy: allocation.Policy, data: st.DataObject):
    """Taken back: what others got stays, what it settled is open again, and a run without it is a run from nothing."""
    have, owed = both
    made = allocation.allocate(have, owed, on=ON, policy=policy)
    if not have:
        return
    gone = data.draw(st.sampled_from(have)).id
    rows = [row for row in made if row.credit == gone]

    taken = allocation.release(rows, on=ON, reason="bounced")
    assert sum(back.amount_minor for back in taken) == by(made, 0)[gone]
    assert Counter((row.debit, row.amount_minor) for row in rows) == Counter((back.debit, back.amount_minor) for back in taken)

    others = [one for one in have if one.id != gone]
    again = allocation.allocate(others, owed, on=ON, policy=policy)
    zeroed = [one if one.id != gone else item(gone, 0, arrival=one.arrival) for one in have]
    assert pairs(again) == pairs(allocation.allocate(zeroed, owed, on=ON, policy=policy))


@given(st.lists(st.integers(1, 500), max_size=8), st.integers(0, 4000))
def test_i28_a_release_of_a_part_takes_the_latest_first(amounts: list[int], wanted: int):
    """Exactly what is asked for, from the end."""
    rows = [
        allocation.Allocation(credit="C", debit=f"D{at}", amount=money.from_minor(minor, "EUR"), on=day(at), policy="fifo")
        for at, minor in enumerate(amounts)
    ]
    wanted = min(wanted, sum(amounts))
    if not wanted:
        return
    taken = allocation.release(rows, on=ON, reason="asked for", amount=money.from_minor(wanted, "EUR"))
    freed: dict[str, int] = {back.debit: back.amount_minor for back in taken}

    assert wanted == sum(freed.values())
    touched = [at for at in range(len(rows)) if f"D{at}" in freed]
    assert touched == list(range(len(rows) - len(touched), len(rows)))
    assert all(freed[f"D{at}"] == amounts[at] for at in touched[1:])


@given(sides(holds=False))
def test_i29_what_is_named_comes_first(both: tuple[list[Item], list[Item]]):
    """The credit used first gets all of what it names that it can pay, whatever else is due earlier."""
    have, owed = both
    made = allocation.allocate(have, owed, on=ON, policy=AGAINST_ITEM)
    first = next((one for one in used_in_order(have) if one.against), None)
    if first is None:
        return
    named = [one for one in settled_in_order(owed) if one.id in first.against]
    expected, minor = {}, first.open_minor
    for one in named:
        taken = min(minor, one.open_minor)
        minor -= taken
        expected[one.id] = taken

    rows = [row for row in made if row.credit == first.id and row.policy == "against-item"]
    assert {id: taken for id, taken in expected.items() if taken} == {row.debit: row.amount_minor for row in rows}


@given(sides(names=False), AUTOMATIC)
def test_i30_what_is_held_takes_no_part(both: tuple[list[Item], list[Item]], policy: allocation.Policy):
    """With held items or without them: the rest is allocated the same."""
    have, owed = both
    made = allocation.allocate(have, owed, on=ON, policy=policy)

    assert not {one.id for one in (*have, *owed) if one.held} & {id for pair in pairs(made) for id in pair}
    free = [one for one in have if not one.held], [one for one in owed if not one.held]
    assert pairs(made) == pairs(allocation.allocate(*free, on=ON, policy=policy))


@given(sides(names=False))
def test_i30_what_is_held_is_settled_by_name(both: tuple[list[Item], list[Item]]):
    """Holding is against automatic allocation only."""
    _, owed = both
    for one in owed:
        if one.held and one.open_minor:
            paid = item("C", one.open_minor, against=[one.id])
            assert {("C", one.id): one.open_minor} == pairs(allocation.allocate([paid], owed, on=ON))


@given(sides(names=False))
def test_i33_pro_rata_is_fair(both: tuple[list[Item], list[Item]]):
    """Each share lies within a unit of its exact one, none is more than is open, nothing goes to what is not open."""
    have, owed = both
    made = allocation.allocate(have, owed, on=ON, policy=PRO_RATA)
    open_: dict[str, int] = {one.id: one.open_minor for one in owed if not one.held}
    for credit in used_in_order(have):
        if credit.held:
            continue
        taken = min(credit.open_minor, sum(open_.values()))
        shares: dict[str, int] = {row.debit: row.amount_minor for row in made if row.credit == credit.id}
        assert taken == sum(shares.values())
        total = sum(open_.values())
        for id, minor in open_.items():
            share = shares.get(id, 0)
            assert share <= minor
            assert not total or abs(share * total - taken * minor) < total
        open_ = {id: minor - shares.get(id, 0) for id, minor in open_.items()}
