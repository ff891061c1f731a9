"""What a worker does with one item: read it, complete its metadata, analyse it, encode it for the engine."""

from __future__ import annotations

import dataclasses
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, overload

from engines.interface import EncodedDocument, Encoder
from engines.origins import OriginKind
from engines.record import InvalidRecord, OfficialDocument, from_mapping
from engines.schema import IndexedDocument
from indexer.analysis import DocumentAnalysis, fingerprint, load_analysis
from indexer.archives import Contents
from indexer.copies.folding import unfolded
from indexer.copies.profile import Profile, profile_of, told_fields
from indexer.entries import FileRow
from indexer.files import FILE_BYTES, check_size, fault_of, reason_of, shown
from indexer.lines import Attachment, Blob, Line, record_of
from indexer.metadata import complete
from indexer.originals.gathering import DocumentOriginals, Keeping
from indexer.originals.noted import Original
from indexer.originals.store import NotKept
from indexer.readers import Extracted, Unreadable
from indexer.registers import Register, join, open_register
from indexer.told import told, told_record

READING_VERSION = 12
"""Raised when readers or metadata change: what was read by another version, well or not, is read again."""

TEXT_CHARACTERS = 4_000_000
"""How much of a document's text is indexed, some 1,600 pages; more is left out, with a note in the journal."""

_log = logging.getLogger(__name__)

Reader: TypeAlias = Callable[[bytes, str], Extracted]
"""Content and file name to text. Raises `Unreadable`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileItem:
    """A file to be read.

    Attributes:
        file: Its row in the journal.
        path: Where it lies.
        source: The source (nguồn) of its document.
        size: Its bytes.
        document: Its document's id.
        sha256: The digest under which the journal knows it, empty when it is to be indexed whatever it holds.
        content: Its bytes where it lies in no place that a worker could read them from; else None.
        label: What it is called in messages beside its path, in Vietnamese; mostly empty.
    """

    file: int
    path: str
    source: str
    size: int
    document: str
    sha256: str
    content: bytes | None = None
    label: str = ""

    @property
    def weight(self) -> int:
        """Bytes that reading it takes."""
        return self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """One record as a line of JSON.

    Attributes:
        file: The row of its file in the journal.
        number: The line's number, from 1.
        content: The line.
        digest: Digest of `content`.
        source: The source (nguồn) of the record when it names none itself.
        attachments: Files whose text belongs to the record.
        note: What is known already that the operator should know.
        told_by: What the line is: a record, or a row of a register.
    """

    file: int
    number: int
    content: bytes
    digest: bytes
    source: str
    attachments: tuple[Attachment, ...] = ()
    note: str = ""
    told_by: OriginKind = OriginKind.RECORD

    @classmethod
    def of(cls, file: FileRow, line: Line, content: bytes, digest: bytes, told_by: OriginKind) -> LineItem:
        """The item that a line of a file is, with its content and digest, and what the line is."""
        return cls(
            file=file.id,
            number=line.number,
            content=content,
            digest=digest,
            source=file.source,
            attachments=line.attachments,
            note=line.note,
            told_by=told_by,
        )

    @property
    def weight(self) -> int:
        """Bytes of the line and of the attachments that travel with it."""
        return len(self.content) + sum(len(each.content) for each in self.attachments if isinstance(each, Blob))


@dataclass(frozen=True, slots=True)
class RegisterItem:
    """A spreadsheet that may be a register (sổ đăng ký văn bản) of `source`."""

    path: str
    source: str
    size: int

    @property
    def weight(self) -> int:
        """Bytes that reading it takes."""
        return self.size


@dataclass(frozen=True, slots=True)
class RecordItem:
    """A record that an index holds, to be analysed anew. `known` is the fingerprint in the index being built."""

    record: OfficialDocument
    known: str | None

    @property
    def weight(self) -> int:
        """About the bytes of the record."""
        return 2 * len(self.record.text)


@dataclass(frozen=True, slots=True)
class FoldedItem:
    """A record that its copies changed, to be analysed as it is."""

    record: OfficialDocument

    @property
    def weight(self) -> int:
        """About the bytes of the record."""
        return 2 * len(self.record.text)


@dataclass(frozen=True, slots=True)
class Ready:
    """A document ready to be written.

    Attributes:
        document: In the engine's own form.
        digest: Of the content that it was made from.
        note: What the operator should know of it, in Vietnamese; mostly empty.
        profile: What its copies are found by; None where the journal has it.
        originals: Its files.
    """

    document: EncodedDocument
    digest: bytes
    note: str = ""
    profile: Profile | None = None
    originals: tuple[Original, ...] = ()


@dataclass(frozen=True, slots=True)
class Same:
    """There is nothing to write: the content is what is known."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The item cannot be indexed.

    Attributes:
        reason: Why, in Vietnamese.
        digest: Of the content, empty when it was not read.
        passing: Whether the same content may be readable later, as when a share is away for a moment.
    """

    reason: str
    digest: bytes = b""
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A spreadsheet was looked into. `register` is None where its rows are no documents."""

    register: Register | None


Work: TypeAlias = FileItem | LineItem | RecordItem | FoldedItem
Outcome: TypeAlias = Ready | Same | Failed


class Reading:
    """Handles items one after another; a failure of one is its outcome and nobody else's.

    Args:
        analysis: From records to indexed documents.
        encode: Into the engine's own form.
        read: Content and file name to text.
        keeping: Which originals are kept, and where; without it none is.
    """

    def __init__(
        self, analysis: DocumentAnalysis, encode: Encoder, read: Reader, keeping: Keeping | None = None
    ) -> None:
        self._analysis = analysis
        self._encode = encode
        self._read = read
        self._contents = Contents()
        self._keeping = keeping

    @overload
    def __call__(self, item: Work) -> Outcome: ...

    @overload
    def __call__(self, item: RegisterItem) -> Opened | Failed: ...

    def __call__(self, item: Work | RegisterItem) -> Outcome | Opened:
        """The item's outcome; nothing is raised but `MemoryError`, after which nobody knows what is in order."""
        try:
            return self._outcome(item)
        except MemoryError:
            raise
        except NotKept as error:
            return Failed(str(error), passing=True)
        except Exception as error:  # noqa: BLE001 - whatever a broken file provokes, it must not stop the others
            _log.warning("%s", _name(item), exc_info=True)
            return Failed(fault_of(error))
        except BaseException as error:
            if not is_panic(error):
                raise
            return Failed(f"Tệp hỏng: chương trình đọc định dạng này không đọc nổi ({error}).")

    def _outcome(self, item: Work | RegisterItem) -> Outcome | Opened:
        if isinstance(item, FileItem):
            return self._file(item)
        if isinstance(item, LineItem):
            return self._line(item)
        if isinstance(item, RegisterItem):
            return self._register(item)
        if isinstance(item, FoldedItem):
            return Ready(self._encode(self._analysis.document(item.record)), b"")
        record = complete(item.record)
        if item.known == fingerprint(record):
            return Same()
        return Ready(self._encode(self._analysis.document(record)), b"")

    def _file(self, item: FileItem) -> Outcome:
        try:
            check_size(item.size)
            content = self._contents.of(item.path, FILE_BYTES) if item.content is None else item.content
        except OSError as error:
            return Failed(reason_of(error), passing=True)
        except Unreadable as error:
            return Failed(str(error))
        sha256 = hashlib.sha256(content)
        if sha256.hexdigest() == item.sha256:
            return Same()
        try:
            extracted = self._read(content, Path(item.path).name)
        except Unreadable as error:
            return Failed(str(error), sha256.digest())
        originals = DocumentOriginals(self._keeping)
        files = originals.add(item.path, content, extracted, lies_somewhere=item.content is None)
        extracted = dataclasses.replace(extracted, enclosed=())
        del content  # up to `FILE_BYTES`, which the analysis need not carry along, and all that is in it
        record = dataclasses.replace(
            from_mapping({**told(extracted.fields, extracted.told_by), "id": item.document}),
            text=extracted.text,
            pages=extracted.pages,
            signatures=extracted.signatures,
            recognised=extracted.recognised,
            source=item.source,
            files=files,
        )
        return self._ready(record, sha256.digest(), extracted.note, originals.gathered, scanned=extracted.scanned)

    def _line(self, item: LineItem) -> Outcome:
        try:
            record = told_record(record_of(item.content), item.told_by)
        except InvalidRecord as error:
            return Failed(str(error), item.digest)
        if not record.source:
            record = dataclasses.replace(record, source=item.source)
        note, scanned, originals = item.note, False, DocumentOriginals(self._keeping)
        if item.attachments:
            record, of_files, scanned = join(record, item.attachments, self._read, originals)
            note = f"{note} {of_files}".strip()
        return self._ready(record, item.digest, note, originals.gathered, scanned=scanned)

    def _register(self, item: RegisterItem) -> Opened | Failed:
        try:
            check_size(item.size)
            return Opened(open_register(item.path, item.source, content_of=self._contents.of))
        except OSError as error:
            return Failed(reason_of(error), passing=True)
        except Unreadable as error:
            return Failed(str(error))

    def _ready(
        self, record: OfficialDocument, digest: bytes, note: str, originals: tuple[Original, ...], *, scanned: bool
    ) -> Ready:
        if len(record.text) > TEXT_CHARACTERS:
            note = f"{note} Văn bản dài quá {TEXT_CHARACTERS} ký tự: phần sau đó không được lập chỉ mục.".strip()
        document, profile = prepared(self._analysis, record, scanned=scanned)
        return Ready(self._encode(document), digest, note, profile, originals)


def prepared(analysis: DocumentAnalysis, record: OfficialDocument, *, scanned: bool) -> tuple[IndexedDocument, Profile]:
    """A record from outside as it goes into the index, with what its text tells; and what its copies are found by.

    Args:
        analysis: Makes its tokens.
        record: What its source gave. What an index wrote of copies into it is that index's own and left out.
        scanned: Whether its text was recognised in pictures of pages.
    """
    given = unfolded(record)
    document = analysis.document(complete(shortened(given)))
    syllables = document.tokens["folded"].split()
    return document, profile_of(document.record, told_fields(given), syllables, scanned=scanned)


def shortened(record: OfficialDocument) -> OfficialDocument:
    """The record with no more text than `TEXT_CHARACTERS`."""
    if len(record.text) <= TEXT_CHARACTERS:
        return record
    pages = tuple(start for start in record.pages if start < TEXT_CHARACTERS)
    return dataclasses.replace(record, text=record.text[:TEXT_CHARACTERS], pages=pages)


def load_reading(encode: Encoder, read: Reader, keeping: Keeping | None) -> Reading:
    """Load the segmentation model; called once in each worker."""
    return Reading(load_analysis(), encode, read, keeping)


def is_panic(error: BaseException) -> bool:
    """Whether a library in Rust gave up on what it was given; its error is no `Exception`, and nobody exports it."""
    return type(error).__module__ == "pyo3_runtime"


def _name(item: Work | RegisterItem) -> str:
    if isinstance(item, FileItem | RegisterItem):
        return shown(item.path)
    return f"dòng {item.number}" if isinstance(item, LineItem) else item.record.id
