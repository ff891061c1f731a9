"""How questions are typed badly: VNI keys, wrong marks, several faults."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.channels import Analyzer
from analyzers.folding import fold
from analyzers.normalize import canonical, normalize
from analyzers.segmentation import load_segmenter
from analyzers.spelling import ONSETS, RHYMES
from bench.generated.faults import (
    abbreviate,
    drop_some_marks,
    drop_syllable,
    mistype,
    run_together,
    several_faults,
    swap_words,
)
from bench.generated.marks import (
    confuse_hook_and_tilde,
    drop_tone,
    mistake_vowel_mark,
    newer_placement,
    strip_marks,
)
from bench.generated.phrases import type_wrong_marks
from bench.generated.seeding import seeded
from bench.generated.vni import type_vni, vni_keys
from bench.generated.words import Words

PHRASE = ("bổ", "sung", "thủ", "tục", "hành", "chính", "của", "tỉnh")


def chance(seed: int) -> Random:
    return seeded("test", str(seed))


seeds = st.integers(0, 10_000).map(chance)
_toned = st.builds(
    lambda onset, rhyme, tone: canonical(normalize(onset + rhyme[0] + tone + rhyme[1:])),
    st.sampled_from(ONSETS),
    st.sampled_from(sorted(RHYMES)),
    st.sampled_from(["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]),
)
phrases = st.lists(_toned, min_size=6, max_size=9).map(tuple)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(Analyzer(load_segmenter()))


class TestVni:
    @pytest.mark.parametrize(
        ("syllable", "beside", "tone_last", "marks_last"),
        [
            ("chuyển", "chuye63n", "chuye6n3", "chuyen63"),
            ("đổi", "d9o63i", "d9o6i3", "d9oi63"),
            ("số", "so61", "so61", "so61"),
            ("đường", "d9uo72ng", "d9uo7ng2", "d9uong72"),
            ("thừa", "thu72a", "thu7a2", "thua72"),
            ("cưu", "cu7u", "cu7u", "cuu7"),
            ("ban", "ban", "ban", "ban"),
            ("2025", "2025", "2025", "2025"),
        ],
    )
    def test_digits_stand_where_people_type_them(
        self, syllable: str, beside: str, tone_last: str, marks_last: str
    ) -> None:
        assert vni_keys(syllable, marks_last=False, tone_last=False) == beside
        assert vni_keys(syllable, marks_last=False, tone_last=True) == tone_last
        assert vni_keys(syllable, marks_last=True, tone_last=True) == marks_last

    @given(_toned, st.booleans(), st.booleans())
    def test_letters_are_those_of_the_syllable_and_keys_are_ascii(
        self, syllable: str, marks_last: bool, tone_last: bool
    ) -> None:
        keys = vni_keys(syllable, marks_last=marks_last, tone_last=tone_last)
        assert keys.isascii()
        assert "".join(filter(str.isalpha, keys)) == fold(syllable)
        assert (keys == syllable) == (syllable == fold(syllable))

    def test_a_phrase_with_few_marks_is_not_typed(self) -> None:
        assert type_vni(("ban", "sung", "theo", "quy", "định"), chance(1)) is None
        assert type_vni(("chuyển", "đổi", "số"), chance(1)) is not None


class TestMarks:
    def test_hook_and_tilde_are_taken_for_each_other(self) -> None:
        assert confuse_hook_and_tilde("sửa") == "sữa"
        assert confuse_hook_and_tilde("lễ") == "lể"
        assert confuse_hook_and_tilde("tục") is None

    def test_a_tone_is_left_out_and_the_vowel_keeps_its_mark(self) -> None:
        assert drop_tone("chuyển") == "chuyên"
        assert drop_tone("số") == "sô"
        assert drop_tone("ban") is None

    def test_a_vowel_gets_another_mark_and_keeps_its_tone(self) -> None:
        assert {mistake_vowel_mark("luật", chance(seed)) for seed in range(20)} == {"luạt", "luặt"}
        assert {mistake_vowel_mark("bổ", chance(seed)) for seed in range(20)} == {"bỏ", "bở"}
        assert mistake_vowel_mark("hành", chance(1)) is None

    @pytest.mark.parametrize(
        ("older", "newer"),
        [
            ("hòa", "hoà"),
            ("ủy", "uỷ"),
            ("thúy", "thuý"),
            ("khỏe", "khoẻ"),
            ("quý", "quý"),
            ("hoàn", "hoàn"),
            ("của", "của"),
            ("hoa", "hoa"),
        ],
    )
    def test_the_newer_place_of_tones_is_in_open_oa_oe_uy(self, older: str, newer: str) -> None:
        assert newer_placement(older) == newer

    @given(_toned)
    def test_placement_is_only_another_spelling(self, syllable: str) -> None:
        assert canonical(newer_placement(syllable)) == syllable

    @given(phrases, seeds)
    def test_one_or_two_syllables_are_wrong_and_all_fold_as_before(
        self, phrase: tuple[str, ...], random: Random
    ) -> None:
        typed = type_wrong_marks(phrase, random)
        if typed is None:
            return
        read = tuple(map(canonical, normalize(typed).split()))
        assert tuple(map(fold, read)) == tuple(map(fold, phrase))
        assert sum(one != right for one, right in zip(read, phrase, strict=True)) in (1, 2)

    def test_some_are_typed_in_decomposed_unicode(self) -> None:
        typed = [type_wrong_marks(PHRASE, chance(seed)) for seed in range(30)]
        composed = [text == unicodedata.normalize("NFC", text) for text in typed if text]
        assert {True, False} == set(composed)

    def test_capitals_and_punctuation_stay_when_marks_go(self) -> None:
        assert strip_marks("2609/QĐ-UBND, Đường đi") == "2609/QD-UBND, Duong di"


class TestFaults:
    def test_an_abbreviation_stands_for_its_long_form(self) -> None:
        assert abbreviate(PHRASE, chance(1)) == ("bổ", "sung", "TTHC", "của", "tỉnh")
        assert abbreviate(("bổ", "sung"), chance(1)) is None

    def test_neighbouring_words_change_places_whole(self, words: Words) -> None:
        swapped = {swap_words(("bổ", "sung", "thủ", "tục"), words, chance(seed)) for seed in range(5)}
        assert swapped == {("thủ", "tục", "bổ", "sung")}
        assert swap_words(("thủ", "tục"), words, chance(1)) is None

    def test_words_change_places_beside_an_abbreviation(self, words: Words) -> None:
        swapped = swap_words(("thủ", "tục", "UBND"), words, chance(1))
        assert swapped == ("UBND", "thủ", "tục")

    def test_a_syllable_is_forgotten_inside(self) -> None:
        dropped = {drop_syllable(("a", "b", "c", "2025", "d"), chance(seed)) for seed in range(20)}
        assert dropped == {("a", "c", "2025", "d"), ("a", "b", "2025", "d")}
        assert drop_syllable(("a", "b"), chance(1)) is None

    @given(phrases, seeds)
    def test_a_slip_changes_one_syllable_by_one_key(self, phrase: tuple[str, ...], random: Random) -> None:
        typed = mistype(phrase, random)
        if typed is None:
            assert all(len(one) < 3 for one in phrase)
            return
        (wrong,) = [(one, right) for one, right in zip(typed, phrase, strict=True) if one != right]
        assert abs(len(wrong[0]) - len(wrong[1])) <= 1
        assert wrong[0][0] == wrong[1][0] or sorted(wrong[0]) == sorted(wrong[1])

    def test_some_marks_are_left_out_and_some_are_kept(self) -> None:
        for seed in range(20):
            typed = drop_some_marks(PHRASE, chance(seed))
            assert typed is not None
            assert PHRASE != typed != tuple(map(fold, PHRASE))
            assert tuple(map(fold, typed)) == tuple(map(fold, PHRASE))
        assert drop_some_marks(("bổ", "sung"), chance(1)) is None

    def test_two_syllables_run_together(self) -> None:
        assert run_together(("bổ", "sung", "2025"), chance(1)) == ("bổsung", "2025")
        assert run_together(("bổ", "2025"), chance(1)) is None

    def test_a_question_has_several_faults(self, words: Words) -> None:
        typed = {several_faults(PHRASE, words, chance(seed)) for seed in range(30)}
        assert len(typed) > 10
        for text in filter(None, typed):
            assert "tthc" in text.lower()
            assert text.lower() != "bổ sung tthc của tỉnh"
