"""The bad inputs of documents, allocation and accounts: each row of the table gives its error, or its value."""

import gc
import importlib
import json
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import moneyed
import pytest

from ledgerkit import allocation, errors, ids, journal, money, pricing, receivables, transactions
from ledgerkit.allocation import Item, Items
from tests import hostile
from tests.house import fronts

ROOT = Path(__file__).parents[1]
ON = date(2026, 3, 1)
eur = money.maker("EUR")


def new(**said: Any) -> receivables.Account:
    return receivables.account("ACME", currency="EUR", **said)


def posted(account: receivables.Account, *drafts: transactions.Draft, on: date = ON) -> receivables.Account:
    for draft in drafts:
        account = receivables.post(account, draft, on=on).account
    return account


def invoice(id: str = "INV-1", amount: str = "100.00") -> transactions.Draft:
    return transactions.invoice(id, eur(amount))


def payment(id: str = "PAY-1", amount: str = "100.00", **said: Any) -> transactions.Draft:
    return transactions.payment(id, eur(amount), method="card", **said)


def item(id: str, amount: str = "5.00", **said: Any) -> Item:
    return Item(id=id, amount=eur(amount), posted_on=said.pop("posted_on", ON), **said)


# -------------------------------------------------------------------------------------------------- references


def test_b16_two_currencies_on_one_account():
    """A document, a row or an item of another currency is refused, and the account stays as it was."""
    account = posted(new(), invoice())
    dollars = transactions.payment("PAY-1", money.of("5.00 USD"), method="card")
    with pytest.raises(money.CurrencyMismatch):
        receivables.post(account, dollars, on=ON)
    with pytest.raises(money.CurrencyMismatch):
        allocation.allocate([Item(id="C", amount=money.of("5.00 USD"), posted_on=ON)], [item("D")], on=ON)

    assert account == posted(new(), invoice())


def test_b18_a_quantity_below_zero():
    """Refused on a sale, fine on a credit line."""
    with pytest.raises(money.InvalidQuantity):
        transactions.line("x", unit_price=eur("5.00"), quantity=-1)

    back = transactions.line("x", unit_price=eur("5.00"), quantity=-1, kind=transactions.LineKind.CREDIT)
    assert eur("-5.00") == back.net


def test_b19_a_document_of_zero():
    """It is settled when it is posted, makes no entry, and is in no report of what is open."""
    for draft in (invoice(amount="0.00"), payment(amount="0.00"), transactions.invoice("I", [], currency="EUR")):
        update = receivables.post(new(), draft, on=ON)
        assert () == update.entries
        assert () == update.allocations
        assert receivables.settlement(update.account, draft.id) is receivables.Settlement.SETTLED
        assert eur("0.00") == receivables.overdue(update.account, as_of=ON + timedelta(days=99))
        assert () == receivables.aging(update.account, as_of=ON + timedelta(days=99)).columns


def test_b20_a_price_below_zero():
    """As in the shop's A563186: refused on a sale, fine on a credit line; a whole invoice of it becomes a credit note."""
    with pytest.raises(money.InvalidAmount):
        transactions.line("Adjust bad debt", unit_price="-11062.06", currency="GBP")

    back = transactions.line("Adjust bad debt", unit_price="-11062.06", currency="GBP", kind=transactions.LineKind.CREDIT)
    draft = transactions.invoice("A563186", [back])
    assert (transactions.Kind.CREDIT_NOTE, 1106206) == (draft.kind, draft.total_minor)


def test_b40_discounts_of_more_than_there_is():
    """Two of 60 % compound to 84 %, and a fixed one stops at zero, on a credit line as well: no total changes its sign."""

    def off(*discounts: pricing.Discount, sign: int = 1) -> Any:
        kind = transactions.LineKind.CREDIT if sign < 0 else transactions.LineKind.SALE
        return transactions.line("x", unit_price=sign * 100, currency="EUR", discounts=discounts, kind=kind).net

    assert eur("16.00") == off(pricing.percent_off("60%"), pricing.percent_off("60%"))
    assert eur("0.00") == off(pricing.amount_off(eur("100.01")))
    assert eur("0.00") == off(pricing.percent_off("60%"), pricing.amount_off(eur("50.00")), pricing.amount_off(eur("50.00")))
    assert eur("0.00") == off(pricing.amount_off(eur("500.00")), sign=-1)
    for wrong in ("101%", "-1%"):
        with pytest.raises(errors.UsageError):
            pricing.percent_off(wrong)


def test_b41_an_id_twice():
    """On an account, in one call, in what a store gives: an id is one document, of whatever kind or amount."""
    account = posted(new(), invoice("X"))
    again: list[Callable[[], object]] = [
        lambda: receivables.post(account, invoice("X"), on=ON),
        lambda: receivables.post(account, payment("X"), on=ON),
        lambda: receivables.quick_pay(posted(account, invoice("Y")), "Y", invoice="X", method="card", on=ON),
        lambda: receivables.cancel(posted(account, invoice("Y")), "X", id="Y", on=ON, reason="r"),
        lambda: receivables.write_off(posted(account, invoice("Y")), "X", id="Y", on=ON, reason="r"),
        lambda: receivables.account("ACME", currency="EUR", transactions=account.transactions * 2),
        lambda: allocation.allocate([item("C"), item("C")], [item("D")], on=ON),
        lambda: allocation.allocate([item("C")], [item("C")], on=ON),
        lambda: Items(currency="EUR", ids=["C", "C"], open_minor=[1, 1], posted_on=[ON, ON]),
    ]
    for case in again:
        with pytest.raises(ids.DuplicateId):
            case()


def test_b43_a_credit_note_that_names_itself_or_a_credit():
    """What settles names what is owed."""
    account = posted(new(), transactions.credit_note("CN-1", eur("5.00")))
    with pytest.raises(ids.CyclicReference):
        transactions.credit_note("CN-2", eur("5.00"), against=["CN-2"])
    with pytest.raises(ids.CyclicReference):
        receivables.post(account, transactions.credit_note("CN-2", eur("5.00"), against=["CN-1"]), on=ON)
    with pytest.raises(ids.CyclicReference):
        item("C", against=["C"])


def test_b44_a_long_history_of_one_document():
    """Decisions on one pair, 100,000 of them in CI: it reports, compares, pickles and rebuilds without recursion, in linear time."""
    steps = 100_000 if os.environ.get("HYPOTHESIS_PROFILE") == "ci" else 20_000
    account = posted(new(policy=allocation.MANUAL), invoice(), payment())
    took = []
    for _ in range(2):
        start = time.perf_counter()
        for _ in range(steps // 4):
            account = receivables.allocate(account, "PAY-1", to="INV-1", amount=eur("1.00"), on=ON).account
            account = receivables.release(account, "PAY-1", of="INV-1", on=ON, reason="r").account
        took.append(time.perf_counter() - start)

    assert took[1] < 4 * took[0]
    assert account.version == steps + 2
    assert eur("100.00") == receivables.unallocated(account, as_of=ON)
    assert account == pickle.loads(pickle.dumps(account))
    again = new(
        policy=allocation.MANUAL, transactions=account.transactions, allocations=account.allocations,
        releases=account.releases, version=account.version,
    )  # fmt: skip
    assert account == again


def test_b44_many_rows_that_stand_on_one_document():
    """Ten thousand payments of one invoice, then the invoice is cancelled: no recursion, and every payment is free."""
    account = posted(new(), invoice(amount="100.00"))
    for at in range(10_000):
        account = receivables.post(account, payment(f"PAY-{at}", "0.01"), on=ON).account
    update = receivables.cancel(account, "INV-1", id="IC-1", on=ON, reason="r")

    assert len(update.releases) == 10_000
    assert eur("100.00") == receivables.unallocated(update.account)


def test_b45_what_is_not_there_or_somebody_elses():
    """A name that is not on the account is refused, in every verb that takes one; a draft of another account as well."""
    account = posted(new(), invoice())
    verbs: list[Callable[[], object]] = [
        lambda: receivables.post(account, payment(against=["INV-9"]), on=ON),
        lambda: receivables.post(account, transactions.debit_note("DN-1", eur("5.00"), against=["CN-9"]), on=ON),
        lambda: receivables.post(
            account, transactions.refund("R", eur("5.00"), method="card", reason="r", payment="PAY-9"), on=ON
        ),
        lambda: receivables.quick_pay(account, "PAY-1", invoice="INV-9", method="card", on=ON),
        lambda: receivables.cancel(account, "INV-9", id="IC-1", on=ON, reason="r"),
        lambda: receivables.write_off(account, "INV-9", id="WO-1", on=ON, reason="r"),
        lambda: receivables.recover(account, "WO-9", id="RE-1", on=ON, reason="r"),
        lambda: receivables.charge_back(account, "PAY-9", id="CB-1", on=ON, reason="r"),
        lambda: receivables.move(
            account, "PAY-9", to=receivables.account("B", currency="EUR"), id="M", new_id="N", on=ON, reason="r"
        ),
        lambda: receivables.allocate(account, "PAY-9", to="INV-1", amount=eur("5.00"), on=ON),
        lambda: receivables.release(account, "PAY-9", of="INV-1", on=ON, reason="r"),
        lambda: receivables.hold(account, "INV-9", on=ON, reason="r"),
        lambda: receivables.lift(account, "INV-9", on=ON),
        lambda: receivables.settlement(account, "INV-9"),
        lambda: receivables.allocations_of(account, "INV-9"),
        lambda: receivables.bill(account, "B-1", of=["INV-9"]),
        lambda: allocation.allocate([item("C", against=["D9"])], [item("D")], on=ON),
    ]
    for verb in verbs:
        with pytest.raises(ids.UnknownReference):
            verb()
    with pytest.raises(receivables.WrongAccount):
        receivables.post(account, transactions.invoice("INV-2", eur("5.00"), account="OTHER"), on=ON)


# -------------------------------------------------------------------------------------------------- dates and amounts


def test_b46_a_payment_dated_before_its_invoice():
    """It settles the invoice, and counts from the later of the two days."""
    account = posted(new(), payment(), on=ON)
    update = receivables.post(account, invoice(), on=ON + timedelta(days=9))

    assert [ON + timedelta(days=9)] == [row.on for row in update.allocations]
    assert eur("100.00") == receivables.unallocated(update.account, as_of=ON + timedelta(days=8))


def test_b46_a_payment_posted_later_for_an_earlier_day():
    """The same when the earlier day is told last."""
    account = posted(new(), invoice(), on=ON + timedelta(days=9))
    update = receivables.post(account, payment(), on=ON)

    assert [ON + timedelta(days=9)] == [row.on for row in update.allocations]


def test_b47_a_payment_of_more_than_is_open():
    """The rest is unallocated credit; the balance is negative."""
    account = posted(new(), invoice(amount="30.00"), payment(amount="100.00"))

    assert eur("70.00") == receivables.unallocated(account)
    assert eur("-70.00") == receivables.balance(account)


def test_b48_two_payments_of_one_instant():
    """Both count, in the order they came."""
    account = posted(new(), invoice(amount="30.00"), payment("Z", "20.00"), payment("A", "20.00"))

    assert [("Z", 2000), ("A", 1000)] == [(row.credit, row.amount_minor) for row in account.allocations]


# -------------------------------------------------------------------------------------------------- ids

TEXTS = ["10", "9", "a", "A", "é", "e\u0301", "\u202egnp.exe", "Ω", "名", "😀", "a b", "'; DROP", "=1+1"]


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[::-1], sorted(TEXTS)])
def test_b49_no_order_depends_on_the_text_of_an_id(texts: list[str]):
    """Whatever the ids are, the first to come is the first to be settled; none of them is another one."""
    account = posted(new(), *[invoice(text, "1.00") for text in texts])
    update = receivables.post(account, payment("P!", f"{len(texts)}.00"), on=ON)

    assert texts == [row.debit for row in update.allocations]


@pytest.mark.parametrize("id", ["", "\x00", "a\x00b", "a\nb", "\ud800", "x" * 256, "x" * 10_000_000])
def test_b49_texts_that_are_no_ids(id: str):
    """Empty, unstorable or endless: refused at once, and the text does not repeat ten million characters."""
    for case in (
        lambda: transactions.invoice(id, eur("5.00")), lambda: item(id), lambda: receivables.account(id, currency="EUR"),
        lambda: Items(currency="EUR", ids=[id], open_minor=[1], posted_on=[ON]),
    ):  # fmt: skip
        with pytest.raises((ids.InvalidId, errors.LimitExceeded)) as refused:
            case()
        assert len(str(refused.value)) < 1_000


@pytest.mark.parametrize("id", [["INV-1"], 7, None, b"INV-1", {"a": 1}, 1.5, date(2026, 3, 1)])
def test_b50_what_is_no_text(id: Any):
    """Ids are text: what is none is refused where a value is made, as a TypeError of ours."""
    cases: list[Callable[[], object]] = [
        lambda: transactions.invoice(id, eur("5.00")),
        lambda: item(id),
        lambda: transactions.payment("P", eur("5.00"), method="card", against=[id]),
        lambda: journal.Posting(role=id, amount=eur("5.00")),
        lambda: receivables.account(id, currency="EUR"),
        lambda: Items(currency="EUR", ids=["a", id], open_minor=[1, 1], posted_on=[ON, ON]),
    ]
    for case in cases:
        with pytest.raises(errors.InvalidArgument) as refused:
            case()
        assert isinstance(refused.value, TypeError)


# -------------------------------------------------------------------------------------------------- collections


def test_b51_nothing_at_all():
    """Empty lists give empty results and zeros."""
    account = new(transactions=[], allocations=[], releases=[], held=[])
    made = allocation.allocate([], [], on=ON)

    assert [] == list(made)
    assert {} == dict(made.open) == dict(made.unallocated)
    assert eur("0.00") == receivables.balance(account) == receivables.unallocated(account)
    assert () == receivables.open_items(account) == receivables.write_off_account(account, id=str, on=ON, reason="r")
    assert eur("0.00") == receivables.aging([], as_of=ON, currency="EUR").total
    assert ((), ()) == receivables.refund_balances([], id=str, method="card", reason="r", on=ON)
    assert {} == journal.trial_balance([])
    assert () == allocation.release([], on=ON, reason="r")
    assert ((), eur("5.00")) == allocation.waterfall(eur("5.00"), [])


def test_b52_what_can_be_read_only_once():
    """Generators, views, iterators and arrays are read once and to the end, or not at all."""
    account = posted(new(), invoice(), payment())
    facts = account.transactions, account.allocations
    array = pytest.importorskip("numpy").array

    assert account == new(transactions=(one for one in facts[0]), allocations=iter(facts[1]))
    assert [("C", "D")] == [
        (row.credit, row.debit) for row in allocation.allocate((one for one in [item("C")]), {"D": item("D")}.values(), on=ON)
    ]
    assert 2 == len(Items(currency="EUR", ids=iter("ab"), open_minor=range(2), posted_on=[ON] * 2))
    with pytest.raises(money.InvalidAmount):
        Items(currency="EUR", ids=["a"], open_minor=array([1]), posted_on=[ON])
    bad = iter([*facts[0], "no transaction"])
    with pytest.raises(errors.InvalidArgument):
        new(transactions=bad)
    assert [] == list(bad)


def test_b53_a_million_items():
    """Columns of a million rows on each side, in seconds and in a few hundred bytes a row."""
    rows = 1_000_000
    gc.collect()
    start = time.perf_counter()
    one, other = (
        Items(
            currency="EUR",
            ids=[f"{side}{at}" for at in range(rows)],
            open_minor=[500] * rows,
            posted_on=[ON.toordinal()] * rows,
        )
        for side in "CD"
    )
    made = allocation.allocate(one, other, on=ON, policy=allocation.FIFO)

    assert len(made) == rows
    assert 500 * rows == sum(made.minor)
    assert time.perf_counter() - start < 30


def test_b54_a_list_that_changes_later():
    """Neither during the call nor after it does a host's list change a result."""
    named, lines = ["INV-1"], [transactions.line("x", unit_price=eur("5.00"))]
    credits, debits = [item("C")], [item("D")]
    draft, made = transactions.credit_note("CN-1", lines, against=named), allocation.allocate(credits, debits, on=ON)
    for changed in (named, lines, credits, debits):
        changed.clear()

    assert ("INV-1",) == draft.against
    assert eur("5.00") == draft.total == made.total
    assert 1 == len(draft.lines)


# -------------------------------------------------------------------------------------------------- two at once, and processes


def test_b66_two_refunds_of_more_than_the_charge():
    """The second one is refused, whether it names the payment or takes what is free; what was decided on an older account is
    refused by the store's version."""
    account = posted(new(), payment(amount="100.00"))
    for named in ("PAY-1", None):
        said: dict[str, Any] = {"method": "card", "reason": "r", "payment": named}
        first = receivables.post(account, transactions.refund("R-1", eur("60.00"), **said), on=ON)
        second = transactions.refund("R-2", eur("60.00"), **said)
        with pytest.raises(receivables.Overdraft):
            receivables.post(first.account, second, on=ON)
        with pytest.raises(receivables.Overdraft):
            receivables.post(first.account, second, on=ON, reopen=True)
        assert first.account.version == receivables.post(account, second, on=ON).account.version  # the store decides


def test_b66_two_allocations_of_more_than_is_open():
    """One of them is an OverAllocation, and so are facts of a store that took both."""
    account = posted(new(policy=allocation.MANUAL), invoice(), payment("P-1"), payment("P-2"))
    one = receivables.allocate(account, "P-1", to="INV-1", amount=eur("60.00"), on=ON)
    other = receivables.allocate(account, "P-2", to="INV-1", amount=eur("60.00"), on=ON)
    with pytest.raises(allocation.OverAllocation):
        receivables.allocate(one.account, "P-2", to="INV-1", amount=eur("60.00"), on=ON)
    with pytest.raises(allocation.OverAllocation):
        new(transactions=account.transactions, allocations=[*one.allocations, *other.allocations])


STORY = "import json, sys; from tests.hostile import results; json.dump(results(), sys.stdout)"


def test_b73_flags_of_the_interpreter():
    """-O, frozen modules, another locale and zone: the same results, so no check is an assert."""
    given = []
    for flags, environment in (
        ([], {}),
        (["-O", "-X", "frozen_modules=on"], {"LC_ALL": "de_DE", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "3"}),
    ):
        done = subprocess.run(
            [sys.executable, *flags, "-c", STORY], capture_output=True, text=True, check=False, cwd=ROOT, encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "1", **environment},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        given.append(json.loads(done.stdout))

    assert [] == [name for name in given[0] if given[0][name] != given[1][name]]


def test_b74_no_warning():
    """Every registered call under -W error, and under -bb; ``tests/typing`` is what mypy --strict sees."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-bb", "-c", STORY], capture_output=True, text=True, check=False, cwd=ROOT,
        encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "" == done.stderr
    assert "Warning" not in done.stdout


def test_b78_an_entry_off_by_less_than_a_cent():
    """Where other programs tolerate half a cent, this is refused: as an amount, and as a sum."""
    with pytest.raises(money.InvalidAmount):
        journal.Posting(role="cash", amount=moneyed.Money("10.004", "EUR"))
    sides = [journal.Posting(role="cash", amount=eur("10.00")), journal.Posting(role="revenue", amount=eur("-10.01"))]
    with pytest.raises(journal.Unbalanced) as refused:
        journal.Entry(id="E", on=ON, source="S", postings=sides)
    assert eur("-0.01") == refused.value.difference


def test_b80_two_copies_of_the_library():
    """A second copy in the same process, imported after a fork or shared between threads: no state is common."""
    expected = hostile.canonical(posted(new(), invoice(), payment()).allocations)
    kept = {name: module for name, module in sys.modules.items() if name.split(".")[0] == "ledgerkit"}
    for name in kept:
        del sys.modules[name]
    try:
        second: Any = importlib.import_module("ledgerkit.receivables")
        assert second is not receivables
        with pytest.raises(importlib.import_module("ledgerkit.errors").InvalidArgument):
            second.balance(new())
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "ledgerkit"]:
            del sys.modules[name]
        sys.modules.update(kept)

    given: list[Any] = []
    packed = pickle.dumps(posted(new(), invoice()))
    threads = [
        threading.Thread(target=lambda: given.append(posted(pickle.loads(packed), payment()).allocations)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [expected] * 8 == [hostile.canonical(rows) for rows in given]


def test_b80_nothing_public_is_a_container_that_changes():
    """No front holds a list, a dict or a set."""
    for front in fronts():
        module = importlib.import_module(f"ledgerkit.{front}")
        assert [] == [name for name in module.__all__ if isinstance(getattr(module, name), list | dict | set)]


def test_b80_after_a_fork():
    """A child process reckons as its parent does."""
    account = posted(new(), invoice())
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.write(write, repr(posted(account, payment()).allocations).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        assert repr(posted(account, payment()).allocations) == pipe.read().decode()
