"""Headings in the three orders that readers give their two columns, old forms, misreadings, and what is none."""

import datetime

import pytest

from engines.record import OfficialDocument
from indexer.metadata import complete, year

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
UNDER = "QUYẾT ĐỊNH\nVề việc thành lập Tổ công tác\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật số 72/2025/QH15;\n"
ORDERS = {
    "left column, right column": (
        f"ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\n-----\nSố: 15/QĐ-UBND\n{MOTTO}\nVân Sơn, ngày 05 tháng 3 năm 2024\n"
    ),
    "right column, left column": (
        f"{MOTTO}\nVân Sơn, ngày 05 tháng 3 năm 2024\nỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\n-----\nSố: 15/QĐ-UBND\n"
    ),
    "cells row by row": (
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH VÂN SƠN\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 15/QĐ-UBND\tVân Sơn, ngày 05 tháng 3 năm 2024\n"
    ),
    "a row of two cells with lines": (
        f"ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\n_____\nSố: 15/QĐ-UBND\t{MOTTO}\n_____\nVân Sơn, ngày 05 tháng 3 năm 2024\n"
    ),
    "motto first, then issuer, number and date": (
        f"ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\n-----\n{MOTTO}\n-----\nSố: 15/QĐ-UBND\nVân Sơn, ngày 05 tháng 3 năm 2024\n"
    ),
    "printed in one line": (
        f"ỦY BAN NHÂN DÂN TỈNH VÂN SƠN\n{MOTTO}\nSố: 15/QĐ-UBND Vân Sơn, ngày 05 tháng 3 năm 2024\n"
    ),
    "after the gazette's own heading": (
        "CÔNG BÁO/Số 287 + 288/Ngày 08-4-2024 3\nVĂN BẢN QUY PHẠM PHÁP LUẬT\nỦY BAN NHÂN DÂN TỈNH VÂN SƠN\n"
        f"ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\nSố: 15/QĐ-UBND\n{MOTTO}\nVân Sơn, ngày 05 tháng 3 năm 2024\n"
    ),
}


def read(text: str, **given: str) -> OfficialDocument:
    return complete(OfficialDocument(id="x", text=text, **given))


@pytest.mark.parametrize("order", ORDERS)
def test_the_heading_in_any_order(order: str) -> None:
    record = read(ORDERS[order] + UNDER)

    assert (record.number, record.type, record.issuer) == (
        "15/QĐ-UBND",
        "Quyết định",
        "Ủy ban nhân dân tỉnh Vân Sơn",
    )
    assert (record.place, record.issued) == ("Vân Sơn", datetime.date(2024, 3, 5))
    assert record.subject == "Thành lập Tổ công tác"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Số: 84 /2025/QĐ-UBND", "84/2025/QĐ-UBND"),
        ("Số:\n84/2025/QĐ-UBND", "84/2025/QĐ-UBND"),
        ("Số: 1025/SGDĐT-\nVP", "1025/SGDĐT-VP"),
        ("Luật số: 59/2020/QH14", "59/2020/QH14"),
        ("Nghị quyết số: 17/2022/UBTVQH15", "17/2022/UBTVQH15"),
        ("Số 15-QĐ/TU", "15-QĐ/TU"),
        ("Số: 66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("Số: 143/2025/TT-BT\u0421", "143/2025/TT-BTC"),
        ("Số: 12a/TB–VPCP", "12a/TB-VPCP"),
        ("Số:      /QĐ-UBND", ""),
        ("Tờ trình số 96/TTr-SKHCN ngày 5 tháng 3", ""),
    ],
)
def test_numbers_as_headings_write_them(written: str, number: str) -> None:
    assert read(f"{MOTTO}\n{written}\nQUYẾT ĐỊNH\nVề việc khen thưởng\nCăn cứ Luật;").number == number


@pytest.mark.parametrize(
    ("written", "place", "issued"),
    [
        ("Hà Nội, ngày 20\ntháng 11 năm 2025", "Hà Nội", datetime.date(2025, 11, 20)),
        ("Tây\nNinh, ngày 01 tháng 12 năm 2025", "Tây Ninh", datetime.date(2025, 12, 1)),
        ("TP. Hồ Chí Minh, ngày 2 tháng11 năm 2025", "TP. Hồ Chí Minh", datetime.date(2025, 11, 2)),
        ("Bà Rịa - Vũng Tàu, ngày 3/4/2019", "Bà Rịa - Vũng Tàu", datetime.date(2019, 4, 3)),
        ("Hà Nội ngày l6 tháng I0 năm 2012", "Hà Nội", datetime.date(2012, 10, 16)),
        ("Hà Nội, ngày    tháng 3 năm 2024", "Hà Nội", None),
        ("Hà Nội, ngày 31 tháng 2 năm 2024", "Hà Nội", None),
        ("sửa đổi Thông tư ngày 5 tháng 3 năm 2020 của Bộ", "", None),
    ],
)
def test_places_and_dates_as_headings_write_them(written: str, place: str, issued: datetime.date | None) -> None:
    record = read(f"BỘ NỘI VỤ\n{MOTTO}\nSố: 1/TB-BNV\n{written}\nTHÔNG BÁO\nKết quả thi\nCăn cứ Luật;")

    assert (record.place, record.issued) == (place, issued)


def test_a_misread_motto() -> None:
    record = read(
        "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\nCỌNG HOA XA HỌI CHU NGHIA\nĐộc lập Tự do Hạnh phuc\nSó: 15/QĐ-UBND\n"
        "Vân Sơn, ngày I2 tháng 3 năm 2024\nQUYẾT ĐỊNH\nVề việc khen thưởng\nCăn cứ Luật;"
    )

    assert (record.number, record.type, record.issued) == ("15/QĐ-UBND", "Quyết định", datetime.date(2024, 3, 12))


def test_a_decree_headed_as_until_2009() -> None:
    record = read(
        "NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 NĂM 2007\nVỀ MINH BẠCH TÀI SẢN\n"
        "CHÍNH PHỦ\nCăn cứ Luật;"
    )

    assert (record.number, record.type, record.issuer) == ("37/2007/NĐ-CP", "Nghị định", "Chính phủ")
    assert record.issued == datetime.date(2007, 3, 9)
    assert record.subject == "Về minh bạch tài sản"


def test_a_law_bears_the_date_of_its_adoption() -> None:
    record = read(
        f"QUỐC HỘI\nLuật số: 120/2025/QH15\n{MOTTO}\nLUẬT\nPHÒNG, CHỐNG MA TÚY\nCăn cứ Hiến pháp;\nĐiều 1. Phạm vi\n"
        "Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, Kỳ họp thứ 10 thông qua ngày 10"
        " tháng 12 năm 2025.\nCHỦ TỊCH QUỐC HỘI\n(Đã ký)\nTrần Thị Vân\n"
    )

    assert (record.type, record.issuer, record.issued) == ("Luật", "Quốc hội", datetime.date(2025, 12, 10))
    assert (record.signer, record.signer_title) == ("Trần Thị Vân", "Chủ tịch Quốc hội")


def test_a_consolidated_text_is_certified_at_its_end() -> None:
    record = read(
        f"{MOTTO}\nTHÔNG TƯ\nHướng dẫn quản lý lao động\nThông tư số 12/2022/TT-BNV ngày 30 tháng 6 năm 2022 của Bộ\n"
        "Điều 1. Phạm vi\nBỘ NỘI VỤ\nSố: 469/VBHN-BNV\nXÁC THỰC VĂN BẢN HỢP NHẤT\nHà Nội, ngày 10 tháng 02 năm 2025\n"
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Văn Tùng"
    )

    assert (record.number, record.type, record.issuer) == ("469/VBHN-BNV", "Văn bản hợp nhất", "Bộ Nội vụ")
    assert (record.issued, record.subject) == (datetime.date(2025, 2, 10), "Hướng dẫn quản lý lao động")


def test_an_appendix_is_not_the_document_it_names() -> None:
    record = read(
        "Phụ lục I\nDANH MỤC THIẾT BỊ\n(Kèm theo Quyết định số 15/QĐ-UBND ngày 05 tháng 3 năm 2024)\nSTT\tTên\n"
    )

    assert (record.number, record.type, record.issued) == ("", "", None)
    assert (record.subject, record.cites) == ("Danh mục thiết bị", ("15/QĐ-UBND",))


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("112/2025/TT-BTC", "Bộ Tài chính"),
        ("226/CĐ-TTg", "Thủ tướng Chính phủ"),
        ("11583/VPCP-CN", "Văn phòng Chính phủ"),
        ("120/2025/QH15", "Quốc hội"),
        ("15/QĐ-UBND", ""),
        ("", ""),
    ],
)
def test_the_issuer_that_a_number_tells(number: str, issuer: str) -> None:
    assert read("Nội dung.", number=number).issuer == issuer


def test_a_normative_number_tells_the_issuer_better_than_a_mistaken_heading() -> None:
    text = f"CHÍNH PHỦ\n{MOTTO}\nSố: {{}}\nTHÔNG TƯ\nVề sức khỏe\nCăn cứ Luật;"

    assert read(text.format("131/2025/TT-BCA")).issuer == "Bộ Công an"
    assert read(text.format("131/TB-BCA")).issuer == "Chính phủ"


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("Quyết định 15/QĐ-UBND năm 2025 giao chỉ tiêu do tỉnh Vân Sơn ban hành", "Ủy ban nhân dân tỉnh Vân Sơn"),
        ("Công điện 96/CĐ-UBND năm 2025 ứng phó mưa lũ do Chủ tịch nước điện", "Chủ tịch nước"),
        ("Thông tư 61/2025/TT-BCT ngày 02/12/2025 quy định hạn ngạch do Bộ trưởng Bộ Công thương", "Bộ Công Thương"),
    ],
)
def test_the_issuer_that_a_portal_names(title: str, issuer: str) -> None:
    assert read(f"Kính gửi: Các đơn vị.\n{title}").issuer == issuer


def test_an_export_without_its_text_has_the_date_in_its_first_line() -> None:
    record = read(
        "Văn bản hợp nhất 97/VBHN-BQP ngày 24/11/2025 hợp nhất Thông tư hướng dẫn. Văn bản này đang cập nhật.\n"
        "Văn bản hợp nhất 97/VBHN-BQP năm 2025 hợp nhất Thông tư hướng dẫn"
    )

    assert (record.issued, record.subject) == (datetime.date(2025, 11, 24), "Hợp nhất Thông tư hướng dẫn")


@pytest.mark.parametrize(
    "body",
    [
        "Điều 9. Hiệu lực\nThông tư số: 08/2012/TT-BNV ngày 25 tháng 6 năm 2012 hết hiệu lực.",
        "Thông tư\nsố: 08/2012/TT-BNV của Bộ trưởng Bộ Nội vụ hết hiệu lực.",
        "Kính gửi: Các đơn vị.\nSố: 15/QĐ-UBND",
        "Điều 9. Hiệu lực\nThông tư 08/2012/TT-BNV ngày 25 tháng 6 năm 2012 hết hiệu lực.",
        "Điều 9. Hiệu lực\nQuyết định số 15/QĐ-UBND ngày 25 tháng 6 năm 2012 hết hiệu lực",
        "Theo Quyết định\nsố 15/QĐ-UBND\n.",
        "Văn bản này thay thế các văn bản đã ban hành trước đây của Bộ trưởng Bộ Nội vụ, gồm\nQuyết định số 15/QĐ-BNV",
    ],
)
def test_a_text_without_heading_is_not_what_it_cites(body: str) -> None:
    record = read(body)

    assert (record.number, record.type, record.subject, record.issued) == ("", "", "", None)
    assert len(record.cites) == 1


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("QUYẾT ĐỊNH", {"number": "15/2021/QĐ-UBND"}, 2021),
        ("Nội dung.\nQuyết định 471/QĐ-UBND năm 2025 phê duyệt Danh mục", {"number": "471/QĐ-UBND"}, 2025),
        ("Nội dung.", {"number": "2025/QĐ-UBND"}, None),
    ],
)
def test_the_year(text: str, given: dict[str, str], expected: int | None) -> None:
    assert year(OfficialDocument(id="x", text=text, **given)) == expected
    assert year(OfficialDocument(id="x", issued=datetime.date(1999, 1, 1), text=text, **given)) == 1999
