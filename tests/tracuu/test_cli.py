"""The command line as its users meet it: real processes over a real index."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.indexer.scanned import BODY, page, saved

ROOT = Path(__file__).parents[2]
COMMANDS = ("index", "watch", "serve", "search", "status", "failures", "verify", "rebuild", "reconcile")
HEAVY = ("numpy", "tantivy", "flask", "elasticsearch", "pydantic", "rich", "analyzers", "indexer", "search_service")


def environment(home: Path, **variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACUU_")}
    return {**kept, "TRACUU_HOME": str(home), "TRACUU_WORKERS": "1", **variables}


def tracuu(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tracuu", *arguments],
        cwd=ROOT,
        env=environment(home, **variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("files")
    records = [
        {
            "id": "kh",
            "number": "141/KH-UBND",
            "type": "Kế hoạch",
            "subject": "Kế hoạch chuyển đổi số",
            "issuer": "UBND tỉnh Quảng Trị",
            "issued": "2025-11-20",
            "text": "Triển khai chuyển đổi số trong cơ quan nhà nước.",
        },
        {"id": "tb", "number": "2/TB-UBND", "type": "Thông báo", "text": "Nghỉ Tết.", "access": ["unit:stttt"]},
    ]
    lines = [*(json.dumps(record, ensure_ascii=False) for record in records), "{"]
    (directory / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return directory


@pytest.fixture(scope="module")
def home(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    assert tracuu(home, "index", str(files), "--source", "eoffice").returncode == 0
    return home


def test_help_names_every_command_and_loads_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from tracuu.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print('loaded', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in COMMANDS:
        assert f"\n  {name} " in run.stdout
    assert "loaded []" in run.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_vietnamese(tmp_path: Path, command: str) -> None:
    run = tracuu(tmp_path, command, "--help")
    assert run.returncode == 0
    assert "In trợ giúp này." in run.stdout


def test_index_prints_sums_that_add_up_and_where_to_see_failures(home: Path, files: Path) -> None:
    run = tracuu(home, "index", str(files), "--source", "eoffice")
    assert run.returncode == 0
    assert "Tìm thấy 3 văn bản: 0 lập chỉ mục, 2 không đổi, 1 lỗi. Xóa 0." in run.stdout
    assert "tracuu failures" in run.stdout


def test_search_prints_what_the_page_shows(home: Path) -> None:
    run = tracuu(home, "search", "ke hoach", "chuyen doi so")
    assert run.returncode == 0
    for text in ("1 văn bản", "Kế hoạch 141/KH-UBND", "20/11/2025", "UBND tỉnh Quảng Trị", "Kế hoạch chuyển đổi số"):
        assert text in run.stdout


def test_search_on_the_machine_itself_sees_every_document(home: Path) -> None:
    assert "2/TB-UBND" in tracuu(home, "search", "nghỉ tết").stdout


def test_search_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    run = tracuu(tmp_path, "search", "a")
    assert run.returncode == 1
    assert "tracuu index" in run.stderr
    assert "Traceback" not in run.stderr


def test_status_counts_by_type_and_source(home: Path) -> None:
    run = tracuu(home, "status")
    assert run.returncode == 0
    for text in ("embedded", "2 văn bản", "1  Kế hoạch", "2  eoffice", "Lỗi: 1", "Lần chạy gần nhất"):
        assert text in run.stdout


def test_status_before_the_first_run_says_what_to_do(tmp_path: Path) -> None:
    run = tracuu(tmp_path, "status")
    assert run.returncode == 0
    assert "tracuu index" in run.stdout


def test_failures_lists_path_line_and_reason_also_as_json(home: Path, files: Path) -> None:
    assert f"{files / 'records.jsonl'}, dòng 3" in tracuu(home, "failures").stdout
    (failure,) = json.loads(tracuu(home, "failures", "--json").stdout)
    assert (failure["path"], failure["line"], failure["state"]) == (str(files / "records.jsonl"), 3, "failed")
    assert "JSON" in failure["reason"]


def test_verify_ends_with_0_when_whole_and_1_when_not_until_repaired(files: Path, tmp_path: Path) -> None:
    tracuu(tmp_path, "index", str(files))
    assert tracuu(tmp_path, "verify").returncode == 0
    (tmp_path / "index").rename(tmp_path / "lost")
    other = tmp_path / "empty"
    other.mkdir()
    (other / "a.txt").write_text("khác")
    assert tracuu(tmp_path, "index", str(other)).returncode == 0
    run = tracuu(tmp_path, "verify")
    assert run.returncode == 1
    assert "--repair" in run.stdout
    tracuu(tmp_path, "verify", "--repair")
    assert tracuu(tmp_path, "verify").returncode == 0


def test_originals_are_kept_checked_and_restored(tmp_path: Path) -> None:
    path, home = tmp_path / "15.txt", tmp_path / "home"
    path.write_text("Quyết định", encoding="utf-8")
    assert tracuu(home, "index", str(path), TRACUU_ORIGINALS="keep").returncode == 0
    assert tracuu(home, "verify", "--originals", TRACUU_ORIGINALS="keep").returncode == 0
    (kept,) = [path for path in (home / "originals").rglob("*") if path.is_file()]
    kept.write_bytes(b"x")
    run = tracuu(home, "verify", "--originals", TRACUU_ORIGINALS="keep")
    assert run.returncode == 1
    assert f"hỏng: nội dung không khớp SHA-256: {kept.name}" in run.stdout
    assert "--originals --repair" in run.stdout
    assert tracuu(home, "verify", "--originals", "--repair", TRACUU_ORIGINALS="keep").returncode == 0
    assert kept.read_bytes() == path.read_bytes()


def test_rebuild_says_how_many_documents_there_are(home: Path) -> None:
    run = tracuu(home, "rebuild")
    assert run.returncode == 0
    assert "2 văn bản" in run.stdout


def test_a_path_that_is_missing_ends_with_1_and_its_name(tmp_path: Path) -> None:
    run = tracuu(tmp_path, "index", str(tmp_path / "nowhere"))
    assert run.returncode == 1
    assert "nowhere" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_bad_setting_stops_the_start_with_2_and_its_name(tmp_path: Path) -> None:
    run = tracuu(tmp_path, "status", TRACUU_PORT="cổng")
    assert run.returncode == 2
    assert "TRACUU_PORT" in run.stderr
    assert "65535" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_server_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    run = tracuu(tmp_path, "status", TRACUU_ENGINE="elasticsearch", TRACUU_ELASTICSEARCH_URL="http://127.0.0.1:1")
    assert run.returncode == 1
    assert "Elasticsearch" in run.stderr
    assert "Traceback" not in run.stderr


def test_ctrl_c_keeps_what_is_done_says_how_to_go_on_and_ends_with_130(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    text = "Quyết định phê duyệt kế hoạch chuyển đổi số của tỉnh. " * 100
    with path.open("w", encoding="utf-8") as file:
        for number in range(5_000):
            file.write(json.dumps({"id": str(number), "text": f"{number} {text}"}) + "\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "tracuu", "index", str(path)],
        cwd=ROOT,
        env=environment(tmp_path / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        start_new_session=True,
    )
    while not (tmp_path / "home" / "journal.sqlite3").exists() and process.poll() is None:
        time.sleep(0.05)
    time.sleep(1)
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Chạy lại cùng lệnh để tiếp tục" in output
    assert "Traceback" not in errors


def test_on_a_terminal_indexing_tells_pages_and_time_left(tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "a.tif").write_bytes(saved(*[page(BODY * 3)] * 6, form="TIFF"))
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 200))
    command = [sys.executable, "-m", "tracuu", "index", str(tmp_path / "scans")]
    run = subprocess.Popen(
        command, cwd=ROOT, env=environment(tmp_path / "home", TERM="xterm"), stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # how a terminal ends
        while chunk := os.read(ours, 2**16):
            shown += chunk
    os.close(ours)

    assert run.wait() == 0
    pages = [int(found) for found in re.findall(r"nhận dạng trang (\d)/6", shown.decode())]
    assert pages == sorted(pages)
    assert len(set(pages)) > 1
    assert re.search(r"trang \d/6, còn \d+ giây", shown.decode())


def test_alone_it_says_how_to_begin_and_makes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"

    said = tracuu(home)

    assert said.returncode == 0
    assert "Chưa có văn bản nào được lập chỉ mục" in said.stdout
    assert "tracuu index THƯ_MỤC --source TÊN_NGUỒN" in said.stdout
    assert "tracuu search" not in said.stdout
    assert not home.exists() or not list(home.iterdir())


def test_alone_over_an_index_it_says_what_to_do_next_and_what_failed(home: Path) -> None:
    said = tracuu(home, TRACUU_PORT="8123")

    assert said.returncode == 0
    assert "Chỉ mục có 2 văn bản" in said.stdout
    assert "http://127.0.0.1:8123" in said.stdout
    assert "tracuu search" in said.stdout
    assert "tracuu failures" in said.stdout
    assert "1 văn bản không đọc được" in said.stdout
