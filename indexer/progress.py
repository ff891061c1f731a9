"""How far a run is: a bar on a terminal, plain log lines elsewhere."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as Bar

from indexer.remaining import OpenFile, Remaining, in_words

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

    def pages(self, files: Sequence[OpenFile]) -> None:
        """These files are being recognised (OCR), and so far they are; each call says all that there is to say."""

    def end(self) -> None:
        """Nothing more comes."""


def progress_for(console: Console) -> Progress:
    """The progress that suits where the output goes."""
    return TerminalProgress(console) if console.is_terminal else LoggedProgress()


class _State:
    """What is known of a run since it began.

    Args:
        total: Bytes to be read; 0 when that is not known.
    """

    def __init__(self, total: int) -> None:
        self._began = time.monotonic()
        self._documents = 0
        self._read = 0
        self._total = total
        self._remaining = Remaining(total, self._began)

    def add(self, documents: int, read: int) -> None:
        self._documents += documents
        self._read += read
        self._remaining.add(read)

    def set_open(self, files: Sequence[OpenFile]) -> None:
        self._remaining.set_open(files, time.monotonic())

    @property
    def done(self) -> float:
        """Bytes."""
        return self._remaining.done

    @property
    def share(self) -> float | None:
        """The part of the bytes that is done, 0 to 1; None when their number is not known."""
        return min(self.done / self._total, 1) if self._total else None

    def __str__(self) -> str:
        now = time.monotonic()
        seconds = max(now - self._began, 1e-3)
        parts = [
            f"{self._documents} văn bản",
            f"{self._documents / seconds:.0f} văn bản/giây",
            f"{self._read / _MEGABYTE / seconds:.1f} MB/giây",
        ]
        pages, of = self._remaining.pages
        if of:
            parts.append(f"nhận dạng trang {pages}/{of}")
        left = self._remaining.seconds(now)
        if left is not None:
            parts.append(in_words(left))
        return ", ".join(parts)


class TerminalProgress:
    """A bar with rate, pages that are being recognised, and time left."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[state]}"),
        )
        self._bar = Bar(*columns, console=console, transient=True)
        self._task: TaskID | None = None
        self._state = _State(0)
        self._shown = 0.0

    def begin(self, what: str, total: int) -> None:
        """See `Progress.begin`."""
        self._state = _State(total)
        self._bar.start()
        self._task = self._bar.add_task(what, total=total or None, state="")

    def advance(self, *, documents: int = 0, read: int = 0) -> None:
        """See `Progress.advance`."""
        self._state.add(documents, read)
        self._show()

    def pages(self, files: Sequence[OpenFile]) -> None:
        """See `Progress.pages`."""
        self._state.set_open(files)
        self._show()

    def _show(self) -> None:
        if self._task is not None and time.monotonic() - self._shown > _RATE_SECONDS:
            self._bar.update(self._task, completed=self._state.done, state=str(self._state))
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
        self._state = _State(0)
        self._logged = 0.0

    def begin(self, what: str, total: int) -> None:
        """See `Progress.begin`."""
        self._what, self._state, self._logged = what, _State(total), time.monotonic()

    def advance(self, *, documents: int = 0, read: int = 0) -> None:
        """See `Progress.advance`."""
        self._state.add(documents, read)
        self._log()

    def pages(self, files: Sequence[OpenFile]) -> None:
        """See `Progress.pages`."""
        self._state.set_open(files)
        self._log()

    def _log(self) -> None:
        if time.monotonic() - self._logged > _LINE_SECONDS:
            share = self._state.share
            _log.info("%s: %s%s", self._what, "" if share is None else f"{share:.0%}, ", self._state)
            self._logged = time.monotonic()

    def end(self) -> None:
        """See `Progress.end`."""
