"""Hypothesis profiles, the PostgreSQL marker and the check-only data."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

_SLOW = [HealthCheck.too_slow]

for _name, _examples in {"quick": 15, "dev": 50, "ci": 200, "acceptance": 10_000}.items():
    settings.register_profile(_name, max_examples=_examples, deadline=None, suppress_health_check=_SLOW, print_blob=True)
# Without a database of failures and without shrinking: for running planted bugs, where only the verdict counts.
settings.register_profile(
    "planted", max_examples=200, deadline=None, suppress_health_check=_SLOW, database=None, phases=[Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

NO_POSTGRES = "not run: no PostgreSQL (LEDGERKIT_POSTGRES unset)"
NO_DATA = "not run: LEDGERKIT_CHECK_DATA unset"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs PostgreSQL is not run without one; where one is required, it fails instead."""
    if item.get_closest_marker("postgres") is None or os.environ.get("LEDGERKIT_POSTGRES"):
        return
    if os.environ.get("LEDGERKIT_REQUIRE_POSTGRES") == "1":
        pytest.fail(NO_POSTGRES, pytrace=False)
    pytest.skip(NO_POSTGRES)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Where the PostgreSQL server is, as SQLAlchemy writes it; for tests marked ``postgres``."""
    return os.environ["LEDGERKIT_POSTGRES"]


@pytest.fixture(scope="session")
def check_data() -> Path:
    """The folder of data that may be run against and not copied: ``open/``, ``check-only/``, ``truth/``."""
    folder = os.environ.get("LEDGERKIT_CHECK_DATA")
    if not folder:
        pytest.skip(NO_DATA)
    return Path(folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--rewrite-errors`` writes docs/reference/errors.md anew."""
    parser.addoption("--rewrite-errors", action="store_true", help="write docs/reference/errors.md from the error cases")
