import dataclasses
import datetime
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from jinja2 import Environment
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from engines.copies import Copy, CopyKind, SourceFile
from engines.embedded import EmbeddedEngine
from engines.record import OfficialDocument
from engines.relations import Relation, RelationKind
from engines.signatures import LaterChanges, Signature, SignatureStatus, SignatureTrust
from engines.tasks import Task
from indexer.analysis import DocumentAnalysis
from search_service.app import create_app
from search_service.search import SearchService
from search_service.tongues.said import Said, catalogue, core, counted, in_english, joined, plurals, translated
from search_service.tongues.templates import Words, told_vietnamese
from tests.search_service.indexes import MakeService
from tests.search_service.tongues import ROOM, TEMPLATES, is_vietnamese, words_of_code, words_of_template

KNOWN = catalogue().keys() | plurals().keys()
SAME_IN_BOTH = {"English", "Tiếng Việt", "openapi.json"}
DAY = datetime.date(2024, 5, 6)
TEXT = "Căn cứ Luật Đất đai số 31/2024/QH15. Thay thế Quyết định số 7/QĐ-UBND. Sở Y tế báo cáo trước ngày 30/6/2024."
EVERYTHING = OfficialDocument(
    id="all",
    number="15/2024/QĐ-UBND",
    type="Quyết định",
    subject="Quy định về đất đai",
    issuer="Ủy ban nhân dân tỉnh Đông Bắc",
    place="Đông Bắc",
    issued=DAY,
    signer="Nguyễn Văn An",
    signer_title="Chủ tịch",
    urgency="Hỏa tốc",
    secrecy="Mật",
    subject_field="Đất đai",
    recipients=("Như Điều 3",),
    direction="đến",
    arrival_number="12",
    arrived=DAY,
    register="Sổ đến",
    due=DAY,
    meeting=DAY,
    meeting_place="Phòng họp số 1",
    text=TEXT,
    pages=(0, 40),
    source="Một cửa",
    files=(SourceFile(path="đất.pdf", media_type="application/pdf", sha256="0" * 64),),
)


def left_in_vietnamese(html: str) -> list[str]:
    """What the body of an English page says in Vietnamese and does not call so, and what its attributes say."""
    tree = LexborHTMLParser(html)
    for node in tree.css("code, head"):
        node.decompose()
    spoken = [
        value
        for node in tree.css("[aria-label], [title], [placeholder], [alt]")
        for name, value in node.attributes.items()
        if name in ("aria-label", "title", "placeholder", "alt") and value
    ]
    for node in tree.css('[lang="vi"]'):
        node.decompose()
    texts = [text for node in tree.css("body") for text in node.text(separator="\n").split("\n")]
    return [text.strip() for text in (*spoken, *texts) if is_vietnamese(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_text_of_a_template_has_an_english_one(path: Path) -> None:
    lexer = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True).lexer

    missing = [text for text in words_of_template(lexer, path) if text not in KNOWN]

    assert [text for text in missing if text not in SAME_IN_BOTH] == []


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.py")), ids=lambda path: path.name)
def test_every_text_that_code_says_has_an_english_one(path: Path) -> None:
    assert [text for text in words_of_code(path) if text not in KNOWN] == []


def test_what_is_put_into_a_text_is_put_into_its_translation() -> None:
    names = re.compile(r"\{\w+\}")

    said = [*catalogue().items(), *((text, form) for text, forms in plurals().items() for form in forms)]
    assert [text for text, english in said if set(names.findall(text)) != set(names.findall(english))] == []


def test_what_counts_is_said_of_one_and_of_many() -> None:
    assert counted("{count} văn bản", 1234) == "1.234 văn bản"
    assert in_english(counted("{count} văn bản", 1234)) == "1,234 documents"
    assert in_english(counted("{count} văn bản", 1)) == "1 document"
    assert in_english(counted("{count} văn bản", 0)) == "0 documents"
    both = Said("và {copies}", copies=joined(", ", [counted("{count} bản khác", 2), counted("{count} dự thảo", 1)]))
    assert both == "và 2 bản khác, 1 dự thảo"
    assert in_english(both) == "and 2 other copies, 1 draft"
    assert told_vietnamese(both) == "and 2 other copies, 1 draft"


def test_pages_count_in_english(make_service: MakeService) -> None:
    client = create_app(make_service([EVERYTHING])).test_client()
    client.set_cookie("lang", "en")

    def said(path: str, selector: str) -> str:
        return " ".join(LexborHTMLParser(client.get(path).text).css_first(selector).text().split())

    assert said("/", ".lead") == "Search the full text of 1 document"
    assert re.fullmatch(r"1 document \(0\.\d{3} seconds\)", said("/search?q=đất", "#summary"))
    assert said("/search?q=đất+zzzz", ".ways tr.vain") == "zzzz none 1 document without zzzz"
    assert said("/search?q=zzzz&year=1999", ".ways tbody tr:last-child th") == "filter Year of issue: 1999"
    assert said("/huong-dan", "#fields ~ table td") == "number"
    assert said("/basket?id=x", ".page-lead") == "1 chosen document is no longer in the index, or you may not see it."
    assert "The field “năm” takes" in said("/search?q=đất+năm:21", ".mistake")


def test_space_and_signs_around_words_stay() -> None:
    assert core(" ← Kết quả: ") == "Kết quả"
    assert core("{of} từ ngày ({day}).") == "{of} từ ngày ({day}"
    assert translated("← Kết quả tìm kiếm\n") == "← Search results\n"
    assert translated("&nbsp;Toàn văn…") == "&nbsp;Full text…"
    assert translated("không có trong danh mục") == "không có trong danh mục"


def test_words_of_ours_remember_what_was_put_into_them_and_those_of_documents_stay() -> None:
    text = Said("{of} từ ngày", of=Said("Hạn xử lý"))

    assert text == "Hạn xử lý từ ngày"
    assert in_english(text) == "Due from"
    assert in_english(joined(", ", ["Căn cứ", Said("Căn cứ")])) == "Căn cứ, Legal basis"
    assert in_english("Căn cứ") == "Căn cứ"
    assert in_english(Said("{at} (dấu thời gian)", at="{x}")) == "{x} (time stamp)"


def test_markup_is_read_across_expressions_within_tags() -> None:
    words = Words(str.upper)

    pieces = ['<a title="một', '" href="hai', '">ba</a> bốn<code>năm</code>', " sáu"]

    assert list(map(words.of, pieces)) == ['<a title="MỘT', '" href="hai', '">BA</a> BỐN<code>năm</code>', " SÁU"]


def test_what_a_document_says_is_told_to_be_vietnamese_and_escaped() -> None:
    assert told_vietnamese("<b>đ") == '<span lang="vi">&lt;b&gt;đ</span>'
    assert told_vietnamese("15/QD") == "15/QD"
    assert told_vietnamese(Markup("<b>đ</b>")) == "<b>đ</b>"
    assert told_vietnamese(Said("từ {day}", day="<đ>")) == 'from <span lang="vi">&lt;đ&gt;</span>'
    assert told_vietnamese(Said("<đ>")) == "&lt;đ&gt;"


@pytest.fixture(scope="module")
def whole(make_service: MakeService) -> FlaskClient:
    """A service over a document of which everything is known, and others that are related to it."""
    task = Task(who=("Sở Y tế",), what="báo cáo", due=DAY, start=TEXT.index("Sở Y tế"), end=len(TEXT))
    signature = Signature(
        signer="Nguyễn Văn An",
        body="Sở Y tế",
        signed_at=datetime.datetime(2024, 5, 6, tzinfo=datetime.UTC),
        timestamped=True,
        status=SignatureStatus.INTACT,
        changes=LaterChanges.NONE,
        trust=SignatureTrust.TRUSTED,
    )
    kinds = {f"other-{kind}": kind for kind in RelationKind}
    relations = tuple(
        Relation(kind=kind, type="Luật", number=f"{at}/2020/QH14") for at, kind in enumerate(RelationKind)
    )
    copies = tuple(Copy(id=f"copy-{kind}", kind=kind, source="eoffice", files=()) for kind in CopyKind)
    everything = dataclasses.replace(
        EVERYTHING, tasks=(task,), signatures=(signature,), relations=relations, copies=copies
    )
    citing = [
        OfficialDocument(
            id=id,
            number=f"{at}/BC-UBND",
            subject="Báo cáo về đất đai",
            text=TEXT,
            relations=(Relation(kind=kind, number=EVERYTHING.number, issuer=EVERYTHING.issuer, issued=DAY),),
        )
        for at, (id, kind) in enumerate(kinds.items())
    ]
    draft = OfficialDocument(id="copy-draft", subject="Quy định", text=TEXT, draft_of="all")
    return create_app(make_service([everything, *citing, draft])).test_client()


PATHS = (
    "/",
    "/search",
    "/search?q=đất+đai&type=Quyết+định&signed=intact&due_from=2024-01-01&issued_to=2025-01-01",
    "/search?q=quyết+định+của+ủy+ban+nhân+dân+tỉnh+đông+bắc+năm+2024",
    "/search?q=quyeets+ddinhj",
    "/search?q=quyeets+ddinhj&literal=true",
    "/search?q=zzzz&type=Báo+cáo&source=Một+cửa",
    "/search?size=x&issued_from=2024-02-31&literal=x",
    "/search?issued_from=2024-02-03&issued_to=2024-01-01",
    "/documents/all?q=đất+đai",
    "/documents/all?q=zzzz",
    "/documents/copy-draft",
    "/documents/other-mentions",
    "/documents/nothing",
    "/nothing",
    "/embed",
    "/docs",
)


@pytest.mark.parametrize("path", PATHS)
def test_an_english_page_calls_vietnamese_what_it_leaves_so(whole: FlaskClient, path: str) -> None:
    whole.set_cookie("lang", "en")

    html = whole.get(path).text

    assert '<html lang="en">' in html
    assert left_in_vietnamese(html) == []


def test_an_empty_index_is_explained_in_english_too(tmp_path: Path, analysis: DocumentAnalysis) -> None:
    client = create_app(SearchService(EmbeddedEngine(tmp_path), analysis.analyzer)).test_client()

    html = client.get("/?lang=en").text

    assert "No document has been indexed yet" in html
    assert left_in_vietnamese(html) == []


def test_a_choice_is_kept_in_a_cookie_until_another_one(service: SearchService) -> None:
    client = create_app(service).test_client()
    assert '<html lang="vi">' in client.get("/", headers={"Accept-Language": "en"}).text

    first = client.get("/search?q=y+tế&lang=en")
    cookie = first.headers["Set-Cookie"]
    assert "SameSite=Lax" in cookie
    assert "HttpOnly" in cookie
    assert "Cookie" in first.vary
    assert '<html lang="en">' in client.get("/").text

    tree = LexborHTMLParser(client.get("/search?q=y+tế").text)
    (back,) = [node for node in tree.css("footer a") if node.text() == "Tiếng Việt"]
    assert '<html lang="vi">' in client.get(f"/search{back.attributes['href']}").text
    assert '<html lang="vi">' in client.get("/").text


@pytest.mark.parametrize("wish", ["xx", "", "en%0d%0aSet-Cookie:a=b", "%ff"])
def test_a_language_that_there_is_not_is_vietnamese_and_not_kept(client: FlaskClient, wish: str) -> None:
    response = client.get(f"/?lang={wish}")

    assert '<html lang="vi">' in response.text
    assert "Set-Cookie" not in response.headers


def test_the_api_answers_in_vietnamese_whatever_the_cookie_says(service: SearchService) -> None:
    client = create_app(service).test_client()
    client.set_cookie("lang", "en")

    response = client.get("/api/v1/documents/x")

    assert response.json is not None
    assert response.json["title"] == "Không tìm thấy"
