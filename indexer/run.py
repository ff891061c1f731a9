"""One run over surveyed files: items out to the workers, outcomes back into journal and index."""

from __future__ import annotations

import dataclasses
import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from engines.origins import OriginKind
from indexer.databases import RowReader
from indexer.entries import FileRow, NewItem, Owner, State
from indexer.files import reason_of, shown
from indexer.jobs import jobs_of
from indexer.ledger import Ledger
from indexer.lines import BrokenFile, Line, read_lines
from indexer.mailbox import Mailbox, MailboxUnavailable
from indexer.progress import Progress
from indexer.readers import Unreadable
from indexer.reading import READING_VERSION, Failed, FileItem, LineItem, Opened, Outcome, Ready, RegisterItem, Same
from indexer.registers import Register, may_be_register
from indexer.sources import FoundFile, is_description
from indexer.survey import PendingFile, Survey
from indexer.workers import Crash, WorkerPool

Pool = WorkerPool[FileItem | LineItem, Outcome]


@dataclass(slots=True)
class _OpenFile:
    """A file that is being read. `waiting` counts its items that are with the workers.

    `register` is what it was found to be, or why a file that was one cannot be read now.
    """

    row: FileRow
    found: FoundFile
    register: Register | Failed | None = None
    waiting: int = 0
    read_out: bool = False
    broken: bool = False
    passing: bool = False

    @property
    def told_by(self) -> OriginKind:
        """What a line of the file is: a record, or a row of a register or of the old system's database."""
        is_list = self.register is not None or is_description(self.row.path)
        return OriginKind.REGISTER if is_list else OriginKind.RECORD

    @property
    def holds_records(self) -> bool:
        """Whether each line of the file is a record."""
        return self.found.holds_records or self.register is not None


class Run:
    """Reads what a survey found pending. Everything it does goes through the ledger's commits.

    Args:
        run: The run's number.
        ledger: Where documents go.
        survey: What is pending and what is gone; its journal is in the ledger's transaction.
        pool: The workers.
        progress: Told how far it is.
        stop: Ends the run early when set.
        read_rows: Reads the database that a TOML file describes.
    """

    def __init__(
        self,
        run: int,
        ledger: Ledger,
        survey: Survey,
        pool: Pool,
        progress: Progress,
        stop: threading.Event,
        read_rows: RowReader,
    ) -> None:
        self._run = run
        self._journal = survey.journal
        self._ledger = ledger
        self._survey = survey
        self._pool = pool
        self._progress = progress
        self._stop = stop
        self._read_rows = read_rows
        self._open: dict[int, _OpenFile] = {}
        self._registers: dict[PendingFile, Register | Failed] = {}
        self._sizes: dict[str, int] = {}  # of the files that registers name
        self._deleted: set[str] = set()
        self.found = 0

    @property
    def deleted(self) -> int:
        """Documents that this run took out of the index and did not bring back."""
        return len(self._deleted)

    def work(self) -> None:
        """Read what is pending, forget what is gone, and give the documents of those gone to who else has them."""
        self._open_registers(self._survey.pending())
        self._read(self._survey.pending())
        if self._stop.is_set():
            return
        for file in self._survey.gone():
            self._delete(self._journal.remove_items(file))
            self._journal.remove_file(file)
        # Their lines were counted the first time.
        found, released = self.found, list(self._survey.released())
        self._open_registers(released)
        self._read(iter(released))
        self.found = found
        self._ledger.delete_orphans()

    def _read(self, files: Iterator[PendingFile]) -> None:
        for item, outcome in self._pool.run(self._jobs(files), self._stop):
            self._settle(item, Failed(outcome.reason) if isinstance(outcome, Crash) else outcome)
            self._progress.advance(documents=1, read=self._bytes_of(item))
            if self._ledger.is_due:
                self._ledger.commit()

    def _bytes_of(self, item: FileItem | LineItem) -> int:
        """Bytes of files that an item took; those of its line are counted where lines are."""
        if isinstance(item, FileItem):
            return item.size
        return sum(self._sizes.pop(path, 0) for path in item.attachments if isinstance(path, str))

    def _open_registers(self, files: Iterable[PendingFile]) -> None:
        """Look into the spreadsheets among the files; what registers name is read with them and not by itself.

        A file that was a register and cannot be looked into stays one: its documents are not gone.
        """
        sheets = {
            RegisterItem(pending.found.path, pending.source, pending.found.size): pending
            for pending in files
            if may_be_register(pending.found.path)
        }
        pool = cast("WorkerPool[RegisterItem, Opened | Failed]", self._pool)
        for item, outcome in pool.run(([item] for item in sheets), self._stop):
            pending = sheets[item]
            if not isinstance(outcome, Opened):
                if self._was_register(pending):
                    self._registers[pending] = Failed(outcome.reason) if isinstance(outcome, Crash) else outcome
            elif outcome.register is not None:
                self._registers[pending] = outcome.register
                self._sizes |= self._survey.leave_out(pending.source, outcome.register.attachments)

    def _was_register(self, pending: PendingFile) -> bool:
        row = self._journal.file(pending.source, pending.found.path)
        return row is not None and row.document is None

    # Out to the workers

    def _jobs(self, files: Iterator[PendingFile]) -> Iterator[list[FileItem | LineItem]]:
        for pending in files:
            if mailbox := self._survey.mailboxes.holding(pending.found.path):
                yield from self._letter_job(mailbox, pending)
                continue
            file = self._file(pending)
            if file.holds_records:
                yield from jobs_of(self._lines(file))
                file.read_out = True
                self._finish_if_done(file)
            else:
                yield [self._whole(file)]

    def _letter_job(self, mailbox: Mailbox, pending: PendingFile) -> Iterator[list[FileItem | LineItem]]:
        """A letter with its bytes; no job when it is not there any more, or the mailbox is not."""
        try:
            letter = mailbox.fetch(pending.found.path, pending.found.size)
        except MailboxUnavailable as error:
            self._survey.put_off(pending, f"{error} Thư còn lại để lần chạy sau.")
        except Unreadable as unreadable:
            self._settle(self._whole(self._file(pending)), Failed(str(unreadable), passing=True))
        else:
            if letter is None:
                self._survey.put_off(pending)
            else:
                item = self._whole(self._file(pending))
                yield [dataclasses.replace(item, content=letter.content, label=letter.label)]

    def _whole(self, file: _OpenFile) -> FileItem:
        self.found += 1
        file.waiting, file.read_out = 1, True
        return self._file_item(file)

    def _file(self, pending: PendingFile) -> _OpenFile:
        source, path = pending.source, pending.found.path
        row = self._journal.file(source, path)
        register = self._registers.pop(pending, None)
        holds_records = pending.found.holds_records or register is not None
        if row is None:
            document = None if holds_records else self._document_id(source, path)
            row = self._journal.add_file(source, path, document)
        elif (row.document is None) != holds_records:
            document = None if holds_records else self._document_id(source, path)
            self._journal.set_document(row.id, document)
            row = dataclasses.replace(row, document=document, sha256="")
        if row.reading != READING_VERSION:
            row = self._journal.read_anew(row, READING_VERSION)
        self._open[row.id] = file = _OpenFile(row, pending.found, register)
        return file

    def _document_id(self, source: str, path: str) -> str:
        id = file_document_id(source, path)
        again = 0
        while self._journal.document_is_taken(id):  # by a file that lay here once and keeps its id where it is now
            again += 1
            id = file_document_id(source, path, again)
        return id

    def _file_item(self, file: _OpenFile) -> FileItem:
        row = file.row
        return FileItem(
            file=row.id,
            path=row.path,
            source=row.source,
            size=file.found.size,
            document=row.document or "",
            sha256=row.sha256,
        )

    def _lines(self, file: _OpenFile) -> Iterator[LineItem]:
        """The lines of a file that are not in the index as they are."""
        offset = 0

        def advance(position: int) -> None:
            nonlocal offset
            self._progress.advance(read=position - offset)
            offset = position

        try:
            for line in self._lines_of(file, advance):
                digest = line.digest()
                if line.content is None:
                    self.found += 1
                    self._fail_line(file, line.number, line.failure or "Dòng dài quá giới hạn, không đọc.")
                elif self._journal.meet(file.row.id, digest, line.number, self._run):
                    self.found += 1
                    self._progress.advance(documents=1)
                else:
                    item = LineItem.of(file.row, line.fetched(), line.content, digest, file.told_by)
                    self.found += 1
                    file.waiting += 1
                    yield item
        except (BrokenFile, OSError) as error:
            file.broken = True
            file.passing = file.passing or isinstance(error, OSError)
            reason = reason_of(error) if isinstance(error, OSError) else str(error)
            if is_description(file.row.path):
                self._survey.errors.append(f"{shown(file.row.path)}: {reason} Không xóa gì khỏi chỉ mục.")
            self._fail_line(file, 0, reason)
            self.found += 1

    def _lines_of(self, file: _OpenFile, progress: Callable[[int], None]) -> Iterator[Line]:
        if isinstance(file.register, Failed):
            file.passing = file.register.passing
            raise BrokenFile(file.register.reason)
        if is_description(file.row.path):
            known = self._journal.count_documents(file.row.id)
            yield from self._read_rows(file.row.path, file.row.source, known)
            progress(file.found.size)
        elif file.register is None:
            yield from read_lines(file.row.path, progress=progress)
        else:
            yield from file.register.lines
            progress(file.found.size)

    # Back from the workers

    def _settle(self, item: FileItem | LineItem, outcome: Outcome) -> None:
        file = self._open[item.file]
        if isinstance(item, LineItem):
            self._settle_line(file, item, outcome)
        else:
            self._settle_file(file, item, _labelled(outcome, item.label))
        file.waiting -= 1
        self._finish_if_done(file)

    def _settle_line(self, file: _OpenFile, item: LineItem, outcome: Outcome) -> None:
        if isinstance(outcome, Ready):
            self._claim(file, item.number, outcome)
        elif isinstance(outcome, Failed):
            self._fail_line(file, item.number, outcome.reason, outcome.digest)

    def _settle_file(self, file: _OpenFile, item: FileItem, outcome: Outcome) -> None:
        row = file.row
        if isinstance(outcome, Same):
            self._journal.refresh(row.id, self._run)
            self._finish(file, item.sha256)
            return
        if isinstance(outcome, Failed) and outcome.passing:
            file.passing = True
            if self._journal.keep_as_stale(row.id, outcome.reason, self._run):
                return
        before = self._journal.remove_items(row.id)
        if isinstance(outcome, Ready):
            # Others are those of the rows of a file that was a register.
            self._delete(document for document in before if document != outcome.document.id)
            self._claim(file, 0, outcome)
        else:
            self._delete(before)
            failed = NewItem(file=row.id, line=0, digest=outcome.digest, state=State.FAILED, note=outcome.reason)
            self._journal.add_item(failed, self._run)
        if not file.passing:
            self._finish(file, outcome.digest.hex())

    def _claim(self, file: _OpenFile, line: int, ready: Ready) -> None:
        """Give the document to this item, unless an item before it has it.

        Who comes first is a matter of path and line alone, so that the index depends on the files as they are and not
        on which worker was faster or when a run was cut off.
        """
        document = ready.document
        item = NewItem(
            file=file.row.id,
            line=line,
            digest=ready.digest,
            state=State.INDEXED,
            document=document.id,
            fingerprint=document.fingerprint,
            note=ready.note,
        )
        owner = self._journal.owner(document.id)
        if owner is not None and self._keeps(owner, file, line):
            self._journal.add_item(_duplicate(item, shown(owner.path), owner.line), self._run)
            self._journal.originals.let_go(ready.originals)
            return
        if owner is not None:
            self._take_from(owner, file, line)
        self._journal.add_item(item, self._run)
        if ready.profile is not None:
            self._journal.copies.note(document.id, ready.profile)
        self._ledger.put(document, ready.originals)
        self._deleted.discard(document.id)

    def _keeps(self, owner: Owner, file: _OpenFile, line: int) -> bool:
        if owner.file == file.row.id:
            return owner.seen_run == self._run and owner.line < line
        return not self._survey.is_gone(owner.file) and (owner.path, owner.source) < (file.row.path, file.row.source)

    def _take_from(self, owner: Owner, file: _OpenFile, line: int) -> None:
        is_own_past = owner.file == file.row.id and owner.seen_run != self._run
        if is_own_past or self._survey.is_gone(owner.file):
            self._journal.remove_item(owner.item)
        else:
            self._journal.displace(owner.item, _same_id(shown(file.row.path), line))

    def _fail_line(self, file: _OpenFile, line: int, reason: str, digest: bytes = b"") -> None:
        item = NewItem(file=file.row.id, line=line, digest=digest, state=State.FAILED, note=reason)
        self._journal.add_item(item, self._run)

    def _finish_if_done(self, file: _OpenFile) -> None:
        """When every line is settled, what the file does not hold any longer goes."""
        if not file.read_out or file.waiting:
            return
        del self._open[file.row.id]
        if not file.holds_records:
            return
        if file.broken:
            self.found += self._journal.keep_unmet(file.row.id, self._run)
        else:
            self._delete(self._journal.remove_items(file.row.id, but_met_in=self._run))
        if not file.passing:
            self._finish(file, "")

    def _finish(self, file: _OpenFile, sha256: str) -> None:
        found = file.found
        # Whether what a register depends on, or a database, is as it was, only the next look into it tells.
        depends = isinstance(file.register, Register) and file.register.depends
        mtime_ns = -1 if depends or is_description(file.row.path) else found.mtime_ns
        self._journal.finish_file(file.row.id, size=found.size, mtime_ns=mtime_ns, sha256=sha256)

    def _delete(self, documents: Iterable[str]) -> None:
        for document in documents:
            self._ledger.delete(document)
            self._deleted.add(document)


def file_document_id(source: str, path: str, again: int = 0) -> str:
    """The id of a file's document: a digest of its source and of the path where it was first met."""
    content = "\0".join((source, shown(path), *([str(again)] if again else [])))
    return "f" + hashlib.blake2b(content.encode(), digest_size=12).hexdigest()


def _labelled(outcome: Outcome, label: str) -> Outcome:
    if isinstance(outcome, Failed):
        return dataclasses.replace(outcome, reason=f"{label} {outcome.reason}".strip())
    if isinstance(outcome, Ready) and outcome.note:
        return dataclasses.replace(outcome, note=f"{label} {outcome.note}".strip())
    return outcome


def _duplicate(item: NewItem, path: str, line: int) -> NewItem:
    return NewItem(
        file=item.file,
        line=item.line,
        digest=item.digest,
        state=State.DUPLICATE,
        document=item.document,
        note=_same_id(path, line),
    )


def _same_id(path: str, line: int) -> str:
    where = f"dòng {line} của “{path}”" if line else f"“{path}”"
    return f"Trùng mã với {where}: mỗi mã chỉ thuộc một văn bản."
