"""What others would use instead, on the same documents and questions: the baselines of the relevance bench."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from elasticsearch import Elasticsearch, helpers

from bench.metrics import DEPTH
from bench.runs import Hit

_FIELDS = ("number", "type", "subject", "issuer", "text")


class Baseline(Protocol):
    """A searcher: question in, the first ten documents out."""

    name: str

    def search(self, question: str) -> Sequence[Hit]:
        """The best documents, best first."""


class SqliteFts5:
    """SQLite FTS5 as its manual has it: unicode61 with marks removed, any word matches, BM25."""

    name = "SQLite FTS5"

    def __init__(self, corpus: Path) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            f"CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, {', '.join(_FIELDS)},"
            " tokenize = 'unicode61 remove_diacritics 2')"
        )
        self._database.executemany(
            f"INSERT INTO documents VALUES (?{', ?' * len(_FIELDS)})",  # noqa: S608 - fixed names
            ((record["id"], *(record.get(name) or "" for name in _FIELDS)) for record in _records(corpus)),
        )

    def search(self, question: str) -> Sequence[Hit]:
        words = "".join(char if char.isalnum() else " " for char in question).split()
        rows = self._database.execute(
            "SELECT id, -rank FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), DEPTH),
        )
        return [Hit(*row) for row in rows]


class ElasticsearchStandard:
    """Elasticsearch as a newcomer has it: dynamic mapping, `standard` analyzer, `multi_match` over every field."""

    name = "Elasticsearch standard"

    def __init__(self, client: Elasticsearch, corpus: Path) -> None:
        self._client = client
        self._index = "bench-standard"
        client.indices.delete(index=self._index, ignore_unavailable=True)
        text = {"type": "text", "analyzer": "standard"}
        client.indices.create(
            index=self._index,
            mappings={"properties": {**dict.fromkeys(_FIELDS, text), "issued": {"type": "keyword"}}},
            settings={"number_of_replicas": 0},
        )
        helpers.bulk(client, ({"_index": self._index, "_id": one.pop("id"), **one} for one in _records(corpus)))
        client.indices.refresh(index=self._index)

    def search(self, question: str) -> Sequence[Hit]:
        query = {"multi_match": {"query": question, "fields": list(_FIELDS)}}
        found = self._client.search(index=self._index, query=query, size=DEPTH, source=False)
        return [Hit(hit["_id"], hit["_score"]) for hit in found["hits"]["hits"]]

    def close(self) -> None:
        """Remove the baseline's index."""
        self._client.indices.delete(index=self._index)


def _records(corpus: Path) -> Iterator[dict[str, Any]]:
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
