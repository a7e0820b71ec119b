"""The face of ``ledgerkit.pricing``."""

from ledgerkit import money, pricing

CALLS = {
    "Discount": lambda: pricing.Discount(percent="12.5%"),
    "percent_off": lambda: pricing.percent_off("10%"),
    "amount_off": lambda: pricing.amount_off(money.of("1234.56 EUR")),
}

ERRORS = {
    "InvalidDiscount": lambda: pricing.Discount(),
    "InvalidDiscount:raise": lambda: pricing.amount_off(money.of("-5.00 EUR")),
}
