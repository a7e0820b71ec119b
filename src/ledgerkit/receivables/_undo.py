"""Undo what was posted, by another document: cancel, write off, recover, charge back."""

from collections.abc import Callable
from datetime import date

from moneyed import Money

from ledgerkit import allocation, ids, journal, money, trail, transactions
from ledgerkit.errors import InvalidArgument, UsageError, flag
from ledgerkit.receivables import _entries, _shelf
from ledgerkit.receivables._desk import Desk, enter, finish, free, is_known, look, match, replace, sweep
from ledgerkit.receivables._post import (
    admit,
    claim,
    is_releasable,
    made,
    opened,
    place,
    posted_update,
    refuse_terminated,
    says_posted,
    settle_these,
    warned,
)
from ledgerkit.receivables._reports import checked
from ledgerkit.receivables._types import (
    Account,
    AlreadySettled,
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
    _refuse_known(desk, id)
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


def _refuse_known(desk: Desk, id: str) -> None:
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


# -------------------------------------------------------------------------------------------------- write off and recover


def write_off(
    account: Account,
    invoice: str,
    /,
    *,
    id: str,
    on: date,
    reason: str,
    number: str | None = None,
    tax_relief: bool = False,
    tax_rate: transactions.Tax | None = None,
    undelivered: Money | None = None,
    into: Account | None = None,
    into_id: str | None = None,
    role: str = journal.Role.WRITE_OFF,
) -> Update:
    """
    Give up what is open of an invoice, or of a small credit nobody will claim.

    The document shows net and tax of the open amount, pro rata to the invoice's lines. The entry debits bad debt gross.

    Args:
        account: As it is now.

        invoice: What is given up: an invoice or another debit; or a credit, whose rest becomes income.

        id: Of the write-off.

        on: Its day.

        reason: Why, in the user's words.

        number: The transaction number; the id stands in without one.

        tax_relief: Whether output tax is reduced; the host decides, and dates it by *on*.

        tax_rate: Split into net and tax by this rate instead of the invoice's own lines.

        undelivered: What of the open amount is service not delivered yet: it comes out of deferred revenue, and is no bad debt.

        into: The company's write-off account: the counter-entry is receivable to receivable, and the account gets a debit note.

        into_id: Of that debit note; made of the two ids when left out.

        role: The role that takes the loss: an expense, or an allowance.

    Raises:
        AlreadySettled: Nothing is open of it.
        InvalidAmount: *undelivered* is more than what is left after tax relief.

    Source:
        docs/rules/write-offs.md, rules W-1 to W-3.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("100.00")), on=date(2026, 3, 1)).account
    >>> update = write_off(account, "INV-1", id="WO-1", on=date(2026, 9, 30), reason="bankrupt")
    >>> print(update.entries[0])
    WO-1/entry on 2026-09-30 from WO-1: receivable:ACME -100.00 EUR, write_off 100.00 EUR
    """
    desk = opened(account, on)
    relief, counter = flag(tax_relief, name="tax_relief"), ids.checked(role, name="role")
    document = undone_of(desk, invoice)
    owed = look(desk, document.id)
    if not owed.open:
        raise AlreadySettled(document.id, "write off")
    if tax_rate is not None and type(tax_rate) is not transactions.Tax:
        raise InvalidArgument(f"tax_rate is a {type(tax_rate).__name__}", 'Pass tax_rate=transactions.tax("VAT", "20%").')
    if not owed.debit:
        return _written_up(desk, document, owed, id, reason, number, counter)
    _refuse_known(desk, id)
    lost = transactions.mirror(
        document, id=id, kind=Kind.WRITE_OFF, reason=reason, number=id if number is None else ids.checked(number),
        posted_on=desk.on, total_minor=owed.open, base_minor=owed.marks.carried or None, tax_rate=tax_rate,
    )  # fmt: skip
    deferred = 0 if undelivered is None else money.to_minor(undelivered, currency=desk.currency, name="undelivered")
    most = lost.total_minor - (lost.tax_minor if relief else 0)
    if not 0 <= deferred <= most:
        raise _not_undelivered(deferred, most, desk.currency)
    enter(desk, lost)
    desk.events.append(("write_off.posted", lost.id, (("invoice", invoice), ("reason", reason))))
    match(desk, lost.id, document.id, lost.total_minor, "write-off")
    sweep(desk)
    also: tuple[Update, ...] = ()
    holder: str | None = None
    if into is not None:
        taker = opened(into, on)
        same_books(desk, taker)
        counter, holder = journal.Role.RECEIVABLE.value, taker.profile.id
        also = (_taken_over(taker, lost, into_id or f"{lost.id}/{holder}"),)
    sides = _entries.write_off_sides(desk, lost, relief=relief, deferred=deferred, counter=counter, holder=holder)
    _entries.add(desk, lost.id, _entries.entry_id(lost.id), sides, lost.base_minor)
    _entries.enter_flows(desk, lost.id)
    return finish(desk, (says_posted, lost), (), also)


def _not_undelivered(minor: int, most: int, currency: str) -> money.InvalidAmount:
    said = f"undelivered is {money.minor_text(minor, currency)} of {money.minor_text(most, currency)}"
    return money.InvalidAmount(said, "It is the part of the open amount that was not delivered.")


def _written_up(desk: Desk, document: Transaction, rest: Known, id: str, reason: str, number: str | None, role: str) -> Update:
    """Write off the rest of a credit: a debit note takes it, and the role that takes losses takes the gain."""
    amount = money.from_minor(rest.open, desk.currency)
    draft = transactions.debit_note(id, amount, against=[document.id], reason=reason)
    admit(desk, draft)
    note = made(desk, draft, number, desk.on, carried=rest.marks.carried)
    place(desk, note, counter=role)
    return posted_update(desk, note)


def _taken_over(desk: Desk, lost: Transaction, id: str) -> Update:
    """Put the debt on the company's write-off account: a debit note without an entry of its own, which the write-off made."""
    refuse_terminated(desk, "a debt written off")
    amount = money.from_minor(lost.total_minor, lost.currency)
    draft = transactions.debit_note(id, amount, reason=lost.reason, issued_on=lost.issued_on, external_code=lost.id)
    admit(desk, draft)
    note = made(desk, draft, None, desk.on, carried=lost.base_minor)
    enter(desk, note)
    desk.events.append(("debit_note.posted", note.id, (("number", note.number),)))
    sweep(desk)
    _entries.enter_flows(desk, note.id)
    return finish(desk, (says_posted, note), warned(desk))


def write_off_account(
    account: Account, /, *, id: Callable[[str], str], on: date, reason: str, tax_relief: bool = False
) -> tuple[Update, ...]:
    """
    Give up everything that is open on an account: one write-off an open debit, in the order they fall due.

    Args:
        account: As it is now.

        id: Makes the id of a write-off of the id of its invoice.

        on: Their day.

        reason: Why, in the user's words.

        tax_relief: Whether output tax is reduced.

    Returns:
        The updates in order, each on the account of the one before; save them all. None where nothing is open.

    Source:
        docs/rules/write-offs.md, rule W-4.

    >>> from ledgerkit import receivables
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", money.of("100.00 EUR")), on=date(2026, 3, 1)).account
    >>> updates = write_off_account(account, id=lambda invoice: f"WO-{invoice}", on=date(2026, 9, 30), reason="bankrupt")
    >>> [str(update.account) for update in updates]
    ['ACME, balance 0.00 EUR, version 2']
    """
    if not callable(id):
        raise InvalidArgument(
            f"id is a {type(id).__name__}", "Pass a function that makes the id of a write-off of its invoice's."
        )
    relief = flag(tax_relief, name="tax_relief")
    open_ids = [known.id for known in open_debits(checked(account))]
    updates: list[Update] = []
    for invoice in open_ids:
        update = write_off(account, invoice, id=id(invoice), on=on, reason=reason, tax_relief=relief)
        account = update.account
        updates.append(update)
    return tuple(updates)


def open_debits(account: Account) -> list[Known]:
    """Return the debits that are not settled, in the order they are used, the held ones among them."""
    desk = Desk(account, date.min)
    held = [look(desk, id) for id in account._held]
    found = list(_shelf.standing(account._debits))
    found.extend(known for known in held if known.debit and known.open)
    return sorted(found, key=lambda known: known.place)


def recover(
    account: Account,
    write_off: str,
    /,
    *,
    id: str,
    on: date,
    reason: str,
    amount: Money | None = None,
    number: str | None = None,
    tax_relief: bool = False,
    undelivered: Money | None = None,
    out_of: Account | None = None,
    out_of_id: str | None = None,
    role: str = journal.Role.RECOVERY,
) -> Update:
    """
    Reinstate a debt that was written off: the invoice is open again, and waiting credit settles it.

    A debit note takes the write-off back, tax share included; the entry credits recovered debt.

    Args:
        account: As it is now.

        write_off: The id of the write-off.

        id: Of the debit note.

        on: Its day.

        reason: Why, in the user's words.

        amount: How much of it; all when left out.

        number: The transaction number; the id stands in without one.

        tax_relief: Whether output tax was reduced by the write-off, and is owed again.

        undelivered: What of it is service not delivered yet: it goes back to deferred revenue.

        out_of: The company's account that it was written off into: the counter-entry is receivable to receivable.

        out_of_id: Of the credit note on that account; made of the two ids when left out.

        role: The role that takes the gain.

    Raises:
        OverAllocation: More than was written off and not recovered yet.
        UnknownReference: There is no such write-off.

    Source:
        docs/rules/write-offs.md, rule W-5.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("50.00")), on=date(2026, 3, 1)).account
    >>> account = write_off(account, "INV-1", id="WO-1", on=date(2026, 9, 30), reason="bankrupt").account
    >>> update = recover(account, "WO-1", id="DN-1", on=date(2026, 11, 3), reason="dividend", amount=eur("20.00"))
    >>> print(update.entries[0])
    DN-1/entry on 2026-11-03 from DN-1: receivable:ACME 20.00 EUR, recovery -20.00 EUR
    """
    desk = opened(account, on)
    lost = undone_of(desk, write_off)
    if lost.kind is not Kind.WRITE_OFF:
        raise ids.UnknownReference(write_off, "the write-offs of the account", "Name the write-off, not the invoice.")
    relief, counter = flag(tax_relief, name="tax_relief"), ids.checked(role, name="role")
    rows = [row for row in unrolled(look(desk, lost.id).rows) if is_releasable(row)]
    left = sum(row[2] for row in rows)
    minor = left if amount is None else money.to_minor(amount, currency=desk.currency)
    if not 0 < minor <= left:
        raise allocation.OverAllocation(f"the recovery of {lost.id}", left, minor, desk.currency)
    before = money.from_minor(lost.total_minor - left, desk.currency)
    part = money.from_minor(minor, desk.currency)
    lines = transactions.share_of(lost, part, text=f"recovery of {lost.id}", after=before)
    draft = transactions.debit_note(id, lines, against=[lost.id], reason=reason)
    admit(desk, draft)
    note = made(desk, draft, number, desk.on, carried=_carried_again(lost, left, minor))
    deferred = 0 if undelivered is None else money.to_minor(undelivered, currency=desk.currency, name="undelivered")
    most = note.total_minor - (note.tax_minor if relief else 0)
    if not 0 <= deferred <= most:
        raise _not_undelivered(deferred, most, desk.currency)
    enter(desk, note)
    desk.events.append(("write_off.recovered", lost.id, (("by", note.id), ("reason", reason))))
    claim(desk, note.id, lost.id, minor, "cancellation", "recovered")
    sweep(desk)
    also: tuple[Update, ...] = ()
    holder: str | None = None
    if out_of is not None:
        giver = opened(out_of, on)
        same_books(desk, giver)
        counter, holder = journal.Role.RECEIVABLE.value, giver.profile.id
        also = (_given_back(giver, note, lost, out_of_id or f"{note.id}/{holder}"),)
    taken = _entries.write_off_sides(desk, note, relief=relief, deferred=deferred, counter=counter, holder=holder)
    sides = tuple((side[0], -side[1], *side[2:]) for side in taken)
    _entries.add(desk, note.id, _entries.entry_id(note.id), sides, note.base_minor)
    _entries.enter_flows(desk, note.id)
    return finish(desk, (says_posted, note), warned(desk), also)


def _carried_again(lost: Transaction, left: int, minor: int) -> int | None:
    """Return what a recovered part carries in the base currency: through this part, less what came before."""
    if lost.base_minor is None:
        return None
    before = lost.total_minor - left
    upto, done = (money.round_ratio(lost.base_minor * part, lost.total_minor) for part in (before + minor, before))
    return upto - done


def _given_back(desk: Desk, note: Transaction, lost: Transaction, id: str) -> Update:
    """Take the debt off the company's write-off account: a credit note without an entry of its own, which the recovery made."""
    held = next((one for one in desk.account.transactions if one.external_code == lost.id), None)
    if held is None:
        raise ids.UnknownReference(
            lost.id, f"what account {desk.profile.id!r} took over", "Pass the account it was written off into."
        )
    amount = money.from_minor(note.total_minor, note.currency)
    draft = transactions.credit_note(id, amount, against=[held.id], reason=note.reason)
    admit(desk, draft)
    credit = made(desk, draft, None, None, carried=note.base_minor)
    enter(desk, credit)
    desk.events.append(("credit_note.posted", credit.id, (("number", credit.number),)))
    settle_these(desk, credit.id, credit.total_minor, [look(desk, held.id)])
    sweep(desk)
    _entries.enter_flows(desk, credit.id)
    return finish(desk, (says_posted, credit))


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
    draft = transactions.debit_note(id, fee, reason=reason)
    admit(desk, draft)
    note = made(desk, draft, number, desk.on, rate)
    desk.why.append((FEE, note.id, note.total_minor, desk.currency))
    place(desk, note, counter=journal.Role.FEES.value)
