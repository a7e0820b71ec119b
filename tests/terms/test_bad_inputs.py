"""Whatever is passed, no foreign error comes out."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ledgerkit import money, periods, terms
from ledgerkit.errors import LedgerkitError

P: Any = terms  # for what the types forbid
DAY = date(2026, 1, 31)
NET = terms.net(30)
ONE = money.of("1.00 EUR")
EARLY = terms.early_discount("2%", within_days=10)
PLAN = terms.installments([terms.share("50%"), terms.rest()])
JUNK = [
    None, True, 1.5, "x", "", "9" * 5000, b"x", object(), [], {}, 10**5000, -1, Decimal("NaN"), datetime.max, date.max, date.min, (1, 2),
    [[1, 2, 3]], [(1, 31, None)], [("days", (10**5000,))], ONE, NET, terms.rest(), periods.Calendar(weekend=range(7)), {"x": None}, {1: 1},
]  # fmt: skip
CALLS: dict[str, Callable[[Any], object]] = {
    "net": P.net,
    "months": P.months,
    "end_of_month": P.end_of_month,
    "net_then_eom": P.net_then_eom,
    "eom_then_net": P.eom_then_net,
    "eom_plus": lambda x: P.eom_plus(months=x, days=x),
    "nth_day": lambda x: (P.nth_day(15, months=x), P.nth_day(x)),
    "days_then_nth_day": lambda x: (P.days_then_nth_day(1, x), P.days_then_nth_day(x, 1)),
    "weekday": P.weekday,
    "days_then_payday": lambda x: P.days_then_payday(0, x),
    "pay day": lambda x: P.days_then_payday(0, [x]),
    "min_days_then_day": lambda x: P.min_days_then_day(x, 1),
    "step": lambda x: P.step(month=x),
    "step days": lambda x: P.step(days=x, weeks=x),
    "step weekday": lambda x: P.step(weekday=x),
    "steps": P.steps,
    "day_bands": P.day_bands,
    "band": lambda x: P.day_bands([x]),
    "within": lambda x: (P.within(NET, minus=x), P.within(x, minus=1)),
    "default": lambda x: P.within(NET, default=x),
    "for_account": lambda x: P.for_account(P.within(NET, minus=5), days=x),
    "for_account months": lambda x: P.due_on(P.for_account(NET, months=x), posted_on=DAY),
    "early_discount": lambda x: P.early_discount(x, within_days=1),
    "within_days": lambda x: P.early_discount("2%", within_days=x, basis=x),
    "with_early_discount": lambda x: P.with_early_discount(NET, x),
    "Terms": lambda x: P.Terms(steps=x),
    "Terms early": lambda x: P.Terms(steps=[], early=x),
    "parse": P.parse,
    "due_on": lambda x: P.due_on(NET, posted_on=x),
    "due_on terms": lambda x: P.due_on(x, posted_on=DAY),
    "due_on calendar": lambda x: P.due_on(NET, posted_on=DAY, calendar=x, roll=periods.Roll.NONE),
    "due_on roll": lambda x: P.due_on(NET, posted_on=DAY, calendar=periods.Calendar(), roll=x),
    "due_date": lambda x: P.due_date(NET, x),
    "check_typed": lambda x: P.check_typed(NET, x, posted_on=DAY),
    "share": P.share,
    "round_to": lambda x: P.schedule(ONE, P.installments([P.share("5%", round_to=x), terms.rest()]), posted_on=DAY),
    "fixed": P.fixed,
    "rest": lambda x: P.rest(terms=x),
    "Part": lambda x: P.Part(kind=x),
    "installments": P.installments,
    "schedule": lambda x: P.schedule(x, PLAN, posted_on=DAY),
    "plan": lambda x: P.schedule(ONE, x, posted_on=DAY),
    "schedule posted_on": lambda x: P.schedule(ONE, PLAN, posted_on=x),
    "equal_installments": lambda x: P.equal_installments(ONE, x, first_on=DAY),
    "first_on": lambda x: P.equal_installments(ONE, 3, first_on=x),
    "every": lambda x: P.equal_installments(ONE, 3, first_on=DAY, every=x),
    "installments_of": lambda x: P.installments_of(ONE, x, first_on=DAY),
    "early_payment": lambda x: P.early_payment(EARLY, x, posted_on=DAY),
    "early": lambda x: P.early_payment(x, ONE, posted_on=DAY),
    "taxes": lambda x: P.early_payment(EARLY, ONE, posted_on=DAY, taxes=x),
    "paid_on": lambda x: P.early_payment(EARLY, ONE, posted_on=DAY, paid_on=x),
}


@pytest.mark.parametrize("name", CALLS)
def test_no_foreign_error_comes_out(name: str):
    """Each says what to do instead."""
    for junk in JUNK:
        try:
            str(CALLS[name](junk))
        except LedgerkitError as error:
            assert error.remedy, (junk, error)
