"""
The one renderer of bulk results: columns in, plain text, HTML or rows out.

Results keep columns of figures and show themselves through a :class:`Grid`; export and filters belong to ``ledgerkit.reports``.
"""

import html
from collections.abc import Iterable, Sequence
from typing import final

import attrs

from ledgerkit import _front
from ledgerkit.errors import UsageError

__all__ = ["Grid"]


def _texts(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(cells)


def _text_rows(rows: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(cell) for cell in row) for row in rows)


@final
@attrs.frozen(kw_only=True)
class Grid:
    """
    A small table of texts: a title, column names, rows, and how many columns on the left hold words rather than figures.

    >>> print(Grid(title="Open in EUR", columns=("who", "open"), rows=[("ACME", "25.00"), ("Ltd", "1.00")]))
    Open in EUR
    who    open
    ACME  25.00
    Ltd    1.00
    """

    title: str
    columns: Sequence[str] = attrs.field(converter=_texts)
    rows: Sequence[Sequence[str]] = attrs.field(converter=_text_rows)
    words: int = 1
    notes: Sequence[str] = attrs.field(default=(), converter=_texts)

    def __attrs_post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise UsageError("a row is not as long as the header", "Give every row one cell a column.")

    def __str__(self) -> str:
        widths = [max(map(len, column)) for column in zip(self.columns, *self.rows, strict=True)]
        body = [self._line(row, widths) for row in (self.columns, *self.rows)]
        return "\n".join([*([self.title] if self.title else []), *body, *self.notes])

    def _line(self, row: Sequence[str], widths: Sequence[int]) -> str:
        left = [cell.ljust(width) for cell, width in zip(row[: self.words], widths, strict=False)]
        right = [cell.rjust(width) for cell, width in zip(row[self.words :], widths[self.words :], strict=True)]
        return "  ".join([*left, *right]).rstrip()

    def to_rows(self) -> list[dict[str, str]]:
        """Return one mapping a row, by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_html(self) -> str:
        """Return an HTML table with a caption; every text in it is escaped."""
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.columns)
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        caption = f"<caption>{html.escape(self.title)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"

    def _cells(self, row: Sequence[str]) -> str:
        texts = (html.escape(cell) for cell in row)
        return "".join(
            f'<th scope="row">{text}</th>' if place < self.words else f'<td style="text-align:right">{text}</td>'
            for place, text in enumerate(texts)
        )


_front.publish(globals())
