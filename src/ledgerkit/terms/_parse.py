"""The short forms in which terms stand in files and on forms."""

import re
from collections.abc import Callable
from typing import Any, Final

from ledgerkit import _front
from ledgerkit.errors import InvalidArgument
from ledgerkit.terms._make import early_discount, end_of_month, eom_then_net, months, net, net_then_eom, with_early_discount
from ledgerkit.terms._steps import InvalidTerms
from ledgerkit.terms._types import Terms

_LONGEST: Final = 100
_FORMS: Final[tuple[tuple[str, Callable[[int], Terms]], ...]] = (
    (r"(?:due )?(?:on |upon )?receipt|immediate(?:ly)?|cash", lambda _: net(0)),
    (r"(?:net|n/|net-|net/) ?(\d{1,5})(?: days?)?|(\d{1,5}) days?", net),
    (r"(?:net ?)?(\d{1,5}) ?(?:days? )?(?:then )?eom", net_then_eom),
    (r"eom ?\+? ?(?:then )?(\d{1,5})(?: days?)?", eom_then_net),
    (r"eom", lambda _: end_of_month()),
    (r"(\d{1,4}) months?", months),
)
_EARLY: Final = r"(\d{1,3}(?:\.\d{1,4})?) ?%? ?/ ?(\d{1,5}),? (.+)"
_KNOWN: Final = '"net 30", "30 eom" (30 days, then the end of that month), "eom 30" (the end of the month, then 30 days), "eom"'
_ALSO: Final = '"2 months", "due on receipt", and before any of them "2/10" (2 % off within 10 days), as in "2/10 net 30"'


def parse(text: str, /) -> Terms:
    """
    Return the terms that a short form says; case and the number of blanks do not matter.

    The order of the words is the order of the steps: *30 eom* and *eom 30* are two rules. What is not known is refused.

    Args:
        text: Such as ``"net 30"``, ``"30 eom"``, ``"eom 30"``, ``"2/10 net 30"``.

    Raises:
        InvalidTerms: It is no form that is known; the error lists them.
        InvalidArgument: It is not a text.

    Source:
        docs/rules/terms-steps.md, rule U-8.

    >>> print(*map(parse, ["net30", "30 EOM", "eom 30", "2/10 net 30", "Due on receipt"]), sep=", ")
    net 30, 30 eom, eom 30, 2/10 net 30, due on receipt
    """
    if not isinstance(text, str):
        raise InvalidArgument(f"text is {_front.a(text)}", 'Pass a text: terms.parse("net 30").')
    words = " ".join(str.__str__(text)[: _LONGEST + 1].lower().split())
    early = re.fullmatch(_EARLY, words, re.ASCII) if len(words) <= _LONGEST else None
    terms = _plain(early[3] if early else words)
    if terms is None:
        shown = str.__str__(text)[:40]
        raise InvalidTerms(f"{shown!r} are no terms that are known", f"Write {_KNOWN}, {_ALSO}; or make them of steps.")
    return with_early_discount(terms, _offered(early)) if early else terms


def _plain(words: str) -> Terms | None:
    for form, make in _FORMS:
        if found := re.fullmatch(form, words, re.ASCII):
            return make(int(next(filter(None, found.groups()), "0")))
    return None


def _offered(early: Any) -> Any:
    return early_discount(f"{early[1]}%", within_days=int(early[2]))
