"""Tesseract (nhận dạng chữ, OCR): a picture of a page to lines of words with their places.

The library is a Python package; the models are those that every Linux packages with the command, whose own answer says
where they lie. The model is loaded once in a process, and each picture is read in a fork of it (`read_apart`), so that
one that crashes the library or takes too long ends nothing else.
"""

from __future__ import annotations

import csv
import enum
import functools
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import tesserocr  # type: ignore[import-untyped]

from indexer.readers.apart import Crashed, TookTooLong, read_apart
from indexer.readers.extracted import Unreadable
from indexer.readers.picture import Picture

_LANGUAGE = "vie"
_ORIENTATION = "osd"  # the model that tells which way is up
_INSTALL = "trên Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie"
_LIST_SECONDS = 20.0
_MODELS = re.compile(r'^List of available languages in "(.+)"', re.MULTILINE)
_COLUMNS = (
    *("level", "page_num", "block_num", "par_num", "line_num", "word_num"),
    *("left", "top", "width", "height", "conf", "text"),
)
_WORD_LEVEL = "5"


class TesseractMissing(Exception):
    """This machine cannot recognise Vietnamese text; the message says what to install, in Vietnamese."""


class NotRecognised(Exception):
    """Tesseract gave no answer for a picture; the message says why, in Vietnamese."""


class Layout(enum.Enum):
    """What a picture is taken for, with the page segmentation mode of Tesseract."""

    PAGE = 3
    BLOCK = 6


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
    """The library with the models in the folder `models`."""

    models: str

    def read(self, picture: Picture, layout: Layout, *, dpi: int, seconds: float) -> tuple[Line, ...]:
        """The lines of a picture.

        Args:
            picture: What to read.
            layout: What it is taken for.
            dpi: Its resolution in pixels an inch.
            seconds: After so long reading is ended.

        Raises:
            NotRecognised: It crashed or took too long.
        """
        return tuple(_lines(_apart(functools.partial(_table, _loaded(self.models), layout, dpi), picture, seconds)))

    def turn(self, picture: Picture, *, seconds: float) -> int:
        """By how many degrees, clockwise, the picture must be turned to stand upright: 0, 90, 180 or 270.

        Raises:
            NotRecognised: There are too few characters to tell, it crashed or took too long.
        """
        return int(_apart(functools.partial(_turn, self.models), picture, seconds))


def find_tesseract() -> Tesseract:
    """The library with this machine's models.

    Raises:
        TesseractMissing: There is no command to say where they are, or none for Vietnamese.
    """
    path = shutil.which("tesseract")
    if path is None:
        raise TesseractMissing(f"máy chưa cài Tesseract ({_INSTALL})")
    return Tesseract(_models(path))


@functools.cache
def _models(command: str) -> str:
    listing = subprocess.run(  # noqa: S603 - the command that was just found
        [command, "--list-langs"], capture_output=True, timeout=_LIST_SECONDS, check=False, text=True, errors="replace"
    )
    folder = _MODELS.search(listing.stdout)
    if folder is None:
        raise TesseractMissing(f"Tesseract trên máy cũ hơn bản 5 hoặc không chạy được ({_INSTALL})")
    if _LANGUAGE not in listing.stdout.split():
        raise TesseractMissing(f"Tesseract chưa có dữ liệu tiếng Việt ({_INSTALL})")
    return folder[1]


@functools.cache
def _loaded(models: str) -> tesserocr.PyTessBaseAPI:
    """The library with the Vietnamese model, loaded once in a process (60 ms); forks share its memory."""
    return tesserocr.PyTessBaseAPI(path=models, lang=_LANGUAGE)


def _apart(read: Callable[[Picture], str], picture: Picture, seconds: float) -> str:
    try:
        return read_apart(read, picture, seconds=seconds)
    except TookTooLong as error:
        raise NotRecognised(f"nhận dạng quá {seconds:.0f} giây") from error
    except Crashed as error:
        raise NotRecognised("Tesseract dừng đột ngột") from error
    except Unreadable as error:
        raise NotRecognised(str(error)) from error


def _table(api: tesserocr.PyTessBaseAPI, layout: Layout, dpi: int, picture: Picture) -> str:
    api.SetPageSegMode(layout.value)
    _show(api, picture)
    api.SetSourceResolution(dpi)
    table: str = api.GetTSVText(0)
    return table


def _turn(models: str, picture: Picture) -> str:
    with tesserocr.PyTessBaseAPI(path=models, lang=_ORIENTATION, psm=tesserocr.PSM.OSD_ONLY) as api:
        _show(api, picture)
        found = api.DetectOrientationScript()
    if found is None:
        raise Unreadable("quá ít chữ để biết chiều của trang")
    return str(-found["orient_deg"] % 360)


def _show(api: tesserocr.PyTessBaseAPI, picture: Picture) -> None:
    height, width = picture.shape
    api.SetImageBytes(picture.tobytes(), width, height, bytes_per_pixel=1, bytes_per_line=width)


def _lines(table: str) -> Iterator[Line]:
    rows = csv.DictReader(table.splitlines(), _COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row["level"] == _WORD_LEVEL and row["text"] and not row["text"].isspace())
    paragraph = None
    for place, of_line in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        yield Line(tuple(_word(row) for row in of_line), opens=place[:2] != paragraph)
        paragraph = place[:2]


def _word(row: dict[str, str]) -> Word:
    left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
    return Word(row["text"], left, top, width, height, float(row["conf"]))
