"""What stands at a document's foot: recipients (nơi nhận), and titles with their form of signing."""

import pytest

from engines.record import OfficialDocument
from indexer.metadata import complete
from indexer.metadata.titles import is_title, title_of

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEAD = f"BỘ NỘI VỤ\n{MOTTO}Số: 15/QĐ-BNV\nQUYẾT ĐỊNH\nVề việc khen thưởng\nCăn cứ Luật;\n"
LETTER = f"BỘ NỘI VỤ\n{MOTTO}Số: 512/BNV-CCVC\nV/v rà soát vị trí việc làm\n"


def recipients(text: str) -> tuple[str, ...]:
    return complete(OfficialDocument(id="x", text=text)).recipients


def test_the_list_in_reading_order() -> None:
    foot = "Nơi nhận:\n- Như Điều 3;\n- Bộ Tư pháp (để b/c);\n- Lưu: VT, TCCB (2b).\nBỘ TRƯỞNG\nPhạm Thị Lan\n"

    assert recipients(HEAD + foot) == ("Như Điều 3", "Bộ Tư pháp (để b/c)", "Lưu: VT, TCCB (2b)")


@pytest.mark.parametrize(
    "foot",
    [
        "Nơi\nnhận:\n-\nNhư Điều 3;\n- Các sở,\nban, ngành;\n- Lưu: VT\n(2b).\nBỘ TRƯỞNG\nPhạm Thị Lan\n",
        "Nơi nhận:\tBỘ TRƯỞNG\n- Như Điều 3;\n- Các sở, ban, ngành;\n- Lưu: VT (2b).\n\tPhạm Thị Lan\n",
        "Nơi nhận: KT. BỘ TRƯỞNG\n- Như Điều 3; THỨ TRƯỞNG\n~ Các sở, ban, ngành;\n- Lưu: VT (2b).\nPhạm Thị Lan\n",
        "BỘ TRƯỞNG\nPhạm Thị Lan\nNơi nhận:\n- Như Điều 3;\n- Các sở, ban, ngành;\n- Lưu: VT (2b)\nPHỤ LỤC\n- Một;\n",
    ],
)
def test_the_list_however_its_lines_are_broken_and_beside_the_signature(foot: str) -> None:
    record = complete(OfficialDocument(id="x", text=HEAD + foot))

    assert record.recipients == ("Như Điều 3", "Các sở, ban, ngành", "Lưu: VT (2b)")
    assert record.signer == "Phạm Thị Lan"


@pytest.mark.parametrize(
    ("addressed", "expected"),
    [
        ("Kính gửi: Sở Tài chính; Sở Tư pháp.\nĐề nghị rà soát.", ("Sở Tài chính", "Sở Tư pháp")),
        ("Kính\ngửi:\n- Sở Tài chính;\n- Ủy ban nhân dân\ncác xã.\nThực hiện Kế hoạch.", None),
        (
            "Kính gửi: Ủy ban nhân dân các xã thuộc\nTỉnh\nThực hiện Kế hoạch số 5/KH-BNV",
            ("Ủy ban nhân dân các xã thuộc Tỉnh",),
        ),
        ("Kính gửi: Công ty TNHH\nVân Sơn.\n(Địa chỉ: xã Đông Khê)\nTrả lời", ("Công ty TNHH Vân Sơn",)),
    ],
)
def test_those_addressed_come_first_in_a_letter(addressed: str, expected: tuple[str, ...] | None) -> None:
    listed = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nBỘ TRƯỞNG\nPhạm Thị Lan\n"
    expected = expected or ("Sở Tài chính", "Ủy ban nhân dân các xã")

    assert recipients(f"{LETTER}{addressed}\n{listed}") == (*expected, "Như trên", "Lưu: VT")


@pytest.mark.parametrize("word", ["ANơi nhận:", "Mới nhận:", "Nơi nhân", ". Nơi nhận :"])
def test_the_word_above_the_list_as_scans_misread_it(word: str) -> None:
    assert recipients(f"{HEAD}{word}\n- Như Điều 3;\n- Lưu: VT.\n") == ("Như Điều 3", "Lưu: VT")


@pytest.mark.parametrize("foot", ["Nơi nhận: như trên\nGIÁM ĐỐC\nVũ An\n", "Nơi nhận\n", "- Như Điều 3;\n- Lưu: VT.\n"])
def test_without_a_list_under_its_word_there_are_no_recipients(foot: str) -> None:
    assert recipients(HEAD + foot) == ()


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "Phó Giám đốc"),
        (["KT. GIÁM ĐỐC"], "KT. Giám đốc"),
        (["TL. BỘ TRƯỞNG"], "TL. Bộ trưởng"),
        (["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], "Chánh văn phòng"),
        (["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"], "Giám đốc Sở Nội vụ"),
        (["TM. ỦY BAN NHÂN DÂN"], "TM. Ủy ban nhân dân"),
        (["Q. CỤC TRƯỞNG"], "Quyền Cục trưởng"),
        (["TL. CỤC TRƯỞNG", "KT. TRƯỞNG BAN GIÁM SÁT", "VỀ HQ PHÓ TRƯỞNG BAN"], "Phó Trưởng ban"),
        (["KT.", "TRƯỞNG BAN NGHIỆP VỤ", "PHÓ", "TRƯỞNG BAN"], "Phó Trưởng ban"),
        (["KT, CHU TỊCH", "PHÓ CHÚ TỊCH"], "Phó Chủ tịch"),
        (["KT. BỌ TRƯỞNG", "THỨ TRUỞNG THUỜNG TRỤC"], "Thứ trưởng thường trực"),
        (["THỐNG ĐỐC", "Phó Thống Đốc"], "Phó Thống đốc"),
        (["CHỦ TỊCH", "QUỐC HỘI"], "Chủ tịch Quốc hội"),
        (["THỦ TRƯỞNG ĐƠN VỊ"], ""),
        ([], ""),
    ],
)
def test_the_title_is_the_signers_own(lines: list[str], title: str) -> None:
    assert title_of(lines) == title


@pytest.mark.parametrize("name", ["Phạm Thanh Hà", "Trưởng", "Chủ Văn Tịch", "Bí thư Nguyễn Văn An"])
def test_a_name_is_no_title(name: str) -> None:
    assert not is_title(name)


@pytest.mark.parametrize(
    ("block", "signer"),
    [
        ("KT. THỐNG ĐỐC\nPhó Thống Đốc\n(đã ký)\nPhạm Thanh Hà\n", "Phạm Thanh Hà"),
        ("CHỦ TỊCH\n(Đã ký)\nNGUYỄN VĂN AN\n", "Nguyễn Văn An"),
        ("GIÁM ĐỐC\nKý bởi: Sở Nội vụ\nNgày ký: 20.11.2025\nVũ Thị Lan Anh\n", "Vũ Thị Lan Anh"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCIl\nĐào Mỹ\n", "Đào Mỹ"),
        ("GIÁM ĐỐC\n.\n- -\nVũ Thị Lan Anh\n", "Vũ Thị Lan Anh"),
        ("GIÁM ĐỐC\nSỞ TÀI CHÍNH\nHỒ SƠ KÈM THEO GỒM CÓ BẢN SAO\n", ""),
    ],
)
def test_the_signer_is_a_name(block: str, signer: str) -> None:
    assert complete(OfficialDocument(id="x", text=f"{HEAD}Điều 3. Thi hành./.\n{block}")).signer == signer
