"""Events: values that a host can store, compare and send."""

import copy
import pickle
from datetime import date

import pytest

from ledgerkit.events import Event

DATA = {"total": "120.00 EUR"}
POSTED = Event(id="INV-7/posted", name="invoice.posted", on=date(2026, 3, 1), subject="INV-7", data=DATA)


def test_an_event_pickles_copies_and_hashes_equal():
    """The same event after a trip through a queue, and in words."""
    for other in (pickle.loads(pickle.dumps(POSTED)), copy.deepcopy(POSTED), copy.copy(POSTED)):
        assert POSTED == other
        assert hash(POSTED) == hash(other)
        assert "2026-03-01 invoice.posted: INV-7, total 120.00 EUR" == str(other)


def test_the_data_of_an_event_is_its_own():
    """Neither what the host passed in nor what it reads out changes it."""
    given = {"total": "120.00 EUR"}
    event = Event(id="INV-7/posted", name="invoice.posted", on=date(2026, 3, 1), subject="INV-7", data=given)

    given["total"] = "0.00 EUR"

    assert "120.00 EUR" == event.data["total"]
    with pytest.raises(TypeError):
        event.data["total"] = "0.00 EUR"  # type: ignore[index]
