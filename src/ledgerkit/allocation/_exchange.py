"""Realized gain and loss: what an allocation is worth in the base currency on both of its sides."""

from typing import final

import attrs
from moneyed import Money

from ledgerkit import _front, money, trail
from ledgerkit.allocation._types import OverAllocation
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.trail import Raw, Trail


def _says(taken: int, currency: str, released: int, settled: int, base: str) -> str:
    gain = money.minor_text(settled - released, base)
    return (
        f"{money.minor_text(taken, currency)} is carried at {money.minor_text(released, base)} "
        f"and settled at {money.minor_text(settled, base)}: {gain}"
    )


REALIZED = trail.Rule(
    name="allocation.realized", version=1, fields=("taken", "currency", "released", "settled", "base"), says=_says
)


def carried_share(carried: int, open_minor: int, taken: int, /) -> int:
    """
    Return the part of a carrying value that goes with *taken* of what is open, rounded half up; all of it with the last part.

    Args:
        carried: Minor units of the base currency that the open part carries.

        open_minor: Minor units that are open, not zero.

        taken: Minor units that are settled, at most *open_minor*.

    Source:
        docs/rules/allocation.md, rule A-10.

    >>> carried_share(11000, 10000, 3333)
    3666
    """
    if type(carried) is not int or type(taken) is not int:
        raise InvalidArgument("a carrying value is not shared in int", "Pass plain minor units.")
    return money.round_ratio(carried * taken, open_minor)


@final
@attrs.frozen(init=False, repr=False)
class Realized:
    """
    What settling a part of a document realizes.

    ``released`` is what the settled part was carried at, ``settled_at`` what came in for it, ``gain`` the difference (a loss is
    negative), ``carried`` and ``open`` what the rest keeps: it stays at its historical rate.
    """

    currency: str
    base: str
    released_minor: int
    settled_minor: int
    carried_minor: int
    open_minor: int
    _taken: int

    def __init__(self) -> None:
        raise UsageError("a Realized is a result", "Get one from allocation.realize(...).")

    __repr__ = _front.shown("released", "settled_at", "gain")

    @property
    def released(self) -> Money:
        """What the settled part was carried at, in the base currency."""
        return money.from_minor(self.released_minor, self.base)

    @property
    def settled_at(self) -> Money:
        """What the credit is worth, in the base currency."""
        return money.from_minor(self.settled_minor, self.base)

    @property
    def gain(self) -> Money:
        """``settled_at`` less ``released``."""
        return money.from_minor(self.settled_minor - self.released_minor, self.base)

    @property
    def carried(self) -> Money:
        """What the open rest is carried at, in the base currency."""
        return money.from_minor(self.carried_minor, self.base)

    @property
    def open(self) -> Money:
        """What stays open, in the currency of the document."""
        return money.from_minor(self.open_minor, self.currency)

    @property
    def trail(self) -> Trail:
        """The one step."""
        return trail.of([self._why()])

    def explain(self) -> str:
        """Say what was carried, what came in, and the difference."""
        return trail.lines([self._why()])[0]

    def _why(self) -> Raw:
        return (REALIZED, self._taken, self.currency, self.released_minor, self.settled_minor, self.base)


def realize(
    taken: Money, /, *, open: Money, carried: Money, rate: money.ExchangeRate, rounding: money.Rounding = money.HALF_UP
) -> Realized:
    """
    Return what settling *taken* of an open amount realizes in the base currency.

    Args:
        taken: How much of the document is settled, in its own currency.

        open: What was open of it, in the same currency.

        carried: What the open amount is carried at in the base currency, at the rate of its posting.

        rate: The rate on the day of the settlement, from the document's currency to the base currency.

        rounding: Of both shares, to the base currency.

    Raises:
        OverAllocation: *taken* is more than *open*.
        CurrencyMismatch: The currencies do not fit.

    Source:
        docs/rules/allocation.md, rule A-10.

    >>> eur, inr = money.maker("EUR"), money.maker("INR")
    >>> rate = money.ExchangeRate(base="EUR", quote="INR", rate="80")
    >>> print(realize(eur("100.00"), open=eur("100.00"), carried=inr("8500.00"), rate=rate).explain())
    allocation.realized/1: 100.00 EUR is carried at 8500.00 INR and settled at 8000.00 INR: -500.00 INR
    """
    currency, base = money.currency_of(taken), money.currency_of(carried)
    part = money.to_minor(taken)
    whole = money.to_minor(open, currency=currency, name="open")
    kept = money.to_minor(carried, name="carried")
    if not 0 < part <= whole:
        raise OverAllocation("the document", whole, part, currency)
    settled = money.to_minor(money.exchange(taken, rate, rounding=rounding), currency=base, name="rate")
    released = money.round_ratio(kept * part, whole, rounding)
    made = Realized.__new__(Realized)
    made.__attrs_init__(currency, base, released, settled, kept - released, whole - part, part)
    return made
