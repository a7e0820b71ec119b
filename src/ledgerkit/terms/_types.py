"""The records of terms and their errors."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, final

import attrs

from ledgerkit import _front, money, trail
from ledgerkit.errors import InvalidArgument, RuleError, UsageError, choice
from ledgerkit.terms._steps import Step, checked, count, text, whole, words


class Default(StrEnum):
    """Which date of the window stands for a due date that nobody typed."""

    EARLIEST = "earliest"
    TARGET = "target"
    LATEST = "latest"


class Basis(StrEnum):
    """What an early-payment discount is a share of."""

    ON_GROSS = "on_gross"
    ON_NET = "on_net"


class DueDateOutsideWindow(RuleError):
    """A typed due date lies outside the window that the terms allow."""

    typed: date
    earliest: date
    latest: date

    def __init__(self, typed: date, due: "DueDate") -> None:
        self.typed, self.earliest, self.latest = typed, due.earliest, due.latest
        if due.earliest == due.latest:
            problem = f"the due date {typed} is not {due.on}, which the terms give"
        else:
            problem = f"the due date {typed} is not in the window of the terms, from {due.earliest} to {due.latest}"
        super().__init__(f"{problem} ({due.terms.text})", f"Choose a date they allow, or leave it empty, which gives {due.on}.")


class CreditPeriodOutsideRange(RuleError):
    """An account's own credit period goes beyond the range of the terms."""

    days: int | None
    months: int | None
    minus: int
    plus: int

    def __init__(self, terms: "Terms") -> None:
        self.days, self.months, self.minus, self.plus = terms.own_days, terms.own_months, terms.minus, terms.plus
        own = deviation(self.days, self.months)
        super().__init__(
            f"the credit period of the account, {own} from the target, leaves the range of the terms, "
            f"-{self.minus} to +{count(self.plus, 'day')}",
            "Choose one inside the range, or widen it with terms.within(...).",
        )


@final
@attrs.frozen(init=False, order=False)
class EarlyDiscount:
    """
    A share off for who pays early.

    Args:
        rate: The share, ``"2%"`` or ``"0.02"``.

        within_days: The last day is so many days after posting.

        basis: What it is a share of: the gross amount, or the net amount, which leaves the tax as it is.

    Raises:
        InvalidAmount: *rate* is not a share.
        InvalidTerms: *within_days* is negative.
        InvalidArgument: A value is of another type.

    Source:
        docs/rules/terms-early-discount.md, rule E-1.

    >>> print(EarlyDiscount(rate="2%", within_days=10))
    2/10
    """

    rate: Fraction
    within_days: int
    basis: Basis

    def __init__(self, *, rate: str | Decimal | Fraction, within_days: int, basis: Basis | str = Basis.ON_GROSS) -> None:
        last = whole(within_days, "within_days", 0, 36_500)
        self.__attrs_init__(money.rate(rate, name="rate"), last, choice(basis, Basis, name="basis"))

    def __str__(self) -> str:
        return f"{money.exact_text(self.rate * 100)}/{self.within_days}"


@final
@attrs.frozen(init=False, repr=False, order=False)
class Terms:
    """
    When a thing falls due: steps in a stated order, and the window a typed date must lie in.

    Make them with :func:`net`, :func:`parse` and their kin; this door takes what a host has stored.

    Args:
        steps: Each a kind and its figures, as a :class:`Step` or as a row of a host: ``("days", [30])``.

        minus: How many days before the target a typed date may lie.

        plus: How many days after it.

        default: Which date of the window stands for an empty one.

        own_days: An account's own deviation from the target, in days; or

        own_months: in months.

        early: The discount for who pays early.

    Raises:
        InvalidTerms: A step is not known, or a figure out of bounds.
        InvalidArgument: A value is of another type.
        CreditPeriodOutsideRange: *own_days* is beyond *minus* and *plus*.

    Source:
        docs/rules/terms-steps.md, rule U-1.

    >>> print(Terms(steps=[("days", [30]), ("month_end", [0])]))
    30 eom
    """

    steps: tuple[Step, ...]
    minus: int
    plus: int
    default: Default
    own_days: int | None
    own_months: int | None
    early: EarlyDiscount | None
    has_window: bool = attrs.field(eq=False)

    def __init__(
        self,
        *,
        steps: Iterable[Step | Sequence[object]],
        minus: int = 0,
        plus: int = 0,
        default: Default | str = Default.EARLIEST,
        own_days: int | None = None,
        own_months: int | None = None,
        early: EarlyDiscount | None = None,
    ) -> None:
        if early is not None and type(early) is not EarlyDiscount:
            raise InvalidArgument(f"early is {_front.a(early)}", "Pass terms.early_discount(...).")
        minus, plus = whole(minus, "minus", 0, 3_650), whole(plus, "plus", 0, 3_650)
        own_days = None if own_days is None else whole(own_days, "own_days", -3_650, 3_650)
        own_months = None if own_months is None else whole(own_months, "own_months", -120, 120)
        said = choice(default, Default, name="default")
        window = bool(minus or plus) or own_days is not None or own_months is not None
        self.__attrs_init__(checked(steps), minus, plus, said, own_days, own_months, early, window)
        if own_days is not None and own_months is not None:
            raise InvalidArgument("a credit period is in days or in months", "Pass one of them.")
        if not -minus <= (own_days or 0) <= plus:
            raise CreditPeriodOutsideRange(self)

    @property
    def text(self) -> str:
        """The short form, which :func:`parse` reads, or the steps in words."""
        early = "" if self.early is None or self.early.basis is Basis.ON_NET else f"{self.early} "
        return f"{early}{text(self.steps)}"

    @property
    def words(self) -> str:
        """The steps in words, in the order in which they are taken: ``30 days, then the end of the month``."""
        return words(self.steps)

    def __str__(self) -> str:
        window = f", typed -{self.minus}/+{self.plus} days, else {self.default}" if self.minus or self.plus else ""
        has_own = self.own_days is not None or self.own_months is not None
        ours = f", for this account {deviation(self.own_days, self.own_months)} from the target" if has_own else ""
        return f"{self.text}{window}{ours}"

    __repr__ = _front.shown("steps", "minus", "plus", "default", "own_days", "own_months", "early")


@final
@attrs.frozen(init=False, repr=False, order=False)
class DueDate:
    """
    When a thing falls due, the window a typed date must lie in, and why. A result of :func:`due_on`.

    Attributes:
        on: The date for who types none.

        earliest: The first day of the window.

        latest: The last day of it.

        posted_on: The day it was counted from.

        terms: The terms it comes of.
    """

    on: date
    earliest: date
    latest: date
    posted_on: date
    terms: Terms
    _why: tuple[trail.Raw, ...] = attrs.field(eq=False)

    def __init__(self) -> None:
        raise UsageError("a DueDate is a result", "Get one from terms.due_on(...).")

    @property
    def trail(self) -> trail.Trail:
        """The steps from posting to the due date."""
        return trail.of(self._why)

    def explain(self) -> str:
        """The date and the steps that led to it, a line each."""
        return "\n  ".join([str(self), *trail.lines(self._why)])

    def __str__(self) -> str:
        window = "" if self.earliest == self.latest else f", typed from {self.earliest} to {self.latest}"
        return f"due on {self.on}{window}; posted on {self.posted_on}, terms {self.terms.words}"

    __repr__ = _front.shown("on", "earliest", "latest")


def deviation(days: int | None, months: int | None) -> str:
    """Return an account's own credit period in words."""
    return count(days or 0, "day") if months is None else count(months, "month")


def own(value: Any) -> Terms:
    """Return *value* if it is terms."""
    if type(value) is Terms:
        return value
    raise InvalidArgument(f"terms is {_front.a(value)}", 'Pass terms: terms.net(30), or terms.parse("net 30").')
