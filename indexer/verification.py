"""Whether the index holds what the journal says, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from engines.interface import Access, Engine
from engines.record import OfficialDocument
from indexer.entries import FileRow
from indexer.journal import Journal
from indexer.ledger import batches, compare
from indexer.originals.checking import Check, Fault
from indexer.originals.store import OriginalStore
from indexer.pipeline import Options, index
from indexer.report import RunReport
from indexer.run import file_document_id
from indexer.sources import PUSHED_PATH, Root

_SCANNED_AT_ONCE = 1_000
_MISSING = "Kiểm tra thấy chỉ mục thiếu văn bản này hoặc giữ nội dung khác; lần chạy tới sẽ đọc lại."
_ORIGINAL_MISSING = "Bản gốc của văn bản này chưa được giữ hoặc đã hỏng; lần chạy tới sẽ đọc lại."


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a comparison of journal and index found.

    Attributes:
        agreed: Documents that both have, with equal content.
        missing: Ids that the journal knows and the index does not hold, or holds with other content.
        left_over: Ids in the index that were made from files that the journal does not know.
        foreign: How many other documents of the index the journal does not know: indexed from records with another
            journal. They are no fault.
    """

    agreed: int
    missing: tuple[str, ...]
    left_over: tuple[str, ...]
    foreign: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing differs."""
        return not self.missing and not self.left_over


def verify(engine: Engine, journal: Path) -> Verification:
    """Compare every document.

    Raises:
        EngineError: There is no index, or somebody is writing to it.
    """
    with closing(Journal(journal)) as noted:
        with engine.write_live() as writer:
            missing = compare(noted, writer)
        owned = sum(1 for _ in noted.owned())
        left_over: list[str] = []
        foreign = 0
        for records in batches(engine.scan(Access.unrestricted()), _SCANNED_AT_ONCE):
            known = noted.fingerprints([record.id for record in records])
            for record in records:
                if record.id in known:
                    continue
                if _is_from_a_file(record):
                    left_over.append(record.id)
                else:
                    foreign += 1
    return Verification(
        agreed=owned - len(missing), missing=tuple(missing), left_over=tuple(left_over), foreign=foreign
    )


def repair(engine: Engine, journal: Path, found: Verification, options: Options) -> RunReport:
    """Read again the files whose documents are missing, and delete what is left over.

    Raises:
        EngineError: The index cannot be written to.
    """
    with closing(Journal(journal)) as noted:
        noted.begin()
        noted.doubt(found.missing, _MISSING)
        noted.commit()
        stale = list(noted.files("WHERE id IN (SELECT file FROM items WHERE state = 'stale')"))
        noted.begin()
        noted.originals.swept = False  # what is deleted past the journal leaves its originals behind
        noted.commit()
    if found.left_over:
        with engine.write_live() as writer:
            for document in found.left_over:
                writer.delete(document)
            writer.commit()
    return index(engine, journal, _roots(stale), options)


def restore(engine: Engine, journal: Path, found: Check, options: Options) -> RunReport:
    """Read again the files of which an original should be kept, and is damaged, missing, or was not kept before.

    Raises:
        EngineError: The index cannot be written to.
    """
    store = OriginalStore.beside(journal)
    wanting = [faulty for faulty in found.faulty if faulty.may_be_restored]
    for faulty in wanting:
        if faulty.fault is Fault.DAMAGED:
            store.remove(faulty.original.sha256)
    with closing(Journal(journal)) as noted:
        noted.begin()
        noted.doubt({document for faulty in wanting for document in faulty.documents}, _ORIGINAL_MISSING)
        noted.commit()
        stale = list(noted.files("WHERE id IN (SELECT file FROM items WHERE state = 'stale')"))
    return index(engine, journal, _roots(stale), options)


def retry(engine: Engine, journal: Path, options: Options) -> RunReport:
    """Read every file again in which something failed.

    Raises:
        EngineError: The index cannot be written to.
    """
    with closing(Journal(journal)) as noted:
        failed = list(noted.files("WHERE id IN (SELECT file FROM items WHERE state <> 'indexed')"))
        noted.begin()
        noted.reopen_files(file.id for file in failed)
        noted.commit()
    return index(engine, journal, _roots(failed), options)


def _roots(files: Iterable[FileRow]) -> list[Root]:
    """The files as roots of a run. What was pushed lies nowhere: whoever pushed it has to send it again."""
    paths = ((_outermost(file.path), file.source) for file in files if file.path != PUSHED_PATH)
    return [Root(path, source) for path, source in dict.fromkeys(paths)]


def _outermost(path: str) -> str:
    """The file that one lies in, as in an archive or a mailbox; else itself."""
    return next((str(parent) for parent in reversed(Path(path).parents) if parent.is_file()), path)


def _is_from_a_file(record: OfficialDocument) -> bool:
    """Whether the id is the one that this program derives from the document's file."""
    return any(record.id == file_document_id(record.source, file.path) for file in record.files)
