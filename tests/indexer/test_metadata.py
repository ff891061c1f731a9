"""Metadata read from texts in the layout of Nghị định 30/2020/NĐ-CP, as readers and exports give them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.record import OfficialDocument
from indexer.metadata import complete, year

DECISION = """ỦY BAN NHÂN DÂN
TỈNH VÂN SƠN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 1184/QĐ-UBND
Vân Sơn, ngày 12 tháng 8 năm 2025
QUYẾT ĐỊNH
Phê duyệt Kế hoạch chuyển đổi số tỉnh Vân Sơn
giai đoạn 2026 - 2030
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Căn cứ Nghị định số 42/2022/NĐ-CP ngày 24 tháng 6 năm 2022 của Chính phủ;
Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ tại Tờ trình số 96/TTr-SKHCN.
QUYẾT ĐỊNH:
Điều 1. Phê duyệt kèm theo Quyết định này Kế hoạch chuyển đổi số.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Lê Thị Thanh Hà
"""
LETTER = """UBND TỈNH VÂN SƠN
SỞ NỘI VỤ
Số: 512/SNV-CCVC
V/v rà soát vị trí việc làm
trong các đơn vị sự nghiệp
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Vân Sơn, ngày 03 tháng 3 năm 2024
Kính gửi: Các sở, ban, ngành.
Thực hiện Công văn số 77/UBND-NC, Sở Nội vụ đề nghị các đơn vị rà soát.
GIÁM ĐỐC
Vũ Thị Lan Anh
"""


def read(text: str) -> OfficialDocument:
    return complete(OfficialDocument(id="x", text=text))


def test_a_decision() -> None:
    record = read(DECISION)

    assert record.number == "1184/QĐ-UBND"
    assert record.type == "Quyết định"
    assert record.issuer == "Ủy ban nhân dân tỉnh Vân Sơn"
    assert record.place == "Vân Sơn"
    assert record.issued == datetime.date(2025, 8, 12)
    assert record.subject == "Phê duyệt Kế hoạch chuyển đổi số tỉnh Vân Sơn giai đoạn 2026 - 2030"
    assert (record.signer, record.signer_title) == ("Lê Thị Thanh Hà", "Phó Chủ tịch")
    assert record.cites == ("42/2022/NĐ-CP", "96/TTr-SKHCN")


def test_a_letter() -> None:
    record = read(LETTER)

    assert record.number == "512/SNV-CCVC"
    assert record.type == "Công văn"
    assert record.issuer == "Sở Nội vụ tỉnh Vân Sơn"
    assert record.subject == "Rà soát vị trí việc làm trong các đơn vị sự nghiệp"
    assert (record.signer, record.signer_title) == ("Vũ Thị Lan Anh", "Giám đốc")
    assert record.cites == ("77/UBND-NC",)


def test_columns_in_the_other_order() -> None:
    left, right = "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\n-------\nSố: 1184/QĐ-UBND\n", DECISION.split("-------\n", 1)[1]
    record = read(left + right.replace("Số: 1184/QĐ-UBND\n", ""))

    assert (record.number, record.place, record.issued) == ("1184/QĐ-UBND", "Vân Sơn", datetime.date(2025, 8, 12))
    assert record.issuer == "Ủy ban nhân dân tỉnh Vân Sơn"


def test_a_heading_that_an_export_broke_anywhere() -> None:
    broken = (
        DECISION.replace("ỦY BAN NHÂN DÂN\nTỈNH", "ỦY BAN NHÂN\nDÂN\nTỈNH", 1)
        .replace("CỘNG HÒA XÃ HỘI CHỦ", "CỘNG HÒA XÃ\nHỘI CHỦ")
        .replace("Số: 1184", "Số:\n1184")
        .replace("ngày 12 tháng", "ngày\n12 tháng")
        .replace("QUYẾT ĐỊNH\nPhê", "QUYẾT\nĐỊNH\nPhê", 1)
        .replace("Thanh Hà", "Thanh\nHà")
    )

    assert {**read(broken).to_mapping(), "text": ""} == {**read(DECISION).to_mapping(), "text": ""}


def test_the_title_that_a_portal_adds() -> None:
    title = "Công văn 5348/CT-CS năm 2025 hướng dẫn chính sách thuế do Cục Thuế ban hành"
    record = read(f"Kính gửi: Chi cục.\nVề việc này, Cục Thuế có ý kiến.\n{title}")

    assert (record.type, record.number, record.issuer) == ("Công văn", "5348/CT-CS", "Cục Thuế")
    assert record.subject == "Hướng dẫn chính sách thuế"
    assert year(record) == 2025


def test_what_the_source_gave_is_kept() -> None:
    given = OfficialDocument(id="x", text=DECISION, number="1/QĐ", subject="Khác", issued=datetime.date(2020, 1, 1))

    record = complete(given)

    assert (record.number, record.subject, record.issued) == ("1/QĐ", "Khác", datetime.date(2020, 1, 1))
    assert record.type == "Quyết định"


def test_a_text_without_a_heading_gets_no_invented_one() -> None:
    law = (
        "Điều 1. Phạm vi điều chỉnh\nLuật này quy định về số 15/QĐ-UBND.\nĐiều 2. GIÁM ĐỐC\nNguyễn Văn An phải báo cáo."
    )

    record = read(law)

    assert (record.number, record.type, record.subject, record.issuer, record.signer) == ("", "", "", "", "")
    assert record.cites == ("15/QĐ-UBND",)


@pytest.mark.parametrize(
    ("number", "type_"),
    [
        ("15/2021/QĐ-UBND", "Quyết định"),
        ("30/2020/NĐ-CP", "Nghị định"),
        ("12/CT-TTg", "Chỉ thị"),
        ("01/VBHN-BTC", "Văn bản hợp nhất"),
        ("96/TTr-SKHCN", "Tờ trình"),
        ("102/2025/QH15", ""),
        ("5348/CT-CS", ""),
        ("không số", ""),
    ],
)
def test_the_type_that_a_number_tells(number: str, type_: str) -> None:
    assert complete(OfficialDocument(id="x", number=number, text="Nội dung.")).type == type_


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ("BỘ TÀI CHÍNH\nCỤC THUẾ", "Cục Thuế"),
        ("BỘ VĂN HÓA, THỂ THAO\nVÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("UỶ BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "Ủy ban nhân dân thành phố Hà Nội"),
        ("NGÂN HÀNG NHÀ NƯỚC\nVIỆT NAM", "Ngân hàng Nhà nước Việt Nam"),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
        ("HĐND XÃ ĐÔNG KHÊ", "Hội đồng nhân dân xã Đông Khê"),
        ("ỦY BAN NHÂN DÂN TỈNH VÂN SƠN\nTHANH TRA TỈNH", "Thanh tra tỉnh Vân Sơn"),
        ("ỦY BAN NHÂN DÂN TỈNH VÂN SƠN\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Vân Sơn"),
        ("CHỦ TỊCH ỦY\nBAN NHÂN DÂN\nTỈNH VÂN SƠN", "Ủy ban nhân dân tỉnh Vân Sơn"),
        ("ỦY BAN NHÂN DÂN XÃ\nTHƯỢNG LÂM", "Ủy ban nhân dân xã Thượng Lâm"),
        ("UBND TỈNH VÂN SƠN\nTRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG", "Trung tâm Phục vụ hành chính công tỉnh Vân Sơn"),
        ("BAN CHỈ ĐẠO NHÀ\nNƯỚC\nVỀ DU LỊCH", "Ban chỉ đạo Nhà nước về du lịch"),
        ("BỘ CÔNG AN\nCÔNG AN TỈNH VÂN SƠN", "Công an tỉnh Vân Sơn"),
    ],
)
def test_issuers_have_one_spelling(lines: str, issuer: str) -> None:
    assert read(f"{lines}\n----\n{DECISION.split('-------', 1)[1]}").issuer == issuer


@given(st.text(alphabet="Số:1/QĐ-UBND CỘNG HÒA\nngày tháng năm 2025KT.()\t", max_size=3_000))
def test_any_text_is_read_without_error(text: str) -> None:
    record = read(text)

    assert len(record.subject) <= 500
    assert record.text == text


@pytest.mark.parametrize("piece", ["KT. CHỦ TỊCH\n", "Số: 1/", "A ", "ngày 1 tháng ", "1/QĐ-", "QUYẾT\n"])
def test_long_and_hostile_texts_do_not_hang(piece: str) -> None:
    text = f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{piece * (5_000_000 // len(piece))}"

    assert read(text).text == text
