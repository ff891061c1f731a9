"""Writing through the API: what is pushed is found at once, is told wrong all at once, and stays what it is."""

import io
import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from engines.embedded import EmbeddedEngine
from engines.interface import Access, Engine
from engines.record import FIELD_NAMES, FOLDING_FIELDS, OfficialDocument, from_mapping
from indexer.analysis import DocumentAnalysis
from indexer.changes import ChangeReader
from indexer.journal import Journal
from indexer.originals.giving import Originals
from indexer.pipeline import Options, index
from indexer.pushing import Inbox
from indexer.report import RunReport
from indexer.sources import Root
from indexer.verification import Verification, repair, verify
from search_service.app import create_app
from search_service.record_shapes import SentRecordJson
from search_service.search import SearchService
from search_service.sent import FORM_FIELDS, LISTS
from search_service.writing import Writing
from tests.indexer.edxml_packages import qcvn_package
from tests.search_service.indexes import OpenIndex
from tests.search_service.test_api import ANY_IDS
from tests.search_service.test_openapi import DOCUMENT, validate

TOKEN = "mot-ma-bi-mat-de-thu"  # noqa: S105 - it opens nothing
TEXT = "UBND TỈNH ĐÔNG BẮC\nSố: 15/2021/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc ban hành quy chế thử nghiệm\n"


@dataclass(frozen=True, slots=True)
class Office:
    """A service that may be written to, over an index with a journal."""

    engine: Engine
    journal: Path
    client: FlaskClient

    def put(self, id: str, record: Any, **headers: str) -> TestResponse:
        return self.client.put(address(id), json=record, headers={**bearer(), **names(headers)})

    def send(self, id: str, content: bytes, name: str, **fields: Any) -> TestResponse:
        data = {"file": (io.BytesIO(content), name), **fields}
        return self.client.put(address(id), data=data, headers=bearer())

    def delete(self, id: str, **headers: str) -> TestResponse:
        return self.client.delete(address(id), headers={**bearer(), **names(headers)})

    def ids(self, question: str) -> list[str]:
        answer = self.client.get("/api/v1/search", query_string={"q": question}).get_json()
        return [hit["id"] for hit in answer["hits"]]

    def run(self, folder: Path, *, allow_empty: bool = False) -> RunReport:
        options = Options(workers=1, allow_empty=allow_empty)
        return index(self.engine, self.journal, [Root.of(folder)], options)

    def verify(self) -> Verification:
        return verify(self.engine, self.journal)


def address(id: str) -> str:
    return f"/api/v1/documents/{quote(id, safe='')}"


def bearer(token: str = TOKEN) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def office_of(engine: Engine, journal: Path, analysis: DocumentAnalysis) -> Office:
    service = SearchService(engine, analysis.analyzer)
    writing = Writing(Inbox(engine, journal, analysis.analyzer), TOKEN)
    app = create_app(service, writing, Originals(journal), changes=ChangeReader(journal))
    return Office(engine, journal, app.test_client())


@pytest.fixture
def office(tmp_path: Path, analysis: DocumentAnalysis) -> Iterator[Office]:
    """One with nothing in its index, and not even an index."""
    with closing(EmbeddedEngine(tmp_path / "index", writer_heap_bytes=15_000_000, writer_threads=1)) as engine:
        yield office_of(engine, tmp_path / "journal.sqlite3", analysis)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, analysis: DocumentAnalysis) -> Iterator[Office]:
    """One for tests that leave nothing behind that another would see."""
    home = tmp_path_factory.mktemp("shared")
    with closing(EmbeddedEngine(home / "index", writer_heap_bytes=15_000_000, writer_threads=1)) as engine:
        yield office_of(engine, home / "journal.sqlite3", analysis)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def problem(response: TestResponse, status: int) -> dict[str, Any]:
    """The problem object of an answer, of the documented shape."""
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    body = json.loads(response.data)
    validate(body, "ProblemJson")
    documented = DOCUMENT["paths"]["/api/v1/documents/{id}"][response.request.method.lower()]
    assert str(status) in documented["responses"]
    return dict(body)


@pytest.mark.parametrize("name", ["embedded", "elasticsearch"])
def test_a_document_is_put_found_replaced_and_deleted(
    name: str, open_index: OpenIndex, tmp_path: Path, analysis: DocumentAnalysis
) -> None:
    with open_index(name, [OfficialDocument(id="old", subject="Văn bản cũ")]) as engine:
        office = office_of(engine, tmp_path / "journal.sqlite3", analysis)

        created = office.put("a/b c", {"text": TEXT, "signer": "Nguyễn Văn Thử"})
        assert created.status_code == 201
        assert created.headers["Location"].endswith(address("a/b c"))
        body = created.get_json()
        validate(body, "WrittenJson")
        assert body["outcome"] == "created"
        assert (body["document"]["number"], body["document"]["signer"]) == ("15/2021/QĐ-UBND", "Nguyễn Văn Thử")
        assert office.ids("15/2021/QĐ-UBND") == ["a/b c"]

        again = office.put("a/b c", {"text": TEXT, "signer": "Nguyễn Văn Thử"})
        assert (again.status_code, again.get_json()["outcome"]) == (200, "unchanged")
        assert again.headers["ETag"] == created.headers["ETag"]
        assert office.client.get(address("a/b c")).headers["ETag"] == created.headers["ETag"]

        replaced = office.put("a/b c", {"text": "Không còn gì.", "subject": "Kế hoạch diễn tập"})
        assert (replaced.status_code, replaced.get_json()["outcome"]) == (200, "replaced")
        assert replaced.headers["ETag"] != created.headers["ETag"]
        assert office.ids("15/2021/QĐ-UBND") == []
        assert office.ids("diễn tập") == ["a/b c"]

        assert office.delete("a/b c").status_code == 204
        assert office.ids("diễn tập") == []
        problem(office.delete("a/b c"), 404)
        assert office.client.get(address("old")).status_code == 200


@pytest.mark.parametrize("id", ANY_IDS)
def test_an_id_is_any_text(shared: Office, id: str) -> None:
    assert shared.put(id, {"subject": "Thử"}).status_code == 201
    assert shared.client.get(address(id)).get_json()["id"] == id
    assert shared.delete(id).status_code == 204
    assert shared.client.get(address(id)).status_code == 404


def test_an_id_that_is_not_utf_8_is_refused(office: Office) -> None:
    response = office.client.put("/api/v1/documents/%ff", json={}, headers=bearer())

    assert problem(response, 400)["errors"][0]["field"] == "id"


def test_a_document_says_which_source_it_is_of(office: Office) -> None:
    assert office.put("1", {"subject": "Thử"}).get_json()["document"]["source"] == "api"
    assert office.put("2", {"subject": "Thử", "source": "eoffice"}).get_json()["document"]["source"] == "eoffice"


# Who may write


@pytest.mark.parametrize("method", ["put", "delete"])
def test_without_a_token_of_the_installation_writing_is_off_and_told_how_to_turn_on(
    client: FlaskClient, method: str
) -> None:
    refused = getattr(client, method)(address("doc-1"), headers=bearer())

    assert "TRACUU_API_TOKEN" in problem(refused, 403)["detail"]
    assert client.get(address("doc-1")).status_code == 200


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", "Bearer ÿ"]
)
@pytest.mark.parametrize("method", ["put", "delete"])
def test_nobody_writes_without_the_token(office: Office, method: str, authorization: str) -> None:
    office.put("1", {"subject": "Thử"})
    headers = {"Authorization": authorization} if authorization else {}
    refused = getattr(office.client, method)(address("1"), json={"subject": "Khác"}, headers=headers)

    assert problem(refused, 401)["title"] == "Chưa xác thực"
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert office.client.get(address("1")).get_json()["subject"] == "Thử"


# What is sent


def test_everything_wrong_with_a_record_is_told_at_once(office: Office) -> None:
    response = office.put("1", {"id": "2", "issued": "31/02/2024", "recipients": 7, "subjct": "x", "subject": "đúng"})

    errors = {error["field"]: error["detail"] for error in problem(response, 400)["errors"]}
    assert set(errors) == {"id", "issued", "recipients", "subjct"}
    assert "YYYY-MM-DD" in errors["issued"]
    assert "Được phép: id, number" in errors["subjct"]
    assert office.client.get(address("1")).status_code in (404, 503)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"a"', b"null", b"\xff", b"[" * 100_000, b'{"text": "\\ud800"}'])
def test_a_body_that_is_no_record_is_told(office: Office, body: bytes) -> None:
    response = office.client.put(address("1"), data=body, content_type="application/json", headers=bearer())

    assert problem(response, 400)["errors"]


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_another_media_type_is_told_with_those_allowed(office: Office, media_type: str) -> None:
    response = office.client.put(address("1"), data=b"{}", content_type=media_type, headers=bearer())

    assert "application/json" in problem(response, 415)["detail"]


def test_what_is_too_long_is_refused_before_it_is_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_service.writing.BODY_BYTES", 1_000)

    assert problem(office.put("1", {"text": "a" * 1_001}), 413)["title"] == "Nội dung quá lớn"
    problem(office.send("1", b"a" * 1_001, "a.txt"), 413)
    assert office.put("1", {"text": "a" * 100}).status_code == 201


def test_fields_beside_a_file_have_a_limit_of_their_own(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_service.sent.FIELDS_BYTES", 1_000)

    problem(office.send("1", b"", "a.txt", subject="a" * 2_000), 413)


def test_a_file_is_read_and_what_its_sender_says_outranks_it(office: Office) -> None:
    response = office.send(
        "1", TEXT.encode(), "văn bản/15.txt", signer="Trần Thị Thử", recipients=["Sở A", "Sở B"], due="2024-05-01"
    )

    assert response.status_code == 201
    document = response.get_json()["document"]
    assert (document["number"], document["signer"]) == ("15/2021/QĐ-UBND", "Trần Thị Thử")
    assert document["due"] == "2024-05-01"
    assert document["recipients"] == ["Sở A", "Sở B"]
    assert [(file["path"], file["media_type"]) for file in document["files"]] == [("15.txt", "text/plain")]
    assert office.ids("quy chế thử nghiệm") == ["1"]


def test_an_exchange_package_is_a_file_like_others(office: Office) -> None:
    package = qcvn_package({"218.txt": TEXT, "anh.rar": b"Rar!\x1a\x07\x00"})
    answer = office.send("1", package.encode(), "goi.edxml", number="219/SKHCN-CĐS").get_json()

    assert (answer["document"]["number"], answer["document"]["urgency"]) == ("219/SKHCN-CĐS", "Hỏa tốc")
    assert "“anh.rar”" in answer["note"]
    with closing(Journal(office.journal)) as journal:
        assert [problem.reason for problem in journal.problems()] == [answer["note"]]


def test_a_file_that_cannot_be_read_is_told_with_the_reason(office: Office) -> None:
    refused = office.send("1", b"Rar!\x1a\x07\x00", "a.rar")

    assert problem(refused, 422)["detail"] == "Chưa đọc được định dạng này: tệp nén RAR."


def test_every_field_of_a_record_may_be_sent_but_what_the_indexer_says_of_copies() -> None:
    assert set(SentRecordJson.__annotations__) == set(FIELD_NAMES) - set(FOLDING_FIELDS)


@pytest.mark.parametrize("field", FORM_FIELDS)
def test_every_field_of_a_form_takes_text(field: str) -> None:
    days = ("issued", "arrived", "due", "meeting", "meeting_end")
    value = "2024-05-01" if field in days else "08:00" if field == "meeting_time" else "Thử"

    assert getattr(from_mapping({"id": "1", field: [value] if field in LISTS else value}), field)


def test_everything_wrong_with_a_form_is_told_at_once(office: Office) -> None:
    data = {"tep": (io.BytesIO(b"x"), "a.txt"), "issued": "mai", "number": ["1", "2"], "text": "x"}
    response = office.client.put(address("1"), data=data, headers=bearer())

    assert {error["field"] for error in problem(response, 400)["errors"]} == {"file", "issued", "number", "text"}


# Versions


def test_only_the_version_that_is_named_is_replaced_or_deleted(office: Office) -> None:
    problem(office.put("1", {"subject": "Một"}, If_Match="*"), 412)
    first = office.put("1", {"subject": "Một"}).headers["ETag"]
    second = office.put("1", {"subject": "Hai"}, If_Match=first).headers["ETag"]

    assert second != first
    problem(office.put("1", {"subject": "Ba"}, If_Match=first), 412)
    problem(office.delete("1", If_Match=first), 412)
    assert office.client.get(address("1")).get_json()["subject"] == "Hai"
    assert office.put("1", {"subject": "Ba"}, If_Match=f"{first}, {second}").status_code == 200
    assert office.delete("1", If_Match="*").status_code == 204


def test_while_another_process_writes_the_answer_says_when_to_come_again(office: Office) -> None:
    office.put("1", {"subject": "Một"})
    with office.engine.write_live():
        for response in (office.put("1", {"subject": "Hai"}), office.delete("1")):
            assert "ghi" in problem(response, 503)["detail"]
            assert int(response.headers["Retry-After"]) > 0

    assert office.put("1", {"subject": "Hai"}).status_code == 200


def test_many_senders_at_once_are_all_served(office: Office) -> None:
    statuses: list[int] = []

    def send(number: int) -> None:
        client = office.client.application.test_client()
        answer = client.put(address(f"d{number}"), json={"subject": f"Văn bản {number}"}, headers=bearer())
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [201] * 8
    assert office.client.get("/api/v1/search").get_json()["total"] == 8


# Beside runs over folders


def test_a_run_over_a_folder_leaves_what_was_pushed(office: Office, folder: Path) -> None:
    office.put("pushed", {"subject": "Gửi qua API"})
    (folder / "a.txt").write_text("Một tệp", encoding="utf-8")
    assert office.run(folder).indexed == 1
    (folder / "a.txt").unlink()
    assert office.run(folder, allow_empty=True).deleted == 1

    assert office.client.get(address("pushed")).status_code == 200
    assert office.verify() == Verification(agreed=1, missing=(), left_over=(), foreign=0)


def test_a_run_waits_for_a_push_that_is_being_written(office: Office, folder: Path) -> None:
    office.put("1", {"subject": "Một"})
    (folder / "a.txt").write_text("Một tệp", encoding="utf-8")
    held = threading.Event()

    def hold() -> None:
        with office.engine.write_live():
            held.set()
            time.sleep(0.3)

    push = threading.Thread(target=hold)
    push.start()
    held.wait()
    assert office.run(folder).indexed == 1
    push.join()


def test_a_record_in_a_folder_does_not_take_the_id_of_one_that_was_pushed(office: Office, folder: Path) -> None:
    office.put("same", {"subject": "Gửi qua API"})
    (folder / "a.jsonl").write_text(json.dumps({"id": "same", "subject": "Trong thư mục"}), encoding="utf-8")
    report = office.run(folder)

    assert (report.indexed, report.failed) == (0, 1)
    assert office.client.get(address("same")).get_json()["subject"] == "Gửi qua API"
    office.delete("same")
    assert office.run(folder).indexed == 1  # nobody has the id any longer
    assert office.client.get(address("same")).get_json()["subject"] == "Trong thư mục"


def test_the_document_of_a_file_is_changed_through_its_file_only(office: Office, folder: Path) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"id": "same", "subject": "Trong thư mục"}), encoding="utf-8")
    office.run(folder)

    for response in (office.put("same", {"subject": "Khác"}), office.delete("same")):
        assert "a.jsonl" in problem(response, 409)["detail"]
    assert office.client.get(address("same")).get_json()["subject"] == "Trong thư mục"


def test_a_push_that_was_cut_off_before_the_journal_is_made_whole_by_the_next(office: Office) -> None:
    office.put("1", {"subject": "Một"})
    with closing(Journal(office.journal)) as journal:
        journal.connection.execute("DELETE FROM items")
    assert office.verify().foreign == 1

    assert office.put("1", {"subject": "Một"}).get_json()["outcome"] == "unchanged"
    assert office.verify() == Verification(agreed=1, missing=(), left_over=(), foreign=0)


def test_what_was_pushed_and_is_lost_is_missed_and_comes_back_when_sent_again(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("1", {"subject": "Một"})
    (folder / "a.txt").write_text("Không được đọc", encoding="utf-8")
    monkeypatch.chdir(folder)
    with office.engine.write_live() as writer:
        writer.delete("1")
        writer.commit()
    assert office.verify().missing == ("1",)
    repair(office.engine, office.journal, office.verify(), Options(workers=1))

    assert list(office.engine.scan(Access.unrestricted())) == []
    assert office.put("1", {"subject": "Một"}).status_code == 201
    assert office.verify() == Verification(agreed=1, missing=(), left_over=(), foreign=0)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["issued", "files", "relations", "pages", "text", "x"]), inner, max_size=4
            )
        ),
        max_leaves=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_json_is_taken_or_told_what_is_wrong(shared: Office, value: Any) -> None:
    response = shared.client.put(
        address("x"), data=json.dumps(value), content_type="application/json", headers=bearer()
    )

    assert response.status_code in (200, 201, 400), response.text
    if response.status_code == 400:
        assert problem(response, 400)["errors"]
