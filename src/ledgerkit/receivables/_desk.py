"""
The desk: one decision being worked out.

A decision lays an account on a desk, enters documents, matches and releases, and takes a new account and the update off it. Nothing
outside ever sees a desk, and the account on it is never changed: what differs is kept beside it until :func:`finish`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, final

from ledgerkit import allocation, ids, journal, money, trail, transactions
from ledgerkit.allocation import Order
from ledgerkit.receivables import _shelf, _tree
from ledgerkit.receivables._types import (
    UNMARKED,
    Account,
    Known,
    Marks,
    RawEvent,
    Released,
    Row,
    Rows,
    Unallocated,
    Update,
    known_of,
)

_DEBITS = frozenset(kind for kind in transactions.Kind if transactions.side(kind) is transactions.Side.DEBIT)


def _says_release(currency: str, credit: str, debit: str, policy: str, had: int, on: date, minor: int) -> str:
    stays = f"; {money.minor_text(had - minor, currency)} stays" if had > minor else ""
    given = f"{policy.upper() if policy == 'fifo' else policy} gave it {money.minor_text(had, currency)} on {on}"
    return f"{money.minor_text(minor, currency)} of {credit} leaves {debit} ({given}{stays})"


RELEASE = trail.Rule(
    name="allocation.release",
    version=1,
    fields=("currency", "credit", "debit", "policy", "had_minor", "on", "minor"),
    says=_says_release,
)


@final
class Desk:
    """What one decision has made so far."""

    __slots__ = (
        "account", "balance", "changed", "count", "credits", "currency", "day", "debits", "documents", "entries", "events",
        "flows", "held", "holds", "on", "profile", "released", "rows", "version", "why",
    )  # fmt: skip

    account: Account
    balance: int
    count: int
    # By day: how much more credit settles nothing, the same in the base currency, and what is realized in it. Only kept where the
    # books tell: with customer credit apart, or with a base currency.
    flows: dict[date, list[int]] | None
    changed: dict[str, Known]
    documents: list[transactions.Transaction]
    entries: list[journal.Entry]
    events: list[RawEvent]
    rows: list[Row]
    released: list[Released]
    holds: list[tuple[str, bool]]
    why: list[trail.Raw]

    def __init__(self, account: Account, on: date) -> None:
        self.account = account
        self.profile = account.profile
        self.currency = account.profile.currency
        self.version = account.version + 1
        self.on = on
        self.day = on.toordinal()
        self.balance = account.balance_minor
        self.count = account.count
        apart = self.profile.unallocated is not Unallocated.RECEIVABLE or self.profile.base_currency is not None
        self.flows = {} if apart else None
        self.debits = account._debits
        self.credits = account._credits
        self.held = account._held
        self.changed = {}
        self.documents, self.entries, self.events = [], [], []
        self.rows, self.released, self.holds, self.why = [], [], [], []


def look(desk: Desk, id: str) -> Known:
    """Return what is known of a document, or refuse an id that is not of this account."""
    known: Known | None = desk.changed.get(id) or _tree.get(desk.account._known, id)
    if known is None:
        raise ids.UnknownReference(id, f"account {desk.profile.id!r}")
    return known


def is_known(desk: Desk, id: str) -> bool:
    """Say whether a document of this id is on the account."""
    return id in desk.changed or _tree.get(desk.account._known, id) is not None


def debit_place(desk: Desk, document: Any, count: int) -> tuple[int, int, int, int]:
    """Return where a debit stands among what is open."""
    posted = desk.day if document.posted_on is desk.on else document.posted_on.toordinal()
    due = posted if document.due_on is None or document.due_on == document.posted_on else document.due_on.toordinal()
    policy = desk.profile.policy
    if policy.order is Order.OLDEST_FIRST:
        return (0, due, posted, count)
    return allocation.debit_key(policy, due=due, posted=posted, arrival=count, portion=document.portion)


def credit_place(document: Any, count: int) -> tuple[int, int, int, int]:
    """Return where a credit stands among what is unallocated."""
    expires = None if document.expires_on is None else document.expires_on.toordinal()
    return allocation.credit_key(document.priority, expires, document.posted_on.toordinal(), count)


def enter(desk: Desk, document: transactions.Transaction) -> Known:
    """Put a new document on the account: all of it is open."""
    count = desk.count
    desk.count = count + 1
    minor, carried = document.total_minor, document.base_minor or 0
    debit = document.kind in _DEBITS
    place = debit_place(desk, document, count) if debit else credit_place(document, count)
    since = desk.day if document.posted_on is desk.on else document.posted_on.toordinal()
    marks = Marks(False, 0, carried) if carried else UNMARKED
    known = known_of((*place, document.id, document, debit, minor, since, None, marks))
    if debit:
        desk.balance += minor
        if minor:
            desk.debits = _shelf.put(desk.debits, known)
    else:
        desk.balance -= minor
        if minor:
            desk.credits = _shelf.put(desk.credits, known)
        if desk.flows is not None:
            flow(desk.flows, document.posted_on, minor, carried, 0)
    desk.changed[document.id] = known
    desk.documents.append(document)
    return known


def keep(desk: Desk, was: Known, now: Known) -> None:
    """Keep a document as it is now: in the tree, and on its shelf while something of it is open and it is not on hold."""
    desk.changed[now.id] = now
    before, after = (was.open and not was.marks.held), (now.open and not now.marks.held)
    if before or after:
        change = _shelf.swap if before and after else _shelf.put if after else _shelf.take
        if now.debit:
            desk.debits = change(desk.debits, now)
        else:
            desk.credits = change(desk.credits, now)


def match(desk: Desk, credit: str, debit: str, minor: int, policy: str) -> None:
    """Let *minor* of a credit settle that much of a debit; both are open by as much at least."""
    settle(desk, [look(desk, credit)], [look(desk, debit)], ([0], [0], [minor]), policy)


def settle(
    desk: Desk,
    credits: Sequence[Known],
    debits: Sequence[Known],
    columns: tuple[Sequence[int], Sequence[int], Sequence[int]],
    policy: str,
    on: date | None = None,
) -> None:
    """
    Make the rows of these columns: positions of credits, positions of debits, minor units.

    A row counts from *on*; without it, from the day of the decision, or from the day both sides are free if that is later.
    """
    rule, currency, version, day = allocation.RULES[policy], desk.currency, desk.version, desk.day
    names_c, names_d = [have.id for have in credits], [owed.id for owed in debits]
    left_c, left_d = [have.open for have in credits], [owed.open for owed in debits]
    rows_c, rows_d = [have.rows for have in credits], [owed.rows for owed in debits]
    dues = [due_ordinal(owed) for owed in debits] if allocation.is_displaceable(policy) else [0] * len(debits)
    base = None if desk.profile.base_currency is None else _Carried(credits, debits)
    base_c = base_d = 0
    flows = desk.flows
    for c, d, minor in zip(*columns, strict=True):
        credit, debit = names_c[c], names_d[d]
        if base is not None:
            base_c, base_d = base.taken(c, d, minor, left_c[c], left_d[d])
        left_c[c] -= minor
        left_d[d] = left = left_d[d] - minor
        counts = on
        if counts is None:
            since = max(credits[c].since, debits[d].since)
            counts = desk.on if since <= day else date.fromordinal(since)
        why = (rule, credit, debit, minor, currency, dues[d], left)
        row = (credit, debit, minor, counts, policy, version, base_c, base_d, why)
        if flows is not None:
            flow(flows, counts, -minor, -base_c, base_c - base_d)
        rows_c[c] = (rows_c[c], row)
        rows_d[d] = (rows_d[d], row)
        desk.rows.append(row)
        desk.why.append(why)
        if not left:
            desk.events.append((f"{kind_of(debits[d])}.settled", debit, (("credit", credit), ("by", policy))))
    desk.credits = _kept(desk, desk.credits, credits, left_c, rows_c, None if base is None else base.credits)
    desk.debits = _kept(desk, desk.debits, debits, left_d, rows_d, None if base is None else base.debits)
    if policy == "cancellation":
        _uncredited(desk, credits[0].document, debits[0].document, sum(columns[2]))


def flow(flows: dict[date, list[int]], on: date, unapplied: int, base: int, realized: int) -> None:
    """Keep what moved on a day between the receivable and customer credit, and what it realized."""
    day = flows.setdefault(on, [0, 0, 0])
    day[0] += unapplied
    day[1] += base
    day[2] += realized


def _uncredited(desk: Desk, credit: Any, debit: Any, minor: int) -> None:
    """Where a debit note undoes a credit note, what the note took off invoices' lines can be credited again."""
    undoes = isinstance(debit, transactions.Transaction) and debit.kind is transactions.Kind.DEBIT_NOTE
    if undoes and isinstance(credit, transactions.Transaction):
        for source, gross in _credited_by(desk, credit).items():
            known = look(desk, source)
            left = max(0, known.marks.credited - money.round_ratio(gross * minor, credit.total_minor))
            keep(desk, known, known._replace(marks=known.marks._replace(credited=left)))


def _kept(
    desk: Desk,
    shelf: _shelf.Shelf,
    side: Sequence[Known],
    left: Sequence[int],
    rows: Sequence[Rows],
    carried: Sequence[int] | None,
) -> _shelf.Shelf:
    """Keep what is left of one side, and return its shelf without what is settled."""
    changed = desk.changed
    for at, known in enumerate(side):
        rank, due, posted, arrival, id, document, debit, had, since, _, marks = known
        minor = left[at]
        if minor != had:
            if carried is not None:
                marks = marks._replace(carried=carried[at])
            now = known_of((rank, due, posted, arrival, id, document, debit, minor, since, rows[at], marks))
            changed[id] = now
            if not marks.held:
                shelf = _shelf.swap(shelf, now) if minor else _shelf.take(shelf, now)
    return shelf


class _Carried:
    """What the open parts of both sides carry in the base currency while rows are made."""

    __slots__ = ("credits", "debits")

    def __init__(self, credits: Sequence[Known], debits: Sequence[Known]) -> None:
        self.credits, self.debits = [have.marks.carried for have in credits], [owed.marks.carried for owed in debits]

    def taken(self, c: int, d: int, minor: int, left_c: int, left_d: int) -> tuple[int, int]:
        """Take the share of *minor* off both sides and return the two shares."""
        base_c = allocation.carried_share(self.credits[c], left_c, minor)
        base_d = allocation.carried_share(self.debits[d], left_d, minor)
        self.credits[c] -= base_c
        self.debits[d] -= base_d
        return base_c, base_d


def due_ordinal(known: Known) -> int:
    """Return the ordinal of the day a debit falls due: the day of posting, where nothing else was agreed."""
    document = known.document
    return (document.due_on or document.posted_on).toordinal()


def kind_of(known: Known) -> str:
    """Return the word for the kind of a document in names of events."""
    document = known.document
    return document.kind if isinstance(document, transactions.Transaction) else "item"


def free(desk: Desk, row: Row, minor: int, reason: str) -> None:
    """Take *minor* of a live row back: both sides are open by as much more, from the later of this day and the row's."""
    unsettle(desk, row, minor, max(desk.day, row[3].toordinal()), reason)


def unsettle(desk: Desk, row: Row, minor: int, day: int, reason: str) -> None:
    """Take *minor* of a live row back as of *day*, with its share of the carrying values."""
    credit, debit, had, on, policy, version, base_c, base_d, why = row
    back_c, back_d = base_c, base_d
    rest: Row | None = None
    if had > minor:
        back_c, back_d = money.round_ratio(base_c * minor, had), money.round_ratio(base_d * minor, had)
        rest = (credit, debit, had - minor, on, policy, version, base_c - back_c, base_d - back_d, why)
    for id, back in ((credit, back_c), (debit, back_d)):
        known = look(desk, id)
        rows = _without(known.rows, row, rest)
        marks = known.marks._replace(carried=known.marks.carried + back) if back else known.marks
        fresh = (*known[:7], known.open + minor, max(known.since, day), rows, marks)
        keep(desk, known, known_of(fresh))
    since = date.fromordinal(day)
    if desk.flows is not None:
        flow(desk.flows, since, minor, back_c, back_d - back_c)
    desk.released.append((credit, debit, minor, since, reason, policy, desk.version))
    desk.why.append((RELEASE, desk.currency, credit, debit, policy, had, on, minor))
    known = look(desk, debit)
    if known.open == minor:
        desk.events.append((f"{kind_of(known)}.reopened", debit, (("credit", credit),)))


def _without(rows: Rows, row: Row, rest: Row | None) -> Rows:
    """Return the live rows with *rest* in the place of *row*; the latest rows are reached first."""
    later = []
    node: Any = rows
    while node[1] is not row:
        later.append(node[1])
        node = node[0]
    kept: Rows = node[0] if rest is None else (node[0], rest)
    for other in reversed(later):
        kept = (kept, other)
    return kept


def free_latest(desk: Desk, rows: Iterable[Row], needed: int, reason: str) -> int:
    """Free *needed* of these live rows, the latest first, and return what was freed."""
    ordered = sorted(rows, key=lambda row: row[5])
    freed = 0
    for at, minor in allocation.latest_first([row[2] for row in ordered], needed):
        free(desk, ordered[at], minor, reason)
        freed += minor
    return freed


def sweep(desk: Desk) -> None:
    """Let all open credits meet all open debits, in the order of the account's policy."""
    order = desk.profile.policy.order
    if not desk.credits or not desk.debits or order is Order.BY_HAND:
        return
    everything = order is Order.IN_PROPORTION
    if _shelf.is_shorter(desk.credits, desk.debits):
        credits = _first(desk.credits)
        debits = _first(desk.debits, None if everything else sum([have.open for have in credits]))
    else:
        debits = _first(desk.debits)
        credits = _first(desk.credits, None if everything else sum([owed.open for owed in debits]))
    kernel = allocation.pro_rata if everything else allocation.in_order
    columns = kernel([have.open for have in credits], [owed.open for owed in debits])
    settle(desk, credits, debits, columns, order.value)


def _first(shelf: _shelf.Shelf, needed: int | None = None) -> list[Known]:
    """Return what stands on a shelf, in order: all of it, or no more than comes to *needed*."""
    if needed is None:
        return [known for chunk in shelf for known in chunk]
    found: list[Known] = []
    for known in _shelf.standing(shelf):
        if needed <= 0:
            break
        found.append(known)
        needed -= known.open
    return found


def credit_lines(desk: Desk, document: transactions.Transaction) -> None:
    """Keep with an invoice what a credit note takes off its lines: such a line says so by its source."""
    for source, gross in _credited_by(desk, document).items():
        known = look(desk, source)
        keep(desk, known, known._replace(marks=known.marks._replace(credited=known.marks.credited + gross)))


def _credited_by(desk: Desk, document: transactions.Transaction) -> dict[str, int]:
    """Return what a credit note takes off the lines of invoices of the account, by invoice."""
    taken: dict[str, int] = {}
    if document.kind is transactions.Kind.CREDIT_NOTE and not document.plain:
        for line in document.lines:
            if line.source is not None and is_known(desk, line.source):
                taken[line.source] = taken.get(line.source, 0) + line.gross_minor
    # An invoice of zero that carried its credit forward is the source of that line, and has nothing to be credited.
    return {source: gross for source, gross in taken.items() if look(desk, source).debit and _amount_of(desk, source)}


def _amount_of(desk: Desk, id: str) -> int:
    document = look(desk, id).document
    return document.total_minor if isinstance(document, transactions.Transaction) else document.amount_minor


def replace(desk: Desk, document: transactions.Transaction) -> None:
    """Put another state of a document in its place."""
    known = look(desk, document.id)
    keep(desk, known, known._replace(document=document))
    desk.documents.append(document)


def finish(
    desk: Desk,
    head: tuple[Any, ...],
    warnings: tuple[str, ...] = (),
    also: tuple[Update, ...] = (),
    rejected: transactions.Draft | None = None,
) -> Update:
    """Take the new account and what changed off the desk."""
    before = desk.account
    posted, rows, released = tuple(desk.documents), tuple(desk.rows), tuple(desk.released)
    history = (before._history, rows, released) if rows or released else before._history
    account = Account.__new__(Account)
    account.__attrs_init__(
        desk.profile,
        desk.version,
        desk.count,
        desk.balance,
        history,
        _tree.update(before._known, desk.changed),
        desk.debits,
        desk.credits,
        desk.held,
    )
    raw = (rows, released, tuple(desk.events), tuple(desk.holds), head, tuple(desk.why))
    update = Update.__new__(Update)
    update.__attrs_init__(account, desk.on, posted, tuple(desk.entries), warnings, rejected, also, raw)
    return update
