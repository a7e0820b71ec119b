"""
Run the benchmarks: ``python tests/benchmarks/run.py [NAME...] [--json OUT]``.

Prints a row each: name, ratio, bound, spread. The exit status is 1 when a bound is exceeded.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks import _runner


def main() -> int:
    asked = argparse.ArgumentParser(description="Speed floors, as ratios measured in one run.")
    asked.add_argument("names", nargs="*", metavar="NAME", help="only these; a part of a name is enough")
    asked.add_argument("--json", type=Path, metavar="OUT", help="write the rows to this file")
    asked.add_argument("--attempt", metavar="NAME", help=argparse.SUPPRESS)
    given = asked.parse_args()
    known = _runner.benchmarks()
    if given.attempt:
        print(json.dumps(asdict(_runner.attempt(known[given.attempt][1]))))
        return 0
    chosen = [name for name in known if not given.names or name in given.names] or [
        name for name in known if any(part in name for part in given.names)
    ]
    if not chosen:
        asked.error(f"no benchmark of that name; there are {', '.join(known)}")
    rows = []
    print(_runner.HEADER)
    for name in chosen:
        rows.append(_runner.attempts(name))
        print(rows[-1], "" if rows[-1].holds else "  EXCEEDED", flush=True)
    if given.json:
        given.json.write_text(_runner.as_json(rows) + "\n", encoding="utf-8")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
