"""Pages by cursor while documents arrive: every document that was there comes once, in its order."""

import datetime
import itertools
import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from engines.interface import Access, Engine, Order
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from search_service.app import create_app
from search_service.exporting import every_document
from search_service.search import SearchAnswer, SearchRequest, SearchService
from tests.search_service.indexes import OpenIndex

THERE = [
    OfficialDocument(id=f"there-{n}", text=f"kế hoạch số {n % 7}", issued=datetime.date(2020, 1, 1 + n % 9))
    for n in range(40)
]
SIGNED = "kế hoạch do trần văn bình ký"
QUESTION = "kế hoạch báo cáo quý"
RANKED = [
    OfficialDocument(id=f"there-{n}", text=f"{SIGNED} {'báo cáo quý ' * (1 + n % 5)} {'khác ' * (n * 7 % 11)}")
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


both_engines = pytest.mark.parametrize("name", ["embedded", "elasticsearch"])


@both_engines
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


@both_engines
def test_by_relevance_pages_are_of_one_moment(open_index: OpenIndex, analysis: DocumentAnalysis, name: str) -> None:
    with open_index(name, RANKED) as engine:
        client = create_app(SearchService(engine, analysis.analyzer)).test_client()
        before = list(itertools.chain(*pages(client, "relevance", QUESTION)))
        found: list[str] = []
        for number, (page, document) in enumerate(zip(pages(client, "relevance", QUESTION), arriving(), strict=False)):
            found += page
            # Elasticsearch keeps the moment from the second page on.
            if name == "embedded" or number:
                add(engine, document, analysis)
        assert found == before
        now = itertools.chain(*pages(client, "relevance", QUESTION))
        assert [id for id in now if id in set(before)] != before


@both_engines
@pytest.mark.parametrize("order", [Order.RELEVANCE, Order.NEWEST])
def test_a_list_of_a_whole_result_is_of_one_moment(
    open_index: OpenIndex,
    analysis: DocumentAnalysis,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    order: Order,
) -> None:
    monkeypatch.setattr("search_service.exporting._PAGE", 5)
    with open_index(name, RANKED) as engine:
        service = SearchService(engine, analysis.analyzer)
        request = SearchRequest(text=QUESTION, order=order)
        before = [record.id for record in every_document(service, request, Access.unrestricted())]
        found = []
        for number, record in enumerate(every_document(service, request, Access.unrestricted())):
            found.append(record.id)
            if number % 5 == 4 and number > 5:
                add(engine, OfficialDocument(id=f"new-{number}", text="kế hoạch " * number), analysis)
    assert [id for id in found if id.startswith("there-")] == before
    assert len(set(found)) == len(found)


def asked(service: SearchService, cursor: str | None) -> SearchAnswer:
    return service.search(SearchRequest(text=SIGNED, size=3, cursor=cursor), Access.unrestricted())


def learn(engine: Engine, service: SearchService, analysis: DocumentAnalysis) -> None:
    """Have a document come by which the question is read otherwise."""
    add(engine, OfficialDocument(id="signed", signer="Trần Văn Bình", text="kế hoạch"), analysis)
    deadline = time.monotonic() + 30
    while not service.understand(SIGNED).names:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_question_is_read_on_later_pages_as_on_the_first(
    open_index: OpenIndex, analysis: DocumentAnalysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search_service.knowledge._CHECK_SECONDS", 0.0)
    with open_index("embedded", RANKED) as engine:
        service = SearchService(engine, analysis.analyzer)
        first = asked(service, None)
        learn(engine, service, analysis)
        second = asked(service, first.next)
        assert second.question == first.question
        assert asked(service, second.next).question == first.question
        assert asked(service, None).question != first.question


def test_a_cursor_given_with_another_question_does_not_bring_its_own(
    open_index: OpenIndex, analysis: DocumentAnalysis
) -> None:
    with open_index("embedded", RANKED) as engine:
        service = SearchService(engine, analysis.analyzer)
        cursor = asked(service, None).next
        assert cursor
        for request in (
            SearchRequest(text="kế hoạch", cursor=cursor),
            SearchRequest(text=SIGNED, literal=True, cursor=cursor),
        ):
            answer = service.search(request, Access.unrestricted())
            assert answer.question == service.understand(request.text, literal=request.literal)


def test_a_cursor_of_before_the_service_was_restarted_is_taken(
    open_index: OpenIndex, analysis: DocumentAnalysis
) -> None:
    with open_index("embedded", RANKED) as engine:
        first = asked(SearchService(engine, analysis.analyzer), None)
        second = asked(SearchService(engine, analysis.analyzer), first.next)
        assert second.hits
        assert {hit.record.id for hit in second.hits}.isdisjoint(hit.record.id for hit in first.hits)
