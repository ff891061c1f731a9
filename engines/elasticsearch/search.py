"""A search as a request to the server, and the server's answer as results."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engines.cursor import decode_cursor, encode_cursor
from engines.elasticsearch.documents import DETAILS, TEXT, decode
from engines.elasticsearch.mapping import index_field
from engines.elasticsearch.points import KEEP_ALIVE, NONE_YET, Point
from engines.elasticsearch.translation import Clause, access_clauses, filter_clauses, folding_clauses, translate
from engines.interface import Facet, FacetValue, Hit, Order, Results, Search

_SORTS: Mapping[Order, list[dict[str, str]]] = {
    Order.RELEVANCE: [{"_score": "desc"}, {"newest": "desc"}],
    Order.NEWEST: [{"newest": "desc"}],
    Order.OLDEST: [{"oldest": "desc"}],
    Order.NUMBER: [{"number": "desc"}],
}
# A cursor holds the sort values of a page's last hit and, by relevance, the point in time that it was found on.
_CURSOR_KINDS: Mapping[Order, tuple[type[int] | type[float], ...]] = {
    Order.RELEVANCE: (float, int, int),
    Order.NEWEST: (int,),
    Order.OLDEST: (int,),
    Order.NUMBER: (int,),
}
_CURSORS = "elasticsearch2"
# Facet values are counted shard by shard and the winners of each added up; a shard's own winners are exact.
_SHARD_VALUES = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: what a cursor holds.

    Attributes:
        values: The sort values of its last hit.
        point: `Point.key` of what it was found on; `NONE_YET` in any order but relevance.
    """

    values: tuple[float, ...]
    point: int = NONE_YET


def place_of(search: Search) -> Place | None:
    """Where the page before ended, None on the first.

    Raises:
        InvalidCursor: The cursor is not one of this engine and order.
    """
    if search.cursor is None:
        return None
    values = decode_cursor(_CURSORS, search.order, search.cursor, _CURSOR_KINDS[search.order])
    if search.order is not Order.RELEVANCE:
        return Place(tuple(values))
    return Place(tuple(values[:-1]), values[-1])


def search_request(index: str, after: Place | None, search: Search) -> dict[str, Any]:
    """The arguments of `Elasticsearch.search` for the page after a place, None for the first."""
    return {
        **_page_request(after, search),
        "index": index,
        "preference": preference(search),
        **_record_parts(search),
    }


def search_request_on(point: Point, after: Place, search: Search) -> dict[str, Any]:
    """The same on a point in time, whose hits come without their records."""
    return {
        **_page_request(after, search),
        "pit": {"id": point.id, "keep_alive": KEEP_ALIVE},
        "source": False,
        # Of a point that is gone from one shard, the others would answer as if that held nothing.
        "allow_partial_search_results": False,
    }


def _page_request(place: Place | None, search: Search) -> dict[str, Any]:
    filters = filter_clauses(search.filters)
    counted = {facet.field for facet in search.facets}
    after = [clause for field, clause in filters.items() if field in counted]
    before = [clause for field, clause in filters.items() if field not in counted]
    request: dict[str, Any] = {
        "query": scored_query(
            translate(search.query), [*access_clauses(search.access), *before, *folding_clauses(search.folded)]
        ),
        "sort": _SORTS[search.order],
        # One more than asked for tells whether there is a next page.
        "size": search.size + 1 if search.size else 0,
        "track_total_hits": True,
        # Term statistics of all shards, so that their number changes no order.
        "search_type": "dfs_query_then_fetch",
    }
    if place is not None:
        request["search_after"] = list(place.values)
    if after:
        # Hits obey these filters too, but each of their facets must count without its own.
        request["post_filter"] = all_of(after)
    if search.facets:
        request["aggs"] = {facet.field: _facet_request(facet, filters, counted) for facet in search.facets}
    return request


def records_request(index: str, found: Mapping[str, Any], search: Search) -> dict[str, Any]:
    """The arguments of `Elasticsearch.search` for the records of hits, of those that may be seen."""
    keys = [hit["_id"] for hit in found["hits"]["hits"][: search.size]]
    return {
        "index": index,
        "query": all_of([{"ids": {"values": keys}}, *access_clauses(search.access)]),
        "size": len(keys),
        "track_total_hits": False,
        **_record_parts(search),
    }


def _record_parts(search: Search) -> dict[str, Any]:
    left_out = [*([] if search.with_text else [TEXT]), *([] if search.with_details else DETAILS)]
    return {"source_excludes": left_out} if left_out else {}


def preference(search: Search) -> str:
    """Which copies of the shards answer: the same for all pages of a query, others for other queries.

    Copies differ in the deleted documents that they still count, and so in scores; pages from one copy fit together.
    """
    return hashlib.blake2b(repr(search.query).encode(errors="replace"), digest_size=8).hexdigest()


def scored_query(query: Clause, filters: Sequence[Clause]) -> Clause:
    """What `query` matches and all `filters` match, with the score of `query`."""
    return {"bool": {"must": [query], "filter": list(filters)}}


def all_of(clauses: Sequence[Clause]) -> Clause:
    """What all `clauses` match, which is everything where there is none; without a score."""
    return {"bool": {"filter": list(clauses)}}


def _facet_request(facet: Facet, filters: Mapping[str, Clause], counted: set[str]) -> dict[str, Any]:
    others = [clause for field, clause in filters.items() if field in counted and field != facet.field]
    return {
        "filter": all_of(others),
        "aggs": {"values": values_request(index_field(facet.field), facet.size)},
    }


def values_request(field: str, size: int) -> dict[str, Any]:
    """The aggregation of a field's most frequent values, ties in the order of the values."""
    return {
        "terms": {
            "field": field,
            "size": size,
            "shard_size": size + _SHARD_VALUES,
            "order": [{"_count": "desc"}, {"_key": "asc"}],
        }
    }


def search_results(search: Search, answer: Mapping[str, Any]) -> Results:
    """What the server answered to `search_request`."""
    page = answer["hits"]["hits"][: search.size]
    hits = tuple(Hit(record=decode(hit["_source"]), score=hit["_score"] or 0.0) for hit in page)
    return _results(search, answer, hits, NONE_YET)


def search_results_on(point: Point, search: Search, answer: Mapping[str, Any], now: Mapping[str, Any]) -> Results:
    """What the server answered to `search_request_on` and then to `records_request`.

    What is gone by now, or may not be seen any more, is left out of the page.
    """
    page = answer["hits"]["hits"][: search.size]
    records = {hit["_id"]: decode(hit["_source"]) for hit in now["hits"]["hits"]}
    hits = tuple(Hit(records[hit["_id"]], hit["_score"] or 0.0) for hit in page if hit["_id"] in records)
    return _results(search, answer, hits, point.key)


def _results(search: Search, answer: Mapping[str, Any], hits: tuple[Hit, ...], point: int) -> Results:
    found = answer["hits"]["hits"]
    following = None
    if len(found) > search.size > 0:
        values = found[search.size - 1]["sort"]
        on = [point] if search.order is Order.RELEVANCE else []
        following = encode_cursor(_CURSORS, search.order, [*values, *on])
    return Results(
        total=answer["hits"]["total"]["value"],
        hits=hits,
        facets={facet.field: _facet_values(answer["aggregations"][facet.field]) for facet in search.facets},
        next=following,
    )


def _facet_values(aggregation: Mapping[str, Any]) -> tuple[FacetValue, ...]:
    buckets = aggregation["values"]["buckets"]
    return tuple(FacetValue(value=bucket["key"], count=bucket["doc_count"]) for bucket in buckets)
