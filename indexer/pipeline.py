"""From paths to a searchable index: the whole of `tracuu index`. What is pushed by itself comes through `pushing`.

The order in which things happen, and why a run may be killed anywhere:

1. There is a live index of this program's version, made empty or rebuilt where there is not (`rebuild`).
2. Everything beneath the paths is looked at (`survey`). That may take minutes on a share and locks out nobody.
3. The index's writer is opened, which is also the lock against a second run; the journal is brought to agree with the
   index where an earlier run was cut off (`ledger`), and what was seen is compared with it by size and time.
4. What is new or changed is read and analysed in worker processes and written, with a commit now and then (`run`).
5. What is gone from a path that could be looked at is deleted.
6. Documents that may be one with one that changed are grouped anew (`copies.regrouping`).
7. When all of that is committed, kept originals go that no document has any longer (`originals.garbage`).
"""

from __future__ import annotations

import dataclasses
import functools
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from engines.interface import EncodedDocument, Engine, EngineError, IndexLocked, IndexState, Writer
from engines.record import OfficialDocument
from indexer.analysis import ANALYSIS_VERSION
from indexer.copies.regrouping import Encode, profile_the_unknown, regroup
from indexer.databases import read_database
from indexer.journal import Journal, JournalUnreadable
from indexer.ledger import Ledger, Pace
from indexer.mailbox import Mailboxes
from indexer.originals.garbage import Garbage
from indexer.originals.gathering import Keeping
from indexer.originals.store import OriginalStore
from indexer.progress import LoggedProgress, Progress
from indexer.readers import is_candidate, read
from indexer.reading import (
    READING_VERSION,
    FileItem,
    FoldedItem,
    LineItem,
    Outcome,
    Reader,
    Reading,
    Ready,
    RecordItem,
    load_reading,
)
from indexer.rebuild import create, rebuild
from indexer.remaining import OpenFile
from indexer.report import RunReport
from indexer.run import Run
from indexer.settling import Settling
from indexer.sources import Root
from indexer.steps import Step
from indexer.survey import Survey
from indexer.workers import ITEM_SECONDS, WorkerPool

_PUSH_SECONDS = 3.0
_BETWEEN_TRIES_SECONDS = 0.05

_log = logging.getLogger(__name__)


def usable_cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run goes about it.

    Attributes:
        workers: Processes that read and analyse.
        item_seconds: How long one item may take.
        pace: How often to commit.
        allow_empty: Whether a path beneath which nothing is left means that all its documents are to be deleted.
        read: Content and file name to text.
        is_candidate: Whether a file of this name can hold a document.
        settling: Tells files that are still being written, which are left for another run.
        progress: Told how far the run is.
        stop: When set, the run commits what is done and ends.
        environment: Variables that descriptions of databases and mailboxes may name for their passwords.
        keep_originals: Whether files that lie in folders are kept too; what lies in none always is.
    """

    workers: int = field(default_factory=usable_cores)
    item_seconds: float = ITEM_SECONDS
    pace: Pace = field(default_factory=Pace)
    allow_empty: bool = False
    read: Reader = read
    is_candidate: Callable[[str], bool] = is_candidate
    settling: Settling = field(default_factory=Settling)
    progress: Progress = field(default_factory=LoggedProgress)
    stop: threading.Event = field(default_factory=threading.Event)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    keep_originals: bool = False


def index(engine: Engine, journal: Path, roots: Sequence[Root], options: Options) -> RunReport:
    """Bring the index to what lies beneath the roots: only what changed since the last run is read.

    A rebuild comes first where the live index is of another version.

    Args:
        engine: Where documents go.
        journal: The journal's file, made when missing; one engine's index has one journal.
        roots: Where to look.
        options: How.

    Returns:
        What was done. When `options.stop` ended the run, the report says so, and another run continues.

    Raises:
        EngineError: The index cannot be written to; what was committed before stays.
        JournalUnreadable: See there.
        WorkersCannotStart: See there.
    """
    began = time.monotonic()
    if not prepare(engine, options):
        return RunReport(interrupted=True, seconds=time.monotonic() - began)
    with _open_journal(journal) as noted, Mailboxes(options.environment) as mailboxes:
        before = noted.last_run()
        survey = _look(noted, roots, options, mailboxes)
        with _patient_writer(engine) as writer:
            if noted.last_run() != before:  # what another run has written since then was not yet seen
                survey = _look(noted, roots, options, mailboxes)
            report = _write(engine, writer, survey, options)
    return dataclasses.replace(report, seconds=time.monotonic() - began)


def _look(journal: Journal, roots: Sequence[Root], options: Options, mailboxes: Mailboxes) -> Survey:
    survey = Survey(journal, READING_VERSION, mailboxes, options.settling)
    survey.look(roots, options.is_candidate, options.stop)
    return survey


def _write(engine: Engine, writer: Writer, survey: Survey, options: Options) -> RunReport:
    journal = survey.journal
    ledger = Ledger(journal, writer, _live(engine), options.pace)
    garbage = Garbage(engine, journal.originals, OriginalStore.beside(journal.path))
    if not ledger.met_index_before:
        garbage.meet_index()
    garbage.begin_run()
    number = journal.start_run()
    ledger.commit()
    report = _index(engine, ledger, number, survey, options)
    if not report.interrupted:
        garbage.end_run()
    if report.changed or report.interrupted:
        journal.end_run(number, report.sentence())
    else:
        journal.forget_run(number)
    ledger.commit()
    return report


def prepare(engine: Engine, options: Options, *, force: bool = False) -> bool:
    """See that there is a live index of this program's version; `force` rebuilds one that is.

    Returns:
        Whether there is. False when `options.stop` cut a rebuild off; the next call continues it.
    """
    live = engine.live()
    if live is None:
        create(engine)
        return True
    if live.version == ANALYSIS_VERSION and not force:
        return True
    _log.info(
        "Dựng lại chỉ mục từ phiên bản %s sang %s; trong lúc ấy vẫn tìm kiếm được.", live.version, ANALYSIS_VERSION
    )
    with WorkerPool[RecordItem, Outcome](
        _handler(engine, options, None), workers=options.workers, item_seconds=options.item_seconds
    ) as pool:
        return rebuild(engine, pool, options.progress, options.stop, options.pace)


def _index(engine: Engine, ledger: Ledger, number: int, survey: Survey, options: Options) -> RunReport:
    survey.compare(number, allow_empty=options.allow_empty, stop=options.stop)
    keeping = Keeping(OriginalStore.beside(survey.journal.path), all=options.keep_originals)

    def told(steps: Sequence[tuple[FileItem | LineItem, Step]]) -> None:
        options.progress.pages([_open_file(item, step) for item, step in steps])

    with WorkerPool[FileItem | LineItem, Outcome](
        _handler(engine, options, keeping), workers=options.workers, item_seconds=options.item_seconds, told=told
    ) as pool:
        read_rows = functools.partial(read_database, environment=options.environment, allow_empty=options.allow_empty)
        run = Run(number, ledger, survey, pool, options.progress, options.stop, read_rows)
        options.progress.begin("Lập chỉ mục", survey.pending_bytes)
        try:
            run.work()
        finally:
            options.progress.end()
        ledger.commit()
        if not options.stop.is_set():
            profile_the_unknown(engine, survey.journal)
            regroup(engine, survey.journal, ledger, folded_by(pool, options.stop), options.stop)
    ledger.commit()
    sums = survey.sums()
    report = RunReport(
        found=survey.found + run.found,
        indexed=sums.indexed,
        unchanged=sums.unchanged,
        failed=sums.failed,
        moved=survey.moved_and_indexed(),
        noted=sums.noted,
        deleted=run.deleted,
        skipped=dict(survey.skipped),
        waiting=survey.waiting,
        errors=tuple(survey.errors),
        interrupted=options.stop.is_set(),
    )
    if not report.interrupted and not report.adds_up:
        _log.error("Số tìm thấy (%d) không bằng tổng đã ghi sổ: %s", report.found, report)
    return report


def folded_by(pool: WorkerPool[FileItem | LineItem, Outcome], stop: threading.Event) -> Encode:
    """Analyses records in the workers; a record at which one fails stays in the index as it is, and that is logged."""
    folding = cast("WorkerPool[FoldedItem, Outcome]", pool)

    def encode(records: Iterable[OfficialDocument]) -> Iterator[EncodedDocument]:
        for item, outcome in folding.run(([FoldedItem(record)] for record in records), stop):
            if isinstance(outcome, Ready):
                yield outcome.document
            else:
                _log.error("Không gộp được các bản của văn bản “%s”: %s", item.record.id, outcome)

    return encode


def _open_file(item: FileItem | LineItem, step: Step) -> OpenFile:
    # The bytes of lines are told as they are read out of their file, whatever is attached to them.
    return OpenFile(item.size if isinstance(item, FileItem) else 0, step.pages, step.of)


def _handler(engine: Engine, options: Options, keeping: Keeping | None) -> functools.partial[Reading]:
    return functools.partial(load_reading, engine.encoder(), options.read, keeping)


@contextmanager
def _patient_writer(engine: Engine) -> Iterator[Writer]:
    """The live index's writer. Somebody may be pushing a document, which takes a moment; another run takes longer."""
    until = time.monotonic() + _PUSH_SECONDS
    with ExitStack() as stack:
        while True:
            try:
                writer = stack.enter_context(engine.write_live())
                break
            except IndexLocked:
                if time.monotonic() > until:
                    raise
                time.sleep(_BETWEEN_TRIES_SECONDS)
        yield writer


@contextmanager
def _open_journal(path: Path) -> Iterator[Journal]:
    journal = Journal(path)
    try:
        yield journal
    except sqlite3.OperationalError as error:  # as when the disk is full
        raise JournalUnreadable(f"Không ghi được sổ {path}: {error}.") from error
    finally:
        journal.close()


def _live(engine: Engine) -> IndexState:
    live = engine.live()
    if live is None:
        raise EngineError("Chỉ mục vừa bị xóa trong lúc chạy.")
    return live
