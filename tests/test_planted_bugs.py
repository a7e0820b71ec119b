"""A bug planted in each rule of the account, one at a time, and the naive model sees every one of them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ledgerkit import allocation, errors, transactions
from ledgerkit.receivables import (
    _by_hand,
    _desk,
    _entries,
    _load,
    _money_back,
    _post,
    _reports,
    _shelf,
    _types,
    _undo,
    _write_off,
)
from tests.test_account_machine import history

DAY = timedelta(days=1)


def nothing(*args: Any, **said: Any) -> None:
    """A rule that is not applied."""


def _key(change: Callable[[tuple[Any, ...]], tuple[Any, ...]], original: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: change(original(*args))


def _freed_today(desk: Any, row: Any, minor: int, reason: str) -> None:
    _desk.unsettle(desk, row, minor, desk.day, reason)


SETTLE, KEEP, MIRROR, OPEN_AT, BALANCE_AT = _desk.settle, _desk.keep, transactions.mirror, _reports.open_at, _reports.balance_at
IN_ORDER, LINKED, DUE_OF = allocation.in_order, _types.linked, _reports.due_of
LATEST_FIRST = allocation.latest_first


def _settled_today(desk: Any, credits: Any, debits: Any, columns: Any, policy: str, on: Any = None) -> None:
    SETTLE(desk, credits, debits, columns, policy, on or desk.on)


def _free_since_posting(desk: Any, was: Any, now: Any) -> None:
    KEEP(desk, was, now._replace(since=was.since))


def _open_though_held(desk: Any, was: Any, now: Any) -> None:
    marks = now.marks._replace(held=now.held and not (now.open and not was.open))
    KEEP(desk, was, now._replace(marks=marks))
    desk.changed[now.id] = now


def _held_in_name_only(desk: Any, was: Any, now: Any) -> None:
    desk.changed[now.id] = now


def _one_less(transaction: Any, /, **said: Any) -> Any:
    if said["kind"] is transactions.Kind.WRITE_OFF and (said["total_minor"] or 0) > 1:
        said["total_minor"] -= 1
    return MIRROR(transaction, **said)


def _fee_as_principal(desk: Any, fee: Any, id: str, number: str | None, reason: str, rate: Any) -> None:
    draft = transactions.debit_note(id, fee, reason=reason)
    _post.place(desk, _post.made(desk, draft, number, desk.on, rate), counter="fees")


def _named_always(desk: Any, document: Any) -> None:
    named = _post._named_debits(desk, document)
    _post.settle_these(desk, document.id, document.total_minor, named)


def _without_last(credits: Any, debits: Any) -> Any:
    return tuple(column[:-1] for column in IN_ORDER(credits, debits))


# rule -> what is put in the place of what
PLANTS: dict[str, list[tuple[Any, str, Any]]] = {
    "debits: by posting, then due date": [
        (_desk, "debit_place", _key(lambda key: (key[0], key[2], key[1], key[3]), _desk.debit_place))
    ],
    "debits: the latest arrival first": [(_desk, "debit_place", _key(lambda key: (*key[:3], -key[3]), _desk.debit_place))],
    "statutory: principal before interest before costs": [
        (_desk, "debit_place", _key(lambda key: (-key[0], *key[1:]), _desk.debit_place))
    ],
    "charge back: its fee is principal": [(_undo, "_charge_fee", _fee_as_principal)],
    "credits: without priority": [(_desk, "credit_place", _key(lambda key: (0, *key[1:]), _desk.credit_place))],
    "credits: without expiry": [(_desk, "credit_place", _key(lambda key: (key[0], 0, *key[2:]), _desk.credit_place))],
    "credits: by arrival": [(_desk, "credit_place", _key(lambda key: (*key[:2], 0, *key[3:]), _desk.credit_place))],
    "open items: kept unsorted": [(_shelf, "put", lambda shelf, one: ((*(shelf[0] if shelf else ()), one),))],
    "fifo: the last row is lost": [(allocation, "in_order", _without_last)],
    "pro rata: in order instead": [(allocation, "pro_rata", IN_ORDER)],
    "post: no sweep": [(_post, "sweep", nothing)],
    "cancel, write off, recover: no sweep": [(_undo, "sweep", nothing), (_write_off, "sweep", nothing)],
    "lift: no sweep": [(_by_hand, "sweep", nothing)],
    "move: no sweep": [(_money_back, "sweep", nothing)],
    "against item: names are ignored": [(_post, "_settle_named", nothing)],
    "fifo: names are followed": [(_post, "_settle_named", _named_always)],
    "against item: nothing is displaced": [(allocation, "is_displaceable", lambda policy: False)],
    "against item: named rows are displaced": [(allocation, "is_displaceable", lambda policy: True)],
    "against item: in the order of naming": [
        (_post, "_named_debits", lambda desk, document: [_desk.look(desk, name) for name in document.against])
    ],
    "release: the earliest first": [
        (allocation, "latest_first", lambda minors, needed: [
            (len(minors) - 1 - at, minor) for at, minor in LATEST_FIRST(list(reversed(minors)), needed)
        ])
    ],
    "release: whole rows": [
        (allocation, "latest_first", lambda minors, needed: [(at, minors[at]) for at, _ in LATEST_FIRST(minors, needed)])
    ],
    "release: dated before its row": [(where, "free", _freed_today) for where in (_desk, _undo, _money_back)],
    "allocation: dated before both are free": [(where, "settle", _settled_today) for where in (_desk, _post, _load)],
    "release: free again since posting": [(_desk, "keep", _free_since_posting)],
    "hold: takes part all the same": [(_by_hand, "keep", _held_in_name_only)],
    "hold: released, it takes part": [(_desk, "keep", _open_though_held)],
    "write off: a cent is left": [(transactions, "mirror", _one_less)],
    "recover: the write-off keeps standing": [(_write_off, "claim", nothing)],
    "debit note: undoes nothing": [(_post, "_undo_named", nothing)],
    "undo: takes back what gave money back": [
        (where, "is_releasable", lambda row: True) for where in (_post, _undo, _by_hand, _write_off)
    ],
    "refund: more than is free": [(_post, "_refuse_overdraft", nothing)],
    "refund: after other debits": [(_post, "take_credit", nothing)],
    "cancel: what was refunded or written off": [(_undo, "_refuse_referred", nothing)],
    "cancel: the invoice is not matched": [(_undo, "_cancels_invoice", nothing)],
    "cancel: the payment is not matched": [(_undo, "_cancels_payment", nothing)],
    "move: what was refunded": [(_money_back, "_refuse_unmovable", nothing)],
    "charge back: no fee": [(_undo, "_charge_fee", nothing)],
    "as of: without the day itself": [
        (_reports, "open_at", lambda account, as_of: OPEN_AT(account, as_of and as_of - DAY))
    ],
    "as of: the balance of the next day": [(_reports, "balance_at", lambda account, day: BALANCE_AT(account, day + DAY))],
    "overdue: due today": [(_reports, "due_of", lambda known: DUE_OF(known) - DAY)],
    "journal: a refund is booked as a payment": [(_entries, "_DEBITS", _entries._DEBITS - {transactions.Kind.REFUND})],
    "journal: applied credit stays customer credit": [(_entries, "enter_flows", nothing)],
    "rebuilt: releases are forgotten": [(_load, "_release_again", nothing)],
    "rebuilt: holds are forgotten": [(_load, "_put_on_hold", nothing)],
    "pickled: a row is forgotten": [(_types, "linked", lambda rows: LINKED(rows[1:]))],
}  # fmt: skip


def found(seeds: int = 40) -> bool:
    """Whether a history of the fixed ones fails."""
    for seed in range(seeds):
        try:
            history(seed, 40)
        except (AssertionError, errors.LedgerkitError):
            return True
    return False


@pytest.mark.parametrize("rule", PLANTS)
def test_a_planted_bug_is_seen(rule: str, monkeypatch: pytest.MonkeyPatch):
    """One of forty histories of forty steps fails."""
    for where, name, planted in PLANTS[rule]:
        monkeypatch.setattr(where, name, planted)

    assert found()


def test_nothing_is_seen_without_a_plant():
    """The same histories agree when nothing is planted."""
    assert not found(10)
