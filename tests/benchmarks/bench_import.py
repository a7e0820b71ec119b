"""What importing costs, against importing the four dependencies; each net of the bare interpreter."""

import os
import random
import subprocess
import sys
from time import perf_counter

from tests.benchmarks._runner import Benchmark

DEPENDENCIES = "import attrs, dateutil.relativedelta, moneyed, babel"
FRONT = "from ledgerkit import receivables"


def _every_front() -> str:
    from tests.house import fronts

    return "\n".join(f"import ledgerkit.{name}" for name in fronts())


def _seconds(program: str) -> float:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    began = perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    return perf_counter() - began


def _net_ratio(program: str) -> float:
    """One round: three runs of each, in shuffled order; the quickest of each counts, since a process can only be disturbed."""
    programs = [program, DEPENDENCIES, "pass"]
    quickest = dict.fromkeys(programs, 1e9)
    for _ in range(3):
        for each in random.sample(programs, 3):
            quickest[each] = min(quickest[each], _seconds(each))
    return (quickest[program] - quickest["pass"]) / (quickest[DEPENDENCIES] - quickest["pass"])


BENCHMARKS = [
    Benchmark(name="import-front", bound=2.5, measure=lambda: _net_ratio(FRONT)),
    Benchmark(name="import-all", bound=6, measure=lambda: _net_ratio(_every_front())),
]
