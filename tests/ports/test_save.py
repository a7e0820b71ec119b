"""A save: what belongs together, with the versions it was decided on."""

import copy
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ledgerkit import allocation, ids, money, ports, receivables, transactions
from ledgerkit.errors import InvalidArgument, PortError
from ledgerkit.receivables import Account, Update

eur = money.maker("EUR")
ON = date(2026, 3, 1)
EMPTY = receivables.account("ACME", currency="EUR")


def post(account: Account, draft: transactions.Draft) -> Update:
    return receivables.post(account, draft, on=ON)


FIRST = post(EMPTY, transactions.invoice("INV-7", eur("120.00")))
SECOND = post(FIRST.account, transactions.payment("PAY-3", eur("50.00"), method="card"))
THIRD = post(SECOND.account, transactions.credit_note("CN-1", eur("90.00"), against=["INV-7"]))


def kinds(save: ports.Save) -> list[str]:
    return [type(record).__name__ for record in save.records]


def test_a_save_holds_exactly_what_changed():
    """The documents, rows, entries and events of the update, and the version it was decided on."""
    save = ports.save_of(THIRD, command="web-81", numbers=["2026-7"])

    assert {"ACME": 2} == dict(save.expected)
    assert (THIRD.account,) == save.accounts
    assert ["Transaction", "Allocation", "Release"] == kinds(save)
    assert THIRD.entries == save.entries
    assert THIRD.events == save.events
    assert ("2026-7",) == save.numbers
    assert save.command == "web-81"


def test_updates_that_follow_each_other_are_one_save():
    """The first version counts, and the last account."""
    save = ports.save_of(FIRST, SECOND, THIRD, command="batch")

    assert {"ACME": 0} == dict(save.expected)
    assert (THIRD.account,) == save.accounts
    assert ["INV-7", "PAY-3", "CN-1"] == [one.id for one in save.records if isinstance(one, transactions.Transaction)]
    assert (*FIRST.entries, *SECOND.entries, *THIRD.entries) == save.entries


def test_a_document_stands_in_it_once_in_its_last_state():
    """Posted and cancelled in one save: the cancelled document, at its place of arrival."""
    gone = receivables.cancel(FIRST.account, "INV-7", id="IC-1", on=ON, reason="sent twice")
    written = [one for one in ports.save_of(FIRST, gone, command="c").records if isinstance(one, transactions.Transaction)]

    assert [("INV-7", "cancelled"), ("IC-1", "posted")] == [(one.id, one.state) for one in written]


def test_holds_and_rejected_drafts_are_records():
    """What was put on hold and what was refused is saved as well."""
    held = receivables.hold(SECOND.account, "INV-7", on=ON, reason="contested")
    lifted = receivables.lift(held.account, "INV-7", on=ON)
    rejected = receivables.reject(lifted.account, transactions.invoice("INV-8", eur("1.00")), on=ON, reason="no")
    records = ports.save_of(held, lifted, rejected, command="c").records

    assert ports.Hold(item="INV-7", held=True, on=ON, version=3) == records[0]
    assert ports.Hold(item="INV-7", held=False, on=ON, version=4) == records[1]
    assert rejected.rejected is not None
    assert ports.Rejection(draft=rejected.rejected, account="ACME", on=ON, version=5) == records[-1]
    assert repr(records[-1]).endswith("account='ACME', on=datetime.date(2026, 3, 1), version=5)")


def test_what_changes_on_another_account_belongs_to_it():
    """A payment moves: both accounts are in the save, each with its version."""
    other = receivables.account("OTHER", currency="EUR")
    moved = receivables.move(SECOND.account, "PAY-3", to=other, id="MV-1", new_id="PAY-4", on=ON, reason="wrong customer")
    save = ports.save_of(moved, command="c")

    assert {"ACME": 2, "OTHER": 0} == dict(save.expected)
    assert (moved.account, moved.also[0].account) == save.accounts


def test_a_change_of_settings_is_a_version():
    """An account stands for its settings; what was decided before them is refused by its version."""
    locked = receivables.with_lock(SECOND.account, ON)

    assert {"ACME": 2} == dict(ports.save_of(locked, command="c").expected)
    assert {"ACME": 1} == dict(ports.save_of(SECOND, locked, command="c").expected)
    assert () == ports.save_of(locked, command="c").records


def test_of_nothing_there_is_nothing():
    """A save of no decision names no account."""
    assert {} == dict(ports.save_of(command="c").expected)


@pytest.mark.parametrize(
    ("decided", "text"),
    [
        ((FIRST, THIRD), "ACME is decided on in version 1, and the next update makes version 3. Decide each on the account"),
        ((SECOND, FIRST), "ACME is decided on in version 2, and the next update makes version 1. Decide each on the account"),
        ((EMPTY,), "ACME is decided on in version 0, and the next update makes version 0. Decide each on the account"),
    ],
)
def test_updates_that_do_not_follow_each_other_are_refused(decided: Any, text: str):
    """They were decided on different states, so together they are no state at all."""
    with pytest.raises(ports.NotConsecutive) as found:
        ports.save_of(*decided, command="c")
    assert str(found.value).startswith(text)
    assert found.value.account == "ACME"


def test_what_was_not_decided_is_refused():
    """A draft is no decision."""
    with pytest.raises(InvalidArgument, match="a Draft is nothing that was decided"):
        ports.save_of(transactions.invoice("INV-1", eur("1.00")), command="c")  # type: ignore[arg-type]


def built(**fields: Any) -> ports.Save:
    whole = {"command": "c", "expected": {"ACME": 0}, "accounts": [FIRST.account], "records": FIRST.transactions}
    return ports.Save(**(whole | fields))


def test_the_constructor_makes_the_same():
    """By hand or by save_of: equal, with equal hashes; what the host passed is copied."""
    entries, events = list(FIRST.entries), list(FIRST.events)
    records = list(FIRST.transactions)
    save = built(entries=entries, events=events, records=records)
    for given in (entries, events, records):
        given.clear()

    assert ports.save_of(FIRST, command="c") == save
    assert hash(ports.save_of(FIRST, command="c")) == hash(save)
    assert save == pickle.loads(pickle.dumps(save)) == copy.deepcopy(save)
    assert repr(save).startswith("Save(command='c', expected=mappingproxy({'ACME': 0}), records=(Transaction(id='INV-7'")


@pytest.mark.parametrize(
    ("act", "kind", "text"),
    [
        (lambda: built(command=""), ids.InvalidId, "command is empty"),
        (lambda: built(expected=[("ACME", 0)]), InvalidArgument, "expected is a list"),
        (lambda: built(expected={"ACME": True}), InvalidArgument, "expected is no whole number"),
        (lambda: built(expected={"ACME": -1}), InvalidArgument, "expected is no whole number"),
        (lambda: built(expected={"ACME": "0"}), InvalidArgument, "expected is no whole number"),
        (lambda: built(expected={"OTHER": 0}), InvalidArgument, "do not name the same accounts"),
        (lambda: built(expected={}), InvalidArgument, "do not name the same accounts"),
        (lambda: built(expected={"ACME": 1}), ports.NotConsecutive, "ACME is decided on in version 1"),
        (lambda: built(accounts="ACME"), InvalidArgument, "accounts is a str"),
        (lambda: built(accounts=["ACME"]), InvalidArgument, "one of accounts is a str"),
        (lambda: built(records=7), InvalidArgument, "records is an int"),
        (lambda: built(records=[FIRST]), InvalidArgument, "one of records is an Update"),
        (lambda: built(entries=FIRST.events), InvalidArgument, "one of entries is an Event"),
        (lambda: built(events=FIRST.entries), InvalidArgument, "one of events is an Entry"),
        (lambda: built(numbers=[7]), InvalidArgument, "one of numbers is an int"),
        (lambda: built(numbers=[""]), ids.InvalidId, "number is empty"),
        (lambda: built(expected={}, accounts=[]), ids.UnknownReference, "'ACME' is not known in the accounts of the save"),
        (
            lambda: ports.Rejection(draft="INV-8", account="ACME", on=ON, version=1),  # type: ignore[arg-type]
            InvalidArgument,
            "draft is a str",
        ),
        (lambda: ports.Hold(item="", held=True, on=ON, version=1), ids.InvalidId, "item is empty"),
        (lambda: ports.Hold(item="INV-7", held="yes", on=ON, version=1), InvalidArgument, "held is a str"),  # type: ignore[arg-type]
        (lambda: ports.Hold(item="INV-7", held=True, on=ON, version=None), InvalidArgument, "version is no whole"),  # type: ignore[arg-type]
    ],
)
def test_a_part_that_does_not_fit_is_refused(act: Callable[[], object], kind: type[Exception], text: str):
    """The constructor is a checked door."""
    with pytest.raises(kind, match=text):
        act()


def test_a_conflict_says_what_was_expected_and_found():
    """Both versions are fields, and the way out is in the text."""
    error = ports.SaveConflict("ACME", 4, 5)

    assert (
        str(error)
        == "ACME was decided on in version 4, and the store has version 5. Load it again, decide again, and save that."
    )
    assert ("ACME", 4, 5) == (error.subject, error.expected, error.found)
    assert "the store has no such account" in str(ports.SaveConflict("ACME", 4, 0))
    assert isinstance(error, PortError)


def test_a_taken_number_is_a_conflict():
    """So who handles conflicts handles it."""
    error = ports.NumberTaken("2026-7")

    assert str(error) == "the number '2026-7' is taken by another save. Ask the source for the next one, and decide again."
    assert isinstance(error, ports.SaveConflict)
    assert error.subject == "2026-7"


def test_allocations_are_told_by_their_kind():
    """A record of the save is one of the five kinds."""
    assert isinstance(ports.save_of(SECOND, command="c").records[1], allocation.Allocation)
