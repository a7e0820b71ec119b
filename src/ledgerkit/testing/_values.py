"""What the strategies are made of; the only file that imports Hypothesis, and it is imported when a strategy is asked for."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from hypothesis import strategies as st
from moneyed import Money

from ledgerkit import allocation, charges, money, periods, ports, pricing, receivables, terms, transactions
from ledgerkit.errors import RuleError
from ledgerkit.receivables import Account, Update

CURRENCIES = ("EUR", "USD", "JPY", "KWD", "CHF")
FIRST, LAST = date(2020, 1, 1), date(2029, 12, 31)
MOST = 10**9
_METHODS = ("card", "wire", "cash")
_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)

Draw = Callable[[Any], Any]

dates = st.dates(FIRST, LAST)
currencies = st.sampled_from(CURRENCIES)


def amounts(currency: str | None, least: int, most: int) -> "st.SearchStrategy[Money]":
    codes = currencies if currency is None else st.just(currency)
    return st.builds(money.from_minor, st.integers(least, most), codes)


def _period(start: date, days: int) -> periods.Period:
    return periods.Period(start, date.fromordinal(start.toordinal() + days))


all_periods = st.builds(_period, dates, st.integers(1, 800))
rates = st.fractions(0, 1, max_denominator=1000)
taxes = st.builds(transactions.Tax, id=st.sampled_from(["VAT", "GST", "levy"]), rate=rates, inclusive=st.booleans())
_STEPS = st.one_of(
    st.tuples(st.just("days"), st.tuples(st.integers(0, 120))),
    st.tuples(st.just("months"), st.tuples(st.integers(0, 24))),
    st.tuples(st.just("month_end"), st.tuples(st.integers(0, 12))),
    st.tuples(st.just("month_day"), st.tuples(st.integers(1, 31), st.integers(0, 12))),
    st.tuples(st.just("weekday"), st.tuples(st.integers(0, 6))),
    st.tuples(st.just("pay_day"), st.lists(st.integers(1, 31), min_size=1, max_size=3)),
)
_EARLY = st.builds(terms.EarlyDiscount, rate=rates, within_days=st.integers(0, 30), basis=st.sampled_from(terms.Basis))
all_terms = st.builds(
    terms.Terms,
    steps=st.lists(_STEPS, max_size=3),
    minus=st.integers(0, 10),
    plus=st.integers(0, 10),
    default=st.sampled_from(terms.Default),
    early=st.none() | _EARLY,
)
_SWEEPING = (allocation.FIFO, allocation.AGAINST_ITEM, allocation.LIFO, allocation.PRO_RATA, allocation.STATUTORY)
policies = st.sampled_from([*_SWEEPING, allocation.MANUAL, allocation.MANUAL])


def discounts(currency: str) -> "st.SearchStrategy[pricing.Discount]":
    fixed = st.builds(pricing.amount_off, amounts(currency, 0, 10_000))
    return st.builds(pricing.percent_off, rates) | fixed


@st.composite
def lines(draw: Draw, currency: str | None) -> transactions.Line:
    code = currency or draw(currencies)
    return transactions.line(
        draw(_WORDS),
        unit_price=draw(st.decimals(0, 100_000, places=4)),
        quantity=draw(st.integers(0, 500) | st.fractions(0, 100, max_denominator=60)),
        currency=code,
        discounts=draw(st.lists(discounts(code), max_size=2)),
        taxes=draw(st.lists(taxes, max_size=2, unique_by=lambda tax: tax.id)),
        period=draw(st.none() | all_periods),
        product=draw(st.none() | _WORDS),
        source=draw(st.none() | _WORDS),
        rounding=draw(st.sampled_from([money.HALF_UP, money.HALF_EVEN, money.DOWN])),
    )


@st.composite
def all_charges(draw: Draw, currency: str | None) -> charges.Charge:
    return charges.Charge(
        source=draw(_WORDS),
        text=draw(_WORDS),
        amount=draw(amounts(currency, -MOST, MOST)),
        reason=draw(st.sampled_from(charges.Reason)),
        quantity=draw(st.fractions(0, 100, max_denominator=60)),
        period=draw(st.none() | all_periods),
    )


@st.composite
def items(draw: Draw, currency: str | None) -> allocation.Item:
    whole = draw(st.integers(0, MOST))
    code, posted = currency or draw(currencies), draw(dates)
    return allocation.Item(
        id=draw(_WORDS),
        amount=money.from_minor(whole, code),
        open=money.from_minor(draw(st.integers(0, whole)), code),
        posted_on=posted,
        due_on=draw(st.none() | st.dates(posted, LAST)),
        held=draw(st.booleans()),
        priority=draw(st.integers(-2, 2)),
    )


# --------------------------------------------------------------------------------------------------------------- documents


@st.composite
def drafts(draw: Draw, currency: str | None, id: str | None) -> transactions.Draft:
    code, name = currency or draw(currencies), id or draw(_WORDS)
    make = draw(st.sampled_from([_billed, _billed, _noted, _credited, _paid]))
    made: transactions.Draft = make(draw, name, code, ())
    return made


def _what(draw: Draw, currency: str) -> Any:
    return draw(amounts(currency, 0, MOST) | st.lists(lines(currency), min_size=1, max_size=3))


def _billed(draw: Draw, id: str, currency: str, _named: tuple[str, ...]) -> transactions.Draft:
    agreed = draw(st.none() | all_terms)
    return transactions.invoice(id, _what(draw, currency), terms=agreed, issued_on=draw(st.none() | dates))


def _noted(draw: Draw, id: str, currency: str, _named: tuple[str, ...]) -> transactions.Draft:
    return transactions.debit_note(id, _what(draw, currency))


def _credited(draw: Draw, id: str, currency: str, named: tuple[str, ...]) -> transactions.Draft:
    return transactions.credit_note(id, _what(draw, currency), against=named, reason=draw(st.none() | _WORDS))


def _paid(draw: Draw, id: str, currency: str, named: tuple[str, ...]) -> transactions.Draft:
    amount, method = draw(amounts(currency, 1, MOST)), draw(st.sampled_from(_METHODS))
    return transactions.payment(id, amount, method=method, against=named, external_code=draw(st.none() | _WORDS))


def _refunded(draw: Draw, id: str, currency: str, free: int) -> transactions.Draft:
    amount = money.from_minor(draw(st.integers(1, free)), currency)
    return transactions.refund(id, amount, method=draw(st.sampled_from(_METHODS)), reason=draw(_WORDS))


def _fitting(draw: Draw, account: Account, id: str) -> transactions.Draft:
    """Draw a draft that can be posted to the account: credits name open debits, a refund is of what is unallocated."""
    owed = [item.id for item in receivables.open_items(account)]
    free = sum(item.open_minor for item in receivables.open_credits(account) if not item.held)
    named = tuple(draw(st.lists(st.sampled_from(owed), unique=True, max_size=2))) if owed else ()
    if free and draw(st.integers(0, 3)) == 0:
        return _refunded(draw, id, account.currency, free)
    make = draw(st.sampled_from([_billed, _billed, _noted, _credited, _paid, _paid]))
    made: transactions.Draft = make(draw, id, account.currency, named)
    return made


# ---------------------------------------------------------------------------------------------------------------- accounts


@st.composite
def new_accounts(draw: Draw, id: str | None) -> Account:
    currency = draw(currencies)
    return receivables.account(
        id or draw(_WORDS),
        currency=currency,
        policy=draw(policies),
        credit_limit=draw(st.none() | amounts(currency, 0, MOST)),
        unallocated=draw(st.sampled_from(receivables.Unallocated)),
        terms=draw(st.none() | all_terms),
    )


def _decided(draw: Draw, account: Account, on: date, id: str) -> Update | Account:
    """Draw a decision on an account; what the rules refuse is drawn again as a posting."""
    known = [document.id for document in account.transactions]
    if known and draw(st.booleans()):
        acts = _acts(draw, account, on, id, draw(st.sampled_from(known)))
        act: Callable[[], Update | Account] = draw(st.sampled_from(acts))
        try:
            return act()
        except RuleError:  # not everything can be done with every document
            pass
    return receivables.post(account, _fitting(draw, account, id), on=on)


def _acts(draw: Draw, account: Account, on: date, id: str, one: str) -> list[Callable[[], Update | Account]]:
    """Return what may be done with one document of an account."""
    unsure = transactions.payment(id, money.from_minor(1, account.currency), method="card")
    acts: list[Callable[[], Update | Account]] = [
        lambda: receivables.reject(account, unsure, on=on, reason="no"),
        lambda: receivables.hold(account, one, on=on, reason="contested"),
        lambda: receivables.lift(account, one, on=on),
        lambda: receivables.cancel(account, one, id=id, on=on, reason="error"),
        lambda: receivables.with_credit_limit(account, draw(st.none() | amounts(account.currency, 0, MOST))),
    ]
    credits, debits = receivables.open_credits(account), receivables.open_items(account)
    bills = [item.id for item in debits if _kind(account, item.id) is transactions.Kind.INVOICE]
    payments = [found.id for found in account.transactions if found.kind is transactions.Kind.PAYMENT]
    if bills:
        bill = draw(st.sampled_from(bills))
        acts.append(lambda: receivables.write_off(account, bill, id=id, on=on, reason="bankrupt"))
        acts.append(lambda: receivables.quick_pay(account, id, invoice=bill, method="card", on=on))
    if payments:
        payment = draw(st.sampled_from(payments))
        acts.append(lambda: receivables.charge_back(account, payment, id=id, on=on, reason="disputed"))
    if credits and debits:  # seldom so: under most policies open credits have met open debits
        by_hand = partial(_by_hand, draw, account, on, draw(st.sampled_from(credits)), draw(st.sampled_from(debits)))
        acts += [by_hand] * len(acts)
    if account.allocations:
        row = draw(st.sampled_from(account.allocations))
        acts.append(lambda: receivables.release(account, row.credit, of=row.debit, on=on, reason="meant otherwise"))
    return acts


def _kind(account: Account, id: str) -> transactions.Kind:
    return next(document.kind for document in account.transactions if document.id == id)


def _by_hand(draw: Draw, account: Account, on: date, credit: allocation.Item, debit: allocation.Item) -> Update:
    amount = money.from_minor(draw(st.integers(1, min(credit.open_minor, debit.open_minor))), account.currency)
    return receivables.allocate(account, credit.id, to=debit.id, amount=amount, on=on)


@st.composite
def histories(draw: Draw, id: str | None, most: int) -> tuple[Update | Account, ...]:
    account = draw(new_accounts(id))
    count = draw(st.integers(1, most))
    days = sorted(draw(st.lists(dates, min_size=count, max_size=count)))
    made: list[Update | Account] = []
    for place, on in enumerate(days):
        made.append(_decided(draw, account, on, f"{account.id}-{place}"))
        last = made[-1]
        account = last.account if isinstance(last, Update) else last
    return tuple(made)


def _after(history: tuple[Update | Account, ...]) -> Account:
    last = history[-1]
    return last.account if isinstance(last, Update) else last


accounts = histories(None, 8).map(_after) | new_accounts(None)


@st.composite
def postings(draw: Draw) -> tuple[Account, transactions.Draft, date]:
    account = draw(accounts)
    return (account, _fitting(draw, account, f"{account.id}-new"), draw(dates))


updates = histories(None, 8).map(lambda history: [one for one in history if isinstance(one, Update)]).filter(bool).map(
    lambda made: made[-1]
)  # fmt: skip
documents = updates.filter(lambda update: update.transactions).map(lambda update: update.transactions[-1])
entries = updates.filter(lambda update: update.entries).map(lambda update: update.entries[-1])
saves = st.builds(lambda update, command: ports.save_of(update, command=command), updates, _WORDS)
