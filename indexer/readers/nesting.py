"""Files within files: letters carry packages that carry letters, within one limit for all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TypeAlias

from indexer.readers.extracted import Enclosed, Extracted, Unreadable

WITHIN = "!"
"""Stands in a name between a file and one within it."""

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
        self._names: list[str] = []
        self._enclosed: list[Enclosed] = []
        self._bytes = 0

    def __call__(self, content: bytes, name: str) -> Extracted:
        """Read a file that is within the one being read.

        Raises:
            Unreadable: It is, it is too deep, or all together are too much.
        """
        self._bytes += len(content)
        if len(self._names) == MAX_DEPTH:
            raise Unreadable(f"Tệp lồng trong tệp quá {MAX_DEPTH} lớp.")
        if self._bytes > MAX_BYTES:
            raise Unreadable(f"Các tệp bên trong cộng lại quá {MAX_BYTES // 2**20} MB.")
        self._names.append(name)
        at = len(self._enclosed)
        self._enclosed.append(Enclosed(WITHIN.join(self._names), "", content))
        try:
            extracted = self._read(content, name, self)
            self._enclosed[at] = dataclasses.replace(self._enclosed[at], media_type=extracted.media_type)
            return extracted
        finally:
            self._names.pop()

    @property
    def enclosed(self) -> tuple[Enclosed, ...]:
        """What was read within so far, in reading order."""
        return tuple(self._enclosed)


NestedReader: TypeAlias = Callable[[bytes, str, Nesting], Extracted]
"""Content, name, and what reads files within it."""
