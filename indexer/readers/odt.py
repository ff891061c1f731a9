"""OpenDocument texts (.odt, .ott; ODF 1.3, ISO/IEC 26300) to text, by a walk over the package's XML.

Taken: headings, paragraphs, tables, text boxes, tracked insertions, notes, headers and footers. Left out: tracked
deletions, comments, hidden text, automatic numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.readers.extracted import MAX_CHARACTERS, Unreadable, clean
from indexer.readers.margins import different
from indexer.readers.package import Package
from indexer.readers.xml_part import feed

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT = _NAMESPACE % "text"
_TABLE = _NAMESPACE % "table"
_OFFICE = _NAMESPACE % "office"
_STYLE = _NAMESPACE % "style"
_DRAW = _NAMESPACE % "drawing"
_SVG = _NAMESPACE % "svg-compatible"

_BODY = f"{_OFFICE}body"
_MARGINS = frozenset(f"{_STYLE}{edge}{page}" for edge in ("header", "footer") for page in ("", "-left", "-first"))
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_ROW = f"{_TABLE}table-row"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_NOTE = f"{_TEXT}note"
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_SPACES = f"{_TEXT}s"
_MOST_SPACES = 1_000
_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_LEFT_OUT = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note-citation",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
        f"{_OFFICE}binary-data",
        f"{_SVG}title",
        f"{_SVG}desc",
    }
)
_ANY_STYLE = f"{_STYLE}style"
_TEXT_PROPERTIES = f"{_STYLE}text-properties"

_CONTENT, _STYLES = "content.xml", "styles.xml"


def read_odt(content: bytes) -> str:
    """The text of an OpenDocument text: body, then notes, then each different header and footer once.

    Cells of a row are separated by tabs.

    Raises:
        Unreadable: The package is broken, cut off, encrypted or a bomb, or holds no document.
    """
    package = Package(content)
    if package.is_locked_odf:
        raise Unreadable("Tệp OpenDocument đặt mật khẩu: cần bản không đặt mật khẩu.")
    if _CONTENT not in package.names:
        raise Unreadable("Tệp OpenDocument hỏng: trong gói không có phần văn bản.")
    body = _walk(package, _CONTENT, frozenset({_BODY}))
    margins = _walk(package, _STYLES, _MARGINS).flows if _STYLES in package.names else []
    texts = [*body.flows, *body.notes, *different(margins)]
    return "\n".join(filter(None, texts))[:MAX_CHARACTERS]


def _walk(package: Package, name: str, roots: frozenset[str]) -> _Walk:
    target = _Walk(roots)
    feed(package, name, target, "Tệp OpenDocument")
    return target


class _Walk:
    """Target of lxml's parser: sees elements as they come, so that no tree of the whole part is built.

    Args:
        roots: The elements whose text is wanted; each gives one of `flows`.
    """

    def __init__(self, roots: frozenset[str]) -> None:
        self.flows: list[str] = []
        self.notes: list[str] = []
        self.length = 0
        self._roots = roots
        self._levels: list[_Level] = []
        self._left_out = 0
        self._hidden_styles: set[str] = set()
        self._style = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._left_out:
            self._left_out += 1
        elif tag in self._roots:
            self._levels.append(_Level())
        elif not self._levels:
            self._note_style(tag, attributes)
        elif tag in _LEFT_OUT or self._is_hidden(attributes):
            self._left_out = 1
        else:
            self._start_text(tag, attributes)

    def _note_style(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _ANY_STYLE:
            self._style = attributes.get(f"{_STYLE}name", "")
        elif tag == _TEXT_PROPERTIES and attributes.get(f"{_TEXT}display") == "none":
            self._hidden_styles.add(self._style)

    def _is_hidden(self, attributes: Mapping[str, str]) -> bool:
        return (
            attributes.get(f"{_TEXT}style-name") in self._hidden_styles or attributes.get(f"{_TEXT}display") == "none"
        )

    def _start_text(self, tag: str, attributes: Mapping[str, str]) -> None:
        level = self._levels[-1]
        if tag in _PARAGRAPHS:
            level.in_paragraph = True
        elif tag == _NOTE or tag.startswith(_DRAW):
            self._levels.append(_Level())
        elif tag in _SIGNS:
            level.pieces.append(_SIGNS[tag])
        elif tag == _SPACES:
            count = attributes.get(f"{_TEXT}c", "1")
            level.pieces.append(" " * min(int(count), _MOST_SPACES) if count.isdecimal() else " ")
        elif tag == _ROW:
            level.cells.append(None)
        elif tag in _CELLS and level.cells:
            level.start_cell()

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._left_out:
            self._left_out -= 1
        elif not self._levels:
            return
        elif tag in self._roots:
            self.flows.append(self._levels.pop().text())
        elif tag in _PARAGRAPHS:
            self._levels[-1].end_paragraph()
        elif tag == _NOTE:
            self.notes.append(self._levels.pop().text())
        elif tag.startswith(_DRAW):
            shape = self._levels.pop()
            self._levels[-1].boxes += (*shape.pieces, *shape.boxes)
        elif tag == _ROW:
            self._levels[-1].end_row()

    def data(self, text: str) -> None:
        """Characters; those outside paragraphs are layout of the XML."""
        if self._levels and self._levels[-1].in_paragraph and not self._left_out:
            self._levels[-1].pieces.append(_WHITE_SPACE.sub(" ", text))
            self.length += len(text)

    def close(self) -> None:
        """The part ends."""
        while self._levels:
            self.flows.append(self._levels.pop().text())


class _Level:
    """The body, a note or a shape: pieces of text, and those of the shapes that hang on the paragraph being read."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[str] = []
        self.in_paragraph = False
        # Of each row that is open, where in `pieces` its cell begins; none before the first.
        self.cells: list[int | None] = []

    def end_paragraph(self) -> None:
        self.in_paragraph = False
        self.pieces.append("\n")
        self.pieces += self.boxes
        self.boxes.clear()

    def start_cell(self) -> None:
        before = self.cells[-1]
        if before is not None:
            if self.pieces[before:][-1:] == ["\n"]:
                self.pieces.pop()
            self.pieces.append("\t")
        self.cells[-1] = len(self.pieces)

    def end_row(self) -> None:
        self.cells.pop()
        while self.pieces and self.pieces[-1] == "\t":
            self.pieces.pop()
        if self.pieces and self.pieces[-1] != "\n":
            self.pieces.append("\n")

    def text(self) -> str:
        return clean("".join((*self.pieces, *self.boxes))).strip("\n")
