"""The face of ``ledgerkit.charges``."""

from ledgerkit import charges, money, periods

CALLS = {
    "Charge": lambda: charges.Charge(
        source="SUB-1",
        text="Basic",
        amount=money.of("1234.56 EUR"),
        quantity="2.5",
        period=periods.month(2026, 4),
        reason=charges.Reason.RECURRING,
    ),
}
