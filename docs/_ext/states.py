"""
``{life-cycle} transactions.LIFECYCLE`` draws a state table: a diagram and the table itself, made from the table at every build.

The diagram is SVG written here, so that it needs no program and no network. States stand in a row, in the order of the table; an event
is an arc from state to state; a final state has a double border.
"""

import html
import importlib
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

WIDE, HIGH, GAP, LANE = 110, 34, 60, 26


def diagram(table: Any) -> str:
    """Return the diagram of a state table as SVG."""
    places = {state: GAP // 2 + place * (WIDE + GAP) for place, state in enumerate(table.steps)}
    arcs = [(state, str(event), to) for state, row in table.steps.items() for event, to in row.items()]
    above = HIGH + LANE * (len(arcs) + 1)
    parts = [*_arcs(arcs, places, above), *(_box(state, x, above, final=not table.steps[state]) for state, x in places.items())]
    width, height = len(places) * (WIDE + GAP), above + HIGH + 20
    return (
        f'<svg role="img" aria-label="Life cycle of {html.escape(table.name)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" style="max-width:100%;height:auto" font-size="13" text-anchor="middle" fill="currentColor" '
        f'stroke="none"><defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>{"".join(parts)}</svg>'
    )


def _box(state: Any, x: int, y: int, *, final: bool) -> str:
    inner = f'<rect x="{x + 3}" y="{y + 3}" width="{WIDE - 6}" height="{HIGH - 6}" rx="5"/>' if final else ""
    return (
        f'<g fill="none" stroke="currentColor"><rect x="{x}" y="{y}" width="{WIDE}" height="{HIGH}" rx="8"/>{inner}</g>'
        f'<text x="{x + WIDE // 2}" y="{y + 22}">{html.escape(str(state))}</text>'
    )


def _arcs(arcs: list[tuple[Any, str, Any]], places: dict[Any, int], bottom: int) -> Iterator[str]:
    leaving = dict.fromkeys(places, 0)
    for lane, (state, event, to) in enumerate(arcs):
        leaving[state] += 1
        start = places[state] + WIDE // 2 + 12 * leaving[state]
        end = places[to] + WIDE // 2 - 12 - 6 * lane % (WIDE // 2)
        top = bottom - LANE * (lane + 1)
        yield (
            f'<path d="M{start} {bottom}V{top}H{end}V{bottom}" fill="none" stroke="currentColor" marker-end="url(#arrow)"/>'
            f'<text x="{(start + end) // 2}" y="{top - 5}">{html.escape(event)}</text>'
        )


class LifeCycle(SphinxDirective):
    """``{life-cycle} transactions.LIFECYCLE``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Draw the table and list it."""
        front, _, name = self.arguments[0].partition(".")
        table = getattr(importlib.import_module(f"ledgerkit.{front}"), name)
        return [nodes.raw("", f"<p>{diagram(table)}</p>", format="html"), _listed(table)]


def _listed(table: Any) -> nodes.table:
    rows = [(str(state), str(event), str(to)) for state, row in table.steps.items() for event, to in row.items()]
    rows += [(str(state), "", "final") for state, row in table.steps.items() if not row]
    body = nodes.tbody("", *(_row(row) for row in rows))
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in range(3)), cols=3)
    group += [nodes.thead("", _row(("state", "event", "next state"))), body]
    return nodes.table("", group)


def _row(cells: tuple[str, ...]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text=cell)) for cell in cells))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("life-cycle", LifeCycle)
    return {"parallel_read_safe": True}
