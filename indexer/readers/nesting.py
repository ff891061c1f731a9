"""Files within files: letters carry packages that carry letters, within one limit for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from indexer.readers.extracted import Extracted, Unreadable

MAX_DEPTH = 5
MAX_BYTES = 2**28
"""Of all files within the outermost one: each level of packing may hold the same bytes once more."""


class Nesting:
    """Reads what a file holds, knowing how deep that file itself is.

    Args:
        read: Reads one file. Raises `Unreadable`.
    """

    def __init__(self, read: NestedReader) -> None:
        self._read = read
        self._depth = 0
        self._bytes = 0

    def __call__(self, content: bytes, name: str) -> Extracted:
        """Read a file that is within the one being read.

        Raises:
            Unreadable: It is, it is too deep, or all together are too much.
        """
        self._bytes += len(content)
        if self._depth == MAX_DEPTH:
            raise Unreadable(f"Tệp lồng trong tệp quá {MAX_DEPTH} lớp.")
        if self._bytes > MAX_BYTES:
            raise Unreadable(f"Các tệp bên trong cộng lại quá {MAX_BYTES // 2**20} MB.")
        self._depth += 1
        try:
            return self._read(content, name, self)
        finally:
            self._depth -= 1


NestedReader: TypeAlias = Callable[[bytes, str, Nesting], Extracted]
"""Content, name, and what reads files within it."""
