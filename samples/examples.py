"""`python -m samples.examples`: ask the API over the sample documents and keep its answers as OpenAPI's examples."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient

from engines.embedded import EmbeddedEngine
from indexer.analysis import load_analysis
from indexer.changes import ChangeReader
from indexer.pushing import Inbox
from indexer.readers import read
from samples.build import DOCUMENTS
from samples.source import read_sources
from search_service.app import create_app
from search_service.examples import FILE, QUESTION, RECORD
from search_service.search import SearchService
from search_service.writing import Writing

_TOKEN = "example-token-of-the-samples"  # noqa: S105 - it opens nothing
_BEARER = {"Authorization": f"Bearer {_TOKEN}"}
_ID = "hdnd-tinh/2024/NQ-19-HDND-ho-tro-hoc-phi.txt"
_MOST = 2
_TOOK_MS = 12.5  # so that making them again changes nothing


def main() -> None:
    """Write the answers."""
    with _office() as client:
        answers = dict(_answers(client))
    FILE.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@contextmanager
def _office() -> Iterator[FlaskClient]:
    analysis = load_analysis()
    with tempfile.TemporaryDirectory() as home, closing(EmbeddedEngine(Path(home) / "index")) as engine:
        journal = Path(home) / "journal.sqlite3"
        writing = Writing(Inbox(engine, journal, analysis.analyzer), _TOKEN)
        service = SearchService(engine, analysis.analyzer)
        client = create_app(service, writing, changes=ChangeReader(journal)).test_client()
        sources = (DOCUMENTS / source.path for source in read_sources().values())
        records = [
            {"id": str(path.relative_to(DOCUMENTS)), "text": read(path.read_bytes(), path.name).text}
            for path in sources
        ]
        lines = "".join(json.dumps(record) + "\n" for record in records)
        client.post("/api/v1/documents", data=lines, content_type="application/x-ndjson", headers=_BEARER)
        yield client


def _answers(client: FlaskClient) -> Iterator[tuple[str, Any]]:
    """Operation to example, the long lists in it shortened."""
    id = quote(_ID, safe="")
    asked: Mapping[str, tuple[str, Mapping[str, Any]]] = {
        "search": ("/api/v1/search", {"q": QUESTION, "size": 1}),
        "suggest": ("/api/v1/suggest", {"q": "chuyen doi", "size": 2}),
        "passages": ("/api/v1/passages", {"q": "mức hỗ trợ học phí", "size": 1}),
        "document": (f"/api/v1/documents/{id}", {}),
        "related": (f"/api/v1/documents/{id}/related", {}),
        "similar": (f"/api/v1/documents/{id}/similar", {"size": 1}),
        "changes": ("/api/v1/changes", {"size": 2}),
        "healthz": ("/healthz", {}),
        "readyz": ("/readyz", {}),
    }
    for operation, (address, query) in asked.items():
        response = client.get(address, query_string=query)
        assert response.status_code == HTTPStatus.OK, response.text  # noqa: S101 - it is our own API
        yield operation, _shortened(response.get_json())
    created = client.put("/api/v1/documents/vi-du%2F15", json=RECORD, headers=_BEARER)
    yield "put_document", created.get_json()
    for operation, ending in (("search_csv", "csv"), ("search_atom", "atom")):
        listed = client.get(f"/api/v1/search.{ending}", query_string={"q": "19/2024/NQ-HĐND", "literal": "true"})
        yield operation, "".join(listed.text.splitlines(keepends=True)[:3]) if ending == "csv" else listed.text
    lines = (
        '{"id": "vi-du/15", "text": "QUYẾT ĐỊNH"}\n{"id": "vi-du/16", "issued": "hôm qua"}\n{"delete": "vi-du/17"}\n'
    )
    sent = client.post("/api/v1/documents", data=lines.encode(), content_type="application/x-ndjson", headers=_BEARER)
    yield "post_documents", sent.text


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        return [_shortened(one) for one in value[:_MOST]]
    if isinstance(value, dict):
        return {name: _TOOK_MS if name == "took_ms" else _shortened(one) for name, one in value.items()}
    return value


if __name__ == "__main__":
    main()
