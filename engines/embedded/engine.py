"""`engines.interface.Engine` over tantivy, in one directory."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from engines.embedded.encoding import encode
from engines.embedded.errors import reading
from engines.embedded.generations import Generations
from engines.embedded.paging import read_cursor
from engines.embedded.reader import LiveReader, count
from engines.embedded.search import every_record, records, run
from engines.embedded.writer import open_writer
from engines.interface import Access, Encoder, IndexState, Order, Results, Search, Term, Writer
from engines.query import Query
from engines.record import OfficialDocument
from engines.validation import check_query, check_search, check_token_field, check_vocabulary_field

_HEAP_BYTES_A_THREAD = 128 * 2**20
_MOST_THREADS = 4


def default_writer_threads() -> int:
    """Half of the processors, one to four: the others make tokens meanwhile, and a commit leaves a segment a thread."""
    return max(1, min(_MOST_THREADS, (os.cpu_count() or 1) // 2))


class EmbeddedEngine:
    """An engine over one directory, safe to call from several threads, and from several processes at once.

    Args:
        directory: Holds all of the engine's state; made when something is first written.
        writer_heap_bytes: Memory that a writer fills before it writes a segment; more makes fewer merges.
        writer_threads: Threads that index.
        clock: Seconds that never run backwards; tells how long the snapshots that cursors name are kept.
    """

    def __init__(
        self,
        directory: Path,
        *,
        writer_heap_bytes: int | None = None,
        writer_threads: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._directory = directory
        self._threads = writer_threads or default_writer_threads()
        self._heap_bytes = writer_heap_bytes or _HEAP_BYTES_A_THREAD * self._threads
        self._generations = Generations(directory)
        self._reader = LiveReader(self._generations, clock=clock)

    def search(self, request: Search) -> Results:
        """See `Engine.search`.

        Raises:
            EngineError: The search asks for a field that the schema does not have.
        """
        check_search(request)
        live = self._reader.snapshot()
        after = None if request.cursor is None else read_cursor(request.order, request.cursor)
        kept = None if after is None or after.snapshot is None else self._reader.kept(after.snapshot)
        with reading(self._directory):
            results = run(kept or live, live, request, after)
        if kept is None and results.next is not None and request.order is Order.RELEVANCE:
            self._reader.keep(live)
        return results

    def count(self, query: Query, access: Access, *, folded: bool = True) -> int:
        """See `Engine.count`."""
        check_query(query)
        snapshot = self._reader.snapshot()
        with reading(self._directory):
            return count(snapshot.searcher, snapshot.translator.filtered(query, access, folded=folded))

    def fetch(self, ids: Sequence[str], access: Access) -> dict[str, OfficialDocument]:
        """See `Engine.fetch`."""
        distinct = tuple(dict.fromkeys(ids))
        snapshot = self._reader.snapshot()
        with reading(self._directory):
            return records(snapshot, distinct, access, with_text=True, with_details=True)

    def scan(self, access: Access) -> Iterator[OfficialDocument]:
        """See `Engine.scan`: the index as it was when the scan began."""
        snapshot = self._reader.snapshot()
        with reading(self._directory):
            yield from every_record(snapshot, access)

    def document_frequencies(self, field: str, tokens: Sequence[str]) -> dict[str, int]:
        """See `Engine.document_frequencies`; above a thousand, documents replaced lately may count twice."""
        check_token_field(field)
        snapshot = self._reader.snapshot()
        with reading(self._directory):
            return {token: snapshot.document_frequency(field, token) for token in tokens}

    def terms(self, field: str, prefix: str, size: int) -> list[Term]:
        """See `Engine.terms`; counts are those of `document_frequencies`."""
        check_vocabulary_field(field)
        snapshot = self._reader.snapshot()
        with reading(self._directory):
            return snapshot.terms(field, prefix, size)

    def encoder(self) -> Encoder:
        """See `Engine.encoder`."""
        return encode

    def live(self) -> IndexState | None:
        """See `Engine.live`."""
        live = self._generations.live()
        return live.state() if live else None

    def staged(self) -> IndexState | None:
        """See `Engine.staged`."""
        staged = self._generations.staged()
        return staged.state() if staged else None

    @contextmanager
    def write_live(self) -> Iterator[Writer]:
        """See `Engine.write_live`."""
        with self._generations.writing_live() as live, open_writer(live, self._heap_bytes, self._threads) as writer:
            yield writer

    @contextmanager
    def write_staged(self, version: str) -> Iterator[Writer]:
        """See `Engine.write_staged`."""
        with (
            self._generations.writing_staged(version) as staged,
            open_writer(staged, self._heap_bytes, self._threads) as writer,
        ):
            yield writer

    def promote(self) -> None:
        """See `Engine.promote`.

        Raises:
            IndexLocked: Somebody is writing to either index.
        """
        self._generations.promote()

    def ping(self) -> None:
        """See `Engine.ping`."""
        self._reader.snapshot()

    def close(self) -> None:
        """See `Engine.close`."""
        self._reader.close()
