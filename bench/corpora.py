"""The documents and questions that benches measure on, read from a data folder that is not part of the project.

*office*: official documents, and beside them the laws, decrees and circulars rebuilt from their articles, so that a
question about a province's decision competes with the law it carries out. *articles*: each article a document.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFAULT_DATA = Path(__file__).parents[2] / "shared" / "data"


class DataMissing(SystemExit):
    """The data folder is not there; the message says where it was looked for."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"No data at {data}: give the folder with --data.")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the ids of its right answers.

    Attributes:
        id: Its own name, stable from run to run; unique within its question set.
        kind: What is asked for and how it is typed: `number_partial`, `subject_plain`.
        text: As it is typed.
        relevant: Ids of the documents that answer it, at least one.
    """

    id: str
    kind: str
    text: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A set of documents in one JSON Lines file, and its questions."""

    name: str
    path: Path
    questions: tuple[Question, ...]


def office(data: Path, directory: Path) -> Corpus:
    """Official documents and laws: 4,113 documents, 1,647 questions of 11 kinds."""
    questions = _questions(data / "officials" / "queries.jsonl")
    return Corpus("office", _write(directory / "office.jsonl", office_records(data)), questions)


def articles(data: Path, directory: Path) -> Corpus:
    """Articles of laws, decrees and circulars: 48,771 documents, 493 questions."""
    questions = _questions(data / "articles" / "queries.jsonl")
    return Corpus("articles", _write(directory / "articles.jsonl", article_records(data)), questions)


def official_records(data: Path) -> Iterator[dict[str, Any]]:
    """The official documents alone: 502, of which 130 carry what a legal portal typed."""
    return _lines(data / "officials" / "documents.jsonl.gz")


def office_records(data: Path) -> Iterator[dict[str, Any]]:
    """Records of the office corpus."""
    numbers = set()
    for record in official_records(data):
        numbers.add(record.get("number"))
        yield record
    yield from (law for law in _laws(data) if law["number"] not in numbers)


def article_records(data: Path) -> Iterator[dict[str, Any]]:
    """Records of the articles corpus."""
    laws = {law["number"]: law for law in _lines(data / "articles" / "documents.jsonl.gz")}
    for article in _lines(data / "articles" / "articles.jsonl.gz"):
        law = laws[article["number"]]
        yield {
            "id": article["id"],
            "number": article["number"],
            "type": law["type"],
            "issuer": law["issuer"],
            "issued": law["issued"],
            "subject": article["subject"],
            "text": article["text"],
        }


def _laws(data: Path) -> Iterator[dict[str, Any]]:
    metadata = {law["number"]: law for law in _lines(data / "articles" / "documents.jsonl.gz")}
    texts: dict[str, list[str]] = {number: [] for number in metadata}
    for part in _lines(data / "articles" / "articles.jsonl.gz"):
        texts[part["number"]].append(f"{part['article']}. {part['subject']}\n{part['text']}")
    for number, law in metadata.items():
        fields = {name: law[name] for name in ("number", "type", "subject", "issuer", "issued")}
        yield {"id": f"law:{number}", **fields, "text": "\n\n".join(texts[number])}


def _questions(path: Path) -> tuple[Question, ...]:
    return tuple(
        Question(line["id"], line.get("kind", "question"), line["query"], frozenset(line["relevant"]))
        for line in _lines(path)
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        raise DataMissing(path)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _write(path: Path, records: Iterator[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path
