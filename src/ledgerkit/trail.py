"""
Trails: how a result was reached, kept as numbers and rendered only when somebody asks.

A rule is declared once, beside the code that applies it, as a :class:`Rule`: its name, its version, the names of the figures it
sees, and a function that says it in words. Applying it keeps one tuple, ``(RULE, figure, figure, ...)``. The version changes when
any amount the rule produces changes, so a stored explanation says which rule made it.
"""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias, final

import attrs

from ledgerkit import _front
from ledgerkit.errors import UsageError

__all__ = ["Explained", "Raw", "Rule", "Step", "Trail", "lines", "of"]


@final
@attrs.frozen(kw_only=True, eq=False)
class Rule:
    """
    One rule that can explain itself.

    Args:
        name: Package and rule, ``proration.daily``.

        version: Raised when any amount it produces changes.

        fields: The names of what it saw; the last one is what it gave.

        says: Makes the sentence of the figures, in the order of *fields*.

    >>> DOUBLE = Rule(name="demo.double", version=1, fields=("x", "twice"), says=lambda x, twice: f"2 x {x} = {twice}")
    >>> print(*lines([(DOUBLE, 4, 8)]), sep="\\n")
    demo.double/1: 2 x 4 = 8
    """

    name: str
    version: int
    fields: tuple[str, ...]
    says: Callable[..., str]

    @property
    def id(self) -> str:
        """Name and version, ``proration.daily/1``."""
        return f"{self.name}/{self.version}"

    def __str__(self) -> str:
        return self.id

    def __reduce__(self) -> tuple[Any, ...]:
        # A rule holds a function, which is usually a lambda: a pickle holds the place where it is declared.
        return _declared, (self.says.__module__, self.name, self.version)


def _declared(module: str, name: str, version: int) -> Rule:
    for value in tuple(vars(import_module(module)).values()):
        for rule in tuple(value.values()) if isinstance(value, Mapping) else (value,):
            if isinstance(rule, Rule) and (rule.name, rule.version) == (name, version):
                return rule
    raise UsageError(f"the rule {name}/{version} is not declared in {module}", "Read it with the package that wrote it.")


def _read_only(saw: Mapping[str, object]) -> Mapping[str, object]:
    return MappingProxyType(dict(saw))


# (RULE, figure, figure, ...): a step as it is kept.
Raw: TypeAlias = tuple[Any, ...]


@final
@attrs.frozen(kw_only=True)
class Step:
    """One step: the rule with its version, what it saw, what it gave, and the sentence for it."""

    rule: str
    saw: Mapping[str, object] = attrs.field(converter=_read_only, hash=False)
    gave: object
    text: str

    def __reduce__(self) -> tuple[Any, ...]:
        return _taken, (self.rule, dict(self.saw), self.gave, self.text)

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


@final
@attrs.frozen(kw_only=True)
class Trail:
    """The steps of one result, in the order they were taken."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return "\n".join(str(step) for step in self.steps)


class Explained(Protocol):
    """What every result can do that a person may ask about."""

    @property
    def trail(self) -> Trail:
        """The steps that led to it."""

    def explain(self) -> str:
        """The same as text, to paste into a ticket."""


def of(raw: Iterable[Raw], /) -> Trail:
    """
    Return the trail of the steps as they were kept.

    Args:
        raw: The steps as they were kept.

    >>> DOUBLE = Rule(name="demo.double", version=1, fields=("x", "twice"), says=lambda x, twice: f"2 x {x} = {twice}")
    >>> of([(DOUBLE, 4, 8)]).steps[0].saw["x"]
    4
    """
    return Trail(steps=tuple(_step(*kept) for kept in raw))


def _step(rule: Rule, *figures: object) -> Step:
    named = dict(zip(rule.fields, figures, strict=True))
    gave = named.pop(rule.fields[-1])
    return _taken(rule.id, named, gave, rule.says(*figures))


def _taken(rule: str, saw: dict[str, object], gave: object, text: str) -> Step:
    return Step(rule=rule, saw=saw, gave=gave, text=text)


def lines(raw: Iterable[Raw], /) -> list[str]:
    """
    Return one line of text per step: ``rule/version: sentence``.

    Args:
        raw: Each a rule and its figures, in the order of its fields.

    Source:
        docs/explanation/trails.md.

    >>> DOUBLE = Rule(name="demo.double", version=1, fields=("x", "twice"), says=lambda x, twice: f"2 x {x} = {twice}")
    >>> lines([(DOUBLE, 4, 8)])
    ['demo.double/1: 2 x 4 = 8']
    """
    return [f"{rule.id}: {rule.says(*figures)}" for rule, *figures in raw]


_front.publish(globals())
