"""Fakes that keep things in memory, for a host's own tests."""

from collections.abc import Iterable
from datetime import date
from threading import Lock
from typing import Final, final

from ledgerkit import _front, events, ids, journal, ports, receivables, transactions
from ledgerkit.errors import InvalidArgument, UsageError

_ANY_DAY: Final = date(2000, 1, 1)


@final
class MemoryStore:
    """
    A ``ports.Store`` in memory. It keeps every promise, and is gone with the process.

    Source:
        docs/how-to/store.md.

    >>> from ledgerkit import money
    >>> store = MemoryStore()
    >>> invoice = transactions.invoice("INV-7", money.of("120.00 EUR"))
    >>> update = receivables.post(receivables.account("ACME", currency="EUR"), invoice, on=date(2026, 3, 1))
    >>> store.save(ports.save_of(update, command="web-81"))
    >>> print(store.load("ACME"))
    ACME, balance 120.00 EUR, version 1
    """

    __slots__ = ("_accounts", "_commands", "_entries", "_events", "_lock", "_numbers", "_owners")

    def __init__(self) -> None:
        self._lock = Lock()
        self._accounts: dict[str, receivables.Account] = {}
        self._owners: dict[str, str] = {}
        self._commands: set[str] = set()
        self._numbers: set[str] = set()
        self._entries: list[journal.Entry] = []
        self._events: list[events.Event] = []

    def __repr__(self) -> str:
        return f"MemoryStore of {len(self._accounts)} accounts"

    @property
    def accounts(self) -> tuple[receivables.Account, ...]:
        """Every account, in the order they came."""
        with self._lock:
            return tuple(self._accounts.values())

    @property
    def entries(self) -> tuple[journal.Entry, ...]:
        """Every journal entry, in the order they came."""
        with self._lock:
            return tuple(self._entries)

    @property
    def events(self) -> tuple[events.Event, ...]:
        """Every event, in the order they came."""
        with self._lock:
            return tuple(self._events)

    def load(self, account: str, /) -> receivables.Account:
        """Return the account as it was saved last."""
        name = ids.checked(account, name="account")
        with self._lock:
            if name not in self._accounts:
                raise ids.UnknownReference(name, "the store", "Check the id, or make it with receivables.account(...).")
            return self._accounts[name]

    def account_of(self, transaction: str, /) -> str:
        """Return the id of the account that a transaction is on."""
        name = ids.checked(transaction, name="transaction")
        with self._lock:
            if name not in self._owners:
                raise ids.UnknownReference(name, "the store")
            return self._owners[name]

    def is_taken(self, number: str, /) -> bool:
        """Say whether a save has taken a number."""
        with self._lock:
            return number in self._numbers

    def save(self, save: ports.Save, /) -> None:
        """Save all of it, or nothing."""
        if type(save) is not ports.Save:
            raise InvalidArgument(f"save is {_front.a(save)}", 'Make it with ports.save_of(update, command="...").')
        with self._lock:
            if save.command not in self._commands:
                self._judge(save)
                self._keep(save)

    def _judge(self, save: ports.Save) -> None:
        for id, expected in save.expected.items():
            found = self._accounts[id].version if id in self._accounts else 0
            if found != expected:
                raise ports.SaveConflict(id, expected, found)
        for record in save.records:
            if isinstance(record, transactions.Transaction) and self._owners.get(record.id, record.account) != record.account:
                raise ids.DuplicateId(record.id, "transaction")
        taken = next((number for number in save.numbers if number in self._numbers), None)
        if taken is not None:
            raise ports.NumberTaken(taken)

    def _keep(self, save: ports.Save) -> None:
        self._commands.add(save.command)
        self._accounts |= {account.id: account for account in save.accounts}
        self._owners |= {record.id: record.account for record in save.records if isinstance(record, transactions.Transaction)}
        self._numbers.update(save.numbers)
        self._entries += save.entries
        self._events += save.events


@final
class MemoryNumberSource:
    """
    A ``ports.NumberSource`` over a :class:`MemoryStore`: a number is taken when the store has saved it.

    Args:
        store: Whose saves take the numbers.

        series: What there is to count, each with its own pattern, without ``{year}``: numbers do not know a day.

    Source:
        docs/how-to/store.md.

    >>> source = MemoryNumberSource(MemoryStore(), [transactions.Series(id="invoices", pattern="INV-{number:05}")])
    >>> source.next("invoices"), source.next("invoices")
    ('INV-00001', 'INV-00001')
    """

    __slots__ = ("_series", "_store")

    def __init__(self, store: MemoryStore, series: Iterable[transactions.Series], /) -> None:
        self._store = store
        self._series = {one.id: one for one in series}
        for one in self._series.values():
            if "{year}" in one.pattern:
                raise UsageError(f"series {one.id!r} holds {{year}}", 'Make one series a year: "INV-2026-{number:05}".')

    def __repr__(self) -> str:
        return f"MemoryNumberSource of {', '.join(self._series)}"

    def next(self, series: str, /) -> str:
        """Return the next number of a series; it is taken when a save that carries it succeeds."""
        name = ids.checked(series, name="series")
        if name not in self._series:
            raise ids.UnknownReference(name, "the number source", "Name the series when the source is made.")
        number, after = transactions.numbered(self._series[name], _ANY_DAY)
        while self._store.is_taken(number):
            self._series[name] = after
            number, after = transactions.numbered(after, _ANY_DAY)
        return number
