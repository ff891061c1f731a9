"""Abbreviations in questions: which other spellings are looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.abbreviations import Definition, curated, read_list
from analyzers.folding import fold
from engines.interface import Term
from search_service.abbreviations import MAX_SPELLINGS, MAX_VARIANTS, Abbreviations, Variant


@pytest.fixture(scope="module")
def known() -> Abbreviations:
    return Abbreviations()


def spelled(abbreviations: Abbreviations, question: str) -> list[str]:
    """The question with each of its variants in place."""
    tokens = tuple(question.split())
    return [
        " ".join((*tokens[: variant.start], *variant.syllables, *tokens[variant.end :]))
        for variant in abbreviations.variants(tokens)
    ]


def test_an_abbreviation_may_be_its_full_form(known: Abbreviations) -> None:
    assert spelled(known, "danh mục tthc mới") == ["danh mục thủ tục hành chính mới"]


def test_a_full_form_may_be_its_abbreviation(known: Abbreviations) -> None:
    assert spelled(known, "danh mục thủ tục hành chính mới") == ["danh mục tthc mới"]


@pytest.mark.parametrize("short", ["hđnd", "hdnd"])
def test_an_abbreviation_is_known_without_its_marks(known: Abbreviations, short: str) -> None:
    assert spelled(known, f"nghị quyết của {short} tỉnh") == ["nghị quyết của hội đồng nhân dân tỉnh"]


def test_a_full_form_without_marks_is_known_in_a_question_without_marks(known: Abbreviations) -> None:
    assert spelled(known, "danh muc thu tuc hanh chinh") == ["danh muc tthc"]
    assert spelled(known, "danh mục thu tuc hanh chinh") == []


def test_marks_that_were_typed_must_agree(known: Abbreviations) -> None:
    assert spelled(known, "thú tục hành chính") == []


def test_an_abbreviation_in_pieces_is_one(known: Abbreviations) -> None:
    assert spelled(known, "sở gd đt") == ["sở giáo dục và đào tạo"]


def test_of_parts_that_overlap_the_longest_is_taken(known: Abbreviations) -> None:
    assert spelled(known, "ủy ban mặt trận tổ quốc việt nam") == ["ubmttqvn"]


def test_both_ways_in_one_question(known: Abbreviations) -> None:
    assert known.variants(("ubnd", "về", "ngân", "sách", "nhà", "nước")) == (
        Variant(0, 1, ("ủy", "ban", "nhân", "dân")),
        Variant(2, 6, ("nsnn",)),
    )


def test_a_piece_of_a_number_is_none(known: Abbreviations) -> None:
    assert spelled(known, "36 qđ ubnd") == []
    assert spelled(known, "36 qd ubnd") == []


def test_type_codes_and_syllables_are_no_abbreviations(known: Abbreviations) -> None:
    assert spelled(known, "tt qđ kh ct ca đa tư") == []


def test_the_installations_own_list_comes_first() -> None:
    own = Abbreviations(read_list("BTC = ban tổ chức lễ hội"))
    assert spelled(own, "btc")[0] == "ban tổ chức lễ hội"
    assert "bộ tài chính" in spelled(own, "btc")


def test_what_documents_define_is_known() -> None:
    mined = Abbreviations(mined=[Term("đkts=đăng ký tài sản", 1)])
    assert spelled(mined, "dkts") == ["đăng ký tài sản"]
    assert spelled(mined, "đăng ký tài sản") == ["đkts"]


def test_more_documents_come_first_and_a_lone_one_does_not_compete() -> None:
    mined = Abbreviations(mined=[Term("xyzt=một hai ba", 1), Term("xyzt=bốn năm sáu", 2), Term("xyzt=bảy tám chín", 9)])
    assert spelled(mined, "xyzt") == ["bảy tám chín", "bốn năm sáu"]


def test_a_lone_document_does_not_compete_with_a_list() -> None:
    assert spelled(Abbreviations(mined=[Term("tthc=trung tâm hội chợ", 1)]), "tthc") == ["thủ tục hành chính"]


def test_meanings_of_one_abbreviation_are_bounded() -> None:
    mined = Abbreviations(mined=[Term(f"xyzt=một hai {word}", 5) for word in ("ba", "bốn", "năm", "sáu")])
    assert len(spelled(mined, "xyzt")) == MAX_SPELLINGS


def test_two_letters_are_known_only_from_lists() -> None:
    mined = [Term("kg=khu gian", 9)]
    assert spelled(Abbreviations(mined=mined), "kg") == []
    assert spelled(Abbreviations(read_list("KG = khu gian"), mined), "kg") == ["khu gian"]


def test_an_own_abbreviation_that_is_a_syllable_without_its_marks_needs_them() -> None:
    own = Abbreviations(read_list("ĐA = đề án"))
    assert spelled(own, "đa") == ["đề án"]
    assert spelled(own, "da") == []


WORDS = sorted({token for definition in curated()[:60] for token in (*definition.short, *definition.long)})


@given(st.lists(st.sampled_from([*WORDS, "về", "36"]), max_size=20), st.booleans())
def test_variants_are_few_and_lie_within_the_question(words: list[str], without_marks: bool) -> None:
    tokens = tuple(map(fold, words) if without_marks else words)
    variants = Abbreviations().variants(tokens)
    assert len(variants) <= MAX_VARIANTS
    for variant in variants:
        assert 0 <= variant.start < variant.end <= len(tokens)
        assert variant.syllables != tokens[variant.start : variant.end]


@given(st.sampled_from(curated()))
def test_every_listed_abbreviation_works_both_ways(definition: Definition) -> None:
    abbreviations = Abbreviations((definition,))
    assert Variant(0, len(definition.short), definition.long) in abbreviations.variants(definition.short)
    assert Variant(0, len(definition.long), definition.short) in abbreviations.variants(definition.long)
