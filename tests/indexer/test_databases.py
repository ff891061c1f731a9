"""Databases through a mapping file, with SQLite: what rows become, what runs do, and what wrong files are told."""

import contextlib
import datetime
import sqlite3
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.record import from_mapping
from indexer.databases import attached, list_database, read_database
from indexer.databases.attached import Places
from indexer.databases.mapping import FIELDS, read_database_mapping
from indexer.databases.values import cell_of
from indexer.described import root_of
from indexer.described_table import BadValue
from indexer.lines import Blob, BrokenFile, Line, record_of
from indexer.registers.cells import BadCell
from indexer.registers.rows import BadField, read_fields
from indexer.report import RunReport
from indexer.sources import Root
from tests.indexer.in_process import House, Killed

SCHEMA = """
CREATE TABLE van_ban (ma TEXT, so TEXT, ngay TEXT, trich_yeu TEXT, noi_nhan TEXT, phien_ban INTEGER DEFAULT 1);
CREATE TABLE tep (ma TEXT, ten TEXT, duong_dan TEXT, noi_dung BLOB);
INSERT INTO van_ban (ma, so, ngay, trich_yeu, noi_nhan) VALUES
    ('A', '1/BC-SNV', '05/03/2024', 'Báo cáo một', 'Văn phòng; Sở Y tế'),
    ('B', '2/BC-SNV', '2024-03-06 10:20:00', 'Báo cáo hai', NULL),
    ('C', '3/BC-SNV', NULL, 'Báo cáo ba', NULL);
INSERT INTO tep VALUES
    ('A', 'mot.txt', NULL, CAST('Toàn văn một.' AS BLOB)),
    ('A', 'phu-luc.txt', '2024/phu-luc.txt', NULL);
"""
MAPPING = """
[database]
url = "sqlite:///{database}"
name = "van-ban"
source = "eoffice"
key = "ma"
query = "SELECT * FROM van_ban ORDER BY ma"
{version}
[database.columns]
number = "so"
issued = "ngay"
subject = "trich_yeu"
recipients = "noi_nhan"
[database.values]
direction = "đi"
urgency = "Khẩn"
[database.attachments]
query = "SELECT * FROM tep WHERE ma = :key ORDER BY ten"
name = "ten"
path = "duong_dan"
content = "noi_dung"
root = "kho"
"""


DAYS = frozenset({"issued", "arrived", "due"})


class Office:
    """A folder with a database, its mapping file and the files that the database names."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "cu.db"
        self.mapping = folder / "eoffice.toml"
        self.store = folder / "kho"
        (self.store / "2024").mkdir(parents=True)
        (self.store / "2024" / "phu-luc.txt").write_text("Phụ lục.", encoding="utf-8")
        self.execute(SCHEMA)
        self.write()

    def write(self, text: str = MAPPING, version: str = "") -> None:
        filled = text.format(database=self.database, version=f'version = "{version}"' if version else "")
        self.mapping.write_text(filled, encoding="utf-8")

    def execute(self, sql: str) -> None:
        with contextlib.closing(sqlite3.connect(self.database)) as connection:
            connection.executescript(sql)

    def lines(self, environment: Mapping[str, str] | None = None) -> list[Line]:
        return list(read_database(str(self.mapping), "eoffice", 0, environment=environment or {}, allow_empty=False))

    @property
    def root(self) -> Root:
        return root_of(self.mapping, None)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    (tmp_path / "office").mkdir()
    return Office(tmp_path / "office")


def sums(report: RunReport) -> tuple[int, int, int, int]:
    assert report.adds_up, report
    return report.indexed, report.unchanged, report.failed, report.deleted


def subjects(house: House) -> set[str]:
    return {record.subject for record in house.records().values()}


# What rows become


def test_a_row_is_a_record_with_its_files(office: Office) -> None:
    first, second, third = office.lines()
    assert first.content is not None
    record = record_of(first.content)
    assert (record.number, record.subject, record.direction) == ("1/BC-SNV", "Báo cáo một", "đi")
    assert (record.issued, record.recipients) == (datetime.date(2024, 3, 5), ("Văn phòng", "Sở Y tế"))
    assert record.urgency == "Khẩn"  # no column: the fixed value
    assert first.attachments == (
        Blob(f"{office.mapping}!A/mot.txt", "Toàn văn một.".encode()),
        str(office.store / "2024" / "phu-luc.txt"),
    )
    assert second.content is not None
    assert record_of(second.content).issued == datetime.date(2024, 3, 6)
    assert third.content is not None
    assert record_of(third.content).issued is None


def test_ids_depend_on_name_source_and_key_alone(office: Office) -> None:
    before = [record_of(line.content or b"").id for line in office.lines()]
    office.execute("UPDATE van_ban SET so = so || 'x', trich_yeu = 'khác'; INSERT INTO van_ban (ma) VALUES ('0')")
    assert [record_of(line.content or b"").id for line in office.lines()][1:] == before
    office.write(MAPPING.replace('"van-ban"', '"van-ban-di"'))
    assert not {record_of(line.content or b"").id for line in office.lines()} & set(before)


def test_a_list_is_what_rows_say_without_files_and_conclusions(office: Office) -> None:
    listed = list(list_database(str(office.mapping), "eoffice", {}))
    assert [line.attachments for line in listed] == [()] * 3
    assert record_of(listed[0].content or b"").type == ""
    assert [record_of(line.content or b"").id for line in listed] == [
        record_of(line.content or b"").id for line in office.lines()
    ]


def test_a_value_that_cannot_be_read_names_key_and_column(office: Office) -> None:
    office.execute("UPDATE van_ban SET ngay = '31/02/2024' WHERE ma = 'B'; UPDATE van_ban SET ma = NULL WHERE ma = 'C'")
    failures = [line.failure for line in office.lines() if line.content is None]
    assert failures[0] == "Cột khóa “ma” trống."
    assert failures[1].startswith("Khóa B, cột “ngay”: “31/02/2024” không phải ngày có thật")


def test_bytes_in_a_column_of_text_are_a_failure_of_their_row(office: Office) -> None:
    office.execute("UPDATE van_ban SET trich_yeu = x'00ff' WHERE ma = 'B'")
    (failure,) = [line.failure for line in office.lines() if line.content is None]
    assert "Khóa B, cột “trich_yeu”: cột chứa dữ liệu nhị phân" in failure


def test_the_case_of_columns_does_not_matter(office: Office) -> None:
    office.write(
        MAPPING.replace('"so"', '"SO"').replace(
            "SELECT * FROM van", "SELECT MA, So, ngay, trich_yeu, noi_nhan FROM van"
        )
    )
    assert record_of(office.lines()[0].content or b"").number == "1/BC-SNV"


def test_columns_of_the_row_itself_may_be_its_files(office: Office) -> None:
    office.execute("ALTER TABLE van_ban ADD tep TEXT; UPDATE van_ban SET tep = '2024/phu-luc.txt; KHO/mat.txt'")
    own = MAPPING[: MAPPING.index("[database.attachments]")] + '[database.attachments]\npath = "tep"\nroot = "kho"\n'
    office.write(own)
    first = office.lines()[0]
    assert first.attachments == (str(office.store / "2024" / "phu-luc.txt"),)
    assert "Không thấy tệp đính kèm “KHO/mat.txt”" in first.note


def test_files_beyond_the_limits_are_notes(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached, "DOCUMENT_BYTES", 20)
    office.execute("INSERT INTO tep VALUES ('A', 'z.txt', NULL, zeroblob(10)), ('A', 'zz.txt', NULL, NULL)")
    first = office.lines()[0]
    assert [blob.path.rsplit("/", 1)[1] for blob in first.attachments if isinstance(blob, Blob)] == ["mot.txt"]
    assert "Tệp đính kèm “z.txt”: Các tệp của văn bản cộng lại quá" in first.note
    assert "Tệp đính kèm “zz.txt” không có nội dung hay đường dẫn." in first.note


@pytest.mark.parametrize(
    "written",
    [
        *(r"\\MAY-CU\VanBan\2024\phu-luc.txt", r"D:\vb\2024\Phu-Luc.txt", "D:/vb/2024/phu-luc.txt"),
        *("2024/phu-luc.txt", r"\2024\phu-luc.txt", "./2024/phu-luc.txt"),
    ],
)
def test_a_path_of_the_old_machine_is_found_under_its_root(office: Office, written: str) -> None:
    places = Places.of({"": office.store, r"\\may-cu\vanban": office.store, "D:\\vb": office.store})
    assert places.find(written) == office.store / "2024" / "phu-luc.txt"


@pytest.mark.parametrize(
    "written", [r"E:\vb\2024\phu-luc.txt", "../eoffice.toml", "phu-luc.txt", "", "2024", "x" * 999]
)
def test_a_path_of_another_place_is_not_found(office: Office, written: str) -> None:
    assert Places.of({"": office.store, "D:\\vb": office.store}).find(written) is None


NUMBERS = st.integers(-(10**30), 10**30) | st.floats() | st.decimals(allow_nan=None)
TIMES = st.datetimes(timezones=st.none() | st.just(datetime.UTC)) | st.dates() | st.times() | st.timedeltas()
VALUES = st.none() | st.booleans() | NUMBERS | TIMES | st.text() | st.binary() | st.uuids() | st.lists(st.text())


@given(field=st.sampled_from(FIELDS), value=VALUES)
def test_any_value_of_a_database_is_a_field_or_a_reason(field: str, value: object) -> None:
    with contextlib.suppress(BadCell, BadField):
        fields, _ = read_fields({field: cell_of(value)})
        from_mapping({**fields, "id": "x"})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        *((Decimal("15.00"), "15"), (Decimal("1" + "0" * 40), "1" + "0" * 40), (Decimal("0.50"), "0.5")),
        *((Decimal("Infinity"), "Infinity"), (15, "15"), (None, ""), (["a", None, "b"], "a\nb")),
    ],
)
def test_numbers_keep_every_digit(value: object, written: str) -> None:
    assert cell_of(value) == written


# Runs


def test_a_second_run_reads_only_what_changed_and_deletes_what_is_gone(house: House, office: Office) -> None:
    assert sums(house.index(office.root)) == (3, 0, 0, 0)
    first = next(record for record in house.records().values() if record.number == "1/BC-SNV")
    assert first.source == "eoffice"
    assert first.text == "Toàn văn một.\n\nPhụ lục."
    assert [file.path for file in first.files] == [
        *(f"{office.mapping}!A/mot.txt", str(office.store / "2024" / "phu-luc.txt")),
    ]
    read = house.read
    assert sums(house.index(office.root)) == (0, 3, 0, 0)
    assert house.read == read
    office.execute("UPDATE van_ban SET trich_yeu = 'Sửa' WHERE ma = 'B'; DELETE FROM van_ban WHERE ma = 'C'")
    assert sums(house.index(office.root)) == (1, 1, 0, 1)
    assert subjects(house) == {"Báo cáo một", "Sửa"}


@pytest.mark.parametrize("change", ["UPDATE tep SET noi_dung = CAST('Khác.' AS BLOB) WHERE ten = 'mot.txt'", ""])
def test_a_file_that_changed_is_read_again_although_its_row_did_not(house: House, office: Office, change: str) -> None:
    house.index(office.root)
    if change:
        office.execute(change)
    else:
        (office.store / "2024" / "phu-luc.txt").write_text("Phụ lục khác.", encoding="utf-8")
    assert sums(house.index(office.root)) == (1, 2, 0, 0)
    assert any("hác." in record.text for record in house.records().values())


def test_with_a_version_files_are_fetched_only_when_it_changes(house: House, office: Office) -> None:
    office.write(version="phien_ban")
    assert sums(house.index(office.root)) == (3, 0, 0, 0)
    assert any("Phụ lục." in record.text for record in house.records().values())
    office.execute("UPDATE tep SET noi_dung = CAST('Khác.' AS BLOB) WHERE ten = 'mot.txt'")
    assert sums(house.index(office.root)) == (0, 3, 0, 0)
    office.execute("UPDATE van_ban SET phien_ban = 2 WHERE ma = 'A'")
    assert sums(house.index(office.root)) == (1, 2, 0, 0)
    assert any("Khác." in record.text for record in house.records().values())


def test_a_file_that_cannot_be_asked_for_late_leaves_all_as_it_is(house: House, office: Office) -> None:
    house.index(office.root)
    office.write(MAPPING.replace("FROM tep", "FROM khong_co"), version="phien_ban")
    report = house.index(office.root)
    assert report.adds_up
    assert (report.deleted, len(house.records())) == (0, 3)
    assert "Khóa “attachments.query”" in report.errors[0]


def test_a_row_that_fails_is_named_and_the_others_are_read(house: House, office: Office) -> None:
    office.execute("UPDATE van_ban SET ngay = 'hôm qua' WHERE ma = 'B'")
    assert sums(house.index(office.root)) == (2, 0, 1, 0)
    (problem,) = house.problems()
    assert (problem.path, problem.line) == (str(office.mapping), 2)
    assert "Khóa B, cột “ngay”" in problem.reason
    office.execute("UPDATE van_ban SET ngay = '06/03/2024' WHERE ma = 'B'")
    assert sums(house.index(office.root)) == (1, 2, 0, 0)
    assert not house.problems()


def test_a_key_that_comes_twice_is_a_document_once(house: House, office: Office) -> None:
    office.execute("INSERT INTO van_ban (ma, so) VALUES ('A', '9/BC-SNV')")
    assert sums(house.index(office.root)) == (3, 0, 1, 0)
    assert "Trùng mã với dòng 1" in house.problems()[0].reason


@pytest.mark.parametrize("lives", range(5))
def test_a_run_that_was_killed_is_finished_by_the_next(house: House, office: Office, lives: int) -> None:
    with contextlib.suppress(Killed):
        house.index(office.root, lives=lives)
    house.index(office.root)
    assert sorted(record.subject for record in house.records().values()) == ["Báo cáo ba", "Báo cáo hai", "Báo cáo một"]


def test_a_database_that_is_away_keeps_its_documents(house: House, office: Office) -> None:
    house.index(office.root)
    away = office.database.rename(office.database.with_suffix(".away"))
    report = house.index(office.root)
    assert report.adds_up
    assert (report.deleted, len(house.records())) == (0, 3)
    assert "Không xóa gì" in report.errors[0]
    assert "không có tệp" in house.problems()[0].reason
    away.rename(office.database)
    assert sums(house.index(office.root)) == (0, 3, 0, 0)
    assert not house.problems()


def test_a_query_that_suddenly_gives_nothing_empties_nothing_unless_allowed(house: House, office: Office) -> None:
    house.index(office.root)
    office.execute("DELETE FROM van_ban")
    report = house.index(office.root)
    assert report.adds_up
    assert (report.deleted, len(house.records())) == (0, 3)
    assert "không cho dòng nào, mà sổ ghi 3 văn bản" in report.errors[0]
    assert sums(house.index(office.root, allow_empty=True)) == (0, 0, 0, 3)


@pytest.mark.parametrize("leave", ["kho-rong", "kho-mat"])
def test_a_share_that_is_not_mounted_takes_no_document_its_text(house: House, office: Office, leave: str) -> None:
    house.index(office.root)
    office.store.rename(office.store.with_name("kho-that"))
    if leave == "kho-rong":
        office.store.mkdir()
    report = house.index(office.root)
    assert report.adds_up
    assert "attachments.root" in report.errors[0]
    assert any("Phụ lục." in record.text for record in house.records().values())


def test_a_mapping_file_counts_only_where_it_is_named_itself(house: House, office: Office) -> None:
    house.index(Root.of(office.mapping.parent))
    (only,) = house.records().values()
    assert only.files[0].path.endswith("phu-luc.txt")  # the attachment, as a file of its own


def test_what_the_query_tries_to_write_is_refused(office: Office) -> None:
    office.write(
        MAPPING.replace("SELECT * FROM van_ban ORDER BY ma", "WITH x AS (SELECT 1) DELETE FROM van_ban RETURNING *")
    )
    with pytest.raises(BrokenFile, match="Khóa “query”"):
        office.lines()
    office.write()
    assert len(office.lines()) == 3


# Wrong mapping files


def test_without_the_extra_it_says_what_to_install(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(BrokenFile, match="cần cài thêm: pip install sqlalchemy pg8000"):
        office.lines()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('url = "sqlite', 'urll = "sqlite', "khóa không có: “urll”. Được phép: url, "),
        ('name = "van-ban"', "name = 3", "khóa “name” phải là chuỗi"),
        ('key = "ma"', "", "khóa “key” còn thiếu"),
        ('key = "ma"', 'key = "mã"', "khóa “key”: câu “query” không có cột “mã”. Được phép: ma, so, ngay"),
        ('number = "so"', 'number = "sk"', "khóa “columns.number”: câu “query” không có cột “sk”"),
        ('number = "so"', 'numer = "so"', "khóa không có: “columns.numer”. Được phép: number, type, "),
        ("SELECT * FROM van_ban ORDER BY ma", "DELETE FROM van_ban", "khóa “query” phải là một câu SELECT"),
        ("FROM van_ban ORDER", "FROM van_bn ORDER", "Khóa “query”: cơ sở dữ liệu không trả lời: no such table"),
        ("WHERE ma = :key", "", "khóa “attachments.query” phải có :key"),
        ("SELECT * FROM tep", "SELECT ten FROM tep", "câu “attachments.query” không có cột “duong_dan”"),
        ('root = "kho"', "", "khóa “attachments.path” cần “attachments.root” hoặc “attachments.roots”"),
        ('root = "kho"', 'root = "kho-khac"', "khóa “attachments.root”: không có thư mục"),
        ('path = "duong_dan"\ncontent = "noi_dung"', "", "phải có “attachments.path” hoặc “attachments.content”"),
        ('direction = "đi"', 'issued = "hôm nay"', "khóa “values”: Trường “issued” phải là ngày"),
        ("SELECT * FROM van_ban", "SELECT *, so FROM van_ban", "câu “query” có nhiều cột “so”"),
        ("[database.columns]", "[columns", "không phải TOML hợp lệ"),
        ("[database.values]", "[mailbox]", "phải có đúng một bảng, là một trong: [mailbox], [database]"),
        ("sqlite:///", "oracel://", "không biết loại cơ sở dữ liệu “oracel”. Được phép: postgresql, mysql"),
        ("sqlite:///", "mssql://m/", "chưa cài trình điều khiển của mssql: pip install 'pyodbc'"),
        ("sqlite:///", "sqlite", "khóa “url” phải có dạng"),
        ("sqlite:///", "sqlite:///x", "khóa “url”: không có tệp"),
        ('name = "van-ban"', 'name = "a"\npassword_env = "MK"', "khóa “password_env”: chưa đặt biến môi trường MK"),
    ],
)
def test_the_key_that_is_wrong_is_named_with_what_is_allowed(office: Office, old: str, new: str, said: str) -> None:
    assert old in MAPPING
    office.write(MAPPING.replace(old, new))
    with pytest.raises(BrokenFile) as raised:
        office.lines()
    assert said in str(raised.value)


def test_a_wrong_mapping_file_is_a_failure_and_an_error_of_the_run(house: House, office: Office) -> None:
    office.write("title = 'not ours'")
    assert "phải có đúng một bảng" in house.index(office.root).errors[0]
    office.write("[database]\ntitle = 'not ours'")
    report = house.index(office.root)
    assert (report.found, report.failed, len(report.errors)) == (1, 1, 1)
    assert "bảng [database]: khóa không có: “title”" in house.problems()[0].reason


KEYS = st.sampled_from((*FIELDS, "url", "name", "key", "query", "columns", "attachments", "path", "root", "roots"))
TOML = st.recursive(st.text() | st.integers() | st.booleans() | st.dates(), lambda inner: st.dictionaries(KEYS, inner))


@given(table=st.dictionaries(KEYS, TOML))
def test_any_table_is_a_mapping_or_a_message(table: dict[str, object]) -> None:
    whole = {"url": "u", "name": "n", "key": "k", "query": "SELECT 1", "columns": {"number": "so"}, **table}
    with contextlib.suppress(BadValue):
        read_database_mapping(whole, Path())


def test_every_field_that_may_be_mapped_is_taken(office: Office) -> None:
    columns = "".join(f'{field} = "so"\n' for field in FIELDS if field not in DAYS)
    office.write(
        MAPPING.replace('number = "so"\nissued = "ngay"\nsubject = "trich_yeu"\nrecipients = "noi_nhan"\n', columns)
    )
    record = record_of(office.lines()[0].content or b"")
    assert (record.text, record.access, record.cites, record.signer_title) == (
        *("1/BC-SNV", ("1/BC-SNV",)),
        *(("1/BC-SNV",), "1/BC-SNV"),
    )
