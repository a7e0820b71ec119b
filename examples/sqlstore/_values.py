"""Rows as values: what was stored, built again through the checked constructors."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from ledgerkit import allocation, ids, money, receivables, terms, transactions
from ledgerkit.periods import Period
from ledgerkit.pricing import Discount
from ledgerkit.terms import Terms
from ledgerkit.transactions import Line, Note, Tax, Transaction
from sqlstore import _schema as tables

Known = dict[str, Terms]


def account(connection: Connection, id: str, known: Known) -> receivables.Account:
    """Build an account from its whole history."""
    found = connection.execute(select(tables.accounts).where(tables.accounts.c.id == id)).one_or_none()
    if found is None:
        raise ids.UnknownReference(id, "the store", "Check the id, or make it with receivables.account(...).")
    currency = found.currency
    limit = found.credit_limit_minor
    portions = (found.policy_first_portion, found.policy_second_portion, found.policy_third_portion)
    return receivables.account(
        id,
        currency=currency,
        policy=_policy(found.policy, found.policy_order, found.policy_named_first, portions),
        transactions=_documents(connection, id, known),
        allocations=[_allocation(row, currency) for row in connection.execute(_rows_of(tables.allocations, id))],
        releases=[_release(row, currency) for row in connection.execute(_rows_of(tables.releases, id))],
        held=_held(connection, id),
        version=found.version,
        credit_limit=None if limit is None else money.from_minor(limit, currency),
        state=receivables.State(found.state),
        locked_through=found.locked_through,
        unallocated=receivables.Unallocated(found.unallocated),
        base_currency=found.base_currency,
        terms=_terms(connection, found.terms, known),
    )


def _policy(name: str, order: str, named_first: bool, portions: Iterable[str]) -> allocation.Policy:
    ranked = tuple(transactions.Portion(portion) for portion in portions)
    return allocation.Policy(name=name, order=allocation.Order(order), named_first=named_first, portions=ranked)


def _rows_of(table: Table, account: str) -> Select[Any]:
    """Select the allocations or releases of an account, in their order: the account is that of their credit."""
    joined = table.join(tables.transactions, tables.transactions.c.id == table.c.credit)
    found = select(table).select_from(joined).where(tables.transactions.c.account == account)
    return found.order_by(table.c.version, table.c.place)


def _allocation(row: Any, currency: str) -> allocation.Allocation:
    base = row.base_currency
    return allocation.Allocation(
        credit=row.credit,
        debit=row.debit,
        amount=money.from_minor(row.minor, currency),
        on=row.on,
        policy=row.policy,
        version=row.version,
        realized=None if base is None else money.from_minor(row.realized_minor, base),
    )


def _release(row: Any, currency: str) -> allocation.Release:
    return allocation.Release(
        credit=row.credit,
        debit=row.debit,
        amount=money.from_minor(row.minor, currency),
        on=row.on,
        reason=row.reason,
        policy=row.policy,
        version=row.version,
    )


def _held(connection: Connection, account: str) -> list[str]:
    """Return what is on hold by the latest word on it."""
    rows = connection.execute(_children(tables.holds, account, tables.holds.c.item).order_by(tables.holds.c.version))
    latest = {row.item: row.held for row in rows}
    return [item for item, held in latest.items() if held]


# --------------------------------------------------------------------------------------------------------------- documents


def _children(table: Table, account: str, key: Any) -> Select[Any]:
    joined = table.join(tables.transactions, tables.transactions.c.id == key)
    return select(table).select_from(joined).where(tables.transactions.c.account == account)


def _by_transaction(connection: Connection, table: Table, account: str) -> dict[str, list[Any]]:
    """Return the child rows of an account's documents by document, in the order of their keys."""
    found: dict[str, list[Any]] = defaultdict(list)
    order = [column for column in table.primary_key.columns if column.name != "transaction"]
    for row in connection.execute(_children(table, account, table.c.transaction).order_by(*order)):
        found[row.transaction].append(row)
    return found


def _documents(connection: Connection, account: str, known: Known) -> list[Transaction]:
    table = tables.transactions
    rows = connection.execute(select(table).where(table.c.account == account).order_by(table.c.version, table.c.place)).all()
    named = _by_transaction(connection, tables.named, account)
    notes = _by_transaction(connection, tables.notes, account)
    lines = {} if all(row.plain for row in rows) else _lines(connection, account, {row.id: row.currency for row in rows})
    return [
        _document(
            row,
            None if row.plain else lines.get(row.id, []),
            [one.against for one in named[row.id]],
            [Note(text=one.text, by=one.by, at=datetime.fromisoformat(one.at)) for one in notes[row.id]],
            _terms(connection, row.terms, known),
        )
        for row in rows
    ]


def _document(row: Any, lines: list[Line] | None, against: list[str], notes: list[Note], agreed: Terms | None) -> Transaction:
    carried, base = row.carried_minor, row.base_minor
    return Transaction(
        id=row.id,
        kind=transactions.Kind(row.kind),
        account=row.account,
        number=row.number,
        posted_on=row.posted_on,
        total=money.from_minor(row.total_minor, row.currency),
        lines=lines,
        state=transactions.State(row.state),
        type=row.type,
        against=against,
        payment=row.payment,
        terms=agreed,
        due_on=row.due_on,
        issued_on=row.issued_on,
        method=row.method,
        reason=row.reason,
        external_code=row.external_code,
        priority=row.priority,
        expires_on=row.expires_on,
        notes=notes,
        carried=money.from_minor(carried, row.currency) if carried else None,
        base_amount=None if base is None else money.from_minor(base, row.base_currency),
        cancels=row.cancels,
        portion=transactions.Portion(row.portion),
    )


def _lines(connection: Connection, account: str, currencies: dict[str, str]) -> dict[str, list[Line]]:
    taxes, details = _taxes(connection, account)
    discounts: dict[tuple[str, int], list[Discount]] = defaultdict(list)
    for name, rows in _by_transaction(connection, tables.line_discounts, account).items():
        for row in rows:
            discounts[name, row.place].append(_discount(row))
    found: dict[str, list[Line]] = {}
    for name, rows in _by_transaction(connection, tables.lines, account).items():
        of_line = ((row, taxes[name, row.place], discounts[name, row.place]) for row in rows)
        found[name] = [_line(row, applied, off, details, currencies[name]) for row, applied, off in of_line]
    return found


Details = dict[tuple[str, int, int], dict[str, str]]


def _taxes(connection: Connection, account: str) -> tuple[dict[tuple[str, int], list[Any]], Details]:
    taxes: dict[tuple[str, int], list[Any]] = defaultdict(list)
    details: Details = defaultdict(dict)
    for name, rows in _by_transaction(connection, tables.line_taxes, account).items():
        for row in rows:
            taxes[name, row.place].append(row)
    for name, rows in _by_transaction(connection, tables.line_tax_details, account).items():
        for row in rows:
            details[name, row.place, row.at][row.name] = row.value
    return taxes, details


def _discount(row: Any) -> Discount:
    if row.share_num is not None:
        return Discount(percent=Fraction(row.share_num, row.share_den))
    return Discount(amount=money.from_minor(row.amount_minor, row.currency))


def _tax(row: Any, details: dict[str, str]) -> Tax:
    answered = row.answered_minor
    return Tax(
        id=row.tax,
        rate=Fraction(row.rate_num, row.rate_den),
        inclusive=row.inclusive,
        amount=None if answered is None else money.from_minor(answered, row.answered_currency),
        details=details,
    )


def _line(row: Any, taxes: list[Any], discounts: list[Discount], details: Details, currency: str) -> Line:
    increment = None if row.increment is None else Decimal(row.increment)
    return Line(
        text=row.text,
        net=money.from_minor(row.net_minor, currency),
        taxes=[_tax(tax, details[row.transaction, row.place, tax.at]) for tax in taxes],
        tax_amounts=[money.from_minor(tax.minor, currency) for tax in taxes],
        quantity=Fraction(row.quantity_num, row.quantity_den),
        unit_price=None if row.price_num is None else Fraction(row.price_num, row.price_den),
        discounts=discounts,
        period=None if row.period_start is None else Period(row.period_start, row.period_end),
        kind=transactions.LineKind(row.kind),
        product=row.product,
        source=row.source,
        rounding=money.HALF_UP if increment is None and row.rounding == "HALF_UP" else money.Rounding(row.rounding, increment),
    )


# ------------------------------------------------------------------------------------------------------------------- terms


def _terms(connection: Connection, id: str | None, known: Known) -> Terms | None:
    """Return a rule of terms; *known* holds those that were read before, which never change."""
    if id is None:
        return None
    if id not in known:
        known[id] = _read_terms(connection, id)
    return known[id]


def _read_terms(connection: Connection, id: str) -> Terms:
    head = connection.execute(select(tables.terms).where(tables.terms.c.id == id)).one()
    figures: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    table = tables.term_figures
    order = (table.c.place, table.c.band, table.c.inner, table.c.at)
    for row in connection.execute(select(table).where(table.c.terms == id).order_by(*order)):
        figures[row.place, row.band, row.inner].append(row.figure)
    steps, places = tables.term_steps, tables.term_steps.c
    rows = connection.execute(select(steps).where(places.terms == id).order_by(places.place, places.band, places.inner)).all()
    early = None
    if head.early_num is not None:
        share = Fraction(head.early_num, head.early_den)
        early = terms.EarlyDiscount(rate=share, within_days=head.early_within_days, basis=terms.Basis(head.early_basis))
    return Terms(
        steps=[_step(row, rows, figures) for row in rows if row.band == -1],
        minus=head.minus,
        plus=head.plus,
        default=terms.Default(head.default),
        own_days=head.own_days,
        own_months=head.own_months,
        early=early,
    )


def _step(row: Any, rows: Any, figures: dict[tuple[int, int, int], list[int]]) -> tuple[str, list[Any]]:
    if row.kind != "bands":
        return row.kind, figures[row.place, row.band, row.inner]
    inside = [other for other in rows if other.place == row.place and other.band >= 0]
    return row.kind, [
        (
            *figures[band.place, band.band, -1],
            [_step(one, rows, figures) for one in inside if one.band == band.band and one.inner >= 0],
        )
        for band in inside
        if band.inner == -1
    ]
