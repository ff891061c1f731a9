"""PDF to text and pages, through PDFium; pages that are scans are read by OCR.

PDFium is not thread-safe: one thread of a process reads at a time.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from indexer.readers.extracted import MAX_CHARACTERS, Extracted, Unreadable, clean
from indexer.readers.ocr import NotRecognised, Recognizer, missed_pages
from indexer.readers.picture import DPI, Picture, ink
from indexer.readers.signatures import read_signatures
from indexer.steps import tell

MAX_PAGES = 20_000
# A page with less text than this beside an image over a tenth of it is a scan: so told, 56 of 56 scanned pages were
# found, and 13 of 3,524 others.
FEW_CHARACTERS = 150
_LARGE_IMAGE = 0.1
_MAX_PIXELS = 30_000_000  # of a page that is drawn: larger sheets than A2 are drawn smaller
_POINTS_AN_INCH = 72
_MEDIA_TYPE = "application/pdf"
_HYPHEN = "\x02"  # what PDFium makes of a hyphen and the line end after it, as in `TT-BLĐTBXH` broken over two lines
_TRAILER = b"%%EOF"


def read_pdf(content: bytes, recognizer: Recognizer, signature_roots: Sequence[bytes] = ()) -> Extracted:
    """The text of a PDF file, where each page begins in it, and its digital signatures.

    Args:
        content: The file.
        recognizer: For those of its pages that are scans.
        signature_roots: Certificates of authorities whose signatures are trusted, in DER.

    Raises:
        Unreadable: It asks for a password, is broken or cut off, has too many pages, or is a scan of which no page
            could be recognised.
    """
    document = open_pdf(content)
    try:
        extracted = _read_pages(document, recognizer)
    except pdfium.PdfiumError as error:
        raise Unreadable(f"Tệp PDF hỏng: {error}.") from error
    finally:
        document.close()
    signatures, note = read_signatures(content, signature_roots)
    return dataclasses.replace(extracted, signatures=signatures, note=f"{extracted.note} {note}".strip())


def open_pdf(content: bytes) -> pdfium.PdfDocument:
    """A PDF file opened.

    Raises:
        Unreadable: It asks for a password, is broken or cut off.
    """
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise Unreadable("Tệp PDF đặt mật khẩu: cần bản không đặt mật khẩu.") from error
        if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
            raise Unreadable("Tệp PDF mã hóa theo cách chưa hỗ trợ.") from error
        # PDFium gives one code to all else.
        if _TRAILER not in content[-2_048:]:
            raise Unreadable("Tệp PDF bị cắt cụt: không có phần cuối tệp.") from error
        raise Unreadable("Tệp PDF hỏng.") from error


def _read_pages(document: pdfium.PdfDocument, recognizer: Recognizer) -> Extracted:
    count = len(document)
    if count > MAX_PAGES:
        raise Unreadable(f"Tệp PDF có {count} trang, nhiều hơn {MAX_PAGES} trang được phép.")
    texts: list[str] = []
    starts: list[int] = []
    recognised: list[int] = []
    missed: dict[int, str] = {}
    broken: dict[int, str] = {}
    scans = length = 0
    for number in range(count):
        text = ""
        try:
            text, is_scan = _read_page(document, number)
            scans += is_scan
            if is_scan:
                layer, text = text, _longer(text, recognizer.page(functools.partial(_draw, document, number)))
                recognised += [number] if text != layer else []
                tell(number + 1, count)
        except NotRecognised as reason:
            missed[number + 1] = str(reason)
        except pdfium.PdfiumError as error:
            broken[number + 1] = str(error).rstrip(".")
        starts.append(length)
        texts.append(text)
        length += len(text) + 1
        if length > MAX_CHARACTERS:
            break
    if broken and len(broken) == len(texts):
        raise Unreadable(f"Tệp PDF hỏng, không đọc được trang nào: {broken[1]}.")
    if missed and (len(missed) == len(texts) or not any(texts)):
        raise Unreadable(
            f"Tệp PDF chưa có lớp chữ (bản quét, {count} trang), chưa nhận dạng được chữ (OCR), {missed_pages(missed)}."
        )
    notes = ("Trang hỏng", broken), ("Chưa nhận dạng được chữ (OCR)", missed)
    note = " ".join(f"{what}: {missed_pages(pages)}." for what, pages in notes if pages)
    return Extracted(
        "\n".join(texts),
        tuple(starts),
        _MEDIA_TYPE,
        note=note,
        recognised=tuple(recognised),
        scanned=2 * scans > len(texts),
    )


def _longer(layer: str, recognised: str) -> str:
    """What says more of a page, its few characters or what was recognised on it."""
    return recognised if len("".join(recognised.split())) > len("".join(layer.split())) else layer


def _draw(document: pdfium.PdfDocument, number: int) -> Picture:
    page = document[number]
    try:
        inches = page.get_width() * page.get_height() / _POINTS_AN_INCH**2
        dpi = min(DPI, (_MAX_PIXELS / inches) ** 0.5)
        bitmap = page.render(scale=dpi / _POINTS_AN_INCH)
        try:
            return ink(np.asarray(bitmap.to_numpy()))
        finally:
            bitmap.close()
    finally:
        page.close()


def _read_page(document: pdfium.PdfDocument, number: int) -> tuple[str, bool]:
    """The page's text, with that of annotations such as a digital signature's stamp, and whether the page is a scan."""
    page = document[number]
    try:
        text = _text(page)
        is_scan = len(text) < FEW_CHARACTERS and _largest_image(page) > _LARGE_IMAGE
        if pdfium_c.FPDFPage_GetAnnotCount(page.raw) <= 0:
            return text, is_scan
        pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    finally:
        page.close()
    # What was made part of the page is seen only when it is opened again.
    page = document[number]
    try:
        return _text(page), is_scan
    finally:
        page.close()


def _text(page: pdfium.PdfPage) -> str:
    textpage = page.get_textpage()
    try:
        raw = textpage.get_text_bounded()
    finally:
        textpage.close()
    lines = clean(raw.replace(_HYPHEN, "-")).split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _largest_image(page: pdfium.PdfPage) -> float:
    """The part of the page, 0 to 1, that its largest image covers."""
    width, height = page.get_size()
    largest = 0.0
    for image in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return min(largest / (width * height), 1.0) if width and height else 0.0
