"""A search over a snapshot of the index: its page, its records, its facets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tantivy import DocAddress
from tantivy import Query as TantivyQuery

from engines.embedded.encoding import decode
from engines.embedded.paging import Page, Place, page
from engines.embedded.reader import Snapshot
from engines.embedded.translation import constant_score
from engines.interface import Access, Facet, FacetValue, Hit, Order, Results, Search
from engines.query import All, AnyOf, matching
from engines.record import OfficialDocument

# tantivy gives values with equal counts in any order, so more are asked for than are kept.
_TIED_VALUES = 1_000
_ADDRESSES_AT_ONCE = 1_000


def run(ordered: Snapshot, live: Snapshot, search: Search, after: Place | None) -> Results:
    """Answer a search that was checked (`check_search`).

    Args:
        ordered: What tells which documents match, how many, and in what order.
        live: What the records are given from. What it does not have any more, or what may not be seen any more, is left
            out of the page.
        search: The search.
        after: Where the page begins; None for the first.
    """
    query = ordered.translator.filtered(search.query, search.access, search.filters.values(), folded=search.folded)
    found = page(ordered, query, constant_score(search.query), search.order, search.size, after)
    hits = _hits(ordered, found, search) if ordered is live else _hits_of_now(ordered, live, found, search)
    return Results(total=found.total, hits=hits, facets=_facets(ordered, search), next=found.next)


def records(
    snapshot: Snapshot, ids: Sequence[str], access: Access, *, with_text: bool, with_details: bool
) -> dict[str, OfficialDocument]:
    """The records of those of `ids`, which are distinct, that exist and may be seen."""
    query = snapshot.translator.filtered(AnyOf("id", tuple(ids)), access)
    found = snapshot.searcher.search(query, limit=max(1, len(ids)), count=False).hits
    read = (_record(snapshot, address, with_text=with_text, with_details=with_details) for _, address in found)
    return {record.id: record for record in read}


def _hits(snapshot: Snapshot, found: Page, search: Search) -> tuple[Hit, ...]:
    parts = {"with_text": search.with_text, "with_details": search.with_details}
    return tuple(Hit(record=_record(snapshot, address, **parts), score=score) for score, address in found.hits)


def _hits_of_now(ordered: Snapshot, live: Snapshot, found: Page, search: Search) -> tuple[Hit, ...]:
    ids = [_record(ordered, address, with_text=False, with_details=False).id for _, address in found.hits]
    now = records(live, ids, search.access, with_text=search.with_text, with_details=search.with_details)
    return tuple(Hit(now[id], score) for id, (score, _) in zip(ids, found.hits, strict=True) if id in now)


def _record(snapshot: Snapshot, address: DocAddress, *, with_text: bool, with_details: bool) -> OfficialDocument:
    return decode(snapshot.searcher.doc(address), with_text=with_text, with_details=with_details)


def _facets(snapshot: Snapshot, search: Search) -> dict[str, tuple[FacetValue, ...]]:
    """All facets; those that count under the same filters are counted in one pass."""
    counted_query = matching(search.query)
    passes: defaultdict[str | None, list[Facet]] = defaultdict(list)
    for facet in search.facets:
        passes[facet.field if facet.field in search.filters else None].append(facet)
    counted: dict[str, tuple[FacetValue, ...]] = {}
    for left_out, facets in passes.items():
        others = [each for field, each in search.filters.items() if field != left_out]
        query = snapshot.translator.filtered(counted_query, search.access, others, folded=search.folded)
        counted |= _counted(snapshot, query, facets)
    return {facet.field: counted[facet.field] for facet in search.facets}


def _counted(snapshot: Snapshot, query: TantivyQuery, facets: list[Facet]) -> dict[str, tuple[FacetValue, ...]]:
    requests = {facet.field: {"terms": _terms(facet)} for facet in facets}
    answer = snapshot.searcher.aggregate(query, requests)
    return {facet.field: _most_frequent(answer[facet.field], facet.size) for facet in facets}


def _terms(facet: Facet) -> dict[str, object]:
    values = facet.size + _TIED_VALUES
    return {"field": facet.field, "size": values, "segment_size": values}


def _most_frequent(answer: Mapping[str, list[dict[str, object]]], size: int) -> tuple[FacetValue, ...]:
    values = [FacetValue(str(bucket["key"]), int(str(bucket["doc_count"]))) for bucket in answer["buckets"]]
    values.sort(key=lambda value: (-value.count, value.value))
    return tuple(values[:size])


def every_record(snapshot: Snapshot, access: Access) -> Iterator[OfficialDocument]:
    """Every record that may be seen, with text, holding a thousand addresses at a time.

    Pages overlap in their last key, so that two documents that share one are not lost between two pages.
    """
    query = snapshot.translator.filtered(All(), access)
    field = Order.NEWEST.value
    remaining, given = query, set[tuple[int, int]]()
    while True:
        found = snapshot.searcher.search(remaining, limit=_ADDRESSES_AT_ONCE, count=False, order_by_field=field).hits
        fresh = [(key, address) for key, address in found if (address.segment_ord, address.doc) not in given]
        for _, address in fresh:
            yield _record(snapshot, address, with_text=True, with_details=True)
        if len(found) < _ADDRESSES_AT_ONCE or not fresh:
            return
        last = fresh[-1][0]
        given = {(address.segment_ord, address.doc) for key, address in fresh if key == last}
        remaining = snapshot.translator.before(query, field, last, inclusive=True)
