"""Passages: the piece of a document that answers, and where it stands."""

import datetime

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from engines.interface import Access
from engines.record import OfficialDocument
from search_service.app import create_app
from search_service.notation import citation_of
from search_service.passages import LONGEST, find_passages, pieces
from search_service.search import SearchRequest, SearchService
from tests.search_service.indexes import MakeService

FILLER = "Cơ quan, tổ chức có trách nhiệm thi hành quy định này theo chức năng được giao. " * 12
LAW = OfficialDocument(
    id="law",
    number="31/2024/QH15",
    type="Luật",
    subject="Đất đai",
    issuer="Quốc hội",
    issued=datetime.date(2024, 1, 18),
    text=(
        "LUẬT ĐẤT ĐAI\n"
        f"Điều 1. Phạm vi điều chỉnh\n{FILLER}\n"
        f"Điều 2. Thời hạn sử dụng đất nông nghiệp\nThời hạn giao đất trồng cây hằng năm là 50 năm.\n{FILLER}\n"
        f"Điều 3. Giải quyết tranh chấp\n{FILLER}\n"
    ),
    pages=(0, 1_000, 2_000),
)
DECISION = OfficialDocument(
    id="decision",
    number="15/QĐ-UBND",
    type="Quyết định",
    subject="Về việc giao đất trồng cây hằng năm cho hộ gia đình",
    issuer="Ủy ban nhân dân huyện Đồng Khê",
    issued=datetime.date(2023, 5, 4),
    text=f"Điều 1. Giao đất cho hộ ông A.\n{FILLER}\nĐiều 2. Quyết định có hiệu lực từ ngày ký.",
)


@pytest.fixture(scope="module")
def service(make_service: MakeService) -> SearchService:
    return make_service([LAW, DECISION])


@pytest.fixture(scope="module")
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()


def test_the_piece_that_answers_comes_first_with_its_article_page_and_citation(client: FlaskClient) -> None:
    answer = client.get("/api/v1/passages?q=thời hạn giao đất trồng cây hằng năm là bao nhiêu năm?").json

    best = answer["passages"][0]
    assert (best["id"], best["article"], best["page"]) == ("law", "Điều 2", 2)
    assert best["citation"] == "Điều 2 Luật Đất đai số 31/2024/QH15 ngày 18 tháng 01 năm 2024"
    assert best["text"].startswith("Điều 2. Thời hạn sử dụng đất")
    assert best["text"] == LAW.text[best["start"] : best["end"]]
    assert any(best["text"][start:end].lower().startswith("thời hạn") for start, end in best["marks"])
    assert [one["score"] for one in answer["passages"]] == sorted(
        (one["score"] for one in answer["passages"]), reverse=True
    )


def test_filters_choose_documents_and_size_the_number_of_passages(client: FlaskClient) -> None:
    answer = client.get("/api/v1/passages?q=giao đất trồng cây&type=Quyết định&size=1").json

    assert [one["id"] for one in answer["passages"]] == ["decision"]


def test_nothing_asked_and_nothing_found_give_no_passages(client: FlaskClient) -> None:
    for query in ("", "?q=", "?q=zzzz", "?q=đất&type=Thông tư"):
        assert client.get(f"/api/v1/passages{query}").json["passages"] == []


def test_wrong_parameters_are_told(client: FlaskClient) -> None:
    assert client.get("/api/v1/passages?q=a&size=51").status_code == 400
    assert client.get("/api/v1/passages?q=a&cursor=x").status_code == 400


def test_who_may_not_see_a_document_gets_no_passage_of_it(make_service: MakeService) -> None:
    secret = OfficialDocument(id="s", subject="Giao đất", text="Giao đất trồng cây.", access=("unit:a",))
    service = make_service([secret])

    request = SearchRequest(text="giao đất", size=5)
    assert find_passages(service, request, Access.of())[1] == ()
    assert len(find_passages(service, request, Access.of("unit:a"))[1]) == 1


@given(st.lists(st.sampled_from(["Điều 1. A", "từ " * 300, "x" * 4_000, "\n", "\n\n", " ", "Điều 25a. B\n", "é"])))
def test_pieces_cover_a_text_in_order_and_none_is_too_long(parts: list[str]) -> None:
    text = "".join(parts)

    at = 0
    for piece in pieces(text):
        assert text[at : piece.start].strip() == ""
        assert 0 < piece.end - piece.start <= LONGEST
        at = piece.end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("record", "citation"),
    [
        (
            DECISION,
            "Quyết định số 15/QĐ-UBND ngày 04 tháng 5 năm 2023 của Ủy ban nhân dân huyện Đồng Khê "
            "về việc giao đất trồng cây hằng năm cho hộ gia đình",
        ),
        (OfficialDocument(id="a/b"), "a/b"),
        (OfficialDocument(id="x", number="12/BC-STC", subject="Quảng Trị năm 2024"), "số 12/BC-STC Quảng Trị năm 2024"),
        (OfficialDocument(id="x", type="Báo cáo", subject="UBND tỉnh"), "Báo cáo UBND tỉnh"),
    ],
)
def test_a_citation_names_type_number_date_issuer_and_subject(record: OfficialDocument, citation: str) -> None:
    assert citation_of(record) == citation
