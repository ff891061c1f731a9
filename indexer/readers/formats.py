"""Which format a file has: its content says so; its name decides only between plain text and HTML."""

from __future__ import annotations

import enum
import io
import re
import struct

import olefile  # type: ignore[import-untyped]

from indexer.readers.edxml_tree import is_edxml
from indexer.readers.extracted import Unreadable
from indexer.readers.package import Package


class Format(enum.Enum):
    """A format that is read, with its media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    DOC = "application/msword"
    HTML = "text/html"
    TEXT = "text/plain"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    BMP = "image/bmp"
    GIF = "image/gif"
    EDXML = "application/xml"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    XLS = "application/vnd.ms-excel"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
    MAIL = "message/rfc822"
    OUTLOOK = "application/vnd.ms-outlook"


# First bytes, and the format or what people call one that has no reader.
_OTHERS: tuple[tuple[bytes, Format | str], ...] = (
    (b"{\\rtf", Format.RTF),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n", Format.PNG),
    (b"GIF8", Format.GIF),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"BM", Format.BMP),
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
_OLE_STREAMS: tuple[tuple[str, Format | str], ...] = (
    ("EncryptedPackage", "tệp Office đặt mật khẩu"),
    ("__properties_version1.0", Format.OUTLOOK),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),  # Excel 5.0 and 95
    ("PowerPoint Document", "trình chiếu PowerPoint"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN_OLE = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, RecursionError)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Folders and parts that tell the program that wrote a package.
_PACKAGES: tuple[tuple[str, Format | str], ...] = (
    ("word/", Format.DOCX),
    ("xl/workbook.bin", Format.XLSB),
    ("xl/", Format.XLSX),
    ("ppt/", "trình chiếu PowerPoint"),
)
# What a package says of itself in a part; a template is read like a document (ODF 1.3 part 2, 3.3).
_MIMETYPE = "mimetype"
_MIMETYPES: tuple[tuple[bytes, Format], ...] = (
    (b"application/vnd.oasis.opendocument.text", Format.ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", Format.ODS),
)
_LOCK_FILES = {162: 54, 165: 55}  # size to where the length stands again: Word's, and Excel's and PowerPoint's
_PDF_WITHIN = 1_024  # readers accept bytes before the header (ISO 32000-1, Annex H.3.4.1)
_SNIFFED = 4_096
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_TAG = re.compile(rb"</?(?:table|div|p|br|span|font|b|h[1-6])\b", re.IGNORECASE)
_HTML_NAMES = (".htm", ".html", ".xhtml")
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):")  # of a header (RFC 5322, 2.2)
_FIELDS = frozenset(
    b"from to cc subject date sender reply-to message-id mime-version content-type content-transfer-encoding received"
    b" return-path delivered-to dkim-signature x-mailer".split()
)
_FEWEST_FIELDS = 2  # that make a letter or a saved page of a file
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff")


def format_of(content: bytes, name: str) -> Format | str:
    """The format of a file, or what people call a format that has no reader.

    Args:
        content: The whole file, not empty.
        name: Its name, which tells HTML without `<html>` from plain text.

    Raises:
        Unreadable: It is a zip package or a compound file without directory, or a package with too many entries.
    """
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return Format.PDF
    if content.startswith(_OLE):
        return _ole(content)
    if content.startswith(_ZIP):
        return _zip(content)
    if is_edxml(content):
        return Format.EDXML
    if _is_lock(content):
        return "tệp khóa mà Word, Excel để lại khi đang mở một tệp khác"
    for magic, called in _OTHERS:
        if content.startswith(magic) and not (len(magic) == 2 and _is_text(content)):
            return called
    return _text(content, name) if _is_text(content) else "dữ liệu nhị phân không rõ định dạng"


def _ole(content: bytes) -> Format | str:
    names = _ole_names(content)
    return next((called for stream, called in _OLE_STREAMS if stream in names), "tệp OLE không phải văn bản Word")


def _ole_names(content: bytes) -> frozenset[str]:
    """Names of what is in the root storage: an attached or embedded file has its own streams, deeper."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            names = frozenset(entry.name for entry in compound.root.kids)
    except _BROKEN_OLE:
        names = frozenset()
    # Of a broken file its reader is to say what is wrong, so the reader must be found all the same.
    names = names or frozenset(name for name, _ in _OLE_STREAMS if name.encode("utf-16-le") in content)
    if not names:
        raise Unreadable("Tệp OLE (Office cũ) hỏng hoặc bị cắt cụt: không có mục lục.")
    return names


def _zip(content: bytes) -> Format | str:
    package = Package(content)
    names = package.names
    if _MIMETYPE in names:
        mimetype = b"".join(package.chunks(_MIMETYPE))
        return next((found for says, found in _MIMETYPES if mimetype.startswith(says)), "tệp OpenDocument hoặc EPUB")
    if "[Content_Types].xml" not in names:
        return "tệp nén ZIP"
    return next((called for part, called in _PACKAGES if any(name.startswith(part) for name in names)), "tệp nén ZIP")


def _is_lock(content: bytes) -> bool:
    """Whether a file says who has another one open (PRONOM fmt/473): a name's length, the name, both in UTF-16."""
    at = _LOCK_FILES.get(len(content), 0)
    return 0 < content[0] < at and content[at : at + 2] == bytes([content[0], 0])


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
    if _is_mail(head):
        return Format.MAIL
    return "tệp XML" if head.startswith(b"<?xml") else Format.TEXT


def _is_mail(head: bytes) -> bool:
    """Whether a file begins with the header of a letter, after the line that mailboxes put before it."""
    lines = head.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0].splitlines()
    if lines and lines[0].startswith(b"From "):
        del lines[0]
    if len(lines) > 1 and len(head) > _SNIFFED - 2:  # the last line may be cut off
        del lines[-1]
    fields = [_FIELD.match(line) for line in lines if not line.startswith((b" ", b"\t"))]
    names = {field[1].lower() for field in fields if field}
    return all(fields) and len(_FIELDS & names) >= _FEWEST_FIELDS
