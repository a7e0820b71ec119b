"""Trails: numbers until somebody asks."""

import pickle

import pytest

from ledgerkit import errors, trail
from ledgerkit.proration import _DAILY as DAILY
from ledgerkit.terms import _steps

SAID: list[tuple[int, ...]] = []


def says(days: int, whole: int, gave: int) -> str:
    SAID.append((days, whole, gave))
    return f"{days}/{whole} days = {gave}"


SHARE = trail.Rule(name="demo.share", version=3, fields=("days", "whole", "gave"), says=says)


def test_a_step_tells_what_it_saw_and_what_it_gave():
    """The last figure is the result, the others are what led to it."""
    (step,) = trail.of([(SHARE, 15, 30, 45)]).steps

    assert ("demo.share/3", {"days": 15, "whole": 30}, 45) == (step.rule, dict(step.saw), step.gave)
    assert "demo.share/3: 15/30 days = 45" == str(step)


def test_what_a_step_saw_is_read_only():
    """Nothing read out of a trail changes it."""
    (step,) = trail.of([(SHARE, 15, 30, 45)]).steps

    with pytest.raises(TypeError):
        step.saw["days"] = 30  # type: ignore[index]


def test_no_sentence_is_made_before_it_is_read():
    """Keeping a step costs a tuple."""
    SAID.clear()
    kept = [(SHARE, 15, 30, 45)]

    assert [] == SAID
    assert ["demo.share/3: 15/30 days = 45"] == trail.lines(kept)
    assert [(15, 30, 45)] == SAID


def test_a_trail_prints_a_line_a_step():
    """What support pastes into a ticket."""
    made = trail.of([(SHARE, 15, 30, 45), (SHARE, 30, 30, 90)])

    assert "demo.share/3: 15/30 days = 45\ndemo.share/3: 30/30 days = 90" == str(made)


def test_a_step_that_forgot_a_figure_is_noticed():
    """A rule and the code that keeps its figures cannot drift apart."""
    with pytest.raises(ValueError, match="zip"):
        trail.of([(SHARE, 15, 45)])


def test_a_kept_step_pickles():
    """A rule comes back as the one that is declared, so a result can be sent to another process."""
    (rule, *figures) = pickle.loads(pickle.dumps((DAILY, 15, 30, 45)))

    assert DAILY is rule
    assert [15, 30, 45] == figures


def test_a_rule_is_found_in_a_table_of_rules():
    """Rules of a family may stand in one mapping."""
    rule = next(iter(_steps._RULES.values()))

    assert rule is pickle.loads(pickle.dumps(rule))


def test_a_rule_that_is_gone_is_named():
    """A pickle of another version says so, and does not pass for this one."""
    pickled = pickle.dumps(trail.Rule(name="proration.daily", version=99, fields=("x",), says=DAILY.says))

    with pytest.raises(errors.UsageError, match=r"proration\.daily/99 is not declared"):
        pickle.loads(pickled)


def test_a_step_pickles():
    """With what it saw, read-only again."""
    step = trail.of([(SHARE, 15, 30, 45)]).steps[0]

    again = pickle.loads(pickle.dumps(step))

    assert (step, dict(step.saw), str(step)) == (again, dict(again.saw), str(again))
    assert str(SHARE) == step.rule
