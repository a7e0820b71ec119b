"""The face of ``ledgerkit.ids``."""

from ledgerkit import ids, money, transactions

CALLS = {
    "checked": lambda: ids.checked("INV-7"),
    "text": lambda: ids.text("late\ndelivery", name="reason"),
    "key": lambda: ids.key("ACME", "INV/7", "1"),
}

ERRORS = {
    "CyclicReference": lambda: transactions.credit_note("CN-1", money.of("90.00 EUR"), against=["CN-1"]),
    "DuplicateId": lambda: transactions.credit_note("CN-1", money.of("90.00 EUR"), against=["INV-7", "INV-7"]),
    "UnknownReference": lambda: transactions.type_of(
        transactions.types([]), transactions.payment("PAY-3", money.of("50.00 EUR"), method="card", type="cash")
    ),
    "InvalidId": lambda: ids.checked(""),
    "InvalidId:character": lambda: ids.checked("INV\x007"),
}
