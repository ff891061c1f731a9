"""Whether originals are what they were: each is read whole and its digest compared."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

from indexer.files import shown
from indexer.journal import Journal
from indexer.originals.giving import digest_of
from indexer.originals.noted import Original
from indexer.originals.store import OriginalStore
from indexer.readers.extracted import Unreadable


class Fault(enum.StrEnum):
    """What is wrong with an original, in Vietnamese."""

    DAMAGED = "hỏng: nội dung không khớp SHA-256"
    MISSING = "mất: không còn trong kho bản gốc"
    CHANGED = "đã khác lúc được đọc"
    GONE = "không còn ở chỗ cũ, hoặc không đọc được"
    NOT_KEPT = "chưa được giữ: đọc từ trước khi đặt TRACUU_ORIGINALS=keep"


_Checked: TypeAlias = tuple[tuple[str, ...], Original, Fault | None]


@dataclass(frozen=True, slots=True)
class FaultyOriginal:
    """An original that is not as it should be, and the documents that have it."""

    documents: tuple[str, ...]
    original: Original
    fault: Fault

    @property
    def may_be_restored(self) -> bool:
        """Whether it is to be kept, so that reading its file again mends it."""
        return self.fault in (Fault.DAMAGED, Fault.MISSING, Fault.NOT_KEPT)

    @property
    def place(self) -> str:
        """Where it should lie, as it can be printed: the digest of what is kept."""
        return self.original.sha256 if self.original.kept or not self.original.path else shown(self.original.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was found: how many originals are kept and whole, how many referred to and whole, and all others."""

    kept: int
    referred: int
    faulty: tuple[FaultyOriginal, ...]


def check(journal: Path, *, keeps: bool) -> Check:
    """Read every original that the journal knows.

    Args:
        journal: The journal.
        keeps: Whether originals on a share are to be kept, so that one that is not is a fault.
    """
    store = OriginalStore.beside(journal)
    with closing(Journal(journal)) as noted:
        return _sum(_checked(noted, store, keeps=keeps))


def _checked(noted: Journal, store: OriginalStore, *, keeps: bool) -> Iterator[_Checked]:
    """Each original once, however many documents share it, with these and what is wrong."""
    for original, same in groupby(noted.originals.all(), key=_lying):
        documents = tuple(document for document, _ in same)
        if original.kept or original.path is not None:
            not_kept = Fault.NOT_KEPT if keeps and not original.kept else None
            yield documents, original, _fault(original, store) or not_kept


def _lying(row: tuple[str, Original]) -> Original:
    """The original as far as it matters where it lies: of what is kept, not where it came from."""
    _, original = row
    return dataclasses.replace(original, path=None) if original.kept else original


def _fault(original: Original, store: OriginalStore) -> Fault | None:
    try:
        is_whole = digest_of(original, store) == original.sha256
    except (OSError, Unreadable):
        return Fault.MISSING if original.kept else Fault.GONE
    if is_whole:
        return None
    return Fault.DAMAGED if original.kept else Fault.CHANGED


def _sum(checked: Iterator[_Checked]) -> Check:
    kept = referred = 0
    faulty: list[FaultyOriginal] = []
    for documents, original, fault in checked:
        if fault is not None:
            faulty.append(FaultyOriginal(documents, original, fault))
        elif original.kept:
            kept += 1
        else:
            referred += 1
    return Check(kept=kept, referred=referred, faulty=tuple(faulty))
