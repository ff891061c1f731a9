"""How long a search takes through HTTP, beside the bare engine query that it makes."""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from analyzers.channels import Analyzer
from analyzers.segmentation import load_segmenter
from bench.setting import ENGINES, TRACUU, Bench
from bench.table import Table
from engines.interface import Access, Search
from search_service.query import understand
from search_service.ranking import rank
from search_service.search import SearchService

_START_SECONDS = 60


class Served:
    """`tracuu serve` in a process of its own, on a free loopback port."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.port = _free_port()

    def __enter__(self) -> Self:
        command = (*TRACUU, "serve", "--host", "127.0.0.1", "--port", str(self.port))
        self._process = subprocess.Popen(command, env=dict(self._environment), stderr=subprocess.DEVNULL)
        self.pid = self._process.pid
        deadline = time.monotonic() + _START_SECONDS
        while not _answers(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__(None, None, None)
                raise RuntimeError("`tracuu serve` did not start")
            time.sleep(0.1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()


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


def ask(port: int, question: str, connection: http.client.HTTPConnection | None = None) -> bytes:
    """Ask the service one question and return the body of its answer."""
    connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/api/v1/search?{urlencode({'q': question})}")
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{answer.status} for {question!r}: {body!r}")
    return body


def _http(port: int) -> Callable[[str], object]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    return lambda question: ask(port, question, connection)


def _bare(service: SearchService) -> Callable[[str], object]:
    analyzer = Analyzer(load_segmenter())
    return lambda question: service.engine.search(
        Search(query=rank(understand(question, analyzer)), access=Access.of(), size=10)
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


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
