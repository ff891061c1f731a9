"""Where a subject (trích yếu) ends, and how it is written."""

import pytest

from engines.record import OfficialDocument
from indexer.metadata import complete
from indexer.metadata.casing import sentence_case

HEAD = "ỦY BAN NHÂN DÂN TỈNH VÂN SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 15/{code}\n"


def subject(text: str, code: str = "QĐ-UBND") -> str:
    return complete(OfficialDocument(id="x", text=HEAD.format(code=code) + text)).subject


@pytest.mark.parametrize(
    "end",
    [
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH VÂN SƠN\nCăn cứ Luật;",
        "CHỦ TỊCH ỦY BAN\nNHÂN DÂN TỈNH\nCăn cứ Luật;",
        "ỦY BAN NHÂN DÂN TỈNH VÂN SƠN\nCăn cứ Luật;",
        "____\nTheo đề nghị của Sở",
        "Căn\ncứ Luật;",
        "Ngày 20 tháng 11 năm 2025, Ủy ban nhân dân tỉnh họp và",
        "I. MỤC ĐÍCH",
        "(Ban hành kèm theo Công văn)",
        "Điều 1. Phê duyệt",
    ],
)
def test_a_subject_in_capitals_ends_where_something_else_begins(end: str) -> None:
    assert subject(f"QUYẾT ĐỊNH\nVỀ VIỆC THÀNH LẬP\nTỔ CÔNG TÁC\n{end}") == "Thành lập tổ công tác"


@pytest.mark.parametrize(
    "end", ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\nCăn cứ Luật;", "\nThực hiện Kế hoạch số 5", "Thực hiện Kế hoạch"]
)
def test_a_subject_in_small_letters_ends_where_something_else_begins(end: str) -> None:
    assert subject(f"QUYẾT ĐỊNH\nVề việc thành lập\nTổ công tác\n{end}") == "Thành lập Tổ công tác"


@pytest.mark.parametrize(
    "body",
    [
        "Sở thông báo việc cho học sinh uống sữa từ ngày 02 tháng 3.\n1. Mỗi trẻ một hộp.",
        "Thân ái gửi cán bộ xã Nà Lũng!\nRạng sáng ngày 08 tháng 5, các đồng chí đã cứu dân.",
        "Ủy ban nhân dân tỉnh trân trọng kính mời: Giám đốc các sở.\nĐịa điểm: phòng họp số 2.",
        "Thời gian qua, phần lớn cán bộ, công chức của tỉnh tận tụy với công việc. Tuy\nvậy, vẫn còn chậm.\n1. Một",
        "Ủy ban nhân dân tỉnh thông báo kết luận thanh tra tại Sở Giao thông vận tải và ba\nban quản lý:\n1. Ưu điểm",
    ],
)
def test_a_subject_ends_before_the_first_sentence(body: str) -> None:
    assert subject(f"THÔNG BÁO\nTriển khai chương trình sữa học đường\n2025 - 2026\n{body}", "TB-UBND") == (
        "Triển khai chương trình sữa học đường 2025 - 2026"
    )


def test_a_subject_goes_on_with_a_name_and_may_end_with_a_full_stop() -> None:
    assert subject("QUYẾT ĐỊNH\nVề việc thành lập\nTổ công tác TP. Vân Bình.\nCăn cứ Luật;") == (
        "Thành lập Tổ công tác TP. Vân Bình"
    )


@pytest.mark.parametrize("about", ["V/v", "V/v:", "(V/v", "Vív", "V/y", "V / v"])
def test_what_a_letter_is_about_however_it_is_written(about: str) -> None:
    assert subject(f"{about} rà soát\nvị trí việc làm\nKính gửi: Các sở.", "SNV-CCVC") == "Rà soát vị trí việc làm"


def test_a_letter_that_does_not_say_what_it_is_about_has_no_subject() -> None:
    assert subject("Kính gửi: Các sở.\nTrả lời Công văn số 5/UBND-NC về việc rà soát.", "SNV-CCVC") == ""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("ỦY QUYỀN CHO\nCHÁNH VĂN PHÒNG CÔNG BỐ THỦ TỤC", "Ủy quyền cho chánh văn phòng công bố thủ tục"),
        (
            "THUỘC THẨM QUYỀN CỦA SỞ Y TẾ,\nỦY BAN NHÂN DÂN CẤP XÃ",
            "Thuộc thẩm quyền của sở y tế, ủy ban nhân dân cấp xã",
        ),
        ("CÔNG BỐ DANH\nMỤC THỦ TỤC HÀNH CHÍNH", "Công bố danh mục thủ tục hành chính"),
        ("PHÁT TRIỂN KINH TẾ SỐ GIAI ĐOẠN\n2026 - 2030", "Phát triển kinh tế số giai đoạn 2026 - 2030"),
        ("SỬA ĐỔI QUYẾT ĐỊNH SỐ\n22/2025/QĐ-TTg NGÀY 01/3/2025", "Sửa đổi quyết định số 22/2025/QĐ-TTg ngày 01/3/2025"),
        (
            "Sửa đổi một số điều của\nThông tư số 12/2017/TT-BNV ngày 20/4",
            "Sửa đổi một số điều của Thông tư số 12/2017/TT-BNV ngày 20/4",
        ),
    ],
)
def test_a_line_that_looks_like_an_end_goes_on(lines: str, expected: str) -> None:
    assert subject(f"QUYẾT ĐỊNH\n{lines}\nCăn cứ Luật;") == expected


@pytest.mark.parametrize(
    "gap", ["", "Vân Sơn, ngày 20\ntháng 11 năm 2025\n", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nVân Sơn, ngày 2/3/2024\n"]
)
def test_the_subject_of_a_letter_ends_before_its_addressees(gap: str) -> None:
    assert subject(f"V/v hướng dẫn thuế\nGTGT\n{gap}Kính\ngửi: Các đơn vị.", "CT-CS") == "Hướng dẫn thuế GTGT"


def test_the_name_of_the_state_in_a_subject_is_not_the_motto() -> None:
    text = (
        "BỘ CÔNG THƯƠNG\nSố: 61/2025/TT-BCT\nTHÔNG TƯ\nTHỰC HIỆN THỎA THUẬN GIỮA\n"
        "CHÍNH PHỦ NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM VÀ LÀO\nCăn cứ Luật;"
    )

    assert complete(OfficialDocument(id="x", text=text)).subject == (
        "Thực hiện thỏa thuận giữa chính phủ nước cộng hòa xã hội chủ nghĩa việt nam và lào"
    )


def test_the_dots_of_a_form_are_no_subject() -> None:
    assert subject("QUYẾT ĐỊNH\n……………… 5\nCăn cứ ……") == ""


def test_a_long_subject_is_cut_between_words() -> None:
    cut = subject("QUYẾT ĐỊNH\n" + "quy định chi tiết\n" * 400 + "Căn cứ Luật;")

    assert 980 < len(cut) <= 1_000
    assert cut.split()[-1] in {"quy", "định", "chi", "tiết"}


def test_capitals_become_what_the_body_writes() -> None:
    body = "Phê duyệt Đề án Chuyển đổi số tỉnh Bắc Ninh. UBND các xã, Sở Nội vụ thi hành."

    assert sentence_case("PHÊ DUYỆT ĐỀ ÁN CHUYỂN ĐỔI SỐ TỈNH BẮC NINH (ODA)", body) == (
        "Phê duyệt Đề án Chuyển đổi số tỉnh Bắc Ninh (ODA)"
    )


def test_what_the_body_does_not_write_becomes_small_but_for_abbreviations() -> None:
    assert (
        sentence_case("KIỆN TOÀN TTHC THEO QĐ-TTg SỐ 15/QĐ-UBND QUÝ IV", "")
        == "Kiện toàn TTHC theo QĐ-TTg số 15/QĐ-UBND quý IV"
    )


def test_names_beside_a_comma_or_dash_are_written_as_in_the_body() -> None:
    body = "Giao Bệnh viện, Sở Văn hóa, Thể thao và Du lịch, UBND xã; Cảng Cam Ranh - Bộ Quốc phòng thi hành."

    assert sentence_case(
        "GIAO BỆNH VIỆN, SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH, UBND XÃ, CẢNG CAM RANH - BỘ QUỐC PHÒNG", body
    ) == ("Giao Bệnh viện, Sở Văn hóa, Thể thao và Du lịch, UBND xã, cảng Cam Ranh - Bộ Quốc phòng")


def test_small_letters_stay() -> None:
    assert sentence_case("Phê duyệt đề án TTHC", "PHÊ DUYỆT Đề Án") == "Phê duyệt đề án TTHC"
