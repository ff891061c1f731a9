"""The writer: documents in, commits out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import tantivy

from engines.embedded.encoding import refusal
from engines.embedded.errors import reading, writing
from engines.embedded.generations import Generation
from engines.embedded.layout import open_index
from engines.embedded.reader import Snapshot
from engines.interface import EncodedDocument, EngineError

_IDS_AT_ONCE = 1_000


class TantivyWriter:
    """A `Writer` of one generation, while its lock is held."""

    def __init__(self, generation: Generation, index: tantivy.Index, writer: tantivy.IndexWriter) -> None:
        self._generation = generation
        self._index = index
        self._writer = writer
        self._committed = Snapshot.of(index, generation.index)
        self._refused: dict[str, str] = {}
        self._is_broken = False

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        """See `Writer.fingerprints`."""
        found: dict[str, str] = {}
        distinct = iter(dict.fromkeys(ids))
        with reading(self._generation.directory):
            while some := list(itertools.islice(distinct, _IDS_AT_ONCE)):
                found |= self._committed.fingerprints(some)
        return found

    def put(self, document: EncodedDocument) -> None:
        """See `Writer.put`."""
        reason = refusal(document)
        if reason is not None:
            self._refused[document.id] = reason
            return
        with self._changing():
            self._writer.delete_documents_by_term("id", document.id)
            self._writer.add_json(document.payload.decode())
        self._refused.pop(document.id, None)

    def delete(self, id: str) -> None:
        """See `Writer.delete`."""
        with self._changing():
            self._writer.delete_documents_by_term("id", id)
        self._refused.pop(id, None)

    def commit(self) -> Mapping[str, str]:
        """See `Writer.commit`. Returns when all is synced to disk."""
        with self._changing():
            self._writer.commit()
            self._index.reload()
            self._committed = Snapshot.of(self._index, self._generation.index)
        refused, self._refused = self._refused, {}
        return refused

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """After a failure nothing may be committed as if all before it were in."""
        if self._is_broken:
            raise EngineError("Lần ghi trước đã hỏng nên không thể ghi tiếp. Hãy mở lại chỉ mục và chạy lại.")
        try:
            with writing(self._generation.directory):
                yield
        except BaseException:
            self._is_broken = True
            raise


@contextmanager
def open_writer(generation: Generation, heap_bytes: int, threads: int) -> Iterator[TantivyWriter]:
    """Open a generation's writer; leaving drops what was not committed, and waits for merges that have begun."""
    with writing(generation.directory):
        index = open_index(generation.index)
        writer = index.writer(heap_bytes, threads)
    try:
        yield TantivyWriter(generation, index, writer)
    finally:
        with writing(generation.directory):
            writer.wait_merging_threads()
