"""Paging by cursor to the last hit through HTTP, while another process indexes documents: is everything given once?"""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode

from bench import processes
from bench.corpora import official_records
from bench.served import Served
from bench.setting import TRACUU, Bench
from bench.table import Table

_SIZE = 100
_ADDED_AT_ONCE = 100
_QUESTION = "quyết định"
_WAYS = (("newest", ""), ("oldest", ""), ("relevance", _QUESTION))


def tables(bench: Bench) -> list[Table]:
    """One row for each order."""
    bench.indexed("embedded", "articles")
    environment = bench.environment("embedded", "articles")
    rows = []
    with Served(environment) as served:
        for order, question in _WAYS:
            quiet = Counter(_ids(served.port, order, question))
            adding = _Adding(bench, environment, order)
            with adding:
                begun = time.perf_counter()
                found = Counter(_ids(served.port, order, question))
                seconds = time.perf_counter() - begun
            twice = sum(count > 1 for count in found.values())
            missing = sum(id not in found for id in quiet)
            rows.append((order, question, len(quiet), adding.added, missing, twice, round(seconds, 1)))
    columns = ("sort", "q", "documents before", "added meanwhile", "missing", "twice", "seconds")
    notes = (
        f"Articles corpus (copies folded), embedded engine, pages of {_SIZE}.",
        "`missing` counts those that the same search gave before.",
        "By relevance nothing is promised while documents arrive: their arrival moves every score.",
    )
    return [Table(name="paging", title="Paging to the last hit", columns=columns, rows=tuple(rows), notes=notes)]


class _Adding:
    """Runs of `tracuu index` over new records, one after the other, until the end."""

    def __init__(self, bench: Bench, environment: dict[str, str], name: str) -> None:
        self._directory = bench.directory / f"added-{name}"
        self._directory.mkdir()
        self._name = name
        self._environment = environment
        self._records = itertools.cycle([*official_records(bench.data)])
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._add)
        self.added = 0

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _add(self) -> None:
        for run in itertools.count():
            if self._is_over.is_set():
                return
            path = self._directory / f"{run}.jsonl"
            records = itertools.islice(self._records, _ADDED_AT_ONCE)
            lines = (self._line(f"added-{self._name}-{run}-{n}", record) for n, record in enumerate(records))
            path.write_text("".join(lines), encoding="utf-8")
            processes.run((*TRACUU, "index", str(path)), self._environment)
            self.added += _ADDED_AT_ONCE

    @staticmethod
    def _line(id: str, record: dict[str, str]) -> str:
        fields = {name: record[name] for name in ("subject", "issued") if record.get(name)}
        return json.dumps({"id": id, **fields, "text": record["text"][:2_000]}, ensure_ascii=False) + "\n"


def _ids(port: int, order: str, question: str) -> Iterator[str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    cursor = ""
    while True:
        query = urlencode({"q": question, "sort": order, "size": _SIZE, "cursor": cursor})
        connection.request("GET", f"/api/v1/search?{query}")
        answer = connection.getresponse()
        body = json.loads(answer.read())
        if answer.status != http.client.OK:
            raise RuntimeError(f"{answer.status}: {body}")
        yield from (hit["id"] for hit in body["hits"])
        if body["next"] is None:
            return
        cursor = body["next"]
