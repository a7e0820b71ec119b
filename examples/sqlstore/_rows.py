"""Values as rows: what each record puts into which table."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Table

from ledgerkit import allocation, events, journal, ports, receivables, terms, transactions
from ledgerkit.terms import Terms
from sqlstore import _schema as tables

Row = dict[str, Any]
Rows = defaultdict[Table, list[Row]]


_LARGEST = 10**18


def settings(account: receivables.Account) -> Row:
    """Return the columns of an account besides its id."""
    profile, policy = account.profile, account.policy
    first, second, third = policy.portions
    return {
        "currency": account.currency,
        "version": account.version,
        "state": account.state.value,
        "policy": policy.name,
        "policy_order": policy.order.value,
        "policy_named_first": policy.named_first,
        "policy_first_portion": first.value,
        "policy_second_portion": second.value,
        "policy_third_portion": third.value,
        "credit_limit_minor": profile.credit_limit_minor,
        "locked_through": account.locked_through,
        "unallocated": profile.unallocated.value,
        "base_currency": profile.base_currency,
        "terms": terms_id(profile.terms),
    }


def add_transaction(rows: Rows, document: transactions.Transaction, version: int, place: int) -> None:
    """Add a new document, in the order of arrival that *version* and *place* give."""
    if document.total_minor > _LARGEST:
        shown = len(str(document.total_minor))
        raise ports.StoreFailed(
            f"{document.id} is of {shown} digits, and a column holds 18", "Check where the amount comes from."
        )
    rows[tables.transactions].append(
        {
            "id": document.id,
            "account": document.account,
            "version": version,
            "place": place,
            "number": document.number,
            "kind": document.kind.value,
            "state": document.state.value,
            "type": document.type,
            "currency": document.currency,
            "plain": document.plain,
            "net_minor": document.net_minor,
            "tax_minor": document.tax_minor,
            "total_minor": document.total_minor,
            "carried_minor": document.carried_minor,
            "posted_on": document.posted_on,
            "due_on": document.due_on,
            "issued_on": document.issued_on,
            "expires_on": document.expires_on,
            "priority": document.priority,
            "method": document.method,
            "reason": document.reason,
            "external_code": document.external_code,
            "payment": document.payment,
            "cancels": document.cancels,
            "portion": document.portion.value,
            "base_minor": document.base_minor,
            "base_currency": document.base_currency,
            "terms": terms_id(document.terms),
        }
    )
    for at, name in enumerate(document.against):
        rows[tables.named].append({"transaction": document.id, "place": at, "against": name})
    add_notes(rows, document)
    if not document.plain:
        for at, line in enumerate(document.lines):
            _add_line(rows, document.id, at, line)


def add_notes(rows: Rows, document: transactions.Transaction, known: int = 0) -> None:
    """Add the notes of a document that come after the first *known* of them."""
    for at, note in enumerate(document.notes[known:], known):
        said = {"text": note.text, "by": note.by, "at": note.at.isoformat()}
        rows[tables.notes].append({"transaction": document.id, "place": at, **said})


def _add_line(rows: Rows, document: str, place: int, line: transactions.Line) -> None:
    price, period, increment = line.unit_price, line.period, line.rounding.increment
    rows[tables.lines].append(
        {
            "transaction": document,
            "place": place,
            "text": line.text,
            "kind": line.kind.value,
            "quantity_num": line.quantity.numerator,
            "quantity_den": line.quantity.denominator,
            "price_num": None if price is None else price.numerator,
            "price_den": None if price is None else price.denominator,
            "net_minor": line.net_minor,
            "tax_minor": line.tax_minor,
            "period_start": None if period is None else period.start,
            "period_end": None if period is None else period.end,
            "product": line.product,
            "source": line.source,
            "rounding": line.rounding.mode,
            "increment": None if increment is None else str(increment),
        }
    )
    for at, discount in enumerate(line.discounts):
        share = discount.percent
        rows[tables.line_discounts].append(
            {
                "transaction": document,
                "place": place,
                "at": at,
                "share_num": None if share is None else share.numerator,
                "share_den": None if share is None else share.denominator,
                "amount_minor": discount.amount_minor,
                "currency": discount.currency,
            }
        )
    for at, (tax, minor) in enumerate(zip(line.taxes, line.tax_minors, strict=True)):
        rows[tables.line_taxes].append(
            {
                "transaction": document,
                "place": place,
                "at": at,
                "tax": tax.id,
                "rate_num": tax.rate_num,
                "rate_den": tax.rate_den,
                "inclusive": tax.inclusive,
                "minor": minor,
                "answered_minor": tax.amount_minor,
                "answered_currency": tax.currency,
            }
        )
        for detail, (name, value) in enumerate(tax.details.items()):
            key = {"transaction": document, "place": place, "at": at, "detail": detail}
            rows[tables.line_tax_details].append({**key, "name": name, "value": value})


def add_record(rows: Rows, record: ports.Record, place: int) -> None:
    """Add a record that is no document."""
    if isinstance(record, allocation.Allocation):
        rows[tables.allocations].append(
            {
                "credit": record.credit,
                "version": record.version,
                "place": place,
                "debit": record.debit,
                "minor": record.amount_minor,
                "on": record.on,
                "policy": record.policy,
                "realized_minor": record.realized_minor,
                "base_currency": record.base_currency,
            }
        )
    elif isinstance(record, allocation.Release):
        rows[tables.releases].append(
            {
                "credit": record.credit,
                "version": record.version,
                "place": place,
                "debit": record.debit,
                "minor": record.amount_minor,
                "on": record.on,
                "reason": record.reason,
                "policy": record.policy,
            }
        )
    elif isinstance(record, ports.Hold):
        rows[tables.holds].append({"item": record.item, "version": record.version, "held": record.held, "on": record.on})
    elif isinstance(record, ports.Rejection):
        draft = record.draft
        rows[tables.rejections].append(
            {
                "account": record.account,
                "version": record.version,
                "on": record.on,
                "draft": draft.id,
                "kind": draft.kind.value,
                "currency": draft.currency,
                "total_minor": draft.total_minor,
                "reason": draft.reason,
            }
        )


def add_entries(rows: Rows, entries: Iterable[journal.Entry]) -> None:
    """Add journal entries and their postings."""
    for entry in entries:
        rows[tables.entries].append(
            {"id": entry.id, "on": entry.on, "source": entry.source, "reverses": entry.reverses}
        )  # fmt: skip
        for place, (role, minor, currency, account, code) in enumerate(entry.sides):
            side = {"role": role, "minor": minor, "currency": currency, "account": account, "code": code}
            rows[tables.postings].append({"entry": entry.id, "place": place, **side})


def add_events(rows: Rows, happened: Iterable[events.Event]) -> None:
    """Add events and their figures."""
    for event in happened:
        at = None if event.at is None else event.at.isoformat()
        named = {"name": event.name, "on": event.on, "at": at, "subject": event.subject}
        rows[tables.events].append({"id": event.id, **named})
        for place, (name, value) in enumerate(event.data.items()):
            rows[tables.event_figures].append({"event": event.id, "place": place, "name": name, "value": str(value)})


# ------------------------------------------------------------------------------------------------------------------- terms


def terms_id(wanted: Terms | None) -> str | None:
    """Return the digest that a rule of terms is kept under: equal rules have the same."""
    if wanted is None:
        return None
    early = wanted.early
    said = None if early is None else (early.rate, early.within_days, early.basis.value)
    figures = [(kind, tuple(_plain(values))) for kind, values in wanted.steps]
    every = (figures, wanted.minus, wanted.plus, wanted.default.value, wanted.own_days, wanted.own_months, said)
    return hashlib.sha256(repr(every).encode()).hexdigest()


def _plain(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        yield tuple(_plain(value)) if isinstance(value, tuple) else value


def add_terms(rows: Rows, wanted: Terms) -> None:
    """Add a rule of terms, step by step."""
    key, early = terms_id(wanted), wanted.early
    rows[tables.terms].append(
        {
            "id": key,
            "minus": wanted.minus,
            "plus": wanted.plus,
            "default": wanted.default.value,
            "own_days": wanted.own_days,
            "own_months": wanted.own_months,
            "early_num": None if early is None else early.rate.numerator,
            "early_den": None if early is None else early.rate.denominator,
            "early_within_days": None if early is None else early.within_days,
            "early_basis": None if early is None else early.basis.value,
        }
    )
    for place, step in enumerate(wanted.steps):
        _add_step(rows, {"terms": key, "place": place, "band": -1, "inner": -1}, step)
        if step.kind == "bands":
            for band, (first, last, inside) in enumerate(step.figures):
                where = {"terms": key, "place": place, "band": band}
                _add_step(rows, {**where, "inner": -1}, terms.Step("band", (first, last)))
                for inner, one in enumerate(inside):
                    _add_step(rows, {**where, "inner": inner}, one)


def _add_step(rows: Rows, where: Row, step: terms.Step) -> None:
    rows[tables.term_steps].append({**where, "kind": step.kind})
    if step.kind != "bands":
        rows[tables.term_figures].extend({**where, "at": at, "figure": figure} for at, figure in enumerate(step.figures))
