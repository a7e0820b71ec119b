"""What a transaction is, which side of the account it stands on, and its life cycle."""

from enum import StrEnum

from ledgerkit import states
from ledgerkit.errors import choice

__all__ = ["LIFECYCLE", "Action", "Kind", "LineKind", "Negative", "Portion", "Side", "State", "Totals", "side"]


class Kind(StrEnum):
    """What a transaction is."""

    INVOICE = "invoice"
    DEBIT_NOTE = "debit_note"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    INVOICE_CANCELLATION = "invoice_cancellation"
    PAYMENT_CANCELLATION = "payment_cancellation"

    @property
    def words(self) -> str:
        """The kind as a person reads it: ``credit note``."""
        return "write-off" if self is Kind.WRITE_OFF else self.replace("_", " ")


class Side(StrEnum):
    """What a transaction does to the balance: a debit raises what the customer owes, a credit lowers it."""

    DEBIT = "debit"
    CREDIT = "credit"


class State(StrEnum):
    """The stored states; open, partly settled and settled are derived from allocations."""

    DRAFT = "draft"
    POSTED = "posted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What moves a transaction from state to state."""

    POST = "post"
    REJECT = "reject"
    CANCEL = "cancel"


class LineKind(StrEnum):
    """What a line is; only a credit line may be negative, and only the document makes a rounding line."""

    SALE = "sale"
    CREDIT = "credit"
    ROUNDING = "rounding"


class Portion(StrEnum):
    """What a debit is made of, for laws that say what a payment settles first."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    COSTS = "costs"


class Totals(StrEnum):
    """Where a document is rounded: on every line, or once over all of them."""

    PER_LINE = "per_line"
    PER_DOCUMENT = "per_document"


class Negative(StrEnum):
    """What becomes of an invoice whose total is negative."""

    CREDIT_NOTE = "credit_note"
    CARRY_FORWARD = "carry_forward"
    REFUSE = "refuse"


LIFECYCLE = states.StateTable(
    name="a transaction",
    initial=State.DRAFT,
    steps={
        State.DRAFT: {Action.POST: State.POSTED, Action.REJECT: State.REJECTED},
        State.POSTED: {Action.CANCEL: State.CANCELLED},
        State.REJECTED: {},
        State.CANCELLED: {},
    },
)

SIDES = {
    Kind.INVOICE: Side.DEBIT,
    Kind.DEBIT_NOTE: Side.DEBIT,
    Kind.REFUND: Side.DEBIT,
    Kind.PAYMENT_CANCELLATION: Side.DEBIT,
    Kind.CREDIT_NOTE: Side.CREDIT,
    Kind.PAYMENT: Side.CREDIT,
    Kind.WRITE_OFF: Side.CREDIT,
    Kind.INVOICE_CANCELLATION: Side.CREDIT,
}


def side(kind: Kind | str, /) -> Side:
    """
    Return the side of the account a transaction of this *kind* stands on; it is fixed and cannot be overridden.

    Args:
        kind: A :class:`Kind`, or its text.

    Raises:
        InvalidArgument: There is no such kind.

    Source:
        docs/rules/transactions.md, rule T-1.

    >>> side(Kind.INVOICE), side(Kind.CREDIT_NOTE)
    (<Side.DEBIT: 'debit'>, <Side.CREDIT: 'credit'>)
    """
    return SIDES[choice(kind, Kind, name="kind")]
