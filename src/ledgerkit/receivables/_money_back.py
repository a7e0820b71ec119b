"""Money that goes back, or to another account: refund a balance, many balances, move a payment."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from ledgerkit import errors, ids, journal, money, transactions
from ledgerkit.errors import InvalidArgument, Problem
from ledgerkit.receivables import _entries
from ledgerkit.receivables._desk import enter, finish, free, look, match, replace, sweep
from ledgerkit.receivables._post import admit, free_credit, made, opened, post, refuse_terminated, says_posted, warned
from ledgerkit.receivables._reports import checked
from ledgerkit.receivables._types import Account, NoFreeCredit, NotCancellable, Update, unrolled
from ledgerkit.receivables._undo import same_books, undone_of
from ledgerkit.transactions import Kind


def refund_balance(
    account: Account,
    id: str,
    /,
    *,
    method: str,
    reason: str,
    on: date,
    number: str | None = None,
    rate: money.ExchangeRate | None = None,
) -> Update:
    """
    Give back all unallocated credit of an account that is not on hold.

    Args:
        account: As it is now.

        id: Of the refund.

        method: How, in the host's word.

        reason: Why, in the user's words.

        on: Its day.

        rate: To the base currency of the books, where they differ.

    Raises:
        AlreadySettled: There is no unallocated credit, or all of it is on hold.

    Source:
        docs/rules/refunds.md, rule F-2.

    >>> from ledgerkit import money, receivables
    >>> account = receivables.account("ACME", currency="EUR")
    >>> payment = transactions.payment("PAY-1", money.of("30.00 EUR"), method="wire")
    >>> account = receivables.post(account, payment, on=date(2026, 3, 1)).account
    >>> update = refund_balance(account, "REF-1", method="wire", reason="paid twice", on=date(2026, 3, 9))
    >>> print(update.explain())
    REF-1, refund of 30.00 EUR, posted on 2026-03-09, due on 2026-03-09: paid twice
      allocation.fifo/1: PAY-1 -> REF-1 30.00 EUR, due 2026-03-09; REF-1 is settled
    """
    desk = opened(account, on)
    free_now = free_credit(desk)
    if not free_now:
        raise NoFreeCredit(account.id)
    back = money.from_minor(free_now, desk.currency)
    return post(account, transactions.refund(id, back, method=method, reason=reason), on=on, number=number, rate=rate)


def refund_balances(
    accounts: Iterable[Account], /, *, id: Callable[[Account], str], method: str, reason: str, on: date
) -> tuple[tuple[Update, ...], tuple[Problem, ...]]:
    """
    Give back every negative balance: one refund an account that has one, the others are left alone.

    Args:
        accounts: Any number of them.

        id: Makes the id of the refund of the account.

        method: How, in the host's word.

        reason: Why, in the user's words.

        on: Their day.

    Returns:
        The updates, and a problem for each account that could not be refunded.

    Source:
        docs/rules/refunds.md, rule F-3.

    >>> from ledgerkit import receivables
    >>> account = receivables.account("ACME", currency="EUR")
    >>> payment = transactions.payment("PAY-1", money.of("30.00 EUR"), method="wire")
    >>> account = receivables.post(account, payment, on=date(2026, 3, 1)).account
    >>> updates, problems = refund_balances(
    ...     [account], id=lambda one: f"REF-{one.id}", method="wire", reason="closing", on=date(2026, 3, 9))
    >>> [str(update.account) for update in updates], problems
    (['ACME, balance 0.00 EUR, version 2'], ())
    """
    given: Any = accounts
    made: Any = id
    if not callable(made) or not isinstance(given, Iterable):
        raise InvalidArgument("accounts are not several, or id makes no ids", "Pass a list, and id=lambda account: ...")
    owed = [account for account in map(checked, accounts) if account.balance_minor < 0]
    return errors.each(lambda one: refund_balance(one, id(one), method=method, reason=reason, on=on), owed)


def move(
    account: Account,
    payment: str,
    /,
    *,
    to: Account,
    id: str,
    new_id: str,
    on: date,
    reason: str,
    number: str | None = None,
    new_number: str | None = None,
) -> Update:
    """
    Move a payment to another account: out of this one, its rows released, into the other with its first issue date.

    One entry, receivable to receivable; no cash. Open credits meet open debits on both sides.

    Args:
        account: Where the payment stands now: a suspense account, or a wrong one.

        payment: What is moved, all of it.

        to: The account it belongs to; not terminated, of the same currency.

        id: Of the cancellation on this account.

        new_id: Of the payment on the other one.

        on: The day of the move.

        reason: Why, in the user's words.

        number: The transaction number of the cancellation; its id stands in without one.

        new_number: The same of the payment on the other account.

    Returns:
        The update of this account; ``also`` holds the update of the other. Save both together.

    Raises:
        AccountTerminated: The other account is terminated.
        NotCancellable: It is no payment, or it was refunded or cancelled.
        CurrencyMismatch: The other account has another currency.

    Source:
        docs/rules/posting.md, rule R-9.

    >>> from ledgerkit import receivables
    >>> suspense = receivables.account("SUSPENSE", currency="EUR")
    >>> payment = transactions.payment("PAY-1", money.of("30.00 EUR"), method="wire")
    >>> suspense = receivables.post(suspense, payment, on=date(2026, 3, 1)).account
    >>> update = move(suspense, "PAY-1", to=receivables.account("ACME", currency="EUR"), id="PC-1", new_id="PAY-1a",
    ...     on=date(2026, 3, 5), reason="payer found")
    >>> print(update.account, "|", update.also[0].account)
    SUSPENSE, balance 0.00 EUR, version 2 | ACME, balance -30.00 EUR, version 1
    """
    desk, other = opened(account, on), opened(to, on)
    refuse_terminated(other, "move-in")
    same_books(desk, other)
    document = undone_of(desk, payment)
    _refuse_unmovable(document, unrolled(look(desk, document.id).rows))
    replace(desk, transactions.cancelled(document))
    taken = id if number is None else ids.checked(number, name="number")
    gone = transactions.mirror(document, id=id, kind=Kind.PAYMENT_CANCELLATION, reason=reason, number=taken, posted_on=desk.on)
    draft = transactions.payment(
        new_id, document.total, method=document.method or "moved", issued_on=document.issued_on or document.posted_on,
        external_code=document.id, reason=reason,
    )  # fmt: skip
    admit(other, draft)
    for row in reversed(unrolled(look(desk, document.id).rows)):
        free(desk, row, row[2], "moved")
    enter(desk, gone)
    if document.total_minor:
        match(desk, document.id, gone.id, document.total_minor, "cancellation")
    desk.events.append(("payment.moved", document.id, (("to", to.id), ("as", new_id))))
    sweep(desk)
    currency = desk.currency
    sides = (
        (journal.Role.RECEIVABLE.value, document.total_minor, currency, account.id, None),
        (journal.Role.RECEIVABLE.value, -document.total_minor, currency, to.id, None),
    )
    if document.total_minor:
        _entries.add(desk, gone.id, _entries.entry_id(gone.id), sides, document.base_minor)
    arrived = made(other, draft, new_number, None, carried=document.base_minor)
    enter(other, arrived)
    other.events.append(("payment.posted", arrived.id, (("number", arrived.number), ("from", account.id))))
    sweep(other)
    for side, source in ((desk, gone.id), (other, arrived.id)):
        _entries.enter_flows(side, source)
    return finish(
        desk, (_says_moved, gone, "to", to.id), warned(desk), (finish(other, (_says_moved, arrived, "from", account.id)),)
    )


def _says_moved(document: transactions.Transaction, way: str, account: str) -> str:
    return f"{says_posted(document)}, moved {way} {account}"


def _refuse_unmovable(document: transactions.Transaction, rows: Iterable[tuple[object, ...]]) -> None:
    if document.kind is not Kind.PAYMENT:
        raise NotCancellable(document.id, f"its kind is {document.kind.words}", "Only a payment moves to another account.")
    if any(row[4] in ("refund", "cancellation") for row in rows):
        raise NotCancellable(document.id, "a part of it was given back", "Move what is left by a refund and a payment.")
