"""A run in this process, for tests that need hundreds: the real journal, ledger, survey and engine, and the real
reading, but outcomes come from here in an order and with ends that a test chooses."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from engines.embedded import EmbeddedEngine
from engines.interface import Access, EncodedDocument, Writer
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis, load_analysis
from indexer.copies.regrouping import profile_the_unknown, regroup
from indexer.databases import read_database
from indexer.entries import Problem
from indexer.journal import Journal
from indexer.ledger import Ledger, Pace
from indexer.mailbox import Mailboxes
from indexer.originals.garbage import Garbage
from indexer.originals.gathering import Keeping
from indexer.originals.store import OriginalStore
from indexer.pipeline import create, folded_by
from indexer.progress import LoggedProgress
from indexer.readers import Extracted, Unreadable
from indexer.reading import READING_VERSION, FileItem, LineItem, Outcome, Reading
from indexer.report import RunReport
from indexer.run import Run
from indexer.settling import Settling
from indexer.sources import Root
from indexer.survey import Survey

_WINDOW = 8


class Killed(Exception):
    """Stands for the end of the process."""


class ShuffledPool:
    """Handles items where it stands and hands outcomes over in any order within a window."""

    def __init__(
        self, handle: Callable[[FileItem | LineItem], Outcome], chance: random.Random, lives: int | None
    ) -> None:
        self._handle = handle
        self._chance = chance
        self._lives = lives

    def run(
        self, jobs: Iterable[Sequence[FileItem | LineItem]], stop: threading.Event
    ) -> Iterator[tuple[FileItem | LineItem, Outcome]]:
        waiting: list[FileItem | LineItem] = []
        for job in jobs:
            waiting.extend(job)
            while len(waiting) > _WINDOW:
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def _next(self, waiting: list[FileItem | LineItem]) -> tuple[FileItem | LineItem, Outcome]:
        if self._lives is not None:
            self._lives -= 1
            if self._lives < 0:
                raise Killed
        item = waiting.pop(self._chance.randrange(len(waiting)))
        return item, self._handle(item)


class UnluckyWriter:
    """A writer after so many commits of which the process ends, and which refuses some documents."""

    def __init__(self, writer: Writer, commits: int | None, refuse: Mapping[str, str]) -> None:
        self._writer = writer
        self._commits = commits
        self._refuse = refuse

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        return self._writer.fingerprints(ids)

    def put(self, document: EncodedDocument) -> None:
        if document.id not in self._refuse:
            self._writer.put(document)

    def delete(self, id: str) -> None:
        self._writer.delete(id)

    def commit(self) -> Mapping[str, str]:
        self._writer.commit()
        if self._commits is not None:
            self._commits -= 1
            if self._commits <= 0:
                raise Killed
        return self._refuse


def read_text(content: bytes, name: str) -> Extracted:
    """A reader of plain text that refuses what is not UTF-8."""
    try:
        return Extracted(text=content.decode(), pages=(), media_type="text/plain")
    except UnicodeDecodeError as error:
        raise Unreadable(f"không phải UTF-8 ở vị trí {error.start}") from error


def is_text(name: str) -> bool:
    """Whether `read_text` is for files of this name."""
    return name.endswith(".txt")


class House:
    """A home with one index, and runs over folders; it keeps the originals where it is told to."""

    def __init__(
        self, home: Path, analysis: DocumentAnalysis | None = None, seed: int = 0, *, keep: bool = False
    ) -> None:
        self.engine = EmbeddedEngine(home / "index", writer_heap_bytes=15_000_000, writer_threads=1)
        self.journal = home / "journal.sqlite3"
        self.store = OriginalStore.beside(self.journal)
        keeping = Keeping(self.store, all=keep)
        self._reading = Reading(analysis or load_analysis(), self.engine.encoder(), read_text, keeping)
        self.read = 0
        self._chance = random.Random(seed)  # noqa: S311 - an order, not a secret

    def index(
        self,
        *roots: Root,
        lives: int | None = None,
        commits: int | None = None,
        refuse: Mapping[str, str] | None = None,
        allow_empty: bool = False,
        settling: Settling | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> RunReport:
        """One run; `lives` outcomes or `commits` commits later it is killed."""
        if self.engine.live() is None:
            create(self.engine)
        stop = threading.Event()
        with (
            closing(Journal(self.journal)) as journal,
            Mailboxes(environment or {}) as mailboxes,
            self.engine.write_live() as real,
        ):
            live = self.engine.live()
            assert live is not None
            survey = Survey(journal, READING_VERSION, mailboxes, settling or Settling())
            survey.look(roots, is_text, stop)
            ledger = Ledger(journal, UnluckyWriter(real, commits, refuse or {}), live, Pace(documents=3))
            garbage = Garbage(self.engine, journal.originals, self.store)
            if not ledger.met_index_before:
                garbage.meet_index()
            garbage.begin_run()
            number = journal.start_run()
            ledger.commit()
            survey.compare(number, allow_empty=allow_empty, stop=stop)
            pool = ShuffledPool(self._handle, self._chance, lives)
            rows = partial(read_database, environment=environment or {}, allow_empty=allow_empty)
            run = Run(number, ledger, survey, pool, LoggedProgress(), stop, rows)  # type: ignore[arg-type]
            run.work()
            ledger.commit()
            profile_the_unknown(self.engine, journal)
            regroup(self.engine, journal, ledger, folded_by(pool, stop), stop)  # type: ignore[arg-type]
            ledger.commit()
            garbage.end_run()
            ledger.commit()
            sums = survey.sums()
            return RunReport(
                found=survey.found + run.found,
                indexed=sums.indexed,
                unchanged=sums.unchanged,
                failed=sums.failed,
                moved=survey.moved_and_indexed(),
                noted=sums.noted,
                deleted=run.deleted,
                waiting=survey.waiting,
                errors=tuple(survey.errors),
            )

    def records(self) -> dict[str, OfficialDocument]:
        """Everything in the index, by id."""
        return {record.id: record for record in self.engine.scan(Access.unrestricted())}

    def problems(self) -> list[Problem]:
        """What `tracuu failures` lists."""
        with closing(Journal(self.journal)) as journal:
            return list(journal.problems())

    def forget_reading_version(self) -> None:
        """Have all files appear as read by another version of the readers."""
        with closing(Journal(self.journal)) as journal:
            journal.connection.execute("UPDATE files SET reading = 0")

    def empty_the_index(self) -> None:
        """Put an empty index in the place of the live one, behind the journal's back."""
        create(self.engine)

    def _handle(self, item: FileItem | LineItem) -> Outcome:
        self.read += 1
        return self._reading(item)

    def close(self) -> None:
        self.engine.close()
