"""Strategies for Hypothesis: plural nouns, each gives any valid value. Hypothesis is imported when one is asked for."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, final

import attrs
from moneyed import Money

from ledgerkit import _front
from ledgerkit.allocation import Item, Policy
from ledgerkit.charges import Charge
from ledgerkit.errors import UsageError
from ledgerkit.journal import Entry
from ledgerkit.periods import Period
from ledgerkit.ports import Save
from ledgerkit.receivables import Account, Update
from ledgerkit.terms import Terms
from ledgerkit.transactions import Draft, Line, Tax, Transaction

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_MOST = 10**9


@final
@attrs.frozen(kw_only=True, repr=False)
class Posting:
    """
    What fits together: ``receivables.post(posting.account, posting.draft, on=posting.on)`` is not refused.

    Args:
        account: With some history, or none.

        draft: Of its currency, with an id that is not on it.

        on: Any day.
    """

    account: Account
    draft: Draft
    on: date

    __repr__ = _front.shown("account", "draft", "on")


def _values() -> Any:
    try:
        from ledgerkit.testing import _values  # noqa: PLC0415 - Hypothesis is for who asks for a strategy
    except ModuleNotFoundError:
        raise UsageError(
            "Hypothesis is not installed, and strategies are made with it", "Install it: pip install hypothesis."
        ) from None
    return _values


def amounts(currency: str | None = None, /, *, least_minor: int = -_MOST, most_minor: int = _MOST) -> "SearchStrategy[Money]":
    """
    Give amounts, of one currency or of several with 0, 2 and 3 decimals.

    Args:
        currency: Of all of them; any when left out.

        least_minor: The smallest, in minor units.

        most_minor: The largest.
    """
    return _values().amounts(currency, least_minor, most_minor)  # type: ignore[no-any-return]


def dates() -> "SearchStrategy[date]":
    """Give days of the years 2020 to 2029."""
    return _values().dates  # type: ignore[no-any-return]


def periods() -> "SearchStrategy[Period]":
    """Give half-open periods of one day to two years and more."""
    return _values().all_periods  # type: ignore[no-any-return]


def terms() -> "SearchStrategy[Terms]":
    """Give terms of payment, with windows and early-payment discounts."""
    return _values().all_terms  # type: ignore[no-any-return]


def taxes() -> "SearchStrategy[Tax]":
    """Give tax rates, inside the price or on top of it."""
    return _values().taxes  # type: ignore[no-any-return]


def lines(currency: str | None = None, /) -> "SearchStrategy[Line]":
    """Give priced and taxed lines."""
    return _values().lines(currency)  # type: ignore[no-any-return]


def charges(currency: str | None = None, /) -> "SearchStrategy[Charge]":
    """Give charges, negative ones as well."""
    return _values().all_charges(currency)  # type: ignore[no-any-return]


def drafts(currency: str | None = None, /, *, id: str | None = None) -> "SearchStrategy[Draft]":
    """Give invoices, debit notes, credit notes and payments that were not posted."""
    return _values().drafts(currency, id)  # type: ignore[no-any-return]


def transactions() -> "SearchStrategy[Transaction]":
    """Give transactions of every kind, as posting, cancelling and writing off made them."""
    return _values().documents  # type: ignore[no-any-return]


def items(currency: str | None = None, /) -> "SearchStrategy[Item]":
    """Give things to settle, or to settle with."""
    return _values().items(currency)  # type: ignore[no-any-return]


def policies() -> "SearchStrategy[Policy]":
    """Give the policies of allocation."""
    return _values().policies  # type: ignore[no-any-return]


def accounts() -> "SearchStrategy[Account]":
    """Give accounts: new ones, and ones with a history of any kind of decision."""
    return _values().accounts  # type: ignore[no-any-return]


def histories(*, id: str | None = None, most: int = 8) -> "SearchStrategy[Sequence[Update | Account]]":
    """
    Give what was decided on one account, from the first decision on: updates, and the account where a setting changed.

    Args:
        id: Of the account; any when left out.

        most: How many decisions at most.
    """
    return _values().histories(id, most)  # type: ignore[no-any-return]


def updates() -> "SearchStrategy[Update]":
    """Give decisions on accounts with a history."""
    return _values().updates  # type: ignore[no-any-return]


def entries() -> "SearchStrategy[Entry]":
    """Give journal entries, as decisions make them."""
    return _values().entries  # type: ignore[no-any-return]


def saves() -> "SearchStrategy[Save]":
    """Give saves of one update each."""
    return _values().saves  # type: ignore[no-any-return]


def postings() -> "SearchStrategy[Posting]":
    """Give an account, a draft that fits it, and a day."""
    return _values().postings().map(lambda one: Posting(account=one[0], draft=one[1], on=one[2]))  # type: ignore[no-any-return]
