"""A file that was sent is read in a process of its own, which may die of it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import dataclass

from indexer.readers import Extracted, Unreadable
from indexer.reading import Reader
from indexer.workers import ITEM_SECONDS, Crash, WorkerPool


class ReaderApart:
    """A reader that no file can take the process down with. Safe to call from several threads.

    Args:
        read: What reads, in the other process; picklable.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._reads = threading.Lock()

    def __call__(self, content: bytes, name: str) -> Extracted:
        """Content and file name to text.

        Raises:
            Unreadable: There is no text to be had, and why.
        """
        job = [_File(content, name)]
        # One at a time: a reader may take a gigabyte.
        with (
            self._reads,
            WorkerPool[_File, Extracted | str](
                functools.partial(_load, self._read), workers=1, item_seconds=ITEM_SECONDS
            ) as pool,
        ):
            ((_, outcome),) = pool.run([job], threading.Event())
        if isinstance(outcome, Crash):
            raise Unreadable(outcome.reason)
        if isinstance(outcome, str):
            raise Unreadable(outcome)
        return outcome


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    name: str

    @property
    def weight(self) -> int:
        return len(self.content)


def _load(read: Reader) -> Callable[[_File], Extracted | str]:
    return functools.partial(_read_sent, read)


def _read_sent(read: Reader, sent: _File) -> Extracted | str:
    """The file's text, or why there is none."""
    try:
        return read(sent.content, sent.name)
    except Unreadable as unreadable:
        return str(unreadable)
    except MemoryError:
        raise  # the process ends, as its next file may need what this one took
    except Exception as error:  # noqa: BLE001 - whatever a broken file provokes, it is a reason and no crash
        return f"Lỗi khi đọc: {type(error).__name__}: {error}"
