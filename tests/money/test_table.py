"""The exponent table against ISO 4217 and py-moneyed."""

import iso4217
import moneyed
import pytest

from ledgerkit import money
from ledgerkit.money import UnknownCurrency
from ledgerkit.money._table import _ACTIVE, _UNITLESS, _WITHDRAWN, EXPONENTS, UNITS

ACTIVE = {currency.code: currency.exponent for currency in iso4217.Currency}

# Codes that py-moneyed knows from CLDR and ISO 4217 never had.
NEVER_ISO = frozenset("ARL ARM BAN BGM BGO BOL BRZ CLE CNH CNX IMP KRH KRO MCF MDC MKN MVP TVD VNN YUR".split())

# Codes that joined or left since the oldest list this test may run with: the table is of 2026-01-01.
MOVED = frozenset(["ANG", "BGN", "CUC", "HRK", "SLL", "XAD", "XCG", "ZWG", "ZWL", "VED"])


def test_active_codes_are_those_of_iso_4217():
    """Every active code with a minor unit stands in the table with ISO's decimals, and no other."""
    ours = {code: digits for digits, codes in _ACTIVE.items() for code in codes.split()}
    theirs = {code: digits for code, digits in ACTIVE.items() if digits is not None}

    assert {} == {code: digits for code, digits in ours.items() if theirs.get(code, digits) != digits}
    assert set() == (set(ours) ^ set(theirs)) - MOVED


def test_codes_without_a_minor_unit():
    """Every active code without a minor unit is known as such and refused."""
    assert {code for code, digits in ACTIVE.items() if digits is None} <= set(_UNITLESS.split())
    for code in _UNITLESS.split():
        with pytest.raises(UnknownCurrency, match="has no minor unit"):
            money.exponent(code)


def test_withdrawn_codes_are_not_active():
    """A code stands in one list only."""
    withdrawn = [code for codes in _WITHDRAWN.values() for code in codes.split()]
    active = [code for codes in _ACTIVE.values() for code in codes.split()]

    assert len(EXPONENTS) == len(withdrawn) + len(active)
    assert set() == (set(withdrawn) & set(ACTIVE)) - MOVED
    assert set() == set(EXPONENTS) & set(_UNITLESS.split())


def test_every_code_of_py_moneyed_is_judged():
    """What py-moneyed knows is in the table, without a minor unit, or never was a code of ISO 4217."""
    judged = set(EXPONENTS) | set(_UNITLESS.split())

    assert NEVER_ISO >= set(moneyed.CURRENCIES) - judged
    assert set() == NEVER_ISO & judged


def test_py_moneyed_agrees_on_active_codes():
    """py-moneyed's sub-unit is ours for every active code it has."""
    shared = set(moneyed.CURRENCIES) & {code for codes in _ACTIVE.values() for code in codes.split()}

    assert {} == {
        code: moneyed.CURRENCIES[code].sub_unit for code in shared if 10 ** EXPONENTS[code] != moneyed.CURRENCIES[code].sub_unit
    }


def test_every_code_makes_an_amount():
    """A Money can be made of every code, whether py-moneyed knows it or not, and comes back."""
    for code, digits in EXPONENTS.items():
        amount = money.from_minor(12345, code)

        assert code == amount.currency.code == money.currency_of(amount)
        assert 12345 == money.to_minor(amount)
        assert (digits, 10**digits) == UNITS[code][:2]


def test_the_table_cannot_be_changed():
    """Neither the table nor a registration with py-moneyed changes what a code means."""
    with pytest.raises(TypeError):
        EXPONENTS["EUR"] = 3  # type: ignore[index]

    amount = moneyed.Money("1.00", moneyed.Currency("EUR", sub_unit=1000))

    assert 100 == money.to_minor(amount)
    assert money.of("1.00 EUR") == amount
