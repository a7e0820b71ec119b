"""The records: items, columns, rows, releases."""

from datetime import date, datetime
from typing import Any

import pytest

from ledgerkit import allocation, ids, money, periods
from ledgerkit.allocation import Allocation, Item, Items, Release
from ledgerkit.errors import InvalidArgument, InvalidChoice, UsageError

eur = money.maker("EUR")
ON = date(2026, 3, 1)


def test_an_item_is_open_in_full_unless_said():
    """Amount, open amount, dates, text."""
    item = Item(id="INV-7", amount=eur("120.00"), open=eur("70.00"), posted_on=ON, due_on=date(2026, 3, 31), against=["INV-1"])

    assert (eur("120.00"), eur("70.00"), ("INV-1",)) == (item.amount, item.open, item.against)
    assert "INV-7 70.00 EUR open, due 2026-03-31" == str(item)
    assert "PAY-1 5.00 EUR open" == str(Item(id="PAY-1", amount=eur("5.00"), posted_on=ON))


def item(**said: Any) -> Item:
    return Item(**{"id": "INV-7", "amount": eur("120.00"), "posted_on": ON, **said})


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"id": ""}, UsageError),
        ({"amount": eur("-0.01")}, money.InvalidAmount),
        ({"amount": 120}, money.InvalidAmount),
        ({"open": eur("120.01")}, allocation.OverAllocation),
        ({"open": eur("-1.00")}, money.InvalidAmount),
        ({"open": money.of("1.00 USD")}, money.CurrencyMismatch),
        ({"posted_on": datetime(2026, 3, 1)}, periods.InvalidDate),
        ({"due_on": "2026-03-01"}, periods.InvalidDate),
        ({"expires_on": 5}, periods.InvalidDate),
        ({"against": "INV-1"}, InvalidArgument),
        ({"against": 5}, InvalidArgument),
        ({"against": ["INV-7"]}, ids.CyclicReference),
        ({"against": ["INV-1", "INV-1"]}, ids.DuplicateId),
        ({"held": 1}, InvalidArgument),
        ({"priority": True}, InvalidArgument),
        ({"priority": "1"}, InvalidArgument),
        ({"arrival": 1.5}, InvalidArgument),
        ({"portion": "rent"}, UsageError),
    ],
)
def test_an_item_is_judged_at_the_door(said, error):
    """Each with an error of ours."""
    with pytest.raises(error):
        item(**said)


def test_over_allocation_names_both_amounts():
    """With the figures as values."""
    with pytest.raises(allocation.OverAllocation) as caught:
        item(open=eur("120.01"))

    assert ("INV-7", eur("120.00"), eur("120.01")) == (caught.value.item, caught.value.open_amount, caught.value.requested)
    expected = "cannot allocate 120.01 EUR to INV-7: only 120.00 EUR is open. Lower the amount, or release an earlier allocation first."
    assert expected == str(caught.value)


def columns(**said: Any) -> Items:
    return Items(**{"currency": "EUR", "ids": ["A", "B"], "open_minor": [1, 2], "posted_on": [ON, 739_000], **said})


def test_columns_take_dates_and_ordinals():
    """Both are kept as ordinals."""
    made = columns(due_on=[ON, ON])

    assert ((ON.toordinal(), 739_000), (ON.toordinal(),) * 2, 2) == (made.posted_on, made.due_on, len(made))


class Name(str):
    """A host's own text."""

    __slots__ = ()


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"currency": "XXX"}, money.UnknownCurrency),
        ({"ids": ["A"]}, UsageError),
        ({"open_minor": [1, 2, 3]}, UsageError),
        ({"due_on": [ON]}, UsageError),
        ({"open_minor": [1, -1]}, money.InvalidAmount),
        ({"open_minor": [1, 1.0]}, money.InvalidAmount),
        ({"open_minor": [True, 1]}, money.InvalidAmount),
        ({"ids": ["A", "A"]}, ids.DuplicateId),
        ({"ids": ["A", 5]}, UsageError),
        ({"ids": ["A", ""]}, UsageError),
        ({"ids": ["A", Name("B")]}, InvalidArgument),
        ({"posted_on": [ON, "2026-03-01"]}, periods.InvalidDate),
        ({"posted_on": [ON, True]}, periods.InvalidDate),
        ({"posted_on": [ON, 0]}, periods.InvalidDate),
        ({"posted_on": [-5, ON]}, periods.InvalidDate),
        ({"due_on": [ON, 10**9]}, periods.InvalidDate),
        ({"due_on": [ON, 10**5000]}, periods.InvalidDate),
    ],
)
def test_columns_are_judged_at_the_door(said, error):
    """Each with an error of ours."""
    with pytest.raises(error):
        columns(**said)


def test_columns_of_nothing():
    """Are fine."""
    assert 0 == len(columns(ids=[], open_minor=[], posted_on=[]))


def row(**said: Any) -> Allocation:
    return Allocation(**{"credit": "PAY-3", "debit": "INV-7", "amount": eur("50.00"), "on": ON, "policy": "fifo", **said})


def test_a_row_from_a_store():
    """It says what it is; why it was made is not stored."""
    made = row(version=3, realized=money.of("-5.00 INR"))

    assert ("PAY-3 -> INV-7 50.00 EUR", 3, money.of("-5.00 INR")) == (str(made), made.version, made.realized)
    assert ((), "PAY-3 -> INV-7 50.00 EUR, from 2026-03-01") == (made.trail.steps, made.explain())
    assert row().realized is None


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_a_row_and_a_release_are_of_a_positive_amount(amount):
    """Neither zero nor below."""
    with pytest.raises(money.InvalidAmount):
        row(amount=eur(amount))
    with pytest.raises(money.InvalidAmount):
        Release(credit="PAY-3", debit="INV-7", amount=eur(amount), on=ON, reason="wrong", policy="fifo")


def test_a_release_explains_itself():
    """What it took back, of what, why."""
    made = Release(credit="PAY-3", debit="INV-7", amount=eur("20.00"), on=ON, reason="displaced", policy="fifo", version=4)

    assert ("20.00 EUR of PAY-3 leaves INV-7: displaced", eur("20.00")) == (str(made), made.amount)
    expected = "fifo, taken back on 2026-03-01\n  allocation.released/1: 20.00 EUR of PAY-3 leaves INV-7: displaced"
    assert expected == made.explain()
    assert ["allocation.released/1"] == [step.rule for step in made.trail.steps]


def test_columns_keep_ids_of_any_script():
    """A space that does not break is no control character."""
    assert ("A\u00a0B", "C") == columns(ids=["A\u00a0B", "C"]).ids
    for wrong in ("A\x00", "A" * 256):
        with pytest.raises(UsageError):
            columns(ids=["A", wrong])


@pytest.mark.parametrize("name", ["ids", "open_minor", "posted_on"])
@pytest.mark.parametrize("value", [5, "AB"])
def test_a_column_is_a_list(name, value):
    """A text is none."""
    with pytest.raises(InvalidArgument, match="where a column is needed"):
        columns(**{name: value})


def test_a_row_is_made_by_something_we_know():
    """Or it could not be released by the same rules."""
    with pytest.raises(InvalidChoice, match="policy is 'legacy', and no row is made by that"):
        row(policy="legacy")
