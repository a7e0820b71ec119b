"""Tables: columns in; text, HTML and rows out."""

import pytest

from ledgerkit.errors import UsageError
from ledgerkit.tables import Grid

OPEN = Grid(
    title="Open in EUR", columns=["who", "open"], rows=[("ACME", "1,025.00"), ("Müller & Söhne <AG>", 1)], notes=["as of today"]
)


def test_words_stand_left_and_figures_right():
    """A column of figures lines up at the cent."""
    shown = (
        "Open in EUR\nwho                      open\nACME                 1,025.00\nMüller & Söhne <AG>         1\nas of today"
    )

    assert shown == str(OPEN)


def test_a_table_without_title_or_rows_is_its_header():
    """Nothing is invented."""
    assert "who  open" == str(Grid(title="", columns=("who", "open"), rows=[]))


def test_rows_go_out_by_column_name():
    """What a data frame reads."""
    assert [{"who": "ACME", "open": "1,025.00"}, {"who": "Müller & Söhne <AG>", "open": "1"}] == OPEN.to_rows()


def test_texts_are_escaped_in_html():
    """A customer's name cannot become markup."""
    shown = OPEN.to_html()

    assert "Müller &amp; Söhne &lt;AG&gt;" in shown
    assert "<caption>Open in EUR</caption>" in shown
    assert '<td style="text-align:right">1,025.00</td>' in shown
    assert "<p>as of today</p>" in shown


def test_a_row_has_one_cell_a_column():
    """A short row is refused when the table is made."""
    with pytest.raises(UsageError, match="not as long"):
        Grid(title="", columns=("who", "open"), rows=[("ACME",)])
