"""One spelling for what reads the same."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzers.folding import fold
from analyzers.normalize import align, canonical, nfc, normalize
from tests.analyzers.texts import MANY_TEXTS, decomposed


def test_eth_and_african_d_become_d_with_stroke() -> None:
    assert normalize("Ðiều ðược Ɖi ɖi") == "Điều được Đi đi"


def test_invisible_characters_close_up() -> None:
    assert normalize("đ\u00adược Ch\u200bính\ufeff") == "được Chính"


def test_a_mark_reaches_its_letter_across_an_invisible_character() -> None:
    assert normalize("a\u200b\u0301") == "á"


def test_what_a_reader_sees_is_kept() -> None:
    assert normalize("5 m² “Trích\u00a0yếu”…") == "5 m² “Trích\u00a0yếu”…"


@settings(deadline=None)
@given(MANY_TEXTS)
def test_normalize_is_idempotent_and_forgets_composition(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert normalize(decomposed(text)) == normalize(text)


@settings(deadline=None)
@given(
    st.text("aạớ\u0301\u0323\u031b\u0344\u05b0 b", max_size=300).map(lambda marks: marks + "\u0301\u0323" * 50 + marks)
)
def test_nfc_of_piled_marks_is_unicodes(text: str) -> None:
    assert nfc(text) == unicodedata.normalize("NFC", text)


def test_nfc_of_a_million_marks_returns() -> None:
    count = 500_000
    # All dots below come first, being of the lower class, and the letter absorbs one of them.
    expected = "ạ" + "\u0323" * (count - 1) + "\u0301" * count
    assert (nfc("a" + "\u0301\u0323" * count) == expected) is True


@settings(deadline=None)
@given(MANY_TEXTS)
def test_alignment_leads_back_to_what_each_character_came_from(text: str) -> None:
    aligned = align(text)
    assert aligned.text == normalize(text)
    assert len(aligned.starts) == len(aligned.ends) == len(aligned.text)
    for at, character in enumerate(aligned.text):
        start, end = aligned.original(at, at + 1)
        assert character in normalize(text[start:end])


@pytest.mark.parametrize(
    ("written", "canon"),
    [
        ("hoà", "hòa"),
        ("hòa", "hòa"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("thuý", "thúy"),
        ("tuỳ", "tùy"),
        ("hòan", "hoàn"),
        ("toàn", "toàn"),
        ("qúy", "quý"),
        ("quý", "quý"),
        ("quả", "quả"),
        ("qủa", "quả"),
        ("gía", "giá"),
        ("giá", "giá"),
        ("già", "già"),
        ("gì", "gì"),
        ("gìn", "gìn"),
        ("giếng", "giếng"),
        ("mía", "mía"),
        ("múa", "múa"),
        ("mừa", "mừa"),
        ("người", "người"),
        ("ngừơi", "người"),
        ("khuỷu", "khuỷu"),
        ("huỳnh", "huỳnh"),
        ("nghiêng", "nghiêng"),
        ("ngoái", "ngoái"),
        ("yếu", "yếu"),
        ("ĐƯỜNG", "đường"),
    ],
)
def test_tone_mark_has_one_place(written: str, canon: str) -> None:
    assert canonical(written) == canon


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lí", "lý"),
        ("kĩ", "kỹ"),
        ("mĩ", "mỹ"),
        ("tỉ", "tỷ"),
        ("sỹ", "sĩ"),
        ("hi", "hy"),
        ("quí", "quý"),
        ("quít", "quýt"),
    ],
)
def test_i_and_y_are_one_where_both_are_in_use(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tai", "tay"), ("mai", "may"), ("thúi", "thúy"), ("ỉ", "ỷ"), ("hai", "hay"), ("ngài", "ngày"), ("tui", "tuy")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("foreign", ["café", "naïve", "wifi", "2024", "qđ", "h5n1", "noël", "straße"])
def test_what_is_not_a_vietnamese_syllable_is_only_lowered(foreign: str) -> None:
    assert canonical(foreign.upper()) == foreign.upper().lower()


_LETTERS = st.text("aăâeêioôơuưyàáảãạồớựỳýgiquhklmnstđrv", min_size=1, max_size=7)


@settings(deadline=None)
@given(st.one_of(_LETTERS, st.text(min_size=1, max_size=8).filter(str.isalnum)))
@example("İ")
def test_canonical_is_idempotent_and_only_letters_and_digits(syllable: str) -> None:
    canon = canonical(syllable)
    assert canonical(canon) == canon
    assert canon.isalnum()


@settings(deadline=None)
@given(_LETTERS)
def test_canonical_moves_marks_and_changes_no_letter_but_i_and_y(syllable: str) -> None:
    def letters(text: str) -> list[str]:
        return sorted(unicodedata.normalize("NFD", text.replace("i", "y")).replace("i", "y"))

    assert letters(decomposed(canonical(syllable))) == letters(decomposed(syllable))


@pytest.mark.parametrize(
    ("token", "folded"), [("Đường", "duong"), ("ủy", "uy"), ("lí", "li"), ("QĐ", "qd"), ("15_2021_qđ", "15_2021_qd")]
)
def test_fold_takes_marks_away(token: str, folded: str) -> None:
    assert fold(token) == folded


@settings(deadline=None)
@given(MANY_TEXTS)
def test_fold_is_idempotent_and_forgets_composition(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(decomposed(text)) == fold(text)
