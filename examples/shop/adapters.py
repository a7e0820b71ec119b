"""What the shop plugs into ledgerkit's ports."""

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import QueuePool
from sqlstore import SqlNumbers, SqlStore

__all__ = ["SqlNumbers", "SqlStore", "fresh_engine"]


def fresh_engine() -> Engine:
    """Return an empty database in memory: one connection, which threads take turns at."""
    shared = {"check_same_thread": False}
    return create_engine("sqlite://", poolclass=QueuePool, pool_size=1, max_overflow=0, connect_args=shared)
