"""Give up what is open, and get it after all."""

from collections.abc import Callable
from datetime import date

from moneyed import Money

from ledgerkit import _front, allocation, ids, journal, money, transactions
from ledgerkit.errors import InvalidArgument, flag
from ledgerkit.receivables import _entries, _shelf
from ledgerkit.receivables._desk import Desk, enter, finish, look, match, sweep
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
from ledgerkit.receivables._types import Account, AlreadySettled, Known, Update, unrolled
from ledgerkit.receivables._undo import refuse_known, same_books, undone_of
from ledgerkit.transactions import Kind, Transaction


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
        raise InvalidArgument(f"tax_rate is {_front.a(tax_rate)}", 'Pass tax_rate=transactions.tax("VAT", "20%").')
    if not owed.debit:
        return _written_up(desk, document, owed, id, reason, number, counter)
    refuse_known(desk, id)
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
        also = (_taken_over(taker, lost, f"{lost.id}/{holder}" if into_id is None else into_id),)
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
        raise InvalidArgument(f"id is {_front.a(id)}", "Pass a function that makes the id of a write-off of its invoice's.")
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
        also = (_given_back(giver, note, lost, f"{note.id}/{holder}" if out_of_id is None else out_of_id),)
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
