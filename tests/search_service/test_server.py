"""What only a real server shows: paths as they come over the wire."""

import http.client
import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from engines.record import OfficialDocument
from search_service.app import create_app
from tests.search_service.indexes import MakeService
from tests.search_service.test_api import ANY_IDS
from tests.served import served


@pytest.fixture(scope="module")
def port(make_service: MakeService) -> Iterator[int]:
    service = make_service([OfficialDocument(id=id, text=f"văn bản {id}") for id in ANY_IDS])
    with served(create_app(service)) as address:
        yield int(address.rpartition(":")[2])


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body


def test_any_id_survives_the_wire(port: int) -> None:
    for id in ANY_IDS:
        status, body = get(port, f"/api/v1/documents/{quote(id, safe='')}")
        assert status == 200, id
        assert json.loads(body)["id"] == id


def test_what_is_similar_to_a_document_is_told_from_a_document_that_is_called_so(port: int) -> None:
    assert json.loads(get(port, "/api/v1/documents/a%2Fsimilar")[1])["id"] == "a/similar"
    for path in ("a%2Fsimilar/similar", "a/similar/similar", "a%2Fb/similar"):
        status, body = get(port, f"/api/v1/documents/{path}?size=1")
        assert (status, list(json.loads(body))) == (200, ["documents"]), path


def test_the_longest_questions_survive_the_wire(port: int) -> None:
    status, body = get(port, f"/api/v1/search?q={quote('ế' * 50_000)}")

    assert status == 200
    assert json.loads(body)["query"]["text"] == "ế" * 50_000


def test_bytes_that_are_no_text_are_no_fault_of_ours(port: int) -> None:
    assert get(port, "/api/v1/search?q=%ff%fe&type=%c3")[0] == 200
    assert get(port, "/api/v1/documents/%ff%fe")[0] == 404
    assert get(port, "/%ff%fe")[0] == 404
