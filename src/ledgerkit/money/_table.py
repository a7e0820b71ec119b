"""
The minor unit of every ISO 4217 currency: how many decimals an amount has.

The table is ours: CLDR's digits change between releases and would change invoices. Withdrawn codes stay, since old documents do
(docs/rules/money-amounts.md, M-2).
"""

from types import MappingProxyType
from typing import Any

import moneyed

from ledgerkit.money._types import UnknownCurrency, _quoted

# ISO 4217 list one, published 2026-01-01.
_ACTIVE = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP
    CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
    KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR
    PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU
    UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

# ISO 4217 list three.
_WITHDRAWN = {
    0: "ADP BEC BEF BEL BYB BYR ESA ESB ESP GRD ITL LUC LUF LUL MGF PTE TPE TRL",
    2: """
    AFA ALK ANG AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BGJ BGK BGL BGN BOP BRB BRC BRE BRN BRR BUK CHC CSD CSJ CSK CUC CYP DDM DEM
    ECS ECV EEK EQE FIM FRF GEK GHC GHP GNE GNS GQE GWE GWP HRD HRK IEP ILP ILR ISJ LAJ LSM LTL LTT LVL LVR MAF MLF MRO MTL MTP MVQ
    MXP MZE MZM NIC NLG PEH PEI PES PLZ RHD ROK ROL RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM UAK UGS UGW USS UYN UYP VEB VEF VNC
    XEU YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD ZWL ZWN ZWR
    """,
}

# In the list, and not counted in minor units: metals, funds, tests.
_UNITLESS = "XAG XAU XBA XBB XBC XBD XDR XFO XFU XPD XPT XRE XSU XTS XUA XXX"


def _exponents() -> dict[str, int]:
    return {code: digits for table in (_ACTIVE, _WITHDRAWN) for digits, codes in table.items() for code in codes.split()}


def _currency(code: str, digits: int) -> moneyed.Currency:
    """Return py-moneyed's own object, or ours where it has none (XCG, ZWG, XAD, old codes)."""
    known = moneyed.CURRENCIES.get(code)
    return known or moneyed.Currency(code=code, sub_unit=10**digits, name=code)


EXPONENTS = MappingProxyType(_exponents())

# What writing an amount needs, in one look-up: the decimals, 10 ** decimals, the end of a Decimal's text, py-moneyed's object.
UNITS: MappingProxyType[str, tuple[int, int, str, moneyed.Currency]] = MappingProxyType(
    {code: (digits, 10**digits, f"E-{digits}", _currency(code, digits)) for code, digits in EXPONENTS.items()}
)


def exponent(currency: str, /) -> int:
    """
    Return how many decimals an amount of *currency* has, by ISO 4217.

    Args:
        currency: An ISO code, active or withdrawn.

    Raises:
        UnknownCurrency: The code is none of ISO 4217, active or withdrawn, is not written in capitals, or has no minor unit.

    Source:
        ISO 4217; docs/rules/money-amounts.md, rule M-2.

    >>> exponent("EUR"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    if type(currency) is str:
        digits = EXPONENTS.get(currency)
        if digits is not None:
            return digits
    return EXPONENTS[checked_code(currency)]


def checked_code(currency: Any, /) -> str:
    """Return *currency* as a plain ``str`` that stands in the table."""
    if isinstance(currency, str):
        code = str.__str__(currency)
        if code in EXPONENTS:
            return code
        raise _unknown(code)
    problem = f"currency is {_quoted(currency)}, where an ISO code is needed"
    raise UnknownCurrency("", problem, 'Write it as text, like "EUR".')


def _unknown(code: str) -> UnknownCurrency:
    if code in _UNITLESS.split():
        return UnknownCurrency(code, f"{code} has no minor unit in ISO 4217", "Bill in a currency that has one.")
    upper = code.strip().upper()
    hint = f'Did you mean "{upper}"?' if upper in EXPONENTS and upper.isascii() else 'Write its three capitals, like "EUR".'
    return UnknownCurrency(code, f"{_quoted(code)} is no currency of ISO 4217", hint)
