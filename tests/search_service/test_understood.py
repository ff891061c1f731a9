"""The results page says how a question was understood, and each part of it can be changed with one click."""

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser


def page(client: FlaskClient, address: str) -> LexborHTMLParser:
    answer = client.get(address)
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def told(client: FlaskClient, address: str) -> str:
    node = page(client, address).css_first(".understood")
    return " ".join(node.text().split()) if node else ""


def test_what_was_searched_instead_is_said_and_can_be_undone(client: FlaskClient) -> None:
    tree = page(client, "/search?q=chuyeenr ddooir soos&year=2021")
    literal = tree.css_first(".understood .literal a").attributes["href"] or ""

    assert "Đã tìm: chuyển đổi số" in told(client, "/search?q=chuyeenr ddooir soos")
    assert "literal=true" in literal
    assert "year=2021" in literal
    assert "Đang tìm đúng như đã gõ" in told(client, literal)
    assert "Đã tìm" not in told(client, literal)


def test_other_spellings_are_said_by_the_words_that_differ(client: FlaskClient) -> None:
    assert "Tìm cả cách viết: ủy ban nhân dân" in told(client, "/search?q=báo cáo của UBND về tài sản")


def test_what_is_named_becomes_a_filter_with_one_click(client: FlaskClient) -> None:
    tree = page(client, "/search?q=quyết định sở tài chính tháng 5/2021")
    links = {link.text(): link.attributes["href"] or "" for link in tree.css(".understood a")}

    assert {"Quyết định", "Sở Tài chính", "01/05/2021 – 31/05/2021"} <= links.keys()
    assert "issued_from=2021-05-01&issued_to=2021-05-31" in links["01/05/2021 – 31/05/2021"]
    filtered = page(client, links["Sở Tài chính"])
    assert "Sở Tài chính" in filtered.css_first(".chips").text()
    assert "Sở Tài chính" not in {link.text() for link in filtered.css(".understood a")}


@pytest.mark.parametrize("question", ["chuyển đổi số", "9/2021/QĐ-UBND", "", "tài sản công"])
def test_nothing_is_said_of_what_was_taken_as_it_stands(client: FlaskClient, question: str) -> None:
    assert told(client, f"/search?q={question}") == ""


def test_the_api_tells_the_same(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=quyết định sở tài chính tháng 5/2021 của UBND").json

    assert answer
    texts = {(name["field"], name["text"]) for name in answer["query"]["names"]}
    assert {("type", "quyết định"), ("issuer", "sở tài chính")} <= texts
    assert answer["query"]["issued"][0]["first"] == "2021-05-01"
    assert any("ủy ban nhân dân" in other for other in answer["query"]["also"])
    assert answer["did_you_mean"] is None
