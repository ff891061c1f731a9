"""The XML of an exchange package as a tree of local names, read within limits and as far as it goes.

Three namespaces and several spellings of the tags are in use (QCVN 102:2016/BTTTT; `go.vn/eDoc` and `e-doc.vn` before
it), so names are compared by themselves, without namespace, case and doubled letters: `Bussiness` is `Business`. What
stands before the XML declaration is passed over; what was cut off is read up to there, with the fault named.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.extracted import Unreadable, clean

MAX_ELEMENTS = 50_000
"""A package with 200 recipients and 50 attachments has some 2,500."""

_BEFORE = 512  # bytes that may stand before the XML
_SNIFFED = 4_096
_CHUNK_BYTES = 2**20
_DOUBLED = re.compile(r"(.)\1+")
_NEAR = 0.9  # `PromulgatonDate` is near enough to `PromulgationDate`; `OrganId` to `OrganName` is not
_SHORTEST_NEAR = 7
_ENVELOPE = re.compile(rb"<(?:[\w.-]+:)?edXML(?:Envelope)?\b", re.IGNORECASE)
_HEADER = re.compile(rb"<(?:[\w.-]+:)?MessageHeader\b", re.IGNORECASE)
_VIETNAMESE = re.compile(rb"edxml|e-?doc\b|QCVN_?102|<(?:[\w.-]+:)?OrganId\b", re.IGNORECASE)
_STRAY = re.compile(rb"&(?!(?:#\d{1,7}|#x[\da-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
_DECLARATION = (b"<?xml", "<?xml".encode("utf-16-le"), "<?xml".encode("utf-16-be"))


def is_edxml(content: bytes) -> bool:
    """Whether a file is an exchange package, told from how it begins."""
    head = content[:_SNIFFED].replace(b"\x00", b"")
    if not 0 <= head.find(b"<") <= _BEFORE:
        return False
    return bool(_ENVELOPE.search(head) or (_HEADER.search(head) and _VIETNAMESE.search(head)))


@dataclass(slots=True)
class Element:
    """An element of the package.

    Attributes:
        name: Its local name, as `folded` gives it.
        children: The elements in it, in order.
        pieces: Its own characters.
        closed: Whether its end was read.
    """

    name: str
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    closed: bool = False

    def child(self, *names: str) -> Element | None:
        """The first child of the first of these names that there is one of, or of one spelt nearly so."""
        wanted = [folded(name) for name in names]
        for name in wanted:
            if found := next((child for child in self.children if child.name == name), None):
                return found
        there = [child.name for child in self.children]
        for name in wanted:
            if len(name) >= _SHORTEST_NEAR and (near := difflib.get_close_matches(name, there, n=1, cutoff=_NEAR)):
                return self.children[there.index(near[0])]
        return None

    def text(self, *path: str) -> str:
        """The characters of the element that the path leads to, in one line; empty when there is none."""
        element: Element | None = self
        for name in path:
            element = element.child(name) if element else None
        return " ".join(clean("".join(element.pieces)).split()) if element else ""

    def all(self, *names: str) -> Iterator[Element]:
        """Every element beneath this one with one of these names, in the order of the document."""
        wanted = {folded(name) for name in names}
        waiting = self.children[::-1]
        while waiting:
            element = waiting.pop()
            if element.name in wanted:
                yield element
            waiting += element.children[::-1]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A package's tree, and what is wrong with its XML, in Vietnamese."""

    root: Element
    fault: str = ""


def folded(name: str) -> str:
    """A tag's name without namespace, prefix, case and doubled letters."""
    local = name.rpartition("}")[2].rpartition(":")[2]
    return _DOUBLED.sub(r"\1", local.lower())


def parse(content: bytes) -> Parsed:
    """Read the XML of a package, in the encoding that it declares, or in UTF-8 where it is that one all the same.

    Raises:
        Unreadable: It has a document type declaration or too many elements, or nothing in it can be read.
    """
    content = content[_beginning(content) :]
    as_it_is = _parse(content, None)
    if not as_it_is.fault:
        return as_it_is
    # Saved in UTF-8 by what had declared another encoding, or with names like `R&D` as they are: libxml2 would leave
    # out every `&amp;` behind the first fault.
    mended = _parse(_STRAY.sub(b"&amp;", content), "utf-8")
    if not mended.fault or (_has_header(mended.root) and not _has_header(as_it_is.root)):
        return mended
    if not _has_header(as_it_is.root):
        raise Unreadable(f"Gói edXML hỏng: {as_it_is.fault}")
    return as_it_is


def _has_header(root: Element) -> bool:
    return next(root.all("MessageHeader"), None) is not None


def _beginning(content: bytes) -> int:
    found = [at for mark in _DECLARATION if (at := content.find(mark, 0, _SNIFFED)) >= 0]
    return min(found) if found else max(content.find(b"<"), 0)


def _parse(content: bytes, encoding: str | None) -> Parsed:
    tree = _Tree()
    # The stub's target takes bytes too, which XML never gives. A base64 text may be longer than a tree of libxml2
    # could hold without `huge_tree`; this target never sees it whole.
    parser = etree.XMLParser(
        target=tree,  # type: ignore[arg-type]
        encoding=encoding,
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    fault = ""
    try:
        for start in range(0, len(content), _CHUNK_BYTES):
            parser.feed(content[start : start + _CHUNK_BYTES])
        parser.close()
    except etree.XMLSyntaxError as error:
        fault = _fault(error.lineno, error.msg)
    except LookupError as error:
        fault = f"bảng mã không dùng được ({error})."
    log = parser.feed_error_log
    if not fault and len(log):
        fault = _fault(log[0].line, log[0].message)
    if not fault and not tree.root.closed:
        fault = "bị cắt cụt."
    return Parsed(tree.root, fault)


def _fault(line: int | None, message: str | None) -> str:
    return f"lỗi XML ở dòng {line or 1} ({' '.join((message or '').split())})."


class _Tree:
    """Target of lxml's parser. The root stands above the document's own."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]
        self._elements = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """No package has one; bombs of entities do."""
        raise Unreadable("Gói edXML có khai báo DTD, nghi là bom thực thể; không đọc.")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise Unreadable(f"Gói edXML có hơn {MAX_ELEMENTS} phần tử; không đọc.")
        element = Element(folded(tag))
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._open.pop().closed = True
        self.root.closed = len(self._open) == 1

    def data(self, text: str) -> None:
        """Characters."""
        self._open[-1].pieces.append(text)

    def close(self) -> None:
        """The document ends."""
