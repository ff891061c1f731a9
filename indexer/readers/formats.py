"""Which format a file has: its content says so; its name decides only between plain text and HTML."""

from __future__ import annotations

import enum
import re

from indexer.readers.package import Package


class Format(enum.Enum):
    """A format that is read, with its media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    HTML = "text/html"
    TEXT = "text/plain"


# The first bytes of what has no reader, and what people call it.
_OTHERS = (
    (b"{\\rtf", "văn bản RTF"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"\x89PNG\r\n", "ảnh PNG"),
    (b"GIF8", "ảnh GIF"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"BM", "ảnh BMP"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"MZ", "chương trình Windows"),
    (b"\x7fELF", "chương trình Linux"),
    (b"SQLite format 3\x00", "cơ sở dữ liệu SQLite"),
    (b"%!PS", "PostScript"),
    (b"\xd7\xcd\xc6\x9a", "ảnh WMF"),
    (b"\xdb\xa5", "Word 2.0"),
    (b"\x31\xbe\x00\x00", "Word cho DOS"),
)
# Names of streams in an OLE compound file (MS-CFB) that tell which program wrote it.
_OLE_STREAMS = (
    ("EncryptedPackage", "tệp Office đặt mật khẩu"),
    ("__substg1.0_", "thư Outlook"),
    ("Workbook", "bảng tính Excel"),
    ("PowerPoint Document", "trình chiếu PowerPoint"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Folders and parts that tell the program that wrote a package.
_PACKAGES: tuple[tuple[str, Format | str], ...] = (
    ("word/", Format.DOCX),
    ("xl/", "bảng tính Excel"),
    ("ppt/", "trình chiếu PowerPoint"),
    ("mimetype", "tệp OpenDocument hoặc sách EPUB"),
)
_PDF_WITHIN = 1_024  # readers accept bytes before the header (ISO 32000-1, Annex H.3.4.1)
_SNIFFED = 4_096
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_TAG = re.compile(rb"</?(?:table|div|p|br|span|font|b|h[1-6])\b", re.IGNORECASE)
_HTML_NAMES = (".htm", ".html", ".xhtml")
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


def format_of(content: bytes, name: str) -> Format | str:
    """The format of a file, or what people call a format that has no reader.

    Args:
        content: The whole file, not empty.
        name: Its name, which tells HTML without `<html>` from plain text.

    Raises:
        Unreadable: It is a broken zip package, or one with too many entries.
    """
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return Format.PDF
    if content.startswith(_OLE):
        return _ole(content)
    if content.startswith(_ZIP):
        return _zip(content)
    for magic, called in _OTHERS:
        if content.startswith(magic) and not (len(magic) == 2 and _is_text(content)):
            return called
    return _text(content, name) if _is_text(content) else "dữ liệu nhị phân không rõ định dạng"


def _ole(content: bytes) -> Format | str:
    for stream, called in _OLE_STREAMS:
        if _stream_name(stream) in content and _stream_name("WordDocument") not in content:
            return called
    return Format.DOC if _stream_name("WordDocument") in content else "tệp OLE không phải văn bản Word"


def _stream_name(name: str) -> bytes:
    return name.encode("utf-16-le")


def _zip(content: bytes) -> Format | str:
    names = Package(content).names
    if names.isdisjoint({"[Content_Types].xml", "mimetype"}):
        return "tệp nén ZIP"
    return next((called for part, called in _PACKAGES if any(name.startswith(part) for name in names)), "tệp nén ZIP")


def _is_text(content: bytes) -> bool:
    return content.startswith(_WIDE_BOMS) or b"\x00" not in content


def _text(content: bytes, name: str) -> Format | str:
    head = content[:_SNIFFED]
    if head.startswith(_WIDE_BOMS):
        head = head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    head = head.removeprefix(b"\xef\xbb\xbf")
    head = head.lstrip()
    if head.startswith(b"<") and (_PAGE.search(head) or (name.lower().endswith(_HTML_NAMES) and _TAG.search(head))):
        return Format.HTML
    if head.startswith((b"MIME-Version:", b"From:")):
        return "thư hoặc trang web dạng MIME"
    return "tệp XML" if head.startswith(b"<?xml") else Format.TEXT
