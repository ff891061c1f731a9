"""How far a run is: a bar on a terminal, plain log lines elsewhere."""

from __future__ import annotations

import logging
import time
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

_LINE_SECONDS = 5.0
_RATE_SECONDS = 0.5
_MEGABYTE = 1_000_000

_log = logging.getLogger(__name__)


class Progress(Protocol):
    """What a run tells of itself."""

    def begin(self, what: str, total: int) -> None:
        """So many bytes are to be read; zero when that is not known."""

    def advance(self, *, documents: int = 0, read: int = 0) -> None:
        """So many more documents are done, and so many more bytes were read."""

    def end(self) -> None:
        """Nothing more comes."""


def progress_for(console: Console) -> Progress:
    """The progress that suits where the output goes."""
    return TerminalProgress(console) if console.is_terminal else LoggedProgress()


class _Rate:
    """Documents and bytes since the beginning."""

    def __init__(self) -> None:
        self.documents = 0
        self.read = 0
        self._began = time.monotonic()

    def add(self, documents: int, read: int) -> None:
        self.documents += documents
        self.read += read

    def __str__(self) -> str:
        seconds = max(time.monotonic() - self._began, 1e-3)
        megabytes = self.read / _MEGABYTE
        return (
            f"{self.documents} văn bản, {self.documents / seconds:.0f} văn bản/giây, {megabytes / seconds:.1f} MB/giây"
        )


class TerminalProgress:
    """A bar with rate and time left."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self._bar = Bar(*columns, console=console, transient=True)
        self._task: TaskID | None = None
        self._rate = _Rate()
        self._shown = 0.0

    def begin(self, what: str, total: int) -> None:
        """See `Progress.begin`."""
        self._rate = _Rate()
        self._bar.start()
        self._task = self._bar.add_task(what, total=total or None, rate="")

    def advance(self, *, documents: int = 0, read: int = 0) -> None:
        """See `Progress.advance`."""
        self._rate.add(documents, read)
        if self._task is not None and time.monotonic() - self._shown > _RATE_SECONDS:
            self._bar.update(self._task, completed=self._rate.read, rate=str(self._rate))
            self._shown = time.monotonic()

    def end(self) -> None:
        """See `Progress.end`."""
        self._bar.stop()
        if self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None


class LoggedProgress:
    """A line in the log every few seconds."""

    def __init__(self) -> None:
        self._what = ""
        self._total = 0
        self._rate = _Rate()
        self._logged = 0.0

    def begin(self, what: str, total: int) -> None:
        """See `Progress.begin`."""
        self._what, self._total, self._rate, self._logged = what, total, _Rate(), time.monotonic()

    def advance(self, *, documents: int = 0, read: int = 0) -> None:
        """See `Progress.advance`."""
        self._rate.add(documents, read)
        if time.monotonic() - self._logged > _LINE_SECONDS:
            share = f"{min(self._rate.read / self._total, 1):.0%}, " if self._total else ""
            _log.info("%s: %s%s", self._what, share, self._rate)
            self._logged = time.monotonic()

    def end(self) -> None:
        """See `Progress.end`."""
