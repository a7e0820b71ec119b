"""
Ports: what ledgerkit asks of its host, as small protocols with numbered promises.

The domain decides and hands over values; a host's adapter keeps them. A decision becomes a :class:`Save` by :func:`save_of`, and a
:class:`Store` takes it whole or not at all. ``ledgerkit.testing`` has a check for every promise, for adapters to be run against.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeAlias, final

import attrs

from ledgerkit import _front, allocation, ids, journal, periods, receivables, transactions
from ledgerkit.errors import InvalidArgument, PortError, UsageError
from ledgerkit.events import Event

__all__ = [
    "Hold",
    "NotConsecutive",
    "NumberSource",
    "NumberTaken",
    "Rejection",
    "Save",
    "SaveConflict",
    "Store",
    "StoreFailed",
    "save_of",
]


class SaveConflict(PortError):
    """
    Something was decided on a state that is not the store's any more. Nothing was saved.

    Args:
        subject: The account.

        expected: The version it was decided on; 0 says that the store has no such account yet.

        found: The version that the store has.
    """

    subject: str
    expected: int
    found: int

    def __init__(self, subject: str, expected: int, found: int) -> None:
        self.subject, self.expected, self.found = subject, expected, found
        has = f"the store has version {found}" if found else "the store has no such account"
        super().__init__(
            f"{subject} was decided on in version {expected}, and {has}", "Load it again, decide again, and save that."
        )


class NumberTaken(SaveConflict):
    """A number belongs to another save already. Nothing was saved."""

    def __init__(self, number: str) -> None:
        self.subject, self.expected, self.found = number, 0, 1
        PortError.__init__(
            self, f"the number {number!r} is taken by another save", "Ask the source for the next one, and decide again."
        )


class StoreFailed(PortError):
    """A store could not do what was asked: its database is away, busy for too long, or cannot hold a value."""


class NotConsecutive(UsageError, ValueError):
    """Updates of one account that do not follow each other cannot be saved together."""

    account: str

    def __init__(self, account: str, version: int, following: int) -> None:
        self.account = account
        super().__init__(
            f"{account} is decided on in version {version}, and the next update makes version {following}",
            "Decide each on the account that the one before gave, and pass them in that order.",
        )


@final
@attrs.frozen(init=False, repr=False)
class Hold:
    """
    A document of an account was put on hold, or taken off.

    Args:
        item: The document.

        held: Whether it is on hold from now on.

        on: The day of it.

        version: The version of the account that says so.
    """

    item: ids.TransactionId
    held: bool
    on: date
    version: int

    def __init__(self, *, item: str, held: bool, on: date, version: int) -> None:
        if type(held) is not bool:
            raise InvalidArgument(f"held is {_front.a(held)}, where True or False is needed", "Pass a bool.")
        name = ids.TransactionId(ids.checked(item, name="item"))
        self.__attrs_init__(name, held, periods.civil_date(on), _whole(version, "version"))

    __repr__ = _front.shown("item", "held", "on", "version")


_REMEDY = "Make a save with ports.save_of(update, ...)."


@final
@attrs.frozen(init=False, repr=False)
class Rejection:
    """
    A draft was rejected; its reason is the draft's own.

    Args:
        draft: As rejected.

        account: On which it was not posted.

        on: The day of it.

        version: The version of the account that says so.
    """

    draft: transactions.Draft
    account: ids.AccountId
    on: date
    version: int

    def __init__(self, *, draft: transactions.Draft, account: str, on: date, version: int) -> None:
        if type(draft) is not transactions.Draft:
            raise InvalidArgument(f"draft is {_front.a(draft)}", "Pass the `rejected` of an update.")
        owner = ids.AccountId(ids.checked(account, name="account"))
        self.__attrs_init__(draft, owner, periods.civil_date(on), _whole(version, "version"))

    __repr__ = _front.shown("draft", "account", "on", "version")


# What a save is made of, besides entries and events.
Record: TypeAlias = transactions.Transaction | allocation.Allocation | allocation.Release | Hold | Rejection
_RECORDS = (transactions.Transaction, allocation.Allocation, allocation.Release, Hold, Rejection)


@final
@attrs.frozen(init=False, repr=False)
class Save:
    """
    Everything that belongs together, with the versions it was decided on: all of it is saved, or nothing. Made by :func:`save_of`.

    Args:
        command: The id of the user's request. A store takes a command once; the second time it changes nothing.

        expected: For each account the version that was decided on; 0 for one that the store does not have yet.

        accounts: The accounts as they are after it: id, version, settings.

        records: What is new or changed: transactions (the same id again is its new state), allocations, releases, holds,
            rejections.

        entries: The journal entries.

        events: What happened, for the outside.

        numbers: The numbers it takes from a :class:`NumberSource`.

    Raises:
        InvalidArgument: A part is of another type, or *expected* and *accounts* do not name the same accounts.
        NotConsecutive: An account is not after the version it was decided on.
        UnknownReference: A transaction is on another account.
    """

    command: str
    _expected: tuple[tuple[str, int], ...]
    accounts: tuple[receivables.Account, ...]
    records: tuple[Record, ...]
    entries: tuple[journal.Entry, ...]
    events: tuple[Event, ...]
    numbers: tuple[str, ...]

    def __init__(
        self,
        *,
        command: str,
        expected: Mapping[str, int],
        accounts: Iterable[receivables.Account] = (),
        records: Iterable[Record] = (),
        entries: Iterable[journal.Entry] = (),
        events: Iterable[Event] = (),
        numbers: Iterable[str] = (),
    ) -> None:
        found, kept = _all(accounts, (receivables.Account,), "accounts"), _all(records, _RECORDS, "records")
        self.__attrs_init__(
            ids.checked(command, name="command"),
            _versions(expected, found),
            found,
            _owned(kept, found),
            _all(entries, (journal.Entry,), "entries"),
            _all(events, (Event,), "events"),
            tuple(ids.checked(number, name="number") for number in _all(numbers, (str,), "numbers")),
        )

    @property
    def expected(self) -> Mapping[str, int]:
        """For each account the version that was decided on."""
        return MappingProxyType(dict(self._expected))

    __repr__ = _front.shown("command", "expected", "records", "numbers")


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise InvalidArgument(f"{name} is no whole number from 0 on", "Pass what an account's `version` says.")
    return int(value)


def _all(given: Any, kinds: tuple[type, ...], name: str) -> tuple[Any, ...]:
    wanted = " or ".join(kind.__name__ for kind in kinds)
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InvalidArgument(f"{name} is {_front.a(given)}", f"Pass a list of {wanted}.")
    values = tuple(given)
    odd = next((value for value in values if not isinstance(value, kinds)), None)
    if odd is not None:
        raise InvalidArgument(f"one of {name} is {_front.a(odd)}", f"Pass {wanted} values.")
    return values


def _versions(expected: Any, accounts: tuple[receivables.Account, ...]) -> tuple[tuple[str, int], ...]:
    if not isinstance(expected, Mapping):
        raise InvalidArgument(f"expected is {_front.a(expected)}", 'Pass expected={"ACME": 4}.')
    versions = {ids.checked(id, name="account"): _whole(version, "expected") for id, version in expected.items()}
    if list(versions) != [account.id for account in accounts]:
        raise InvalidArgument(
            "expected and accounts do not name the same accounts", "Make a save with ports.save_of(update, ...)."
        )
    for account in accounts:
        if account.version <= versions[account.id]:
            raise NotConsecutive(account.id, versions[account.id], account.version)
    return tuple(versions.items())


def _owned(records: tuple[Record, ...], accounts: tuple[receivables.Account, ...]) -> tuple[Record, ...]:
    """Refuse a document of an account whose version nobody would compare."""
    names = {account.id for account in accounts}
    for record in records:
        if type(record) is transactions.Transaction and record.account not in names:
            raise ids.UnknownReference(record.account, "the accounts of the save", _REMEDY)
    return records


def save_of(*decided: "receivables.Update | receivables.Account", command: str, numbers: Iterable[str] = ()) -> Save:
    """
    Return what has to be saved of these decisions: all of it together, or nothing.

    Args:
        decided: Updates, in the order they were decided; each is saved with what it changes on other accounts (``also``). An account
            stands for a change of its settings, as ``receivables.with_lock`` makes one; it is one version.

        command: The id of the user's request. The same command is saved once, however often it is sent.

        numbers: The numbers that the documents took from a :class:`NumberSource`.

    Returns:
        The save, with the version that each account was decided on. A document that several updates changed stands in it once, in
        its last state.

    Raises:
        NotConsecutive: Two updates of one account do not follow each other, or an account has no decision yet.
        InvalidArgument: A value is neither an update nor an account.

    Source:
        docs/how-to/store.md.

    >>> from ledgerkit import money
    >>> account = receivables.account("ACME", currency="EUR")
    >>> invoice = transactions.invoice("INV-7", money.of("120.00 EUR"))
    >>> update = receivables.post(account, invoice, on=date(2026, 3, 1))
    >>> save = save_of(update, command="web-81")
    >>> dict(save.expected), [str(record) for record in save.records]
    ({'ACME': 0}, ['INV-7, invoice of 120.00 EUR, posted on 2026-03-01, due on 2026-03-01'])
    """
    expected: dict[str, int] = {}
    accounts: dict[str, receivables.Account] = {}
    parts = _Parts({}, [], [], [])
    for one in decided:
        for update in _with_also(one):
            account = update if isinstance(update, receivables.Account) else update.account
            before = accounts[account.id].version if account.id in accounts else account.version - 1
            if before < 0 or account.version != before + 1:
                raise NotConsecutive(account.id, max(before, 0), account.version)
            expected.setdefault(account.id, before)
            accounts[account.id] = account
            if isinstance(update, receivables.Update):
                _take(parts, update)
    return Save(
        command=command,
        expected=expected,
        accounts=accounts.values(),
        records=(*parts.documents.values(), *parts.rows),
        entries=parts.entries,
        events=parts.events,
        numbers=numbers,
    )


def _with_also(one: Any) -> "Iterator[receivables.Update | receivables.Account]":
    if type(one) not in (receivables.Update, receivables.Account):
        raise InvalidArgument(f"{_front.a(one)} is nothing that was decided", "Pass what receivables.post(...) returned.")
    yield one
    for other in getattr(one, "also", ()):
        yield from _with_also(other)


class _Parts(NamedTuple):
    """The records of several updates while they are gathered."""

    documents: dict[str, transactions.Transaction]
    rows: list[Record]
    entries: list[journal.Entry]
    events: list[Event]


def _take(parts: _Parts, update: receivables.Update) -> None:
    parts.documents.update((document.id, document) for document in update.transactions)
    parts.rows.extend(update.allocations)
    parts.rows.extend(update.releases)
    version = update.account.version
    parts.rows.extend(Hold(item=item, held=held, on=update.on, version=version) for item, held in update.held.items())
    if update.rejected is not None:
        account = update.account
        parts.rows.append(Rejection(draft=update.rejected, account=account.id, on=update.on, version=version))
    parts.entries.extend(update.entries)
    parts.events.extend(update.events)


class Store(Protocol):
    """
    Where a host keeps its accounts. Its promises:

    - S1: What was saved loads back equal, documents, allocations, releases and settings.
    - S2: A save with a command that was saved before changes nothing.
    - S3: A save with an old version changes nothing, and is a :class:`SaveConflict`.
    - S4: All or nothing: a save that is refused half-way leaves no trace.
    - S5: An account that is not there is an ``ids.UnknownReference``, and so is a transaction.
    - S6: Of a transaction it says which account it is on.
    - S7: The id of a transaction is unique over all accounts; a second one is an ``ids.DuplicateId``, and changes nothing.
    - S8: Savers at the same time: what is there then is what some order of them, one after the other, gives.
    - S9: What was loaded is the caller's own: nothing that is saved later changes it.
    - S10: Balances and open amounts as of any date are the same after loading.
    - S11: What is on hold is on hold after loading, and what was lifted is not.
    - S12: A foreign error never leaves it: what fails is a ``PortError``.
    """

    def load(self, account: str, /) -> receivables.Account:
        """
        Return the account as it was saved last.

        Raises:
            UnknownReference: There is none of this id.
        """

    def account_of(self, transaction: str, /) -> str:
        """
        Return the id of the account that a transaction is on.

        Raises:
            UnknownReference: There is none of this id.
        """

    def save(self, save: Save, /) -> None:
        """
        Save all of it, or nothing.

        Raises:
            SaveConflict: An account has another version than it was decided on, or a number is taken.
            DuplicateId: A new transaction has the id of one on another account.
            PortError: It could not be saved; nothing was.
        """


class NumberSource(Protocol):
    """
    Where the numbers of documents come from, without gaps. Its promises:

    - N1: It gives the same number again until a save that carries it succeeds.
    - N2: Then it gives the one that follows.
    - N3: A save that fails leaves no gap.
    - N4: Of two saves with one number the second is a :class:`SaveConflict`, and changes nothing.
    - N5: Each series counts for itself.
    - N6: A series that is not there is an ``ids.UnknownReference``.
    """

    def next(self, series: str, /) -> str:
        """
        Return the next number of a series; it is taken when a save that carries it succeeds.

        Raises:
            UnknownReference: There is no such series.
        """


_front.publish(globals())
