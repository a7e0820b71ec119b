"""Shares of a posted document: net and taxes of a part of its total."""

from collections.abc import Iterable
from operator import sub
from typing import TypeAlias

from moneyed import Money

from ledgerkit import ids, money
from ledgerkit.errors import InvalidArgument, RuleError
from ledgerkit.transactions import _gate, _line
from ledgerkit.transactions._draft import credit_note
from ledgerkit.transactions._kinds import Kind, LineKind
from ledgerkit.transactions._line import Line
from ledgerkit.transactions._tax import Tax
from ledgerkit.transactions._types import Draft, Transaction

# A product, and the taxes on it.
_Group: TypeAlias = tuple[str | None, tuple[Tax, ...]]


class CreditExceedsInvoice(RuleError, ValueError):
    """A credit note is of more than is left of an invoice; :attr:`left` is what there is."""

    invoice: str
    left: Money
    requested: Money

    def __init__(self, invoice: str, left_minor: int, requested_minor: int, currency: str) -> None:
        self.invoice = invoice
        self.left, self.requested = money.from_minor(left_minor, currency), money.from_minor(requested_minor, currency)
        super().__init__(
            f"cannot credit {money.minor_text(requested_minor, currency)} of {invoice}: "
            f"only {money.minor_text(left_minor, currency)} of it is not credited yet",
            "Lower the amount, or leave it out to credit the rest.",
        )


def credit_of(
    invoice: Transaction,
    /,
    *,
    id: str,
    amount: Money | None = None,
    credited: Money | None = None,
    reason: str | None = None,
) -> Draft:
    """
    Draft a credit note over a part of an invoice, its net and taxes shared as the invoice has them.

    Each tax is what is due of it through this credit less what was due before, rounded half up; the net is the rest. So the credit
    notes of an invoice never exceed it, and the last one absorbs the cent.

    Args:
        invoice: A posted invoice or debit note.

        id: Of the credit note.

        amount: How much of its total, taxes included; all that is left when left out.

        credited: What earlier credit notes took off its lines; ``receivables.credit`` knows it.

        reason: Why, in the user's words.

    Raises:
        CreditExceedsInvoice: More than is left of it.
        InvalidAmount: An amount is below zero.

    Source:
        docs/rules/transactions.md, rule T-9.

    >>> from datetime import date
    >>> from ledgerkit import transactions
    >>> sale = transactions.invoice("INV-7", money.of("100.00 EUR"), taxes=[transactions.tax("VAT", "20%", inclusive=True)])
    >>> sold = transactions.posted(sale, account="ACME", number="7", posted_on=date(2026, 3, 1), due_on=None)
    >>> note = credit_of(sold, id="CN-1", amount=money.of("60.00 EUR"))
    >>> [money.text(amount) for amount in (note.net, note.tax, note.total)]
    ['50.00 EUR', '10.00 EUR', '60.00 EUR']
    """
    _gate.record(invoice, Transaction, "invoice", "Pass one of account.transactions.")
    if invoice.kind not in (Kind.INVOICE, Kind.DEBIT_NOTE):
        raise InvalidArgument(f"{invoice.id} is a {invoice.kind.words}", "Credit an invoice or a debit note.")
    before = 0 if credited is None else money.to_minor(credited, currency=invoice.currency, name="credited")
    left = invoice.total_minor - before
    part = left if amount is None else money.to_minor(amount, currency=invoice.currency)
    for name, minor in (("amount", part if amount is not None else 0), ("credited", before)):
        if minor < 0:
            raise money.InvalidAmount(
                f"{name} is {money.minor_text(minor, invoice.currency)}", "Pass an amount of zero or more."
            )
    if part > left or left < 0:
        raise CreditExceedsInvoice(invoice.id, left, part, invoice.currency)
    lines = shared_lines(invoice, before + part, after=before, text=f"credit of {invoice.id}", source=invoice.id)
    return credit_note(id, lines, against=[invoice.id], reason=reason, currency=invoice.currency)


def share_of(document: Transaction, amount: Money, /, *, text: str, after: Money | None = None) -> tuple[Line, ...]:
    """
    Return the lines of a part of a document: net and taxes pro rata to its own lines.

    There is one line a product and set of taxes, and the lines sum to *amount*.

    Args:
        document: A posted document.

        amount: The part of its total, taxes included.

        text: Of the lines.

        after: How much of it was shared before, so that several parts sum to the whole, net and taxes each.

    Raises:
        InvalidAmount: It is below zero, or above the total.

    Source:
        docs/rules/transactions.md, rules T-6 and T-9.

    >>> from datetime import date
    >>> from ledgerkit import transactions
    >>> sale = transactions.invoice("INV-7", money.of("100.00 EUR"), taxes=[transactions.tax("VAT", "20%", inclusive=True)])
    >>> sold = transactions.posted(sale, account="ACME", number="7", posted_on=date(2026, 3, 1), due_on=None)
    >>> [(money.text(line.net), money.text(line.tax)) for line in share_of(sold, money.of("60.00 EUR"), text="open part")]
    [('50.00 EUR', '10.00 EUR')]
    """
    _gate.record(document, Transaction, "document", "Pass one of account.transactions.")
    minor = money.to_minor(amount, currency=document.currency)
    before = 0 if after is None else money.to_minor(after, currency=document.currency, name="after")
    if minor < 0 or not 0 <= before <= document.total_minor - minor:
        whole = money.minor_text(document.total_minor, document.currency)
        raise money.InvalidAmount(f"amount is {money.text(amount)} of {whole}", "Share a part of the total.")
    return shared_lines(document, before + minor, after=before, text=ids.text(text, name="text"))


def shared_lines(
    of: Transaction, upto: int, /, *, text: str, after: int = 0, source: ids.TransactionId | None = None
) -> tuple[Line, ...]:
    """
    Return the lines of a part of a document: its share through *upto* less its share through *after*, in minor units of the total.

    There is one line a product and set of taxes. Taxes are shared first, cumulatively, then net, so that both sums are exact.
    """
    if not of.total_minor:
        return ()
    nets, taxes = _grouped(of.lines)
    flat = [part for each in taxes.values() for part in each]
    ends, starts = (_cumulative(flat, point, of.total_minor) for point in (upto, after))
    net_ends, net_starts = (
        _cumulative(list(nets.values()), point - sum(parts), of.net_minor) for point, parts in ((upto, ends), (after, starts))
    )
    shares = iter(map(sub, ends, starts))
    each_of = {group: tuple(next(shares) for _ in each) for group, each in taxes.items()}
    found = zip(nets, map(sub, net_ends, net_starts), strict=True)
    return tuple(_share_line(of, text, net, each_of[group], group, source) for group, net in found)


def _grouped(lines: Iterable[Line]) -> tuple[dict[_Group, int], dict[_Group, list[int]]]:
    nets: dict[_Group, int] = {}
    taxes: dict[_Group, list[int]] = {}
    for one in lines:
        group = one.product, one.taxes
        nets[group] = nets.get(group, 0) + one.net_minor
        each = taxes.setdefault(group, [0] * len(one.taxes))
        for place, share in enumerate(one.tax_minors):
            each[place] += share
    return nets, taxes


def _share_line(
    of: Transaction, text: str, net: int, each: tuple[int, ...], group: _Group, source: ids.TransactionId | None
) -> Line:
    kind = LineKind.CREDIT if net < 0 or min(each, default=0) < 0 else LineKind.SALE
    return _line.stored(text, kind, of.currency, net, each, group[1], product=group[0], source=source)


def _cumulative(parts: list[int], share: int, whole: int) -> list[int]:
    """Return *share* / *whole* of each part: what is due through it less what was due before it, each rounded half up."""
    done = seen = 0
    found = []
    for part in parts:
        seen += part
        upto = ratio(seen * share, whole)
        found.append(upto - done)
        done = upto
    return found


def ratio(num: int, whole: int) -> int:
    """Return *num* / *whole* rounded half up; of nothing, nothing."""
    return 0 if whole == 0 else money.round_ratio(num if whole > 0 else -num, abs(whole))
