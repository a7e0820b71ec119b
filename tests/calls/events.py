"""The face of ``ledgerkit.events``."""

from datetime import date

from ledgerkit import events

CALLS = {
    "Event": lambda: events.Event(
        id="INV-7/posted", name="invoice.posted", on=date(2026, 3, 1), subject="INV-7", data={"total": "120.00 EUR"}
    ),
}
