"""Paging by cursor to the last hit through HTTP, while another process indexes documents: is everything given once?"""

from __future__ import annotations

import http.client
import itertools
import json
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import psutil

from bench import processes
from bench.corpora import official_records
from bench.served import Served
from bench.setting import TRACUU, Bench
from bench.table import Table

_SIZE = 100
_ADDED_AT_ONCE = 100
_WAYS = (("newest", ""), ("oldest", ""), ("relevance", "quyết định"))
# Only by relevance do the engines differ in what they do between pages.
_RANKED = (("relevance", "quyết định"),)


def tables(bench: Bench) -> Iterator[Table]:
    """One row for each order; for Elasticsearch one for relevance."""
    yield _table(bench, "embedded", "paging", _WAYS)
    yield _table(bench, "elasticsearch", "paging-elasticsearch", _RANKED)


def _table(bench: Bench, engine: str, name: str, ways: Sequence[tuple[str, str]]) -> Table:
    bench.indexed(engine, "articles")
    environment = bench.environment(engine, "articles")
    rows = [_row(bench, environment, f"{name}-{order}", order, question) for order, question in ways]
    columns = (
        "sort",
        "q",
        "before",
        "added meanwhile",
        "missing",
        "twice",
        "new",
        "in order",
        "MiB before",
        "peak MiB",
    )
    notes = (
        f"Articles corpus (48,771 documents, copies folded), {engine} engine, pages of {_SIZE}, while runs of "
        f"`tracuu index` add {_ADDED_AT_ONCE} documents each, one after the other.",
        "`missing`: of the documents that the same search gave `before`; `new`: documents given that it had not given; "
        "`in order`: whether the others come in the order of before. By date, new ones come where they belong.",
        "Memory is the proportional set size of the service, before its first search and at its peak.",
    )
    return Table(name=name, title=f"Paging to the last hit, {engine}", columns=columns, rows=tuple(rows), notes=notes)


def _row(
    bench: Bench, environment: dict[str, str], name: str, order: str, question: str
) -> tuple[str | int | float, ...]:
    # A service of its own each time: what one walk leaves behind is not to be counted for the next.
    with Served(environment) as served:
        before = processes.tree_bytes(psutil.Process(served.pid))
        quiet = list(_ids(served.port, order, question))
        with processes.Watched(served.pid) as watched, _Adding(bench, environment, name) as adding:
            found = list(_ids(served.port, order, question))
    there = set(quiet)
    twice = sum(count > 1 for count in Counter(found).values())
    new = sum(id not in there for id in found)
    in_order = [id for id in found if id in there] == quiet
    counts = (len(quiet), adding.added, len(there.difference(found)), twice, new)
    memory = (processes.mib(before), processes.mib(watched.peak))
    return (order, question, *counts, "yes" if in_order else "no", *memory)


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

    def __enter__(self) -> _Adding:
        self._thread.start()
        return self

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
        # Backwards: no copy of a document of the corpus, which would be folded into it.
        text = " ".join(reversed(record["text"][:2_000].split()))
        return json.dumps({"id": id, **fields, "text": text}, ensure_ascii=False) + "\n"


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
