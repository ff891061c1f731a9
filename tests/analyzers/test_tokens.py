"""Syllables and their places."""

from hypothesis import given, settings

from analyzers.normalize import canonical, normalize
from analyzers.tokens import MAX_TOKEN, syllables
from tests.analyzers.texts import DECISION, MANY_TEXTS, TEXTS, decomposed


def texts_of(text: str) -> list[str]:
    return [token.text for token in syllables(text)]


def test_numbers_and_codes_come_apart() -> None:
    assert texts_of("15/2021/QĐ-UBND a_b") == ["15", "2021", "qđ", "ubnd", "a", "b"]


def test_offsets_point_into_the_text_that_was_given() -> None:
    text = decomposed("Uỷ ban “hoà”") + " đ\u00adược Ðiều"
    spelled = {token.text: text[token.start : token.end] for token in syllables(text)}
    assert spelled["được"] == "đ\u00adược"
    assert spelled["điều"] == "Ðiều"
    assert spelled["hòa"] == decomposed("hoà")


def test_a_sign_that_is_no_digit_is_no_token() -> None:
    assert texts_of("½ ① a½b 5m²") == ["a", "b", "5m²"]


def test_a_long_run_is_cut() -> None:
    assert [len(text) for text in texts_of("x" * (2 * MAX_TOKEN + 5))] == [MAX_TOKEN, MAX_TOKEN, 5]


def test_whole_documents_are_read_alike_composed_or_not() -> None:
    for text in TEXTS:
        assert texts_of(text) == texts_of(decomposed(text))
    assert texts_of(DECISION)[:5] == ["ủy", "ban", "nhân", "dân", "tỉnh"]


@settings(deadline=None)
@given(MANY_TEXTS)
def test_same_syllables_composed_or_not(text: str) -> None:
    assert texts_of(text) == texts_of(decomposed(text)) == texts_of(normalize(text))


@settings(deadline=None)
@given(MANY_TEXTS)
def test_each_token_is_what_its_place_says(text: str) -> None:
    end = 0
    for token in syllables(text):
        assert end <= token.start < token.end <= len(text)
        assert canonical(text[token.start : token.end]) == token.text
        assert token.text.isalnum()
        assert len(token.text) <= MAX_TOKEN
        end = token.end
