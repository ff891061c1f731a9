"""Pictures of pages to text: the steps around Tesseract that scanned official documents need."""

from __future__ import annotations

import functools
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

import numpy as np

from analyzers.normalize import normalize
from indexer.metadata.signature import read_signature
from indexer.readers.line_reader import LineReader, find_line_reader
from indexer.readers.page_text import Cell, Spelling, columns, is_readable, letters, spelt, text_of
from indexer.readers.picture import DPI, Picture, is_blank, levelled, turned
from indexer.readers.repairs import repaired
from indexer.readers.tesseract import (
    Box,
    Layout,
    Line,
    NotRecognised,
    Tesseract,
    TesseractMissing,
    Word,
    find_tesseract,
)

__all__ = ["LIMITS", "Limits", "NotRecognised", "Recognizer", "missed_pages"]

# Heads of the signature block (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, ô số 7a and 9b), and the first and the last
# recipient: `Như Điều 3` and the archive. A stamp that runs through them has KT. read as Kf, and Lưu as ru.
_HEAD = r"N[ơo]i\s+nh[ậâạa]n\b|^\W*(?:TM|K[TfI1]|TL|TUQ|Q)[.,]\s*[A-ZĐ]{2}"
_SIGNATURE_HEAD = re.compile(_HEAD, re.MULTILINE)
_SIGNATURE = re.compile(rf"{_HEAD}|\bL?ưu\s*:\s*V|u\s*:\s*VT\b|\bNhư\s+Đi[êề]u\s+\d", re.MULTILINE)
# A word of titles and names; strokes are read as words with figures and symbols among the letters.
_BLOCK_WORD = re.compile(r"\(?[^\W\d_]+(?:[.,/-][^\W\d_]+)*[.,:;)]*")
_BLOCK_LETTERS = 3
_SIGNATURE_LEFT = 0.45
# Of the words that the second reader sees otherwise, Tesseract was right in all above this, and in none below.
_SURE = 95.0
# Quốc hiệu and tiêu ngữ stand on every document: what is read as one of their words is one.
_MOTTO = frozenset(re.findall(r"\S+", "CỘNG HÒA HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"))
_NAME_WORDS = 8  # titles and names have fewer
# Of a few words each, so that one look is enough; a name may be any.
_TITLE = re.compile(r"\b(?:TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|TỔNG|VIỆN|CHÁNH|ỦY BAN|UỶ BAN)\b")
# What follows the heading: legal bases, the first article, the addressee.
_BODY = re.compile(r"(?:Căn cứ|Điều 1|Kính gửi|Theo đề nghị)\b")
_HEADING_LINES = 20
_BODY_RIGHT = 0.7  # recipients end before that, lines of the body beyond
_HEADING = 0.2  # of the height
_SIGNATURE_MARGIN = 3  # heights of a word above the block's first line

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much recognition one file may take.

    Attributes:
        pages: So many pages are recognised, the first ones.
        page_seconds: One run of Tesseract may take so long.
        file_seconds: After so long no other page is begun; less than a worker has for an item.
    """

    pages: int = 2_000
    page_seconds: float = 60.0
    file_seconds: float = 240.0


LIMITS = Limits()


class Recognizer:
    """Reads the pages of one file; its time runs from when it is made.

    Args:
        find: Finds Tesseract when the first page needs it.
        find_second: Finds the second reader, for headings and names.
        limits: What the file may take.
    """

    def __init__(
        self,
        find: Callable[[], Tesseract] = find_tesseract,
        find_second: Callable[[], LineReader | None] = find_line_reader,
        limits: Limits = LIMITS,
    ) -> None:
        self._find = find
        self._find_second = find_second
        self._limits = limits
        self._deadline = time.monotonic() + limits.file_seconds
        self._pages = 0
        self._tesseract: Tesseract | None = None
        self._missing = ""

    def page(self, draw: Callable[[], Picture]) -> str:
        """The text of a page; columns of one line have a tab between them. Empty for a blank page.

        Args:
            draw: Makes the page's picture at about `DPI`, its colours taken out; not called where no page can be read.

        Raises:
            NotRecognised: Tesseract is missing or failed on the page, or the file's limits are reached.
        """
        tesseract = self._admit()
        picture = draw()
        if is_blank(picture):
            return ""
        upright, lines = self._upright(tesseract, picture)
        second = self._find_second()
        spell = spelt if second is None or self._pages > 1 else _heading_spelt(second, upright, lines)
        text = text_of(lines, spell)
        if _SIGNATURE.search(text) and (second or read_signature(text, 0) is None):
            try:
                text = self._signed(tesseract, second, upright, lines, spell) or text
            except NotRecognised:
                _log.debug("signature not read by itself", exc_info=True)  # the page's own text stays
        return repaired(normalize(text))

    def _admit(self) -> Tesseract:
        """Counts a page in and gives what reads it, or raises why no further page is read."""
        if self._pages >= self._limits.pages:
            raise NotRecognised(f"quá {self._limits.pages} trang")
        self._seconds()
        if self._missing:
            raise NotRecognised(self._missing)
        if self._tesseract is None:
            try:
                self._tesseract = self._find()
            except TesseractMissing as missing:
                self._missing = str(missing)
                raise NotRecognised(self._missing) from missing
        self._pages += 1
        return self._tesseract

    def _upright(self, tesseract: Tesseract, picture: Picture) -> tuple[Picture, tuple[Line, ...]]:
        """The page as it is read best, and its lines: level, and turned when it says nothing as it lies."""
        level = levelled(picture)
        lines = self._read(tesseract, level, Layout.PAGE)
        if is_readable(lines):
            return level, lines
        try:
            degrees = tesseract.turn(picture, seconds=self._seconds())
        except NotRecognised:  # too few characters to tell which way is up
            degrees = 0
        if not degrees:
            return level, lines
        other = levelled(turned(picture, degrees))
        others = self._read(tesseract, other, Layout.PAGE)
        return (other, others) if letters(others) > letters(lines) else (level, lines)

    def _signed(
        self, tesseract: Tesseract, second: LineReader | None, picture: Picture, lines: Sequence[Line], spell: Spelling
    ) -> str:
        """The page's text with the block of the signature read by itself, at its end; empty when that has no name.

        Among the strokes of a signature and a stamp the page's layout is found wrongly, and the name is torn.
        """
        height, width = picture.shape
        left, top = int(_SIGNATURE_LEFT * width), _signature_top(lines, width, height)
        crop = np.ascontiguousarray(picture[top:, left:])
        crossing = [Box.around(cell) for line in lines for cell in columns(line) if cell[0].left < left]

        def outside(words: Cell) -> str:
            return "" if words[0].left >= left and words[0].top >= top else spell(words)

        def inside(words: Cell) -> str:
            column, row = Box.around(words).middle
            if any(box.holds(column + left, row + top) for box in crossing):
                return ""  # the end of a line that begins outside
            text = _without_strokes(spelt(words))
            if second is None or not text or len(words) > _NAME_WORDS or _is_sure(words):
                return text
            read = _looked_at_again if _TITLE.search(text) else LineReader.read_agreed
            return _without_strokes(read(second, crop, words))

        block = text_of(self._read(tesseract, crop, Layout.BLOCK), inside)
        return f"{text_of(lines, outside)}\n\n{block}" if read_signature(block, 0) else ""

    def _read(self, tesseract: Tesseract, picture: Picture, layout: Layout) -> tuple[Line, ...]:
        return tesseract.read(picture, layout, dpi=DPI, seconds=self._seconds())

    def _seconds(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise NotRecognised(f"quá {self._limits.file_seconds:.0f} giây cho cả tệp")
        return min(left, self._limits.page_seconds)


def missed_pages(missed: Mapping[int, str]) -> str:
    """Pages that could not be recognised, in words, those of one reason together.

    Args:
        missed: Numbers of pages, from 1, to the reason.
    """
    parts = []
    for reason, same in groupby(sorted(missed), key=lambda number: missed[number]):
        pages = list(same)
        shown = f"{pages[0]}" if len(pages) == 1 else f"{pages[0]}–{pages[-1]} ({len(pages)} trang)"
        parts.append(f"trang {shown}: {reason}")
    return "; ".join(parts)


def _without_strokes(text: str) -> str:
    """A line of the signature block without what strokes were read as."""
    words = " ".join(word for word in text.split() if _BLOCK_WORD.fullmatch(word))
    return words if sum(map(str.isalpha, words)) >= _BLOCK_LETTERS else ""


def _heading_spelt(second: LineReader, picture: Picture, lines: Sequence[Line]) -> Spelling:
    """Has the heading's cells read by the second reader where Tesseract is not sure."""
    heading = takewhile(lambda line: not _BODY.match(spelt(line.words)), lines[:_HEADING_LINES])
    bottom = max((word.top for line in heading for word in line.words), default=-1)

    @functools.cache  # a page that is signed is spelt twice, with and without the signature's block
    def spell(words: Cell) -> str:
        if words[0].top > bottom:
            return spelt(words)
        return " ".join(
            _looked_at_again(second, picture, stretch) if is_doubted else spelt(stretch)
            for is_doubted, stretch in _stretches(words)
        )

    return spell


def _looked_at_again(second: LineReader, picture: Picture, words: Sequence[Word]) -> str:
    """The words, those that Tesseract is sure of as it read them, where both see the same number of words."""
    others = second.read(picture, words).split()
    if len(others) != len(words):
        return " ".join(others) or spelt(words)
    pairs = zip(words, others, strict=True)
    return " ".join(word.text if _is_sure([word]) else other for word, other in pairs)


def _stretches(words: Cell) -> Iterator[tuple[bool, list[Word]]]:
    """The words of a cell in stretches, each with whether to look at it again: doubted words and their neighbours."""
    doubted = [not _is_sure([word]) for word in words]
    near = [any(doubted[max(0, at - 1) : at + 2]) for at in range(len(words))]
    for is_doubted, pairs in groupby(zip(near, words, strict=True), key=lambda pair: pair[0]):
        yield is_doubted, [word for _, word in pairs]


def _is_sure(words: Sequence[Word]) -> bool:
    return all(word.confidence >= _SURE or word.text in _MOTTO for word in words)


def _signature_top(lines: Sequence[Line], width: int, height: int) -> int:
    """The row where the signature block begins: a little above its first words, else below the body's last line."""
    for line in lines:
        first = min(line.words, key=lambda word: word.top)
        if first.top > _HEADING * height and _SIGNATURE_HEAD.search(spelt(line.words)):
            return max(0, first.top - _SIGNATURE_MARGIN * first.height)
    boxes = [Box.around(cell) for line in lines for cell in columns(line)]
    body = (box.bottom for box in boxes if box.left < _SIGNATURE_LEFT * width and box.right > _BODY_RIGHT * width)
    return max(body, default=int(_HEADING * height))
