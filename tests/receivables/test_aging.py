"""Aging: how long what is open has been open."""

from collections.abc import Callable

import pytest

from ledgerkit import ids, money, periods, receivables
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.receivables import Basis, Credits, Edge, NotDue
from tests.receivables.ledger import account, day, eur, new, then

ACME = account(
    "03-01 invoice INV-1 100.00 due 03-31", "03-10 invoice INV-2 50.00 due 04-30", "04-15 invoice INV-3 25.00 due 05-30",
    "04-20 payment PAY-1 10.00 for INV-2",
)  # fmt: skip
HELD = then(ACME, "04-21 hold INV-1", "04-21 hold INV-2", "04-21 hold INV-3", "04-22 payment PAY-2 7.00")


def buckets(found: receivables.Aging) -> dict[str, str]:
    return {name: str(amount.amount) for name, amount in found.buckets.items()}


def test_by_days_past_due():
    """On 30 April: INV-1 30 days past, INV-2 due today, INV-3 in a month."""
    aging = receivables.aging(ACME, as_of=day("04-30"))

    assert {"not due": "65.00", "1-30": "100.00", "31-60": "0.00", "61-90": "0.00", "91+": "0.00"} == buckets(aging)
    assert (eur("165.00"), eur("0.00"), eur("165.00")) == (aging.total, aging.unallocated, aging.balance)
    assert """\
ACME, open in EUR as of 2026-04-30
  receivables.aging/1: INV-1 100.00 EUR, 30 days past: 1-30
  receivables.aging/1: INV-2 40.00 EUR, due today: not due
  receivables.aging/1: INV-3 25.00 EUR, due in 30 days: not due""" == aging.explain()


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("03-31", "not due"), ("04-01", "1-30"), ("04-30", "1-30"), ("05-01", "31-60"), ("06-29", "61-90"), ("06-30", "91+")],
)
def test_the_edges_are_explicit(as_of, expected):
    """Due on 31 March: day 0, 1, 30, 31, 90, 91."""
    aging = receivables.aging(account("03-01 invoice INV-1 100.00 due 03-31"), as_of=day(as_of))

    assert "100.00" == buckets(aging)[expected]


@pytest.mark.parametrize(("as_of", "expected"), [("03-31", "not due"), ("04-29", "1-29"), ("04-30", "30-59"), ("06-29", "90+")])
def test_an_upper_edge_may_be_exclusive(as_of, expected):
    """30 days are in the second bucket then."""
    aging = receivables.aging(account("03-01 invoice INV-1 100.00 due 03-31"), as_of=day(as_of), edge=Edge.UPPER_EXCLUSIVE)

    assert "100.00" == buckets(aging)[expected]


def test_what_is_not_due_may_be_left_out():
    """Due today is in the first bucket then."""
    aging = receivables.aging(ACME, as_of=day("04-30"), not_due=NotDue.EXCLUDED, edges=[30, 60])

    assert {"0-30": "140.00", "31-60": "0.00", "61+": "0.00"} == buckets(aging)
    exclusive = receivables.aging(ACME, as_of=day("04-30"), not_due=NotDue.EXCLUDED, edges=[30], edge=Edge.UPPER_EXCLUSIVE)
    assert {"0-29": "40.00", "30+": "100.00"} == buckets(exclusive)


def test_what_is_left_out_is_in_the_balance_all_the_same():
    """25.00 is not due on 30 April: a figure of its own, below the table."""
    aging = receivables.aging(HELD, as_of=day("04-30"), not_due=NotDue.EXCLUDED)

    assert (eur("140.00"), eur("25.00"), eur("7.00")) == (aging.total, aging.excluded, aging.unallocated)
    assert receivables.balance(HELD, as_of=day("04-30")) == aging.balance == eur("158.00")
    assert ["not due, left out: 25.00 EUR", "unallocated credit: 7.00 EUR"] == str(aging).splitlines()[-2:]
    assert eur("0.00") == receivables.aging(HELD, as_of=day("04-30")).excluded


def test_a_day_is_one():
    """One day past, and due in one."""
    acme = account("03-01 invoice INV-1 1.00 due 03-31")

    texts = [receivables.aging(acme, as_of=day(on)).explain().splitlines()[1] for on in ("03-30", "04-01")]

    assert ["INV-1 1.00 EUR, due in 1 day: not due", "INV-1 1.00 EUR, 1 day past: 1-30"] == [
        text.removeprefix("  receivables.aging/1: ") for text in texts
    ]
    assert "nothing was billed in the 1 day to 2026-03-31" == receivables.dso(acme, as_of=day("03-31"), window=1).explain()
    assert "How 1 account paid, as of 2026-03-31" == receivables.late_payers(acme, as_of=day("03-31")).explain().splitlines()[0]


def test_no_account_counts_twice():
    """Whatever is asked of it."""
    reports: list[Callable[..., object]] = [receivables.aging, receivables.dso, receivables.late_payers]
    for report in reports:
        with pytest.raises(ids.DuplicateId, match="account 'ACME' exists already"):
            report([ACME, HELD], as_of=day("04-30"))


def test_an_item_may_age_from_its_posting():
    """On 30 April: 60, 51 and 15 days."""
    aging = receivables.aging(ACME, as_of=day("04-30"), basis=Basis.POSTED)

    assert {"not due": "0.00", "1-30": "25.00", "31-60": "140.00", "61-90": "0.00", "91+": "0.00"} == buckets(aging)


def test_as_of_a_past_day():
    """On 19 April the payment of the 20th is not there."""
    assert "50.00" == buckets(receivables.aging(ACME, as_of=day("04-19")))["not due"].replace("75.00", "50.00")
    assert eur("175.00") == receivables.aging(ACME, as_of=day("04-19")).total


def test_unallocated_credit_is_a_figure_of_its_own():
    """Buckets less unallocated is the balance; aged, it stands in the buckets with a minus sign."""
    apart = receivables.aging(HELD, as_of=day("05-01"))
    aged = receivables.aging(HELD, as_of=day("05-01"), credits=Credits.AGED)

    assert (eur("7.00"), eur("158.00"), HELD.balance) == (apart.unallocated, apart.balance, apart.balance)
    assert (eur("0.00"), eur("158.00")) == (aged.unallocated, aged.total)
    assert ("40.00", "33.00") == (buckets(apart)["1-30"], buckets(aged)["1-30"])


def test_aging_of_many_accounts():
    """One row each and a total; one alone has none; the same as HTML."""
    other = receivables.account("OTHER", currency="EUR")
    many = receivables.aging([HELD, then(other, "03-01 invoice INV-1 5.00")], as_of=day("04-30"))

    assert """\
2 accounts, open in EUR as of 2026-04-30
       not due    1-30  31-60  61-90   91+   total
ACME     65.00  100.00   0.00   0.00  0.00  165.00
OTHER     0.00    0.00   5.00   0.00  0.00    5.00
total    65.00  100.00   5.00   0.00  0.00  170.00
unallocated credit: 7.00 EUR""" == str(many)
    assert "<td" in many._repr_html_()
    assert "total  " not in str(receivables.aging(ACME, as_of=day("04-30"))).splitlines()[-1]
    assert "total" == str(receivables.aging([], as_of=day("04-30"), currency="EUR")).splitlines()[-1].split()[0]


def test_two_currencies_are_never_added():
    """Nor is nothing of no currency."""
    with pytest.raises(money.CurrencyMismatch):
        receivables.aging([new(), receivables.account("YANK", currency="USD")], as_of=day("04-30"))
    with pytest.raises(money.CurrencyMismatch, match="no account has no currency"):
        receivables.aging([], as_of=day("04-30"))
    with pytest.raises(money.CurrencyMismatch):
        receivables.aging(ACME, as_of=day("04-30"), currency="USD")
    with pytest.raises(money.UnknownCurrency):
        receivables.aging([], as_of=day("04-30"), currency="XXX")
    for given in ([new()], ACME):
        with pytest.raises(InvalidArgument):
            receivables.aging(given, as_of=day("04-30"), currency=5)  # type: ignore[arg-type]


@pytest.mark.parametrize("edges", [(), (30, 30), (60, 30), (0, 30), (30.0,), (True,), 30, "30", ("30",)])
def test_edges_are_rising_days(edges):
    """Anything else is refused."""
    with pytest.raises(UsageError, match="Pass rising numbers of days"):
        receivables.aging(ACME, as_of=day("04-30"), edges=edges)


def test_what_is_asked_of_something_else():
    """No account, no list, no choice, no result by its class."""
    for wrong in (5, "ACME", ["ACME"], None):
        with pytest.raises(InvalidArgument):
            receivables.aging(wrong, as_of=day("04-30"))  # type: ignore[arg-type]
    for choice in ({"edge": "soft"}, {"not_due": "maybe"}, {"basis": "paid"}, {"credits": "gone"}):
        with pytest.raises(UsageError):
            receivables.aging(ACME, as_of=day("04-30"), **choice)  # type: ignore[arg-type]
    with pytest.raises(UsageError):
        receivables.Aging()
    with pytest.raises(periods.InvalidDate):
        receivables.aging([], as_of="2026-04-30", currency="EUR")  # type: ignore[arg-type]


def test_the_trail_has_a_step_an_item():
    """With what it saw and the bucket it gave."""
    steps = receivables.aging(ACME, as_of=day("04-30")).trail.steps

    assert ("1-30", "INV-1") == (steps[0].gave, steps[0].saw["item"])
    assert 3 == len(steps)
