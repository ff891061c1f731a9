"""How much of a run is left: by pages where a file tells them, by bytes else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MINUTE, _HOUR = 60, 3_600
_FEW_SECONDS = 10


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of so many bytes of which so many pages of so many are done."""

    size: int
    pages: int
    of: int

    @property
    def share(self) -> float:
        """The part of it that is done, 0 to 1."""
        return min(self.pages / self.of, 1.0) if self.of else 0.0


class Remaining:
    """Time left, from how fast pages and bytes went so far.

    A scan of a megabyte takes minutes and a letter of a megabyte none of a second, so that bytes say nothing of a file
    whose pages are being recognised; what is not begun yet is taken for like what was.

    Args:
        total: Bytes of all files; 0 when that is not known.
        now: Seconds on any clock; the same one in all calls.
    """

    def __init__(self, total: int, now: float) -> None:
        self._total = total
        self._began = self._told = now
        self._read = 0
        self._open: Sequence[OpenFile] = ()
        self._pages = 0
        self._page_seconds = 0.0

    def add(self, read: int) -> None:
        """So many more bytes were read, of files that are done."""
        self._read += read

    def set_open(self, files: Sequence[OpenFile], now: float) -> None:
        """These are the files being recognised now."""
        if self._open:  # of the first page that is told nobody knows when it was begun
            self._page_seconds += now - self._told
            self._pages += max(0, _pages(files) - _pages(self._open))
        self._told = now
        self._open = files

    @property
    def done(self) -> float:
        """Bytes that are done, with their share of the files being recognised."""
        return self._read + sum(file.size * file.share for file in self._open)

    @property
    def pages(self) -> tuple[int, int]:
        """Pages done and pages of the files being recognised."""
        return _pages(self._open), sum(file.of for file in self._open)

    def seconds(self, now: float) -> float | None:
        """Seconds left; None when there is nothing to tell it from."""
        done, (pages, of) = self.done, self.pages
        bytes_left = self._total - self._read - sum(file.size for file in self._open)
        if (self._total and not done) or (of and not self._pages) or not (self._total or of):
            return None
        by_pages = max(0, of - pages) * self._page_seconds / max(self._pages, 1)
        by_bytes = max(0, bytes_left) * (now - self._began) / done if self._total else 0.0
        return by_pages + by_bytes


def in_words(seconds: float) -> str:
    """A time left as people say it: `còn 40 giây`, `còn 3 phút`, `còn 2 giờ 05 phút`."""
    if seconds < _MINUTE:
        return f"còn {max(_FEW_SECONDS, round(seconds, -1)):.0f} giây"
    if seconds < _HOUR:
        return f"còn {round(seconds / _MINUTE)} phút"
    hours, minutes = divmod(round(seconds / _MINUTE), _MINUTE)
    return f"còn {hours} giờ {minutes:02} phút"


def _pages(files: Sequence[OpenFile]) -> int:
    return sum(file.pages for file in files)
