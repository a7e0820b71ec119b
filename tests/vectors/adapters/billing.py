"""The cases of ``billing/`` as calls of the public face."""
