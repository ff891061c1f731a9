"""A new index beside the live one, from the records that the live one holds, put in its place when it is whole."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence

from engines.interface import Access, Engine, Writer
from indexer.analysis import ANALYSIS_VERSION
from indexer.ledger import Pace, batches
from indexer.progress import Progress
from indexer.reading import Outcome, Ready, RecordItem, Same
from indexer.workers import Crash, WorkerPool

_RECORDS_AT_ONCE = 64
_OTHER_VERSION = "đang dọn"

_log = logging.getLogger(__name__)

RecordPool = WorkerPool[RecordItem, Outcome]


class RebuildFailed(Exception):
    """A document of the live index cannot be brought into the new one, so that the live one stays; names it."""


def create(engine: Engine) -> None:
    """Make an empty live index."""
    with engine.write_staged(ANALYSIS_VERSION) as writer:
        writer.commit()
    engine.promote()


def rebuild(engine: Engine, pool: RecordPool, progress: Progress, stop: threading.Event, pace: Pace) -> bool:
    """Analyse every record anew into a staged index and promote it; continues where an earlier rebuild was cut off.

    Returns:
        Whether it came to its end. If `stop` was set before, what is staged waits for the next time.

    Raises:
        RebuildFailed: See there.
    """
    found = _fill(engine, pool, progress, stop, pace)
    if stop.is_set():
        return False
    if _staged_documents(engine) > found:
        # An earlier rebuild was cut off and documents were deleted since; they would come back.
        _log.info("Chỉ mục đang dựng dở có văn bản đã bị xóa; dựng lại từ đầu.")
        with engine.write_staged(_OTHER_VERSION) as writer:
            writer.commit()
        _fill(engine, pool, progress, stop, pace)
        if stop.is_set():
            return False
    engine.promote()
    return True


def _staged_documents(engine: Engine) -> int:
    staged = engine.staged()
    return staged.documents if staged else 0


def _fill(engine: Engine, pool: RecordPool, progress: Progress, stop: threading.Event, pace: Pace) -> int:
    """Bring every record of the live index into the staged one; how many there are."""
    found = 0

    def items(writer: Writer) -> Iterator[Sequence[RecordItem]]:
        nonlocal found
        for records in batches(engine.scan(Access.unrestricted()), _RECORDS_AT_ONCE):
            held = writer.fingerprints([record.id for record in records])
            found += len(records)
            for record in records:
                yield [RecordItem(record, held.get(record.id))]

    progress.begin("Dựng lại chỉ mục", 0)
    # While the live index is locked nobody changes it, so that what is promoted is what was live.
    with engine.write_live(), engine.write_staged(ANALYSIS_VERSION) as writer:
        try:
            _write(pool.run(items(writer), stop), writer, progress, pace)
        finally:
            progress.end()
    return found


def _write(
    outcomes: Iterator[tuple[RecordItem, Outcome | Crash]], writer: Writer, progress: Progress, pace: Pace
) -> None:
    waiting = 0
    for item, outcome in outcomes:
        progress.advance(documents=1, read=item.weight)
        if isinstance(outcome, Same):
            continue
        if not isinstance(outcome, Ready):
            raise RebuildFailed(
                f"Không phân tích lại được văn bản “{item.record.id}”: {getattr(outcome, 'reason', '')}"
            )
        writer.put(outcome.document)
        waiting += len(outcome.document.payload)
        if waiting >= pace.bytes:
            _commit(writer)
            waiting = 0
    _commit(writer)


def _commit(writer: Writer) -> None:
    if refused := writer.commit():
        id, reason = next(iter(refused.items()))
        raise RebuildFailed(f"Bộ máy tìm kiếm từ chối {len(refused)} văn bản, như “{id}”: {reason}")
