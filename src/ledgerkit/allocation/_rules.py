"""The rules that make rows, by the name a row carries."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from ledgerkit import money, trail
from ledgerkit.allocation._policy import Order


def _says(credit: str, debit: str, minor: int, currency: str, due: int, left: int) -> str:
    stays = f"{money.minor_text(left, currency)} stays open" if left else f"{debit} is settled"
    due_on = f", due {date.fromordinal(due)}" if due else ""
    return f"{credit} -> {debit} {money.minor_text(minor, currency)}{due_on}; {stays}"


_FIELDS = ("credit", "debit", "minor", "currency", "due", "left")


def _rule(name: str) -> trail.Rule:
    return trail.Rule(name=f"allocation.{name}", version=1, fields=_FIELDS, says=_says)


# The rules that make rows, by the name a row carries.
RULES: Mapping[str, trail.Rule] = MappingProxyType(
    {name: _rule(name) for name in (*Order, "against-item", "write-off", "cancellation", "refund")}
)
AGAINST = RULES["against-item"]
