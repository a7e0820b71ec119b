"""The face of ``ledgerkit.tables``."""

from ledgerkit import tables

CALLS = {
    "Grid": lambda: tables.Grid(title="Open in EUR", columns=("who", "open"), rows=[("ACME", "25.00"), ("Ltd", "1.00")]),
}
