"""Pages of originals as pictures, for whoever shows documents."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable
from types import TracebackType

from engines.copies import SourceFile
from indexer.originals.giving import ChangedOriginal, NoOriginal, Originals
from indexer.pictures import office, sheets, tasks
from indexer.pictures.cache import FileCache
from indexer.pictures.office import Office
from indexer.pictures.placed import PlacedWord, from_bytes
from indexer.pictures.tasks import Made, Task
from indexer.pictures.workshop import NoPicture, TooBusy, Workshop

__all__ = ["NoPicture", "PageImages", "PlacedWord", "TooBusy"]

VERSION = 1
"""Raised when the same file would give another picture or other places."""

_DRAW_SECONDS = 45.0
_DRAW_BYTES = 2**30
_DRAW_SEATS = 4
_CONVERT_SEATS = 2
_MARGIN_SECONDS = 30.0  # LibreOffice is ended before its worker is
_MOST_REMEMBERED = 1_000  # files of which nothing can be made


class PageImages:
    """Draws pages of originals, each once as long as the cache keeps it. Safe to call from several threads.

    What is kept belongs to a file's content, its SHA-256: documents that came in the same file share it. Who may see a
    document is the caller's to ask.

    Args:
        originals: Gives the files.
        cache: Keeps what was made.
        converter: Makes pages of files that have none; None where there is no LibreOffice.
    """

    def __init__(self, originals: Originals, cache: FileCache, converter: Office | None) -> None:
        self._originals = originals
        self._cache = cache
        self._drawing = Workshop(tasks.drawer, task_seconds=_DRAW_SECONDS, task_bytes=_DRAW_BYTES, seats=_DRAW_SEATS)
        self._converting = _converting(converter) if converter else None
        self._refused: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def __enter__(self) -> PageImages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drawing.__exit__(kind, error, trace)
        if self._converting:
            self._converting.__exit__(kind, error, trace)

    def can_show(self, media_type: str) -> bool:
        """Whether files of this type have pages that can be drawn here."""
        return _has_pages(media_type) or (self._converting is not None and media_type in office.TYPES)

    def has_pages(self, media_type: str) -> bool:
        """Whether files of this type have pages of their own."""
        return _has_pages(media_type)

    def lacks_converter(self, media_type: str) -> bool:
        """Whether files of this type could be shown if LibreOffice were installed."""
        return self._converting is None and media_type in office.TYPES

    def count(self, document: str, file: SourceFile) -> int:
        """How many pages a document's file has; the two below raise the same.

        Raises:
            NoPicture: See there; of a file that is not to be had as it was read as well.
            TooBusy: See there.
        """
        return int(self._made(document, file, Made.COUNT))

    def picture(self, document: str, file: SourceFile, page: int, width: int) -> bytes:
        """A page, from 1, as WebP, so many pixels wide."""
        return self._made(document, file, Made.PICTURE, page, width)

    def words(self, document: str, file: SourceFile, page: int) -> tuple[PlacedWord, ...]:
        """The words of a page, from 1, in the order of reading; those of a scan as OCR finds them."""
        return from_bytes(self._made(document, file, Made.WORDS, page))

    def _made(self, document: str, file: SourceFile, made: Made, page: int = 0, width: int = 0) -> bytes:
        # Asked even of what the cache has: a record may name the digest of a file that came in with another document.
        if file.sha256 not in self._originals.available(document):
            raise _NotHere("Máy này không giữ bản gốc của tệp ấy và không biết nó nằm ở đâu.")

        def task() -> Task:
            content, media_type = self._sheets(document, file)
            return Task(made=made, content=content, media_type=media_type, page=page, width=width)

        return self._kept(self._drawing, f"{VERSION} {made} {_content(file)} {page} {width}", task)

    def _sheets(self, document: str, file: SourceFile) -> tuple[bytes, str]:
        """The file, or what LibreOffice makes of it, and what that is."""
        if _has_pages(file.media_type):
            return self._original(document, file), file.media_type
        if self._converting is None or file.media_type not in office.TYPES:
            raise _NotHere("Tệp này không có trang để vẽ ở đây.")

        def task() -> Task:
            return Task(made=Made.PDF, content=self._original(document, file), media_type=file.media_type)

        return self._kept(self._converting, f"{VERSION} {Made.PDF} {_content(file)}", task), sheets.PDF

    def _kept(self, workshop: Workshop, key: str, task: Callable[[], Task]) -> bytes:
        there = self._cache.get(key)
        if there is not None:
            return there
        with self._lock:
            reason = self._refused.get(key)
        if reason is not None:
            raise NoPicture(reason)
        try:
            content = workshop.made(lambda: self._cache.get(key), task())
        except _NotHere:
            raise
        except NoPicture as error:
            self._remember(key, str(error))
            raise
        self._cache.put(key, content)
        return content

    def _remember(self, key: str, reason: str) -> None:
        """Not to try again, and take a worker's time, until the program is started anew."""
        with self._lock:
            self._refused[key] = reason
            if len(self._refused) > _MOST_REMEMBERED:
                self._refused.popitem(last=False)

    def _original(self, document: str, file: SourceFile) -> bytes:
        try:
            with self._originals.open(document, file.sha256).content as content:
                return content.read()
        except (NoOriginal, ChangedOriginal) as error:
            raise _NotHere(str(error)) from error


class _NotHere(NoPicture):
    """The file itself is not to be had, which may be otherwise the next time."""


def _converting(converter: Office) -> Workshop:
    return Workshop(
        functools.partial(tasks.converter, converter),
        task_seconds=office.SECONDS + _MARGIN_SECONDS,
        task_bytes=office.MEMORY_BYTES,
        seats=_CONVERT_SEATS,
    )


def _content(file: SourceFile) -> str:
    """What is made of a file depends on its bytes and on what its record takes them for."""
    return f"{file.sha256} {file.media_type}"


def _has_pages(media_type: str) -> bool:
    return media_type == sheets.PDF or media_type in sheets.IMAGES
