"""Dates and instants: what is taken for one, and months added against a table."""

import csv
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ledgerkit import periods
from ledgerkit.errors import InvalidArgument
from ledgerkit.periods import InvalidDate, NaiveDatetime, OutOfRange, date_of

DATA = Path(__file__).parents[1] / "data"
BERLIN = ZoneInfo("Europe/Berlin")


class Holiday(date):
    """A host's own date."""


class Moment(datetime):
    """A host's own instant."""


def test_months_are_added_as_the_table_says():
    """Clamped and sticky, 533 rows that nobody of us computed."""
    with (DATA / "month_add.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for row in rows:
        anchor, months = date_of(row["anchor"]), int(row["months"])
        got = periods.add_months(anchor, months), periods.add_months_sticky(anchor, months)
        wrong += [row] if got != (date_of(row["clamped"]), date_of(row["sticky_end_of_month"])) else []

    assert (533, []) == (len(rows), wrong)


def test_a_date_of_a_host_becomes_a_plain_one():
    """Nothing of a subclass stays."""
    assert date is type(periods.civil_date(Holiday(2026, 4, 16)))
    assert date is type(periods.add_months(Holiday(2026, 4, 16), 1))
    assert date_of("2026-04-17") == periods.add_days(Holiday(2026, 4, 16), 1)
    assert date_of("2026-04-30") == periods.on_day(Holiday(2026, 4, 16), 31)


def test_an_instant_of_a_host_becomes_a_plain_one():
    """The moment, the zone and the fold stay."""
    at = periods.instant(Moment(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1))

    assert datetime is type(at)
    assert datetime(2026, 10, 25, 1, 30, tzinfo=UTC) == at.astimezone(UTC)


def test_the_gate_names_the_argument():
    """The text speaks of what the caller passed, and so does the field."""
    with pytest.raises(InvalidDate, match="due_on is a text, '2026-04-16'") as caught:
        periods.civil_date("2026-04-16", name="due_on")

    assert "due_on" == caught.value.name


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (UTC, "2026-04-16"),
        (BERLIN, "2026-04-17"),
        (ZoneInfo("Pacific/Kiritimati"), "2026-04-17"),
        (timezone(timedelta(hours=-12)), "2026-04-16"),
    ],
)
def test_a_zone_says_which_day_it_is(zone: tzinfo, expected: str):
    """One instant, two days."""
    at = datetime(2026, 4, 16, 23, 30, tzinfo=UTC)

    assert date_of(expected) == periods.civil_day(at, zone=zone)
    assert date_of(expected) == periods.civil_day(at.astimezone(BERLIN), zone=zone)


@pytest.mark.parametrize(
    "text", ["2024-2-3", "2024-02-30", "2024-02-30T00:00", "20240203", "2024-W05-1", "2024-02-03 ", "", "٢٠٢٤-٠٢-٠٣"]
)
def test_a_date_is_read_one_way(text: str):
    """Whatever else Python would read."""
    with pytest.raises(InvalidDate, match="is not a day of the calendar"):
        date_of(text)


def test_a_date_to_read_is_a_text():
    """A date is passed as it is."""
    with pytest.raises(InvalidDate, match="on is a date, where a text is needed"):
        date_of(date(2026, 4, 16))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "n", "months", "expected"),
    [
        ("2024-01-31", 31, 1, "2024-02-29"),
        ("2023-01-31", 30, 1, "2023-02-28"),
        ("2100-01-31", 29, 1, "2100-02-28"),
        ("2000-01-31", 29, 1, "2000-02-29"),
        ("2024-12-01", 15, 2, "2025-02-15"),
        ("2024-03-31", 31, -1, "2024-02-29"),
        ("2024-03-31", 31, 1, "2024-04-30"),
    ],
)
def test_a_day_of_a_month(on: str, n: int, months: int, expected: str):
    """A month without such a day gives its last one."""
    assert date_of(expected) == periods.on_day(date_of(on), n, months=months)


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2000-02-29", "2000-03-31"), ("1900-02-28", "1900-03-31"), ("2100-02-28", "2100-03-31"), ("2000-02-28", "2000-03-28")],
)
def test_the_last_of_february_is_known_in_every_century(on: str, expected: str):
    """A year by the hundred is a leap year every fourth time."""
    assert date_of(expected) == periods.add_months_sticky(date_of(on), 1)


@pytest.mark.parametrize("n", [0, 32, -1])
def test_a_day_of_the_month_is_from_1_to_31(n: int):
    """Day 0 is nobody's last day of the month before."""
    with pytest.raises(OutOfRange, match="day is"):
        periods.on_day(date_of("2024-01-31"), n)


def test_a_day_count_of_hours_is_no_day_count():
    """The day on which clocks are put forward has 23 hours and is one day."""
    before, after = (datetime(2026, 3, n, 12, tzinfo=BERLIN) for n in (28, 30))

    assert 2 == periods.days(*(periods.civil_day(at, zone=BERLIN) for at in (before, after)))
    assert timedelta(hours=47) == after.astimezone(UTC) - before.astimezone(UTC)


def test_a_zone_is_a_zone():
    """Its name alone is none."""
    with pytest.raises(InvalidArgument, match="zone is a str"):
        periods.civil_day(datetime(2026, 4, 16, tzinfo=UTC), zone="Europe/Berlin")  # type: ignore[arg-type]


def test_a_zone_that_knows_no_offset_is_none():
    """An instant is aware only when its zone says by how much."""

    class Nowhere(tzinfo):
        def utcoffset(self, at: datetime | None, /) -> None:
            return None

        dst = tzname = utcoffset

    with pytest.raises(NaiveDatetime, match="has no zone"):
        periods.instant(datetime(2026, 4, 16, tzinfo=Nowhere()))
