import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from engines.record import OfficialDocument
from search_service.app import create_app
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService

ANY_IDS = (
    "a/b",
    "/a",
    "a//b",
    "a/",
    "..",
    "a/../b",
    "a b",
    "a?b#c",
    "100%",
    "%2F",
    "tệp.zip!x/ý.doc",
    "search",
    "similar",
    "a/similar",
    "a/related",
    "\n",
    "+",
)


def ids(client: FlaskClient, query_string: str) -> list[str]:
    return [hit["id"] for hit in client.get(f"/api/v1/search?{query_string}").json["hits"]]


def test_a_search_answers_with_everything_a_reader_needs(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=chuyen doi so&size=3").json

    assert answer["total"] == 12
    assert answer["query"]["text"] == "chuyen doi so"
    assert answer["did_you_mean"] is None
    assert len(answer["hits"]) == 3
    hit = answer["hits"][0]
    assert hit["subject"] == "Chuyển đổi số trong cơ quan nhà nước"
    assert hit["subject_marks"] == [[0, 13]]
    assert hit["score"] > 0
    assert hit["copies"] == []
    assert "text" not in hit
    snippet = hit["highlights"][0]
    assert next(snippet["text"][start:end].lower() for start, end in snippet["marks"]) == "chuyển đổi số"
    record = next(document for document in DOCUMENTS if document.id == hit["id"])
    assert record.text[snippet["start"] :].startswith(snippet["text"])
    assert snippet["page"] in (1, 2)
    assert {value["value"]: value["count"] for value in answer["facets"]["issuer"]} == {
        "Ủy ban nhân dân tỉnh Đông Bắc": 4,
        "Sở Tài chính": 4,
        "Sở Y tế": 4,
    }


def test_without_a_question_every_document_comes_newest_first(client: FlaskClient) -> None:
    newest_first = [document.id for document in reversed(DOCUMENTS)]

    assert client.get("/api/v1/search").json["total"] == len(DOCUMENTS)
    assert ids(client, "size=100") == newest_first
    assert ids(client, "size=100&q=&sort=relevance") == newest_first
    assert ids(client, "size=100&sort=oldest") == newest_first[::-1]


def test_pages_follow_each_other_without_gap_or_repetition(client: FlaskClient) -> None:
    for order in ("relevance", "newest", "oldest"):
        found: list[str] = []
        cursor = ""
        while cursor is not None:
            page = client.get(
                "/api/v1/search", query_string={"q": "kế hoạch", "size": 7, "sort": order, "cursor": cursor}
            ).json
            found += [hit["id"] for hit in page["hits"]]
            cursor = page["next"]
        assert len(found) == page["total"] == len(set(found)), order


def test_filters_narrow_and_facets_count_what_else_could_be_chosen(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?type=Báo cáo&type=Thông báo&issuer=Sở Y tế&size=100").json

    assert answer["total"] == 8
    assert {(hit["type"], hit["issuer"]) for hit in answer["hits"]} == {
        ("Báo cáo", "Sở Y tế"),
        ("Thông báo", "Sở Y tế"),
    }
    assert {value["value"] for value in answer["facets"]["type"]} == {"Quyết định", "Kế hoạch", "Báo cáo", "Thông báo"}


def test_dates_of_issue_bound_the_answer_on_both_sides(client: FlaskClient) -> None:
    first, last = DOCUMENTS[3].issued, DOCUMENTS[6].issued

    assert ids(client, f"issued_from={first}&issued_to={last}&sort=oldest") == [d.id for d in DOCUMENTS[3:7]]
    assert ids(client, f"year={DOCUMENTS[0].issued.year}&sort=oldest")[0] == DOCUMENTS[0].id


def test_no_hits_may_be_asked_for(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?size=0").json

    assert answer["hits"] == []
    assert answer["total"] == len(DOCUMENTS)


@pytest.mark.parametrize(
    "question",
    [
        "\x00",
        "a\x00b",
        "%ED%A0%80",
        "%ff%fe",
        '"',
        '"chưa đóng',
        "AND OR NOT",
        "a AND (b OR",
        "*:*",
        "/.*/",
        "type:x",
        "-a +b ~2 ^3",
        "\\",
        "[a TO b]",
        "ế" * 10_000,
        "a " * 10_000,
        "😀👨‍👩‍👧",
        "ﷺ",
        "\u0301\u0323",
        "١٢٣",
        "汉字",
        "{{7*7}}",
        "<script>alert(1)</script>",
        "' OR 1=1 --",
    ],
)
def test_any_question_is_answered(client: FlaskClient, question: str) -> None:
    written = question if "%" in question else quote(question)
    for path in ("/api/v1/search", "/search", "/api/v1/documents/doc-1", "/documents/doc-1"):
        response = client.get(f"{path}?q={written}")
        assert response.status_code == 200, path
        assert "<script>alert" not in response.get_data(as_text=True) or path.startswith("/api")


def test_a_filter_may_have_any_value(client: FlaskClient) -> None:
    for value in ("%00", "%ED%A0%80", "x" * 70_000, "a%22b"):
        answer = client.get(f"/api/v1/search?type={value}&issuer={value}").json
        assert answer["total"] == 0


def test_wrong_parameters_are_a_problem_that_names_them(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?size=1000&isuer=x")

    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.data)
    assert problem["status"] == 400
    assert [error["parameter"] for error in problem["errors"]] == ["isuer", "size"]
    assert "“issuer”" in problem["errors"][0]["detail"]
    assert "0 đến 100" in problem["errors"][1]["allowed"]


def test_a_cursor_that_is_not_ours_is_a_problem(client: FlaskClient) -> None:
    for cursor in ("x", "%00", "AAAA", "9" * 5000):
        response = client.get(f"/api/v1/search?q=a&cursor={cursor}")
        assert response.status_code == 400
        assert json.loads(response.data)["errors"][0]["parameter"] == "cursor"


def test_a_cursor_of_another_order_is_a_problem(client: FlaskClient) -> None:
    cursor = client.get("/api/v1/search?q=kế hoạch&sort=newest&size=1").json["next"]

    assert (
        client.get("/api/v1/search", query_string={"q": "kế hoạch", "sort": "oldest", "cursor": cursor}).status_code
        == 400
    )


def test_a_whole_document_is_given_with_its_marks(client: FlaskClient) -> None:
    document = client.get("/api/v1/documents/doc-1?q=chuyen doi so").json

    assert document["text"] == DOCUMENTS[0].text
    assert document["pages"] == list(DOCUMENTS[0].pages)
    assert document["recipients"] == ["Như Điều 3", "Lưu: VT"]
    assert [document["text"][start:end].lower() for start, end in document["marks"]] == ["chuyển đổi số"] * 2
    assert client.get("/api/v1/documents/doc-1").json["marks"] == []


def test_a_document_may_have_any_id(make_service: MakeService) -> None:
    client = create_app(make_service([OfficialDocument(id=id, text=f"văn bản {id}") for id in ANY_IDS])).test_client()

    for id in ANY_IDS:
        response = client.get(f"/api/v1/documents/{quote(id, safe='')}")
        assert response.status_code == 200, id
        assert response.json["id"] == id
    assert client.get("/api/v1/documents/a/b").json["id"] == "a/b"


def test_a_document_that_somebody_else_may_see_is_not_there(make_service: MakeService) -> None:
    client = create_app(
        make_service([OfficialDocument(id="secret", subject="Mật", text="mật", access=("unit:stttt",))])
    ).test_client()

    assert client.get("/api/v1/search?q=mật").json["total"] == 0
    for path in ("/api/v1/documents/secret", "/documents/secret"):
        assert client.get(path).status_code == 404
    assert client.get("/api/v1/documents/secret").content_type == "application/problem+json"


def test_head_and_options_are_answered_and_other_methods_refused(client: FlaskClient) -> None:
    head = client.head("/api/v1/search?q=a")
    assert (head.status_code, head.data) == (200, b"")
    assert "GET" in client.options("/api/v1/search").headers["Allow"]
    for path in ("/api/v1/search", "/api/v1/documents/doc-1", "/search", "/healthz"):
        response = client.post(path)
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]
    assert client.post("/api/v1/search").content_type == "application/problem+json"
    assert client.get("/api/v1/nothing").content_type == "application/problem+json"


def test_health_is_told(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok"}
