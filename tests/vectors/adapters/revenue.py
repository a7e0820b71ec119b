"""The cases of ``revenue/`` as calls of the public face."""
