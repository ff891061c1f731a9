import hypothesis.strategies as st
from hypothesis import given

from analyzers.folding import fold
from analyzers.tokens import syllables
from search_service.occurrences import CharacterTable, Spellings, find

TABLE = CharacterTable()
LETTERS = "aáàảãạăằâấeéêệiíyýoóôộơờuúưựdđDĐÐbchkqstBHKQ"
MARKS = "\u0301\u0300\u0323\u0302\u0306\u031b"
VIETNAMESE = st.text(LETTERS + "0123456789" + MARKS + "\u00ad\u200b" + " /-.,_\n½²–", max_size=40)


def spans(text: str, *spellings: str) -> list[tuple[int, int]]:
    found = find(Spellings({spelling: number for number, spelling in enumerate(spellings)}), text, TABLE)
    return [(start, end) for start, end, _ in found.within(0, len(text))]


def words(text: str, *spellings: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, *spellings)]


def test_a_syllable_is_found_whatever_its_marks_and_case() -> None:
    assert words("Hòa, HOÀ và hoa; hoạt", "hoa") == ["Hòa", "HOÀ", "hoa"]


def test_neighbours_that_are_equal_are_all_found() -> None:
    assert words("xa xa xa", "xa") == ["xa", "xa", "xa"]


def test_characters_that_nobody_sees_do_not_hide_a_syllable() -> None:
    assert words("quy đ\u00adược\u200b định", "duoc") == ["đ\u00adược\u200b"]


def test_long_words_and_other_letters_are_told_apart() -> None:
    text = "nghieng nghiengx computer computers computing привет приват 汉字"

    assert words(text, "nghieng", "computer", "привет") == ["nghieng", "computer", "привет"]
    assert words(text, "computers", "computing", "computed") == ["computers", "computing"]
    assert words(text, "汉字", "приват") == ["приват", "汉字"]


def test_each_place_tells_which_syllable_it_is() -> None:
    found = find(Spellings({"ly": 0, "li": 0, "hoa": 1}), "Lý hòa li", TABLE)

    assert found.within(0, 9) == [(0, 2, 0), (3, 6, 1), (7, 9, 0)]
    assert found.within(1, 8) == [(3, 6, 1)]
    assert found.of([0]) == [(0, 2, 0), (7, 9, 0)]
    assert found.counts() == {0: 2, 1: 1}


@given(VIETNAMESE)
def test_whole_syllables_are_found_where_the_analyzers_see_them(text: str) -> None:
    for token in syllables(text):
        spelled = fold(text[token.start : token.end].replace("\u00ad", "").replace("\u200b", ""))
        found = spans(text, "".join(filter(str.isalnum, spelled)))
        assert any(start <= token.start < token.end <= end for start, end in found)


@given(st.text())
def test_every_span_lies_in_the_text_and_is_a_syllable(text: str) -> None:
    for wanted in {fold(token.text) for token in syllables(text)}:
        for start, end in spans(text, wanted):
            assert 0 <= start < end <= len(text)
            assert wanted in {fold(token.text) for token in syllables(text[start:end])}
