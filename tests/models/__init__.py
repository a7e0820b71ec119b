"""Oracles: the rules once more, written without the package."""
