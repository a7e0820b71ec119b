"""The records: a draft, and what was posted for good."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple, final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money, periods, trail
from ledgerkit.errors import InvalidArgument, choice
from ledgerkit.ids import AccountId, TransactionId
from ledgerkit.terms import Terms
from ledgerkit.transactions import _gate, _totals
from ledgerkit.transactions._kinds import SIDES, Kind, Portion, Side, State
from ledgerkit.transactions._line import Line, TotalsDiffer, of_amount

_NOTES = 'Pass notes=[transactions.Note(text="...", by="ann", at=...)].'
_TERMS = "Pass terms=terms.net(30)."
_DRAFT_KINDS = (Kind.INVOICE, Kind.DEBIT_NOTE, Kind.CREDIT_NOTE, Kind.PAYMENT, Kind.REFUND)
_DRAFT_STATES = (State.DRAFT, State.REJECTED)
_POSTED_STATES = (State.POSTED, State.CANCELLED)


def _note_text(value: str) -> str:
    return ids.text(value, name="note")


def _note_by(value: str) -> str:
    return ids.checked(value, name="by")


def _note_at(value: datetime) -> datetime:
    return periods.instant(value)


@final
@attrs.frozen(kw_only=True)
class Note:
    """
    What somebody wrote on a document: the text, who, and at which instant.

    >>> from datetime import datetime, timezone
    >>> print(Note(text="customer called", by="ann", at=datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)))
    2026-03-01 09:30:00+00:00 ann: customer called
    """

    text: str = attrs.field(converter=_note_text)
    by: str = attrs.field(converter=_note_by)
    at: datetime = attrs.field(converter=_note_at)

    def __str__(self) -> str:
        return f"{self.at} {self.by}: {self.text}"


class Parts(NamedTuple):
    """The figures of a document that has lines; a plain amount has none."""

    lines: tuple[Line, ...]
    net_minor: int
    tax_minor: int
    net_by_product: tuple[tuple[str | None, int], ...]
    tax_by_id: tuple[tuple[str, int], ...]


class More(NamedTuple):
    """What few documents say; those that say nothing of it share :data:`ORDINARY`, which keeps a document small."""

    type: str | None
    against: tuple[TransactionId, ...]
    payment: TransactionId | None
    terms: Terms | None
    issued_on: date | None
    method: str | None
    reason: str | None
    external_code: str | None
    priority: int
    expires_on: date | None
    notes: tuple[Note, ...]
    carried_minor: int
    portion: Portion


ORDINARY = More(None, (), None, None, None, None, None, None, 0, None, (), 0, Portion.PRINCIPAL)


class Book(NamedTuple):
    """What a transaction is carried at in another currency, and what it cancels."""

    base_minor: int | None
    base_currency: str | None
    cancels: TransactionId | None


def parts_of(figures: _totals.Figures) -> Parts | None:
    """Return the figures of lines; none of a plain amount."""
    _currency, lines, net, tax, _total, net_by_product, tax_by_id = figures
    return None if lines is None else Parts(lines, net, tax, net_by_product, tax_by_id)


def book_of(base_minor: int | None, base_currency: str | None, cancels: TransactionId | None) -> Book | None:
    """Return what a transaction says of its books, if it says anything."""
    return None if base_minor is None and cancels is None else Book(base_minor, base_currency, cancels)


def more_of(*said: Any) -> More:
    """Return what is said beyond the figures, in the order of the fields."""
    return ORDINARY if said == ORDINARY else More._make(said)


class _Figures:
    """What a draft and a transaction answer alike."""

    __slots__ = ()
    id: TransactionId
    kind: Kind
    currency: str
    total_minor: int
    _parts: Parts | None
    _more: More
    _why: tuple[trail.Raw, ...]

    @property
    def net_minor(self) -> int:
        """The amount without taxes, in minor units."""
        return self.total_minor if self._parts is None else self._parts.net_minor

    @property
    def tax_minor(self) -> int:
        """The sum of the taxes, in minor units."""
        return 0 if self._parts is None else self._parts.tax_minor

    @property
    def net_by_product(self) -> tuple[tuple[str | None, int], ...]:
        """Net by product line, in minor units."""
        return ((None, self.total_minor),) if self._parts is None else self._parts.net_by_product

    @property
    def tax_by_id(self) -> tuple[tuple[str, int], ...]:
        """Tax by its id, in minor units."""
        return () if self._parts is None else self._parts.tax_by_id

    @property
    def type(self) -> str | None:
        """The id of the host's document type."""
        return self._more.type

    @property
    def against(self) -> tuple[TransactionId, ...]:
        """The documents it names."""
        return self._more.against

    @property
    def payment(self) -> TransactionId | None:
        """The payment that a refund names."""
        return self._more.payment

    @property
    def terms(self) -> Terms | None:
        """When it falls due, counted from posting."""
        return self._more.terms

    @property
    def issued_on(self) -> date | None:
        """The day it was written, if it matters apart from posting."""
        return self._more.issued_on

    @property
    def method(self) -> str | None:
        """How money came or went, in the host's word."""
        return self._more.method

    @property
    def reason(self) -> str | None:
        """Why, in the user's words."""
        return self._more.reason

    @property
    def external_code(self) -> str | None:
        """The host's other code."""
        return self._more.external_code

    @property
    def priority(self) -> int:
        """Credits of a lower number are spent first."""
        return self._more.priority

    @property
    def expires_on(self) -> date | None:
        """What is unspent on that day is taken back."""
        return self._more.expires_on

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was noted on it, in order."""
        return self._more.notes

    @property
    def carried_minor(self) -> int:
        """What a negative invoice hands on to the next one, in minor units."""
        return self._more.carried_minor

    @property
    def portion(self) -> Portion:
        """What a debit is made of."""
        return self._more.portion

    @property
    def net(self) -> Money:
        """The amount without taxes."""
        return money.from_minor(self.net_minor, self.currency)

    @property
    def tax(self) -> Money:
        """The sum of the taxes."""
        return money.from_minor(self.tax_minor, self.currency)

    @property
    def total(self) -> Money:
        """The amount with taxes: what is owed or credited."""
        return money.from_minor(self.total_minor, self.currency)

    @property
    def carried(self) -> Money:
        """What a negative invoice hands on to the next one; zero for any other."""
        return money.from_minor(self.carried_minor, self.currency)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines it shows; their sum is the total. A document of a plain amount has one, made when looked at."""
        if self._parts is None:
            return (of_amount(self.kind.words, self.total_minor, self.currency),)
        return self._parts.lines

    @property
    def plain(self) -> bool:
        """Whether it is of a plain amount: its one line is made when looked at."""
        return self._parts is None

    @property
    def side(self) -> Side:
        """The side of the account it stands on."""
        return SIDES[self.kind]

    @property
    def trail(self) -> trail.Trail:
        """How the amounts came about: line by line, then the document."""
        steps = (step for one in self.lines for step in one.trail.steps)
        return trail.Trail(steps=(*steps, *trail.of(_totals.steps(self)).steps))

    def explain(self) -> str:
        """The same as text, to paste into a ticket."""
        return "\n".join([str(self), *(f"  {step}" for step in self.trail.steps)])

    def _headline(self) -> str:
        return f"{self.id}, {self.kind.words} of {money.minor_text(self.total_minor, self.currency)}"


@final
@attrs.frozen(init=False, repr=False)
class Draft(_Figures):
    """
    A document that is not posted: it has an id, no number and no due date of its own.

    Made by :func:`invoice`, :func:`debit_note`, :func:`credit_note`, :func:`payment` and :func:`refund`; this constructor takes
    stored columns and :class:`Line` values, as that of :class:`Transaction` does. Without an account it takes the one it is
    posted to.

    Raises:
        TotalsDiffer: *total* is not the sum of the lines.
        CurrencyMismatch: Two currencies.
        NegativeTotal: The total is below zero.
        InvalidArgument: *kind* or *state* is one that no draft has.

    Source:
        docs/rules/transactions.md, rules T-1 to T-6.
    """

    id: TransactionId
    kind: Kind
    account: AccountId | None
    currency: str
    total_minor: int
    state: State
    due_on: date | None
    _parts: Parts | None
    _more: More
    _why: tuple[trail.Raw, ...] = attrs.field(eq=False)

    def __init__(
        self,
        *,
        id: str,
        kind: Kind | str,
        total: Money | None = None,
        lines: Iterable[Line] | None = None,
        account: str | None = None,
        state: State | str = State.DRAFT,
        type: str | None = None,
        against: Iterable[str] = (),
        payment: str | None = None,
        terms: Terms | None = None,
        due_on: date | None = None,
        issued_on: date | None = None,
        method: str | None = None,
        reason: str | None = None,
        external_code: str | None = None,
        priority: int = 0,
        expires_on: date | None = None,
        notes: Iterable[Note] = (),
        carried: Money | None = None,
        portion: Portion | str = Portion.PRINCIPAL,
    ) -> None:
        owner = None if account is None else AccountId(ids.checked(account, name="account"))
        columns = _columns(
            id=id, kind=kind, total=total, lines=lines, state=state, type=type, against=against, payment=payment, terms=terms,
            due_on=due_on, issued_on=issued_on, method=method, reason=reason, external_code=external_code,
            priority=priority, expires_on=expires_on, notes=notes, carried=carried, portion=portion,
            account=owner, states=_DRAFT_STATES,
        )  # fmt: skip
        if columns[1] not in _DRAFT_KINDS:
            raise InvalidArgument(
                f"no draft is of kind {columns[1].words}", "Post what it undoes, and cancel or write that off."
            )
        self.__attrs_init__(*columns)

    def __str__(self) -> str:
        return f"{self._headline()}, {self.state}"

    __repr__ = _front.shown("id", "kind", "total", "state")


@final
@attrs.frozen(init=False, repr=False, weakref_slot=False)
class Transaction(_Figures):
    """
    A document posted for good: numbered, dated, due. Only its state and its notes ever change, in a new value.

    Posting makes it; this constructor takes stored columns and :class:`Line` values, rows of tables.

    Args:
        total: The amount with taxes, as it was stored. May be left out when there are lines; a document of a plain amount has none.

        lines: Its lines in order; their sum has to be *total*.

        number: Given at posting, gapless in its series.

        against: The documents a credit is meant for.

        cancels: The document that a cancellation or a write-off points to.

        payment: The payment that a refund names.

        base_amount: What it is carried at in the currency of the books, if that is another one.

        carried: What a negative invoice handed on to the next one.

        portion: What a debit is made of: principal, interest or costs.

    Raises:
        TotalsDiffer: *total* is not the sum of the lines.
        CurrencyMismatch: Two currencies.
        NegativeTotal: The total is below zero.

    Source:
        docs/rules/transactions.md, rules T-1 and T-2.
    """

    id: TransactionId
    kind: Kind
    account: AccountId
    currency: str
    total_minor: int
    state: State
    due_on: date | None
    _parts: Parts | None
    _more: More
    _why: tuple[trail.Raw, ...] = attrs.field(eq=False)
    number: str
    posted_on: date
    _book: Book | None

    def __init__(
        self,
        *,
        id: str,
        kind: Kind | str,
        account: str,
        number: str,
        posted_on: date,
        total: Money | None = None,
        lines: Iterable[Line] | None = None,
        state: State | str = State.POSTED,
        type: str | None = None,
        against: Iterable[str] = (),
        payment: str | None = None,
        terms: Terms | None = None,
        due_on: date | None = None,
        issued_on: date | None = None,
        method: str | None = None,
        reason: str | None = None,
        external_code: str | None = None,
        priority: int = 0,
        expires_on: date | None = None,
        notes: Iterable[Note] = (),
        carried: Money | None = None,
        portion: Portion | str = Portion.PRINCIPAL,
        base_amount: Money | None = None,
        cancels: str | None = None,
    ) -> None:
        columns = _columns(
            id=id, kind=kind, total=total, lines=lines, state=state, type=type, against=against, payment=payment, terms=terms,
            due_on=due_on, issued_on=issued_on, method=method, reason=reason, external_code=external_code,
            priority=priority, expires_on=expires_on, notes=notes, carried=carried, portion=portion,
            account=AccountId(ids.checked(account, name="account")), states=_POSTED_STATES,
        )  # fmt: skip
        taken, day = ids.checked(number, name="number"), periods.civil_date(posted_on, name="posted_on")
        minor = None if base_amount is None else money.to_minor(base_amount, name="base_amount")
        base = None if base_amount is None else money.currency_of(base_amount)
        own_columns: tuple[Any, ...] = (taken, day, book_of(minor, base, _gate.reference(cancels, columns[0], "cancels")))
        self.__attrs_init__(*columns, *own_columns)

    @property
    def base_minor(self) -> int | None:
        """What it is carried at in the currency of the books, in minor units, if that is said."""
        return None if self._book is None else self._book.base_minor

    @property
    def base_currency(self) -> str | None:
        """The currency of the books, if it is said."""
        return None if self._book is None else self._book.base_currency

    @property
    def cancels(self) -> TransactionId | None:
        """The document that a cancellation or a write-off points to."""
        return None if self._book is None else self._book.cancels

    @property
    def base_amount(self) -> Money | None:
        """What it is carried at in the currency of the books, if that is another one."""
        if self.base_minor is None or self.base_currency is None:
            return None
        return money.from_minor(self.base_minor, self.base_currency)

    def __str__(self) -> str:
        due = "" if self.due_on is None else f", due on {self.due_on}"
        state = "" if self.state is State.POSTED else f", {self.state}"
        return f"{self._headline()}, posted on {self.posted_on}{due}{state}"

    __repr__ = _front.shown("id", "number", "kind", "total", "posted_on", "state")


def checked_notes(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Return a host's notes."""
    return _gate.records(notes, Note, "notes", _NOTES)


def _columns(
    *,
    id: Any,
    kind: Any,
    total: Any,
    lines: Any,
    state: Any,
    type: Any,
    account: Any,
    against: Any,
    payment: Any,
    terms: Any,
    due_on: Any,
    issued_on: Any,
    method: Any,
    reason: Any,
    external_code: Any,
    priority: Any,
    expires_on: Any,
    notes: Any,
    carried: Any,
    portion: Any,
    states: tuple[State, ...],
) -> tuple[Any, ...]:
    """Return what a draft and a transaction have in common, checked, in the order of their fields."""
    own, sort = TransactionId(ids.checked(id)), choice(kind, Kind, name="kind")
    figures = _totals.not_negative(own, _stored_figures(sort, total, lines))
    more = more_of(
        _gate.optional_id(type, "type"), _gate.references(against, own, "against"), _gate.reference(payment, own, "payment"),
        None if terms is None else _gate.record(terms, Terms, "terms", _TERMS), _gate.optional_date(issued_on, "issued_on"),
        _gate.optional_id(method, "method"), _gate.optional_text(reason, "reason"),
        _gate.optional_id(external_code, "external_code"), _gate.whole(priority, "priority"),
        _gate.optional_date(expires_on, "expires_on"), checked_notes(notes),
        0 if carried is None else _stored_carried(carried, figures), choice(portion, Portion, name="portion"),
    )  # fmt: skip
    return (
        own, sort, account, figures[_totals.CURRENCY], figures[_totals.TOTAL], _stored_state(state, states),
        _gate.optional_date(due_on, "due_on"), parts_of(figures), more, (),
    )  # fmt: skip


def _stored_state(value: Any, states: tuple[State, ...]) -> State:
    state = choice(value, State, name="state")
    if state in states:
        return state
    raise InvalidArgument(f"state is {state}, which is not stored here", f"Pass one of {', '.join(states)}.")


def _stored_figures(kind: Kind, total: Money | None, lines: Iterable[Line] | None) -> _totals.Figures:
    """Return the figures of a stored document; a single plain line is the plain amount it came from."""
    if lines is None:
        if total is None:
            raise TotalsDiffer("a document has neither total nor lines", "Pass the stored total, or its lines.")
        return _totals.of_amount(money.to_minor(total, name="total"), money.currency_of(total))
    found = _gate.records(lines, Line, "lines", "Pass lines=[transactions.Line(...)].")
    currency = None if total is None else money.currency_of(total)
    figures = _totals.summed(found, currency)
    if total is not None and figures[_totals.TOTAL] != money.to_minor(total, name="total"):
        shown = money.minor_text(figures[_totals.TOTAL], figures[_totals.CURRENCY])
        raise TotalsDiffer(f"total is {money.text(total)}, and the lines sum to {shown}", "Correct one of them.")
    if found == (of_amount(kind.words, figures[_totals.TOTAL], figures[_totals.CURRENCY]),):
        return _totals.of_amount(figures[_totals.TOTAL], figures[_totals.CURRENCY])
    return figures


def _stored_carried(carried: Money, figures: _totals.Figures) -> int:
    minor = money.to_minor(carried, currency=figures[_totals.CURRENCY], name="carried")
    lines = figures[_totals.LINES]
    if minor and (not lines or lines[-1].gross_minor != minor):
        problem = f"carried is {money.text(carried)}, and the last line does not say so"
        raise TotalsDiffer(problem, "Pass the lines as they were stored, the one that is carried forward last.")
    return minor
