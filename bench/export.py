"""Memory of the service while a whole result is read as .csv and .xlsx: does it grow with the rows?"""

from __future__ import annotations

import http.client
import json
import time
from urllib.parse import urlencode

import psutil

from bench import processes
from bench.served import Served, ask
from bench.setting import TRACUU, Bench
from bench.table import Table

_CHUNK = 2**16


def tables(bench: Bench) -> list[Table]:
    """One row for each format, a tenth of the documents beside all of them."""
    environment = bench.environment("embedded", "lists")
    corpora = [str(bench.corpus(name).path) for name in ("articles", "office")]
    processes.run((*TRACUU, "index", *corpora), environment)
    rows = []
    for ending in ("csv", "xlsx"):
        for filters in ({"type": "Luật"}, {}):
            # A service of its own each time: what one list leaves behind is not to be counted for the next.
            with Served(environment) as served:
                total = json.loads(ask(served.port, "", **filters))["total"]
                before = processes.tree_bytes(psutil.Process(served.pid))
                size, first, seconds, peak = _read(served, f"/api/v1/search.{ending}?{urlencode(filters)}")
            memory = (processes.mib(before), processes.mib(peak))
            rows.append((ending, total, round(size / 2**20, 1), round(first, 2), round(seconds, 1), *memory))
    columns = ("format", "rows", "MiB read", "first byte s", "seconds", "MiB before", "peak MiB")
    note = "Articles and office corpora in one index, embedded engine; proportional set size of the service."
    return [Table(name="export", title="Lists of whole results", columns=columns, rows=tuple(rows), notes=(note,))]


def _read(served: Served, path: str) -> tuple[int, float, float, int]:
    """Bytes of the answer, seconds to the first, seconds in all, and the peak of the service's memory."""
    with processes.Watched(served.pid) as watched:
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=1_200)
        connection.request("GET", path)
        answer = connection.getresponse()
        size = len(answer.read(1))
        first = time.perf_counter() - begun
        while chunk := answer.read(_CHUNK):
            size += len(chunk)
        if answer.status != http.client.OK:
            raise RuntimeError(f"{answer.status} for {path}")
    return size, first, time.perf_counter() - begun, watched.peak
