"""The cases of ``receivables/`` as calls of the public face."""
