"""Taxes: a rate by name, inside the price or on top of it, and what it comes to."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from types import MappingProxyType
from typing import Any, final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money
from ledgerkit.errors import InvalidArgument, flag
from ledgerkit.money import Rounding
from ledgerkit.transactions import _gate

REMEDY = 'Pass taxes=[transactions.tax("VAT", "20%")].'


@final
@attrs.frozen(init=False, repr=False)
class Tax:
    """
    A tax by name: a rate, or the amount that an outside engine answered for one line.

    Args:
        id: What the tax is called: ``VAT``.

        rate: From 0 to 1: ``"20%"``, ``"0.2"``, ``Decimal("0.2")``. May be left out when *amount* is given.

        inclusive: The prices hold the tax already. Not together with *amount*.

        amount: What an outside engine answered, instead of rate times net.

        details: What the engine said about it, text to text; kept as it is.

    Raises:
        InvalidAmount: The rate is not from 0 to 1.
        InvalidArgument: Neither rate nor amount, or an amount that is inclusive.

    Source:
        docs/rules/tax.md, rules X-1 and X-5.
    """

    id: str
    rate_num: int
    rate_den: int
    inclusive: bool
    amount_minor: int | None
    currency: str | None
    _details: tuple[tuple[str, str], ...]

    def __init__(
        self,
        *,
        id: str,
        rate: str | Decimal | Fraction | None = None,
        inclusive: bool = False,
        amount: Money | None = None,
        details: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        name = ids.checked(id, name="tax")
        flag(inclusive, name="inclusive")
        if amount is None and rate is None:
            raise InvalidArgument(f"tax {name!r} has neither rate nor amount", 'Pass a rate: tax("VAT", "20%").')
        if amount is not None and inclusive:
            raise InvalidArgument(f"tax {name!r} is an answered amount and inclusive", "Pass the net price with it.")
        exact = Fraction(0) if rate is None else money.rate(rate, name=f"rate of {name}")
        minor = None if amount is None else money.to_minor(amount, name=f"amount of {name}")
        code = None if amount is None else money.currency_of(amount)
        self.__attrs_init__(name, exact.numerator, exact.denominator, inclusive, minor, code, _pairs(details))

    @property
    def rate(self) -> Fraction:
        """The rate, exact, from 0 to 1."""
        return Fraction(self.rate_num, self.rate_den)

    @property
    def amount(self) -> Money | None:
        """What an outside engine answered, if this is such an answer."""
        if self.amount_minor is None or self.currency is None:
            return None
        return money.from_minor(self.amount_minor, self.currency)

    @property
    def details(self) -> Mapping[str, str]:
        """What the engine said about its answer, read-only."""
        return MappingProxyType(dict(self._details))

    def __str__(self) -> str:
        amount = self.amount
        if amount is not None:
            return f"{self.id} {money.text(amount)}, as answered"
        return f"{self.id} {money.percent_text(self.rate)}{', included' * self.inclusive}"

    __repr__ = _front.shown("id", "rate", "inclusive", "amount")


def _pairs(details: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(details, Mapping):
        raise InvalidArgument(f"details is {_front.a(details)}", 'Pass details={"jurisdiction": "Berlin"}.')
    return tuple((ids.text(key, name="details"), ids.text(value, name="details")) for key, value in details.items())


def tax(id: str, rate: str | Decimal | Fraction, /, *, inclusive: bool = False) -> Tax:
    """
    Name a tax rate.

    Args:
        id: What the tax is called; the amounts of a document are summed by it.

        rate: From 0 to 1, as text ``"20%"`` or ``"0.2"``, ``Decimal`` or ``Fraction``. ``20`` and ``"7.7"`` are refused, never
            guessed at.

        inclusive: The prices hold the tax already.

    Raises:
        InvalidAmount: The rate is not from 0 to 1.

    Source:
        docs/rules/tax.md, rule X-1.

    >>> tax("VAT", "20%").rate
    Fraction(1, 5)
    """
    return Tax(id=id, rate=rate, inclusive=inclusive)


def tax_answer(
    id: str,
    amount: Money,
    /,
    *,
    rate: str | Decimal | Fraction | None = None,
    details: Mapping[str, str] = MappingProxyType({}),
) -> Tax:
    """
    Take the tax that an outside engine reckoned for one line, with what it said about it.

    Args:
        id: What the tax is called.

        amount: The tax on the line's net; it is taken as it is, not reckoned again.

        rate: The rate the engine named, for the printed document only.

        details: The engine's remarks, text to text; kept read-only.

    Raises:
        InvalidAmount: *amount* is not a settled amount, or *rate* is not from 0 to 1.

    Source:
        docs/rules/tax.md, rule X-5.

    >>> answered = tax_answer("sales tax", money.of("8.88 USD"), details={"jurisdiction": "NY"})
    >>> answered.details["jurisdiction"]
    'NY'
    """
    return Tax(id=id, rate=rate, amount=amount, details=details)


def checked(taxes: Any) -> tuple[Tax, ...]:
    """Return a host's taxes: each is a :class:`Tax`, no two of one id."""
    found = _gate.records(taxes, Tax, "taxes", REMEDY)
    if len(found) > 1:
        seen: set[str] = set()
        for one in found:
            if one.id in seen:
                raise ids.DuplicateId(one.id, "on one line, tax")
            seen.add(one.id)
    return found


def reckon(price: int, taxes: tuple[Tax, ...], currency: str, rounding: Rounding) -> tuple[int, tuple[int, ...]]:
    """
    Return the net of one rounded price and what each tax comes to, in minor units.

    Inclusive taxes are taken out of the price first, all together, so that net and tax are the price again; then every other
    tax counts on the net, each rounded on its own. Source: docs/rules/tax.md, rules X-2 to X-5.
    """
    if len(taxes) == 1 and not taxes[0].inclusive:
        return price, (_on_top(price, taxes[0], currency, rounding),)
    inside = [one for one in taxes if one.inclusive]
    included = _included(price, inside, rounding) if inside else []
    net, taken = price - sum(included), iter(included)
    return net, tuple([next(taken) if one.inclusive else _on_top(net, one, currency, rounding) for one in taxes])


def _included(price: int, taxes: Sequence[Tax], rounding: Rounding) -> list[int]:
    num, den, weights = weighed(taxes)
    net = money.round_ratio(price * den, den + num, rounding)
    return money.split_minor(price - net, weights) if num else weights


def _on_top(net: int, one: Tax, currency: str, rounding: Rounding) -> int:
    if one.amount_minor is None:
        return money.round_ratio(net * one.rate_num, one.rate_den, rounding)
    if one.currency != currency:
        raise _gate.mismatch(currency, str(one.currency), f"tax {one.id!r}")
    if (net >= 0 > one.amount_minor) or (net < 0 < one.amount_minor):
        shown, owed = money.minor_text(one.amount_minor, currency), money.minor_text(net, currency)
        raise money.InvalidAmount(f"{one.id} was answered as {shown} on {owed}", "A tax has the sign of what it is on.")
    return one.amount_minor


def weighed(taxes: Iterable[Tax]) -> tuple[int, int, list[int]]:
    """Return the rates over one denominator: their sum, the denominator, and each of them."""
    den = lcm(*(one.rate_den for one in taxes))
    weights = [one.rate_num * (den // one.rate_den) for one in taxes]
    return sum(weights), den, weights
