"""The script a competent person would write instead of this project: segment with pyvi, send with `helpers.bulk`.

Run by `bench.indexing` as a process of its own: `python -m bench.naive URL INDEX DOCUMENTS.jsonl`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, helpers
from pyvi import ViTokenizer

_FIELDS = ("number", "type", "subject", "issuer", "text", "words")


def actions(index: str, documents: Path) -> Iterator[dict[str, Any]]:
    with documents.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            record["words"] = ViTokenizer.tokenize(record["text"])
            yield {"_index": index, "_id": record["id"], "_source": record}


def main(url: str, index: str, documents: str) -> None:
    client = Elasticsearch(url, request_timeout=120)
    client.indices.create(
        index=index,
        mappings={"dynamic": False, "properties": {name: {"type": "text"} for name in _FIELDS}},
        settings={"number_of_replicas": 0},
    )
    helpers.bulk(client, actions(index, Path(documents)))
    client.indices.refresh(index=index)
    client.indices.delete(index=index)


if __name__ == "__main__":
    main(*sys.argv[1:])
