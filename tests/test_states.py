"""Life cycles: tables that connect, and steps they allow."""

import pickle
from collections.abc import Mapping
from enum import StrEnum

import pytest

from ledgerkit import states
from ledgerkit.errors import UsageError

Steps = Mapping[StrEnum, Mapping[StrEnum, StrEnum]]


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    BURNED = "burned"


class Do(StrEnum):
    CLOSE = "close"
    BURN = "burn"


STEPS: Steps = {Door.OPEN: {Do.CLOSE: Door.SHUT, Do.BURN: Door.BURNED}, Door.SHUT: {Do.BURN: Door.BURNED}, Door.BURNED: {}}
TABLE = states.StateTable(name="a door", initial=Door.OPEN, steps=STEPS)


@pytest.mark.parametrize("state", Door)
@pytest.mark.parametrize("event", Do)
def test_every_state_meets_every_event(state: Door, event: Do):
    """What the table holds is done, all else is refused with what is allowed."""
    if event in STEPS[state]:
        assert STEPS[state][event] is states.advance(TABLE, state, event)
        return
    with pytest.raises(states.InvalidTransition) as refused:
        states.advance(TABLE, state, event)
    assert (str(state), str(event)) == (refused.value.state, refused.value.event)
    assert tuple(map(str, STEPS[state])) == refused.value.allowed


def test_the_refusal_lists_what_is_allowed():
    """A person reads the way out."""
    with pytest.raises(states.InvalidTransition) as refused:
        states.advance(TABLE, Door.SHUT, Do.CLOSE)
    assert "a door is shut, and close is not possible then. Allowed: burn." == str(refused.value)


@pytest.mark.parametrize(
    "steps",
    [
        {Door.OPEN: {Do.CLOSE: Door.SHUT}},
        {Door.OPEN: {}, Door.SHUT: {}},
        {},
    ],
    ids=["no row for a state that is reached", "a state that is not reached", "no row at all"],
)
def test_a_table_connects(steps: Steps):
    """A row for every state that is reached, and no other."""
    with pytest.raises(UsageError, match="does not connect"):
        states.StateTable(name="a door", initial=Door.OPEN, steps=steps)


def test_a_table_does_not_change_with_what_it_was_made_of():
    """Rows are copied and read-only."""
    row: dict[StrEnum, StrEnum] = {Do.CLOSE: Door.SHUT}
    table = states.StateTable(name="a door", initial=Door.OPEN, steps={Door.OPEN: row, Door.SHUT: {}})

    row[Do.BURN] = Door.BURNED

    assert {Do.CLOSE: Door.SHUT} == dict(table.steps[Door.OPEN])
    with pytest.raises(TypeError):
        table.steps[Door.OPEN][Do.BURN] = Door.BURNED  # type: ignore[index]


def test_a_table_pickles():
    """And leads on."""
    again = pickle.loads(pickle.dumps(TABLE))

    assert (TABLE, Door.SHUT) == (again, states.advance(again, Door.OPEN, Do.CLOSE))


def test_a_step_is_of_a_table():
    """And of members."""
    for wrong in ((5, Door.OPEN, Do.CLOSE), (TABLE, 5, Do.CLOSE), (TABLE, Door.OPEN, None)):
        with pytest.raises(UsageError, match="a table, a state or an event is none"):
            states.advance(*wrong)
