"""Originals that no document has any longer go, after the commit of the index that names them no more."""

from __future__ import annotations

from collections.abc import Iterable

from engines.interface import Access, Engine
from engines.record import OfficialDocument
from indexer.ledger import batches
from indexer.originals.noted import NotedOriginals, Original
from indexer.originals.store import OriginalStore

_FETCHED_AT_ONCE = 100


class Garbage:
    """Collects the garbage of one store. Use under the index's lock, within the journal's transaction.

    Args:
        engine: Whose index names originals.
        noted: What the journal knows of them.
        store: Where they are.
    """

    def __init__(self, engine: Engine, noted: NotedOriginals, store: OriginalStore) -> None:
        self._engine = engine
        self._noted = noted
        self._store = store
        self._was_swept = False

    def meet_index(self) -> None:
        """Note what the whole index names, for the journal is new to it. Where nothing was ever kept, nothing is."""
        if next(self._store.kept(), None) is not None:
            self._note(self._engine.scan(Access.unrestricted()))

    def begin_run(self) -> None:
        """Before a run. One that is cut off leaves behind that the store is to be swept."""
        self._was_swept, self._noted.swept = self._noted.swept, False

    def end_run(self) -> None:
        """After a run that came to its end and has committed; after one that was cut off before, sweep as well."""
        self.collect()
        if not self._was_swept:
            self._sweep()
        self._noted.swept = True

    def collect(self) -> None:
        """Remove what was let go and nobody has; journal and index have committed. May be cut off and done again."""
        for documents in batches(self._noted.in_doubt(), _FETCHED_AT_ONCE):
            held = self._engine.fetch(documents, Access.unrestricted())
            for gone in set(documents) - held.keys():
                self._noted.forget(gone)
            self._note(held.values())
        for sha256 in self._noted.garbage():
            self._store.remove(sha256)
        self._noted.garbage_is_removed()

    def _sweep(self) -> None:
        """Remove all else that no document has: what a run wrote that was cut off."""
        self._store.remove_unfinished()
        for sha256 in list(self._store.kept()):
            if not self._noted.is_kept(sha256):
                self._store.remove(sha256)

    def _note(self, records: Iterable[OfficialDocument]) -> None:
        """Note what the index names for these documents; where a file lies by itself is known from before."""
        for record in records:
            known = self._noted.of(record.id)
            named = [known.get(file.sha256) or self._found(file.sha256) for file in record.files]
            self._noted.set(record.id, filter(None, named))

    def _found(self, sha256: str) -> Original | None:
        try:
            is_kept = self._store.path(sha256).is_file()
        except ValueError:  # a record may say anything of its files
            return None
        return Original(sha256, None, kept=True) if is_kept else None
