"""Where the words of a PDF page's text layer stand."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from indexer.pictures.placed import WHOLE, PlacedWord

_MOST_CHARACTERS = 100_000  # of a page: a sheet of small print has a tenth
_NEAR = 2  # times a character's size: what is farther apart is in another line
_TOUCHING = 0.08  # of the height: a space is three times as wide
_STEP = 50
_HYPHEN = "\x02"  # what PDFium makes of a hyphen and the line end after it


@dataclass(frozen=True, slots=True)
class _Box:
    left: int
    top: int
    right: int
    bottom: int

    def joined(self, other: _Box) -> _Box:
        return _Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def is_near(self, other: _Box) -> bool:
        """Whether the two are neighbours in one line, whichever way the line runs."""
        across = max(self.left, other.left) - min(self.right, other.right)
        down = max(self.top, other.top) - min(self.bottom, other.bottom)
        return max(across, down) <= _NEAR * max(self.right - self.left, self.bottom - self.top)


def placed_words(page: pdfium.PdfPage) -> list[PlacedWord]:
    """The words of a page's text layer in its order; a word that is broken over two lines is two."""
    textpage = page.get_textpage()
    try:
        return _mended(list(_words(_characters(page, textpage))))
    finally:
        textpage.close()


def _words(characters: Iterator[tuple[str, _Box | None]]) -> Iterator[PlacedWord]:
    text = ""
    around: _Box | None = None
    last: _Box | None = None
    for character, box in characters:
        if around and (box is None or (last and not last.is_near(box))):
            yield _word(text, around)
            text, around = "", None
        if box is not None:
            text += character
            around = around.joined(box) if around else box
        last = box
    if around:
        yield _word(text, around)


def _mended(words: Sequence[PlacedWord]) -> list[PlacedWord]:
    """The words, those put together that touch in one line: letters of another font may come after all others."""
    by_left: dict[int, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        by_left[word.left // _STEP].append(number)
    taken: set[int] = set()
    mended = []
    for number, first in enumerate(words):
        if number in taken:
            continue
        taken.add(number)
        word = first
        while (other := _touching(word, words, by_left, taken)) is not None:
            taken.add(other)
            word = _put_together(word, words[other])
        mended.append(word)
    return mended


def _touching(
    word: PlacedWord, words: Sequence[PlacedWord], by_left: Mapping[int, list[int]], taken: Collection[int]
) -> int | None:
    """The word that begins where this one ends."""
    end, slack = word.left + word.width, _TOUCHING * word.height
    for step in range(int(end - slack) // _STEP, int(end + slack) // _STEP + 1):
        for number in by_left.get(step, ()):
            other = words[number]
            overlap = min(word.top + word.height, other.top + other.height) - max(word.top, other.top)
            if number not in taken and abs(other.left - end) <= slack and 2 * overlap > min(word.height, other.height):
                return number
    return None


def _put_together(one: PlacedWord, other: PlacedWord) -> PlacedWord:
    top = min(one.top, other.top)
    bottom = max(one.top + one.height, other.top + other.height)
    return PlacedWord(one.text + other.text, one.left, top, other.left + other.width - one.left, bottom - top)


def _word(text: str, box: _Box) -> PlacedWord:
    return PlacedWord(text, box.left, box.top, box.right - box.left, box.bottom - box.top)


def _characters(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> Iterator[tuple[str, _Box | None]]:
    """Each character with its place; what separates words has none."""
    place = pdfium_c.FS_RECTF()
    for number in range(min(textpage.count_chars(), _MOST_CHARACTERS)):
        character = chr(pdfium_c.FPDFText_GetUnicode(textpage.raw, number))
        if character == _HYPHEN:
            yield "-", _seen(page, place) if _found(textpage, number, place) else None
        elif character.isspace() or not character.isprintable() or not _found(textpage, number, place):
            yield character, None
        else:
            yield character, _seen(page, place)


def _found(textpage: pdfium.PdfTextPage, number: int, place: pdfium_c.FS_RECTF) -> bool:
    return bool(pdfium_c.FPDFText_GetLooseCharBox(textpage.raw, number, ctypes.byref(place)))


def _seen(page: pdfium.PdfPage, place: pdfium_c.FS_RECTF) -> _Box:
    """A place as it stands on the page that is drawn: turned and cropped like it, the upper edge first."""
    (x1, y1), (x2, y2) = (_device(page, place.left, place.top), _device(page, place.right, place.bottom))
    return _Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _device(page: pdfium.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, WHOLE, WHOLE, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value, down.value
