"""The generated questions: what they ask, what is right, and that they are the same in every run."""

from __future__ import annotations

import datetime
import itertools
import json
from pathlib import Path

import pytest

from analyzers.channels import Analyzer
from analyzers.segmentation import load_segmenter
from bench.corpora import Question
from bench.generated import generated_questions, questions_about, without_marks
from bench.generated.documents import MOST_RIGHT, Document, Documents, document_of, issuer_name, read_documents
from bench.generated.fields import signer_questions, type_issuer_month_questions
from bench.generated.marks import strip_marks
from bench.generated.phrases import several_faults_questions, vni_questions, wrong_marks_questions
from bench.generated.words import Words
from bench.generated.years import ambiguous_year_questions
from engines.record import OfficialDocument

BANK = "Quy định về hệ thống kiểm soát nội bộ của ngân hàng thương mại, chi nhánh ngân hàng nước ngoài"
FOREST = "Hướng dẫn về bảo vệ và phát triển nguồn lợi thủy sản trên địa bàn tỉnh"
PROCEDURES = "Công bố danh mục thủ tục hành chính lĩnh vực đất đai thuộc thẩm quyền của Ủy ban nhân dân tỉnh"


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(Analyzer(load_segmenter()))


def record(
    id: str,
    subject: str = BANK,
    *,
    number: str = "36/2025/TT-BTC",
    type: str = "Thông tư",
    issuer: str = "Bộ Tài chính",
    issued: str = "2025-11-20",
    signer: str = "Phạm Văn Thịnh",
) -> OfficialDocument:
    date = datetime.date.fromisoformat(issued) if issued else None
    return OfficialDocument(id=id, number=number, type=type, issuer=issuer, issued=date, signer=signer, subject=subject)


def documents(*records: OfficialDocument) -> Documents:
    return Documents(map(document_of, records))


def relevant(questions: tuple[Question, ...]) -> set[frozenset[str]]:
    return {question.relevant for question in questions}


class TestDocuments:
    @pytest.mark.parametrize(
        ("issuer", "number", "name"),
        [
            ("Tỉnh Bắc Ninh", "471/QĐ-UBND", "Ủy ban nhân dân tỉnh Bắc Ninh"),
            ("Thành phố Huế", "34/2025/NQ-HĐND", "Hội đồng nhân dân thành phố Huế"),
            ("Ban Nhân dân tỉnh Đồng Tháp", "138/2025/QĐ-UBND", "Ủy ban nhân dân tỉnh Đồng Tháp"),
            ("Ủy ban nhân dân tỉnh Nghệ An", "3760/QĐ-UBND", "Ủy ban nhân dân tỉnh Nghệ An"),
            ("Tỉnh Tây Ninh", "3257/TNI-QLDN1", "Tỉnh Tây Ninh"),
            ("Bộ Tài chính", "36/2025/TT-BTC", "Bộ Tài chính"),
        ],
    )
    def test_the_number_names_the_body_of_a_place(self, issuer: str, number: str, name: str) -> None:
        assert issuer_name(OfficialDocument(id="a", issuer=issuer, number=number)) == name

    def test_a_year_that_date_and_number_disagree_on_is_unknown(self) -> None:
        assert document_of(record("a", number="4/2020/TT-BNV", issued="2019-11-25")).year is None
        assert document_of(record("a", number="4/2019/TT-BNV", issued="2019-11-25")).year == 2019
        assert document_of(record("a", number="4/QĐ-BNV", issued="2019-11-25")).year == 2019

    def test_a_phrase_is_held_with_other_marks_and_abbreviated(self) -> None:
        given = documents(
            record("a", "Thủ tục của ủy ban nhân dân tỉnh"),
            record("b", "Thu tuc của UBND tỉnh"),
            record("c", "Thủ tục của tỉnh ủy ban nhân dân"),
            record("d", ""),
        )
        found = given.holding(("của", "ủy", "ban", "nhân", "dân", "tỉnh"))
        assert [document.id for document in found] == ["a", "b"]
        assert given.holding(("không", "đâu", "có")) == ()

    def test_a_phrase_begins_and_ends_with_whole_syllables(self) -> None:
        assert documents(record("a", "phân loại đất")).holding(("hân", "loại")) == ()

    def test_a_record_without_subject_gets_it_from_its_text(self, tmp_path: Path) -> None:
        text = (
            "BỘ TÀI CHÍNH\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            "Số: 36/2025/TT-BTC\nHà Nội, ngày 20 tháng 11 năm 2025\nTHÔNG TƯ\nQuy định mức thu phí cấp giấy phép\n"
            "Căn cứ Luật Phí và lệ phí ngày 25 tháng 11 năm 2015;\nĐiều 1. Phạm vi điều chỉnh\n"
        )
        path = tmp_path / "corpus.jsonl"
        path.write_text(json.dumps({"id": "a", "text": text}, ensure_ascii=False) + "\n", encoding="utf-8")
        (document,) = read_documents(path)
        assert document.subject == ("quy", "định", "mức", "thu", "phí", "cấp", "giấy", "phép")
        assert (document.type, document.figure, document.year, document.month) == ("Thông tư", "36", 2025, 11)


class TestTypeIssuerMonth:
    def test_all_documents_of_the_month_are_right_and_no_others(self, words: Words) -> None:
        given = documents(
            record("a", "A"),
            record("b", "B", issued="2025-11-01"),
            record("law:c", "C", issued="2025-11-30"),
            record("d", "D", issued="2025-12-01"),
            record("e", "E", issued="2024-11-20", number="36/2024/TT-BTC"),
            record("f", "F", type="Quyết định"),
            record("g", "G", issuer="Bộ Y tế"),
            record("h", "H", issued="", number="9/TT"),
        )
        november, *others = sorted(type_issuer_month_questions(given, words), key=lambda one: -len(one.relevant))
        assert november.relevant == {"a", "b", "law:c"}
        assert strip_marks(november.text).startswith("thong tu bo tai chinh thang 11")
        assert november.text.endswith("2025")
        assert {tuple(one.relevant) for one in others} == {("d",), ("e",), ("f",), ("g",)}

    def test_words_of_the_subject_narrow_what_is_right(self, words: Words) -> None:
        given = documents(*(record(f"{at}", BANK if at % 2 else FOREST) for at in range(12)))
        questions = type_issuer_month_questions(given, words)
        # Twelve documents are too many to ask for by the month alone.
        assert relevant(questions) <= {frozenset(map(str, range(0, 12, 2))), frozenset(map(str, range(1, 12, 2)))}
        assert questions

    def test_a_place_alone_and_its_committee_are_one_issuer(self, words: Words) -> None:
        given = documents(
            record("a", "A", issuer="Tỉnh Bắc Ninh", number="471/QĐ-UBND", type="Quyết định"),
            record("b", "B", issuer="Uỷ ban nhân dân tỉnh Bắc Ninh", number="472/QĐ-UBND", type="Quyết định"),
        )
        assert relevant(type_issuer_month_questions(given, words)) == {frozenset({"a", "b"})}


class TestSigner:
    def test_what_the_question_says_leaves_the_others_out(self, words: Words) -> None:
        given = documents(
            record("a", BANK),
            record("b", FOREST, number="1/2024/QĐ-BTC", type="Quyết định", issued="2024-01-02"),
            record("c", FOREST, signer="Nguyễn Thị Hà"),
        )
        for question in signer_questions(given, words):
            text = strip_marks(question.text).lower()
            assert ("pham van thinh" in text) == (not question.relevant & {"c"})
            if "nam 2025" in text or "thong tu" in text:
                assert "b" not in question.relevant
            elif "nam 2024" in text or "quyet dinh" in text:
                assert question.relevant == {"b"}
            elif "thinh ky" in text:
                assert question.relevant == {"a", "b"}

    def test_a_title_taken_for_a_name_is_not_asked_for(self, words: Words) -> None:
        assert signer_questions(documents(record("a", signer="Phó Thống đốc")), words) == ()

    def test_more_documents_than_a_page_are_not_asked_for(self, words: Words) -> None:
        given = documents(*(record(f"{at}", "A") for at in range(MOST_RIGHT + 1)))
        assert signer_questions(given, words) == ()


class TestPhrases:
    def test_each_kind_asks_for_every_subject_that_has_the_phrase(self, words: Words) -> None:
        given = documents(record("a", BANK), record("law:b", BANK.upper()), record("c", PROCEDURES))
        for questions in (
            vni_questions(given),
            wrong_marks_questions(given),
            several_faults_questions(given, words),
        ):
            assert relevant(questions) == {frozenset({"a", "law:b"}), frozenset({"c"})}

    def test_an_abbreviation_is_typed_where_the_subject_has_its_long_form(self, words: Words) -> None:
        questions = several_faults_questions(documents(*(record(f"{at}", PROCEDURES) for at in range(10))), words)
        assert len(questions) > 5
        assert all({"tthc", "ubnd"} & set(strip_marks(one.text).lower().split()) for one in questions)

    def test_phrases_that_too_many_subjects_have_are_not_asked_for(self, words: Words) -> None:
        given = documents(*(record(f"{at}") for at in range(MOST_RIGHT + 1)))
        assert vni_questions(given) == ()
        assert several_faults_questions(given, words) == ()

    def test_short_subjects_give_no_phrase(self) -> None:
        assert wrong_marks_questions(documents(record("a", "Viên chức"))) == ()


class TestAmbiguousYear:
    def test_the_year_picks_one_of_two_like_subjects(self) -> None:
        given = documents(
            record("a", FOREST, number="1/2025/TT-BTC"),
            record("law:b", FOREST, number="19/2018/TT-BNNPTNT", issued="2018-11-15"),
        )
        questions = {
            question.text.rpartition(" ")[2]: question.relevant for question in ambiguous_year_questions(given)
        }
        assert questions == {"2025": {"a"}, "2018": {"law:b"}}

    @pytest.mark.parametrize(
        "other",
        [
            record("b", FOREST, number="2/2025/TT-BTC"),
            record("b", FOREST, number="2/TT-BTC", issued=""),
            record("b", f"{FOREST} năm 2025", number="2/2024/TT-BTC", issued="2024-12-01"),
            record("b", BANK, number="2/2024/TT-BTC", issued="2024-12-01"),
        ],
        ids=["same year", "unknown year", "names the other's year", "other subject"],
    )
    def test_what_a_year_does_not_decide_is_not_asked(self, other: OfficialDocument) -> None:
        asked = ambiguous_year_questions(documents(record("a", FOREST, number="1/2025/TT-BTC"), other))
        assert not any("a" in question.relevant for question in asked)

    def test_the_year_picks_one_of_two_documents_of_one_figure(self) -> None:
        given = documents(
            record("a", "A", number="06/2025/TT-BTC"),
            record("b", "B", number="6/2024/TT-BTC", issued="2024-03-01"),
            record("c", "C", number="7/2024/TT-BTC", issued="2024-03-02"),
        )
        questions = {
            question.text.rpartition(" ")[2]: question.relevant for question in ambiguous_year_questions(given)
        }
        assert questions == {"2025": {"a"}, "2024": {"b"}}


class TestWithoutMarks:
    def test_only_questions_with_marks_are_asked_again(self) -> None:
        marked = Question("subject-a", "subject", "Thủ tục đất đai UBND", frozenset({"a"}))
        plain = Question("subject-b", "subject", "ho so", frozenset({"b"}))
        assert without_marks([marked, plain]) == (
            Question("plain-subject-a", "subject", "Thu tuc dat dai UBND", frozenset({"a"})),
        )


class TestAll:
    def given(self, count: int = 6) -> Documents:
        subjects = itertools.cycle((BANK, FOREST, PROCEDURES))
        return documents(
            *(
                record(f"{year}", subject, number=f"36/{year}/TT-BTC", issued=f"{year}-05-06")
                for year, subject in zip(range(2020, 2020 + count), subjects, strict=False)
            )
        )

    def test_every_kind_is_made_with_ids_that_name_kind_and_document(self, words: Words) -> None:
        questions = questions_about(self.given(), words)
        kinds = {"type_issuer_month", "signer", "vni", "wrong_marks", "several_faults", "ambiguous_year"}
        assert {question.kind for question in questions} == kinds
        assert len({question.id for question in questions}) == len(questions)
        for question in questions:
            kind, _, id = question.id.rpartition("-")
            assert kind == question.kind
            assert id in question.relevant
            assert 1 <= len(question.relevant) <= MOST_RIGHT

    def test_questions_are_the_same_in_every_run(self, words: Words, tmp_path: Path) -> None:
        assert questions_about(self.given(), words) == questions_about(self.given(), words)
        path = tmp_path / "corpus.jsonl"
        lines = [json.dumps(record(f"{year}", issued=f"{year}-05-06").to_mapping()) for year in (2024, 2025)]
        path.write_text("\n".join(lines), encoding="utf-8")
        assert generated_questions(path) == generated_questions(path) != ()

    def test_the_order_of_documents_does_not_matter(self, words: Words) -> None:
        given = self.given()
        assert set(questions_about(given, words)) == set(questions_about(Documents(reversed(given.all)), words))

    def test_laws_alone_are_asked_for_only_by_year(self, words: Words) -> None:
        laws = Documents(
            Document(id=f"law:{year}", type="Luật", issuer="Quốc hội", year=year, month=1, subject=tuple(BANK.split()))
            for year in (2014, 2024)
        )
        assert {question.kind for question in questions_about(laws, words)} <= {"ambiguous_year"}
