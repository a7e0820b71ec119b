"""The reference store keeps every promise on SQLite and on PostgreSQL, and its locking is what keeps the books."""

import itertools
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlstore
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Date, Engine, Integer, String, create_engine, func, select, text
from sqlalchemy.pool import StaticPool
from sqlstore import SqlNumbers, SqlStore, _rows, _schema, _store

from ledgerkit import journal, money, ports, receivables, terms, testing, transactions
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.receivables import Account, Update
from ledgerkit.transactions import Series

ROOT = Path(__file__).parents[2]
SERIES = [Series(id="invoices", pattern="INV-{number:05}"), Series(id="payments", pattern="PAY-{number}")]
ON = date(2026, 3, 1)
WRITERS = 8
# The whole race takes its time; the shorter one shows the same.
PAYMENTS = 60 if os.environ.get("HYPOTHESIS_PROFILE") in ("ci", "acceptance") else 6
eur = money.maker("EUR")

Fresh = Callable[[], Engine]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Fresh]:
    """A maker of empty databases: a file each, or a schema each."""
    engines: list[Engine] = []
    names = (f"t{os.getpid()}_{id(engines)}_{n}" for n in itertools.count())

    def sqlite() -> Engine:
        engines.append(create_engine(f"sqlite:///{tmp_path / next(names)}.db"))
        return engines[-1]

    def postgresql() -> Engine:
        url, schema = request.getfixturevalue("postgres_url"), next(names)
        engines.append(create_engine(url, connect_args={"options": f"-csearch_path={schema}"}))
        with engines[-1].begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        return engines[-1]

    yield sqlite if request.param == "sqlite" else postgresql
    for engine in engines:
        if engine.dialect.name == "postgresql":
            with engine.begin() as connection:
                connection.execute(text("DROP SCHEMA IF EXISTS " + connection.scalar(text("SHOW search_path")) + " CASCADE"))
        engine.dispose()


def post(account: Account, draft: transactions.Draft, on: date = ON) -> Update:
    return receivables.post(account, draft, on=on)


def invoice(id: str, amount: str = "10.00") -> transactions.Draft:
    return transactions.invoice(id, eur(amount))


def payment(id: str, amount: str = "3.00") -> transactions.Draft:
    return transactions.payment(id, eur(amount), method="card")


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run these in threads of their own; return what each gave or raised."""
    told: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place: int) -> None:
        gate.wait(60)
        try:
            told[place] = acts[place]()
        except Exception as error:  # noqa: BLE001 - told to the test
            told[place] = error

    threads = [threading.Thread(target=run, args=(place,), daemon=True) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return told


# ---------------------------------------------------------------------------------------------------------------- promises


@pytest.mark.parametrize("promise", testing.STORE_PROMISES, ids=lambda promise: promise.id)
def test_the_store_keeps(promise: testing.Promise, fresh: Fresh):
    """Every promise of a store."""
    promise.check(lambda: SqlStore(fresh()))


@pytest.mark.parametrize("promise", testing.NUMBER_SOURCE_PROMISES, ids=lambda promise: promise.id)
def test_the_numbers_keep(promise: testing.Promise, fresh: Fresh):
    """Every promise of a source of numbers."""

    def make() -> tuple[SqlNumbers, SqlStore]:
        engine = fresh()
        return SqlNumbers(engine, SERIES), SqlStore(engine)

    promise.check(make)


def test_whatever_is_decided_loads_back(fresh: Fresh):
    """Any history, saved decision by decision or all of it together, loads back equal."""
    store, names = SqlStore(fresh()), itertools.count()

    @given(data=st.data(), together=st.booleans())
    def check(data: Any, together: bool) -> None:
        name = f"A-{next(names)}"
        history = data.draw(testing.histories(id=name, most=6))
        saves = [ports.save_of(one, command=f"{name}/{place}") for place, one in enumerate(history)]
        if together:
            store.save_many(saves)
        else:
            for save in saves:
                store.save(save)
        last = history[-1]
        assert (last.account if isinstance(last, Update) else last) == store.load(name)

    check()


@pytest.mark.parametrize(
    "agreed",
    [
        terms.Terms(steps=[]),
        terms.Terms(steps=[("bands", ((1, 31, (("pay_day", (5, 20)), ("days", (3,)))),)), ("weekday", (4,))], plus=3),
        terms.Terms(steps=[("set", (3, 0, 1))], own_months=2, plus=62),
        terms.Terms(steps=[("days", (30,))], early=terms.EarlyDiscount(rate="2.5%", within_days=7, basis=terms.Basis.ON_NET)),
    ],
    ids=str,
)
def test_terms_load_back(agreed: terms.Terms, fresh: Fresh):
    """Every step of terms, in bands or not, on an account and on a document, read by a store that never saw them."""
    engine = fresh()
    account = receivables.account("ACME", currency="EUR", terms=agreed)
    update = post(account, transactions.invoice("INV-1", eur("1.00"), terms=terms.net(7)))
    update = post(update.account, transactions.invoice("INV-2", eur("1.00"), terms=agreed))
    SqlStore(engine).save(
        ports.save_of(post(account, transactions.invoice("INV-1", eur("1.00"), terms=terms.net(7))), command="a")
    )
    SqlStore(engine).save(ports.save_of(update, command="b"))

    assert update.account == SqlStore(engine).load("ACME")


# ------------------------------------------------------------------------------------------------------------------- races


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """Each of the three stores, empty."""
    if request.param == "memory":
        yield testing.MemoryStore()
        return
    where = f"sqlite:///{tmp_path / 'books.db'}"
    options: dict[str, Any] = {}
    if request.param == "postgresql":
        where = request.getfixturevalue("postgres_url")
        options = {"connect_args": {"options": f"-csearch_path=race{os.getpid()}"}, "pool_size": WRITERS}
    engine = create_engine(where, **options)
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS race{os.getpid()} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA race{os.getpid()}"))
    yield SqlStore(engine, attempts=60)
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA race{os.getpid()} CASCADE"))
    engine.dispose()


def test_b66_two_refunds_at_once(store: Any):
    """B66: two refunds that together exceed the credit, decided on the same state: one goes through, the other is refused."""
    account = post(receivables.account("ACME", currency="EUR"), payment("PAY-1", "100.00"))
    store.save(ports.save_of(account, command="paid"))

    def refund(id: str) -> Callable[[], object]:
        found = store.load("ACME")
        draft = transactions.refund(id, eur("60.00"), method="wire", reason="asked for")
        save = ports.save_of(post(found, draft), command=id)
        return lambda: store.save(save)

    told = at_once(refund("RE-1"), refund("RE-2"))

    assert Counter([type(None), ports.SaveConflict]) == Counter(type(one) for one in told)
    after = store.load("ACME")
    assert eur("40.00") == receivables.unallocated(after)
    with pytest.raises(receivables.Overdraft):
        post(after, transactions.refund("RE-3", eur("60.00"), method="wire", reason="asked for"))


def test_writers_at_the_same_time_never_over_allocate(store: Any):
    """I58: 8 writers of payments of 3.00 on 20 invoices of 10.00, each trying again on a conflict: every payment once, none too much."""
    state = receivables.account("ACME", currency="EUR")
    for n in range(20):
        update = post(state, invoice(f"INV-{n}"))
        store.save(ports.save_of(update, command=f"bill-{n}"))
        state = update.account

    def write(name: int) -> int:
        conflicts, found = 0, state
        for n in range(PAYMENTS):
            for tried in range(2000):
                update = post(found, payment(f"PAY-{name}-{n}"))
                try:
                    store.save(ports.save_of(update, command=f"pay-{name}-{n}"))
                except ports.SaveConflict:
                    conflicts += 1
                    time.sleep(0.005 * ((name + tried) % WRITERS))
                    found = store.load("ACME")
                else:
                    found = update.account
                    break
        return conflicts

    told = at_once(*(lambda name=name: write(name) for name in range(WRITERS)))

    assert [] == [one for one in told if not isinstance(one, int)]
    after = store.load("ACME")
    testing.nothing_over_allocated(after)
    testing.balance_is_open_items(after)
    assert 20 + WRITERS * PAYMENTS == after.version == len(after.transactions)
    assert min(20_000, WRITERS * PAYMENTS * 300) == sum(row.amount_minor for row in after.allocations)


def test_without_versions_and_locks_the_same_race_over_allocates(fresh: Fresh, monkeypatch: pytest.MonkeyPatch):
    """The proof that the race bites: a copy that compares no version, locks no row and keeps no event gives more than is open."""
    store = SqlStore(engine := fresh())
    bill = post(receivables.account("ACME", currency="EUR"), invoice("INV-0"))
    store.save(ports.save_of(bill, command="bill"))
    monkeypatch.setattr(_store, "_compare", lambda save, versions: None)
    monkeypatch.setattr(_store, "_locked", lambda connection, names: dict.fromkeys(names, 1))
    monkeypatch.setattr(_rows, "add_events", lambda rows, happened: None)  # whose ids are unique a version: they would catch it

    def pay(name: int) -> Callable[[], object]:
        save = ports.save_of(post(store.load("ACME"), payment(f"PAY-{name}")), command=f"pay-{name}")
        return lambda: store.save(save)

    assert [None] * WRITERS == at_once(*[pay(name) for name in range(WRITERS)])
    with engine.connect() as connection:
        given_away = connection.scalar(select(func.sum(_schema.allocations.c.minor)))
    assert 2400 == given_away  # of an invoice of 10.00


def test_two_first_savers_of_an_account(fresh: Fresh):
    """An account that nobody has yet: one makes it, for the other it is a conflict, and the same command twice is one save."""
    store = SqlStore(fresh())
    empty = receivables.account("ACME", currency="EUR")
    saves = [ports.save_of(post(empty, invoice(f"INV-{n}")), command=f"c-{n}") for n in range(4)]

    told = at_once(*(lambda save=save: store.save(save) for save in saves))
    assert Counter([type(None), *[ports.SaveConflict] * 3]) == Counter(type(one) for one in told)

    again = ports.save_of(post(store.load("ACME"), invoice("INV-9")), command="again")
    assert [None] * 4 == at_once(*[lambda: store.save(again)] * 4)
    assert 2 == store.load("ACME").version


def test_a_change_of_settings_is_not_lost(fresh: Fresh):
    """Books are locked while a posting is being decided: the posting is refused, not the lock."""
    store = SqlStore(fresh())
    store.save(ports.save_of(post(receivables.account("ACME", currency="EUR"), invoice("INV-1")), command="a"))
    late = post(store.load("ACME"), invoice("INV-2"))
    store.save(ports.save_of(receivables.with_lock(store.load("ACME"), ON), command="b"))

    with pytest.raises(ports.SaveConflict, match="decided on in version 1, and the store has version 2"):
        store.save(ports.save_of(late, command="c"))
    assert ON == store.load("ACME").locked_through


# ---------------------------------------------------------------------------------------------------------------- what is there


def test_every_column_is_plain():
    """A table per kind of record; text, whole numbers, flags and days, nothing serialized."""
    kinds = {type(column.type) for table in sqlstore.metadata.sorted_tables for column in table.columns}

    assert {String, Integer, BigInteger, Boolean, Date} == kinds
    assert {"accounts", "transactions", "lines", "line_taxes", "allocations", "releases", "holds", "entries", "postings",
            "events", "notes", "numbers", "commands"} <= set(sqlstore.metadata.tables)  # fmt: skip


def test_the_journal_in_the_tables_is_the_journal(fresh: Fresh):
    """What the postings of the database sum to is the trial balance."""
    store = SqlStore(engine := fresh())
    entries: list[journal.Entry] = []
    account = receivables.account("ACME", currency="EUR")
    for place, draft in enumerate([invoice("INV-1"), payment("PAY-1", "4.00"), invoice("INV-2", "7.50")]):
        update = post(account, draft)
        store.save(ports.save_of(update, command=str(place)))
        account, entries = update.account, [*entries, *update.entries]

    side = _schema.postings.c
    summed = select(side.role, func.sum(side.minor)).group_by(side.role)
    with engine.connect() as connection:
        sums = {role: int(minor) for role, minor in connection.execute(summed)}
        names = list(connection.scalars(select(_schema.events.c.name).order_by(_schema.events.c.id)))
    assert {at[0]: money.to_minor(amount) for at, amount in journal.trial_balance(entries).items()} == sums
    assert ["invoice.posted", "payment.posted", "invoice.posted"] == names


def test_a_rejection_is_kept(fresh: Fresh):
    """Which draft, on which account, and why."""
    store = SqlStore(engine := fresh())
    first = post(receivables.account("ACME", currency="EUR"), invoice("INV-1"))
    store.save(ports.save_of(first, receivables.reject(first.account, invoice("INV-2"), on=ON, reason="twice"), command="c"))

    table = _schema.rejections.c
    with engine.connect() as connection:
        row = connection.execute(select(table.account, table.version, table.draft, table.total_minor, table.reason)).one()
    assert ("ACME", 2, "INV-2", 1000, "twice") == tuple(row)


def test_many_saves_are_one_transaction(fresh: Fresh):
    """A batch over accounts and versions is all or nothing; a command that is in it twice counts once."""
    store = SqlStore(fresh())
    batch: list[ports.Save] = []
    states: dict[str, Account] = {}
    for n in range(600):
        name = f"A-{n % 7}"
        update = post(states.get(name, receivables.account(name, currency="EUR")), invoice(f"INV-{n}"))
        states[name] = update.account
        batch.append(ports.save_of(update, command=f"c-{n}"))
    stale = ports.save_of(post(receivables.account("A-0", currency="EUR"), invoice("INV-X")), command="stale")

    with pytest.raises(ports.SaveConflict):
        store.save_many([*batch, stale])
    assert () == store.accounts()
    store.save_many([*batch, batch[0]])
    assert tuple(sorted(states)) == store.accounts()
    assert states == {name: store.load(name) for name in states}


def test_a_document_that_changes_within_a_batch(fresh: Fresh):
    """Posted, noted and cancelled in one batch, then noted again: its last state and all its notes."""
    store = SqlStore(fresh())
    at = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    first = post(receivables.account("ACME", currency="EUR"), invoice("INV-1"))
    noted = receivables.annotate(first.account, "INV-1", text="one", by="ann", at=at, on=ON)
    gone = receivables.cancel(noted.account, "INV-1", id="IC-1", on=ON, reason="twice")
    later = receivables.annotate(gone.account, "INV-1", text="two", by="bob", at=at, on=ON)
    store.save_many(ports.save_of(one, command=str(place)) for place, one in enumerate([first, noted, gone]))
    store.save(ports.save_of(later, command="later"))

    assert later.account == store.load("ACME")
    assert ["one", "two"] == [note.text for note in store.load("ACME").transactions[0].notes]


# ---------------------------------------------------------------------------------------------------------------- refusals


def test_a_database_that_is_not_there_is_a_failed_store(tmp_path: Path):
    """The error of the driver stays the cause."""
    with pytest.raises(ports.StoreFailed, match="unable to open database file") as found:
        SqlStore(f"sqlite:///{tmp_path / 'no' / 'where.db'}")
    assert found.value.__cause__ is not None


def test_a_busy_database_is_tried_again(tmp_path: Path):
    """Somebody else is writing: bounded attempts, then a failed store; when they are done it goes through."""
    file = tmp_path / "books.db"
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 0})
    store = SqlStore(engine, attempts=3)
    save = ports.save_of(post(receivables.account("ACME", currency="EUR"), invoice("INV-1")), command="c")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(ports.StoreFailed, match="tried 3 times: database is locked"):
        store.save(save)
    other.execute("ROLLBACK")
    other.close()
    store.save(save)
    assert 1 == store.load("ACME").version
    engine.dispose()


def memory() -> Engine:
    return create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})


def test_a_broken_key_is_a_failed_store(monkeypatch: pytest.MonkeyPatch):
    """What the tables refuse and no rule names is not tried again."""
    engine = memory()
    store = SqlStore(engine)
    twice = [{"id": "E", "on": ON, "source": "x"}] * 2
    monkeypatch.setattr(_rows, "add_entries", lambda rows, entries: rows[_schema.entries].extend(twice))

    with pytest.raises(ports.StoreFailed, match="tried once: UNIQUE constraint failed"):
        store.save(ports.save_of(post(receivables.account("ACME", currency="EUR"), invoice("INV-1")), command="c"))
    engine.dispose()


def test_what_cannot_be_stored_is_refused():
    """Open items without their history, another database, a year in a pattern, what is no save."""
    engine = memory()
    item = receivables.open_items(post(receivables.account("ACME", currency="EUR"), invoice("INV-1")).account)
    since = receivables.account("ACME", currency="EUR", open_items=item, since=ON)
    with pytest.raises(UsageError, match="ACME is made of open items since 2026-03-01"):
        SqlStore(engine).save(ports.save_of(post(since, invoice("INV-2")), command="c"))
    with pytest.raises(UsageError, match="not on mysql"):
        SqlStore(SimpleNamespace(dialect=SimpleNamespace(name="mysql")))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="Make one series a year"):
        SqlNumbers(engine, [Series(id="invoices", pattern="{year}-{number}")])
    with pytest.raises(InvalidArgument, match="save is a str"):
        SqlStore(engine).save("x")  # type: ignore[arg-type]
    engine.dispose()


# ------------------------------------------------------------------------------------------------------------------- crashes

POSTING = """
import sys
from datetime import date
from ledgerkit import ids, money, ports, receivables, transactions
from sqlstore import SqlStore

store = SqlStore(sys.argv[1])
try:
    account = store.load("ACME")
except ids.UnknownReference:
    account = receivables.account("ACME", currency="EUR")
for n in range(account.version, account.version + 10_000):
    draft = transactions.invoice(f"INV-{n}", money.of("10.00 EUR")) if n % 2 else transactions.payment(
        f"PAY-{n}", money.of("7.00 EUR"), method="card")
    update = receivables.post(account, draft, on=date(2026, 3, 1))
    store.save(ports.save_of(update, command=str(n)))
    account = update.account
    print(account.version, flush=True)
"""


def test_i57_a_killed_process_leaves_whole_postings(tmp_path: Path):
    """I57: kill -9 at any moment: what was acknowledged is there, and nothing is there by half."""
    where = f"sqlite:///{tmp_path / 'books.db'}"
    paths = os.pathsep.join([str(ROOT / "examples"), *(path for path in sys.path if path)])
    last = 0
    for kill in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", POSTING, where], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
        )  # fmt: skip
        assert process.stdout is not None
        for _ in range(3 + 5 * kill):
            last = int(process.stdout.readline())
        process.kill()
        rest = process.stdout.read().split()
        process.wait()
        process.stdout.close()
        last = int(rest[-1]) if rest else last

        engine = create_engine(where)
        found = SqlStore(engine).load("ACME")
        with engine.connect() as connection:
            entries = connection.scalar(select(func.count()).select_from(_schema.entries))
            side = _schema.postings.c
            half = connection.scalars(select(side.entry).group_by(side.entry).having(func.sum(side.minor) != 0))
            assert [] == list(half)
        engine.dispose()
        assert found.version in (last, last + 1)
        assert found.version == len(found.transactions) == entries
        testing.nothing_over_allocated(found)
        testing.balance_is_open_items(found)
