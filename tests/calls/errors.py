"""The face of ``ledgerkit.errors``."""

from ledgerkit import errors, ids


def _refuse(row: int) -> int:
    if row % 2:
        raise errors.UsageError(f"{row} is odd")
    return row


CALLS = {
    "each": lambda: errors.each(_refuse, [1, 2, 3]),
    "Problem": lambda: errors.Problem(path="rows[1]", error=errors.RuleError("no amount", "Give one.")),
}

ERRORS = {
    "InvalidArgument": lambda: ids.checked(7),
    "LimitExceeded": lambda: ids.checked("x" * 256),
}
