"""
Financial documents: what was said to the customer, and what it comes to.

A :class:`Draft` is made by a noun, ``invoice``, ``debit_note``, ``credit_note``, ``payment`` or ``refund``, of an id and of what
it is for: an amount, or lines and charges. It has no number and no due date of its own. ``receivables.post`` makes a
:class:`Transaction` of it, for good.

Amounts are whole minor units inside. Every line is rounded once, its taxes each on their own, and every figure explains itself.
"""

from ledgerkit import _front
from ledgerkit.transactions._document_types import (
    DuplicateDefault,
    MethodNotAllowed,
    ReasonNotAllowed,
    Type,
    Types,
    WrongKind,
    admit,
    type_of,
    types,
)
from ledgerkit.transactions._draft import credit_note, debit_note, invoice, payment, refund, rejected
from ledgerkit.transactions._kinds import LIFECYCLE, Action, Kind, LineKind, Negative, Portion, Side, State, Totals, side
from ledgerkit.transactions._line import Line, TotalsDiffer, line
from ledgerkit.transactions._negative import carried_line
from ledgerkit.transactions._numbering import InvalidPattern, Series, numbered
from ledgerkit.transactions._posted import annotated, cancelled, mirror, posted
from ledgerkit.transactions._share import CreditExceedsInvoice, credit_of, share_of
from ledgerkit.transactions._tax import Tax, tax, tax_answer
from ledgerkit.transactions._totals import NegativeTotal
from ledgerkit.transactions._types import Draft, Note, Transaction

__all__ = [
    "LIFECYCLE",
    "Action",
    "CreditExceedsInvoice",
    "Draft",
    "DuplicateDefault",
    "InvalidPattern",
    "Kind",
    "Line",
    "LineKind",
    "MethodNotAllowed",
    "Negative",
    "NegativeTotal",
    "Note",
    "Portion",
    "ReasonNotAllowed",
    "Series",
    "Side",
    "State",
    "Tax",
    "Totals",
    "TotalsDiffer",
    "Transaction",
    "Type",
    "Types",
    "WrongKind",
    "admit",
    "annotated",
    "cancelled",
    "carried_line",
    "credit_note",
    "credit_of",
    "debit_note",
    "invoice",
    "line",
    "mirror",
    "numbered",
    "payment",
    "posted",
    "refund",
    "rejected",
    "share_of",
    "side",
    "tax",
    "tax_answer",
    "type_of",
    "types",
]

_front.publish(globals())
