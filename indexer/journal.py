"""The journal (sổ): what was read, what became of it, and which document each item holds.

One SQLite file. Everything that a run changes between two commits of the engine is one transaction, committed after the
engine's: whatever is lost when a run is cut off is read again, and nothing is believed to be in the index that is not.
"""

from __future__ import annotations

import dataclasses
import datetime
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from engines.clock import VIETNAM
from indexer.changes import TABLES as CHANGE_TABLES
from indexer.changes import ChangeTable
from indexer.copies.table import TABLES as COPY_TABLES
from indexer.copies.table import CopyTable
from indexer.entries import FileRow, NewItem, NotedRun, Owner, Problem, State
from indexer.files import shown
from indexer.originals import noted as originals

_FORMAT = 4
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, summary TEXT NOT NULL DEFAULT ''
);
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    path BLOB NOT NULL,                    -- as the system spells it: not every name is UTF-8
    document TEXT UNIQUE,                  -- the id of its one document; NULL where each line is a record
    size INTEGER NOT NULL DEFAULT -1,
    mtime_ns INTEGER NOT NULL DEFAULT -1,
    sha256 TEXT NOT NULL DEFAULT '',
    reading INTEGER NOT NULL DEFAULT 0,    -- the version of the readers that read it
    complete INTEGER NOT NULL DEFAULT 0,   -- whether nothing needs to be done until it changes
    UNIQUE (source, path)
);
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    line INTEGER NOT NULL,                 -- 0 where the file is the item
    digest BLOB NOT NULL,
    document TEXT,
    fingerprint TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('indexed', 'stale', 'failed', 'duplicate')),
    note TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,
    indexed_run INTEGER NOT NULL DEFAULT 0,
    seen_run INTEGER NOT NULL
);
CREATE INDEX items_of_file ON items (file, digest);
CREATE UNIQUE INDEX owners ON items (document) WHERE state IN ('indexed', 'stale');
CREATE INDEX duplicates ON items (document) WHERE state = 'duplicate';
CREATE INDEX noted ON items (file) WHERE state <> 'indexed' OR note <> '';
"""
# What each format has that the one before had not; a new journal is made of all of them.
_ADDED = {1: _SCHEMA, 2: COPY_TABLES, 3: originals.TABLES, 4: CHANGE_TABLES}
_OWNS = "state IN ('indexed', 'stale')"


class JournalUnreadable(Exception):
    """The journal's file cannot be used: damaged, of another format, or not to be opened; the message says which."""


class Journal:
    """An open journal, for one thread. Changes are in one transaction until `commit`.

    Attributes:
        copies: Which of the documents may be one.

    Raises:
        JournalUnreadable: See there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, isolation_level=None, timeout=60)
            self.copies = CopyTable(self.connection)
            self._changes = ChangeTable(self.connection)
            self._open()
        except (OSError, sqlite3.OperationalError) as error:
            raise JournalUnreadable(f"Không mở được sổ {path}: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise JournalUnreadable(
                f"Sổ {path} hỏng ({error}). Hãy chuyển tệp đó đi nơi khác rồi chạy lại: văn bản sẽ được đọc lại từ đầu."
            ) from error

    def _open(self) -> None:
        execute = self.connection.execute
        execute("PRAGMA journal_mode = WAL")
        execute("PRAGMA foreign_keys = ON")
        execute("BEGIN IMMEDIATE")
        (found,) = execute("PRAGMA user_version").fetchone()
        for version in range(found + 1, _FORMAT + 1):
            for statement in _ADDED[version].split(";\n"):
                execute(statement)
            execute(f"PRAGMA user_version = {version}")
        if found <= _FORMAT:
            self.copies.drop_outdated()
            self._changes.begin_series()
            self._changes.tell(now())
        execute("COMMIT")
        if found > _FORMAT:
            raise JournalUnreadable(
                f"Sổ {self.path} thuộc phiên bản khác ({found}); chương trình này đọc được {_FORMAT}."
            )

    def close(self) -> None:
        """Close the file; what was not committed is dropped."""
        self.connection.close()

    def begin(self) -> None:
        """Begin a transaction: no other process writes to the journal until `commit`."""
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make everything since `begin` durable, and tell what changed."""
        self._changes.tell(now())
        self.connection.execute("COMMIT")

    @property
    def originals(self) -> originals.NotedOriginals:
        """What is known of originals."""
        return originals.NotedOriginals(self.connection)

    # Runs and the index they wrote to

    def start_run(self) -> int:
        """Note that a run begins; its number."""
        return self._insert("INSERT INTO runs (started) VALUES (?)", (now(),))

    def end_run(self, run: int, summary: str) -> None:
        """Note that a run came to its end."""
        self.connection.execute("UPDATE runs SET ended = ?, summary = ? WHERE id = ?", (now(), summary, run))

    def forget_run(self, run: int) -> None:
        """Drop a run that found nothing to do, so that a watch leaves no trace of each look."""
        self.connection.execute("DELETE FROM runs WHERE id = ?", (run,))

    def last_run(self) -> NotedRun | None:
        """The newest run."""
        row = self.connection.execute(
            "SELECT id, started, ended, summary FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return NotedRun(*row) if row else None

    def index_identity(self) -> tuple[str, str]:
        """Name and version of the index that the journal is about; empty before the first run."""
        meta = dict(self.connection.execute("SELECT name, value FROM meta"))
        return meta.get("index_name", ""), meta.get("index_version", "")

    def set_index_identity(self, name: str, version: str) -> None:
        """Note which index the journal is about."""
        rows = [("index_name", name), ("index_version", version)]
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

    # Files

    def file(self, source: str, path: str) -> FileRow | None:
        """The file under this path, if it was met before."""
        return next(self.files("WHERE source = ? AND path = ?", (source, os.fsencode(path))), None)

    def files(self, condition: str, values: Sequence[Any] = ()) -> Iterator[FileRow]:
        """The files that satisfy an SQL condition."""
        query = f"SELECT files.id, files.source, files.path, document, sha256, reading FROM files {condition}"  # noqa: S608
        for id, source, path, document, sha256, reading in self.connection.execute(query, values):
            yield FileRow(id, source, os.fsdecode(path), document, sha256, reading)

    def add_file(self, source: str, path: str, document: str | None) -> FileRow:
        """Write down a file that is met for the first time."""
        values = (source, os.fsencode(path), document)
        id = self._insert("INSERT INTO files (source, path, document) VALUES (?, ?, ?)", values)
        return FileRow(id, source, path, document, sha256="", reading=0)

    def read_anew(self, file: FileRow, reading: int) -> FileRow:
        """Let another version of the readers read the file: whatever is in it counts as changed."""
        self.connection.execute("UPDATE files SET reading = ?, sha256 = '' WHERE id = ?", (reading, file.id))
        self.connection.execute("UPDATE items SET digest = x'' WHERE file = ?", (file.id,))
        return dataclasses.replace(file, sha256="", reading=reading)

    def set_document(self, file: int, document: str | None) -> None:
        """The file is one document from now on, or, with None, records that each are one."""
        self.connection.execute("UPDATE files SET document = ? WHERE id = ?", (document, file))

    def move_file(self, file: int, path: str) -> None:
        """The file lies elsewhere now."""
        self.connection.execute(
            "UPDATE files SET path = ?, complete = 0, sha256 = '' WHERE id = ?", (os.fsencode(path), file)
        )

    def finish_file(self, file: int, *, size: int, mtime_ns: int, sha256: str) -> None:
        """Nothing needs to be done about the file until it is another size, time or reading version."""
        self.connection.execute(
            "UPDATE files SET size = ?, mtime_ns = ?, sha256 = ?, complete = 1 WHERE id = ?",
            (size, mtime_ns, sha256, file),
        )

    def reopen_files(self, files: Iterable[int]) -> None:
        """Have the files read again by the next run over them, whatever their size and time say."""
        rows = [(file,) for file in files]
        self.connection.executemany("UPDATE files SET complete = 0, sha256 = '' WHERE id = ?", rows)

    def document_is_taken(self, document: str) -> bool:
        """Whether a file or an item has this document id."""
        query = (
            f"SELECT 1 FROM files WHERE document = :id UNION ALL SELECT 1 FROM items WHERE document = :id AND {_OWNS}"  # noqa: S608
        )
        return self.connection.execute(query, {"id": document}).fetchone() is not None

    def remove_file(self, file: int) -> None:
        """Forget the file and its items."""
        self.connection.execute("DELETE FROM files WHERE id = ?", (file,))

    # Items

    def owner(self, document: str) -> Owner | None:
        """The item whose document this is in the index."""
        row = self.connection.execute(
            "SELECT items.id, file, source, path, line, seen_run FROM items JOIN files ON files.id = file "  # noqa: S608
            f"WHERE items.document = ? AND {_OWNS}",
            (document,),
        ).fetchone()
        if row is None:
            return None
        item, file, source, path, line, seen_run = row
        return Owner(item, file, source, os.fsdecode(path), line, seen_run)

    def add_item(self, item: NewItem, run: int) -> None:
        """Write down what became of an item."""
        indexed_run = run if item.state is State.INDEXED else 0
        self.connection.execute(
            "INSERT INTO items (file, line, digest, document, fingerprint, state, note, at, indexed_run, seen_run) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(item.file, item.line, item.digest, item.document, item.fingerprint, item.state.value, item.note),
                *(now(), indexed_run, run),
            ),
        )

    def meet(self, file: int, digest: bytes, line: int, run: int) -> bool:
        """Whether an indexed line with this content, not met in this run yet, is known; then it is met here."""
        met = self.connection.execute(
            "UPDATE items SET line = ?, seen_run = ? WHERE id = (SELECT id FROM items "
            "WHERE file = ? AND digest = ? AND state = 'indexed' AND seen_run <> ? ORDER BY line LIMIT 1)",
            (line, run, file, digest, run),
        )
        return met.rowcount > 0

    def remove_item(self, item: int) -> None:
        """Forget one item."""
        self.connection.execute("DELETE FROM items WHERE id = ?", (item,))

    def remove_items(self, file: int, *, but_met_in: int = -1) -> list[str]:
        """Forget the items of a file, but not those that a run met; the documents that the forgotten ones held."""
        forgotten = "file = ? AND seen_run <> ?"
        owned = f"SELECT document FROM items WHERE {forgotten} AND {_OWNS}"  # noqa: S608
        documents = [document for (document,) in self.connection.execute(owned, (file, but_met_in))]
        self.connection.execute(f"DELETE FROM items WHERE {forgotten}", (file, but_met_in))  # noqa: S608
        return documents

    def count_documents(self, file: int) -> int:
        """How many documents the items of a file hold."""
        query = f"SELECT count(*) FROM items WHERE file = ? AND {_OWNS}"  # noqa: S608
        (documents,) = self.connection.execute(query, (file,)).fetchone()
        return int(documents)

    def keep_unmet(self, file: int, run: int) -> int:
        """Keep the documents of lines behind the place where a file broke off; how many they are."""
        unmet = "file = ? AND seen_run <> ?"
        self.connection.execute(f"DELETE FROM items WHERE {unmet} AND NOT {_OWNS}", (file, run))  # noqa: S608
        return self.connection.execute(f"UPDATE items SET seen_run = ? WHERE {unmet}", (run, file, run)).rowcount  # noqa: S608

    def keep_as_stale(self, file: int, reason: str, run: int) -> bool:
        """Note that the file could not be read this time; False when it holds no document to keep."""
        kept = self.connection.execute(
            f"UPDATE items SET state = 'stale', note = ?, at = ?, seen_run = ? WHERE file = ? AND {_OWNS}",  # noqa: S608
            (reason, now(), run, file),
        )
        return kept.rowcount > 0

    def refresh(self, file: int, run: int) -> None:
        """Note that the file's document was met and is what it was, if an earlier reading had failed too."""
        self.connection.execute(
            "UPDATE items SET seen_run = ?, note = iif(state = 'stale', '', note), "
            "state = iif(state = 'stale', 'indexed', state) WHERE file = ?",
            (run, file),
        )

    def refuse(self, document: str, reason: str) -> None:
        """Note that the engine did not take a document."""
        self.connection.execute(
            f"UPDATE items SET state = 'failed', note = ?, fingerprint = '' WHERE document = ? AND {_OWNS}",  # noqa: S608
            (reason, document),
        )

    def owned(self) -> Iterator[tuple[str, str]]:
        """Every document that should be in the index, with the fingerprint that it should have there."""
        yield from self.connection.execute(f"SELECT document, fingerprint FROM items WHERE {_OWNS} ORDER BY id")  # noqa: S608

    def fingerprints(self, documents: Sequence[str]) -> dict[str, str]:
        """Those of the documents that an item holds, with their fingerprints."""
        marks = ", ".join("?" * len(documents))
        query = f"SELECT document, fingerprint FROM items WHERE document IN ({marks}) AND {_OWNS}"  # noqa: S608
        return dict(self.connection.execute(query, documents))

    def set_fingerprints(self, fingerprints: Iterable[tuple[str, str]]) -> None:
        """Take over other fingerprints: pairs of document id and fingerprint."""
        rows = [(fingerprint, document) for document, fingerprint in fingerprints]
        self.connection.executemany(f"UPDATE items SET fingerprint = ? WHERE document = ? AND {_OWNS}", rows)  # noqa: S608

    def doubt(self, documents: Iterable[str], reason: str) -> None:
        """The index does not hold these documents as it should: their files are to be read again."""
        rows = [(document,) for document in documents]
        self.connection.executemany(
            "UPDATE files SET complete = 0, sha256 = '' WHERE id IN "  # noqa: S608
            f"(SELECT file FROM items WHERE document = ? AND {_OWNS})",
            rows,
        )
        self.connection.executemany(
            f"UPDATE items SET state = 'stale', fingerprint = '', note = ?, at = ? WHERE document = ? AND {_OWNS}",  # noqa: S608
            [(reason, now(), *row) for row in rows],
        )

    def displace(self, item: int, reason: str) -> None:
        """The item's document belongs to another item from now on."""
        self.connection.execute(
            "UPDATE items SET state = 'duplicate', fingerprint = '', note = ?, at = ? WHERE id = ?",
            (reason, now(), item),
        )

    def problems(self) -> Iterator[Problem]:
        """Items that failed or have a note, by path and line."""
        query = (
            "SELECT source, path, line, items.document, state, note, at FROM items JOIN files ON files.id = file "
            "WHERE state <> 'indexed' OR note <> '' ORDER BY path, source, line"
        )
        for source, path, line, document, state, reason, at in self.connection.execute(query):
            yield Problem(
                source=source,
                path=shown(os.fsdecode(path)),
                line=line,
                document=document,
                state=State(state),
                reason=reason,
                at=at,
            )

    def counts(self) -> dict[State, int]:
        """Number of items in each state."""
        found = self.connection.execute("SELECT state, count(*) FROM items GROUP BY state")
        return {State(state): count for state, count in found}

    def _insert(self, statement: str, values: Sequence[Any]) -> int:
        row = self.connection.execute(statement, values).lastrowid
        assert row is not None  # noqa: S101 - sqlite3 sets it after every INSERT
        return row


def now() -> str:
    """The present time in Vietnam, ISO 8601 to the second."""
    return datetime.datetime.now(VIETNAM).isoformat(timespec="seconds")
