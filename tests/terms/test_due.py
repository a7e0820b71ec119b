"""When a thing falls due: every rule of its page, windows, rolls, and what a person may type."""

import copy
import pickle
from datetime import date
from typing import Any

import pytest

from ledgerkit import periods, terms
from ledgerkit.errors import InvalidArgument
from ledgerkit.periods import Calendar, Roll, date_of
from ledgerkit.terms import CreditPeriodOutsideRange, Default, DueDateOutsideWindow, InvalidTerms, Step, Terms

P: Any = terms  # for what the types forbid
MINUS_5 = terms.within(terms.net(10), minus=5)
BOTH = terms.within(terms.net(10), minus=5, plus=5)
LATE_BANDS = "posted from 16th to 30th: net 2; posted from 31st to 31st: due on receipt"
BANDS = terms.day_bands([(1, 15, terms.nth_day(10, months=1)), (16, 30, terms.net(2)), (31, 31, terms.net(0))])


def due(rule: Terms, posted_on: str) -> str:
    """The due date, which the lean door gives as well."""
    found = terms.due_on(rule, posted_on=date_of(posted_on))

    assert found.on == terms.due_date(rule, date_of(posted_on))
    return str(found.on)


@pytest.mark.parametrize(
    ("rule", "posted_on", "expected"),
    [
        (terms.net(0), "2019-01-31", "2019-01-31"),
        (terms.net(30), "2022-01-31", "2022-03-02"),
        (terms.months(1), "2024-01-31", "2024-02-29"),
        (terms.months(4), "2024-10-31", "2025-02-28"),
        (terms.end_of_month(), "2024-02-03", "2024-02-29"),
        (terms.end_of_month(1), "2020-06-11", "2020-07-31"),
        (terms.end_of_month(3), "2024-11-30", "2025-02-28"),
        (terms.net_then_eom(45), "2021-09-13", "2021-10-31"),
        (terms.eom_then_net(45), "2021-09-13", "2021-11-14"),
        (terms.eom_plus(months=1), "2023-01-31", "2023-02-28"),
        (terms.eom_plus(months=1, days=10), "2023-01-31", "2023-03-10"),
        (terms.nth_day(31, months=1), "2019-01-31", "2019-02-28"),
        (terms.nth_day(15, months=2), "2019-12-31", "2020-02-15"),
        (terms.days_then_nth_day(30, 31), "2023-12-12", "2024-02-29"),
        (terms.step(months=1, day=1, days=5), "2019-09-20", "2019-10-06"),
        (terms.eom_plus(months=1, days=-5), "2019-09-20", "2019-10-26"),
        (terms.eom_plus(), "2019-09-20", "2019-09-30"),
        (terms.step(day=1, days=25), "2019-09-20", "2019-09-26"),
        (terms.weekday(2), "2024-01-10", "2024-01-10"),
        (terms.steps([terms.net(1), terms.weekday(0)]), "2024-02-26", "2024-03-04"),
        (terms.days_then_payday(0, [10, 5]), "2020-01-01", "2020-01-05"),
        (terms.days_then_payday(0, [5, 10]), "2020-01-10", "2020-01-10"),
        (terms.days_then_payday(0, [5, 10]), "2020-12-11", "2021-01-05"),
        (terms.min_days_then_day(30, 29), "2018-01-22", "2018-02-28"),
        (terms.step(day=31), "2023-02-10", "2023-02-28"),
        (terms.step(month=6, day=30), "2024-03-31", "2024-06-30"),
        (terms.step(month=2, months=1), "2024-01-31", "2024-03-31"),
        (terms.step(months=1, day=31), "2023-02-10", "2023-03-31"),
        (terms.step(months=1, day=31, weekday=4), "2024-01-31", "2024-03-01"),
        (terms.step(weeks=2, days=1), "2024-02-20", "2024-03-06"),
        (terms.step(), "2024-02-20", "2024-02-20"),
        (BANDS, "2019-02-15", "2019-03-10"),
        (BANDS, "2019-02-16", "2019-02-18"),
        (BANDS, "2019-01-31", "2019-01-31"),
    ],
)
def test_each_rule_gives_its_date(rule: Terms, posted_on: str, expected: str):
    """As its page says."""
    assert expected == due(rule, posted_on)


@pytest.mark.parametrize(
    "rule",
    [
        terms.net(36_500),
        terms.months(1_200),
        terms.end_of_month(1_200),
        terms.nth_day(31, months=1_200),
        terms.step(weeks=5_000),
    ],
)
def test_a_century_is_far_enough(rule: Terms):
    """The bounds themselves are allowed."""
    assert date_of("2090-01-01") < terms.due_date(rule, date_of("1995-01-31"))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (terms.net(0), "due on receipt"),
        (terms.step(), "due on receipt"),
        (terms.net(30), "net 30"),
        (terms.net_then_eom(0), "0 eom"),
        (terms.net_then_eom(30), "30 eom"),
        (terms.eom_then_net(30), "eom 30"),
        (terms.end_of_month(), "eom"),
        (terms.months(1), "1 month"),
        (terms.months(3), "3 months"),
        (terms.end_of_month(2), "the end of the month, 2 months on"),
        (terms.eom_plus(days=-3), "the end of the month, then -3 days"),
        (terms.nth_day(15, months=1), "the 15th of the month, 1 month on"),
        (terms.nth_day(22), "the 22nd of the month"),
        (terms.nth_day(11), "the 11th of the month"),
        (terms.days_then_payday(3, [1, 3]), "3 days, then the next 1st or 3rd"),
        (terms.weekday(6), "the next Sunday, or the same day"),
        (terms.step(month=6, months=2, day=30), "month 6, 2 months, the 30th"),
        (terms.step(days=-1), "-1 day"),
        (Terms(steps=[("set", (0, 0, 0))]), "the same day"),
        (
            BANDS,
            "posted from 1st to 15th: the 10th of the month, 1 month on; " + LATE_BANDS,
        ),
        (terms.with_early_discount(terms.net(30), terms.early_discount("2.5%", within_days=14)), "2.5/14 net 30"),
        (
            terms.with_early_discount(terms.net(30), terms.early_discount("2%", within_days=9, basis=terms.Basis.ON_NET)),
            "net 30",
        ),
    ],
)
def test_terms_read_as_people_say_them(rule: Terms, text: str):
    """In short where there is a short form, and else in their order."""
    assert text == rule.text == str(rule)


def test_terms_print_their_window():
    """What may be typed, what stands for nothing typed, and what the account has of its own."""
    assert "net 10, typed -5/+5 days, else earliest, for this account -3 days from the target" == str(
        terms.for_account(BOTH, days=-3)
    )
    assert "net 10, typed -5/+5 days, else earliest, for this account 1 month from the target" == str(
        terms.for_account(BOTH, months=1)
    )


def test_terms_are_values_a_host_can_store():
    """By their steps."""
    rule = terms.with_early_discount(MINUS_5, terms.early_discount("2%", within_days=10))
    stored = Terms(steps=[("days", [10])], minus=5, early=terms.early_discount("0.02", within_days=10))

    assert rule == stored
    assert (Step("days", (10,)),) == rule.steps
    assert repr(rule).startswith("Terms(steps=(Step(kind='days', figures=(10,)),), minus=5, plus=0, default=")
    for again in (pickle.loads(pickle.dumps(rule)), copy.deepcopy(rule)):
        assert (rule, hash(rule)) == (again, hash(again))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (MINUS_5, "2019-05-25 in 2019-05-25..2019-05-30"),
        (BOTH, "2019-05-25 in 2019-05-25..2019-06-04"),
        (terms.within(terms.net(10), plus=5), "2019-05-30 in 2019-05-30..2019-06-04"),
        (terms.within(terms.net(10), minus=5, plus=5, default=Default.TARGET), "2019-05-30 in 2019-05-25..2019-06-04"),
        (terms.within(terms.net(10), minus=5, plus=5, default=Default.LATEST), "2019-06-04 in 2019-05-25..2019-06-04"),
        (terms.within(terms.net(2), minus=5), "2019-05-20 in 2019-05-20..2019-05-22"),
        (terms.for_account(BOTH, days=-3), "2019-05-27 in 2019-05-25..2019-06-04"),
        (terms.for_account(BOTH, days=0), "2019-05-30 in 2019-05-25..2019-06-04"),
        (terms.for_account(BOTH, months=0), "2019-05-30 in 2019-05-25..2019-06-04"),
        (terms.for_account(terms.for_account(BOTH, days=0)), "2019-05-25 in 2019-05-25..2019-06-04"),
        (terms.for_account(BOTH, days=5), "2019-06-04 in 2019-05-25..2019-06-04"),
        (terms.for_account(terms.within(terms.net(10), plus=31), months=1), "2019-06-30 in 2019-05-30..2019-06-30"),
        (terms.net(10), "2019-05-30 in 2019-05-30..2019-05-30"),
    ],
)
def test_a_window_opens_around_the_target(rule: Terms, expected: str):
    """With the date for who types none."""
    found = terms.due_on(rule, posted_on=date_of("2019-05-20"))

    assert expected == f"{found.on} in {found.earliest}..{found.latest}"
    assert found.on == terms.due_date(rule, date_of("2019-05-20"))


@pytest.mark.parametrize(
    ("typed", "allowed"), [("2019-05-24", False), ("2019-05-25", True), ("2019-05-30", True), ("2019-05-31", False)]
)
def test_a_typed_date_lies_in_the_window(typed: str, allowed: bool):
    """The edges are allowed; the error holds them."""
    if allowed:
        assert date_of(typed) == terms.check_typed(MINUS_5, date_of(typed), posted_on=date_of("2019-05-20"))
        return
    with pytest.raises(DueDateOutsideWindow) as caught:
        terms.check_typed(MINUS_5, date_of(typed), posted_on=date_of("2019-05-20"))

    error = pickle.loads(pickle.dumps(caught.value))
    assert (date_of(typed), date_of("2019-05-25"), date_of("2019-05-30")) == (error.typed, error.earliest, error.latest)
    assert f"the due date {typed} is not in the window of the terms, from 2019-05-25 to 2019-05-30 (net 10). " in str(error)


def test_without_a_window_the_target_alone_is_allowed():
    """And the text says so."""
    with pytest.raises(
        DueDateOutsideWindow, match=r"the due date 2019-05-29 is not 2019-05-30, which the terms give \(net 10\)"
    ):
        terms.check_typed(terms.net(10), date_of("2019-05-29"), posted_on=date_of("2019-05-20"))


def test_an_accounts_own_period_stays_in_the_range():
    """Days are judged when agreed, months when reckoned; the error holds both."""
    with pytest.raises(
        CreditPeriodOutsideRange, match=r"6 days from the target, leaves the range of the terms, -5 to \+5 days"
    ):
        terms.for_account(BOTH, days=6)
    with pytest.raises(CreditPeriodOutsideRange, match="1 month from the target") as caught:
        terms.due_on(terms.for_account(BOTH, months=1), posted_on=date_of("2019-05-20"))
    with pytest.raises(CreditPeriodOutsideRange):
        terms.within(terms.for_account(BOTH, days=5), minus=5)

    error = pickle.loads(pickle.dumps(caught.value))
    assert (None, 1, 5, 5) == (error.days, error.months, error.minus, error.plus)


SATURDAY = terms.nth_day(31)
WEEKENDS = Calendar()


@pytest.mark.parametrize(
    ("roll", "expected"),
    [
        (Roll.NONE, "2024-08-31"),
        (Roll.FOLLOWING, "2024-09-02"),
        (Roll.PRECEDING, "2024-08-30"),
        (Roll.MODIFIED_FOLLOWING, "2024-08-30"),
        (Roll.MODIFIED_PRECEDING, "2024-08-30"),
    ],
)
def test_the_roll_comes_last(roll: Roll, expected: str):
    """Over the host's calendar, or its function."""
    posted_on = date_of("2024-08-05")

    assert date_of(expected) == terms.due_on(SATURDAY, posted_on=posted_on, calendar=WEEKENDS, roll=roll).on
    assert date_of(expected) == terms.due_date(SATURDAY, posted_on, calendar=WEEKENDS, roll=roll)
    assert date_of(expected) == terms.due_date(SATURDAY, posted_on, calendar=lambda on: on.weekday() < 5, roll=roll)


def test_the_edges_of_the_window_roll_as_well():
    """So the date for who types none is one that may be typed."""
    rule = terms.within(terms.net(10), minus=5)  # Saturday 25 May to Thursday 30 May
    found = terms.due_on(rule, posted_on=date_of("2019-05-20"), calendar=WEEKENDS, roll=Roll.FOLLOWING)

    assert "due on 2019-05-27, typed from 2019-05-27 to 2019-05-30; posted on 2019-05-20, terms net 10" == str(found)


def test_a_replacement_may_pass_the_edge_of_the_window():
    """The date is never outside of what may be typed."""
    calendar = Calendar(weekend=(), moved={date_of("2019-05-25"): date_of("2019-06-03")})
    early = terms.due_on(MINUS_5, posted_on=date_of("2019-05-20"), calendar=calendar)

    assert (date_of("2019-06-03"), date_of("2019-06-03")) == (early.on, early.latest)


def test_nothing_is_due_before_posting():
    """The clamp is the last step, after the roll, and the trail says so."""
    rule = terms.nth_day(31)
    posted_on = date_of("2024-08-31")  # a Saturday
    found = terms.due_on(rule, posted_on=posted_on, calendar=WEEKENDS, roll=Roll.PRECEDING)

    assert posted_on == found.on == terms.due_date(rule, posted_on, calendar=WEEKENDS, roll=Roll.PRECEDING)
    assert ["terms.month-day/1", "terms.roll/1", "terms.not-before-posting/1"] == [step.rule for step in found.trail.steps]
    assert "terms.not-before-posting/1: 2024-08-30 is before posting: 2024-08-31" == str(found.trail.steps[-1])


def test_a_band_explains_the_steps_it_took():
    """And not the ones of other bands."""
    assert (
        "due on 2019-02-18; posted on 2019-02-16, terms "
        f"{BANDS.text}\n  terms.days/1: 2019-02-16, 2 days: 2019-02-18"
        == terms.due_on(BANDS, posted_on=date_of("2019-02-16")).explain()
    )


def test_the_window_explains_itself():
    """Which date of it was chosen."""
    found = terms.due_on(MINUS_5, posted_on=date_of("2019-05-20"))

    assert (
        "due on 2019-05-25, typed from 2019-05-25 to 2019-05-30; posted on 2019-05-20, terms net 10\n"
        "  terms.days/1: 2019-05-20, 10 days: 2019-05-30\n"
        "  terms.window/1: 2019-05-30 is the target, 2019-05-25 to 2019-05-30 is allowed: 2019-05-25, the earliest"
        == found.explain()
    )
    assert (
        "DueDate(on=datetime.date(2019, 5, 25), earliest=datetime.date(2019, 5, 25), latest=datetime.date(2019, 5, 30))"
        == repr(found)
    )


def test_due_dates_are_equal_by_what_they_say():
    """The trail is not part of it."""
    one, other = (terms.due_on(terms.net(10), posted_on=date_of("2019-05-20")) for _ in range(2))

    assert (one, hash(one)) == (other, hash(other)) == (pickle.loads(pickle.dumps(one)), hash(other))


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: P.net(-1), "days is -1. It has to be from 0 to 36500"),
        (lambda: P.net(10**13), "days is a number of more than 12 digits"),
        (lambda: P.months(1_201), "months is 1201. It has to be from 0 to 1200"),
        (lambda: P.eom_plus(months=-1_201), "months is -1201. It has to be from -1200 to 1200"),
        (lambda: P.nth_day(1, months=-1), "months is -1. It has to be from 0 to 1200"),
        (lambda: P.end_of_month(-1), "months is -1. It has to be from 0 to 1200"),
        (lambda: P.step(weeks=5_001), "weeks is 5001. It has to be from -5000 to 5000"),
        (lambda: P.nth_day(32), "day is 32"),
        (lambda: P.weekday(7), "weekday is 7"),
        (lambda: P.days_then_payday(0, []), "there is no pay day"),
        (lambda: P.within(terms.net(1), minus=-1), "minus is -1"),
        (lambda: P.day_bands([(1, 15, terms.net(1))]), "leave a day of the month out, or name one twice"),
        (lambda: P.day_bands([(1, 15, terms.net(1)), (17, 31, terms.net(1))]), "leave a day of the month out"),
        (lambda: P.day_bands([(1, 16, terms.net(1)), (16, 31, terms.net(1))]), "name one twice"),
        (lambda: P.day_bands([(2, 31, terms.net(1))]), "leave a day of the month out"),
        (lambda: P.day_bands([(31, 1, terms.net(1))]), "last is 1. It has to be from 31 to 31"),
        (lambda: P.day_bands([(1, 31, BANDS)]), "a band holds bands"),
        (lambda: P.day_bands([(1, 31)]), "a band is not three things"),
        (lambda: P.day_bands([]), "leave a day of the month out"),
        (lambda: P.steps([terms.net(1)] * 51), "the terms have 51 steps"),
        (lambda: P.Terms(steps=[("fortnights", (2,))]), "a step is none that is known"),
        (lambda: P.Terms(steps=["days"]), "a step is none that is known"),
        (lambda: P.Terms(steps=[("days", (1, 2))]), "a step of kind days has 2 figures. It has to have 1"),
    ],
)
def test_terms_that_nobody_can_keep_are_refused(make, text):
    """When they are made."""
    with pytest.raises(InvalidTerms) as caught:
        make()

    assert text in str(caught.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: P.net("30"),
        lambda: P.net(True),
        lambda: P.net(30.0),
        lambda: P.steps("net 30"),
        lambda: P.steps([30]),
        lambda: P.days_then_payday(0, "5"),
        lambda: P.within(None, minus=1),
        lambda: P.within(terms.net(1), minus=1, default="soonest"),
        lambda: P.for_account(BOTH, days=1, months=1),
        lambda: P.with_early_discount(terms.net(1), "2/10"),
        lambda: P.early_discount("2%", within_days=1, basis="mixed"),
        lambda: P.due_on("net 30", posted_on=date(2026, 1, 1)),
        lambda: P.due_date(None, date(2026, 1, 1)),
        lambda: P.due_date(terms.net(1), date(2026, 1, 1), calendar=3),
        lambda: P.Terms(steps=None),
        lambda: P.Terms(steps=[("days", None)]),
        lambda: P.Terms(steps=[("bands", [3])]),
    ],
)
def test_another_type_is_refused(make):
    """As the TypeError it is."""
    with pytest.raises(InvalidArgument):
        make()


@pytest.mark.parametrize("text", ["earliest", "target", "latest"])
def test_an_enum_is_read_from_its_text(text: str):
    """As it stands in a database."""
    assert Default(text) is terms.within(terms.net(1), plus=1, default=P.Default(text).value).default


def test_a_due_date_is_counted_from_a_date():
    """Not from an instant, nor from a text."""
    for door in (lambda on: P.due_date(terms.net(1), on), lambda on: P.due_on(terms.net(1), posted_on=on)):
        with pytest.raises(periods.InvalidDate, match="posted_on is a text"):
            door("2026-01-01")
    with pytest.raises(periods.InvalidDate, match="typed is a text"):
        P.check_typed(terms.net(1), "2026-01-01", posted_on=date(2026, 1, 1))
    with pytest.raises(periods.InvalidDate, match="beyond the calendar"):
        terms.due_date(terms.net(1), date.max)
