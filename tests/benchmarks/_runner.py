"""
A small benchmark runner: the ratio of two times, measured side by side, so that a slow or busy machine does not matter.

Each benchmark runs in a process of its own. Before a sample ``gc.collect()`` runs; during it the collector works as it does by default.
A unit is repeated until its sample lasts 20 ms. The two samples of a round are adjacent and in shuffled order; of nine rounds the median
ratio counts. A benchmark fails when three attempts, each in a fresh process, exceed its bound.

A file ``bench_*.py`` holds a list ``BENCHMARKS``. What a benchmark needs is imported inside its function, so that the list is cheap::

    def posting():
        from ledgerkit import receivables
        ...
        return Pair(candidate=post_1000, opponent=construct_1000)

    BENCHMARKS = [Benchmark(name="posting", bound=30, pair=posting)]

*At least three times faster than the opponent* is a bound of ``1 / 3``; *growth* is a pair of the same function on two sizes.
"""

import gc
import importlib.util
import json
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

FOLDER = Path(__file__).parent
ROUNDS = 9
ATTEMPTS = 3
LASTS = 0.020

Call = Callable[..., object]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """
    Two things to time.

    With ``fresh``, each call of the candidate takes one value that ``fresh()`` has made before the sample (``fresh_opponent`` for the
    other). ``units`` and ``opponent_units`` say how many units one call does, when that differs.
    """

    candidate: Call
    opponent: Call
    fresh: Callable[[], object] | None = None
    fresh_opponent: Callable[[], object] | None = None
    units: int = 1
    opponent_units: int = 1


@dataclass(frozen=True, kw_only=True)
class Benchmark:
    """
    A name, a bound, and either a ``pair`` to be timed or a ``measure`` that gives the figure of one round itself.

    ``rounds`` is for figures that do not vary, such as bytes.
    """

    name: str
    bound: float
    pair: Callable[[], Pair] | None = None
    measure: Callable[[], float] | None = None
    rounds: int = ROUNDS


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one benchmark gave: the median ratio, and the spread of the rounds as a share of it."""

    name: str
    ratio: float
    bound: float
    spread: float

    @property
    def holds(self) -> bool:
        return self.ratio <= self.bound

    def __str__(self) -> str:
        return f"{self.name:<24} {_figure(self.ratio):>10} {_figure(self.bound):>10} {self.spread:>8.1%}"


HEADER = f"{'name':<24} {'ratio':>10} {'bound':>10} {'spread':>8}"


def _figure(value: float) -> str:
    return f"{value:.3f}" if value < 100 else f"{value:,.0f}"


def benchmarks() -> dict[str, tuple[Path, Benchmark]]:
    """Every benchmark of the folder by name, with its file."""
    found = {}
    for path in sorted(FOLDER.glob("bench_*.py")):
        for benchmark in _load(path).BENCHMARKS:
            if benchmark.name in found:
                raise ValueError(f"two benchmarks are named {benchmark.name}")
            found[benchmark.name] = (path, benchmark)
    return found


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def sample(call: Call, times: int, fresh: Callable[[], object] | None) -> float:
    """The seconds that *times* calls take."""
    made = [fresh() for _ in range(times)] if fresh else None
    gc.collect()
    if made is None:
        began = perf_counter()
        for _ in range(times):
            call()
        return perf_counter() - began
    began = perf_counter()
    while made:
        call(made.pop())
    return perf_counter() - began


def repeats(call: Call, fresh: Callable[[], object] | None) -> int:
    """How often a call is repeated for a sample to last."""
    times = 1
    while (took := sample(call, times, fresh)) < LASTS * 1.2:
        times = max(times * 2, int(times * LASTS * 1.5 / max(took, 1e-9)))
        times = min(times, 10_000_000)
    return times


def rounds_of_pair(pair: Pair, rounds: int, shuffle: random.Random) -> list[float]:
    """The ratio of each round: time of a unit of the candidate over that of the opponent."""
    sides = [
        (pair.candidate, pair.fresh, repeats(pair.candidate, pair.fresh), pair.units),
        (pair.opponent, pair.fresh_opponent, repeats(pair.opponent, pair.fresh_opponent), pair.opponent_units),
    ]
    ratios = []
    for _ in range(rounds):
        took = [0.0, 0.0]
        for place in shuffle.sample([0, 1], 2):
            call, fresh, times, units = sides[place]
            took[place] = sample(call, times, fresh) / times / units
        ratios.append(took[0] / took[1])
    return ratios


def attempt(benchmark: Benchmark) -> Row:
    """Run one attempt here and now."""
    if benchmark.pair is not None:
        figures = rounds_of_pair(benchmark.pair(), benchmark.rounds, random.Random())
    elif benchmark.measure is not None:
        figures = [benchmark.measure() for _ in range(benchmark.rounds)]
    else:
        raise TypeError(f"{benchmark.name} has neither a pair nor a measure")
    middle = statistics.median(figures)
    spread = (max(figures) - min(figures)) / middle if middle else 0.0
    return Row(name=benchmark.name, ratio=middle, bound=benchmark.bound, spread=spread)


def attempts(name: str) -> Row:
    """Up to three attempts, each in a fresh process; the first that holds, else the best."""
    rows: list[Row] = []
    while len(rows) < ATTEMPTS and not (rows and rows[-1].holds):
        done = subprocess.run(
            [sys.executable, str(FOLDER / "run.py"), "--attempt", name], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{name} broke:\n{done.stderr}")
        rows.append(Row(**json.loads(done.stdout.splitlines()[-1])))
    return min(rows, key=lambda row: row.ratio)


def as_json(rows: list[Row]) -> str:
    return json.dumps([asdict(row) for row in rows], indent=2)
