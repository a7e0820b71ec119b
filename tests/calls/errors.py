"""The face of ``ledgerkit.errors``."""

from enum import StrEnum

from ledgerkit import errors, ids


class Edge(StrEnum):
    LEFT = "left"


def _refuse(row: int) -> int:
    if row % 2:
        raise errors.UsageError(f"{row} is odd")
    return row


CALLS = {
    "choice": lambda: errors.choice("left", Edge, name="edge"),
    "each": lambda: errors.each(_refuse, [1, 2, 3]),
    "flag": lambda: errors.flag(True, name="reopen"),
    "Problem": lambda: errors.Problem(path="rows[1]", error=errors.RuleError("no amount", "Give one.")),
}

ERRORS = {
    "InvalidArgument": lambda: ids.checked(7),
    "InvalidChoice": lambda: errors.choice("up", Edge, name="edge"),
    "LimitExceeded": lambda: ids.checked("x" * 256),
}
