"""What each piece of evidence gave to a hit, in each engine."""

from collections.abc import Callable, Iterator
from dataclasses import fields

import pytest
from flask.testing import FlaskClient

from engines.interface import Access
from indexer.analysis import DocumentAnalysis
from search_service.ranking import Weights
from search_service.search import FoundDocument, SearchRequest, SearchService
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import OpenIndex

QUESTIONS = (
    "chuyển đổi số",
    "phong chay chua chay rung",
    "9/2021/QĐ-UBND",
    "quyết định ubnd tỉnh đông bắc tháng 5/2021",
    "quản lý tài sản công là gì?",
    "do Nguyễn Văn An ký",
    "TTHC ngành giáo dục",
)
Explain = Callable[[str], tuple[FoundDocument, ...]]


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])
def explained(request: pytest.FixtureRequest, open_index: OpenIndex, analysis: DocumentAnalysis) -> Iterator[Explain]:
    with open_index(request.param, DOCUMENTS) as engine:
        service = SearchService(engine, analysis.analyzer)
        yield lambda text: service.search(SearchRequest(text=text, explain=True), Access.of()).hits


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_shares_are_what_the_score_is_made_of(explained: Explain, question: str) -> None:
    hits = explained(question)

    assert hits
    for hit in hits:
        shares = hit.explanation or ()
        assert sum(share.score for share in shares) == pytest.approx(hit.score, rel=1e-3)
        assert [share.score for share in shares] == sorted((share.score for share in shares), reverse=True)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_share_is_of_a_weight_that_can_be_looked_up(explained: Explain, question: str) -> None:
    weights = {field.name for field in fields(Weights)}

    assert {share.evidence for hit in explained(question) for share in hit.explanation or ()} <= weights


def test_a_number_is_explained_by_the_number(explained: Explain) -> None:
    best = explained("9/2021/QĐ-UBND")[0].explanation or ()

    assert best[0].evidence == "number"
    assert best[0].reading is None


def test_the_api_explains_when_asked_and_only_then(client: FlaskClient) -> None:
    explained = client.get("/api/v1/search?q=chuyển đổi số&explain=true").json
    plain = client.get("/api/v1/search?q=chuyển đổi số").json

    assert explained
    assert plain
    assert explained["hits"][0]["explanation"][0].keys() == {"evidence", "score", "reading"}
    assert all("explanation" not in hit for hit in plain["hits"])
    assert [hit["id"] for hit in explained["hits"]] == [hit["id"] for hit in plain["hits"]]


def test_a_wrong_flag_is_a_clear_error(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=a&explain=có")

    assert answer.status_code == 400
    assert answer.json
    assert answer.json["errors"][0]["parameter"] == "explain"
    assert answer.json["errors"][0]["allowed"] == "true hoặc false"
