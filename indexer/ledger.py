"""Keeps the journal and the index in step: what one believes is what the other holds, wherever a run is cut off.

The order of one commit: the ids about to be touched are noted in a file of their own; the engine is written and
commits; the journal's transaction commits; the note is emptied. A run that is cut off leaves the note behind, and the
next one compares just those documents with the index.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from engines.interface import EncodedDocument, IndexState, Writer
from indexer.analysis import own_fingerprint
from indexer.journal import Journal
from indexer.originals.noted import Original

_GROUP_BYTES = 4 * 2**20
_GROUP_DOCUMENTS = 1_000
_NOT_AS_NOTED = "Chỉ mục không có nội dung này như sổ đã ghi; lần chạy tới sẽ đọc lại."

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a run commits: after so many documents, bytes of encoded documents, or seconds, whichever is first."""

    documents: int = 20_000
    bytes: int = 256 * 2**20
    seconds: float = 15.0


class Ledger:
    """Writes documents and the journal of one run. Use within one `Journal` and one `Writer`.

    Args:
        journal: Its transaction is begun and committed here and nowhere else.
        writer: The writer of the live index.
        live: Which index that is.
        pace: How often to commit.

    Attributes:
        met_index_before: Whether this index is the one that the journal was about.
    """

    def __init__(self, journal: Journal, writer: Writer, live: IndexState, pace: Pace) -> None:
        self._journal = journal
        self._writer = writer
        self._pace = pace
        self._doubts = _Doubts(journal.path.with_suffix(".in-doubt"))
        self._group: dict[str, EncodedDocument | None] = {}
        self._group_bytes = 0
        self._touched: set[str] = set()  # since the engine's last commit
        self._bytes = 0
        self._committed = time.monotonic()
        journal.begin()
        self.met_index_before = self._agree_on(live)
        self._orphans = self._settle_doubts()

    def put(self, document: EncodedDocument, originals: Iterable[Original] | None = None) -> None:
        """Have the document in the index at the next commit, with these originals; without any named, its own."""
        if originals is not None:
            self._journal.originals.set(document.id, originals)
        self._group[document.id] = document
        self._group_bytes += len(document.payload)
        self._write_full_group()

    def delete(self, document: str) -> None:
        """Have the document out of the index at the next commit."""
        self._journal.originals.forget(document)
        self._group[document] = None
        self._write_full_group()

    def delete_orphans(self) -> None:
        """Delete what a run that was cut off had written and what no item holds now."""
        for document in self._orphans:
            if self._journal.owner(document) is None:
                self.delete(document)
        self._orphans = set()

    @property
    def is_due(self) -> bool:
        """Whether it is time to commit."""
        return (
            len(self._touched) + len(self._group) >= self._pace.documents
            or self._bytes >= self._pace.bytes
            or time.monotonic() - self._committed >= self._pace.seconds
        )

    def commit(self) -> None:
        """Make everything since the last commit durable, first in the index and then in the journal."""
        self._write_group()
        if self._touched:
            refused = self._writer.commit()
            self._journal.originals.doubt(refused)
            for document, reason in refused.items():
                _log.warning("%s: %s", document, reason)
                self._journal.refuse(document, f"Bộ máy tìm kiếm từ chối: {reason}")
        self._journal.commit()
        self._doubts.replace(self._orphans)
        self._journal.begin()
        self._touched.clear()
        self._bytes, self._committed = 0, time.monotonic()

    def _write_full_group(self) -> None:
        if self._group_bytes >= _GROUP_BYTES or len(self._group) >= _GROUP_DOCUMENTS:
            self._write_group()

    def _write_group(self) -> None:
        if not self._group:
            return
        self._doubts.add(self._group)
        held = self._writer.fingerprints([id for id, document in self._group.items() if document])
        for id, document in self._group.items():
            if document is None:
                self._writer.delete(id)
            elif id in self._touched or held.get(id) != document.fingerprint:
                self._writer.put(document)
            else:
                continue
            self._touched.add(id)
        self._bytes += self._group_bytes
        self._group, self._group_bytes = {}, 0

    def _agree_on(self, live: IndexState) -> bool:
        """See that the journal is about this index; a rebuilt, restored or emptied one is compared with it, whole.

        Returns:
            Whether it was about this index before.
        """
        name, version = self._journal.index_identity()
        if (name, version) == (live.name, live.version):
            return True
        adopt = version not in ("", live.version)  # a rebuild gave every document another fingerprint
        doubtful = 0
        for owned in batches(self._journal.owned()):
            doubtful += self._agree(dict(owned), adopt=adopt)
        if doubtful:
            _log.warning("Chỉ mục thiếu %d văn bản mà sổ đã ghi; chúng sẽ được đọc lại.", doubtful)
        self._journal.set_index_identity(live.name, live.version)
        return False

    def _agree(self, noted: Mapping[str, str], *, adopt: bool = False) -> int:
        """See that journal and index agree on some documents, noted with these fingerprints; how many are doubtful.

        A document that the index holds otherwise folded is no doubt: it is compared with its copies once more.
        """
        held = self._writer.fingerprints(list(noted))
        refolded = {
            id: held[id]
            for id, fingerprint in noted.items()
            if id in held and (adopt or own_fingerprint(held[id]) == own_fingerprint(fingerprint) != "")
        }
        self._journal.set_fingerprints(refolded.items())
        self._journal.copies.unsettle(id for id, fingerprint in refolded.items() if fingerprint != noted[id])
        doubtful = [id for id in noted if id not in refolded]
        self._journal.doubt(doubtful, _NOT_AS_NOTED)
        return len(doubtful)

    def _settle_doubts(self) -> set[str]:
        """Compare what a run that was cut off had been writing; what the index holds and the journal does not."""
        orphans: set[str] = set()
        in_doubt = self._doubts.read()
        self._doubts.replace(in_doubt)
        self._journal.originals.doubt(in_doubt)
        for documents in batches(in_doubt):
            noted = self._journal.fingerprints(documents)
            orphans |= self._writer.fingerprints(documents).keys() - noted.keys()
            self._agree(noted)
        return orphans


def compare(journal: Journal, writer: Writer) -> list[str]:
    """The documents that the journal knows and the index does not hold, or not with the same fingerprint."""
    doubtful: list[str] = []
    for owned in batches(journal.owned()):
        held = writer.fingerprints([document for document, _ in owned])
        doubtful += [document for document, noted in owned if held.get(document) != noted]
    return doubtful


class _Doubts:
    """The note of ids that are being written: one JSON string a line, flushed before the engine is touched."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, documents: Iterable[str]) -> None:
        _append(self._path, documents)

    def read(self) -> list[str]:
        if not self._path.exists():
            return []
        # A line that was cut off is the last one, and what it names was not written yet.
        lines = self._path.read_text(encoding="utf-8").splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def replace(self, documents: Iterable[str]) -> None:
        fresh = self._path.with_suffix(".in-doubt-new")
        fresh.unlink(missing_ok=True)
        _append(fresh, documents)
        fresh.replace(self._path)


def _append(path: Path, documents: Iterable[str]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(document) + "\n" for document in documents)
        file.flush()
        os.fsync(file.fileno())


def batches(items: Iterable[_T], size: int = 1_000) -> Iterator[Sequence[_T]]:
    """The items, so many at a time."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
