"""The pages of the API's documentation."""

import json
import shlex

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from search_service.openapi import openapi
from search_service.reference import operations, shapes_of

DOCUMENT = openapi()
OPERATIONS = operations(DOCUMENT)
READING = [name for name, operation in OPERATIONS.items() if operation.method == "GET"]


def test_every_operation_is_listed_and_leads_to_its_page(client: FlaskClient) -> None:
    tree = LexborHTMLParser(client.get("/docs").text)
    links = {node.text(): node.attributes["href"] or "" for node in tree.css("tbody a")}

    assert list(links) == [f"{operation.method} {operation.path}" for operation in OPERATIONS.values()]
    for text, href in links.items():
        assert LexborHTMLParser(client.get(href).text).css_first("h1").text() == text


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_page_tells_every_parameter_answer_and_shape(client: FlaskClient, name: str) -> None:
    about = OPERATIONS[name].about
    tree = LexborHTMLParser(client.get(f"/docs/{name}").text)
    codes = [node.text() for node in tree.css("tbody th code")]

    assert {parameter["name"] for parameter in about.get("parameters", ())} <= set(codes)
    assert set(about["responses"]) <= set(codes)
    for link in tree.css('main a[href^="#"]'):
        assert tree.css_first(link.attributes["href"] or "") is not None


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_shapes_of_an_operation_need_no_others(name: str) -> None:
    shapes = shapes_of(OPERATIONS[name], DOCUMENT)
    needed = {part.split('"')[0] for part in json.dumps(shapes).split("#/components/schemas/")[1:]}

    assert needed <= set(shapes)


@pytest.mark.parametrize("name", READING)
def test_a_form_has_a_field_for_every_parameter_and_calls_the_api(client: FlaskClient, name: str) -> None:
    operation = OPERATIONS[name]
    tree = LexborHTMLParser(client.get(f"/docs/{name}").text)
    fields = [node.attributes["name"] for node in tree.css(".trying input, .trying select")]
    assert fields == [field["name"] for field in operation.fields]

    empty = client.get(f"/docs/{name}/call?id=doc%2F1&sha256={'0' * 64}&q=&size=+")

    assert empty.status_code == 303
    expected = operation.path.replace("{id}", "doc%2F1").replace("{sha256}", "0" * 64)
    extra = "?id=doc%2F1" if name == "basket_zip" else ""
    assert empty.location == expected + extra


def test_what_is_filled_in_is_asked(client: FlaskClient) -> None:
    answer = client.get("/docs/search/call?q=chuyển+đổi+số&type=Báo+cáo&unknown=1", follow_redirects=True).json

    assert answer is not None
    assert answer["query"]["text"] == "chuyển đổi số"
    assert {hit["type"] for hit in answer["hits"]} == {"Báo cáo"}


@pytest.mark.parametrize("path", ["/docs/nothing", "/docs/nothing/call", "/docs/put_document/call?id=x"])
def test_there_is_no_page_for_what_the_api_does_not_have_and_no_form_writes(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_command_says_all_that_a_shell_needs() -> None:
    words = shlex.split(OPERATIONS["put_document"].command("http://127.0.0.1:8000").replace("\\\n", ""))

    assert words[:4] == ["curl", "http://127.0.0.1:8000/api/v1/documents/vi-du%2F15", "-X", "PUT"]
    assert "Authorization: Bearer $TRACUU_API_TOKEN" in words
    assert json.loads(words[-1])["number"] == "15/2025/QĐ-UBND"
    assert "q=k%E1%BA%BF+ho%E1%BA%A1ch" in OPERATIONS["search"].command("http://127.0.0.1:8000")
