"""Kinds, sides and the life cycle."""

import pytest

from ledgerkit import states, transactions
from ledgerkit.errors import InvalidArgument
from ledgerkit.transactions import LIFECYCLE, Action, Kind, Side, State

LEGAL = {
    (State.DRAFT, Action.POST): State.POSTED,
    (State.DRAFT, Action.REJECT): State.REJECTED,
    (State.POSTED, Action.CANCEL): State.CANCELLED,
}


@pytest.mark.parametrize("event", list(Action))
@pytest.mark.parametrize("state", list(State))
def test_every_state_and_event(state, event):
    """Exactly the documented steps are possible."""
    if (state, event) in LEGAL:
        assert LEGAL[state, event] is states.advance(LIFECYCLE, state, event)
    else:
        with pytest.raises(states.InvalidTransition):
            states.advance(LIFECYCLE, state, event)


def test_debits_and_credits():
    """A kind has one side."""
    debits = {Kind.INVOICE, Kind.DEBIT_NOTE, Kind.REFUND, Kind.PAYMENT_CANCELLATION}

    assert debits == {kind for kind in Kind if transactions.side(kind) is Side.DEBIT}
    assert Side.CREDIT is transactions.side("write_off")


@pytest.mark.parametrize("kind", ["gift", "", 7, None, []])
def test_unknown_kinds(kind):
    """What is no kind has no side."""
    with pytest.raises(InvalidArgument, match="kind is "):
        transactions.side(kind)


def test_kinds_in_words():
    """As a person reads them."""
    assert ["invoice", "credit note", "write-off"] == [Kind.INVOICE.words, Kind.CREDIT_NOTE.words, Kind.WRITE_OFF.words]
