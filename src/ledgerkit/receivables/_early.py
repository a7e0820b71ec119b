"""Payments that take an early-payment discount."""

from datetime import date

from ledgerkit import ids, journal, money, terms, trail, transactions
from ledgerkit.errors import InvalidArgument
from ledgerkit.receivables._desk import Desk, kind_of, look
from ledgerkit.receivables._post import admit, made, opened, place, posted_update
from ledgerkit.receivables._types import Account, AlreadySettled, Known, Row, Update, unrolled
from ledgerkit.receivables._undo import undone_of
from ledgerkit.terms import EarlyDiscount, EarlyPayment
from ledgerkit.transactions import Draft, Kind, Transaction

_REASON = "early payment"


def _says(invoice: str, last_on: date, to_settle: int, currency: str, discount: int) -> str:
    said = f"{money.minor_text(discount, currency)} off {invoice} until {last_on}"
    return f"{said}: {money.minor_text(to_settle, currency)} settles it"


GRANTED = trail.Rule(
    name="receivables.early-payment",
    version=1,
    fields=("invoice", "last_on", "to_settle", "currency", "discount"),
    says=_says,
)


def pay_early(
    account: Account,
    payment: Draft,
    /,
    *,
    invoice: str,
    early: EarlyDiscount,
    credit_id: str,
    on: date,
    number: str | None = None,
    credit_number: str | None = None,
    rate: money.ExchangeRate | None = None,
    role: str = journal.Role.DISCOUNT,
) -> Update:
    """
    Post a payment against an invoice and, if it arrives in time, the credit note of its early-payment discount.

    The discount is granted if it settles the invoice together with the payment. If it does not, or the payment is late, the payment is
    posted alone, and a warning says why.

    Args:
        account: As it is now.

        payment: The draft of the payment, of what was received.

        invoice: What it pays, whatever the policy.

        early: The discount that was agreed on.

        credit_id: Of the credit note.

        on: The day the payment arrived; the discount's days count from the invoice's posting.

        number: The transaction number of the payment; its id stands in without one.

        credit_number: The same of the credit note.

        rate: From the account's currency to the base currency of its books, where they differ.

        role: The role that takes the net of the discount.

    Returns:
        The new account and exactly what changed.

    Raises:
        AlreadySettled: Nothing is open of the invoice.
        DuplicateId: A document of one of the two ids is on the account.
        UnknownReference: There is no such invoice on the account.

    Source:
        docs/rules/early-payment.md, rule Y-1.

    >>> from ledgerkit import receivables
    >>> eur = money.maker("EUR")
    >>> account = receivables.account("ACME", currency="EUR")
    >>> account = receivables.post(account, transactions.invoice("INV-1", eur("100.00")), on=date(2026, 3, 1)).account
    >>> paid = transactions.payment("PAY-1", eur("98.00"), method="wire")
    >>> skonto = terms.early_discount("2%", within_days=10)
    >>> print(pay_early(account, paid, invoice="INV-1", early=skonto, credit_id="CN-1", on=date(2026, 3, 11)).explain())
    PAY-1, payment of 98.00 EUR, posted on 2026-03-11
      receivables.early-payment/1: 2.00 EUR off INV-1 until 2026-03-11: 98.00 EUR settles it
      allocation.against-item/1: CN-1 -> INV-1 2.00 EUR; 98.00 EUR stays open
      allocation.against-item/1: PAY-1 -> INV-1 98.00 EUR; INV-1 is settled
    """
    desk = opened(account, on)
    document = undone_of(desk, invoice)
    owed = look(desk, document.id)
    if not owed.debit or not owed.open:
        raise AlreadySettled(document.id, "pay")
    role = ids.checked(role, name="role")
    admit(desk, payment)
    if payment.kind is not Kind.PAYMENT:
        raise InvalidArgument(
            f"the kind of {payment.id} is {payment.kind.words}", "Pass what transactions.payment(...) returned."
        )
    found = _offered(desk, document, owed, early)
    granted = any(_is_discount(desk, row) for row in unrolled(owed.rows))
    warnings = () if granted else _missed(desk, payment, owed, found)
    if found.discount_minor and not warnings and not granted:
        desk.why.append((GRANTED, document.id, found.last_on, found.to_settle_minor, desk.currency, found.discount_minor))
        _credit(desk, document, found, (credit_id, credit_number), rate, role)
    paid = made(desk, payment, number, None, rate)
    place(desk, paid, pays=look(desk, document.id))
    return posted_update(desk, paid, warnings)


def _offered(desk: Desk, document: Transaction, owed: Known, early: EarlyDiscount) -> EarlyPayment:
    """Return the discount of what credit notes left of a document, net and taxes pro rata to its lines."""
    credited = sum(row[2] for row in unrolled(owed.rows) if kind_of(look(desk, row[0])) == Kind.CREDIT_NOTE)
    rest = money.from_minor(document.total_minor - credited, desk.currency)
    net, taxes = 0, dict[str, int]()
    for line in transactions.share_of(document, rest, text="rest"):
        net += line.net_minor
        for tax, minor in zip(line.taxes, line.tax_minors, strict=True):
            taxes[tax.id] = taxes.get(tax.id, 0) + minor
    owed_taxes = {tax: money.from_minor(minor, desk.currency) for tax, minor in taxes.items()}
    net_amount = money.from_minor(net, desk.currency)
    return terms.early_payment(early, net_amount, taxes=owed_taxes, posted_on=document.posted_on, paid_on=desk.on)


def _is_discount(desk: Desk, row: Row) -> bool:
    """Whether a row is of the credit note of an early-payment discount, which is granted once."""
    credit = look(desk, row[0]).document
    return isinstance(credit, Transaction) and credit.kind is Kind.CREDIT_NOTE and credit.reason == _REASON


def _missed(desk: Desk, payment: Draft, owed: Known, found: EarlyPayment) -> tuple[str, ...]:
    """Say why there is no discount, if there is none."""
    if desk.on > found.last_on:
        return (f"{payment.id} came on {desk.on}, after {found.last_on}: no early-payment discount",)
    needed = owed.open - found.discount_minor
    if payment.total_minor >= needed:
        return ()
    paid, settles = money.minor_text(payment.total_minor, desk.currency), money.minor_text(needed, desk.currency)
    return (f"{payment.id} is of {paid}, and {settles} would settle {owed.id} early: no early-payment discount",)


def _credit(
    desk: Desk,
    document: Transaction,
    found: EarlyPayment,
    names: tuple[str, str | None],
    rate: money.ExchangeRate | None,
    role: str,
) -> None:
    taxes = [transactions.Tax(id=tax, amount=amount) for tax, amount in found.taxes if amount.amount]
    line = transactions.line("early payment", unit_price=found.net, taxes=taxes, source=document.id)
    draft = transactions.credit_note(names[0], [line], against=[document.id], reason=_REASON)
    admit(desk, draft)
    note = made(desk, draft, names[1], None, rate)
    place(desk, note, counter=role, pays=look(desk, document.id), sweeps=False)
