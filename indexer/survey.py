"""Before anything is read: which files are new, changed, gone or moved, told by path, size and time alone.

Only a file that is new, and as large as one that is gone, is hashed, to see whether it is that one in another place.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.archives import content_of
from indexer.entries import NewItem, State
from indexer.files import FILE_BYTES, reason_of, shown
from indexer.journal import Journal
from indexer.ledger import batches
from indexer.readers import Unreadable
from indexer.sources import FoundFile, Root, Unlistable, Walk, holds_records

_TABLES = """
DROP TABLE IF EXISTS temp.seen;
DROP TABLE IF EXISTS temp.gone;
DROP TABLE IF EXISTS temp.pending;
CREATE TEMP TABLE seen (
    source TEXT, path BLOB, size INTEGER, mtime_ns INTEGER, PRIMARY KEY (source, path)
) WITHOUT ROWID;
CREATE TEMP TABLE gone (file INTEGER PRIMARY KEY);
CREATE TEMP TABLE pending (source TEXT, path BLOB, size INTEGER, mtime_ns INTEGER, again INTEGER)
"""
# Files with a duplicate that no item before it, in the order of path and line, keeps from its document.
_RELEASED = """
SELECT items.file FROM items JOIN files AS here ON here.id = items.file
WHERE items.state = 'duplicate' AND NOT EXISTS (
    SELECT 1 FROM items AS owner JOIN files AS there ON there.id = owner.file
    WHERE owner.document = items.document AND owner.state IN ('indexed', 'stale')
    AND (there.path, there.source, owner.line) < (here.path, here.source, items.line)
    AND owner.file NOT IN (SELECT file FROM gone)
)
"""
_HASH_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class PendingFile:
    """A file to be read in this run, and the source (nguồn) it belongs to."""

    source: str
    found: FoundFile


@dataclass(frozen=True, slots=True)
class Sums:
    """What the journal says of the items in the surveyed files after a run."""

    indexed: int = 0
    unchanged: int = 0
    failed: int = 0
    noted: int = 0


@dataclass(slots=True)
class Survey:
    """A look at everything beneath some roots, kept in temporary tables beside the journal.

    Attributes:
        journal: With its transaction begun.
        run: The number of the run.
        reading_version: Files that another version read are pending.
        skipped: Suffix to the number of files that cannot hold a document.
        errors: Why a root was left alone, in Vietnamese.
        moved: Rows of files found in another place.
        found: Items met without reading: those in files that are as they were, and what cannot be listed.
    """

    journal: Journal
    run: int
    reading_version: int
    skipped: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    found: int = 0
    _unknown: list[Root] = field(default_factory=list)

    def look(
        self, roots: Sequence[Root], is_candidate: Callable[[str], bool], *, allow_empty: bool, stop: threading.Event
    ) -> None:
        """Walk the roots and sort what is there."""
        for statement in _TABLES.split(";\n"):
            self._sql.execute(statement)
        for root in roots:
            self._walk(root, is_candidate, allow_empty, stop)
        if stop.is_set():
            self._sql.execute("DELETE FROM gone")  # what was not looked at is not gone
        for unknown in self._unknown:
            self._sql.execute(f"DELETE FROM gone WHERE file IN (SELECT id FROM ({_BENEATH}))", _beneath(unknown))  # noqa: S608
        self._find_moved()
        self._find_pending()

    @property
    def pending_bytes(self) -> int:
        """The size of all files to be read."""
        (size,) = self._sql.execute("SELECT coalesce(sum(size), 0) FROM pending").fetchone()
        return int(size)

    def pending(self) -> Iterator[PendingFile]:
        """The files to be read, by path."""
        for source, path, size, mtime_ns in self._sql.execute(
            "SELECT source, path, size, mtime_ns FROM pending WHERE NOT again ORDER BY path, source"
        ):
            yield PendingFile(source, FoundFile(os.fsdecode(path), size, mtime_ns))

    def leave_out(self, source: str, paths: Iterable[str]) -> None:
        """Files that are parts of a register's documents are none of their own; those that were are gone."""
        rows = [(source, os.fsencode(path)) for path in paths]
        for table in ("seen", "pending"):
            self._sql.executemany(f"DELETE FROM {table} WHERE source = ? AND path = ?", rows)  # noqa: S608
        known = "SELECT id FROM files WHERE source = ? AND path = ?"
        self._sql.executemany(f"INSERT OR IGNORE INTO gone {known}", rows)
        self.found = self._count_found()

    def released(self) -> Iterator[PendingFile]:
        """Files with duplicates of documents that nobody before them holds any longer, to be read once more."""
        self._sql.execute(
            "INSERT INTO pending SELECT seen.source, seen.path, seen.size, seen.mtime_ns, 1 FROM seen "  # noqa: S608
            f"JOIN files USING (source, path) WHERE files.id IN ({_RELEASED})"
        )
        self._sql.execute(
            "UPDATE items SET seen_run = 0 WHERE file IN "
            "(SELECT files.id FROM pending JOIN files USING (source, path) WHERE again)"
        )
        for source, path, size, mtime_ns in self._sql.execute(
            "SELECT source, path, size, mtime_ns FROM pending WHERE again ORDER BY path, source"
        ):
            yield PendingFile(source, FoundFile(os.fsdecode(path), size, mtime_ns))

    def is_gone(self, file: int) -> bool:
        """Whether the file of this row is no longer there."""
        return self._sql.execute("SELECT 1 FROM gone WHERE file = ?", (file,)).fetchone() is not None

    def gone(self) -> list[int]:
        """The rows of all files that are no longer there."""
        return [file for (file,) in self._sql.execute("SELECT file FROM gone")]

    def sums(self) -> Sums:
        """Count the items of all surveyed files."""
        rows = self._sql.execute(
            "SELECT state = 'indexed', indexed_run = ?, note <> '', count(*) FROM seen JOIN files USING (source, path) "
            "JOIN items ON items.file = files.id GROUP BY 1, 2, 3",
            (self.run,),
        ).fetchall()
        return Sums(
            indexed=sum(count for is_in, now, _, count in rows if is_in and now),
            unchanged=sum(count for is_in, now, _, count in rows if is_in and not now),
            failed=sum(count for is_in, _, _, count in rows if not is_in),
            noted=sum(count for is_in, now, noted, count in rows if is_in and now and noted),
        )

    def moved_and_indexed(self) -> int:
        """How many of the moved files' documents this run indexed."""
        query = "SELECT count(*) FROM items WHERE file = ? AND state = 'indexed' AND indexed_run = ?"
        return sum(self._sql.execute(query, (file, self.run)).fetchone()[0] for file in self.moved)

    @property
    def _sql(self) -> sqlite3.Connection:
        return self.journal.connection

    def _walk(self, root: Root, is_candidate: Callable[[str], bool], allow_empty: bool, stop: threading.Event) -> None:
        walk = Walk(root, is_candidate)
        files = 0
        try:
            for some in batches(walk):
                files += sum(isinstance(entry, FoundFile) for entry in some)
                self._note(root, some)
                if stop.is_set():
                    return
        except OSError as error:
            self._leave(root, f"Không xem được “{shown(root.path)}”: {reason_of(error)}")
            return
        self.skipped += walk.skipped
        (known,) = self._sql.execute(f"SELECT count(*) FROM ({_BENEATH})", _beneath(root)).fetchone()  # noqa: S608
        if known and not files and not allow_empty:
            self._leave(root, f"“{shown(root.path)}” nay không còn tệp nào, mà sổ ghi {known}: ổ đĩa chưa được gắn?")
            return
        self._sql.execute(
            f"INSERT OR IGNORE INTO gone SELECT id FROM ({_BENEATH}) AS known WHERE NOT EXISTS "  # noqa: S608
            "(SELECT 1 FROM seen WHERE seen.source = known.source AND seen.path = known.path)",
            _beneath(root),
        )

    def _leave(self, root: Root, why: str) -> None:
        self.errors.append(f"{why} Không xóa gì khỏi chỉ mục.")
        self._unknown.append(root)

    def _note(self, root: Root, entries: Sequence[FoundFile | Unlistable]) -> None:
        found = [entry for entry in entries if isinstance(entry, FoundFile)]
        self._sql.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)",
            [(root.source, os.fsencode(file.path), file.size, file.mtime_ns) for file in found],
        )
        for entry in entries:
            if isinstance(entry, Unlistable):
                self._note_unlistable(root, entry)

    def _note_unlistable(self, root: Root, entry: Unlistable) -> None:
        """A failure of its own; what the journal knows of it or beneath it stays."""
        self._unknown.append(Root(entry.path, root.source))
        known = self.journal.file(root.source, entry.path)
        file = (known or self.journal.add_file(root.source, entry.path, None)).id
        if not self.journal.keep_as_stale(file, entry.reason, self.run):
            self.journal.remove_items(file)
            failed = NewItem(file=file, line=0, digest=b"", state=State.FAILED, note=entry.reason)
            self.journal.add_item(failed, self.run)
        # Noted as a file of no size that is as it was, so that it is counted and not read.
        self.journal.finish_file(file, size=-1, mtime_ns=-1, sha256="")
        values = (root.source, os.fsencode(entry.path), -1, -1)
        self._sql.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", values)

    def _find_moved(self) -> None:
        candidates = self._sql.execute(
            "SELECT seen.source, seen.path FROM seen LEFT JOIN files USING (source, path) "
            "WHERE files.id IS NULL AND seen.size IN (SELECT size FROM files JOIN gone ON gone.file = files.id) "
            "ORDER BY seen.path, seen.source"
        ).fetchall()
        for source, raw in candidates:
            path = os.fsdecode(raw)
            if holds_records(path) or (sha256 := _sha256(path)) is None:
                continue
            was = next(
                self.journal.files(
                    "JOIN gone ON gone.file = files.id WHERE source = ? AND sha256 = ? ORDER BY path LIMIT 1",
                    (source, sha256),
                ),
                None,
            )
            if was is not None:
                self.journal.move_file(was.id, path)
                self._sql.execute("DELETE FROM gone WHERE file = ?", (was.id,))
                self.moved.add(was.id)

    def _find_pending(self) -> None:
        as_it_was = (
            "complete AND files.size = seen.size AND files.mtime_ns = seen.mtime_ns "
            "AND (reading = :version OR seen.size = -1)"
        )
        self._sql.execute(
            "INSERT INTO pending SELECT seen.source, seen.path, seen.size, seen.mtime_ns, 0 FROM seen "  # noqa: S608
            f"LEFT JOIN files USING (source, path) WHERE files.id IS NULL OR NOT ({as_it_was}) "
            f"OR files.id IN ({_RELEASED})",
            {"version": self.reading_version},
        )
        self.found = self._count_found()

    def _count_found(self) -> int:
        (found,) = self._sql.execute(
            "SELECT count(*) FROM seen JOIN files USING (source, path) JOIN items ON items.file = files.id "
            "WHERE NOT EXISTS "
            "(SELECT 1 FROM pending WHERE pending.source = seen.source AND pending.path = seen.path)"
        ).fetchone()
        return int(found)


_BENEATH = """
SELECT id, source, path FROM files WHERE source = :source AND (path = :path OR (path > :inside AND path < :behind))
"""


def _beneath(root: Root) -> dict[str, str | bytes]:
    path = os.fsencode(root.path)
    inside = path.rstrip(os.sep.encode()) + os.sep.encode()
    # Everything that begins with the separator sorts between it and the byte after it.
    return {"source": root.source, "path": path, "inside": inside, "behind": inside[:-1] + bytes([inside[-1] + 1])}


def _sha256(path: str) -> str | None:
    """Digest of a file; None when it cannot be read, which its own reading will report."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except NotADirectoryError:
        return _sha256_of_member(path)
    except OSError:
        return None


def _sha256_of_member(path: str) -> str | None:
    try:
        return hashlib.sha256(content_of(path, FILE_BYTES)).hexdigest()
    except (OSError, Unreadable):
        return None
