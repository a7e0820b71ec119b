"""The face of ``ledgerkit.receivables``."""

from datetime import UTC, date, datetime
from functools import reduce

from ledgerkit import allocation, money, periods, receivables, terms, transactions
from ledgerkit.receivables import Account

eur = money.maker("EUR")
VAT = transactions.tax("VAT", "19%", inclusive=True)
AT = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
DAY = date(2026, 4, 1)
USD = money.ExchangeRate(base="USD", quote="EUR", rate="0.92345")


def new(id: str = "ACME", policy: allocation.Policy = allocation.AGAINST_ITEM) -> Account:
    return receivables.account(id, currency="EUR", policy=policy, credit_limit=eur("5000.00"))


def posted(account: Account, dated: tuple[date, transactions.Draft]) -> Account:
    return receivables.post(account, dated[1], on=dated[0]).account


DRAFTS = [
    (date(2026, 1, 31), transactions.invoice("INV-7", eur("1200.01"), due_on=date(2026, 2, 15), taxes=[VAT])),
    (date(2026, 2, 5), transactions.invoice("INV-9", eur("450.00"), due_on=date(2026, 4, 4))),
    (date(2026, 3, 10), transactions.payment("PAY-3", eur("500.00"), method="card")),
]
ACME = reduce(posted, DRAFTS, new())
RICH = posted(new("RICH"), (date(2026, 3, 1), transactions.payment("PAY-1", eur("1000.01"), method="wire")))
BY_HAND = reduce(posted, DRAFTS, new(policy=allocation.MANUAL))
PAID = transactions.payment("PAY-4", eur("441.00"), method="wire")
CREDIT = transactions.credit_note("CN-1", eur("900.01"), against=["INV-7"])
LOST = receivables.write_off(ACME, "INV-7", id="WO-1", on=DAY, reason="bankrupt")
TAKEN = receivables.write_off(ACME, "INV-7", id="WO-1", on=DAY, reason="bankrupt", into=new("LOST"), into_id="DN-9")
CLOSED = receivables.with_state(new(), receivables.State.TERMINATED)
MORE = transactions.invoice("INV-10", eur("5.00"))


def booked(rate: money.ExchangeRate | None) -> receivables.Update:
    """An account in dollars on books in euros."""
    abroad = receivables.account("YANK", currency="USD", base_currency="EUR")
    return receivables.post(abroad, transactions.invoice("INV-1", money.of("1000.01 USD")), on=DAY, rate=rate)


CALLS = {
    "Account": lambda: [ACME, RICH, CLOSED],
    "Aged": lambda: receivables.aging(ACME, as_of=DAY).columns,
    "Aging": lambda: receivables.aging(ACME, as_of=DAY),
    "Bill": lambda: receivables.bill(ACME, "BILL-1", of=["INV-7", "INV-9"]),
    "LatePayer": lambda: receivables.late_payers([ACME, RICH], as_of=DAY).rows,
    "LatePayers": lambda: receivables.late_payers([ACME, RICH], as_of=DAY),
    "SalesOutstanding": lambda: receivables.dso(ACME, as_of=DAY),
    "Statement": lambda: receivables.statement(ACME, period=periods.month(2026, 3)),
    "Update": lambda: receivables.post(ACME, CREDIT, on=date(2026, 3, 15)),
    "account": lambda: [new(), receivables.account("ACME", currency="EUR", transactions=ACME.transactions)],
    "aging": lambda: [receivables.aging([ACME, RICH], as_of=DAY, credits=credits) for credits in receivables.Credits],
    "allocate": lambda: receivables.allocate(BY_HAND, "PAY-3", to="INV-9", amount=eur("100.01"), on=DAY),
    "allocations_of": lambda: receivables.allocations_of(ACME, "INV-7"),
    "annotate": lambda: receivables.annotate(ACME, "INV-7", text="customer called", by="ann", at=AT, on=DAY),
    "balance": lambda: [receivables.balance(ACME), receivables.balance(ACME, as_of=date(2026, 2, 1))],
    "bill": lambda: receivables.bill(ACME, "BILL-1", of=["INV-7"]),
    "cancel": lambda: [
        receivables.cancel(ACME, "INV-7", id="IC-1", on=DAY, reason="sent twice"),
        receivables.cancel(ACME, "PAY-3", id="PC-1", on=DAY, reason="wrong account"),
    ],
    "charge_back": lambda: receivables.charge_back(
        ACME, "PAY-3", id="CB-1", on=DAY, reason="disputed", fee=eur("15.00"), fee_id="FEE-1", number="R-7", fee_number="D-7"
    ),
    "credit": lambda: receivables.credit(ACME, "INV-7", id="CN-2", on=DAY, reason="damaged", amount=eur("100.01")),
    "dso": lambda: receivables.dso(ACME, as_of=DAY, window=30),
    "hold": lambda: receivables.hold(ACME, "INV-9", on=DAY, reason="contested"),
    "late_payers": lambda: receivables.late_payers(ACME, as_of=DAY, late_after=3),
    "lift": lambda: receivables.lift(receivables.hold(ACME, "INV-9", on=DAY, reason="contested").account, "INV-9", on=DAY),
    "move": lambda: receivables.move(
        RICH, "PAY-1", to=ACME, id="MV-1", new_id="PAY-9", on=DAY, reason="wrong customer", number="C-7", new_number="P-7"
    ),
    "open_credits": lambda: receivables.open_credits(RICH),
    "open_items": lambda: receivables.open_items(ACME),
    "overdue": lambda: receivables.overdue(ACME, as_of=DAY),
    "pay_early": lambda: receivables.pay_early(
        ACME, PAID, invoice="INV-9", early=terms.early_discount("2%", within_days=60), credit_id="CN-2", on=DAY
    ),
    "post": lambda: [
        receivables.post(ACME, CREDIT, on=date(2026, 3, 15)),
        receivables.post(ACME, transactions.invoice("INV-8", eur("123456.78"), taxes=[VAT]), on=DAY),
        booked(USD),
    ],
    "quick_pay": lambda: receivables.quick_pay(ACME, "PAY-4", invoice="INV-7", method="card", on=DAY),
    "recover": lambda: [
        receivables.recover(LOST.account, "WO-1", id="RE-1", on=DAY, reason="paid after all"),
        receivables.recover(
            TAKEN.account, "WO-1", id="RE-1", on=DAY, reason="paid after all", out_of=TAKEN.also[0].account, out_of_id="CN-9"
        ),
    ],
    "refund_balance": lambda: receivables.refund_balance(RICH, "REF-1", method="wire", reason="paid twice", on=DAY),
    "refund_balances": lambda: receivables.refund_balances(
        [ACME, RICH], id=lambda account: f"REF-{account.id}", method="wire", reason="closing", on=DAY
    ),
    "reject": lambda: receivables.reject(ACME, CREDIT, on=DAY, reason="wrong customer"),
    "release": lambda: receivables.release(ACME, "PAY-3", of="INV-7", on=DAY, reason="meant for INV-9", amount=eur("100.01")),
    "settlement": lambda: [receivables.settlement(ACME, id) for id in ("INV-7", "INV-9", "PAY-3")],
    "statement": lambda: receivables.statement(ACME, period=periods.year(2026)),
    "unallocated": lambda: [receivables.unallocated(account) for account in (ACME, RICH)],
    "with_credit_limit": lambda: receivables.with_credit_limit(ACME, eur("100.00")),
    "with_lock": lambda: receivables.with_lock(ACME, DAY),
    "with_state": lambda: CLOSED,
    "write_off": lambda: [LOST, receivables.write_off(ACME, "INV-9", id="WO-2", on=DAY, reason="bankrupt", tax_relief=True)],
    "write_off_account": lambda: receivables.write_off_account(
        ACME, id=lambda invoice: f"WO-{invoice}", on=DAY, reason="bankrupt"
    ),
}

ERRORS = {
    "AccountTerminated": lambda: receivables.reject(CLOSED, CREDIT, on=DAY, reason="wrong customer"),
    "AlreadySettled": lambda: receivables.write_off(LOST.account, "INV-7", id="WO-9", on=DAY, reason="bankrupt"),
    "DatedBefore": lambda: receivables.cancel(ACME, "PAY-3", id="PC-1", on=date(2026, 3, 9), reason="bounced"),
    "FactsDisagree": lambda: receivables.account("ACME", currency="EUR", transactions=ACME.transactions, since=DAY),
    "MissingRate": lambda: booked(None),
    "NoFreeCredit": lambda: receivables.refund_balance(new(), "REF-1", method="wire", reason="closing", on=DAY),
    "NotCancellable": lambda: receivables.cancel(LOST.account, "WO-1", id="IC-1", on=DAY, reason="mistake"),
    "NotKnown": lambda: receivables.balance(
        receivables.account("ACME", currency="EUR", open_items=receivables.open_items(ACME), since=DAY), as_of=date(2026, 3, 1)
    ),
    "NothingToRelease": lambda: receivables.release(ACME, "PAY-3", of="INV-9", on=DAY, reason="meant for INV-7"),
    "Overdraft": lambda: receivables.post(
        RICH, transactions.refund("REF-1", eur("2000.00"), method="wire", reason="closing"), on=DAY
    ),
    "PeriodLocked": lambda: receivables.post(receivables.with_lock(ACME, DAY), MORE, on=DAY),
    "WrongAccount": lambda: receivables.post(ACME, transactions.invoice("INV-10", eur("5.00"), account="RICH"), on=DAY),
    "WrongSide": lambda: receivables.quick_pay(ACME, "PAY-4", invoice="PAY-3", method="card", on=DAY),
}
