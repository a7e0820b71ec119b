"""Undo what was posted, by another document: cancel, write off, recover, charge back."""

from collections.abc import Callable
from datetime import date

from moneyed import Money

from ledgerkit import allocation, ids, journal, money, trail, transactions
from ledgerkit.errors import UsageError
from ledgerkit.receivables import _entries
from ledgerkit.receivables._desk import Desk, enter, free, is_known, look, match, replace, sweep
from ledgerkit.receivables._post import (
    admit,
    is_releasable,
    made,
    opened,
    place,
    posted_update,
    refuse_terminated,
)
from ledgerkit.receivables._types import (
    Account,
    DatedBefore,
    Known,
    NotCancellable,
    Overdraft,
    Row,
    Update,
    unrolled,
)
from ledgerkit.transactions import Kind, State, Transaction

FEE = trail.Rule(
    name="receivables.fee",
    version=1,
    fields=("id", "minor", "currency"),
    says=lambda note, minor, currency: f"{note}: a fee of {money.minor_text(minor, currency)}",
)


def document_of(desk: Desk, id: str) -> Transaction:
    """Return a document in full; one that is known by its open amount only cannot be mirrored."""
    document = look(desk, ids.checked(id, name="transaction")).document
    if not isinstance(document, Transaction):
        remedy = "Load the account with this document among its transactions."
        raise ids.UnknownReference(id, f"account {desk.profile.id!r} in full", remedy)
    return document


def undone_of(desk: Desk, id: str) -> Transaction:
    """Return a document that a decision is about to undo, which was posted by then."""
    document = document_of(desk, id)
    if desk.on < document.posted_on:
        raise DatedBefore(document.id, document.posted_on, desk.on)
    return document


def same_books(desk: Desk, other: Desk) -> None:
    """Refuse two accounts whose books are kept in two currencies, or that are one account."""
    if desk.profile.id == other.profile.id:
        raise UsageError(f"account {other.profile.id!r} is the account itself", "Pass another account.")
    if desk.currency != other.currency:
        raise allocation.mismatched(desk.currency, other.currency)
    if desk.profile.base_currency != other.profile.base_currency:
        kept = [str(one.profile.base_currency or one.currency) for one in (desk, other)]
        raise allocation.mismatched(*kept)


# -------------------------------------------------------------------------------------------------- cancel


def cancel(account: Account, transaction: str, /, *, id: str, on: date, reason: str, number: str | None = None) -> Update:
    """
    Undo an invoice or a payment by its counter-transaction, matched to it in full.

    What an invoice was settled with is free again and goes to other debits; what a payment settled is open again and is settled by
    other open credits. Naming acted once, at posting: what is freed now follows the order of the policy.

    Args:
        account: As it is now.

        transaction: The id of the invoice or payment.

        id: Of the cancellation.

        on: The day of the cancellation.

        reason: Why, in the user's words.

        number: The transaction number; the id stands in without one.

    Raises:
        NotCancellable: It is neither invoice nor payment, credit notes take off its lines, it is written off, or it was refunded.
        InvalidTransition: It is cancelled already.
        AccountTerminated: The account is terminated.

    Source:
        docs/rules/posting.md, rules R-7 and R-8.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("119.00")), on=date(2026, 3, 1)).account
    >>> account = receivables.quick_pay(account, "PAY-1", invoice="INV-1", method="card", on=date(2026, 3, 2)).account
    >>> update = cancel(account, "INV-1", id="IC-1", on=date(2026, 3, 9), reason="sent twice")
    >>> print(update.explain())
    IC-1, invoice cancellation of 119.00 EUR, posted on 2026-03-09: sent twice
      allocation.release/1: 119.00 EUR of PAY-1 leaves INV-1 (against-item gave it 119.00 EUR on 2026-03-02)
      allocation.cancellation/1: IC-1 -> INV-1 119.00 EUR; INV-1 is settled
    >>> money.text(receivables.balance(update.account))
    '-119.00 EUR'
    """
    desk = opened(account, on)
    refuse_terminated(desk, "cancel")
    document = undone_of(desk, transaction)
    kind, undo = _counter(document)
    _refuse_referred(desk, document, look(desk, document.id))
    replace(desk, transactions.cancelled(document))
    refuse_known(desk, id)
    counter = transactions.mirror(
        document, id=id, kind=kind, reason=reason, number=id if number is None else ids.checked(number), posted_on=desk.on
    )
    for row in reversed(unrolled(look(desk, document.id).rows)):  # the latest first, as everywhere
        free(desk, row, row[2], "cancellation")
    enter(desk, counter)
    undo(desk, document, counter)
    desk.events.append((f"{document.kind}.cancelled", document.id, (("by", counter.id), ("reason", reason))))
    sweep(desk)
    _entries.enter_document(desk, counter)
    return posted_update(desk, counter)


def _counter(document: Transaction) -> tuple[Kind, Callable[[Desk, Transaction, Transaction], None]]:
    if document.kind is Kind.INVOICE:
        return Kind.INVOICE_CANCELLATION, _cancels_invoice
    if document.kind is Kind.PAYMENT:
        return Kind.PAYMENT_CANCELLATION, _cancels_payment
    raise NotCancellable(
        document.id,
        f"its kind is {document.kind.words}",
        "Undo a credit note by a debit note, a refund by a payment that names it, a write-off by receivables.recover.",
    )


def _cancels_invoice(desk: Desk, document: Transaction, counter: Transaction) -> None:
    if document.total_minor:
        match(desk, counter.id, document.id, document.total_minor, "cancellation")


def _cancels_payment(desk: Desk, document: Transaction, counter: Transaction) -> None:
    if document.total_minor:
        match(desk, document.id, counter.id, document.total_minor, "cancellation")


def _refuse_referred(desk: Desk, document: Transaction, known: Known) -> None:
    if document.state is State.CANCELLED:
        return
    if known.marks.credited:
        taken = money.minor_text(known.marks.credited, desk.currency)
        remedy = "Credit what is left of it by another credit note."
        raise NotCancellable(document.id, f"credit notes take {taken} off its lines", remedy)
    bound = next((row for row in unrolled(known.rows) if row[4] in ("write-off", "refund", "cancellation")), None)
    if bound is not None:
        other = bound[0] if known.debit else bound[1]
        remedy = "Recover the write-off, or undo the refund by a payment that names it, first."
        raise NotCancellable(document.id, f"{other} stands against it", remedy)


def refuse_known(desk: Desk, id: str) -> None:
    name = ids.checked(id)
    if is_known(desk, name):
        raise ids.DuplicateId(name, "transaction")


def credit(
    account: Account,
    invoice: str,
    /,
    *,
    id: str,
    on: date,
    reason: str,
    amount: Money | None = None,
    number: str | None = None,
    rate: money.ExchangeRate | None = None,
) -> Update:
    """
    Post a credit note over an invoice or a part of it, its net and taxes shared as the invoice has them.

    Several credit notes of an invoice never exceed it: the last one absorbs the cent. The note names the invoice, and displaces what
    FIFO gave it; what a customer had paid becomes free credit.

    Args:
        account: As it is now.

        invoice: What is credited.

        id: Of the credit note.

        on: Its day.

        reason: Why, in the user's words.

        amount: How much of its total, taxes included; all that is left when left out.

        number: The transaction number; the id stands in without one.

        rate: To the base currency of the books, where they differ.

    Raises:
        CreditExceedsInvoice: More than is left of it.
        NotCancellable: It is cancelled.

    Source:
        docs/rules/transactions.md, rule T-9.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("100.00")), on=date(2026, 3, 1)).account
    >>> account = credit(account, "INV-1", id="CN-1", on=date(2026, 3, 5), reason="damaged", amount=eur("30.00")).account
    >>> print(credit(account, "INV-1", id="CN-2", on=date(2026, 3, 9), reason="returned").explain())
    CN-2, credit note of 70.00 EUR, posted on 2026-03-09: returned
      allocation.against-item/1: CN-2 -> INV-1 70.00 EUR; INV-1 is settled
    """
    desk = opened(account, on)
    document = undone_of(desk, invoice)
    if document.state is State.CANCELLED:
        raise NotCancellable(document.id, "it is cancelled already, and nothing of it is left to credit", "Credit another.")
    known = look(desk, document.id)
    lost = sum(row[2] for row in unrolled(known.rows) if row[4] == "write-off")
    left = document.total_minor - known.marks.credited - lost
    part = left if amount is None else money.to_minor(amount, currency=desk.currency)
    if lost and part > left:
        remedy = "Recover the write-off first: receivables.recover."
        raise NotCancellable(document.id, f"{money.minor_text(lost, desk.currency)} of it is written off", remedy)
    if not left:
        raise transactions.CreditExceedsInvoice(document.id, left, part, desk.currency)
    taken, share = (money.from_minor(minor, desk.currency) for minor in (known.marks.credited, part))
    draft = transactions.credit_of(document, id=id, amount=share, credited=taken, reason=reason)
    admit(desk, draft)
    note = made(desk, draft, number, None, rate)
    place(desk, note)
    return posted_update(desk, note)


# -------------------------------------------------------------------------------------------------- charge back


def charge_back(
    account: Account,
    payment: str,
    /,
    *,
    id: str,
    on: date,
    reason: str,
    amount: Money | None = None,
    fee: Money | None = None,
    fee_id: str | None = None,
    number: str | None = None,
    fee_number: str | None = None,
    rate: money.ExchangeRate | None = None,
) -> Update:
    """
    Give a payment back because the bank took it back: a lost dispute or a return. Its invoices are open again.

    A refund matched to the payment takes the money; what the payment settled is released, the latest first. A fee becomes a debit
    note of its own.

    Args:
        account: As it is now.

        payment: The payment that is lost.

        id: Of the refund.

        on: Its day.

        reason: The bank's, or the dispute's.

        amount: How much of it; all that was not given back yet when left out.

        fee: What the customer owes for it.

        fee_id: The id of the fee's debit note; made of *id* when left out.

        number: The transaction number of the refund; its id stands in without one.

        fee_number: The same of the fee's debit note.

        rate: From the account's currency to the base currency of its books, where they differ.

    Raises:
        Overdraft: More than is left of the payment.

    Source:
        docs/rules/refunds.md, rule F-4.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("50.00")), on=date(2026, 3, 1)).account
    >>> account = receivables.quick_pay(account, "PAY-1", invoice="INV-1", method="card", on=date(2026, 3, 2)).account
    >>> print(charge_back(account, "PAY-1", id="CB-1", on=date(2026, 4, 1), reason="fraudulent").explain())
    CB-1, refund of 50.00 EUR, posted on 2026-04-01, due on 2026-04-01: fraudulent
      allocation.release/1: 50.00 EUR of PAY-1 leaves INV-1 (against-item gave it 50.00 EUR on 2026-03-02)
      allocation.refund/1: PAY-1 -> CB-1 50.00 EUR; CB-1 is settled
    """
    desk = opened(account, on)
    document = undone_of(desk, payment)
    if document.kind is not Kind.PAYMENT:
        raise ids.UnknownReference(payment, "the payments of the account", "Name the payment that the bank took back.")
    known = look(desk, payment)
    rows: list[Row] = [row for row in unrolled(known.rows) if is_releasable(row)]
    left = known.open + sum(row[2] for row in rows)
    minor = left if amount is None else money.to_minor(amount, currency=desk.currency)
    if amount is not None and minor <= 0:
        raise money.InvalidAmount(f"amount is {money.text(amount)}", "The bank takes back a positive amount.")
    if not 0 < minor <= left:
        raise Overdraft(payment, left, minor, desk.currency, "The rest of it was given back already.")
    back = money.from_minor(minor, desk.currency)
    draft = transactions.refund(id, back, method=document.method or "bank", reason=reason, payment=payment)
    admit(desk, draft)
    refunded = made(desk, draft, number, desk.on, rate)
    place(desk, refunded, sweeps=fee is None)
    if fee is not None:
        _charge_fee(desk, fee, f"{id}/fee" if fee_id is None else fee_id, fee_number, reason, rate)
    return posted_update(desk, refunded)


def _charge_fee(desk: Desk, fee: Money, id: str, number: str | None, reason: str, rate: money.ExchangeRate | None) -> None:
    draft = transactions.debit_note(id, fee, portion=transactions.Portion.COSTS, reason=reason)
    admit(desk, draft)
    note = made(desk, draft, number, desk.on, rate)
    desk.why.append((FEE, note.id, note.total_minor, desk.currency))
    place(desk, note, counter=journal.Role.FEES.value)
