"""The short forms of files and forms."""

from typing import Any

import pytest

from ledgerkit import terms
from ledgerkit.errors import InvalidArgument
from ledgerkit.terms import InvalidTerms, Terms

P: Any = terms  # for what the types forbid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (text, terms.net(30))
            for text in ("net 30", "net30", "NET 30 days", " Net  30 ", "30 days", "n/30", "net-30", "Net/30")
        ),
        *(
            (text, terms.net(0))
            for text in ("due on receipt", "on receipt", "upon receipt", "receipt", "immediate", "net 0", "cash")
        ),
        *(
            (text, terms.net_then_eom(30))
            for text in ("30 eom", "30 EOM", "net 30 eom", "30 days eom", "30 days then eom", "30eom")
        ),
        *((text, terms.eom_then_net(30)) for text in ("eom 30", "EOM+30", "eom + 30 days", "eom then 30", "eom30")),
        ("eom", terms.end_of_month()),
        ("1 month", terms.months(1)),
        ("2 months", terms.months(2)),
    ],
)
def test_short_forms_are_read(text: str, expected: Terms):
    """Whatever the case and the blanks."""
    assert expected == terms.parse(text)
    assert expected == terms.parse(expected.text)


@pytest.mark.parametrize("text", ["2/10 net 30", "2%/10 net 30", "2/10, net 30", "2 / 10 NET30", "2/10 n/30"])
def test_an_early_discount_stands_before(text: str):
    """Two percent off within ten days."""
    expected = terms.with_early_discount(terms.net(30), terms.early_discount("2%", within_days=10))

    assert expected == terms.parse(text) == terms.parse(expected.text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "net",
        "net thirty",
        "30",
        "30 60",
        "net 30 or so",
        "eom 30 eom",
        "2/10",
        "net -30",
        "net 3.5",
        "٣٠ days",
        "net 99999",
        "x" * 200,
    ],
)
def test_what_is_not_known_is_refused(text: str):
    """With the forms that are."""
    with pytest.raises(InvalidTerms):
        terms.parse(text)


def test_the_refusal_lists_the_forms():
    """And shows what was written, not all of a long one."""
    with pytest.raises(InvalidTerms) as caught:
        terms.parse("60 fin de mois " * 100)

    assert str(caught.value).startswith(
        '\'60 fin de mois 60 fin de mois 60 fin de \' are no terms that are known. Write "net 30", "30 eom"'
    )


def test_a_discount_of_more_than_everything_is_refused():
    """As the rate it is."""
    with pytest.raises(ValueError, match="rate is not between 0 and 1"):
        terms.parse("200/10 net 30")


def test_terms_are_read_from_a_text():
    """Not from a number."""
    with pytest.raises(InvalidArgument, match="text is an int"):
        P.parse(30)
