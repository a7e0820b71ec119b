"""The cases of ``receivables/`` as calls of the public face."""

from tests.vectors.adapters import receivables_due  # noqa: F401 it registers itself
