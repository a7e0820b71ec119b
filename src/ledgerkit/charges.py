"""
Charges: a reason to bill, before there is any document.

What was agreed (a subscription, usage, a milestone) hands its work over to documents as charges: an amount, the period it is
for, why, and how it was reached.
"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money, trail
from ledgerkit.errors import InvalidArgument, choice
from ledgerkit.periods import Period

__all__ = ["Charge", "Reason"]


class Reason(StrEnum):
    """Why something is billed."""

    RECURRING = "recurring"
    SETUP = "setup"
    USAGE = "usage"
    UNUSED = "unused"
    CHANGE = "change"
    ADD_ON = "add_on"
    TRUE_UP = "true_up"
    MILESTONE = "milestone"
    BONUS = "bonus"
    ADJUSTMENT = "adjustment"


@final
@attrs.frozen(init=False, repr=False, order=False)
class Charge:
    """
    One thing to bill, or to give back.

    Args:
        source: The id of what was agreed, of a subscription for instance.

        text: What the line of the document will say.

        amount: Tax excluded; negative for what is given back.

        reason: Why it is billed.

        quantity: How many units the amount is for.

        period: The service period, half-open; ``None`` for what happens at one moment.

        because: The result that the amount came of, such as ``proration.prorate(...)``: the charge explains itself by its trail.

    Raises:
        InvalidId: *source* is empty or cannot be stored.
        InvalidArgument: A text, a reason, a period or a result is something else.
        InvalidAmount: *amount* is not a settled amount.
        InvalidQuantity: *quantity* is not a number.

    >>> charge = Charge(source="SUB-1", text="Basic", amount=money.of("30.00 EUR"), reason=Reason.RECURRING)
    >>> print(charge.explain())
    Basic: 30.00 EUR, recurring, of SUB-1
    """

    source: str
    text: str
    amount_minor: int
    currency: str
    quantity: Fraction
    period: Period | None
    reason: Reason
    _because: trail.Explained | None = attrs.field(eq=False)

    def __init__(
        self,
        *,
        source: str,
        text: str,
        amount: Money,
        reason: Reason | str,
        quantity: int | str | Decimal | Fraction = 1,
        period: Period | None = None,
        because: trail.Explained | None = None,
    ) -> None:
        self.__attrs_init__(
            ids.checked(source, name="source"),
            ids.text(text, name="text"),
            money.to_minor(amount, name="amount"),
            money.currency_of(amount),
            money.quantity(quantity, name="quantity"),
            _period(period),
            choice(reason, Reason, name="reason"),
            _explained(because),
        )

    @property
    def amount(self) -> Money:
        """What it comes to, tax excluded."""
        return money.from_minor(self.amount_minor, self.currency)

    @property
    def trail(self) -> trail.Trail:
        """The steps that led to the amount."""
        return trail.of([]) if self._because is None else self._because.trail

    def explain(self) -> str:
        """What is billed and why, a line for each step."""
        return "\n  ".join([str(self), *map(str, self.trail.steps)])

    def __str__(self) -> str:
        period = "" if self.period is None else f" for {self.period}"
        return f"{self.text}: {money.minor_text(self.amount_minor, self.currency)}{period}, {self.reason}, of {self.source}"

    __repr__ = _front.shown("source", "text", "amount", "quantity", "period", "reason")


def _explained(value: Any) -> trail.Explained | None:
    """Return *value* if it is nothing, or a result of ours: a foreign one could say another thing every time."""
    kind = type(value)
    if value is None or (kind.__module__.startswith("ledgerkit.") and isinstance(getattr(kind, "trail", None), property)):
        return value  # type: ignore[no-any-return]
    raise InvalidArgument(f"because is {_front.a(value)}", "Pass a result that explains itself: proration.prorate(...).")


def _period(value: Any) -> Period | None:
    if value is None or type(value) is Period:
        return value
    raise InvalidArgument(f"period is {_front.a(value)}", "Pass a periods.Period, or nothing.")


_front.publish(globals())
