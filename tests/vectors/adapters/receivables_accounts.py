"""The accounts of ``receivables/``: allocation, aging, exchange, and what the journal says of each document."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from moneyed import Money

from ledgerkit import allocation, journal, money, periods, receivables, terms, transactions
from ledgerkit.journal import Entry, Posting, Role
from ledgerkit.receivables import Account, Settlement, Unallocated, Update
from ledgerkit.transactions import Draft, Kind, Side
from tests.vectors.registry import Case, Refused, Unsupported, adapter, agree

Fields = Mapping[str, Any]
Make = Callable[[str], Money]

DAY = date(2024, 1, 1)


def refused(error: Exception, **more: Any) -> Mapping[str, Any]:
    """A refusal, with what stands unchanged after it."""
    return {"error": Refused(error), **more}


def with_refusals(expect: Any, got: Any) -> bool:
    """A refusal agrees with any word for it; what stands beside it is compared."""
    said = got["error"] if isinstance(got, Mapping) and "error" in got else None
    return agree(expect, got) or (
        isinstance(said, Refused) and agree(expect, said) and agree({**expect, "error": True}, {**got, "error": True})
    )


# ------------------------------------------------------------------------------------------------------------ allocate

POLICIES = {
    "FIFO": allocation.FIFO,
    "AGAINST_ITEM": allocation.AGAINST_ITEM,
    "AGAINST_ITEM_AND_FIFO": allocation.AGAINST_ITEM,
    "LIFO": allocation.LIFO,
    "PRO_RATA": allocation.PRO_RATA,
    "MANUAL": allocation.MANUAL,
}


def day_of(event: Fields, latest: date) -> date:
    return periods.date_of(event["posted"]) if "posted" in event else latest


def draft_of(event: Fields, make: Make) -> Draft:
    name, amount, against = event["id"], make(event["amount"]), event.get("against", ())
    due_on = periods.date_of(event["due"]) if "due" in event else None
    match event["op"]:
        case "invoice":
            return transactions.invoice(name, amount, due_on=due_on)
        case "debit_note":
            return transactions.debit_note(name, amount, due_on=due_on, against=against)
        case "credit_note":
            return transactions.credit_note(name, amount, against=against)
        case "payment":
            return transactions.payment(name, amount, method="wire", against=against)
        case Kind.REFUND:
            return transactions.refund(name, amount, method="wire", reason="paid twice", payment=event.get("payment"))
    raise KeyError(event["op"])


def apply_event(account: Account, event: Fields, make: Make, on: date) -> Update:
    name = event["id"]
    match event["op"]:
        case "cancel_invoice":
            return receivables.cancel(account, name, id=f"IC-{name}", on=on, reason="cancelled")
        case "cancel_payment":
            return receivables.cancel(account, name, id=f"PC-{name}", on=on, reason="cancelled")
        case "write_off":
            return receivables.write_off(account, name, id=f"WO-{name}", on=on, reason="written off")
    return receivables.post(account, draft_of(event, make), on=on, allow_overdraft=event["op"] == Kind.REFUND)


def standing(account: Account) -> list[Any]:
    """Who settles what now, leaving out what is matched with its own cancellation."""
    pairs: dict[tuple[str, str], list[Money]] = {}
    for document in account.transactions:
        if document.side is Side.CREDIT and document.kind is not Kind.INVOICE_CANCELLATION:
            for row in receivables.allocations_of(account, document.id):
                pairs.setdefault((row.credit, row.debit), []).append(row.amount)
    cancellations = {posted.id for posted in account.transactions if posted.kind is Kind.PAYMENT_CANCELLATION}
    return [[*pair, money.total(rows).amount] for pair, rows in sorted(pairs.items()) if pair[1] not in cancellations]


def fields_of(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def by_pair(expect: Any, got: Any) -> bool:
    """Who settles what agrees in any order; nothing may be open, or free, that is not expected."""
    found, wanted = fields_of(got), fields_of(expect)
    listed = [name for name in ("open", "unallocated") if name in found]
    alike = agree(sorted(wanted.get("allocations", ())), sorted(found.get("allocations", ())))
    rest = agree({**wanted, "allocations": ()}, {**found, "allocations": ()})
    same = all(wanted[name].keys() == found[name].keys() for name in listed)
    return (isinstance(got, Refused) and agree(expect, got)) or (bool(found) and alike and rest and same)


@adapter("receivables", "allocate", agrees=by_pair)
def allocate(case: Case) -> Mapping[str, Any]:
    given = case.input
    make = money.maker(given["currency"])
    account = receivables.account("ACME", currency=given["currency"], policy=POLICIES[given["principle"]])
    latest = DAY
    for event in given["events"]:
        on = day_of(event, latest)
        latest = max(latest, on) if "posted" in event else latest
        account = apply_event(account, event, make, on).account
    return {
        "allocations": standing(account),
        "open": {item.id: item.open.amount for item in receivables.open_items(account)},
        "unallocated": {item.id: item.open.amount for item in receivables.open_credits(account)},
        "balance": account.balance.amount,
    }


# ------------------------------------------------------------------------------------- one invoice, and its installments

STATUS = {Settlement.OPEN: "unpaid", Settlement.PARTLY_SETTLED: "partly_paid", Settlement.SETTLED: "paid"}


def open_of(account: Account, items: Iterable[allocation.Item], name: str) -> Any:
    left = [item.open for item in items if item.id == name]
    return money.total(left, currency=account.currency).amount


def cancelled(account: Account, amounts: Iterable[str], make: Make) -> Account:
    """Cancel, for each amount, a payment whose application is of it."""
    for at, amount in enumerate(amounts):
        rows = receivables.allocations_of(account, "INV")
        payment = next(
            row.credit for row in rows if money.minor_text(row.amount_minor, row.currency) == money.text(make(amount))
        )
        account = receivables.cancel(account, payment, id=f"PC-{at}", on=DAY, reason="cancelled").account
    return account


@adapter("receivables", "invoice_payments", agrees=with_refusals)
def invoice_payments(case: Case) -> Mapping[str, Any]:
    given = case.input
    make = money.maker(given["currency"])
    account = receivables.account("ACME", currency=given["currency"], policy=allocation.MANUAL)
    account = receivables.post(account, transactions.invoice("INV", make(given["invoice"])), on=DAY).account
    for row in given["apply"]:
        if all(posted.id != row["credit"] for posted in account.transactions):
            draft = transactions.payment(row["credit"], make(row["available"]), method="wire")
            account = receivables.post(account, draft, on=DAY).account
        try:
            account = receivables.allocate(account, row["credit"], to="INV", amount=make(row["amount"]), on=DAY).account
        except allocation.OverAllocation as error:
            return refused(error, outstanding=open_of(account, receivables.open_items(account), "INV"))
    account = cancelled(account, given.get("cancelled", ()), make)
    credits = receivables.open_credits(account)
    return {
        "outstanding": open_of(account, receivables.open_items(account), "INV"),
        "left_on_credits": {row["credit"]: open_of(account, credits, row["credit"]) for row in given["apply"]},
        "status": STATUS[receivables.settlement(account, "INV")],
    }


@adapter("receivables", "terms_fill")
def terms_fill(case: Case) -> Mapping[str, Any]:
    given = case.input
    currency = given["currency"]
    make = money.maker(currency)
    credits = [allocation.Item(id=name, amount=make(given[name]), posted_on=DAY) for name in ("paid", "credited")]
    parts = [
        allocation.Item(id=f"T{at}", amount=make(part["amount"]), posted_on=DAY, due_on=DAY + timedelta(days=at))
        for at, part in enumerate(given["terms"])
    ]
    made = allocation.allocate(credits, parts, on=DAY)

    def by(credit: str, debit: str) -> Any:
        rows = [row.amount for row in made if (row.credit, row.debit) == (credit, debit)]
        return money.total(rows, currency=currency).amount

    left = {name: amount.amount for name, amount in made.open.items()}
    return {
        "terms": [[part.amount.amount, by("paid", part.id), by("credited", part.id), left.get(part.id, 0)] for part in parts],
        "unallocated": money.total(made.unallocated.values(), currency=currency).amount,
    }


# ------------------------------------------------------------------------------------------- exchange, portions, shares


def rate_of(given: Fields, name: str) -> money.ExchangeRate:
    if given.get("quote", "base_per_foreign") == "foreign_per_base":
        return money.ExchangeRate(base=given["base"], quote=given["foreign"], rate=given[name]).inverse()
    return money.ExchangeRate(base=given["foreign"], quote=given["base"], rate=given[name])


@adapter("receivables", "fx")
def fx(case: Case) -> Mapping[str, Any]:
    given = case.input
    make = money.maker(given["foreign"])
    invoiced = make(given["invoice_amount"])
    carried = money.exchange(invoiced, rate_of(given, "invoice_rate"))
    rate = rate_of(given, "payment_rate")
    realized = allocation.realize(make(given["allocated"]), open=invoiced, carried=carried, rate=rate)
    return {
        "receivable_released": realized.released.amount,
        "settled_at": realized.settled_at.amount,
        "realised_gain": realized.gain.amount,
        "receivable_left": realized.carried.amount,
        "foreign_left": realized.open.amount,
    }


METHODS = {
    "floor_then_one_each_in_order": money.Method.FIRST_GETS_ANY,
    "largest_remainder": money.Method.LARGEST_REMAINDER,
}


@adapter("receivables", "portions")
def portions(case: Case) -> Mapping[str, Any]:
    given = case.input
    amount = money.maker(given["currency"])(given["amount"])
    parts = allocation.portions(amount, given["portions"], method=METHODS[given["method"]])
    return {"parts": [part.amount for part in parts]}


@adapter("receivables", "prorata")
def prorata(case: Case) -> Mapping[str, Any]:
    given = case.input
    if given["method"] != "largest_remainder":
        raise Unsupported(given["method"])
    currency = given["currency"]
    make = money.maker(currency)
    credit = allocation.Item(id="CREDIT", amount=make(given["credit"]), posted_on=DAY)
    debits = [allocation.Item(id=item["id"], amount=make(item["amount"]), posted_on=DAY) for item in given["open"]]
    made = allocation.allocate([credit], debits, on=DAY, policy=allocation.PRO_RATA)
    rows = {row.debit: row.amount.amount for row in made}
    return {
        "parts": {item.id: rows.get(item.id, 0) for item in debits},
        "unallocated": money.total(made.unallocated.values(), currency=currency).amount,
    }


@adapter("receivables", "waterfall")
def waterfall(case: Case) -> Mapping[str, Any]:
    given = case.input
    make = money.maker(given["currency"])
    caps = [make(step["cap"]) if step.get("cap") is not None else None for step in given["steps"]]
    parts, left = allocation.waterfall(make(given["amount"]), caps)
    rows = zip(given["steps"], parts, strict=True)
    return {"parts": [[step["to"], part.amount] for step, part in rows if part.amount], "left": left.amount}


# --------------------------------------------------------------------------------------------------------------- aging


def aged_debit(account: Account, item: Fields, name: str, make: Make) -> Account:
    """An invoice, and a payment for each of its applications, allocated by hand."""
    account = apply_event(account, {**item, "op": "invoice", "id": name}, make, periods.date_of(item["posted"])).account
    for at, row in enumerate(item.get("applied", ())):
        on, amount = periods.date_of(row["on"]), make(row["amount"])
        payment = transactions.payment(f"{name}/{at}", amount, method="wire")
        account = receivables.post(account, payment, on=on).account
        account = receivables.allocate(account, payment.id, to=name, amount=amount, on=on).account
    return account


def aged_credit(account: Account, item: Fields, name: str, make: Make) -> Account:
    """A payment, and a debit note that uses it up for each of its applications."""
    account = apply_event(account, {**item, "op": "payment", "id": name}, make, periods.date_of(item["posted"])).account
    for at, row in enumerate(item.get("applied", ())):
        note = transactions.debit_note(f"{name}/{at}", make(row["amount"]), against=[name])
        account = receivables.post(account, note, on=periods.date_of(row["on"])).account
    return account


def same_buckets(expect: Any, got: Any) -> bool:
    """The buckets are these and no others, in this order."""
    return agree(expect, got) and (isinstance(got, Refused) or list(expect["buckets"]) == list(got["buckets"]))


@adapter("receivables", "ageing", agrees=same_buckets)
def ageing(case: Case) -> Mapping[str, Any]:
    given = case.input
    make = money.maker(given["currency"])
    account = receivables.account("ACME", currency=given["currency"], policy=allocation.MANUAL)
    for at, item in enumerate(given["items"]):
        account = aged_debit(account, item, f"I{at}", make)
    for at, item in enumerate(given.get("credits", ())):
        account = aged_credit(account, item, f"C{at}", make)
    aged = receivables.aging(
        account,
        as_of=periods.date_of(given["as_of"]),
        edges=given["upper_bounds"],
        basis=receivables.Basis(given["basis"]),
        edge=receivables.Edge(given["edge"]),
        not_due=receivables.NotDue(given["not_due"]),
        credits=receivables.Credits.AGED,
    )
    amounts = [bucket.amount for bucket in aged.buckets.values()]
    return {"buckets": dict(zip(given["bucket_names"], amounts, strict=True)), "total": aged.total.amount}


# ----------------------------------------------------------------------------------------------- sides and the journal


def opening(balance: str, make: Make) -> Draft:
    if balance.startswith("-"):
        return transactions.payment("OPENING", make(balance.removeprefix("-")), method="wire")
    return transactions.invoice("OPENING", make(balance))


@adapter("receivables", "side")
def side(case: Case) -> Mapping[str, Any]:
    """Post it on a balance; what cancels or writes off takes one of a pair of the amount, which together move nothing."""
    given = case.input
    make = money.maker(given["currency"])
    account = receivables.account("ACME", currency=given["currency"], policy=allocation.MANUAL)
    pair = [
        transactions.invoice("INV", make(given["amount"])),
        transactions.payment("PAY", make(given["amount"]), method="wire"),
    ]
    for draft in (opening(given["balance_before"], make), *pair):
        account = receivables.post(account, draft, on=DAY).account
    ops = {
        "invoice_cancellation": {"op": "cancel_invoice", "id": "INV"},
        "payment_cancellation": {"op": "cancel_payment", "id": "PAY"},
        "write_off": {"op": "write_off", "id": "INV"},
    }
    plain = {"op": given["classification"], "id": "DOC", "amount": given["amount"]}
    update = apply_event(account, ops.get(given["classification"], plain), make, DAY)
    return {"side": update.transactions[-1].side.value, "balance_after": update.account.balance.amount}


class Books:
    """What one business event writes into the journal: it is set up first, and only its own entries are kept."""

    def __init__(self, event: Fields, currency: str) -> None:
        self.event, self.currency, self.make = event, currency, money.maker(currency)

    def amount(self, name: str) -> Money:
        return self.make(self.event.get(name, "0"))

    def account(self, name: str | None = None, **settings: Any) -> Account:
        holder = name or self.event.get("receivable", "receivable")
        settings = {"currency": self.currency, **settings}
        return receivables.account(holder.partition(":")[2] or holder, **settings)

    def lines(self) -> list[transactions.Line]:
        taxes = [transactions.Tax(id="tax", amount=self.amount("tax"))]
        return [transactions.line("goods", unit_price=self.amount("net"), taxes=taxes)]

    def post(self, account: Account, draft: Draft) -> Account:
        return receivables.post(account, draft, on=DAY).account

    def only(self, draft: Draft, **settings: Any) -> list[Entry]:
        return list(receivables.post(self.account(), draft, on=DAY, **settings).entries)


def write_off_rest(account: Account, event: Fields) -> list[Entry]:
    """Write off everything that is open, on either side."""
    entries: list[Entry] = []
    for item in [*receivables.open_items(account), *receivables.open_credits(account)]:
        role = Role.WRITE_OFF.value
        update = receivables.write_off(account, item.id, id=f"WO-{item.id}", on=DAY, reason="written off", role=role)
        account, entries = update.account, [*entries, *update.entries]
    return entries


def paid(books: Books) -> list[Entry]:
    """A payment; where it says how much is applied, the rest stands apart as the customer's credit."""
    draft = transactions.payment("PAY", books.amount("amount"), method="wire")
    if "applied" not in books.event:
        return books.only(draft)
    account = books.account(unallocated=Unallocated.CUSTOMER_CREDIT)
    account = books.post(account, transactions.invoice("INV", books.amount("applied")))
    return list(receivables.post(account, draft, on=DAY).entries)


def settled_with_write_off(books: Books) -> list[Entry]:
    account = books.post(books.account(), transactions.invoice("INV", books.amount("open")))
    payment = transactions.payment("PAY", books.amount("amount"), method="wire")
    update = receivables.post(account, payment, on=DAY)
    return [*update.entries, *write_off_rest(update.account, books.event)]


def settled_abroad(books: Books) -> list[Entry]:
    """One unit of another currency is invoiced at what it is carried at, and paid at what is received."""
    abroad = "EUR" if books.currency != "EUR" else "USD"
    one = money.maker(abroad)("1")
    rates = [
        money.ExchangeRate(base=abroad, quote=books.currency, rate=books.event[name])
        for name in ("carrying_base", "received_base")
    ]
    account = books.account(currency=abroad, base_currency=books.currency)
    account = receivables.post(account, transactions.invoice("INV", one), on=DAY, rate=rates[0]).account
    payment = transactions.payment("PAY", one, method="wire")
    return list(receivables.post(account, payment, on=DAY, rate=rates[1]).entries)


def reversed_entry(books: Books) -> list[Entry]:
    sides = [
        Posting(role=name.partition(":")[0], amount=books.make(amount), account=name.partition(":")[2] or None)
        for name, amount in books.event["entry"]
    ]
    entry = Entry(id="E-1", on=DAY, source="DOC", postings=sides)
    return [journal.reverse(entry, id="E-2", on=DAY)]


def refunded(books: Books) -> list[Entry]:
    draft = transactions.refund("REF", books.amount("amount"), method="wire", reason="paid twice")
    if books.event.get("from") != "customer_credit":
        return books.only(draft, allow_overdraft=True)
    account = books.account(unallocated=Unallocated.CUSTOMER_CREDIT)
    account = books.post(account, transactions.payment("PAY", books.amount("amount"), method="wire"))
    return list(receivables.post(account, draft, on=DAY).entries)


def written_off(books: Books) -> list[Entry]:
    """An invoice, paid down to what is open, written off: of its lines, or of one amount where none are given."""
    given = books.lines() if "net" in books.event else books.amount("open")
    invoice = transactions.invoice("INV", given)
    account = books.post(books.account(), invoice)
    down = money.subtract(invoice.total, books.amount("open"))
    account = books.post(account, transactions.payment("PAY", down, method="wire"))
    relief = bool(books.event.get("tax_relief", False))
    update = receivables.write_off(account, "INV", id="WO", on=DAY, reason="bankrupt", role="bad_debt", tax_relief=relief)
    return list(update.entries)


def moved(books: Books) -> list[Entry]:
    source = books.post(books.account(books.event["from"]), transactions.payment("PAY", books.amount("amount"), method="wire"))
    target = books.account(books.event["to"])
    update = receivables.move(source, "PAY", to=target, id="MV", new_id="PAY-2", on=DAY, reason="wrong account")
    return [*update.entries, *(entry for other in update.also for entry in other.entries)]


def applied_credit(books: Books) -> list[Entry]:
    account = books.account(unallocated=Unallocated.CUSTOMER_CREDIT, policy=allocation.MANUAL)
    account = books.post(account, transactions.invoice("INV", books.amount("amount")))
    account = books.post(account, transactions.payment("PAY", books.amount("amount"), method="wire"))
    return list(receivables.allocate(account, "PAY", to="INV", amount=books.amount("amount"), on=DAY).entries)


def paid_early(books: Books) -> list[Entry]:
    """An invoice, and a payment of what settles it on the day it is posted."""
    basis = terms.Basis(books.event.get("computation", "on_gross"))
    early = terms.early_discount(f"{books.event['percent']}%", within_days=books.event.get("within_days", 10), basis=basis)
    net, tax = books.amount("net"), books.amount("tax")
    settles = terms.early_payment(early, net, taxes={"tax": tax}, posted_on=DAY, paid_on=DAY).to_settle
    account = books.post(books.account(), transactions.invoice("INV", books.lines()))
    payment = transactions.payment("PAY", settles, method="wire")
    update = receivables.pay_early(account, payment, invoice="INV", early=early, credit_id="CN", on=DAY, role="discount_given")
    return list(update.entries)


def cancelled_document(books: Books, op: str, draft: Draft) -> list[Entry]:
    account = books.post(books.account(), draft)
    return list(apply_event(account, {"op": op, "id": draft.id}, books.make, DAY).entries)


JOURNAL: dict[str, Callable[[Books], list[Entry]]] = {
    "invoice": lambda books: books.only(transactions.invoice("INV", books.lines())),
    "debit_note": lambda books: books.only(transactions.debit_note("DN", books.lines())),
    "credit_note": lambda books: books.only(transactions.credit_note("CN", books.lines())),
    "invoice_cancellation": lambda books: cancelled_document(
        books, "cancel_invoice", transactions.invoice("INV", books.lines())
    ),
    "payment": paid,
    "payment_cancellation": lambda books: cancelled_document(
        books, "cancel_payment", transactions.payment("PAY", books.amount("amount"), method="wire")
    ),
    Kind.REFUND: refunded,
    "write_off": written_off,
    "settle_with_write_off": settled_with_write_off,
    "settle_fx": settled_abroad,
    "cancel_entry": reversed_entry,
    "move_to_account": moved,
    "apply_credit": applied_credit,
    "early_payment": paid_early,
}


def entries_of(event: Fields, currency: str) -> list[Entry]:
    return JOURNAL[event["classification"]](Books(event, currency))


def called(posting: Posting) -> str:
    """The receivable of one account is named after it; every other role is one account."""
    by_account = posting.role == "receivable" and posting.account not in (None, "receivable")
    return f"{posting.role}:{posting.account}" if by_account else posting.role


def balances(entries: Iterable[Entry]) -> dict[str, Any]:
    """What each account stands at by the trial balance, receivables apart by their holders."""
    made = [
        Entry(
            id=entry.id,
            on=entry.on,
            source=entry.source,
            postings=[Posting(role=called(posting), amount=posting.amount) for posting in entry.postings],
        )
        for entry in entries
    ]
    return {role: amount.amount for (role, _currency), amount in journal.trial_balance(made).items()}


def nothing_else(expect: Any, got: Any) -> bool:
    """What is expected stands there, and everything else is zero."""
    found = fields_of(got)
    others = [(key, name) for key, amounts in found.items() for name in set(amounts).difference(expect.get(key, ()))]
    return agree(expect, got) and not any(found[key][name] for key, name in others)


@adapter("receivables", "journal", agrees=nothing_else)
def of_one(case: Case) -> Mapping[str, Any]:
    return {"lines": balances(entries_of(case.input, case.input["currency"]))}


@adapter("receivables", "journal_balance", agrees=nothing_else)
def of_many(case: Case) -> Mapping[str, Any]:
    currency = case.input["currency"]
    return {"balances": balances(entry for event in case.input["entries"] for entry in entries_of(event, currency))}


# -------------------------------------------------------------------------------------------------------- not carried


LOTS = {"FIFO": allocation.FIFO, "LIFO": allocation.LIFO}


@adapter("receivables", "lots")
def lots(case: Case) -> Mapping[str, Any]:
    """Lots as open debits, what is taken from them as credits."""
    given = case.input
    if given["method"] not in LOTS:
        raise Unsupported("by_rate")
    make = money.maker(given["currency"])
    credits = [allocation.Item(id=f"CREDIT-{at}", amount=make(text), posted_on=DAY) for at, text in enumerate(given["credits"])]
    debits = [
        allocation.Item(id=lot["id"], amount=make(lot["amount"]), posted_on=periods.date_of(lot["date"]))
        for lot in given["open"]
    ]
    made = allocation.allocate(credits, debits, on=DAY, policy=LOTS[given["method"]])
    if made.unallocated:
        raise Unsupported("all_or_nothing")
    left = {name: amount.amount for name, amount in made.open.items()}
    return {"consumed": [[row.debit, row.amount.amount] for row in made], "left": left}


@adapter("receivables", "two_phase")
def two_phase(case: Case) -> Any:
    raise Unsupported("pending_transfers")
