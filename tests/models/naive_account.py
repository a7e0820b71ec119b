"""
An account, reckoned the slow way: plain integers, lists and loops over everything, no ledgerkit.

Written from the meaning of the rules and not from the package, which it judges. Days are whole numbers, amounts minor units. A document
is a dict; ``rows`` are the allocations that stand; ``facts`` is the log from which any day's figures are told.
"""

from typing import Any

DEBITS = ("invoice", "debit_note", "refund", "payment_cancellation")
RANKS = ("costs", "interest", "principal")
ORDERED = ("fifo", "lifo", "pro-rata", "statutory")
NEVER = 10**9


class Refused(Exception):
    """The rules refuse it; the text is the name of the error."""


def _half_up(num: int, den: int) -> int:
    return (2 * num + den) // (2 * den)


class NaiveAccount:
    def __init__(self, order: str = "fifo", *, names_count: bool = True) -> None:
        self.order = order
        self.names_count = names_count
        self.documents: list[dict[str, Any]] = []
        self.rows: list[dict[str, Any]] = []
        self.facts: list[tuple[int, str, str, int]] = []
        self.made: list[tuple[str, str, int, int, str]] = []
        self.undone: list[tuple[str, str, int, int, str]] = []
        self.realized: list[tuple[int, int]] = []
        self.hundredths = 100
        self.decisions = 0
        self.serial = 0

    def copy(self) -> "NaiveAccount":
        other = NaiveAccount(self.order, names_count=self.names_count)
        other.documents = [dict(document) for document in self.documents]
        other.rows = [dict(row) for row in self.rows]
        other.hundredths, other.realized = self.hundredths, list(self.realized)
        other.facts, other.made, other.undone = list(self.facts), list(self.made), list(self.undone)
        other.decisions, other.serial = self.decisions, self.serial
        return other

    # ------------------------------------------------------------------------------------------------ what it stands at

    def document(self, id: str) -> dict[str, Any]:
        for document in self.documents:
            if document["id"] == id:
                return document
        raise Refused("UnknownReference")

    def undone_on(self, id: str, day: int) -> dict[str, Any]:
        """A document that is about to be undone, which was posted by then."""
        document = self.document(id)
        if day < document["posted"]:
            raise Refused("DatedBefore")
        return document

    def is_debit(self, id: str) -> bool:
        return self.document(id)["kind"] in DEBITS

    def open(self, id: str) -> int:
        return self.document(id)["amount"] - sum(row["minor"] for row in self.rows if id in (row["credit"], row["debit"]))

    def carried(self, id: str) -> int:
        """What is open of it is worth in the base currency, at the rate of its posting."""
        gone = sum(row["base_c"] for row in self.rows if row["credit"] == id) + sum(
            row["base_d"] for row in self.rows if row["debit"] == id
        )
        return int(self.document(id)["base"]) - gone

    def balance(self, day: int = NEVER) -> int:
        total = 0
        for document in self.documents:
            if document["posted"] <= day:
                total += document["amount"] if document["kind"] in DEBITS else -document["amount"]
        return total

    def open_on(self, day: int) -> dict[str, int]:
        left = {document["id"]: document["amount"] for document in self.documents if document["posted"] <= day}
        for on, credit, debit, minor in self.facts:
            if on <= day:
                left[credit] -= minor
                left[debit] -= minor
        return left

    def overdue(self, day: int) -> int:
        left = self.open_on(day)
        return sum(left.get(one["id"], 0) for one in self.documents if one["kind"] in DEBITS and one["due"] < day)

    def in_order(self, *, debits: bool) -> list[dict[str, Any]]:
        """Credits by priority, expiry, posting, arrival; debits by what they are made of where it counts, due date, posting, arrival."""
        found = [document for document in self.documents if (document["kind"] in DEBITS) is debits]
        if not debits:
            return sorted(found, key=lambda one: (one["priority"], one["expires"], one["posted"], one["arrival"]))
        if self.order == "statutory":
            return sorted(found, key=lambda one: (RANKS.index(one["portion"]), one["due"], one["posted"], one["arrival"]))
        if self.order == "lifo":
            return sorted(found, key=lambda one: (-one["due"], -one["posted"], one["arrival"]))
        return sorted(found, key=lambda one: (one["due"], one["posted"], one["arrival"]))

    # ------------------------------------------------------------------------------------------------ give and take

    def free_since(self, id: str) -> int:
        """The day from which what is open of it now is free: its posting, or the last day something was taken back."""
        days = [on for on, credit, debit, minor in self.facts if minor < 0 and id in (credit, debit)]
        return max([self.document(id)["posted"], *days])

    def give(self, credit: str, debit: str, minor: int, policy: str, day: int) -> None:
        assert 0 < minor <= min(self.open(credit), self.open(debit))
        on = max(day, self.free_since(credit), self.free_since(debit))
        self.serial += 1
        row = {"credit": credit, "debit": debit, "minor": minor, "on": on, "policy": policy}
        in_base = {
            side: _half_up(self.carried(id) * minor, self.open(id)) for side, id in (("base_c", credit), ("base_d", debit))
        }
        self.realized.append((on, in_base["base_c"] - in_base["base_d"]))
        self.rows.append({**row, **in_base, "decision": self.decisions, "serial": self.serial})
        self.facts.append((on, credit, debit, minor))
        self.made.append((credit, debit, minor, on, policy))

    def take(self, row: dict[str, Any], minor: int, day: int, reason: str) -> None:
        on = max(day, row["on"])
        back = {side: _half_up(row[side] * minor, row["minor"]) for side in ("base_c", "base_d")}
        self.realized.append((on, back["base_d"] - back["base_c"]))
        row.update({side: row[side] - part for side, part in back.items()})
        row["minor"] -= minor
        if not row["minor"]:
            self.rows = [other for other in self.rows if other is not row]
        self.facts.append((on, row["credit"], row["debit"], -minor))
        self.undone.append((row["credit"], row["debit"], minor, on, reason))

    def take_latest(self, rows: list[dict[str, Any]], needed: int, day: int, reason: str, *, by_debit: bool = False) -> None:
        """Rows made last first; of several debits, rows of the latest decision, and there of the debit that is used last."""
        place = {document["id"]: at if by_debit else 0 for at, document in enumerate(self.in_order(debits=True))}
        for row in sorted(rows, key=lambda row: (row["decision"], place[row["debit"]], row["serial"]), reverse=True):
            taken = min(needed, row["minor"])
            if taken:
                self.take(row, taken, day, reason)
                needed -= taken

    def sweep(self, day: int) -> None:
        if self.order == "by-hand":
            return
        credits = [one["id"] for one in self.in_order(debits=False) if not one["held"]]
        debits = [one["id"] for one in self.in_order(debits=True) if not one["held"]]
        for credit in credits:
            if self.order == "pro-rata":
                self.share(credit, debits, day)
                continue
            for debit in debits:
                minor = min(self.open(credit), self.open(debit))
                if minor:
                    self.give(credit, debit, minor, self.order, day)

    def share(self, credit: str, debits: list[str], day: int) -> None:
        """Largest remainder: whole shares first, then one unit each to the largest rests, ties by position."""
        left = [self.open(debit) for debit in debits]
        total = sum(left)
        have = min(self.open(credit), total)
        if not have:
            return
        parts = [have * owed // total for owed in left]
        rests = sorted(range(len(left)), key=lambda at: (-(have * left[at] % total), at))
        for at in rests[: have - sum(parts)]:
            parts[at] += 1
        for debit, part in zip(debits, parts, strict=True):
            if part:
                self.give(credit, debit, part, "pro-rata", day)

    # ------------------------------------------------------------------------------------------------ posting

    def enter(self, kind: str, id: str, amount: int, day: int, **said: Any) -> dict[str, Any]:
        document = {
            "id": id, "kind": kind, "amount": amount, "posted": day, "due": day, "priority": 0, "expires": NEVER,
            "arrival": len(self.documents), "held": False, "state": "posted", "total_of": None, "portion": "principal",
            "base": _half_up(amount * self.hundredths, 100), **said,
        }  # fmt: skip
        self.documents.append(document)
        return document

    def new_id(self, id: str) -> None:
        if any(document["id"] == id for document in self.documents):
            raise Refused("DuplicateId")

    def post_debit(
        self,
        kind: str,
        id: str,
        amount: int,
        day: int,
        *,
        due: int | None = None,
        against: Any = (),
        portion: str = "principal",
    ) -> None:
        self.decisions += 1
        self.new_id(id)
        self.enter(kind, id, amount, day, due=day if due is None else due, portion=portion)
        left = amount
        for name in against:
            if self.is_debit(name):
                raise Refused("CyclicReference")
            if self.document(name)["kind"] in ("write_off", "invoice_cancellation"):
                raise Refused("NotCancellable")
            taken = min(left, self.open(name) + sum(row["minor"] for row in self.undoable(name)))
            if taken:
                self.claim(id, name, taken, "cancellation", "undone", day)
            left -= taken
        self.sweep(day)

    def post_credit(
        self, kind: str, id: str, amount: int, day: int, *, against: Any = (), priority: int = 0, expires: int = NEVER
    ) -> None:
        self.decisions += 1
        self.new_id(id)
        self.enter(kind, id, amount, day, priority=priority, expires=expires)
        if any(not self.is_debit(name) for name in against):
            raise Refused("CyclicReference")
        named = [one["id"] for one in self.in_order(debits=True) if one["id"] in against]
        came_back = [debit for debit in named if kind == "payment" and self.document(debit)["kind"] == "refund"]
        if came_back:
            self.settle_named(id, came_back, (*ORDERED, "refund"), day)
        if self.names_count:
            self.settle_named(id, [debit for debit in named if debit not in came_back], ORDERED, day)
        self.sweep(day)

    def settle_named(self, id: str, debits: list[str], give_way: tuple[str, ...], day: int) -> None:
        """Take what is open of them, and displace what the others say gives way, by the shortfall."""
        rows = [row for row in self.rows if row["debit"] in debits and row["policy"] in give_way]
        short = self.open(id) - sum(self.open(debit) for debit in debits)
        if short > 0:
            self.take_latest(rows, short, day, "displaced", by_debit=True)
        for debit in debits:
            minor = min(self.open(id), self.open(debit))
            if minor:
                self.give(id, debit, minor, "against-item", day)

    def undoable(self, credit: str) -> list[dict[str, Any]]:
        """What a credit settled, without what gave a part of it back already."""
        return [row for row in self.rows if row["credit"] == credit and row["policy"] not in ("cancellation", "refund")]

    def claim(self, debit: str, credit: str, minor: int, policy: str, reason: str, day: int) -> None:
        short = minor - self.open(credit)
        if short > 0:
            if sum(row["minor"] for row in self.undoable(credit)) < short:
                raise Refused("Overdraft")
            self.take_latest(self.undoable(credit), short, day, reason)
        if minor:
            self.give(credit, debit, minor, policy, day)

    def refund(
        self, id: str, amount: int, day: int, *, payment: str | None = None, overdraft: bool = False, reopen: bool = False
    ) -> None:
        self.decisions += 1
        self.new_id(id)
        if payment is None:
            free = sum(self.open(one["id"]) for one in self.in_order(debits=False) if not one["held"])
            if free < amount and not overdraft:
                raise Refused("Overdraft")
            self.enter("refund", id, amount, day)
            self.take_free(id, amount, day)
        else:
            if self.is_debit(payment):
                raise Refused("CyclicReference")
            if self.document(payment)["kind"] not in ("payment", "credit_note"):
                raise Refused("CyclicReference")
            if self.open(payment) < amount and not reopen:
                raise Refused("Overdraft")
            self.enter("refund", id, amount, day)
            self.claim(id, payment, amount, "refund", "refund", day)
        self.sweep(day)

    def take_free(self, debit: str, left: int, day: int) -> None:
        """Money that goes back comes out of free credit, ahead of other debits."""
        for credit in [one["id"] for one in self.in_order(debits=False) if not one["held"]]:
            minor = min(left, self.open(credit))
            if minor:
                self.give(credit, debit, minor, "fifo", day)
                left -= minor

    def refund_balance(self, id: str, day: int) -> None:
        free = sum(self.open(one["id"]) for one in self.in_order(debits=False) if not one["held"])
        if not free:
            raise Refused("NoFreeCredit")
        self.refund(id, free, day)

    def quick_pay(self, id: str, invoice: str, day: int) -> None:
        self.decisions += 1
        if not self.is_debit(invoice):
            raise Refused("WrongSide")
        if not self.open(invoice):
            raise Refused("AlreadySettled")
        self.new_id(id)
        minor = self.open(invoice)
        self.enter("payment", id, minor, day)
        self.give(id, invoice, minor, "against-item", day)
        self.sweep(day)

    # ------------------------------------------------------------------------------------------------ undoing

    def cancel(self, id: str, target: str, day: int) -> None:
        self.decisions += 1
        document = self.undone_on(target, day)
        if document["kind"] not in ("invoice", "payment"):
            raise Refused("NotCancellable")
        if document["state"] == "cancelled":
            raise Refused("InvalidTransition")
        self.refuse_bound(target, "write-off", "refund", "cancellation")
        self.new_id(id)
        document["state"] = "cancelled"
        for row in [row for row in self.rows if target in (row["credit"], row["debit"])]:
            self.take(row, row["minor"], day, "cancellation")
        kind = "invoice_cancellation" if document["kind"] == "invoice" else "payment_cancellation"
        self.enter(kind, id, document["amount"], day, base=document["base"])
        credit, debit = (id, target) if document["kind"] == "invoice" else (target, id)
        if document["amount"]:
            self.give(credit, debit, document["amount"], "cancellation", day)
        self.sweep(day)

    def refuse_bound(self, target: str, *policies: str) -> None:
        if any(row["policy"] in policies for row in self.rows if target in (row["credit"], row["debit"])):
            raise Refused("NotCancellable")

    def write_off(self, id: str, target: str, day: int) -> int:
        self.decisions += 1
        self.undone_on(target, day)
        minor = self.open(target)
        if not minor:
            raise Refused("AlreadySettled")
        self.new_id(id)
        if self.is_debit(target):
            self.enter("write_off", id, minor, day)
            self.give(id, target, minor, "write-off", day)
        else:
            self.enter("debit_note", id, minor, day)
            self.give(target, id, minor, "cancellation", day)
        self.sweep(day)
        return minor

    def recover(self, id: str, lost: str, amount: int | None, day: int) -> int:
        self.decisions += 1
        if self.undone_on(lost, day)["kind"] != "write_off":
            raise Refused("UnknownReference")
        left = sum(row["minor"] for row in self.rows if row["credit"] == lost and row["policy"] == "write-off")
        minor = left if amount is None else amount
        if not 0 < minor <= left:
            raise Refused("OverAllocation")
        self.new_id(id)
        self.enter("debit_note", id, minor, day)
        self.claim(id, lost, minor, "cancellation", "recovered", day)
        self.sweep(day)
        return minor

    def give_back(self, id: str, held: str, minor: int, day: int) -> None:
        """Take a debt off the account that had taken it over: a credit note, for that debt whatever the policy."""
        self.decisions += 1
        self.new_id(id)
        self.enter("credit_note", id, minor, day)
        self.settle_named(id, [held], ORDERED, day)
        self.sweep(day)

    def charge_back(self, id: str, payment: str, amount: int | None, fee: int, day: int) -> None:
        self.decisions += 1
        if self.undone_on(payment, day)["kind"] != "payment":
            raise Refused("UnknownReference")
        left = self.open(payment) + sum(row["minor"] for row in self.undoable(payment))
        minor = left if amount is None else amount
        if not 0 < minor <= left:
            raise Refused("Overdraft")
        self.new_id(id)
        self.enter("refund", id, minor, day)
        self.claim(id, payment, minor, "refund", "refund", day)
        if fee:
            self.enter("debit_note", f"{id}/fee", fee, day, portion="costs")
        self.sweep(day)

    def move_out(self, id: str, payment: str, day: int) -> int:
        self.decisions += 1
        document = self.undone_on(payment, day)
        if document["kind"] != "payment":
            raise Refused("NotCancellable")
        self.refuse_bound(payment, "refund", "cancellation")
        if document["state"] == "cancelled":
            raise Refused("InvalidTransition")
        self.new_id(id)
        document["state"] = "cancelled"
        for row in [row for row in self.rows if row["credit"] == payment]:
            self.take(row, row["minor"], day, "moved")
        self.enter("payment_cancellation", id, document["amount"], day)
        if document["amount"]:
            self.give(payment, id, document["amount"], "cancellation", day)
        self.sweep(day)
        return int(document["amount"])

    # ------------------------------------------------------------------------------------------------ by hand

    def allocate(self, credit: str, debit: str, minor: int, day: int) -> None:
        self.decisions += 1
        if self.is_debit(credit) or not self.is_debit(debit):
            raise Refused("WrongSide")
        if minor > min(self.open(credit), self.open(debit)):
            raise Refused("OverAllocation")
        self.give(credit, debit, minor, "by-hand", day)

    def release(self, credit: str, debit: str, minor: int | None, day: int) -> None:
        self.decisions += 1
        if self.is_debit(credit) or not self.is_debit(debit):
            raise Refused("WrongSide")
        rows = [row for row in self.undoable(credit) if row["debit"] == debit and row["policy"] != "write-off"]
        stands = sum(row["minor"] for row in rows)
        needed = stands if minor is None else minor
        if not 0 < needed <= stands:
            raise Refused("NothingToRelease")
        self.take_latest(rows, needed, day, "asked for")

    def hold(self, id: str, *, held: bool, day: int) -> None:
        self.decisions += 1
        self.document(id)["held"] = held
        if not held:
            self.sweep(day)
