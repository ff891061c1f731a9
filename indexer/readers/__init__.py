"""Readers: a file's bytes to text with pages."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import PurePath

from indexer.readers.doc import read_doc
from indexer.readers.docx import read_docx
from indexer.readers.edxml import read_edxml
from indexer.readers.encoding import decode
from indexer.readers.extracted import MAX_CHARACTERS, Extracted, Unreadable, clean
from indexer.readers.formats import Format, format_of
from indexer.readers.html import read_html
from indexer.readers.image import read_image
from indexer.readers.mail import read_mail, read_outlook
from indexer.readers.nesting import Nesting
from indexer.readers.ocr import Recognizer
from indexer.readers.odt import read_odt
from indexer.readers.pdf import read_pdf
from indexer.readers.rtf import read_rtf
from indexer.readers.sheet import read_sheet

__all__ = ["SUFFIXES", "Extracted", "Unreadable", "is_candidate", "read"]

_IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".gif"})
SUFFIXES = _IMAGE_SUFFIXES | frozenset(
    {".txt", ".htm", ".html", ".doc", ".dot", ".docx", ".docm", ".dotx", ".rtf", ".pdf", ".edxml", ".edoc", ".xml"}
    | {".odt", ".ott", ".xls", ".xlsx", ".xlsm", ".xlsb", ".xlt", ".xltx", ".ods", ".ots"}
    | {".eml", ".msg", ".mht", ".mhtml"}
)
"""Endings of the files that a walk through a folder reads; which reader takes one, its content says."""

_LOCK_FILE = "~$"  # what Word leaves beside a document that is open
_HIDDEN = "."


def is_candidate(name: str) -> bool:
    """Whether a file of this name, without its folder, may be a document: not Word's lock file, hidden or temporary."""
    return not name.startswith((_LOCK_FILE, _HIDDEN)) and PurePath(name).suffix.lower() in SUFFIXES


def read(content: bytes, name: str, signature_roots: tuple[bytes, ...] = ()) -> Extracted:
    """Read a file.

    Args:
        content: All of it.
        name: Its name, for what content alone does not tell; it need not be right.
        signature_roots: Certificates of authorities whose digital signatures are trusted, in DER.

    Raises:
        Unreadable: There is no text to be had, and why.
    """
    nested = functools.partial(_read, signature_roots)
    within = Nesting(nested)
    return dataclasses.replace(nested(content, name, within), enclosed=within.enclosed)


def _read(signature_roots: tuple[bytes, ...], content: bytes, name: str, within: Nesting) -> Extracted:
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("Tệp rỗng.")
    found = format_of(content, name)
    if not isinstance(found, Format):
        raise Unreadable(f"Chưa đọc được định dạng này: {found}.")
    extracted = _read_as(found, content, within, signature_roots)
    if not extracted.text.strip() and not extracted.fields:
        raise Unreadable("Không có chữ nào trong tệp.")
    return extracted


def _read_as(found: Format, content: bytes, within: Nesting, signature_roots: tuple[bytes, ...]) -> Extracted:
    match found:
        case Format.PDF:
            return read_pdf(content, Recognizer(), signature_roots)
        case Format.JPEG | Format.PNG | Format.TIFF | Format.BMP | Format.GIF:
            return read_image(content, found.value, Recognizer())
        case Format.DOCX:
            return Extracted(read_docx(content), (), found.value)
        case Format.DOC:
            return Extracted(read_doc(content), (), found.value)
        case Format.EDXML:
            return read_edxml(content, within)
        case Format.RTF:
            return Extracted(read_rtf(content), (), found.value)
        case Format.ODT:
            return Extracted(read_odt(content), (), found.value)
        case Format.XLS | Format.XLSX | Format.XLSB | Format.ODS:
            return Extracted(read_sheet(content), (), found.value)
        case Format.MAIL:
            return read_mail(content, within)
        case Format.OUTLOOK:
            return read_outlook(content, within)
        case Format.HTML:
            return Extracted(read_html(content), (), found.value)
        case Format.TEXT:
            # A character takes four bytes at most, so no text is lost that would be kept.
            text = clean(decode(content[: 4 * MAX_CHARACTERS])[:MAX_CHARACTERS])
            return Extracted(text, (), found.value)
