"""What posting makes, and what undoes it."""

import copy
import pickle
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledgerkit import ids, money, periods, states, terms, transactions
from ledgerkit.errors import InvalidArgument
from ledgerkit.transactions import Draft, Kind, LineKind, Note, Side, State, Transaction, invoice, line, mirror, posted, tax

eur = money.maker("EUR")
VAT = tax("VAT", "20%")
ON, DUE, LATER = date(2026, 3, 1), date(2026, 3, 31), date(2026, 9, 1)
AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
COLUMNS = (
    "id kind type account number posted_on total state against payment terms due_on issued_on method reason external_code "
    "priority expires_on notes carried portion base_amount cancels"
).split()


def post(draft: Draft, **said: Any) -> Transaction:
    row: dict[str, Any] = {"account": "ACME", "number": "2026-7", "posted_on": ON, "due_on": DUE}
    return posted(draft, **(row | said))


def undo(transaction: Transaction, kind: Kind, **said: Any) -> Transaction:
    names: dict[str, Any] = {"id": "X-9", "reason": "why", "number": "9", "posted_on": LATER}
    return mirror(transaction, kind=kind, **(names | said))


SALE = post(invoice("INV-7", [line("Desk", unit_price=eur("100"), taxes=[VAT], product="desk")], terms=terms.net(30)))
PLAIN = post(invoice("INV-8", eur("120")), base_minor=13200, base_currency="USD")
PAID = post(transactions.payment("PAY-3", eur("50"), method="card", against=["INV-7"]), due_on=None)
DOCUMENTS = [
    SALE,
    PLAIN,
    PAID,
    transactions.cancelled(SALE),
    undo(SALE, Kind.INVOICE_CANCELLATION),
    undo(PAID, Kind.PAYMENT_CANCELLATION),
    undo(PLAIN, Kind.WRITE_OFF, total_minor=5000),
    undo(SALE, Kind.WRITE_OFF, total_minor=5000),
    transactions.annotated(SALE, text="called", by="ann", at=AT),
]


def test_a_posted_draft():
    """Everything of the draft, and number, account, dates and carrying value."""
    assert ("INV-7", "2026-7", "ACME", ON, DUE, State.POSTED, None) == (
        SALE.id, SALE.number, SALE.account, SALE.posted_on, SALE.due_on, SALE.state, SALE.cancels,
    )  # fmt: skip
    assert (eur("120"), eur("20"), terms.net(30), Side.DEBIT) == (SALE.total, SALE.tax, SALE.terms, SALE.side)
    assert (None, money.of("132.00 USD")) == (SALE.base_amount, PLAIN.base_amount)
    assert "INV-7, invoice of 120.00 EUR, posted on 2026-03-01, due on 2026-03-31" == str(SALE)
    assert SALE.explain().splitlines()[0] == str(SALE)
    assert "Transaction(id='INV-7', number='2026-7'" in repr(SALE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_stored_columns_come_back_equal(document):
    """A transaction made of plain columns and its lines equals the one that was stored."""
    columns: dict[str, Any] = {name: getattr(document, name) for name in COLUMNS}

    assert document == Transaction(**columns, lines=document.lines)
    assert document == copy.deepcopy(document) == pickle.loads(pickle.dumps(document))
    assert hash(document) == hash(Transaction(**columns, lines=list(document.lines)))
    if document.plain:
        assert document == Transaction(**columns)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"id": ""}, ids.InvalidId),
        ({"account": None}, InvalidArgument),
        ({"number": ""}, ids.InvalidId),
        ({"kind": "gift"}, InvalidArgument),
        ({"state": State.DRAFT}, InvalidArgument),
        ({"posted_on": AT}, periods.InvalidDate),
        ({"due_on": "soon"}, periods.InvalidDate),
        ({"total": None}, transactions.TotalsDiffer),
        ({"total": eur("-1")}, transactions.NegativeTotal),
        ({"total": "1.00"}, money.InvalidAmount),
        ({"lines": []}, transactions.TotalsDiffer),
        ({"total": None, "lines": []}, money.CurrencyMismatch),
        ({"against": ["INV-7"]}, ids.CyclicReference),
        ({"cancels": "INV-7"}, ids.CyclicReference),
        ({"payment": "INV-7"}, ids.CyclicReference),
        ({"base_amount": 7}, money.InvalidAmount),
        ({"terms": "net 30"}, InvalidArgument),
        ({"priority": 1.5}, InvalidArgument),
        ({"notes": [1]}, InvalidArgument),
    ],
)
def test_stored_columns_are_checked(said, error):
    """What no transaction can be is refused."""
    row = {"id": "INV-7", "kind": "invoice", "account": "A", "number": "7", "posted_on": ON, "total": eur("1")}
    with pytest.raises(error):
        Transaction(**(row | said))


def test_figures_of_lines_alone():
    """Without a total, the lines say it."""
    found = Transaction(id="I", kind="invoice", account="A", number="7", posted_on=ON, lines=SALE.lines)

    assert (eur("120"), (("desk", 10000),), (("VAT", 2000),)) == (found.total, found.net_by_product, found.tax_by_id)


def test_an_empty_document_has_no_line():
    """No lines and no amount are two things: an invoice without lines stays one."""
    found = Transaction(id="I", kind=Kind.INVOICE, account="A", number="7", posted_on=ON, total=eur("0"), lines=[])

    assert (0, ()) == (found.total_minor, found.lines)


def test_cancelling_an_invoice_copies_it():
    """The full total, the same lines, the other side."""
    found = undo(SALE, Kind.INVOICE_CANCELLATION)

    assert (SALE.lines, SALE.total, SALE.tax_by_id, "INV-7") == (found.lines, found.total, found.tax_by_id, found.cancels)
    assert (Side.CREDIT, None, LATER, "why", "9", "ACME") == (
        found.side, found.due_on, found.issued_on, found.reason, found.number, found.account,
    )  # fmt: skip
    assert "X-9, invoice cancellation of 120.00 EUR, posted on 2026-09-01" == str(found)
    assert 13200 == undo(PLAIN, Kind.INVOICE_CANCELLATION).base_minor


def test_cancelling_a_payment_is_a_debit():
    """Due on its posting date, by the same method."""
    found = undo(PAID, Kind.PAYMENT_CANCELLATION, type="bounce", reason=None)

    assert (Side.DEBIT, LATER, "card", "PAY-3", "bounce", None, ()) == (
        found.side, found.due_on, found.method, found.cancels, found.type, found.reason, found.against,
    )  # fmt: skip


def test_a_write_off_is_pro_rata():
    """60 open of 100 gross with tax 16.67: tax 10.00, net 50.00."""
    within = [tax("VAT", "20%", inclusive=True)]
    sale = post(invoice("INV-7", [line("Lamp", unit_price=eur("100"), taxes=within, product="lamp")]))
    found = undo(sale, Kind.WRITE_OFF, total_minor=6000)

    assert (eur("10.00"), eur("50.00")) == (found.tax, found.net)
    assert ((("lamp", 5000),), (("VAT", 1000),)) == (found.net_by_product, found.tax_by_id)
    assert "transactions.write-off/1: 60.00 EUR of 100.00 EUR is open: tax 16.67 EUR pro rata = 10.00 EUR" in found.explain()


def test_a_write_off_of_many_lines_adds_up():
    """Products, taxes and credit lines: shares are cumulative, so both sums are exact; and one line a product and tax."""
    lines = [
        line("a", unit_price="33.33", currency="EUR", product="p", taxes=[VAT, tax("city", "3%")]),
        line("b", unit_price="33.33", currency="EUR", product="q", taxes=[VAT]),
        line("c", unit_price="-10", currency="EUR", product="q", taxes=[VAT], kind=LineKind.CREDIT),
        line("d", unit_price="-5", currency="EUR", kind=LineKind.CREDIT),
    ]
    sale = post(invoice("INV-7", lines))  # net 51.66, tax 6.67 + 1.00 + 6.67 - 2.00 = 12.34
    found = undo(sale, Kind.WRITE_OFF, total_minor=3333)

    assert (3333, 643) == (found.total_minor, found.tax_minor)  # 12.34 x 33.33 / 64.00 = 6.4264
    assert found.net_minor == sum(net for _, net in found.net_by_product)
    assert [("p", "sale"), ("q", "sale"), (None, "credit")] == [(one.product, one.kind) for one in found.lines]
    assert undo(sale, Kind.WRITE_OFF).tax_by_id == sale.tax_by_id


def test_a_plain_amount_is_written_off_plainly():
    """No tax, no lines; the carrying value goes along pro rata."""
    found = undo(PLAIN, Kind.WRITE_OFF, total_minor=4000)

    assert (eur("40"), 0, True, money.of("44.00 USD")) == (found.total, found.tax_minor, found.plain, found.base_amount)
    assert "write-off" == found.lines[0].text


def test_a_write_off_by_one_rate():
    """The write-off product's rate is taken out of what is open, exclusive or not."""
    found = undo(SALE, Kind.WRITE_OFF, total_minor=1000, tax_rate=tax("low", "5%"))

    assert (eur("9.52"), (("low", 48),)) == (found.net, found.tax_by_id)


def test_a_write_off_of_nothing():
    """A document of zero shares nothing."""
    zero = post(invoice("INV-7", [line("a", unit_price="0", currency="EUR", taxes=[VAT])]), base_minor=0, base_currency="USD")
    found = undo(zero, Kind.WRITE_OFF)

    assert (0, 0, 0) == (found.total_minor, found.tax_minor, found.base_minor)


def test_net_and_tax_of_opposite_signs():
    """Credit lines may leave a document whose net is below zero and whose total is not."""
    lines = [
        line("a", unit_price="100", currency="EUR", taxes=[tax("high", "100%")]),
        line("b", unit_price="-150", currency="EUR", kind=LineKind.CREDIT),
    ]
    found = undo(post(invoice("INV-7", lines)), Kind.WRITE_OFF, total_minor=2500)

    assert (2500, 5000, -2500) == (found.total_minor, found.tax_minor, found.net_minor)


@pytest.mark.parametrize(
    ("kind", "said", "error"),
    [
        (Kind.INVOICE, {}, InvalidArgument),
        ("gift", {}, InvalidArgument),
        (Kind.INVOICE_CANCELLATION, {"total_minor": 1}, InvalidArgument),
        (Kind.WRITE_OFF, {"total_minor": -1}, InvalidArgument),
        (Kind.WRITE_OFF, {"total_minor": 12001}, InvalidArgument),
        (Kind.WRITE_OFF, {"total_minor": "1"}, InvalidArgument),
        (Kind.WRITE_OFF, {"tax_rate": "20%"}, InvalidArgument),
        (Kind.WRITE_OFF, {"id": "INV-7"}, ids.CyclicReference),
        (Kind.WRITE_OFF, {"id": ""}, ids.InvalidId),
        (Kind.WRITE_OFF, {"number": None}, InvalidArgument),
        (Kind.WRITE_OFF, {"reason": 7}, InvalidArgument),
        (Kind.WRITE_OFF, {"posted_on": AT}, periods.InvalidDate),
    ],
)
def test_bad_mirrors(kind, said, error):
    """A mirror is of one kind of three, of the whole or of an open part."""
    with pytest.raises(error):
        undo(SALE, kind, **said)


def test_a_mirror_is_of_a_transaction():
    """A draft is not posted, so there is nothing to undo."""
    with pytest.raises(InvalidArgument):
        undo(invoice("INV-7", eur("1")), Kind.WRITE_OFF)  # type: ignore[arg-type]


def test_cancelled_once():
    """The state alone changes, and not twice."""
    found = transactions.cancelled(SALE)

    assert (State.CANCELLED, State.POSTED, SALE.lines) == (found.state, SALE.state, found.lines)
    assert str(found).endswith(", cancelled")
    with pytest.raises(states.InvalidTransition, match="The state is final"):
        transactions.cancelled(found)
    with pytest.raises(InvalidArgument):
        transactions.cancelled(invoice("INV-7", eur("1")))  # type: ignore[arg-type]


def test_notes_are_added():
    """A note says who and when; documents keep them in order."""
    draft = transactions.annotated(invoice("INV-1", eur("1")), text="one", by="ann", at=AT)
    twice = transactions.annotated(draft, text="two", by="bob", at=AT)

    assert ["one", "two"] == [note.text for note in twice.notes]
    assert "2026-03-01 09:00:00+00:00 bob: two" == str(twice.notes[1])
    assert twice.notes[0] == Note(text="one", by="ann", at=AT)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"at": datetime(2026, 3, 1)}, periods.NaiveDatetime),
        ({"at": ON}, (InvalidArgument, periods.InvalidDate, periods.NaiveDatetime)),
        ({"by": ""}, ids.InvalidId),
        ({"text": 7}, InvalidArgument),
    ],
)
def test_bad_notes(said, error):
    """A note has a text, a name and an instant."""
    with pytest.raises(error):
        transactions.annotated(SALE, **({"text": "a", "by": "ann", "at": AT} | said))


def test_only_documents_are_annotated():
    """Nothing else has notes."""
    with pytest.raises(InvalidArgument):
        transactions.annotated(eur("1"), text="a", by="b", at=AT)  # type: ignore[type-var]
