"""
The monthly renewals of 1,000 real subscribers in 2020: 35 fall in a month that is too short for the day they began on.

The data may be run against and not copied: ``LEDGERKIT_CHECK_DATA`` names the folder it stands in.
"""

import calendar
import csv
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

from ledgerkit import periods

MONTHLY = {"1", "2"}
END = date(2021, 1, 1)


def spans(check_data: Path) -> list[tuple[date, date]]:
    """From where a monthly plan began to where another plan, or the year after, did."""
    begun: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    with (check_data / "check-only" / "foodie_fi_subscriptions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            begun[row["customer_id"]].append((date.fromisoformat(row["start_date"]), row["plan_id"]))
    return [
        (start, min(after, END))
        for plans in begun.values()
        for (start, plan), (after, _) in pairwise([*sorted(plans), (END, "end")])
        if plan in MONTHLY and start < END
    ]


def test_i17_a_renewal_is_reckoned_from_the_anchor(check_data: Path):
    """Each is on the anchor's day, or on the last one of a shorter month, and the next goes back to the anchor's day."""
    clamped = renewals = 0
    for anchor, end in spans(check_data):
        cadence = periods.Cadence(anchor=anchor, every=periods.MONTH)
        on, k = periods.nth(cadence, 1).start, 1
        while on < end:
            last = calendar.monthrange(on.year, on.month)[1]
            assert min(anchor.day, last) == on.day
            renewals, clamped, k = renewals + 1, clamped + (on.day != anchor.day), k + 1
            on = periods.nth(cadence, k).start

    assert (3234, 35) == (renewals, clamped)
