"""How fast files are read: each reader by itself, and the whole of `tracuu index` with its analysis, on one core."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from bench import processes
from bench.mutated.originals import made
from bench.setting import TRACUU, Bench
from bench.table import Table
from indexer.readers import read

_SECONDS = 4.0  # a reader is measured for so long
_INDEXED = 300  # files of each kind that the whole command is measured on
_PAGES, _DOCUMENTS = "pages", "documents"
_TARGETS = {"pdf": 100, "docx": 50}


@dataclass(frozen=True, slots=True)
class Kind:
    """Files of one format, each with its pages where those are what is counted."""

    name: str
    unit: str
    files: tuple[tuple[str, bytes], ...]
    counts: tuple[int, ...]


def tables(bench: Bench) -> Iterator[Table]:
    """Units a second, of the reader alone and of all that happens to a document until it is in the index."""
    kinds = _kinds(bench.data / "files")
    starting = _index(bench, "nothing", ())
    rows = []
    for kind in kinds:
        whole, count = _index(bench, kind.name, kind.files), _count(kind)
        target = _TARGETS.get(kind.name, "")
        rows.append((kind.name, kind.unit, len(kind.files), _reader(kind), count / (whole - starting), target))
    yield Table(
        name="readers",
        title="Reading speed on one core",
        columns=("format", "unit", "files", "reader alone, a second", "tracuu index, a second", "target"),
        rows=tuple(rows),
        notes=(
            "A second is one of processor time, of all processes together: what else the machine does is not in it.",
            f"`tracuu index` with one worker over {_INDEXED} copies, less the {starting:.1f} s of an empty folder.",
            "The analysis (word segmentation, metadata) is in its figures: long documents are slower than short ones.",
        ),
    )


def _kinds(folder: Path) -> list[Kind]:
    """Real files where the data has some of the format, else those made for the tests."""
    found = {
        "pdf": sorted((folder / "pdf").glob("*.pdf")),
        "docx": sorted((folder / "word").glob("*.docx")),
        "doc": [*sorted((folder / "word").glob("*.doc")), *sorted((folder / "old-system").glob("*.[dD][oO][cC]"))],
    }
    kinds = [_kind(name, [(path.name, path.read_bytes()) for path in paths]) for name, paths in found.items()]
    small = {original.suffix[1:]: original.content for original in made()}
    return kinds + [_kind(name, [(f"a.{name}", small[name])]) for name in ("htm", "xlsx", "rtf", "odt")]


def _kind(name: str, files: Sequence[tuple[str, bytes]]) -> Kind:
    counts = [len(pdfium.PdfDocument(content)) if name == "pdf" else 1 for _, content in files]
    return Kind(name, _PAGES if name == "pdf" else _DOCUMENTS, tuple(files), tuple(counts))


def _reader(kind: Kind) -> float:
    done, begun = 0, processes.cpu_seconds()
    while (seconds := processes.cpu_seconds() - begun) < _SECONDS:
        for (name, content), count in zip(kind.files, kind.counts, strict=True):
            read(content, name)
            done += count
    return done / seconds


def _count(kind: Kind) -> int:
    """Units of the files that the whole command is measured on."""
    return sum(kind.counts[at % len(kind.counts)] for at in range(_INDEXED))


def _index(bench: Bench, name: str, files: Sequence[tuple[str, bytes]]) -> float:
    """Processor seconds of `tracuu index` over copies of the files."""
    folder = bench.directory / f"readers-{name}"
    folder.mkdir()
    for at in range(_INDEXED if files else 0):
        original, content = files[at % len(files)]
        (folder / f"{at}{Path(original).suffix}").write_bytes(content)
    environment = bench.environment("embedded", f"readers-{name}") | {"TRACUU_WORKERS": "1"}
    begun = processes.cpu_seconds()
    processes.run((*TRACUU, "index", str(folder)), environment)
    seconds = processes.cpu_seconds() - begun
    shutil.rmtree(folder)
    return seconds
