"""``print(x)`` is for people: one line for a value, a table for many rows, never the constructor."""

from datetime import date
from decimal import Decimal

import pytest

from ledgerkit import events, money, periods, proration, terms, transactions
from ledgerkit.trail import Rule
from tests import calls

HOLIDAYS = [date(2026, 12, 25), date(2026, 12, 28)]
SALE = transactions.Type(id="sale", kind="invoice", name="Sale", default=True)
SHOP = transactions.Type(id="shop", kind="payment", name="Paid in the shop")

SAID = [
    (money.HALF_UP, "half up"),
    (money.Rounding("ROUND_DOWN", Decimal("0.05")), "down to 0.05"),
    (periods.Calendar(holidays=HOLIDAYS), "every day but Saturday, Sunday, 2 holidays"),
    (periods.Calendar(holidays=HOLIDAYS[:1], weekend=()), "every day but 1 holiday"),
    (periods.Calendar(weekend=()), "every day"),
    (proration.DAILY, "daily"),
    (transactions.tax("VAT", "7.7%"), "VAT 7.7%"),
    (transactions.tax("VAT", "20%", inclusive=True), "VAT 20%, included"),
    (transactions.tax_answer("sales tax", money.of("8.88 USD")), "sales tax 8.88 USD, as answered"),
    (transactions.Series(id="invoices", pattern="INV-{number:05}", next=7), "invoices: INV-{number:05}, next 7"),
    (transactions.types([SALE, SHOP]), "Sale (invoice), the default; Paid in the shop (payment)"),
    (Rule(name="demo.double", version=2, fields=("x",), says=str), "demo.double/2"),
    (terms.Step("month_end", (1,)), "the end of the month, 1 month on"),
    (terms.net_then_eom(30).words, "30 days, then the end of the month"),
    (terms.eom_then_net(30).words, "the end of the month, then 30 days"),
    (terms.net(30).words, "net 30"),
    (
        events.Event(id="E-1", name="invoice.posted", on=date(2026, 3, 1), subject="INV-7", data={"total": "120.00 EUR"}),
        "2026-03-01 invoice.posted: INV-7, total 120.00 EUR",
    ),
]

# Tables of a life cycle, and fronts that are judged as soon as they keep it.
LATER = ("states.StateTable", "allocation.", "ports.", "receivables.", "testing.")


@pytest.mark.parametrize(("value", "said"), SAID)
def test_a_value_says_itself(value: object, said: str):
    """In one line."""
    assert said == str(value)


@pytest.mark.parametrize("name", [name for name in calls.public_callables() if not name.startswith(LATER)])
def test_no_record_prints_its_constructor(name: str):
    """Nor a bare tuple."""
    value = calls.public()[name]

    assert not isinstance(value, type) or any("__str__" in vars(kind) for kind in value.__mro__[:-1])
