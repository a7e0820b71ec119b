"""A document's figures: the sums of its lines, and what rounding the whole makes of them."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, Final

from moneyed import Money

from ledgerkit import money, trail
from ledgerkit.errors import RuleError
from ledgerkit.transactions import _gate, _line, _tax, _words
from ledgerkit.transactions._kinds import LineKind
from ledgerkit.transactions._line import Line
from ledgerkit.transactions._tax import Tax


class NegativeTotal(RuleError, ValueError):
    """A document's total would be below zero."""

    id: str
    total: Money

    def __init__(self, id: str, minor: int, currency: str) -> None:
        self.id, self.total = id, money.from_minor(minor, currency)
        shown, owed = money.minor_text(minor, currency), money.minor_text(-minor, currency)
        remedy = f"Make a credit note of {owed}, or let an invoice become one: negative=Negative.CREDIT_NOTE."
        super().__init__(f"the total of {id} is {shown}, and no document is negative", remedy)


SUMMED = trail.Rule(
    name="transactions.total",
    version=1,
    fields=("net", "tax", "total"),
    says=lambda net, tax, total: f"net {net} + tax {tax} = {total}",
)

ROUNDED_ONCE = trail.Rule(
    name="transactions.per-document",
    version=1,
    fields=("exact", "net"),
    says=lambda exact, net: f"the exact lines sum to {exact}: net {net}, rounded half up",
)

# Currency, lines or None for a plain amount, net, tax, total, net by product, tax by id: the order of the records' fields.
Figures = tuple[str, tuple[Line, ...] | None, int, int, int, tuple[Any, ...], tuple[Any, ...]]
CURRENCY: Final = 0
LINES: Final = 1
NET: Final = 2
TAX: Final = 3
TOTAL: Final = 4


def not_negative(id: str, figures: Figures) -> Figures:
    """Return the figures of any document but an invoice, which has other ways out."""
    if figures[TOTAL] < 0:
        raise NegativeTotal(id, figures[TOTAL], figures[CURRENCY])
    return figures


def of_amount(minor: int, currency: str) -> Figures:
    """Return the figures of a plain amount: one untaxed line, not made before somebody looks at it."""
    return currency, None, minor, 0, minor, ((None, minor),), ()


def summed(lines: tuple[Line, ...], currency: str | None) -> Figures:
    """
    Return the figures of a document: the sums of its lines.

    Raises:
        CurrencyMismatch: A line is in another currency, or there is neither line nor currency.
    """
    if currency is None:
        currency = _currency_of_first(lines)
    if len(lines) == 1 and len(lines[0].taxes) < 2 and lines[0].currency == currency:
        return _summed_one(lines, currency)
    net = tax = 0
    by_product: dict[str | None, int] = {}
    by_id: dict[str, int] = {}
    for place, one in enumerate(lines):
        if one.currency != currency:
            raise _gate.mismatch(currency, one.currency, f"lines[{place}]")
        net += one.net_minor
        tax += one.tax_minor
        by_product[one.product] = by_product.get(one.product, 0) + one.net_minor
        if one.taxes:
            for applied, share in zip(one.taxes, one.tax_minors, strict=True):
                by_id[applied.id] = by_id.get(applied.id, 0) + share
    return currency, lines, net, tax, net + tax, tuple(by_product.items()), tuple(by_id.items())


def _summed_one(lines: tuple[Line, ...], currency: str) -> Figures:
    """The same for the usual document of one line and one tax at most, without tables."""
    one = lines[0]
    net, tax = one.net_minor, one.tax_minor
    return currency, lines, net, tax, net + tax, ((one.product, net),), ((one.taxes[0].id, tax),) if one.taxes else ()


def _currency_of_first(lines: Sequence[Line]) -> str:
    if not lines:
        raise money.CurrencyMismatch("a document without lines has no currency", 'Say it: currency="EUR".')
    return lines[0].currency


def steps(document: Any) -> Iterator[trail.Raw]:
    """Give the document's own steps: what became of it, the one rounding if it was rounded as a whole, then its sum."""
    yield from document._why
    currency, lines = document.currency, None if document.plain else document.lines
    if lines is not None:
        if lines and lines[-1].kind is LineKind.ROUNDING:
            exact = _exact_net(lines[:-1])
            shown = _words.exact(exact.numerator, exact.denominator, currency)
            yield ROUNDED_ONCE, shown, money.minor_text(document.net_minor, currency)
        figures = (document.net_minor, document.tax_minor, document.total_minor)
        yield (SUMMED, *(money.minor_text(minor, currency) for minor in figures))


def by_tax(lines: Iterable[Line]) -> dict[Tax, int]:
    """Return what each tax comes to over all lines, in order of appearance."""
    found: dict[Tax, int] = {}
    for one in lines:
        for applied, share in zip(one.taxes, one.tax_minors, strict=True):
            found[applied] = found.get(applied, 0) + share
    return found


# ------------------------------------------------------------------------------------------- rounded once, per document

# A sum of exact ratios, kept by denominator: linear in the number of lines, exact, and reduced once.
Exact = dict[int, int]


def _add(total: Exact, num: int, den: int) -> None:
    total[den] = total.get(den, 0) + num


def _sum(total: Exact) -> Fraction:
    return sum((Fraction(num, den) for den, num in total.items()), Fraction(0))


def rounding_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """
    Return the line that brings per-line figures to those of the whole document, or none if they agree.

    Net: the exact lines summed, then rounded. Tax on top: each rate on the exact net it applies to, summed, then rounded. Tax
    within prices: the rounded gross sum less the rounded net sum, shared by largest remainder. Answered taxes stay.
    Source: docs/rules/lines-and-totals.md, rule L-4.
    """
    if not lines:
        return ()
    net, each = _of_document(lines)
    net -= sum(one.net_minor for one in lines)
    shown = by_tax(lines)
    differ = {tax: minor - shown[tax] for tax, minor in each.items() if minor != shown[tax]}
    if not net and not differ:
        return ()
    return (
        _line.stored(
            "rounding of the document", LineKind.ROUNDING, lines[0].currency, net, tuple(differ.values()), tuple(differ)
        ),
    )


def _of_document(lines: Sequence[Line]) -> tuple[int, dict[Tax, int]]:
    """Return net and each tax in minor units, rounded once over all lines."""
    plain, within = _exact_nets(lines)
    gross: Exact = {}
    bases: dict[Tax, Exact] = {}
    inside: dict[Tax, Exact] = {}
    for one in lines:
        num, den = _line.exact_price(one)
        included, rates, over, weights = _inside(one)
        if included:
            _add(gross, num, den)
        for tax, weight in zip(included, weights, strict=True):
            _add(inside.setdefault(tax, {}), num * weight, den * (over + rates))
        for tax in one.taxes:
            if not tax.inclusive and tax.amount_minor is None:
                _add(bases.setdefault(tax, {}), num * over * tax.rate_num, den * (over + rates) * tax.rate_den)
    net = _round(_sum(within))
    each = {tax: _round(_sum(base)) for tax, base in bases.items()}
    each |= _shared(_round(_sum(gross)) - net, {tax: _sum(part) for tax, part in inside.items()})
    return net + _round(_sum(plain)), each


def _inside(one: Line) -> tuple[list[Tax], int, int, list[int]]:
    """Return the taxes that the price of a line holds, the sum of their rates, the denominator, and each rate over it."""
    included = [tax for tax in one.taxes if tax.inclusive]
    return (included, *_tax.weighed(included)) if included else (included, 0, 1, [])


def _exact_nets(lines: Sequence[Line]) -> tuple[Exact, Exact]:
    """Return the exact nets of the lines whose price is net, and of those whose price holds a tax."""
    plain: Exact = {}
    within: Exact = {}
    for one in lines:
        num, den = _line.exact_price(one)
        included, rates, over, _weights = _inside(one)
        _add(within if included else plain, num * over, den * (over + rates))
    return plain, within


def _exact_net(lines: Sequence[Line]) -> Fraction:
    plain, within = _exact_nets(lines)
    return _sum(plain) + _sum(within)


def _round(exact: Fraction) -> int:
    return money.round_ratio(exact.numerator, exact.denominator)


def _shared(total: int, parts: dict[Tax, Fraction]) -> dict[Tax, int]:
    """Share rounded tax over exact parts; where signs are mixed, each is rounded and the last takes the rest."""
    if not parts:
        return {}
    if all(part >= 0 for part in parts.values()) and any(parts.values()):
        den = lcm(*(part.denominator for part in parts.values()))
        weights = [part.numerator * (den // part.denominator) for part in parts.values()]
        return dict(zip(parts, money.split_minor(total, weights), strict=True))
    *head, last = parts
    found = {tax: _round(parts[tax]) for tax in head}
    return found | {last: total - sum(found.values())}
