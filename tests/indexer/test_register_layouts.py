"""Registers as offices keep and print them: each layout is read to the same two or three documents."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from indexer.registers import open_register
from tests.indexer.registers_made import INCOMING, OUTGOING, Value, write_xlsx

MARCH_1, MARCH_5, MARCH_6 = (datetime.date(2019, 3, day) for day in (1, 5, 6))
FIRST = {"number": "12/QĐ-BNV", "issued": "2019-03-01", "subject": "Quyết định giao biên chế"}
SECOND = {"number": "9/UBND-NC", "issued": "2019-03-04", "subject": "V/v báo cáo số liệu"}
FIRST_IN = {**FIRST, "arrived": "2019-03-05", "arrival_number": "7", "issuer": "Bộ Nội vụ", "direction": "đến"}
SECOND_IN = {**SECOND, "arrived": "2019-03-06", "arrival_number": "8", "issuer": "UBND tỉnh", "direction": "đến"}
FIRST_OUT = {**FIRST, "signer": "Lê Văn An", "recipients": ["UBND tỉnh", "Sở Y tế"], "direction": "đi"}
SECOND_OUT = {**SECOND, "signer": "Hà Thị Bé", "recipients": ["Các phòng"], "direction": "đi"}

Rows = Sequence[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A workbook and what it says.

    Attributes:
        name: What is special about it.
        sheets: Its sheets.
        records: Its documents, without ids, what follows from numbers, and the book's name.
        books: The name of the book that each document stands in, one where it is the same for all.
        merged: Ranges of the first sheet that are one cell.
        file: Its name.
        mapping: The mapping file beside it.
    """

    name: str
    sheets: Mapping[str, Rows]
    records: Sequence[Mapping[str, Any]]
    books: str | Sequence[str] = ""
    merged: Sequence[str] = ()
    file: str = "so.xlsx"
    mapping: str = ""


def _columns(names: Sequence[str]) -> Sequence[Value]:
    return [f"({number})" for number in range(1, len(names) + 1)]


_OFFICE = ("UBND TỈNH VÂN SƠN", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_SIGNED: Rows = (
    ("", "", "", "", "", "Vân Sơn, ngày 31 tháng 12 năm 2019"),
    ("", "NGƯỜI LẬP SỔ", "", "", "", "CHÁNH VĂN PHÒNG"),
    ("", "(Ký, ghi rõ họ tên)", "", "", "", "(Ký, ghi rõ họ tên)"),
    (),
    ("", "Nguyễn Thị Hằng", "", "", "", "Hoàng Minh Tuấn"),
)
_IN_1: Sequence[Value] = (MARCH_5, 7, "Bộ Nội vụ", "12/QĐ-BNV", MARCH_1, "Quyết định giao biên chế")
_IN_2: Sequence[Value] = ("06/03/2019", 8, "UBND tỉnh", "9/UBND-NC", "4-3-2019", "V/v báo cáo số liệu")
_TT07_IN = (
    *("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung"),
    *("Đơn vị hoặc người nhận", "Ký nhận", "Ghi chú"),
)
_TT07_OUT = (
    *("Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký"),
    *("Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ghi chú"),
)
_OUT_1: Sequence[Value] = ("12/QĐ-BNV", MARCH_1, "Quyết định giao biên chế", "Lê Văn An", "UBND tỉnh; Sở Y tế", "VT", 3)
_OUT_2: Sequence[Value] = ("9/UBND-NC", "04.03.19", "V/v báo cáo số liệu", "Hà Thị Bé", "Các phòng", "VT", 1)

LAYOUTS = (
    Layout(
        "Nghị định 30/2020, văn bản đến, with merged titles, months, sums and signatures",
        {
            "Sổ đến": [
                _OFFICE,
                ["", "", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"],
                ["", "", "Năm: 2019"],
                [],
                INCOMING,
                _columns(INCOMING),
                ["Tháng 3"],
                [*_IN_1, "Văn phòng"],
                [*_IN_2, "Phòng TH"],
                ["Cộng tháng 3:", "2 văn bản"],
                *_SIGNED,
            ]
        },
        [{**FIRST_IN, "recipients": ["Văn phòng"]}, {**SECOND_IN, "recipients": ["Phòng TH"]}],
        merged=("A1:E1", "C2:H2", "C3:H3", "A7:J7"),
        books="Sổ văn bản đến 2019",
    ),
    Layout(
        "Nghị định 30/2020, văn bản đi",
        {"Sổ đi": [_OFFICE, ["", "SỔ ĐĂNG KÝ VĂN BẢN ĐI"], OUTGOING, _columns(OUTGOING), _OUT_1, _OUT_2, *_SIGNED]},
        [FIRST_OUT, SECOND_OUT],
        books="Sổ văn bản đi",
    ),
    Layout(
        "Thông tư 07/2012/TT-BNV, văn bản đến, a total at the end",
        {"Sheet1": [["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM 2019"], _TT07_IN, _IN_1, _IN_2, ["", "Tổng số:", 2]]},
        [FIRST_IN, SECOND_IN],
        merged=("A1:I1",),
        books="Sổ văn bản đến 2019",
    ),
    Layout(
        "Thông tư 07/2012/TT-BNV, văn bản đi, the heading again on each page",
        {"Sheet1": [["SỔ VĂN BẢN ĐI"], _TT07_OUT, _OUT_1, _TT07_OUT, _columns(_TT07_OUT), _OUT_2]},
        [FIRST_OUT, SECOND_OUT],
        books="Sổ văn bản đi",
    ),
    Layout(
        "Công văn 425/VTLTNN, văn bản mật đến",
        {
            "Mật": [
                ["SỔ ĐĂNG KÝ VĂN BẢN MẬT ĐẾN"],
                [*_TT07_IN[:6], "Mức độ mật", *_TT07_IN[6:]],
                [*_IN_1, "Mật", "Giám đốc"],
                [*_IN_2, "Tuyệt mật", "Giám đốc"],
            ]
        },
        [
            {**FIRST_IN, "secrecy": "Mật", "recipients": ["Giám đốc"]},
            {**SECOND_IN, "secrecy": "Tuyệt mật", "recipients": ["Giám đốc"]},
        ],
        books="Sổ văn bản mật đến",
    ),
    Layout(
        "a heading of two rows with merged groups, printed again on the second page",
        {
            "2019": [
                ["SỔ CÔNG VĂN ĐẾN"],
                *(
                    heading := [
                        ["STT", "Công văn đến", "", "Công văn", "", "", "Trích yếu nội dung", "Ghi chú"],
                        ["", "Số", "Ngày", "Số, ký hiệu", "Ngày", "Nơi gửi", "", ""],
                    ]
                ),
                [1, 7, MARCH_5, "12/QĐ-BNV", MARCH_1, "Bộ Nội vụ", "Quyết định giao biên chế"],
                *heading,
                [2, 8, MARCH_6, "9/UBND-NC", "04/03/2019", "UBND tỉnh", "V/v báo cáo số liệu"],
            ]
        },
        [FIRST_IN, SECOND_IN],
        merged=("A2:A3", "B2:C2", "D2:F2", "G2:G3", "H2:H3", "A5:A6", "B5:C5", "D5:F5", "G5:G6", "H5:H6"),
        books="Sổ công văn đến 2019",
    ),
    Layout(
        "số and ký hiệu in two columns, figures as numbers",
        {
            "Sổ": [
                ["Số", "Ký hiệu", "Ngày tháng năm của văn bản", "Trích yếu", "Người ký", "Nơi nhận VB"],
                [12.0, "QĐ-BNV", MARCH_1, "Quyết định giao biên chế", "Lê Văn An", "UBND tỉnh\nSở Y tế"],
                ["9", "/UBND-NC", 43528.0, "V/v báo cáo số liệu", "Hà Thị Bé", "- Các phòng"],
            ]
        },
        [FIRST_OUT, SECOND_OUT],
    ),
    Layout(
        "an electronic system's export, with a column of the book's name",
        {
            "Export": [
                [
                    *("TT", "Sổ văn bản", "Số đến", "Ngày đến", "Số hiệu văn bản", "Ngày văn bản", "Cơ quan phát hành"),
                    *("Trích yếu nội dung", "Độ khẩn", "Độ mật", "Hạn XL", "Trạng thái", "Tập tin đính kèm"),
                ],
                [
                    *(1, "Sổ công văn đến 2019", 7, "05/03/2019 08:15", "12/QĐ-BNV", "01/03/2019", "Bộ Nội vụ"),
                    *("Quyết định giao biên chế", "Thường", "Không", "", "Đã xử lý", ""),
                ],
                [
                    *(2, "Sổ công văn đến 2019", 8, "06/03/2019", "9/UBND-NC", "04/03/2019", "UBND tỉnh"),
                    *("V/v báo cáo số liệu", "Khẩn", "Thường", "10/03/2019", "Đang xử lý", ""),
                ],
                [
                    *(3, "Sổ công văn đến 2019", 9, "06/03/2019", "", "04/03/2019", "Công an tỉnh"),
                    *("Giấy mời họp", "", "", "", "Đang xử lý", ""),
                ],
            ]
        },
        [
            FIRST_IN,
            {**SECOND_IN, "urgency": "Khẩn", "due": "2019-03-10"},
            {
                **{"arrival_number": "9", "arrived": "2019-03-06", "issued": "2019-03-04", "direction": "đến"},
                **{"issuer": "Công an tỉnh", "subject": "Giấy mời họp"},
            },
        ],
        books="Sổ công văn đến 2019",
    ),
    Layout(
        "other order, other names, no marks",
        {
            "Sheet1": [
                ["SO THEO DOI VAN BAN DI"],
                ["Noi nhan", "Trich yeu", "Nguoi ky", "Loai VB", "Ngay BH", "So/Ki hieu"],
                ["UBND tỉnh; Sở Y tế", FIRST["subject"], "Lê Văn An", "Quyết định", "1/3/2019", "12/QĐ-BNV"],
                ["Các phòng", SECOND["subject"], "Hà Thị Bé", "Công văn", "4/3/2019", "9/UBND-NC"],
            ]
        },
        [{**FIRST_OUT, "type": "Quyết định"}, {**SECOND_OUT, "type": "Công văn"}],
        books="Sổ văn bản đi",
    ),
    Layout(
        "a sheet for each year, days without the year",
        {
            "2019": [["SỔ VĂN BẢN ĐẾN"], _TT07_IN, ["5/3", *_IN_1[1:4], "01/3", _IN_1[5]]],
            "2020": [["SỔ VĂN BẢN ĐẾN"], _TT07_IN, ["06/01", *_IN_2[1:4], "30/12", _IN_2[5]]],
        },
        [FIRST_IN, {**SECOND_IN, "arrived": "2020-01-06", "issued": "2019-12-30"}],
        books=("Sổ văn bản đến 2019", "Sổ văn bản đến 2020"),
    ),
    Layout(
        "number and day in one column",
        {
            "Sổ": [
                ["Số đến", "Ngày đến", "Nơi gửi công văn", "Số, ký hiệu, ngày tháng văn bản", "Nội dung công văn"],
                [7, MARCH_5, "Bộ Nội vụ", "12/QĐ-BNV ngày 01/3/2019", "Quyết định giao biên chế"],
                [8, MARCH_6, "UBND tỉnh", "9/UBND-NC\n04/03/2019", "V/v báo cáo số liệu"],
            ]
        },
        [FIRST_IN, SECOND_IN],
    ),
    Layout(
        "the table in the middle of the sheet, empty columns before and between",
        {
            "Sổ": [
                *([[]] * 6),
                ["", "", "Số đến", "", "Ngày đến", "Cơ quan BH", "Số KH", "Ngày VB", "Trích yếu ND"],
                [],
                ["", "", 7, "", MARCH_5, "Bộ Nội vụ", "12/QĐ-BNV", MARCH_1, "Quyết định giao biên chế"],
                [],
                ["", "", "08", "", MARCH_6, "UBND tỉnh", "9/UBND-NC", "2019-03-04", "V/v báo cáo số liệu"],
            ]
        },
        [FIRST_IN, {**SECOND_IN, "arrival_number": "08"}],
    ),
    Layout(
        "a register of decisions",
        {
            "QĐ": [
                ["SỔ ĐĂNG KÝ QUYẾT ĐỊNH NĂM 2019"],
                ["STT", "Số quyết định", "Ngày tháng ký", "Tên và trích yếu nội dung văn bản", "Người ký", "Nơi nhận"],
                [1, "12/QĐ-BNV", MARCH_1, "Quyết định giao biên chế", "Lê Văn An", "UBND tỉnh\nSở Y tế"],
            ]
        },
        [FIRST_OUT],
        books="Sổ quyết định 2019",
    ),
    Layout(
        "names of its own, with a mapping file",
        {
            "Sổ": [
                ["Mã", "Lập ngày", "Diễn giải", "Ai ký", "Gửi cho"],
                _OUT_1[:5],
                _OUT_2[:5],
            ]
        },
        [FIRST_OUT, SECOND_OUT],
        file="so-van-ban-di.xlsx",
        mapping='number = "Mã"\nissued = "Lập ngày"\nsubject = "Diễn giải"\nsigner = "Ai ký"\nrecipients = "Gửi cho"\n',
        books="Sổ văn bản đi",
    ),
    Layout(
        "two books side by side in one workbook, with a sheet of staff between",
        {
            "Đến": [["SỔ VĂN BẢN ĐẾN"], _TT07_IN, _IN_1],
            "Cán bộ": [["Họ tên", "Chức vụ", "Số điện thoại"], ["Nguyễn Văn A", "Văn thư", "0912"]],
            "Đi": [["SỔ VĂN BẢN ĐI"], _TT07_OUT, _OUT_2],
        },
        [FIRST_IN, SECOND_OUT],
        books=("Sổ văn bản đến", "Sổ văn bản đi"),
    ),
    Layout(
        "signatures under each month, the total beside them",
        {
            "Sổ": [
                _TT07_IN,
                ["THÁNG 3"],
                _IN_1,
                ["Tổng cộng", "", "", "", "", "1 văn bản"],
                ["Văn thư", "", "", "", "", "Trưởng phòng"],
                ["Trần Thị Nga", "", "", "", "", "Lê Văn An"],
                ["THÁNG 4"],
                _IN_2,
            ]
        },
        [FIRST_IN, SECOND_IN],
    ),
)


def _written(layout: Layout) -> list[dict[str, Any]]:
    books = [layout.books] * len(layout.records) if isinstance(layout.books, str) else layout.books
    return [
        {**record, **({"register": book} if book else {})} for record, book in zip(layout.records, books, strict=True)
    ]


def _said(layout: Layout, folder: Path) -> list[dict[str, Any]]:
    path = write_xlsx(folder / layout.file, layout.sheets, merged=layout.merged)
    if layout.mapping:
        (folder / f"{layout.file}.toml").write_text(layout.mapping, encoding="utf-8")
    register = open_register(str(path), "s", derive=False)
    assert register is not None
    assert not [line.failure for line in register.lines if line.failure]
    records = [json.loads(line.content or b"") for line in register.lines]
    assert len({record.pop("id") for record in records}) == len(records)
    return records


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_layout_is_read(layout: Layout, tmp_path: Path) -> None:
    assert _said(layout, tmp_path) == _written(layout)


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "UBND tỉnh", "", "", "Quyết định cử cán bộ đi học", "Giám đốc"],
        ["", "", "Bộ Nội vụ", "", "", "Báo cáo", "Văn thư"],
    ],
)
def test_a_row_whose_number_was_forgotten_is_named_and_not_taken_for_a_signature(
    row: Sequence[Value], tmp_path: Path
) -> None:
    register = open_register(str(write_xlsx(tmp_path / "so.xlsx", {"Sổ": [_TT07_IN, _IN_1, row]})), "s")
    assert register is not None
    assert [bool(line.failure) for line in register.lines] == [False, True]
