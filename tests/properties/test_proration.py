"""The invariants of proration, I11 to I13, under DAILY."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from ledgerkit import money, proration
from ledgerkit.periods import Period

prices = st.integers(-(10**12), 10**12).map(lambda minor: money.from_minor(minor, "EUR"))
spans = st.builds(
    lambda start, days: Period(start, start + timedelta(days)),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    st.integers(1, 1_500),
)


def share(price: Money, used: Period, period: Period) -> int:
    return proration.prorate(price, used=used, period=period).amount_minor


@given(prices, spans, st.integers(0, 1_500))
def test_i11_all_and_nothing(price, period: Period, days: int):
    """The whole period costs the price, an empty part nothing."""
    on = min(period.start + timedelta(days), period.end)

    assert money.to_minor(price) == share(price, period, period)
    assert 0 == share(price, Period(on, on), period)


@given(prices, spans, st.lists(st.integers(0, 1_500), max_size=8), st.randoms())
def test_i12_parts_add_up(price, period: Period, days: list[int], random):
    """Any chain of cuts, priced in any order."""
    inner = sorted({min(period.start + timedelta(one), period.end) for one in days})
    cuts = [period.start, *inner, period.end]
    parts = [Period(*pair) for pair in itertools.pairwise(cuts)]
    random.shuffle(parts)

    assert money.to_minor(price) == sum(share(price, part, period) for part in parts)


@given(prices, spans, st.integers(0, 1_500), st.integers(0, 1_500))
def test_i13_no_part_has_the_wrong_sign(price, period: Period, one: int, other: int):
    """What is due grows with time, and refunds mirror charges."""
    start, end = (min(period.start + timedelta(days), period.end) for days in sorted([one, other]))
    part = share(price, Period(start, end), period)

    assert part >= 0 if money.to_minor(price) >= 0 else part <= 0
    assert -part == share(money.negate(price), Period(start, end), period)
