"""Peak memory of indexing, also of one huge document, and of serving."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import psutil

from bench import processes
from bench.corpora import office_records
from bench.served import Served, ask
from bench.setting import ENGINES, TRACUU, Bench
from bench.table import Table

_HUGE_CHARACTERS = 5_000_000


def tables(bench: Bench) -> list[Table]:
    """One row for each thing whose memory matters."""
    rows = []
    for engine in ENGINES:
        rows.append((f"indexing 4,113 documents, {engine}", bench.indexed(engine, "office").peak_mib))
        rows.append((f"indexing one document of 5 million characters, {engine}", _huge(bench, engine).peak_mib))
        rows.append((f"serving every office question, {engine}", _serving(bench, engine)))
    note = "The whole process tree of `tracuu`, shared memory counted once; Elasticsearch's own process is not in it."
    return [Table(name="memory", title="Peak memory", columns=("what", "MiB"), rows=tuple(rows), notes=(note,))]


def _huge(bench: Bench, engine: str) -> processes.Run:
    path = bench.directory / "huge.jsonl"
    path.write_text(_huge_record(bench.data), encoding="utf-8")
    return processes.run((*TRACUU, "index", str(path)), bench.environment(engine, "huge"))


def _huge_record(data: Path) -> str:
    text = "\n".join(record["text"] for record in islice(office_records(data), 502))
    text = (text * (1 + _HUGE_CHARACTERS // len(text)))[:_HUGE_CHARACTERS]
    return json.dumps({"id": "huge", "text": text}, ensure_ascii=False) + "\n"


def _serving(bench: Bench, engine: str) -> int:
    bench.indexed(engine, "office")
    with Served(bench.environment(engine, "office")) as served:
        root, peak = psutil.Process(served.pid), 0
        for number, question in enumerate(bench.corpus("office").questions):
            ask(served.port, question.text)
            if number % 50 == 0:
                peak = max(peak, processes.tree_bytes(root))
    return processes.mib(peak)
