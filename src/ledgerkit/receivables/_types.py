"""The records of the package: the account, what a decision changes, and the errors of the rules."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias, final

import attrs
from moneyed import Money

from ledgerkit import _front, allocation, events, ids, journal, money, terms, trail
from ledgerkit.errors import RuleError, UsageError
from ledgerkit.receivables import _shelf, _tree
from ledgerkit.trail import Raw, Trail
from ledgerkit.transactions import Draft, Transaction


class State(StrEnum):
    """Terminated accounts refuse reject, cancel and move-in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class Settlement(StrEnum):
    """How much of a document is settled; derived, never stored."""

    OPEN = "open"
    PARTLY_SETTLED = "partly settled"
    SETTLED = "settled"


class Unallocated(StrEnum):
    """Where the books keep money that settles nothing yet."""

    RECEIVABLE = "receivable"
    CUSTOMER_CREDIT = "customer_credit"


class AccountTerminated(RuleError):
    """The account is terminated, and what is asked for needs one that is not."""

    account: str

    def __init__(self, account: str, action: str) -> None:
        self.account = account
        super().__init__(
            f"account {account!r} is terminated, and {action} is refused",
            "Reactivate it first: receivables.with_state(account, receivables.State.ACTIVE).",
        )


class PeriodLocked(RuleError, ValueError):
    """A date lies in a period that is closed; :attr:`first_open` is the first day that is not, if there is one."""

    on: date
    locked_through: date
    first_open: date | None

    def __init__(self, on: date, locked_through: date) -> None:
        self.on, self.locked_through = on, locked_through
        last = locked_through == date.max
        self.first_open = None if last else date.fromordinal(locked_through.toordinal() + 1)
        super().__init__(
            f"on is {on}, and the books are locked through {locked_through}",
            "No day is left." if last else f"Date it {self.first_open} or later; say in its reference what it corrects.",
        )


class NotKnown(UsageError, ValueError):
    """The account was loaded from its open items, and this lies before it knows anything."""

    since: date

    def __init__(self, since: date, asked: date) -> None:
        self.since = since
        super().__init__(
            f"the account knows everything since {since}, and {asked} is earlier",
            "Load it from its whole history: receivables.account(..., transactions=..., allocations=...).",
        )


class NotCancellable(RuleError, ValueError):
    """This document cannot be cancelled, by its kind or by what refers to it."""

    id: str

    def __init__(self, id: str, because: str, remedy: str) -> None:
        self.id = id
        super().__init__(f"{id} cannot be cancelled: {because}", remedy)


class NoFreeCredit(RuleError, ValueError):
    """An account has no credit to give back."""

    account: str

    def __init__(self, account: str) -> None:
        self.account = account
        super().__init__(
            f"account {account!r} has no free credit, so there is nothing to refund",
            "Credit on hold is not free: take it off hold with receivables.lift first.",
        )


class WrongSide(UsageError, ValueError):
    """A debit where a credit is needed, or the other way round."""

    id: str

    def __init__(self, id: str, is_debit: bool) -> None:
        self.id = id
        found, wanted = ("debit", "credit") if is_debit else ("credit", "debit")
        super().__init__(f"{id} is a {found}, where a {wanted} is needed", "A credit settles a debit: swap the two.")


class NothingToRelease(RuleError, ValueError):
    """More is to be released than a credit settled of a debit; :attr:`stands` is what it settled."""

    stands: Money
    requested: Money

    def __init__(self, credit: str, debit: str, stands_minor: int, requested_minor: int, currency: str) -> None:
        self.stands, self.requested = money.from_minor(stands_minor, currency), money.from_minor(requested_minor, currency)
        super().__init__(
            f"cannot release {money.minor_text(requested_minor, currency)} of {credit} from {debit}: "
            f"{money.minor_text(stands_minor, currency)} stands between them that a person may release",
            "Lower the amount.",
        )


class DatedBefore(RuleError, ValueError):
    """A document is undone before it was posted."""

    id: str
    posted_on: date
    on: date

    def __init__(self, id: str, posted_on: date, on: date) -> None:
        self.id, self.posted_on, self.on = id, posted_on, on
        super().__init__(
            f"{id} was posted on {posted_on}, and cannot be undone on {on}", f"Date what undoes it {posted_on} or later."
        )


class FactsDisagree(UsageError, ValueError):
    """What an account is to be built from contradicts itself."""


class AlreadySettled(RuleError, ValueError):
    """Nothing is open of it."""

    id: str

    def __init__(self, id: str, action: str) -> None:
        self.id = id
        super().__init__(f"{id} is settled, so there is nothing to {action}", "Release an allocation of it first.")


class Overdraft(RuleError, ValueError):
    """A refund is of more than the credit that is free; :attr:`free` is what there is."""

    free: Money
    requested: Money

    def __init__(self, what: str, free_minor: int, requested_minor: int, currency: str, remedy: str) -> None:
        self.free = money.from_minor(free_minor, currency)
        self.requested = money.from_minor(requested_minor, currency)
        super().__init__(
            f"cannot refund {money.minor_text(requested_minor, currency)}: {what} has "
            f"{money.minor_text(free_minor, currency)} of free credit",
            remedy,
        )


class WrongAccount(UsageError, ValueError):
    """A document belongs to another account."""

    account: str

    def __init__(self, document: str, belongs: str, account: str) -> None:
        self.account = account
        super().__init__(
            f"{document} belongs to account {belongs!r}, not to {account!r}", "Post it to the account it was made for."
        )


@final
@attrs.frozen(kw_only=True, weakref_slot=False)
class Profile:
    """What an account is apart from its documents; shared by all its versions."""

    id: ids.AccountId
    currency: str
    policy: allocation.Policy
    state: State
    credit_limit_minor: int | None
    locked_through: date | None
    since: date | None
    unallocated: Unallocated
    base_currency: str | None
    terms: terms.Terms | None


# (credit, debit, minor, on, policy, version, base of the credit, base of the debit, raw step): an allocation as it is kept.
Row: TypeAlias = tuple[ids.TransactionId, ids.TransactionId, int, date, str, int, int, int, Raw]
# (credit, debit, minor, on, reason, policy, version): a release as it is kept.
Released: TypeAlias = tuple[str, str, int, date, str, str, int]
# (earlier rows, row): the live rows of a document, the latest first.
Rows: TypeAlias = "tuple[Any, Row] | None"


class Marks(NamedTuple):
    """
    What few documents have.

    ``held`` is whether it is on hold, ``credited`` what credit notes took off an invoice's lines, ``carried`` what the open part carries
    in the base currency.
    """

    held: bool
    credited: int
    carried: int


UNMARKED: Final = Marks(False, 0, 0)


class Known(NamedTuple):
    """
    One document and what is left of it, in the order in which it will be used.

    The first four fields are its place: for a debit the rank of its portion, the ordinals of its due date and of its posting; for a
    credit its priority, the ordinals of its expiry and of its posting; then its arrival, which no other has. ``since`` is the ordinal
    before which nothing of it is free: its posting, or the last release that touched it. ``rows`` are its live rows.
    """

    rank: int
    due: int
    posted: int
    arrival: int
    id: ids.TransactionId
    document: Transaction | allocation.Item
    debit: bool
    open: int
    since: int
    rows: Rows
    marks: Marks

    @property
    def held(self) -> bool:
        """Whether it is on hold."""
        return self.marks.held

    @property
    def place(self) -> tuple[int, int, int, int]:
        """What it is ordered by."""
        return self[:4]


# Makes a Known of a tuple of all its fields: a third of the cost of calling the class.
known_of: Callable[[tuple[Any, ...]], Known] = partial(tuple.__new__, Known)


# (earlier history, rows, releases): what the decisions allocated and released that did, the latest first. Documents are known by their
# ids and stand in their order of arrival there, so most postings add nothing here.
History: TypeAlias = tuple[Any, tuple[Row, ...], tuple[Released, ...]] | None


def made_allocation(row: Row, profile: Profile) -> allocation.Allocation:
    """Return the row as a value."""
    credit, debit, minor, on, policy, version, base_c, base_d, why = row
    made = allocation.Allocation.__new__(allocation.Allocation)
    realized = base_c - base_d, profile.base_currency
    made.__attrs_init__((credit, debit, profile.currency, minor, on, policy, version, *realized, why))
    return made


def made_release(released: Released, profile: Profile) -> allocation.Release:
    """Return the release as a value."""
    credit, debit, minor, on, reason, policy, version = released
    made = allocation.Release.__new__(allocation.Release)
    names = ids.TransactionId(credit), ids.TransactionId(debit)
    made.__attrs_init__(*names, profile.currency, minor, on, reason, policy, version)
    return made


@final
@attrs.frozen(init=False, repr=False, eq=False, weakref_slot=False)
class Account:
    """
    What is known of a customer's account in one currency: transactions, open items, policy. Made by :func:`account`.

    It is a value: every decision returns another one and leaves this one as it was. ``version`` counts the decisions.
    """

    profile: Profile
    version: int
    count: int
    balance_minor: int
    _history: History
    _known: _tree.Tree
    _debits: _shelf.Shelf
    _credits: _shelf.Shelf
    _held: frozenset[str]

    def __init__(self) -> None:
        raise UsageError("an Account is not built by its class", 'Make it with receivables.account("ACME", currency="EUR").')

    __repr__ = _front.shown("id", "currency", "version", "balance")

    @property
    def id(self) -> ids.AccountId:
        """The account's id."""
        return self.profile.id

    @property
    def currency(self) -> str:
        """The one currency of its documents."""
        return self.profile.currency

    @property
    def policy(self) -> allocation.Policy:
        """How its credits meet its debits."""
        return self.profile.policy

    @property
    def state(self) -> State:
        """Active, suspended or terminated."""
        return self.profile.state

    @property
    def since(self) -> date | None:
        """The day from which everything is known; ``None`` for everything."""
        return self.profile.since

    @property
    def locked_through(self) -> date | None:
        """Nothing is dated on or before this day."""
        return self.profile.locked_through

    @property
    def credit_limit(self) -> Money | None:
        """Above it, a posting carries a warning."""
        limit = self.profile.credit_limit_minor
        return None if limit is None else money.from_minor(limit, self.currency)

    @property
    def held(self) -> frozenset[str]:
        """The ids of the documents on hold."""
        return self._held

    @property
    def unallocated(self) -> Unallocated:
        """Where the books keep money that settles nothing yet."""
        return self.profile.unallocated

    @property
    def base_currency(self) -> str | None:
        """The currency the books are kept in, where it is said."""
        return self.profile.base_currency

    @property
    def terms(self) -> terms.Terms | None:
        """When its invoices fall due, unless a draft says otherwise."""
        return self.profile.terms

    @property
    def balance(self) -> Money:
        """Posted debits minus posted credits, of all that was ever posted."""
        return money.from_minor(self.balance_minor, self.currency)

    @property
    def transactions(self) -> tuple[Transaction, ...]:
        """Every posted document it knows in full, in the order of arrival, each in its present state."""
        known = sorted(_tree.values(self._known), key=_arrival)
        return tuple(one.document for one in known if isinstance(one.document, Transaction))

    @property
    def allocations(self) -> tuple[allocation.Allocation, ...]:
        """Every allocation that was ever made, in order; :attr:`releases` holds what was taken back."""
        return tuple(made_allocation(row, self.profile) for _, rows, _ in self._decisions() for row in rows)

    @property
    def releases(self) -> tuple[allocation.Release, ...]:
        """Every release that was ever made, in order."""
        return tuple(made_release(row, self.profile) for _, _, rows in self._decisions() for row in rows)

    def _decisions(self) -> list[Any]:
        decisions = []
        node: Any = self._history
        while node is not None:
            decisions.append(node)
            node = node[0]
        decisions.reverse()
        return decisions

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Account):
            return NotImplemented
        return self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((self.profile, self.version, self.balance_minor))

    def _facts(self) -> tuple[object, ...]:
        known = {entry.id: entry._replace(rows=None) for entry in _tree.values(self._known)}
        return (self.profile, self.version, known, self.allocations, self.releases)

    def __str__(self) -> str:
        return f"{self.id}, balance {money.minor_text(self.balance_minor, self.currency)}, version {self.version}"

    def __reduce__(self) -> tuple[Any, ...]:
        # The tree and the history are deep: they are packed flat, so that a long history pickles without recursion.
        packed = [(*entry[:9], unrolled(entry.rows), entry.marks) for entry in sorted(_tree.values(self._known), key=_place)]
        decisions = [node[1:] for node in self._decisions()]
        return _unpacked, ((self.profile, self.version, self.count, self.balance_minor), decisions, packed, self._held)


def _place(known: Known) -> tuple[int, int, int, int]:
    return known[:4]


def _arrival(known: Known) -> int:
    return known.arrival


def unrolled(rows: Rows) -> list[Row]:
    """Return linked rows as a list, the oldest first."""
    listed = []
    node: Any = rows
    while node is not None:
        node, row = node
        listed.append(row)
    listed.reverse()
    return listed


def linked(rows: Any) -> Rows:
    """Return rows, the oldest first, as linked rows."""
    node: Rows = None
    for row in rows:
        node = (node, row)
    return node


def _unpacked(scalars: Any, decisions: Any, packed: Any, held: Any) -> Account:
    history: History = None
    for decision in decisions:
        history = (history, *decision)
    documents = [known_of((*entry[:9], linked(entry[9]), entry[10])) for entry in packed]
    debits, credits = (
        _shelf.of(one for one in documents if one.debit is side and one.open and not one.held) for side in (True, False)
    )
    tree = _tree.update(_tree.EMPTY, {one.id: one for one in documents})
    made = Account.__new__(Account)
    profile, version, count, balance = scalars
    made.__attrs_init__(profile, version, count, balance, history, tree, debits, credits, held)
    return made


# (name, subject, figures): an event as it is kept.
RawEvent: TypeAlias = tuple[str, str, tuple[tuple[str, object], ...]]

_FIELDS: Final = ("account", "transactions", "allocations", "releases", "warnings")


# (rows, releases, events, holds, head, steps): what an update is told with; made into values when looked at.
RawUpdate: TypeAlias = tuple[
    tuple[Row, ...],
    tuple[Released, ...],
    tuple[RawEvent, ...],
    tuple[tuple[str, bool], ...],
    tuple[Any, ...],
    tuple[Raw, ...],
]


@final
@attrs.frozen(init=False, repr=False, eq=False)
class Update:
    """
    What a decision changes: save exactly this, all of it or nothing. Not saving it is the preview.

    Args:
        account: The account after it.

        transactions: The documents that are new or changed their state.

        allocations: The rows it made.

        releases: What it took back.

        entries: The journal entries of it.

        events: What happened, for the outside.

        warnings: What a person should know; nothing was refused for it.

        held: Which documents were put on hold (``True``) or taken off (``False``).

        rejected: The draft that will not be posted.

        also: What it changes on another account, to be saved together.
    """

    account: Account
    on: date
    transactions: tuple[Transaction, ...]
    entries: tuple[journal.Entry, ...]
    warnings: tuple[str, ...]
    rejected: Draft | None
    also: "tuple[Update, ...]"
    _raw: RawUpdate

    def __init__(self) -> None:
        raise UsageError("an Update is a result", "Get one from receivables.post(...) and its kin.")

    __repr__ = _front.shown(*_FIELDS)

    @property
    def allocations(self) -> tuple[allocation.Allocation, ...]:
        """The rows it made, in order."""
        return tuple(made_allocation(row, self.account.profile) for row in self._raw[0])

    @property
    def releases(self) -> tuple[allocation.Release, ...]:
        """What it took back, in order."""
        return tuple(made_release(row, self.account.profile) for row in self._raw[1])

    @property
    def events(self) -> tuple[events.Event, ...]:
        """What happened, for the outside."""
        account = self.account
        return tuple(
            events.Event(
                id=f"{account.id}/{account.version}/{place}/{name}", name=name, on=self.on, subject=subject, data=dict(figures)
            )
            for place, (name, subject, figures) in enumerate(self._raw[2])
        )

    @property
    def held(self) -> Mapping[str, bool]:
        """Which documents were put on hold or taken off."""
        return MappingProxyType(dict(self._raw[3]))

    @property
    def trail(self) -> Trail:
        """The steps of the decision."""
        return trail.of(self._raw[5])

    def explain(self) -> str:
        """Say what was decided, step by step."""
        says, *figures = self._raw[4]
        head: Callable[..., str] = says
        texts = [head(*figures), *trail.lines(self._raw[5]), *self.warnings]
        return "\n".join(["\n  ".join(texts), *(update.explain() for update in self.also)])

    def __str__(self) -> str:
        return self.explain()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Update):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((self.account, self.on, self._raw[0]))

    def _parts(self) -> tuple[object, ...]:
        made = (self.account, self.on, self.transactions, self.entries, self.warnings, self.rejected, self.also)
        return (*made, self.allocations, self.releases, self._raw[2], self._raw[3])
