"""Published figures of other systems, run against the public face."""
