"""The HTML report: one file with its charts inside, readable without a network."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from _book import Book, customer_of
from _figures import Figures, Month, explanations, statement_of, told
from _summary import grouped
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ledgerkit import money

mpl.use("svg")
_STYLE: Any = {
    "svg.fonttype": "none",  # text stays text: it can be searched, and the reader's own font shows it
    "svg.hashsalt": "ledgerkit",  # the same book gives the same file
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": "#8a8f98",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": "#e3e6ea",
    "xtick.color": "#454b54",
    "ytick.color": "#454b54",
    "ytick.left": False,
}
_OWED, _FREE = "#2f5d8a", "#d08a2e"
_AGES = ("#7aa6c9", "#e8c268", "#e09f4f", "#cf6f43", "#a83c3c")


def html(book: Book, found: Sequence[Figures], title: str) -> str:
    """Return the report as one HTML document."""
    templates = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=templates, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    account = told(book)
    return environment.get_template("receivables.html.j2").render(
        title=title,
        currencies=[_section(figures) for figures in found],
        statement=None if account is None else Markup(statement_of(account)._repr_html_()),
        account=account,
        why=[] if account is None else explanations(account),
    )


def _section(found: Figures) -> dict[str, Any]:
    currency = found.currency

    def text(minor: int) -> str:
        return grouped(minor, currency)

    return {
        "currency": currency,
        "as_of": found.as_of,
        "accounts": f"{found.accounts:,}",
        "documents": [(f"{kind.words}s", f"{count:,}", text(minor)) for kind, (count, minor) in sorted(found.counts.items())],
        "totals": [
            ("Balance", text(found.balance)),
            ("Open", text(found.open)),
            ("Allocated", text(found.allocated)),
            ("Unallocated credit", text(found.unallocated)),
        ],
        "aging": [(name, text(money.to_minor(amount))) for name, amount in found.aging.buckets.items()],
        "debtors": [(customer_of(account), text(account.balance_minor)) for account in found.debtors],
        "months": [(month.name, text(month.open), text(month.unallocated)) for month in found.months],
        "by_month": _drawn(lambda axes: _by_month(axes, found.months, currency), f"Receivables by month in {currency}"),
        "by_age": _drawn(lambda axes: _by_age(axes, found), f"Aging in {currency}"),
    }


def _drawn(draw: Callable[[Any], None], label: str) -> Markup:
    """Draw a chart and return it as SVG to stand inside the page."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.2, 3.2), layout="constrained")
        draw(figure.subplots())
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    return Markup('<figure role="img" aria-label="{}">{}</figure>').format(label, Markup(svg[svg.index("<svg") :]))


def _major(minor: int, currency: str) -> float:
    """Return the height of a bar: a chart alone may be inexact."""
    return float(minor / 10 ** money.exponent(currency))


def _short(value: float, _: object = None) -> str:
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:,.3g} {letter}"
    return f"{value:,.3g}"


def _by_month(axes: Any, months: Sequence[Month], currency: str) -> None:
    places = range(len(months))
    owed = [_major(month.open, currency) for month in months]
    free = [-_major(month.unallocated, currency) for month in months]
    axes.bar(places, owed, color=_OWED, width=0.72, label="open at the end of the month")
    axes.bar(places, free, color=_FREE, width=0.72, label="unallocated credit")
    axes.axhline(0, color="#8a8f98", linewidth=0.8)
    step = max(1, len(months) // 13)
    axes.set_xticks(places[::step], [month.name for month in months[::step]], rotation=45, ha="right")
    _money_axis(axes, currency)
    axes.legend(frameon=False, loc="upper left")


def _by_age(axes: Any, found: Figures) -> None:
    buckets = found.aging.buckets
    heights = [_major(money.to_minor(amount), found.currency) for amount in buckets.values()]
    bars = axes.bar(list(buckets), heights, color=_AGES, width=0.72)
    axes.bar_label(bars, labels=[_short(height) for height in heights], padding=2, color="#454b54")
    axes.set_xlabel("days past due")
    axes.margins(y=0.12)
    _money_axis(axes, found.currency)


def _money_axis(axes: Any, currency: str) -> None:
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(_short))
    axes.set_ylabel(currency, color="#454b54")
