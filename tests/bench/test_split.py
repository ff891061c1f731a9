"""The split of questions into those that weights are tuned on and those that judge them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.generated import without_marks
from bench.split import Side, side
from tests.bench.answers import question

IDS = st.text(min_size=1)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("van-ban-1", Side.TRAIN),
        ("van-ban-2", Side.TRAIN),
        ("law:1/2020/QH14", Side.TRAIN),
        ("công văn 5", Side.HELD_OUT),
    ],
)
def test_the_split_is_frozen(document: str, expected: Side) -> None:
    assert side(question("any", relevant=[document]), "office") is expected


@given(IDS, IDS, IDS)
def test_office_questions_about_one_document_fall_on_one_side(first: str, second: str, document: str) -> None:
    sides = {side(question(id, relevant=[document]), "office") for id in (first, second)}
    assert len(sides) == 1


def test_questions_about_articles_fall_each_by_itself() -> None:
    sides = [side(question(f"q{number}", relevant=["73/2021/QH14#Điều 32"]), "articles") for number in range(1000)]
    assert 430 < sides.count(Side.TRAIN) < 570


def test_the_sides_are_of_about_equal_size() -> None:
    sides = [side(question("one", relevant=[f"document-{number}"]), "office") for number in range(1000)]
    assert 430 < sides.count(Side.TRAIN) < 570


@given(IDS)
def test_a_question_without_its_marks_stays_on_its_side(id: str) -> None:
    marked = question(id, text="chuyển đổi số", relevant=["any"])
    [plain] = without_marks([marked])
    for corpus in ("office", "articles"):
        assert side(plain, corpus) is side(marked, corpus)


@given(st.lists(IDS, min_size=1, unique=True))
def test_the_order_of_right_documents_does_not_matter(documents: list[str]) -> None:
    assert side(question("a", relevant=documents), "office") is side(question("a", relevant=documents[::-1]), "office")
