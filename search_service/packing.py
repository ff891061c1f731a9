"""A basket of documents as one .zip: each document's text, and the list of them."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from typing import IO

from engines.record import OfficialDocument
from search_service.notation import title_of

LIST_NAME = "danh-sach.xlsx"
_MOST_NAME = 80
_NOT_IN_NAMES = re.compile(r"[^\w.,() -]+")

ReadText = Callable[[str], str]
"""A document's id to its text; empty when there is none."""


def pack(records: Sequence[OfficialDocument], read_text: ReadText, listed: IO[bytes]) -> IO[bytes]:
    """Pack documents; only one text at a time is in memory.

    Args:
        records: The documents, in their order; their texts are not needed.
        read_text: Their texts.
        listed: The list as .xlsx, which is closed.

    Returns:
        A temporary file at its beginning, which is gone when it is closed.
    """
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with listed, archive.open(LIST_NAME, "w") as target:
            shutil.copyfileobj(listed, target)
        for number, record in enumerate(records, 1):
            archive.writestr(f"{number:03} {_name_of(record)}.txt", read_text(record.id))
    file.seek(0)
    return file


def _name_of(record: OfficialDocument) -> str:
    """A name that every file system takes."""
    name = _NOT_IN_NAMES.sub("-", title_of(record))[:_MOST_NAME].strip(" .-")
    return name or "van-ban"
