"""The face of ``ledgerkit.transactions``."""

from datetime import UTC, date, datetime
from typing import Any

from ledgerkit import charges, ids, money, periods, pricing, terms, transactions
from ledgerkit.transactions import Kind, LineKind

eur = money.maker("EUR")
ON = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
VAT, SHARE = transactions.tax("VAT", "19%"), transactions.tax("levy", "7.125%", inclusive=True)
SALE = transactions.line(
    "Card", unit_price="1999.995", quantity=3, currency="EUR", discounts=[pricing.percent_off("12.5%")], taxes=[VAT]
)
BACK = transactions.line("Unused", unit_price="-3000.00", currency="EUR", kind=LineKind.CREDIT, taxes=[SHARE])
CHARGE = charges.Charge(
    source="SUB-1", text="Basic", amount=eur("1234.56"), period=periods.month(2026, 4), reason=charges.Reason.RECURRING
)
INVOICE = transactions.invoice("INV-7", [SALE, BACK], account="ACME", terms=terms.net(30))
PAYMENT = transactions.payment("PAY-3", eur("1000.01"), method="card", against=["INV-7"])
NAMES: dict[str, Any] = {"number": "2026-7", "posted_on": ON}
POSTED = transactions.posted(INVOICE, account=ids.AccountId("ACME"), due_on=date(2026, 3, 31), **NAMES)
SERIES = transactions.Series(id="invoices", pattern="INV-{year}-{number:05}", next=7)
SHOP = transactions.Type(id="shop", kind=Kind.PAYMENT, name="Paid in the shop", methods=["cash"], reasons=["open day"])
TYPES = transactions.types([SHOP, transactions.Type(id="sale", kind=Kind.INVOICE, name="Sale", default=True)])


def paid(**said: str) -> transactions.Draft:
    known: dict[str, Any] = {"method": "cash", "type": "shop", "reason": "open day"}
    return transactions.payment("PAY-4", eur("5.00"), **(known | said))


CALLS = {
    "Draft": lambda: [INVOICE, PAYMENT],
    "Line": lambda: [SALE, BACK, transactions.Line(text="stored", net=eur("1000.00"), tax=eur("190.00"), taxes=[VAT])],
    "Note": lambda: transactions.Note(text="customer called", by="ann", at=AT),
    "Series": lambda: SERIES,
    "Tax": lambda: [VAT, SHARE],
    "Transaction": lambda: [
        POSTED,
        transactions.Transaction(id="INV-8", kind=Kind.INVOICE, account="ACME", total=eur("120.00"), lines=None, **NAMES),
    ],
    "Type": lambda: SHOP,
    "Types": lambda: TYPES,
    "admit": lambda: transactions.admit(TYPES, paid()),
    "annotated": lambda: transactions.annotated(POSTED, text="sent twice", by="ann", at=AT),
    "cancelled": lambda: transactions.cancelled(POSTED),
    "carried_line": lambda: transactions.carried_line(
        transactions.invoice("INV-1", [BACK], negative=transactions.Negative.CARRY_FORWARD)
    ),
    "credit_note": lambda: transactions.credit_note("CN-1", eur("1000.01"), against=["INV-7"], taxes=[SHARE]),
    "credit_of": lambda: transactions.credit_of(POSTED, id="CN-2", amount=eur("100.01")),
    "debit_note": lambda: transactions.debit_note("DN-1", [CHARGE], taxes=[VAT]),
    "invoice": lambda: [
        transactions.invoice("INV-9", [SALE, CHARGE], totals=totals, taxes=[VAT]) for totals in transactions.Totals
    ],
    "line": lambda: transactions.line("Calls", unit_price="0.0004", quantity=1_234_567, currency="EUR", taxes=[VAT]),
    "mirror": lambda: transactions.mirror(
        POSTED, id="WO-1", kind=Kind.WRITE_OFF, reason="bankrupt", total_minor=POSTED.total_minor // 3, **NAMES
    ),
    "numbered": lambda: transactions.numbered(SERIES, on=ON),
    "payment": lambda: [PAYMENT, paid()],
    "posted": lambda: POSTED,
    "refund": lambda: transactions.refund("REF-1", eur("1000.01"), method="card", reason="charged twice", payment="PAY-3"),
    "rejected": lambda: transactions.rejected(INVOICE, reason="entered twice"),
    "share_of": lambda: transactions.share_of(POSTED, eur("12.34"), text="open part"),
    "side": lambda: [transactions.side(kind) for kind in Kind],
    "tax": lambda: transactions.tax("VAT", "7.7%"),
    "tax_answer": lambda: transactions.tax_answer("sales tax", money.of("1008.88 USD"), details={"jurisdiction": "NY"}),
    "type_of": lambda: transactions.type_of(TYPES, INVOICE),
    "types": lambda: transactions.types([SHOP]),
}

ERRORS = {
    "CreditExceedsInvoice": lambda: transactions.credit_of(POSTED, id="CN-2", amount=eur("999999.00")),
    "DuplicateDefault": lambda: transactions.types(
        [transactions.Type(id=id, kind=Kind.INVOICE, name=id, default=True) for id in ("sale", "resale")]
    ),
    "InvalidPattern": lambda: transactions.Series(id="invoices", pattern="INV-{number!r}"),
    "MethodNotAllowed": lambda: transactions.admit(TYPES, paid(method="wire")),
    "NegativeTotal": lambda: transactions.invoice("INV-1", [BACK], negative=transactions.Negative.REFUSE),
    "ReasonNotAllowed": lambda: transactions.admit(TYPES, paid(reason="none")),
    "TotalsDiffer": lambda: transactions.Line(
        text="stored", net=eur("1.00"), tax=eur("0.19"), taxes=[VAT], tax_amounts=[eur("0.20")]
    ),
    "WrongKind": lambda: transactions.admit(TYPES, paid(type="sale")),
}
