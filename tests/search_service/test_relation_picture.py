"""A document among those it is related to: a picture of at most a dozen, with a link wherever there is a page."""

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from engines.record import OfficialDocument
from engines.relations import Relation, RelationKind
from search_service.app import create_app
from tests.search_service.indexes import MakeService

ISSUER = "Ủy ban nhân dân tỉnh Đông Bắc"


def citing(number: int, *cited: str) -> OfficialDocument:
    relations = tuple(Relation(kind=RelationKind.LEGAL_BASIS, number=one, issuer=ISSUER) for one in cited)
    symbol = f"{number}/2021/QĐ-UBND"
    return OfficialDocument(
        id=f"d{number}", number=symbol, type="Quyết định", issuer=ISSUER, text=f"Số {number}", relations=relations
    )


@pytest.fixture(scope="module")
def client(make_service: MakeService) -> FlaskClient:
    many = [citing(number, "1/2021/QĐ-UBND", "999/2021/QĐ-UBND") for number in range(2, 12)]
    return create_app(make_service([citing(1), *many, citing(50)])).test_client()


def picture(client: FlaskClient, id: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(f"/documents/{id}").text)


def test_what_is_cited_stands_left_and_what_cites_right(client: FlaskClient) -> None:
    nodes = picture(client, "d2").css(".relations .node")
    left = {node.css_first("text:not(.term)").text(): int(node.css_first("rect").attributes["x"]) for node in nodes}
    middle = left.pop("Quyết định 2/2021/QĐ-UBND")
    assert set(left) == {"Quyết định 1/2021/QĐ-UBND", "999/2021/QĐ-UBND"}
    assert max(left.values()) < middle
    right = picture(client, "d1").css(".relations a rect")
    assert min(int(rect.attributes["x"]) for rect in right) > middle


def test_no_more_than_six_a_side_are_drawn_and_the_rest_is_counted(client: FlaskClient) -> None:
    document = picture(client, "d1")
    assert len(document.css(".relations a")) == 6
    assert "còn 4 văn bản" in document.css_first(".relations figcaption").text()


def test_nodes_have_names_for_those_who_hear_them_and_links_where_there_is_a_page(client: FlaskClient) -> None:
    document = picture(client, "d2")
    assert document.css_first(".relations a").attributes["href"] == "/documents/d1"
    assert document.css_first(".relations a title").text() == "Căn cứ: Quyết định 1/2021/QĐ-UBND"
    assert document.css_first(".relations .absent title").text() == "Căn cứ: 999/2021/QĐ-UBND"
    labelled = document.css_first(".relations svg").attributes["aria-labelledby"].split()
    assert [document.css_first(f"#{name}").tag for name in labelled] == ["title", "desc"]


def test_a_document_without_relations_has_no_picture(client: FlaskClient) -> None:
    assert picture(client, "d50").css_first(".relations") is None
