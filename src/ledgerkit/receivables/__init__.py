"""
Receivables: a customer's account, what is posted to it, what settles what, and what it stands at.

Every decision takes an :class:`Account` and returns an :class:`Update`: the new account and exactly what changed, to be saved
together. Not saving it is the preview. Posting works on open items, so its cost does not grow with an account's history. Every figure
can be asked as of any date, from the facts alone.
"""

from ledgerkit import _front
from ledgerkit.receivables._aging import Aged, Aging, Basis, Credits, Edge, NotDue, aging
from ledgerkit.receivables._by_hand import allocate, annotate, hold, lift, release
from ledgerkit.receivables._early import pay_early
from ledgerkit.receivables._late import LatePayer, LatePayers, SalesOutstanding, dso, late_payers
from ledgerkit.receivables._load import account, with_credit_limit, with_lock, with_state
from ledgerkit.receivables._money_back import move, refund_balance, refund_balances
from ledgerkit.receivables._post import MissingRate, post, quick_pay, reject
from ledgerkit.receivables._reports import (
    allocations_of,
    balance,
    open_credits,
    open_items,
    overdue,
    settlement,
    unallocated,
)
from ledgerkit.receivables._statement import Bill, Statement, bill, statement
from ledgerkit.receivables._types import (
    Account,
    AccountTerminated,
    AlreadySettled,
    DatedBefore,
    FactsDisagree,
    NoFreeCredit,
    NotCancellable,
    NothingToRelease,
    NotKnown,
    Overdraft,
    PeriodLocked,
    Settlement,
    State,
    Unallocated,
    Update,
    WrongAccount,
    WrongSide,
)
from ledgerkit.receivables._undo import cancel, charge_back, credit
from ledgerkit.receivables._write_off import recover, write_off, write_off_account

__all__ = [
    "Account",
    "AccountTerminated",
    "Aged",
    "Aging",
    "AlreadySettled",
    "Basis",
    "Bill",
    "Credits",
    "DatedBefore",
    "Edge",
    "FactsDisagree",
    "LatePayer",
    "LatePayers",
    "MissingRate",
    "NoFreeCredit",
    "NotCancellable",
    "NotDue",
    "NotKnown",
    "NothingToRelease",
    "Overdraft",
    "PeriodLocked",
    "SalesOutstanding",
    "Settlement",
    "State",
    "Statement",
    "Unallocated",
    "Update",
    "WrongAccount",
    "WrongSide",
    "account",
    "aging",
    "allocate",
    "allocations_of",
    "annotate",
    "balance",
    "bill",
    "cancel",
    "charge_back",
    "credit",
    "dso",
    "hold",
    "late_payers",
    "lift",
    "move",
    "open_credits",
    "open_items",
    "overdue",
    "pay_early",
    "post",
    "quick_pay",
    "recover",
    "refund_balance",
    "refund_balances",
    "reject",
    "release",
    "settlement",
    "statement",
    "unallocated",
    "with_credit_limit",
    "with_lock",
    "with_state",
    "write_off",
    "write_off_account",
]

_front.publish(globals())
