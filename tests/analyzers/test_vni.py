"""VNI typed with the keyboard's Vietnamese mode off is read as it was meant; nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.spelling import TONES, onsets_and_rhymes, take_tone, with_tone
from analyzers.vni import read_syllable, read_vni

_KEY_OF_TONE = {"sắc": "1", "huyền": "2", "hỏi": "3", "ngã": "4", "nặng": "5"}
_KEY_OF_LETTER = {"â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "ă": "a8", "đ": "d9"}


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("chuye6n3", "chuyển"),
        ("d9o6i3", "đổi"),
        ("d9oi63", "đổi"),
        ("so61", "số"),
        ("nguoi72", "người"),
        ("ngu7o7i2", "người"),
        ("duong72", "dường"),
        ("quy1", "quý"),
        ("quyt1", "quýt"),
        ("hoa2", "hòa"),
        ("uy3", "ủy"),
        ("a1", "á"),
        ("ubnd", None),
        ("qh14", None),
        ("15a", None),
        ("ban", None),
        ("so0", None),
        ("ba9n", None),
    ],
)
def test_a_syllable(keys: str, syllable: str | None) -> None:
    assert read_syllable(keys) == syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ke61 hoach5 chuyen63 doi63 so61 2025", "kế hoạch chuyển dổi số 2025"),
        ("quye61t d9i5nh", "quyết định"),
        ("so61 36 qd ubnd d9a61t", "số 36 qd ubnd đất"),
        ("d9a61t", "đất"),
    ],
)
def test_a_question(typed: str, meant: str) -> None:
    assert read_vni(typed.split()) == tuple(meant.split())


@pytest.mark.parametrize("typed", ["xã a1", "kế hoạch so61", "15 2021 qd ubnd", "điểm a1 khoản 2", "", "pm2 chung cu"])
def test_what_is_no_vni_is_left_alone(typed: str) -> None:
    assert read_vni(typed.split()) is None


@given(st.sampled_from(sorted(onsets_and_rhymes())), st.sampled_from(list(TONES)))
def test_every_syllable_with_a_tone_can_be_typed(parts: tuple[str, str], tone: str) -> None:
    onset, rhyme = parts
    meant = with_tone(onset, rhyme, TONES[tone])
    keys = "".join(_KEY_OF_LETTER.get(letter, letter) for letter in onset + rhyme) + _KEY_OF_TONE[tone]

    assert read_syllable(keys) == meant
    assert take_tone(meant)[1] == TONES[tone]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_tokens_are_answered(tokens: list[str]) -> None:
    meant = read_vni(tokens)

    assert meant is None or len(meant) == len(tokens)
