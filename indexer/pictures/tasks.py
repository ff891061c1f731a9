"""What a worker makes of a file: numbers, pictures and places as bytes, as they are kept and sent between processes."""

from __future__ import annotations

import enum
import io
from collections.abc import Callable
from dataclasses import dataclass

from indexer.pictures.office import Office
from indexer.pictures.placed import to_bytes
from indexer.pictures.sheets import opened
from indexer.readers.extracted import Unreadable

_QUALITY = 75
"""Of WebP: at 80 the pages of `samples` are a fifth larger, and no stroke of a letter is clearer."""


class Made(enum.StrEnum):
    """What is made of a file."""

    COUNT = "count"  # of its pages, in decimal digits
    PICTURE = "picture"  # WebP
    WORDS = "words"  # see `placed.from_bytes`
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to make.

    Attributes:
        made: What.
        content: The file.
        media_type: What it is.
        page: Of which page, from 1; 0 when of the file.
        width: Of a picture, in pixels.
    """

    made: Made
    content: bytes
    media_type: str
    page: int = 0
    width: int = 0

    @property
    def weight(self) -> int:
        """Bytes of content."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing can be made of the file, in Vietnamese."""

    reason: str


def drawer() -> Callable[[Task], bytes | Refused]:
    """What a worker that draws calls first."""
    return _answering(_draw)


def converter(office: Office) -> Callable[[Task], bytes | Refused]:
    """What a worker that converts calls first."""
    return _answering(lambda task: office.to_pdf(task.content, task.media_type))


def _answering(make: Callable[[Task], bytes]) -> Callable[[Task], bytes | Refused]:
    def answer(task: Task) -> bytes | Refused:
        try:
            return make(task)
        except Unreadable as reason:
            return Refused(str(reason))

    return answer


def _draw(task: Task) -> bytes:
    with opened(task.content, task.media_type) as sheets:
        match task.made:
            case Made.COUNT:
                return b"%d" % sheets.count()
            case Made.WORDS:
                return to_bytes(sheets.words(task.page))
            case _:
                file = io.BytesIO()
                sheets.picture(task.page, task.width).save(file, "WEBP", quality=_QUALITY)
                return file.getvalue()
