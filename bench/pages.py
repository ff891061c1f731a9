"""How long the server takes for what a browser asks while somebody searches: the results page, and each suggestion.

The page is timed with its HTML; the targets are 60 ms at the 95th percentile for it and 20 ms for a suggestion.
"""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Sequence
from urllib.parse import urlencode

from bench.served import Served
from bench.setting import Bench
from bench.table import Table

_WARMING = 100
_KEYSTROKES = 1000


def tables(bench: Bench) -> list[Table]:
    """Median, 95th percentile and worst in milliseconds, one after another, one worker, the embedded engine."""
    questions = [question.text for question in bench.corpus("office").questions]
    beginnings = [text[:length] for text in questions for length in range(1, len(text) + 1)][:_KEYSTROKES]
    bench.indexed("embedded", "office")
    with Served(bench.environment("embedded", "office")) as served:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        asked = (
            ("results page, HTML", "/search", questions),
            ("suggestions", "/api/v1/suggest", beginnings),
        )
        rows = tuple((what, str(len(texts)), *_percentiles(connection, path, texts)) for what, path, texts in asked)
    return [
        Table(
            name="pages",
            title="What a browser asks while somebody searches, 4,113 documents of an office, ms",
            columns=("what", "requests", "p50", "p95", "worst"),
            rows=rows,
        )
    ]


def _percentiles(connection: http.client.HTTPConnection, path: str, texts: Sequence[str]) -> tuple[float, float, float]:
    for text in texts[:_WARMING]:  # caches of the process and of the disk fill, as they are on a working day
        _milliseconds(connection, path, text)
    times = [_milliseconds(connection, path, text) for text in texts]
    return statistics.median(times), statistics.quantiles(times, n=100)[94], max(times)


def _milliseconds(connection: http.client.HTTPConnection, path: str, text: str) -> float:
    begun = time.perf_counter()
    connection.request("GET", f"{path}?{urlencode({'q': text})}")
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{answer.status} for {text!r}")
    return (time.perf_counter() - begun) * 1000
