"""Runs over folders that hold registers (sổ văn bản) and the files that they name."""

import contextlib
import zipfile
from pathlib import Path

import pytest

from engines.origins import Origin, OriginKind
from indexer.registers.attachments import Folder
from indexer.report import RunReport
from indexer.sources import Root
from tests.indexer.in_process import House, Killed
from tests.indexer.registers_made import write_csv, write_xlsx

HEADING = ["Số ký hiệu", "Ngày VB", "Trích yếu", "Tệp đính kèm"]
ROWS = [
    ["1/BC-SNV", "05/03/2024", "Báo cáo một", "tep/mot.txt"],
    ["2/BC-SNV", "06/03/2024", "Báo cáo hai", ""],
    ["3/BC-SNV", "07/03/2024", "Báo cáo ba", ""],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "tep").mkdir(parents=True)
    (folder / "tep" / "mot.txt").write_text("Toàn văn của báo cáo một.", encoding="utf-8")
    write_xlsx(folder / "so.xlsx", {"Sổ đi": [HEADING, *ROWS]})
    return folder


def sums(report: RunReport) -> tuple[int, int, int, int]:
    assert report.adds_up, report
    return report.indexed, report.unchanged, report.failed, report.deleted


def subjects(house: House) -> set[str]:
    return {record.subject for record in house.records().values()}


def test_each_row_is_a_document_with_the_text_of_its_file_which_is_none_of_its_own(house: House, folder: Path) -> None:
    assert sums(house.index(Root.of(folder, "eoffice"))) == (3, 0, 0, 0)
    first = next(record for record in house.records().values() if record.number == "1/BC-SNV")
    assert first.text == "Toàn văn của báo cáo một."
    assert (first.source, first.subject, first.files[0].path) == (
        *("eoffice", "Báo cáo một"),
        str(folder / "tep" / "mot.txt"),
    )


def test_each_row_has_the_name_of_its_book_from_the_register(house: House, folder: Path) -> None:
    write_xlsx(folder / "so.xlsx", {"Sổ đi": [["SỔ ĐĂNG KÝ VĂN BẢN ĐI", "", "Năm 2024"], HEADING, *ROWS]})
    house.index(Root.of(folder))
    for record in house.records().values():
        assert record.register == "Sổ văn bản đi 2024"
        assert record.origins["register"] == Origin(kind=OriginKind.REGISTER)


def test_a_second_run_reads_nothing_anew(house: House, folder: Path) -> None:
    house.index(Root.of(folder))
    before = house.read
    assert sums(house.index(Root.of(folder))) == (0, 3, 0, 0)
    assert house.read == before + 1  # the look into the register, which names files


def test_only_a_row_that_changed_is_read_and_one_that_is_gone_is_deleted(house: House, folder: Path) -> None:
    house.index(Root.of(folder))
    changed = ["2/BC-SNV", "06/03/2024", "Báo cáo hai, sửa", ""]
    write_xlsx(folder / "so.xlsx", {"Sổ đi": [HEADING, changed, ROWS[0]]})
    assert sums(house.index(Root.of(folder))) == (1, 1, 0, 1)
    assert subjects(house) == {"Báo cáo một", "Báo cáo hai, sửa"}


def test_a_file_that_changed_is_read_again_although_the_register_did_not(house: House, folder: Path) -> None:
    house.index(Root.of(folder))
    (folder / "tep" / "mot.txt").write_text("Bản thay thế.", encoding="utf-8")
    assert sums(house.index(Root.of(folder))) == (1, 2, 0, 0)
    assert "Bản thay thế." in {record.text for record in house.records().values()}


def test_a_file_that_was_a_document_of_its_own_becomes_the_rows(house: House, folder: Path) -> None:
    (folder / "so.xlsx").rename(folder.parent / "so.xlsx")
    assert sums(house.index(Root.of(folder))) == (1, 0, 0, 0)
    (folder.parent / "so.xlsx").rename(folder / "so.xlsx")
    assert sums(house.index(Root.of(folder))) == (3, 0, 0, 1)
    write_xlsx(folder / "so.xlsx", {"Sổ đi": [HEADING, *ROWS[1:]]})
    assert sums(house.index(Root.of(folder))) == (1, 2, 0, 1)
    assert subjects(house) == {"", "Báo cáo hai", "Báo cáo ba"}


def test_a_missing_or_broken_file_is_a_note_and_its_row_a_document(house: House, folder: Path) -> None:
    (folder / "tep" / "hong.txt").write_bytes(b"\xff\xff\xff")
    rows = [["1/BC-SNV", "", "Một", "khong-co.pdf"], ["2/BC-SNV", "", "Hai", "tep/hong.txt"]]
    write_xlsx(folder / "so.xlsx", {"Sổ đi": [HEADING, *rows]})
    report = house.index(Root.of(folder))
    assert report.adds_up
    assert report.noted == 2
    reasons = " ".join(problem.reason for problem in house.problems())
    assert "Không thấy tệp đính kèm “khong-co.pdf”" in reasons
    assert "hong.txt”: không phải UTF-8" in reasons
    assert {"Một", "Hai"} <= subjects(house)


def test_a_row_whose_file_is_broken_has_what_its_number_tells(house: House, folder: Path) -> None:
    (folder / "tep" / "hong.docx").write_bytes(b"\xff\xff\xff")
    rows = [["1/SNV-TCBC", "", "Một", "tep/hong.docx"], ["2/BC-SNV", "", "Hai", "khong-co.pdf"]]
    write_xlsx(folder / "so.xlsx", {"Sổ": [HEADING, *rows]})
    house.index(Root.of(folder))
    types = {record.number: record.type for record in house.records().values() if record.number}
    assert types == {"1/SNV-TCBC": "Công văn", "2/BC-SNV": "Báo cáo"}


def test_an_archive_that_a_row_names_is_the_files_in_it(house: House, folder: Path) -> None:
    with zipfile.ZipFile(folder / "tep" / "hai.zip", "w") as archive:
        archive.writestr("hai/to-trinh.txt", "Toàn văn của tờ trình.")
        archive.writestr("hai/phu-luc.txt", "Phụ lục của tờ trình.")
        archive.writestr("hai/logo.bin", b"\x00")
    rows = [ROWS[0], ["2/TTr-SNV", "06/03/2024", "Tờ trình hai", "tep/hai.zip"]]
    write_xlsx(folder / "so.xlsx", {"Sổ": [HEADING, *rows]})
    assert sums(house.index(Root.of(folder))) == (2, 0, 0, 0)
    second = next(record for record in house.records().values() if record.number == "2/TTr-SNV")
    assert second.text == "Phụ lục của tờ trình.\n\nToàn văn của tờ trình."
    assert [Path(file.path).name for file in second.files] == ["phu-luc.txt", "to-trinh.txt"]
    assert sums(house.index(Root.of(folder))) == (0, 2, 0, 0)


def test_an_archive_that_cannot_be_read_is_a_note_of_its_row(house: House, folder: Path) -> None:
    (folder / "tep" / "hai.zip").write_bytes(b"\xff\xff\xff")
    write_xlsx(folder / "so.xlsx", {"Sổ": [HEADING, ["2/TTr-SNV", "", "Hai", "tep/hai.zip"]]})
    house.index(Root.of(folder))
    (problem,) = house.problems()
    assert "hai.zip”" in problem.reason
    assert "Hai" in subjects(house)


def test_a_file_that_comes_later_is_joined(house: House, folder: Path) -> None:
    text = folder / "tep" / "mot.txt"
    text.rename(folder.parent / "mot.txt")
    assert house.index(Root.of(folder)).noted == 1
    (folder.parent / "mot.txt").rename(text)
    assert sums(house.index(Root.of(folder))) == (1, 2, 0, 0)
    assert not house.problems()


def test_a_row_that_cannot_be_read_is_a_failure_of_its_own(house: House, folder: Path) -> None:
    write_xlsx(folder / "so.xlsx", {"Sổ đi": [HEADING, ["9/BC-SNV", "31/02/2024", "Chín", ""], *ROWS]})
    assert sums(house.index(Root.of(folder))) == (3, 0, 1, 0)
    (problem,) = house.problems()
    assert (problem.line, "cột B" in problem.reason) == (2, True)


def test_a_register_that_is_being_written_keeps_its_documents(house: House, folder: Path) -> None:
    house.index(Root.of(folder))
    content = (folder / "so.xlsx").read_bytes()
    (folder / "so.xlsx").write_bytes(content[: len(content) // 2])
    report = house.index(Root.of(folder))
    assert report.deleted == 0
    assert "Báo cáo ba" in subjects(house)
    (folder / "so.xlsx").write_bytes(content)
    house.index(Root.of(folder))
    assert subjects(house) == {"Báo cáo một", "Báo cáo hai", "Báo cáo ba"}


def test_a_spreadsheet_may_become_a_register_and_cease_to_be_one(house: House, folder: Path) -> None:
    path = folder / "bang.csv"
    write_csv(path, [["Họ tên", "Lương"], ["An", "1"]])
    assert sums(house.index(Root.of(folder))) == (4, 0, 0, 0)
    write_csv(path, [["Số ký hiệu", "Trích yếu"], ["7/TB-SNV", "Bảy"], ["8/TB-SNV", "Tám"]])
    assert sums(house.index(Root.of(folder))) == (2, 3, 0, 1)
    write_csv(path, [["Họ tên", "Lương"], ["An", "2"]])
    assert sums(house.index(Root.of(folder))) == (1, 3, 0, 2)
    assert not {"Bảy", "Tám"} & subjects(house)


@pytest.mark.parametrize("lives", range(6))
def test_a_run_that_was_killed_is_finished_by_the_next(house: House, folder: Path, lives: int) -> None:
    with contextlib.suppress(Killed):
        house.index(Root.of(folder), lives=lives)
    house.index(Root.of(folder))
    assert sorted(record.subject for record in house.records().values()) == ["Báo cáo ba", "Báo cáo hai", "Báo cáo một"]


# Where files are looked for


@pytest.mark.parametrize(
    "written", ["tep/mot.txt", r"TEP\Mot.TXT", r"D:\VanBan\tep\mot.txt", "http://old/tep/m%6Ft.txt", "./tep/mot.txt"]
)
def test_a_file_is_found_however_its_path_is_written(folder: Path, written: str) -> None:
    assert Folder(folder).find(written) == folder / "tep" / "mot.txt"


@pytest.mark.parametrize("written", ["../ngoai.txt", r"tep\..\..\ngoai.txt", "/etc/passwd", "", "tep", "loi-ra.txt"])
def test_nothing_outside_the_folder_is_ever_found(folder: Path, written: str) -> None:
    (folder.parent / "ngoai.txt").write_text("ngoài")
    (folder / "loi-ra.txt").symlink_to(folder.parent / "ngoai.txt")
    assert Folder(folder).find(written) is None
