"""
Life cycles as tables: state -> event -> next state.

A table has no side effects and no conditions on amounts: those are functions beside it. A final state is an empty row.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, final

import attrs

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument, RuleError, UsageError

__all__ = ["InvalidTransition", "StateTable", "advance"]


class InvalidTransition(RuleError):
    """This event is not allowed in this state; :attr:`allowed` lists what is."""

    state: str
    event: str
    allowed: tuple[str, ...]

    def __init__(self, name: str, state: str, event: str, allowed: tuple[str, ...]) -> None:
        self.state, self.event, self.allowed = state, event, allowed
        listed = "Allowed: " + ", ".join(allowed) + "." if allowed else "The state is final."
        super().__init__(f"{name} is {state}, and {event} is not possible then", listed)


def _read_only(steps: Mapping[StrEnum, Mapping[StrEnum, StrEnum]]) -> Mapping[StrEnum, Mapping[StrEnum, StrEnum]]:
    return MappingProxyType({state: MappingProxyType(dict(row)) for state, row in steps.items()})


@final
@attrs.frozen(kw_only=True)
class StateTable:
    """
    A life cycle: its name, the first state, and for every state the events it accepts and where they lead.

    Raises:
        UsageError: A row is missing for a state that is reached, or a state cannot be reached.
    """

    name: str
    initial: StrEnum
    steps: Mapping[StrEnum, Mapping[StrEnum, StrEnum]] = attrs.field(converter=_read_only, hash=False)

    def __attrs_post_init__(self) -> None:
        reached, todo = {self.initial}, [self.initial]
        while todo:
            fresh = set(self.steps.get(todo.pop(), {}).values()) - reached
            reached |= fresh
            todo.extend(fresh)
        if reached != set(self.steps):
            odd = ", ".join(sorted(reached ^ set(self.steps)))
            raise UsageError(f"the table {self.name!r} does not connect: {odd}", "Give every reachable state one row.")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.name, self.initial, {state: dict(row) for state, row in self.steps.items()})


def _rebuild(name: str, initial: StrEnum, steps: dict[StrEnum, dict[StrEnum, StrEnum]]) -> StateTable:
    return StateTable(name=name, initial=initial, steps=steps)


def advance(table: StateTable, state: StrEnum, event: StrEnum) -> StrEnum:
    """
    Return the state that *event* leads to.

    Args:
        table: The life cycle.

        state: The state it is in from now on.

    Raises:
        InvalidTransition: The table has no such step; the error lists the events that are allowed.

    >>> class Door(StrEnum):
    ...     OPEN = "open"
    ...     SHUT = "shut"
    >>> class Do(StrEnum):
    ...     CLOSE = "close"
    >>> table = StateTable(name="a door", initial=Door.OPEN, steps={Door.OPEN: {Do.CLOSE: Door.SHUT}, Door.SHUT: {}})
    >>> advance(table, Door.OPEN, Do.CLOSE)
    <Door.SHUT: 'shut'>
    >>> advance(table, Door.SHUT, Do.CLOSE)
    Traceback (most recent call last):
    ledgerkit.states.InvalidTransition: a door is shut, and close is not possible then. The state is final.
    """
    given: tuple[Any, ...] = (table, state, event)
    if type(given[0]) is not StateTable or not all(isinstance(one, str) for one in given[1:]):
        raise InvalidArgument("a table, a state or an event is none", "Pass a StateTable and members of its enums.")
    now: Any = str.__str__(state)
    asked: Any = str.__str__(event)
    row = table.steps.get(now, {})
    if asked not in row:
        raise InvalidTransition(table.name, now[:40], asked[:40], tuple(map(str, row)))
    return row[asked]


_front.publish(globals())
