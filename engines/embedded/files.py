"""Small files that are whole or not there, and locks that end with their process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.embedded.errors import writing
from engines.interface import IndexLocked


def read_text(path: Path) -> str | None:
    """What the file holds, or None where there is none."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def replace_text(path: Path, text: str) -> None:
    """Write the file in one step that survives a loss of power: readers see the old text or the new one, never a part.

    Only one process at a time may write one path; whoever calls holds a lock.
    """
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock against every other process and thread; the system releases it when this process dies.

    A process forked meanwhile shares the lock, so workers are to be started otherwise (spawn, forkserver).

    Raises:
        IndexLocked: Somebody holds it.
    """
    with writing(path.parent):
        lock = path.open("a+", encoding="utf-8")
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "không rõ"
            raise IndexLocked(
                f"Một tiến trình khác (số {holder}) đang ghi chỉ mục ở {path.parent}. Hãy đợi nó xong rồi chạy lại."
            ) from error
        try:
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
