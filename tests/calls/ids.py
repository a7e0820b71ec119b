"""The face of ``ledgerkit.ids``."""

from ledgerkit import ids

CALLS = {
    "checked": lambda: ids.checked("INV-7"),
    "text": lambda: ids.text("late\ndelivery", name="reason"),
    "key": lambda: ids.key("ACME", "INV/7", "1"),
}

ERRORS = {
    "InvalidId": lambda: ids.checked(""),
    "InvalidId:character": lambda: ids.checked("INV\x007"),
}
