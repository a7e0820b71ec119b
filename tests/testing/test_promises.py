"""Every check passes the fakes that keep the promise, and bites the one that breaks it."""

import copy
import pickle

import pytest

from ledgerkit import errors, ports, testing, transactions
from ledgerkit.transactions import Series
from tests.testing import flawed

BY_ID = {promise.id: promise for promise in (*testing.STORE_PROMISES, *testing.NUMBER_SOURCE_PROMISES)}


def sound() -> tuple[testing.MemoryNumberSource, testing.MemoryStore]:
    store = testing.MemoryStore()
    return testing.MemoryNumberSource(store, flawed.SERIES), store


def numbers(flaw: str) -> tuple[flawed.Numbers, flawed.Store]:
    store = flawed.Store({"N3 went": "S3"}.get(flaw, flaw))
    return flawed.Numbers(store, flaw), store


@pytest.mark.parametrize("promise", testing.STORE_PROMISES, ids=lambda promise: promise.id)
def test_the_store_in_memory_keeps(promise: testing.Promise):
    """The fake keeps every promise, and so does the flawed one without its flaw."""
    promise.check(testing.MemoryStore)
    promise.check(flawed.Store)


@pytest.mark.parametrize("promise", testing.NUMBER_SOURCE_PROMISES, ids=lambda promise: promise.id)
def test_the_source_in_memory_keeps(promise: testing.Promise):
    """The same for numbers."""
    promise.check(sound)
    promise.check(lambda: numbers(""))


@pytest.mark.parametrize(("flaw", "seen"), flawed.STORES.items())
def test_a_check_of_the_store_bites(flaw: str, seen: str):
    """The check of the broken promise fails, and says which promise, what was seen and what to do."""
    promise = BY_ID[flaw.split(maxsplit=1)[0]]

    with pytest.raises(AssertionError) as found:
        promise.check(lambda: flawed.Store(flaw))
    head, said, remedy = str(found.value).split("\n    ", 2)
    assert f"{promise.id}: {promise.text}" == head
    assert seen in said
    assert remedy.endswith(".")


@pytest.mark.parametrize(("flaw", "seen"), flawed.SOURCES.items())
def test_a_check_of_the_source_bites(flaw: str, seen: str):
    """The same for numbers."""
    promise = BY_ID[flaw.split(maxsplit=1)[0]]

    with pytest.raises(AssertionError) as found:
        promise.check(lambda: numbers(flaw))
    assert seen in str(found.value)


def test_every_promise_has_a_flaw():
    """No check is without a proof that it bites."""
    broken = {flaw.split()[0] for flaw in (*flawed.STORES, *flawed.SOURCES)}

    assert set(BY_ID) == broken


def test_the_failure_reads_as_a_sentence():
    """The text of S3, whole."""
    with pytest.raises(AssertionError) as found:
        BY_ID["S3"].check(lambda: flawed.Store("S3"))

    assert str(found.value) == (
        "S3: A Save with an old version changes nothing.\n"
        "    Two saves of ACME from version 4: both went through, and 90.00 EUR is allocated to INV-7, of which 70.00 EUR is open.\n"
        "    Compare the version in the same transaction as the write, or lock the account's row."
    )


@pytest.mark.parametrize("port", [ports.Store, ports.NumberSource])
def test_the_promises_of_a_port_stand_in_its_docstring(port: type):
    """The ids are the same in the docstring and in the checks."""
    said = {
        word.strip("- :")
        for word in (port.__doc__ or "").split()
        if word.endswith(":") and word[0] in "SN" and word[1].isdigit()
    }

    assert {id for id in BY_ID if id[0] == port.__name__[0]} == said


def test_a_promise_is_a_value():
    """It shows its id and text, and pickles."""
    promise = BY_ID["S3"]

    assert repr(promise) == "Promise(id='S3', text='A Save with an old version changes nothing.')"
    assert promise == pickle.loads(pickle.dumps(promise)) == copy.deepcopy(promise)


def test_the_fakes_show_what_they_hold():
    """A store in memory shows its accounts, entries and events; a source its series."""
    source, store = sound()
    clerk_save = ports.save_of(_update("INV-1"), command="c-1")
    store.save(clerk_save)

    assert repr(store) == "MemoryStore of 1 accounts"
    assert repr(source) == "MemoryNumberSource of invoices, payments"
    assert [account.id for account in store.accounts] == ["ACME"]
    assert clerk_save.entries == store.entries
    assert clerk_save.events == store.events


def test_a_series_with_a_year_is_refused():
    """A source does not know the day of the document."""
    with pytest.raises(errors.UsageError, match="Make one series a year"):
        testing.MemoryNumberSource(testing.MemoryStore(), [Series(id="x", pattern="{year}-{number}")])


def _update(id: str):
    from ledgerkit.testing import _books

    return _books.posting(transactions.invoice(id, _books.eur("10.00")), 0)(_books.account())
