"""
The main job without database and report: 22,190 real documents, read, drafted and posted in time order.

The code is that of ``examples/receivables.py``. Each change is handed on and dropped; the accounts are kept.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks._runner import Benchmark, Pair

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DOCUMENTS = 22_190
TIMES = 1000


def _job() -> Callable[[Callable[[Any], object]], Any]:
    sys.path.insert(0, str(EXAMPLES))
    import receivables as program

    asked = program.arguments([])

    def job(hand_on: Callable[[Any], object]) -> Any:
        """Post every document, hand each update on, and return the book."""
        report = program.Problems()
        work = program.shop(asked, report)
        for update in program.posted(work, report):
            hand_on(update)
        if report.count or sum(account.version for account in work.book.accounts.values()) != DOCUMENTS:
            raise AssertionError("this is not the job that is meant")
        return work.book

    return job


def _dropped(_: object) -> None:
    """Where a change goes that nobody keeps."""


def speed() -> Pair:
    """A document against a unit: one keyword construction of a frozen slotted attrs object of six fields, in a plain loop."""
    import attrs

    job = _job()

    @attrs.frozen(kw_only=True)
    class Six:
        id: str
        currency: str
        minor: int
        posted_on: str
        due_on: str
        number: str

    def construct() -> None:
        for _ in range(TIMES):
            Six(id="INV-7", currency="EUR", minor=12000, posted_on="2026-03-01", due_on="2026-03-01", number="INV-7")

    return Pair(candidate=lambda: job(_dropped), opponent=construct, units=DOCUMENTS, opponent_units=TIMES)


def _bytes(hand_on: Callable[[Any], object]) -> float:
    import gc
    import tracemalloc

    job = _job()
    job(_dropped)  # what is made once, as a table, is no cost of a document
    gc.collect()
    tracemalloc.start()
    start, _ = tracemalloc.get_traced_memory()
    job(hand_on)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (peak - start) / DOCUMENTS


def memory() -> float:
    """Bytes a document at the peak, over the start."""
    return _bytes(_dropped)


def memory_kept() -> float:
    """The same with every update kept, and every account as it was after each of them."""
    kept: list[Any] = []
    return _bytes(kept.append)


BENCHMARKS = [
    Benchmark(name="main-job", bound=60, pair=speed),
    Benchmark(name="main-job-memory", bound=700, measure=memory, rounds=1),
    Benchmark(name="main-job-memory-kept", bound=8000, measure=memory_kept, rounds=1),
]
