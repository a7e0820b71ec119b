"""Schedules: one total in dated amounts that sum to it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final, final, overload

import attrs
from moneyed import Money

from ledgerkit import _front, money, periods, tables, trail
from ledgerkit.errors import InvalidArgument, LimitExceeded, RuleError, UsageError
from ledgerkit.periods import BusinessDays, Interval, Roll
from ledgerkit.terms import _steps
from ledgerkit.terms._due import due_date
from ledgerkit.terms._installments import MOST_PARTS, Installments, Part, Style
from ledgerkit.terms._steps import whole


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
class Installment:
    """
    One dated amount, a row of a :class:`Schedule`.

    Attributes:
        due_on: When it is due.

        currency: Its currency.

        amount_minor: The amount in minor units.
    """

    due_on: date
    currency: str
    amount_minor: int
    _why: tuple[trail.Raw, ...] = attrs.field(eq=False)

    def __init__(self) -> None:
        raise UsageError("an Installment is a result", "Get one from terms.schedule(...).")

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


@final
@attrs.frozen(init=False, repr=False, order=False)
class Schedule:
    """
    A total in dated amounts, which sum to it. A result of :func:`schedule`, :func:`equal_installments` or :func:`installments_of`.

    It iterates as its rows, has a length, and ``schedule[0]`` is the first row.

    Attributes:
        rows: The installments, in the order of the parts.

        currency: Their currency.
    """

    rows: tuple[Installment, ...]
    currency: str

    def __init__(self) -> None:
        raise UsageError("a Schedule is a result", "Get one from terms.schedule(...).")

    def __iter__(self) -> Iterator[Installment]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Installment: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Installment, ...]: ...
    def __getitem__(self, place: int | slice) -> Installment | tuple[Installment, ...]:
        return self.rows[place]

    @property
    def total(self) -> Money:
        """What they sum to: the total that was asked for."""
        return money.from_minor(sum(row.amount_minor for row in self.rows), self.currency)

    @property
    def trail(self) -> trail.Trail:
        """How each of them was reached."""
        return trail.of(step for row in self.rows for step in row._why)

    def explain(self) -> str:
        """The total, and each installment with how it was reached."""
        head = f"{money.text(self.total)} in {_steps.count(len(self.rows), 'installment')}"
        return "\n".join([head, *(f"  {line}" for row in self.rows for line in row.explain().splitlines())])

    def _grid(self) -> tables.Grid:
        rows = [(str(row.due_on), money.number_text(row.amount_minor, self.currency)) for row in self.rows]
        return tables.Grid(title=f"Installments in {self.currency}", columns=("due on", "amount"), rows=rows)

    def __str__(self) -> str:
        return str(self._grid())

    def _repr_html_(self) -> str:
        return self._grid().to_html()

    __repr__ = _front.shown("rows")


def _scheduled(rows: Iterable[tuple[date, int, trail.Raw]], currency: str) -> Schedule:
    made = Schedule.__new__(Schedule)
    made.__attrs_init__(tuple(_installment(due_on, currency, minor, why) for due_on, minor, why in rows), currency)
    return made


def _installment(due_on: date, currency: str, minor: int, why: trail.Raw) -> Installment:
    made = Installment.__new__(Installment)
    made.__attrs_init__(due_on, currency, minor, (why,))
    return made


def _says(kind: str, rate: Any, base: int, currency: str, amount: int) -> str:
    of = money.minor_text(base, currency)
    head = f"{kind} of {of}" if rate is None else f"{money.percent_text(rate)} of {'the rest ' * (kind == 'share_of_rest')}{of}"
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
    installments: Installments,
    /,
    *,
    posted_on: date,
    calendar: BusinessDays | None = None,
    roll: Roll | str = Roll.NONE,
) -> Schedule:
    """
    Return *total* in dated amounts, which always sum to it.

    Each part is rounded half away from zero, so a credit note mirrors its invoice. The date of each part is reckoned from
    posting, never from the date of the part before.

    Args:
        total: May be negative.

        installments: The parts, and how they end.

        posted_on: The civil day of posting.

        calendar: The business days of the host.

        roll: Where a date goes that is no business day.

    Raises:
        InstallmentsDoNotFit: The parts take more than the total, or leave something of it.
        InvalidAmount: *total* is not settled, or a part cannot be rounded to its multiple in that currency.
        CurrencyMismatch: A fixed part is in another currency.
        InvalidDate: *posted_on* is not a date, or a due date lies beyond the calendar.
        InvalidArgument: *installments* are something else, or *calendar* or *roll* is.

    Source:
        docs/rules/terms-installments.md, rules N-2 to N-4.

    >>> from ledgerkit.terms import installments, rest, share
    >>> halves = installments([share("50%"), rest()])
    >>> print(*schedule(money.of("-10.05 EUR"), halves, posted_on=date(2026, 1, 1)), sep=", ")
    -5.03 EUR due on 2026-01-01, -5.02 EUR due on 2026-01-01
    """
    if type(installments) is not Installments:
        raise InvalidArgument(f"installments is {_front.a(installments)}", "Pass terms.installments([...]).")
    minor, currency = money.to_minor(total, name="total"), money.currency_of(total)
    posted_on = periods.civil_date(posted_on, name="posted_on")
    rows: list[tuple[date, int, trail.Raw]] = []
    for part, base, amount in _STYLES[installments.style](installments.parts, minor, currency):
        due = posted_on if part.terms is None else due_date(part.terms, posted_on, calendar=calendar, roll=roll)
        rows.append((due, amount, (_PART, part.kind, part.rate, base, currency, amount)))
    return _scheduled(rows or [(posted_on, 0, (_PART, "rest", None, minor, currency, 0))], currency)


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
) -> Schedule:
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
    count = whole(count, "count", 1, MOST_PARTS)
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
) -> Schedule:
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
    if full > MOST_PARTS:
        raise LimitExceeded(f"there are more than {MOST_PARTS} parts", "Choose a larger part.")
    sizes = [size] * full + [left] * bool(left) or [0]
    return _dated([-size if minor < 0 else size for size in sizes], minor, currency, first_on, every)


def _dated(amounts: list[int], total: int, currency: str, first_on: date, every: Interval) -> Schedule:
    cadence = periods.Cadence(anchor=periods.civil_date(first_on, name="first_on"), every=every)
    rows = (
        (periods.nth(cadence, place).start, amount, (_EQUAL, place + 1, len(amounts), total, currency, amount))
        for place, amount in enumerate(amounts)
    )
    return _scheduled(rows, currency)
