"""Texts as scans and converters leave them: torn, run together, with what a seal's edge leaves between the lines."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.record import OfficialDocument
from indexer.metadata import complete
from indexer.metadata.misreadings import in_latin, is_syllable, parted

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
REST = "QUYẾT ĐỊNH\nVề việc khen thưởng\nCăn cứ Luật;\nĐiều 1. Khen thưởng./.\nGIÁM ĐỐC\nLê Văn An\n"
DAY = datetime.date(2025, 12, 1)


def read(heading: str, rest: str = REST) -> OfficialDocument:
    return complete(OfficialDocument(id="x", text=f"{heading}\n{rest}"))


@pytest.mark.parametrize(
    "written",
    [
        "Hà Nội, ugày 01 tháng 12 năm 2025",
        "Hà Nội, ngà y 01 thán g 12 năm 2025",
        "Hà Nội, ngày l tbáng 12 uăm 2025",
        "HÀ NỘI, NGÀY 01 THÁNG 12 NĂM 2025",
        "Hà Nội, ngày\n☆\n01 tháng 12 năm 2025",
        "Hà Nội, ngày\nỦ T\n01 tháng 12 năm 2025",
    ],
)
def test_a_date_that_is_hard_to_read(written: str) -> None:
    record = read(f"BỘ NỘI VỤ\n{MOTTO}Số: 5/QĐ-BNV\n{written}")

    assert (record.place, record.issued) == ("Hà Nội", DAY)


def test_a_sentence_is_no_worn_date() -> None:
    record = read(f"BỘ NỘI VỤ\n{MOTTO}Số: 5/QĐ-BNV\nTrang 2 trong 12 trang 2025")

    assert record.issued is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Số: ]]/2025/QĐ-UBND", "11/2025/QĐ-UBND"),
        ("Số: ]]208/BNV-KHTC", "11208/BNV-KHTC"),
        ("Số: 84/2O25/QĐ-UBND", "84/2025/QĐ-UBND"),
        ("Số: 55/2025/NQ-HĐN D", "55/2025/NQ-HĐND"),
        ("Số: 3257/TNI-QLDNl", "3257/TNI-QLDN1"),
        ("Số: 12/Q\u0110-\u0412TC", "12/QĐ-BTC"),
        ("SỐ: 12/QĐ-BTC", "12/QĐ-BTC"),
    ],
)
def test_a_number_that_is_hard_to_read(written: str, number: str) -> None:
    assert read(f"SỞ NỘI VỤ\n{MOTTO}{written}").number == number


@pytest.mark.parametrize(
    "motto",
    [
        "CỘNG\nHÒA XÃHỘI CHỦNGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnhphúc",
        "C ỘNG HÒA XÃ H ỘI CHỦ NGHĨA VIỆT NAM\nĐộ c lập - Tự do - Hạnh phúc",
        "CỘNG HÒA XÃ\nA/\nHỘI CHỦ NGHĨA VIỆT NAM\ny\nĐộc lập - Tự do - Hạnh phúc",
    ],
)
def test_a_motto_run_together_or_torn_is_no_part_of_the_issuer(motto: str) -> None:
    record = read(f"CỤC\nTHUẾ\n{motto}\nSố: 5/QĐ-CT")

    assert (record.issuer, record.number, record.type) == ("Cục Thuế", "5/QĐ-CT", "Quyết định")


def test_place_and_date_stand_for_a_motto_and_number_that_are_lost() -> None:
    record = read("SỞ NỘI VỤ\nHà Nội, ngày 01 tháng 12 năm 2025")

    assert (record.number, record.issuer, record.issued) == ("", "Sở Nội vụ", DAY)
    assert (record.type, record.subject, record.signer) == ("Quyết định", "Khen thưởng", "Lê Văn An")


def test_a_date_within_a_text_without_heading_is_nobodys() -> None:
    letter = "Đề nghị các sở báo cáo.\nHà Nội, ngày 01 tháng 12 năm 2025\nQUYẾT ĐỊNH\nVề việc X\nCăn cứ Luật;\n"
    record = complete(OfficialDocument(id="x", text=letter))

    assert (record.number, record.issuer, record.issued, record.signer) == ("", "", None, "")


def test_names_beside_recipients_in_the_same_rows() -> None:
    foot = (
        "Căn cứ Luật;\nĐiều 1. Thi hành.\nNơi nhận: KT. GIÁM ĐỐC\n- Bộ Nội vụ; PHÓ GIÁM ĐỐC\n- Công báo; Trang Tin\n"
        "- Lưu: VT. Nguyễn Văn An\n"
    )
    record = read(f"SỞ NỘI VỤ\n{MOTTO}Số: 5/QĐ-SNV\nQUYẾT ĐỊNH\nVề việc X", foot)

    assert (record.signer, record.signer_title) == ("Nguyễn Văn An", "Phó Giám đốc")
    assert record.recipients == ("Bộ Nội vụ", "Công báo; Trang Tin", "Lưu: VT")


def test_who_decides_is_no_subject_when_misread() -> None:
    rest = "QUYẾT ĐỊNH\nVỀ VIỆC KHEN THƯỞNG\nCHU TICH UY BAN NHAN DAN TINH BAC NINH\nCăn cứ Luật;\n"

    assert read(f"SỞ NỘI VỤ\n{MOTTO}Số: 5/QĐ-SNV", rest).subject == "Khen thưởng"


def test_a_number_broken_over_two_lines_is_one_in_the_subject() -> None:
    rest = "THÔNG TƯ\nSửa đổi Thông tư số 18/2025/TT-\nBTC về phí\nCăn cứ Luật;\n"

    assert read(f"BỘ TÀI CHÍNH\n{MOTTO}Số: 5/TT-BTC", rest).subject == "Sửa đổi Thông tư số 18/2025/TT-BTC về phí"


@given(st.text(max_size=60))
def test_latin_letters_keep_their_places(text: str) -> None:
    latin = in_latin(text)

    assert len(latin) == len(text)
    assert in_latin(latin) == latin


@pytest.mark.parametrize(("word", "is_one"), [("quyết", True), ("ý", True), ("nh", False), ("chảiquan", False)])
def test_syllables(word: str, is_one: bool) -> None:
    assert is_syllable(word) is is_one


@given(st.lists(st.sampled_from(["ủy", "ban", "nhân", "dân", "tỉnh", "bắc", "ninh", "cục", "thuế"]), max_size=6))
def test_what_is_apart_already_stays(words: list[str]) -> None:
    assert parted(" ".join(words)) == " ".join(words)
