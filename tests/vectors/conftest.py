"""The option ``--vectors FOLDER``, and one line at the end that says how many figures agree."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Run the vectors of another folder: ``python -m pytest tests/vectors --vectors FOLDER``."""
    parser.addoption("--vectors", metavar="FOLDER", default=None, help="a folder of vectors in place of the bundled ones")


def folder_of(config: pytest.Config) -> Path:
    """Where the vectors are. A run of everything reads this file too late to know the option: then it is the bundled ones."""
    given = config.getoption("--vectors", default=None)
    return Path(given).resolve() if given else HERE


@pytest.fixture(scope="session")
def folder(pytestconfig: pytest.Config) -> Path:
    """Where the vectors of this run are."""
    return folder_of(pytestconfig)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a case, named ``suite::id``."""
    if "vector" in metafunc.fixturenames:
        from tests.vectors.files import vectors

        found = vectors(folder_of(metafunc.config))
        metafunc.parametrize("vector", found, ids=[vector.name for vector in found])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say ``vectors: money 230 of 239 agree, 9 unsupported; ...``."""
    counted: Counter[tuple[str, str]] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                counted.update(value for name, value in report.user_properties if name == "vector")
    if counted:
        terminalreporter.write_line("vectors: " + "; ".join(summary(counted)))


def summary(counted: Counter[tuple[str, str]]) -> list[str]:
    """Return one phrase an area."""
    phrases = []
    for area in sorted({area for area, _word in counted}):
        words = {word: count for (place, word), count in counted.items() if place == area}
        rest = [f"{count} {word}" for word, count in sorted(words.items()) if word != "agrees"]
        phrases.append(", ".join([f"{area} {words.get('agrees', 0)} of {sum(words.values())} agree", *rest]))
    return phrases
