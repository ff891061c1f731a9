"""One document with its copies, through the API and on the page; and copies that are pushed."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from engines.copies import CopyKind
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from indexer.copies.grouping import grouped
from search_service.app import create_app
from tests.indexer.copied import BLANK, BODY, OTHER_BODY, member, row, text
from tests.search_service.indexes import MakeService, embedded
from tests.search_service.test_openapi import validate
from tests.search_service.test_writing import Office, office_of

MEMBERS = [
    member("signed", text(), media_type="application/pdf", source="ioffice"),
    row("listed", source="so-den", arrival_number="77"),
    member("draft", BLANK, media_type="application/msword", source="eoffice"),
    member("other", text(number="16/QĐ-UBND", body=OTHER_BODY)),
]


@pytest.fixture(scope="module")
def copied(make_service: MakeService) -> FlaskClient:
    return create_app(make_service(list(grouped(MEMBERS)))).test_client()


def hits(client: FlaskClient, question: str) -> list[dict[str, Any]]:
    body = client.get("/api/v1/search", query_string={"q": question}).get_json()
    validate(body, "SearchJson")
    return list(body["hits"])


def page(client: FlaskClient, address: str) -> str:
    return " ".join(LexborHTMLParser(client.get(address).data).text(separator=" ").split())


def test_a_hit_names_its_copies_and_they_are_no_hits(copied: FlaskClient) -> None:
    found = {hit["id"]: hit for hit in hits(copied, "số hóa hồ sơ lưu trữ")}
    assert set(found) == {"signed", "draft", "other"}
    assert [(copy["id"], copy["kind"], copy["source"]) for copy in found["signed"]["copies"]] == [
        ("listed", CopyKind.COPY, "so-den"),
        ("draft", CopyKind.DRAFT, "eoffice"),
    ]
    assert (found["signed"]["arrival_number"], found["draft"]["draft_of"]) == ("77", "signed")
    assert "replaced" not in found["signed"]


@pytest.mark.parametrize(
    "question",
    ["số hóa hồ sơ lưu trữ", "so hoa ho so", "việc số hóa hồ sơ lưu trữ, bố trí kinh phí", "ubnd"],
)
def test_a_draft_is_ranked_below_the_signed_one(copied: FlaskClient, question: str) -> None:
    found = [hit["id"] for hit in hits(copied, question)]
    assert found.index("signed") < found.index("draft")


def test_a_folded_document_answers_at_its_own_address(copied: FlaskClient) -> None:
    body = copied.get("/api/v1/documents/listed").get_json()
    validate(body, "DocumentJson")
    assert (body["copy_of"], body["copies"]) == ("signed", [])
    leader = copied.get("/api/v1/documents/signed").get_json()
    validate(leader, "DocumentJson")
    assert [copy["id"] for copy in leader["copies"]] == ["listed", "draft"]


def test_a_document_is_found_by_the_words_of_any_of_its_copies(make_service: MakeService) -> None:
    listed = row("listed", source="so-den", subject="v/v tin học hóa kho tư liệu")
    service = make_service(list(grouped([member("signed", text(), subject="Số hóa kho giấy"), listed])))
    client = create_app(service).test_client()
    for question in ("tin hoc hoa kho tu lieu", "số hóa kho giấy"):
        assert [hit["id"] for hit in hits(client, question)] == ["signed"]
    assert "v/v tin học hóa kho tư liệu" in page(client, "/documents/signed")


def test_similar_documents_are_no_copies(copied: FlaskClient) -> None:
    body = copied.get("/api/v1/documents/other/similar").get_json()
    validate(body, "SimilarJson")
    assert "listed" not in {document["id"] for document in body["documents"]}


def test_the_page_says_how_many_copies_there_are_and_where_each_lies(copied: FlaskClient) -> None:
    found = page(copied, "/search?q=số hóa hồ sơ lưu trữ")
    assert "và 1 bản khác, 1 dự thảo so-den eoffice: kho/draft (dự thảo)" in found
    assert "Dự thảo Quyết định" in found


def test_the_page_of_a_document_lists_its_copies(copied: FlaskClient) -> None:
    shown = page(copied, "/documents/signed")
    assert "Các bản của văn bản này Bản đại diện (đang xem) ioffice · PDF kho/signed" in shown
    assert "Bản khác so-den · chỉ có thông tin đăng ký Dự thảo eoffice · Word kho/draft" in shown


def test_the_page_of_a_copy_or_draft_leads_to_the_document(copied: FlaskClient) -> None:
    assert "Đây là một bản của văn bản Quyết định 15/QĐ-UBND" in page(copied, "/documents/listed")
    assert "Đây là dự thảo của Quyết định 15/QĐ-UBND" in page(copied, "/documents/draft")
    assert "Các bản" not in page(copied, "/documents/other")


@pytest.fixture
def office(tmp_path: Path, analysis: DocumentAnalysis) -> Iterator[Office]:
    folded = [record for record in grouped(MEMBERS) if record.id == "other"]
    with closing(embedded(tmp_path / "index", folded, analysis)) as engine:
        yield office_of(engine, tmp_path / "journal.sqlite3", analysis)


def copies(office: Office, id: str) -> list[str]:
    answer = office.client.get(f"/api/v1/documents/{id}").get_json()
    return [copy["id"] for copy in answer["copies"]]


def test_a_pushed_copy_is_folded_when_the_answer_comes(office: Office) -> None:
    office.put("a", {"text": text()})
    assert office.put("b", {"text": text(body=BODY + OTHER_BODY)}).status_code == 201
    assert office.ids("15/QĐ-UBND") == ["b"]
    assert copies(office, "b") == ["a"]
    assert office.verify().is_whole


def test_a_pushed_copy_that_is_deleted_gives_the_other_back(office: Office) -> None:
    office.put("a", {"text": text()})
    office.put("b", {"text": text(body=BODY + OTHER_BODY)})
    assert office.delete("b").status_code == 204
    assert office.ids("15/QĐ-UBND") == ["a"]
    assert office.verify().is_whole


def test_the_version_of_a_document_is_that_of_itself_and_not_of_its_copies(office: Office) -> None:
    tag = office.put("a", {"text": text()}).headers["ETag"]
    office.put("b", {"text": text(body=BODY + OTHER_BODY)})
    assert office.client.get("/api/v1/documents/a").headers["ETag"] == tag
    again = office.put("a", {"text": text()}, if_match=tag)
    assert (again.status_code, again.get_json()["outcome"]) == (200, "unchanged")
    assert copies(office, "b") == ["a"]


def test_a_pushed_document_folds_with_one_from_a_folder(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "a.txt").write_text(text(), encoding="utf-8")
    office.put("b", {"text": text(body=BODY + OTHER_BODY)})
    office.run(folder)
    assert len(copies(office, "b")) == 1
    (folder / "a.txt").unlink()
    office.run(folder, allow_empty=True)
    assert copies(office, "b") == []
    assert office.verify().is_whole


@pytest.mark.parametrize("field", ["copies", "copy_of", "draft_of", "replaced"])
def test_nobody_can_push_what_the_indexer_says_of_copies(office: Office, field: str) -> None:
    answer = office.put("a", {"text": "Văn bản", field: "b"})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]


def test_a_record_exported_from_an_index_comes_back_as_its_own(office: Office, tmp_path: Path) -> None:
    leader = next(record for record in grouped(MEMBERS) if record.id == "signed")
    assert leader.arrival_number == "77"
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "export.jsonl").write_text(exported(leader), encoding="utf-8")
    office.run(tmp_path / "share")
    record = office.client.get("/api/v1/documents/signed").get_json()
    assert (record["copies"], record.get("arrival_number")) == ([], None)


def exported(record: OfficialDocument) -> str:
    return json.dumps(record.to_mapping(), ensure_ascii=False)
