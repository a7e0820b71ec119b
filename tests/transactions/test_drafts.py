"""The documents a host makes: an id, and what it is for."""

import copy
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from moneyed import Money

from ledgerkit import charges, ids, money, periods, states, terms, transactions
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.transactions import Draft, Kind, Note, Side, State, line, tax

eur = money.maker("EUR")
VAT = tax("VAT", "20%")
ON = date(2026, 3, 1)
NOTE = Note(text="customer called", by="ann", at=datetime(2026, 3, 1, 9, 0, tzinfo=UTC))

MAKERS: dict[Kind, Callable[..., Draft]] = {
    Kind.INVOICE: transactions.invoice,
    Kind.DEBIT_NOTE: transactions.debit_note,
    Kind.CREDIT_NOTE: transactions.credit_note,
    Kind.PAYMENT: lambda own, what, **said: transactions.payment(own, what, **({"method": "card"} | said)),
    Kind.REFUND: lambda own, what, **said: transactions.refund(own, what, **({"method": "card", "reason": "late"} | said)),
}
EVERY = pytest.mark.parametrize("kind", list(MAKERS))
LINED = pytest.mark.parametrize("kind", [Kind.INVOICE, Kind.DEBIT_NOTE, Kind.CREDIT_NOTE])


@EVERY
def test_a_plain_amount_is_one_line(kind):
    """The line is made when it is looked at, and is the total."""
    found = MAKERS[kind]("X-1", eur("120.00"))

    assert (kind, eur("120.00"), eur("120.00"), eur("0.00"), State.DRAFT) == (
        found.kind, found.total, found.net, found.tax, found.state,
    )  # fmt: skip
    assert [(kind.words, 12000)] == [(one.text, one.gross_minor) for one in found.lines]
    assert (((None, 12000),), ()) == (found.net_by_product, found.tax_by_id)
    assert found.plain
    assert f"X-1, {kind.words} of 120.00 EUR, draft" == str(found)
    assert f"{found}\n  transactions.amount/1: 120.00 EUR as given" == found.explain()


@EVERY
def test_zero_is_a_document(kind):
    """A document of zero is fine."""
    assert 0 == MAKERS[kind]("X-1", eur("0.00")).total_minor


@EVERY
def test_no_document_is_negative(kind):
    """An amount below zero is refused, or turns an invoice round."""
    if kind is Kind.INVOICE:
        assert Kind.CREDIT_NOTE is MAKERS[kind]("X-1", eur("-1.00")).kind
    else:
        with pytest.raises(transactions.NegativeTotal, match=r"the total of X-1 is -1\.00 EUR") as caught:
            MAKERS[kind]("X-1", eur("-1.00"))
        assert ("X-1", eur("-1.00")) == (caught.value.id, caught.value.total)


@LINED
def test_lines_and_charges(kind):
    """Lines and charges in any order; the document's taxes go where there are none."""
    charge = charges.Charge(
        source="SUB-1", text="Basic", amount=eur("30"), reason=charges.Reason.RECURRING, period=periods.month(2026, 4)
    )
    back = charges.Charge(source="SUB-1", text="Unused", amount=eur("-10"), reason=charges.Reason.UNUSED)
    own = line("Card", unit_price="10", currency="EUR", taxes=[tax("low", "5%")])
    bare = line("Pen", unit_price="1", currency="EUR")

    found = MAKERS[kind]("X-1", iter([charge, back, own, bare]), taxes=[VAT])

    assert ["sale", "credit", "sale", "sale"] == [one.kind for one in found.lines]
    assert [600, -200, 50, 20] == [one.tax_minor for one in found.lines]
    assert (eur("31.00"), eur("4.70"), eur("35.70")) == (found.net, found.tax, found.total)
    assert found.explain().endswith("transactions.total/1: net 31.00 EUR + tax 4.70 EUR = 35.70 EUR")
    assert MAKERS[kind]("X-1", [bare]).lines == (bare,)
    assert not found.plain


@LINED
def test_a_taxed_amount_is_one_line(kind):
    """A plain amount with taxes is priced like a line."""
    found = MAKERS[kind]("X-1", eur("100.00"), taxes=[VAT])

    assert (eur("120.00"), (("VAT", 2000),), 1) == (found.total, found.tax_by_id, len(found.lines))
    assert found.lines[0].taxes == (VAT,)
    assert MAKERS[kind]("X-1", eur("1"), taxes=[]) == MAKERS[kind]("X-1", eur("1"))


def test_a_taxed_amount_below_zero():
    """It becomes the credit note of the positive amount, taxed alike."""
    found = transactions.invoice("X-1", eur("-100.00"), taxes=[VAT])

    assert (Kind.CREDIT_NOTE, eur("120.00"), eur("20.00")) == (found.kind, found.total, found.tax)


@LINED
def test_no_lines_need_a_currency(kind):
    """An empty document is one of zero, if it says in what."""
    assert 0 == MAKERS[kind]("X-1", [], currency="EUR").total_minor
    with pytest.raises(money.CurrencyMismatch, match='Say it: currency="EUR"'):
        MAKERS[kind]("X-1", [])


@LINED
@pytest.mark.parametrize(
    ("what", "said", "error"),
    [
        ("120.00", {}, InvalidArgument),
        (b"120.00", {}, InvalidArgument),
        (120, {}, InvalidArgument),
        (None, {}, InvalidArgument),
        (["Card"], {}, InvalidArgument),
        (np.array([1.0]), {}, InvalidArgument),
        (Money("1.005", "EUR"), {}, money.InvalidAmount),
        (Money("NaN", "EUR"), {}, money.InvalidAmount),
        (Money("1", "XXX"), {}, money.UnknownCurrency),
        (eur(1), {"currency": "USD"}, money.CurrencyMismatch),
        (eur(1), {"currency": "euro"}, money.UnknownCurrency),
        ([], {"currency": 7}, InvalidArgument),
        ([line("a", unit_price=eur(1)), line("b", unit_price=money.of("1.00 USD"))], {}, money.CurrencyMismatch),
        ([line("a", unit_price=eur(1))], {"currency": "USD"}, money.CurrencyMismatch),
        (eur(10**110), {"taxes": [VAT]}, LimitExceeded),
        (eur(1), {"taxes": "VAT"}, InvalidArgument),
        (eur(1), {"taxes": [VAT, VAT]}, ids.DuplicateId),
        (eur(1), {"taxes": np.array([1])}, InvalidArgument),
        (eur(1), {"account": ""}, ids.InvalidId),
        (eur(1), {"account": 7}, InvalidArgument),
        (eur(1), {"issued_on": datetime(2026, 1, 1)}, periods.InvalidDate),
        (eur(1), {"external_code": "\x00"}, ids.InvalidId),
        (eur(1), {"type": []}, InvalidArgument),
        (eur(1), {"reason": 1}, InvalidArgument),
        (eur(1), {"notes": ["called"]}, InvalidArgument),
        (eur(1), {"notes": 7}, InvalidArgument),
    ],
)
def test_bad_arguments(kind, what, said, error):
    """Each wrong argument is refused by name."""
    with pytest.raises(error):
        MAKERS[kind]("X-1", what, **said)


@EVERY
@pytest.mark.parametrize("id", ["", "\x00", "x" * 256, 7, None, ["X"], b"X"])
def test_ids_are_checked(kind, id):
    """Empty, too long, or with a character that cannot be stored."""
    with pytest.raises((ids.InvalidId, InvalidArgument, LimitExceeded)):
        MAKERS[kind](id, eur("1.00"))


@EVERY
def test_ids_of_any_script_are_kept(kind):
    """Case and script are the host's."""
    assert "Rechnung-é-10" == MAKERS[kind]("Rechnung-é-10", eur("1.00")).id


def test_what_an_invoice_keeps():
    """Terms and a typed due date are kept together; posting judges them."""
    found = transactions.invoice(
        "INV-7", eur("1"), account="ACME", terms=terms.net(30), due_on=ON, issued_on=ON, external_code="E-1", type="sale",
        reason="shop", notes=[NOTE],
    )  # fmt: skip

    assert ("ACME", terms.net(30), ON, ON, "E-1", "sale", "shop", (NOTE,)) == (
        found.account, found.terms, found.due_on, found.issued_on, found.external_code, found.type, found.reason, found.notes,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"terms": "net 30"}, InvalidArgument),
        ({"due_on": "2026-03-01"}, periods.InvalidDate),
        ({"due_on": datetime(2026, 1, 1, tzinfo=UTC)}, periods.InvalidDate),
    ],
)
def test_bad_terms(said, error):
    """Terms are a value, a due date is a date."""
    with pytest.raises(error):
        transactions.invoice("INV-7", eur("1"), **said)
    with pytest.raises(error):
        transactions.debit_note("DN-7", eur("1"), **said)


def test_what_a_credit_keeps():
    """Priority and expiry, the invoices it names, the method."""
    credit = transactions.credit_note("CN-1", eur("1"), against=("INV-7", "INV-8"), priority=3, expires_on=ON, reason="outage")
    paid = transactions.payment("PAY-1", eur("1"), method="card", against=["INV-7"], priority=-1, expires_on=ON)
    back = transactions.refund("REF-1", eur("1"), method="wire", reason="late", payment="PAY-1")

    assert (("INV-7", "INV-8"), 3, ON, "outage", None) == (
        credit.against, credit.priority, credit.expires_on, credit.reason, credit.method,
    )  # fmt: skip
    assert ("card", ("INV-7",), -1, ON) == (paid.method, paid.against, paid.priority, paid.expires_on)
    assert ("wire", "PAY-1", ()) == (back.method, back.payment, back.against)
    undone = transactions.debit_note("DN-1", eur("1"), against=["CN-1"], portion=transactions.Portion.COSTS)
    assert (("CN-1",), "costs", "principal") == (undone.against, undone.portion, credit.portion)
    assert (Side.CREDIT, Side.DEBIT) == (credit.side, back.side)


@pytest.mark.parametrize(
    ("against", "error"),
    [
        (["INV-7", "INV-7"], ids.DuplicateId),
        (["CN-1"], ids.CyclicReference),
        (["INV-7", ""], ids.InvalidId),
        ([7], InvalidArgument),
        ("INV-7", InvalidArgument),
        (7, InvalidArgument),
    ],
)
@pytest.mark.parametrize("kind", [Kind.DEBIT_NOTE, Kind.CREDIT_NOTE, Kind.PAYMENT])
def test_references_are_checked(kind, against, error):
    """Each once, never itself."""
    with pytest.raises(error):
        MAKERS[kind]("CN-1", eur("1"), against=against)


def test_a_refund_does_not_name_itself():
    """A document is not its own payment."""
    with pytest.raises(ids.CyclicReference, match="'REF-1' refers to itself"):
        transactions.refund("REF-1", eur("1"), method="card", reason="late", payment="REF-1")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"method": None}, InvalidArgument),
        ({"method": ""}, ids.InvalidId),
        ({"priority": True}, InvalidArgument),
        ({"priority": "1"}, InvalidArgument),
        ({"expires_on": "soon"}, periods.InvalidDate),
    ],
)
def test_bad_payments(said, error):
    """Method, priority and expiry are checked."""
    with pytest.raises(error):
        MAKERS[Kind.PAYMENT]("PAY-1", eur("1"), **said)


def test_payments_and_refunds_take_money():
    """Money moves in amounts, not in lines."""
    for maker in (MAKERS[Kind.PAYMENT], MAKERS[Kind.REFUND]):
        with pytest.raises(money.InvalidAmount):
            maker("X-1", [line("a", unit_price=eur(1))])


def test_a_refund_needs_a_reason():
    """The user's words."""
    with pytest.raises(InvalidArgument):
        transactions.refund("REF-1", eur("1"), method="card", reason=None)  # type: ignore[arg-type]


def test_what_hosts_pass_is_copied():
    """Nothing the host later does to its lists or to its Money changes a draft."""
    amount, against, lines = eur("90"), ["INV-7"], [line("a", unit_price=eur(1))]
    credit = transactions.credit_note("CN-1", amount, against=against)
    lined = transactions.invoice("INV-1", lines)
    amount.amount = eur("1").amount  # type: ignore[misc]
    against.append("INV-8")
    lines.clear()

    assert (eur("90"), ("INV-7",), 1) == (credit.total, credit.against, len(lined.lines))


def test_duplicate_lines_are_kept():
    """B42: lines have no ids; two alike both count."""
    assert 200 == transactions.invoice("INV-1", [line("a", unit_price=eur(1))] * 2).total_minor


@EVERY
def test_stored_drafts_come_back_equal(kind):
    """A draft made of stored columns equals the one that was stored, however its lines were stored."""
    made = MAKERS[kind]("X-1", eur("120.00"), account="ACME", external_code="E", issued_on=ON, type="t", notes=[NOTE])
    columns: dict[str, Any] = {
        name: getattr(made, name)
        for name in ("id", "kind", "account", "external_code", "issued_on", "type", "notes", "method", "reason")
    }

    assert made == Draft(**columns, total=made.total) == Draft(**columns, lines=made.lines)
    assert made == copy.deepcopy(made) == pickle.loads(pickle.dumps(made))
    assert hash(made) == hash(Draft(**columns, total=made.total))


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"kind": "write_off"}, InvalidArgument),
        ({"kind": "gift"}, InvalidArgument),
        ({"state": "posted"}, InvalidArgument),
        ({"state": "lost"}, InvalidArgument),
        ({"total": None}, transactions.TotalsDiffer),
        ({"lines": [line("a", unit_price=eur("1"))]}, transactions.TotalsDiffer),
        ({"lines": [line("a", unit_price=money.of("2.00 USD"))]}, money.CurrencyMismatch),
        ({"lines": 7}, InvalidArgument),
        ({"total": eur("-2")}, transactions.NegativeTotal),
        ({"carried": eur("1")}, transactions.TotalsDiffer),
        ({"carried": money.of("1.00 USD")}, money.CurrencyMismatch),
        ({"account": 3}, InvalidArgument),
        ({"portion": "wages"}, InvalidArgument),
    ],
)
def test_stored_drafts_are_checked(said, error):
    """What no draft can be is refused."""
    with pytest.raises(error):
        Draft(**({"id": "X-1", "kind": "invoice", "total": eur("2.00")} | said))


def test_a_rejected_draft():
    """Rejection keeps everything but the state and the reason."""
    draft = transactions.invoice("INV-7", eur("120.00"))
    found = transactions.rejected(draft, reason="entered twice")

    assert (State.REJECTED, "entered twice", draft.total) == (found.state, found.reason, found.total)
    assert State.DRAFT is draft.state
    assert found == Draft(id="INV-7", kind=Kind.INVOICE, total=eur("120"), state=State.REJECTED, reason="entered twice")


def test_rejecting_needs_a_draft_and_a_reason():
    """The reason is mandatory, the state decides."""
    draft = transactions.invoice("INV-7", eur("120.00"))

    with pytest.raises(InvalidArgument, match="a rejection has no reason"):
        transactions.rejected(draft, reason=" ")
    with pytest.raises(InvalidArgument):
        transactions.rejected(eur("1"), reason="why")  # type: ignore[arg-type]
    with pytest.raises(states.InvalidTransition, match="The state is final"):
        transactions.rejected(transactions.rejected(draft, reason="a"), reason="b")
