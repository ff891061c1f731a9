"""`tracuu index` and `tracuu reconcile` over the database of an office system, as real processes."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexer.office_database import SCHEMA, documents
from tests.indexer.office_database import mapping as mapping_of
from tests.postgres_server import PASSWORD, PostgresServer
from tests.tracuu.test_cli import ROOT, environment, tracuu


@pytest.fixture
def database(postgres: PostgresServer) -> Iterator[PostgresServer]:
    postgres.execute(SCHEMA + documents(200))
    yield postgres
    postgres.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@pytest.fixture
def mapping(database: PostgresServer, tmp_path: Path) -> Path:
    store = tmp_path / "kho"
    store.mkdir()
    (store / "a.txt").write_text("a", encoding="utf-8")
    path = tmp_path / "eoffice.toml"
    path.write_text(mapping_of(database.url(password=None), store), encoding="utf-8")
    return path


def test_runs_that_were_killed_and_a_list_that_is_proven_whole(
    database: PostgresServer, mapping: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    variables = environment(home, EOFFICE_PASSWORD=PASSWORD)
    for seconds in (1.0, 2.0, 3.0):
        run = subprocess.Popen([sys.executable, "-m", "tracuu", "index", str(mapping)], cwd=ROOT, env=variables)
        time.sleep(seconds)
        run.send_signal(signal.SIGKILL)
        run.wait()
    whole = tracuu(home, "index", str(mapping), EOFFICE_PASSWORD=PASSWORD)
    assert "Tìm thấy 200 văn bản" in whole.stdout, whole.stderr
    assert "0 lỗi" in whole.stdout
    assert tracuu(home, "verify").returncode == 0
    assert "7/BNV-TCBC" in tracuu(home, "search", "công văn thứ 7").stdout

    found = tracuu(home, "reconcile", str(mapping), EOFFICE_PASSWORD=PASSWORD)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "200  Trong danh sách: khớp" in found.stdout

    database.execute(
        "UPDATE van_ban_den SET nguoi_ky = 'Trần Thị Bình' WHERE so_den = 3; DELETE FROM tep_dinh_kem;"
        "UPDATE van_ban_den SET da_xoa = true WHERE so_den = 4;"
        "UPDATE van_ban_den SET han_xu_ly = 'mai' WHERE so_den = 5;"
        "INSERT INTO van_ban_den (id, so_den, ngay_den, so_ky_hieu, trich_yeu) "
        "VALUES ('11111111-0000-0000-0000-000000000000', 201, '2024-03-06', '99/SYT-VP', 'V/v kiểm kê tài sản')"
    )
    found = tracuu(
        home,
        "reconcile",
        str(mapping),
        "--source",
        "eoffice",
        "--xlsx",
        str(tmp_path / "kq.xlsx"),
        EOFFICE_PASSWORD=PASSWORD,
    )
    assert found.returncode == 1
    for said in (
        *("197  Trong danh sách: khớp", "1  Trong danh sách: khác", "1  Trong danh sách: thiếu"),
        *("1  Trong danh sách: không đọc được", "2  Thừa trong chỉ mục (nguồn “eoffice”)"),
        "khóa 00000000-0000-0000-0000-000000000003: 3/BNV-TCBC",
        "Người ký: danh sách “Trần Thị Bình”, chỉ mục “Nguyễn Văn An”",
        "khóa 11111111-0000-0000-0000-000000000000: 99/SYT-VP",
        "Khóa 00000000-0000-0000-0000-000000000005, cột “han_xu_ly”: “mai” không phải ngày",
    ):
        assert said in found.stdout
    assert (tmp_path / "kq.xlsx").stat().st_size


def test_a_database_out_of_reach_is_an_error_without_its_password(mapping: Path, tmp_path: Path) -> None:
    wrong = "sai-mat-khau"
    run = tracuu(tmp_path / "home", "index", str(mapping), EOFFICE_PASSWORD=wrong)
    assert run.returncode == 1
    assert "password authentication failed" in run.stderr
    assert "Không xóa gì khỏi chỉ mục" in run.stderr
    failures = tracuu(tmp_path / "home", "failures").stdout
    assert "eoffice.toml" in failures
    assert wrong not in run.stdout + run.stderr + failures
    listed = tracuu(tmp_path / "home", "reconcile", str(mapping))
    assert listed.returncode == 1
    assert "chưa đặt biến môi trường EOFFICE_PASSWORD" in listed.stderr
