"""One line: a quantity at a price, less discounts, with its taxes; rounded once."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, final

import attrs
from moneyed import Money

from ledgerkit import _front, ids, money, trail
from ledgerkit.charges import Charge
from ledgerkit.errors import InvalidArgument, UsageError, choice
from ledgerkit.money import HALF_UP, Rounding
from ledgerkit.periods import Period
from ledgerkit.pricing import Discount
from ledgerkit.transactions import _gate, _tax, _words
from ledgerkit.transactions._gate import NOTHING
from ledgerkit.transactions._kinds import LineKind
from ledgerkit.transactions._tax import Tax

_DISCOUNTS = 'Pass discounts=[pricing.percent_off("15%")].'
_PERIOD = "Pass period=periods.month(2026, 4)."
_ONE = (1, 1)
_USUAL = 10**15


class TotalsDiffer(UsageError, ValueError):
    """Stored figures that do not add up."""


PRICED = trail.Rule(
    name="transactions.line",
    version=1,
    fields=("quantity", "unit_price", "currency", "amount"),
    says=lambda quantity, price, currency, amount: (
        f"{money.exact_text(quantity)} x {money.exact_text(price)} {currency} = {amount}"
    ),
)
GIVEN = trail.Rule(name="transactions.amount", version=1, fields=("amount",), says=lambda amount: f"{amount} as given")
DIFFERENCE = trail.Rule(
    name="transactions.difference",
    version=1,
    fields=("amount",),
    says=lambda amount: f"{amount} between the document rounded once and its rounded lines",
)
DISCOUNTED = trail.Rule(
    name="transactions.discount",
    version=1,
    fields=("off", "before", "after"),
    says=lambda off, before, after: f"{off} off {before} leaves {after}",
)
ROUNDED = trail.Rule(
    name="transactions.rounding",
    version=1,
    fields=("exact", "mode", "amount"),
    says=lambda exact, mode, amount: f"{exact} is {amount}, rounded {mode.lower().replace('_', ' ')}",
)
INCLUDED = trail.Rule(
    name="transactions.tax-included",
    version=1,
    fields=("tax_id", "rate", "price", "tax"),
    says=lambda name, rate, price, tax: f"{name} {money.percent_text(rate)} within {price} is {tax}",
)
ON_TOP = trail.Rule(
    name="transactions.tax",
    version=1,
    fields=("tax_id", "rate", "net", "tax"),
    says=lambda name, rate, net, tax: f"{name} {money.percent_text(rate)} of {net} = {tax}",
)
SHARE = trail.Rule(
    name="transactions.tax-share",
    version=1,
    fields=("tax_id", "net", "tax"),
    says=lambda name, net, tax: f"{name} on {net}: {tax}, a share of the whole",
)
ANSWERED = trail.Rule(
    name="transactions.tax-answered",
    version=1,
    fields=("tax_id", "net", "tax"),
    says=lambda name, net, tax: f"{name} on {net}: {tax}, as answered from outside",
)


@final
@attrs.frozen(init=False, repr=False)
class Line:
    """
    One line of a document, priced and taxed. Made by :func:`line`; this constructor takes stored figures, a row of a table.

    Args:
        text: What the customer reads.

        net: The line's amount without taxes, as it was stored.

        tax: The sum of its taxes; left out when there is none, or when *tax_amounts* says it.

        taxes: The taxes on it, in the order they were reckoned.

        tax_amounts: What each of them came to; may be left out for one tax.

        quantity: How many; negative on a credit line only.

        unit_price: In the currency's own unit, any number of digits; ``None`` if the line was given as an amount.

        rounding: How it was rounded, for the explanation.

    Raises:
        TotalsDiffer: The figures do not add up.
        CurrencyMismatch: A tax is in another currency than the net.
        InvalidAmount: A line that is no credit is negative.
        InvalidQuantity: The same for its quantity.

    Source:
        docs/rules/lines-and-totals.md, rule L-1.
    """

    text: str
    kind: LineKind
    currency: str
    net_minor: int
    tax_minor: int
    tax_minors: tuple[int, ...]
    taxes: tuple[Tax, ...]
    discounts: tuple[Discount, ...]
    period: Period | None
    product: str | None
    source: str | None
    _quantity: tuple[int, int]
    _price: tuple[int, int] | None
    _rounding: Rounding = attrs.field(eq=False)
    _charge: Charge | None = attrs.field(eq=False)

    def __init__(
        self,
        *,
        text: str,
        net: Money,
        tax: Money | None = None,
        taxes: Iterable[Tax] = (),
        tax_amounts: Iterable[Money] | None = None,
        quantity: int | Decimal | Fraction = 1,
        unit_price: str | Decimal | Fraction | Money | None = None,
        discounts: Iterable[Discount] = (),
        period: Period | None = None,
        kind: LineKind | str = LineKind.SALE,
        product: str | None = None,
        source: str | None = None,
        rounding: Rounding = HALF_UP,
    ) -> None:
        currency = money.currency_of(net)
        price = None if unit_price is None else _unit_price(unit_price, currency)[0]
        many, sort = _quantity(quantity), choice(kind, LineKind, name="kind")
        applied = _gate.records(taxes, Tax, "taxes", _tax.REMEDY)
        off = _gate.records(discounts, Discount, "discounts", _DISCOUNTS)
        _refuse_other_currency(currency, applied, off)
        net_minor = _gate.bounded(money.to_minor(net, name="net"), "net")
        each = _stored_taxes(tax, tax_amounts, applied, currency)
        _refuse_negative(sort, many, price)
        _refuse_negative_figures(sort, net_minor, each)
        self.__attrs_init__(
            ids.text(text, name="text"), sort, currency, net_minor, sum(each), each, applied,
            off,
            None if period is None else _gate.record(period, Period, "period", _PERIOD),
            _gate.optional_id(product, "product"), _gate.optional_id(source, "source"),
            many, price, _gate.record(rounding, Rounding, "rounding", "Pass money.HALF_UP."), None,
        )  # fmt: skip

    @property
    def quantity(self) -> Fraction:
        """How many, exact."""
        return Fraction(*self._quantity)

    @property
    def unit_price(self) -> Fraction | None:
        """The price of one, exact, in the currency's own unit; nothing if the line was given as an amount."""
        if self._price is None:
            return None
        return Fraction(self._price[0], self._price[1] * 10 ** money.exponent(self.currency))

    @property
    def net(self) -> Money:
        """The amount without taxes."""
        return money.from_minor(self.net_minor, self.currency)

    @property
    def tax(self) -> Money:
        """The sum of its taxes."""
        return money.from_minor(self.tax_minor, self.currency)

    @property
    def gross_minor(self) -> int:
        """The amount with taxes, in minor units."""
        return self.net_minor + self.tax_minor

    @property
    def gross(self) -> Money:
        """The amount with taxes."""
        return money.from_minor(self.gross_minor, self.currency)

    @property
    def tax_amounts(self) -> tuple[Money, ...]:
        """What each of its taxes comes to, in the order of :attr:`taxes`."""
        return tuple(money.from_minor(minor, self.currency) for minor in self.tax_minors)

    @property
    def rounding(self) -> Rounding:
        """How it was rounded."""
        return self._rounding

    @property
    def trail(self) -> trail.Trail:
        """How the amounts came about."""
        steps = trail.of(_steps(self)).steps
        return trail.Trail(steps=steps if self._charge is None else (*self._charge.trail.steps, *steps))

    def explain(self) -> str:
        """The same as text, to paste into a ticket."""
        return "\n".join([str(self), *(f"  {step}" for step in self.trail.steps)])

    def __str__(self) -> str:
        return f"{self.text}: {money.minor_text(self.gross_minor, self.currency)}"

    __repr__ = _front.shown("text", "quantity", "net", "tax")


def line(
    text: str,
    /,
    *,
    unit_price: str | int | Decimal | Fraction | Money,
    quantity: int | str | Decimal | Fraction = 1,
    currency: str | None = None,
    discounts: Iterable[Discount] = (),
    taxes: Iterable[Tax] = (),
    period: Period | None = None,
    kind: LineKind | str = LineKind.SALE,
    product: str | None = None,
    source: str | None = None,
    rounding: Rounding = HALF_UP,
) -> Line:
    """
    Price one line and reckon its taxes.

    The exact price of the quantity, less the discounts, is rounded once to the currency; each tax is rounded on its own.

    Args:
        text: What the customer reads.

        unit_price: The price of one, with any number of digits. Net, unless a tax is inclusive. Negative on a credit line only.

        quantity: How many. Negative on a credit line only.

        currency: Needed when *unit_price* is not a ``Money``.

        discounts: Percentages compound in their order, then fixed amounts come off; the price never falls below zero.

        taxes: Inclusive ones are taken out of the price first; the others come on top of the net.

        period: The service period, half-open.

        kind: ``CREDIT`` lets the line be negative.

        product: The host's product id; totals are kept by it.

        source: The id of what is billed.

        rounding: How the price and each tax are rounded; an increment counts for the price only.

    Raises:
        InvalidAmount: The price is no exact number, or negative on a line that is no credit.
        InvalidQuantity: The same for the quantity.
        CurrencyMismatch: No currency, or two of them.

    Source:
        docs/rules/lines-and-totals.md, rules L-1 to L-3.

    >>> card = line("Card", unit_price="19.99", quantity=3, currency="EUR", taxes=[_tax.tax("VAT", "20%")])
    >>> money.text(card.net), money.text(card.tax)
    ('59.97 EUR', '11.99 EUR')
    """
    sort = kind if type(kind) is LineKind and kind is not LineKind.ROUNDING else _host_kind(kind)
    price, code = _unit_price(unit_price, currency)
    many = (quantity, 1) if type(quantity) is int and -_USUAL < quantity < _USUAL else _quantity(quantity)
    if many[0] < 0 or price[0] < 0:
        _refuse_negative(sort, many, price)
    off = _gate.records(discounts, Discount, "discounts", _DISCOUNTS) if discounts is not NOTHING else ()
    amount = _amount(price, many, off, code, rounding)
    applied = _tax.checked(taxes) if taxes is not NOTHING else ()
    made = Line.__new__(Line)
    made.__attrs_init__(
        ids.text(text, name="text"), sort, code, *_taxed(amount, applied, code, rounding), applied, off,
        None if period is None else _gate.record(period, Period, "period", _PERIOD),
        None if product is None else ids.checked(product, name="product"),
        None if source is None else ids.checked(source, name="source"),
        many, price, rounding, None,
    )  # fmt: skip
    return made


def of_amount(
    text: str,
    minor: int,
    currency: str,
    *,
    taxes: tuple[Tax, ...] = (),
    kind: LineKind = LineKind.SALE,
    quantity: tuple[int, int] = _ONE,
    period: Period | None = None,
    product: str | None = None,
    source: str | None = None,
    charge: Charge | None = None,
) -> Line:
    """Make a line of a rounded amount: checked arguments only."""
    net, _tax_minor, each = _taxed(_gate.bounded(minor, "the amount"), taxes, currency, HALF_UP)
    return stored(
        text, kind, currency, net, each, taxes,
        quantity=quantity, period=period, product=product, source=source, charge=charge,
    )  # fmt: skip


def of_charge(charge: Charge, taxes: tuple[Tax, ...]) -> Line:
    """Make the line of a charge; a negative one is a credit line. Source: docs/rules/lines-and-totals.md, rule L-5."""
    currency = money.currency_of(charge.amount)
    minor, many = money.to_minor(charge.amount), charge.quantity
    return of_amount(
        charge.text, minor, currency, taxes=taxes, kind=LineKind.CREDIT if minor < 0 else LineKind.SALE,
        quantity=(many.numerator, many.denominator), period=charge.period, source=charge.source, charge=charge,
    )  # fmt: skip


def stored(
    text: str,
    kind: LineKind,
    currency: str,
    net: int,
    each: tuple[int, ...],
    taxes: tuple[Tax, ...],
    *,
    quantity: tuple[int, int] = _ONE,
    period: Period | None = None,
    product: str | None = None,
    source: str | None = None,
    charge: Charge | None = None,
) -> Line:
    """Make a line of known figures: nothing is checked."""
    made = Line.__new__(Line)
    made.__attrs_init__(
        text, kind, currency, net, sum(each), each, taxes, (), period, product, source, quantity, None, HALF_UP, charge
    )
    return made


def with_taxes(one: Line, taxes: tuple[Tax, ...]) -> Line:
    """Put a document's taxes on a line that has none of its own."""
    if one.taxes or not taxes:
        return one
    figures = _taxed(one.net_minor, taxes, one.currency, one.rounding)
    made = Line.__new__(Line)
    made.__attrs_init__(
        one.text, one.kind, one.currency, *figures, taxes, one.discounts, one.period,
        one.product, one.source, one._quantity, one._price, one._rounding, one._charge,
    )  # fmt: skip
    return made


def mirrored(one: Line) -> Line:
    """Return the same line on the other side. Source: docs/rules/transactions.md, rule T-5."""
    price, many = one._price, one._quantity
    if price is not None:
        price, many = ((-price[0], price[1]), many) if price[0] < 0 else (price, (-many[0], many[1]))
    return _turned(one, price, many)


def _turned(one: Line, price: tuple[int, int] | None, many: tuple[int, int]) -> Line:
    net, each = -one.net_minor, tuple(-share for share in one.tax_minors)
    kind = one.kind
    if kind is not LineKind.ROUNDING:
        below = net < 0 or many[0] < 0 or min(each, default=0) < 0 or (price is not None and price[0] < 0)
        kind = LineKind.CREDIT if below else LineKind.SALE
    made = Line.__new__(Line)
    made.__attrs_init__(
        one.text, kind, one.currency, net, -one.tax_minor, each, one.taxes, one.discounts, one.period,
        one.product, one.source, many, price, one._rounding, one._charge,
    )  # fmt: skip
    return made


def exact_price(one: Line) -> tuple[int, int]:
    """Return the price before rounding, in minor units: without taxes, or with the inclusive ones."""
    if one._price is None:
        return price_minor(one), 1
    num, den = one._price[0] * one._quantity[0], one._price[1] * one._quantity[1]
    return _left(num, den, one.discounts, one.currency)


def price_minor(one: Line) -> int:
    """Return the rounded price: the net, with the inclusive taxes."""
    inside = (share for share, tax in zip(one.tax_minors, one.taxes, strict=True) if tax.inclusive)
    return one.net_minor + sum(inside)


# ------------------------------------------------------------------------------------------------------- the arithmetic


def _amount(price: tuple[int, int], many: tuple[int, int], off: tuple[Discount, ...], currency: str, rounding: Any) -> int:
    """Return the price of so many less the discounts, rounded once. Source: docs/rules/lines-and-totals.md, L-1 and L-2."""
    num, den = price[0] * many[0], price[1] * many[1]
    if off:
        num, den = _left(num, den, off, currency)
    if rounding is HALF_UP:
        return _gate.bounded(num if den == 1 else money.round_ratio(num, den), "the price")
    checked = _gate.record(rounding, Rounding, "rounding", "Pass money.HALF_UP.")
    return _gate.bounded(money.round_minor(num, den, currency=currency, rounding=checked), "the price")


def _left(num: int, den: int, off: tuple[Discount, ...], currency: str) -> tuple[int, int]:
    """Return the exact price that the discounts leave."""
    left = (num, den)
    for _one, left in _taken_off(num, den, off, currency):  # noqa: B007 - the last one counts
        pass
    return left


def _taken_off(
    num: int, den: int, discounts: tuple[Discount, ...], currency: str
) -> Iterator[tuple[Discount, tuple[int, int]]]:
    """Give each discount with the exact price it leaves: percentages first, then amounts, never past zero."""
    for one in discounts:
        if one.percent is not None:
            num, den = num * (one.percent.denominator - one.percent.numerator), den * one.percent.denominator
            yield one, (num, den)
    for one in discounts:
        if one.amount_minor is not None:
            if one.currency != currency:
                raise _gate.mismatch(currency, str(one.currency), "a discount")
            amount = one.amount_minor * den
            num = max(0, num - amount) if num >= 0 else min(0, num + amount)
            yield one, (num, den)


def _taxed(amount: int, taxes: tuple[Tax, ...], currency: str, rounding: Rounding) -> tuple[int, int, tuple[int, ...]]:
    """Return net, tax and each tax of a rounded price; an increment is for prices, so taxes take the mode alone."""
    if not taxes:
        return amount, 0, ()
    mode = rounding if rounding.increment is None else Rounding(rounding.mode)
    net, each = _tax.reckon(amount, taxes, currency, mode)
    return net, sum(each), each


# ------------------------------------------------------------------------------------------------------------ the door


def _unit_price(value: Any, currency: str | None) -> tuple[tuple[int, int], str]:
    """Return a price as an exact ratio of minor units, and its currency."""
    if isinstance(value, Money):
        code = money.currency_of(value)
        if currency is not None and currency != code:
            raise _gate.mismatch(currency, code, "unit_price")
        try:
            return (money.to_minor(value, name="unit_price"), 1), code
        except money.InvalidAmount:  # more digits than the currency has: a price may have them
            value = value.amount
    elif currency is None:
        raise money.CurrencyMismatch("a unit price needs a currency", 'Pass currency="EUR", or the price as a Money.')
    else:
        code = currency
    exact = money.number(value, name="unit_price")
    scale: int = 10 ** money.exponent(code)
    scaled = exact * scale
    return (scaled.numerator, scaled.denominator), ids.checked(code)


def _quantity(value: Any) -> tuple[int, int]:
    exact = money.quantity(value)
    return exact.numerator, exact.denominator


def _host_kind(kind: Any) -> LineKind:
    found = choice(kind, LineKind, name="kind")
    if found is LineKind.ROUNDING:
        raise InvalidArgument("a rounding line is made by the document alone", "Pass kind=LineKind.CREDIT.")
    return found


def _refuse_negative(kind: LineKind, many: tuple[int, int], price: tuple[int, int] | None) -> None:
    if kind is LineKind.SALE and many[0] < 0:
        shown = money.exact_text(Fraction(*many))
        raise money.InvalidQuantity(f"quantity {shown} is below zero on a line that is no credit", _credit("quantity"))
    if kind is LineKind.SALE and price is not None and price[0] < 0:
        raise money.InvalidAmount("unit_price is below zero on a line that is no credit", _credit("price"))


def _refuse_negative_figures(kind: LineKind, net: int, each: tuple[int, ...]) -> None:
    if kind is LineKind.SALE and (net < 0 or min(each, default=0) < 0):
        raise money.InvalidAmount("an amount is below zero on a line that is no credit", _credit("amount"))


def _refuse_other_currency(currency: str, taxes: tuple[Tax, ...], discounts: tuple[Discount, ...]) -> None:
    named = [(f"tax {one.id!r}", one.currency) for one in taxes] + [("a discount", off.currency) for off in discounts]
    for what, found in named:
        if found is not None and found != currency:
            raise _gate.mismatch(currency, found, what)


def _credit(what: str) -> str:
    return f"Correct the {what}, or pass kind=transactions.LineKind.CREDIT."


def _stored_taxes(tax: Any, amounts: Any, taxes: tuple[Tax, ...], currency: str) -> tuple[int, ...]:
    total = None if tax is None else _gate.bounded(money.to_minor(tax, currency=currency, name="tax"), "tax")
    if amounts is None:
        each: tuple[int, ...] = () if not taxes else (total or 0,)
    else:
        listed = _gate.listed(amounts, "tax_amounts", "Pass one Money for each tax.")
        each = tuple(_gate.bounded(money.to_minor(one, currency=currency, name="tax_amounts"), "tax") for one in listed)
    if len(each) != len(taxes):
        raise TotalsDiffer(f"{len(taxes)} taxes have {len(each)} amounts", "Pass tax_amounts, one for each tax.")
    if total is not None and total != sum(each):
        shown = money.minor_text(sum(each), currency)
        raise TotalsDiffer(f"tax is {money.minor_text(total, currency)} and its parts sum to {shown}", "Correct one.")
    return each


# ------------------------------------------------------------------------------------------------------------- the trail


def _steps(one: Line) -> Iterator[trail.Raw]:
    yield from _price_steps(one)
    price = money.minor_text(price_minor(one), one.currency)
    net = money.minor_text(one.net_minor, one.currency)
    rated = tuple(tax for tax in one.taxes if tax.amount_minor is None)
    reckoned = iter(_taxed(price_minor(one), rated, one.currency, one.rounding)[2])
    for tax, minor in zip(one.taxes, one.tax_minors, strict=True):
        share = money.minor_text(minor, one.currency)
        if minor != (next(reckoned) if tax.amount_minor is None else _signed(tax.amount_minor, minor)):
            yield SHARE, tax.id, net, share
        elif tax.amount_minor is not None:
            yield ANSWERED, tax.id, net, share
        elif tax.inclusive:
            yield INCLUDED, tax.id, tax.rate, price, share
        else:
            yield ON_TOP, tax.id, tax.rate, net, share


def _signed(answered: int, minor: int) -> int:
    """An answer as it stands on the line, or on its mirror image."""
    return answered if (answered < 0) is (minor < 0) else -answered


def _price_steps(one: Line) -> Iterator[trail.Raw]:
    currency, price, unit = one.currency, money.minor_text(price_minor(one), one.currency), one.unit_price
    if unit is None or one._price is None:
        yield DIFFERENCE if one.kind is LineKind.ROUNDING else GIVEN, price
        return
    num, den = one._price[0] * one._quantity[0], one._price[1] * one._quantity[1]
    shown = _words.exact(*_least(num, den), currency)
    yield PRICED, one.quantity, unit, currency, shown
    for off, left in _taken_off(num, den, one.discounts, currency):
        before, shown = shown, _words.exact(*_least(*left), currency)
        yield DISCOUNTED, _off(off), before, shown
    if shown != price:
        yield ROUNDED, shown, one.rounding.mode, price


def _least(num: int, den: int) -> tuple[int, int]:
    return Fraction(num, den).as_integer_ratio()


def _off(discount: Discount) -> str:
    if discount.percent is not None:
        return money.percent_text(discount.percent)
    return "" if discount.amount is None else money.text(discount.amount)
