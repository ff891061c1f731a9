"""Folders that are watched (thư mục được theo dõi): when to look again.

What the system tells of a change is a reason to look at once and no more than that: network shares tell nothing, a
full queue of events forgets some, and mailboxes have no events. So everything is looked at again and again as well,
and what a look finds is what counts.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch

from indexer.files import shown
from indexer.report import RunReport
from indexer.sources import Root, is_source

_GROUPED_MILLISECONDS = 500
_HEARD_MILLISECONDS = 250

_log = logging.getLogger(__name__)

Look = Callable[[Sequence[Root]], RunReport | None]
"""Brings the index to what lies beneath these roots; None when that is not possible now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often to look, in seconds.

    Attributes:
        every: Between two looks at everything.
        settle: How long a file must not have changed before it is read.
    """

    every: float
    settle: float


def keep_looking(
    roots: Sequence[Root], look: Look, rhythm: Rhythm, is_candidate: Callable[[str], bool], stop: threading.Event
) -> None:
    """Look at the roots again and again: soon after a change in a folder, and at all of them now and then.

    However much changes, no look follows another at once: each is followed by a pause as long as it took, or `every`.

    Args:
        roots: Folders, files, descriptions of mailboxes and the like.
        look: Called with all of them, or with the folders in which something changed.
        rhythm: How often.
        is_candidate: Says by its name whether a file can hold a document; others are no reason to look.
        stop: Ends it when set.
    """
    ears = _Ears(roots, is_candidate, stop)
    due = 0.0  # at once
    while not stop.is_set():
        ears.open()
        began = time.monotonic()
        is_whole = began >= due
        report = look(roots if is_whole else ears.folders)
        if is_whole or report is None:
            due = time.monotonic() + rhythm.every
        stop.wait(min(time.monotonic() - began, rhythm.every))
        soon = rhythm.settle if report is not None and report.waiting else rhythm.every
        if ears.hear(min(soon, due - time.monotonic())):
            stop.wait(rhythm.settle)  # or the look would come while the file is still being written
    ears.close()


class _Ears:
    """Hears of changes beneath the roots that are folders, as far as the system tells of them."""

    def __init__(self, roots: Sequence[Root], is_candidate: Callable[[str], bool], stop: threading.Event) -> None:
        self._roots = roots
        self._is_candidate = is_candidate
        self._stop = stop
        self._listening_to: dict[str, tuple[int, int]] = {}
        self._changes: Iterator[set[tuple[Change, str]]] = iter(())

    @property
    def folders(self) -> list[Root]:
        """The roots that are folders."""
        return [root for root in self._roots if Path(root.path).is_dir()]

    def open(self) -> None:
        """Listen, if not yet so: to folders that have come since, and to those that are others under the same name."""
        present = _identities(self.folders)
        if present == self._listening_to:
            return
        self.close()
        self._listening_to = present
        self._changes = _changes(list(present), self._stop)
        self.hear(0)  # which begins the listening

    def hear(self, seconds: float) -> bool:
        """Whether something that matters changes within so many seconds; waits no longer than until then."""
        until = time.monotonic() + seconds
        while not self._stop.is_set():
            changes = next(self._changes, None)
            if changes is None:
                self._stop.wait(until - time.monotonic())
                return False
            if any(self._matters(path) for _, path in changes):
                return True
            if time.monotonic() >= until:
                return False
        return False

    def close(self) -> None:
        """Listen no longer."""
        self._changes = iter(())
        self._listening_to = {}

    def _matters(self, path: str) -> bool:
        # What is no file now may have been one, or is a folder.
        return is_source(Path(path).name, self._is_candidate) or not Path(path).is_file()


def _changes(folders: list[str], stop: threading.Event) -> Iterator[set[tuple[Change, str]]]:
    """Sets of changes, an empty one a few times a second where there are none; ends when they cannot be had."""
    if not folders:
        return
    try:
        yield from watch(
            *folders,
            watch_filter=None,
            debounce=_GROUPED_MILLISECONDS,
            rust_timeout=_HEARD_MILLISECONDS,
            yield_on_timeout=True,
            stop_event=stop,
            ignore_permission_denied=True,
        )
    except (OSError, RuntimeError) as error:  # no watches left, or a folder that is gone
        names = ", ".join(map(shown, folders))
        _log.warning("Hệ thống không báo được thay đổi trong %s (%s): chỉ xem lại theo chu kỳ.", names, error)


def _identities(folders: Sequence[Root]) -> dict[str, tuple[int, int]]:
    """Each folder's path and what tells it from another one that is mounted or made in its place."""
    found = {}
    for folder in folders:
        try:
            status = Path(folder.path).stat()
        except OSError:  # gone just now; the next look says so
            continue
        found[folder.path] = status.st_dev, status.st_ino
    return found
