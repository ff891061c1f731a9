"""What clerks expect to come first. How well it does on real questions is measured in bench/relevance.py."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from engines.interface import Access, Search
from engines.query import All
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis, load_analysis
from search_service.knowledge import IndexKnowledge, without_index
from search_service.ranking import rank
from search_service.understanding import understand
from tests.search_service.indexes import embedded

TODAY = datetime.date(2025, 11, 20)
FILLER = "Các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành văn bản này kể từ ngày ký. "
Ask = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def analysis() -> DocumentAnalysis:
    return load_analysis()


@pytest.fixture
def ask(tmp_path: Path, analysis: DocumentAnalysis) -> Callable[..., Ask]:
    """Index documents, then ask questions and get the ids found, best first."""

    def index(*records: OfficialDocument) -> Ask:
        engine = embedded(tmp_path, records, analysis)

        knowledge = IndexKnowledge(engine, analysis.analyzer).now()

        def question(text: str) -> list[str]:
            query = rank(understand(text, knowledge, TODAY))
            return [hit.record.id for hit in engine.search(Search(query=query, access=Access.of())).hits]

        return question

    return index


def test_the_document_with_the_number_comes_before_those_that_cite_it(ask: Callable[..., Ask]) -> None:
    question = ask(
        OfficialDocument(id="citing", number="16/2021/QĐ-UBND", text="Sửa đổi Quyết định 15/2021/QĐ-UBND. " * 20),
        OfficialDocument(id="right", number="15/2021/QĐ-UBND", text=FILLER * 50),
        OfficialDocument(id="same figure", number="15/QĐ-SNV", text="Căn cứ Quyết định 15/2021/QĐ-UBND. " * 5),
    )

    for text in ("15/2021/QĐ-UBND", "15 2021 qd ubnd", "qđ 15/2021", "quyết định 15/2021/qđ-ubnd"):
        assert question(text)[0] == "right", text


def test_the_subject_comes_before_the_body(ask: Callable[..., Ask]) -> None:
    question = ask(
        OfficialDocument(id="body", subject="Họp giao ban", text=f"Rà soát việc phòng cháy chữa cháy rừng. {FILLER}"),
        OfficialDocument(
            id="subject", subject="Phòng cháy chữa cháy rừng", text=f"Các đơn vị rà soát phương án. {FILLER}"
        ),
    )

    for text in ("phòng cháy chữa cháy rừng", "phong chay chua chay rung"):
        assert question(text) == ["subject", "body"], text


def test_a_word_that_matches_with_its_marks_comes_before_one_that_matches_only_without(ask: Callable[..., Ask]) -> None:
    question = ask(
        OfficialDocument(id="bạc", text=f"Xã Đông Bạc báo cáo. {FILLER}"),
        OfficialDocument(id="bắc", text=f"Xã Đông Bắc báo cáo. {FILLER}"),
        OfficialDocument(id="none", text=f"Xa Dong Bac bao cao. {FILLER}"),
    )

    assert question("xã đông bắc")[0] == "bắc"
    assert question("xã đông bạc")[0] == "bạc"
    assert set(question("xa dong bac")) == {"bạc", "bắc", "none"}


def test_a_long_document_does_not_win_by_its_length(ask: Callable[..., Ask]) -> None:
    question = ask(
        OfficialDocument(id="long", text=FILLER * 500 + "Tuyển dụng viên chức. " + FILLER * 500 + "Ngành giáo dục. "),
        OfficialDocument(id="short", text=f"Tuyển dụng viên chức ngành giáo dục. {FILLER}"),
    )

    assert question("tuyển dụng viên chức ngành giáo dục") == ["short", "long"]


def test_a_document_with_few_of_the_words_is_not_found_at_all(ask: Callable[..., Ask]) -> None:
    question = ask(
        OfficialDocument(id="one word", text="Báo cáo tài chính."),
        OfficialDocument(id="right", text="Kế hoạch phòng chống thiên tai."),
    )

    assert question("kế hoạch phòng chống thiên tai") == ["right"]


def test_an_empty_question_asks_for_every_document(analysis: DocumentAnalysis) -> None:
    for text in ("", "   ", "…!?", "\x00"):
        assert rank(understand(text, without_index(analysis.analyzer), TODAY)) == All()
