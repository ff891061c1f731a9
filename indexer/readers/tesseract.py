"""Tesseract (nhận dạng chữ, OCR) as a command: a picture of a page to lines of words with their places.

The command is what every Linux packages together with the Vietnamese model; a library of it would bring no model. It
runs in a process of its own, so that a picture that crashes it or takes too long ends nothing else.
"""

from __future__ import annotations

import csv
import enum
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.readers.picture import Picture

_LANGUAGE = "vie"
_INSTALL = "trên Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie"
# One thread a process: workers are as many as there are cores, and two threads are hardly quicker than one.
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
_LIST_SECONDS = 20.0
_WORD_LEVEL = "5"
_ROTATE = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)


class TesseractMissing(Exception):
    """This machine cannot recognise Vietnamese text; the message says what to install, in Vietnamese."""


class NotRecognised(Exception):
    """Tesseract gave no answer for a picture; the message says why, in Vietnamese."""


class Layout(enum.Enum):
    """What a picture is taken for, with the page segmentation mode of Tesseract."""

    PAGE = "3"
    BLOCK = "6"


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a picture.

    Attributes:
        text: Its characters, without spaces.
        left: Where it begins, in pixels from the picture's left edge.
        top: Its upper edge, in pixels from the picture's.
        width: In pixels.
        height: In pixels.
        confidence: How sure Tesseract is, 0 to 100.
    """

    text: str
    left: int
    top: int
    width: int
    height: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a picture, in pixels; `right` and `bottom` are just outside."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def around(cls, words: Sequence[Word]) -> Box:
        """The smallest that holds all the words."""
        return cls(
            min(word.left for word in words),
            min(word.top for word in words),
            max(word.left + word.width for word in words),
            max(word.top + word.height for word in words),
        )

    @property
    def middle(self) -> tuple[int, int]:
        """Column and row."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2

    def holds(self, column: int, row: int) -> bool:
        """Whether a pixel is inside."""
        return self.left <= column < self.right and self.top <= row < self.bottom


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line from left to right, never none; `opens` when a paragraph begins with it."""

    words: tuple[Word, ...]
    opens: bool


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The command at `path`, which has the Vietnamese model."""

    path: str

    def read(self, picture: Picture, layout: Layout, *, dpi: int, seconds: float) -> tuple[Line, ...]:
        """The lines of a picture.

        Args:
            picture: What to read.
            layout: What it is taken for.
            dpi: Its resolution in pixels an inch.
            seconds: After so long the command is ended.

        Raises:
            NotRecognised: It crashed or took too long.
        """
        options = ("-l", _LANGUAGE, "--psm", layout.value, "--dpi", str(dpi), "tsv")
        return tuple(_lines(self._run(picture, options, seconds)))

    def turn(self, picture: Picture, *, seconds: float) -> int:
        """By how many degrees, clockwise, the picture must be turned to stand upright: 0, 90, 180 or 270.

        Raises:
            NotRecognised: There are too few characters to tell, it crashed or took too long.
        """
        found = _ROTATE.search(self._run(picture, ("-l", "osd", "--psm", "0"), seconds))
        return int(found.group(1)) % 360 if found else 0

    def _run(self, picture: Picture, options: tuple[str, ...], seconds: float) -> str:
        try:
            run = subprocess.run(  # noqa: S603 - no shell, and no argument comes from a file
                [self.path, "stdin", "stdout", *options],
                input=_portable_graymap(picture),
                capture_output=True,
                timeout=seconds,
                env=os.environ | _ONE_THREAD,
                check=True,
            )
        except subprocess.TimeoutExpired as expired:
            raise NotRecognised(f"nhận dạng quá {seconds:.0f} giây") from expired
        except subprocess.CalledProcessError as failed:
            raise NotRecognised(f"Tesseract dừng với mã {failed.returncode}") from failed
        return run.stdout.decode(errors="replace")


def find_tesseract() -> Tesseract:
    """The command of this machine.

    Raises:
        TesseractMissing: There is none, or it has no Vietnamese model.
    """
    path = shutil.which("tesseract")
    if path is None:
        raise TesseractMissing(f"máy chưa cài Tesseract ({_INSTALL})")
    listing = subprocess.run(  # noqa: S603 - the command that was just found
        [path, "--list-langs"], capture_output=True, timeout=_LIST_SECONDS, check=False, text=True, errors="replace"
    )
    if _LANGUAGE not in listing.stdout.split():
        raise TesseractMissing(f"Tesseract chưa có dữ liệu tiếng Việt ({_INSTALL})")
    return Tesseract(path)


def _portable_graymap(picture: Picture) -> bytes:
    """The picture in the simplest format that Tesseract takes (Netpbm's PGM): no time is lost with compression."""
    height, width = picture.shape
    return b"P5\n%d %d\n255\n" % (width, height) + picture.tobytes()


def _lines(table: str) -> Iterator[Line]:
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row["level"] == _WORD_LEVEL and row["text"] and not row["text"].isspace())
    paragraph = None
    for place, of_line in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        yield Line(tuple(_word(row) for row in of_line), opens=place[:2] != paragraph)
        paragraph = place[:2]


def _word(row: dict[str, str]) -> Word:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    return Word(row["text"], left, top, width, height, float(row["conf"]))
