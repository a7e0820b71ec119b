"""The steps that terms are made of: what each does to a date, what it may hold, and how it reads."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, NamedTuple

from ledgerkit import _front, periods, trail
from ledgerkit.errors import InvalidArgument, UsageError

_MOST_STEPS: Final = 50
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class InvalidTerms(UsageError, ValueError):
    """No terms can be made of this: a step or a figure that none has, bands with a gap, a text nobody agreed on."""


class Step(NamedTuple):
    """One step, as terms keep it and a host may store it: its kind, and its figures in the order of the kind."""

    kind: str
    figures: tuple[Any, ...]

    def __str__(self) -> str:
        return _WORDS[self.kind](self.figures)


# What each figure of a kind is called, and its bounds. `pay_day` holds any number of days, `bands` whole terms.
_FIGURES: Final[dict[str, tuple[tuple[str, int, int], ...]]] = {
    "days": (("days", -36_500, 36_500),),
    "months": (("months", -1_200, 1_200),),
    "month_end": (("months", -1_200, 1_200),),
    "month_day": (("day", 1, 31), ("months", -1_200, 1_200)),
    "set": (("month", 0, 12), ("day", 0, 31), ("months", -1_200, 1_200)),
    "weekday": (("weekday", 0, 6),),
    "pay_day": (),
    "bands": (),
}


def whole(value: Any, name: str, least: int, most: int) -> int:
    """Return *value* as a plain whole number from *least* to *most*."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidArgument(f"{name} is {_front.a(value)}, where a whole number is needed", "Pass an int.")
    if not least <= int(value) <= most:
        shown = str(int(value)) if abs(int(value)) < 10**12 else "a number of more than 12 digits"
        raise InvalidTerms(f"{name} is {shown}", f"It has to be from {least} to {most}.")
    return int(value)


def items(values: Any, name: str) -> tuple[Any, ...]:
    """Return the items of a list, read once; a text is not a list."""
    if isinstance(values, Iterable) and not isinstance(values, str | bytes):
        return tuple(values)
    raise InvalidArgument(f"{name} is {_front.a(values)}", "Pass a list.")


def checked(steps: Any) -> tuple[Step, ...]:
    """Return *steps* with every kind known and every figure within its bounds."""
    read = tuple(_step(step) for step in items(steps, "steps"))
    if len(read) > _MOST_STEPS:
        raise InvalidTerms(f"the terms have {len(read)} steps", f"Use at most {_MOST_STEPS}.")
    return read


def _step(value: Any) -> Step:
    if not isinstance(value, tuple) or len(value) != 2 or not isinstance(value[0], str) or value[0] not in _FIGURES:
        raise InvalidTerms("a step is none that is known", f"A step is a kind ({', '.join(_FIGURES)}) and its figures.")
    kind, figures = str.__str__(value[0]), items(value[1], "figures")
    if kind == "pay_day":
        return Step(kind, pay_days(figures))
    if kind == "bands":
        return Step(kind, _bands(figures))
    names = _FIGURES[kind]
    if len(figures) != len(names):
        raise InvalidTerms(f"a step of kind {kind} has {len(figures)} figures", f"It has to have {len(names)}.")
    return Step(kind, tuple(whole(figure, *name) for figure, name in zip(figures, names, strict=True)))


def pay_days(days: Any) -> tuple[int, ...]:
    """Return days of the month, in order and each once."""
    read = tuple(sorted({whole(day, "day", 1, 31) for day in items(days, "days")}))
    if not read:
        raise InvalidTerms("there is no pay day", "Name at least one day of the month.")
    return read


def _bands(bands: tuple[Any, ...]) -> tuple[tuple[int, int, tuple[Step, ...]], ...]:
    read = tuple(_band(band) for band in bands)
    edges = [0, *(last for _, last, _ in read)]
    if edges[-1] != 31 or any(first != edge + 1 for (first, _, _), edge in zip(read, edges, strict=False)):
        raise InvalidTerms(
            "the bands leave a day of the month out, or name one twice", "Let them follow each other from 1 to 31."
        )
    return read


def _band(band: Any) -> tuple[int, int, tuple[Step, ...]]:
    first, last, steps = (*items(band, "a band"), None, None, None)[:3]
    inner = checked(steps)
    if any(step.kind == "bands" for step in inner):
        raise InvalidTerms("a band holds bands", "Name the days of the month in one list of bands.")
    first = whole(first, "first", 1, 31)
    return first, whole(last, "last", first, 31), inner


def _days(on: date, figures: tuple[Any, ...]) -> date:
    try:
        return date.fromordinal(on.toordinal() + figures[0])
    except ValueError:
        return periods.add_days(on, figures[0])  # which says what is wrong


def _months(on: date, figures: tuple[Any, ...]) -> date:
    return periods.add_months(on, figures[0])


def _month_end(on: date, figures: tuple[Any, ...]) -> date:
    return periods.on_day(on, 31, months=figures[0])


def _month_day(on: date, figures: tuple[Any, ...]) -> date:
    day, months = figures
    return periods.on_day(on, day, months=months)


def _set(on: date, figures: tuple[Any, ...]) -> date:
    month, day, months = figures
    return periods.on_day(on, day or on.day, months=months + (month - on.month if month else 0))


def _weekday(on: date, figures: tuple[Any, ...]) -> date:
    return periods.add_days(on, (figures[0] - on.weekday()) % 7)


def _pay_day(on: date, figures: tuple[Any, ...]) -> date:
    for day in figures:
        found = periods.on_day(on, day)
        if found >= on:
            return found
    return periods.on_day(on, figures[0], months=1)


def _in_band(on: date, figures: tuple[Any, ...]) -> date:
    for step in _band_of(on, figures):
        on = RUN[step.kind](on, step.figures)
    return on


def _band_of(on: date, bands: tuple[Any, ...]) -> tuple[Step, ...]:
    return next(steps for _, last, steps in bands if on.day <= last)


RUN: Final[dict[str, Callable[[date, tuple[Any, ...]], date]]] = {
    "days": _days,
    "months": _months,
    "month_end": _month_end,
    "month_day": _month_day,
    "set": _set,
    "weekday": _weekday,
    "pay_day": _pay_day,
    "bands": _in_band,
}


def ordinal(day: int) -> str:
    """Return 1st, 2nd, 3rd, 11th."""
    ending = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def count(figure: int, unit: str) -> str:
    """Return ``1 month``, ``2 months``."""
    return f"{figure} {unit}" if abs(figure) == 1 else f"{figure} {unit}s"


def _later(months: int) -> str:
    return "" if months == 0 else f", {count(months, 'month')} on"


def _set_words(figures: tuple[Any, ...]) -> str:
    month, day, months = figures
    words = [f"month {month}"] * bool(month) + [count(months, "month")] * bool(months) + [f"the {ordinal(day)}"] * bool(day)
    return ", ".join(words) or "the same day"


def _bands_words(bands: tuple[Any, ...]) -> str:
    return "; ".join(f"posted from {ordinal(first)} to {ordinal(last)}: {text(steps)}" for first, last, steps in bands)


_WORDS: Final[dict[str, Callable[[tuple[Any, ...]], str]]] = {
    "days": lambda figures: count(figures[0], "day"),
    "months": lambda figures: count(figures[0], "month"),
    "month_end": lambda figures: f"the end of the month{_later(figures[0])}",
    "month_day": lambda figures: f"the {ordinal(figures[0])} of the month{_later(figures[1])}",
    "set": _set_words,
    "weekday": lambda figures: f"the next {_DAYS[figures[0]]}, or the same day",
    "pay_day": lambda figures: "the next " + " or ".join(ordinal(day) for day in figures),
    "bands": _bands_words,
}


def text(steps: tuple[Step, ...]) -> str:
    """Return the short form of *steps* where there is one, and else the steps in words, in their order."""
    match steps:
        case (Step("days", (0,)),) | ():
            return "due on receipt"
        case (Step("days", (days,)),) if days > 0:
            return f"net {days}"
        case (Step("days", (days,)), Step("month_end", (0,))) if days >= 0:
            return f"{days} eom"
        case (Step("month_end", (0,)),):
            return "eom"
        case (Step("month_end", (0,)), Step("days", (days,))) if days >= 0:
            return f"eom {days}"
        case _:
            return ", then ".join(map(str, steps))


def words(steps: tuple[Step, ...]) -> str:
    """Return what a person reads: the short form, but for *eom*, which is spelled in the order of its steps."""
    short = text(steps)
    return ", then ".join(map(str, steps)) if "eom" in short else short


def _said(kind: str) -> Callable[..., str]:
    return lambda on, figures, due: f"{on}, {_WORDS[kind](figures)}: {due}"


_RULES: Final = {
    kind: trail.Rule(name=f"terms.{kind.replace('_', '-')}", version=1, fields=("on", "figures", "due"), says=_said(kind))
    for kind in _FIGURES
    if kind != "bands"
}


def walk(steps: tuple[Step, ...], on: date, why: list[trail.Raw]) -> date:
    """Take the steps from *on* and keep each in *why*."""
    for kind, figures in steps:
        if kind == "bands":
            on = walk(_band_of(on, figures), on, why)
            continue
        due = RUN[kind](on, figures)
        why.append((_RULES[kind], on, figures, due))
        on = due
    return on
