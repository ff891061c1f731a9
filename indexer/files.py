"""What holds of a file wherever it lies: how large it may be, how its path is shown, why it cannot be read."""

from __future__ import annotations

import os

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


def shown(path: str) -> str:
    """The path as text that can be printed and stored: what is not UTF-8 in it becomes `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def reason_of(error: OSError) -> str:
    """Why the system could not read something, in Vietnamese where the cause is a usual one."""
    if isinstance(error, FileNotFoundError):
        return "Không còn ở đó khi đọc."
    if isinstance(error, PermissionError):
        return "Không có quyền đọc."
    return f"Hệ thống không đọc được: {error.strerror or error}."
