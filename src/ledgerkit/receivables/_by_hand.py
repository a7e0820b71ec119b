"""What a person decides on an account: allocate, release, hold, lift, annotate."""

from datetime import date, datetime

from moneyed import Money

from ledgerkit import allocation, ids, money, trail, transactions
from ledgerkit.receivables import _entries
from ledgerkit.receivables._desk import Desk, finish, free_latest, keep, look, match, replace, sweep
from ledgerkit.receivables._post import is_releasable, opened
from ledgerkit.receivables._types import Account, Known, NothingToRelease, Update, WrongSide, unrolled
from ledgerkit.receivables._undo import document_of


def _says(what: str, on: date, reason: str | None = None) -> str:
    return f"{what} on {on}: {reason}" if reason else f"{what} on {on}"


HELD = trail.Rule(
    name="receivables.hold", version=1, fields=("what", "on", "reason", "held"), says=lambda *said: _says(*said[:3])
)
NOTED = trail.Rule(name="receivables.annotate", version=1, fields=("what", "on", "text"), says=_says)


def allocate(account: Account, credit: str, /, *, to: str, amount: Money, on: date) -> Update:
    """
    Let so much of a credit settle so much of a debit, because a person says so.

    Args:
        account: As it is now.

        credit: What there is to settle with.

        to: What is settled.

        amount: Positive, and open on both sides.

        on: The day of it; the row counts from the latest of this day and the days both sides were free.

    Raises:
        OverAllocation: More than is open on one of the two.
        UnknownReference: One of them is not on the account.

    Source:
        docs/rules/allocation.md, rule A-8.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR", policy=allocation.MANUAL)
    >>> account = receivables.post(account, transactions.invoice("INV-7", eur("70.00")), on=date(2026, 4, 1)).account
    >>> payment = transactions.payment("PAY-3", eur("90.00"), method="card")
    >>> account = receivables.post(account, payment, on=date(2026, 4, 2)).account
    >>> allocate(account, "PAY-3", to="INV-7", amount=eur("90.00"), on=date(2026, 4, 16))
    Traceback (most recent call last):
    ledgerkit.allocation.OverAllocation: cannot allocate 90.00 EUR to INV-7: only 70.00 EUR is open. Lower the amount, or release an earlier allocation first.
    """  # noqa: E501
    desk = opened(account, on)
    have, owed = _side(desk, credit, debit=False), _side(desk, to, debit=True)
    minor = money.to_minor(amount, currency=desk.currency)
    if minor <= 0:
        raise money.InvalidAmount(f"amount is {money.text(amount)}", "Allocate a positive amount.")
    for known in (owed, have):
        if minor > known.open:
            raise allocation.OverAllocation(known.id, known.open, minor, desk.currency)
    match(desk, have.id, owed.id, minor, "by-hand")
    return _by_hand(desk, f"{money.text(amount)} of {credit} allocated to {to} by hand", have.id)


def _side(desk: Desk, id: str, *, debit: bool) -> Known:
    known = look(desk, ids.checked(id))
    if known.debit is not debit:
        raise WrongSide(id, known.debit)
    return known


def _by_hand(desk: Desk, what: str, source: str, reason: str | None = None) -> Update:
    _entries.enter_flows(desk, source, f"/{desk.version}")
    return finish(desk, (_says, what, desk.on, reason))


def release(account: Account, credit: str, /, *, of: str, on: date, reason: str, amount: Money | None = None) -> Update:
    """
    Take what a credit settled of a debit back, because a person says so: the latest rows first.

    Nothing is swept now: both are open until the next posting or an allocation by hand. Hold the debit to keep it open.

    Args:
        account: As it is now.

        credit: What had settled it.

        of: What is open again.

        on: The day of it.

        reason: Why, in the user's words.

        amount: How much; all that stands between the two when left out.

    Raises:
        NothingToRelease: More than stands between the two.

    Source:
        docs/rules/allocation.md, rule A-7.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("50.00")), on=date(2026, 3, 1)).account
    >>> account = receivables.quick_pay(account, "PAY-1", invoice="INV-1", method="card", on=date(2026, 3, 2)).account
    >>> update = release(account, "PAY-1", of="INV-1", on=date(2026, 3, 9), reason="meant for another")
    >>> print(update.explain())
    50.00 EUR of PAY-1 released from INV-1 on 2026-03-09: meant for another
      allocation.release/1: 50.00 EUR of PAY-1 leaves INV-1 (against-item gave it 50.00 EUR on 2026-03-02)
    """
    desk = opened(account, on)
    have, owed = _side(desk, credit, debit=False), _side(desk, of, debit=True)
    rows = [row for row in unrolled(have.rows) if row[1] == owed.id and is_releasable(row) and row[4] != "write-off"]
    stands = sum(row[2] for row in rows)
    minor = stands if amount is None else money.to_minor(amount, currency=desk.currency)
    if not 0 < minor <= stands:
        raise NothingToRelease(have.id, owed.id, stands, minor, desk.currency)
    free_latest(desk, rows, minor, ids.text(reason, name="reason"))
    return _by_hand(desk, f"{money.minor_text(minor, desk.currency)} of {credit} released from {of}", have.id, reason)


def hold(account: Account, item: str, /, *, on: date, reason: str) -> Update:
    """
    Keep an item out of every automatic allocation until it is lifted: the customer contests it.

    By name or by hand it is settled all the same. What was allocated stays. Holding it twice changes nothing more.

    Args:
        account: As it is now.

        item: A debit, or a credit.

        on: The day of it.

        reason: Why, in the user's words.

    Source:
        docs/rules/allocation.md, rule A-8.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("50.00")), on=date(2026, 3, 1)).account
    >>> update = hold(account, "INV-1", on=date(2026, 3, 4), reason="contested")
    >>> print(update.explain().splitlines()[0], dict(update.held))
    INV-1 is held on 2026-03-04: contested {'INV-1': True}
    """
    return _held(account, item, True, on, reason)


def lift(account: Account, item: str, /, *, on: date, reason: str | None = None) -> Update:
    """
    Let a held item take part again, and let open credits meet open debits.

    Args:
        account: As it is now.

        item: What was held.

        on: The day of it; rows made now count from it.

        reason: Why, in the user's words.

    Source:
        docs/rules/allocation.md, rule A-8.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("50.00")), on=date(2026, 3, 1)).account
    >>> account = hold(account, "INV-1", on=date(2026, 3, 4), reason="contested").account
    >>> payment = transactions.payment("PAY-1", eur("50.00"), method="wire")
    >>> account = receivables.post(account, payment, on=date(2026, 3, 5)).account
    >>> print(*lift(account, "INV-1", on=date(2026, 3, 9)).allocations)
    PAY-1 -> INV-1 50.00 EUR
    """
    return _held(account, item, False, on, reason)


def _held(account: Account, item: str, held: bool, on: date, reason: str | None) -> Update:
    desk = opened(account, on)
    why = None if reason is None else ids.text(reason, name="reason")
    known = look(desk, ids.checked(item, name="item"))
    name = known.id
    what = f"{name} is {'held' if held else 'lifted'}"
    if known.held is not held:
        keep(desk, known, known._replace(marks=known.marks._replace(held=held)))
        desk.held = desk.held | {name} if held else desk.held - {name}
        desk.holds.append((name, held))
        desk.why.append((HELD, what, desk.on, why, held))
        desk.events.append(("item.held" if held else "item.lifted", name, (("reason", why or ""),)))
    if not held:
        sweep(desk)
    return _by_hand(desk, what, name, why)


def annotate(account: Account, transaction: str, /, *, text: str, by: str, at: datetime, on: date) -> Update:
    """
    Write a note on a posted document: who, when, what. No figure changes.

    Args:
        account: As it is now.

        transaction: Its id.

        text: What is noted.

        by: Who notes it.

        at: The aware instant.

        on: The civil day it is logged under.

    Source:
        docs/rules/posting.md, rule R-5.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("50.00")), on=date(2026, 3, 1)).account
    >>> from datetime import timezone
    >>> at = datetime(2026, 3, 4, 9, 30, tzinfo=timezone.utc)
    >>> update = annotate(account, "INV-1", text="customer called", by="ann", at=at, on=date(2026, 3, 4))
    >>> print(*update.transactions[0].notes)
    2026-03-04 09:30:00+00:00 ann: customer called
    """
    desk = opened(account, on)
    document, by = document_of(desk, transaction), ids.checked(by, name="by")
    replace(desk, transactions.annotated(document, text=text, by=by, at=at))
    desk.events.append(("transaction.annotated", document.id, (("by", by),)))
    desk.why.append((NOTED, f"a note of {by} on {document.id}", desk.on, ids.text(text, name="text")))
    return _by_hand(desk, f"a note of {by} on {document.id}", document.id)
