"""The host's own types of documents."""

import pickle

import pytest

from ledgerkit import ids, money, transactions
from ledgerkit.errors import InvalidArgument
from ledgerkit.transactions import DuplicateDefault, Kind, MethodNotAllowed, ReasonNotAllowed, Type, WrongKind

eur = money.maker("EUR")
SALE = Type(id="sale", kind=Kind.INVOICE, name="Sale", default=True, rejection_reasons=["entered twice"])
SHOP = Type(id="shop", kind=Kind.PAYMENT, name="Paid in the shop", methods=["cash", "card"], category="retail")
KIND = Type(id="goodwill", kind=Kind.CREDIT_NOTE, name="Goodwill", reasons=["outage", "delay"])
OURS = transactions.types([SALE, SHOP, KIND])


def test_the_type_of_a_draft():
    """The one it names, the default of its kind, or none."""
    bare, named = transactions.invoice("I", eur("1")), transactions.invoice("I", eur("1"), type="sale")

    assert SALE is transactions.type_of(OURS, bare) is transactions.type_of(OURS, named)
    assert transactions.type_of(OURS, transactions.credit_note("C", eur("1"))) is None
    assert transactions.admit(OURS, transactions.credit_note("C", eur("1"))) is None


def test_an_unknown_type():
    """A draft that names what is not there."""
    with pytest.raises(ids.UnknownReference, match="'gift' is not known in the document types"):
        transactions.type_of(OURS, transactions.invoice("I", eur("1"), type="gift"))


def test_admitted():
    """Method and reason as the type allows; any where it names none."""
    paid = transactions.payment("P", eur("1"), method="card", type="shop", reason="whatever")

    assert SHOP is transactions.admit(OURS, paid)
    assert SALE is transactions.admit(OURS, transactions.invoice("I", eur("1")))
    assert KIND is transactions.admit(OURS, transactions.credit_note("C", eur("1"), type="goodwill", reason="delay"))


def test_refused():
    """Each with what was wrong and what is allowed, as fields."""
    with pytest.raises(MethodNotAllowed, match=r"'wire' is no method of type 'shop'\. Use one of cash, card\.") as method:
        transactions.admit(OURS, transactions.payment("P", eur("1"), method="wire", type="shop"))
    with pytest.raises(ReasonNotAllowed, match="type 'goodwill' needs a reason") as missing:
        transactions.admit(OURS, transactions.credit_note("C", eur("1"), type="goodwill"))
    with pytest.raises(ReasonNotAllowed, match="'mood' is no reason of type 'goodwill'"):
        transactions.admit(OURS, transactions.credit_note("C", eur("1"), type="goodwill", reason="mood"))
    with pytest.raises(WrongKind, match="C is of kind credit note, and its type 'sale' is for invoice") as kind:
        transactions.admit(OURS, transactions.credit_note("C", eur("1"), type="sale"))

    assert ("wire", ("cash", "card")) == (method.value.method, method.value.allowed)
    assert (None, ("outage", "delay")) == (missing.value.reason, missing.value.allowed)
    assert (Kind.CREDIT_NOTE, "sale") == (kind.value.kind, kind.value.type)
    assert str(method.value) == str(pickle.loads(pickle.dumps(method.value)))


def test_reasons_for_rejecting():
    """A rejected draft is judged by the reasons for that."""
    draft = transactions.invoice("I", eur("1"), reason="shop")

    assert SALE is transactions.admit(OURS, transactions.rejected(draft, reason="entered twice"))
    with pytest.raises(ReasonNotAllowed):
        transactions.admit(OURS, transactions.rejected(draft, reason="mood"))


def test_a_collection_is_checked():
    """Unique ids, one default a kind."""
    with pytest.raises(ids.DuplicateId, match="type 'sale' exists already"):
        transactions.types([SALE, SALE])
    with pytest.raises(DuplicateDefault, match="'sale' and 'web' are both the default of invoice") as caught:
        transactions.types([SALE, Type(id="web", kind=Kind.INVOICE, name="Web", default=True)])
    with pytest.raises(InvalidArgument):
        transactions.types(["sale"])  # type: ignore[list-item]
    with pytest.raises(InvalidArgument):
        transactions.type_of([SALE], transactions.invoice("I", eur("1")))  # type: ignore[arg-type]
    with pytest.raises(InvalidArgument):
        transactions.type_of(OURS, eur("1"))  # type: ignore[arg-type]

    assert Kind.INVOICE is caught.value.kind
    assert ([SALE, SHOP, KIND], 3) == (list(OURS), len(OURS))
    assert OURS == pickle.loads(pickle.dumps(OURS))


@pytest.mark.parametrize(
    "said", [{"id": ""}, {"kind": "gift"}, {"name": 7}, {"default": 1}, {"methods": "card"}, {"reasons": [1]}, {"category": 1}]
)
def test_a_type_is_checked(said):
    """Each field by itself."""
    with pytest.raises((InvalidArgument, ids.InvalidId)):
        Type(**({"id": "a", "kind": Kind.INVOICE, "name": "A"} | said))


def test_a_type_reads():
    """As a person reads it."""
    assert ("Goodwill (credit note)", "Type(id='goodwill'") == (str(KIND), repr(KIND)[:18])
