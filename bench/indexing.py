"""How fast `tracuu index` is, beside the script one would write instead and beside each engine's own ceiling."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import processes
from bench.setting import ENGINES, Bench
from bench.table import Table
from engines.interface import EncodedDocument, Encoder
from engines.record import from_mapping
from indexer.analysis import ANALYSIS_VERSION, load_analysis
from indexer.metadata import complete
from tracuu.rooms import open_engine


def tables(bench: Bench) -> list[Table]:
    """Seconds for the office corpus: 502 official documents and 3,611 laws, 74 million characters."""
    corpus = bench.corpus("office").path
    naive = _naive(bench, corpus)
    rows: list[tuple[str, str, float, float]] = [("elasticsearch", "naive script: pyvi and helpers.bulk", naive, 1.0)]
    for engine in ENGINES:
        whole = bench.indexed(engine, "office").seconds
        ceiling = _ceiling(bench, engine, corpus)
        rows.append((engine, "tracuu index", whole, naive / whole))
        rows.append((engine, "the engine alone, on ready tokens", ceiling, naive / ceiling))
    return [
        Table(
            name="indexing",
            title="Indexing the office corpus",
            columns=("engine", "what", "seconds", "times naive"),
            rows=tuple(rows),
            notes=("The engine alone: one process puts documents in its wire form already, and commits once.",),
        )
    ]


def _naive(bench: Bench, corpus: Path) -> float:
    command = (sys.executable, "-m", "bench.naive", bench.elasticsearch_url, "bench-naive", str(corpus))
    return processes.run(command, os.environ).seconds


def _ceiling(bench: Bench, engine: str, corpus: Path) -> float:
    with open_engine(bench.settings(engine, "ceiling")) as opened:
        ready = list(_encoded(opened.encoder(), corpus))
        begun = time.perf_counter()
        with opened.write_staged(ANALYSIS_VERSION) as writer:
            for document in ready:
                writer.put(document)
            refused = writer.commit()
        seconds = time.perf_counter() - begun
        if refused:
            raise RuntimeError(f"the engine refused {len(refused)} documents")
        return seconds


def _encoded(encode: Encoder, corpus: Path) -> Iterator[EncodedDocument]:
    analysis = load_analysis()
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            yield encode(analysis.document(complete(from_mapping(json.loads(line)))))
