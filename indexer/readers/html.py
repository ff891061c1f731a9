"""HTML to text: blocks and line breaks become lines, cells of a row are separated by tabs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.readers.apart import read_apart
from indexer.readers.encoding import declared_charset, decode_markup
from indexer.readers.extracted import MAX_CHARACTERS, Unreadable, clean, without_controls

_LEFT_OUT = frozenset({"head", "script", "style", "noscript", "template", "svg", "iframe", "select", "-comment"})
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|tfoot|thead|tr|ul"
)
_CELLS = frozenset({"td", "th"})
# Stand for structure until the source's own white space is collapsed.
_LINE, _CELL = "\x1e", "\x1f"
_MARKS = re.compile(f"[{_LINE}{_CELL}]")
_WHITE_SPACE = re.compile(r"[ \t\n]+")
_LINES = re.compile(rf"[ {_LINE}]*{_LINE}[ {_LINE}]*")
# Parsing takes time with the square of the depth of elements that nobody closes (20,000: one second; browsers stop at
# 512). Elements that end by themselves do not nest.
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|d[dt]|t[rdh]|tbody|thead|tfoot|option|h[1-6r]|br|img|input|meta|link|col|area|base|wbr)\b)[a-z]",
    re.IGNORECASE,
)
_DEEPEST = 20_000
_CELL_BOUND = re.compile(rf"[ {_LINE}]?{_CELL}[ {_LINE}]?")


def read_html(content: bytes) -> str:
    """The text of an HTML file as a browser shows it.

    Raises:
        Unreadable: The encoding is unknown, elements are nested more than 20,000 deep, or the tree grows too large.
    """
    # Formatting that nobody closes (`<p><b id=1>x</p><p><b id=2>x</p>`) is copied into every paragraph after it, as the
    # HTML Standard says (13.2.4.3): the tree grows with the square, and 40 KB take 0.8 GB.
    return read_apart(_read, content)


def _read(content: bytes) -> str:
    source = without_controls(decode_markup(content, declared_charset(content)))
    if _depth(source) > _DEEPEST:
        raise Unreadable(f"Tệp HTML hỏng: các phần tử lồng nhau sâu quá {_DEEPEST} tầng.")
    body = LexborHTMLParser(source).body
    if body is None:
        return ""
    lines = _LINES.sub(_LINE, _WHITE_SPACE.sub(" ", "".join(_pieces(body))))
    text = _CELL_BOUND.sub("\t", lines).replace(_LINE, "\n").strip("\n")
    return clean(text[:MAX_CHARACTERS])  # a mark may have stood in another element than its letter


def _depth(source: str) -> int:
    """About how deep elements are nested, at most."""
    steps = (-1 if closing else 1 for closing in _NESTING.findall(source))
    return max(itertools.accumulate(steps, lambda depth, step: max(0, depth + step)), default=0)


def _pieces(body: LexborNode) -> Iterator[str]:
    """Text and marks in document order: a loop, since nesting may be deeper than the stack."""
    node, depth = body, 0
    preformatted = 0  # the depth of the outermost `pre` that the walk is in, or 0
    while True:
        tag = node.tag or ""
        if tag == "-text":
            text = _MARKS.sub(" ", node.text_content or "")  # an entity may name any character
            yield text.replace("\n", _LINE) if preformatted else text
        elif _BLOCK.fullmatch(tag):
            yield _LINE
        elif tag in _CELLS and _follows_cell(node):
            yield _CELL
        if tag == "pre" and not preformatted:
            preformatted = depth
        child = None if tag in _LEFT_OUT else node.first_child
        if child is not None:
            node, depth = child, depth + 1
            continue
        while True:
            if _BLOCK.fullmatch(node.tag or ""):
                yield _LINE
            if depth == preformatted:
                preformatted = 0
            if depth == 0:
                return
            following, parent = node.next, node.parent
            if following is not None:
                node = following
                break
            if parent is None:
                return
            node, depth = parent, depth - 1


def _follows_cell(cell: LexborNode) -> bool:
    before = cell.prev
    while before is not None and before.tag not in _CELLS:
        before = before.prev
    return before is not None
