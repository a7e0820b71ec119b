"""The face of ``ledgerkit.proration``."""

from datetime import date

from ledgerkit import money, periods, proration

APRIL = periods.month(2026, 4)
HALF = periods.Period(date(2026, 4, 16), date(2026, 5, 1))

CALLS = {
    "Convention": lambda: proration.DAILY,
    "Proration": lambda: proration.prorate(money.of("90.00 EUR"), used=HALF, period=APRIL),
    "prorate": lambda: [
        proration.prorate(money.of(price), used=HALF, period=APRIL) for price in ("10.05 EUR", "-123456.79 EUR")
    ],
    "prorate:all": lambda: proration.prorate(money.of("1234567 JPY"), used=APRIL, period=APRIL, convention=proration.DAILY),
}
