"""The journal: SEMANTICS section 8, sentence by sentence."""

import copy
import pickle
from datetime import date, datetime
from typing import Any

import pytest

from ledgerkit import ids, journal, money, periods
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.journal import AlreadyReversed, Entry, Posting, Role, Unbalanced

eur, usd = money.maker("EUR"), money.maker("USD")
ON = date(2026, 3, 1)


def posting(line: str) -> Posting:
    """``"receivable:ACME 120.00"``, ``"tax::VAT -20.00"``: role, account, code, amount."""
    name, amount = line.split()
    role, account, code = (*name.split(":"), "", "")[:3]
    return Posting(role=role, amount=eur(amount), account=account or None, code=code or None)


def entry(*lines: str, **said: Any) -> Entry:
    return Entry(**{"id": "E-1", "on": ON, "source": "INV-7", "postings": [posting(line) for line in lines], **said})


SALE = entry("receivable:ACME 120.00", "revenue -100.00", "tax::VAT -20.00")


def test_a_balanced_entry():
    """Debits are positive, credits negative."""
    assert "E-1 on 2026-03-01 from INV-7: receivable:ACME 120.00 EUR, revenue -100.00 EUR, tax:VAT -20.00 EUR" == str(SALE)
    assert (posting("receivable:ACME 120.00"), posting("revenue -100.00"), posting("tax::VAT -20.00")) == SALE.postings
    assert ("receivable", eur("120.00"), "ACME", None) == tuple(
        getattr(SALE.postings[0], name) for name in ("role", "amount", "account", "code")
    )


def test_every_entry_balances_per_currency():
    """A cent off is refused, and so are two currencies that balance only together."""
    with pytest.raises(Unbalanced, match=r"entry 'E-1' does not balance: its postings sum to 0\.01 EUR") as caught:
        entry("receivable 120.00", "revenue -119.99")
    assert eur("0.01") == caught.value.difference

    two = [posting("cash 1.00"), Posting(role="clearing", amount=usd("-1.00"))]
    with pytest.raises(Unbalanced, match=r"sum to 1\.00 EUR"):
        entry(postings=two)
    both = [*two, posting("clearing -1.00"), Posting(role="cash", amount=usd("1.00"))]
    assert 4 == len(entry(postings=both).postings)
    with pytest.raises(Unbalanced, match=r"sum to -1\.00 USD"):
        entry(postings=[*two, posting("clearing -1.00")])


@pytest.mark.parametrize("lines", [[], ["cash 1.00"], ["cash 1.00", "revenue -1.00", "tax 0.00"]])
def test_at_least_two_lines_and_none_of_zero(lines):
    """One side alone, or a line that says nothing, is refused."""
    with pytest.raises(UsageError):
        entry(*lines)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"id": ""}, ids.InvalidId),
        ({"on": datetime(2026, 3, 1)}, periods.InvalidDate),
        ({"source": 5}, InvalidArgument),
        ({"postings": 5}, InvalidArgument),
        ({"postings": [5, 5]}, InvalidArgument),
        ({"reverses": ""}, ids.InvalidId),
    ],
)
def test_an_entry_is_judged_at_the_door(said, error):
    """Each with an error of ours."""
    with pytest.raises(error):
        entry("cash 1.00", "revenue -1.00", **said)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"role": ""}, ids.InvalidId),
        ({"role": 5}, InvalidArgument),
        ({"amount": 5}, money.InvalidAmount),
        ({"account": ""}, ids.InvalidId),
        ({"code": 5}, InvalidArgument),
    ],
)
def test_a_posting_is_judged_at_the_door(said, error):
    """Each with an error of ours."""
    with pytest.raises(error):
        Posting(**{"role": Role.CASH, "amount": eur("1.00"), **said})


def test_a_role_is_any_text():
    """A host adds its own; ours are their words."""
    assert ("allowance", "cash") == (posting("allowance 1.00").role, Posting(role=Role.CASH, amount=eur("1.00")).role)
    assert str is type(Posting(role=Role.CASH, amount=eur("1.00")).role)


def test_an_entry_of_checked_sides_is_judged_again():
    """Only its balance."""
    sides = (("cash", 500, "EUR", None, None), ("receivable", -500, "EUR", "ACME", None))

    made = journal.entered("E-1", ON, "PAY-1", sides)

    assert entry("cash 5.00", "receivable:ACME -5.00", source="PAY-1") == made
    with pytest.raises(Unbalanced):
        journal.entered("E-1", ON, "PAY-1", (*sides, sides[0]))


def test_a_reversal_is_an_entry():
    """Every side with the other sign, on its own day; the first stays."""
    back = journal.reverse(SALE, id="E-2", on=date(2026, 3, 4))

    assert "E-2 on 2026-03-04 from INV-7: receivable:ACME -120.00 EUR, revenue 100.00 EUR, tax:VAT 20.00 EUR" == str(back)
    assert ("E-1", None) == (back.reverses, SALE.reverses)
    assert {eur("0.00")} == set(journal.trial_balance([SALE, back]).values())


def test_nothing_is_reversed_twice():
    """Neither a reversal, nor what one of the others reverses."""
    back = journal.reverse(SALE, id="E-2", on=ON)

    with pytest.raises(AlreadyReversed, match="entry 'E-2' is a reversal itself"):
        journal.reverse(back, id="E-3", on=ON)
    with pytest.raises(AlreadyReversed, match="entry 'E-1' is undone by 'E-2'"):
        journal.reverse(SALE, id="E-3", on=ON, among=[SALE, back])
    assert back == journal.reverse(SALE, id="E-2", on=ON, among=[SALE])
    with pytest.raises(InvalidArgument, match="entry is a str"):
        journal.reverse("E-1", id="E-2", on=ON)  # type: ignore[arg-type]
    for among in (5, "E-1", [1], None):
        with pytest.raises(InvalidArgument, match=r"Pass (a list of )?journal\.Entry values"):
            journal.reverse(SALE, id="E-2", on=ON, among=among)  # type: ignore[arg-type]


def test_the_trial_balance_sums_to_zero():
    """By role and currency; as of a day; of nothing."""
    paid = entry("cash::wire 50.00", "receivable:ACME -50.00", id="E-2", on=date(2026, 3, 10), source="PAY-1")

    found = journal.trial_balance([SALE, paid])

    assert {
        ("receivable", "EUR"): eur("70.00"), ("revenue", "EUR"): eur("-100.00"), ("tax", "EUR"): eur("-20.00"),
        ("cash", "EUR"): eur("50.00"),
    } == found  # fmt: skip
    assert eur("0.00") == money.total(found.values())
    assert journal.trial_balance([SALE]) == journal.trial_balance([paid, SALE], as_of=date(2026, 3, 9))
    assert ("cash", "EUR") in journal.trial_balance([paid, SALE], as_of=date(2026, 3, 10))
    assert {} == journal.trial_balance([])
    with pytest.raises(TypeError):
        found["cash", "EUR"] = eur("1.00")  # type: ignore[index]


def test_what_has_no_trial_balance():
    """What are no entries, a day that is none."""
    with pytest.raises(InvalidArgument, match="an entry is a str"):
        journal.trial_balance(["E-1"])  # type: ignore[list-item]
    with pytest.raises(InvalidArgument):
        journal.trial_balance(5)  # type: ignore[arg-type]
    with pytest.raises(periods.InvalidDate):
        journal.trial_balance([SALE], as_of="2026-03-01")  # type: ignore[arg-type]


def test_entries_are_values():
    """Equal, hashed, pickled, copied; never changed."""
    again = pickle.loads(pickle.dumps(SALE))

    assert (SALE, hash(SALE)) == (again, hash(again)) == (copy.deepcopy(SALE), hash(copy.deepcopy(SALE)))
    with pytest.raises(AttributeError):
        SALE.id = "E-9"  # type: ignore[misc]


def test_sides_of_another_shape():
    """Are refused in our words."""
    for wrong in ((5, 5), (("cash",), ("cash",)), 5):
        with pytest.raises(InvalidArgument, match="a side is not of five fields"):
            journal.entered("E-1", ON, "PAY-1", wrong)  # type: ignore[arg-type]
