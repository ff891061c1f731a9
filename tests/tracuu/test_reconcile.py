"""`tracuu index` over registers and `tracuu reconcile`, as real processes over a real index."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.indexer.registers_made import write_csv, write_xlsx
from tests.tracuu.test_cli import tracuu

HEADING = ["Số đến", "Ngày đến", "Cơ quan ban hành", "Số/ký hiệu", "Ngày VB", "Trích yếu", "File đính kèm"]
ROWS = [
    ["1", "05/03/2024", "Bộ Nội vụ", "12/BNV-TCBC", "01/03/2024", "V/v báo cáo biên chế", "a.txt"],
    ["2", "06/03/2024", "UBND tỉnh", "15/QĐ-UBND", "02/03/2024", "=Phân bổ kinh phí", ""],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("so")
    (folder / "a.txt").write_text("Kính gửi: các sở. Đề nghị rà soát vị trí việc làm.", encoding="utf-8")
    write_csv(folder / "so-den.csv", [HEADING, *ROWS], delimiter=";", encoding="utf-8-sig")
    return folder


@pytest.fixture(scope="module")
def home(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    run = tracuu(home, "index", str(folder), "--source", "eoffice")
    assert "Tìm thấy 2 văn bản: 2 lập chỉ mục, 0 không đổi, 0 lỗi." in run.stdout
    return home


def test_a_document_of_a_register_is_found_by_the_words_of_its_file(home: Path) -> None:
    found = tracuu(home, "search", "rà soát vị trí việc làm").stdout
    assert "12/BNV-TCBC" in found


def test_the_register_that_was_indexed_is_whole(home: Path, folder: Path) -> None:
    run = tracuu(home, "reconcile", str(folder / "so-den.csv"), "--source", "eoffice")
    assert run.returncode == 0, run.stderr
    assert "2  Trong danh sách: khớp" in run.stdout
    assert "0  Thừa trong chỉ mục (nguồn “eoffice”)" in run.stdout


def test_what_is_missing_differs_or_is_extra_is_named_and_written(home: Path, tmp_path: Path) -> None:
    other = [
        [*ROWS[0][:5], "V/v báo cáo số lượng biên chế", ""],
        ["3", "07/03/2024", "Sở Y tế", "9/BC-SYT", "", "C", ""],
    ]
    register = write_xlsx(tmp_path / "khac.xlsx", {"Sổ": [HEADING, *other]})
    out = tmp_path / "ket-qua.xlsx"
    run = tracuu(home, "reconcile", str(register), "--xlsx", str(out))
    assert run.returncode == 1
    for text in ("1  Trong danh sách: khác", "1  Trong danh sách: thiếu", "2  Cộng danh sách", "9/BC-SYT"):
        assert text in run.stdout
    assert "Trích yếu: danh sách “V/v báo cáo số lượng biên chế”, chỉ mục “V/v báo cáo biên chế”" in run.stdout
    workbook = CalamineWorkbook.from_path(str(out))
    assert workbook.sheet_names == ["Tổng hợp", "Thiếu", "Khớp", "Lặp", "Khác", "Thừa", "Không đọc được"]
    sheets = {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}
    assert sheets["Thiếu"][1][1] == "9/BC-SYT"
    assert sheets["Khác"][1][2] == "Trích yếu"
    assert sheets["Thừa"][1][2] == "=Phân bổ kinh phí"


def test_what_is_no_list_is_an_error_with_a_reason(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    run = tracuu(home, "reconcile", str(tmp_path / "a.csv"))
    assert run.returncode == 1
    assert "không phải sổ văn bản" in run.stderr
    assert "Traceback" not in run.stderr


def test_without_an_index_it_says_what_to_do(folder: Path, tmp_path: Path) -> None:
    run = tracuu(tmp_path, "reconcile", str(folder / "so-den.csv"))
    assert run.returncode == 1
    assert "tracuu index" in run.stderr
