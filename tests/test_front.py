"""The helper of every front."""

import inspect

from ledgerkit import _front, errors, trail


def test_published_names_say_where_they_are_imported_from():
    """A traceback shows the one path a host imports by."""
    assert {"ledgerkit.errors"} == {getattr(errors, name).__module__ for name in errors.__all__}
    assert inspect.getmodule(trail.lines) is trail


def test_shown_fields_make_the_repr():
    """In the order they are named, as code would write them."""

    class Thing:
        id = "INV-7"
        amount = 7
        hidden = True
        __repr__ = _front.shown("id", "amount")

    assert "Thing(id='INV-7', amount=7)" == repr(Thing())
