"""What an early payment takes off."""

import pickle
from typing import Any

import pytest

from ledgerkit import money, terms
from ledgerkit.errors import InvalidArgument
from ledgerkit.periods import date_of
from ledgerkit.terms import Basis, EarlyPayment, InvalidTerms

P: Any = terms  # for what the types forbid
eur = money.maker("EUR")
POSTED = date_of("2024-02-20")


def offer(
    rate: str, net: str, taxes: dict[str, str], basis: Basis = Basis.ON_GROSS, paid_on: str | None = None
) -> EarlyPayment:
    early = terms.early_discount(rate, within_days=10, basis=basis)
    made = {tax: eur(amount) for tax, amount in taxes.items()}
    return terms.early_payment(
        early, eur(net), taxes=made, posted_on=POSTED, paid_on=None if paid_on is None else date_of(paid_on)
    )


@pytest.mark.parametrize(
    ("rate", "net", "taxes", "basis", "expected"),
    [
        ("10%", "718.35", {"VAT": "150.00"}, Basis.ON_GROSS, "781.52 86.83 = 71.83 15.00"),
        ("3%", "1000.00", {"VAT": "190.00"}, Basis.ON_GROSS, "1154.30 35.70 = 30.00 5.70"),
        ("3%", "1000.00", {"A": "190.00", "B": "70.00"}, Basis.ON_GROSS, "1222.20 37.80 = 30.00 5.70 2.10"),
        ("3%", "1000.00", {"VAT": "190.00"}, Basis.ON_NET, "1160.00 30.00 = 30.00 0.00"),
        ("10%", "868.35", {}, Basis.ON_NET, "781.52 86.83 = 86.83"),
        ("0%", "1000.00", {"VAT": "190.00"}, Basis.ON_GROSS, "1190.00 0.00 = 0.00 0.00"),
        ("100%", "0.03", {"VAT": "0.01"}, Basis.ON_GROSS, "0.00 0.04 = 0.03 0.01"),
        ("50%", "0.00", {"VAT": "0.00"}, Basis.ON_GROSS, "0.00 0.00 = 0.00 0.00"),
    ],
)
def test_what_settles_it_and_what_comes_off(rate: str, net: str, taxes: dict[str, str], basis: Basis, expected: str):
    """Rounded once; net and taxes sum to the discount."""
    found = offer(rate, net, taxes, basis)
    split = [found.net, *(part for _, part in found.taxes)]

    assert found.discount == money.total(split)
    assert list(taxes) == [tax for tax, _ in found.taxes]
    assert expected == " ".join([*map(number, (found.to_settle, found.discount)), "=", *map(number, split)])


def number(amount: Any) -> str:
    return money.text(amount).removesuffix(" EUR")


@pytest.mark.parametrize(("paid_on", "discount"), [("2024-02-20", "24.00"), ("2024-03-01", "24.00"), ("2024-03-02", "0.00")])
def test_the_last_day_counts(paid_on: str, discount: str):
    """Over a leap day; the day after takes nothing off."""
    found = offer("2%", "1000.00", {"VAT": "200.00"}, paid_on=paid_on)

    assert (date_of("2024-03-01"), eur(discount)) == (found.last_on, found.discount)


def test_an_early_payment_explains_itself():
    """As the same text everywhere."""
    early, late = offer("3%", "1000.00", {"VAT": "190.00"}), offer("3%", "1000.00", {}, paid_on="2024-03-02")

    assert (
        "35.70 EUR off until 2024-03-01: 1154.30 EUR settles it\n"
        "  terms.early-discount/1: 1190.00 EUR - 3/100 x 1190.00 EUR = 1154.30 EUR, which is 35.70 EUR less" == early.explain()
    )
    assert "paid on 2024-03-02, after 2024-03-01: no discount" == late.trail.steps[0].text
    assert repr(early).startswith("EarlyPayment(last_on=datetime.date(2024, 3, 1), discount=")
    assert (early, hash(early)) == (pickle.loads(pickle.dumps(early)), hash(early))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: P.early_discount(2, within_days=10), money.InvalidAmount),
        (lambda: P.early_discount("2%", within_days=-1), InvalidTerms),
        (lambda: P.early_payment("2/10", eur("1.00"), posted_on=POSTED), InvalidArgument),
        (lambda: offer("2%", "-1.00", {}), money.InvalidAmount),
        (lambda: offer("2%", "1.00", {"VAT": "-0.20"}), money.InvalidAmount),
        (
            lambda: P.early_payment(
                terms.early_discount("2%", within_days=1), eur("1.00"), posted_on=POSTED, taxes={"VAT": money.of("1 JPY")}
            ),
            money.CurrencyMismatch,
        ),
        (
            lambda: P.early_payment(terms.early_discount("2%", within_days=1), eur("1.00"), posted_on=POSTED, taxes=[1]),
            InvalidArgument,
        ),
        (
            lambda: P.early_payment(
                terms.early_discount("2%", within_days=1), eur("1.00"), posted_on=POSTED, taxes={1: eur("1")}
            ),
            InvalidArgument,
        ),
    ],
)
def test_what_takes_nothing_off_is_refused(make, error):
    """By name."""
    with pytest.raises(error):
        make()


@pytest.mark.parametrize(("rate", "text"), [("2%", "2/10"), ("2.5%", "2.5/10"), ("0.05%", "0.05/10"), ("1/3", None)])
def test_a_discount_prints_as_trade_writes_it(rate: str, text: str | None):
    """Percent and days."""
    from fractions import Fraction

    early = terms.early_discount(Fraction(1, 3) if text is None else rate, within_days=10)

    assert (text or "100/3/10") == str(early)
