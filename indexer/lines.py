"""JSON Lines, plain or compressed, read a line at a time in bounded memory."""

from __future__ import annotations

import dataclasses
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, TypeAlias

from engines.record import InvalidRecord, OfficialDocument, from_mapping

LINE_BYTES = 64 * 2**20
"""The longest line that is read; a longer one is a failure with a name and is passed over in pieces."""

_PIECE = 2**20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HASH_BYTES = 16


class BrokenFile(Exception):
    """The file ends or breaks in the middle; the message says so in Vietnamese. What came before it was read."""


@dataclass(frozen=True, slots=True)
class Blob:
    """An attachment that lies in no file: what it is called, as a path that is only shown, and its bytes."""

    path: str
    content: bytes


Attachment: TypeAlias = str | Blob
"""A file whose text belongs to a record, by its path or as it is."""


@dataclass(frozen=True, slots=True)
class Attached:
    """The attachments of a line, and of them what `Line` says under the same names."""

    attachments: tuple[Attachment, ...] = ()
    stamp: bytes = b""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        number: Counted from 1.
        content: Its bytes, or None when it cannot be read.
        failure: Why not, in Vietnamese, where it is not for its length.
        attachments: Files whose text belongs to the record, where a register or a database names them.
        stamp: What tells whether the attachments are what they were.
        note: What the operator should know of the line, in Vietnamese.
        key: What its source knows it by, where that is more than a number; it is shown, and nothing else.
        fetch: Gets the attachments where `stamp` alone tells whether they changed, and getting them costs much.
    """

    number: int
    content: bytes | None
    failure: str = ""
    attachments: tuple[Attachment, ...] = ()
    stamp: bytes = b""
    note: str = ""
    key: str = ""
    fetch: Callable[[], Attached] | None = None

    def fetched(self) -> Line:
        """The line with its attachments."""
        if self.fetch is None:
            return self
        got = self.fetch()
        return dataclasses.replace(self, attachments=got.attachments, note=got.note, fetch=None)

    def digest(self) -> bytes:
        """Digest of the content and the attachments; empty for a line that cannot be read."""
        if self.content is None:
            return b""
        return blake2b(self.content + self.stamp, digest_size=_HASH_BYTES).digest()


def read_lines(path: str, *, limit: int = LINE_BYTES, progress: Callable[[int], None]) -> Iterator[Line]:
    """Read the lines of a `.jsonl` or `.jsonl.gz` file.

    Args:
        path: The file.
        limit: The longest line in bytes.
        progress: Told, now and then, how many bytes of the file on disk have been read so far.

    Raises:
        BrokenFile: The compressed data are damaged or end too early.
        OSError: The file cannot be read.
    """
    with Path(path).open("rb") as file, closing(_uncompressed(file, path)) as stream:
        number = 0
        try:
            while line := stream.readline(limit + 1):
                number += 1
                if len(line) > limit and not line.endswith(b"\n"):
                    _pass_over(stream)
                    yield Line(number, None)
                elif content := (line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line).strip():
                    yield Line(number, content)
                progress(file.tell())
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise BrokenFile(f"Dữ liệu nén hỏng hoặc thiếu phần cuối sau dòng {number}.") from error


def record_of(content: bytes) -> OfficialDocument:
    """The record that a line holds.

    Raises:
        InvalidRecord: It is no JSON, no object, or one of its fields is wrong; the message says which, in Vietnamese.
    """
    try:
        mapping = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidRecord(f"Dòng không phải JSON hợp lệ: {error}.") from error
    if not isinstance(mapping, dict):
        raise InvalidRecord("Dòng không phải một đối tượng JSON.")
    return from_mapping(mapping)


def _uncompressed(file: BinaryIO, path: str) -> BinaryIO:
    return gzip.GzipFile(fileobj=file, mode="rb") if path.lower().endswith(".gz") else file  # type: ignore[return-value]


def _pass_over(stream: BinaryIO) -> None:
    while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
        pass
