"""What posting makes: transactions, their mirror images, and the few changes that may come later."""

from datetime import date, datetime
from typing import TypeVar

from ledgerkit import ids, money, periods, states, trail
from ledgerkit.errors import InvalidArgument, choice
from ledgerkit.ids import AccountId, TransactionId
from ledgerkit.transactions import _gate, _line, _tax, _totals
from ledgerkit.transactions._kinds import LIFECYCLE, SIDES, Action, Kind, Side, State
from ledgerkit.transactions._share import ratio, shared_lines
from ledgerkit.transactions._tax import Tax
from ledgerkit.transactions._types import ORDINARY, Book, Draft, Note, Transaction, book_of, parts_of

D = TypeVar("D", Draft, Transaction)

PRO_RATA = trail.Rule(
    name="transactions.write-off",
    version=1,
    fields=("open", "total", "whole_tax", "tax"),
    says=lambda left, total, whole_tax, tax: f"{left} of {total} is open: tax {whole_tax} pro rata = {tax}",
)
_MIRRORS = (Kind.INVOICE_CANCELLATION, Kind.PAYMENT_CANCELLATION, Kind.WRITE_OFF)


def posted(
    draft: Draft,
    /,
    *,
    account: AccountId,
    number: str,
    posted_on: date,
    due_on: date | None,
    base_minor: int | None = None,
    base_currency: str | None = None,
) -> Transaction:
    """
    Make the transaction of a draft. Nothing is checked: ``receivables.post`` has done that, and is what a host calls.

    Args:
        draft: What is posted.

        account: The account it is posted to.

        number: The number it takes in its series.

        posted_on: The day it counts from.

        due_on: The day it falls due, already judged.

        base_minor: What it is carried at, in minor units of *base_currency*.

        base_currency: The currency of the books, if it is another one.

    Source:
        docs/rules/transactions.md, rule T-2.

    >>> from ledgerkit import transactions
    >>> draft = transactions.invoice("INV-7", money.of("120.00 EUR"))
    >>> print(posted(draft, account="ACME", number="2026-7", posted_on=date(2026, 3, 1), due_on=date(2026, 3, 31)))
    INV-7, invoice of 120.00 EUR, posted on 2026-03-01, due on 2026-03-31
    """
    made = Transaction.__new__(Transaction)
    book = None if base_minor is None else Book(base_minor, base_currency, None)
    made.__attrs_init__(
        draft.id, draft.kind, account, draft.currency, draft.total_minor, State.POSTED, due_on,
        draft._parts, draft._more, draft._why, number, posted_on, book,
    )  # fmt: skip
    return made


def mirror(
    transaction: Transaction,
    /,
    *,
    id: str,
    kind: Kind | str,
    reason: str | None,
    number: str,
    posted_on: date,
    total_minor: int | None = None,
    base_minor: int | None = None,
    tax_rate: Tax | None = None,
    type: str | None = None,
) -> Transaction:
    """
    Make the counter-transaction of another one: a cancellation of all of it, or a write-off of what is open.

    Args:
        transaction: What is cancelled or written off.

        id: The host's id of the new document.

        kind: ``INVOICE_CANCELLATION``, ``PAYMENT_CANCELLATION`` or ``WRITE_OFF``.

        reason: Why, in the user's words.

        number: The number it takes in its series.

        posted_on: The day it counts from.

        total_minor: The open amount that is written off; left out, it is the whole. Net and tax follow pro rata.

        base_minor: What the open amount is carried at in the base currency; its share of the whole when left out.

        tax_rate: Written off as one product with this rate within the amount, instead of pro rata.

        type: The id of one of the host's document types.

    Raises:
        CyclicReference: *id* is the transaction's own.
        InvalidArgument: *kind* is none of the three, or a cancellation is not of the whole.

    Source:
        docs/rules/transactions.md, rules T-3 and T-6.

    >>> from ledgerkit import transactions
    >>> vat = transactions.tax("VAT", "20%", inclusive=True)
    >>> draft = transactions.invoice("INV-7", money.of("120.00 EUR"), taxes=[vat])
    >>> first = posted(draft, account="ACME", number="7", posted_on=date(2026, 3, 1), due_on=date(2026, 3, 31))
    >>> names = {"id": "WO-1", "kind": Kind.WRITE_OFF, "reason": "bankrupt", "number": "8"}
    >>> lost = mirror(first, **names, posted_on=date(2026, 9, 1), total_minor=6000)
    >>> print(f"{lost}, tax {money.text(lost.tax)}")
    WO-1, write-off of 60.00 EUR, posted on 2026-09-01, tax 10.00 EUR
    """
    _gate.record(transaction, Transaction, "transaction", "Pass one of account.transactions.")
    own, sort = TransactionId(ids.checked(id)), choice(kind, Kind, name="kind")
    if own == transaction.id:
        raise _gate.refers_to_itself(own)
    total = transaction.total_minor if total_minor is None else _gate.whole(total_minor, "total_minor")
    _refuse_share(transaction, sort, total)
    figures, why = _share(transaction, sort, total, tax_rate)
    made = Transaction.__new__(Transaction)
    on = periods.civil_date(posted_on, name="posted_on")
    more = ORDINARY._replace(
        type=_gate.optional_id(type, "type"),
        issued_on=on,
        method=transaction.method,
        reason=_gate.optional_text(reason, "reason"),
    )
    carried = _share_of_base(transaction, total) if base_minor is None else base_minor
    made.__attrs_init__(
        own, sort, transaction.account, figures[_totals.CURRENCY], figures[_totals.TOTAL], State.POSTED,
        on if SIDES[sort] is Side.DEBIT else None, parts_of(figures), more, why,
        ids.checked(number, name="number"), on, book_of(carried, transaction.base_currency, transaction.id),
    )  # fmt: skip
    return made


def cancelled(transaction: Transaction, /) -> Transaction:
    """
    Return the transaction as cancelled.

    Args:
        transaction: A posted one.

    Raises:
        InvalidTransition: It is cancelled already.

    Source:
        docs/rules/transactions.md, rule T-2.

    >>> from ledgerkit import transactions
    >>> draft = transactions.payment("PAY-3", money.of("50.00 EUR"), method="card")
    >>> print(cancelled(posted(draft, account="ACME", number="3", posted_on=date(2026, 3, 10), due_on=None)))
    PAY-3, payment of 50.00 EUR, posted on 2026-03-10, cancelled
    """
    _gate.record(transaction, Transaction, "transaction", "Pass one of account.transactions.")
    return _gate.changed(transaction, state=states.advance(LIFECYCLE, transaction.state, Action.CANCEL))


def annotated(document: D, /, *, text: str, by: str, at: datetime) -> D:
    """
    Return the document with one more note.

    Args:
        document: A draft or a transaction.

        text: What is noted.

        by: Who notes it.

        at: When: an aware instant.

    Raises:
        NaiveDatetime: *at* has no zone.

    Source:
        docs/rules/transactions.md, rule T-2.

    >>> from datetime import timezone
    >>> from ledgerkit import transactions
    >>> draft = transactions.invoice("INV-7", money.of("120.00 EUR"))
    >>> noted = annotated(draft, text="sent twice", by="ann", at=datetime(2026, 3, 1, 9, 0, tzinfo=timezone.utc))
    >>> print(*noted.notes)
    2026-03-01 09:00:00+00:00 ann: sent twice
    """
    if not isinstance(document, (Draft, Transaction)):
        _gate.record(document, Draft, "document", "Pass a draft or a transaction.")
    notes = (*document.notes, Note(text=text, by=by, at=at))
    return _gate.changed(document, _more=document._more._replace(notes=notes))


# ------------------------------------------------------------------------------------------------- shares of a document


def _refuse_share(transaction: Transaction, kind: Kind, total: int) -> None:
    if kind not in _MIRRORS:
        listed = ", ".join(_MIRRORS)
        raise InvalidArgument(f"{kind} is no mirror of another transaction", f"Pass one of {listed}.")
    if kind is not Kind.WRITE_OFF and total != transaction.total_minor:
        raise InvalidArgument("a cancellation is of the whole", "Leave total_minor out, or write the rest off.")
    if not 0 <= total <= transaction.total_minor:
        shown = money.minor_text(transaction.total_minor, transaction.currency)
        raise InvalidArgument("total_minor is below zero or above the total", f"Write off at most {shown}.")


def _share(
    transaction: Transaction, kind: Kind, total: int, tax_rate: Tax | None
) -> tuple[_totals.Figures, tuple[trail.Raw, ...]]:
    """Return the figures of a mirror and how a part of the document became net and tax."""
    if kind is not Kind.WRITE_OFF:
        return _whole(transaction), ()
    if tax_rate is not None:
        return _at_one_rate(transaction, total, tax_rate), ()
    if transaction.plain:
        return _totals.of_amount(total, transaction.currency), ()
    figures = _totals.summed(shared_lines(transaction, total, text=f"write-off of {transaction.id}"), transaction.currency)
    said = (total, transaction.total_minor, transaction.tax_minor, figures[_totals.TAX])
    return figures, ((PRO_RATA, *(money.minor_text(minor, transaction.currency) for minor in said)),)


def _whole(of: Transaction) -> _totals.Figures:
    lines = None if of.plain else of.lines
    return of.currency, lines, of.net_minor, of.tax_minor, of.total_minor, of.net_by_product, of.tax_by_id


def _at_one_rate(transaction: Transaction, total: int, tax_rate: Tax) -> _totals.Figures:
    rate = _gate.record(tax_rate, Tax, "tax_rate", 'Pass tax_rate=transactions.tax("VAT", "20%").')
    within = _tax.Tax(id=rate.id, rate=rate.rate, inclusive=True)
    one = _line.of_amount(f"write-off of {transaction.id}", total, transaction.currency, taxes=(within,))
    return _totals.summed((one,), transaction.currency)


def _share_of_base(transaction: Transaction, total: int) -> int | None:
    if transaction.base_minor is None:
        return None
    return ratio(transaction.base_minor * total, transaction.total_minor)
