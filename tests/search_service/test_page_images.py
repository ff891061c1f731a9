"""Pages of originals beside their text: drawn for those who may see the document, with boxes around what was asked."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import TestResponse

from indexer.analysis import DocumentAnalysis
from indexer.originals.giving import Originals
from indexer.pictures.cache import FileCache
from indexer.pictures.images import PageImages
from search_service.app import create_app
from search_service.search import SearchService
from tests.indexer.scanned import decision, saved
from tests.indexer.test_pictures import word_file
from tests.indexer.test_readers_pdf import pdf
from tests.search_service.drawn import drawing_office
from tests.search_service.test_writing import Office

PLAIN = pdf(("Ke hoach chuyen doi so " * 3,) * 8, ("Trang hai noi ve chua chay rung " * 2,) * 8)
SCAN = saved(decision(), form="PNG")
WORD = word_file("Quyết định về việc ban hành quy chế chuyển đổi số")


@dataclass(frozen=True, slots=True)
class Shown:
    """A service with pictures of pages."""

    office: Office
    cache: Path

    def page(self, id: str, content: bytes, number: int = 1, rest: str = "", q: str = "") -> TestResponse:
        path = f"/documents/{id}/files/{digest(content)}/pages/{number}{rest}"
        return self.office.client.get(path, query_string={"q": q} if q else {})

    def html(self, id: str, content: bytes, number: int = 1, q: str = "") -> LexborHTMLParser:
        return LexborHTMLParser(self.page(id, content, number, q=q).text)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, analysis: DocumentAnalysis) -> Iterator[Shown]:
    home = tmp_path_factory.mktemp("home")
    with drawing_office(home, analysis) as office:
        office.send("pdf", PLAIN, "15.pdf")
        office.send("secret", PLAIN, "15.pdf", access="unit:khac")
        office.send("scan", SCAN, "quet.png")
        office.send("word", WORD, "15.docx")
        office.send("text", b"So: 15/QD-UBND", "15.txt")
        file = {"path": "x.pdf", "media_type": "application/pdf", "sha256": digest(PLAIN)}
        office.put("thief", {"subject": "Một", "files": [file]})
        yield Shown(office, home / "cache")


def test_a_page_is_a_picture_that_is_sent_once(shown: Shown) -> None:
    drawn = shown.page("pdf", PLAIN, 2, "/page.webp")
    assert (drawn.status_code, drawn.mimetype) == (200, "image/webp")
    assert Image.open(io.BytesIO(drawn.data)).width == 1100
    assert drawn.headers["Cache-Control"] == "private, no-cache"
    path = f"/documents/pdf/files/{digest(PLAIN)}/pages/2/page.webp"
    again = shown.office.client.get(path, headers={"If-None-Match": drawn.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("rest", ["", "/page.webp", "/hits.svg"])
@pytest.mark.parametrize("id", ["secret", "thief", "nobody"])
def test_nobody_sees_a_page_of_a_document_that_is_not_theirs(shown: Shown, id: str, rest: str) -> None:
    assert shown.page("pdf", PLAIN, 1, "/page.webp").status_code == 200  # so it is in the cache
    answer = shown.page(id, PLAIN, 1, rest, q="chuyen doi")
    if id == "thief":  # the document may be seen, a file that did not come in with it may not
        assert b"<rect x" not in answer.data
        assert answer.mimetype != "image/webp"
    else:
        assert answer.status_code == 404


def test_pages_lead_to_their_neighbours_and_have_their_text_beside_them(shown: Shown) -> None:
    first, second = shown.html("pdf", PLAIN, 1, q="chua chay"), shown.html("pdf", PLAIN, 2, q="chua chay")
    assert "Trang 1 / 2" in first.css_first(".leaf").text()
    assert first.css_first("a[rel=prev]") is None
    assert first.css_first("a[rel=next]").attributes["href"].endswith("/pages/2?q=chua+chay")
    assert second.css_first("a[rel=prev]").attributes["href"].endswith("/pages/1?q=chua+chay")
    assert "Trang hai" in second.css_first(".text").text()
    assert "chuyen doi" not in second.css_first(".text").text()
    assert second.css_first(".text mark") is not None
    assert shown.page("pdf", PLAIN, 3).status_code == 404


@pytest.mark.parametrize(
    ("id", "content", "question"), [("pdf", PLAIN, "chuyen doi"), ("scan", SCAN, "thủ tục"), ("word", WORD, "quy chế")]
)
def test_what_was_asked_has_boxes_on_the_picture(shown: Shown, id: str, content: bytes, question: str) -> None:
    assert "<rect" in shown.page(id, content, 1, "/hits.svg", q=question).text
    assert "<rect" not in shown.page(id, content, 1, "/hits.svg", q="vắng mặt").text
    assert shown.page(id, content, 1, "/small.webp").mimetype == "image/webp"


def test_text_whose_pages_are_not_those_of_the_picture_stands_there_whole(shown: Shown) -> None:
    headings = [
        shown.html(id, content).css_first("#text h2").text() for id, content in (("pdf", PLAIN), ("word", WORD))
    ]
    assert headings == ["Chữ của trang", "Toàn văn"]


def test_the_document_leads_to_its_pages_where_there_are_any(shown: Shown) -> None:
    document = LexborHTMLParser(shown.office.client.get("/documents/pdf?q=chua chay").text)
    assert document.css_first("a.thumb").attributes["href"].endswith("/pages/2?q=chua+chay")
    assert [link.text() for link in document.css(".page-break a")] == ["Ảnh trang 1", "Ảnh trang 2"]
    assert LexborHTMLParser(shown.office.client.get("/documents/word").text).css_first("a.thumb") is not None
    for id in ("text", "thief"):
        assert LexborHTMLParser(shown.office.client.get(f"/documents/{id}").text).css_first("a.thumb") is None
    assert shown.page("text", b"So: 15/QD-UBND").status_code == 404


def test_a_snippet_leads_to_the_picture_of_its_page(shown: Shown) -> None:
    results = LexborHTMLParser(shown.office.client.get("/search?q=chua chay rung").text)
    (link,) = [link for link in results.css(".snippet a.page") if "/documents/pdf/" in (link.attributes["href"] or "")]

    assert link.text(deep=False) == "Trang 2 của bản gốc"
    picture = LexborHTMLParser(shown.office.client.get(link.attributes["href"] or "").text)
    assert picture.css_first(".leaf [aria-current]").text() == "Trang 2 / 2"
    assert "<rect" in shown.office.client.get(picture.css_first("img.hits").attributes["src"] or "").text


def test_a_snippet_whose_page_has_no_picture_has_no_link_to_one(shown: Shown) -> None:
    for question in ("15/QD-UBND", "quy chế", "Một"):
        results = LexborHTMLParser(shown.office.client.get("/search", query_string={"q": question}).text)
        links = [link.attributes["href"] or "" for link in results.css(".snippet a")]
        assert results.css(".hit")
        assert [
            link for link in links if any(f"/documents/{id}/files" in link for id in ("text", "word", "thief"))
        ] == []


def test_a_file_that_breaks_drawing_is_told_and_no_error_of_ours(shown: Shown) -> None:
    office = shown.office
    file = {"path": "15.pdf", "media_type": "application/pdf", "sha256": digest(WORD)}
    office.put("word", {"subject": "Không phải PDF", "files": [file]})
    page = shown.html("word", WORD)
    assert "Không hiện được ảnh của bản gốc" in page.css_first("[role=alert]").text()
    picture = shown.page("word", WORD, 1, "/page.webp")
    assert (picture.status_code, picture.mimetype) == (422, "image/svg+xml")
    assert "Tệp PDF" in picture.text
    office.send("word", WORD, "15.docx")


def test_where_there_is_no_libreoffice_the_page_says_so_and_shows_the_text(
    tmp_path: Path, analysis: DocumentAnalysis, shown: Shown
) -> None:
    originals = Originals(shown.office.journal)
    with PageImages(originals, FileCache(tmp_path, 0), None) as images:
        app = create_app(SearchService(shown.office.engine, analysis.analyzer), None, originals, images)
        client: FlaskClient = app.test_client()
        document = client.get("/documents/word").text
        assert "Chỉ hiện chữ: máy chủ chưa có LibreOffice" in document
        assert "ban hành quy chế" in document
        assert client.get(f"/documents/word/files/{digest(WORD)}/pages/1").status_code == 404
