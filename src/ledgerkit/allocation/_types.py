"""The records of the package: policies, items, what an allocation made of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money, periods, trail
from ledgerkit.allocation import _kernel
from ledgerkit.allocation._rules import RULES
from ledgerkit.errors import InvalidArgument, InvalidChoice, RuleError, UsageError, choice, flag
from ledgerkit.trail import Raw, Trail
from ledgerkit.transactions import Portion


class OverAllocation(RuleError, ValueError):
    """More is asked for than is open; :attr:`open_amount` is what there is."""

    item: str
    open_amount: Money
    requested: Money

    def __init__(self, item: str, open_minor: int, requested_minor: int, currency: str) -> None:
        self.item = item
        self.open_amount = money.from_minor(open_minor, currency)
        self.requested = money.from_minor(requested_minor, currency)
        super().__init__(
            f"cannot allocate {money.minor_text(requested_minor, currency)} to {item}: "
            f"only {money.minor_text(open_minor, currency)} is open",
            "Lower the amount, or release an earlier allocation first.",
        )


def mismatched(found: str, wanted: str) -> money.CurrencyMismatch:
    """
    Return the error of two currencies that meet where one is needed.

    Args:
        found: The one that was met.

        wanted: The one that is needed.

    Source:
        docs/rules/allocation.md, rule A-10.

    >>> print(mismatched("EUR", "USD").problem)
    EUR meets USD, and what settles what is of one currency
    """
    found, wanted = ids.checked(found, name="found"), ids.checked(wanted, name="wanted")
    return money.CurrencyMismatch(
        f"{found} meets {wanted}, and what settles what is of one currency",
        f'Exchange it first: money.exchange(amount, money.ExchangeRate(base="{found}", quote="{wanted}", rate="1.08")).',
    )


def _minor(amount: Any, currency: str | None, name: str) -> int:
    minor = money.to_minor(amount, currency=currency, name=name)
    if minor < 0:
        raise money.InvalidAmount(
            f"{name} is {money.text(amount)}, and an item is never negative",
            "A negative document is a credit: pass its amount without the sign, among the credits.",
        )
    return minor


@final
@attrs.frozen(init=False, repr=False)
class Item:
    """
    One thing to settle, or to settle with.

    Args:
        id: Of the document.

        amount: What it was for, not negative.

        open: What is not settled of it; all of it when left out.

        posted_on: The day it counts from.

        due_on: The day a debit falls due; *posted_on* when left out.

        against: The debits a credit names.

        held: Whether it takes part only by name or by hand.

        priority: A credit with a lower one is used first.

        expires_on: Among equal priorities, the credit that expires first is used first; never expiring ones are last.

        arrival: Its place in the order of arrival; its place in the call when left out.

        portion: What a debit is made of, for :data:`STATUTORY`.

    Raises:
        OverAllocation: *open* is more than *amount*.

    >>> from ledgerkit import money
    >>> eur = money.maker("EUR")
    >>> Item(id="INV-7", amount=eur("120.00"), open=eur("70.00"), posted_on=date(2026, 3, 1))
    Item(id='INV-7', amount=Money('120.00', 'EUR'), open=Money('70.00', 'EUR'), posted_on=datetime.date(2026, 3, 1))
    """

    id: ids.TransactionId
    currency: str
    amount_minor: int
    open_minor: int
    posted_on: date
    due_on: date | None
    against: tuple[ids.TransactionId, ...]
    held: bool
    priority: int
    expires_on: date | None
    arrival: int | None
    portion: Portion

    def __init__(
        self,
        *,
        id: str,
        amount: Money,
        posted_on: date,
        open: Money | None = None,
        due_on: date | None = None,
        against: Iterable[str] = (),
        held: bool = False,
        priority: int = 0,
        expires_on: date | None = None,
        arrival: int | None = None,
        portion: Portion = Portion.PRINCIPAL,
    ) -> None:
        name = ids.checked(id)
        minor = _minor(amount, None, "amount")
        currency = money.currency_of(amount)
        left = minor if open is None else _minor(open, currency, "open")
        if left > minor:
            raise OverAllocation(name, minor, left, currency)
        self.__attrs_init__(
            ids.TransactionId(name),
            currency,
            minor,
            left,
            periods.civil_date(posted_on, name="posted_on"),
            None if due_on is None else periods.civil_date(due_on, name="due_on"),
            named(against, name),
            flag(held, name="held"),
            _whole(priority, "priority"),
            None if expires_on is None else periods.civil_date(expires_on, name="expires_on"),
            None if arrival is None else _whole(arrival, "arrival"),
            choice(portion, Portion, name="portion"),
        )

    __repr__ = _front.shown("id", "amount", "open", "posted_on")

    @property
    def amount(self) -> Money:
        """What it was for."""
        return money.from_minor(self.amount_minor, self.currency)

    @property
    def open(self) -> Money:
        """What is not settled of it."""
        return money.from_minor(self.open_minor, self.currency)

    def __str__(self) -> str:
        due = f", due {self.due_on}" if self.due_on else ""
        return f"{self.id} {money.minor_text(self.open_minor, self.currency)} open{due}"


def named(against: Iterable[str], own: str) -> tuple[ids.TransactionId, ...]:
    """
    Return the checked ids a credit names, each once; naming itself is refused.

    Args:
        against: The ids, as a host gave them.

        own: The id of the credit.

    Raises:
        CyclicReference: It names itself.
        DuplicateId: An id twice.

    Source:
        docs/rules/allocation.md, rule A-3.

    >>> named(["INV-7"], "CN-1")
    ('INV-7',)
    """
    if isinstance(against, str) or not isinstance(against, Iterable):
        raise InvalidArgument(
            f"against is {_front.brief(against)}, where several ids are needed", 'Pass a list: against=["INV-7"].'
        )
    own = ids.checked(own)
    names = tuple(ids.TransactionId(ids.checked(name, name="against")) for name in against)
    if own in names:
        raise ids.CyclicReference(own, f"{own!r} names itself", "Name the invoices it is meant for.")
    if len(set(names)) < len(names):
        raise ids.DuplicateId(next(name for name in names if names.count(name) > 1), "against")
    return names


def _made_by(policy: Any) -> str:
    """Return what made a row: one of the names that rows carry."""
    name = ids.checked(policy, name="policy")
    if name not in RULES:
        raise InvalidChoice(f"policy is {name!r}, and no row is made by that", RULES)
    return name


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidArgument(f"{name} is {_front.brief(value)}, where a whole number is needed", "Pass an int.")
    return int(value)


# `Items` names an argument `ids`, which hides the module there.
_checked_id = ids.checked


def _column(values: Any, name: str) -> tuple[Any, ...]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise InvalidArgument(f"{name} is {_front.brief(values)}, where a column is needed", "Pass a list, one a row.")
    return tuple(values)


def _ordinals(days: Any, name: str) -> tuple[int, ...]:
    found = tuple(day if type(day) is int else periods.civil_date(day, name=name).toordinal() for day in _column(days, name))
    if found and not 0 < min(found) <= max(found) <= _LAST:
        odd = next(day for day in found if not 0 < day <= _LAST)
        raise periods.InvalidDate(f"{_front.brief(odd)} in {name} is no day", f"Pass 1 to {_LAST}, or dates.", name=name)
    return found


_LAST: Final = date.max.toordinal()


@final
@attrs.frozen(init=False, repr=False)
class Items:
    """
    Many items as columns, for bulk work: no object is made per item.

    Args:
        currency: Of all of them.

        ids: One a row; each id once.

        open_minor: Minor units, not negative.

        posted_on: Dates, or their proleptic ordinals (``date.toordinal()``).

        due_on: The same for debits; *posted_on* when left out.

    Rows in the order they are to be used (by due date and posting date for debits, by posting date for credits) are not sorted
    again.
    """

    currency: str
    ids: tuple[str, ...]
    open_minor: tuple[int, ...]
    posted_on: tuple[int, ...]
    due_on: tuple[int, ...]
    # What is judged once, when they are made: the ids as a set, whether the rows are in order, whether every one has an amount.
    _names: frozenset[str] = attrs.field(eq=False)
    _ordered: bool = attrs.field(eq=False)
    _positive: bool = attrs.field(eq=False)

    def __init__(
        self,
        *,
        currency: str,
        ids: Iterable[str],
        open_minor: Iterable[int],
        posted_on: Iterable[date | int],
        due_on: Iterable[date | int] | None = None,
    ) -> None:
        currency = _checked_id(currency, name="currency")
        money.exponent(currency)
        names, minors, posted = _column(ids, "ids"), _column(open_minor, "open_minor"), _ordinals(posted_on, "posted_on")
        due = posted if due_on is None else _ordinals(due_on, "due_on")
        if not len(names) == len(minors) == len(posted) == len(due):
            raise UsageError(
                f"the columns have {len(names)}, {len(minors)}, {len(posted)} and {len(due)} rows", "Give each as many."
            )
        known = _judge_columns(names, minors)
        ordered = _kernel.in_date_order(posted, due)
        self.__attrs_init__(currency, names, minors, posted, due, known, ordered, min(minors, default=0) > 0)

    __repr__ = _front.shown("currency", "ids", "open_minor")

    def __len__(self) -> int:
        return len(self.ids)


_ORDINARY = 255  # an id of no more characters than this, all of them printable, is judged with all others at once


def _judge_columns(names: tuple[str, ...], minors: tuple[int, ...]) -> frozenset[str]:
    if minors and (set(map(type, minors)) != {int} or min(minors) < 0):
        place = next(at for at, minor in enumerate(minors) if type(minor) is not int or minor < 0)
        raise money.InvalidAmount(
            f"open_minor[{place}] is {minors[place]!r}", "Every row needs an int of minor units, zero or more."
        )
    if names and set(map(type, names)) != {str}:
        for name in names:
            ids.checked(name)
        raise InvalidArgument("a row of ids is a subclass of str", "Pass plain str.")
    if not all(names) or not "".join(names).isprintable() or max(map(len, names), default=0) > _ORDINARY:
        for name in names:
            ids.checked(name)
    known = frozenset(names)
    if len(known) < len(names):
        raise ids.DuplicateId(repeated(names), "item")
    return known


def repeated(names: Iterable[str]) -> str:
    """Return the first name that stands there again; one does."""
    first: dict[str, int] = {}
    return next(name for at, name in enumerate(names) if first.setdefault(name, at) != at)


@final
@attrs.frozen(init=False, repr=False, eq=False)
class Allocation:
    """
    One row: so much of a credit settles so much of a debit.

    Args:
        credit: The id of the credit.

        debit: The id of the debit.

        amount: Positive.

        on: The day it counts from: never before both were posted.

        policy: What made it: a policy's name, ``against-item``, ``by-hand``, ``write-off`` or ``cancellation``.

        version: The version of the account that it made, where an account made it.

        realized: Gain (or loss, negative) in the base currency, where the two sides carry different rates.
    """

    # (credit, debit, currency, minor, on, policy, version, realized, base currency, why): one slot makes a row at half the cost of ten.
    _row: tuple[ids.TransactionId, ids.TransactionId, str, int, date, str, int, int, str | None, Raw]

    def __init__(
        self,
        *,
        credit: str,
        debit: str,
        amount: Money,
        on: date,
        policy: str,
        version: int = 0,
        realized: Money | None = None,
    ) -> None:
        minor = money.to_minor(amount)
        if minor <= 0:
            raise money.InvalidAmount(f"amount is {money.text(amount)}", "An allocation is of a positive amount.")
        names = ids.checked(credit, name="credit"), ids.checked(debit, name="debit")
        made_by = _made_by(policy), _whole(version, "version")
        gain = (0, None) if realized is None else (money.to_minor(realized), money.currency_of(realized))
        self.__attrs_init__((*names, money.currency_of(amount), minor, periods.civil_date(on), *made_by, *gain, ()))

    __repr__ = _front.shown("credit", "debit", "amount", "on", "policy")

    @property
    def credit(self) -> ids.TransactionId:
        """The id of the credit."""
        return self._row[0]

    @property
    def debit(self) -> ids.TransactionId:
        """The id of the debit."""
        return self._row[1]

    @property
    def currency(self) -> str:
        """The currency of both."""
        return self._row[2]

    @property
    def amount_minor(self) -> int:
        """What is settled, in minor units."""
        return self._row[3]

    @property
    def on(self) -> date:
        """The day it counts from."""
        return self._row[4]

    @property
    def policy(self) -> str:
        """What made it."""
        return self._row[5]

    @property
    def version(self) -> int:
        """The version of the account that it made."""
        return self._row[6]

    @property
    def realized_minor(self) -> int:
        """Gain or loss in minor units of the base currency."""
        return self._row[7]

    @property
    def base_currency(self) -> str | None:
        """The base currency, where it is another one."""
        return self._row[8]

    @property
    def why(self) -> Raw:
        """The step that tells of it, as figures."""
        return self._row[9]

    def __eq__(self, other: object) -> bool:
        return self._row[:9] == other._row[:9] if isinstance(other, Allocation) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._row[:9])

    @property
    def amount(self) -> Money:
        """What is settled."""
        return money.from_minor(self.amount_minor, self.currency)

    @property
    def realized(self) -> Money | None:
        """Gain or loss in the base currency; ``None`` where there is one currency only."""
        return None if self.base_currency is None else money.from_minor(self.realized_minor, self.base_currency)

    def __str__(self) -> str:
        return f"{self.credit} -> {self.debit} {money.minor_text(self.amount_minor, self.currency)}"

    @property
    def trail(self) -> Trail:
        """The rule that made it."""
        return trail.of([self.why] if self.why else [])

    def explain(self) -> str:
        """Say which credit met which debit, and why."""
        return "\n  ".join([f"{self}, from {self.on}", *trail.lines([self.why] if self.why else [])])


def _says_released(credit: str, debit: str, reason: str, currency: str, minor: int) -> str:
    return f"{money.minor_text(minor, currency)} of {credit} leaves {debit}: {reason}"


RELEASED = trail.Rule(
    name="allocation.released", version=1, fields=("credit", "debit", "reason", "currency", "minor"), says=_says_released
)


@final
@attrs.frozen(init=False, repr=False)
class Release:
    """
    So much taken off a debit again, and why.

    Args:
        amount: Positive.

        on: The day it counts from: never before the allocation it undoes.

        reason: ``cancellation``, ``displaced``, ``by-hand``, ``refund``, ...

        policy: What had made the row that is undone.
    """

    credit: ids.TransactionId
    debit: ids.TransactionId
    currency: str
    amount_minor: int
    on: date
    reason: str
    policy: str
    version: int

    def __init__(self, *, credit: str, debit: str, amount: Money, on: date, reason: str, policy: str, version: int = 0) -> None:
        minor = money.to_minor(amount)
        if minor <= 0:
            raise money.InvalidAmount(f"amount is {money.text(amount)}", "A release is of a positive amount.")
        self.__attrs_init__(
            ids.TransactionId(ids.checked(credit, name="credit")),
            ids.TransactionId(ids.checked(debit, name="debit")),
            money.currency_of(amount),
            minor,
            periods.civil_date(on),
            ids.text(reason, name="reason"),
            _made_by(policy),
            _whole(version, "version"),
        )

    __repr__ = _front.shown("credit", "debit", "amount", "on", "reason")

    @property
    def amount(self) -> Money:
        """What is taken off."""
        return money.from_minor(self.amount_minor, self.currency)

    def __str__(self) -> str:
        return _says_released(self.credit, self.debit, self.reason, self.currency, self.amount_minor)

    def _why(self) -> Raw:
        return (RELEASED, self.credit, self.debit, self.reason, self.currency, self.amount_minor)

    @property
    def trail(self) -> Trail:
        """The one step."""
        return trail.of([self._why()])

    def explain(self) -> str:
        """Say what was taken back of what, from which day, and what had made it."""
        return f"{self.policy}, taken back on {self.on}\n  {trail.lines([self._why()])[0]}"
