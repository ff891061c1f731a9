"""The noise that metadata is measured through."""

import random

import pytest

from bench.metadata_noise import noise_table
from bench.noise import KINDS, Noise
from engines.record import from_mapping

TEXT = (
    "ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 110/QĐ-UBND\nBắc Ninh, ngày 10 tháng 11 năm 2025\nQUYẾT ĐỊNH\nVề việc khen thưởng\n"
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Nghị định số 30/2020/NĐ-CP;\nĐiều 1. Khen thưởng các đơn vị./.\n"
    "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nMai Văn Sơn\n"
)


def noise(name: str) -> Noise:
    return next(kind for kind in KINDS if kind.name == name)


def drawn(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_noise_is_the_same_in_every_run(kind: Noise) -> None:
    assert kind.apply(TEXT, drawn("a")) == kind.apply(TEXT, drawn("a"))


def test_columns_come_in_the_orders_of_readers() -> None:
    draw = drawn("0")

    assert noise("right column first").apply(TEXT, draw).startswith("CỘNG HÒA")
    assert noise("row by row, one space").apply(TEXT, draw).startswith("ỦY BAN NHÂN DÂN CỘNG HÒA")
    assert "Số: 110/QĐ-UBND Bắc Ninh, ngày 10" in noise("row by row, one space").apply(TEXT, draw)


@pytest.mark.parametrize(
    ("name", "gone"),
    [("no number", "110/QĐ"), ("no date", "tháng 11"), ("no motto", "CỘNG HÒA"), ("no heading", "khen thưởng\nQ")],
)
def test_parts_are_taken_out(name: str, gone: str) -> None:
    assert gone not in noise(name).apply(TEXT, drawn("0"))


def test_a_value_that_is_gone_is_right_when_it_is_left_empty() -> None:
    typed = from_mapping({"id": "x", "number": "110/QĐ-UBND", "type": "Quyết định", "issued": "2025-11-10"})
    table = noise_table([(typed, TEXT)])
    rows = {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}

    assert rows["as it is"]["number"] == "1/0/0"
    assert rows["no number"]["number"] == "1/0/0"
    assert rows["no heading"]["type"] == "1/0/0"
