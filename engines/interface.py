"""The interface of an engine: what every other room may ask, and nothing of how it is done.

An engine holds one *live* index that searches read, and at times one *staged* index that is being built beside it (a
new schema version, or a rebuild). Searches see the live one until the staged one is promoted, whole, in one step.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from engines.query import AnyOf, Query
from engines.record import OfficialDocument
from engines.schema import EVERYBODY, FOLDED, IndexedDocument


class EngineError(Exception):
    """An engine cannot do what was asked; the message is for people, in Vietnamese."""


class EngineUnavailable(EngineError):
    """The engine cannot be reached or is not ready; the same call may succeed later."""


class IndexMissing(EngineUnavailable):
    """There is no live index yet: nothing has been indexed."""


class IndexLocked(EngineUnavailable):
    """Another process is writing to the index."""


class InvalidCursor(ValueError):
    """A cursor was not made by this engine for this order."""


@dataclass(frozen=True, slots=True)
class Access:
    """The filter (quyền xem) that every search carries: only documents of one of `principals` are seen.

    `None` sees everything and is for the operator's own tools, never for a request.
    """

    principals: frozenset[str] | None

    @classmethod
    def of(cls, *principals: str) -> Access:
        """The access of somebody with these principals; what everybody may see is always among it."""
        return cls(frozenset(principals) | {EVERYBODY})

    @classmethod
    def unrestricted(cls) -> Access:
        """Everything, for the operator's own tools."""
        return cls(None)


FOLDED_AWAY = AnyOf("standing", (FOLDED,))
"""The copies that `Search.folded` leaves out."""


class Order(enum.Enum):
    """The order of hits. Where two tie, the newest comes first, then the greater digest of the id (`order_keys`)."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet to count: the `size` most frequent values of a keyword field."""

    field: str
    size: int = 20


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and the number of documents that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A search.

    Attributes:
        query: What is looked for; its score ranks the hits.
        access: Who asks.
        filters: Keyword or number field to a filter on it. They do not score. A facet counts under every filter but
            its own field's, so that a reader sees what else could be chosen.
        order: The order of hits.
        size: Hits a page, 0 to 1,000.
        cursor: `Results.next` of the page before.
        facets: What to count.
        with_text: Whether hits carry `record.text`.
        with_details: Whether hits carry `record.cites`, `record.relations`, `record.tasks` and `record.origins`: some
            documents have hundreds.
        folded: Whether the copies of a document are folded into the record that leads them: only that one is found
            and counted. The operator's tools unfold them.
    """

    query: Query
    access: Access
    filters: Mapping[str, Query] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    size: int = 10
    cursor: str | None = None
    facets: tuple[Facet, ...] = ()
    with_text: bool = False
    with_details: bool = False
    folded: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found.

    Attributes:
        record: The document. Its `text` and its long lists (`cites`, `relations`, `tasks`) are empty unless they were
            asked for.
        score: Its relevance; 0 in any order but that.
    """

    record: OfficialDocument
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a search found.

    Attributes:
        total: Documents that match, exactly.
        hits: This page; what was deleted since its moment is missing from it, and perhaps all of it.
        facets: Field to its values, the most frequent first, ties by value.
        next: The cursor of the next page, or None on the last.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    next: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the index's vocabulary and the number of documents that have it."""

    text: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedDocument:
    """An `IndexedDocument` in an engine's own wire form, made in a worker process so that the writer only writes."""

    id: str
    fingerprint: str
    payload: bytes


Encoder: TypeAlias = Callable[[IndexedDocument], EncodedDocument]
"""Pure and picklable; may run in any process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """An index's identity. `version` is what was given to `Engine.write_staged`."""

    name: str
    version: str
    documents: int


class Writer(Protocol):
    """The one writer of one index. Nothing it does is visible, nor surely durable, before `commit`.

    What a writer did and did not commit may be kept or dropped, document by document, for not every engine has
    transactions; `fingerprints` of the next writer tell which.
    """

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        """The committed fingerprints of those of `ids` that the index holds."""

    def put(self, document: EncodedDocument) -> None:
        """Insert the document, or replace the one with its id."""

    def delete(self, id: str) -> None:
        """Delete the document with this id, if there is one."""

    def commit(self) -> Mapping[str, str]:
        """Make everything since the last commit durable and visible to searches.

        Returns:
            Documents that the engine refused: id to reason. All others are in.
        """


class Engine(Protocol):
    """A search engine. Safe to call from several threads."""

    def search(self, request: Search) -> Results:
        """Find, rank, count.

        While others write, pages put together give each document once that was there from the first on. By relevance
        they are those of one moment, the first page's or the second's, with its total and facets, for as long as that
        is kept (`engines.kept`); a cursor of a moment that is gone goes on from its place in the index as it is.
        Records are always as they are now: one that is gone, or may not be seen any more, is left out.

        Raises:
            InvalidCursor: The cursor is not one of this engine and order.
            EngineUnavailable: There is nothing to search, or the engine cannot be reached.
        """

    def count(self, query: Query, access: Access, *, folded: bool = True) -> int:
        """The number of documents that match, without folded copies unless `folded` is false."""

    def fetch(self, ids: Sequence[str], access: Access) -> dict[str, OfficialDocument]:
        """The whole records, with text, of those of `ids` that exist and may be seen, folded copies among them."""

    def scan(self, access: Access) -> Iterator[OfficialDocument]:
        """Every record of the live index, folded copies too, with text, in no order and bounded memory."""

    def document_frequencies(self, field: str, tokens: Sequence[str]) -> dict[str, int]:
        """For each of `tokens`, the number of documents with it in this token field (0 when none)."""

    def terms(self, field: str, prefix: str, size: int) -> list[Term]:
        """The `size` most frequent terms that begin with `prefix`, of a keyword field or one with a vocabulary."""

    def encoder(self) -> Encoder:
        """The function that turns documents into this engine's wire form."""

    def live(self) -> IndexState | None:
        """The live index, if there is one."""

    def staged(self) -> IndexState | None:
        """The index being built beside the live one, if there is one."""

    def write_live(self) -> AbstractContextManager[Writer]:
        """Open the live index's writer; leaving without `commit` may drop what was not committed.

        Raises:
            IndexMissing: There is no live index.
            IndexLocked: Another process is writing.
        """

    def write_staged(self, version: str) -> AbstractContextManager[Writer]:
        """Open the staged index's writer, continuing one of the same version and starting afresh otherwise.

        Raises:
            IndexLocked: Another process is writing.
        """

    def promote(self) -> None:
        """Make the staged index the live one in one step, and remove the one before.

        Raises:
            EngineError: Nothing is staged.
        """

    def ping(self) -> None:
        """Return if searches can be answered.

        Raises:
            EngineUnavailable: They cannot, and why.
        """

    def close(self) -> None:
        """Release what the engine holds."""
