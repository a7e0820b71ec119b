"""The invariants of documents: I09, I10 and the life cycle, over any lines."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ledgerkit import money, pricing, states, transactions
from ledgerkit.transactions import LIFECYCLE, Action, Kind, Line, LineKind, State, Tax, Totals, Transaction

SETTLED = st.integers(-(10**9), 10**9)
RATES = st.fractions(0, 1, max_denominator=1000) | st.sampled_from(["0%", "7%", "7.7%", "19%", "20%", "100%"])
ON = date(2026, 3, 1)


@st.composite
def taxes(draw: st.DrawFn, *, inclusive: st.SearchStrategy[bool] = st.booleans()) -> list[Tax]:  # noqa: B008
    """Up to four taxes of any rate, on top or within."""
    rates = draw(st.lists(RATES, max_size=4))
    return [transactions.tax(f"t{place}", rate, inclusive=draw(inclusive)) for place, rate in enumerate(rates)]


@st.composite
def lines(draw: st.DrawFn, *, currency: str = "EUR", sign: int | None = None) -> Line:
    """A line of any price, quantity, discounts and taxes; below zero it is a credit line."""
    price = draw(st.decimals(0, 10**6, places=4, allow_nan=False, allow_infinity=False))
    quantity = draw(st.fractions(0, 1000, max_denominator=12))
    below = draw(st.booleans()) if sign is None else sign < 0
    off = draw(st.lists(st.fractions(0, 1, max_denominator=100).map(pricing.percent_off), max_size=2))
    return transactions.line(
        "x", unit_price=-price if below else price, quantity=quantity, currency=currency, discounts=off, taxes=draw(taxes()),
        kind=LineKind.CREDIT if below else LineKind.SALE, product=draw(st.sampled_from([None, "p", "q"])),
    )  # fmt: skip


@given(st.lists(lines(), min_size=1, max_size=8), st.sampled_from(Totals))
def test_i09_a_document_is_the_sum_of_the_lines_it_shows(several: Sequence[Line], totals: Totals) -> None:
    """Whatever is rounded where, what is shown adds up, by product and by tax as well."""
    found = transactions.invoice("INV-1", several, totals=totals)

    assert found.net_minor == sum(one.net_minor for one in found.lines) == sum(net for _, net in found.net_by_product)
    assert found.tax_minor == sum(one.tax_minor for one in found.lines) == sum(tax for _, tax in found.tax_by_id)
    assert found.total_minor == found.net_minor + found.tax_minor == sum(one.gross_minor for one in found.lines)
    assert found.total_minor >= 0


@given(st.lists(lines(sign=1), min_size=1, max_size=8))
def test_i09_rounding_follows_the_policy(several: Sequence[Line]) -> None:
    """Per line: the sum of rounded lines. Per document: the exact sum, rounded once, within a unit for prices that hold a tax."""
    by_line = transactions.invoice("INV-1", several)
    whole = transactions.invoice("INV-1", several, totals=Totals.PER_DOCUMENT)
    exact = Fraction(0)
    for one in several:
        inside = sum((tax.rate for tax in one.taxes if tax.inclusive), Fraction(0))
        left = Fraction(1)
        for off in one.discounts:
            left *= 1 - (off.percent or 0)
        assert one.unit_price is not None
        exact += one.quantity * one.unit_price * left * 100 / (1 + inside)

    assert by_line.net_minor == sum(one.net_minor for one in several)
    assert abs(whole.net_minor - exact) <= 1
    if not any(tax.inclusive for one in several for tax in one.taxes):
        assert abs(whole.net_minor - exact) <= Fraction(1, 2)
    difference = [one for one in whole.lines if one.kind is LineKind.ROUNDING]
    assert sum(one.gross_minor for one in difference) == whole.total_minor - by_line.total_minor


@given(SETTLED, taxes(inclusive=st.just(True)))
def test_i10_inclusive_net_and_tax_are_the_gross(minor: int, within: list[Tax]) -> None:
    """Net and tax make the gross exactly; none of them has the other sign."""
    one = transactions.line("x", unit_price=money.from_minor(minor, "EUR"), taxes=within, kind=LineKind.CREDIT)

    assert one.gross_minor == minor
    assert one.net_minor + sum(one.tax_minors) == minor
    assert all(share * minor >= 0 for share in (one.net_minor, *one.tax_minors))


@given(SETTLED, RATES)
def test_i10_there_and_back_differs_by_one_unit_at_most(minor: int, rate: str | Fraction) -> None:
    """Net to gross to net: at most one unit, never another sign."""
    on_top, within = transactions.tax("VAT", rate), transactions.tax("VAT", rate, inclusive=True)
    there = transactions.line("x", unit_price=money.from_minor(minor, "EUR"), taxes=[on_top], kind=LineKind.CREDIT)
    back = transactions.line("x", unit_price=there.gross, taxes=[within], kind=LineKind.CREDIT)

    assert abs(back.net_minor - minor) <= 1
    assert back.net_minor * minor >= 0


@given(st.lists(lines(), min_size=1, max_size=8), st.sampled_from(Totals))
def test_i10_taxes_by_id_are_the_documents_tax(several: Sequence[Line], totals: Totals) -> None:
    """Tax per rate sums to the tax of the document, over all lines that bear it."""
    found = transactions.invoice("INV-1", several, totals=totals)
    by_id: dict[str, int] = {}
    for one in found.lines:
        for tax, minor in zip(one.taxes, one.tax_minors, strict=True):
            by_id[tax.id] = by_id.get(tax.id, 0) + minor

    assert by_id == dict(found.tax_by_id)
    assert sum(by_id.values()) == found.tax_minor


@given(lines())
def test_mirrored_lines_are_mirror_images(one: Line) -> None:
    """A credit note of what an invoice would have been has the same figures."""
    negated = transactions.invoice("INV-1", [one, one])
    figures = (one.net_minor * 2, one.tax_minor * 2)

    assert (abs(figures[0]), abs(figures[1])) == (negated.net_minor, negated.tax_minor)
    assert negated.kind is (Kind.CREDIT_NOTE if sum(figures) < 0 else Kind.INVOICE)


@given(st.lists(lines(), min_size=1, max_size=6), st.data())
def test_write_offs_of_parts_add_up(several: Sequence[Line], data: st.DataObject) -> None:
    """Net and tax of what is written off are the open amount, and the whole is the document again."""
    draft = transactions.invoice("INV-1", several)
    document = transactions.posted(draft, account="ACME", number="1", posted_on=ON, due_on=ON)  # type: ignore[arg-type]
    part = data.draw(st.integers(0, document.total_minor))
    names = {"id": "WO-1", "kind": Kind.WRITE_OFF, "reason": None, "number": "2", "posted_on": ON}
    lost = transactions.mirror(document, **names, total_minor=part)  # type: ignore[arg-type]
    whole = transactions.mirror(document, **names)  # type: ignore[arg-type]

    assert part == lost.total_minor == lost.net_minor + lost.tax_minor == sum(one.gross_minor for one in lost.lines)
    assert (document.net_minor, document.tax_minor) == (whole.net_minor, whole.tax_minor)
    if document.total_minor:
        assert abs(lost.tax_minor - Fraction(document.tax_minor * part, document.total_minor)) <= Fraction(1, 2)


@given(st.lists(lines(), min_size=1, max_size=6), st.sampled_from(Totals))
def test_stored_documents_come_back(several: Sequence[Line], totals: Totals) -> None:
    """Columns and lines, stored and read, make the same transaction; and every one explains itself."""
    draft = transactions.invoice("INV-1", several, totals=totals)
    made = transactions.posted(draft, account="ACME", number="1", posted_on=ON, due_on=ON)  # type: ignore[arg-type]
    rows = [
        Line(
            text=one.text, kind=one.kind, net=one.net, taxes=one.taxes, tax_amounts=one.tax_amounts, product=one.product,
            quantity=one.quantity, unit_price=one.unit_price, discounts=one.discounts,
        )
        for one in made.lines
    ]  # fmt: skip

    assert made == Transaction(
        id="INV-1", kind=made.kind, account="ACME", number="1", posted_on=ON, due_on=ON, total=made.total, lines=rows
    )
    assert made.explain().startswith(str(made))


@given(st.sampled_from(State), st.sampled_from(Action))
def test_i34_only_the_documented_steps(state: State, event: Action) -> None:
    """Every other event is refused, and the error lists what is allowed."""
    row = LIFECYCLE.steps[state]
    try:
        found = states.advance(LIFECYCLE, state, event)
    except states.InvalidTransition as error:
        assert event not in row
        assert error.allowed == tuple(row)
    else:
        assert found is row[event]
