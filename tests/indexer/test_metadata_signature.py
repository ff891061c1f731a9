"""Signature blocks (chữ ký) and citations."""

import pytest

from engines.record import OfficialDocument
from indexer.metadata import complete
from indexer.metadata.signature import read_signature

HEAD = "BỘ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 15/QĐ-BNV\nQUYẾT ĐỊNH\nVề việc khen thưởng\nCăn cứ Luật;\n"


def signed(end: str) -> tuple[str, str]:
    record = complete(OfficialDocument(id="x", text=HEAD + end))
    return record.signer, record.signer_title


@pytest.mark.parametrize(
    ("block", "name", "title"),
    [
        ("BỘ TRƯỞNG\nPhạm Thị Lan", "Phạm Thị Lan", "Bộ trưởng"),
        ("TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n(Đã ký)\nLê Văn Tùng", "Lê Văn Tùng", "Phó Thủ tướng"),
        ("TM. ỦY BAN NHÂN\nDÂN\nKT.CHỦ TỊCH\nPHÓ CHỦ TỊCH\nMai\nSơn", "Mai Sơn", "Phó Chủ tịch"),
        ("TL. BỘ TRƯỞNG\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nVũ An", "Vũ An", "Phó Chánh văn phòng"),
        ("K.T THỐNG ĐỐC\nPHÓ THỐNG ĐỐC\n[ (đã ký)\n\n\n\n\n\n\nĐỗ Thị Hà", "Đỗ Thị Hà", "Phó Thống đốc"),
        ("BỘ TRƯỞNG\nĐại tướng Lương Văn Quang", "Lương Văn Quang", "Bộ trưởng"),
        ("KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG THƯỜNG TRỰC\nVũ Mạnh Hà", "Vũ Mạnh Hà", "Thứ trưởng thường trực"),
        ("BỘ TRƯỞNG BỘ XÂY DỰNG\nNguyễn Văn An", "Nguyễn Văn An", "Bộ trưởng Bộ Xây dựng"),
        ("Q. CỤC TRƯỞNG\nNguyễn Văn An", "Nguyễn Văn An", "Quyền Cục trưởng"),
    ],
)
def test_signature_blocks(block: str, name: str, title: str) -> None:
    assert signed(f"Điều 3. Thi hành.\n{block}\n") == (name, title)


def test_a_block_beside_the_recipients_in_one_row() -> None:
    assert signed("Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\tBỘ TRƯỞNG\n(Đã ký)\n\nPhạm Thị Lan\n") == (
        "Phạm Thị Lan",
        "Bộ trưởng",
    )


def test_a_block_between_the_recipients_row_by_row() -> None:
    rows = (
        "Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Bộ Nội vụ;\tKT.CHỦ TỊCH\n- Sở Nội vụ;\tPHÓ CHỦ TỊCH\n- Lưu: VT.\n"
        "\tLê Văn Tùng\n"
    )

    assert signed(rows) == ("Lê Văn Tùng", "Phó Chủ tịch")


def test_an_example_in_the_body_is_not_the_signature() -> None:
    example = "ví dụ:\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nTrần Văn B\n"

    assert signed(f"Điều 2. Ghi như sau, {example}Điều 3. Thi hành./.\nBỘ TRƯỞNG\nPhạm Thị Lan\n") == (
        "Phạm Thị Lan",
        "Bộ trưởng",
    )
    assert signed(f"{example}Điều 3.\nNơi nhận:\n- Lưu: VT.\nBỘ TRƯỞNG\nPhạm Thị Lan\n") == (
        "Phạm Thị Lan",
        "Bộ trưởng",
    )


def test_the_signature_of_an_appendix_comes_too_late() -> None:
    text = "Thi hành./.\nBỘ TRƯỞNG\nPhạm Thị Lan\nMẪU SỐ 01\nNơi nhận:\nGIÁM ĐỐC\nHọ Và Tên\n"

    assert signed(text) == ("Phạm Thị Lan", "Bộ trưởng")


@pytest.mark.parametrize(
    "text", ["BỘ TRƯỞNG\nđã phát biểu tại cuộc họp", "BỘ TRƯỞNG", "Phạm Thị Lan", "GIÁM ĐỐC\n" * 20]
)
def test_no_name_under_a_title_is_no_signature(text: str) -> None:
    assert signed(text) == ("", "")


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Nghị định số 42/2022/NĐ-CP và 42/2022/NĐ-CP", ("42/2022/NĐ-CP",)),
        ("Thông tư số 06/2023/TT-\nBLĐTBXH; số 84 /QĐ-TTg", ("06/2023/TT-BLĐTBXH", "84/QĐ-TTg")),
        ("Nghị quyết số 57-NQ/TW; Luật số 59/2020/QH14", ("57-NQ/TW", "59/2020/QH14")),
        ("Nghị quyết số 66.7/2025/NQ-CP", ("66.7/2025/NQ-CP",)),
        ("Thông tư liên tịch số 06/2008/TTLT-BTTTT-BCA.", ("06/2008/TTLT-BTTTT-BCA",)),
        ("Quyết định này số 15/QĐ-BNV", ()),
        ("ngày 24/7, tỷ lệ 1/3, 05/03/2024, 10 km/h, 5/A, http://a.vn/1/QĐx", ()),
    ],
)
def test_citations(text: str, cites: tuple[str, ...]) -> None:
    assert complete(OfficialDocument(id="x", number="15/QĐ-BNV", text=text)).cites == cites


@pytest.mark.parametrize(
    ("block", "signing"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn An", "TM. Ủy ban nhân dân, KT. Chủ tịch"),
        ("TL. BỘ TRƯỞNG\nCHÁNH VĂN PHÒNG\n\nNguyễn Văn An", "TL. Bộ trưởng"),
        ("TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ TÀI CHÍNH\n\nNguyễn Văn An", "TUQ. Chủ tịch"),
        ("GIÁM ĐỐC\n\nNguyễn Văn An", ""),
        ("Q. GIÁM ĐỐC\n\nNguyễn Văn An", ""),  # quyền: a part of the title
    ],
)
def test_the_form_of_signing_says_in_whose_stead(block: str, signing: str) -> None:
    found = read_signature(f"Điều 3. Thi hành./.\nNơi nhận:\n- Lưu: VT.\n{block}\n", 0)

    assert found is not None
    assert (found.name, found.form) == ("Nguyễn Văn An", signing)
