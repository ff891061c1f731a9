"""Compression, conditional requests and calls from other sites."""

import gzip
import json

import brotli  # type: ignore[import-untyped]
import pytest
from flask.testing import FlaskClient

from search_service.app import create_app
from search_service.search import SearchService

PATHS = (
    "/api/v1/search?q=chuyen doi so",
    "/api/v1/suggest?q=chuyen",
    "/api/v1/documents/doc-1",
    "/api/v1/documents/doc-1/related",
    "/api/v1/documents/doc-1/similar",
)


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
@pytest.mark.parametrize("path", PATHS)
def test_who_has_an_answer_already_is_told_so_and_sent_nothing(client: FlaskClient, path: str, coding: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": coding})
    tag = first.headers["ETag"]

    again = client.get(path, headers={"Accept-Encoding": coding, "If-None-Match": tag})
    other = client.get(path, headers={"Accept-Encoding": coding, "If-None-Match": '"other"'})

    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_another_answer_has_another_tag(client: FlaskClient) -> None:
    tags = [client.get(f"/api/v1/search?q={q}").headers["ETag"] for q in ("chuyen", "chuyen doi so", "chuyen")]

    assert tags[0] == tags[2] != tags[1]


@pytest.mark.parametrize(("coding", "decode"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_answers_are_compressed_for_who_can_read_that(client: FlaskClient, coding: str, decode: object) -> None:
    plain = client.get("/api/v1/search?q=chuyen doi so&size=20")
    packed = client.get("/api/v1/search?q=chuyen doi so&size=20", headers={"Accept-Encoding": coding})

    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert json.loads(decode(packed.data))["hits"] == plain.json["hits"]  # type: ignore[operator]


@pytest.mark.parametrize("path", ["/", "/search?q=chuyen", "/documents/doc-1", "/static/style.css"])
def test_pages_are_compressed_too(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_no_site_may_call_the_api_from_a_browser_unless_it_is_named(service: SearchService) -> None:
    origin = "https://dichvucong.example.vn"
    closed, opened = create_app(service).test_client(), create_app(service, cors_origins=[origin]).test_client()
    ask = {"Origin": origin, "Access-Control-Request-Method": "GET"}

    assert "Access-Control-Allow-Origin" not in closed.options("/api/v1/search", headers=ask).headers
    assert opened.options("/api/v1/search", headers=ask).headers["Access-Control-Allow-Origin"] == origin
    assert opened.get("/api/v1/search", headers={"Origin": origin}).headers["Access-Control-Allow-Origin"] == origin
    other = opened.get("/api/v1/search", headers={"Origin": "https://other.example.vn"})
    assert "Access-Control-Allow-Origin" not in other.headers
    assert "Access-Control-Allow-Origin" not in opened.get("/", headers={"Origin": origin}).headers
