"""Which credit settles which debit, without an account."""

import pickle
import random
from datetime import date
from typing import Any

import pytest

from ledgerkit import allocation, ids, money
from ledgerkit.allocation import Allocations, Item, Items, Policy
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.transactions import Portion

eur = money.maker("EUR")
ON = date(2026, 12, 31)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def item(line: str, **more: Any) -> Item:
    """``"INV-1 60.00 03-01 due 03-31 for INV-2"``."""
    id, amount, posted, *words = line.split()
    said = dict(zip(words[::2], words[1::2], strict=True))
    if "due" in said:
        more["due_on"] = day(said["due"])
    if "for" in said:
        more["against"] = said["for"].split(",")
    return Item(id=id, amount=eur(amount), posted_on=day(posted), **more)


def items(*lines: str) -> list[Item]:
    return [item(line) for line in lines]


def rows(made: Allocations) -> list[str]:
    return [f"{row.credit} -> {row.debit} {row.amount.amount}" for row in made]


INVOICES = items("INV-1 60.00 03-01 due 03-31", "INV-2 40.00 03-02 due 03-20", "INV-3 30.00 03-03 due 04-30")
PAYMENT = items("PAY-1 80.00 03-10")


def test_fifo_is_by_due_date():
    """INV-2 is due first."""
    made = allocation.allocate(PAYMENT, INVOICES, on=ON, policy=allocation.FIFO)

    assert ["PAY-1 -> INV-2 40.00", "PAY-1 -> INV-1 40.00"] == rows(made)
    assert ({"INV-1": eur("20.00"), "INV-3": eur("30.00")}, {}) == (made.open, made.unallocated)
    assert eur("80.00") == made.total


def test_lifo_is_the_latest_due_date_first():
    """Equal dates keep their order of arrival."""
    same = [*INVOICES, *items("INV-4 5.00 03-03 due 04-30")]

    made = allocation.allocate(PAYMENT, same, on=ON, policy=allocation.LIFO)

    assert ["PAY-1 -> INV-3 30.00", "PAY-1 -> INV-4 5.00", "PAY-1 -> INV-1 45.00"] == rows(made)


def test_pro_rata_is_in_proportion_to_what_is_open():
    """80.00 over 60, 40 and 30 of 130: 36.92, 24.62, 18.46."""
    made = allocation.allocate(PAYMENT, INVOICES, on=ON, policy=allocation.PRO_RATA)

    assert {"PAY-1 -> INV-1 36.92", "PAY-1 -> INV-2 24.62", "PAY-1 -> INV-3 18.46"} == set(rows(made))


def test_pro_rata_stops_when_all_is_settled():
    """The second payment is not touched."""
    paid = items("PAY-1 130.00 03-10", "PAY-2 1.00 03-11")

    made = allocation.allocate(paid, INVOICES, on=ON, policy=allocation.PRO_RATA)

    assert ({}, {"PAY-2": eur("1.00")}) == (made.open, made.unallocated)


def test_the_statutory_order_is_costs_interest_principal():
    """Before all dates; another order is a policy of the host's."""
    debits = [
        item("RENT 50.00 01-01"), item("FEE 10.00 03-01", portion=Portion.COSTS), item("LATE 5.00 03-02", portion=Portion.INTEREST)
    ]  # fmt: skip
    principal_first = Policy(
        name="principal first", order=allocation.Order.BY_PORTION, portions=[Portion.PRINCIPAL, Portion.COSTS, Portion.INTEREST]
    )

    german = allocation.allocate(items("PAY-1 20.00 03-10"), debits, on=ON, policy=allocation.STATUTORY)
    own = allocation.allocate(items("PAY-1 55.00 03-10"), debits, on=ON, policy=principal_first)

    assert ["PAY-1 -> FEE 10.00", "PAY-1 -> LATE 5.00", "PAY-1 -> RENT 5.00"] == rows(german)
    assert ["PAY-1 -> RENT 50.00", "PAY-1 -> FEE 5.00"] == rows(own)


def test_by_hand_nothing_is_automatic():
    """What a person says is said elsewhere."""
    assert [] == rows(allocation.allocate(PAYMENT, INVOICES, on=ON, policy=allocation.MANUAL))


def test_against_item_goes_to_the_names_first():
    """FIFO among them, the rest FIFO over everything; held by neither order of the list nor of the names."""
    paid = items("PAY-1 90.00 03-10 for INV-3,INV-1")

    made = allocation.allocate(paid, INVOICES, on=ON)

    assert ["PAY-1 -> INV-1 60.00", "PAY-1 -> INV-3 30.00"] == rows(made)
    assert ["against-item"] * 2 == [row.policy for row in made]
    more = allocation.allocate(items("PAY-1 95.00 03-10 for INV-3,INV-1"), INVOICES, on=ON)
    assert ("PAY-1 -> INV-2 5.00", "fifo") == (rows(more)[-1], list(more)[-1].policy)


def test_names_of_several_credits():
    """Each in its turn; what one has settled the other leaves."""
    paid = items("PAY-2 50.00 03-11 for INV-1", "PAY-1 50.00 03-10 for INV-1")

    made = allocation.allocate(paid, INVOICES, on=ON)

    assert ["PAY-1 -> INV-1 50.00", "PAY-2 -> INV-1 10.00", "PAY-2 -> INV-2 40.00"] == rows(made)


def test_under_fifo_names_are_ignored():
    """Even names of what is not there."""
    made = allocation.allocate(items("PAY-1 40.00 03-10 for INV-9"), INVOICES, on=ON, policy=allocation.FIFO)

    assert ["PAY-1 -> INV-2 40.00"] == rows(made)


def test_held_items_take_part_only_by_name():
    """On both sides."""
    debits = [item("INV-1 60.00 03-01", held=True), item("INV-2 40.00 03-02")]
    credits = [item("PAY-1 10.00 03-10", held=True), item("PAY-2 70.00 03-10"), item("PAY-3 5.00 03-10 for INV-1", held=True)]

    made = allocation.allocate(credits, debits, on=ON)

    assert ["PAY-3 -> INV-1 5.00", "PAY-2 -> INV-2 40.00"] == rows(made)


def test_credits_by_priority_expiry_posting_arrival():
    """Never by the text of an id."""
    credits = [
        item("Z 1.00 03-05"), item("A 1.00 03-05"), item("OLD 1.00 03-01"), item("SOON 1.00 03-09", expires_on=day("04-01")),
        item("LAST 1.00 01-01", priority=1), item("SOONER 1.00 03-09", expires_on=day("03-31")), item("EARLY 1.00 03-05", arrival=-1),
    ]  # fmt: skip

    made = allocation.allocate(credits, items("INV-1 7.00 03-01"), on=ON)

    assert ["SOONER", "SOON", "OLD", "EARLY", "Z", "A", "LAST"] == [row.credit for row in made]


def test_debits_by_due_date_posting_arrival():
    """Without a due date, by posting."""
    debits = [item("Z 1.00 03-05"), item("A 1.00 03-05"), item("B 1.00 03-02 due 03-05"), item("C 1.00 03-05", arrival=-1)]

    made = allocation.allocate(items("PAY-1 4.00 03-10"), debits, on=ON)

    assert ["B", "C", "Z", "A"] == [row.debit for row in made]


def test_a_row_counts_from_the_latest_of_three_days():
    """Of the call and of both postings."""
    debits, early, late = items("INV-1 5.00 03-01"), items("PAY-1 5.00 03-10"), items("PAY-1 5.00 02-10")

    assert [day("03-10")] == [row.on for row in allocation.allocate(early, debits, on=day("01-01"))]
    assert [day("03-01")] == [row.on for row in allocation.allocate(late, debits, on=day("01-01"))]
    assert [day("04-01")] == [row.on for row in allocation.allocate(late, debits, on=day("04-01"))]


def test_what_is_open_is_allocated():
    """Not what the document was for."""
    part = Item(id="INV-1", amount=eur("60.00"), open=eur("20.00"), posted_on=day("03-01"))

    made = allocation.allocate(PAYMENT, [part], on=ON)

    assert (["PAY-1 -> INV-1 20.00"], {"PAY-1": eur("60.00")}) == (rows(made), made.unallocated)


def test_nothing_with_something():
    """No credits, no debits, neither, zeros."""
    empty = allocation.allocate([], [], on=ON)

    assert ({}, {}, [], None) == (empty.open, empty.unallocated, rows(empty), empty.currency)
    assert "nothing allocated by against-item on 2026-12-31" == empty.explain()
    with pytest.raises(money.CurrencyMismatch):
        assert empty.total
    assert {"PAY-1": eur("80.00")} == allocation.allocate(PAYMENT, [], on=ON).unallocated
    assert 3 == len(allocation.allocate([], INVOICES, on=ON).open)
    zeros = allocation.allocate(
        items("PAY-1 0.00 03-10", "PAY-2 9.00 03-10"), items("INV-1 0.00 03-10", "INV-2 5.00 03-10"), on=ON
    )
    assert ["PAY-2 -> INV-2 5.00"] == rows(zeros)


def test_a_generator_is_read_once():
    """And a host's list is not kept."""
    debits = list(INVOICES)

    made = allocation.allocate(iter(PAYMENT), iter(debits), on=ON)
    debits.clear()

    assert 2 == len(list(made)) == len(list(made))


def test_every_row_says_why():
    """The rule, what it saw, what is left."""
    made = allocation.allocate(items("PAY-1 70.00 03-10 for INV-1"), INVOICES, on=day("03-10"))

    assert """\
70.00 EUR allocated by against-item on 2026-03-10
  allocation.against-item/1: PAY-1 -> INV-1 60.00 EUR, due 2026-03-31; INV-1 is settled
  allocation.fifo/1: PAY-1 -> INV-2 10.00 EUR, due 2026-03-20; 30.00 EUR stays open""" == made.explain()
    assert ["allocation.against-item/1", "allocation.fifo/1"] == [step.rule for step in made.trail.steps]
    first = next(iter(made))
    assert "PAY-1 -> INV-1 60.00 EUR, from 2026-03-10" == first.explain().splitlines()[0]
    assert ["allocation.against-item/1"] == [step.rule for step in first.trail.steps]


def test_the_rows_as_a_table():
    """As text and as HTML; of nothing too."""
    made = allocation.allocate(PAYMENT, INVOICES, on=day("03-10"))

    assert """\
Allocations in EUR
credit  debit  on          policy  amount
PAY-1   INV-2  2026-03-10  fifo     40.00
PAY-1   INV-1  2026-03-10  fifo     40.00""" == str(made)
    assert "<td" in made._repr_html_()
    assert "Allocations in no currency" in str(allocation.allocate([], [], on=ON))


def test_equal_results_are_equal():
    """By their rows, in any order, and by what is open."""
    one = allocation.allocate(PAYMENT, INVOICES, on=ON)
    again = allocation.allocate(PAYMENT, list(reversed(INVOICES)), on=ON)

    assert (one, hash(one)) == (again, hash(again))
    assert one != allocation.allocate(PAYMENT, INVOICES, on=ON, policy=allocation.FIFO)
    assert one != allocation.allocate(PAYMENT, INVOICES[:2], on=ON)
    assert one != "allocations"


def columns(given: list[Item]) -> Items:
    return Items(
        currency="EUR",
        ids=[one.id for one in given],
        open_minor=[one.open_minor for one in given],
        posted_on=[one.posted_on for one in given],
        due_on=[(one.due_on or one.posted_on).toordinal() for one in given],
    )


@pytest.mark.parametrize(
    "policy", [allocation.FIFO, allocation.LIFO, allocation.PRO_RATA, allocation.MANUAL, allocation.AGAINST_ITEM]
)
@pytest.mark.parametrize("seed", range(6))
def test_columns_give_the_same_as_items(policy, seed):
    """There is one implementation of each rule; in order or not, with zeros or without."""
    rng = random.Random(seed)

    def some(prefix: str) -> list[Item]:
        made = [
            Item(
                id=f"{prefix}-{at}",
                amount=eur(f"{rng.randint(seed % 2, 900)}.00"),
                posted_on=date.fromordinal(739_000 + rng.randint(0, 9)),
                due_on=date.fromordinal(739_010 + rng.randint(0, 5)) if prefix == "INV" and seed % 3 else None,
            )
            for at in range(40)
        ]
        return made if seed < 4 else sorted(made, key=lambda one: (one.due_on or one.posted_on, one.posted_on))

    credits, debits = some("PAY"), some("INV")

    assert rows(allocation.allocate(credits, debits, on=ON, policy=policy)) == rows(
        allocation.allocate(columns(credits), columns(debits), on=ON, policy=policy)
    )


def test_columns_without_due_dates():
    """They are due on posting; already in order they are not sorted."""
    short = Items(currency="EUR", ids=["INV-2", "INV-1"], open_minor=[500, 500], posted_on=[day("03-02"), day("03-01")])
    paid = Items(currency="EUR", ids=["PAY-1"], open_minor=[700], posted_on=[day("03-05")])

    assert ["PAY-1 -> INV-1 5.00", "PAY-1 -> INV-2 2.00"] == rows(allocation.allocate(paid, short, on=ON))
    assert ["PAY-1 -> INV-2 5.00", "PAY-1 -> INV-1 2.00"] == rows(
        allocation.allocate(paid, short, on=ON, policy=allocation.LIFO)
    )
    assert ["PAY-2 -> INV-1 5.00", "PAY-2 -> INV-2 4.00"] == rows(
        allocation.allocate(items("PAY-2 9.00 03-05 for INV-1"), short, on=ON)
    )
    assert 2 == len(short)


@pytest.mark.parametrize(
    ("credits", "debits", "error"),
    [
        (items("A 1.00 03-01"), [Item(id="B", amount=money.of("1.00 USD"), posted_on=ON)], money.CurrencyMismatch),
        ([], [*items("A 1.00 03-01"), Item(id="B", amount=money.of("1.00 USD"), posted_on=ON)], money.CurrencyMismatch),
        (items("A 1.00 03-01", "B 1.00 03-01", "A 1.00 03-01"), [], ids.DuplicateId),
        (items("A 1.00 03-01"), items("A 1.00 03-01"), ids.DuplicateId),
        (items("A 1.00 03-01 for INV-9"), items("B 1.00 03-01"), ids.UnknownReference),
        ("A", [], InvalidArgument),
        (5, [], InvalidArgument),
        (item("A 1.00 03-01"), [], InvalidArgument),
        (["A"], [], InvalidArgument),
        ([], [None], InvalidArgument),
    ],
)
def test_what_is_refused(credits, debits, error):
    """Two currencies, an id twice, a name of nothing, what are no items."""
    with pytest.raises(error):
        allocation.allocate(credits, debits, on=ON)


def test_a_repeated_id_among_many_is_found_at_once():
    """Of 50,000, the last: no search of all pairs."""
    many = [Item(id=f"A-{at % 49_999}", amount=eur("1"), posted_on=ON) for at in range(50_000)]

    with pytest.raises(ids.DuplicateId, match="A-0"):
        allocation.allocate(many, [], on=ON)


def test_a_policy_is_one_of_ours_or_made_of_them():
    """A name alone is none; portions are ranked once each."""
    with pytest.raises(InvalidArgument, match="policy is a str"):
        allocation.allocate([], [], on=ON, policy="fifo")  # type: ignore[arg-type]
    for portions in ([Portion.COSTS], [Portion.COSTS, Portion.COSTS, Portion.INTEREST, Portion.PRINCIPAL]):
        with pytest.raises(UsageError, match="does not rank every portion once"):
            Policy(name="own", order=allocation.Order.BY_PORTION, portions=portions)
    with pytest.raises(UsageError):
        Policy(name="own", order="random")
    with pytest.raises(UsageError):
        Policy(name="", order=allocation.Order.OLDEST_FIRST)
    with pytest.raises(UsageError):
        allocation.Allocations()


def test_a_result_pickles():
    """With all its columns; it says the same."""
    made = allocation.allocate(items("PAY-1 70.00 03-10 for INV-1"), INVOICES, on=ON)

    again = pickle.loads(pickle.dumps(made))

    assert (made, made.explain()) == (again, again.explain())


def test_a_name_of_what_is_settled_takes_nothing():
    """PAY-1 has settled INV-1; PAY-2 names both and goes to INV-2."""
    paid = items("PAY-1 60.00 03-10 for INV-1", "PAY-2 10.00 03-11 for INV-1,INV-2")

    assert ["PAY-1 -> INV-1 60.00", "PAY-2 -> INV-2 10.00"] == rows(allocation.allocate(paid, INVOICES, on=ON))


def test_the_kernels_count_in_whole_minor_units():
    """What they are given is refused in our words."""
    for kernel in (allocation.in_order, allocation.pro_rata):
        with pytest.raises(InvalidArgument, match="not counted in int"):
            kernel(["1"], [1])  # type: ignore[list-item]
    with pytest.raises(InvalidArgument, match="policy is a str"):
        allocation.debit_key("fifo", due=1, posted=1, arrival=1)  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument, match="portions is 5"):
        Policy(name="own", order=allocation.Order.BY_PORTION, portions=5)
    with pytest.raises(InvalidArgument, match="portions is an int"):
        Policy(name="own", order=allocation.Order.BY_PORTION, portions=10**5000)


def test_amounts_of_any_size():
    """Beyond 64 bits, and not in order: as exact."""
    huge = 10**20
    debits = Items(
        currency="EUR", ids=["INV-2", "INV-1"], open_minor=[huge + 2, huge + 1], posted_on=[day("03-02"), day("03-01")]
    )
    paid = Items(currency="EUR", ids=["PAY-2", "PAY-1"], open_minor=[1, 2 * huge], posted_on=[day("03-04"), day("03-03")])

    made = allocation.allocate(paid, debits, on=ON)

    assert [("PAY-1", "INV-1", huge + 1), ("PAY-1", "INV-2", huge - 1), ("PAY-2", "INV-2", 1)] == [
        (row.credit, row.debit, row.amount_minor) for row in made
    ]
    assert 2 == money.to_minor(made.open["INV-2"])


def test_the_kernel_of_nothing():
    """No credit, no debit, or nothing on either side."""
    for credits, debits in (([], []), ([5], []), ([], [5]), ([0], [])):
        assert ([], [], []) == allocation.in_order(credits, debits)
