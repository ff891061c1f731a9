"""A search as a request to the server, and the server's answer as results."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from engines.cursor import decode_cursor, encode_cursor
from engines.elasticsearch.documents import LISTS, TEXT, decode
from engines.elasticsearch.mapping import index_field
from engines.elasticsearch.translation import Clause, access_clauses, filter_clauses, folding_clauses, translate
from engines.interface import Facet, FacetValue, Hit, Order, Results, Search

_SORTS: Mapping[Order, list[dict[str, str]]] = {
    Order.RELEVANCE: [{"_score": "desc"}, {"newest": "desc"}],
    Order.NEWEST: [{"newest": "desc"}],
    Order.OLDEST: [{"oldest": "desc"}],
    Order.NUMBER: [{"number": "desc"}],
}
# A cursor holds the sort values of a page's last hit.
_SORT_KINDS: Mapping[Order, tuple[type[int] | type[float], ...]] = {
    Order.RELEVANCE: (float, int),
    Order.NEWEST: (int,),
    Order.OLDEST: (int,),
    Order.NUMBER: (int,),
}
_CURSORS = "elasticsearch1"
# Facet values are counted shard by shard and the winners of each added up; a shard's own winners are exact.
_SHARD_VALUES = 1_000


def search_request(search: Search) -> dict[str, Any]:
    """The arguments of `Elasticsearch.search`.

    Raises:
        InvalidCursor: The cursor is not one of this engine and order.
    """
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
        "preference": _preference(search),
    }
    left_out = [*([] if search.with_text else [TEXT]), *([] if search.with_lists else LISTS)]
    if left_out:
        request["source_excludes"] = left_out
    if search.cursor is not None:
        request["search_after"] = decode_cursor(_CURSORS, search.order, search.cursor, _SORT_KINDS[search.order])
    if after:
        # Hits obey these filters too, but each of their facets must count without its own.
        request["post_filter"] = all_of(after)
    if search.facets:
        request["aggs"] = {facet.field: _facet_request(facet, filters, counted) for facet in search.facets}
    return request


def _preference(search: Search) -> str:
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
    found = answer["hits"]["hits"]
    page = found[: search.size]
    return Results(
        total=answer["hits"]["total"]["value"],
        hits=tuple(Hit(record=decode(hit["_source"]), score=hit["_score"] or 0.0) for hit in page),
        facets={facet.field: _facet_values(answer["aggregations"][facet.field]) for facet in search.facets},
        next=encode_cursor(_CURSORS, search.order, page[-1]["sort"]) if len(found) > search.size > 0 else None,
    )


def _facet_values(aggregation: Mapping[str, Any]) -> tuple[FacetValue, ...]:
    buckets = aggregation["values"]["buckets"]
    return tuple(FacetValue(value=bucket["key"], count=bucket["doc_count"]) for bucket in buckets)
