"""What is put right in recognised text, and that nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.repairs import repaired


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("ngàyl6 tháng 9 năm 2025", "ngày 16 tháng 9 năm 2025"),
        ("ngày I0 tháng ]] năm 2O25", "ngày 10 tháng 11 năm 2025"),
        ("ngày 27 tháng § năm 2025", "ngày 27 tháng 8 năm 2025"),
        ("ngày0l/7/2024", "ngày0l/7/2024"),
        ("ngày 0l/7/2024", "ngày 01/7/2024"),
        ("Số: I5 /QĐ-UBND", "Số: 15/QĐ-UBND"),
        ("sỐ 1650/QĐ- BGDĐT", "số 1650/QĐ-BGDĐT"),
        ("Số2624 /QD-BGDĐT", "Số 2624/QĐ-BGDĐT"),
        ("1280/QĐĐ-BGDĐT", "1280/QĐ-BGDĐT"),
        ("37/2025/ND-CP", "37/2025/NĐ-CP"),
        ("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"),
        ("KIÉN NGHỊ về tiép nhận", "KIẾN NGHỊ về tiếp nhận"),
    ],
)
def test_misreadings_are_repaired(read: str, meant: str) -> None:
    assert repaired(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "ngày 45 tháng 9 năm 2025",
        "ngày\n07 tháng 8 năm 2017",
        "gièm pha, gié lúa, que, xe điện",
        "mục I, khoản l",
        "15/TT-BTC, 12/KH-UBND",
    ],
)
def test_what_can_be_meant_stays(text: str) -> None:
    assert repaired(text) == text


@given(st.text(alphabet="ngàytháng năm số/0123456789IlOQNĐD-:éẹ\n", max_size=60))
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repaired(text)

    assert repaired(once) == once


@given(st.text())
def test_lines_stay_lines(text: str) -> None:
    assert repaired(text).count("\n") == text.count("\n")
