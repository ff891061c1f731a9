"""Zip archives as folders: `a.zip/b/c.doc` is the file c.doc in it, and `a.zip/b.zip/c.doc` in an archive within.

Nothing is ever unpacked onto the disk, so that no name in an archive can lead out of it. No file can have another
beneath it, which makes such a path unmistakable.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from indexer.files import read_whole
from indexer.readers import Unreadable

MAX_DEPTH = 4
"""Archives within archives."""

MAX_ENTRIES = 200_000
MAX_RATIO = 500
"""How often its packed size an entry may be; a scan or a register is a tenth of it at most, a bomb a thousand times."""

_RATIO_COUNTS_FROM = 2**20
_CHUNK_BYTES = 2**20
_SUFFIX = ".zip"
_SEPARATORS = re.compile(r"[/\\]")  # the second is against the format, and what some programs on Windows write
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path with that of the archive before it, and its bytes when unpacked."""

    path: str
    size: int


def is_archive(name: str) -> bool:
    """Whether a file of this name is looked into."""
    return name.lower().endswith(_SUFFIX)


def members(path: str, is_wanted: Callable[[str], bool], largest: int) -> Iterator[Member | Unreadable]:
    """The files in an archive, and in those within, in the order of their names.

    Args:
        path: The archive.
        is_wanted: Says by its name whether a file can hold a document.
        largest: Bytes of the largest archive within that is looked into.

    Yields:
        Members; and for an archive within that cannot be looked into, why: `Unreadable` whose second argument is its
        path.

    Raises:
        OSError: It cannot be opened.
        Unreadable: It is broken, or is a bomb.
    """
    with Path(path).open("rb") as file:
        yield from _members(file, path, is_wanted, largest, 1)


def _members(
    file: IO[bytes], path: str, is_wanted: Callable[[str], bool], largest: int, depth: int
) -> Iterator[Member | Unreadable]:
    with _opened(file) as archive:
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
            name = _SEPARATORS.split(entry.filename)[-1]
            inside = f"{path}{os.sep}{entry.filename}"
            if entry.is_dir():
                continue
            if is_archive(name):
                try:
                    if depth == MAX_DEPTH:
                        raise Unreadable(f"Tệp nén lồng nhau quá {MAX_DEPTH} lớp.")
                    content = io.BytesIO(_unpacked(archive, entry, largest))
                    yield from _members(content, inside, is_wanted, largest, depth + 1)
                except Unreadable as error:
                    yield Unreadable(str(error), inside)
            elif is_wanted(name):
                yield Member(inside, entry.file_size)


class Contents:
    """Bytes of files, in archives or not, one after another.

    The archive of the last file stays open, and with each archive within it the last one that was read, because a
    directory of tens of thousands of entries must not be read anew for each of them.
    """

    def __init__(self) -> None:
        self._outermost: _OpenArchive | None = None
        self._identity: tuple[str, int, int, int, int] | None = None

    def of(self, path: str, largest: int) -> bytes:
        """The bytes of a file, which may lie in an archive.

        Args:
            path: As `members` or the file system has it.
            largest: Most bytes.

        Raises:
            OSError: It is not there or cannot be opened.
            Unreadable: It lies in an archive that is broken, encrypted, or expands beyond the limits.
        """
        try:
            content = read_whole(path)
        except NotADirectoryError:
            archive = next((parent for parent in Path(path).parents if parent.is_file()), None)
            if archive is None:
                raise
            return self._opened(archive).content_of(path[len(str(archive)) + 1 :], largest)
        self.close()
        return content

    def close(self) -> None:
        """Close what is open."""
        if self._outermost is not None:
            self._outermost.close()
        self._outermost = self._identity = None

    def _opened(self, archive: Path) -> _OpenArchive:
        """The archive, opened anew where it is another one than the last, or no longer what it was."""
        status = archive.stat()
        identity = (str(archive), status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        if self._outermost is None or identity != self._identity:
            self.close()
            self._outermost = _OpenArchive(archive.open("rb"))
            self._identity = identity
        return self._outermost


def content_of(path: str, largest: int) -> bytes:
    """The bytes of one file; arguments and errors are those of `Contents.of`."""
    with closing(Contents()) as contents:
        return contents.of(path, largest)


class _OpenArchive:
    """An archive, and the one within it that was read last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._within: tuple[str, _OpenArchive] | None = None
        with ExitStack() as stack:
            stack.enter_context(file)
            self._archive = stack.enter_context(_opened(file))
            self._stack = stack.pop_all()

    def close(self) -> None:
        if self._within is not None:
            self._within[1].close()
        self._within = None
        self._stack.close()

    def content_of(self, inside: str, largest: int) -> bytes:
        if (entry := self._archive.NameToInfo.get(inside)) is not None:
            return _unpacked(self._archive, entry, largest)
        for at, letter in enumerate(inside):
            if letter == os.sep and inside[:at] in self._archive.NameToInfo:
                return self._opened_within(inside[:at], largest).content_of(inside[at + 1 :], largest)
        raise FileNotFoundError(inside)

    def _opened_within(self, name: str, largest: int) -> _OpenArchive:
        if self._within is None or self._within[0] != name:
            if self._within is not None:
                self._within[1].close()
                self._within = None  # before the next is unpacked, so that two are never in memory
            content = _unpacked(self._archive, self._archive.NameToInfo[name], largest)
            self._within = (name, _OpenArchive(io.BytesIO(content)))
        return self._within[1]


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        raise Unreadable("Tệp nén hỏng hoặc bị cắt cụt: không đọc được mục lục.") from error
    with archive:
        if len(archive.infolist()) > MAX_ENTRIES:
            raise Unreadable(f"Tệp nén có hơn {MAX_ENTRIES} mục, nghi là bom nén.")
        yield archive


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int) -> bytes:
    """An entry's bytes; what its heading says of its size is not believed."""
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable("Tệp nén có đặt mật khẩu.")
    content = bytearray()
    try:
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK_BYTES):
                content += chunk
                if len(content) > largest:
                    raise Unreadable(f"Tệp trong tệp nén lớn quá {largest // 2**20} MB.")
                if len(content) > _RATIO_COUNTS_FROM and len(content) > MAX_RATIO * entry.compress_size:
                    raise Unreadable("Tệp nén bung ra quá lớn, nghi là bom nén.")
    except RuntimeError as error:
        raise Unreadable("Tệp nén có đặt mật khẩu.") from error
    except _BROKEN as error:
        raise Unreadable("Tệp nén hỏng hoặc bị cắt cụt.") from error
    return bytes(content)
