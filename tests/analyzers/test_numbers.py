"""A document number is found however it, or half of it, is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.numbers import document_keys, question_keys, whole_key

DECISION = "15/2021/QĐ-UBND"


@pytest.mark.parametrize(
    "question",
    [
        "15/2021/QĐ-UBND",
        "15/2021/qđ-ubnd",
        "15 2021 qd ubnd",
        "015/2021/QĐ-UBND",
        "15-2021-QD-UBND",
        "qđ ubnd 15 2021",
        "15/qđ-ubnd",
        "15 ubnd",
        "số 15/2021",
        "ubnd 15",
        "15qđ-ubnd",
    ],
)
def test_any_way_of_writing_a_number_asks_for_a_key_of_its_document(question: str) -> None:
    asked = question_keys(question)[0]

    assert asked.text in document_keys(DECISION)
    assert asked.whole


@pytest.mark.parametrize("other", ["16/2021/QĐ-UBND", "15/2022/QĐ-UBND", "15/2021/QĐ-HĐND", "151/2021/QĐ-UBND"])
def test_the_whole_number_asks_for_no_key_of_another_document(other: str) -> None:
    assert question_keys(DECISION)[0].text not in document_keys(other)


def test_a_number_inside_a_longer_question_is_asked_for_but_not_as_the_whole() -> None:
    asked = question_keys("quyết định 15/2021/QĐ-UBND về chuyển đổi số")

    assert whole_key(DECISION) in {key.text for key in asked}
    assert not any(key.whole for key in asked)


def test_figures_that_stand_apart_are_not_a_number() -> None:
    asked = {key.text for key in question_keys("ngày 15 tháng 2 năm 2021")}

    assert not asked & set(document_keys(DECISION))


def test_hints_are_pieces_that_the_number_itself_lacks() -> None:
    assert question_keys("cv 324")[0].text in document_keys("324/CT-CS", "2024", "cv")
    assert question_keys("324/2024")[0].text in document_keys("324/CT-CS", "2024", "cv")
    assert question_keys("cv 324")[0].text not in document_keys("324/CT-CS")


@pytest.mark.parametrize("number", ["", "QĐ-UBND", "/", "không số"])
def test_a_number_without_a_figure_has_no_keys(number: str) -> None:
    assert document_keys(number) == ()
    assert whole_key(number) == ""


def test_equal_numbers_have_equal_whole_keys() -> None:
    assert whole_key("15/2021/QĐ-UBND") == whole_key("015 / 2021 / qd - ubnd") != whole_key("15/2021/NQ-HĐND")


@given(st.text(max_size=200))
def test_any_text_gives_few_keys_of_letters_digits_and_underscores(text: str) -> None:
    keys = [key.text for key in question_keys(text)]

    assert len(keys) <= 64
    assert len(set(keys)) == len(keys)
    assert all(piece.isalnum() for key in keys for piece in key.split("_"))
    assert len(document_keys(text)) <= 32


@given(
    st.integers(1, 99999),
    st.integers(1990, 2030),
    st.lists(st.sampled_from(["QĐ", "UBND", "TT", "BTC", "NQ", "HĐND"]), min_size=1, max_size=3, unique=True),
)
def test_a_number_typed_with_spaces_for_separators_is_found(figure: int, year: int, symbols: list[str]) -> None:
    number = f"{figure}/{year}/{'-'.join(symbols)}"

    assert question_keys(number.replace("/", " ").replace("-", " ").lower())[0].text in document_keys(number)
