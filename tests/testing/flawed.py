"""A store and a source of numbers that break one promise each: the proof that every check bites."""

import threading
import time
from datetime import date, timedelta
from typing import Any

from ledgerkit import allocation, ids, ports, receivables, transactions
from ledgerkit.receivables import Account
from ledgerkit.transactions import Series, Transaction

A_DAY = date(2000, 1, 1)
SERIES = [Series(id="invoices", pattern="INV-{number:05}"), Series(id="payments", pattern="PAY-{number:05}")]


def rebuilt(account: Account, **settings: Any) -> Account:
    """The same account with something of it changed, as a store that forgets would load it."""
    kept: dict[str, Any] = {
        "currency": account.currency,
        "policy": account.policy,
        "transactions": account.transactions,
        "allocations": account.allocations,
        "releases": account.releases,
        "held": [item.id for item in receivables.open_items(account) if item.held],
        "version": account.version,
        "credit_limit": account.credit_limit,
        "state": account.state,
        "locked_through": account.locked_through,
        "unallocated": account.profile.unallocated,
        "base_currency": account.profile.base_currency,
        "terms": account.profile.terms,
    }
    return receivables.account(account.id, **(kept | settings))


def in_a_thread() -> bool:
    return threading.current_thread() is not threading.main_thread()


def without_notes(account: Account) -> Account:
    return rebuilt(account, transactions=[_bare(one) for one in account.transactions])


def _bare(document: Transaction) -> Transaction:
    """The document without its notes."""
    return Transaction(
        id=document.id, kind=document.kind, account=document.account, number=document.number, posted_on=document.posted_on,
        total=document.total, lines=None if document.plain else document.lines, state=document.state, type=document.type,
        against=document.against, payment=document.payment, terms=document.terms, due_on=document.due_on,
        issued_on=document.issued_on, method=document.method, reason=document.reason, external_code=document.external_code,
        priority=document.priority, expires_on=document.expires_on, carried=document.carried,
        base_amount=document.base_amount, cancels=document.cancels, portion=document.portion,
    )  # fmt: skip


class Store:
    """Keeps everything in memory, but for its *flaw*: the id of the promise it breaks, and a word for how."""

    def __init__(self, flaw: str = "") -> None:
        self.flaw = flaw
        self.accounts: dict[str, Account] = {}
        self.owners: dict[str, str] = {}
        self.commands: set[str] = set()
        self.numbers: set[str] = set()
        self.lock = threading.Lock()
        self.given: dict[str, Account] = {}
        self.tried: set[str] = set()
        self.failed = threading.Lock()  # once

    def load(self, account: str, /) -> Any:
        if self.flaw == "S12 load":
            return self.accounts[account]
        if self.flaw == "S8 loads" and in_a_thread() and self.failed.acquire(blocking=False):
            raise RuntimeError("one thread only")
        name = ids.checked(account)
        if name not in self.accounts:
            if self.flaw == "S5 load":
                return receivables.account(name, currency="EUR")
            if self.flaw == "S5 raises":
                raise KeyError(name)
            raise ids.UnknownReference(name, "the store")
        return self._loaded(self.accounts[name])

    def _loaded(self, found: Account) -> Any:
        match self.flaw:
            case "S1 notes":
                return without_notes(found)
            case "S1 settings":
                return rebuilt(found, credit_limit=None)
            case "S1 type":
                return {"id": found.id}
            case "S1 order":
                return rebuilt(found, transactions=found.transactions[::-1], held=[])
            case "S1 raises":
                raise KeyError(found.id)
            case "S1 documents" if len(found.transactions) > 2:
                return rebuilt(found, transactions=found.transactions[:-1], allocations=[], releases=[], held=[])
            case "S9 changes":
                kept = self.given.setdefault(found.id, rebuilt(found))
                for name in ("version", "balance_minor", "_history", "_known", "_debits", "_credits", "_held"):
                    object.__setattr__(kept, name, getattr(found, name))
                return kept
            case "S9 other":
                return rebuilt(found, held=[])
            case "S10 documents":
                return rebuilt(found, transactions=[], allocations=[], releases=[], held=[])
            case "S10 rows":
                rows = [_dated(row, row.on + timedelta(days=2)) for row in found.allocations]
                return rebuilt(
                    found, allocations=rows, releases=[_dated(row, row.on + timedelta(days=2)) for row in found.releases]
                )
            case "S11 forgets":
                return rebuilt(found, held=[])
            case "S11 settles":
                return rebuilt(found, policy=allocation.MANUAL)
            case "S11 credits" if found.id == "ACME":
                return rebuilt(found, held=["INV-2"])
        return found

    def account_of(self, transaction: str, /) -> str:
        if self.flaw == "S12 account_of":
            return self.owners[transaction]
        name = ids.checked(transaction)
        if name not in self.owners:
            if self.flaw == "S5 account_of":
                return ""
            raise ids.UnknownReference(name, "the store")
        return "ACME" if self.flaw == "S6" else self.owners[name]

    def save(self, save: ports.Save, /) -> None:
        if self.flaw != "S12 save" and type(save) is not ports.Save:
            raise ports.StoreFailed("this is no save")
        if self.flaw == "S12 huge" and any(one.balance_minor > 10**30 for one in save.accounts):
            raise OverflowError("too large for a column")
        if self.flaw == "S12 cut" and any(one.balance_minor > 10**30 for one in save.accounts):
            return
        self.tried |= set(save.numbers)
        if self.flaw.startswith("S8"):
            self._save(save)
            return
        with self.lock:
            self._save(save)

    def _save(self, save: ports.Save) -> None:
        if save.command in self.commands:
            if self.flaw == "S2 raises":
                raise ids.DuplicateId(save.command, "command")
            if self.flaw == "S2 again":
                self.accounts |= {one.id: one for one in save.accounts}
            return
        if self.flaw == "S4 command" or self.flaw == "S8 raises":
            self.commands.add(save.command)
        for id, expected in save.expected.items():
            self._judge(id, expected, save)
        taken = next((number for number in save.numbers if number in self.numbers), None)
        if taken is not None and self.flaw != "N4 twice":
            if self.flaw == "N4 half":
                self.accounts |= {one.id: one for one in save.accounts}
            raise ports.NumberTaken(taken)
        self._own(save)
        self._keep(save)

    def _judge(self, id: str, expected: int, save: ports.Save) -> None:
        found = self.accounts[id].version if id in self.accounts else 0
        if self.flaw == "S8 late":
            time.sleep(0.005)
        if self.flaw == "S4 first" and found == expected:
            self.accounts |= {one.id: one for one in save.accounts if one.id == id}
        if self.flaw == "S4 owners" and found == expected:
            self.owners |= {one.id: id for one in save.records if isinstance(one, Transaction) and one.account == id}
        if found == expected or self.flaw == "S3" or (self.flaw == "S3 opens" and not expected):
            return
        if self.flaw in ("S3 raises", "S4 raises") or (self.flaw == "S8 raises" and in_a_thread()):
            raise ValueError(f"version {found}")
        if self.flaw == "S3 half" or (self.flaw == "S8 half" and in_a_thread()):
            self.accounts |= {one.id: one for one in save.accounts}
        raise ports.SaveConflict(id, expected, found)

    def _own(self, save: ports.Save) -> None:
        written = [one for one in save.records if isinstance(one, Transaction)]
        for one in written:
            if self.owners.get(one.id, one.account) != one.account and self.flaw != "S7 takes":
                if self.flaw == "S7 half":
                    self.accounts |= {account.id: account for account in save.accounts}
                raise ids.DuplicateId(one.id, "transaction")
        self.owners |= {one.id: one.account for one in written}

    def _keep(self, save: ports.Save) -> None:
        self.commands.add(save.command)
        self.numbers |= set(save.numbers)
        self.accounts |= {one.id: one for one in save.accounts}


def _dated(row: Any, on: date) -> Any:
    """The row with another day."""
    fields = {"credit": row.credit, "debit": row.debit, "amount": row.amount, "policy": row.policy, "version": row.version}
    if hasattr(row, "reason"):
        return type(row)(**fields, on=on, reason=row.reason)
    return type(row)(**fields, on=on, realized=row.realized)


class Numbers:
    """Counts for a store, but for its *flaw*."""

    def __init__(self, store: Store, flaw: str = "") -> None:
        self.store, self.flaw = store, flaw
        self.series = {one.id: one for one in SERIES}
        self.calls = 0

    def next(self, series: str, /) -> str:
        if self.flaw == "N6 raises":
            return _number(self.series[series])
        if self.flaw == "N6 invents" and series not in self.series:
            return "1"
        if series not in self.series and not (self.flaw == "N6 type" and not isinstance(series, str)):
            raise ids.UnknownReference(ids.checked(series), "the source")
        if self.flaw == "N6 type" and not isinstance(series, str):
            raise TypeError("no text")
        return self._next("invoices" if self.flaw == "N5 one" else series)

    def _next(self, series: str) -> str:
        if self.flaw == "N1":
            number, self.series[series] = transactions.numbered(self.series[series], A_DAY)
            return number
        if self.flaw == "N5 same":
            return "1"
        taken = self.store.tried if self.flaw == "N3" else self.store.numbers
        counted = list(self.series) if self.flaw == "N5 all" else [series]
        if self.flaw != "N2":
            while any(_number(self.series[name]) in taken for name in counted):
                self.series |= {name: transactions.numbered(self.series[name], A_DAY)[1] for name in counted}
        return _number(self.series[series])


def _number(series: Series) -> str:
    return transactions.numbered(series, A_DAY)[0]


# The flaw, and what the check of its promise says of it.
STORES = {
    "S1 notes": "transactions of ACME came back other than saved",
    "S1 settings": "profile of ACME came back other than saved",
    "S1 type": "ACME loaded as a dict",
    "S1 order": "other than saved",
    "S1 raises": "It raised KeyError where nothing is wrong: 'ACME'",
    "S1 documents": "transactions of ACME came back other than saved: 2 of 3",
    "S2 raises": "The same save was sent for the second time: it raised DuplicateId",
    "S2 again": "Another save with the same command was sent for the second time",
    "S3": "Two saves of ACME from version 4: both went through, and 90.00 EUR is allocated to INV-7, of which 70.00 EUR is open.",
    "S3 raises": "The second of two saves of ACME from version 4 raised ValueError: version 5",
    "S3 half": "A save with an old version was refused, and yet",
    "S3 opens": "A second account ACME, from nothing, went through",
    "S4 first": "A save was refused for its second part, and yet version of ACME",
    "S4 owners": "and yet PAY-4 of its first part is known",
    "S4 raises": "A save of which one part cannot stand raised ValueError",
    "S4 command": "The command of a refused save was sent again, corrected",
    "S5 load": "An empty store was asked for account NOBODY: it went through",
    "S5 raises": "it raised KeyError",
    "S5 account_of": "was asked for transaction NOTHING: it went through",
    "S6": "PAY-9 is on OTHER, and the store says ACME",
    "S7 takes": "a second INV-7 on OTHER went through",
    "S7 half": "A second INV-7 was refused, and yet version of OTHER",
    "S8 late": "4 writers saved ACME from one version at the same time",
    "S8 loads": "4 writers saved ACME at the same time: one raised RuntimeError: one thread only",
    "S8 raises": "4 writers saved ACME at the same time: one raised ValueError",
    "S8 half": "6 payments went through, and ACME lacks PAY-",
    "S9 changes": "ACME was loaded in version 4; after another save the same value says version 5",
    "S9 other": "ACME came back other than saved",
    "S10 documents": "On 2026-03-01 the balance of ACME was",
    "S10 rows": "What was open on",
    "S11 forgets": "after loading there is on hold: nothing",
    "S11 settles": "A payment settles other invoices after loading than before",
    "S11 credits": "after loading there is on hold: INV-2",
    "S12 load": "load(7) raised KeyError",
    "S12 account_of": "account_of(7) raised KeyError",
    "S12 save": "save(7) raised AttributeError",
    "S12 huge": "An invoice of 41 digits raised OverflowError",
    "S12 cut": "An invoice of 41 digits: version of ACME came back other than saved",
}
SOURCES = {
    "N1": "Nothing of the series was saved, and it gave INV-00001, INV-00002, INV-00003, INV-00004",
    "N2": "INV-00001 were saved, and then it gave INV-00001",
    "N3": "The save that carried INV-00001 failed, and the next number is INV-00002",
    "N3 went": "A save from an old version went through",
    "N4 twice": "The number INV-00001 was saved for INV-1, and a save of INV-2 with it went through",
    "N4 half": "A second INV-00001 was refused, and yet its account is there",
    "N5 one": "the payments went from INV-00001 to INV-00002",
    "N5 all": "the payments went from PAY-00001 to PAY-00002",
    "N5 same": "Invoices and payments both begin with 1",
    "N6 raises": "it raised KeyError",
    "N6 invents": "it went through",
    "N6 type": "The source was asked for nonsense: it raised TypeError",
}
