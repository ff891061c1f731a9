"""Word documents (.docx, ECMA-376 WordprocessingML) to text, by a walk over the package's XML.

Taken: paragraphs, tables, content controls, text boxes, tracked insertions, foot- and endnotes, headers and footers.
Left out: tracked deletions, field codes, the second form of what is given in two (`mc:Fallback`), automatic numbers.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from indexer.readers.extracted import MAX_CHARACTERS, Unreadable, clean
from indexer.readers.package import Package
from indexer.readers.xml_part import feed

_WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE_DOCUMENT = re.compile(rb"""<(?:\w+:)?Relationship\b[^>]{0,2000}/officeDocument["'][^>]{0,2000}>""")
_TARGET = re.compile(rb"""\bTarget=["']/?([^"']{1,500})["']""")
_NOTES = re.compile(r"(?:foot|end)notes\d*\.xml")
_HEADERS = re.compile(r"(?:header|footer)\d*\.xml")
_PAGE_NUMBER = re.compile(r"[\W\d_]*")


def _names(*locals_: str) -> frozenset[str]:
    return frozenset(namespace + local for namespace in _WORD for local in locals_)


_LEFT_OUT = _names("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "sectPr") | {_FALLBACK}
_TEXT = _names("t") | {_MATH}
_SIGNS = {
    **dict.fromkeys(_names("tab", "ptab"), "\t"),
    **dict.fromkeys(_names("br", "cr"), "\n"),
    **dict.fromkeys(_names("noBreakHyphen"), "-"),
}
_PARAGRAPH = _names("p")
_ROW = _names("tr")
_CELL = _names("tc")
_TEXT_BOX = _names("txbxContent")


def read_docx(content: bytes) -> str:
    """The text of a .docx file: body, then notes, then each different header and footer once.

    Raises:
        Unreadable: The package is broken, cut off, encrypted or a bomb, or holds no document.
    """
    package = Package(content)
    document = _document_part(package)
    folder = posixpath.dirname(document)
    texts = [_part_text(package, document)]
    texts += [_part_text(package, name) for name in _parts(package, folder, _NOTES)]
    headers = dict.fromkeys(_part_text(package, name) for name in _parts(package, folder, _HEADERS))
    texts += [text for text in headers if not _PAGE_NUMBER.fullmatch(text)]
    return "\n".join(filter(None, texts))[:MAX_CHARACTERS]


def _document_part(package: Package) -> str:
    if "_rels/.rels" in package.names:
        relationship = _OFFICE_DOCUMENT.search(package.read("_rels/.rels"))
        target = _TARGET.search(relationship.group()) if relationship else None
        name = target.group(1).decode("utf-8", "replace") if target else ""
        if name in package.names:
            return name
    if "word/document.xml" in package.names:
        return "word/document.xml"
    raise Unreadable("Tệp .docx hỏng: trong gói không có phần văn bản.")


def _parts(package: Package, folder: str, name: re.Pattern[str]) -> list[str]:
    return sorted(
        part for part in package.names if posixpath.dirname(part) == folder and name.fullmatch(posixpath.basename(part))
    )


def _part_text(package: Package, name: str) -> str:
    target = _Walk()
    feed(package, name, target, "Tệp .docx")
    return clean(target.text()).strip("\n")


class _Walk:
    """Target of lxml's parser: sees elements as they come, so that no tree of the whole part is built.

    A text box hangs on a paragraph and has paragraphs of its own; it is written after the one it hangs on.
    """

    def __init__(self) -> None:
        self.length = 0
        self._levels: list[_Level] = [_Level()]
        self._first_in_row: list[bool] = []
        self._left_out = 0
        self._in_text = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._left_out or tag in _LEFT_OUT:
            self._left_out += 1
        elif tag in _TEXT:
            self._in_text = True
        elif tag in _SIGNS:
            self._levels[-1].pieces.append(_SIGNS[tag])
        elif tag in _ROW:
            self._first_in_row.append(True)
        elif tag in _CELL and self._first_in_row:
            if not self._first_in_row[-1]:
                self._levels[-1].end_cell()
            self._first_in_row[-1] = False
        elif tag in _TEXT_BOX:
            self._levels.append(_Level())

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._left_out:
            self._left_out -= 1
        elif tag in _TEXT:
            self._in_text = False
        elif tag in _PARAGRAPH:
            self._levels[-1].end_paragraph()
        elif tag in _ROW:
            self._first_in_row.pop()
        elif tag in _TEXT_BOX and len(self._levels) > 1:
            box = self._levels.pop()
            self._levels[-1].boxes += box.pieces

    def data(self, text: str) -> None:
        """Characters; those between elements are layout of the XML."""
        if self._in_text and not self._left_out:
            self._levels[-1].pieces.append(text)
            self.length += len(text)

    def close(self) -> None:
        """The part ends."""

    def text(self) -> str:
        """What was seen so far."""
        return "".join(piece for level in self._levels for piece in (*level.pieces, *level.boxes))


class _Level:
    """The body, or a text box: pieces of text, and those of the boxes that hang on the paragraph being read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[str] = []

    def end_paragraph(self) -> None:
        self.pieces.append("\n")
        self.pieces += self.boxes
        self.boxes.clear()

    def end_cell(self) -> None:
        if self.pieces and self.pieces[-1] == "\n":
            self.pieces.pop()
        self.pieces.append("\t")
