"""Readers: a file's bytes to text with pages."""

from __future__ import annotations

from pathlib import PurePath

from indexer.readers.doc import read_doc
from indexer.readers.docx import read_docx
from indexer.readers.encoding import decode
from indexer.readers.extracted import MAX_CHARACTERS, Extracted, Unreadable, clean
from indexer.readers.formats import Format, format_of
from indexer.readers.html import read_html
from indexer.readers.pdf import read_pdf

__all__ = ["SUFFIXES", "Extracted", "Unreadable", "is_candidate", "read"]

SUFFIXES = frozenset({".txt", ".htm", ".html", ".doc", ".dot", ".docx", ".docm", ".dotx", ".rtf", ".pdf"})
"""Endings of the files that a walk through a folder reads; which reader takes one, its content says.

`.rtf` is among them although nothing reads RTF: a document that cannot be read is a failure with a name, not a file
that was passed over.
"""

_LOCK_FILE = "~$"  # what Word leaves beside a document that is open
_HIDDEN = "."


def is_candidate(name: str) -> bool:
    """Whether a file of this name, without its folder, may be a document: not Word's lock file, hidden or temporary."""
    return not name.startswith((_LOCK_FILE, _HIDDEN)) and PurePath(name).suffix.lower() in SUFFIXES


def read(content: bytes, name: str) -> Extracted:
    """Read a file.

    Args:
        content: All of it.
        name: Its name, for what content alone does not tell; it need not be right.

    Raises:
        Unreadable: There is no text to be had, and why.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Unreadable("Tệp rỗng.")
    found = format_of(content, name)
    if not isinstance(found, Format):
        raise Unreadable(f"Chưa đọc được định dạng này: {found}.")
    extracted = _read_as(found, content)
    if not extracted.text.strip() and not extracted.fields:
        raise Unreadable("Không có chữ nào trong tệp.")
    return extracted


def _read_as(found: Format, content: bytes) -> Extracted:
    match found:
        case Format.PDF:
            text, pages = read_pdf(content)
            return Extracted(text, pages, found.value)
        case Format.DOCX:
            return Extracted(read_docx(content), (), found.value)
        case Format.DOC:
            return Extracted(read_doc(content), (), found.value)
        case Format.HTML:
            return Extracted(read_html(content), (), found.value)
        case Format.TEXT:
            # A character takes four bytes at most, so no text is lost that would be kept.
            text = clean(decode(content[: 4 * MAX_CHARACTERS])[:MAX_CHARACTERS])
            return Extracted(text, (), found.value)
