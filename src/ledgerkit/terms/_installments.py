"""The parts of installments: what each takes of a total, and when it is due."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, final

import attrs
from moneyed import Money

from ledgerkit import _front, money
from ledgerkit.errors import InvalidArgument, LimitExceeded, choice
from ledgerkit.terms._steps import InvalidTerms, items
from ledgerkit.terms._types import Terms, own

MOST_PARTS: Final = 10_000


class Style(StrEnum):
    """How installments end."""

    CAP_AT_REMAINING = "cap_at_remaining"
    LAST_IS_BALANCE = "last_is_balance"


@final
@attrs.frozen(init=False, repr=False, order=False)
class Part:
    """
    One part of installments; make it with :func:`share`, :func:`share_of_rest`, :func:`fixed` or :func:`rest`.

    Args:
        kind: ``share``, ``share_of_rest``, ``fixed`` or ``rest``.

        rate: The share, for the first two.

        amount: The amount, for ``fixed``, not negative.

        terms: When it is due; without, on posting.

        round_to: The multiple a share is rounded to, such as ``"1"`` for whole units.

    Raises:
        InvalidTerms: *kind* is not known, or *rate* and *amount* are not what it takes.
        InvalidAmount: A figure is not what it should be.
        InvalidArgument: *terms* are not terms.

    Source:
        docs/rules/terms-installments.md, rule N-1.

    >>> Part(kind="share", rate="25%").rate
    Fraction(1, 4)
    """

    kind: str
    rate: Fraction | None
    amount_minor: int | None
    currency: str | None
    terms: Terms | None
    round_to: Fraction | None

    def __init__(
        self,
        *,
        kind: str,
        rate: str | Decimal | Fraction | None = None,
        amount: Money | None = None,
        terms: Terms | None = None,
        round_to: str | int | Decimal | Fraction | None = None,
    ) -> None:
        given: Any = kind
        takes = _TAKES.get(str.__str__(given)) if isinstance(given, str) else None
        if takes is None or (rate is not None, amount is not None) != takes:
            raise InvalidTerms("a part is not what its kind takes", "Make it with terms.share, share_of_rest, fixed or rest.")
        self.__attrs_init__(
            str.__str__(given),
            None if rate is None else money.rate(rate),
            None if amount is None else _not_negative(amount),
            None if amount is None else money.currency_of(amount),
            None if terms is None else own(terms),
            None if round_to is None else _multiple(round_to),
        )

    @property
    def amount(self) -> Money | None:
        """The fixed amount, if it is one."""
        if self.amount_minor is None or self.currency is None:
            return None
        return money.from_minor(self.amount_minor, self.currency)

    def __str__(self) -> str:
        if self.rate is not None:
            what = f"{money.percent_text(self.rate)}{' of the rest' * (self.kind == 'share_of_rest')}"
        else:
            what = "the rest" if self.amount is None else money.text(self.amount)
        return what if self.terms is None else f"{what}, {self.terms.text}"

    __repr__ = _front.shown("kind", "rate", "amount", "terms", "round_to")


# Whether a kind takes a rate, and whether an amount.
_TAKES: Final = {"share": (True, False), "share_of_rest": (True, False), "fixed": (False, True), "rest": (False, False)}


def _not_negative(amount: Money) -> int:
    minor = money.to_minor(amount)
    if minor < 0:
        shown = money.minor_text(minor, money.currency_of(amount))
        raise money.InvalidAmount(
            f"a part of {shown} is negative", "Pass it without the minus: it takes the sign of the total."
        )
    return minor


def _multiple(value: Any) -> Fraction:
    multiple = money.number(value, name="round_to")
    if multiple <= 0:
        raise money.InvalidAmount("round_to is not above zero", 'Pass a multiple like "1" or "0.05".')
    return multiple


@final
@attrs.frozen(init=False, order=False)
class Installments:
    """
    The parts of a total in their order, and how they end.

    Args:
        parts: At least one, at most 10,000.

        style: How they end.

    Raises:
        InvalidTerms: There is no part.
        LimitExceeded: There are more than 10,000.
        InvalidArgument: A part or the style is something else.

    Source:
        docs/rules/terms-installments.md, rules N-2 and N-3.
    """

    parts: tuple[Part, ...]
    style: Style

    def __init__(self, *, parts: Iterable[Part], style: Style | str = Style.CAP_AT_REMAINING) -> None:
        read = items(parts, "parts")
        if not read:
            raise InvalidTerms("there is no part", "Name at least one, such as terms.rest().")
        if len(read) > MOST_PARTS:
            raise LimitExceeded(f"there are {len(read)} parts", f"Use at most {MOST_PARTS}.")
        for part in read:
            if type(part) is not Part:
                raise InvalidArgument(f"a part is {_front.a(part)}", "Make parts with terms.share, fixed or rest.")
        self.__attrs_init__(read, choice(style, Style, name="style"))

    def __str__(self) -> str:
        return "; ".join(map(str, self.parts))


def share(
    rate: str | Decimal | Fraction, /, *, terms: Terms | None = None, round_to: str | int | Decimal | None = None
) -> Part:
    """
    Return the part that is a share of the total.

    Args:
        rate: ``"25%"`` or ``"0.25"``.

        terms: When it is due; without, on posting.

        round_to: The multiple it is rounded to, ``"1"`` for whole units; without, the minor unit.

    Raises:
        InvalidAmount: *rate* is not a share, or *round_to* not a number above zero.
        InvalidArgument: *terms* are not terms.

    Source:
        docs/rules/terms-installments.md, rule N-1.

    >>> share("25%").rate
    Fraction(1, 4)
    """
    return Part(kind="share", rate=rate, terms=terms, round_to=round_to)


def share_of_rest(
    rate: str | Decimal | Fraction, /, *, terms: Terms | None = None, round_to: str | int | Decimal | None = None
) -> Part:
    """
    Return the part that is a share of what the parts before it have left.

    Args:
        rate: ``"25%"`` or ``"0.25"``.

        terms: When it is due; without, on posting.

        round_to: The multiple it is rounded to, ``"1"`` for whole units; without, the minor unit.

    Raises:
        InvalidAmount: *rate* is not a share, or *round_to* not a number above zero.
        InvalidArgument: *terms* are not terms.

    Source:
        docs/rules/terms-installments.md, rule N-1.

    >>> share_of_rest("50%").kind
    'share_of_rest'
    """
    return Part(kind="share_of_rest", rate=rate, terms=terms, round_to=round_to)


def fixed(amount: Money, /, *, terms: Terms | None = None) -> Part:
    """
    Return the part that is a fixed amount; it takes the sign of the total.

    Args:
        amount: Not negative.

        terms: When it is due; without, on posting.

    Raises:
        InvalidAmount: *amount* is not settled, or negative.
        InvalidArgument: *terms* are not terms.

    Source:
        docs/rules/terms-installments.md, rule N-1.

    >>> fixed(money.of("4.00 EUR")).amount_minor
    400
    """
    return Part(kind="fixed", amount=amount, terms=terms)


def rest(*, terms: Terms | None = None) -> Part:
    """
    Return the part that is all that is left.

    Args:
        terms: When it is due; without, on posting.

    Raises:
        InvalidArgument: *terms* are not terms.

    Source:
        docs/rules/terms-installments.md, rule N-1.

    >>> rest().kind
    'rest'
    """
    return Part(kind="rest", terms=terms)


def installments(parts: Iterable[Part], /, *, style: Style | str = Style.CAP_AT_REMAINING) -> Installments:
    """
    Return the installments of these parts, in this order.

    Args:
        parts: At least one, at most 10,000.

        style: Under ``CAP_AT_REMAINING`` no part exceeds what is left, parts of zero are left out, and the parts have to come to
            the total: end them in :func:`rest`. Under ``LAST_IS_BALANCE`` the last part is the total less the others.

    Raises:
        InvalidTerms: There is no part.
        LimitExceeded: There are more than 10,000.
        InvalidArgument: A part or the style is something else.

    Source:
        docs/rules/terms-installments.md, rules N-2 and N-3.

    >>> len(installments([share("50%"), rest()]).parts)
    2
    """
    return Installments(parts=parts, style=style)
