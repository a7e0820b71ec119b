"""What an account stands at: balance, open, overdue, unallocated, now or as of any date, from its facts alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from moneyed import Money

from ledgerkit import _front, allocation, ids, money, periods
from ledgerkit.allocation import Item
from ledgerkit.errors import InvalidArgument
from ledgerkit.receivables import _shelf, _tree
from ledgerkit.receivables._types import Account, Known, NotKnown, Settlement, made_allocation, unrolled
from ledgerkit.transactions import Transaction


def checked(account: Any) -> Account:
    """Return an account, or refuse what is none."""
    if type(account) is not Account:
        raise InvalidArgument(f"account is {_front.a(account)}", "Make it with receivables.account(...).")
    return account


def day_of(account: Account, as_of: Any) -> date:
    """Return the day a report looks from, which the account has to know."""
    day = periods.civil_date(as_of, name="as_of")
    since = account.profile.since
    if since is not None and day < since:
        raise NotKnown(since, day)
    return day


def entries(account: Account) -> list[Known]:
    """Return every document that is known, in the order documents are used."""
    return sorted(_tree.values(account._known), key=lambda known: known.place)


def initial(known: Known) -> int:
    """Return what was open of a document when the account first knew it."""
    document = known.document
    return document.total_minor if isinstance(document, Transaction) else document.open_minor


def open_at(account: Account, as_of: date | None) -> Mapping[str, int]:
    """Return what is open of each document, by id; of a past day, what was open from the facts dated up to it."""
    found = _tree.values(account._known)
    if as_of is None:
        return {known.id: known.open for known in found}
    left = {known.id: initial(known) for known in found if known.document.posted_on <= as_of}
    for _, rows, released in account._decisions():
        for facts, sign in ((rows, -1), (released, 1)):
            for fact in facts:
                if fact[3] <= as_of:
                    left[fact[0]] += sign * fact[2]
                    left[fact[1]] += sign * fact[2]
    return left


def balance(account: Account, /, *, as_of: date | None = None) -> Money:
    """
    Return posted debits minus posted credits.

    Args:
        account: As it is now.

        as_of: The last day that counts; everything posted when left out.

    Raises:
        NotKnown: *as_of* lies before the account knows anything.

    Source:
        docs/rules/accounts.md, rule B-4.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", money.of("9.00 EUR")), on=date(2026, 3, 1)).account
    >>> money.text(balance(account)), money.text(balance(account, as_of=date(2026, 2, 28)))
    ('9.00 EUR', '0.00 EUR')
    """
    checked(account)
    if as_of is None:
        return account.balance
    return money.from_minor(balance_at(account, day_of(account, as_of)), account.currency)


def balance_at(account: Account, day: date) -> int:
    """Return the balance of a day in minor units."""
    found = (known for known in entries(account) if known.document.posted_on <= day)
    return sum(initial(known) if known.debit else -initial(known) for known in found)


def overdue(account: Account, /, *, as_of: date) -> Money:
    """
    Return the open part of debits past their due date; what is due on the day itself is not overdue.

    Args:
        account: As it is now.

        as_of: The day the report looks from.

    Source:
        docs/rules/accounts.md, rule B-4.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> draft = transactions.invoice("INV-1", money.of("9.00 EUR"), due_on=date(2026, 3, 31))
    >>> account = receivables.post(account, draft, on=date(2026, 3, 1)).account
    >>> [money.text(overdue(account, as_of=date(2026, month, 1))) for month in (3, 4)]
    ['0.00 EUR', '9.00 EUR']
    """
    day = day_of(checked(account), as_of)
    left = open_at(account, day)
    late = (known for known in entries(account) if known.debit and due_of(known) < day)
    return money.from_minor(sum(left.get(known.id, 0) for known in late), account.currency)


def due_of(known: Known) -> date:
    """Return the day a debit falls due: the day of posting, where nothing else was agreed."""
    return known.document.due_on or known.document.posted_on


def unallocated(account: Account, /, *, as_of: date | None = None) -> Money:
    """
    Return the part of credits that settles nothing.

    Args:
        account: As it is now.

        as_of: The last day that counts; now when left out.

    Source:
        docs/rules/accounts.md, rule B-4.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> payment = transactions.payment("PAY-1", money.of("9.00 EUR"), method="wire")
    >>> money.text(unallocated(receivables.post(account, payment, on=date(2026, 3, 1)).account))
    '9.00 EUR'
    """
    return money.total([item.open for item in open_credits(account, as_of=as_of)], currency=account.currency)


def open_items(account: Account, /, *, as_of: date | None = None) -> tuple[Item, ...]:
    """
    Return the debits that are not settled, in the order they are settled.

    Args:
        account: As it is now.

        as_of: The last day that counts; now when left out.

    Source:
        docs/rules/accounts.md, rule B-4.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", money.of("9.00 EUR")), on=date(2026, 3, 1)).account
    >>> print(*open_items(account))
    INV-1 9.00 EUR open, due 2026-03-01
    """
    return _items(account, as_of, debit=True)


def open_credits(account: Account, /, *, as_of: date | None = None) -> tuple[Item, ...]:
    """
    Return the credits that settle nothing yet, in the order they are used.

    Args:
        account: As it is now.

        as_of: The last day that counts; now when left out.

    Source:
        docs/rules/accounts.md, rule B-4.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> payment = transactions.payment("PAY-1", money.of("9.00 EUR"), method="wire")
    >>> print(*open_credits(receivables.post(account, payment, on=date(2026, 3, 1)).account))
    PAY-1 9.00 EUR open
    """
    return _items(account, as_of, debit=False)


def _items(account: Account, as_of: date | None, *, debit: bool) -> tuple[Item, ...]:
    checked(account)
    if as_of is None:
        return tuple(_item(known, known.open) for known in _open_now(account, debit=debit))
    left = open_at(account, day_of(account, as_of))
    found = (known for known in entries(account) if known.debit is debit and left.get(known.id))
    return tuple(_item(known, left[known.id]) for known in found)


def _open_now(account: Account, *, debit: bool) -> list[Known]:
    """Return what is open on one side now, in order: what stands on its shelf, and what is held."""
    shelf = account._debits if debit else account._credits
    found = [*_shelf.standing(shelf), *(_tree.get(account._known, name) for name in account._held)]
    return sorted((known for known in found if known.debit is debit and known.open), key=lambda known: known.place)


def _item(known: Known, minor: int) -> Item:
    document = known.document
    amount = document.total_minor if isinstance(document, Transaction) else document.amount_minor
    made = Item.__new__(Item)
    made.__attrs_init__(
        document.id,
        document.currency,
        amount,
        minor,
        document.posted_on,
        document.due_on,
        document.against,
        known.held,
        document.priority,
        document.expires_on,
        known.arrival,
        document.portion,
    )
    return made


def settlement(account: Account, transaction: str, /, *, as_of: date | None = None) -> Settlement:
    """
    Say whether a document is open, partly settled or settled; this is derived, never stored.

    Args:
        account: As it is now.

        transaction: Its id.

        as_of: The last day that counts; now when left out.

    Raises:
        UnknownReference: There is no such document on the account, or it was posted later.

    Source:
        docs/rules/accounts.md, rule B-4.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", money.of("9.00 EUR")), on=date(2026, 3, 1)).account
    >>> settlement(account, "INV-1")
    <Settlement.OPEN: 'open'>
    """
    name = ids.checked(transaction, name="transaction")
    known = _tree.get(checked(account)._known, name)
    left = None if known is None else known.open if as_of is None else open_at(account, day_of(account, as_of)).get(name)
    if left is None:
        raise ids.UnknownReference(name, f"account {account.id!r}")
    document = known.document
    amount = document.total_minor if isinstance(document, Transaction) else document.amount_minor
    if not left:
        return Settlement.SETTLED
    return Settlement.OPEN if left == amount else Settlement.PARTLY_SETTLED


def allocations_of(account: Account, transaction: str, /) -> tuple[allocation.Allocation, ...]:
    """
    Return the allocations that stand on a document now, each with its reason, the oldest first.

    Args:
        account: As it is now.

        transaction: A credit or a debit.

    Raises:
        UnknownReference: There is no such document on the account.

    Source:
        docs/rules/allocation.md, rule A-8.

    >>> from ledgerkit import receivables, transactions
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", money.of("9.00 EUR")), on=date(2026, 3, 1)).account
    >>> account = receivables.quick_pay(account, "PAY-1", invoice="INV-1", method="card", on=date(2026, 3, 2)).account
    >>> print(*allocations_of(account, "INV-1"))
    PAY-1 -> INV-1 9.00 EUR
    """
    name = ids.checked(transaction, name="transaction")
    known = _tree.get(checked(account)._known, name)
    if known is None:
        raise ids.UnknownReference(name, f"account {account.id!r}")
    return tuple(made_allocation(row, account.profile) for row in unrolled(known.rows))
