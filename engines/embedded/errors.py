"""The one place where tantivy's errors, and the file system's, become the engine's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.interface import EngineError, IndexLocked, IndexMissing, InvalidCursor

# A panic of the library reaches Python as this class, which no module exports and which is not an Exception.
_PANIC = "PanicException"
_LOCK_BUSY = "LockBusy"


@contextmanager
def reading(directory: Path) -> Iterator[None]:
    """Let no foreign exception out of work that reads the index in `directory`."""
    with _translated(
        f"Không đọc được chỉ mục ở thư mục {directory}: tệp bị hỏng, thiếu quyền đọc, hoặc do phiên bản khác tạo ra. "
        "Nếu lặp lại, hãy xóa thư mục ấy rồi lập chỉ mục lại."
    ):
        yield


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Let no foreign exception out of work that writes the index in `directory`."""
    with _translated(
        f"Không ghi được chỉ mục ở thư mục {directory}: hãy kiểm tra đĩa còn chỗ và quyền ghi rồi chạy lại. "
        "Những gì đã ghi xong trước đó vẫn còn nguyên."
    ):
        yield


@contextmanager
def _translated(message: str) -> Iterator[None]:
    try:
        yield
    except (EngineError, InvalidCursor):
        raise
    except (ValueError, OSError) as error:
        if _LOCK_BUSY in str(error):
            raise IndexLocked("Một tiến trình khác đang ghi chỉ mục này. Hãy đợi nó xong rồi chạy lại.") from error
        raise EngineError(f"{message} Chi tiết: {error}") from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise EngineError(f"{message} Chi tiết: {error}") from error


def index_missing(directory: Path) -> IndexMissing:
    """What to raise where there is no live index."""
    return IndexMissing(
        f"Chưa có chỉ mục ở thư mục {directory}: chưa lập chỉ mục văn bản nào. Hãy chạy `tracuu index`."
    )
