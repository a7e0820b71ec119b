"""A promise of a port, and what a check says when it is broken."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias, final

import attrs

from ledgerkit import _front


class Broken(NamedTuple):
    """What was seen, and what to do about it: two sentences, or a few."""

    seen: str
    remedy: str


# Judges what a maker makes: nothing, or how it breaks the promise.
Judge: TypeAlias = Callable[[Callable[[], Any]], Broken | None]


@final
@attrs.frozen(kw_only=True, repr=False)
class Promise:
    """
    One numbered promise of a port, and the check of it.

    Args:
        id: As in the docstring of the port: ``S3``.

        text: The promise.

        judge: Says how what a maker makes breaks it, or nothing.
    """

    id: str
    text: str
    judge: Judge

    def check(self, make: Callable[[], Any], /) -> None:
        """
        Check that what *make* gives keeps the promise. No test framework is needed.

        Args:
            make: Gives a fresh adapter, with nothing in it, at every call.

        Raises:
            AssertionError: It breaks the promise; the text says what was seen and what to do.

        Source:
            docs/how-to/store.md.

        >>> from ledgerkit.testing import STORE_PROMISES, MemoryStore
        >>> for promise in STORE_PROMISES:
        ...     promise.check(MemoryStore)
        """
        try:
            broken = self.judge(make)
        except Exception as error:
            seen = f"It raised {type(error).__name__} where nothing is wrong: {error}"
            raise AssertionError(self._said(Broken(seen, "See the error this one comes from."))) from error
        if broken is not None:
            raise AssertionError(self._said(broken))

    def _said(self, broken: Broken) -> str:
        return f"{self}\n    {broken.seen}\n    {broken.remedy}"

    def __str__(self) -> str:
        return f"{self.id}: {self.text}"

    __repr__ = _front.shown("id", "text")


def refused(kinds: type[Exception] | tuple[type[Exception], ...], act: Callable[[], object]) -> str | None:
    """Return nothing if *act* is refused as it should be, else what it did instead, to follow *it*."""
    try:
        act()
    except kinds:
        return None
    except Exception as error:  # noqa: BLE001 - the wrong refusal is what is told
        return f"raised {type(error).__name__}: {error}"
    return "went through"
