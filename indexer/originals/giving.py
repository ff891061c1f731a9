"""Originals on their way out: whole as they came in, or a clear reason why not."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from indexer.archives import Contents
from indexer.files import FILE_BYTES, reason_of, shown
from indexer.journal import Journal
from indexer.originals.noted import Original
from indexer.originals.store import OriginalStore
from indexer.readers.extracted import Unreadable

Content: TypeAlias = io.BufferedReader | io.BytesIO


class NoOriginal(Exception):
    """There is no such original here; the message says why, in Vietnamese."""


class ChangedOriginal(Exception):
    """What lies there is no longer what was read; the message says so, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Given:
    """An original, open at its beginning: `content` has `size` bytes and can be sought in."""

    content: Content
    size: int


class Originals:
    """Gives originals of the documents that a journal knows. Safe to call from several threads.

    Only what a run or a push noted is given: a record may name any path as its file, and nothing is opened for that.

    Args:
        journal: The journal's file.
    """

    def __init__(self, journal: Path) -> None:
        self._journal = journal
        self._store = OriginalStore.beside(journal)

    def available(self, document: str) -> Collection[str]:
        """The digests of a document's originals that can be given, as far as the journal knows."""
        return self.available_of([document])[document]

    def available_of(self, documents: Collection[str]) -> dict[str, Collection[str]]:
        """`available` of several documents, with one look into the journal."""
        if not self._journal.is_file():
            return dict.fromkeys(documents, ())
        with closing(Journal(self._journal)) as journal:
            noted = {document: journal.originals.of(document) for document in documents}
        return {
            document: frozenset(sha256 for sha256, one in originals.items() if one.kept or one.path)
            for document, originals in noted.items()
        }

    def open(self, document: str, sha256: str) -> Given:
        """Open an original; its content has the digest asked for.

        Raises:
            NoOriginal: See there.
            ChangedOriginal: See there.
        """
        original = self._of(document).get(sha256)
        if original is None:
            raise NoOriginal("Máy này không giữ bản gốc của tệp ấy và không biết nó nằm ở đâu.")
        try:
            content = _opened(original, self._store)
        except (OSError, Unreadable) as error:
            raise NoOriginal(f"Không mở được bản gốc{_where(original)}. {reason_of(error)}") from error
        if hashlib.file_digest(content, "sha256").hexdigest() != sha256:
            content.close()
            raise ChangedOriginal(
                f"Tệp{_where(original)} đã khác lúc được đọc: không phải bản gốc của văn bản này nữa."
            )
        size = content.seek(0, os.SEEK_END)
        content.seek(0)
        return Given(content, size)

    def _of(self, document: str) -> dict[str, Original]:
        if not self._journal.is_file():
            return {}
        with closing(Journal(self._journal)) as journal:
            return journal.originals.of(document)


def digest_of(original: Original, store: OriginalStore) -> str:
    """The digest of what lies where an original should.

    Raises:
        OSError: Nothing can be read there.
        Unreadable: The archive that it lies in cannot be read.
    """
    with _opened(original, store) as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _opened(original: Original, store: OriginalStore) -> Content:
    if original.kept:
        return store.path(original.sha256).open("rb")
    if original.path is None:
        raise Unreadable("Tệp ấy nằm trong một tệp khác của văn bản: hãy tải tệp đó.")
    try:
        return Path(original.path).open("rb")
    except NotADirectoryError:
        return io.BytesIO(Contents().of(original.path, FILE_BYTES))


def _where(original: Original) -> str:
    return f" ở “{shown(original.path)}”" if original.path and not original.kept else ""
