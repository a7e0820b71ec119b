"""The documents a host makes: an id, and what it is for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from moneyed import Money

from ledgerkit import _front, ids, money, periods, states, trail
from ledgerkit.charges import Charge
from ledgerkit.errors import InvalidArgument, choice
from ledgerkit.terms import Terms
from ledgerkit.transactions import _gate, _line, _negative, _tax, _totals
from ledgerkit.transactions._gate import NOTHING
from ledgerkit.transactions._kinds import LIFECYCLE, Action, Kind, LineKind, Negative, Portion, State, Totals
from ledgerkit.transactions._line import Line
from ledgerkit.transactions._tax import Tax
from ledgerkit.transactions._types import _TERMS, Draft, More, Note, checked_notes, more_of, parts_of

_WHAT = "Pass an amount, or a list of transactions.line(...) and charges."


def invoice(
    id: str,
    what: Money | Iterable[Line | Charge],
    /,
    *,
    account: str | None = None,
    terms: Terms | None = None,
    due_on: date | None = None,
    taxes: Iterable[Tax] = (),
    issued_on: date | None = None,
    external_code: str | None = None,
    type: str | None = None,
    reason: str | None = None,
    currency: str | None = None,
    totals: Totals | str = Totals.PER_LINE,
    negative: Negative | str = Negative.CREDIT_NOTE,
    notes: Iterable[Note] = (),
) -> Draft:
    """
    Draft an invoice; with a total below zero it becomes a credit note.

    Args:
        id: The host's id of the document.

        what: An amount, which makes one line; or lines and charges.

        account: Left out, it is the one the draft is posted to.

        terms: When it falls due, counted from posting.

        due_on: Typed by a person; posting judges it against the window of the terms.

        taxes: Put on every line and charge that has no taxes of its own, and on a plain amount.

        issued_on: The day it was written, if it matters apart from posting.

        external_code: The host's other code.

        type: The id of one of the host's document types.

        reason: Why it is issued.

        currency: Needed when there are no lines.

        totals: Round on each line, or once for the document; the difference is then a line of its own.

        negative: What becomes of a total below zero: a credit note, an invoice of zero that carries it forward, or an error.

        notes: What was noted on it so far.

    Raises:
        CurrencyMismatch: Two currencies, or none.
        NegativeTotal: The total is below zero and *negative* is ``REFUSE``.

    Source:
        docs/rules/lines-and-totals.md, rules L-4 and L-5; docs/rules/transactions.md, rule T-5.

    >>> print(invoice("INV-7", money.of("120.00 EUR"), account="ACME"))
    INV-7, invoice of 120.00 EUR, draft
    """
    own: Any = ids.checked(id)
    owner: Any = None if account is None else ids.checked(account, name="account")
    kind, carried = Kind.INVOICE, 0
    figures = _figures(kind, what, taxes, totals, currency)
    why: tuple[trail.Raw, ...] = ()
    if figures[_totals.TOTAL] < 0:
        kind, figures, why, carried = _negative.resolved(own, figures, negative)
    more = more_of(
        None if type is None else ids.checked(type, name="type"), (), None,
        None if terms is None else _gate.record(terms, Terms, "terms", _TERMS),
        None if issued_on is None else periods.civil_date(issued_on, name="issued_on"), None,
        None if reason is None else ids.text(reason, name="reason"),
        None if external_code is None else ids.checked(external_code, name="external_code"),
        0, None, () if notes is NOTHING else checked_notes(notes), carried, Portion.PRINCIPAL,
    )  # fmt: skip
    due = None if due_on is None else periods.civil_date(due_on, name="due_on")
    return _drafted(own, kind, owner, figures, due, more, why)


def debit_note(
    id: str,
    what: Money | Iterable[Line | Charge],
    /,
    *,
    account: str | None = None,
    against: Iterable[str] = (),
    terms: Terms | None = None,
    due_on: date | None = None,
    taxes: Iterable[Tax] = (),
    issued_on: date | None = None,
    external_code: str | None = None,
    type: str | None = None,
    reason: str | None = None,
    currency: str | None = None,
    portion: Portion | str = Portion.PRINCIPAL,
    totals: Totals | str = Totals.PER_LINE,
    notes: Iterable[Note] = (),
) -> Draft:
    """
    Draft a debit note: something owed that is no sale, or a credit note taken back.

    Args:
        id: The host's id of the document.

        what: An amount, or lines and charges.

        account: Left out, it is the one the draft is posted to.

        against: The credit notes it undoes.

        terms: When it falls due, counted from posting.

        due_on: Typed by a person; posting judges it against the window of the terms.

        taxes: Put on every line and charge that has no taxes of its own, and on a plain amount.

        issued_on: The day it was written, if it matters apart from posting.

        external_code: The host's other code.

        type: The id of one of the host's document types.

        reason: Why it is issued.

        currency: Needed when there are no lines.

        portion: What it is made of, for a statutory order of settlement: principal, interest or costs.

        totals: Round on each line, or once for the document.

        notes: What was noted on it so far.

    Raises:
        NegativeTotal: The total is below zero.
        CyclicReference: It names itself.

    Source:
        docs/rules/transactions.md, rules T-1 and T-4.

    >>> print(debit_note("DN-1", money.of("15.00 EUR"), reason="returned cheque"))
    DN-1, debit note of 15.00 EUR, draft
    """
    figures = _totals.not_negative(ids.checked(id), _figures(Kind.DEBIT_NOTE, what, taxes, totals, currency))
    return _draft(
        id, Kind.DEBIT_NOTE, figures, account=account, against=against, terms=terms, due_on=due_on, issued_on=issued_on,
        external_code=external_code, type=type, reason=reason, notes=notes, portion=portion,
    )  # fmt: skip


def credit_note(
    id: str,
    what: Money | Iterable[Line | Charge],
    /,
    *,
    account: str | None = None,
    against: Iterable[str] = (),
    reason: str | None = None,
    taxes: Iterable[Tax] = (),
    issued_on: date | None = None,
    external_code: str | None = None,
    type: str | None = None,
    priority: int = 0,
    expires_on: date | None = None,
    currency: str | None = None,
    totals: Totals | str = Totals.PER_LINE,
    notes: Iterable[Note] = (),
) -> Draft:
    """
    Draft a credit note: the customer owes so much less.

    Args:
        id: The host's id of the document.

        what: A positive amount, or lines and charges whose sum is not negative.

        account: Left out, it is the one the draft is posted to.

        against: The invoices it is meant for.

        reason: Why, in the user's words.

        taxes: Put on every line and charge that has no taxes of its own, and on a plain amount.

        issued_on: The day it was written, if it matters apart from posting.

        external_code: The host's other code.

        type: The id of one of the host's document types.

        priority: Credits of a lower number are spent first.

        expires_on: What is unspent on that day is taken back.

        currency: Needed when there are no lines.

        totals: Round on each line, or once for the document.

        notes: What was noted on it so far.

    Raises:
        NegativeTotal: The total is below zero.
        CyclicReference: It names itself.
        DuplicateId: It names an invoice twice.

    Source:
        docs/rules/transactions.md, rules T-1 and T-4.

    >>> print(credit_note("CN-1", money.of("90.00 EUR"), against=["INV-7"]))
    CN-1, credit note of 90.00 EUR, draft
    """
    figures = _totals.not_negative(ids.checked(id), _figures(Kind.CREDIT_NOTE, what, taxes, totals, currency))
    return _draft(
        id, Kind.CREDIT_NOTE, figures, account=account, against=against, issued_on=issued_on, reason=reason,
        external_code=external_code, type=type, priority=priority, expires_on=expires_on, notes=notes,
    )  # fmt: skip


def payment(
    id: str,
    amount: Money,
    /,
    *,
    method: str,
    account: str | None = None,
    against: Iterable[str] = (),
    external_code: str | None = None,
    issued_on: date | None = None,
    type: str | None = None,
    reason: str | None = None,
    priority: int = 0,
    expires_on: date | None = None,
    notes: Iterable[Note] = (),
) -> Draft:
    """
    Draft a payment: money received.

    Args:
        id: The host's id of the document.

        amount: What was received, not negative.

        method: How it was paid, in the host's word: ``card``, ``wire``.

        account: Left out, it is the one the draft is posted to.

        against: The invoices it is meant for.

        external_code: The bank's or the processor's reference.

        issued_on: The day the money was sent, if it matters apart from posting.

        type: The id of one of the host's document types.

        reason: Why, if the host keeps that of payments.

        priority: Credits of a lower number are spent first.

        expires_on: What is unspent on that day is taken back.

        notes: What was noted on it so far.

    Raises:
        NegativeTotal: *amount* is below zero.
        CyclicReference: It names itself.
        DuplicateId: It names an invoice twice.

    Source:
        docs/rules/transactions.md, rules T-1 and T-4.

    >>> print(payment("PAY-3", money.of("50.00 EUR"), method="card"))
    PAY-3, payment of 50.00 EUR, draft
    """
    return _draft(
        id, Kind.PAYMENT, _money_figures(id, amount), method=method, account=account, against=against,
        external_code=external_code, issued_on=issued_on, type=type, reason=reason, priority=priority,
        expires_on=expires_on, notes=notes,
    )  # fmt: skip


def refund(
    id: str,
    amount: Money,
    /,
    *,
    method: str,
    reason: str,
    payment: str | None = None,
    account: str | None = None,
    external_code: str | None = None,
    issued_on: date | None = None,
    type: str | None = None,
    notes: Iterable[Note] = (),
) -> Draft:
    """
    Draft a refund: money given back.

    Args:
        id: The host's id of the document.

        amount: What is given back, not negative.

        method: How, in the host's word.

        reason: Why, in the user's words.

        payment: The payment it is taken from.

        account: Left out, it is the one the draft is posted to.

        external_code: The bank's or the processor's reference.

        issued_on: The day it was written, if it matters apart from posting.

        type: The id of one of the host's document types.

        notes: What was noted on it so far.

    Raises:
        NegativeTotal: *amount* is below zero.
        CyclicReference: It names itself.

    Source:
        docs/rules/transactions.md, rules T-1 and T-4.

    >>> print(refund("REF-1", money.of("20.00 EUR"), method="card", reason="charged twice", payment="PAY-3"))
    REF-1, refund of 20.00 EUR, draft
    """
    figures = _money_figures(id, amount)
    ids.text(reason, name="reason")
    return _draft(
        id, Kind.REFUND, figures, method=method, reason=reason, payment=payment, account=account,
        external_code=external_code, issued_on=issued_on, type=type, notes=notes,
    )  # fmt: skip


def _draft(
    id: Any,
    kind: Kind,
    figures: _totals.Figures,
    *,
    account: Any,
    type: Any,
    external_code: Any,
    issued_on: Any,
    reason: Any,
    notes: Any,
    against: Any = (),
    payment: Any = None,
    terms: Any = None,
    due_on: Any = None,
    method: Any = None,
    priority: Any = 0,
    expires_on: Any = None,
    portion: Any = Portion.PRINCIPAL,
) -> Draft:
    own: Any = ids.checked(id)
    owner: Any = None if account is None else ids.checked(account, name="account")
    more = more_of(
        None if type is None else ids.checked(type, name="type"),
        () if against is NOTHING else _gate.references(against, own, "against"),
        None if payment is None else _gate.reference(payment, own, "payment"),
        None if terms is None else _gate.record(terms, Terms, "terms", _TERMS),
        None if issued_on is None else periods.civil_date(issued_on, name="issued_on"),
        None if kind is not Kind.PAYMENT and kind is not Kind.REFUND else ids.checked(method, name="method"),
        None if reason is None else ids.text(reason, name="reason"),
        None if external_code is None else ids.checked(external_code, name="external_code"),
        _gate.whole(priority, "priority"),
        None if expires_on is None else periods.civil_date(expires_on, name="expires_on"),
        () if notes is NOTHING else checked_notes(notes), 0, choice(portion, Portion, name="portion"),
    )  # fmt: skip
    due = None if due_on is None else periods.civil_date(due_on, name="due_on")
    return _drafted(own, kind, owner, figures, due, more, ())


def _drafted(
    own: Any, kind: Kind, owner: Any, figures: _totals.Figures, due_on: date | None, more: More, why: tuple[trail.Raw, ...]
) -> Draft:
    draft = Draft.__new__(Draft)
    currency, total = figures[_totals.CURRENCY], figures[_totals.TOTAL]
    draft.__attrs_init__(own, kind, owner, currency, total, State.DRAFT, due_on, parts_of(figures), more, why)
    return draft


def rejected(draft: Draft, /, *, reason: str) -> Draft:
    """
    Return the draft as rejected; the reason is mandatory and takes the place of the reason of issue.

    Args:
        draft: What is not going to be posted.

        reason: Why, in the user's words.

    Raises:
        InvalidTransition: The draft is rejected already.
        InvalidArgument: The reason is empty.

    Source:
        docs/rules/transactions.md, rule T-2.

    >>> print(rejected(invoice("INV-7", money.of("120.00 EUR")), reason="entered twice"))
    INV-7, invoice of 120.00 EUR, rejected
    """
    _gate.record(draft, Draft, "draft", 'Pass what transactions.invoice("INV-7", ...) returned.')
    why = ids.text(reason, name="reason")
    if not why.strip():
        raise InvalidArgument("a rejection has no reason", 'Say why: reason="entered twice".')
    state = states.advance(LIFECYCLE, draft.state, Action.REJECT)
    return _gate.changed(draft, state=state, _more=draft._more._replace(reason=why))


# -------------------------------------------------------------------------------------------------------- what it is for


def _figures(kind: Kind, what: Any, taxes: Any, totals: Any, currency: Any) -> _totals.Figures:
    if isinstance(what, Money):
        return _amount_figures(kind, what, taxes, currency)
    applied = _tax.checked(taxes) if taxes is not NOTHING else ()
    found = _gate.listed(what, "what", _WHAT)
    lines = tuple(_as_line(one, place, applied) for place, one in enumerate(found))
    if totals is not Totals.PER_LINE and choice(totals, Totals, name="totals") is Totals.PER_DOCUMENT:
        lines += _totals.rounding_lines(lines)
    return _totals.summed(lines, None if currency is None else _known(currency))


def _known(currency: Any) -> str:
    code = ids.checked(currency, name="currency")
    money.exponent(code)
    return code


def _amount_figures(kind: Kind, what: Money, taxes: Any, currency: Any) -> _totals.Figures:
    code = money.currency_of(what)
    if currency is not None and _known(currency) != code:
        raise _gate.mismatch(currency, code, "the amount")
    minor = money.to_minor(what)
    if taxes is NOTHING:
        return _totals.of_amount(minor, code)
    sort = LineKind.CREDIT if minor < 0 else LineKind.SALE
    one = _line.of_amount(kind.words, minor, code, taxes=_tax.checked(taxes), kind=sort)
    return _totals.summed((one,) if one.taxes else (), code) if one.taxes else _totals.of_amount(minor, code)


def _money_figures(id: Any, amount: Money) -> _totals.Figures:
    minor = money.to_minor(amount)
    figures = _totals.of_amount(minor, money.currency_of(amount))
    return figures if minor >= 0 else _totals.not_negative(ids.checked(id), figures)


def _as_line(one: Any, place: int, taxes: tuple[Tax, ...]) -> Line:
    if type(one) is Line:
        return _line.with_taxes(one, taxes) if taxes else one
    if type(one) is Charge:
        return _line.of_charge(one, taxes)
    raise InvalidArgument(f"what[{place}] is {_front.a(one)}, where a line or a charge is needed", _WHAT)
