"""
Billing as a library: exact amounts, documents, allocation, receivables, revenue.

Import the package that holds what you need, ``from ledgerkit import receivables``; this one holds only the version.
"""

__version__ = "0.1.0"
