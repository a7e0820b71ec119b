"""Share one amount over several takers: by portions, or by caps in order."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from moneyed import Money

from ledgerkit import _front, money
from ledgerkit.errors import InvalidArgument

REMAINING: Final = "remaining"


def portions(
    amount: Money, shares: Sequence[str | Fraction], /, *, method: money.Method = money.Method.LARGEST_REMAINDER
) -> tuple[Money, ...]:
    """
    Share *amount* by portions of the whole: ``"80%"``, ``"1/3"``, and at most one ``"remaining"``.

    Args:
        amount: What is shared.

        shares: Portions from 0 to 1 that together are the whole.

        method: Who gets the odd minor units.

    Raises:
        InvalidWeights: The portions are more than the whole, or less and nothing is ``"remaining"``.

    Source:
        docs/rules/allocation.md, rule A-9.

    >>> eur = money.maker("EUR")
    >>> [money.text(part) for part in portions(eur("15.00"), ["80%", "15%", REMAINING])]
    ['12.00 EUR', '2.25 EUR', '0.75 EUR']
    """
    if isinstance(shares, str) or not isinstance(shares, Iterable):
        raise InvalidArgument(
            f"shares is {_front.brief(shares)}, where several are needed", 'Pass a list: ["80%", "remaining"].'
        )
    given = list(shares)
    named = [None if share == REMAINING else _portion(share) for share in given]
    rest = 1 - sum(share for share in named if share is not None)
    if rest < 0 or named.count(None) > 1 or (rest and None not in named):
        raise money.InvalidWeights(
            f"the portions {', '.join(map(str, given))} do not make the whole",
            'Let them add up to 1, or name one of them "remaining".',
        )
    return money.split(amount, [rest if share is None else share for share in named], method=method)


def _portion(share: str | Fraction) -> Fraction:
    if isinstance(share, str) and share.count("/") == 1:
        above, below = (money.quantity(part, name="portion") for part in share.split("/"))
        if below:
            return money.rate(Fraction(above, below), name="portion")
    return money.rate(share, name="portion")


def waterfall(amount: Money, caps: Sequence[Money | None], /) -> tuple[tuple[Money, ...], Money]:
    """
    Give to each taker in turn, up to its cap, and return the parts and what is left.

    Args:
        amount: What there is, not negative.

        caps: The most each takes; ``None`` takes all that is left, and a negative cap takes nothing.

    Raises:
        CurrencyMismatch: A cap is in another currency.

    Source:
        docs/rules/allocation.md, rule A-9.

    >>> eur = money.maker("EUR")
    >>> parts, left = waterfall(eur("100.00"), [eur("50.00"), eur("80.00")])
    >>> [money.text(part) for part in parts], money.text(left)
    (['50.00 EUR', '50.00 EUR'], '0.00 EUR')
    """
    currency = money.currency_of(amount)
    left = money.to_minor(amount)
    if left < 0:
        raise money.InvalidAmount(f"amount is {money.text(amount)}", "Share a positive amount.")
    if not isinstance(caps, Iterable):
        raise InvalidArgument(f"caps is {_front.a(caps)}", "Pass a list of amounts, None for no cap.")
    parts = []
    for cap in caps:
        taken = left if cap is None else min(left, max(0, money.to_minor(cap, currency=currency, name="cap")))
        left -= taken
        parts.append(money.from_minor(taken, currency))
    return tuple(parts), money.from_minor(left, currency)
