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
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from indexer.archives import Contents
from indexer.described import BadDescription
from indexer.entries import NewItem, State
from indexer.files import FILE_BYTES, reason_of, shown
from indexer.journal import Journal
from indexer.ledger import batches
from indexer.mailbox import Mailboxes, MailboxUnavailable
from indexer.readers import Unreadable
from indexer.settling import Settling
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
_WITH_DOCUMENT = "WHERE id IN (SELECT file FROM items WHERE state IN ('indexed', 'stale'))"


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


@dataclass(frozen=True, slots=True)
class _Looked:
    """A root that was looked at: how many files are there, and why it could not be, or ""."""

    root: Root
    files: int
    failure: str = ""


@dataclass(slots=True)
class Survey:
    """A look at everything beneath some roots, kept in temporary tables beside the journal.

    Looking takes as long as the disks and servers do and needs no lock; `compare` is quick and needs the journal's.

    Attributes:
        journal: Where what was met before is noted.
        reading_version: Files that another version read are pending.
        mailboxes: Where roots that are mailboxes are opened.
        settling: Tells the files that are still being written; they are left for another run.
        run: The number of the run.
        skipped: Suffix to the number of files that cannot hold a document.
        errors: Why a root was left alone, in Vietnamese.
        moved: Rows of files found in another place.
        waiting: How many files were left because they are still being written.
        found: Items met without reading: those in files that are as they were, and what cannot be listed.
    """

    journal: Journal
    reading_version: int
    mailboxes: Mailboxes
    settling: Settling
    run: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)
    waiting: int = 0
    found: int = 0
    _looked: list[_Looked] = field(default_factory=list)
    _unlistable: list[tuple[Root, Unlistable]] = field(default_factory=list)
    _unknown: list[Root] = field(default_factory=list)
    _kept: list[Root] = field(default_factory=list)

    def look(self, roots: Sequence[Root], is_candidate: Callable[[str], bool], stop: threading.Event) -> None:
        """Walk the roots. Nothing but temporary tables is written."""
        for statement in _TABLES.split(";\n"):
            self._sql.execute(statement)
        self._sql.execute("BEGIN")
        for root in roots:
            self._walk(root, is_candidate, stop)
        self._sql.execute("COMMIT")

    def compare(self, run: int, *, allow_empty: bool, stop: threading.Event) -> None:
        """Sort what was seen: new, changed, gone, moved. The journal's transaction is begun."""
        self.run = run
        for root, entry in self._unlistable:
            self._note_unlistable(root, entry)
        for looked in self._looked:
            self._find_gone(looked, allow_empty)
        if stop.is_set():
            self._sql.execute("DELETE FROM gone")  # what was not looked at is not gone
        self._spare(self._unknown)
        self._find_moved()
        # Only now: a letter that is kept may be the one that lies in another folder.
        self._spare(self._kept, _WITH_DOCUMENT)
        self._find_pending()

    def put_off(self, pending: PendingFile, why: str = "") -> None:
        """A file that cannot be had now, and why where that is an error: what is known of it stays."""
        self._sql.execute(
            "DELETE FROM seen WHERE source = ? AND path = ?", (pending.source, os.fsencode(pending.found.path))
        )
        if why and why not in self.errors:
            self.errors.append(why)

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

    def leave_out(self, source: str, paths: Iterable[str]) -> dict[str, int]:
        """Files that are parts of a register's documents are none of their own; those that were are gone.

        Returns:
            The size of each that was to be read.
        """
        rows = [(source, os.fsencode(path)) for path in paths]
        size = "SELECT size FROM pending WHERE source = ? AND path = ?"
        found = {row[1]: self._sql.execute(size, row).fetchone() for row in rows}
        for table in ("seen", "pending"):
            self._sql.executemany(f"DELETE FROM {table} WHERE source = ? AND path = ?", rows)  # noqa: S608
        known = "SELECT id FROM files WHERE source = ? AND path = ?"
        self._sql.executemany(f"INSERT OR IGNORE INTO gone {known}", rows)
        self.found = self._count_found()
        return {os.fsdecode(path): row[0] for path, row in found.items() if row}

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

    def _walk(self, root: Root, is_candidate: Callable[[str], bool], stop: threading.Event) -> None:
        walk = Walk(root, is_candidate)
        files, failure = 0, ""
        try:
            mailbox = self.mailboxes.at(root.path)
            for some in batches(walk if mailbox is None else mailbox.letters()):
                files += sum(isinstance(entry, FoundFile) for entry in some)
                self._note(root, some)
                if stop.is_set():
                    return
        except OSError as error:
            failure = f"Không xem được “{shown(root.path)}”: {reason_of(error)}"
        except (BadDescription, MailboxUnavailable) as error:
            failure = str(error)
        self.skipped += walk.skipped
        self._looked.append(_Looked(root, files, failure))

    def _find_gone(self, looked: _Looked, allow_empty: bool) -> None:
        root = looked.root
        if looked.failure:
            self._leave(root, looked.failure)
            return
        if self._keeps_gone(root):
            self._kept.append(root)
        (known,) = self._sql.execute(f"SELECT count(*) FROM ({_BENEATH})", _beneath(root)).fetchone()  # noqa: S608
        if known and not looked.files and not allow_empty and root not in self._kept:
            self._leave(root, f"“{shown(root.path)}” nay không còn tệp nào, mà sổ ghi {known}: ổ đĩa chưa được gắn?")
            return
        self._sql.execute(
            f"INSERT OR IGNORE INTO gone SELECT id FROM ({_BENEATH}) AS known WHERE NOT EXISTS "  # noqa: S608
            "(SELECT 1 FROM seen WHERE seen.source = known.source AND seen.path = known.path)",
            _beneath(root),
        )

    def _keeps_gone(self, root: Root) -> bool:
        """Whether what is no longer in this root stays in the index: mail is moved and thrown away to tidy up."""
        mailbox = self.mailboxes.at(root.path)
        return mailbox is not None and not mailbox.account.delete_gone

    def _spare(self, roots: Iterable[Root], only: str = "") -> None:
        """Nothing beneath these roots is gone, or nothing of the files that satisfy an SQL condition."""
        for root in roots:
            spared = f"SELECT id FROM ({_BENEATH}) {only}"  # noqa: S608
            self._sql.execute(f"DELETE FROM gone WHERE file IN ({spared})", _beneath(root))  # noqa: S608

    def _leave(self, root: Root, why: str) -> None:
        self.errors.append(f"{why} Không xóa gì khỏi chỉ mục.")
        self._unknown.append(root)

    def _note(self, root: Root, entries: Sequence[FoundFile | Unlistable]) -> None:
        found = [entry for entry in entries if isinstance(entry, FoundFile)]
        self._sql.executemany(
            "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)",
            [(root.source, os.fsencode(file.path), file.size, file.mtime_ns) for file in found],
        )
        self._unlistable += [(root, entry) for entry in entries if isinstance(entry, Unlistable)]

    def _note_unlistable(self, root: Root, entry: Unlistable) -> None:
        """A failure of its own; what the journal knows of it or beneath it stays."""
        beneath = Root(entry.path, root.source)
        # A folder of mail that is not there may have been given another name, and its letters are found there.
        (self._kept if self.mailboxes.holding(entry.path) else self._unknown).append(beneath)
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
            "SELECT seen.source, seen.path, seen.size FROM seen LEFT JOIN files USING (source, path) "
            "WHERE files.id IS NULL AND seen.size IN (SELECT size FROM files JOIN gone ON gone.file = files.id) "
            "ORDER BY seen.path, seen.source"
        ).fetchall()
        with closing(Contents()) as contents:
            for source, raw, size in candidates:
                path = os.fsdecode(raw)
                if holds_records(path):
                    continue
                if (sha256 := self._sha256(source, path, size, contents)) is not None:
                    self._move(source, path, sha256)

    def _move(self, source: str, path: str, sha256: str) -> None:
        """Take the file for the one that is gone and had the same content, if there is one."""
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

    def _sha256(self, source: str, path: str, size: int, contents: Contents) -> str | None:
        mailbox = self.mailboxes.holding(path)
        if mailbox is None:
            return _sha256(path, contents)
        try:
            letter = mailbox.fetch(path, size)
        except MailboxUnavailable as error:
            # Whether it is a new letter is unknown, so it is not read as one either.
            self.put_off(PendingFile(source, FoundFile(path, size, 0)), str(error))
            return None
        except Unreadable:
            return None
        return hashlib.sha256(letter.content).hexdigest() if letter and letter.content is not None else None

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
        unsettled = [pending for pending in self.pending() if not self.settling.is_settled(pending.found)]
        self._sql.executemany(
            "DELETE FROM pending WHERE source = ? AND path = ?",
            [(pending.source, os.fsencode(pending.found.path)) for pending in unsettled],
        )
        self.waiting = len(unsettled)
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


def _sha256(path: str, contents: Contents) -> str | None:
    """Digest of a file; None when it cannot be read, which its own reading will report."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except NotADirectoryError:
        return _sha256_of_member(path, contents)
    except OSError:
        return None


def _sha256_of_member(path: str, contents: Contents) -> str | None:
    try:
        return hashlib.sha256(contents.of(path, FILE_BYTES)).hexdigest()
    except (OSError, Unreadable):
        return None
