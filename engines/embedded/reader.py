"""What searches read: the live index as it is at that moment, whoever wrote to it or replaced it."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tantivy import Index, Searcher, SearchResult
from tantivy import Query as TantivyQuery

from engines.embedded.encoding import read_identity
from engines.embedded.errors import index_missing, reading
from engines.embedded.generations import Generation, Generations
from engines.embedded.layout import IDENTITY, TERM_FREQUENCIES, open_index
from engines.embedded.translation import Translator
from engines.interface import EngineError, Term
from engines.kept import Kept

# A generation may be replaced between the reading of its name and the opening of its files, hardly twice in a row.
_ATTEMPTS = 5
_EXACT_COUNTS = 1_000
# Terms looked at beyond those asked for, where deleted documents may have put some too high.
_SPARE_TERMS = 100
# A snapshot that is no longer the live one costs what was merged away since: files that stay on the disk, unseen.
_MOST_SNAPSHOTS = 16
_KEY_BITS = 48


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index as it was committed; nothing changes it.

    Attributes:
        searcher: Searches it.
        translator: Translates trees for it.
        has_deleted: Whether its postings still hold documents that were deleted or replaced. They go when tantivy
            merges segments; until then they count in document frequencies, but are never found.
        key: A number that no other snapshot has, by which cursors name this one.
    """

    searcher: Searcher
    translator: Translator
    has_deleted: bool
    key: int

    @classmethod
    def of(cls, index: Index, directory: Path) -> Snapshot:
        """The index, opened from this directory, as it was when it was reloaded last."""
        meta = json.loads((directory / "meta.json").read_text(encoding="utf-8"))
        fields = frozenset(field["name"] for field in meta["schema"])
        has_deleted = any(segment["deletes"] for segment in meta["segments"])
        return cls(index.searcher(), Translator(index.schema, fields), has_deleted, secrets.randbits(_KEY_BITS))

    def document_frequency(self, field: str, term: str) -> int:
        """The number of documents with a term.

        Exact up to a thousand; above, documents that were replaced since the last merge may count again.
        """
        if field not in self.translator.fields:
            return 0
        frequency = self.searcher.doc_freq(field, term)
        if not self.has_deleted or not 0 < frequency <= _EXACT_COUNTS:
            return frequency
        term_query = TantivyQuery.term_query(self.translator.schema, field, term, TERM_FREQUENCIES)
        return count(self.searcher, term_query)

    def terms(self, field: str, prefix: str, size: int) -> list[Term]:
        """The `size` most frequent terms that begin with `prefix`, counted as `document_frequency` does."""
        if field not in self.translator.fields:
            return []
        found = self.searcher.terms_with_prefix(field, prefix, limit=size + (_SPARE_TERMS if self.has_deleted else 0))
        terms = [Term(text, frequency) for text, frequency in found]
        if self.has_deleted:
            terms = [Term(term.text, self.document_frequency(field, term.text)) for term in terms]
        terms.sort(key=lambda term: (-term.documents, term.text))
        return [term for term in terms[:size] if term.documents]

    def fingerprints(self, ids: list[str]) -> dict[str, str]:
        """The fingerprints of those of `ids` that the index holds."""
        query = TantivyQuery.term_set_query(self.translator.schema, "id", ids)
        values = {"values": {"terms": {"field": IDENTITY, "size": len(ids), "segment_size": len(ids)}}}
        buckets = self.searcher.aggregate(query, values)["values"]["buckets"]
        return dict(read_identity(bucket["key"]) for bucket in buckets)


def count(searcher: Searcher, query: TantivyQuery) -> int:
    """The number of documents that match."""
    return total(searcher.search(query, limit=1))  # a limit of 0 makes tantivy panic


def total(result: SearchResult) -> int:
    """The number of documents that matched, on all pages."""
    return int(result.count)  # type: ignore[attr-defined]  # the library's stub lacks it


class LiveReader:
    """Opens the live index once, and again when it has changed. Safe to call from several threads.

    Args:
        generations: What is live.
        clock: Tells the age of the snapshots that are kept.
    """

    def __init__(self, generations: Generations, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._generations = generations
        self._kept: Kept[int, Snapshot] = Kept(_MOST_SNAPSHOTS, clock=clock)
        self._lock = threading.Lock()
        self._open: _OpenIndex | None = None

    def snapshot(self) -> Snapshot:
        """The live index as last committed, by this process or another; costs two looks at the file system.

        Raises:
            IndexMissing: There is none.
            EngineError: It cannot be read.
        """
        self._kept.expire()
        with self._lock:
            pointer = _stamp(self._generations.live_pointer)
            if self._open is None or self._open.pointer != pointer:
                self._open = self._reopened()
            return self._open.snapshot()

    def keep(self, snapshot: Snapshot) -> None:
        """Have `kept` give this snapshot for a while, also when the live index is another by then.

        Its files stay readable when their generation is removed: the system keeps what is mapped.
        """
        self._kept.put(snapshot.key, snapshot)

    def kept(self, key: int) -> Snapshot | None:
        """The snapshot with this key, None where it is not kept any more."""
        return self._kept.get(key)

    def close(self) -> None:
        """Release the index and all snapshots; the next one opens it again."""
        self._kept.clear()
        with self._lock:
            self._open = None

    def _reopened(self) -> _OpenIndex:
        for pointer, generation in self._live_generations():
            try:
                return _OpenIndex(generation, pointer)
            except EngineError:
                if _stamp(self._generations.live_pointer) == pointer:
                    raise
        raise EngineError(f"Chỉ mục ở {self._generations.directory} bị thay liên tục. Hãy thử lại.")

    def _live_generations(self) -> Iterator[tuple[_Stamp | None, Generation]]:
        for _ in range(_ATTEMPTS):
            pointer = _stamp(self._generations.live_pointer)
            generation = self._generations.live()
            if generation is None:
                raise index_missing(self._generations.directory)
            yield pointer, generation


_Stamp = tuple[int, int, int]


def _stamp(path: Path) -> _Stamp | None:
    """What changes whenever the file is replaced, None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


class _OpenIndex:
    """A generation's index, open, with the snapshot of its last known commit."""

    def __init__(self, generation: Generation, pointer: _Stamp | None) -> None:
        self.pointer = pointer
        self._directory = generation.index
        with reading(generation.directory):
            self._committed = self._stamp()
            self._index = open_index(generation.index)
            self._snapshot = Snapshot.of(self._index, generation.index)

    def snapshot(self) -> Snapshot:
        committed = self._stamp()
        if committed != self._committed:
            with reading(self._directory):
                self._index.reload()
                self._snapshot = Snapshot.of(self._index, self._directory)
            self._committed = committed
        return self._snapshot

    def _stamp(self) -> _Stamp | None:
        return _stamp(self._directory / "meta.json")
