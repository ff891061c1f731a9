"""Pictures of documents (JPEG, PNG, TIFF of many pages, BMP, GIF) to text, through Pillow and Tesseract."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps

from indexer.readers.extracted import Extracted, Unreadable
from indexer.readers.ocr import NotRecognised, Recognizer, missed_pages
from indexer.readers.picture import DPI, Picture, ink
from indexer.steps import tell

MAX_PIXELS = 80_000_000
"""A page of A3 at 600 dpi has 70 million; a larger picture is refused before it takes memory."""

MAX_FRAMES = 5_000

_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF")
_PAGED = "TIFF"  # the frames of a GIF, or of what phones call JPEG, are not pages
_NEW_SUBFILE_TYPE, _REDUCED = 254, 1  # TIFF 6.0, section 8: the frame is a thumbnail of another
_A4_INCHES = 11.7
_PLAUSIBLE_DPI = (100, 1_200)  # screens say 72 or 96 of anything
_MOST_ENLARGED = 2.0
_LEFT_ALONE = (0.7, 1.4)  # of the wanted size: nothing is gained by making it exact
_SIXTEEN_BITS = ("I", "I;16", "I;16B", "I;16L")
# What Pillow raises for content that is not what its header says.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError, OverflowError)


def read_image(content: bytes, media_type: str, recognizer: Recognizer) -> Extracted:
    """The text of an image file; each frame of a TIFF file is a page.

    Args:
        content: The file.
        media_type: What it is.
        recognizer: For the pages of this file.

    Raises:
        Unreadable: It is broken or too large, or none of its pages could be recognised.
    """
    texts: list[str] = []
    missed: dict[int, str] = {}
    with open_image(content) as image:
        pages = _count(image)
        for number, frame in enumerate(frames(image), 1):
            try:
                texts.append(recognizer.page(functools.partial(_picture, image, frame)))
            except NotRecognised as reason:
                texts.append("")
                missed[number] = str(reason)
            tell(number, max(number, pages))
    if missed and len(missed) == len(texts):
        raise Unreadable(f"Chưa nhận dạng được chữ (OCR) trong ảnh, {missed_pages(missed)}.")
    starts = [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    note = f"Chưa nhận dạng được chữ (OCR): {missed_pages(missed)}." if missed else ""
    recognised = tuple(page for page, text in enumerate(texts) if text)
    return Extracted("\n".join(texts), tuple(starts), media_type, note=note, recognised=recognised, scanned=True)


def open_image(content: bytes) -> Image.Image:
    """A picture, nothing of it decoded yet.

    Raises:
        Unreadable: It is broken or too large.
    """
    try:
        return Image.open(io.BytesIO(content), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except BROKEN as error:
        raise Unreadable("Tệp ảnh hỏng.") from error


def _count(image: Image.Image) -> int:
    """How many frames the file has; 0 where it is too broken to say."""
    try:
        return int(getattr(image, "n_frames", 1)) if image.format == _PAGED else 1
    except BROKEN:
        return 0


def frames(image: Image.Image) -> Iterator[int]:
    """The frames that are pages. What follows a broken frame cannot be found."""
    if image.format != _PAGED:
        yield 0
        return
    for number in range(MAX_FRAMES):
        try:
            image.seek(number)
        except EOFError:
            return
        except BROKEN:
            yield number  # opening it again says what is wrong
            return
        if not int(image.tag_v2.get(_NEW_SUBFILE_TYPE, 0)) & _REDUCED:  # type: ignore[attr-defined]
            yield number


def _picture(image: Image.Image, frame: int) -> Picture:
    """A page without its colours, upright as its camera says, at about `DPI`.

    Raises:
        NotRecognised: Its data is broken or cut off.
        Unreadable: It has too many pixels.
    """
    try:
        image.seek(frame)
        if image.width * image.height > MAX_PIXELS:
            raise _too_large()
        scale = _scale(image)
        grey = _without_colours(image)
        # Which way up it was held is told by the file, not by what was made of it.
        grey.getexif().update(image.getexif())
        upright = ImageOps.exif_transpose(grey)
    except BROKEN as error:
        raise NotRecognised("ảnh hỏng hoặc bị cắt cụt") from error
    if scale != 1:
        size = (max(1, round(upright.width * scale)), max(1, round(upright.height * scale)))
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    return np.asarray(upright)


def _scale(image: Image.Image) -> float:
    """By how much to enlarge or reduce a picture; without a resolution of its own it is taken for a sheet of A4."""
    dpi = float(image.info.get("dpi", (0, 0))[0])
    least, most = _PLAUSIBLE_DPI
    if not least <= dpi <= most:
        dpi = max(image.size) / _A4_INCHES
    scale = min(DPI / dpi, _MOST_ENLARGED)
    smaller, larger = _LEFT_ALONE
    return 1.0 if smaller <= scale <= larger else scale


def _without_colours(image: Image.Image) -> Image.Image:
    """The picture in mode L; what is transparent is white."""
    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode in _SIXTEEN_BITS:
        return Image.fromarray((np.asarray(image).astype(np.int64) >> 8).clip(0, 255).astype(np.uint8))
    if image.has_transparency_data:
        over = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
    return Image.fromarray(ink(np.asarray(image.convert("RGB"))))


def _too_large() -> Unreadable:
    return Unreadable(f"Ảnh lớn quá {MAX_PIXELS // 1_000_000} triệu điểm ảnh.")
