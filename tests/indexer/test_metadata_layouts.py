"""Headings and signatures of bodies whose layout differs from a ministry's: Party, courts, schools, joint circulars."""

import datetime

import pytest

from engines.record import OfficialDocument
from indexer.metadata import complete

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DATED = "Hà Nội, ngày 8 tháng 5 năm 2023\n"


def read(text: str) -> OfficialDocument:
    return complete(OfficialDocument(id="x", text=text))


def test_a_decision_of_the_party() -> None:
    record = read(
        "TỈNH ỦY BẮC NINH\n*\nSố 15-QĐ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nBắc Ninh, ngày 12 tháng 3 năm 2024\nQUYẾT ĐỊNH\n"
        "về việc thành lập Ban Chỉ đạo chuyển đổi số\n-----\n- Căn cứ Điều lệ Đảng;\nĐiều 1. Thành lập.\n"
        "Nơi nhận:\n- Như Điều 3,\n- Lưu Văn phòng Tỉnh ủy.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nNguyễn Văn An\n"
    )

    assert (record.number, record.type, record.issuer) == ("15-QĐ/TU", "Quyết định", "Tỉnh ủy Bắc Ninh")
    assert (record.place, record.issued) == ("Bắc Ninh", datetime.date(2024, 3, 12))
    assert (record.signer, record.signer_title) == ("Nguyễn Văn An", "Phó Bí thư")
    assert record.subject == "Thành lập Ban Chỉ đạo chuyển đổi số"
    assert record.recipients == ("Như Điều 3", "Lưu Văn phòng Tỉnh ủy")


def test_a_line_that_says_whose_document_it_is_is_no_subject() -> None:
    resolution = read(
        "BỘ CHÍNH TRỊ\n*\nSố 57-NQ/TW\nĐẢNG CỘNG SẢN VIỆT NAM\nHà Nội, ngày 22 tháng 12 năm 2024\nNGHỊ QUYẾT\n"
        "CỦA BỘ CHÍNH TRỊ\nvề đột phá phát triển khoa học\nI- TÌNH HÌNH\nT/M BỘ CHÍNH TRỊ\nTỔNG BÍ THƯ\nTô Văn An\n"
    )
    circular = read(
        f"BỘ TÀI CHÍNH\n{MOTTO}Số: 80/2005/TT-BTC\nHà Nội, ngày 18 tháng 4 năm 2005\nTHÔNG TƯ\n"
        "Của Bộ Tài chính số 80/2005/TT-BTC ngày 18 tháng 4 năm 2005 hướng dẫn chế độ thu phí\nCăn cứ Luật;\n"
    )

    assert (resolution.issuer, resolution.subject) == ("Bộ Chính trị", "Về đột phá phát triển khoa học")
    assert (resolution.signer, resolution.signer_title) == ("Tô Văn An", "Tổng Bí thư")
    assert circular.subject == "Hướng dẫn chế độ thu phí"


def test_a_joint_circular_has_every_issuer_and_signer() -> None:
    record = read(
        f"BỘ TÀI CHÍNH - BỘ TƯ PHÁP\n-------\n{MOTTO}Số: 192/2013/TTLT-BTC-BTP\n{DATED}THÔNG TƯ LIÊN TỊCH\n"
        "Quy định việc quản lý kinh phí\nCăn cứ Luật;\nKT. BỘ TRƯỞNG BỘ TƯ PHÁP\nTHỨ TRƯỞNG\n(Đã ký)\nNguyễn Thúy Hà\n"
        "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH\nTHỨ TRƯỞNG\n(Đã ký)\nTrần Thị Minh\nNơi nhận:\n- Lưu: VT.\n"
    )

    assert record.issuer == "Bộ Tài chính, Bộ Tư pháp"
    assert (record.signer, record.signer_title) == ("Nguyễn Thúy Hà, Trần Thị Minh", "Thứ trưởng, Thứ trưởng")


@pytest.mark.parametrize(
    ("column", "issuer"),
    [
        ("BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TỔ CHỨC", "Ban Tổ chức Trung ương"),
        ("TỈNH ỦY HÀ NAM\nỦY BAN KIỂM TRA", "Ủy ban Kiểm tra Tỉnh ủy Hà Nam"),
        ("ĐẢNG BỘ TỈNH NGHỆ AN\nĐẢNG ỦY XÃ HƯNG ĐÔNG", "Đảng ủy xã Hưng Đông"),
        ("TW HỘI LHPN VIỆT NAM\nHỘI LIÊN HIỆP PHỤ NỮ TỈNH SƠN LA", "Hội Liên hiệp Phụ nữ tỉnh Sơn La"),
        ("UBND HUYỆN ĐÔNG ANH\nPHÒNG TÀI CHÍNH - KẾ HOẠCH", "Phòng Tài chính - Kế hoạch huyện Đông Anh"),
        ("CÔNG AN TỈNH GIA LAI\nPHÒNG CẢNH SÁT GIAO THÔNG", "Phòng Cảnh sát giao thông Công an tỉnh Gia Lai"),
        ("SỞ GD&ĐT THÁI BÌNH\nTRƯỜNG THPT NGUYỄN DU", "Trường THPT Nguyễn Du"),
        ("SỞ Y TẾ HẢI PHÒNG\nBỆNH VIỆN ĐA KHOA VIỆT TIỆP", "Bệnh viện Đa khoa Việt Tiệp"),
        ("CÔNG TY CỔ PHẦN NƯỚC SẠCH SỐ 3", "Công ty Cổ phần Nước Sạch Số 3"),
        ("Ủy ban nhân dân\nTỉnh Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh"),
        ("CUC HẢI QUAN", "Cục Hải quan"),
        ("BỘ TÀI CHÍNH\nCỤCHẢI QUAN", "Cục Hải quan"),
    ],
)
def test_issuers_of_every_kind(column: str, issuer: str) -> None:
    assert read(f"{column}\nSố: 12/BC-ABCD\n{MOTTO}{DATED}BÁO CÁO\nVề công tác\nCăn cứ Luật;\n").issuer == issuer


def test_a_companys_name_is_written_as_its_text_writes_it() -> None:
    body = "Căn cứ Luật;\nCông ty Cổ phần Nước sạch số 3 thông báo."

    assert read(f"CÔNG TY CỔ PHẦN NƯỚC SẠCH SỐ 3\n{MOTTO}Số: 2/TB-NS3\nTHÔNG BÁO\nVề giá\n{body}").issuer == (
        "Công ty Cổ phần Nước sạch số 3"
    )


@pytest.mark.parametrize(
    ("heading", "type_", "subject"),
    [
        ("BIÊN BẢN HỌP\nXét tuyển công chức\nThời gian: 8 giờ", "Biên bản", "HỌP"),
        ("Quyết định\nVề việc khen thưởng\nCăn cứ Luật;", "Quyết định", "Khen thưởng"),
        ("GIẤY MỜI\nHọp triển khai công tác\nKính gửi: Các sở", "Giấy mời", "Họp triển khai công tác"),
        ("KẾT LUẬN\nVề công tác cán bộ\nCăn cứ Luật;", "Kết luận", "Về công tác cán bộ"),
    ],
)
def test_types_as_they_are_headed(heading: str, type_: str, subject: str) -> None:
    record = read(f"SỞ NỘI VỤ\n{MOTTO}Số: 2/ABC-SNV\n{DATED}{heading}")

    assert (record.type, record.subject.casefold()) == (type_, subject.casefold())


def test_an_urgent_telegram_says_so_beside_its_type() -> None:
    record = read(f"BỘ CÔNG AN\n{MOTTO}Số: 5/CĐ-BCA\n{DATED}CÔNG ĐIỆN HỎA TỐC\nVề ứng phó mưa lũ\nĐiều 1.")

    assert (record.type, record.urgency, record.subject) == ("Công điện", "Hỏa tốc", "Về ứng phó mưa lũ")


def test_a_contract_has_its_year_last_and_its_day_within() -> None:
    record = read(
        f"{MOTTO}HỢP ĐỒNG LAO ĐỘNG\nSố: 12/HĐLĐ-2023\nHôm nay, ngày 8 tháng 5 năm 2023, tại Hà Nội\nBên A: X\n"
    )

    assert (record.number, record.type, record.issued) == ("12/HĐLĐ-2023", "Hợp đồng", datetime.date(2023, 5, 8))


@pytest.mark.parametrize(
    ("block", "name", "title"),
    [
        ("THẨM PHÁN\nĐỗ Thị Thanh", "Đỗ Thị Thanh", "Thẩm phán"),
        ("GIÁM ĐỐC\nBS.CKII Nguyễn Văn Thành", "Nguyễn Văn Thành", "Giám đốc"),
        ("GIÁM ĐỐC\nH’Yim Kđoh", "H’Yim Kđoh", "Giám đốc"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n[daky]\nTrần Văn Hòa", "Trần Văn Hòa", "Phó Giám đốc"),
        ("GIÁM ĐỐC\nLê TrườngSơn", "Lê Trường Sơn", "Giám đốc"),
        ("GIÁM ĐỐC\nNguyễ n Bắc Hải", "Nguyễn Bắc Hải", "Giám đốc"),
    ],
)
def test_signers_of_every_kind(block: str, name: str, title: str) -> None:
    record = read(
        f"SỞ NỘI VỤ\n{MOTTO}Số: 2/QĐ-SNV\nQUYẾT ĐỊNH\nVề việc X\nCăn cứ Luật;\nĐiều 1. Thi hành./.\n{block}\n"
    )

    assert (record.signer, record.signer_title) == (name, title)


def test_recipients_of_a_form_in_an_appendix_are_not_the_documents() -> None:
    record = read(
        f"SỞ NỘI VỤ\n{MOTTO}Số: 2/QĐ-SNV\nQUYẾT ĐỊNH\nVề việc X\nCăn cứ Luật;\nĐiều 1. Thi hành./.\nGIÁM ĐỐC\nLê An\n"
        "PHỤ LỤC\nDANH SÁCH BIỂU MẪU\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    )

    assert record.recipients == ()


def test_a_draft_has_its_issuer() -> None:
    record = read(f"ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH\n-------\nDỰ THẢO\n{MOTTO}Số: 2/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc X\n")

    assert record.issuer == "Ủy ban nhân dân tỉnh Bắc Ninh"
