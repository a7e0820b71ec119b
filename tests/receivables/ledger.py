"""
An account told line by line, so that a case reads as a bookkeeper would write it.

``account("03-01 invoice INV-7 120.00 due 03-15", "03-10 payment PAY-3 50.00")``: the day in 2026, what is done, its id, how much, and
``due``, ``for`` (the documents it names), ``from`` (the payment a refund is taken from), ``by`` (the id of the document that undoes),
``to`` and ``of`` (the debit that is allocated by hand, or released).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from ledgerkit import allocation, money, receivables, transactions
from ledgerkit.receivables import Account, Update
from ledgerkit.transactions import Side

eur = money.maker("EUR")
VAT = transactions.tax("VAT", "20%", inclusive=True)
NAMES = ("due", "for", "from", "by", "to", "of")


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def new(policy: allocation.Policy = allocation.AGAINST_ITEM, **settings: Any) -> Account:
    return receivables.account("ACME", **{"currency": "EUR", "policy": policy, **settings})


def draft(verb: str, id: str, amount: str, said: dict[str, str], taxed: bool = False) -> transactions.Draft:
    total, against = eur(amount), said["for"].split(",") if "for" in said else []
    taxes = [VAT] if taxed else []
    due_on = day(said["due"]) if "due" in said else None
    makers: dict[str, Callable[[], transactions.Draft]] = {
        "invoice": lambda: transactions.invoice(id, total, due_on=due_on, taxes=taxes),
        "debit_note": lambda: transactions.debit_note(id, total, due_on=due_on, against=against, taxes=taxes),
        "credit_note": lambda: transactions.credit_note(id, total, against=against, taxes=taxes),
        "payment": lambda: transactions.payment(id, total, method="wire", against=against),
        "refund": lambda: transactions.refund(id, total, method="wire", reason="paid twice", payment=said.get("from")),
    }
    return makers[verb]()


def does(before: Account, line: str, **more: Any) -> Update:
    """What one line decides."""
    on, verb, id, *words = line.split()
    amounts = [word for word in words if word[0].isdigit() and "." in word]
    said = {name: words[words.index(name) + 1] for name in NAMES if name in words}
    why: dict[str, Any] = {"on": day(on), "reason": "because", **more}
    amount: dict[str, Any] = {"amount": eur(amounts[0])} if amounts else {}
    match verb:
        case "cancel":
            return receivables.cancel(before, id, id=said["by"], **why)
        case "write_off":
            return receivables.write_off(before, id, id=said["by"], **why)
        case "recover":
            return receivables.recover(before, id, id=said["by"], **amount, **why)
        case "charge_back":
            return receivables.charge_back(before, id, id=said["by"], **amount, **why)
        case "release":
            return receivables.release(before, id, of=said["of"], **amount, **why)
        case "hold":
            return receivables.hold(before, id, **why)
        case "lift":
            return receivables.lift(before, id, **why)
        case "allocate":
            return receivables.allocate(before, id, to=said["to"], on=day(on), **amount)
        case "quick_pay":
            return receivables.quick_pay(before, said["by"], invoice=id, method="card", on=day(on), **more)
    taxed = more.pop("taxed", False)
    return receivables.post(before, draft(verb, id, amounts[0], said, taxed), on=day(on), **more)


def then(before: Account, *lines: str, **more: Any) -> Account:
    """The account after these lines."""
    for line in lines:
        before = does(before, line, **more).account
    return before


def account(*lines: str, policy: allocation.Policy = allocation.AGAINST_ITEM, **settings: Any) -> Account:
    """A new account after these lines."""
    return then(new(policy, **settings), *lines)


def rows(found: Account) -> list[str]:
    """Who settles what now: ``PAY-3 -> INV-7 50.00 fifo``, in the order of the credits' arrival."""
    credits = [posted.id for posted in found.transactions if posted.side is Side.CREDIT]
    return [told(row) for credit in credits for row in receivables.allocations_of(found, credit)]


def told(row: allocation.Allocation) -> str:
    return f"{row.credit} -> {row.debit} {row.amount.amount} {row.policy}"


def opens(found: Account, as_of: str | None = None) -> dict[str, str]:
    """What is open of each debit."""
    day_of = {} if as_of is None else {"as_of": day(as_of)}
    return {item.id: str(item.open.amount) for item in receivables.open_items(found, **day_of)}


def free(found: Account, as_of: str | None = None) -> dict[str, str]:
    """What is left of each credit."""
    day_of = {} if as_of is None else {"as_of": day(as_of)}
    return {item.id: str(item.open.amount) for item in receivables.open_credits(found, **day_of)}


def booked(update: Update) -> list[str]:
    """The entries: ``INV-1/entry: receivable:ACME 120.00 EUR, revenue -120.00 EUR``."""
    return [f"{entry.id}: " + ", ".join(map(str, entry.postings)) for entry in update.entries]


def happened(update: Update) -> list[str]:
    return [f"{event.name} {event.subject}" for event in update.events]
