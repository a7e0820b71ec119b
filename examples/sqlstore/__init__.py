"""
A reference store: ``ledgerkit.ports`` on SQLAlchemy Core, for SQLite and PostgreSQL.

One table per kind of record, plain columns, every save in one transaction.
"""

from sqlstore._schema import metadata
from sqlstore._store import SqlNumbers, SqlStore

__all__ = ["SqlNumbers", "SqlStore", "metadata"]
