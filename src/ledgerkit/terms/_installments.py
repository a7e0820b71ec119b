"""Installments: one total in several parts, each due on its own date."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, final

import attrs
from moneyed import Money

from ledgerkit import _front, money, periods, trail
from ledgerkit.errors import InvalidArgument, LimitExceeded, RuleError
from ledgerkit.periods import BusinessDays, Interval, Roll
from ledgerkit.terms._due import due_date
from ledgerkit.terms._steps import InvalidTerms, items, whole
from ledgerkit.terms._types import Terms, choice, figure, own

_MOST_PARTS: Final = 10_000


class Style(StrEnum):
    """How installments end."""

    CAP_AT_REMAINING = "cap_at_remaining"
    LAST_IS_BALANCE = "last_is_balance"


class InstallmentsDoNotFit(RuleError):
    """The parts take more than the total, or leave something of it."""

    total: str
    left: str

    def __init__(self, total: int, left: int, currency: str) -> None:
        self.total, self.left = money.minor_text(total, currency), money.minor_text(left, currency)
        more = left != 0 and (left < 0) is (total >= 0)
        problem = f"take {money.minor_text(abs(left), currency)} too much" if more else f"leave {self.left}"
        super().__init__(f"the installments of {self.total} {problem}", "End them in terms.rest(), or change a part.")


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

    def __init__(self, *, parts: Iterable[Part], style: Style = Style.CAP_AT_REMAINING) -> None:
        read = items(parts, "parts")
        if not read:
            raise InvalidTerms("there is no part", "Name at least one, such as terms.rest().")
        if len(read) > _MOST_PARTS:
            raise LimitExceeded(f"there are {len(read)} parts", f"Use at most {_MOST_PARTS}.")
        for part in read:
            if type(part) is not Part:
                raise InvalidArgument(f"a part is a {type(part).__name__}", "Make parts with terms.share, fixed or rest.")
        self.__attrs_init__(read, choice(Style, style, "style"))


@final
@attrs.frozen(repr=False, order=False)
class Installment:
    """
    One dated amount.

    Attributes:
        due_on: When it is due.

        currency: Its currency.

        amount_minor: The amount in minor units.
    """

    due_on: date
    currency: str
    amount_minor: int
    _why: tuple[trail.Raw, ...] = attrs.field(eq=False)

    @property
    def amount(self) -> Money:
        """What is due then."""
        return money.from_minor(self.amount_minor, self.currency)

    @property
    def trail(self) -> trail.Trail:
        """How it was reached."""
        return trail.of(self._why)

    def explain(self) -> str:
        """The amount and how it was reached."""
        return "\n  ".join([str(self), *trail.lines(self._why)])

    def __str__(self) -> str:
        return f"{money.minor_text(self.amount_minor, self.currency)} due on {self.due_on}"

    __repr__ = _front.shown("due_on", "amount")


def _says(kind: str, rate: Any, base: int, currency: str, amount: int) -> str:
    of = money.minor_text(base, currency)
    head = f"{kind} of {of}" if rate is None else f"{figure(rate * 100)}% of {'the rest ' * (kind == 'share_of_rest')}{of}"
    return f"{head} = {money.minor_text(amount, currency)}"


_PART: Final = trail.Rule(
    name="terms.installment", version=1, fields=("kind", "rate", "base", "currency", "amount"), says=_says
)
_EQUAL: Final = trail.Rule(
    name="terms.equal-installment",
    version=1,
    fields=("number", "count", "total", "currency", "amount"),
    says=lambda number, count, total, currency, amount: (
        f"{number} of {count} of {money.minor_text(total, currency)}: {money.minor_text(amount, currency)}"
    ),
)


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

    Raises:
        InvalidArgument: *terms* are not terms.

    Source:
        docs/rules/terms-installments.md, rule N-1.

    >>> rest().kind
    'rest'
    """
    return Part(kind="rest", terms=terms)


def installments(parts: Iterable[Part], /, *, style: Style = Style.CAP_AT_REMAINING) -> Installments:
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


def _exact(part: Part, total: int, left: int, currency: str) -> tuple[int, int]:
    """The base of a part and its amount, rounded half away from zero."""
    if part.kind == "rest":
        return left, left
    if part.amount_minor is not None:
        if part.currency != currency:
            raise money.CurrencyMismatch(
                f"a part is in {part.currency}, the total in {currency}", "Name it in the same currency."
            )
        return total, -part.amount_minor if total < 0 else part.amount_minor
    base = total if part.kind == "share" else left
    return base, _rounded(base * (part.rate or Fraction(0)), part.round_to, currency)


def _rounded(value: Fraction, round_to: Fraction | None, currency: str) -> int:
    if round_to is None:
        return money.round_ratio(value.numerator, value.denominator)
    unit = round_to * Fraction(10 ** money.exponent(currency))
    if unit.denominator != 1:
        raise money.InvalidAmount(f"round_to is finer than {currency} is", "Pass a multiple of its smallest unit.")
    times = value / unit
    return money.round_ratio(times.numerator, times.denominator) * unit.numerator


def schedule(
    total: Money,
    plan: Installments,
    /,
    *,
    posted_on: date,
    calendar: BusinessDays | None = None,
    roll: Roll = Roll.NONE,
) -> tuple[Installment, ...]:
    """
    Return the dated amounts of *total*; they always sum to it.

    Each part is rounded half away from zero, so a credit note mirrors its invoice. The date of each part is reckoned from
    posting, never from the date of the part before.

    Args:
        total: May be negative.

        plan: The parts, and how they end.

        posted_on: The civil day of posting.

        calendar: The business days of the host.

        roll: Where a date goes that is no business day.

    Raises:
        InstallmentsDoNotFit: The parts take more than the total, or leave something of it.
        InvalidAmount: *total* is not settled, or a part cannot be rounded to its multiple in that currency.
        CurrencyMismatch: A fixed part is in another currency.
        InvalidDate: *posted_on* is not a date, or a due date lies beyond the calendar.
        InvalidArgument: *plan* is not installments, or *calendar* or *roll* something else.

    Source:
        docs/rules/terms-installments.md, rules N-2 to N-4.

    >>> halves = installments([share("50%"), rest()])
    >>> print(*schedule(money.of("-10.05 EUR"), halves, posted_on=date(2026, 1, 1)), sep=", ")
    -5.03 EUR due on 2026-01-01, -5.02 EUR due on 2026-01-01
    """
    if type(plan) is not Installments:
        raise InvalidArgument(f"plan is a {type(plan).__name__}", "Pass terms.installments([...]).")
    minor, currency = money.to_minor(total, name="total"), money.currency_of(total)
    posted_on = periods.civil_date(posted_on, name="posted_on")
    amounts = _STYLES[plan.style](plan.parts, minor, currency)
    rows = []
    for part, base, amount in amounts:
        due = posted_on if part.terms is None else due_date(part.terms, posted_on, calendar, roll)
        rows.append(Installment(due, currency, amount, ((_PART, part.kind, part.rate, base, currency, amount),)))
    if not rows:
        rows.append(Installment(posted_on, currency, 0, ((_PART, "rest", None, minor, currency, 0),)))
    return tuple(rows)


def _capped(parts: tuple[Part, ...], total: int, currency: str) -> list[tuple[Part, int, int]]:
    rows, left = [], total
    for part in parts:
        base, amount = _exact(part, total, left, currency)
        if _overruns(left - amount, total):
            rows.append((part, base, left))
            return rows
        if amount:
            rows.append((part, base, amount))
        left -= amount
    if left:
        raise InstallmentsDoNotFit(total, left, currency)
    return rows


def _balanced(parts: tuple[Part, ...], total: int, currency: str) -> list[tuple[Part, int, int]]:
    rows, left = [], total
    for part in parts[:-1]:
        base, amount = _exact(part, total, left, currency)
        left -= amount
        if _overruns(left, total):
            raise InstallmentsDoNotFit(total, left, currency)
        rows.append((part, base, amount))
    last = parts[-1]
    return [*rows, (Part(kind="rest", terms=last.terms), left, left)]


_STYLES: Final[dict[Style, Callable[[tuple[Part, ...], int, str], list[tuple[Part, int, int]]]]] = {
    Style.CAP_AT_REMAINING: _capped,
    Style.LAST_IS_BALANCE: _balanced,
}


def _overruns(left: int, total: int) -> bool:
    return left > 0 if total < 0 else left < 0


def equal_installments(
    total: Money,
    count: int,
    /,
    *,
    first_on: date,
    every: Interval = periods.MONTH,
) -> tuple[Installment, ...]:
    """
    Return *total* in so many equal parts, each rounded half away from zero; the last one absorbs what the rounding leaves.

    Args:
        total: May be negative.

        count: From 1 to 10,000.

        first_on: When the first is due; the others follow from it, the 31st comes back after a short month.

        every: How far apart.

    Raises:
        InstallmentsDoNotFit: The total is so small that rounding up takes more than there is.
        InvalidAmount: *total* is not settled.
        InvalidTerms: *count* is not from 1 to 10,000.
        InvalidDate: *first_on* is not a date, or a due date lies beyond the calendar.
        InvalidArgument: A value is of another type.

    Source:
        docs/rules/terms-installments.md, rule N-5.

    >>> print(*equal_installments(money.of("100.00 EUR"), 3, first_on=date(2026, 1, 31)), sep=", ")
    33.33 EUR due on 2026-01-31, 33.33 EUR due on 2026-02-28, 33.34 EUR due on 2026-03-31
    """
    minor, currency = money.to_minor(total, name="total"), money.currency_of(total)
    count = whole(count, "count", 1, _MOST_PARTS)
    part = money.round_ratio(minor, count)
    last = minor - part * (count - 1)
    if _overruns(last, minor):
        raise InstallmentsDoNotFit(minor, last, currency)
    return _dated([part] * (count - 1) + [last], minor, currency, first_on, every)


def installments_of(
    total: Money,
    part: Money,
    /,
    *,
    first_on: date,
    every: Interval = periods.MONTH,
) -> tuple[Installment, ...]:
    """
    Return *total* in parts of one amount; the last one is what is left.

    Args:
        total: May be negative; the parts take its sign.

        part: Above zero, in the same currency.

        first_on: When the first is due.

        every: How far apart.

    Raises:
        InvalidAmount: An amount is not settled, or *part* not above zero.
        CurrencyMismatch: The two are in different currencies.
        LimitExceeded: There are more than 10,000 parts.
        InvalidDate: *first_on* is not a date, or a due date lies beyond the calendar.
        InvalidArgument: A value is of another type.

    Source:
        docs/rules/terms-installments.md, rule N-5.

    >>> print(*installments_of(money.of("100.00 EUR"), money.of("60.00 EUR"), first_on=date(2026, 1, 31)), sep=", ")
    60.00 EUR due on 2026-01-31, 40.00 EUR due on 2026-02-28
    """
    minor, currency = money.to_minor(total, name="total"), money.currency_of(total)
    size = money.to_minor(part, currency=currency, name="part")
    if size <= 0:
        raise money.InvalidAmount(f"part is {money.minor_text(size, currency)}", "Pass an amount above zero.")
    full, left = divmod(abs(minor), size)
    if full > _MOST_PARTS:
        raise LimitExceeded(f"there are more than {_MOST_PARTS} parts", "Choose a larger part.")
    sizes = [size] * full + [left] * bool(left) or [0]
    return _dated([-size if minor < 0 else size for size in sizes], minor, currency, first_on, every)


def _dated(amounts: list[int], total: int, currency: str, first_on: date, every: Interval) -> tuple[Installment, ...]:
    cadence = periods.Cadence(anchor=periods.civil_date(first_on, name="first_on"), every=every)
    return tuple(
        Installment(
            periods.nth(cadence, place).start,
            currency,
            amount,
            ((_EQUAL, place + 1, len(amounts), total, currency, amount),),
        )
        for place, amount in enumerate(amounts)
    )
