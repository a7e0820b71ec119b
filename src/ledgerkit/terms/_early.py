"""What an early payment takes off: the last day, the discount, and its net and tax."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money, periods, trail
from ledgerkit.errors import InvalidArgument, UsageError
from ledgerkit.terms._types import Basis, EarlyDiscount

_DISCOUNT: Final = trail.Rule(
    name="terms.early-discount",
    version=1,
    fields=("gross", "base", "rate", "currency", "to_settle", "discount"),
    says=lambda gross, base, rate, currency, to_settle, discount: (
        f"{money.minor_text(gross, currency)} - {rate.numerator}/{rate.denominator} x {money.minor_text(base, currency)} "
        f"= {money.minor_text(to_settle, currency)}, which is {money.minor_text(discount, currency)} less"
    ),
)
_LATE: Final = trail.Rule(
    name="terms.early-discount-late",
    version=1,
    fields=("paid_on", "last_on"),
    says=lambda paid_on, last_on: f"paid on {paid_on}, after {last_on}: no discount",
)


@final
@attrs.frozen(init=False, repr=False, order=False)
class EarlyPayment:
    """
    What an early payment takes off an invoice. A result of :func:`early_payment`.

    Attributes:
        last_on: The last day on which it is offered.

        currency: The currency of the invoice.

        discount_minor: What comes off, in minor units.

        to_settle_minor: What settles the invoice then.

        net_minor: The part of the discount that is net.
    """

    last_on: date
    currency: str
    discount_minor: int
    to_settle_minor: int
    net_minor: int
    _taxes: tuple[tuple[str, int], ...]
    _why: tuple[trail.Raw, ...] = attrs.field(eq=False)

    def __init__(self) -> None:
        raise UsageError("an EarlyPayment is a result", "Get one from terms.early_payment(...).")

    @property
    def discount(self) -> Money:
        """What comes off, net and tax together."""
        return money.from_minor(self.discount_minor, self.currency)

    @property
    def to_settle(self) -> Money:
        """What settles the invoice then."""
        return money.from_minor(self.to_settle_minor, self.currency)

    @property
    def net(self) -> Money:
        """The part of the discount that is net."""
        return money.from_minor(self.net_minor, self.currency)

    @property
    def taxes(self) -> tuple[tuple[str, Money], ...]:
        """The part of the discount that is tax, by tax."""
        return tuple((tax, money.from_minor(minor, self.currency)) for tax, minor in self._taxes)

    @property
    def trail(self) -> trail.Trail:
        """How it was reached."""
        return trail.of(self._why)

    def explain(self) -> str:
        """The discount and how it was reached."""
        return "\n  ".join([str(self), *trail.lines(self._why)])

    def __str__(self) -> str:
        discount, rest = (money.minor_text(minor, self.currency) for minor in (self.discount_minor, self.to_settle_minor))
        return f"{discount} off until {self.last_on}: {rest} settles it"

    __repr__ = _front.shown("last_on", "discount", "to_settle", "net", "taxes")


def early_payment(
    early: EarlyDiscount,
    net: Money,
    /,
    *,
    posted_on: date,
    taxes: Mapping[str, Money] | None = None,
    paid_on: date | None = None,
) -> EarlyPayment:
    """
    Return what comes off an invoice that is paid early, in net and tax.

    What settles the invoice is rounded half up, and the discount is the rest. On gross, it is shared over the net amount and the
    taxes in proportion (largest remainder), so the parts sum to it; on net, the taxes stay.

    Args:
        early: The discount of the terms.

        net: The net amount of the invoice, not negative.

        posted_on: The civil day of posting; the days count from it.

        taxes: The tax amounts by tax, in the same currency.

        paid_on: The day of the payment; after the last day nothing comes off.

    Raises:
        InvalidAmount: An amount is not settled, or negative.
        CurrencyMismatch: A tax is in another currency.
        InvalidDate: A date is not a date, or the last day lies beyond the calendar.
        InvalidArgument: A value is of another type.

    Source:
        docs/rules/terms-early-discount.md, rules E-2 and E-3.

    >>> from ledgerkit.terms import early_discount
    >>> skonto = early_discount("3%", within_days=10)
    >>> print(early_payment(skonto, money.of("1000.00 EUR"), posted_on=date(2015, 8, 16), taxes={"VAT": money.of("190.00 EUR")}))
    35.70 EUR off until 2015-08-26: 1154.30 EUR settles it
    """
    if type(early) is not EarlyDiscount:
        raise InvalidArgument(f"early is {_front.a(early)}", "Pass terms.early_discount(...).")
    currency = money.currency_of(net)
    names, amounts = _amounts(net, currency, {} if taxes is None else taxes)
    last_on = periods.add_days(periods.civil_date(posted_on, name="posted_on"), early.within_days)
    late = paid_on is not None and periods.civil_date(paid_on, name="paid_on") > last_on
    gross, base = sum(amounts), sum(amounts) if early.basis is Basis.ON_GROSS else amounts[0]
    rate = early.rate * (not late)
    to_settle = money.round_ratio(gross * rate.denominator - base * rate.numerator, rate.denominator)
    discount = gross - to_settle
    weights = amounts if early.basis is Basis.ON_GROSS else [1, *(0 for _ in names)]
    parts = money.split_minor(discount, weights) if discount else [0 for _ in amounts]
    why = (_LATE, paid_on, last_on) if late else (_DISCOUNT, gross, base, rate, currency, to_settle, discount)
    made = EarlyPayment.__new__(EarlyPayment)
    by_tax = tuple(zip(names, parts[1:], strict=True))
    made.__attrs_init__(last_on, currency, discount, to_settle, parts[0], by_tax, (why,))
    return made


def _amounts(net: Money, currency: str, taxes: Any) -> tuple[list[str], list[int]]:
    if not isinstance(taxes, Mapping):
        raise InvalidArgument(f"taxes is {_front.a(taxes)}", "Pass a mapping of a tax to its amount.")
    names = [ids.text(tax, name="tax") for tax in taxes]
    amounts = [money.to_minor(net, name="net")]
    amounts += [money.to_minor(tax, currency=currency, name="tax") for tax in taxes.values()]
    for minor in amounts:
        if minor < 0:
            shown = money.minor_text(minor, currency)
            raise money.InvalidAmount(
                f"{shown} is negative, and an early payment is of an invoice", "Pass it without the minus."
            )
    return names, amounts
