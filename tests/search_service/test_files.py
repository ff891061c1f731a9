"""Originals through the API: whole and safe to open, for those who may see the document, or a reason why not."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import TestResponse

from engines.copies import SourceFile
from engines.embedded import EmbeddedEngine
from indexer.analysis import DocumentAnalysis
from indexer.originals.store import OriginalStore
from indexer.pipeline import Options, index
from indexer.sources import Root
from search_service.files import name_of
from tests.search_service.test_openapi import DOCUMENT, validate
from tests.search_service.test_writing import Office, address, office_of

TEXT = "UBND TỈNH ĐÔNG BẮC\nSố: 15/2021/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc ban hành quy chế\n".encode()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def office(tmp_path: Path, analysis: DocumentAnalysis) -> Iterator[Office]:
    with closing(EmbeddedEngine(tmp_path / "index", writer_heap_bytes=15_000_000, writer_threads=1)) as engine:
        yield office_of(engine, tmp_path / "journal.sqlite3", analysis)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    share = tmp_path / "share"
    share.mkdir()
    return share


def get(office: Office, id: str, sha256: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return office.client.get(f"{address(id)}/files/{sha256}", headers=named)


def problem(response: TestResponse, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    body = json.loads(response.data)
    validate(body, "ProblemJson")
    assert str(status) in DOCUMENT["paths"]["/api/v1/documents/{id}/files/{sha256}"]["get"]["responses"]
    return dict(body)


def kept(office: Office) -> set[str]:
    return set(OriginalStore.beside(office.journal).kept())


def run(office: Office, folder: Path, *, keep: bool) -> str:
    """One run over a folder; the id of its first document."""
    index(office.engine, office.journal, [Root.of(folder)], Options(workers=1, keep_originals=keep))
    return office.ids("quy chế")[0]


def test_a_file_that_was_pushed_comes_back_whole_and_safe_to_open(office: Office) -> None:
    office.send("a/b", TEXT, "Quyết định 15.txt")
    given_back = get(office, "a/b", digest(TEXT))

    assert (given_back.status_code, given_back.data) == (200, TEXT)
    headers = given_back.headers
    assert headers["ETag"] == f'"{digest(TEXT)}"'
    assert headers["Content-Type"] == "text/plain"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%2015.txt" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Cache-Control"] == "private, no-cache"
    assert get(office, "a/b", digest(TEXT), If_None_Match=headers["ETag"]).status_code == 304


def test_a_part_is_given_where_a_part_is_asked_for(office: Office) -> None:
    office.send("1", TEXT, "15.txt")
    part = get(office, "1", digest(TEXT), Range="bytes=5-9")
    assert (part.status_code, part.data) == (206, TEXT[5:10])
    assert part.headers["Content-Range"] == f"bytes 5-9/{len(TEXT)}"
    beyond = get(office, "1", digest(TEXT), Range="bytes=9999-")
    assert problem(beyond, 416)["detail"].startswith("Tệp không có khoảng byte được hỏi")
    assert beyond.headers["Content-Range"] == f"bytes */{len(TEXT)}"


def test_who_may_not_see_the_document_gets_none_of_its_files(office: Office) -> None:
    office.send("1", TEXT, "15.txt", access="unit:khac")
    assert "không có quyền xem" in problem(get(office, "1", digest(TEXT)), 404)["detail"]


def test_what_a_document_does_not_have_is_told(office: Office) -> None:
    office.send("1", TEXT, "15.txt")
    assert digest(b"other") in problem(get(office, "1", digest(b"other")), 404)["detail"]
    problem(office.client.get(f"{address('1')}/files/{digest(TEXT)}?x=1"), 400)


def test_no_file_is_opened_because_a_record_names_it(office: Office, share: Path) -> None:
    secret = share / "secret.txt"
    secret.write_bytes(TEXT)
    file = {"path": str(secret), "media_type": "text/plain", "sha256": digest(TEXT)}
    office.put("1", {"subject": "Một", "files": [file]})
    assert "không biết nó nằm ở đâu" in problem(get(office, "1", digest(TEXT)), 404)["detail"]


def test_a_record_may_be_sent_again_without_its_file(office: Office) -> None:
    office.send("1", TEXT, "15.txt")
    record = office.client.get(address("1")).get_json()
    changed = {name: value for name, value in record.items() if name not in ("marks", "copies")} | {
        "signer": "Lê Văn An"
    }
    assert office.put("1", changed).get_json()["outcome"] == "replaced"
    assert get(office, "1", digest(TEXT)).data == TEXT


def test_what_no_document_has_any_longer_is_removed(office: Office, share: Path) -> None:
    run_once = Options(workers=1, allow_empty=True)
    index(office.engine, office.journal, [Root.of(share)], run_once)
    office.send("1", TEXT, "15.txt")
    office.send("2", TEXT, "15.txt")
    assert kept(office) == {digest(TEXT)}
    office.send("1", TEXT + b"!", "15.txt")
    assert kept(office) == {digest(TEXT), digest(TEXT + b"!")}
    office.delete("2")
    assert kept(office) == {digest(TEXT + b"!")}
    office.put("1", {"subject": "Không còn tệp"})
    assert kept(office) == set()


def test_a_run_leaves_the_originals_of_what_was_pushed(office: Office, share: Path) -> None:
    office.send("1", TEXT, "15.txt")
    for _ in range(2):
        index(office.engine, office.journal, [Root.of(share)], Options(workers=1, allow_empty=True))
    assert get(office, "1", digest(TEXT)).data == TEXT


@pytest.mark.parametrize("keep", [True, False])
def test_a_file_of_a_share_is_given_kept_or_not(office: Office, share: Path, keep: bool) -> None:
    (share / "15.txt").write_bytes(TEXT)
    id = run(office, share, keep=keep)
    assert get(office, id, digest(TEXT)).data == TEXT
    assert kept(office) == ({digest(TEXT)} if keep else set())

    (share / "15.txt").write_bytes(b"khac")
    changed = get(office, id, digest(TEXT))
    assert changed.data == TEXT if keep else "đã khác" in problem(changed, 409)["detail"]
    (share / "15.txt").unlink()
    gone = get(office, id, digest(TEXT))
    assert gone.data == TEXT if keep else "Không còn ở đó" in problem(gone, 404)["detail"]


def test_a_kept_original_that_was_damaged_is_not_given(office: Office) -> None:
    office.send("1", TEXT, "15.txt")
    OriginalStore.beside(office.journal).path(digest(TEXT)).write_bytes(b"x")
    assert "đã khác" in problem(get(office, "1", digest(TEXT)), 409)["detail"]


def test_the_page_links_to_every_file_that_can_be_given(office: Office, share: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["To"] = "Quy chế", "a@b.vn"
    message.set_content("Kính gửi")
    message.add_attachment(TEXT, maintype="text", subtype="plain", filename="15.txt")
    (share / "thu.eml").write_bytes(message.as_bytes())
    for keep, names in ((False, ["Tải thu.eml"]), (True, ["Tải thu.eml", "Tải 15.txt"])):
        (share / "again.jsonl").write_text(json.dumps({"id": "x", "text": str(keep)}))
        message["X-Again"] = str(keep)
        (share / "thu.eml").write_bytes(message.as_bytes())
        id = run(office, share, keep=keep)
        tree = LexborHTMLParser(office.client.get(f"/documents/{id}").text)
        links = tree.css(".files a")
        assert [link.text() for link in links] == names
        assert all(office.client.get(link.attributes["href"] or "").status_code == 200 for link in links)
        assert len(tree.css(".files li")) == 2
        del message["X-Again"]


def test_a_member_of_an_archive_is_given(office: Office, share: Path) -> None:
    with zipfile.ZipFile(share / "a.zip", "w") as archive:
        archive.writestr("2024/15.txt", TEXT)
    id = run(office, share, keep=False)
    given_back = get(office, id, digest(TEXT), Range="bytes=0-3")
    assert (given_back.status_code, given_back.data) == (206, TEXT[:4])
    assert "filename=15.txt" in given_back.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/share/a.txt", "a.txt"),
        ("C:\\VanBan\\a.txt", "a.txt"),
        ("/share/thu.eml!a.pdf", "a.pdf"),
        ("/share/thu.eml!goi.zip!a.pdf", "a.pdf"),
        ("/share/goi.edxml!2024/a.pdf", "a.pdf"),
        ("/share/Hỏa tốc!.pdf", "Hỏa tốc!.pdf"),
        ("/share/thu.eml!Hỏa tốc!.pdf", "Hỏa tốc!.pdf"),
    ],
)
def test_the_name_of_a_file_is_its_own(path: str, name: str) -> None:
    assert name_of(SourceFile(path=path, media_type="", sha256="")) == name


@given(path=st.text(), media_type=st.text())
def test_any_name_makes_a_name(path: str, media_type: str) -> None:
    assert "/" not in name_of(SourceFile(path=path, media_type=media_type, sha256=""))
