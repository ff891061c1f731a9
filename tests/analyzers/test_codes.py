"""Codes are found whole, also where they are written with spaces."""

import pytest
from hypothesis import given, settings

from analyzers.codes import codes, glue
from analyzers.normalize import normalize
from tests.analyzers.texts import MANY_TEXTS


def found(text: str) -> list[str]:
    return [code.text for chunk in glue(normalize(text)).split() for code in codes(chunk)]


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("15/2021/QĐ-UBND", "15_2021_qđ_ubnd"),
        ("(15/2021/QĐ-UBND),", "15_2021_qđ_ubnd"),
        ("15/2021/qđ-ubnd", "15_2021_qđ_ubnd"),
        ("01/2022/TTLT-BTC-BTP", "01_2022_ttlt_btc_btp"),
        ("17/2022/UBTVQH15", "17_2022_ubtvqh15"),
        ("36a/NQ-CP", "36a_nq_cp"),
        ("1234/UBND-KT", "1234_ubnd_kt"),
        ("112/TB-NN&PTNT", "112_tb_nn_ptnt"),
        ("05-CT/TW", "05_ct_tw"),
        ("84 /QĐ-TTg", "84_qđ_ttg"),
        ("84/ QĐ-TTg", "84_qđ_ttg"),
        ("15 / 2021 / QĐ-UBND", "15_2021_qđ_ubnd"),
        ("15/2021/QĐ-\nUBND", "15_2021_qđ_ubnd"),
        ("ngày 05 tháng 3 năm 2024", "2024_03_05"),
        ("Ngày 20\ntháng 11  NĂM 2025,", "2025_11_20"),
        ("05/03/2024", "2024_03_05"),
        ("5-3-2024", "2024_03_05"),
        ("05.03.2024.", "2024_03_05"),
        ("2024-03-05", "2024_03_05"),
        ("31/02/2024", "31_02_2024"),
        ("15/2021", "15_2021"),
        ("Bộ TT&TT", "tt_tt"),
        ("Bộ LĐ-TB&XH", "lđ_tb_xh"),
        ("Sở GD&ĐT", "gd_đt"),
    ],
)
def test_a_code_is_one_token(text: str, token: str) -> None:
    assert found(text) == [token]


@pytest.mark.parametrize(
    "text",
    ["Điều 5", "năm 2021-2025", "1.234,56", "84 QĐ-TTg", "km/h", "và/hoặc", "Tự do - Hạnh phúc"],
)
def test_what_is_no_code_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_dash_after_a_number_ends_it() -> None:
    assert found("84/QĐ-TTg - UBND tỉnh") == ["84_qđ_ttg"]


def test_a_word_after_a_loose_hyphen_is_not_taken() -> None:
    assert found("01/TT- Bộ") == ["01_tt"]


def test_the_end_of_a_fraction_is_no_number() -> None:
    assert glue("22/201 /QĐ-UBND") == "22/201 /QĐ-UBND"


@settings(deadline=None)
@given(MANY_TEXTS)
def test_glue_keeps_every_place(text: str) -> None:
    glued = glue(text)
    assert len(glued) == len(text)
    assert all(new == old or old.isspace() for new, old in zip(glued, text, strict=True))
