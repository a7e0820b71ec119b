"""Build an account: from nothing, from its whole history, or from its open items since a date."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import attrs
from moneyed import Money

from ledgerkit import _front, allocation, ids, money, periods, terms
from ledgerkit.allocation import AGAINST_ITEM, Allocation, Item, OverAllocation, Policy, Release
from ledgerkit.errors import InvalidArgument, UsageError, choice
from ledgerkit.receivables import _shelf, _tree
from ledgerkit.receivables._desk import (
    Desk,
    credit_lines,
    credit_place,
    debit_place,
    enter,
    is_known,
    keep,
    look,
    settle,
    unsettle,
)
from ledgerkit.receivables._types import (
    UNMARKED,
    Account,
    FactsDisagree,
    History,
    Known,
    PeriodLocked,
    Profile,
    Row,
    State,
    Unallocated,
    WrongAccount,
    unrolled,
)
from ledgerkit.transactions import Transaction

T = TypeVar("T")

# An empty frozenset is another one each time, and larger than most of an account.
_NONE_HELD: frozenset[str] = frozenset()


def account(
    id: str,
    /,
    *,
    currency: str,
    policy: Policy = AGAINST_ITEM,
    transactions: Iterable[Transaction] = (),
    allocations: Iterable[Allocation] = (),
    releases: Iterable[Release] = (),
    held: Iterable[str] = (),
    open_items: Iterable[Item] = (),
    open_credits: Iterable[Item] = (),
    since: date | None = None,
    version: int | None = None,
    credit_limit: Money | None = None,
    state: State = State.ACTIVE,
    locked_through: date | None = None,
    unallocated: Unallocated = Unallocated.RECEIVABLE,
    base_currency: str | None = None,
    terms: terms.Terms | None = None,
) -> Account:
    """
    Return an account: from nothing, from its whole history, or from its open items since a date.

    Args:
        id: The account's id.

        currency: The one currency of its documents.

        policy: How its credits meet its debits.

        transactions: Every posted document, in the order of arrival, each in its present state.

        allocations: Every allocation that was ever made, as the updates gave them.

        releases: Every release that was ever made.

        held: The ids of the documents on hold.

        open_items: Instead of the history before *since*: the debits that were open then, by due date.

        open_credits: The credits that were open then.

        since: The day from which *transactions* hold everything; an earlier ``as_of`` is refused.

        version: How many decisions made it, where a store counts them; counted from what is given when left out.

        credit_limit: Above it, a posting carries a warning.

        state: Active, suspended or terminated.

        locked_through: Nothing is dated on or before this day.

        unallocated: Whether the books keep money that settles nothing in the receivable, or as customer credit.

        base_currency: The currency the books are kept in, where it is another one; every posting then needs a rate.

        terms: When its invoices fall due, unless a draft says otherwise.

    Raises:
        DuplicateId: A document twice.
        WrongAccount: A document of another account.
        CurrencyMismatch: A document in another currency.
        UnknownReference: An allocation or release of a document that is not given.
        OverAllocation: The allocations are of more than a document.

    Source:
        docs/rules/accounts.md, rules B-1 and B-2.

    >>> print(account("ACME", currency="EUR"))
    ACME, balance 0.00 EUR, version 0
    """
    profile = _profile(id, currency, policy, state, credit_limit, locked_through, since, unallocated, base_currency, terms)
    desk = Desk(_empty(profile), date.min)
    _enter_items(desk, _all(open_items, Item, "open_items"), _all(open_credits, Item, "open_credits"), profile)
    posted = _all(transactions, Transaction, "transactions")
    for document in posted:
        _enter_document(desk, document)
    made = _all(allocations, Allocation, "allocations")
    undone = _all(releases, Release, "releases")
    decisions = _replayed(desk, made, undone)
    _put_on_hold(desk, _names(held))
    counted = max([len(posted), *(row.version for row in made), *(row.version for row in undone)])
    return _laid_down(desk, decisions, _version(version, counted if posted or made else 0))


def _profile(
    id: str,
    currency: str,
    policy: Policy,
    state: State,
    credit_limit: Money | None,
    locked_through: date | None,
    since: date | None,
    unallocated: Unallocated,
    base_currency: str | None,
    wanted: "terms.Terms | None",
) -> Profile:
    if type(policy) is not Policy:
        raise InvalidArgument(f"policy is {_front.a(policy)}", "Pass one of allocation's policies, as FIFO.")
    if wanted is not None and type(wanted) is not terms.Terms:
        raise InvalidArgument(f"terms is {_front.a(wanted)}", "Pass terms=terms.net(30).")
    currency = ids.checked(currency, name="currency")
    money.exponent(currency)
    if base_currency is not None:
        base_currency = ids.checked(base_currency, name="base_currency")
        money.exponent(base_currency)
    return Profile(
        id=ids.AccountId(ids.checked(id)),
        currency=currency,
        policy=policy,
        state=choice(state, State, name="state"),
        credit_limit_minor=None if credit_limit is None else money.to_minor(credit_limit, currency=currency),
        locked_through=None if locked_through is None else periods.civil_date(locked_through, name="locked_through"),
        since=None if since is None else periods.civil_date(since, name="since"),
        unallocated=choice(unallocated, Unallocated, name="unallocated"),
        base_currency=base_currency,
        terms=wanted,
    )


def _names(held: Any) -> list[str]:
    if isinstance(held, str) or not isinstance(held, Iterable):
        raise InvalidArgument(f"held is {_front.brief(held)}, where several ids are needed", 'Pass a list: held=["INV-7"].')
    return [ids.checked(name, name="held") for name in held]


def _version(given: Any, counted: int) -> int:
    if given is None:
        return counted
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise InvalidArgument(f"version is {_front.brief(given)}", "Pass how many decisions made the account.")
    return int(given)


def _all(given: Any, kind: type[T], name: str) -> tuple[T, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InvalidArgument(f"{name} is {_front.a(given)}", f"Pass a list of {kind.__name__}.")
    values = tuple(given)
    odd = [type(value).__name__ for value in values if type(value) is not kind]
    if odd:
        raise InvalidArgument(f"one of {name} is a {odd[0]}", f"Pass {kind.__name__} values.")
    return values


def _empty(profile: Profile) -> Account:
    made = Account.__new__(Account)
    made.__attrs_init__(profile, 0, 0, 0, None, _tree.EMPTY, _shelf.EMPTY, _shelf.EMPTY, _NONE_HELD)
    return made


def _enter_items(desk: Desk, debits: Sequence[Item], credits: Sequence[Item], profile: Profile) -> None:
    if not debits and not credits:
        return
    if profile.since is None:
        raise UsageError("open items were given without the day they were open on", "Say since=date(...).")
    if profile.base_currency is not None:
        raise UsageError("open items carry no base value", "Load an account with a base currency from its history.")
    for items, debit in ((debits, True), (credits, False)):
        for item in items:
            _judge(desk, item.id, item.currency)
            _enter_item(desk, item, debit)


def _enter_item(desk: Desk, item: Item, debit: bool) -> None:
    place = debit_place(desk, item, desk.count) if debit else credit_place(item, desk.count)
    desk.count += 1
    known_since = desk.profile.since or item.posted_on
    if item.posted_on > known_since:
        raise FactsDisagree(
            f"{item.id} was posted on {item.posted_on}, and cannot be open on {known_since}", "Pass it as a transaction."
        )
    since = known_since.toordinal()
    known = Known(*place, item.id, item, debit, item.open_minor, since, None, UNMARKED)
    keep(desk, known._replace(open=0), known)
    desk.balance += item.open_minor if debit else -item.open_minor
    if item.held:
        _put_on_hold(desk, [item.id])


def _judge(desk: Desk, id: str, currency: str) -> None:
    if currency != desk.currency:
        raise allocation.mismatched(currency, desk.currency)
    if is_known(desk, id):
        raise ids.DuplicateId(id, "transaction")


def _enter_document(desk: Desk, document: Transaction) -> None:
    _judge(desk, document.id, document.currency)
    if document.account != desk.profile.id:
        raise WrongAccount(document.id, document.account, desk.profile.id)
    since, base = desk.profile.since, desk.profile.base_currency
    if since is not None and document.posted_on < since:
        raise FactsDisagree(
            f"{document.id} was posted on {document.posted_on}, before {since}", "Pass what was open then as open_items."
        )
    if base != document.base_currency:
        raise FactsDisagree(
            f"{document.id} carries a value in {document.base_currency or 'no base currency'}, "
            f"and the books are in {base or desk.currency}",
            "Pass base_amount= with the row, and the base_currency it was posted under.",
        )
    enter(desk, document)
    credit_lines(desk, document)


# (rows, releases) of one decision.
_Decision = tuple[tuple[Row, ...], tuple[Any, ...]]


def _replayed(desk: Desk, made: Sequence[Allocation], undone: Sequence[Release]) -> dict[int, _Decision]:
    """Make every row again, decision by decision: in each, what it released comes before what it allocated."""
    by_version: dict[int, tuple[list[Allocation], list[Release]]] = {}
    for row in made:
        by_version.setdefault(row.version, ([], []))[0].append(row)
    for back in undone:
        by_version.setdefault(back.version, ([], []))[1].append(back)
    decisions: dict[int, _Decision] = {}
    for version in sorted(by_version):
        desk.version = version
        desk.rows, desk.released = [], []
        rows, releases = by_version[version]
        for back in releases:
            _release_again(desk, back)
        for row in rows:
            _settle_again(desk, row)
        decisions[version] = tuple(desk.rows), tuple(desk.released)
    return decisions


def _settle_again(desk: Desk, row: Allocation) -> None:
    have, owed = look(desk, row.credit), look(desk, row.debit)
    if have.debit or not owed.debit:
        raise ids.CyclicReference(row.credit, f"{row} does not lead from a credit to a debit", "Swap the two ids.")
    _judge_row(desk, row, max(have.since, owed.since), "was free")
    for known in (owed, have):
        if row.amount_minor > known.open:
            raise OverAllocation(known.id, known.open, row.amount_minor, desk.currency)
    settle(desk, [have], [owed], ([0], [0], [row.amount_minor]), row.policy, row.on)


def _judge_row(desk: Desk, row: Allocation | Release, first: int, what: str) -> None:
    """Refuse a row of another currency, or one that counts from before its two sides were free, or before what it undoes."""
    if row.currency != desk.currency:
        raise allocation.mismatched(row.currency, desk.currency)
    if row.on.toordinal() < first:
        raise FactsDisagree(f"{row} counts from {row.on}, before it {what} on {date.fromordinal(first)}", "Correct its day.")


def _release_again(desk: Desk, back: Release) -> None:
    left = back.amount_minor
    for row in reversed(unrolled(look(desk, back.credit).rows)):
        if left and row[1] == back.debit and row[4] == back.policy:
            _judge_row(desk, back, row[3].toordinal(), "was allocated")
            taken = min(left, row[2])
            unsettle(desk, row, taken, back.on.toordinal(), back.reason)
            left -= taken
    if left:
        what = f"the release of {back.credit} from {back.debit}"
        raise OverAllocation(what, back.amount_minor - left, back.amount_minor, desk.currency)


def _put_on_hold(desk: Desk, names: Iterable[str]) -> None:
    for name in names:
        known = look(desk, name)
        keep(desk, known, known._replace(marks=known.marks._replace(held=True)))
        desk.held = desk.held | {name}


def _laid_down(desk: Desk, decisions: dict[int, _Decision], version: int) -> Account:
    history: History = None
    for made, undone in decisions.values():
        history = (history, made, undone)
    account = Account.__new__(Account)
    account.__attrs_init__(
        desk.profile,
        version,
        desk.count,
        desk.balance,
        history,
        _tree.update(_tree.EMPTY, desk.changed),
        desk.debits,
        desk.credits,
        desk.held,
    )
    return account


def with_state(account: Account, state: State, /) -> Account:
    """
    Return the account as active, suspended or terminated; no document changes.

    Args:
        account: As it is now.

        state: The state it is in from now on.

    Source:
        docs/rules/accounts.md, rule B-3.

    >>> with_state(account("ACME", currency="EUR"), State.TERMINATED).state
    <State.TERMINATED: 'terminated'>
    """
    return _changed(account, state=choice(state, State, name="state"))


def with_credit_limit(account: Account, limit: Money | None, /) -> Account:
    """
    Return the account with another credit limit, or none.

    Args:
        account: As it is now.

        limit: In the currency of the account; ``None`` for no limit.

    Source:
        docs/rules/accounts.md, rule B-3.

    >>> money.text(with_credit_limit(account("ACME", currency="EUR"), money.of("500.00 EUR")).credit_limit)
    '500.00 EUR'
    """
    minor = None if limit is None else money.to_minor(limit, currency=_checked(account).currency, name="limit")
    return _changed(account, credit_limit_minor=minor)


def with_lock(account: Account, locked_through: date, /) -> Account:
    """
    Return the account locked through a day: nothing is dated on or before it any more.

    Args:
        account: As it is now.

        locked_through: The last day that is locked.

    Raises:
        PeriodLocked: It is locked through a later day already; a lock never moves back.

    Source:
        docs/rules/accounts.md, rule B-3.

    >>> with_lock(account("ACME", currency="EUR"), date(2026, 3, 31)).locked_through
    datetime.date(2026, 3, 31)
    """
    day, before = periods.civil_date(locked_through, name="locked_through"), _checked(account).locked_through
    if before is not None and day < before:
        raise PeriodLocked(day, before)
    return _changed(account, locked_through=day)


def _checked(account: Account) -> Account:
    if type(account) is not Account:
        raise InvalidArgument(f"account is {_front.a(account)}", "Make it with receivables.account(...).")
    return account


def _changed(account: Account, **settings: Any) -> Account:
    before = _checked(account)
    profile = attrs.evolve(before.profile, **settings)
    made = Account.__new__(Account)
    made.__attrs_init__(
        profile,
        before.version + 1,  # a decision like any other: a store refuses what was decided on another state
        before.count,
        before.balance_minor,
        before._history,
        before._known,
        before._debits,
        before._credits,
        before._held,
    )
    return made
