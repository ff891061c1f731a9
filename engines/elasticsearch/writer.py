"""The writer: documents in, bulk requests out, a few at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from engines.elasticsearch.connection import engine_errors, index_missing
from engines.elasticsearch.documents import document_key
from engines.elasticsearch.lock import WriteLock
from engines.interface import EncodedDocument, EngineUnavailable

_REQUEST_BYTES = 8 * 2**20
_REQUEST_OPERATIONS = 1_000
_REQUESTS_AT_ONCE = 2
_REQUEST_SECONDS = 120
_IDS_AT_ONCE = 1_000
# Waits of 1, 2, 4, 8, 16, 16, 16 s when the server says that it has too much to do (HTTP 429).
_RETRIES = 7
_FIRST_WAIT_SECONDS = 1
_LONGEST_WAIT_SECONDS = 16

# What says nothing about the document, so that it is no refusal of it.
_SERVERS_FAULT = frozenset({401, 403, 408, 429, 502, 503, 504})
_MISSING = 404
_TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class _Operation:
    """To put a document (`payload`) or to delete it (None)."""

    id: str
    payload: bytes | None

    def action(self) -> dict[str, Any]:
        """The operation as the client's bulk helper takes it."""
        key = document_key(self.id)
        if self.payload is None:
            return {"_op_type": "delete", "_id": key}
        return {"_op_type": "index", "_id": key, "_source": self.payload}


class BulkWriter:
    """A `Writer` of the index behind an alias, while its lock is held.

    The server has no transactions: a bulk request is in the index when it is answered, and invisible until the next
    refresh, which only `commit` and the opening of a writer ask for. So what an aborted run had sent by then becomes
    visible when the next writer opens, and its fingerprints say so: the next run finds exactly what is there.
    """

    def __init__(self, client: Elasticsearch, alias: str, lock: WriteLock) -> None:
        self._client = client.options(request_timeout=_REQUEST_SECONDS)
        self._alias = alias
        self._lock = lock
        self._pool = ThreadPoolExecutor(_REQUESTS_AT_ONCE, thread_name_prefix="bulk")
        self._waiting: dict[str, _Operation] = {}
        self._waiting_bytes = 0
        self._in_flight: dict[Future[dict[str, str]], frozenset[str]] = {}
        self._refused: dict[str, str] = {}
        self._failure: BaseException | None = None

    def __enter__(self) -> BulkWriter:
        with engine_errors():
            self._client.indices.refresh(index=self._alias)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Nothing may still be on its way when the lock is released.
        self._pool.shutdown(wait=True, cancel_futures=True)

    def fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        """See `Writer.fingerprints`."""
        found: dict[str, str] = {}
        for start in range(0, len(ids), _IDS_AT_ONCE):
            found |= self._fingerprints(ids[start : start + _IDS_AT_ONCE])
        return found

    def _fingerprints(self, ids: Sequence[str]) -> dict[str, str]:
        keys = {document_key(id): id for id in ids}
        with engine_errors():
            answer = self._client.search(
                index=self._alias,
                query={"ids": {"values": list(keys)}},
                docvalue_fields=[{"field": "fingerprint"}],
                source=False,
                size=len(keys),
                track_total_hits=False,
            )
        return {keys[hit["_id"]]: hit["fields"]["fingerprint"][0] for hit in answer["hits"]["hits"]}

    def put(self, document: EncodedDocument) -> None:
        """See `Writer.put`."""
        self._add(_Operation(document.id, document.payload))

    def delete(self, id: str) -> None:
        """See `Writer.delete`."""
        self._add(_Operation(id, None))

    def commit(self) -> Mapping[str, str]:
        """See `Writer.commit`. Each bulk request is synced to disk before it is answered."""
        self._lock.check()
        self._send_waiting()
        self._settle(self._in_flight)
        self._lock.check()
        with engine_errors():
            self._client.indices.refresh(index=self._alias)
        refused, self._refused = self._refused, {}
        return refused

    def _add(self, operation: _Operation) -> None:
        """Queue an operation. Of several on one document in one request only the last is sent."""
        before = self._waiting.pop(operation.id, None)
        self._waiting[operation.id] = operation
        self._waiting_bytes += _size(operation) - (_size(before) if before else 0)
        if self._waiting_bytes >= _REQUEST_BYTES or len(self._waiting) >= _REQUEST_OPERATIONS:
            self._send_waiting()

    def _send_waiting(self) -> None:
        self._raise_failure()
        if not self._waiting:
            return
        self._lock.check()
        operations, self._waiting, self._waiting_bytes = self._waiting, {}, 0
        # Two requests at once have no order, so one that touches the same document is waited for.
        self._settle([request for request, ids in self._in_flight.items() if not ids.isdisjoint(operations)])
        while len(self._in_flight) >= _REQUESTS_AT_ONCE:
            self._settle(wait(self._in_flight, return_when=FIRST_COMPLETED).done)
        request = self._pool.submit(self._send, list(operations.values()))
        self._in_flight[request] = frozenset(operations)

    def _settle(self, requests: Iterable[Future[dict[str, str]]]) -> None:
        """Wait for requests and take in what they answered."""
        for request in list(requests):
            ids = self._in_flight.pop(request)
            self._failure = self._failure or request.exception()
            if self._failure is None:
                earlier = {id: reason for id, reason in self._refused.items() if id not in ids}
                self._refused = earlier | request.result()
        self._raise_failure()

    def _raise_failure(self) -> None:
        """Once a request is lost, nothing after it may be committed as if all were in."""
        if self._failure:
            raise self._failure

    def _send(self, operations: list[_Operation]) -> dict[str, str]:
        """Send one bulk request; returns the refused documents, id to reason."""
        with engine_errors():
            return dict(self._refusals(operations))

    def _refusals(self, operations: list[_Operation]) -> Iterator[tuple[str, str]]:
        by_key = {document_key(operation.id): operation for operation in operations}
        too_much: list[_Operation] = []
        answers = streaming_bulk(
            self._client,
            [operation.action() for operation in operations],
            chunk_size=len(operations),
            raise_on_error=False,
            raise_on_exception=False,
            yield_ok=False,
            max_retries=_RETRIES,
            initial_backoff=_FIRST_WAIT_SECONDS,
            max_backoff=_LONGEST_WAIT_SECONDS,
            index=self._alias,
            # Else a request that comes after the index was removed would make a new one, without our mapping.
            require_alias=True,
            filter_path="items.*._id,items.*.status,items.*.error",
        )
        for _, answer in answers:
            [(action, item)] = answer.items()
            operation = by_key[item["_id"]]
            if action == "delete" and item["status"] == _MISSING and "error" not in item:
                continue
            if item["status"] == _TOO_LARGE and len(operations) > 1:
                too_much.append(operation)
                continue
            _raise_servers_fault(item)
            yield operation.id, f"Elasticsearch từ chối văn bản (HTTP {item['status']}): {_reason(item)}"
        # The request as a whole was too large for this server or a proxy before it; its documents may not be.
        if too_much:
            half = len(too_much) // 2
            yield from self._refusals(too_much[:half])
            yield from self._refusals(too_much[half:])


def _size(operation: _Operation) -> int:
    return len(operation.payload or b"")


def _raise_servers_fault(item: Mapping[str, Any]) -> None:
    if item["status"] == _MISSING:
        raise index_missing()
    if item["status"] in _SERVERS_FAULT:
        raise EngineUnavailable(f"Elasticsearch không nhận được văn bản (HTTP {item['status']}): {_reason(item)}")


def _reason(item: Mapping[str, Any]) -> str:
    if item["status"] == _TOO_LARGE:
        return "văn bản lớn hơn giới hạn của một yêu cầu (http.max_content_length, hoặc của proxy đứng trước)"
    error = item.get("error", "")
    if not isinstance(error, dict):
        return str(error)
    causes = [error]
    while isinstance(cause := causes[-1].get("caused_by"), dict):
        causes.append(cause)
    return "; ".join(str(cause.get("reason", cause.get("type", ""))) for cause in causes)
