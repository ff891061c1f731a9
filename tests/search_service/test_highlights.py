import datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given

from analyzers.folding import fold
from analyzers.tokens import syllables
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from search_service.highlights import Highlight, Highlighter
from search_service.knowledge import without_index
from search_service.occurrences import CharacterTable
from search_service.understanding import understand
from tests.search_service.documents import CLOSING

TABLE = CharacterTable()
TODAY = datetime.date(2025, 11, 20)
WORDS = [
    "kế",
    "hoạch",
    "chuyển",
    "đổi",
    "số",
    "Số",
    "ke",
    "KẾ",
    "hòa",
    "hoà",
    "lý",
    "lí",
    "15/2021/QĐ-UBND",
    "05",
    "và",
]
QUESTIONS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=30)
STRETCHES = st.lists(st.sampled_from([*WORDS, *CLOSING.split(), ".", "\n", ";"]), max_size=30).map(" ".join)
TEXTS = st.lists(STRETCHES | st.just(CLOSING * 3), max_size=6).map(" ".join) | st.text()


@pytest.fixture(scope="module")
def highlighter(analysis: DocumentAnalysis):
    knowledge = without_index(analysis.analyzer)
    return lambda question: Highlighter(understand(question, knowledge, TODAY), TABLE)


def marked(text: str, marks) -> list[str]:
    return [text[mark.start : mark.end] for mark in marks]


def snippets(highlighter, question: str, text: str, pages: tuple[int, ...] = ()) -> tuple[Highlight, ...]:
    return highlighter(question).snippets(OfficialDocument(id="x", text=text, pages=pages))


def test_a_question_without_marks_marks_every_spelling(highlighter) -> None:
    text = "Kế hoạch KẾ HOẠCH ke hoach, kệ hoách"

    assert marked(text, highlighter("ke hoach").marks(text)) == [text]


def test_marks_typed_are_preferred_to_those_that_only_sound_alike(highlighter) -> None:
    text = "Xã Đông Bạc và xã Đông Bắc."

    assert marked(text, highlighter("bắc").marks(text)) == ["Bắc"]
    assert marked("Dong Bac", highlighter("bắc").marks("Dong Bac")) == ["Bac"]


def test_one_sound_with_two_spellings_is_one(highlighter) -> None:
    for question in ("quản lý hoà", "quản lí hòa", "quan ly hoa"):
        for text in ("Quản lý; hòa", "QUẢN LÍ; HOÀ"):
            assert marked(text, highlighter(question).marks(text)) == [text], (question, text)


def test_a_number_is_one_mark(highlighter) -> None:
    text = "Căn cứ Quyết định số 2820/QĐ-UBND ngày 05 tháng 12"

    assert marked(text, highlighter("2820/QĐ-UBND").marks(text)) == ["2820/QĐ-UBND"]
    assert marked(text, highlighter("2820 qd ubnd").marks(text)) == ["2820/QĐ-UBND"]
    assert marked(text, highlighter("ngày 5").marks(text)) == ["ngày 05"]


def test_a_lone_syllable_is_no_mark_where_the_text_has_it_in_company(highlighter) -> None:
    text = "Số: 15. Kế hoạch chuyển đổi số."

    assert marked(text, highlighter("chuyển đổi số").marks(text)) == ["chuyển đổi số"]
    assert marked(text, highlighter("số").marks(text)) == ["Số", "số"]


def test_the_snippet_shows_most_of_what_was_asked(highlighter) -> None:
    text = f"Chuyển {CLOSING * 5}Đổi {CLOSING * 5}Ban hành kế hoạch chuyển đổi số năm 2025. {CLOSING * 5}"

    (snippet,) = snippets(highlighter, "chuyen doi so", text)

    assert marked(snippet.text, snippet.marks) == ["chuyển đổi số"]
    assert snippet.text.startswith("Ban hành kế hoạch")
    assert len(snippet.text) <= 240


def test_syllables_in_the_order_asked_beat_the_same_syllables_scattered(highlighter) -> None:
    text = f"Đổi giờ, số 15, chuyển trụ sở. {CLOSING * 5}Nay chuyển đổi số. {CLOSING * 5}"

    assert snippets(highlighter, "chuyển đổi số", text)[0].text.startswith("Nay chuyển đổi số")


def test_the_body_is_shown_rather_than_the_heading(highlighter) -> None:
    heading = "CỤC THUẾ\nSố: 5/CT\nHà Nội, ngày 1 tháng 2 năm 2025\n"
    text = f"{heading}{CLOSING * 4}Thuế đất nông nghiệp. {CLOSING * 4}"

    assert snippets(highlighter, "thuế", text)[0].text.startswith("Thuế đất")
    assert snippets(highlighter, "5/CT", text)[0].text.startswith("5/CT\nHà Nội")


def test_a_second_snippet_shows_what_the_first_does_not(highlighter) -> None:
    text = f"Phòng cháy rừng. {CLOSING * 6}Tuyển dụng viên chức. {CLOSING * 6}"

    found = snippets(highlighter, "tuyển dụng viên chức phòng cháy", text)

    assert [marked(snippet.text, snippet.marks) for snippet in found] == [["Tuyển dụng viên chức"], ["Phòng cháy"]]


def test_without_a_match_the_text_is_shown_from_after_its_heading(highlighter) -> None:
    text = f"ỦY BAN NHÂN DÂN\nSố: 15/KH-UBND\nĐông Bắc, ngày 15\ntháng 2 năm 2021\nKẾ HOẠCH\n{CLOSING * 5}"

    for question in ("zzz", ""):
        (snippet,) = snippets(highlighter, question, text)
        assert snippet.text.startswith("KẾ HOẠCH")
        assert snippet.marks == ()


def test_a_text_without_spaces_is_cut(highlighter) -> None:
    for text in ("x" * 1_000, "\n" + "=" * 1_000):
        assert [len(snippet.text) for snippet in snippets(highlighter, "zzz", text)] == [240]


def test_a_document_without_text_has_no_snippet(highlighter) -> None:
    assert snippets(highlighter, "kế hoạch", "") == ()


def test_the_page_of_a_snippet_is_where_its_first_mark_stands(highlighter) -> None:
    first, second = CLOSING * 4, "Kế hoạch chuyển đổi số.\n"

    assert snippets(highlighter, "chuyển đổi", first + second, (0, len(first)))[0].page == 2
    assert snippets(highlighter, "chuyển đổi", second + first, (0, len(second)))[0].page == 1
    assert snippets(highlighter, "chuyển đổi", second)[0].page is None


@given(question=QUESTIONS, text=TEXTS)
def test_marks_are_in_order_apart_and_hold_only_what_was_asked(highlighter, question: str, text: str) -> None:
    asked = {fold(token.text).lstrip("0") for token in syllables(question)}
    end = -1
    for mark in highlighter(question).marks(text):
        assert end < mark.start < mark.end <= len(text)
        end = mark.end
        assert {fold(token.text).lstrip("0") for token in syllables(text[mark.start : mark.end])} <= asked


@given(question=QUESTIONS, text=TEXTS, page=st.integers(min_value=0, max_value=100))
def test_a_snippet_is_a_piece_of_the_text_marked_like_any_text(
    highlighter, question: str, text: str, page: int
) -> None:
    for snippet in snippets(highlighter, question, text, (0, page)):
        assert snippet.text == text[snippet.start : snippet.start + len(snippet.text)] != ""
        assert snippet.marks == highlighter(question).marks(snippet.text)
        assert snippet.page in (1, 2)


@given(question=QUESTIONS, text=TEXTS)
def test_a_text_with_marks_has_a_snippet_with_marks(highlighter, question: str, text: str) -> None:
    if highlighter(question).marks(text):
        assert snippets(highlighter, question, text)[0].marks


def test_of_another_spelling_whole_phrases_are_marked_and_no_lone_syllables(highlighter) -> None:
    text = "Ban hành Quy chế của Ủy ban nhân dân tỉnh, Ban Dân tộc và UBND xã."

    assert marked(text, highlighter("quy chế ubnd").marks(text)) == ["Quy chế", "Ủy ban nhân dân", "UBND"]
