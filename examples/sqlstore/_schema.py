"""The tables: one per kind of record, plain columns. Amounts are whole minor units, ratios two numbers, days dates."""

from datetime import date

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table

metadata = MetaData()


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, String, nullable=null)


def _figure(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=null)


def _place(name: str = "place", *, key: bool = True) -> Column[int]:
    return Column(name, Integer, primary_key=key, autoincrement=False, nullable=False)


def _day(name: str, *, null: bool = False) -> Column[date]:
    return Column(name, Date, nullable=null)


def _of(table: str, name: str) -> Column[str]:
    return Column(name, String, ForeignKey(f"{table}.id"), primary_key=True)


# A rule of terms is kept once, under the digest of what it says; `band` and `inner` are -1 for a step that is not inside a band.
terms = Table(
    "terms",
    metadata,
    Column("id", String, primary_key=True),
    _figure("minus"),
    _figure("plus"),
    _text("default"),
    _figure("own_days", null=True),
    _figure("own_months", null=True),
    _figure("early_num", null=True),
    _figure("early_den", null=True),
    _figure("early_within_days", null=True),
    _text("early_basis", null=True),
)
term_steps = Table(
    "term_steps", metadata, _of("terms", "terms"), _place(), _place("band"), _place("inner"), _text("kind")
)  # fmt: skip
term_figures = Table(
    "term_figures",
    metadata,
    _of("terms", "terms"),
    _place(),
    _place("band"),
    _place("inner"),
    _place("at"),
    _figure("figure"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String, primary_key=True),
    _text("currency"),
    _place("version", key=False),
    _text("state"),
    _text("policy"),
    _text("policy_order"),
    Column("policy_named_first", Boolean, nullable=False),
    _text("policy_first_portion"),
    _text("policy_second_portion"),
    _text("policy_third_portion"),
    _figure("credit_limit_minor", null=True),
    _day("locked_through", null=True),
    _text("unallocated"),
    _text("base_currency", null=True),
    Column("terms", String, ForeignKey("terms.id"), nullable=True),
)

transactions = Table(
    "transactions",
    metadata,
    Column("id", String, primary_key=True),
    Column("account", String, ForeignKey("accounts.id"), nullable=False),
    _place("version", key=False),  # of the account that it came with, and its place in that save: the order of arrival
    _place(key=False),
    _text("number"),
    _text("kind"),
    _text("state"),
    _text("type", null=True),
    _text("currency"),
    Column("plain", Boolean, nullable=False),  # of an amount without lines
    _figure("net_minor"),
    _figure("tax_minor"),
    _figure("total_minor"),
    _figure("carried_minor"),
    _day("posted_on"),
    _day("due_on", null=True),
    _day("issued_on", null=True),
    _day("expires_on", null=True),
    _figure("priority"),
    _text("method", null=True),
    _text("reason", null=True),
    _text("external_code", null=True),
    _text("payment", null=True),
    _text("cancels", null=True),
    _text("portion"),
    _figure("base_minor", null=True),
    _text("base_currency", null=True),
    Column("terms", String, ForeignKey("terms.id"), nullable=True),
    Index("transactions_of_an_account", "account", "version", "place"),
)
named = Table("named", metadata, _of("transactions", "transaction"), _place(), _text("against"))
notes = Table(
    "notes", metadata, _of("transactions", "transaction"), _place(), _text("text"), _text("by"), _text("at")
)  # fmt: skip
lines = Table(
    "lines",
    metadata,
    _of("transactions", "transaction"),
    _place(),
    _text("text"),
    _text("kind"),
    _figure("quantity_num"),
    _figure("quantity_den"),
    _figure("price_num", null=True),
    _figure("price_den", null=True),
    _figure("net_minor"),
    _figure("tax_minor"),
    _day("period_start", null=True),
    _day("period_end", null=True),
    _text("product", null=True),
    _text("source", null=True),
    _text("rounding"),
    _text("increment", null=True),
)
line_discounts = Table(
    "line_discounts",
    metadata,
    _of("transactions", "transaction"),
    _place(),
    _place("at"),
    _figure("share_num", null=True),
    _figure("share_den", null=True),
    _figure("amount_minor", null=True),
    _text("currency", null=True),
)
line_taxes = Table(
    "line_taxes",
    metadata,
    _of("transactions", "transaction"),
    _place(),
    _place("at"),
    _text("tax"),
    _figure("rate_num"),
    _figure("rate_den"),
    Column("inclusive", Boolean, nullable=False),
    _figure("minor"),
    _figure("answered_minor", null=True),
    _text("answered_currency", null=True),
)
line_tax_details = Table(
    "line_tax_details",
    metadata,
    _of("transactions", "transaction"),
    _place(),
    _place("at"),
    _place("detail"),
    _text("name"),
    _text("value"),
)

# The lines of a draft that was rejected stay with the host's own drafts; here stands that it was, and why.
rejections = Table(
    "rejections",
    metadata,
    _of("accounts", "account"),
    _place("version"),
    _day("on"),
    _text("draft"),
    _text("kind"),
    _text("currency"),
    _figure("total_minor"),
    _text("reason", null=True),
)

allocations = Table(
    "allocations",
    metadata,
    _of("transactions", "credit"),
    _place("version"),
    _place(),
    Column("debit", String, ForeignKey("transactions.id"), nullable=False, index=True),
    _figure("minor"),
    _day("on"),
    _text("policy"),
    _figure("realized_minor"),
    _text("base_currency", null=True),
)
releases = Table(
    "releases",
    metadata,
    _of("transactions", "credit"),
    _place("version"),
    _place(),
    Column("debit", String, ForeignKey("transactions.id"), nullable=False, index=True),
    _figure("minor"),
    _day("on"),
    _text("reason"),
    _text("policy"),
)
holds = Table(
    "holds", metadata, _of("transactions", "item"), _place("version"), Column("held", Boolean, nullable=False), _day("on")
)  # fmt: skip

entries = Table(
    "entries",
    metadata,
    Column("id", String, primary_key=True),
    _day("on"),
    _text("source"),
    _text("reverses", null=True),
    Index("entries_by_day", "on"),
)
postings = Table(
    "postings",
    metadata,
    _of("entries", "entry"),
    _place(),
    _text("role"),
    _figure("minor"),
    _text("currency"),
    _text("account", null=True),
    _text("code", null=True),
)

events = Table(
    "events", metadata, Column("id", String, primary_key=True), _text("name"), _day("on"), _text("at", null=True), _text("subject")
)  # fmt: skip
event_figures = Table("event_figures", metadata, _of("events", "event"), _place(), _text("name"), _text("value"))

commands = Table("commands", metadata, Column("command", String, primary_key=True))
series = Table("series", metadata, Column("id", String, primary_key=True), _text("pattern"), _figure("next"))
numbers = Table("numbers", metadata, Column("number", String, primary_key=True), _text("command"))
