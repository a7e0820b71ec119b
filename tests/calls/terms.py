"""The face of ``ledgerkit.terms``."""

from datetime import date

from ledgerkit import money, periods, terms

eur = money.maker("EUR")
ON = date(2026, 1, 31)
EASTER = periods.Calendar(holidays=[date(2026, 4, 3), date(2026, 4, 6)])
SKONTO = terms.early_discount("3%", within_days=10)
HALVES = terms.installments([terms.share("33.3%"), terms.share_of_rest("50%"), terms.fixed(eur("4.00")), terms.rest()])


def due(made: terms.Terms) -> terms.DueDate:
    return terms.due_on(made, posted_on=ON)


CALLS = {
    "DueDate": lambda: due(terms.net(30)),
    "EarlyDiscount": lambda: SKONTO,
    "EarlyPayment": lambda: terms.early_payment(SKONTO, eur("123456.78"), posted_on=ON, taxes={"VAT": eur("23456.79")}),
    "Installment": lambda: terms.schedule(eur("-1000.05"), HALVES, posted_on=ON).rows,
    "Installments": lambda: HALVES,
    "Part": lambda: HALVES.parts,
    "Schedule": lambda: terms.schedule(eur("-1000.05"), HALVES, posted_on=ON),
    "Step": lambda: terms.net_then_eom(30).steps,
    "Terms": lambda: terms.Terms(steps=[("days", [30]), ("month_end", [0])]),
    "check_typed": lambda: terms.check_typed(terms.within(terms.net(10), plus=5), date(2026, 2, 12), posted_on=ON),
    "day_bands": lambda: due(terms.day_bands([(1, 15, terms.nth_day(10, months=1)), (16, 31, terms.net(2))])),
    "days_then_nth_day": lambda: due(terms.days_then_nth_day(30, 10)),
    "days_then_payday": lambda: due(terms.days_then_payday(0, [5, 10])),
    "due_date": lambda: terms.due_date(terms.net_then_eom(30), ON),
    "due_on": lambda: [terms.due_on(terms.net(62), posted_on=ON, calendar=EASTER, roll=roll) for roll in periods.Roll],
    "early_discount": lambda: terms.early_discount("2.5%", within_days=10),
    "early_payment": lambda: terms.early_payment(SKONTO, eur("1000.00"), posted_on=ON, paid_on=date(2026, 2, 3)),
    "end_of_month": lambda: due(terms.end_of_month(1)),
    "eom_plus": lambda: due(terms.eom_plus(months=1, days=10)),
    "eom_then_net": lambda: due(terms.eom_then_net(45)),
    "equal_installments": lambda: terms.equal_installments(eur("1000.00"), 3, first_on=ON),
    "fixed": lambda: terms.fixed(eur("1234.56"), terms=terms.net(10)),
    "for_account": lambda: due(terms.for_account(terms.within(terms.net(10), minus=5), days=-3)),
    "installments": lambda: HALVES,
    "installments_of": lambda: terms.installments_of(eur("1000.00"), eur("333.33"), first_on=ON),
    "min_days_then_day": lambda: due(terms.min_days_then_day(30, 20)),
    "months": lambda: due(terms.months(1)),
    "net": lambda: due(terms.net(30)),
    "net_then_eom": lambda: due(terms.net_then_eom(45)),
    "nth_day": lambda: due(terms.nth_day(15, months=1)),
    "parse": lambda: [terms.parse(text) for text in ("net 30", "30 eom", "eom 30", "2/10 net 30")],
    "rest": lambda: terms.rest(terms=terms.net(60)),
    "schedule": lambda: terms.schedule(eur("123456.79"), HALVES, posted_on=ON),
    "share": lambda: terms.share("33.3%", round_to="0.05"),
    "share_of_rest": lambda: terms.share_of_rest("12.5%"),
    "step": lambda: due(terms.step(months=1, day=31, weekday=4)),
    "steps": lambda: due(terms.steps([terms.net(1), terms.weekday(0)])),
    "weekday": lambda: due(terms.weekday(2)),
    "with_early_discount": lambda: terms.with_early_discount(terms.net(30), SKONTO),
    "within": lambda: due(terms.within(terms.net(10), minus=5, plus=5)),
}

ERRORS = {
    "CreditPeriodOutsideRange": lambda: terms.for_account(terms.within(terms.net(10), minus=5), days=-9),
    "DueDateOutsideWindow": lambda: terms.check_typed(terms.within(terms.net(10), plus=5), date(2026, 2, 20), posted_on=ON),
    "InstallmentsDoNotFit": lambda: terms.schedule(
        eur("10.00"), terms.installments([terms.fixed(eur("4.00")), terms.fixed(eur("4.00"))]), posted_on=ON
    ),
    "InvalidTerms": lambda: terms.parse("whenever"),
}
