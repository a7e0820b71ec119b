"""The store: every save in one transaction, the accounts' rows locked, versions checked inside."""

import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, Table, bindparam, create_engine, event, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ledgerkit import ids, ports, receivables, transactions
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.transactions import Series, Transaction
from sqlstore import _rows, _values
from sqlstore import _schema as tables

T = TypeVar("T")

# A reader sees one state of the database; a writer locks the rows of its accounts, which is what keeps two decisions on one account
# apart. Under SQLite there is one writer at a time, who says so at the beginning.
_READING = {"postgresql": {"isolation_level": "REPEATABLE READ"}}
_WRITING = {"postgresql": {"isolation_level": "READ COMMITTED"}, "sqlite": {"sqlite_begin": "BEGIN IMMEDIATE"}}
# Serialization failure, deadlock, and a row that somebody else inserted first: the next attempt sees what they did.
_PASSING = {"40001", "40P01", "23505"}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CHUNK = 500
_ANY_DAY = date(2000, 1, 1)


def _begin(connection: Connection) -> None:
    """Begin a transaction of SQLite here, since its driver begins one only at the first change."""
    driver: Any = connection.connection.dbapi_connection
    driver.isolation_level = None
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


class _Database:
    """An engine, and work done on it in a transaction that is tried again when another one got in its way."""

    def __init__(self, where: Engine | str, attempts: int) -> None:
        engine = create_engine(where) if isinstance(where, str) else where
        if engine.dialect.name not in ("sqlite", "postgresql"):
            raise UsageError(f"the store runs on SQLite and PostgreSQL, not on {engine.dialect.name}", "Use one of the two.")
        if engine.dialect.name == "sqlite" and not event.contains(engine, "begin", _begin):
            event.listen(engine, "begin", _begin)
        self._engine, self._attempts = engine, attempts
        self.read(tables.metadata.create_all, _WRITING)

    def read(self, work: Callable[[Connection], T], options: dict[str, Any] = _READING) -> T:
        for attempt in range(1, self._attempts + 1):
            try:
                return self._once(work, options.get(self._engine.dialect.name, {}))
            except (SQLAlchemyError, OverflowError) as error:
                if attempt == self._attempts or not _is_passing(error):
                    raise ports.StoreFailed(*_said(error, attempt)) from error
            time.sleep(0.002 * attempt)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, work: Callable[[Connection], T], options: dict[str, Any]) -> T:
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            return work(connection)

    def write(self, work: Callable[[Connection], T]) -> T:
        return self.read(work, _WRITING)


def _is_passing(error: Exception) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    return getattr(error.orig, "sqlstate", None) in _PASSING or getattr(error.orig, "sqlite_errorcode", None) in _BUSY


def _said(error: Exception, attempts: int) -> tuple[str, str]:
    origin = getattr(error, "orig", None) or error
    tries = "once" if attempts == 1 else f"{attempts} times"
    words = " ".join(str(origin).split())
    return f"the database refused it, tried {tries}: {words}", "Nothing was changed. Look at the database, then send it again."


class SqlStore:
    """
    A ``ports.Store`` on SQLite or PostgreSQL.

    Args:
        where: An engine of SQLAlchemy, or the address of a database, ``sqlite:///books.db``.

        attempts: How often a transaction is tried that another one gets in the way of.
    """

    def __init__(self, where: Engine | str, *, attempts: int = 20) -> None:
        self._database = _Database(where, attempts)
        self._terms: _values.Known = {}  # by their digest: they never change

    def load(self, account: str, /) -> receivables.Account:
        name = ids.checked(account, name="account")
        return self._database.read(lambda connection: _values.account(connection, name, self._terms))

    def account_of(self, transaction: str, /) -> str:
        name, of = ids.checked(transaction, name="transaction"), tables.transactions
        asked = select(of.c.account).where(of.c.id == name)
        found: str | None = self._database.read(lambda connection: connection.scalar(asked))
        if found is None:
            raise ids.UnknownReference(name, "the store")
        return found

    def save(self, save: ports.Save, /) -> None:
        self.save_many([save])

    def save_many(self, saves: Iterable[ports.Save], /) -> None:
        """Save all of these in one transaction, or nothing; an account may occur in several, in the order of its versions."""
        batch = [_checked(save) for save in saves]
        self._database.write(lambda connection: _written(connection, batch))

    def accounts(self) -> tuple[str, ...]:
        """Return the ids of all accounts."""
        known = select(tables.accounts.c.id).order_by(tables.accounts.c.id)
        return self._database.read(lambda connection: tuple(connection.scalars(known)))


class SqlNumbers:
    """
    A ``ports.NumberSource`` in the same database.

    Args:
        where: The engine or address of the store.

        series: What has to be there; a series that is there already goes on. Numbers do not know the day of their document: a series
            whose numbers begin anew each year is a series a year.
    """

    def __init__(self, where: Engine | str, series: Iterable[Series] = (), *, attempts: int = 20) -> None:
        self._database = _Database(where, attempts)
        wanted = list(series)
        for one in wanted:
            if "{year}" in one.pattern:
                raise UsageError(f"series {one.id!r} holds {{year}}", 'Make one series a year: "INV-2026-{number:05}".')
        if wanted:
            rows = [{"id": one.id, "pattern": one.pattern, "next": one.next} for one in wanted]
            self._database.write(lambda connection: _insert_new(connection, tables.series, rows))

    def next(self, series: str, /) -> str:
        name, of = ids.checked(series, name="series"), tables.series
        row = self._database.read(lambda connection: connection.execute(select(of).where(of.c.id == name)).one_or_none())
        if row is None:
            raise ids.UnknownReference(name, "the number source", "Name it when the source is made: SqlNumbers(engine, [...]).")
        return _number(Series(id=row.id, pattern=row.pattern, next=row.next))


def _checked(save: Any) -> ports.Save:
    if type(save) is not ports.Save:
        raise InvalidArgument(f"save is a {type(save).__name__}", 'Make it with ports.save_of(update, command="...").')
    return save


def _number(series: Series) -> str:
    return transactions.numbered(series, _ANY_DAY)[0]


# ---------------------------------------------------------------------------------------------------------- one transaction


def _written(connection: Connection, batch: Sequence[ports.Save]) -> None:
    versions = _locked(connection, {id for save in batch for id in save.expected})
    stored = dict(versions)
    fresh = _unsaved(connection, batch)
    for save in fresh:
        _compare(save, versions)
        versions |= {account.id: account.version for account in save.accounts}
    rows: _rows.Rows = defaultdict(list)
    changed = _gather(connection, fresh, rows)
    _take_numbers(connection, fresh)
    _insert_terms(connection, fresh)
    _put_accounts(connection, fresh, stored)
    for table in tables.metadata.sorted_tables:  # what is referred to comes first
        if rows[table]:
            connection.execute(insert(table), rows[table])
    if changed:
        key = tables.transactions.c.id == bindparam("key")
        connection.execute(update(tables.transactions).where(key).values(state=bindparam("now")), changed)


def _compare(save: ports.Save, versions: dict[str, int]) -> None:
    for id, expected in save.expected.items():
        if versions.get(id, 0) != expected:
            raise ports.SaveConflict(id, expected, versions.get(id, 0))


def _locked(connection: Connection, names: set[str]) -> dict[str, int]:
    """Lock the rows of these accounts until the end of the transaction, always in the same order; return their versions."""
    of = tables.accounts
    versions: dict[str, int] = {}
    for chunk in _chunks(sorted(names)):
        rows = connection.execute(select(of.c.id, of.c.version).where(of.c.id.in_(chunk)).order_by(of.c.id).with_for_update())
        versions |= {row.id: row.version for row in rows}
    return versions


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    every = list(values)
    for start in range(0, len(every), _CHUNK):
        yield every[start : start + _CHUNK]


def _found(connection: Connection, column: Any, values: Iterable[str], *others: Any) -> list[Any]:
    return [
        row
        for chunk in _chunks(values)
        for row in connection.execute(select(column, *others).where(column.in_(chunk)))
    ]  # fmt: skip


def _unsaved(connection: Connection, batch: Sequence[ports.Save]) -> list[ports.Save]:
    """Return the saves whose command was not saved before, each command once."""
    first: dict[str, ports.Save] = {}
    for save in batch:
        first.setdefault(save.command, save)
    known = {row.command for row in _found(connection, tables.commands.c.command, first)}
    return [save for command, save in first.items() if command not in known]


class _New(NamedTuple):
    document: Transaction
    version: int
    place: int


def _gather(connection: Connection, saves: Sequence[ports.Save], rows: _rows.Rows) -> list[_rows.Row]:
    """Gather the new rows of these saves; return the documents that were stored before, with their new states."""
    written = [record for save in saves for record in save.records if isinstance(record, Transaction)]
    found = _found(connection, tables.transactions.c.id, {document.id for document in written}, tables.transactions.c.account)
    owners = {row.id: row.account for row in found}
    stored = set(owners)
    new: dict[str, _New] = {}
    changed: dict[str, Transaction] = {}
    for save in saves:
        versions = {account.id: account.version for account in save.accounts}
        for place, record in enumerate(save.records):
            if isinstance(record, Transaction):
                if owners.setdefault(record.id, record.account) != record.account:
                    raise ids.DuplicateId(record.id, "transaction")
                if record.id in stored:
                    changed[record.id] = record
                else:
                    first = new.get(record.id) or _New(record, versions[record.account], place)
                    new[record.id] = first._replace(document=record)
            else:
                _rows.add_record(rows, record, place)
        _rows.add_entries(rows, save.entries)
        _rows.add_events(rows, save.events)
        rows[tables.commands].append({"command": save.command})
        rows[tables.numbers].extend({"number": number, "command": save.command} for number in save.numbers)
    for document, version, place in new.values():
        _rows.add_transaction(rows, document, version, place)
    _add_later_notes(connection, changed, rows)
    return [{"key": document.id, "now": document.state.value} for document in changed.values()]


def _add_later_notes(connection: Connection, changed: dict[str, Transaction], rows: _rows.Rows) -> None:
    noted = [document for document in changed.values() if document.notes]
    of = tables.notes.c.transaction
    for chunk in _chunks(noted):
        asked = select(of, func.count()).where(of.in_([document.id for document in chunk])).group_by(of)
        known: dict[str, int] = {row[0]: row[1] for row in connection.execute(asked)}
        for document in chunk:
            _rows.add_notes(rows, document, known.get(document.id, 0))


def _take_numbers(connection: Connection, saves: Sequence[ports.Save]) -> None:
    """Refuse a number that is taken, and let the series that gave one go on."""
    wanted = [number for save in saves for number in save.numbers]
    if not wanted:
        return
    rows = connection.execute(select(tables.series).order_by(tables.series.c.id).with_for_update())
    series = [Series(id=row.id, pattern=row.pattern, next=row.next) for row in rows]
    taken = {row.number for row in _found(connection, tables.numbers.c.number, wanted)}
    coming = {_number(one): one for one in series}
    moved: dict[str, int] = {}
    for number in wanted:
        if number in taken:
            raise ports.NumberTaken(number)
        taken.add(number)
        if number in coming:
            _same, after = transactions.numbered(coming.pop(number), _ANY_DAY)
            coming[_number(after)] = after
            moved[after.id] = after.next
    if moved:
        key = tables.series.c.id == bindparam("key")
        after_rows = [{"key": id, "now": at} for id, at in moved.items()]
        connection.execute(update(tables.series).where(key).values(next=bindparam("now")), after_rows)


def _insert_new(connection: Connection, table: Table, rows: list[_rows.Row]) -> None:
    """Insert what is not there yet."""
    add = sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
    connection.execute(add.on_conflict_do_nothing(), rows)


def _insert_terms(connection: Connection, saves: Sequence[ports.Save]) -> None:
    agreed = [account.profile.terms for save in saves for account in save.accounts]
    agreed += [record.terms for save in saves for record in save.records if isinstance(record, Transaction)]
    rows: _rows.Rows = defaultdict(list)
    for one in dict.fromkeys(one for one in agreed if one is not None):
        _rows.add_terms(rows, one)
    for table in (tables.terms, tables.term_steps, tables.term_figures):
        if rows[table]:
            _insert_new(connection, table, rows[table])


def _put_accounts(connection: Connection, saves: Sequence[ports.Save], stored: dict[str, int]) -> None:
    last = {account.id: account for save in saves for account in save.accounts}
    new = [{"id": id, **_rows.settings(account)} for id, account in last.items() if id not in stored]
    known = [{"key": id, **_rows.settings(account)} for id, account in last.items() if id in stored]
    for account in last.values():
        if account.id not in stored and account.since is not None:
            raise UsageError(
                f"{account.id} is made of open items since {account.since}, and its history is not in the store",
                "Post the documents that were open then, and save those.",
            )
    if new:
        connection.execute(insert(tables.accounts), new)
    if known:
        connection.execute(update(tables.accounts).where(tables.accounts.c.id == bindparam("key")), known)
