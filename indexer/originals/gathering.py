"""The originals of one document as it is read: the files, and those within letters and packages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engines.copies import SourceFile
from indexer.files import shown
from indexer.originals.noted import Original
from indexer.originals.store import OriginalStore
from indexer.readers.extracted import Extracted
from indexer.readers.nesting import WITHIN

_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Which originals are kept, and where.

    Attributes:
        store: Where.
        all: Whether those are too that lie in folders. Others, letters of a mailbox and blobs of a database, always
            are.
    """

    store: OriginalStore
    all: bool


class DocumentOriginals:
    """The originals of one document, gathered as they are read.

    Args:
        keeping: Which of them are kept; without it none is.
    """

    def __init__(self, keeping: Keeping | None) -> None:
        self._keeping = keeping
        self._originals: dict[str, Original] = {}

    @property
    def gathered(self) -> tuple[Original, ...]:
        """All of them, each content once."""
        return tuple(self._originals.values())

    def add(
        self, path: str, content: bytes, extracted: Extracted | None, *, lies_somewhere: bool = True
    ) -> tuple[SourceFile, ...]:
        """Gather a file and what is in it.

        Args:
            path: Where it lies, or what it is called.
            content: All of it.
            extracted: What was read from it; None when it could not be read.
            lies_somewhere: Whether it lies in a folder, where it can be read again.

        Returns:
            The file, then what is in it, as the record has them.

        Raises:
            NotKept: See there.
        """
        keeping = self._keeping
        store = keeping.store if keeping and (keeping.all or not lies_somewhere) else None
        media_type = extracted.media_type if extracted else _UNKNOWN
        files = [self._file(store, shown(path), content, media_type, path if lies_somewhere else None)]
        for one in extracted.enclosed if extracted else ():
            inner = f"{shown(path)}{WITHIN}{one.name}"
            files.append(self._file(store, inner, one.content, one.media_type, None))
        return tuple(files)

    def _file(
        self, store: OriginalStore | None, shown_path: str, content: bytes, media_type: str, path: str | None
    ) -> SourceFile:
        sha256 = store.keep(content) if store else hashlib.sha256(content).hexdigest()
        self._originals.setdefault(sha256, Original(sha256, path, kept=store is not None))
        return SourceFile(path=shown_path, media_type=media_type or _UNKNOWN, sha256=sha256)
