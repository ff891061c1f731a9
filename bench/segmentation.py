"""Word segmentation beside pyvi's own: speed on the same real text in the same run, equality, memory.

`python -m bench.segmentation [--data FOLDER]`
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from analyzers.channels import Analyzer
from analyzers.segmentation import Segmenter, load_segmenter
from bench.corpora import DEFAULT_DATA, DataMissing
from bench.setting import Bench
from bench.table import Table

COMPARED_CHARACTERS = 10_000_000
"""From each source; about 2.1 million syllables."""

# pyvi takes time that grows faster than the text, so it is given pieces; ours gets the same, and whole documents.
PIECE = 20_000
LARGE_DOCUMENT_BYTES = 5_000_000


Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Row:
    """One way of segmenting one text.

    Attributes:
        text: Which text.
        way: Who segmented it, and how it was given.
        megabytes: Its size in UTF-8, 10^6 bytes.
        seconds: CPU time, caches cold at the start.
        times_pyvi: How many times pyvi's speed on the same text; 0 where pyvi did not read it.
        differences: Texts whose answer is not pyvi's; -1 where it was not compared.
    """

    text: str
    way: str
    megabytes: float
    seconds: float
    times_pyvi: float
    differences: int

    @property
    def speed(self) -> float:
        """Megabytes a second."""
        return self.megabytes / self.seconds


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured.

    Attributes:
        rows: Speed and equality.
        syllables: Units that were compared with pyvi's.
        loaded_mib: Memory of a process that has loaded the segmenter.
        peak_mib: Peak memory of a process that made all channels of one document of 5 MB.
    """

    rows: tuple[Row, ...]
    syllables: int
    loaded_mib: float
    peak_mib: float


def measure(data: Path) -> Measurement:
    """Segment real texts with pyvi and with ours, in turns."""
    tokenize: Callable[[str], str] = importlib.import_module("pyvi.ViTokenizer").tokenize
    rows: list[Row] = []
    syllables = 0
    for name, documents in sources(data):
        pieces = [piece for document in documents for piece in _pieces(document)]
        theirs, expected = _clock(tokenize, pieces)
        ours, answers = _clock(load_segmenter().segment, pieces)
        size = _megabytes(pieces)
        differences = sum(one != other for one, other in zip(answers, expected, strict=True))
        syllables += sum(answer.count("_") + answer.count(" ") + 1 for answer in answers)
        whole, _ = _clock(load_segmenter().segment, documents)
        channels, _ = _clock(_length_of_channels(load_segmenter()), documents)
        rows += (
            Row(name, "pyvi, pieces", size, theirs, 1.0, 0),
            Row(name, "segment, pieces", size, ours, theirs / ours, differences),
            Row(name, "segment, whole", size, whole, theirs / whole, -1),
            Row(name, "channels, whole", size, channels, theirs / channels, -1),
        )
    everything = [document for _, documents in sources(data, limit=None) for document in documents]
    seconds, _ = _clock(_length_of_channels(load_segmenter()), everything)
    rows.append(Row("all", "channels, whole", _megabytes(everything), seconds, 0.0, -1))
    loaded, peak = _memory(data)
    return Measurement(tuple(rows), syllables, loaded, peak)


def sources(data: Path, limit: int | None = COMPARED_CHARACTERS) -> Iterator[tuple[str, list[str]]]:
    """Texts of official documents and of articles, the first `limit` characters of each."""
    for name in ("officials/documents", "articles/articles"):
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        sizes = itertools.accumulate(map(len, texts))
        yield (
            name.partition("/")[0],
            [text for text, size in zip(texts, sizes, strict=True) if not limit or size < limit],
        )


def _length_of_channels(segmenter: Segmenter) -> Callable[[str], int]:
    """Make the channels and let them go, as an indexer does."""
    analyzer = Analyzer(segmenter)

    def length(text: str) -> int:
        return len(analyzer.channels(text).words)

    return length


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))


def _clock(function: Callable[[str], Answer], texts: Sequence[str]) -> tuple[float, list[Answer]]:
    start = time.process_time()
    answers = [function(text) for text in texts]
    return time.process_time() - start, answers


def _megabytes(texts: Sequence[str]) -> float:
    return sum(len(text.encode()) for text in texts) / 1e6


_MEMORY_PROGRAM = f"""
import re, sys
from pathlib import Path
from analyzers.channels import Analyzer
from analyzers.segmentation import load_segmenter

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

analyzer = Analyzer(load_segmenter())
loaded = peak()
analyzer.channels(sys.stdin.buffer.read({LARGE_DOCUMENT_BYTES}).decode(errors="ignore"))
print(loaded, peak())
"""


def _memory(data: Path) -> tuple[float, float]:
    document = "\n".join(itertools.chain.from_iterable(documents for _, documents in sources(data)))
    run = subprocess.run(
        [sys.executable, "-c", _MEMORY_PROGRAM],
        input=document.encode()[:LARGE_DOCUMENT_BYTES],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=True,
    )
    loaded, peak = map(float, run.stdout.split())
    return loaded, peak


def tables(bench: Bench) -> list[Table]:
    """The table of `measure`."""
    return [_table(measure(bench.data))]


def _table(measured: Measurement) -> Table:
    return Table(
        name="segmentation",
        title="Word segmentation beside pyvi",
        columns=("text", "way", "MB", "CPU s", "MB/s", "times pyvi", "texts that differ"),
        rows=tuple(
            (
                row.text,
                row.way,
                round(row.megabytes, 1),
                round(row.seconds, 2),
                round(row.speed, 2),
                round(row.times_pyvi, 1) or "",
                row.differences if row.differences >= 0 else "",
            )
            for row in measured.rows
        ),
        notes=(
            f"Compared with pyvi: {measured.syllables:,} units, in pieces of at most {PIECE:,} characters.",
            f"A process with the segmenter loaded: {measured.loaded_mib:.0f} MiB; at its peak over a document of "
            f"{LARGE_DOCUMENT_BYTES / 1e6:.0f} MB, all channels: {measured.peak_mib:.0f} MiB.",
            "One thread, caches cold at the start of each row.",
        ),
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.segmentation", description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = parser.parse_args().data
    if not data.is_dir():
        raise DataMissing(data)
    print(_table(measure(data)).to_markdown())


if __name__ == "__main__":
    main()
