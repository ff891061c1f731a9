"""PDF with a text layer to text and pages, through PDFium.

PDFium is not thread-safe: one thread of a process reads at a time.
"""

from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from indexer.readers.extracted import MAX_CHARACTERS, Unreadable, clean

MAX_PAGES = 20_000
# A page with less text than this beside an image over a tenth of it is a scan: so told, 56 of 56 scanned pages were
# found, and 13 of 3,524 others.
_FEW_CHARACTERS = 150
_LARGE_IMAGE = 0.1
_HYPHEN = "\x02"  # what PDFium makes of a hyphen and the line end after it, as in `TT-BLĐTBXH` broken over two lines
_TRAILER = b"%%EOF"


def read_pdf(content: bytes) -> tuple[str, tuple[int, ...]]:
    """The text of a PDF file, and where each page begins in it.

    Raises:
        Unreadable: It asks for a password, is broken or cut off, has too many pages, or no page has a text layer.
    """
    document = _open(content)
    try:
        return _read_pages(document)
    except pdfium.PdfiumError as error:
        raise Unreadable(f"Tệp PDF hỏng: {error}.") from error
    finally:
        document.close()


def _open(content: bytes) -> pdfium.PdfDocument:
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


def _read_pages(document: pdfium.PdfDocument) -> tuple[str, tuple[int, ...]]:
    count = len(document)
    if count > MAX_PAGES:
        raise Unreadable(f"Tệp PDF có {count} trang, nhiều hơn {MAX_PAGES} trang được phép.")
    texts: list[str] = []
    starts: list[int] = []
    length = scanned = 0
    for number in range(count):
        text, is_scan = _read_page(document, number)
        starts.append(length)
        texts.append(text)
        length += len(text) + 1
        scanned += is_scan
        if length > MAX_CHARACTERS:
            break
    if scanned == count or not any(texts):
        raise Unreadable(f"Tệp PDF chưa có lớp chữ (bản quét, {count} trang): cần nhận dạng chữ (OCR).")
    return "\n".join(texts), tuple(starts)


def _read_page(document: pdfium.PdfDocument, number: int) -> tuple[str, bool]:
    """The page's text, with that of annotations such as a digital signature's stamp, and whether the page is a scan."""
    page = document[number]
    try:
        text = _text(page)
        is_scan = len(text) < _FEW_CHARACTERS and _largest_image(page) > _LARGE_IMAGE
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
