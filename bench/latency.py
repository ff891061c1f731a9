"""How long a search takes through HTTP, beside the bare engine query that it makes."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable, Sequence

from bench.served import Served, ask
from bench.setting import ENGINES, Bench
from bench.table import Table
from engines.interface import Access, Search
from search_service.ranking import rank
from search_service.search import SearchService


def tables(bench: Bench) -> list[Table]:
    """Median and 95th percentile in milliseconds over every office question, asked one after another."""
    questions = [question.text for question in bench.corpus("office").questions]
    rows = []
    for engine in ENGINES:
        bench.indexed(engine, "office")
        environment = bench.environment(engine, "office")
        with Served(environment) as served:
            through_http = _percentiles(questions, _http(served.port))
        with bench.search(engine, "office") as service:
            bare = _percentiles(questions, _bare(service))
        rows.append((engine, "HTTP: page of 10 with facets and snippets", *through_http))
        rows.append((engine, "the bare engine query for the same page", *bare))
    return [
        Table(
            name="latency",
            title="Search latency on 4,113 documents, ms",
            columns=("engine", "what", "p50", "p95", "worst"),
            rows=tuple(rows),
        )
    ]


def _http(port: int) -> Callable[[str], object]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    return lambda question: ask(port, question, connection)


def _bare(service: SearchService) -> Callable[[str], object]:
    """The engine alone: the question is understood, and nothing is read, highlighted or counted."""
    return lambda question: service.engine.search(
        Search(query=rank(service.understand(question)), access=Access.of(), size=10)
    )


def _percentiles(questions: Sequence[str], ask_one: Callable[[str], object]) -> tuple[float, float, float]:
    for question in questions[:100]:  # caches of the process and of the disk fill, as they are on a working day
        ask_one(question)
    times = []
    for question in questions:
        begun = time.perf_counter()
        ask_one(question)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=100)[94], max(times)
