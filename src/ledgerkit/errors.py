"""
The errors of ledgerkit: one base, three families by who must act.

::

    LedgerkitError
    ├── UsageError     the calling code is wrong: fix the call
    ├── RuleError      well formed, and the billing rules refuse it: show it to a person
    └── PortError      a host's adapter failed or broke its promise

Each text is one sentence for the problem and one for the way out. What the text speaks of is a field as well, so nobody
parses a message. Value errors are also ``ValueError``, type errors also ``TypeError``. Every error pickles.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar, final

import attrs

from ledgerkit import _front

__all__ = [
    "InvalidArgument",
    "InvalidChoice",
    "LedgerkitError",
    "LimitExceeded",
    "PortError",
    "Problem",
    "RuleError",
    "UsageError",
    "choice",
    "each",
    "flag",
]

R = TypeVar("R")
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class LedgerkitError(Exception):
    """
    Base of every error: :attr:`problem` says what is wrong, :attr:`remedy` what to do about it.

    >>> try:
    ...     raise LedgerkitError("the box is full", "Take something out.")
    ... except LedgerkitError as error:
    ...     print(error, "|", error.remedy)
    the box is full. Take something out. | Take something out.
    """

    problem: str
    remedy: str

    def __init__(self, problem: str, remedy: str = "") -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}. {remedy}" if remedy else problem)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args), self.__dict__


def _rebuild(kind: type[LedgerkitError], args: tuple[Any, ...]) -> LedgerkitError:
    error = kind.__new__(kind)
    error.args = args
    return error


class UsageError(LedgerkitError):
    """The calling code is wrong: fix the call."""


class RuleError(LedgerkitError):
    """Well formed, and the billing rules refuse it: show it to a person."""


class PortError(LedgerkitError):
    """A host's adapter failed or broke one of its promises."""


class InvalidArgument(UsageError, TypeError):
    """An argument is not of the type that is asked for."""


class InvalidChoice(InvalidArgument, ValueError):
    """A text, or something else, where one of a few choices is needed; :attr:`allowed` lists them."""

    allowed: tuple[str, ...]

    def __init__(self, problem: str, allowed: Iterable[str]) -> None:
        self.allowed = tuple(str(choice) for choice in allowed)
        super().__init__(problem, f"Pass one of: {', '.join(self.allowed)}.")


class LimitExceeded(UsageError, ValueError):
    """An input is larger than any bill needs, or a search would not end."""


def _said(error: LedgerkitError) -> tuple[type, str]:
    return type(error), str(error)


@final
@attrs.frozen(kw_only=True)
class Problem:
    """
    One refused row of many: where it is (``lines[2].quantity``) and why.

    >>> Problem(path="rows[3]", error=UsageError("no amount"))
    Problem(path='rows[3]', error=UsageError('no amount'))
    """

    path: str
    error: LedgerkitError = attrs.field(eq=_said)  # an error equals only itself: compare what it says

    def __str__(self) -> str:
        return f"{self.path}: {self.error}"


def each(function: Callable[[R], T], rows: Iterable[R], /) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    """
    Apply *function* to every row; a row that ledgerkit refuses becomes a problem and does not stop the rest.

    Args:
        function: Makes one value of one row. Only a :class:`LedgerkitError` it raises is collected; any other error is the
            host's own and passes through.

        rows: Read once.

    Returns:
        The values of the good rows in order, and a :class:`Problem` with the path ``rows[i]`` for each other one.

    Source:
        docs/explanation/errors.md.

    >>> def half(row):
    ...     if row % 2:
    ...         raise UsageError(f"{row} is odd")
    ...     return row // 2
    >>> values, problems = each(half, [4, 5, 6])
    >>> values
    (2, 3)
    >>> print(problems[0])
    rows[1]: 5 is odd
    """
    given: tuple[Any, Any] = (function, rows)
    if not callable(given[0]) or not isinstance(given[1], Iterable):
        raise InvalidArgument("there is no function, or there are no rows", "Pass a function of one row, and a list of rows.")
    values: list[T] = []
    problems: list[Problem] = []
    for index, row in enumerate(rows):
        try:
            values.append(function(row))
        except LedgerkitError as error:
            problems.append(Problem(path=f"rows[{index}]", error=error))
    return tuple(values), tuple(problems)


def choice(value: Any, kind: type[E], /, *, name: str) -> E:
    """
    Return the member of an enum that *value* is, or is the text of.

    Args:
        value: A member, or its text.

        kind: The enum.

        name: Of the argument, for the error.

    Raises:
        InvalidChoice: It is none; the error lists what there is.

    >>> class Edge(StrEnum):
    ...     LEFT = "left"
    >>> choice("left", Edge, name="edge")
    <Edge.LEFT: 'left'>
    >>> choice("up", Edge, name="edge")
    Traceback (most recent call last):
    ledgerkit.errors.InvalidChoice: edge is 'up'. Pass one of: left.
    """
    if type(value) is kind:
        return value
    if isinstance(value, str):
        for found in kind:
            if str.__eq__(found, value) is True:
                return found
    shown = repr(str.__str__(value)[:40]) if isinstance(value, str) else f"{_front.a(value)}"
    raise InvalidChoice(f"{name} is {shown}", kind)


def flag(value: Any, /, *, name: str) -> bool:
    """
    Return a plain yes or no; what merely counts as true is refused.

    Args:
        value: ``True`` or ``False``.

        name: Of the argument, for the error.

    Raises:
        InvalidArgument: It is neither.

    Source:
        Ours: ``reopen="no"`` would reopen.

    >>> flag(True, name="reopen")
    True
    """
    if type(value) is not bool:
        raise InvalidArgument(f"{name} is {_front.brief(value)}, where True or False is needed", "Pass a bool.")
    return value


_front.publish(globals())
