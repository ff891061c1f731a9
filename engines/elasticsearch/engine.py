"""`engines.interface.Engine` over an Elasticsearch cluster."""

from __future__ import annotations

import dataclasses
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch

from engines.elasticsearch.connection import engine_errors, index_missing
from engines.elasticsearch.documents import decode, document_key, encode
from engines.elasticsearch.generations import Generations
from engines.elasticsearch.lock import WriteLock
from engines.elasticsearch.mapping import index_field, terms_field
from engines.elasticsearch.points import NONE_YET, Point, Points
from engines.elasticsearch.search import (
    Place,
    all_of,
    place_of,
    preference,
    records_request,
    search_request,
    search_request_on,
    search_results,
    search_results_on,
    values_request,
)
from engines.elasticsearch.thinning import clause_limit, thin
from engines.elasticsearch.translation import access_clauses
from engines.elasticsearch.writer import BulkWriter
from engines.interface import Access, Encoder, IndexState, Order, Results, Search, Term, Writer
from engines.query import Query
from engines.record import OfficialDocument
from engines.validation import check_search, check_token_field, check_vocabulary_field

# Whole texts are long: these many at once keep an answer within some megabytes.
_TEXTS_AT_ONCE = 50
_TOKENS_AT_ONCE = 500
_SCAN_KEEPS_ALIVE = "5m"
_PING_SECONDS = 5
# What the server says of a point in time that expired, or whose index was replaced.
_POINT_IS_GONE = frozenset({404, 503})
_REGEX_SYNTAX = re.compile(r"[^\w\s]")


class ElasticsearchEngine:
    """An engine over one Elasticsearch cluster, safe to call from several threads.

    Args:
        client: The connection (`connect`); the engine closes it.
        prefix: What the names of all its indices begin with; two prefixes in one cluster are two engines.
        shards: Primary shards of an index made from now on; Elastic advises one for each 10 to 50 GB.
        replicas: Copies of each shard of an index made from now on.
        clock: Seconds that never run backwards; tells how long the points in time that cursors name are kept.
    """

    def __init__(
        self,
        client: Elasticsearch,
        *,
        prefix: str = "tracuu",
        shards: int = 1,
        replicas: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._points = Points(client, clock=clock)
        self._generations = Generations(client, prefix, shards, replicas)

    @property
    def _index(self) -> str:
        return self._generations.live

    def search(self, request: Search) -> Results:
        """See `Engine.search`. By relevance, all pages from the second on are found on one point in time."""
        check_search(request)
        after = place_of(request)
        with engine_errors():
            if after is not None and request.order is Order.RELEVANCE and request.size:
                point = self._point(request, after)
                results = None if point is None else self._found_on(point, request, after)
                if results is not None:
                    return results
            return search_results(request, self._answer(request, partial(search_request, self._index, after)))

    def _point(self, request: Search, after: Place) -> Point | None:
        """What the page is to be found on, None where that is not kept any more."""
        if after.point == NONE_YET:
            return self._points.open(self._index, preference(request))
        return self._points.get(after.point)

    def _found_on(self, point: Point, request: Search, after: Place) -> Results | None:
        """The page on a point in time, None where the server does not have that any more."""
        try:
            answer = self._answer(request, partial(search_request_on, point, after))
        except ApiError as error:
            if error.meta.status not in _POINT_IS_GONE:
                raise
            self._points.close(point)
            return None
        point.id = answer["pit_id"]
        now = self._client.search(**records_request(self._index, answer, request)).body
        results = search_results_on(point, request, answer, now)
        if results.next is None:
            self._points.close(point)
        return results

    def _answer(self, request: Search, arguments: Callable[[Search], dict[str, Any]]) -> dict[str, Any]:
        """The server's answer to a search, or to one of fewer words where it does not take as many."""
        try:
            return dict(self._client.search(**arguments(request)).body)
        except BadRequestError as error:
            limit = clause_limit(error)
            if limit is None:
                raise
            # Half of the limit leaves room for what comes beside the query.
            thinned = dataclasses.replace(request, query=thin(request.query, limit // 2))
            return dict(self._client.search(**arguments(thinned)).body)

    def count(self, query: Query, access: Access, *, folded: bool = True) -> int:
        """See `Engine.count`."""
        return self.search(Search(query=query, access=access, size=0, folded=folded)).total

    def fetch(self, ids: Sequence[str], access: Access) -> dict[str, OfficialDocument]:
        """See `Engine.fetch`."""
        records: dict[str, OfficialDocument] = {}
        for some in _batches(ids, _TEXTS_AT_ONCE):
            seen = all_of([{"ids": {"values": [document_key(id) for id in some]}}, *access_clauses(access)])
            with engine_errors():
                answer = self._client.search(index=self._index, query=seen, size=len(some), track_total_hits=False)
            records |= {record.id: record for record in _records(answer.body)}
        return records

    def scan(self, access: Access) -> Iterator[OfficialDocument]:
        """See `Engine.scan`: the index as it was when the scan began."""
        with engine_errors():
            point = self._client.open_point_in_time(index=self._index, keep_alive=_SCAN_KEEPS_ALIVE)["id"]
        try:
            yield from self._scan(point, access)
        finally:
            with engine_errors():
                self._client.options(ignore_status=404).close_point_in_time(id=point)

    def _scan(self, point: str, access: Access) -> Iterator[OfficialDocument]:
        after: dict[str, Any] = {}
        while True:
            with engine_errors():
                answer = self._client.search(
                    pit={"id": point, "keep_alive": _SCAN_KEEPS_ALIVE},
                    query=all_of(access_clauses(access)),
                    sort=["_shard_doc"],
                    size=_TEXTS_AT_ONCE,
                    track_total_hits=False,
                    **after,
                )
            hits = answer["hits"]["hits"]
            if not hits:
                return
            after = {"search_after": hits[-1]["sort"]}
            yield from _records(answer.body)

    def document_frequencies(self, field: str, tokens: Sequence[str]) -> dict[str, int]:
        """See `Engine.document_frequencies`. Exact: the server counts each token as a query, without deleted ones."""
        check_token_field(field)
        frequencies: dict[str, int] = {}
        for some in _batches(list(dict.fromkeys(tokens)), _TOKENS_AT_ONCE):
            filters = [{"term": {index_field(field): token}} for token in some]
            with engine_errors():
                answer = self._client.search(
                    index=self._index,
                    size=0,
                    track_total_hits=False,
                    aggs={"tokens": {"filters": {"filters": filters}}},
                )
            buckets = answer["aggregations"]["tokens"]["buckets"]
            frequencies |= {token: bucket["doc_count"] for token, bucket in zip(some, buckets, strict=True)}
        return frequencies

    def terms(self, field: str, prefix: str, size: int) -> list[Term]:
        """See `Engine.terms`."""
        check_vocabulary_field(field)
        values = values_request(terms_field(field), size)
        values["terms"]["include"] = _REGEX_SYNTAX.sub(r"\\\g<0>", prefix) + ".*"
        with engine_errors():
            answer = self._client.search(
                index=self._index,
                size=0,
                track_total_hits=False,
                query={"prefix": {index_field(field): prefix}},
                aggs={"values": values},
            )
        buckets = answer["aggregations"]["values"]["buckets"]
        return [Term(text=bucket["key"], documents=bucket["doc_count"]) for bucket in buckets]

    def encoder(self) -> Encoder:
        """See `Engine.encoder`."""
        return encode

    def live(self) -> IndexState | None:
        """See `Engine.live`."""
        with engine_errors():
            return self._generations.state(self._generations.live)

    def staged(self) -> IndexState | None:
        """See `Engine.staged`."""
        with engine_errors():
            return self._generations.state(self._generations.staged)

    @contextmanager
    def write_live(self) -> Iterator[Writer]:
        """See `Engine.write_live`."""
        with self._lock(self._generations.live) as lock:
            if self.live() is None:
                raise index_missing()
            with BulkWriter(self._client, self._index, lock) as writer:
                yield writer

    @contextmanager
    def write_staged(self, version: str) -> Iterator[Writer]:
        """See `Engine.write_staged`."""
        with self._lock(self._generations.staged) as lock:
            with engine_errors():
                self._generations.stage(version)
            with BulkWriter(self._client, self._generations.staged, lock) as writer:
                yield writer

    def promote(self) -> None:
        """See `Engine.promote`.

        Raises:
            IndexLocked: Somebody is writing to either index.
        """
        with self._lock(self._generations.live), self._lock(self._generations.staged), engine_errors():
            self._generations.promote()

    def ping(self) -> None:
        """See `Engine.ping`."""
        with engine_errors():
            quick = self._client.options(request_timeout=_PING_SECONDS, max_retries=0)
            quick.search(index=self._index, size=0, track_total_hits=False)

    def close(self) -> None:
        """See `Engine.close`."""
        self._client.close()

    def _lock(self, alias: str) -> WriteLock:
        """The lock of one index. A rebuild holds both: what went into the live one meanwhile would be lost."""
        return WriteLock(self._client, self._generations.locks, alias)


def _records(answer: dict[str, Any]) -> Iterator[OfficialDocument]:
    return (decode(hit["_source"]) for hit in answer["hits"]["hits"])


def _batches(items: Sequence[str], size: int) -> Iterator[list[str]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
