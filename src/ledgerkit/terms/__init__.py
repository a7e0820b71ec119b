"""
When a thing falls due: terms as steps in a stated order, windows, installments, early-payment discounts.

*30 days, then the end of the month* and *the end of the month, then 30 days* are two rules with two names. What a rule gives is
a date, the window a typed date must lie in, and why.
"""

from ledgerkit import _front
from ledgerkit.terms._due import check_typed, due_date, due_on
from ledgerkit.terms._early import EarlyPayment, early_payment
from ledgerkit.terms._installments import (
    Installments,
    Part,
    Style,
    fixed,
    installments,
    rest,
    share,
    share_of_rest,
)
from ledgerkit.terms._make import (
    day_bands,
    days_then_nth_day,
    days_then_payday,
    early_discount,
    end_of_month,
    eom_plus,
    eom_then_net,
    for_account,
    min_days_then_day,
    months,
    net,
    net_then_eom,
    nth_day,
    step,
    steps,
    weekday,
    with_early_discount,
    within,
)
from ledgerkit.terms._parse import parse
from ledgerkit.terms._schedule import (
    Installment,
    InstallmentsDoNotFit,
    Schedule,
    equal_installments,
    installments_of,
    schedule,
)
from ledgerkit.terms._steps import InvalidTerms, Step
from ledgerkit.terms._types import (
    Basis,
    CreditPeriodOutsideRange,
    Default,
    DueDate,
    DueDateOutsideWindow,
    EarlyDiscount,
    Terms,
)

__all__ = [
    "Basis",
    "CreditPeriodOutsideRange",
    "Default",
    "DueDate",
    "DueDateOutsideWindow",
    "EarlyDiscount",
    "EarlyPayment",
    "Installment",
    "Installments",
    "InstallmentsDoNotFit",
    "InvalidTerms",
    "Part",
    "Schedule",
    "Step",
    "Style",
    "Terms",
    "check_typed",
    "day_bands",
    "days_then_nth_day",
    "days_then_payday",
    "due_date",
    "due_on",
    "early_discount",
    "early_payment",
    "end_of_month",
    "eom_plus",
    "eom_then_net",
    "equal_installments",
    "fixed",
    "for_account",
    "installments",
    "installments_of",
    "min_days_then_day",
    "months",
    "net",
    "net_then_eom",
    "nth_day",
    "parse",
    "rest",
    "schedule",
    "share",
    "share_of_rest",
    "step",
    "steps",
    "weekday",
    "with_early_discount",
    "within",
]

_front.publish(globals())
