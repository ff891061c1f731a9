"""Names of registers (tên sổ): where a register file says its book's, and one form for equal books."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.registers import open_register
from indexer.registers.book_names import name_as_given, name_in_file_name, name_in_title, name_of_sheet
from tests.indexer.registers_made import INCOMING, OUTGOING, Value, write_csv, write_xlsx

ARRIVED = ("05/03/2024", 7, "Bộ Nội vụ", "12/QĐ-BNV", "01/03/2024", "Quyết định giao biên chế")
SENT = ("3/KH-SNV", "05/03/2024", "Kế hoạch tuyển dụng", "Trần Văn A", "Các sở")


def registers(path: Path) -> list[str]:
    """The book's name in each record of a register, empty where there is none."""
    register = open_register(str(path), "s")
    assert register is not None
    assert not [line.failure for line in register.lines if line.failure]
    return [json.loads(line.content or b"").get("register", "") for line in register.lines]


def of_sheets(folder: Path, sheets: Mapping[str, Sequence[Sequence[Value]]], name: str = "a.xlsx") -> list[str]:
    return registers(write_xlsx(folder / name, sheets))


@pytest.mark.parametrize(
    "title",
    [
        "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN – Năm 2024 – Quyển số 2",
        "Sổ đăng kí văn bản đến năm 2024, quyển 02",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN 2024 (Quyển số: 2, từ số 501 đến số 1000)",
        "Sổ theo dõi, quản lý văn bản đến tháng 3/2024 - quyển thứ 2",
        "Sổ VB đến năm 2024. Quyển 2",
        "So dang ky van ban den nam 2024 quyen so 2",
        "Sổ đến năm 2024 quyển 2",
    ],
)
def test_one_book_has_one_name_however_its_title_is_written(title: str) -> None:
    assert name_in_title([title], "") == name_as_given(title) == "Sổ văn bản đến 2024, quyển 2"


def test_a_cover_says_it_on_several_lines() -> None:
    lines = ["SỞ NỘI VỤ", "SỔ ĐĂNG KÝ", "VĂN BẢN MẬT ĐẾN", "Năm: 2024", "Từ ngày 02/01 đến ngày 30/6", "Quyển số: 01"]
    assert name_in_title(lines, "2024") == "Sổ văn bản mật đến 2024, quyển 1"


def test_what_nobody_filled_in_is_no_part_of_the_name() -> None:
    assert name_in_title(["SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm: 20...", "Quyển số: ....."], "") == "Sổ văn bản đi"
    assert name_in_title(["SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM 20… QUYỂN SỐ ……"], "") == "Sổ văn bản đi"


@pytest.mark.parametrize(
    "line",
    [
        "Sổ này lập theo Nghị định 30/2020/NĐ-CP",
        "Số văn bản đến: 1500",
        "So van ban den: 15 van ban",
        "DANH SÁCH VĂN BẢN ĐẾN NĂM 2024",
        "Sổ văn bản đến được lập theo mẫu tại Phụ lục IV Nghị định 30 và được lưu tại văn thư",
        "Sổ tay nghiệp vụ",
        "SỔ ĐĂNG KÝ",
        "UBND TỈNH BẮC NINH",
        "",
    ],
)
def test_a_line_that_names_no_book_gives_none(line: str) -> None:
    assert name_in_title([line], "2024") == ""


def test_books_of_different_kinds_bodies_and_years_keep_their_own_names() -> None:
    titles = [
        *("Sổ văn bản đến 2024", "Sổ công văn đến 2024", "Sổ quyết định 2024", "Sổ văn bản đi 2024"),
        *("Sổ văn bản mật đến 2024", "Sổ văn bản đến 2023", "Sổ văn bản đến của Đảng ủy 2024"),
        *("Sổ văn bản nội bộ 2024", "Sổ văn bản đến 2024, quyển 2"),
    ]
    assert [name_in_title([title], "") for title in titles] == titles
    assert name_in_title(["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN CỦA ĐẢNG ỦY NĂM 2024"], "") == "Sổ văn bản đến của Đảng ủy 2024"


def test_a_name_is_read_back_as_itself() -> None:
    for name in ("Sổ văn bản đến 2024, quyển 2", "Sổ văn bản đến 2023-2024", "Sổ quyết định 2024, quyển II"):
        assert name_as_given(name) == name_in_title([name], "1999") == name


@given(
    st.sampled_from(["Sổ", "SỔ ĐĂNG KÝ", "Sổ theo dõi"]),
    st.sampled_from(
        ["văn bản đến", "Công Văn đi", "VĂN BẢN MẬT ĐẾN", "vb đi", "quyết định", "của Sở Y tế", "lãnh đạo"]
    ),
    st.sampled_from(["", "năm 2024", "2023 – 2024", "- Năm: 20.."]),
    st.sampled_from(["", "Quyển số 2", "(quyển IV)", "Quyển:"]),
)
def test_to_write_a_name_shortly_twice_changes_nothing(book: str, kind: str, year: str, volume: str) -> None:
    once = name_as_given(f"{book} {kind} {year} {volume}")
    assert once
    assert name_as_given(once) == once


@given(st.text(max_size=80))
def test_no_text_is_an_error(text: str) -> None:
    for name in (name_as_given(text), name_in_title([text], ""), name_of_sheet(text, ""), name_in_file_name(text, "")):
        assert name == name.strip()


def test_a_column_tells_the_book_of_each_row_before_the_title_does(tmp_path: Path) -> None:
    rows = [
        ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM 2024"],
        [*INCOMING, "Sổ văn bản"],
        [*ARRIVED, "", "", "", "", "SỔ ĐĂNG KÝ CÔNG VĂN ĐẾN 2024"],
        [*ARRIVED[:1], 8, *ARRIVED[2:], "", "", "", "", "Sổ lãnh đạo"],
        [*ARRIVED[:1], 9, *ARRIVED[2:]],
    ]
    assert of_sheets(tmp_path, {"T1": rows}) == ["Sổ công văn đến 2024", "Sổ lãnh đạo", "Sổ văn bản đến 2024"]


@pytest.mark.parametrize("heading", ["Sổ", "Sổ văn bản", "Tên sổ", "SỔ ĐĂNG KÝ", "Sổ công văn"])
def test_a_column_of_books_is_known_by_its_heading(tmp_path: Path, heading: str) -> None:
    path = write_csv(tmp_path / "a.csv", [[*OUTGOING, heading], [*map(str, SENT), *[""] * 5, "Sổ đi 2024"]])
    assert registers(path) == ["Sổ văn bản đi 2024"]


def test_a_figure_in_a_column_of_books_is_no_book(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["Số ký hiệu", "Trích yếu", "Sổ"], ["1/BC-A", "Báo cáo", "15"]])
    assert registers(path) == [""]


def test_the_title_comes_before_the_sheet_and_that_before_the_file(tmp_path: Path) -> None:
    title, rows = [["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"], ["Năm 2024"]], [INCOMING, ARRIVED]
    assert of_sheets(tmp_path, {"Sổ công văn đến": [*title, *rows]}, "so-den.xlsx") == ["Sổ văn bản đến 2024"]
    assert of_sheets(tmp_path, {"Công văn đến 2023": rows}, "so-den-2022.xlsx") == ["Sổ công văn đến 2023"]
    assert of_sheets(tmp_path, {"Sheet1": rows}, "so-van-ban-den-2022.xlsx") == ["Sổ văn bản đến 2022"]
    assert of_sheets(tmp_path, {"Sheet1": rows}, "thang-3-2022.xlsx") == [""]


@pytest.mark.parametrize(("stem", "name"), [
    ("Sổ văn bản đi 2024", "Sổ văn bản đi 2024"),
    ("so_den_2019", "Sổ văn bản đến 2019"),
    ("số văn bản đến 2024", ""),
    ("so-lieu-van-ban-den", ""),
    ("van-ban-den-2024", ""),
    ("Sổ văn bản đến - bản cuối", ""),
])  # fmt: skip
def test_a_file_name_counts_only_where_it_says_a_book_and_nothing_else(stem: str, name: str) -> None:
    assert name_in_file_name(stem, "") == name


def test_the_office_and_the_title_may_share_a_cell(tmp_path: Path) -> None:
    rows = [["SỞ NỘI VỤ\nSỔ ĐĂNG KÝ VĂN BẢN ĐI\nNĂM 2024", "", ""], OUTGOING, SENT]
    assert of_sheets(tmp_path, {"T1": rows}) == ["Sổ văn bản đi 2024"]


def test_a_cover_on_a_sheet_of_its_own_is_of_the_sheets_behind_it(tmp_path: Path) -> None:
    sheets = {
        "Bìa": [["SỞ NỘI VỤ"], ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"], ["Năm: 2024"], ["Quyển số: 2"]],
        "T1": [INCOMING, ARRIVED],
        "Ghi chú": [["Sổ này lập theo Nghị định 30"]],
        "T2": [INCOMING, (*ARRIVED[:1], 8, *ARRIVED[2:])],
        "Đi": [["SỔ ĐĂNG KÝ VĂN BẢN ĐI"], OUTGOING, SENT],
    }
    assert of_sheets(tmp_path, sheets) == [*["Sổ văn bản đến 2024, quyển 2"] * 2, "Sổ văn bản đi"]


def test_rows_of_a_text_read_by_another_delimiter_are_no_cover(tmp_path: Path) -> None:
    title = [["SỔ ĐĂNG KÝ VĂN BẢN ĐI"], ["Năm 2024"]]
    rows = [*title, ["Số ký hiệu", "Trích yếu"], ["1/A", "Kế hoạch năm 2025, năm 2026"]]
    assert registers(write_csv(tmp_path / "a.csv", rows, delimiter=";")) == ["Sổ văn bản đi 2024"]


def test_a_mapping_file_says_which_column_it_is(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["Số ký hiệu", "Trích yếu", "Quyển"], ["1/BC-A", "Báo cáo", "Sổ đi 2024"]])
    assert registers(path) == [""]
    (tmp_path / "a.csv.toml").write_text('register = "Quyển"', encoding="utf-8")
    assert registers(path) == ["Sổ văn bản đi 2024"]


def test_a_mapping_file_says_what_is_the_same_for_all_rows_before_titles_and_after_columns(tmp_path: Path) -> None:
    rows = [
        ["SỔ VĂN BẢN ĐI 2024"],
        ["Số ký hiệu", "Trích yếu", "Độ khẩn"],
        ["1/A", "Một", "Hỏa tốc"],
        ["2/A", "Hai", ""],
    ]
    path = write_csv(tmp_path / "a.csv", rows)
    values = '[values]\nregister = "Sổ công văn của Đảng ủy"\ndirection = "đến"\nurgency = "Khẩn"\n'
    (tmp_path / "a.csv.toml").write_text(values, encoding="utf-8")
    register = open_register(str(path), "s")
    assert register is not None
    assert register.depends
    read = [json.loads(line.content or b"") for line in register.lines]
    assert [(one["register"], one["direction"], one["urgency"]) for one in read] == [
        ("Sổ công văn của Đảng ủy", "đến", "Hỏa tốc"),
        ("Sổ công văn của Đảng ủy", "đến", "Khẩn"),
    ]


def test_a_row_with_nothing_but_its_book_is_no_document(tmp_path: Path) -> None:
    rows = [["Số ký hiệu", "Trích yếu", "Sổ"], ["1/BC-A", "Báo cáo", "Sổ đi"], ["", "Ghi chú", "Sổ đi"]]
    register = open_register(str(write_csv(tmp_path / "a.csv", rows)), "s")
    assert register is not None
    assert [bool(line.content) for line in register.lines] == [True]
