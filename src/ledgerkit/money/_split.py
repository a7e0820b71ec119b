"""Parts that sum to the whole: one kernel on ints per method."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, islice
from math import gcd, lcm
from operator import sub
from types import MappingProxyType
from typing import Any, NoReturn

from moneyed import Money

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument, LimitExceeded
from ledgerkit.money._gate import currency_of, from_minor, minor_text, ratio, to_minor
from ledgerkit.money._round import round_ratio, step_of
from ledgerkit.money._types import HALF_UP, InvalidAmount, InvalidWeights, Method, Rounding, _quoted

_MOST_PARTS = 1_000_000
_MOST_BITS = 8192
_INTS = {int}

# --- kernels: a total above or equal to zero, weights, their sum ---------------------------------------------------------------


def _floors(size: int, weights: Sequence[int], whole: int) -> tuple[list[int], int]:
    parts = [size * weight // whole for weight in weights]
    return parts, size - sum(parts)


def _give(parts: list[int], places: Iterable[int]) -> list[int]:
    for place in places:
        parts[place] += 1
    return parts


def _largest_remainder(size: int, weights: Sequence[int], whole: int) -> list[int]:
    parts, rests, left = [], [], size
    for weight in weights:
        part, rest = divmod(size * weight, whole)
        parts.append(part)
        rests.append(rest)
        left -= part
    if left:
        for place in sorted(range(len(rests)), key=rests.__getitem__, reverse=True)[:left]:
            parts[place] += 1
    return parts


def _first_gets(size: int, weights: Sequence[int], whole: int) -> list[int]:
    parts, left = _floors(size, weights, whole)
    return _give(parts, islice((place for place, weight in enumerate(weights) if weight), left))


def _last_gets(size: int, weights: Sequence[int], whole: int) -> list[int]:
    return _first_gets(size, weights[::-1], whole)[::-1]


def _first_gets_any(size: int, weights: Sequence[int], whole: int) -> list[int]:
    parts, left = _floors(size, weights, whole)
    return _give(parts, range(left))


def _largest_ratio(size: int, weights: Sequence[int], whole: int) -> list[int]:
    parts, left = _floors(size, weights, whole)
    return _give(parts, sorted(range(len(weights)), key=weights.__getitem__, reverse=True)[:left])


def _cumulative(size: int, weights: Sequence[int], whole: int) -> list[int]:
    double = whole + whole
    reached = [(size * point * 2 + whole) // double for point in accumulate(weights)]
    return list(map(sub, reached, [0, *reached]))


def _cascade(size: int, weights: Sequence[int], whole: int) -> list[int]:
    parts = []
    for weight in reversed(weights):
        part = size * weight // whole if weight else 0
        parts.append(part)
        size, whole = size - part, whole - weight
    return parts[::-1]


_KERNELS: MappingProxyType[str, Callable[[int, Sequence[int], int], list[int]]] = MappingProxyType(
    {
        Method.LARGEST_REMAINDER.value: _largest_remainder,
        Method.FIRST_GETS.value: _first_gets,
        Method.LAST_GETS.value: _last_gets,
        Method.LARGEST_RATIO.value: _largest_ratio,
        Method.CUMULATIVE.value: _cumulative,
        Method.FIRST_GETS_ANY.value: _first_gets_any,
        Method.CASCADE.value: _cascade,
    }
)


def split_minor(
    total: int, weights: Sequence[int], /, *, method: Method | str = Method.LARGEST_REMAINDER, step: int = 1
) -> list[int]:
    """
    Split *total* minor units by whole weights: the kernel of :func:`split`, on ints.

    Args:
        total: Minor units, of either sign.

        weights: Ints of zero and more, at least one above zero.

        method: Who gets the odd units.

        step: The smallest part in minor units; *total* is a multiple of it.

    Raises:
        InvalidWeights: No weight, only zeros, one below zero, one that is no int.

        InvalidArgument: *total* or *step* is no int, *total* no multiple of *step*, *method* no Method.

    Source:
        docs/rules/money-split.md, rules M-20 to M-27.

    >>> split_minor(100, [1, 1, 1])
    [34, 33, 33]
    """
    kernel = _largest_remainder if method is Method.LARGEST_REMAINDER else _kernel(method)
    whole = _sum_of(weights)
    if step != 1 or type(total) is not int:
        return _in_steps(total, weights, whole, kernel, step)
    if total >= 0:
        return kernel(total, weights, whole)
    return [-part for part in kernel(-total, weights, whole)]


def _sum_of(weights: Sequence[int]) -> int:
    if type(weights) is not list and type(weights) is not tuple:
        _refuse_weights(weights)
    for weight in weights:
        if type(weight) is not int or weight < 0:
            _refuse_weights(weights)
    whole = sum(weights)
    if not whole:
        _refuse_weights(weights)
    return whole


def _in_steps(total: Any, weights: Sequence[int], whole: int, kernel: Callable[..., list[int]], step: Any) -> list[int]:
    if type(total) is not int or type(step) is not int or step < 1 or total % step:
        raise InvalidArgument("total is no int, or no multiple of step", "Pass ints of minor units.")
    sign = -1 if total < 0 else 1
    return [sign * step * part for part in kernel(abs(total) // step, weights, whole)]


def _kernel(method: Any) -> Callable[[int, Sequence[int], int], list[int]]:
    if isinstance(method, str):
        kernel = _KERNELS.get(str.__str__(method))
        if kernel is not None:
            return kernel
    raise InvalidArgument(f"{_quoted(method)} is no way to split", f"Use one of money.Method: {', '.join(Method)}.")


def _refuse_weights(weights: Any) -> NoReturn:
    if not isinstance(weights, (list, tuple)):
        raise InvalidWeights(f"weights are {_quoted(weights)}, where a list of int is needed", "Pass a list.")
    if not weights:
        raise InvalidWeights("there is no weight", "Pass one for every part.")
    for place, weight in enumerate(weights):
        if type(weight) is not int:
            raise InvalidWeights(
                f"weights[{place}] is {_quoted(weight)}, where an int is needed", "Call money.split for others."
            )
        if weight < 0:
            raise InvalidWeights(f"weights[{place}] is below zero", "Negate the amount, or leave that part out.")
    raise InvalidWeights("all weights are zero", "Give at least one part a weight.")


# --- doors -----------------------------------------------------------------------------------------------------------------------


def split(
    amount: Money,
    weights: Iterable[int | str | Decimal | Fraction],
    /,
    *,
    method: Method | str = Method.LARGEST_REMAINDER,
    increment: Decimal | None = None,
) -> tuple[Money, ...]:
    """
    Split *amount* by *weights* into parts that sum to it.

    A refund mirrors the charge: the parts of -x are the negated parts of x. Nothing else is rounded.

    Args:
        amount: Of either sign.

        weights: One for every part, exact, of zero and more, at least one above zero.

        method: Who gets the odd units. The default gives them to the largest remainders, ties to the first.

        increment: The smallest part, for cash: ``Decimal("0.05")``. *amount* is a multiple of it.

    Returns:
        One amount for every weight, in their order.

    Raises:
        InvalidWeights: No weight, only zeros, one below zero, one that is no exact number.

        InvalidAmount: *amount* is not settled, or no multiple of *increment*.

        LimitExceeded: More than a million weights.

    Source:
        docs/rules/money-split.md, rules M-20 to M-27.

    >>> from ledgerkit.money import of, text
    >>> [text(part) for part in split(of("1.00 EUR"), [1, 1, 1])]
    ['0.34 EUR', '0.33 EUR', '0.33 EUR']
    """
    minor, code = to_minor(amount), currency_of(amount)
    step = step_of(increment, code)
    if minor % step:
        raise InvalidAmount(
            f"{minor_text(minor, code)} is no multiple of {minor_text(step, code)}", "Settle it first, with that increment."
        )
    parts = split_minor(minor, whole_weights(weights), method=method, step=step)
    return tuple(from_minor(part, code) for part in parts)


def split_even(
    amount: Money, n: int, /, *, method: Method | str = Method.LARGEST_REMAINDER, increment: Decimal | None = None
) -> tuple[Money, ...]:
    """
    Split *amount* into *n* parts that differ by at most one minor unit.

    Args:
        amount: Of either sign.

        n: How many parts, from 1.

        method: Who gets the odd units.

        increment: The smallest coin, if it is larger than the minor unit.

    Raises:
        InvalidWeights: *n* is no int of one or more.

        InvalidAmount: *amount* is not settled, or no multiple of *increment*.

        LimitExceeded: More than a million parts.

    Source:
        docs/rules/money-split.md, rule M-28.

    >>> from ledgerkit.money import of, text
    >>> [text(part) for part in split_even(of("10.00 EUR"), 3)]
    ['3.34 EUR', '3.33 EUR', '3.33 EUR']
    """
    return split(amount, [1] * _parts(n), method=method, increment=increment)


def _parts(n: Any) -> int:
    if not isinstance(n, int) or isinstance(n, bool):
        raise InvalidWeights(f"n is {_quoted(n)}, where a number of parts is needed", "Pass an int.")
    parts = int.__index__(n)
    if parts < 1:
        raise InvalidWeights("there is no part to split into", "Pass 1 or more.")
    if parts > _MOST_PARTS:
        raise LimitExceeded(f"more than {_MOST_PARTS} parts are asked for", "Split into fewer.")
    return parts


def split_keeping_rest(
    amount: Money, weights: Iterable[int | str | Decimal | Fraction], /, *, blocks: bool = False
) -> tuple[tuple[Money, ...], Money]:
    """
    Split *amount* by *weights*, round every part toward zero and hand the rest back beside them.

    Args:
        amount: Of either sign.

        weights: As for :func:`split`.

        blocks: Only whole multiples of the weights in their lowest terms, so that the parts are exactly in proportion.

    Returns:
        The parts, and what is left; together they are *amount*.

    Raises:
        InvalidWeights: As for :func:`split`.

        InvalidAmount: *amount* is not settled.

    Source:
        docs/rules/money-split.md, rule M-29.

    >>> from ledgerkit.money import of, text
    >>> parts, rest = split_keeping_rest(of("1.00 EUR"), [1, 1, 1])
    >>> text(parts[0]), text(rest)
    ('0.33 EUR', '0.01 EUR')
    """
    minor, code = to_minor(amount), currency_of(amount)
    ints = whole_weights(weights)
    whole = _sum_of(ints)
    parts = [abs(minor) // whole * weight for weight in ints] if blocks else _floors(abs(minor), ints, whole)[0]
    signed = [-part for part in parts] if minor < 0 else parts
    return tuple(from_minor(part, code) for part in signed), from_minor(minor - sum(signed), code)


def whole_weights(weights: Any) -> list[int]:
    """Return exact weights as ints in the same proportion, in their lowest terms."""
    kept = list(islice(_ordered(weights), _MOST_PARTS + 1))
    if len(kept) > _MOST_PARTS:
        raise LimitExceeded(f"there are more than {_MOST_PARTS} weights", "Split into fewer parts.")
    if not kept:
        _refuse_weights(kept)
    if set(map(type, kept)) == _INTS:
        ints = kept
    else:
        exact = [_weight(weight, f"weights[{place}]") for place, weight in enumerate(kept)]
        whole = _common(exact)
        ints = [weight.numerator * (whole // weight.denominator) for weight in exact]
    shared = gcd(*ints)
    return [weight // shared for weight in ints] if shared > 1 else ints


def _common(exact: list[Fraction]) -> int:
    whole = 1
    for weight in exact:
        whole = lcm(whole, weight.denominator)
        if whole.bit_length() > _MOST_BITS:
            raise LimitExceeded("the weights have no common denominator of reasonable size", "Round them to a few digits.")
    return whole


def _ordered(weights: Any) -> Iterator[Any]:
    if isinstance(weights, (str, bytes, set, frozenset, dict)):
        raise InvalidWeights(f"weights are {_front.a(weights)}, where a list is needed", "Pass them in order.")
    try:
        return iter(weights)
    except TypeError:
        raise InvalidWeights(f"weights are {_quoted(weights)}, where a list is needed", "Pass one for every part.") from None


def _weight(value: Any, name: str) -> Fraction:
    try:
        return ratio(value, name)
    except InvalidAmount as error:
        raise InvalidWeights(error.problem, error.remedy) from None


# --- over time --------------------------------------------------------------------------------------------------------------


def part_minor(total: int, start: int, end: int, whole: int, rounding: Rounding = HALF_UP, /) -> int:
    """
    Return what is due through *end* less what was due through *start*: R(end) - R(start), R(t) = *total* x t / *whole*.

    Any chain of cuts adds up to the uncut figure.

    Args:
        total: Minor units for the *whole*.

        start: Where the part begins, in the units of *whole*.

        end: Where it ends.

        whole: The length of everything, above zero.

        rounding: A mode without an increment.

    Raises:
        InvalidArgument: One is no int, *whole* is not above zero, or *rounding* is no mode alone.

    Source:
        docs/rules/money-split.md, rule M-26.

    >>> part_minor(1005, 0, 15, 30), part_minor(1005, 15, 30, 30)
    (503, 502)
    """
    if type(total) is not int or type(start) is not int or type(end) is not int:
        raise InvalidArgument("total, start and end are not all int", "Pass plain ints.")
    return round_ratio(total * end, whole, rounding) - round_ratio(total * start, whole, rounding)


def cumulative_minor(total: int, points: Sequence[int], whole: int, /, *, rounding: Rounding = HALF_UP) -> list[int]:
    """
    Return what falls between one point and the next: R(point k) - R(point k-1), beginning at zero.

    Args:
        total: Minor units for the *whole*.

        points: The end of every part, in the units of *whole*.

        whole: The length of everything, above zero.

        rounding: A mode without an increment.

    Raises:
        InvalidArgument: One is no int, *whole* is not above zero, or *rounding* is no mode alone.

    Source:
        docs/rules/money-split.md, rule M-26.

    >>> cumulative_minor(1000, [1, 2, 3], 3)
    [333, 334, 333]
    """
    _check_cumulative(total, points, whole)
    if rounding is HALF_UP and total >= 0:
        twice, double = total + total, whole + whole
        reached = [(twice * point + whole) // double for point in points]
    else:
        reached = [round_ratio(total * point, whole, rounding) for point in points]
    return list(map(sub, reached, [0, *reached]))


def _check_cumulative(total: Any, points: Any, whole: Any) -> None:
    if type(total) is not int or type(whole) is not int or whole <= 0:
        raise InvalidArgument("total or whole is no int, or whole is not above zero", "Pass plain ints.")
    if not isinstance(points, (list, tuple)) or not set(map(type, points)) <= _INTS or (points and min(points) < 0):
        raise InvalidArgument("points are no list of int of zero and more", "Pass plain ints.")
