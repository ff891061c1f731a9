"""Telex typed with the keyboard's Vietnamese mode off is read as it was meant; nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.spelling import is_plain_syllable
from analyzers.telex import read_syllable, read_telex


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("keess", "kế"),
        ("hoachj", "hoạch"),
        ("tieengs", "tiếng"),
        ("tieesng", "tiếng"),
        ("ddaats", "đất"),
        ("dduwowcj", "được"),
        ("dduowcj", "được"),
        ("duowngf", "dường"),
        ("duongwf", "dường"),
        ("nguwowif", "người"),
        ("uyr", "ủy"),
        ("hoaf", "hòa"),
        ("quyeets", "quyết"),
        ("quoocs", "quốc"),
        ("gias", "giá"),
        ("khuyur", "khuỷu"),
        ("thuowr", "thuở"),
        ("w", None),
        ("ubnd", None),
        ("xyzs", None),
        ("ban", None),
    ],
)
def test_a_syllable(keys: str, syllable: str | None) -> None:
    assert read_syllable(keys) == syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("keess hoachj chuyeenr ddooir soos", "kế hoạch chuyển đổi số"),
        ("quanr lys sau cai nghieenj ma tuys", "quản lý sau cai nghiện ma túy"),
        ("soos 15 ubnd tinhr", "số 15 ubnd tỉnh"),
    ],
)
def test_a_question_in_telex(typed: str, meant: str) -> None:
    assert read_telex(typed.split()) == tuple(meant.split())


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ke hoach chuyen doi so",
        "kế hoạch chuyển đổi số",
        "15 2021 qd ubnd",
        "ct cs",
        "bao cao thu chi ngan sach",
        "hop tax",
    ],
)
def test_a_question_that_is_not_telex(typed: str) -> None:
    assert read_telex(typed.split()) is None


@given(st.lists(st.text(alphabet="abcdeghiklmnopqrstuvxyswfj", min_size=1, max_size=9), max_size=8))
def test_any_keys_give_as_many_syllables_as_were_typed(tokens: list[str]) -> None:
    meant = read_telex(tokens)

    assert meant is None or len(meant) == len(tokens)


@given(st.text(alphabet="abcdeghiklmnopqrstuvxyswfj", min_size=1, max_size=9))
def test_a_plain_syllable_in_a_question_is_never_changed(token: str) -> None:
    meant = read_telex([token, "keess", "hoachj"])

    assert meant is not None
    assert meant[0] == token or not is_plain_syllable(token)
