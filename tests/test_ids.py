"""Ids and free texts: kept as they are, or refused."""

import pytest

from ledgerkit import ids
from ledgerkit.errors import InvalidArgument, LimitExceeded


class Text(str):
    """A str of somebody else's."""

    __slots__ = ()

    def __str__(self) -> str:
        return "another"


@pytest.mark.parametrize("value", ["INV-7", "RG/2026/0007", "x" * 255, "Ünïcode-№7", "発票-7", "a b", "\u00a0", "e\u0301"])
def test_an_id_is_kept_as_it_is(value: str):
    """Nothing is folded, trimmed or normalized."""
    assert value == ids.checked(value)


def test_an_id_of_a_subclass_becomes_a_plain_text():
    """What a host's class says of itself does not reach a record."""
    given = ids.checked(Text("INV-7"))

    assert (str, "INV-7") == (type(given), given)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("", ids.InvalidId), ("a\x00b", ids.InvalidId), ("a\nb", ids.InvalidId), ("a\x7f", ids.InvalidId), ("\ud800", ids.InvalidId),
        ("x" * 256, LimitExceeded), (7, InvalidArgument), (None, InvalidArgument), (b"INV-7", InvalidArgument), (True, InvalidArgument),
    ],
)  # fmt: skip
def test_what_is_no_id_is_refused(value: object, error: type[Exception]):
    """Empty, too long, not text, or holding what a database cannot store."""
    with pytest.raises(error):
        ids.checked(value)


def test_the_error_names_the_argument_and_the_character():
    """The text says which argument, which character, and where."""
    with pytest.raises(ids.InvalidId, match=r"^against holds the character U\+0000 at 3\. Remove it\.$"):
        ids.checked("INV\x00", name="against")


@pytest.mark.parametrize("value", ["", "late delivery", "two\nlines\tand a tab", "x" * 10_000])
def test_a_free_text_may_have_lines(value: str):
    """Line breaks and tabs may stand in it."""
    assert value == ids.text(value, name="reason")


def test_a_free_text_of_a_subclass_becomes_a_plain_text():
    """As with ids."""
    given = ids.text(Text("late"), name="reason")

    assert (str, "late") == (type(given), given)


@pytest.mark.parametrize(("value", "error"), [("a\x00", ids.InvalidId), ("x" * 10_001, LimitExceeded), (7, InvalidArgument)])
def test_what_is_no_text_is_refused(value: object, error: type[Exception]):
    """Not text, too long, or holding a control character."""
    with pytest.raises(error):
        ids.text(value, name="reason")


def test_a_key_is_the_same_every_time_and_for_no_other_parts():
    """Parts with the separator in them do not meet other parts."""
    assert "ACME/INV-7/1" == ids.key("ACME", "INV-7", "1") == ids.key("ACME", "INV-7", "1")
    assert 4 == len({ids.key("a/b"), ids.key("a", "b"), ids.key("a%2Fb"), ids.key("a%b")})


def test_a_key_has_a_part():
    """A key of nothing would be everybody's."""
    with pytest.raises(ids.InvalidId):
        ids.key()


@pytest.mark.parametrize(
    "error",
    [
        ids.DuplicateId("INV-7", "transaction"),
        ids.UnknownReference("INV-7", "account ACME"),
        ids.CyclicReference("INV-7", "INV-7 refers to itself", "Name another."),
    ],
)
def test_errors_about_an_id_hold_it(error: ids.DuplicateId):
    """Nobody parses the message for the id."""
    assert "INV-7" == error.id
    assert "INV-7" in str(error)
