"""`engines.interface.Engine` over an Elasticsearch cluster."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from engines.elasticsearch.connection import engine_errors, index_missing
from engines.elasticsearch.documents import decode, document_key, encode
from engines.elasticsearch.generations import Generations
from engines.elasticsearch.lock import WriteLock
from engines.elasticsearch.mapping import index_field, terms_field
from engines.elasticsearch.search import all_of, search_request, search_results, values_request
from engines.elasticsearch.thinning import clause_limit, thin
from engines.elasticsearch.translation import access_clauses
from engines.elasticsearch.writer import BulkWriter
from engines.interface import Access, Encoder, IndexState, Results, Search, Term, Writer
from engines.query import Query
from engines.record import OfficialDocument
from engines.validation import check_search, check_token_field, check_vocabulary_field

# Whole texts are long: these many at once keep an answer within some megabytes.
_TEXTS_AT_ONCE = 50
_TOKENS_AT_ONCE = 500
_SCAN_KEEPS_ALIVE = "5m"
_PING_SECONDS = 5
_REGEX_SYNTAX = re.compile(r"[^\w\s]")


class ElasticsearchEngine:
    """An engine over one Elasticsearch cluster, safe to call from several threads.

    Args:
        client: The connection (`connect`); the engine closes it.
        prefix: What the names of all its indices begin with; two prefixes in one cluster are two engines.
        shards: Primary shards of an index made from now on; Elastic advises one for each 10 to 50 GB.
        replicas: Copies of each shard of an index made from now on.
    """

    def __init__(self, client: Elasticsearch, *, prefix: str = "tracuu", shards: int = 1, replicas: int = 0) -> None:
        self._client = client
        self._generations = Generations(client, prefix, shards, replicas)

    @property
    def _index(self) -> str:
        return self._generations.live

    def search(self, request: Search) -> Results:
        """See `Engine.search`."""
        check_search(request)
        with engine_errors():
            try:
                answer = self._search(request)
            except BadRequestError as error:
                limit = clause_limit(error)
                if limit is None:
                    raise
                # Half of the limit leaves room for what comes beside the query.
                answer = self._search(dataclasses.replace(request, query=thin(request.query, limit // 2)))
        return search_results(request, answer)

    def _search(self, request: Search) -> dict[str, Any]:
        answer: dict[str, Any] = self._client.search(index=self._index, **search_request(request)).body
        return answer

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
