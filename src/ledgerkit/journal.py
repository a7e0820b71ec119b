"""
The journal: balanced entries over account roles, and the trial balance.

An entry says what one business event does to the books. Accounts are *roles* (``receivable``, ``revenue``): the host's chart maps
them to its numbers. Debits are positive, credits negative. An entry is balanced per currency when it is built and never edited:
what was wrong is undone by its reversal, another entry.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeAlias, final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money, periods
from ledgerkit.errors import InvalidArgument, UsageError

__all__ = ["AlreadyReversed", "Entry", "Posting", "Role", "Side", "Unbalanced", "entered", "reverse", "trial_balance"]


class Role(StrEnum):
    """What an account is for. A host adds its own by name: any text is a role."""

    RECEIVABLE = "receivable"
    REVENUE = "revenue"
    DEFERRED = "deferred"
    CONTRACT_ASSET = "contract_asset"
    TAX = "tax"
    CASH = "cash"
    CLEARING = "clearing"
    WRITE_OFF = "write_off"
    RECOVERY = "recovery"
    SUSPENSE = "suspense"
    CUSTOMER_CREDIT = "customer_credit"
    DISCOUNT = "discount"
    FX_GAIN = "fx_gain"
    FX_LOSS = "fx_loss"
    FEES = "fees"


class Unbalanced(UsageError, ValueError):
    """The sides of an entry do not sum to zero in a currency; :attr:`difference` is what they sum to."""

    difference: Money

    def __init__(self, entry: str, currency: str, minor: int) -> None:
        self.difference = money.from_minor(minor, currency)
        super().__init__(
            f"entry {entry!r} does not balance: its postings sum to {money.minor_text(minor, currency)}",
            "Debits are positive, credits negative, and together they are zero in every currency.",
        )


class AlreadyReversed(UsageError, ValueError):
    """A reversal is reversed, or an entry for the second time."""


# Entries are named after documents: their ids are longer than those of hosts.
_LONGEST = 400

# (role, minor units, currency, account, code): a posting as it is kept.
Side: TypeAlias = tuple[str, int, str, str | None, str | None]


@final
@attrs.frozen(init=False, repr=False)
class Posting:
    """
    One side of an entry; a debit is positive.

    Args:
        role: What the account is for, a :class:`Role` or a name of the host's.

        amount: Not zero.

        account: Whose receivable it is, where the role has one account a customer.

        code: The tax, or the product line, where the chart tells them apart.
    """

    role: str
    amount_minor: int
    currency: str
    account: str | None
    code: str | None

    def __init__(self, *, role: str, amount: Money, account: str | None = None, code: str | None = None) -> None:
        minor = money.to_minor(amount)
        self.__attrs_init__(
            str(ids.checked(role, name="role")),
            minor,
            money.currency_of(amount),
            None if account is None else ids.checked(account, name="account"),
            None if code is None else ids.checked(code, name="code"),
        )

    __repr__ = _front.shown("role", "amount", "account", "code")

    @property
    def amount(self) -> Money:
        """The amount, debit positive."""
        return money.from_minor(self.amount_minor, self.currency)

    def __str__(self) -> str:
        name = ":".join(filter(None, (self.role, self.account, self.code)))
        return f"{name} {money.minor_text(self.amount_minor, self.currency)}"


@final
@attrs.frozen(init=False, repr=False)
class Entry:
    """
    One balanced entry: at least two postings, none of zero, summing to zero in each currency.

    Args:
        id: The entry's own id.

        on: The civil day it counts from.

        source: The id of the document it came from.

        postings: Its sides.

        reverses: The entry that this one undoes.

    Raises:
        Unbalanced: The postings do not sum to zero in a currency.
        UsageError: Fewer than two postings, or one of zero.

    >>> eur = money.maker("EUR")
    >>> print(Entry(id="E-1", on=date(2026, 3, 1), source="INV-7", postings=[
    ...     Posting(role=Role.RECEIVABLE, amount=eur("120.00"), account="ACME"),
    ...     Posting(role=Role.REVENUE, amount=eur("-100.00")),
    ...     Posting(role=Role.TAX, amount=eur("-20.00"), code="VAT"),
    ... ]))
    E-1 on 2026-03-01 from INV-7: receivable:ACME 120.00 EUR, revenue -100.00 EUR, tax:VAT -20.00 EUR
    """

    id: str
    on: date
    source: str
    sides: tuple[Side, ...]
    reverses: str | None

    def __init__(self, *, id: str, on: date, source: str, postings: Iterable[Posting], reverses: str | None = None) -> None:
        sides = tuple(_side(posting) for posting in _iterated(postings))
        checked = ids.checked(id, longest=_LONGEST)
        _judge(checked, sides)
        self.__attrs_init__(
            checked,
            periods.civil_date(on),
            ids.checked(source, name="source", longest=_LONGEST),
            sides,
            None if reverses is None else ids.checked(reverses, name="reverses", longest=_LONGEST),
        )

    __repr__ = _front.shown("id", "on", "source", "postings")

    @property
    def postings(self) -> tuple[Posting, ...]:
        """The sides as values."""
        return tuple(_posting(side) for side in self.sides)

    def __str__(self) -> str:
        return f"{self.id} on {self.on} from {self.source}: " + ", ".join(str(posting) for posting in self.postings)


def _iterated(postings: Iterable[Posting]) -> Iterable[Posting]:
    try:
        return iter(postings)
    except TypeError:
        raise InvalidArgument(
            f"postings is {_front.a(postings)}, where several postings are needed", "Pass a list of Posting."
        ) from None


def _side(posting: Any) -> Side:
    if type(posting) is not Posting:
        raise InvalidArgument(f"a posting is {_front.a(posting)}", "Make each of them with journal.Posting(...).")
    return (posting.role, posting.amount_minor, posting.currency, posting.account, posting.code)


def _posting(side: Side) -> Posting:
    posting = Posting.__new__(Posting)
    posting.__attrs_init__(*side)
    return posting


def _judge(id: str, sides: tuple[Side, ...]) -> None:
    if len(sides) < 2:
        raise UsageError(f"entry {id!r} has {len(sides)} postings", "Give it two sides at least, or make no entry at all.")
    total, first = 0, sides[0][2]
    mixed = False
    for side in sides:
        if not side[1]:
            raise UsageError(f"entry {id!r} has a posting of zero to {side[0]}", "Leave it out.")
        mixed = mixed or side[2] != first
        total += side[1]
    if mixed:
        _judge_currencies(id, sides)
    elif total:
        raise Unbalanced(id, first, total)


def _judge_currencies(id: str, sides: tuple[Side, ...]) -> None:
    for currency in dict.fromkeys(side[2] for side in sides):
        total = sum(side[1] for side in sides if side[2] == currency)
        if total:
            raise Unbalanced(id, currency, total)


def entered(id: str, on: date, source: str, sides: tuple[Side, ...], /, *, reverses: str | None = None) -> Entry:
    """
    Return the entry of sides that are checked values already; only its balance is judged again.

    Args:
        id: Of the entry.

        on: Its day.

        source: The id of the document it came from.

        sides: ``(role, minor units, currency, account, code)`` each.

        reverses: The entry that this one undoes.

    Raises:
        Unbalanced: They do not sum to zero in a currency.
        UsageError: Fewer than two sides, or one of zero.

    >>> str(entered("E-1", date(2026, 3, 1), "PAY-1", (
    ...     ("cash", 500, "EUR", None, None), ("receivable", -500, "EUR", "ACME", None))))
    'E-1 on 2026-03-01 from PAY-1: cash 5.00 EUR, receivable:ACME -5.00 EUR'
    """
    try:
        _judge(id, sides)
    except (TypeError, IndexError):
        raise InvalidArgument(
            "a side is not of five fields", "Pass (role, minor units, currency, account, code) each."
        ) from None
    entry = Entry.__new__(Entry)
    entry.__attrs_init__(id, on, source, sides, reverses)
    return entry


def reverse(entry: Entry, /, *, id: str, on: date, among: Iterable[Entry] = ()) -> Entry:
    """
    Return the entry that undoes *entry*: every side with the other sign, dated *on*.

    Args:
        id: The id of the reversal.

        among: The entries that stand already; the reversal must not be one more of the same.

    Raises:
        AlreadyReversed: *entry* is a reversal itself, or one of *among* reverses it.

    Source:
        docs/rules/journal.md, rule J-3.

    >>> eur = money.maker("EUR")
    >>> paid = Entry(id="E-1", on=date(2026, 3, 1), source="PAY-1", postings=[
    ...     Posting(role="cash", amount=eur("5.00")), Posting(role="receivable", amount=eur("-5.00"))])
    >>> print(reverse(paid, id="E-2", on=date(2026, 3, 4)))
    E-2 on 2026-03-04 from PAY-1: cash -5.00 EUR, receivable 5.00 EUR
    """
    if type(entry) is not Entry:
        raise InvalidArgument(f"entry is {_front.a(entry)}", "Pass the journal.Entry to reverse.")
    if not isinstance(among, Iterable):
        raise InvalidArgument(f"among is {_front.a(among)}", "Pass a list of journal.Entry values.")
    stands = tuple(among)
    if any(type(other) is not Entry for other in stands):
        raise InvalidArgument("one of among is no entry", "Pass journal.Entry values.")
    earlier = next((other.id for other in stands if other.reverses == entry.id), None)
    if entry.reverses is not None or earlier is not None:
        raise AlreadyReversed(
            f"entry {entry.id!r} " + (f"is undone by {earlier!r}" if earlier else "is a reversal itself"),
            "Post the original business event again instead.",
        )
    sides = tuple((role, -minor, currency, account, code) for role, minor, currency, account, code in entry.sides)
    reversal = Entry.__new__(Entry)
    reversal.__attrs_init__(ids.checked(id, longest=_LONGEST), periods.civil_date(on), entry.source, sides, entry.id)
    return reversal


def trial_balance(entries: Iterable[Entry], /, *, as_of: date | None = None) -> Mapping[tuple[str, str], Money]:
    """
    Return what each role stands at, by role and currency; the values of one currency sum to zero.

    Args:
        entries: In any order.

        as_of: The last day that counts; every entry when it is left out.

    Source:
        docs/rules/journal.md, rule J-2.

    >>> eur = money.maker("EUR")
    >>> paid = Entry(id="E-1", on=date(2026, 3, 1), source="PAY-1", postings=[
    ...     Posting(role="cash", amount=eur("5.00")), Posting(role="receivable", amount=eur("-5.00"))])
    >>> trial_balance([paid])["cash", "EUR"]
    Money('5.00', 'EUR')
    """
    last = None if as_of is None else periods.civil_date(as_of, name="as_of")
    sums: dict[tuple[str, str], int] = {}
    if not isinstance(entries, Iterable):
        raise InvalidArgument(f"entries is {_front.a(entries)}", "Pass a list of journal.Entry values.")
    for entry in entries:
        if type(entry) is not Entry:
            raise InvalidArgument(f"an entry is {_front.a(entry)}", "Pass journal.Entry values.")
        if last is None or entry.on <= last:
            for role, minor, currency, _account, _code in entry.sides:
                sums[role, currency] = sums.get((role, currency), 0) + minor
    return MappingProxyType({at: money.from_minor(minor, at[1]) for at, minor in sums.items()})


_front.publish(globals())
