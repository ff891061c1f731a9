"""What is pushed through the API, and what became of it, as plain data."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from engines.record import OfficialDocument


class Outcome(enum.StrEnum):
    """What became of a document that was pushed; `DELETED` and `FAILED` only of one of many."""

    CREATED = "created"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Pushed:
    """A document that is in the index.

    Attributes:
        record: With the metadata that its text told.
        fingerprint: The digest of the record itself, whatever its copies are; equal ones are equal records.
        outcome: What became of it.
    """

    record: OfficialDocument
    fingerprint: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Sent:
    """A document to be pushed.

    Attributes:
        record: What its sender told and what its file holds.
        note: What the operator should know of how it was read, in Vietnamese.
        scanned: Whether its text was recognised in pictures of pages.
        contents: Its files, which lie nowhere else.
    """

    record: OfficialDocument
    note: str = ""
    scanned: bool = False
    contents: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Deletion:
    """A document to be deleted; one that is not there is deleted already."""

    id: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one of many changes.

    Attributes:
        id: The document's.
        outcome: What became of it.
        problem: Why it failed, in Vietnamese.
    """

    id: str
    outcome: Outcome
    problem: str = ""
