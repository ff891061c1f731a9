"""Registers (sổ văn bản đến, đi): from spreadsheets of every kind to lines of records."""

import contextlib
import datetime
import json
import random
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers import Unreadable
from indexer.registers import Register, may_be_register, open_register
from indexer.registers.cells import BadCell, date_of, lines_of, number_and_day_of, number_of, text_of
from indexer.registers.columns import NAMES, find_heading, plain
from indexer.registers.days import with_years
from indexer.registers.mapping import BadMapping, read_mapping
from indexer.registers.tables import Table, column_name
from tests.indexer.registers_made import INCOMING, OUTGOING, write_csv, write_xlsx

MARCH_5 = datetime.date(2024, 3, 5)


def opened(path: Path, source: str = "s") -> Register:
    register = open_register(str(path), source)
    assert register is not None
    return register


def records(path: Path, source: str = "s") -> list[dict[str, Any]]:
    lines = opened(path, source).lines
    assert not [line.failure for line in lines if line.failure]
    return [json.loads(line.content or b"") for line in lines]


def test_a_register_of_incoming_documents_as_the_decree_draws_it(tmp_path: Path) -> None:
    rows = [
        ["SỞ NỘI VỤ"],
        ["SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"],
        [],
        INCOMING,
        [f"({number})" for number in range(1, 11)],
        [MARCH_5, 7, "Bộ Nội vụ", "12/QĐ-BNV", "01/03/2024", "Quyết định giao biên chế", "Phòng TCBC; Văn phòng"],
        ["Tháng 4"],
        ["02/04/2024", 8, "UBND tỉnh", "9/UBND-NC", "1-4-24", "V/v báo cáo", "Thanh tra"],
    ]
    first, second = records(write_xlsx(tmp_path / "a.xlsx", {"Sổ": rows}))
    assert first.pop("id") != second.pop("id")
    assert first == {
        "direction": "đến",
        "register": "Sổ văn bản đến",
        "arrived": "2024-03-05",
        "arrival_number": "7",
        "issuer": "Bộ Nội vụ",
        "number": "12/QĐ-BNV",
        "type": "Quyết định",
        "issued": "2024-03-01",
        "subject": "Quyết định giao biên chế",
        "recipients": ["Phòng TCBC", "Văn phòng"],
    }
    assert (second["type"], second["issued"], second["arrived"]) == ("Công văn", "2024-04-01", "2024-04-02")


def test_a_register_of_outgoing_documents_as_the_decree_draws_it(tmp_path: Path) -> None:
    row = ["3/KH-SNV", "05/03/2024", "Kế hoạch tuyển dụng", "Trần Văn A", "Các sở", "Văn thư", "5"]
    (record,) = records(write_csv(tmp_path / "a.csv", [OUTGOING, row]))
    assert record["direction"] == "đi"
    assert (record["type"], record["signer"], record["recipients"]) == ("Kế hoạch", "Trần Văn A", ["Các sở"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiter_and_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Số/ký hiệu", "Trích yếu nội dung"], ["3/KH-SNV", "Kế hoạch; số | một, hai"]]
    path = write_csv(tmp_path / "a.csv", rows, delimiter=delimiter, encoding=encoding)
    assert records(path)[0]["subject"] == "Kế hoạch; số | một, hai"


def test_columns_of_a_heading_of_two_rows_are_named_by_both(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    sheet.merge_range("A1:A2", "STT")
    sheet.merge_range("B1:C1", "Văn bản đến")
    sheet.write_row("B2", ["Số", "Ngày"])
    sheet.merge_range("D1:E1", "Số, ký hiệu")
    sheet.write_row("D2", ["Số", "Ký hiệu"])
    sheet.merge_range("F1:F2", "Trích\nyếu")
    sheet.write_row("A3", [1, 12, "05/03/2024", 15, "QĐ-UBND", "Quyết định A"])
    workbook.close()
    (record,) = records(path)
    assert (record["arrival_number"], record["arrived"], record["number"]) == ("12", "2024-03-05", "15/QĐ-UBND")


def test_a_cell_merged_over_rows_counts_for_each_of_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    sheet.write_row("A1", ["Ngày đến", "Số đến", "Trích yếu"])
    sheet.merge_range("A2:A3", "05/03/2024")
    sheet.write_row("B2", [1, "Một"])
    sheet.write_row("B3", [2, "Hai"])
    workbook.close()
    assert [record["arrived"] for record in records(path)] == ["2024-03-05"] * 2


def test_a_table_of_a_web_page_called_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text(
        "<html><body><table><tr><th colspan=2>SỔ VĂN BẢN ĐẾN</th></tr>"
        "<tr><th>Số ký hiệu</th><th>Trích yếu</th><th>Ngày đến</th></tr>"
        "<tr><td>1/BC-A</td><td>Báo cáo</td><td rowspan=2>05/03/2024</td></tr>"
        "<tr><td>2/BC-A</td><td>Báo cáo</td></tr></table>",
        encoding="utf-8",
    )
    found = [(record["number"], record["arrived"]) for record in records(path)]
    assert found == [("1/BC-A", "2024-03-05"), ("2/BC-A", "2024-03-05")]


def test_every_sheet_with_a_heading_is_read_and_rows_are_numbered_on(tmp_path: Path) -> None:
    heading = ["Số ký hiệu", "Trích yếu"]
    sheets = {
        "Ghi chú": [["Sổ này lập theo Nghị định 30"]],
        "T1": [heading, ["1/BC-A", "Một"]],
        "T2": [heading, ["2/BC-A", "Hai"]],
    }
    lines = opened(write_xlsx(tmp_path / "a.xlsx", sheets)).lines
    assert [line.number for line in lines] == [2, 4]


def test_a_spreadsheet_without_number_and_subject_is_no_register(tmp_path: Path) -> None:
    assert open_register(str(write_csv(tmp_path / "a.csv", [["Họ tên", "Lương"], ["A", "1"]])), "s") is None
    postage = [["Ngày chuyển", "Số, ký hiệu văn bản", "Nơi nhận văn bản", "Số lượng bì"], ["05/03/2024", "1", "A", "1"]]
    assert open_register(str(write_csv(tmp_path / "b.csv", postage)), "s") is None


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", b"\x00\x01\x02"]
)
def test_what_is_no_spreadsheet_is_unreadable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(Unreadable):
        open_register(str(tmp_path / "a.xlsx"), "s")


def test_a_row_that_cannot_be_read_is_named_by_sheet_row_and_column(tmp_path: Path) -> None:
    rows = [["Số ký hiệu", "Ngày VB", "Trích yếu"], ["1/BC-A", "31/02/2024", "Một"], ["2/BC-A", "", "Hai"]]
    bad, good = opened(write_xlsx(tmp_path / "a.xlsx", {"Sổ đi": rows})).lines
    assert bad.content is None
    assert bad.failure.startswith("Trang “Sổ đi”, hàng 2, cột B (Ngày VB): “31/02/2024” không phải ngày có thật")
    assert good.content


def test_a_row_that_names_no_document_is_a_failure_and_not_passed_over(tmp_path: Path) -> None:
    rows = [["Số ký hiệu", "Trích yếu", "Người ký", "Nơi nhận"], ["", "Một", "A", "B"]]
    (line,) = opened(write_csv(tmp_path / "a.csv", rows)).lines
    assert "hàng 2" in line.failure.lower()


def test_a_number_that_excel_made_a_day_is_a_failure(tmp_path: Path) -> None:
    rows = [["Số ký hiệu", "Trích yếu"], [datetime.date(2024, 2, 1), "Một"]]
    (line,) = opened(write_xlsx(tmp_path / "a.xlsx", {"A": rows})).lines
    assert "cột A" in line.failure


def test_a_mapping_file_names_columns_that_nobody_could_know(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["Mã CV", "Diễn giải", "Số"], ["5/BC-A", "Một", "99"]])
    assert open_register(str(path), "s") is None
    (tmp_path / "a.csv.toml").write_text('number = "mã cv"\nsubject = ["Diễn giải"]\n', encoding="utf-8")
    register = opened(path)
    assert json.loads(register.lines[0].content or b"")["number"] == "5/BC-A"
    assert register.depends


@pytest.mark.parametrize(
    "content",
    [
        'nummer = "a"',
        "number = 1",
        "number =",
        'number = ""',
        "values = 1",
        "[values]\nregister = 1",
        '[values]\nsubject = "a"',
    ],
)
def test_a_wrong_mapping_file_says_what_is_wrong(content: str) -> None:
    with pytest.raises(BadMapping):
        read_mapping(content)


def test_a_mapping_file_that_cannot_be_used_is_a_reason_and_not_passed_over(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["Số ký hiệu", "Trích yếu"], ["5/BC-A", "Một"]])
    (tmp_path / "a.csv.toml").write_text('nummer = "a"', encoding="utf-8")
    with pytest.raises(Unreadable, match=r"a\.csv\.toml: trường không có: nummer\. Được phép: number"):
        open_register(str(path), "s")


ROWS = [
    ["05/03/2024", "1", "Bộ Nội vụ", "12/QĐ-BNV", "Quyết định A"],
    ["05/03/2024", "2", "Sở Y tế", "12/QĐ-SYT", "Quyết định B"],
    ["05/03/2024", "2", "Sở Y tế", "12/QĐ-SYT", "Quyết định C"],
    ["05/03/2025", "1", "Bộ Nội vụ", "12/QĐ-BNV", "Quyết định A"],
]


def test_ids_do_not_depend_on_the_order_of_rows_or_columns(tmp_path: Path) -> None:
    heading = ["Ngày đến", "Số đến", "Nơi gửi", "Số hiệu", "Trích yếu"]
    before = {record["id"]: record for record in records(write_csv(tmp_path / "a.csv", [heading, *ROWS]))}
    assert len(before) == len(ROWS)
    chance = random.Random(1)  # noqa: S311 - an order, not a secret
    for _ in range(5):
        order = chance.sample(range(5), 5)
        rows = [[row[at] for at in order] for row in chance.sample(ROWS, len(ROWS))]
        path = write_csv(tmp_path / "b.csv", [[heading[at] for at in order], *rows])
        assert {record["id"]: record for record in records(path)} == before


def test_ids_of_two_sources_differ_and_rows_that_say_the_same_share_one(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["Số hiệu", "Trích yếu"], ["1/BC-A", "Một"], ["1/BC-A", "Một"]])
    first, second = (record["id"] for record in records(path, "s"))
    assert first == second != records(path, "t")[0]["id"]


def test_urgency_and_secrecy_in_one_column_are_told_apart(tmp_path: Path) -> None:
    rows = [["Số hiệu", "Trích yếu", "Độ khẩn/mật"], ["1", "A", "Hỏa tốc, Tuyệt mật"], ["2", "B", "Thường"]]
    first, second = records(write_csv(tmp_path / "a.csv", rows))
    assert (first["urgency"], first["secrecy"]) == ("Hỏa tốc", "Tuyệt mật")
    assert not {"urgency", "secrecy"} & set(second)


# Columns


@pytest.mark.parametrize("field", NAMES)
def test_headings_are_known_without_marks_and_in_capitals_too(field: str) -> None:
    for name in NAMES[field]:
        assert plain(name) == plain(name.upper()) == plain(f" {name.replace(' ', '  ')} (1) ")


def test_no_name_stands_for_two_fields() -> None:
    names = [plain(name) for field in NAMES.values() for name in field]
    assert len({*names}) == sum(len({plain(name) for name in field}) for field in NAMES.values())


def test_the_surer_name_wins_over_the_vaguer_one() -> None:
    heading = find_heading(Table("", [["Nội dung", "Trích yếu", "Số", "Số/ký hiệu"]]), {})
    assert heading is not None
    assert (heading.columns["subject"], heading.columns["number"]) == (1, 3)


# Cells


@pytest.mark.parametrize(
    "written",
    [
        *(
            "05/03/2024",
            "5/3/2024",
            "5-3-24",
            "05.03.2024",
            "2024-03-05",
            "05/03/2024 08:30",
            "Ngày 05/03/2024",
            "45356",
        ),
        *("ngày 5 tháng 3 năm 2024", 45356.0, 45356.4, MARCH_5, datetime.datetime(2024, 3, 5, 8, 30)),
    ],
)
def test_a_day_is_read_in_every_usual_form(written: Any) -> None:
    assert date_of(written) == MARCH_5


@pytest.mark.parametrize("written", ["", "-", "Không", "  "])
def test_a_word_for_none_is_no_day(written: str) -> None:
    assert date_of(written) is None


@pytest.mark.parametrize("written", ["03/25/2024", "5/3", "mai", 5.0, "31/4/2024", "1/2/2024 - 3/2/2024", True])
def test_what_is_no_day_or_several_is_refused(written: Any) -> None:
    with pytest.raises(BadCell):
        date_of(written)


@given(day=st.dates(datetime.date(1970, 1, 1), datetime.date(2068, 12, 31)))
def test_days_come_back_from_every_form(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    forms = (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day:%y}", f"{day:%d.%m.%Y}", float(serial), day.isoformat())
    assert {date_of(form) for form in forms} == {day}


@given(cell=st.text(max_size=40) | st.floats() | st.booleans() | st.dates() | st.times())
def test_any_cell_is_text_a_list_and_a_number_or_a_reason(cell: Any) -> None:
    assert "\n" not in text_of(cell)
    assert all(lines_of(cell))
    for read in (number_of, date_of, number_and_day_of):
        with contextlib.suppress(BadCell):
            read(cell)


@given(column=st.integers(0, 20_000))
def test_column_names_count_like_spreadsheets(column: int) -> None:
    value = 0
    for letter in column_name(column):
        value = value * 26 + ord(letter) - ord("A") + 1
    assert value == column + 1


def test_only_spreadsheets_that_nobody_has_open_are_looked_into() -> None:
    assert [may_be_register(f"/a/{name}") for name in ("b.XLSX", "b.csv", "~$b.xlsx", ".b.csv", "b.docx")] == [
        *(True, True, False, False, False)
    ]


@pytest.mark.parametrize(
    ("written", "number", "day"),
    [
        ("12/QĐ-BNV ngày 05/3/2024", "12/QĐ-BNV", MARCH_5),
        ("12/QĐ-BNV\n5-3-24", "12/QĐ-BNV", MARCH_5),
        ("12/QĐ-BNV (05.03.2024)", "12/QĐ-BNV", MARCH_5),
        ("12/2024/QĐ-UBND, ngày 5 tháng 3 năm 2024", "12/2024/QĐ-UBND", MARCH_5),
        ("12/QĐ-BNV", "12/QĐ-BNV", None),
        ("", "", None),
    ],
)
def test_a_number_and_its_day_in_one_cell_are_told_apart(written: str, number: str, day: datetime.date | None) -> None:
    assert number_and_day_of(written) == (number, day)


@pytest.mark.parametrize(
    ("cells", "year", "whole"),
    [
        ({"arrived": "5/3", "issued": "01-3"}, "2024", {"arrived": "5/3/2024", "issued": "01/3/2024"}),
        ({"arrived": "02/01", "issued": "30/12"}, "2024", {"arrived": "02/01/2024", "issued": "30/12/2023"}),
        ({"arrived": "02/01/2024", "issued": "30/12"}, "2024", {"arrived": "02/01/2024", "issued": "30/12/2023"}),
        ({"issued": "ngày 30 tháng 12"}, "2024", {"issued": "30/12/2024"}),
        ({"issued": "30/12", "number": "30/12"}, "", {"issued": "30/12", "number": "30/12"}),
        ({"issued": MARCH_5, "number": "5/3"}, "2023", {"issued": MARCH_5, "number": "5/3"}),
    ],
)
def test_days_without_a_year_are_of_the_books_year(cells: Any, year: str, whole: Any) -> None:
    assert with_years(cells, year) == whole


@pytest.mark.parametrize(
    ("sheet", "title", "file", "issued"),
    [
        ("2023", "SỔ VĂN BẢN ĐI NĂM 2024", "so-2022.xlsx", "2023-03-05"),
        ("Sổ đi", "SỔ VĂN BẢN ĐI NĂM 2024", "so-2022.xlsx", "2024-03-05"),
        ("Sổ đi", "SỔ VĂN BẢN ĐI", "so-2022.xlsx", "2022-03-05"),
        ("Sổ đi", "SỔ VĂN BẢN ĐI", "so-2022-2023.xlsx", None),
    ],
)
def test_a_books_year_is_that_of_its_sheet_its_title_or_its_file(
    tmp_path: Path, sheet: str, title: str, file: str, issued: str | None
) -> None:
    rows = [[title], ["Số ký hiệu", "Ngày VB", "Trích yếu"], ["9/BC-SNV", "5/3", "Chín"]]
    (line,) = opened(write_xlsx(tmp_path / file, {sheet: rows})).lines
    assert (json.loads(line.content)["issued"] if line.content else None) == issued


def test_the_name_of_a_book_is_no_number() -> None:
    heading = find_heading(Table("", [["Sổ văn bản", "Số đến", "Trích yếu"]]), {})
    assert heading is not None
    assert set(heading.columns) == {"register", "arrival_number", "subject"}
