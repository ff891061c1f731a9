"""The database of an office system in a real PostgreSQL."""

import contextlib
import datetime
import logging
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from engines.record import OfficialDocument
from indexer.databases import read_database
from indexer.lines import Blob, BrokenFile, Line, record_of
from indexer.sources import Root
from tests.indexer.in_process import House
from tests.indexer.office_database import SCHEMA, documents, key, mapping
from tests.postgres_server import PASSWORD, PostgresServer

ENVIRONMENT = {"EOFFICE_PASSWORD": PASSWORD}


class Office:
    """The office system: its database, its mapping file, and the share that old paths lead to."""

    def __init__(self, server: PostgresServer, folder: Path) -> None:
        self.server = server
        self.store = folder / "kho"
        (self.store / "2024").mkdir(parents=True)
        (self.store / "2024" / "Phụ lục.txt").write_text("Phụ lục kèm theo.", encoding="utf-8")
        self.mapping = folder / "eoffice.toml"
        self.write(server.url(password=None))

    def write(self, url: str, **replaced: str) -> None:
        text = mapping(url, self.store)
        for old, new in replaced.items():
            text = text.replace(old, new)
        self.mapping.write_text(text, encoding="utf-8")

    def lines(self, password: str = PASSWORD) -> Iterator[Line]:
        return read_database(
            *(str(self.mapping), "eoffice", 0), environment={"EOFFICE_PASSWORD": password}, allow_empty=False
        )

    def records(self) -> list[OfficialDocument]:
        return [record_of(line.content or b"") for line in self.lines()]


@pytest.fixture
def office(postgres: PostgresServer, tmp_path: Path) -> Iterator[Office]:
    postgres.execute(SCHEMA + documents(3))
    yield Office(postgres, tmp_path)
    postgres.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def test_every_type_of_column_becomes_what_the_record_has(office: Office) -> None:
    first = office.records()[0]
    assert (first.number, first.type, first.issuer) == ("1/BNV-TCBC", "Công văn", "Bộ Nội vụ")
    assert (first.arrival_number, first.signer, first.urgency) == ("1", "Nguyễn Văn An", "Khẩn")
    assert first.arrived == datetime.date(2024, 3, 6)  # half past six in the morning in Vietnam
    assert (first.issued, first.due) == (datetime.date(2024, 3, 1), datetime.date(2024, 3, 20))
    assert first.recipients == ("Văn phòng", "Phòng Tổ chức, cán bộ")
    assert (first.direction, first.access) == ("đến", ())


def test_files_come_from_bytea_and_from_paths_of_the_old_windows_server(office: Office) -> None:
    office.server.execute(
        "INSERT INTO tep_dinh_kem (van_ban_id, thu_tu, ten_tep, duong_dan) SELECT id, n, t, d FROM van_ban_den, "
        r"(VALUES (2, 'Phụ lục', '\\MAY-CHU-CU\VanBan\2024\phụ lục.txt'), (3, 'x', 'D:\VanBan\x.pdf')) AS v(n, t, d) "
        "WHERE so_den = 1"
    )
    first = next(office.lines())
    assert first.attachments == (
        Blob(f"{office.mapping}!{key(1)}/cong-van.txt", "Toàn văn công văn thứ 1.".encode()),
        str(office.store / "2024" / "Phụ lục.txt"),
    )
    assert first.note == r"Không thấy tệp đính kèm “D:\VanBan\x.pdf” trong các thư mục đã khai báo."


def test_runs_over_it_index_what_changed_and_delete_what_is_gone(house: House, office: Office) -> None:
    root = Root.of(office.mapping)
    assert house.index(root, environment=ENVIRONMENT).indexed == 3
    assert house.index(root, environment=ENVIRONMENT).unchanged == 3
    office.server.execute(
        "UPDATE van_ban_den SET trich_yeu = 'Sửa' WHERE so_den = 1;"
        "UPDATE van_ban_den SET da_xoa = true WHERE so_den = 2;"
        "UPDATE tep_dinh_kem SET noi_dung = 'moi' FROM van_ban_den d WHERE d.id = van_ban_id AND so_den = 3"
    )
    report = house.index(root, environment=ENVIRONMENT)
    assert (report.indexed, report.unchanged, report.failed, report.deleted) == (2, 0, 0, 1)
    assert {record.text for record in house.records().values()} == {"Toàn văn công văn thứ 1.", "moi"}


def test_a_version_may_be_a_moment_and_counts_to_the_last_digit(house: House, office: Office) -> None:
    office.server.execute("ALTER TABLE van_ban_den ADD sua_luc timestamptz DEFAULT '2024-03-05 08:00:00.000001+07'")
    office.write(
        office.server.url(password=None),
        **{'key = "id"': 'key = "id"\nversion = "sua_luc"', "d.id,": "d.id, d.sua_luc,"},
    )
    root = Root.of(office.mapping)
    assert house.index(root, environment=ENVIRONMENT).indexed == 3
    office.server.execute(
        "UPDATE tep_dinh_kem SET noi_dung = 'moi';"
        "UPDATE van_ban_den SET sua_luc = '2024-03-05 08:00:00.000002+07' WHERE so_den = 1"
    )
    report = house.index(root, environment=ENVIRONMENT)
    assert (report.indexed, report.unchanged) == (1, 2)


def test_days_that_no_calendar_here_has_fail_alone_or_name_the_query(office: Office) -> None:
    office.server.execute(
        "UPDATE van_ban_den SET ngay_den = '9999-12-31 23:59+00' WHERE so_den = 1;"
        "UPDATE van_ban_den SET ngay_ban_hanh = 'infinity' WHERE so_den = 2"
    )
    failures = [line.failure for line in office.lines()]
    assert "cột “ngay_den”" in failures[0]
    assert "cột “ngay_ban_hanh”" in failures[1]
    assert failures[2] == ""
    office.server.execute("UPDATE van_ban_den SET ngay_ban_hanh = '0044-03-15 BC' WHERE so_den = 3")
    with contextlib.suppress(BrokenFile):  # what a driver makes of it is its own affair; it must be a row or a message
        assert len(list(office.lines())) == 3


def test_a_server_that_goes_away_in_the_middle_takes_nothing_along(house: House, office: Office) -> None:
    root = Root.of(office.mapping)
    assert house.index(root, environment=ENVIRONMENT).indexed == 3
    lines = office.lines()
    next(lines)
    office.server.stop()
    try:
        with pytest.raises(BrokenFile, match=r"đứt giữa chừng|không trả lời"):
            list(lines)
        report = house.index(root, environment=ENVIRONMENT)
    finally:
        office.server.start()
    assert report.adds_up
    assert (report.deleted, len(house.records())) == (0, 3)
    assert "Không kết nối được đến postgresql" in report.errors[0]
    assert house.index(root, environment=ENVIRONMENT).unchanged == 3


def test_what_the_database_holds_is_never_in_memory_all_at_once(office: Office) -> None:
    office.server.execute("TRUNCATE van_ban_den CASCADE;" + documents(30))
    office.server.execute("UPDATE tep_dinh_kem SET noi_dung = repeat('x', 4000000)::bytea")
    tracemalloc.start()
    try:
        held = sum(len(file.content) for line in office.lines() for file in line.attachments if isinstance(file, Blob))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held == 120_000_000
    assert peak < 60_000_000  # of one file: as it is sent, in hexadecimal, and as it is


def test_the_transaction_is_read_only(office: Office) -> None:
    office.write(office.server.url(password=None), **{"SELECT d.id": "SELECT nextval('co_quan_id_seq'), d.id"})
    with pytest.raises(BrokenFile, match=r"cannot execute nextval.. in a read-only transaction"):
        next(office.lines())


@pytest.mark.parametrize("in_url", [True, False])
def test_no_message_and_no_log_shows_the_password(
    office: Office, caplog: pytest.LogCaptureFixture, in_url: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = "sai-mat-khau"
    office.write(office.server.url(password=wrong if in_url else None))
    if in_url:
        office.mapping.write_text(office.mapping.read_text().replace('password_env = "EOFFICE_PASSWORD"', ""))
    with pytest.raises(BrokenFile) as raised:
        next(office.lines(wrong))
    assert "password authentication failed" in str(raised.value)
    assert wrong not in str(raised.value) + caplog.text
    office.write(office.server.url(password=None), **{"FROM van_ban_den": "FROM khong_co"})
    with pytest.raises(BrokenFile, match='relation "khong_co" does not exist') as raised:
        next(office.lines())
    assert PASSWORD not in str(raised.value) + caplog.text
