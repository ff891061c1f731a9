"""What the journal holds, as plain data."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class State(enum.Enum):
    """What became of an item.

    Attributes:
        INDEXED: Its document is in the index.
        STALE: Its document is known, but the index does not hold it as the item is now; the next run reads it again.
        FAILED: It is not in the index.
        DUPLICATE: It is not in the index, because an item before it has the same document id.
    """

    INDEXED = "indexed"
    STALE = "stale"
    FAILED = "failed"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as the journal knows it. `document` is None where each line is a record."""

    id: int
    source: str
    path: str
    document: str | None
    sha256: str
    reading: int


@dataclass(frozen=True, slots=True)
class Owner:
    """The item that holds a document in the index.

    Attributes:
        item: Its row.
        file: Its file's row.
        source: Its file's source.
        path: Its file.
        line: Where in the file.
        seen_run: The last run that met it.
    """

    item: int
    file: int
    source: str
    path: str
    line: int
    seen_run: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item to be written down; fields as in the table `items`."""

    file: int
    line: int
    digest: bytes
    state: State
    document: str | None = None
    fingerprint: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An item that failed, or that was indexed with a note.

    Attributes:
        source: Its source (nguồn).
        path: Its file, as it can be printed.
        line: Its line in a file of records, else 0.
        document: Its document's id where that is known.
        state: What became of it.
        reason: Why, in Vietnamese.
        at: When, ISO 8601 in Asia/Ho_Chi_Minh.
    """

    source: str
    path: str
    line: int
    document: str | None
    state: State
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class NotedRun:
    """A run as it was noted. `ended` is None when it was cut off."""

    id: int
    started: str
    ended: str | None
    summary: str
