"""Originals (bản gốc) on disk, each under the digest of its content: `ab/cd/abcd…`, once however often it came in."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = "."


class NotKept(Exception):
    """An original could not be written; the message says why, in Vietnamese."""


class OriginalStore:
    """A folder of originals. Several processes may write to it; only the writer of the index removes.

    Args:
        root: The folder, made when it is needed.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def beside(cls, journal: Path) -> OriginalStore:
        """The store that belongs to a journal and lies beside it: `journal-x.sqlite3`, `originals-x`."""
        return cls(journal.with_name(journal.stem.replace("journal", "originals", 1)))

    def path(self, sha256: str) -> Path:
        """Where the original with this digest lies, or would.

        Raises:
            ValueError: It is no SHA-256 in small hexadecimal digits.
        """
        if not _DIGEST.fullmatch(sha256):
            raise ValueError(f"no digest: {sha256!r}")
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def keep(self, content: bytes) -> str:
        """Write an original unless it is there; it is on disk, name and all, on return.

        Returns:
            Its digest.

        Raises:
            NotKept: See there.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        try:
            if not _is_there(path, len(content)):
                self._make_folder(path.parent)
                _write(path, content)
        except OSError as error:
            raise NotKept(f"Không giữ được bản gốc trong {self.root}: {error.strerror or error}.") from error
        return sha256

    def remove(self, sha256: str) -> None:
        """Remove an original, if it is there."""
        self.path(sha256).unlink(missing_ok=True)

    def kept(self) -> Iterator[str]:
        """The digests of all originals, in no particular order."""
        return (path.name for path in self._files() if _DIGEST.fullmatch(path.name))

    def remove_unfinished(self) -> None:
        """Remove what writers that were killed left behind. Nobody may be writing."""
        for path in self._files():
            if path.name.startswith(_UNFINISHED):
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        return self.root.glob("??/??/*") if self.root.is_dir() else iter(())

    def _make_folder(self, folder: Path) -> None:
        """Make a folder and those above it durably, each with its name in the one above."""
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _is_there(path: Path, size: int) -> bool:
    """Whether the original is there whole; what was damaged later, `tracuu verify --originals` finds."""
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _write(path: Path, content: bytes) -> None:
    """Write under another name first, so that a name that is a digest always has the whole content."""
    descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=path.parent)
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
