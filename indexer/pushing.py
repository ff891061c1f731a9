"""Documents pushed through the API, one by one or many at once: the one entry of the indexer for them, as for files.

What was pushed stands in the journal as items of one file that lies nowhere. So a run over folders neither deletes it
nor takes its id for another document, as it would not for a file that it does not look at; and an id that a file on a
share holds already cannot be pushed, because the next change of that file would undo it.
"""

from __future__ import annotations

import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analyzers.channels import Analyzer
from engines.interface import EncodedDocument, Engine, EngineError, EngineUnavailable, Writer
from engines.origins import OriginKind
from engines.record import OfficialDocument, from_mapping
from indexer.analysis import ANALYSIS_VERSION, DocumentAnalysis, fingerprint, own_fingerprint
from indexer.copies.profile import Profile
from indexer.copies.regrouping import regroup
from indexer.entries import FileRow, NewItem, State
from indexer.files import FILE_BYTES, shown
from indexer.journal import Journal, JournalUnreadable
from indexer.ledger import Ledger, Pace
from indexer.originals.garbage import Garbage
from indexer.originals.gathering import DocumentOriginals
from indexer.originals.noted import Original
from indexer.originals.store import NotKept, OriginalStore
from indexer.pushed import Applied, Deletion, Outcome, Pushed, Sent
from indexer.readers import Unreadable, read
from indexer.readers_apart import ReaderApart
from indexer.reading import Reader, prepared
from indexer.rebuild import create
from indexer.sources import PUSHED_PATH, PUSHED_SOURCE
from indexer.told import believed, told, told_record

__all__ = [
    "FILE_BYTES",
    "AnotherVersion",
    "Applied",
    "Deletion",
    "HeldByAFile",
    "Inbox",
    "NotKept",
    "Outcome",
    "Pushed",
    "Refused",
    "Sent",
    "Unreadable",
    "fingerprint",
    "own_fingerprint",
]


_GROUP_DOCUMENTS = 500
_GROUP_CHARACTERS = 8 * 2**20


class HeldByAFile(Exception):
    """The id belongs to a document that runs over folders read; the message says of which file, in Vietnamese."""


class AnotherVersion(Exception):
    """The index holds another version of the document than the one that was to be replaced, or none."""


class Refused(EngineError):
    """The engine does not take the document, and why."""


class Inbox:
    """Where documents are pushed. Safe to call from several threads, of which one writes at a time.

    Args:
        engine: Where documents go.
        journal: The journal of the engine's index, made when missing.
        analyzer: The segmentation model is in it, loaded once a process.
        read: Content and file name to text.
    """

    def __init__(self, engine: Engine, journal: Path, analyzer: Analyzer, read: Reader = read) -> None:
        self._engine = engine
        self._journal = journal
        self._analysis = DocumentAnalysis(analyzer)
        self._encode = engine.encoder()
        self._store = OriginalStore.beside(journal)
        self._read = ReaderApart(read)
        self._writes = threading.Lock()

    def record_of(self, id: str, given: Mapping[str, Any], content: bytes, name: str) -> Sent:
        """Read a file in a process of its own, which may die of it.

        Args:
            id: The document's.
            given: Record fields that its sender tells, believed before what the file says.
            content: The file.
            name: Its name.

        Raises:
            Unreadable: There is no text to be had, and why.
            InvalidRecord: A given value is wrong.
        """
        extracted = self._read(content, name)
        fields = believed(told(given, OriginKind.RECORD), told(extracted.fields, extracted.told_by))
        record = replace(
            from_mapping({**fields, "id": id}),
            text=extracted.text,
            pages=extracted.pages,
            signatures=extracted.signatures,
            recognised=extracted.recognised,
            files=DocumentOriginals(None).add(name, content, extracted),
        )
        contents = (content, *(one.content for one in extracted.enclosed))
        return Sent(record, extracted.note, extracted.scanned, contents)

    def put(self, sent: Sent, *, replaces: Callable[[str], bool] | None = None) -> Pushed:
        """Index a document; it is searchable, and on disk with its files, on return. Pushing it again changes nothing.

        Args:
            sent: The document.
            replaces: Says of the version in the index ("" when there is none) whether it may be replaced; without it
                any may. The version is that of the record itself, whatever its copies are.

        Raises:
            NotKept: See there.
            HeldByAFile: See there.
            AnotherVersion: `replaces` said no.
            Refused: See there.
            EngineUnavailable: Not now; `IndexLocked` while another process is writing.
        """
        indexed, profile = prepared(self._analysis, _given(sent), scanned=sent.scanned)
        record, document = indexed.record, self._encode(indexed)
        with self._writing() as (writer, journal, inbox):
            held = _held(writer, journal, inbox, record.id, replaces)
            originals = self._kept(journal, record, sent.contents)
            journal.commit()  # before the index names them
            journal.begin()
            is_held = own_fingerprint(held) == document.fingerprint
            if not is_held:
                writer.put(document)
                if reason := writer.commit().get(record.id):
                    raise Refused(_refusal(record.id, reason))
            # Later than the engine: a push that is cut off between is taken into the journal when it is sent again.
            _note(journal, inbox, record.id, held if is_held else document.fingerprint, sent.note)
            journal.copies.note(record.id, profile)
            journal.originals.set(record.id, originals)
            self._regroup(journal, writer)
        outcome = Outcome.CREATED if not held else Outcome.REPLACED
        return Pushed(record, document.fingerprint, Outcome.UNCHANGED if is_held else outcome)

    def delete(self, id: str, *, replaces: Callable[[str], bool] | None = None) -> bool:
        """Delete a document that was pushed; it is in no search on return.

        Returns:
            Whether there was one.

        Raises:
            HeldByAFile: See there.
            AnotherVersion: `replaces` said no.
            EngineUnavailable: Not now; `IndexLocked` while another process is writing.
        """
        if self._engine.live() is None:
            return False
        with self._writing() as (writer, journal, inbox):
            held = _held(writer, journal, inbox, id, replaces)
            if held:
                writer.delete(id)
                writer.commit()
            _forget(journal, id)
            journal.originals.forget(id)
            self._regroup(journal, writer)
        return bool(held)

    def apply(self, changes: Iterable[Sent | Deletion]) -> list[Applied]:
        """Push and delete many documents under one writer; those that fail stand in nobody's way.

        Memory holds some of the documents at a time. All are searchable, and on disk, on return. What is cut off or
        ends with an error is to be applied again: what was done is then `UNCHANGED`.

        Args:
            changes: What to do, in order; read as it is done.

        Returns:
            What became of each, in the same order.

        Raises:
            NotKept: See there.
            EngineUnavailable: Not now; `IndexLocked` while another process is writing.
        """
        remaining = iter(changes)
        first = next(remaining, None)
        if first is None:
            return []
        applied: list[Applied] = []
        with self._writing() as (writer, journal, inbox):
            for group in _groups(itertools.chain([first], remaining)):
                applied += self._applied(group, writer, journal, inbox)
                journal.commit()
                journal.begin()
            self._regroup(journal, writer)
        return applied

    def _applied(
        self, group: Sequence[Sent | Deletion], writer: Writer, journal: Journal, inbox: FileRow
    ) -> list[Applied]:
        """Apply changes to different documents in one commit of the engine; the orders are those of `put`."""
        steps = [self._step(change, writer, journal, inbox) for change in group]
        journal.commit()
        journal.begin()
        for step in steps:
            if step.document is not None:
                writer.put(step.document)
            elif step.outcome is Outcome.DELETED:
                writer.delete(step.id)
        refused = writer.commit()
        return [step.note(journal, inbox, refused.get(step.id, "")) for step in steps]

    def _step(self, change: Sent | Deletion, writer: Writer, journal: Journal, inbox: FileRow) -> _Step:
        try:
            held = _held(writer, journal, inbox, _id_of(change), None)
        except HeldByAFile as error:
            return _Step(_id_of(change), Outcome.FAILED, problem=str(error))
        if isinstance(change, Deletion):
            return _Step(change.id, Outcome.DELETED if held else Outcome.UNCHANGED)
        indexed, profile = prepared(self._analysis, _given(change), scanned=change.scanned)
        document = self._encode(indexed)
        noted = _Noted(document.fingerprint, change.note, profile, self._kept(journal, indexed.record, change.contents))
        if own_fingerprint(held) == document.fingerprint:
            return _Step(document.id, Outcome.UNCHANGED, noted=replace(noted, fingerprint=held))
        return _Step(document.id, Outcome.REPLACED if held else Outcome.CREATED, document=document, noted=noted)

    def _regroup(self, journal: Journal, writer: Writer) -> None:
        """Bring the copies of what was written up to date, in a commit after its own and as a run does it."""
        live = self._engine.live()
        if live is not None:
            journal.commit()
            ledger = Ledger(journal, writer, live, Pace())  # which begins the next transaction
            if not ledger.met_index_before:
                Garbage(self._engine, journal.originals, self._store).meet_index()
            regroup(self._engine, journal, ledger, self._folded, threading.Event())
            ledger.commit()

    def _folded(self, records: Iterable[OfficialDocument]) -> Iterator[EncodedDocument]:
        for record in records:
            yield self._encode(self._analysis.document(record))

    def _kept(self, journal: Journal, record: OfficialDocument, contents: Sequence[bytes]) -> tuple[Original, ...]:
        """The document's files, kept: they lie nowhere else. To be committed before the index names them.

        A record in JSON brings no file. Of the files that it names it keeps those that the document had.
        """
        known = journal.originals.of(record.id)
        sent = {sha256: Original(sha256, None, kept=True) for sha256 in map(self._store.keep, contents)}
        named = {file.sha256: known[file.sha256] for file in record.files if file.sha256 in known}
        originals = tuple((named | sent).values())
        journal.originals.expect(record.id, originals)
        return originals

    def _live_writer(self) -> AbstractContextManager[Writer]:
        if self._engine.live() is None:
            create(self._engine)
        return self._engine.write_live()

    def _collect(self, journal: Journal) -> None:
        """Remove what no document has any longer; where a run was cut off, the next one must look first."""
        journal.begin()
        if journal.originals.swept:
            Garbage(self._engine, journal.originals, self._store).collect()
        journal.commit()

    @contextmanager
    def _writing(self) -> Iterator[tuple[Writer, Journal, FileRow]]:
        """The live index's writer, which is the lock against runs too, and the journal in a transaction."""
        with self._writes, self._live_writer() as writer:
            live = self._engine.live()
            if live is not None and live.version != ANALYSIS_VERSION:
                raise EngineUnavailable("Chỉ mục thuộc phiên bản khác: hãy chạy “tracuu index” để dựng lại.")
            try:
                with closing(Journal(self._journal)) as journal:
                    journal.begin()
                    inbox = journal.file(PUSHED_SOURCE, PUSHED_PATH)
                    yield writer, journal, inbox or journal.add_file(PUSHED_SOURCE, PUSHED_PATH, None)
                    journal.commit()
                    self._collect(journal)
            except (JournalUnreadable, sqlite3.OperationalError) as error:
                raise EngineUnavailable(f"Chưa ghi được sổ: {error}") from error


@dataclass(frozen=True, slots=True)
class _Noted:
    """What the journal notes of a document that was pushed."""

    fingerprint: str
    note: str
    profile: Profile
    originals: tuple[Original, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One of many changes: what is to be written, and what is to be noted then; of a deletion there is neither."""

    id: str
    outcome: Outcome
    document: EncodedDocument | None = None
    noted: _Noted | None = None
    problem: str = ""

    def note(self, journal: Journal, inbox: FileRow, reason: str) -> Applied:
        """Write it down, unless the engine refused it for a reason."""
        if reason:
            return Applied(self.id, Outcome.FAILED, _refusal(self.id, reason))
        if self.noted is not None:
            _note(journal, inbox, self.id, self.noted.fingerprint, self.noted.note)
            journal.copies.note(self.id, self.noted.profile)
            journal.originals.set(self.id, self.noted.originals)
        elif self.outcome is not Outcome.FAILED:
            _forget(journal, self.id)
            journal.originals.forget(self.id)
        return Applied(self.id, self.outcome, self.problem)


def _groups(changes: Iterable[Sent | Deletion]) -> Iterator[Sequence[Sent | Deletion]]:
    """As many changes as one commit takes, each of another document."""
    group: dict[str, Sent | Deletion] = {}
    characters = 0
    for change in changes:
        if _id_of(change) in group or len(group) >= _GROUP_DOCUMENTS or characters >= _GROUP_CHARACTERS:
            yield [*group.values()]
            group, characters = {}, 0
        group[_id_of(change)] = change
        characters += len(change.record.text) if isinstance(change, Sent) else 0
    yield [*group.values()]


def _id_of(change: Sent | Deletion) -> str:
    return change.id if isinstance(change, Deletion) else change.record.id


def _given(sent: Sent) -> OfficialDocument:
    return told_record(replace(sent.record, source=sent.record.source or PUSHED_SOURCE), OriginKind.RECORD)


def _refusal(id: str, reason: str) -> str:
    return f"Bộ máy tìm kiếm từ chối văn bản “{id}”: {reason}"


def _held(writer: Writer, journal: Journal, inbox: FileRow, id: str, replaces: Callable[[str], bool] | None) -> str:
    """The fingerprint of the document in the index, folding included, "" when there is none.

    Raises:
        HeldByAFile: It is not one that was pushed.
        AnotherVersion: It is not the one expected.
    """
    owner = journal.owner(id)
    if owner is not None and owner.file != inbox.id:
        raise HeldByAFile(
            f"Mã “{id}” thuộc văn bản đọc từ “{shown(owner.path)}”: hãy sửa hoặc bỏ tệp đó rồi lập chỉ mục lại, "
            "hoặc dùng mã khác."
        )
    held = writer.fingerprints([id]).get(id, "")
    if replaces is not None and not replaces(own_fingerprint(held)):
        raise AnotherVersion(
            f"Chỉ mục đang giữ bản khác của văn bản “{id}”." if held else f"Chưa có văn bản nào có mã “{id}”."
        )
    return held


def _note(journal: Journal, inbox: FileRow, id: str, fingerprint: str, note: str) -> None:
    _forget(journal, id)
    item = NewItem(
        file=inbox.id, line=0, digest=b"", state=State.INDEXED, document=id, fingerprint=fingerprint, note=note
    )
    journal.add_item(item, run=0)


def _forget(journal: Journal, id: str) -> None:
    if (owner := journal.owner(id)) is not None:
        journal.remove_item(owner.item)
