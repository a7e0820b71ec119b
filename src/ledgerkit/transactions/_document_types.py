"""The host's own types of documents: what each may be paid by, and why it may be issued."""

from collections.abc import Iterable, Iterator
from typing import Any, final

import attrs

from ledgerkit import _front, ids
from ledgerkit.errors import RuleError, UsageError, choice, flag
from ledgerkit.transactions import _gate
from ledgerkit.transactions._kinds import Kind, State
from ledgerkit.transactions._types import Draft

_TYPES = "Pass transactions.types([transactions.Type(...), ...])."


class MethodNotAllowed(RuleError):
    """A document's method is none that its type allows."""

    method: str
    allowed: tuple[str, ...]

    def __init__(self, type: str, method: str, allowed: tuple[str, ...]) -> None:
        self.method, self.allowed = method, allowed
        super().__init__(f"{method!r} is no method of type {type!r}", f"Use one of {', '.join(allowed)}.")


class ReasonNotAllowed(RuleError):
    """A document's reason is none that its type allows."""

    reason: str | None
    allowed: tuple[str, ...]

    def __init__(self, type: str, reason: str | None, allowed: tuple[str, ...]) -> None:
        self.reason, self.allowed = reason, allowed
        problem = f"type {type!r} needs a reason" if reason is None else f"{reason!r} is no reason of type {type!r}"
        super().__init__(problem, f"Use one of {', '.join(allowed)}.")


class WrongKind(RuleError):
    """A document is of another kind than its type."""

    kind: Kind
    type: str

    def __init__(self, id: str, kind: Kind, type: str, wanted: Kind) -> None:
        self.kind, self.type = kind, type
        problem = f"{id} is of kind {kind.words}, and its type {type!r} is for {wanted.words}"
        super().__init__(problem, "Give it a type of its own kind.")


class DuplicateDefault(UsageError, ValueError):
    """Two types of one kind are its default."""

    kind: Kind

    def __init__(self, kind: Kind, ids: tuple[str, str]) -> None:
        self.kind = kind
        super().__init__(f"{ids[0]!r} and {ids[1]!r} are both the default of {kind.words}", "Leave one default for each kind.")


def _words(values: Any, name: str) -> tuple[str, ...]:
    return tuple(ids.text(one, name=name) for one in _gate.listed(values, name, f"Pass {name}=[...], a list of texts."))


@final
@attrs.frozen(init=False, repr=False)
class Type:
    """
    One type of document that the host defines.

    Args:
        id: What a draft names it by.

        kind: Which documents it is for.

        name: What a person reads.

        default: Documents of this kind that name no type are of this one.

        methods: The methods that such a payment or refund may have; any, if there are none.

        reasons: The reasons it may be issued for; any or none, if there are none.

        rejection_reasons: The same for rejecting it.

        category: The host's own grouping.

    Source:
        docs/rules/transactions.md, rule T-7.

    >>> Type(id="voucher", kind=Kind.PAYMENT, name="Voucher payment", methods=["voucher"]).methods
    ('voucher',)
    """

    id: str
    kind: Kind
    name: str
    default: bool
    methods: tuple[str, ...]
    reasons: tuple[str, ...]
    rejection_reasons: tuple[str, ...]
    category: str | None

    def __init__(
        self,
        *,
        id: str,
        kind: Kind | str,
        name: str,
        default: bool = False,
        methods: Iterable[str] = (),
        reasons: Iterable[str] = (),
        rejection_reasons: Iterable[str] = (),
        category: str | None = None,
    ) -> None:
        self.__attrs_init__(
            ids.checked(id, name="type"),
            choice(kind, Kind, name="kind"),
            ids.text(name, name="name"),
            flag(default, name="default"),
            _words(methods, "methods"),
            _words(reasons, "reasons"),
            _words(rejection_reasons, "rejection_reasons"),
            _gate.optional_text(category, "category"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.kind.words})"

    __repr__ = _front.shown("id", "kind", "name", "default")


@final
@attrs.frozen(init=False, repr=False)
class Types:
    """
    The types of a host: ids are unique, and a kind has at most one default. Made by :func:`types`; iterates in its order.

    Source:
        docs/rules/transactions.md, rule T-7.
    """

    all: tuple[Type, ...]

    def __init__(self, *, all: Iterable[Type]) -> None:
        found = _gate.records(all, Type, "types", 'Pass [transactions.Type(id="sale", kind=..., name=...)].')
        seen: set[str] = set()
        default: dict[Kind, str] = {}
        for one in found:
            if one.id in seen:
                raise ids.DuplicateId(one.id, "type")
            seen.add(one.id)
            if one.default and default.setdefault(one.kind, one.id) != one.id:
                raise DuplicateDefault(one.kind, (default[one.kind], one.id))
        self.__attrs_init__(found)

    def __iter__(self) -> Iterator[Type]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __str__(self) -> str:
        return "; ".join(f"{one}{', the default' * one.default}" for one in self.all)

    __repr__ = _front.shown("all")


def types(all: Iterable[Type], /) -> Types:
    """
    Collect the types of a host.

    Args:
        all: Their ids are unique, and a kind has at most one default.

    Raises:
        DuplicateId: Two types have one id.
        DuplicateDefault: Two types of one kind are its default.

    Source:
        docs/rules/transactions.md, rule T-7.

    >>> len(types([Type(id="sale", kind=Kind.INVOICE, name="Sale", default=True)]))
    1
    """
    return Types(all=all)


def type_of(types: Types, draft: Draft, /) -> Type | None:
    """
    Return the type of a draft: the one it names, or the default of its kind, or none.

    Args:
        types: The types of the host.

        draft: What :func:`invoice` and its kin return.

    Raises:
        UnknownReference: It names a type that is not among *types*.

    Source:
        docs/rules/transactions.md, rule T-7.

    >>> from ledgerkit import money, transactions
    >>> ours = types([Type(id="sale", kind=Kind.INVOICE, name="Sale", default=True)])
    >>> type_of(ours, transactions.invoice("INV-7", money.of("120.00 EUR"))).id
    'sale'
    """
    _gate.record(types, Types, "types", _TYPES)
    _gate.record(draft, Draft, "draft", 'Pass what transactions.invoice("INV-7", ...) returned.')
    for one in types.all:
        if one.id == draft.type or (draft.type is None and one.default and one.kind is draft.kind):
            return one
    if draft.type is not None:
        raise ids.UnknownReference(draft.type, "the document types", "Add the type, or name one of these.")
    return None


def admit(types: Types, draft: Draft, /) -> Type | None:
    """
    Return the type of a draft after judging it: its kind, its method, its reason, and if it is rejected the reason for that.

    Args:
        types: The types of the host.

        draft: What is judged.

    Raises:
        WrongKind: The type is for another kind.
        MethodNotAllowed: The type does not allow the method.
        ReasonNotAllowed: The type does not allow the reason, or wants one.
        UnknownReference: The draft names a type that is not among *types*.

    Source:
        docs/rules/transactions.md, rule T-7.

    >>> from ledgerkit import money, transactions
    >>> ours = types([Type(id="shop", kind=Kind.PAYMENT, name="Paid in the shop", methods=["cash", "card"])])
    >>> admit(ours, transactions.payment("PAY-1", money.of("5.00 EUR"), method="wire", type="shop"))
    Traceback (most recent call last):
    ledgerkit.transactions.MethodNotAllowed: 'wire' is no method of type 'shop'. Use one of cash, card.
    """
    found = type_of(types, draft)
    if found is None:
        return None
    if found.kind is not draft.kind:
        raise WrongKind(draft.id, draft.kind, found.id, found.kind)
    if found.methods and draft.method is not None and draft.method not in found.methods:
        raise MethodNotAllowed(found.id, draft.method, found.methods)
    reasons = found.rejection_reasons if draft.state is State.REJECTED else found.reasons
    if reasons and draft.reason not in reasons:
        raise ReasonNotAllowed(found.id, draft.reason, reasons)
    return found
