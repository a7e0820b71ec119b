"""What becomes of an invoice whose total is below zero: documents never hold a negative total."""

from ledgerkit import money, trail
from ledgerkit.errors import InvalidArgument, choice
from ledgerkit.transactions import _gate, _line, _totals
from ledgerkit.transactions._kinds import Kind, LineKind, Negative
from ledgerkit.transactions._line import Line
from ledgerkit.transactions._types import Draft, Transaction

TURNED = trail.Rule(
    name="transactions.negative",
    version=1,
    fields=("lines", "total"),
    says=lambda lines, total: f"the lines sum to {lines}: a credit note of {total}",
)
CARRIED = trail.Rule(
    name="transactions.carry-forward",
    version=1,
    fields=("lines", "carried"),
    says=lambda lines, carried: f"the lines sum to {lines}: {carried} is carried forward to the next invoice",
)


def resolved(
    id: str, figures: _totals.Figures, negative: Negative | str
) -> tuple[Kind, _totals.Figures, tuple[trail.Raw, ...], int]:
    """Return kind, figures, trail and carried amount of an invoice whose lines sum to less than zero."""
    currency, lines, total = figures[_totals.CURRENCY], figures[_totals.LINES], figures[_totals.TOTAL]
    wanted = choice(negative, Negative, name="negative")
    if wanted is Negative.REFUSE:
        raise _totals.NegativeTotal(id, total, currency)
    said = (money.minor_text(total, currency), money.minor_text(-total, currency))
    if wanted is Negative.CREDIT_NOTE:
        return Kind.CREDIT_NOTE, _turned(currency, lines, total), ((TURNED, *said),), 0
    shown = lines or (_line.of_amount(Kind.INVOICE.words, total, currency, kind=LineKind.CREDIT),)
    zero = _totals.summed((*shown, _carried(shown, figures)), currency)
    return Kind.INVOICE, zero, ((CARRIED, *said),), -total


def _turned(currency: str, lines: tuple[Line, ...] | None, total: int) -> _totals.Figures:
    if lines is None:
        return _totals.of_amount(-total, currency)
    return _totals.summed(tuple(_line.mirrored(one) for one in lines), currency)


def _carried(lines: tuple[Line, ...], figures: _totals.Figures) -> Line:
    """Make the line that brings the invoice to zero: net and each tax, so that the next one can take them over."""
    by_tax = _totals.by_tax(lines)
    each = tuple(-share for share in by_tax.values())
    kind = LineKind.CREDIT if figures[_totals.NET] > 0 or min(each, default=0) < 0 else LineKind.SALE
    return _line.stored("carried forward", kind, figures[_totals.CURRENCY], -figures[_totals.NET], each, tuple(by_tax))


def carried_line(document: Draft | Transaction, /) -> Line:
    """
    Return the credit line that takes what a document carried forward over to the next invoice, taxes included.

    Args:
        document: An invoice made with ``negative=Negative.CARRY_FORWARD`` whose lines summed to less than zero.

    Raises:
        InvalidArgument: It carries nothing.

    Source:
        docs/rules/transactions.md, rule T-5.

    >>> from ledgerkit import transactions
    >>> credit = transactions.line("unused", unit_price="-30", currency="EUR", kind=LineKind.CREDIT)
    >>> first = transactions.invoice("INV-1", [credit], negative=Negative.CARRY_FORWARD)
    >>> print(first.total_minor, carried_line(first))
    0 carried forward from INV-1: -30.00 EUR
    """
    if type(document) is not Transaction:
        _gate.record(document, Draft, "document", 'Pass what transactions.invoice("INV-1", ...) returned.')
    if not document.carried_minor:
        raise InvalidArgument(f"{document.id} carries nothing forward", "Pass one whose carried_minor is not 0.")
    one = document.lines[-1]
    each = tuple(-share for share in one.tax_minors)
    text = f"{one.text} from {document.id}"
    return _line.stored(text, LineKind.CREDIT, one.currency, -one.net_minor, each, one.taxes, source=document.id)
