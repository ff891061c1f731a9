"""How truly files are read: pages of PDF beside careful readings by eye, and .doc beside .docx of one document.

Readings are of documents that are not part of the project, and so are kept beside the data: text files in one folder
(`--readings`), each named for the file and the page that it is of: `thong-tu-01-p2.txt`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from analyzers.normalize import normalize
from bench.setting import Bench
from bench.table import Table
from indexer.readers import read

_NAME = re.compile(r"(?P<file>.+)-p(?P<page>\d+)")
_WORD = re.compile(r"\w+")


def tables(bench: Bench) -> Iterator[Table]:
    """Character errors of text PDFs where there are readings, and the words that two formats of one document share."""
    files = bench.data / "files"
    if bench.readings:
        yield _errors(files / "pdf", sorted(bench.readings.glob("*.txt")))
    yield _overlaps(files / "word")


def character_errors(read: str, truth: str) -> int:
    """Characters to be inserted, deleted or replaced (Levenshtein) to make one text of the other.

    Every run of white space counts as one space: lines are broken differently on paper.
    """
    return _distance(_spaced(read), _spaced(truth))


def overlap(one: str, other: str) -> float:
    """The share of words, each as often as it occurs, that two texts have in common, of those of the longer one."""
    words, others = Counter(_WORD.findall(one.lower())), Counter(_WORD.findall(other.lower()))
    return (words & others).total() / max(words.total(), others.total(), 1)


def _errors(folder: Path, readings: Sequence[Path]) -> Table:
    rows: list[tuple[str | int | float, ...]] = []
    for reading in readings:
        named = _NAME.fullmatch(reading.stem)
        if named is None:
            raise SystemExit(f"{reading.name} is not named FILE-pN.txt")
        truth = normalize(reading.read_text(encoding="utf-8"))
        length, errors = len(_spaced(truth)), character_errors(_page(folder, named["file"], int(named["page"])), truth)
        rows.append((reading.stem, length, errors, 100 * errors / length))
    length, errors = (sum(int(row[at]) for row in rows) for at in (1, 2))
    rows.append(("all", length, errors, 100 * errors / length))
    return Table(
        name="reading-pdf",
        title="Pages of text PDFs beside readings by eye",
        columns=("page", "characters", "errors", "errors in 100"),
        rows=tuple(rows),
        notes=("Levenshtein distance in characters, every run of white space as one space. Target: below 1 in 100.",),
    )


def _page(folder: Path, file: str, number: int) -> str:
    extracted = read((folder / f"{file}.pdf").read_bytes(), f"{file}.pdf")
    starts = (*extracted.pages, len(extracted.text) + 1)
    return extracted.text[starts[number - 1] : starts[number] - 1]


def _overlaps(folder: Path) -> Table:
    rows = []
    for old in sorted(folder.glob("*.doc")):
        new = old.with_suffix(".docx")
        if new.exists():
            one, other = (read(file.read_bytes(), file.name).text for file in (old, new))
            rows.append((old.stem, len(_WORD.findall(one)), len(_WORD.findall(other)), overlap(one, other)))
    return Table(
        name="reading-word",
        title="Words of .doc and .docx of the same document",
        columns=("document", "words of .doc", "words of .docx", "in common"),
        rows=tuple(rows),
        notes=("Words in lower case, each as often as it occurs, of those of the longer text. Target: 0.98.",),
    )


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _distance(one: str, other: str) -> int:
    costs: Sequence[int] = range(len(other) + 1)
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            line.append(min(line[-1] + 1, costs[column] + 1, costs[column - 1] + (letter != against)))
        costs = line
    return costs[-1]
