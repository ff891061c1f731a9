"""A cache of files on disk with a bound in bytes; what was not asked for the longest goes first (LRU)."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
import threading
from pathlib import Path

_ROOM = 0.9  # of the bound is left in place when it was passed, so that not every new file makes another old one go
_UNFINISHED = "."

_log = logging.getLogger(__name__)


class FileCache:
    """Bytes by key. Safe to use from several threads, and from several processes whose bounds are equal.

    Nothing depends on it: where the disk is full or cannot be written, what is put is not kept.

    Args:
        root: The folder, made when it is needed. Nothing else may lie in it.
        most_bytes: How much may be kept; a larger entry is not kept at all.
    """

    def __init__(self, root: Path, most_bytes: int) -> None:
        self._root = root
        self._most = most_bytes
        self._lock = threading.Lock()
        self._size: int | None = None  # not known before the first file is put

    def get(self, key: str) -> bytes | None:
        """What was put under a key, if it is still there."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            os.utime(path)  # the order in which files go
        except OSError:
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep bytes under a key, which always stands for the same bytes."""
        if len(content) > self._most:
            return
        try:
            with self._lock:
                self._write(self._path(key), content)
                self._size = sum(self._sizes()) if self._size is None else self._size + len(content)
                if self._size > self._most:
                    self._size = self._make_room()
        except OSError as error:
            _log.warning("Không ghi được vào bộ nhớ đệm %s: %s", self._root, error.strerror or error)

    def _path(self, key: str) -> Path:
        name = hashlib.blake2b(key.encode(), digest_size=20).hexdigest()
        return self._root / name[:2] / name

    def _write(self, path: Path, content: bytes) -> None:
        """Write under another name first, so that a name that is found has the whole content."""
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _sizes(self) -> list[int]:
        return [size for _, size, _ in self._files()]

    def _files(self) -> list[tuple[int, int, Path]]:
        """When each file was last asked for, its size and its path; another process may be removing some."""
        found = []
        for path in self._root.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                found.append((status.st_mtime_ns, status.st_size, path))
        return found

    def _make_room(self) -> int:
        """Remove the oldest files; how many bytes are left."""
        files = sorted(self._files())
        left = sum(size for _, size, _ in files)
        for _, size, path in files:
            if left <= _ROOM * self._most:
                break
            path.unlink(missing_ok=True)
            left -= size
        return left
