"""The face of ``ledgerkit.ports``. What an adapter raises is raised here as one would."""

from datetime import date

from ledgerkit import ports, receivables
from tests.calls.receivables import ACME, CREDIT, MORE

UPDATE = receivables.post(ACME, CREDIT, on=date(2026, 3, 15))
LATER = receivables.hold(UPDATE.account, "INV-9", on=date(2026, 3, 16), reason="contested")
REJECTED = receivables.reject(ACME, MORE, on=date(2026, 4, 1), reason="wrong customer")


def refuse(error: Exception) -> None:
    raise error


CALLS = {
    "Hold": lambda: ports.Hold(item="INV-9", held=True, on=date(2026, 3, 16), version=5),
    "Rejection": lambda: [one for one in ports.save_of(REJECTED, command="web-1").records if isinstance(one, ports.Rejection)],
    "Save": lambda: ports.save_of(UPDATE, command="web-1"),
    "save_of": lambda: ports.save_of(UPDATE, LATER, command="web-1", numbers=["2026-7"]),
}

ERRORS = {
    "NotConsecutive": lambda: ports.save_of(LATER, UPDATE, command="web-1"),
    "NumberTaken": lambda: refuse(ports.NumberTaken("2026-7")),
    "SaveConflict": lambda: refuse(ports.SaveConflict("ACME", 4, 5)),
    "StoreFailed": lambda: refuse(ports.StoreFailed("the store did not answer within 5 s", "Try again with the same command.")),
}
