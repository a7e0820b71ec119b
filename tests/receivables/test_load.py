"""Build an account: from nothing, from its whole history, from its open items."""

import pickle
from datetime import date
from typing import Any

import pytest

from ledgerkit import allocation, ids, money, periods, receivables, terms, transactions
from ledgerkit.allocation import Allocation, Item, Release
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.receivables import Account
from tests.receivables.ledger import account, day, does, eur, free, new, opens, rows, then

STORY = [
    "03-01 invoice INV-1 60.00 due 03-20", "03-02 invoice INV-2 40.00 due 03-10", "03-03 payment PAY-1 70.00",
    "03-04 credit_note CN-1 50.00 for INV-2", "03-05 cancel PAY-1 by PC-1", "03-06 payment PAY-2 45.00",
    "03-07 release PAY-2 of INV-1 5.00", "03-08 invoice INV-3 15.00 due 03-08", "03-09 hold INV-3", "03-10 write_off INV-1 by WO-1",
]  # fmt: skip


def loaded(found: Account, **settings: Any) -> Account:
    """The account as a store would load it: from the documents in their present state, the rows and the releases."""
    return receivables.account(
        "ACME", currency="EUR", policy=found.policy, transactions=found.transactions, allocations=found.allocations,
        releases=found.releases, held=["INV-3"], version=found.version, **settings,
    )  # fmt: skip


def test_an_account_is_built_again_from_its_facts():
    """It stands where it stood, as of every day, and goes on the same way."""
    acme = account(*STORY)

    again = loaded(acme)

    assert acme == again
    assert (rows(acme), opens(acme), free(acme)) == (rows(again), opens(again), free(again))
    for on in ("03-04", "03-05", "03-07", "03-31"):
        assert (opens(acme, as_of=on), free(acme, as_of=on)) == (opens(again, as_of=on), free(again, as_of=on))
    assert does(acme, "03-11 payment PAY-3 30.00") == does(again, "03-11 payment PAY-3 30.00")


def test_from_open_items_only():
    """It settles them as it would from its history, and knows nothing before."""
    acme = account(*STORY[:4])
    short = new(open_items=receivables.open_items(acme), open_credits=receivables.open_credits(acme), since=day("03-05"))

    assert (acme.balance, opens(acme), free(acme)) == (short.balance, opens(short), free(short))
    after = does(short, "03-06 payment PAY-9 10.00")
    assert [row.debit for row in does(acme, "03-06 payment PAY-9 10.00").allocations] == [
        row.debit for row in after.allocations
    ]
    assert (day("03-05"), 1) == (after.account.since, after.account.version)
    for ask in (receivables.balance, receivables.open_items, receivables.unallocated):
        with pytest.raises(
            receivables.NotKnown, match="the account knows everything since 2026-03-05, and 2026-03-04 is earlier"
        ) as no:
            ask(short, as_of=day("03-04"))
        assert day("03-05") == no.value.since
    with pytest.raises(receivables.NotKnown):
        does(short, "03-04 invoice INV-9 1.00")


def test_open_items_may_be_held_settled_or_credits():
    """A held one waits; one with nothing open is known."""
    items = [
        Item(id="INV-1", amount=eur("9.00"), posted_on=day("01-01"), held=True),
        Item(id="INV-2", amount=eur("9.00"), open=eur("0.00"), posted_on=day("01-01")),
        Item(id="INV-3", amount=eur("9.00"), open=eur("4.00"), posted_on=day("01-01"), due_on=day("01-31")),
    ]
    paid = [
        Item(id="PAY-1", amount=eur("5.00"), posted_on=day("02-01")),
        Item(id="PAY-0", amount=eur("5.00"), open=eur("0.00"), posted_on=day("02-01")),
    ]
    acme = new(open_items=items, open_credits=paid, since=day("03-01"))

    swept = then(acme, "03-02 payment PAY-2 1.00")

    assert ({"INV-1": "9.00"}, {"PAY-1": "1.00", "PAY-2": "1.00"}) == (opens(swept), free(swept))
    assert receivables.Settlement.PARTLY_SETTLED is receivables.settlement(acme, "INV-3")
    assert receivables.Settlement.SETTLED is receivables.settlement(acme, "INV-2")
    assert () == acme.transactions


def test_a_statutory_account_settles_costs_and_interest_first():
    """Portions of open items decide before all dates."""
    items = [
        Item(id="RENT", amount=eur("9.00"), posted_on=day("01-01")),
        Item(id="FEE", amount=eur("9.00"), posted_on=day("02-01"), portion=transactions.Portion.COSTS),
        Item(id="LATE", amount=eur("9.00"), posted_on=day("02-01"), portion=transactions.Portion.INTEREST),
    ]
    acme = new(allocation.STATUTORY, open_items=items, since=day("03-01"))

    update = does(acme, "03-02 payment PAY-1 20.00")

    assert ["FEE", "LATE", "RENT"] == [row.debit for row in update.allocations]


def test_facts_that_do_not_fit():
    """Twice, of another account or currency, of what is not there, of more than there is, the wrong way round."""
    acme = account("03-01 invoice INV-1 60.00", "03-02 payment PAY-1 40.00")
    (invoice, payment), row = acme.transactions, acme.allocations[0]
    both = [invoice, payment]
    words: dict[str, Any] = {"amount": eur("50.00"), "on": day("03-02"), "policy": "fifo"}

    with pytest.raises(ids.DuplicateId):
        new(transactions=[invoice, invoice])
    with pytest.raises(receivables.WrongAccount):
        receivables.account("OTHER", currency="EUR", transactions=[invoice])
    with pytest.raises(money.CurrencyMismatch):
        receivables.account("ACME", currency="USD", transactions=[invoice])
    with pytest.raises(ids.UnknownReference):
        new(transactions=[invoice], allocations=[row])
    with pytest.raises(allocation.OverAllocation, match=r"PAY-1: only 40\.00 EUR is open"):
        new(transactions=both, allocations=[Allocation(credit="PAY-1", debit="INV-1", **words)])
    with pytest.raises(allocation.OverAllocation, match=r"INV-1: only 60\.00 EUR is open"):
        new(transactions=both, allocations=[Allocation(credit="PAY-1", debit="INV-1", **{**words, "amount": eur("70.00")})])
    with pytest.raises(ids.CyclicReference):
        new(transactions=both, allocations=[Allocation(credit="INV-1", debit="PAY-1", **words)])
    with pytest.raises(allocation.OverAllocation, match=r"the release of PAY-1 from INV-1: only 40\.00 EUR"):
        release = Release(credit="PAY-1", debit="INV-1", reason="wrong", version=9, **words)
        new(transactions=both, allocations=[row], releases=[release])
    with pytest.raises(ids.UnknownReference):
        new(transactions=both, held=["INV-9"])
    with pytest.raises(UsageError, match="INV-1 carries a value in no base currency, and the books are in USD"):
        new(transactions=both, base_currency="USD")


def test_versions():
    """Counted from what is given, unless a store counts them."""
    acme = account(*STORY)

    assert acme.version == loaded(acme).version
    assert 2 == new(transactions=account(*STORY[:2]).transactions).version
    assert (0, 7) == (new().version, new(version=7).version)
    for wrong in (-1, True, "1"):
        with pytest.raises(InvalidArgument, match="Pass how many decisions made the account"):
            new(version=wrong)


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"policy": "fifo"}, InvalidArgument),
        ({"currency": "XXX"}, money.UnknownCurrency),
        ({"base_currency": "XXX"}, money.UnknownCurrency),
        ({"terms": "net 30"}, InvalidArgument),
        ({"state": "gone"}, InvalidArgument),
        ({"unallocated": "purse"}, InvalidArgument),
        ({"credit_limit": money.of("5.00 USD")}, money.CurrencyMismatch),
        ({"locked_through": "2026-03-31"}, periods.InvalidDate),
        ({"since": "2026-03-31"}, periods.InvalidDate),
        ({"transactions": "INV-1"}, InvalidArgument),
        ({"transactions": 5}, InvalidArgument),
        ({"transactions": [5]}, InvalidArgument),
        ({"open_items": [Item(id="A", amount=eur("1.00"), posted_on=date(2026, 1, 1))]}, UsageError),
        (
            {
                "open_items": [Item(id="A", amount=eur("1.00"), posted_on=date(2026, 1, 1))],
                "since": date(2026, 1, 1),
                "base_currency": "USD",
            },
            UsageError,
        ),
    ],
)
def test_settings_that_are_refused(settings, error):
    """Each with an error of ours."""
    with pytest.raises(error):
        new(**settings)


def test_an_account_is_not_built_by_its_class():
    """Neither is an update."""
    for made in (receivables.Account, receivables.Update):
        with pytest.raises(UsageError):
            made()


def test_settings_are_changed_on_a_copy():
    """State, limit, lock; a lock never moves back."""
    acme = account("03-01 invoice INV-1 60.00")

    changed = receivables.with_lock(receivables.with_credit_limit(acme, eur("10.00")), day("03-31"))
    ended = receivables.with_state(changed, receivables.State.TERMINATED)

    assert (None, None, receivables.State.ACTIVE) == (acme.credit_limit, acme.locked_through, acme.state)
    assert (eur("10.00"), day("03-31"), receivables.State.TERMINATED) == (ended.credit_limit, ended.locked_through, ended.state)
    assert receivables.with_credit_limit(changed, None).credit_limit is None
    assert day("04-30") == receivables.with_lock(changed, day("04-30")).locked_through
    with pytest.raises(receivables.PeriodLocked):
        receivables.with_lock(changed, day("03-30"))
    with pytest.raises(InvalidArgument):
        receivables.with_state(acme, "gone")  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument):
        receivables.with_lock("ACME", day("03-30"))  # type: ignore[arg-type]
    with pytest.raises(money.CurrencyMismatch):
        receivables.with_credit_limit(acme, money.of("5.00 USD"))


def test_terms_of_the_account():
    """They are part of what it is."""
    assert new(terms=terms.net(30)) != new()
    assert new() != "ACME"
    assert hash(account("03-01 invoice INV-1 60.00")) == hash(account("03-01 invoice INV-1 60.00"))
    assert does(new(), "03-01 invoice INV-1 60.00") != "update"
    assert hash(does(new(), "03-01 invoice INV-1 60.00")) == hash(does(new(), "03-01 invoice INV-1 60.00"))


def test_what_is_held_may_be_settled_or_a_credit():
    """A held credit waits, a settled one stays held."""
    acme = account("03-01 payment PAY-1 50.00", "03-01 invoice INV-1 50.00", "03-02 payment PAY-2 9.00")

    held = new(transactions=acme.transactions, allocations=acme.allocations, held=["PAY-1", "PAY-2", "INV-1"])

    assert frozenset(["PAY-1", "PAY-2", "INV-1"]) == held.held
    assert {"INV-2": "5.00"} == opens(then(held, "03-03 invoice INV-2 5.00"))


def test_an_account_says_what_it_was_built_with():
    """Settings and facts."""
    acme = new(base_currency="EUR", terms=terms.net(30), unallocated=receivables.Unallocated.CUSTOMER_CREDIT)

    assert ("EUR", terms.net(30), receivables.Unallocated.CUSTOMER_CREDIT) == (acme.base_currency, acme.terms, acme.unallocated)
    assert "ACME, balance 0.00 EUR, version 0" == str(acme)
    assert ("ACME", "EUR", frozenset()) == (acme.id, acme.currency, acme.held)


def test_accounts_and_updates_pickle():
    """A long history among them, without recursion; they go on the same way."""
    acme = account(*STORY)
    for at in range(1200):
        acme = then(acme, f"03-11 invoice N-{at} 1.00")

    again = pickle.loads(pickle.dumps(acme))

    assert (acme, rows(acme)) == (again, rows(again))
    assert does(acme, "03-12 payment PAY-9 30.00") == does(again, "03-12 payment PAY-9 30.00")
    update = does(account(*STORY), "03-12 payment PAY-9 30.00")
    assert (update, update.explain()) == (pickle.loads(pickle.dumps(update)), str(update))
    assert ["allocation.fifo/1"] * len(update.allocations) == [step.rule for step in update.trail.steps]


def test_a_release_is_of_the_rows_of_its_rule():
    """The row by hand is the later one, and stays."""
    acme = account(
        "03-01 invoice INV-1 100.00", "03-02 payment PAY-1 50.00", "03-03 release PAY-1 of INV-1 20.00",
        "03-04 allocate PAY-1 to INV-1 20.00", "03-05 credit_note CN-1 90.00 for INV-1",
    )  # fmt: skip

    again = receivables.account(
        "ACME", currency="EUR", transactions=acme.transactions, allocations=acme.allocations, releases=acme.releases
    )

    assert ["PAY-1 -> INV-1 20.00 by-hand", "CN-1 -> INV-1 80.00 against-item"] == rows(acme) == rows(again)


def test_a_release_is_of_the_latest_rows():
    """30.00 of the 2nd stand, and 10.00 of the 20.00 that came later."""
    acme = account(
        "03-01 invoice INV-1 50.00", "03-02 payment PAY-1 50.00", "03-03 release PAY-1 of INV-1 20.00", "03-05 invoice INV-2 1.00",
        "03-06 release PAY-1 of INV-1 10.00",
    )  # fmt: skip

    again = receivables.account(
        "ACME", currency="EUR", transactions=acme.transactions, allocations=acme.allocations, releases=acme.releases
    )

    assert ["PAY-1 -> INV-1 30.00 fifo", "PAY-1 -> INV-1 10.00 fifo"] == rows(acme) == rows(again)


def test_rows_that_count_from_before_their_sides_were_free():
    """Before the posting, or before an earlier row was taken back; a release not before its row."""
    acme = account("03-10 invoice INV-1 50.00", "03-10 payment PAY-1 50.00")
    words: dict[str, Any] = {"credit": "PAY-1", "debit": "INV-1", "amount": eur("50.00"), "policy": "fifo"}

    def row(on: str, version: int) -> Allocation:
        return Allocation(on=day(on), version=version, **words)

    def back(on: str, version: int) -> Release:
        return Release(on=day(on), version=version, reason="wrong", **words)

    for rows_, releases, said in (
        ([row("03-05", 2)], [], "counts from 2026-03-05, before it was free on 2026-03-10"),
        ([row("03-15", 2)], [back("03-11", 3)], "counts from 2026-03-11, before it was allocated on 2026-03-15"),
        ([row("03-10", 2), row("03-11", 4)], [back("03-12", 3)], "counts from 2026-03-11, before it was free on 2026-03-12"),
    ):
        with pytest.raises(receivables.FactsDisagree, match=said):
            new(transactions=acme.transactions, allocations=rows_, releases=releases)
    assert {} == opens(new(transactions=acme.transactions, allocations=[row("03-10", 2)]))


def test_open_items_and_transactions_meet_on_the_day_since():
    """What is open then was posted by then, and a transaction was not posted before."""
    item = Item(id="INV-1", amount=eur("50.00"), posted_on=day("03-20"))

    with pytest.raises(receivables.FactsDisagree, match="INV-1 was posted on 2026-03-20, and cannot be open on 2026-03-01"):
        new(open_items=[item], since=day("03-01"))
    with pytest.raises(receivables.FactsDisagree, match="INV-1 was posted on 2026-03-01, before 2026-03-02"):
        new(transactions=account("03-01 invoice INV-1 50.00").transactions, since=day("03-02"))
    assert {"INV-1": "50.00"} == opens(new(open_items=[item], since=day("03-20")))


def test_as_of_knows_what_was_open_on_the_day_since():
    """And from which day it was settled."""
    item = Item(id="INV-1", amount=eur("50.00"), posted_on=day("02-20"))

    acme = then(new(open_items=[item], since=day("03-01")), "03-05 payment PAY-1 50.00")

    assert ({"INV-1": "50.00"}, {}) == (opens(acme, as_of="03-04"), opens(acme, as_of="03-10"))


def test_rows_of_another_currency_and_books_in_another_base():
    """The one is not settled, the other is not valued."""
    acme = account("03-01 invoice INV-1 50.00", "03-01 payment PAY-1 50.00")
    words: dict[str, Any] = {"credit": "PAY-1", "debit": "INV-1", "on": day("03-01"), "policy": "fifo", "version": 2}
    dollars = Allocation(amount=money.of("40.00 USD"), **words)
    rate = money.ExchangeRate(base="EUR", quote="INR", rate="80")
    valued = receivables.post(
        new(base_currency="INR"), transactions.payment("PAY-1", eur("5.00"), method="wire"), on=day("03-01"), rate=rate
    ).account

    with pytest.raises(money.CurrencyMismatch):
        new(transactions=acme.transactions, allocations=[dollars])
    with pytest.raises(money.CurrencyMismatch):
        back = Release(reason="wrong", amount=money.of("5.00 USD"), **{**words, "version": 3})
        new(transactions=acme.transactions, allocations=acme.allocations, releases=[back])
    for base, kept in (("USD", "USD"), (None, "EUR")):
        with pytest.raises(receivables.FactsDisagree, match=f"PAY-1 carries a value in INR, and the books are in {kept}"):
            new(transactions=valued.transactions, base_currency=base)
    assert valued.balance == new(transactions=valued.transactions, base_currency="INR").balance


@pytest.mark.parametrize("held", [None, "INV-1", 5, [5]])
def test_what_is_held_is_a_list_of_ids(held):
    """A text is none."""
    with pytest.raises(UsageError):
        new(transactions=account("03-01 invoice INV-1 50.00").transactions, held=held)
