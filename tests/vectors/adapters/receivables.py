"""The cases of ``receivables/`` as calls of the public face."""

from tests.vectors.adapters import receivables_accounts, receivables_due  # noqa: F401 they register themselves
