"""The sheets of a file that has pages of its own: how many, what each looks like, where its words stand.

PDF through PDFium, pictures through Pillow; words of scans through Tesseract. Everything here reads hostile files and
runs in a worker process.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Protocol

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]
from PIL import Image, ImageOps

from indexer.pictures.placed import WHOLE, PlacedWord
from indexer.pictures.text_places import placed_words
from indexer.readers.extracted import Unreadable
from indexer.readers.image import BROKEN, MAX_PIXELS, frames, open_image
from indexer.readers.pdf import FEW_CHARACTERS, open_pdf
from indexer.readers.picture import DPI, is_blank
from indexer.readers.picture import ink as ink_of
from indexer.readers.tesseract import Layout, NotRecognised, TesseractMissing, find_tesseract

PDF = "application/pdf"
IMAGES = frozenset({"image/jpeg", "image/png", "image/tiff", "image/bmp", "image/gif"})

_POINTS_AN_INCH = 72
_LARGEST = 12_000_000  # pixels of a page that is drawn, whatever its shape
_A4_INCHES = 8.27
_OCR_WIDTH = round(DPI * _A4_INCHES)
_OCR_SECONDS = 30.0


class Sheets(Protocol):
    """An open file with pages, numbered from 1."""

    def count(self) -> int:
        """How many pages it has."""

    def picture(self, number: int, width: int) -> Image.Image:
        """A page as it looks, so many pixels wide; narrower where it would have too many pixels."""

    def words(self, number: int) -> list[PlacedWord]:
        """The words of a page, in the order of reading."""


@contextlib.contextmanager
def opened(content: bytes, media_type: str) -> Iterator[Sheets]:
    """Open a PDF file or a picture.

    Raises:
        Unreadable: It cannot be opened, or a page that is asked for cannot be drawn; the message says why.
    """
    try:
        if media_type == PDF:
            with contextlib.closing(open_pdf(content)) as document:
                yield _PdfSheets(document)
        else:
            with open_image(content) as image:
                yield _ImageSheets(image)
    except pdfium.PdfiumError as error:
        raise Unreadable(f"Tệp PDF hỏng: {error}.") from error
    except BROKEN as error:
        raise Unreadable("Tệp ảnh hỏng hoặc bị cắt cụt.") from error


class _PdfSheets:
    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document

    def count(self) -> int:
        return len(self._document)

    def picture(self, number: int, width: int) -> Image.Image:
        with self._page(number) as page:
            across, down = page.get_size()
            if across <= 0 or down <= 0:
                raise Unreadable("Trang không có kích thước.")
            scale = min(width / across, (_LARGEST / (across * down)) ** 0.5)
            bitmap = page.render(scale=scale)
            try:
                picture: Image.Image = bitmap.to_pil().copy()
            finally:
                bitmap.close()
            return picture.convert("RGB")

    def words(self, number: int) -> list[PlacedWord]:
        with self._page(number) as page:
            words = placed_words(page)
        if sum(len(word.text) for word in words) >= FEW_CHARACTERS:
            return words
        read = recognised(self.picture(number, _OCR_WIDTH))
        return read if len(read) > len(words) else words

    @contextlib.contextmanager
    def _page(self, number: int) -> Iterator[pdfium.PdfPage]:
        page = self._document[_within(number, self.count()) - 1]
        try:
            # What is written on the page, such as the stamp of a digital signature, is read as well.
            if pdfium_c.FPDFPage_GetAnnotCount(page.raw) > 0:
                pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
                page.close()
                page = self._document[number - 1]
            yield page
        finally:
            page.close()


class _ImageSheets:
    def __init__(self, image: Image.Image) -> None:
        self._image = image
        self._frames = list(frames(image))

    def count(self) -> int:
        return len(self._frames)

    def picture(self, number: int, width: int) -> Image.Image:
        self._image.seek(self._frames[_within(number, self.count()) - 1])
        if self._image.width * self._image.height > MAX_PIXELS:
            raise Unreadable(f"Ảnh lớn quá {MAX_PIXELS // 1_000_000} triệu điểm ảnh.")
        upright = ImageOps.exif_transpose(self._image)
        over = Image.new("RGBA", upright.size, "white")
        seen = Image.alpha_composite(over, upright.convert("RGBA")).convert("RGB")
        scale = min(width / seen.width, (_LARGEST / (seen.width * seen.height)) ** 0.5, 1.0)
        return seen.resize((max(1, round(seen.width * scale)), max(1, round(seen.height * scale))))

    def words(self, number: int) -> list[PlacedWord]:
        return recognised(self.picture(number, _OCR_WIDTH))


def recognised(picture: Image.Image) -> list[PlacedWord]:
    """The words that Tesseract finds on a page that stands upright; none where it finds none or is not installed."""
    ink = ink_of(np.asarray(picture))
    if is_blank(ink):
        return []
    try:
        lines = find_tesseract().read(ink, Layout.PAGE, dpi=DPI, seconds=_OCR_SECONDS)
    except (TesseractMissing, NotRecognised):
        return []  # the page is shown all the same
    height, width = ink.shape
    return [
        PlacedWord(
            word.text,
            word.left * WHOLE // width,
            word.top * WHOLE // height,
            word.width * WHOLE // width,
            word.height * WHOLE // height,
        )
        for line in lines
        for word in line.words
    ]


def _within(number: int, count: int) -> int:
    if not 1 <= number <= count:
        raise Unreadable(f"Tệp không có trang {number}: nó có {count} trang.")
    return number
