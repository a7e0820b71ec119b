"""
Entries: what a posting does to the books.

Accounts are roles. The receivable carries the account's id, revenue the product and tax the tax's id as code, cash the method. With a
base currency every entry is in it: the base currency values entries and nothing else.
"""

from typing import Final

from ledgerkit import journal, money, transactions
from ledgerkit.journal import Role
from ledgerkit.receivables._desk import Desk
from ledgerkit.receivables._types import Unallocated
from ledgerkit.transactions import Kind, Transaction

_RECEIVABLE: Final = Role.RECEIVABLE.value
_REVENUE: Final = Role.REVENUE.value
_TAX: Final = Role.TAX.value
_CASH: Final = Role.CASH.value
_CREDIT: Final = Role.CUSTOMER_CREDIT.value

_MONEY = frozenset({Kind.PAYMENT, Kind.PAYMENT_CANCELLATION, Kind.REFUND})
_DEBITS = frozenset(kind for kind in Kind if transactions.side(kind) is transactions.Side.DEBIT)


def entry_id(document: str) -> str:
    """Return the id of the entry of a document."""
    return f"{document}/entry"


def enter_document(desk: Desk, posted: Transaction, counter: str | None = None) -> None:
    """
    Add the entry of a document: gross on the receivable, and net and taxes, or the money, on the other side.

    Args:
        counter: The role that takes the net instead of revenue, or the whole instead of cash.
    """
    if not posted.total_minor:
        return
    sign = 1 if posted.kind in _DEBITS else -1
    currency, account = desk.currency, desk.profile.id
    gross = (_RECEIVABLE, sign * posted.total_minor, currency, account, None)
    if posted.kind in _MONEY:
        sides: tuple[journal.Side, ...] = (gross, (counter or _CASH, -sign * posted.total_minor, currency, None, posted.method))
    else:
        role = counter or _REVENUE
        net = [(role, -sign * minor, currency, None, product) for product, minor in posted.net_by_product if minor]
        tax = [(_TAX, -sign * minor, currency, None, code) for code, minor in posted.tax_by_id if minor]
        sides = (gross, *net, *tax)
    add(desk, posted.id, entry_id(posted.id), sides, posted.base_minor)


def add(desk: Desk, source: str, id: str, sides: tuple[journal.Side, ...], base_minor: int | None = None) -> None:
    """Add one entry; in the base currency where the account has one."""
    base = desk.profile.base_currency
    if base is not None and base_minor is not None:
        sides = _valued(sides, base, base_minor)
    if len(sides) > 1:
        desk.entries.append(journal.entered(id, desk.on, source, sides))


def _valued(sides: tuple[journal.Side, ...], base: str, base_minor: int) -> tuple[journal.Side, ...]:
    """Return the sides in the base currency: the first carries the document's value, the others share it by weight."""
    (role, minor, _, account, code), *others = sides
    sign = 1 if minor > 0 else -1
    weights = [abs(other[1]) for other in others]
    shares = money.split_minor(base_minor, weights)
    if any(other[1] * sign > 0 for other in others):  # sides of both signs: value each, the first takes the odd units
        shares = [money.round_ratio(base_minor * weight, abs(minor)) for weight in weights]
    valued = [
        (other[0], share if other[1] > 0 else -share, base, other[3], other[4])
        for other, share in zip(others, shares, strict=True)
        if share
    ]
    first = -sum(side[1] for side in valued)
    return ((role, first, base, account, code), *valued) if first else tuple(valued)


def write_off_sides(
    desk: Desk, posted: Transaction, *, relief: bool, deferred: int, counter: str, holder: str | None
) -> tuple[journal.Side, ...]:
    """
    Return the sides of a write-off: the receivable down; bad debt, and what of it is deferred or reclaimed tax, up.

    Args:
        relief: Whether output tax is reduced.

        deferred: Minor units of service that was not delivered: they come out of deferred revenue first.

        counter: The role that takes the loss.

        holder: The company's write-off account, where the counter-entry is receivable to receivable.
    """
    currency = desk.currency
    tax = [(_TAX, minor, currency, None, code) for code, minor in posted.tax_by_id if minor] if relief else []
    rest = posted.total_minor - sum(side[1] for side in tax) - deferred
    undelivered = [(Role.DEFERRED.value, deferred, currency, None, None)] if deferred else []
    loss = [(counter, rest, currency, holder, None)] if rest else []
    return ((_RECEIVABLE, -posted.total_minor, currency, desk.profile.id, None), *undelivered, *tax, *loss)


def enter_unapplied(desk: Desk, source: str) -> None:
    """
    Move what was freed, or applied, between the receivable and customer credit, where the books keep unallocated money apart.

    Every credit credits the receivable in full; what of it settles nothing stands in customer credit.
    """
    if desk.profile.unallocated is not Unallocated.CUSTOMER_CREDIT or not desk.unapplied:
        return
    account, currency = desk.profile.id, desk.currency
    sides = (
        (_RECEIVABLE, desk.unapplied, currency, account, None),
        (_CREDIT, -desk.unapplied, currency, account, None),
    )
    add(desk, source, f"{source}/credit", sides, abs(desk.unapplied_base))


def enter_realized(desk: Desk, source: str) -> None:
    """Add the gain or loss that the decision's rows realize, in the base currency."""
    realized, base = desk.realized, desk.profile.base_currency
    if realized and base is not None:
        role = Role.FX_GAIN if realized > 0 else Role.FX_LOSS
        sides = (
            (_RECEIVABLE, realized, base, desk.profile.id, None),
            (role.value, -realized, base, None, None),
        )
        desk.entries.append(journal.entered(f"{source}/fx", desk.on, source, sides))
