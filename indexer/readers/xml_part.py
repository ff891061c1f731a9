"""XML parts of a package, parsed as a stream of events: no tree of a whole part is ever built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from lxml import etree

from indexer.readers.extracted import MAX_CHARACTERS, Unreadable
from indexer.readers.package import Package


class Target(Protocol):
    """What sees a part's elements as they come (lxml's parser target). `length` counts the characters it has taken."""

    length: int

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """Characters."""

    def close(self) -> None:
        """The part ends."""


def feed(package: Package, name: str, target: Target, format: str) -> None:
    """Parse one part, until the target has taken `MAX_CHARACTERS`.

    Args:
        package: The package.
        name: The part.
        target: What sees its elements.
        format: What to call the file in a message: `Tệp .docx`.

    Raises:
        Unreadable: The part is no XML, has a document type declaration, or as `Package.chunks`.
    """
    # The stub's target takes bytes too, which XML never gives.
    parser = etree.XMLParser(target=_WithoutTypes(target, format), resolve_entities=False, no_network=True)  # type: ignore[arg-type]
    try:
        for chunk in package.chunks(name):
            parser.feed(chunk)
            if target.length > MAX_CHARACTERS:
                break
        else:
            parser.close()
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"{format} hỏng: phần “{name}” không phải XML hợp lệ.") from error


class _WithoutTypes:
    """The target, which is never shown a document type declaration: bombs of entities need one.

    Packages have none (ECMA-376 part 2, 8.1.4), and neither does what writes OpenDocument.
    """

    def __init__(self, target: Target, format: str) -> None:
        self._format = format
        self.start, self.end, self.data, self.close = target.start, target.end, target.data, target.close

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Comes before every element."""
        raise Unreadable(f"{self._format} có khai báo DTD, nghi là bom thực thể; không đọc.")
