"""Charges: what was agreed, handed over to documents."""

import copy
import pickle
from fractions import Fraction
from typing import Any

import pytest

from ledgerkit import charges, ids, money, periods, proration
from ledgerkit.charges import Charge, Reason
from ledgerkit.errors import InvalidArgument, LedgerkitError

eur = money.maker("EUR")
APRIL = periods.month(2026, 4)
LATE = periods.Period(periods.date_of("2026-04-16"), APRIL.end)
SHARE = proration.prorate(eur("-30.00"), used=LATE, period=APRIL)


class Told:
    """A host's own result, which may say anything."""

    @property
    def trail(self) -> object:
        raise RuntimeError


def charge(**more: Any) -> Charge:
    fields: dict[str, Any] = {"source": "SUB-1", "text": "Basic", "amount": eur("-15.00"), "reason": Reason.UNUSED}
    return Charge(**(fields | more))


def test_a_charge_says_what_why_and_for_when():
    """On one line, and its steps below."""
    unused = charge(period=LATE, because=SHARE)

    assert (
        "Basic: -15.00 EUR for [2026-04-16, 2026-05-01), unused, of SUB-1\n"
        "  proration.daily/1: -30.00 EUR x 15/30 days = -15.00 EUR" == unused.explain()
    )
    assert "proration.daily/1" == unused.trail.steps[0].rule
    assert "Basic: -15.00 EUR, unused, of SUB-1" == str(charge())
    assert repr(unused).startswith("Charge(source='SUB-1', text='Basic', amount=")


def test_a_charge_is_a_value():
    """The trail is no part of it; a reason may be its text, a quantity any exact number."""
    one, other = charge(because=SHARE, quantity="2.5"), charge(reason="unused", quantity=Fraction(5, 2))

    assert (one, hash(one)) == (other, hash(other))
    assert (Reason.UNUSED, Fraction(5, 2), eur("-15.00")) == (other.reason, other.quantity, other.amount)
    for again in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
        assert (one, one.explain()) == (again, again.explain())


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("source", "", ids.InvalidId),
        ("source", None, InvalidArgument),
        ("text", 7, InvalidArgument),
        ("amount", "15.00", money.InvalidAmount),
        ("amount", 15.0, money.InvalidAmount),
        ("quantity", "two", money.InvalidQuantity),
        ("quantity", 2.5, money.InvalidQuantity),
        ("reason", "greed", InvalidArgument),
        ("reason", None, InvalidArgument),
        ("period", (1, 2), InvalidArgument),
        ("because", "of you", InvalidArgument),
        ("because", APRIL, InvalidArgument),
        ("because", Told(), InvalidArgument),
    ],
)
def test_what_is_no_charge_is_refused(field: str, value: Any, error: type[LedgerkitError]):
    """By the field."""
    with pytest.raises(error):
        charge(**{field: value})


def test_reasons_are_texts():
    """They store and compare as text."""
    assert ["recurring", "setup", "usage", "unused", "change", "add_on", "true_up", "milestone", "bonus", "adjustment"] == list(
        charges.Reason
    )
