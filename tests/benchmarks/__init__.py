"""The speed floors, as ratios measured in one run: ``python tests/benchmarks/run.py``."""
