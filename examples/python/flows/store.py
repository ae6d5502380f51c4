"""The database: one file of SQLite that holds cursors, intents and the tables of the other side, so that what was read and how far it
was read are one transaction. A dry run works on a copy in memory; a second program at once is refused.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from .summary import FlowError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from .once import Intent

_COMMON: Final = """
    -- How far something was read: the next order, the last entry of a journal.
    CREATE TABLE IF NOT EXISTS cursors (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
    -- Writes that were about to be sent, and of which nobody knows yet whether they arrived.
    CREATE TABLE IF NOT EXISTS intents (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) STRICT;
"""

_DURABLE: Final = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;"
"""What is committed stays, also when the power fails: an intent that got lost would be a second parcel. The log makes that cheap, and
lets the other side read meanwhile."""


class Store:
    """The database of a program.

    Attributes:
        db: The database, to be read, and to be written in a single statement.
    """

    def __init__(self, path: Path, schema: str, *, dry_run: bool) -> None:
        """Opens the database, and makes the tables that are not there.

        Raises:
            FlowError: If it cannot be opened, is no database, or another program works on it.
        """
        self._lock = None if dry_run else _lock(path)
        try:
            self.db = _copy(path) if dry_run else _open(path)
            self.db.executescript("" if dry_run else _DURABLE)
            self.db.executescript(_COMMON + schema)
        except sqlite3.Error as error:
            raise FlowError(f"cannot open the database {path}: {error}") from error

    @contextmanager
    def change(self) -> Generator[sqlite3.Connection, None, None]:
        """Changes several things at once: all of them or, if the work fails or the program ends, none."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
            self.db.execute("COMMIT")
        except BaseException:
            self.db.execute("ROLLBACK")
            raise

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.db.execute(sql, parameters).fetchall()

    def count(self, sql: str) -> int:
        """The number that a query counts."""
        [(count,)] = self.rows(sql)
        return int(count)

    def cursor(self, name: str) -> int | None:
        """How far something was read."""
        return next((value for (value,) in self.rows("SELECT value FROM cursors WHERE name = ?", name)), None)

    def has_intent(self, intent: Intent) -> bool:
        """Is there an intent, left over by a run that was killed?"""
        return bool(self.rows("SELECT 1 FROM intents WHERE kind = ? AND key = ?", *intent))

    def intend(self, intent: Intent) -> bool:
        """Writes down that something is about to be sent; says whether that was written down before."""
        sql = "INSERT INTO intents (kind, key) VALUES (?, ?) ON CONFLICT DO NOTHING"
        return self.db.execute(sql, intent).rowcount == 0

    def close(self) -> None:
        """Closes the database, and lets others work on it."""
        self.db.close()
        if self._lock is not None:
            self._lock.close()


def set_cursor(change: sqlite3.Connection, name: str, value: int) -> None:
    """Writes down how far something was read, along with what was read."""
    change.execute("INSERT INTO cursors VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (name, value))


def _open(path: Path | str) -> sqlite3.Connection:
    # Without a level of its own the module begins no transactions behind the back of `change`.
    return sqlite3.connect(path, isolation_level=None)


def _copy(path: Path) -> sqlite3.Connection:
    """A copy in memory; an empty one when there is no database yet."""
    copy = _open(":memory:")
    if path.exists():
        with closing(_open(path)) as original:
            original.backup(copy)
    return copy


def _lock(path: Path) -> sqlite3.Connection:
    """Two programs at once would send everything twice, so the first one holds a lock.

    The system takes it away from a program that ends, however it ends. It is a database of its own, so that others can read and write
    the tables.
    """
    try:
        lock = _open(f"{path}.lock")
        lock.executescript("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        raise FlowError(f"another program works on {path}; wait for it or end it: {error}") from error
    return lock
