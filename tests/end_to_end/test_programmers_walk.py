"""A programmer who knows only the address of /docs: paths, places and bodies are taken from what is read there."""

import json
import re
from typing import Any
from urllib.parse import quote, urlencode, urljoin
from urllib.request import Request, urlopen

import pytest

from tests.end_to_end.test_api_docs import TOKEN, office, portal

__all__ = ["office", "portal"]


class Docs:
    """What the documentation says, and requests made from nothing else."""

    def __init__(self, address: str) -> None:
        page = read(f"{address}/docs").decode()
        (place,) = re.findall(r'<link rel="service-desc"[^>]* href="([^"]+)"', page)
        self._place = urljoin(f"{address}/docs", place)
        self.document = json.loads(read(self._place))
        self.operations = {
            operation["operationId"]: (path, method, operation)
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
        }

    def call(self, name: str, body: bytes | None = None, media_type: str = "", **parameters: Any) -> Any:
        """Call an operation with parameters that it documents."""
        path, method, operation = self.operations[name]
        places = {parameter["name"]: parameter["in"] for parameter in operation["parameters"]}
        for parameter, value in parameters.items():
            if places[parameter] == "path":
                path = path.replace(f"{{{parameter}}}", quote(str(value), safe=""))
        query = {parameter: value for parameter, value in parameters.items() if places[parameter] == "query"}
        server = self.document["servers"][0]["url"]
        address = urljoin(self._place, server + path) + (f"?{urlencode(query, doseq=True)}" if query else "")
        return json.loads(read(address, body, self._headers(operation, media_type), method.upper()))

    def follow(self, name: str, link: str, answer: Any, **parameters: Any) -> Any:
        """Call what an answer's link leads to."""
        responses = self.operations[name][2]["responses"].values()
        described = next(one["links"][link] for one in responses if link in one.get("links", {}))
        values = {parameter: found(answer, where) for parameter, where in described["parameters"].items()}
        return self.call(described["operationId"], **{**parameters, **values})

    def _headers(self, operation: dict[str, Any], media_type: str) -> dict[str, str]:
        headers = {"Content-Type": media_type} if media_type else {}
        for needed in operation.get("security", ()):
            for scheme in needed:
                described = self.document["components"]["securitySchemes"][scheme]
                assert (described["type"], described["scheme"]) == ("http", "bearer")
                headers["Authorization"] = f"Bearer {TOKEN}"
        return headers


def read(address: str, body: bytes | None = None, headers: dict[str, str] | None = None, method: str = "GET") -> bytes:
    request = Request(address, body, headers or {}, method=method)  # noqa: S310 - a loopback address
    with urlopen(request) as answer:  # noqa: S310
        content: bytes = answer.read()
        return content


def found(answer: Any, expression: str) -> Any:
    for step in expression.removeprefix("$response.body#/").split("/"):
        answer = answer[int(step) if step.isdigit() else step]
    return answer


@pytest.fixture(scope="module")
def documentation(office: str) -> Docs:
    return Docs(office)


def test_from_the_docs_to_a_filtered_search_page_by_page(documentation: Docs) -> None:
    asked = {"q": "", "size": 3, "type": documentation.call("search", q="")["facets"]["type"][0]["value"]}
    page = documentation.call("search", **asked)
    ids, total = [hit["id"] for hit in page["hits"]], page["total"]
    while page["next"] is not None:
        page = documentation.follow("search", "next", page, **asked)
        ids += [hit["id"] for hit in page["hits"]]
    assert total > 3
    assert len(ids) == len(set(ids)) == total
    first = documentation.follow("search", "document", {"hits": [{"id": ids[0]}]})
    assert first["type"] == asked["type"]
    assert documentation.follow("document", "related", first).keys() == {"cites", "cited_by", "has_more"}


def test_from_the_docs_to_a_pushed_document_that_is_found_and_told_of(documentation: Docs) -> None:
    changes = documentation.call("changes")
    while changes["has_more"]:
        changes = documentation.follow("changes", "next", changes)
    ((media_type, content),) = (
        each
        for each in documentation.operations["put_document"][2]["requestBody"]["content"].items()
        if "example" in each[1]
    )
    record = content["example"]
    body = json.dumps(record).encode()
    written = documentation.call("put_document", body, media_type, id="he-thong-khac/1")
    assert documentation.follow("put_document", "document", written)["subject"] == record["subject"]
    assert documentation.call("search", q=record["number"])["hits"][0]["id"] == "he-thong-khac/1"
    (change,) = documentation.follow("changes", "next", changes)["changes"]
    assert change["id"] == "he-thong-khac/1"
