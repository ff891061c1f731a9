"""Headings as recognition of characters gives them: marks and letters misread, words lost, specks; nothing invented."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.record import OfficialDocument
from indexer.metadata import complete
from indexer.metadata.misreadings import differ_by_one, nearest
from indexer.metadata.types import type_of_line

CLEAN = (
    "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 15/QĐ-UBND\nVân Sơn, ngày 16 tháng 10 năm 2024\nQUYẾT ĐỊNH\nVề việc thành lập Tổ công tác\n"
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật số 72/2025/QH15;\n"
)


def read(text: str) -> OfficialDocument:
    return complete(OfficialDocument(id="x", text=text))


@pytest.mark.parametrize(
    ("written", "misread"),
    [
        ("QUYẾT ĐỊNH", "QUYÉT ĐỊNH"),
        ("QUYẾT ĐỊNH", "QUYẾT ĐỊMH"),
        ("QUYẾT ĐỊNH", "- QUYÊT ĐỊNH -"),
        ("Số: 15/QĐ-UBND", "Só: 15/QĐ-UBND"),
        ("Số: 15/QĐ-UBND", "Sô: I5/QD-UBND"),
        ("Số: 15/QĐ-UBND", "Só15 /QĐĐ-UBND"),
        ("Số: 15/QĐ-UBND", ". Số: 15 /QĐ-UBNĐ"),
        ("ngày 16 tháng 10 năm 2024", "ngày l6 tháng I0 năm 2024"),
        ("ngày 16 tháng 10 năm 2024", "ngày16 thảng 10_ năm 2024 |"),
        ("ngày 16 tháng 10 năm 2024", "ngày1l6 tháng 10 năm 2024"),
        ("ỦY BAN NHÂN DÂN", "ÚY BAN NHÂN DAN"),
        ("ỦY BAN NHÂN DÂN", "ỦY BAN MHÂN DÂN"),
        ("ỦY BAN NHÂN DÂN", "BAN NHÂN DÂN"),
        ("TỈNH VÂN SƠN", "TỈMH VÂN SƠN"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỌNG HOA XA HỌI\nCHU MGHIA VIET NAM"),
        ("Độc lập - Tự do - Hạnh phúc", "Dộc lâp - Tư do — Hanh phuc"),
        ("Về việc", "'Về việc"),
        ("Tổ công tác", "Tổ công tác."),
        ("thành lập Tổ", "thành lập.\nTổ"),
    ],
)
def test_what_a_scan_misread_is_read_right(written: str, misread: str) -> None:
    record = read(CLEAN.replace(written, misread, 1))

    assert (record.number, record.type, record.issued) == ("15/QĐ-UBND", "Quyết định", datetime.date(2024, 10, 16))
    assert (record.issuer, record.place) == ("Ủy ban nhân dân tỉnh Vân Sơn", "Vân Sơn")
    assert record.subject.replace(".", "") == "Thành lập Tổ công tác"


@pytest.mark.parametrize("line", ["THÔNG HÁO", "LUẬM", "DỰ ÁM", "QUYẾT TÂM", "Quyết định", "QUYẾT ĐỊNH SỐ 5"])
def test_a_word_that_may_be_several_or_none_is_no_type(line: str) -> None:
    assert type_of_line(line) == ""


@pytest.mark.parametrize(
    "written", ["ngày 32 tháng 10 năm 2024", "ngày 16 tháng 1O3 năm 2024", "ngày tháng 10 năm 2024"]
)
def test_no_date_is_made_of_what_is_none(written: str) -> None:
    assert read(CLEAN.replace("ngày 16 tháng 10 năm 2024", written)).issued is None


def test_an_issuer_holds_no_subject() -> None:
    title = "Nghị định 8/2015/NĐ-CP quy định thủ tục do Chính phủ quy định thủ tục hải quan ban hành"

    assert read(f"Kính gửi: Các đơn vị.\n{title}").issuer == "Chính phủ"


@pytest.mark.parametrize(
    ("stamp", "urgency", "secrecy"),
    [
        ("HỎA TỐC", "Hỏa tốc", ""),
        ("HOẢ TỐC HẸN GIỜ", "Hỏa tốc", ""),
        ("[THƯỢNG KHẨN]", "Thượng khẩn", ""),
        ("KHẨN", "Khẩn", ""),
        ("MẬT", "", "Mật"),
        ("TỐI MẬT\nKHẨN", "Khẩn", "Tối mật"),
        ("TUYỆT MẬT", "", "Tuyệt mật"),
        ("Khẩn", "", ""),
        ("V/V HỖ TRỢ KHẨN", "", ""),
    ],
)
def test_urgency_and_secrecy_are_stamped_alone(stamp: str, urgency: str, secrecy: str) -> None:
    record = read(CLEAN.replace("Số:", f"{stamp}\nSố:", 1))

    assert (record.urgency, record.secrecy) == (urgency, secrecy)
    assert record.issuer == "Ủy ban nhân dân tỉnh Vân Sơn"


@given(st.sampled_from(["QUYẾT ĐỊNH", "THÔNG TƯ LIÊN TỊCH", "NGHỊ QUYẾT", "KẾ HOẠCH"]), st.data())
def test_any_one_wrong_letter_in_a_type_leaves_it_or_nothing(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("ABCĐEGHIKLMNOPQRSTUVXY"))

    assert type_of_line(name[:at] + letter + name[at + 1 :]) in {name.capitalize(), ""}


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_a_distance_of_one_is_that_of_levenshtein(left: str, right: str) -> None:
    def distance(one: str, other: str) -> int:
        row = list(range(len(other) + 1))
        for at, letter in enumerate(one, 1):
            before, row[0] = row[0], at
            for to, against in enumerate(other, 1):
                before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != against))
        return row[-1]

    assert differ_by_one(left, right) == (distance(left, right) <= 1)


def test_two_words_as_near_are_none() -> None:
    assert nearest("thong hao", {"thong bao": "Thông báo", "thong cao": "Thông cáo"}) == ""
