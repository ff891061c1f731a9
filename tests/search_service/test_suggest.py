"""Suggestions while somebody types, over small real indexes in both engines."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

import hypothesis.strategies as st
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from analyzers.folding import fold
from engines.interface import Access
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from search_service.suggest import MOST_SUGGESTIONS, Suggester, Suggestion
from search_service.typed import fit, readings, words
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import OpenIndex


def document(id: str, number: str, subject: str, issuer: str, signer: str = "", *access: str) -> OfficialDocument:
    return OfficialDocument(
        id=id, number=number, type="Quyết định", subject=subject, issuer=issuer, signer=signer, access=access
    )


BAC_NINH = "Ủy ban nhân dân tỉnh Bắc Ninh"
BAC_GIANG = "Ủy ban nhân dân tỉnh Bắc Giang"
INDUSTRY = "Sở Thông tin và Truyền thông"
OFFICE = (
    document("qh", "36/2025/QĐ-UBND", "Phê duyệt quy hoạch chung thành phố", BAC_NINH, "Phạm Văn Thịnh"),
    document("so", "36/2021/QĐ-UBND", "Ban hành Kế hoạch chuyển đổi số", BAC_NINH, "Phạm Văn Thịnh"),
    document("dung", "360/QĐ-STTTT", "Quy định về chữ ký số chuyên dùng", INDUSTRY, "Nguyễn Thị Thinh"),
    document("con", "05/2024/QĐ-UBND", "Bảo vệ con người", BAC_GIANG, "Lê Đình Hoàn"),
    document("hoi", "7/BC-UBND", "Kế hoạch chuyển đổi vị trí công tác", INDUSTRY, "Lê Đình Hoàn"),
    OfficialDocument(
        id="cv", number="3971/CHQ-GS", type="Công văn", subject="Vướng mắc hải quan", issuer="Cục Hải quan"
    ),
    document("kin", "36/2025/QĐ-CA", "Phương án chuyển quân bí mật", "Công an tỉnh", "Trần Kín", "unit:ca"),
)
SUBJECTS = [each.subject for each in (*OFFICE, *DOCUMENTS)] + [
    "Hướng dẫn kiểm toán tiền lương, lưu trữ hồ sơ và quản lí mỹ thuật",
    "Quy chế hòa giải, thuỷ lợi và uỷ quyền số 05 của Hoàng Sa – Đắk Lắk",
]


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])
def suggester(request: pytest.FixtureRequest, open_index: OpenIndex, analysis: DocumentAnalysis) -> Iterator[Suggester]:
    with open_index(request.param, OFFICE) as engine:
        yield Suggester(engine, analysis.analyzer)


def suggested(suggester: Suggester, text: str, *principals: str) -> tuple[Suggestion, ...]:
    return suggester.suggest(text, MOST_SUGGESTIONS, Access.of(*principals)).suggestions


def of_kind(kind: str, suggestions: Sequence[Suggestion]) -> list[str]:
    return [each.id or each.text for each in suggestions if each.kind == kind]


def shown(suggestion: Suggestion) -> str:
    """The text with its marks in brackets."""
    text = suggestion.text
    for mark in reversed(suggestion.marks):
        text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]{text[mark.end :]}"
    return text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("chuyên d", "dung"),
        ("chuyên dù", "dung"),
        ("đổi chuyển s", "so"),
        ("quy ho", "qh"),
        ("hoach quy", "qh"),
        ("quyết định quy hoạch", "qh"),
        ("con ngườ", "con"),
        ("BẢO VỆ CON NGƯỜI", "con"),
        ("bảo vệ con người", "con"),
    ],
)
def test_a_subject_is_found_from_any_words_of_it(suggester: Suggester, text: str, first: str) -> None:
    assert of_kind("document", suggested(suggester, text))[0] == first


@pytest.mark.parametrize("text", ["chuyeenr ddooir", "chuyeenr ddoo", "chuyeenr dd", "chuyeen", "chuye6n3 d9"])
def test_keys_typed_with_the_keyboard_off_are_read_before_the_last_syllable_is_whole(
    suggester: Suggester, text: str
) -> None:
    assert "so" in of_kind("document", suggested(suggester, text))


def test_the_last_word_is_a_beginning_until_a_space_follows(suggester: Suggester) -> None:
    assert of_kind("document", suggested(suggester, "quy hoa")) == ["qh"]
    assert of_kind("document", suggested(suggester, "quy hoa ")) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("36/20", ["qh", "so"]),
        ("36/2025", ["qh"]),
        ("36 qd", ["qh", "so"]),
        ("so 36 qd", ["qh", "so"]),
        ("36 ubnd", ["qh", "so"]),
        ("cv 39", ["cv"]),
        ("công văn 39", ["cv"]),
        ("cv 3971", ["cv"]),
        ("36-QĐ/ub", ["qh", "so"]),
        ("36/ubnd/2021", ["so"]),
        ("36/2021/QĐ-UBND", ["so"]),
        ("qd 360", ["dung"]),
        ("5/2024", ["con"]),
        ("05/2024/", ["con"]),
        ("36/2025/QĐ-CA", []),
    ],
)
def test_a_number_is_found_from_any_spelling_or_half_of_it(suggester: Suggester, text: str, numbers: list[str]) -> None:
    assert sorted(of_kind("number", suggested(suggester, text))) == numbers


def test_the_figure_itself_comes_before_those_that_begin_with_it(suggester: Suggester) -> None:
    assert of_kind("number", suggested(suggester, "36"))[2:] == ["dung"]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("pham van th", "signer", ["Phạm Văn Thịnh"]),
        ("văn phạm", "signer", ["Phạm Văn Thịnh"]),
        ("tinh bac", "issuer", [BAC_NINH, BAC_GIANG]),
        ("ubnd", "issuer", [BAC_NINH, BAC_GIANG]),
        ("ubnd tinh bac g", "issuer", [BAC_GIANG]),
        ("sttt", "issuer", [INDUSTRY]),
        ("sttvtt", "issuer", []),
        ("lê đình hoa", "signer", ["Lê Đình Hoàn"]),
    ],
)
def test_a_name_is_found_from_any_of_its_words_or_its_initials(
    suggester: Suggester, text: str, kind: str, names: list[str]
) -> None:
    assert of_kind(kind, suggested(suggester, text)) == names


def test_a_name_with_the_marks_that_were_typed_comes_first(suggester: Suggester) -> None:
    assert of_kind("signer", suggested(suggester, "thịnh")) == ["Phạm Văn Thịnh", "Nguyễn Thị Thinh"]
    assert of_kind("signer", suggested(suggester, "thị thi")) == ["Nguyễn Thị Thinh"]


def test_a_name_tells_how_many_documents_a_search_for_it_would_find(suggester: Suggester) -> None:
    name = suggested(suggester, "bắc ninh")[0]

    assert (name.kind, name.text, name.count) == ("issuer", BAC_NINH, 2)


@pytest.mark.parametrize("text", ["bi mat", "chuyen quan", "36/2025/QĐ-CA", "cong an", "tran kin", "tỉnh", "c", "3"])
def test_nobody_learns_of_a_document_that_they_may_not_see(suggester: Suggester, text: str) -> None:
    secrets = {"kin", "Công an tỉnh", "Trần Kín"}

    for_everybody = {each.id or each.text for each in suggested(suggester, text)}
    for_the_unit = {each.id or each.text for each in suggested(suggester, text, "unit:ca")}

    assert not for_everybody & secrets
    assert for_the_unit & secrets


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("chuyen d", "Ban hành Kế hoạch [chuyển đ]ổi số"),
        ("số đổi", "Ban hành Kế hoạch chuyển [đổi số]"),
        ("36/20", "[36/20]21/QĐ-UBND"),
        ("ubnd bắc g", "[Ủ]y [b]an [n]hân [d]ân tỉnh [Bắc G]iang"),
        ("5/20", "[05/20]24/QĐ-UBND"),
        ("sttt", "[S]ở [T]hông [t]in và [T]ruyền thông"),
    ],
)
def test_marks_show_what_was_typed_already(suggester: Suggester, text: str, marked: str) -> None:
    assert marked in map(shown, suggested(suggester, text))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("kế ho", "Kế hoạch chuyển đổi"),
        ("ke hoach chuyen d", "Kế hoạch chuyển đổi"),
        ("ke hoach chuyen ", "Kế hoạch chuyển đổi"),
        ("ban hành kế hoạch chuyeen", None),
        ("phee duyeetj keess hoachj chuyeen", "phê duyệt Kế hoạch chuyển đổi"),
        ("chuyên d", None),
    ],
)
def test_a_phrase_goes_on_to_the_end_of_a_word_as_several_subjects_do(
    suggester: Suggester, text: str, phrase: str | None
) -> None:
    assert next(iter(of_kind("phrase", suggested(suggester, text))), None) == phrase


def test_phrases_leave_the_first_five_places_to_others(suggester: Suggester) -> None:
    kinds = [each.kind for each in suggester.suggest("ke h", 7, Access.of()).suggestions]

    assert kinds == ["document", "document", "phrase", "phrase"]
    assert suggester.suggest("ke h", 1, Access.of()).suggestions[0].kind == "document"


def test_a_document_is_suggested_once(suggester: Suggester) -> None:
    ids = [each.id for each in suggested(suggester, "36 ubnd") if each.id]

    assert sorted(ids) == sorted(set(ids))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=30)
    | st.lists(st.sampled_from(["chuyeenr", "đổi", "36/2025", "ubnd", "th", "0", "\u0301", " ", "ß", "½"])).map(
        " ".join
    )
)
def test_any_text_is_answered_with_marks_that_lie_in_order_within_the_text(client: FlaskClient, text: str) -> None:
    response = client.get(f"/api/v1/suggest?q={quote(text.encode('utf-8', 'surrogatepass'))}")

    assert response.status_code == 200
    for suggestion in response.json["suggestions"]:
        edges = [edge for mark in suggestion["marks"] for edge in mark]
        assert edges == sorted(set(edges))
        assert not edges or 0 <= edges[0] < edges[-1] <= len(suggestion["text"])


@settings(max_examples=500, deadline=None)
@given(subject=st.sampled_from(SUBJECTS), data=st.data())
def test_every_beginning_of_a_subject_goes_on_as_the_subject(subject: str, data: st.DataObject) -> None:
    typed = subject[: data.draw(st.integers(1, len(subject)))]

    with_marks = max(fit(reading, words(subject)) for reading in readings(typed))
    without = max(fit(reading, words(subject)) for reading in readings(fold(typed)))

    syllables = words(typed)
    assert with_marks.found == without.found == len(syllables)
    assert with_marks.agreeing == sum(syllable.text != fold(syllable.text) for syllable in syllables)
    assert without.from_start


def test_the_api_answers_with_what_each_kind_has(client: FlaskClient) -> None:
    wanted = DOCUMENTS[0]

    number = client.get(f"/api/v1/suggest?q={quote(wanted.number)}").json["suggestions"][0]
    by_subject = client.get("/api/v1/suggest?q=phong chay ch&size=1").json
    issuer = client.get("/api/v1/suggest?q=dong bac").json["suggestions"][0]

    assert number == {
        "kind": "number",
        "text": wanted.number,
        "marks": [[0, len(wanted.number)]],
        "id": wanted.id,
        "subject": wanted.subject,
    }
    assert by_subject["query"] == "phong chay ch"
    assert by_subject["took_ms"] >= 0
    assert len(by_subject["suggestions"]) == 1
    assert issuer["count"] == sum(each.issuer == issuer["text"] for each in DOCUMENTS)
    assert set(issuer) == {"kind", "text", "marks", "count"}


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=???", "size=0&q=tinh"])
def test_nothing_typed_is_answered_with_nothing(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/v1/suggest?{query}").json["suggestions"] == []


@pytest.mark.parametrize(
    ("query", "parameter"), [("size=21", "size"), ("size=x", "size"), ("tipe=a", "tipe"), ("q=a&q=b", "q")]
)
def test_wrong_parameters_are_named(client: FlaskClient, query: str, parameter: str) -> None:
    response = client.get(f"/api/v1/suggest?{query}")

    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert [error["parameter"] for error in response.json["errors"]] == [parameter]
