"""Brings the index's copies up to date after documents came, went or changed (gộp các bản của một văn bản)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping

from engines.interface import Access, EncodedDocument, Engine
from engines.record import OfficialDocument
from indexer.analysis import fingerprint, own_fingerprint
from indexer.copies.folding import Member, unfolded
from indexer.copies.grouping import grouped
from indexer.copies.profile import Profile, profile_of, told_fields
from indexer.copies.resemblance import folded_syllables
from indexer.journal import Journal
from indexer.ledger import Ledger, batches

_RECORDS_AT_ONCE = 64

_log = logging.getLogger(__name__)

Encode = Callable[[Iterable[OfficialDocument]], Iterator[EncodedDocument]]
"""Records to documents in the engine's form, in any order."""


def regroup(engine: Engine, journal: Journal, ledger: Ledger, encode: Encode, stop: threading.Event) -> None:
    """Group anew every document that may be one with one that changed, and write those that fold otherwise now.

    What an earlier run left ungrouped is grouped too. A run that is cut off here leaves the same to the next.

    Args:
        engine: Whose live index the ledger writes to; what it was given is committed.
        journal: In the ledger's transaction.
        ledger: Where documents go.
        encode: Analyses records.
        stop: When it is set, the rest waits for the next time.
    """
    last = journal.copies.last_unsettled()
    for changed in batches(_changed(engine, journal), _RECORDS_AT_ONCE):
        for document in encode(changed):
            ledger.put(document)
            journal.set_fingerprints([(document.id, document.fingerprint)])
        if stop.is_set():
            return
        if ledger.is_due:
            ledger.commit()
    journal.copies.settle(last)


def profile_the_unknown(engine: Engine, journal: Journal) -> None:
    """Profile documents that were indexed before there were profiles; where their values came from is forgotten."""
    unknown = 0
    for ids in batches(journal.copies.unprofiled(), _RECORDS_AT_ONCE):
        for id, record in engine.fetch(ids, Access.unrestricted()).items():
            own = unfolded(record)
            # A record without text is a line of a register or a package's header: nothing of it was read.
            told = () if own.text else told_fields(own)
            journal.copies.note(id, profile_of(own, told, folded_syllables(own.text)))
            unknown += 1
    if unknown:
        _log.info("Đã tính đặc trưng để tìm các bản trùng của %d văn bản có sẵn trong chỉ mục.", unknown)


def _changed(engine: Engine, journal: Journal) -> Iterator[OfficialDocument]:
    for members in journal.copies.unsettled():
        if _needs_look(journal, members):
            yield from _refolded(engine, members)


def _needs_look(journal: Journal, members: Mapping[str, Profile]) -> bool:
    """Whether there are several, or one that is still folded with others that are gone."""
    return len(members) > 1 or any(
        own_fingerprint(noted) != noted for noted in journal.fingerprints(list(members)).values()
    )


def _refolded(engine: Engine, members: Mapping[str, Profile]) -> Iterator[OfficialDocument]:
    """Those of the members that the index holds folded otherwise than they are to be."""
    held = engine.fetch(list(members), Access.unrestricted())
    own = [Member(unfolded(record), members[id]) for id, record in held.items()]
    for record in grouped(own):
        if fingerprint(record) != fingerprint(held[record.id]):
            yield record
