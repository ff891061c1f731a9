"""What a document is called, for people who read about its id: its number and subject."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpora import article_records, office_records
from engines.record import from_mapping
from indexer.metadata import complete


@dataclass(frozen=True, slots=True)
class Title:
    """A document's number and subject; either may be empty."""

    number: str
    subject: str

    def __str__(self) -> str:
        return " · ".join(part for part in (self.number, self.subject) if part)


def corpus_titles(corpus: str, data: Path, ids: Collection[str]) -> dict[str, Title]:
    """Titles of some documents of a corpus, from the data folder.

    Raises:
        DataMissing: The folder lacks the corpus.
    """
    records = {"office": office_records, "articles": article_records}[corpus](data)
    return titles(records, ids)


def titles(records: Iterable[Mapping[str, Any]], ids: Collection[str]) -> dict[str, Title]:
    """Titles of those records whose ids are asked for, completed from their text as the index has them."""
    wanted = (complete(from_mapping(record)) for record in records if record["id"] in ids)
    return {record.id: Title(record.number, record.subject) for record in wanted}
