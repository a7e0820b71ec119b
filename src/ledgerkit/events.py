"""
Events: what happened, for the outside. Notifications, webhooks and the audit trail are made of them.

This module holds the envelope; the names of events stand beside the concept they speak of. An event's id is made of the ids of what
happened, so the same decision gives the same events, and a host's primary key refuses the second copy.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, final

import attrs

from ledgerkit import _front

__all__ = ["Event"]


def _read_only(data: Mapping[str, object]) -> Mapping[str, object]:
    return MappingProxyType(dict(data))


@final
@attrs.frozen(kw_only=True)
class Event:
    """
    One thing that happened.

    Args:
        id: Made of the ids of what happened; the same for the same decision.

        name: ``invoice.posted``, ``invoice.settled``: concept and past participle.

        on: The civil day it counts from.

        at: The instant, when the host gave one.

        subject: The id of what it happened to.

        data: Figures and ids, read-only. Amounts are text, ``120.00 EUR``.
    """

    id: str
    name: str
    on: date
    subject: str
    at: datetime | None = None
    data: Mapping[str, object] = attrs.field(factory=dict, converter=_read_only, hash=False)

    def __str__(self) -> str:
        said = "".join(f", {name} {value}" for name, value in self.data.items())
        return f"{self.on} {self.name}: {self.subject}{said}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.id, self.name, self.on, self.subject, self.at, dict(self.data))


def _rebuild(id: str, name: str, on: date, subject: str, at: datetime | None, data: dict[str, object]) -> Event:
    return Event(id=id, name=name, on=on, subject=subject, at=at, data=data)


_front.publish(globals())
