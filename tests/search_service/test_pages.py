import datetime
import re
from html import unescape
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser, LexborNode

from engines.origins import Origin, OriginKind
from engines.record import OfficialDocument
from search_service.app import create_app
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService


def page(client: FlaskClient, path: str) -> LexborHTMLParser:
    response = client.get(path)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    return LexborHTMLParser(response.text)


def texts(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def link(tree: LexborHTMLParser, selector: str, text: str) -> str:
    (found,) = [node for node in tree.css(selector) if text in node.text()]
    return unescape(found.attributes["href"] or "")


def test_the_first_page_asks_one_question(client: FlaskClient) -> None:
    tree = page(client, "/")

    (box,) = tree.css("input[name=q]")
    assert "autofocus" in box.attributes
    assert tree.css_first("label[for=q]") is not None
    assert "48 văn bản" in tree.css_first(".lead").text()


def test_a_result_shows_what_a_register_would(client: FlaskClient) -> None:
    tree = page(client, "/search?q=chuyen doi so")

    first = tree.css_first(".hit")
    assert first.css_first("h2 a").text() == "Chuyển đổi số trong cơ quan nhà nước"
    id = (first.css_first("h2 a").attributes["href"] or "").split("?")[0].rsplit("/")[-1]
    record = next(document for document in DOCUMENTS if document.id == id)
    facts = first.css_first(".facts").text()
    assert record.number in facts
    assert record.type in facts
    assert record.issuer in facts
    assert f"{record.issued:%d/%m/%Y}" in facts
    assert "chuyển đổi số" in [mark.lower() for mark in texts(first, ".snippet mark")]
    assert "12 văn bản" in tree.css_first(".summary").text()
    assert "giây" in tree.css_first(".summary").text()


def test_a_snippet_leads_to_its_page_in_the_text(client: FlaskClient) -> None:
    tree = page(client, "/search?q=điều 1 thực hiện theo kế hoạch số 7")

    first = tree.css_first(".hit .snippet a.page")
    path, _, place = (unescape(first.attributes["href"] or "")).partition("#")
    assert first.text(deep=False) == "Trang 2"
    assert place == "page-2"
    document = page(client, path)
    assert document.css_first("#page-2") is not None
    assert document.css(".text mark")


def test_telex_is_read_as_it_was_meant_and_the_reader_is_told(client: FlaskClient) -> None:
    tree = page(client, "/search?q=chuyeenr ddooir soos")

    assert tree.css_first(".hit h2 a").text() == "Chuyển đổi số trong cơ quan nhà nước"
    assert "chuyển đổi số" in tree.css_first(".understood b").text()
    assert page(client, "/search?q=chuyen doi so").css_first(".understood") is None


def test_facets_add_and_chips_remove_filters(client: FlaskClient) -> None:
    tree = page(client, "/search?q=kế hoạch&type=Báo cáo")
    both = page(client, link(tree, ".facet a", "Thông báo"))

    assert texts(both, ".chips b") == ["Báo cáo", "Thông báo"]
    assert set(texts(both, ".facts .type")) <= {"Báo cáo", "Thông báo"}
    assert "Báo cáo" in texts(both, ".facet a[aria-current] .value")
    one = page(client, link(both, ".chips a", "Báo cáo"))
    assert texts(one, ".chips b") == ["Thông báo"]


def test_a_long_facet_hides_its_end_but_never_what_is_chosen(make_service: MakeService) -> None:
    documents = [OfficialDocument(id=str(n), issuer=f"Sở {n:02}", text="văn bản") for n in range(20)]
    client = create_app(make_service(documents)).test_client()

    tree = page(client, "/search?q=văn bản&issuer=Sở 19")

    assert "Xem thêm 12" in texts(tree, ".filters summary")
    assert texts(tree, ".filters section > .facet .value")[0] == "Sở 19"


def test_years_are_listed_from_the_latest(client: FlaskClient) -> None:
    years = [text for text in texts(page(client, "/search?q="), ".facet .value") if text.isdigit()]

    assert years == sorted(years, reverse=True)
    assert len(years) > 3


def test_pages_are_turned_by_links_and_lead_back_to_the_first(client: FlaskClient) -> None:
    first = page(client, "/search?q=kế hoạch&sort=newest&type=Báo cáo&type=Kế hoạch")
    second = page(client, link(first, ".paging a", "Trang sau"))

    assert "Trang 2" in second.css_first(".paging").text()
    assert not set(texts(first, ".number")) & set(texts(second, ".number"))
    again = page(client, link(second, ".paging a", "Trang đầu"))
    assert texts(again, ".number") == texts(first, ".number")


def test_the_order_is_chosen_by_links(client: FlaskClient) -> None:
    tree = page(client, "/search?q=kế hoạch")
    oldest = page(client, link(tree, ".orders a", "Cũ nhất"))

    assert texts(tree, ".orders a[aria-current]") == ["Liên quan nhất"]
    assert texts(oldest, ".orders a[aria-current]") == ["Cũ nhất"]
    dates = [node.attributes["datetime"] or "" for node in oldest.css("time")]
    assert dates == sorted(dates)


def test_without_a_question_nothing_is_more_relevant(client: FlaskClient) -> None:
    for path in ("/search", "/search?q=", "/search?q=+", "/search?q=%3F%21&sort=relevance"):
        assert texts(page(client, path), ".orders a") == ["Mới nhất", "Cũ nhất", "Theo số"], path


def test_without_a_result_there_is_advice(client: FlaskClient) -> None:
    tree = page(client, "/search?q=zzzz&type=Báo cáo")

    assert "Không tìm thấy" in tree.css_first(".summary").text()
    assert "bộ lọc" in tree.css_first(".nothing").text()


def test_foreign_parameters_do_not_break_a_shared_address(client: FlaskClient) -> None:
    assert page(client, "/search?q=kế hoạch&fbclid=abc&page=99999999x").css(".hit")


def test_the_text_of_a_document_is_whole_and_its_hits_follow_each_other(client: FlaskClient) -> None:
    tree = page(client, "/documents/doc-1?q=co quan")

    for node in tree.css(".hops"):
        node.decompose()
    assert "".join(node.text() for node in tree.css(".text")) == DOCUMENTS[0].text
    assert [node.attributes["id"] for node in tree.css(".text mark")] == [
        f"hit-{n + 1}" for n in range(len(tree.css(".text mark")))
    ]
    assert texts(tree, ".page-break") == ["Trang 1", "Trang 2"]
    rows = dict(zip(texts(tree, "th"), texts(tree, "td"), strict=True))
    assert rows["Số, ký hiệu"] == DOCUMENTS[0].number
    assert rows["Ngày ban hành"] == f"{DOCUMENTS[0].issued:%d/%m/%Y}"
    assert rows["Người ký"] == "Nguyễn Văn An"


def test_links_between_hits_lead_to_hits(client: FlaskClient) -> None:
    html = client.get("/documents/doc-1?q=thi hành").text

    targets = set(re.findall(r'href="#(hit-\d+)"', html))
    assert "hit-1" in targets
    assert targets <= set(re.findall(r'id="(hit-\d+)"', html))


def test_the_way_back_is_the_results_page_the_reader_came_from(client: FlaskClient) -> None:
    came_from = "http://localhost/search?q=a&type=B%C3%A1o+c%C3%A1o&page=2"
    for referrer, back in (
        (came_from, "/search?q=a&type=B%C3%A1o+c%C3%A1o&page=2"),
        ("http://elsewhere.example/search?q=x", "/search?q=a"),
        ("javascript:alert(1)", "/search?q=a"),
    ):
        tree = LexborHTMLParser(client.get("/documents/doc-1?q=a", headers={"Referer": referrer}).text)
        assert link(tree, ".back a", "Kết quả") == back


def test_what_a_document_says_is_text_and_never_html(make_service: MakeService) -> None:
    bad = "<script>alert('x')</script><b>kế hoạch"
    record = OfficialDocument(
        id="<i>/x", number=bad, type=bad, subject=bad, issuer=bad, signer=bad, text=bad, source=bad
    )
    client = create_app(make_service([record])).test_client()

    for path in ("/search?q=kế hoạch", f"/documents/{quote(record.id, safe='')}?q=kế hoạch"):
        html = client.get(path).text
        assert "<script>" not in html
        assert "<b>kế" not in html
        assert "<mark>kế hoạch</mark>" in html or ">kế hoạch</mark>" in html


def test_a_huge_document_with_thousands_of_hits_is_shown_whole(make_service: MakeService) -> None:
    text = "Kế hoạch chuyển đổi số của tỉnh. " * 20_000
    client = create_app(make_service([OfficialDocument(id="huge", text=text)])).test_client()

    html = client.get("/documents/huge?q=chuyển đổi").text

    assert 'id="hit-20000"' in html
    assert html.count("<mark") == 20_000


@pytest.mark.parametrize(
    "path", ["/", "/search?q=a", "/documents/doc-1", "/nothing", "/api/v1/search", "/static/style.css"]
)
def test_nothing_is_asked_of_another_host_and_browsers_are_told_so(client: FlaskClient, path: str) -> None:
    response = client.get(path)

    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    if response.mimetype == "text/html":
        assert not re.findall(r"""(?:src|href|action)=["'](?:https?:)?//""", response.text)
        assert all(' src="/static/' in script for script in re.findall("<script[^>]*>", response.text))
        assert " style=" not in response.text


def test_static_files_are_kept_by_browsers_under_an_address_that_changes_with_them(client: FlaskClient) -> None:
    href = unescape(page(client, "/").css_first("link[rel=stylesheet]").attributes["href"] or "")
    response = client.get(href)

    assert "?v=" in href
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert client.get(href, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_values_that_need_a_look_say_so_in_words(make_service: MakeService) -> None:
    origins = {
        "number": Origin(kind=OriginKind.TEXT, certainty=0.99),
        "signer": Origin(kind=OriginKind.OCR, certainty=0.97),
        "due": Origin(kind=OriginKind.TEXT, certainty=0.5),
        "subject": Origin(kind=OriginKind.OCR, certainty=0.6),
    }
    record = OfficialDocument(
        id="scan",
        number="15/QĐ-UBND",
        subject="Thành lập Tổ công tác",
        signer="Lê Văn An",
        due=datetime.date(2024, 3, 5),
        text="Một\nHai",
        pages=(0, 4),
        recognised=(1,),
        origins=origins,
    )
    tree = page(create_app(make_service([record])).test_client(), "/documents/scan")

    rows = dict(zip(texts(tree, ".card th"), texts(tree, ".card td"), strict=True))
    assert rows["Số, ký hiệu"] == "15/QĐ-UBND"
    assert rows["Người ký"] == "Lê Văn An (đọc từ bản quét, cần kiểm tra)"
    assert rows["Hạn xử lý"] == "05/03/2024 (chưa chắc, cần kiểm tra)"
    assert texts(tree, "article > .doubt") == ["(đọc từ bản quét, cần kiểm tra)"]
    assert texts(tree, ".page-break") == ["Trang 1", "Trang 2 (chữ do máy nhận dạng từ bản quét)"]


def test_every_block_of_the_style_sheet_is_closed(client: FlaskClient) -> None:
    style = client.get("/static/style.css").text

    assert style.count("{") == style.count("}") > 0
