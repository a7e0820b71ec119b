"""The cases of ``billing/`` as calls of the public face."""

from tests.vectors.adapters import billing_dates  # noqa: F401 it registers itself
