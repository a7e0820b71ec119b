"""Whatever stands where an argument should: a value, or an error of ours; and what comes out can be shown and explained."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from moneyed import Money

from ledgerkit import errors, money, transactions
from ledgerkit.transactions import Kind, LineKind, State

eur = money.maker("EUR")
ON, AT = date(2026, 3, 1), datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class Hostile:
    """Everything a host may write wrong, at once."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __hash__(self) -> int:
        raise RuntimeError

    def __repr__(self) -> str:
        raise RuntimeError


class Text(str):
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    __hash__ = str.__hash__


class Day(date):
    pass


def tampered(field: str, value: object) -> Money:
    amount = eur("1")
    setattr(amount, field, value)
    return amount


JUNK: dict[str, Callable[[], Any]] = {
    "none": lambda: None, "zero": lambda: 0, "one": lambda: 1, "minus one": lambda: -1, "float": lambda: 1.5, "true": lambda: True,
    "empty text": lambda: "", "text": lambda: "x", "own text": lambda: Text("x"), "bytes": lambda: b"x", "long text": lambda: "x" * 99_999,
    "surrogate": lambda: "\ud800", "null": lambda: "\x00", "empty list": list, "list": lambda: [1], "empty tuple": tuple,
    "mapping": lambda: {1: 2}, "set": lambda: {1, 2}, "iterator": lambda: iter([1]), "range": lambda: range(3), "object": object,
    "hostile": Hostile, "hostile list": lambda: [Hostile()], "array": lambda: np.array([1, 2]), "np int": lambda: np.int64(3),
    "nan": lambda: float("nan"), "decimal nan": lambda: Decimal("NaN"), "signaling nan": lambda: Decimal("sNaN"),
    "huge decimal": lambda: Decimal("1E+999999"), "infinity": lambda: Decimal("Infinity"), "third": lambda: Fraction(1, 3),
    "huge": lambda: 10**5000, "date": lambda: ON, "own date": lambda: Day(2026, 3, 1), "instant": lambda: AT,
    "amount": lambda: eur("1"), "amount of nothing": lambda: Money("NaN", "EUR"), "unsettled": lambda: Money("1.005", "EUR"),
    "tampered amount": lambda: tampered("amount", "x"), "tampered currency": lambda: tampered("currency", "EUR"),
    "no currency": lambda: Money("1", "XXX"), "function": lambda: len, "type": lambda: type, "kind": lambda: Kind.INVOICE,
    "state": lambda: State.POSTED,
}  # fmt: skip

VAT = transactions.tax("VAT", "20%")
LINE = transactions.line("Card", unit_price=eur("1"), taxes=[VAT])
DRAFT = transactions.invoice("INV-7", [LINE])
POSTED = transactions.posted(DRAFT, account="ACME", number="7", posted_on=ON, due_on=None)  # type: ignore[arg-type]
TYPE = transactions.Type(id="sale", kind=Kind.INVOICE, name="Sale")
TYPES = transactions.types([TYPE])
SERIES = transactions.Series(id="s", pattern="{number}")
WORDS: dict[str, Any] = {"reason": None, "external_code": None, "issued_on": None, "type": None, "notes": ()}
STORED: dict[str, Any] = WORDS | {
    "id": "INV-7", "kind": "invoice", "total": None, "lines": [LINE], "against": (), "payment": None, "terms": None,
    "due_on": None, "method": None, "priority": 0, "expires_on": None, "carried": None, "portion": "principal",
}  # fmt: skip
PRICED: dict[str, Any] = {
    "unit_price": "1", "quantity": 1, "discounts": (), "taxes": (), "period": None, "kind": LineKind.SALE, "product": None,
    "source": None, "rounding": money.HALF_UP,
}  # fmt: skip
UNDOING = {"id": "X", "kind": "write_off", "reason": "r", "number": "1", "posted_on": ON, "total_minor": 10, "type": None}

CALLS: dict[str, tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = {
    "tax": (transactions.tax, ("V", "20%"), {"inclusive": False}),
    "tax_answer": (transactions.tax_answer, ("V", eur("1")), {"rate": "1%", "details": {"a": "b"}}),
    "Tax": (transactions.Tax, (), {"id": "V", "rate": "1%", "inclusive": False, "amount": None, "details": {}}),
    "line": (transactions.line, ("Card",), PRICED | {"currency": "EUR"}),
    "Line": (transactions.Line, (), PRICED | {"text": "Card", "net": eur("1"), "tax": eur("0"), "tax_amounts": ()}),
    "invoice": (
        transactions.invoice, ("INV-1", [LINE]),
        WORDS | {
            "account": None, "terms": None, "due_on": None, "taxes": (), "currency": "EUR", "totals": "per_document",
            "negative": "refuse",
        },
    ),
    "debit_note": (transactions.debit_note, ("DN-1", eur("1")), WORDS | {"against": (), "portion": "costs", "terms": None}),
    "credit_note": (transactions.credit_note, ("CN-1", eur("1")), WORDS | {"priority": 1, "expires_on": ON, "taxes": [VAT]}),
    "payment": (transactions.payment, ("PAY-1", eur("1")), WORDS | {"method": "card", "against": (), "priority": 1}),
    "refund": (transactions.refund, ("REF-1", eur("1")), WORDS | {"method": "card", "reason": "late", "payment": "PAY-1"}),
    "rejected": (transactions.rejected, (DRAFT,), {"reason": "twice"}),
    "mirror": (transactions.mirror, (POSTED,), UNDOING | {"tax_rate": None}),
    "mirror at a rate": (transactions.mirror, (POSTED,), UNDOING | {"tax_rate": VAT}),
    "cancelled": (transactions.cancelled, (POSTED,), {}),
    "annotated": (transactions.annotated, (POSTED,), {"text": "a", "by": "b", "at": AT}),
    "carried_line": (transactions.carried_line, (DRAFT,), {}),
    "side": (transactions.side, ("invoice",), {}),
    "Type": (
        transactions.Type, (),
        {
            "id": "a", "kind": "invoice", "name": "n", "default": False, "methods": (), "reasons": (), "rejection_reasons": (),
            "category": None,
        },
    ),
    "types": (transactions.types, ([TYPE],), {}),
    "type_of": (transactions.type_of, (TYPES, DRAFT), {}),
    "admit": (transactions.admit, (TYPES, DRAFT), {}),
    "Series": (transactions.Series, (), {"id": "s", "pattern": "{number}", "next": 1}),
    "numbered": (transactions.numbered, (SERIES,), {"on": ON}),
    "Note": (transactions.Note, (), {"text": "a", "by": "b", "at": AT}),
    "Draft": (transactions.Draft, (), STORED | {"account": None, "state": "draft"}),
    "Transaction": (
        transactions.Transaction, (),
        STORED | {"account": "A", "number": "1", "posted_on": ON, "state": "posted", "base_amount": None, "cancels": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("called", CALLS)
@pytest.mark.parametrize("junk", JUNK)
def test_nothing_foreign_comes_out(called, junk):
    """Junk in the place of any one argument: refused by an error of ours, or a value that can be shown."""
    function, places, names = CALLS[called]
    for place in [*range(len(places)), *names]:
        given = JUNK[junk]()
        at = [given if index == place else value for index, value in enumerate(places)]
        try:
            found = function(*at, **(names | ({place: given} if isinstance(place, str) else {})))
        except errors.LedgerkitError as error:
            assert str(error)
        else:
            assert repr(found)
            assert isinstance(hash(found), int)
            assert not hasattr(found, "explain") or found.explain()
