"""Many documents in one request: a result for each line, and no line that stops another."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from engines.embedded import EmbeddedEngine
from search_service import bulk
from tests.search_service.test_openapi import validate
from tests.search_service.test_writing import TEXT, Office, bearer, folder, office, shared

__all__ = ["folder", "office", "shared"]


def post(office: Office, body: bytes, media_type: str = "application/x-ndjson") -> TestResponse:
    return office.client.post("/api/v1/documents", data=body, content_type=media_type, headers=bearer())


def post_lines(office: Office, *lines: Any) -> list[dict[str, Any]]:
    response = post(office, "".join(json.dumps(line) + "\n" for line in lines).encode())
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/x-ndjson"
    results = [json.loads(line) for line in response.text.splitlines()]
    for result in results:
        validate(result, "BulkResultJson")
    return results


def outcomes(results: list[dict[str, Any]]) -> list[str]:
    return [result["outcome"] for result in results]


def test_many_documents_are_found_at_once_and_sending_them_again_changes_nothing(office: Office) -> None:
    records = [{"id": f"d{n}", "number": f"{n}/2021/QĐ-UBND", "text": f"{TEXT} bản thứ {n}"} for n in range(7)]
    assert outcomes(post_lines(office, *records)) == ["created"] * 7
    assert office.ids("3/2021/QĐ-UBND")[0] == "d3"
    assert outcomes(post_lines(office, *records)) == ["unchanged"] * 7
    assert not office.verify().missing


def test_a_wrong_line_is_told_by_its_number_and_the_others_are_done(office: Office) -> None:
    body = (
        b'{"id": "a", "text": "mot"}\n\nkhong phai json\n{"id": "b", "issued": "hom qua"}\n{"text": "thieu ma"}\n'
        b'{"delete": 5}\n{"delete": "x", "id": "x"}\n[1]\n{"id": "\\ud800"}\n\xff\n{"id": "c", "text": "hai"}'
    )
    results = [json.loads(line) for line in post(office, body).text.splitlines()]
    assert [(result["line"], result["outcome"]) for result in results] == [
        *[(1, "created"), (3, "failed"), (4, "failed"), (5, "failed"), (6, "failed"), (7, "failed"), (8, "failed")],
        *[(9, "failed"), (10, "failed"), (11, "created")],
    ]
    assert results[2]["id"] == "b"
    assert "issued" in results[2]["problem"]
    assert sorted(office.ids("")) == ["a", "c"]


def test_the_same_id_twice_is_done_in_order(office: Office) -> None:
    results = post_lines(
        office,
        {"id": "a", "text": "một"},
        {"id": "a", "text": "hai"},
        {"delete": "a"},
        {"delete": "a"},
        {"id": "a", "text": "ba"},
    )
    assert outcomes(results) == ["created", "replaced", "deleted", "unchanged", "created"]
    assert office.client.get("/api/v1/documents/a").get_json()["text"] == "ba"


def test_what_a_file_holds_is_not_pushed_over_and_not_deleted(office: Office, folder: Path) -> None:
    (folder / "a.jsonl").write_text('{"id": "tep", "text": "của tệp"}\n')
    office.run(folder)
    results = post_lines(office, {"id": "tep", "text": "khác"}, {"delete": "tep"}, {"id": "moi", "text": "mới"})
    assert outcomes(results) == ["failed", "failed", "created"]
    assert "a.jsonl" in results[0]["problem"]
    assert office.client.get("/api/v1/documents/tep").get_json()["text"] == "của tệp"


def test_copies_among_the_lines_are_folded(office: Office) -> None:
    text = TEXT + "Điều 1. Ban hành quy chế thử nghiệm kèm theo quyết định này.\n" * 5
    post_lines(office, *({"id": id, "source": id, "text": text} for id in ("a", "b")))
    assert len(office.ids("")) == 1


def test_too_much_is_refused_whole_and_too_many_or_too_long_lines_by_themselves(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_LINES", 3)
    monkeypatch.setattr(bulk, "LINE_BYTES", 60)
    long = {"id": "long", "text": "a" * 200}
    results = post_lines(office, {"id": "a"}, long, {"id": "b"}, {"id": "c"}, {"id": "d"})
    assert [(one["line"], one["outcome"]) for one in results] == [
        *[(1, "created"), (2, "failed"), (3, "created"), (4, "failed")]
    ]
    assert "tối đa 3 dòng" in results[3]["problem"]
    monkeypatch.setattr("search_service.writing.BULK_BYTES", 100)
    refused = post(office, b'{"id": "z"}\n' * 10)
    assert refused.status_code == 413
    assert sorted(office.ids("")) == ["a", "b"]


def test_only_those_who_know_the_token_may_send_lines_and_only_lines(office: Office) -> None:
    assert office.client.post("/api/v1/documents", data=b"{}").status_code == 401
    refused = post(office, b"{}", "application/json")
    assert (refused.status_code, refused.headers["Accept"]) == (415, "application/x-ndjson")
    assert post(office, b"").data == b""


def test_while_another_process_writes_nothing_is_done(office: Office) -> None:
    post_lines(office, {"id": "a"})
    assert isinstance(office.engine, EmbeddedEngine)
    with office.engine.write_live():
        response = post(office, b'{"id": "b"}\n')
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert office.ids("") == ["a"]


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(st.binary(max_size=30) | st.sampled_from([b'{"id": "q"}', b'{"delete": "q"}', b"{"]), max_size=6))
def test_any_bytes_are_answered_line_by_line(shared: Office, lines: list[bytes]) -> None:
    body = b"\n".join(lines)
    response = post(shared, body)
    assert response.status_code == 200
    told = [json.loads(line)["line"] for line in response.text.splitlines()]
    assert told == [number for number, line in enumerate(body.split(b"\n"), 1) if line.strip()]
