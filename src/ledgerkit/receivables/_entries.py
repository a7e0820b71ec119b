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
    """
    Return the sides in the base currency: the first carries the document's value, the others share it.

    Sides of one sign share it by largest remainder. Of sides of both signs each is valued by itself, and the largest takes the odd units.
    """
    (role, minor, _, account, code), *others = sides
    first = base_minor if minor > 0 else -base_minor
    if all((other[1] > 0) is not (minor > 0) for other in others):
        values = [part if minor < 0 else -part for part in money.split_minor(base_minor, [abs(other[1]) for other in others])]
    else:
        values = [money.round_ratio(other[1] * base_minor, abs(minor)) for other in others]
        largest = max(range(len(others)), key=lambda at: abs(others[at][1]))
        values[largest] -= first + sum(values)
    named = [(role, first, base, account, code)]
    named.extend((other[0], value, base, other[3], other[4]) for other, value in zip(others, values, strict=True))
    return tuple(side for side in named if side[1])


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


def enter_flows(desk: Desk, source: str, decision: str = "") -> None:
    """
    Add the entries of what the decision's rows moved: one a day, since a row may count from a later day than the decision.

    Where the books keep unallocated money apart, what was freed or applied moves between the receivable, which every credit credits
    in full, and customer credit. With a base currency, the gain or loss that the rows realize is booked.

    Args:
        decision: What tells the entries of several decisions about one document apart; a posting is the only one of its kind.
    """
    if desk.flows is None:
        return
    account, base = desk.profile.id, desk.profile.base_currency
    for on, (unapplied, unapplied_base, realized) in sorted(desk.flows.items()):
        mark = decision if on == desk.on else f"{decision}/{on}"
        moved, currency = (unapplied, desk.currency) if base is None else (unapplied_base, base)
        if desk.profile.unallocated is Unallocated.CUSTOMER_CREDIT and moved:
            credit: journal.Side = (_CREDIT, -moved, currency, account, None)
            applied = ((_RECEIVABLE, moved, currency, account, None), credit)
            desk.entries.append(journal.entered(f"{source}/credit{mark}", on, source, applied))
        if realized:
            role = Role.FX_GAIN if realized > 0 else Role.FX_LOSS
            sides = ((_RECEIVABLE, realized, currency, account, None), (role.value, -realized, currency, None, None))
            desk.entries.append(journal.entered(f"{source}/fx{mark}", on, source, sides))
