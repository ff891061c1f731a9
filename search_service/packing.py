"""A basket of documents as one .zip: the originals of each, or else its text, and the list of them."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import IO, TypeAlias

from engines.record import OfficialDocument
from indexer.originals.giving import ChangedOriginal, NoOriginal, Originals
from search_service.files import name_of
from search_service.notation import title_of

LIST_NAME = "danh-sach.xlsx"
MAX_BYTES = 1 << 30
"""Most that the files of a basket may have together, unpacked: they lie on the server's disk meanwhile."""

_MOST_NAME = 80
_NOT_IN_NAMES = re.compile(r"[^\w.,() -]+")
_SUFFIX = re.compile(r"\.\w{1,8}", re.ASCII)
_PIECE_BYTES = 1 << 20
_LEVEL = 1  # most originals are compressed already

Content: TypeAlias = tuple[str, IO[bytes]]
"""What a file's name ends with, and the file, open at its beginning."""

Contents = Callable[[OfficialDocument], Iterator[Content]]
"""A document's files, one open at a time."""


class TooLarge(ValueError):
    """The files have more than `MAX_BYTES`; the message says what to do, in Vietnamese."""


def pack(records: Sequence[OfficialDocument], contents: Contents, listed: IO[bytes]) -> IO[bytes]:
    """Pack documents; memory does not grow with them.

    Args:
        records: The documents, in their order; their texts are not needed.
        contents: Their files.
        listed: The list as .xlsx, which is closed.

    Returns:
        A temporary file at its beginning, which is gone when it is closed.

    Raises:
        TooLarge: See there.
    """
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    left = MAX_BYTES
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        with listed, archive.open(LIST_NAME, "w") as target:
            shutil.copyfileobj(listed, target)
        for number, record in enumerate(records, 1):
            for place, (suffix, content) in enumerate(contents(record), 1):
                ending = suffix if place == 1 else f" ({place}){suffix}"
                with content, archive.open(f"{number:03} {_named(record)}{ending}", "w", force_zip64=True) as target:
                    left -= _copied(content, target, left)
    file.seek(0)
    return file


def _copied(content: IO[bytes], target: IO[bytes], most: int) -> int:
    """Copy a file; its bytes.

    Raises:
        TooLarge: It has more than `most`.
    """
    size = 0
    while piece := content.read(_PIECE_BYTES):
        size += len(piece)
        if size > most:
            raise TooLarge(f"Các tệp trong giỏ quá {MAX_BYTES >> 20} MB. Hãy bỏ bớt văn bản và tải làm nhiều lần.")
        target.write(piece)
    return size


def originals_or_text(originals: Originals | None, read_text: Callable[[str], str]) -> Contents:
    """The files of documents: the originals that can be given, and the text of a document that has none.

    Args:
        originals: Gives files; None gives none.
        read_text: A document's id to its text.
    """

    def contents(record: OfficialDocument) -> Iterator[Content]:
        given = 0
        for suffix, content in _given(originals, record) if originals else ():
            given += 1
            yield suffix, content
        if not given:
            yield ".txt", io.BytesIO(read_text(record.id).encode())

    return contents


def _given(originals: Originals, record: OfficialDocument) -> Iterator[Content]:
    available = originals.available(record.id)
    for file in record.files:
        if file.sha256 not in available:
            continue
        try:
            content = originals.open(record.id, file.sha256).content
        except (NoOriginal, ChangedOriginal):
            continue  # its text stands in for it, and its page says why it cannot be had
        suffix = PurePosixPath(name_of(file)).suffix
        yield (suffix if _SUFFIX.fullmatch(suffix) else ""), content


def _named(record: OfficialDocument) -> str:
    """A name that every file system takes."""
    name = _NOT_IN_NAMES.sub("-", title_of(record))[:_MOST_NAME].strip(" .-")
    return name or "van-ban"
