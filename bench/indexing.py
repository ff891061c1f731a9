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
from engines.record import from_mapping
from engines.schema import IndexedDocument
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
        ceiling, wire = _ceiling(bench, engine, corpus)
        rows.append((engine, "tracuu index", whole, naive / whole))
        rows.append((engine, "the engine alone, on ready tokens", ceiling, naive / ceiling))
        rows.append((engine, "the engine alone, on its own wire form", wire, naive / wire))
    return [
        Table(
            name="indexing",
            title="Indexing the office corpus",
            columns=("engine", "what", "seconds", "times naive"),
            rows=tuple(rows),
            notes=("The engine alone: one process makes n-grams and wire form, puts every document and commits once.",),
        )
    ]


def _naive(bench: Bench, corpus: Path) -> float:
    command = (sys.executable, "-m", "bench.naive", bench.elasticsearch_url, "bench-naive", str(corpus))
    return processes.run(command, os.environ).seconds


def _ceiling(bench: Bench, engine: str, corpus: Path) -> tuple[float, float]:
    """Seconds of the engine alone in one process: from ready tokens, and from documents in its wire form."""
    with open_engine(bench.settings(engine, "ceiling")) as opened:
        encode = opened.encoder()
        encoding, ready = 0.0, []
        for document in _analysed(corpus):
            begun = time.perf_counter()
            ready.append(encode(document))
            encoding += time.perf_counter() - begun
        begun = time.perf_counter()
        with opened.write_staged(ANALYSIS_VERSION) as writer:
            for encoded in ready:
                writer.put(encoded)
            refused = writer.commit()
        writing = time.perf_counter() - begun
        if refused:
            raise RuntimeError(f"the engine refused {len(refused)} documents")
        return encoding + writing, writing


def _analysed(corpus: Path) -> Iterator[IndexedDocument]:
    analysis = load_analysis()
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            yield analysis.document(complete(from_mapping(json.loads(line))))
