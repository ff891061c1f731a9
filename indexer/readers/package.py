"""Parts of a zip package, read within limits: a bomb of 40 KB can hold gigabytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from indexer.readers.extracted import Unreadable

# Real .docx files expand at most 30 times; a bomb does a thousand.
MAX_RATIO = 200
MAX_BYTES = 128 * 2**20  # of all parts that are read, for a package may have thousands of them
MAX_ENTRIES = 20_000
_RATIO_COUNTS_FROM = 2**20
_CHUNK_BYTES = 2**16
_CENTRAL_ENTRY = b"PK\x01\x02"
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTION = b"encryption-data"  # ODF 1.3 part 2, 4.8.4
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError)


class Package:
    """A zip package in memory.

    Raises:
        Unreadable: It is broken, cut off, or has more than `MAX_ENTRIES` entries.
    """

    def __init__(self, content: bytes) -> None:
        # Counted before it is opened, because opening keeps an object for each.
        if content.count(_CENTRAL_ENTRY) > MAX_ENTRIES:
            raise Unreadable(f"Tệp nén có hơn {MAX_ENTRIES} mục, nghi là bom nén.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise Unreadable("Tệp hỏng hoặc bị cắt cụt: không có mục lục của gói nén.") from error
        self.names = frozenset(self._zip.namelist())
        self._read = 0

    @property
    def is_locked_odf(self) -> bool:
        """Whether it is an OpenDocument file with a password (đặt mật khẩu).

        Raises:
            Unreadable: As `chunks`.
        """
        return _MANIFEST in self.names and _ENCRYPTION in self.read(_MANIFEST)

    def read(self, name: str) -> bytes:
        """The part's content. Raises as `chunks` does."""
        return b"".join(self.chunks(name))

    def check(self) -> None:
        """Expand every part once within the limits, before a library expands them without any.

        Raises:
            Unreadable: As `chunks`.
        """
        for name in sorted(self.names):
            for _ in self.chunks(name):
                pass

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part's content, piece by piece.

        Raises:
            Unreadable: It is broken, encrypted, or expands beyond the limits, alone or with the parts read before.
        """
        packed = self._zip.getinfo(name).compress_size
        size = 0
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK_BYTES):
                    size += len(chunk)
                    self._read += len(chunk)
                    if size > _RATIO_COUNTS_FROM and size > MAX_RATIO * packed:
                        raise Unreadable(f"Phần “{name}” bung ra quá lớn ({size} byte từ {packed}), nghi là bom nén.")
                    if self._read > MAX_BYTES:
                        raise Unreadable(f"Gói nén bung ra quá {MAX_BYTES // 2**20} MB, nghi là bom nén.")
                    yield chunk
        except RuntimeError as error:
            raise Unreadable("Tệp nén có đặt mật khẩu.") from error
        except _BROKEN as error:
            raise Unreadable(f"Tệp hỏng hoặc bị cắt cụt ở phần “{name}”.") from error
