"""The shop: a small host of ledgerkit on SQLite, as the documentation's programs use it."""
