"""The invariant of due dates, I20, and of installments."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from ledgerkit import money, periods, terms
from ledgerkit.periods import Calendar, Roll
from ledgerkit.terms import Style, Terms

dates = st.dates(date(1990, 1, 1), date(2100, 1, 1))
few = st.integers(0, 120)
month_days = st.integers(1, 31)
plain = st.one_of(
    few.map(terms.net),
    st.integers(0, 24).map(terms.months),
    st.integers(0, 24).map(terms.end_of_month),
    few.map(terms.net_then_eom),
    few.map(terms.eom_then_net),
    st.builds(lambda day, months: terms.nth_day(day, months=months), month_days, st.integers(0, 12)),
    st.builds(terms.days_then_nth_day, few, month_days),
    st.builds(terms.days_then_payday, few, st.lists(month_days, min_size=1, max_size=4)),
    st.integers(0, 6).map(terms.weekday),
    st.builds(lambda month, day, months: terms.step(month=month, day=day, months=months), st.integers(1, 12), month_days, few),
)
rules: st.SearchStrategy[Terms] = st.one_of(
    plain,
    st.lists(plain, min_size=1, max_size=4).map(terms.steps),
    st.builds(
        lambda rule, minus, plus, default: terms.within(rule, minus=minus, plus=plus, default=default),
        plain,
        few,
        few,
        st.sampled_from(list(terms.Default)),
    ),
)
calendars = st.builds(Calendar, holidays=st.frozensets(dates, max_size=30), weekend=st.sampled_from([(5, 6), (4, 5), (), (6,)]))
rolls = st.sampled_from(list(Roll))


@given(rules, dates, st.none() | calendars, rolls)
def test_i20_nothing_is_due_before_posting(rule: Terms, posted_on: date, calendar: Calendar | None, roll: Roll):
    """And the date lies in the window, which the lean door and the typed one agree on."""
    due = terms.due_on(rule, posted_on=posted_on, calendar=calendar, roll=roll)

    assert posted_on <= due.earliest <= due.on <= due.latest
    assert due.on == terms.due_date(rule, posted_on, calendar, roll)
    assert due.on == terms.check_typed(rule, due.on, posted_on=posted_on, calendar=calendar, roll=roll)


@given(dates, calendars, rolls)
def test_i20_a_roll_settles(on: date, calendar: Calendar, roll: Roll):
    """An adjusted date stays; following and preceding lie on either side; modified stays in the month that has a business day."""
    rolled = periods.roll(on, calendar=calendar, roll=roll)
    after, before = (periods.roll(on, calendar=calendar, roll=one) for one in (Roll.FOLLOWING, Roll.PRECEDING))

    assert rolled == periods.roll(rolled, calendar=calendar, roll=roll)
    assert before <= on <= after
    assert rolled in {on, before, after}
    if roll in {Roll.MODIFIED_FOLLOWING, Roll.MODIFIED_PRECEDING}:
        assert rolled.month == on.month or not any(
            periods.is_business_day(on.replace(day=1) + timedelta(day), calendar=calendar)
            for day in range(periods.on_day(on, 31).day)
        )


@given(rules.filter(lambda rule: not rule.has_window), dates)
def test_terms_come_back_from_their_steps(rule: Terms, posted_on: date):
    """What a host stored is the rule it stored, and what prints shortly is read."""
    assert rule == Terms(steps=[(kind, list(figures)) for kind, figures in rule.steps])
    try:
        read = terms.parse(rule.text)
    except terms.InvalidTerms:
        return
    assert terms.due_date(read, posted_on) == terms.due_date(rule, posted_on)


shares = st.integers(0, 100).map(lambda percent: f"{percent}%")
parts = st.one_of(
    shares.map(terms.share),
    shares.map(terms.share_of_rest),
    st.integers(0, 5_000).map(lambda minor: terms.fixed(money.from_minor(minor, "EUR"))),
)


@given(st.integers(-(10**6), 10**6), st.lists(parts, max_size=5), st.sampled_from(list(Style)))
def test_installments_sum_to_the_total(minor: int, given_parts: list[terms.Part], style: Style):
    """None has the wrong sign, and a credit note mirrors its invoice."""
    plan = terms.installments([*given_parts, terms.rest()], style=style)
    posted_on = date(2026, 1, 31)
    try:
        rows = terms.schedule(money.from_minor(minor, "EUR"), plan, posted_on=posted_on)
    except terms.InstallmentsDoNotFit:
        assume(style is Style.LAST_IS_BALANCE)
        return
    amounts = [row.amount_minor for row in rows]
    mirrored = terms.schedule(money.from_minor(-minor, "EUR"), plan, posted_on=posted_on)

    assert minor == sum(amounts)
    assert all(amount * minor >= 0 for amount in amounts)
    assert [-amount for amount in amounts] == [row.amount_minor for row in mirrored]
