"""What the journal knows of originals: which documents have which, where each lies, and what nobody has any longer.

For each document the rows hold at least the originals that the index names. Where a run or a push was cut off between
index and journal, the document is in doubt until the index was asked (`indexer.originals.garbage`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TABLES = """
CREATE TABLE originals (
    document TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    path BLOB,                             -- where it lies by itself, as the system spells it; else NULL
    kept INTEGER NOT NULL,                 -- whether the store has it
    PRIMARY KEY (document, sha256)
) WITHOUT ROWID;
CREATE INDEX originals_by_digest ON originals (sha256);
CREATE TABLE originals_in_doubt (document TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE originals_let_go (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_SWEPT = "originals_swept"


@dataclass(frozen=True, slots=True)
class Original:
    """One original of a document.

    Attributes:
        sha256: Digest of its content, in hexadecimal.
        path: Where it lies by itself; None for what was pushed, or lies within another file.
        kept: Whether the store has it.
    """

    sha256: str
    path: str | None
    kept: bool


class NotedOriginals:
    """The originals in a journal, within its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._sql = connection

    def set(self, document: str, originals: Iterable[Original]) -> None:
        """These, and no others, are the document's from now on."""
        self.forget(document)
        self._add(document, originals)

    def expect(self, document: str, originals: Iterable[Original]) -> None:
        """These may be the document's as well: it is about to be written. It is in doubt until `set`."""
        self._add(document, originals)
        self.doubt([document])

    def forget(self, document: str) -> None:
        """The document has no originals."""
        self._sql.execute(
            "INSERT OR IGNORE INTO originals_let_go SELECT sha256 FROM originals WHERE document = ? AND kept",
            (document,),
        )
        self._sql.execute("DELETE FROM originals WHERE document = ?", (document,))
        self._sql.execute("DELETE FROM originals_in_doubt WHERE document = ?", (document,))

    def let_go(self, originals: Iterable[Original]) -> None:
        """These were kept for a document that did not come to be."""
        rows = [(original.sha256,) for original in originals if original.kept]
        self._sql.executemany("INSERT OR IGNORE INTO originals_let_go VALUES (?)", rows)

    def doubt(self, documents: Iterable[str]) -> None:
        """What the index names for these documents is not known."""
        rows = [(document,) for document in documents]
        self._sql.executemany("INSERT OR IGNORE INTO originals_in_doubt VALUES (?)", rows)

    def in_doubt(self) -> list[str]:
        """The documents in doubt."""
        return [document for (document,) in self._sql.execute("SELECT document FROM originals_in_doubt")]

    def garbage(self) -> list[str]:
        """Of what was let go, what no document has."""
        query = (
            "SELECT sha256 FROM originals_let_go AS gone WHERE NOT EXISTS "
            "(SELECT 1 FROM originals WHERE originals.sha256 = gone.sha256 AND kept)"
        )
        return [sha256 for (sha256,) in self._sql.execute(query)]

    def garbage_is_removed(self) -> None:
        """Nothing that was let go is there any longer, unless some document has it."""
        self._sql.execute("DELETE FROM originals_let_go")

    def is_kept(self, sha256: str) -> bool:
        """Whether some document has this original, kept."""
        query = "SELECT 1 FROM originals WHERE sha256 = ? AND kept"
        return self._sql.execute(query, (sha256,)).fetchone() is not None

    def of(self, document: str) -> dict[str, Original]:
        """The document's originals by their digests."""
        rows = self._sql.execute("SELECT sha256, path, kept FROM originals WHERE document = ?", (document,))
        return {sha256: Original(sha256, _path(path), bool(kept)) for sha256, path, kept in rows}

    def all(self) -> Iterator[tuple[str, Original]]:
        """Every document's originals, each with the document's id; those that lie in one place one after another."""
        rows = self._sql.execute(
            "SELECT document, sha256, path, kept FROM originals ORDER BY sha256, kept, path, document"
        )
        for document, sha256, path, kept in rows:
            yield document, Original(sha256, _path(path), bool(kept))

    @property
    def swept(self) -> bool:
        """Whether the store holds nothing else than what is noted here: every run since came to its end."""
        row = self._sql.execute("SELECT value FROM meta WHERE name = ?", (_SWEPT,)).fetchone()
        return row is not None and row[0] == "1"

    @swept.setter
    def swept(self, value: bool) -> None:
        self._sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_SWEPT, "1" if value else "0"))

    def _add(self, document: str, originals: Iterable[Original]) -> None:
        rows = [(document, one.sha256, os.fsencode(one.path) if one.path else None, one.kept) for one in originals]
        self._sql.executemany("INSERT OR IGNORE INTO originals VALUES (?, ?, ?, ?)", rows)


def _path(path: bytes | None) -> str | None:
    return None if path is None else os.fsdecode(path)
