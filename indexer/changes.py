"""What was indexed, changed or deleted, in order: the journal's table of changes, and what reads it beside a run.

One row a document: its last change under a number that grows. The journal gives numbers as it commits, inside its own
transaction, and has one writer at a time: whoever reads up to a number has missed nothing below it.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engines.interface import EngineUnavailable

_SERIES = "changes_series"

TABLES = """
CREATE TABLE changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL UNIQUE,
    fingerprint TEXT,                      -- NULL: it was deleted
    is_first INTEGER NOT NULL,             -- whether nothing was told of the document before
    at TEXT NOT NULL
);
CREATE TABLE touched (document TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER touched_by_insert AFTER INSERT ON items WHEN NEW.document IS NOT NULL BEGIN
    INSERT OR IGNORE INTO touched VALUES (NEW.document); END;
CREATE TRIGGER touched_by_delete AFTER DELETE ON items WHEN OLD.document IS NOT NULL BEGIN
    INSERT OR IGNORE INTO touched VALUES (OLD.document); END;
CREATE TRIGGER touched_by_update AFTER UPDATE OF state, fingerprint ON items WHEN NEW.document IS NOT NULL BEGIN
    INSERT OR IGNORE INTO touched VALUES (NEW.document); END;
INSERT INTO touched SELECT DISTINCT document FROM items WHERE document IS NOT NULL;
"""
"""The last statement has a journal that knew no changes tell all that it holds."""

# A document in doubt has no fingerprint: what became of it is told when it has been read again.
_TELL = """
INSERT OR REPLACE INTO changes (document, fingerprint, is_first, at)
SELECT touched.document, owner.fingerprint, told.document IS NULL, :at
FROM touched
LEFT JOIN items AS owner ON owner.document = touched.document AND owner.state IN ('indexed', 'stale')
LEFT JOIN changes AS told ON told.document = touched.document
WHERE CASE WHEN owner.id IS NULL THEN told.fingerprint IS NOT NULL
    ELSE owner.fingerprint <> '' AND owner.fingerprint IS NOT told.fingerprint END
"""


class ChangeTable:
    """The table of changes, over a journal's connection and in its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def tell(self, at: str) -> None:
        """Number what has changed since the last time; to be called before each commit.

        Args:
            at: The present time, ISO 8601.
        """
        self._sql.execute(_TELL, {"at": at})
        self._sql.execute("DELETE FROM touched")

    def begin_series(self) -> None:
        """See that the numbers have a name, by which those of another journal are told from them."""
        self._sql.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (_SERIES, secrets.token_hex(4)))


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of a document.

    Attributes:
        sequence: Its number; later changes have greater ones.
        document: The document's id.
        is_deleted: Whether the document is gone.
        is_first: Whether it is the first that was ever told of the document.
        at: When, ISO 8601 in Asia/Ho_Chi_Minh.
    """

    sequence: int
    document: str
    is_deleted: bool
    is_first: bool
    at: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Some changes, the oldest first.

    Attributes:
        series: The name of their numbers; another journal has another.
        changes: The changes.
        last: The number of the last of them; where there are none, the number that was asked for.
        has_more: Whether there are later ones.
    """

    series: str
    changes: Sequence[Change]
    last: int
    has_more: bool


class ChangeReader:
    """Reads a journal's changes without writing to it, while a run may be writing. Safe to call from several threads.

    Args:
        journal: The journal's file.
    """

    def __init__(self, journal: Path) -> None:
        self._journal = journal

    def since(self, sequence: int, size: int) -> Changes:
        """Up to `size` changes after a number.

        Raises:
            EngineUnavailable: There is no journal with changes yet, or it cannot be opened.
        """
        if not self._journal.exists():
            raise EngineUnavailable("Chưa có sổ: chưa có văn bản nào được lập chỉ mục.")
        try:
            with closing(sqlite3.connect(f"{self._journal.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as sql:
                sql.execute("BEGIN")  # both questions see one state
                series = sql.execute("SELECT value FROM meta WHERE name = ?", (_SERIES,)).fetchone()
                rows = sql.execute(
                    "SELECT sequence, document, fingerprint IS NULL, is_first, at FROM changes "
                    "WHERE sequence > ? ORDER BY sequence LIMIT ?",
                    (sequence, size + 1),
                ).fetchall()
        except sqlite3.OperationalError as error:
            raise EngineUnavailable(
                f"Chưa đọc được các thay đổi trong sổ ({error}). Nếu vừa nâng cấp, hãy chạy “tracuu index” một lần."
            ) from error
        changes = [Change(number, document, bool(gone), bool(first), at) for number, document, gone, first, at in rows]
        page = changes[:size]
        return Changes(series[0], page, page[-1].sequence if page else sequence, len(changes) > size)
