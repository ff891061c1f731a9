"""What holds of a file wherever it lies: how large it may be, how its path is shown, why it cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

from indexer.readers.extracted import Unreadable

FILE_BYTES = 128 * 2**20
"""The largest file that is read; a larger one is a failure with a name."""


def check_size(size: int) -> None:
    """Let pass a file of so many bytes.

    Raises:
        Unreadable: It is larger than `FILE_BYTES`.
    """
    if size > FILE_BYTES:
        raise Unreadable(f"Tệp lớn quá {FILE_BYTES // 2**20} MB ({size / 2**20:.0f} MB).")


class StillWritten(OSError):
    """A file changed while it was read: what was read is no state that it ever had."""


def read_whole(path: str) -> bytes:
    """The bytes of a file as it stands.

    Raises:
        StillWritten: Somebody is writing to it.
        OSError: It cannot be read.
    """
    with Path(path).open("rb") as file:
        before = os.fstat(file.fileno())
        content = file.read()
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
        raise StillWritten(path)
    return content


def shown(path: str) -> str:
    """The path as text that can be printed and stored: what is not UTF-8 in it becomes `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def reason_of(error: OSError | Unreadable) -> str:
    """Why a reader or the system could not read something, in Vietnamese where the cause is a usual one."""
    if isinstance(error, Unreadable):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "Không còn ở đó khi đọc."
    if isinstance(error, StillWritten):
        return "Đang được ghi trong lúc đọc; lần chạy tới sẽ đọc lại."
    if isinstance(error, PermissionError):
        return "Không có quyền đọc."
    return f"Hệ thống không đọc được: {error.strerror or error}."


def fault_of(error: Exception) -> str:
    """What is said of an error that nobody foresaw; its traceback is for the log."""
    return f"Lỗi khi xử lý: {type(error).__name__}: {error}"
