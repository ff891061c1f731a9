"""Related and similar documents, as the API gives them and the page shows them."""

import dataclasses
import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from engines.record import OfficialDocument
from indexer.metadata import complete
from search_service.app import create_app
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService

CITED = DOCUMENTS[0]
CITING = complete(
    OfficialDocument(
        id="mới/similar",
        number="99/2025/QĐ-UBND",
        type="Quyết định",
        subject="Chuyển đổi số trong cơ quan nhà nước",
        issuer=CITED.issuer,
        text=(
            "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;\n"
            "Điều 1. Chuyển đổi số trong cơ quan nhà nước được thực hiện theo kế hoạch.\n"
            f"Điều 2. Quyết định này thay thế Quyết định số {CITED.number} ngày {CITED.issued:%d/%m/%Y}."
        ),
    )
)
IDS = ("a", "a/similar", "a/related", "similar", "similar/similar", "a/b", "100%", "%2Fsimilar", "/similar")


@pytest.fixture(scope="module")
def linked(make_service: MakeService) -> FlaskClient:
    return create_app(make_service([*DOCUMENTS, CITING])).test_client()


@pytest.fixture(scope="module")
def named(make_service: MakeService) -> FlaskClient:
    text = "Kế hoạch chuyển đổi số trong cơ quan nhà nước"
    return create_app(make_service([OfficialDocument(id=id, text=text) for id in IDS])).test_client()


def address(id: str) -> str:
    return f"/api/v1/documents/{quote(id, safe='')}"


def test_related_documents_are_given_both_ways(linked: FlaskClient) -> None:
    cites = linked.get(f"{address(CITING.id)}/related").json
    cited = linked.get(f"{address(CITED.id)}/related").json

    assert [(one["kind"], one["number"], one["document"] and one["document"]["id"]) for one in cites["cites"]] == [
        ("replaces", CITED.number, CITED.id),
        ("legal_basis", "72/2025/QH15", None),
    ]
    assert [(one["kind"], one["document"]["id"]) for one in cited["cited_by"]] == [("replaces", CITING.id)]
    assert cites["has_more"] is False


def test_similar_documents_are_given_best_first(linked: FlaskClient) -> None:
    answer = linked.get(f"{address(CITING.id)}/similar?size=3").json

    assert len(answer["documents"]) == 3
    assert all(one["subject"] == CITING.subject for one in answer["documents"])
    scores = [one["score"] for one in answer["documents"]]
    assert scores == sorted(scores, reverse=True)
    assert "text" not in answer["documents"][0]
    assert linked.get(f"{address(CITING.id)}/similar?size=0").json["documents"] == []


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/similar?size=51", 400, "size"),
        ("/similar?q=a", 400, "q"),
        ("/related?size=1", 400, "size"),
    ],
)
def test_wrong_parameters_are_problems(linked: FlaskClient, path: str, status: int, parameter: str) -> None:
    response = linked.get(address(CITED.id) + path)

    assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert json.loads(response.data)["errors"][0]["parameter"] == parameter


@pytest.mark.parametrize("what", ["similar", "related"])
def test_a_document_that_is_not_there_has_no_relatives(linked: FlaskClient, what: str) -> None:
    response = linked.get(f"{address('không có')}/{what}")

    assert (response.status_code, response.content_type) == (404, "application/problem+json")


def test_an_id_that_ends_like_an_address_is_still_an_id(named: FlaskClient) -> None:
    for id in IDS:
        assert named.get(address(id)).json["id"] == id
        similar = named.get(f"{address(id)}/similar?size=50").json["documents"]
        assert {one["id"] for one in similar} == set(IDS) - {id}
        assert named.get(f"{address(id)}/related").json["cites"] == []
        assert named.get(f"/documents/{quote(id, safe='')}").status_code == 200
    assert "documents" in named.get("/api/v1/documents/a/similar").json
    assert named.get("/api/v1/documents/a/b").json["id"] == "a/b"


def test_where_a_server_hides_the_path_as_sent_slashes_are_taken_as_sent(named: FlaskClient) -> None:
    for hidden in ({"REQUEST_URI": ""}, {"REQUEST_URI": "/elsewhere"}, {"REQUEST_URI": "http://[::/documents/a"}):
        assert named.get(address("100%"), environ_overrides=hidden).json["id"] == "100%"
        assert named.get(address("a/b"), environ_overrides=hidden).json["id"] == "a/b"


def page(client: FlaskClient, id: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(f"/documents/{quote(id, safe='')}").text)


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_the_page_of_a_document_shows_its_relatives_and_leads_to_them(linked: FlaskClient) -> None:
    tree = page(linked, CITING.id)

    assert texts(tree, ".kin h3") == ["Thay thế 1", "Căn cứ 1"]
    assert texts(tree, ".kin .absent") == ["Luật 72/2025/QH15"]
    assert tree.css_first(".kin a").attributes["href"] == f"/documents/{CITED.id}"
    assert len(tree.css(".kin section:last-child a")) == 6
    for link in tree.css(".kin a"):
        assert linked.get(link.attributes["href"] or "").status_code == 200


def test_a_document_that_was_replaced_says_so_at_its_head(linked: FlaskClient) -> None:
    tree = page(linked, CITED.id)

    assert texts(tree, ".standing") == [f"Được thay thế bởi Quyết định {CITING.number}."]
    assert tree.css_first(".standing a").attributes["href"] == f"/documents/{quote(CITING.id, safe='')}"
    assert texts(tree, ".kin h3") == ["Được thay thế bởi 1"]
    assert page(linked, DOCUMENTS[1].id).css_first(".standing") is None


def test_a_long_list_hides_its_end(make_service: MakeService) -> None:
    numbers = "".join(f"Căn cứ Luật Thử nghiệm số {n}/2020/QH14;\n" for n in range(1, 9))
    record = complete(dataclasses.replace(CITING, id="dài", relations=(), cites=(), text=f"{numbers}Điều 1. Ban hành."))
    tree = page(create_app(make_service([record])).test_client(), "dài")

    assert texts(tree, ".kin h3") == ["Căn cứ 8"]
    assert texts(tree, ".kin summary") == ["Xem thêm 3"]
    assert len(tree.css(".kin details li")) == 3
