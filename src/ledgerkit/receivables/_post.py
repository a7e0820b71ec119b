"""Post a draft, reject it, pay exactly what is open."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from ledgerkit import _front, allocation, ids, money, periods, states, terms, trail, transactions
from ledgerkit.allocation import Order
from ledgerkit.errors import InvalidArgument, UsageError, flag
from ledgerkit.receivables import _entries, _shelf
from ledgerkit.receivables._desk import (
    Desk,
    credit_lines,
    enter,
    finish,
    free_latest,
    is_known,
    kind_of,
    look,
    match,
    settle,
    sweep,
)
from ledgerkit.receivables._types import (
    Account,
    AccountTerminated,
    AlreadySettled,
    Known,
    NotCancellable,
    NotKnown,
    Overdraft,
    PeriodLocked,
    Row,
    State,
    Update,
    WrongAccount,
    WrongSide,
    unrolled,
)
from ledgerkit.transactions import Draft, Kind, Transaction

_NAMED: Final = "against-item"
_NO_MONEY: Final = frozenset({Kind.WRITE_OFF, Kind.INVOICE_CANCELLATION})


def _says_short(credit: str, names: str, open_minor: int, amount: int, currency: str, short: int) -> str:
    said = f"{credit} names {names}, of which {money.minor_text(open_minor, currency)} of"
    return f"{said} {money.minor_text(amount, currency)} is open: {money.minor_text(short, currency)} short"


NAMES = trail.Rule(
    name="allocation.against-item",
    version=1,
    fields=("credit", "names", "open", "amount", "currency", "short"),
    says=_says_short,
)


def _says_due(document: str, terms_text: str, posted_on: date, due_on: date) -> str:
    return f"{document} is due on {due_on}: {terms_text}, posted on {posted_on}"


DUE = trail.Rule(name="receivables.due", version=1, fields=("document", "terms", "posted_on", "due_on"), says=_says_due)


class MissingRate(UsageError, ValueError):
    """The account keeps its books in another currency, and no rate was given."""

    def __init__(self, currency: str, base: str) -> None:
        super().__init__(
            f"the books are kept in {base}, and the document is in {currency}",
            f'Pass rate=money.ExchangeRate(base="{currency}", quote="{base}", rate="1.08") of its day.',
        )


def opened(account: Any, on: Any) -> Desk:
    """Lay an account on a desk for a decision of this day."""
    if type(account) is not Account:
        raise InvalidArgument(f"account is {_front.a(account)}", "Make it with receivables.account(...).")
    day = periods.civil_date(on)
    profile = account.profile
    if profile.locked_through is not None and day <= profile.locked_through:
        raise PeriodLocked(day, profile.locked_through)
    if profile.since is not None and day < profile.since:
        raise NotKnown(profile.since, day)
    return Desk(account, day)


def refuse_terminated(desk: Desk, action: str) -> None:
    """Refuse what a terminated account does not take."""
    if desk.profile.state is State.TERMINATED:
        raise AccountTerminated(desk.profile.id, action)


def says_posted(document: Transaction) -> str:
    """Say what was posted, and why if somebody said so."""
    return f"{document}: {document.reason}" if document.reason else str(document)


def post(
    account: Account,
    draft: Draft,
    /,
    *,
    on: date,
    number: str | None = None,
    allow_overdraft: bool = False,
    reopen: bool = False,
    rate: money.ExchangeRate | None = None,
    calendar: periods.BusinessDays | None = None,
    roll: periods.Roll = periods.Roll.NONE,
) -> Update:
    """
    Make a draft final, and let open credits meet open debits. Not saving the update is the preview.

    The document gets its number and its due date, the balance moves, and its balanced entry is made. A credit that names invoices goes
    to them first and displaces what FIFO gave them; then all open credits meet all open debits in the order of the account's policy.
    What was allocated before stays as it is.

    Args:
        account: As it is now.

        draft: Of this account, or of none yet.

        on: The day it is posted; due dates count from it, and the books have to be open on it.

        number: The transaction number; the id stands in without one.

        allow_overdraft: Whether a refund may be of more than the free credit.

        reopen: Whether a refund that names a payment may take back what the payment settled.

        rate: From the account's currency to the base currency of its books, where they differ.

        calendar: The host's business days, for *roll*.

        roll: Where a computed due date goes that is not a business day.

    Returns:
        The new account and exactly what changed.

    Raises:
        DuplicateId: A document of this id is on the account.
        InvalidTransition: The draft was rejected.
        WrongAccount: It was made for another account.
        CurrencyMismatch: It is in another currency than the account.
        PeriodLocked: *on* lies in a locked period.
        UnknownReference: It names a document that is not on the account.
        CyclicReference: A credit names a credit.
        DueDateOutsideWindow: The typed due date lies outside the window of the terms.
        Overdraft: A refund is of more than the free credit.

    Source:
        docs/rules/posting.md, rules R-1 to R-4.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> update = post(account, transactions.invoice("INV-7", eur("120.00"), due_on=date(2026, 3, 15)), on=date(2026, 3, 1))
    >>> update = post(update.account, transactions.payment("PAY-3", eur("50.00"), method="card"), on=date(2026, 3, 10))
    >>> print(update.explain())
    PAY-3, payment of 50.00 EUR, posted on 2026-03-10
      allocation.fifo/1: PAY-3 -> INV-7 50.00 EUR, due 2026-03-15; 70.00 EUR stays open
    """
    desk = opened(account, on)
    overdraw, open_again = flag(allow_overdraft, name="allow_overdraft"), flag(reopen, name="reopen")
    admit(desk, draft)
    due = _due_on(desk, draft, calendar, roll)
    if draft.kind is Kind.REFUND:
        _refuse_overdraft(desk, draft, allow_overdraft=overdraw, reopen=open_again)
    document = made(desk, draft, number, due, rate)
    place(desk, document)
    return posted_update(desk, document)


def made(
    desk: Desk,
    draft: Draft,
    number: str | None,
    due: date | None,
    rate: money.ExchangeRate | None = None,
    carried: int | None = None,
) -> Transaction:
    """
    Make the transaction of an admitted draft.

    Args:
        carried: What it is carried at in the base currency, where it takes over what another document carried.
    """
    base = desk.profile.base_currency
    if rate is not None and type(rate) is not money.ExchangeRate:
        raise InvalidArgument(f"rate is {_front.a(rate)}", 'Pass money.ExchangeRate(base="USD", quote="EUR", rate="0.9").')
    if base is not None and carried is None:
        carried = _valued(desk, draft, rate, base)
    return transactions.posted(
        draft,
        account=desk.profile.id,
        number=draft.id if number is None else ids.checked(number, name="number"),
        posted_on=desk.on,
        due_on=due,
        base_minor=None if base is None else carried,
        base_currency=base,
    )


def place(
    desk: Desk, document: Transaction, *, counter: str | None = None, pays: Known | None = None, sweeps: bool = True
) -> None:
    """
    Enter a document, match it with what it names, sweep, and make its entry.

    Args:
        counter: The role on the other side of the entry, where it is not revenue or cash.

        pays: The one debit that a credit is for, whatever the policy.

        sweeps: Whether open credits meet open debits now; not where another document of the same decision is still to come.
    """
    enter(desk, document)
    desk.events.append((f"{document.kind}.posted", document.id, (("number", document.number),)))
    if pays is not None:
        settle_these(desk, document.id, document.total_minor, [pays])
    elif document.against:
        by_side = _settle_named if document.side is transactions.Side.CREDIT else _undo_named
        by_side(desk, document)
    elif document.payment is not None:
        claim(desk, document.id, document.payment, document.total_minor, "refund", "refund")
    elif document.kind is Kind.REFUND:
        take_credit(desk, document.id, document.total_minor)
    credit_lines(desk, document)
    if sweeps:
        sweep(desk)
    _entries.enter_document(desk, document, counter)


def posted_update(desk: Desk, document: Transaction, warnings: tuple[str, ...] = ()) -> Update:
    """Take the update of one posted document off the desk."""
    _entries.enter_flows(desk, document.id)
    return finish(desk, (says_posted, document), (*warnings, *warned(desk)))


def warned(desk: Desk) -> tuple[str, ...]:
    """Return the warnings of a decision: a balance that has come to stand above the credit limit."""
    limit = desk.profile.credit_limit_minor
    if limit is None or desk.balance <= max(limit, desk.account.balance_minor):
        return ()
    desk.events.append(("account.over_limit", desk.profile.id, ()))
    said = f"the balance of {money.minor_text(desk.balance, desk.currency)} is above"
    return (f"{said} the credit limit of {money.minor_text(limit, desk.currency)}",)


def admit(desk: Desk, draft: Any) -> None:
    if type(draft) is not Draft:
        raise InvalidArgument(
            f"draft is {_front.a(draft)}", 'Make it with transactions.invoice("INV-7", eur("120.00")) or its kin.'
        )
    if draft.state is not transactions.State.DRAFT:
        states.advance(transactions.LIFECYCLE, draft.state, transactions.Action.POST)
    if draft.account is not None and draft.account != desk.profile.id:
        raise WrongAccount(draft.id, draft.account, desk.profile.id)
    if draft.currency != desk.currency:
        raise allocation.mismatched(draft.currency, desk.currency)
    if is_known(desk, draft.id):
        raise ids.DuplicateId(draft.id, "transaction")


def _due_on(desk: Desk, draft: Draft, calendar: periods.BusinessDays | None, roll: periods.Roll) -> date | None:
    """Return the due date: typed, if the window of the terms allows it; else computed; else the day of posting."""
    if draft.kind not in (Kind.INVOICE, Kind.DEBIT_NOTE):
        return desk.on if draft.kind is Kind.REFUND else None
    wanted = draft.terms or desk.profile.terms
    if wanted is None:
        return draft.due_on or desk.on
    if draft.due_on is not None:
        due = terms.check_typed(wanted, draft.due_on, posted_on=desk.on, calendar=calendar, roll=roll)
    else:
        due = terms.due_date(wanted, desk.on, calendar=calendar, roll=roll)
    desk.why.append((DUE, draft.id, wanted.text, desk.on, due))
    return due


def _valued(desk: Desk, draft: Draft, rate: money.ExchangeRate | None, base: str) -> int:
    """Return what the document is carried at in the base currency, at the rate of its day, rounded half up."""
    if base == desk.currency:
        return draft.total_minor
    if rate is None:
        raise MissingRate(desk.currency, base)
    return money.to_minor(money.exchange(draft.total, rate), currency=base, name="rate")


# -------------------------------------------------------------------------------------------------- credits that name debits


def _named_debits(desk: Desk, document: Transaction) -> list[Known]:
    found = []
    for name in document.against:
        known = look(desk, name)
        if not known.debit:
            raise ids.CyclicReference(
                name, f"{document.id} names {name}, which is a credit itself", "Name the invoices it is meant for."
            )
        found.append(known)
    return sorted(found, key=lambda known: known.place)


def _settle_named(desk: Desk, document: Transaction) -> None:
    """Let a credit settle the debits it names: displace FIFO rows by the shortfall, latest first, then take what is open."""
    debits = _named_debits(desk, document)
    refunds = [known for known in debits if document.kind is Kind.PAYMENT and kind_of(known) == Kind.REFUND]
    if refunds:  # it came back: under every policy
        settle_these(desk, document.id, document.total_minor, refunds, may_undo=True)
    if desk.profile.policy.named_first:
        invoices = [look(desk, known.id) for known in debits if known not in refunds]
        settle_these(desk, document.id, look(desk, document.id).open, invoices)


def settle_these(desk: Desk, credit: str, minor: int, debits: Sequence[Known], *, may_undo: bool = False) -> None:
    """Let a credit of *minor* settle these debits in order, displacing what an order gave them."""
    free_now = sum(known.open for known in debits)
    rows = [row for known in debits for row in unrolled(known.rows) if _gives_way(known, row, may_undo)]
    short = min(minor - free_now, sum(row[2] for row in rows))
    if short > 0:
        names = " and ".join(known.id for known in debits)
        amount = sum(_amount(known) for known in debits)
        desk.why.append((NAMES, credit, names, free_now, amount, desk.currency, minor - free_now))
        free_latest(desk, rows, short, "displaced")
    for known in debits:
        name = known.id
        taken = min(look(desk, credit).open, look(desk, name).open)
        if taken:
            match(desk, credit, name, taken, _NAMED)


def _amount(known: Known) -> int:
    document = known.document
    return document.total_minor if isinstance(document, Transaction) else document.amount_minor


def _gives_way(known: Known, row: Row, may_undo: bool) -> bool:
    """Whether a row gives way to a newcomer: what an order made does, and a refund does to the payment that undoes it."""
    if may_undo and isinstance(known.document, Transaction) and known.document.kind is Kind.REFUND:
        return row[4] == "refund" or allocation.is_displaceable(row[4])
    return allocation.is_displaceable(row[4])


# -------------------------------------------------------------------------------------------------- debits that name credits


def claim(desk: Desk, debit: str, credit: str, minor: int, policy: str, reason: str) -> None:
    """Let a debit take *minor* of the credit it names, releasing what that credit settled, the latest first, by the shortfall."""
    known = look(desk, credit)
    if known.debit:
        raise ids.CyclicReference(credit, f"{debit} names {credit}, which is a debit itself", "Name the credit it undoes.")
    short = minor - known.open
    if short > 0:
        rows = [row for row in unrolled(known.rows) if is_releasable(row)]
        held = sum(row[2] for row in rows)
        if held < short:
            gone = known.open + held
            raise Overdraft(credit, gone, minor, desk.currency, "The rest of it was given back already.")
        free_latest(desk, rows, short, reason)
    if minor:
        match(desk, credit, debit, minor, policy)


def is_releasable(row: Row) -> bool:
    """Whether undoing a credit takes this row back: not what matches it with another document that undid a part of it."""
    return row[4] not in ("cancellation", "refund")


def _undo_named(desk: Desk, document: Transaction) -> None:
    """Let a debit note undo the credits it names, in the order it names them."""
    left = document.total_minor
    for name in document.against:
        known = look(desk, name)
        if kind_of(known) in _NO_MONEY:
            remedy = "Take a write-off back with receivables.recover; a cancellation stands."
            raise NotCancellable(
                name, f"its kind is {str(kind_of(known)).replace('_', ' ')}, which no debit note undoes", remedy
            )
        taken = min(left, known.open + sum(row[2] for row in unrolled(known.rows) if is_releasable(row)))
        if taken or known.debit:  # which is refused
            claim(desk, document.id, name, taken, "cancellation", "undone")
        left -= taken


def take_credit(desk: Desk, debit: str, minor: int) -> None:
    """Let a debit take *minor* of the free credit, in the order credits are used, ahead of every other debit."""
    credits, found = [], 0
    for known in _shelf.standing(desk.credits):
        if found >= minor:
            break
        credits.append(known)
        found += known.open
    owed = look(desk, debit)
    columns = allocation.in_order([have.open for have in credits], [owed.open] if owed.open else [])
    settle(desk, credits, [owed], columns, Order.OLDEST_FIRST.value)


def free_credit(desk: Desk, needed: int | None = None) -> int:
    """Return what is unallocated and may be used without a name; no more is counted than comes to *needed*."""
    found = 0
    for known in _shelf.standing(desk.credits):
        found += known.open
        if needed is not None and found >= needed:
            break
    return found


def _refuse_overdraft(desk: Desk, draft: Draft, *, allow_overdraft: bool, reopen: bool) -> None:
    if allow_overdraft and draft.payment is None:
        return
    if draft.payment is None:
        free_now = free_credit(desk, draft.total_minor)
        if free_now < draft.total_minor:
            remedy = "Lower the amount, credit an invoice first, or say allow_overdraft=True."
            raise Overdraft(f"account {desk.profile.id}", free_now, draft.total_minor, desk.currency, remedy)
        return
    known = look(desk, draft.payment)
    if known.debit or kind_of(known) in _NO_MONEY:
        raise ids.CyclicReference(
            draft.payment, f"{draft.id} names {draft.payment}, which gives nothing back", "Name the payment or the credit note."
        )
    if known.open < draft.total_minor and not reopen:
        remedy = "Credit the invoice it settled first, or say reopen=True to open that invoice again."
        raise Overdraft(draft.payment, known.open, draft.total_minor, desk.currency, remedy)


# -------------------------------------------------------------------------------------------------- reject and quick pay


def reject(account: Account, draft: Draft, /, *, on: date, reason: str) -> Update:
    """
    Decide that a draft is not going to be posted. The balance does not move.

    Args:
        account: It has to be active or suspended.

        draft: Of this account, or of none yet.

        on: Its day.

        reason: Why, in the user's words; one is needed.

    Returns:
        An update whose ``rejected`` is the draft as rejected.

    Raises:
        AccountTerminated: The account is terminated.
        InvalidTransition: The draft was rejected already.

    Source:
        docs/rules/posting.md, rule R-5.

    >>> from ledgerkit import receivables
    >>> draft = transactions.invoice("INV-7", money.of("120.00 EUR"))
    >>> print(reject(receivables.account("ACME", currency="EUR"), draft, on=date(2026, 3, 1), reason="wrong customer"))
    INV-7, invoice of 120.00 EUR, rejected on 2026-03-01: wrong customer
    """
    desk = opened(account, on)
    refuse_terminated(desk, "reject")
    admit(desk, draft)
    refused = transactions.rejected(draft, reason=reason)
    desk.events.append((f"{draft.kind}.rejected", draft.id, (("reason", reason),)))
    return finish(desk, (_says_rejected, refused, desk.on), rejected=refused)


def _says_rejected(draft: Draft, on: date) -> str:
    return f"{draft}".removesuffix(", rejected") + f", rejected on {on}: {draft.reason}"


def quick_pay(
    account: Account,
    id: str,
    /,
    *,
    invoice: str,
    method: str,
    on: date,
    number: str | None = None,
    rate: money.ExchangeRate | None = None,
) -> Update:
    """
    Post a payment of exactly the open amount of an invoice, against that invoice whatever the policy.

    Args:
        account: As it is now.

        id: Of the payment.

        invoice: What it pays.

        method: How, in the host's word.

        on: Its day.

        number: The transaction number; the id stands in without one.

        rate: From the account's currency to the base currency of its books, where they differ.

    Raises:
        AlreadySettled: Nothing is open of it.
        WrongSide: It is a credit.
        UnknownReference: There is no such invoice on the account.

    Source:
        docs/rules/posting.md, rule R-6.

    >>> from ledgerkit import receivables
    >>> account = receivables.account("ACME", currency="EUR")
    >>> draft = transactions.invoice("INV-7", money.of("120.00 EUR"))
    >>> account = post(account, draft, on=date(2026, 3, 1)).account
    >>> print(quick_pay(account, "PAY-1", invoice="INV-7", method="card", on=date(2026, 3, 2)).allocations[0])
    PAY-1 -> INV-7 120.00 EUR
    """
    desk = opened(account, on)
    name = ids.checked(invoice, name="invoice")
    owed = look(desk, name)
    if not owed.debit:
        raise WrongSide(name, is_debit=False)
    if not owed.open:
        raise AlreadySettled(name, "pay")
    draft = transactions.payment(id, money.from_minor(owed.open, desk.currency), method=method, against=[name])
    admit(desk, draft)
    document = made(desk, draft, number, None, rate)
    place(desk, document, pays=owed)
    return posted_update(desk, document)
