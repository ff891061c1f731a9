"""How long a search takes through HTTP, beside the bare engine query that it makes."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable, Sequence

from bench.question_sets import CORPORA
from bench.served import Served, ask
from bench.setting import ENGINES, Bench
from bench.table import Table
from engines.interface import Access, Search
from search_service.ranking import rank
from search_service.search import SearchService


def tables(bench: Bench) -> list[Table]:
    """Median and 95th percentile in milliseconds over every question of a corpus, asked one after another."""
    return [
        Table(
            name="latency",
            title="Search latency, ms: 4,113 documents of an office, 48,771 articles",
            columns=("documents", "engine", "what", "p50", "p95", "worst"),
            rows=tuple(row for corpus in CORPORA for engine in ENGINES for row in _rows(bench, engine, corpus)),
        )
    ]


def _rows(bench: Bench, engine: str, corpus: str) -> list[tuple[str | float, ...]]:
    questions = [question.text for question in bench.corpus(corpus).questions]
    bench.indexed(engine, corpus)
    with Served(bench.environment(engine, corpus)) as served:
        through_http = _percentiles(questions, _http(served.port))
    with bench.search(engine, corpus) as service:
        bare = _percentiles(questions, _bare(service))
    return [
        (corpus, engine, "HTTP: page of 10 with facets and snippets", *through_http),
        (corpus, engine, "the bare engine query for the same page", *bare),
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
