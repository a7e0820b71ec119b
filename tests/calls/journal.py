"""The face of ``ledgerkit.journal``."""

from datetime import date

from ledgerkit import journal, money

eur = money.maker("EUR")
SIDES = [
    journal.Posting(role=journal.Role.RECEIVABLE, amount=eur("123456.78"), account="ACME"),
    journal.Posting(role=journal.Role.REVENUE, amount=eur("-103742.67")),
    journal.Posting(role=journal.Role.TAX, amount=eur("-19714.11"), code="VAT"),
]
INVOICED = journal.Entry(id="E-1", on=date(2026, 3, 1), source="INV-7", postings=SIDES)
UNDONE = journal.reverse(INVOICED, id="E-2", on=date(2026, 3, 4))

CALLS = {
    "Entry": lambda: INVOICED,
    "Posting": lambda: SIDES,
    "entered": lambda: journal.entered(
        "E-3", date(2026, 3, 1), "PAY-1", (("cash", 500, "EUR", None, None), ("receivable", -500, "EUR", "ACME", None))
    ),
    "reverse": lambda: UNDONE,
    "trial_balance": lambda: journal.trial_balance([INVOICED, UNDONE], as_of=date(2026, 3, 3)),
}

ERRORS = {
    "AlreadyReversed": lambda: journal.reverse(UNDONE, id="E-3", on=date(2026, 3, 5)),
    "Unbalanced": lambda: journal.Entry(id="E-1", on=date(2026, 3, 1), source="INV-7", postings=SIDES[:2]),
}
