"""One total in several parts: they sum to it, and mirror for credit notes."""

import copy
import pickle
from datetime import date
from typing import Any

import pytest

from ledgerkit import money, periods, terms
from ledgerkit.errors import InvalidArgument, LedgerkitError, LimitExceeded, UsageError
from ledgerkit.periods import Calendar, Roll, date_of
from ledgerkit.terms import Installments, InstallmentsDoNotFit, InvalidTerms, Part, Schedule, Style

P: Any = terms  # for what the types forbid
eur, jpy = money.maker("EUR"), money.maker("JPY")
FIRST = date_of("2026-01-31")


def parts(total: str, given: list[Part], style: Style = Style.CAP_AT_REMAINING) -> str:
    """The amounts of a schedule, which sum to the total."""
    rows = terms.schedule(eur(total), terms.installments(given, style=style), posted_on=FIRST)

    assert eur(total) == money.total([row.amount for row in rows])
    return shown(rows)


def shown(rows: Schedule) -> str:
    return " ".join(money.number_text(row.amount_minor, row.currency) for row in rows)


TRYTON = [terms.share_of_rest("25%"), terms.share("25%"), terms.fixed(eur("4.00")), terms.rest()]
THIRDS = [terms.share("33.34%"), terms.share("33.33%"), terms.share("33.33%")]
HALVES = [terms.share("50%"), terms.share("50%")]


@pytest.mark.parametrize(
    ("total", "given", "expected"),
    [
        ("10.00", TRYTON, "2.50 2.50 4.00 1.00"),
        ("-10.00", TRYTON, "-2.50 -2.50 -4.00 -1.00"),
        ("6.00", TRYTON, "1.50 1.50 3.00"),
        ("-6.00", TRYTON, "-1.50 -1.50 -3.00"),
        ("8.00", TRYTON, "2.00 2.00 4.00"),
        ("0.00", TRYTON, "0.00"),
        ("0.00", [terms.rest()], "0.00"),
        ("10.05", [terms.share("50%"), terms.rest()], "5.03 5.02"),
        ("-10.05", [terms.share("50%"), terms.rest()], "-5.03 -5.02"),
        ("0.01", [terms.share("50%"), terms.rest()], "0.01"),
        ("10.00", [terms.share("0%"), terms.rest()], "10.00"),
        ("1000.10", [terms.share("50%", round_to="1"), terms.rest()], "500.00 500.10"),
        ("1000.10", [terms.share_of_rest("50%", round_to="0.05"), terms.rest()], "500.05 500.05"),
        ("10.00", [terms.share("100%")], "10.00"),
    ],
)
def test_parts_are_capped_at_what_is_left(total: str, given: list[Part], expected: str):
    """And a part of zero is left out."""
    assert expected == parts(total, given)


@pytest.mark.parametrize(
    ("total", "given", "expected"),
    [
        ("5.47", THIRDS, "1.82 1.82 1.83"),
        ("-5.47", THIRDS, "-1.82 -1.82 -1.83"),
        ("0.03", HALVES, "0.02 0.01"),
        ("0.10", [*HALVES, terms.fixed(eur("0.02"))], "0.05 0.05 0.00"),
        ("0.00", HALVES, "0.00 0.00"),
        ("100.00", [terms.fixed(eur("100.00"))], "100.00"),
        ("7.00", [terms.fixed(eur("100.00"))], "7.00"),
    ],
)
def test_the_last_part_is_the_balance(total: str, given: list[Part], expected: str):
    """Whatever it was to be, and also when nothing is left."""
    assert expected == parts(total, given, Style.LAST_IS_BALANCE)


@pytest.mark.parametrize(
    ("total", "style", "given", "text"),
    [
        (
            "1000.00",
            Style.LAST_IS_BALANCE,
            [terms.share("70%"), terms.fixed(eur("500.00")), terms.rest()],
            "the installments of 1000.00 EUR take 200.00 EUR too much",
        ),
        (
            "-1000.00",
            Style.LAST_IS_BALANCE,
            [terms.share("70%"), terms.fixed(eur("500.00")), terms.rest()],
            "the installments of -1000.00 EUR take 200.00 EUR too much",
        ),
        ("10.00", Style.CAP_AT_REMAINING, HALVES[:1], "the installments of 10.00 EUR leave 5.00 EUR"),
        ("-10.00", Style.CAP_AT_REMAINING, HALVES[:1], "the installments of -10.00 EUR leave -5.00 EUR"),
    ],
)
def test_parts_that_do_not_come_to_the_total_are_refused(total: str, style: Style, given: list[Part], text: str):
    """A person has to look at it; the figures are fields."""
    with pytest.raises(InstallmentsDoNotFit) as caught:
        parts(total, given, style)

    assert str(caught.value).startswith(text)
    assert (money.text(eur(total)), str(caught.value)) == (caught.value.total, str(pickle.loads(pickle.dumps(caught.value))))


def test_each_part_has_its_own_date():
    """Counted from posting, rolled over the host's calendar."""
    plan = terms.installments(
        [terms.share("50%", terms=terms.months(1)), terms.share("25%"), terms.rest(terms=terms.months(2))]
    )
    rows = terms.schedule(eur("100.00"), plan, posted_on=FIRST, calendar=Calendar(), roll=Roll.PRECEDING)

    assert "2026-02-27 2026-01-31 2026-03-31" == " ".join(str(row.due_on) for row in rows)


def test_a_total_of_zero_is_due_on_posting():
    """One installment, so that the document has a due date."""
    (row,) = terms.schedule(eur("0.00"), terms.installments([terms.rest(terms=terms.net(30))]), posted_on=FIRST)

    assert "0.00 EUR due on 2026-01-31" == str(row)


def test_an_installment_explains_itself():
    """The share, of what, and what came of it."""
    rows = terms.schedule(eur("10.00"), terms.installments(TRYTON), posted_on=FIRST)

    assert [
        "2.50 EUR due on 2026-01-31\n  terms.installment/1: 25% of the rest 10.00 EUR = 2.50 EUR",
        "2.50 EUR due on 2026-01-31\n  terms.installment/1: 25% of 10.00 EUR = 2.50 EUR",
        "4.00 EUR due on 2026-01-31\n  terms.installment/1: fixed of 10.00 EUR = 4.00 EUR",
        "1.00 EUR due on 2026-01-31\n  terms.installment/1: rest of 1.00 EUR = 1.00 EUR",
    ] == [row.explain() for row in rows]
    assert eur("2.50") == rows[0].amount
    assert "terms.installment/1" == rows[0].trail.steps[0].rule
    assert repr(rows[0]).startswith("Installment(due_on=datetime.date(2026, 1, 31), amount=")


@pytest.mark.parametrize(
    ("total", "count", "expected"),
    [
        ("100.00", 3, "33.33 33.33 33.34"),
        ("-100.00", 3, "-33.33 -33.33 -33.34"),
        ("100.00", 7, "14.29 14.29 14.29 14.29 14.29 14.29 14.26"),
        ("100.00", 1, "100.00"),
        ("0.00", 3, "0.00 0.00 0.00"),
        ("0.01", 3, "0.00 0.00 0.01"),
    ],
)
def test_equal_parts(total: str, count: int, expected: str):
    """The last absorbs what rounding leaves."""
    assert expected == shown(terms.equal_installments(eur(total), count, first_on=FIRST))


def test_equal_parts_of_very_little_are_refused():
    """Six times one cent is more than four."""
    with pytest.raises(InstallmentsDoNotFit, match=r"the installments of 0\.04 EUR take 0\.02 EUR too much"):
        terms.equal_installments(eur("0.04"), 7, first_on=FIRST)


@pytest.mark.parametrize(
    ("total", "part", "expected"),
    [
        ("100.00", "30.00", "30.00 30.00 30.00 10.00"),
        ("-100.00", "30.00", "-30.00 -30.00 -30.00 -10.00"),
        ("90.00", "30.00", "30.00 30.00 30.00"),
        ("20.00", "30.00", "20.00"),
        ("0.00", "30.00", "0.00"),
    ],
)
def test_parts_of_one_amount(total: str, part: str, expected: str):
    """The last is what is left."""
    assert expected == shown(terms.installments_of(eur(total), eur(part), first_on=FIRST))


def test_ten_thousand_parts_are_enough():
    """The bound itself is allowed."""
    assert 10_000 == len(terms.installments_of(eur("100.00"), eur("0.01"), first_on=FIRST, every=periods.DAY))
    assert 10_000 == len(terms.equal_installments(eur("100.00"), 10_000, first_on=FIRST, every=periods.DAY))


def test_the_dates_of_equal_parts_follow_the_first():
    """The 31st comes back."""
    rows = terms.equal_installments(eur("90.00"), 3, first_on=FIRST)

    assert "2026-01-31 2026-02-28 2026-03-31" == " ".join(str(row.due_on) for row in rows)
    assert "30.00 EUR due on 2026-02-28\n  terms.equal-installment/1: 2 of 3 of 90.00 EUR: 30.00 EUR" == rows[1].explain()


def test_a_part_is_a_value_a_host_can_store():
    """By its columns."""
    part = terms.fixed(eur("4.00"), terms=terms.net(30))
    plan = terms.installments(TRYTON)

    assert part == Part(kind="fixed", amount=eur("4.00"), terms=terms.net(30))
    assert (eur("4.00"), None) == (part.amount, terms.rest().amount)
    assert repr(part).startswith("Part(kind='fixed', rate=None, amount=")
    for value in (part, plan):
        assert value == pickle.loads(pickle.dumps(value)) == copy.deepcopy(value)
    assert plan == Installments(parts=iter(TRYTON), style=P.Style("cap_at_remaining").value)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: P.Part(kind="half"), InvalidTerms),
        (lambda: P.Part(kind=None), InvalidTerms),
        (lambda: P.Part(kind="share"), InvalidTerms),
        (lambda: P.Part(kind="rest", rate="20%"), InvalidTerms),
        (lambda: P.share(20), money.InvalidAmount),
        (lambda: P.share("20%", round_to="0"), money.InvalidAmount),
        (lambda: P.share("20%", terms="net 30"), InvalidArgument),
        (lambda: P.fixed(eur("-4.00")), money.InvalidAmount),
        (lambda: P.installments([]), InvalidTerms),
        (lambda: P.installments([0.5]), InvalidArgument),
        (lambda: P.installments(None), InvalidArgument),
        (lambda: P.installments([terms.rest()], style="last"), InvalidArgument),
        (lambda: P.installments([terms.rest()] * 10_001), LimitExceeded),
        (lambda: P.schedule(eur("1.00"), [terms.rest()], posted_on=FIRST), InvalidArgument),
        (lambda: P.schedule(jpy("100"), terms.installments(TRYTON), posted_on=FIRST), money.CurrencyMismatch),
        (
            lambda: P.schedule(
                jpy("100"), terms.installments([terms.share("20%", round_to="0.5"), terms.rest()]), posted_on=FIRST
            ),
            money.InvalidAmount,
        ),
        (lambda: P.equal_installments(eur("1.00"), 0, first_on=FIRST), InvalidTerms),
        (lambda: P.equal_installments(eur("1.00"), 3, first_on="soon"), LedgerkitError),
        (lambda: P.equal_installments(eur("1.00"), 3, first_on=date.max), LedgerkitError),
        (lambda: P.equal_installments(eur("1.00"), 3, first_on=FIRST, every="month"), InvalidArgument),
        (lambda: P.installments_of(eur("1.00"), eur("0.00"), first_on=FIRST), money.InvalidAmount),
        (lambda: P.installments_of(eur("1000.00"), eur("0.01"), first_on=FIRST), LimitExceeded),
        (lambda: P.installments_of(eur("1.00"), jpy("1"), first_on=FIRST), money.CurrencyMismatch),
    ],
)
def test_what_makes_no_installments_is_refused(make, error):
    """By name."""
    with pytest.raises(error):
        make()


def test_a_schedule_is_one_value():
    """It iterates, has a length and places, sums to its total, shows itself as a table and explains each row."""
    made = terms.schedule(eur("10.05"), terms.installments(HALVES), posted_on=FIRST)

    assert (2, made.rows[0], made.rows[1:], list(made)) == (len(made), made[0], made[1:], list(made.rows))
    assert eur("10.05") == made.total
    assert f"Installments in EUR\ndue on      amount\n{FIRST}    5.03\n{FIRST}    5.02" == str(made)
    assert "<caption>Installments in EUR</caption>" in made._repr_html_()
    assert "10.05 EUR in 2 installments" == made.explain().splitlines()[0]
    assert [step.text for row in made for step in row.trail.steps] == [step.text for step in made.trail.steps]
    assert repr(made).startswith("Schedule(rows=(Installment(due_on=")


def test_parts_say_themselves():
    """As a person would list them."""
    given = [terms.share("25%", terms=terms.net(30)), terms.share_of_rest("50%"), terms.fixed(eur("4.00")), terms.rest()]

    assert "25%, net 30; 50% of the rest; 4.00 EUR; the rest" == str(terms.installments(given))


@pytest.mark.parametrize("kind", [terms.DueDate, terms.EarlyPayment, terms.Installment, terms.Schedule])
def test_a_result_is_not_built_by_its_class(kind: type):
    """The error names the function that gives one."""
    with pytest.raises(UsageError, match=r"is a result\. Get one from terms\."):
        kind()
