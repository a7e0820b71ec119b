"""The face of ``ledgerkit.states``."""

from enum import StrEnum

from ledgerkit import states


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"


class Do(StrEnum):
    CLOSE = "close"


DOOR = states.StateTable(name="a door", initial=Door.OPEN, steps={Door.OPEN: {Do.CLOSE: Door.SHUT}, Door.SHUT: {}})

CALLS = {
    "StateTable": lambda: DOOR,
    "advance": lambda: states.advance(DOOR, Door.OPEN, Do.CLOSE),
}

ERRORS = {
    "InvalidTransition": lambda: states.advance(DOOR, Door.SHUT, Do.CLOSE),
}
