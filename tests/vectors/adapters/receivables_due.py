"""The due dates and installments of ``receivables/``."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ledgerkit import money, periods, terms
from ledgerkit.terms import Terms
from tests.vectors.registry import Case, Unsupported, adapter

Rule = Mapping[str, Any]

BASES: dict[str, Callable[[int], Terms]] = {
    "start_month": lambda days: terms.step(day=1, days=days),
    "end_month": lambda days: terms.eom_plus(days=days),
    "start_next_month": lambda days: terms.step(months=1, day=1, days=days),
    "end_next_month": lambda days: terms.eom_plus(months=1, days=days),
}
RULES: dict[str, Callable[[Rule], Terms]] = {
    "days": lambda rule: terms.net(rule["days"]),
    "months": lambda rule: terms.months(rule["months"]),
    "nth_day": lambda rule: terms.nth_day(rule["day"], months=rule["months"]),
    "eom_of_month_plus": lambda rule: terms.end_of_month(rule["months"]),
    "eom_then_months_clamped": lambda rule: terms.steps([terms.end_of_month(), terms.months(rule["months"])]),
    "eom_plus_days": lambda rule: terms.eom_plus(months=rule["months"], days=rule["days"]),
    "days_then_eom": lambda rule: terms.net_then_eom(rule["days"]),
    "days_then_day_next_month": lambda rule: terms.days_then_nth_day(rule["days"], rule["day"]),
    "min_days_then_day": lambda rule: terms.min_days_then_day(rule["days"], rule["day"]),
    "days_then_payday": lambda rule: terms.days_then_payday(rule["days"], rule["paydays"]),
    "base_offset": lambda rule: BASES[rule["base"]](rule["offset"]),
    "day_bands": lambda rule: terms.day_bands([(first, last, rule_of(inner)) for first, last, inner in rule["bands"]]),
    "weekday": lambda rule: terms.weekday(rule["weekday"]),
    "steps": lambda rule: terms.steps([terms.step(**step) for step in rule["steps"]]),
}
OPERATORS: dict[str, Callable[[int], dict[str, Any]]] = {
    "MINUS": lambda days: {"minus": days},
    "PLUS": lambda days: {"plus": days},
    "PLUS_MINUS": lambda days: {"minus": days, "plus": days},
    "PLUS/MINUS": lambda days: {"minus": days, "plus": days},
}


def rule_of(rule: Rule) -> Terms:
    return RULES[rule["type"]](rule)


def terms_of(case: Case) -> Terms:
    plain, proximity = rule_of(case.input["rule"]), case.input.get("proximity")
    return terms.within(plain, **OPERATORS[proximity["operator"]](proximity["days"])) if proximity else plain


def calendar_of(case: Case) -> dict[str, Any]:
    given = case.input.get("calendar")
    if given is None:
        return {}
    holidays = [periods.date_of(holiday) for holiday in given["holidays"]]
    return {"calendar": periods.Calendar(holidays=holidays, weekend=given["weekend"]), "roll": periods.Roll(given["roll"])}


def day_of(case: Case) -> date:
    return periods.date_of(case.input["date"])


@adapter("receivables", "due_date")
def due_date(case: Case) -> Mapping[str, Any]:
    return {"due": terms.due_on(terms_of(case), posted_on=day_of(case), **calendar_of(case)).on.isoformat()}


@adapter("receivables", "due_validate")
def due_validate(case: Case) -> Mapping[str, Any]:
    given, rule = case.input, terms_of(case)
    if "entered" not in given:
        return {"valid": True, "due": terms.due_on(rule, posted_on=day_of(case)).on.isoformat()}
    try:
        due = terms.check_typed(rule, periods.date_of(given["entered"]), posted_on=day_of(case))
    except terms.DueDateOutsideWindow:
        return {"valid": False}
    return {"valid": True, "due": due.isoformat()}


@adapter("receivables", "holiday_map")
def holiday_map(case: Case) -> Mapping[str, Any]:
    moved = {periods.date_of(row["on"]): periods.date_of(row["to"]) for row in case.input["holiday_map"]}
    calendar = periods.Calendar(weekend=(), moved=moved)
    return {"due": terms.due_on(terms_of(case), posted_on=day_of(case), calendar=calendar).on.isoformat()}


def part_of(line: Rule, currency: str) -> terms.Part:
    due = rule_of(line["rule"]) if "rule" in line else None
    match line["type"]:
        case "percent_of_total":
            return terms.share(f"{line['percent']}%", terms=due, round_to=line.get("round_to"))
        case "percent_of_remaining":
            return terms.share_of_rest(f"{line['percent']}%", terms=due, round_to=line.get("round_to"))
        case "fixed":
            return terms.fixed(money.maker(currency)(line["amount"]), terms=due)
        case _:
            return terms.rest(terms=due)


@adapter("receivables", "installments")
def installments(case: Case) -> Mapping[str, Any]:
    currency, style = case.input["currency"], terms.Style(case.input["style"])
    plan = terms.installments([part_of(line, currency) for line in case.input["lines"]], style=style)
    try:
        rows = terms.schedule(money.maker(currency)(case.input["amount"]), plan, posted_on=day_of(case))
    except terms.InstallmentsDoNotFit:
        if style is terms.Style.LAST_IS_BALANCE:
            raise Unsupported("negative_balance") from None
        raise
    return {
        "parts": [row.amount.amount for row in rows],
        "sum": money.total([row.amount for row in rows]).amount,
        "dates": [row.due_on.isoformat() for row in rows],
    }


@adapter("receivables", "equal_split")
def equal_split(case: Case) -> Mapping[str, Any]:
    make, first_on = money.maker(case.input["currency"]), date(2024, 1, 1)
    total = make(case.input["amount"])
    if "part" in case.input:
        rows = terms.installments_of(total, make(case.input["part"]), first_on=first_on)
    elif case.input["style"] == "last_absorbs":
        rows = terms.equal_installments(total, case.input["number"], first_on=first_on)
    else:
        raise Unsupported(case.input["style"])
    return {"parts": [row.amount.amount for row in rows]}


@adapter("receivables", "early_discount")
def early_discount(case: Case) -> Mapping[str, Any]:
    given, make = case.input, money.maker(case.input["currency"])
    early = terms.early_discount(
        f"{given['percent']}%", within_days=given["within_days"], basis=terms.Basis(given["computation"])
    )
    paid_on = periods.date_of(given["paid_on"]) if "paid_on" in given else None
    found = terms.early_payment(
        early, make(given["net"]), taxes={"tax": make(given["tax"])}, posted_on=day_of(case), paid_on=paid_on
    )
    return {
        "last_discount_date": found.last_on.isoformat(),
        "amount_to_settle": found.to_settle.amount,
        "discount": found.discount.amount,
    }
