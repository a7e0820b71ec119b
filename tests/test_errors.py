"""Errors: three families, two sentences, fields that survive a pickle."""

import pickle
from enum import StrEnum

import pytest

from ledgerkit import errors, ids


def test_the_text_is_the_problem_and_the_remedy():
    """A person reads both sentences in one go."""
    error = errors.RuleError("the invoice is cancelled", "Post a new one.")

    assert "the invoice is cancelled. Post a new one." == str(error)
    assert ("the invoice is cancelled", "Post a new one.") == (error.problem, error.remedy)


def test_an_error_without_remedy_says_the_problem_alone():
    """No empty sentence is left behind."""
    assert "the box is full" == str(errors.UsageError("the box is full"))


def test_the_families_are_apart():
    """Catching what a person has to see does not catch what a programmer has to mend."""
    families = [errors.UsageError, errors.RuleError, errors.PortError]

    assert [] == [(a, b) for a in families for b in families if a is not b and issubclass(a, b)]
    assert all(issubclass(family, errors.LedgerkitError) for family in families)


def test_value_and_type_errors_are_python_s_own_too():
    """Code that knows nothing of ledgerkit can catch them."""
    assert issubclass(errors.InvalidArgument, TypeError)
    assert issubclass(errors.LimitExceeded, ValueError)


def test_an_error_with_fields_of_its_own_pickles():
    """The fields come back although the constructor takes others."""
    error = ids.DuplicateId("INV-7", "transaction")

    back = pickle.loads(pickle.dumps(error))

    assert (ids.DuplicateId, "INV-7", str(error)) == (type(back), back.id, str(back))


def half(row: int) -> int:
    if row % 2:
        raise errors.UsageError(f"{row} is odd", "Double it.")
    return row // 2


def test_each_keeps_going_after_a_bad_row():
    """Every good row gives a value, every bad one a problem with its place."""
    values, problems = errors.each(half, iter([2, 3, 4, 5]))

    assert (1, 2) == values
    assert ["rows[1]: 3 is odd. Double it.", "rows[3]: 5 is odd. Double it."] == [str(problem) for problem in problems]


def test_each_lets_a_host_s_own_error_through():
    """A bug in the host's function is not a bad row."""
    with pytest.raises(ZeroDivisionError):
        errors.each(lambda row: 1 // row, [0])


def test_problems_equal_by_what_they_say():
    """Of the same rows."""
    first, second = (errors.each(ids.checked, ["A", ""])[1] for _ in range(2))

    assert first == second
    assert first != errors.each(ids.checked, ["A", 5])[1]


def test_each_needs_a_function_and_rows():
    """Anything else is refused."""
    for function, rows in ((5, []), (ids.checked, 5)):
        with pytest.raises(errors.InvalidArgument, match="there is no function, or there are no rows"):
            errors.each(function, rows)  # type: ignore[arg-type]


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"


def test_a_choice_is_a_member_or_its_text():
    """Whatever else it is refused, with what there is."""
    assert [Side.RIGHT, Side.RIGHT] == [errors.choice(one, Side, name="side") for one in (Side.RIGHT, "right")]
    for wrong, shown in (("up", "'up'"), (5, "an int"), ("x" * 99, "x" * 40)):
        with pytest.raises(errors.InvalidChoice, match=f"side is .*{shown}.*Pass one of: left, right") as caught:
            errors.choice(wrong, Side, name="side")
        assert ("left", "right") == caught.value.allowed
