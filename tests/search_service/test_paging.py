"""Pages by cursor while documents arrive: by date every document that was there comes once, in its order."""

import datetime
import itertools
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from engines.interface import Engine
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from search_service.app import create_app
from search_service.search import SearchService
from tests.search_service.indexes import OpenIndex

THERE = [
    OfficialDocument(id=f"there-{n}", text=f"kế hoạch số {n % 7}", issued=datetime.date(2020, 1, 1 + n % 9))
    for n in range(40)
]


def arriving() -> Iterator[OfficialDocument]:
    for n in itertools.count():
        yield OfficialDocument(id=f"new-{n}", text="kế hoạch " * n, issued=datetime.date(2020, 1, 1 + n % 9))


def pages(client: FlaskClient, sort: str, q: str) -> Iterator[list[str]]:
    cursor = ""
    while cursor is not None:
        body = client.get("/api/v1/search", query_string={"q": q, "sort": sort, "size": 3, "cursor": cursor}).get_json()
        yield [hit["id"] for hit in body["hits"]]
        cursor = body["next"]


def add(engine: Engine, document: OfficialDocument, analysis: DocumentAnalysis) -> None:
    with engine.write_live() as writer:
        writer.put(engine.encoder()(analysis.document(document)))
        writer.commit()


@pytest.mark.parametrize("name", ["embedded", "elasticsearch"])
@pytest.mark.parametrize(("sort", "q"), [("newest", ""), ("oldest", "kế hoạch"), ("relevance", "")])
def test_by_date_every_document_that_was_there_comes_once_while_others_arrive(
    open_index: OpenIndex, analysis: DocumentAnalysis, name: str, sort: str, q: str
) -> None:
    with open_index(name, THERE) as engine:
        client = create_app(SearchService(engine, analysis.analyzer)).test_client()
        before = list(itertools.chain(*pages(client, sort, q)))
        assert sorted(before) == sorted(one.id for one in THERE)
        found = []
        for page, document in zip(pages(client, sort, q), arriving(), strict=False):
            found += page
            add(engine, document, analysis)
    assert [id for id in found if id.startswith("there-")] == before
    assert len(set(found)) == len(found)
