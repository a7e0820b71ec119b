"""The tests of ledgerkit; the folders below mirror ``src/``."""
