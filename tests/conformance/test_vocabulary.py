"""Terms and their frequencies."""

import pytest

from engines.interface import Engine, EngineError, Term
from tests.conformance.corpus import document, index

DOCUMENTS = [
    document("a", "ke hoach so so", title="hop giao ban", type="Kế hoạch"),
    document("b", "ke toan", title="hop hop bao", type="Kế hoạch"),
    document("c", "so hoa", title="hoa don", type="Báo cáo", keywords={"number_forms": ["15", "15_a", "15.a", "1"]}),
]


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> None:
    index(engine, DOCUMENTS)


def test_frequencies_count_documents_and_not_occurrences(engine: Engine) -> None:
    asked = ["ke", "so", "hoa", "khong", "k"]
    assert engine.document_frequencies("folded", asked) == {"ke": 2, "so": 2, "hoa": 1, "khong": 0, "k": 0}


def test_frequencies_of_pairs_and_triples(engine: Engine) -> None:
    assert engine.document_frequencies("folded_pairs", ["ke_hoach", "so_so", "so"]) == {
        "ke_hoach": 1,
        "so_so": 1,
        "so": 0,
    }
    assert engine.document_frequencies("folded_triples", ["ke_hoach_so"]) == {"ke_hoach_so": 1}


def test_frequencies_of_no_tokens(engine: Engine) -> None:
    assert engine.document_frequencies("folded", []) == {}


def test_terms_come_most_frequent_first_and_ties_by_the_alphabet(engine: Engine) -> None:
    assert engine.terms("title_folded", "h", 10) == [Term("hop", 2), Term("hoa", 1)]
    assert engine.terms("title", "", 3) == [Term("hop", 2), Term("ban", 1), Term("bao", 1)]


def test_terms_of_a_keyword_field(engine: Engine) -> None:
    assert engine.terms("type", "", 10) == [Term("Kế hoạch", 2), Term("Báo cáo", 1)]
    assert engine.terms("type", "Kế h", 10) == [Term("Kế hoạch", 2)]
    assert engine.terms("type", "ke", 10) == []


def test_a_prefix_is_taken_letter_by_letter(engine: Engine) -> None:
    assert [term.text for term in engine.terms("number_forms", "15", 10)] == ["15", "15.a", "15_a"]
    assert [term.text for term in engine.terms("number_forms", "15.", 10)] == ["15.a"]
    assert engine.terms("number_forms", ".*", 10) == []
    assert engine.terms("number_forms", "1|5", 10) == []


def test_terms_are_cut_to_the_size(engine: Engine) -> None:
    assert engine.terms("title_folded", "", 1) == [Term("hop", 2)]


@pytest.mark.parametrize("field", ["folded", "nonsense", "issued"])
def test_terms_of_a_field_without_a_vocabulary_are_refused(engine: Engine, field: str) -> None:
    with pytest.raises(EngineError, match=field):
        engine.terms(field, "a", 1)


@pytest.mark.parametrize("field", ["type", "nonsense"])
def test_frequencies_of_a_field_without_tokens_are_refused(engine: Engine, field: str) -> None:
    with pytest.raises(EngineError, match=field):
        engine.document_frequencies(field, ["a"])
