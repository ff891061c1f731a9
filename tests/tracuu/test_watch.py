"""`tracuu watch` as a real process: files that come slowly, under other names, and go; ends of every kind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engines.embedded import EmbeddedEngine
from engines.interface import Access
from tests.tracuu.test_cli import ROOT, environment, tracuu

SETTLE = 0.6
_PATIENCE_SECONDS = 60.0


class Watch:
    """Watches one folder; may be killed and started again."""

    def __init__(self, home: Path, folder: Path, every: float) -> None:
        self.home = home
        self.folder = folder
        self._every = every
        self._log = home / "watch.log"
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self.home.mkdir(exist_ok=True)
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [
                    *(sys.executable, "-m", "tracuu", "watch", str(self.folder)),
                    *("--every", str(self._every), "--settle", str(SETTLE)),
                ],
                cwd=ROOT,
                env=environment(self.home),
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C counts also where the tests run in the background, which ignores it.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                start_new_session=True,
            )

    def kill(self) -> None:
        """End it and its workers without a word."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def start_again(self) -> None:
        self.process = self._start()

    def said(self) -> str:
        """All that it printed."""
        return self._log.read_text(encoding="utf-8")

    def documents(self) -> dict[str, str]:
        """Path beneath the folder to text, as anybody searching meets them."""
        with closing(EmbeddedEngine(self.home / "index")) as engine:
            if engine.live() is None:
                return {}
            records = list(engine.scan(Access.unrestricted()))
        return {os.path.relpath(record.files[0].path, self.folder): record.text for record in records}

    def ids(self) -> set[str]:
        with closing(EmbeddedEngine(self.home / "index")) as engine:
            return {record.id for record in engine.scan(Access.unrestricted())}

    def wait_for(self, expected: dict[str, str]) -> None:
        until = time.monotonic() + _PATIENCE_SECONDS
        while (found := self.documents()) != expected:
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, found
            time.sleep(0.1)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Watch]]:
    started: list[Watch] = []

    def make(every: float = 3600) -> Watch:
        started.append(Watch(tmp_path / "home", tmp_path / "files", every))
        return started[-1]

    yield make
    for watch in started:
        watch.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("một", encoding="utf-8")
    return folder


def test_what_comes_changes_moves_and_goes_is_seen_at_once(start: Callable[..., Watch], folder: Path) -> None:
    watch = start()
    watch.wait_for({"a.txt": "một"})
    before = watch.ids()

    (folder / "a.txt").write_text("một lần nữa", encoding="utf-8")
    watch.wait_for({"a.txt": "một lần nữa"})
    (folder / "2024").mkdir()
    (folder / "a.txt").rename(folder / "2024" / "b.txt")
    watch.wait_for({"2024/b.txt": "một lần nữa"})
    assert watch.ids() == before
    (folder / "2024" / "c.txt").write_text("hai", encoding="utf-8")
    watch.wait_for({"2024/b.txt": "một lần nữa", "2024/c.txt": "hai"})
    (folder / "2024" / "b.txt").unlink()
    watch.wait_for({"2024/c.txt": "hai"})


def test_a_file_that_is_written_slowly_is_read_when_it_is_whole(start: Callable[..., Watch], folder: Path) -> None:
    watch = start()
    watch.wait_for({"a.txt": "một"})
    seen = []
    with (folder / "b.txt").open("w", encoding="utf-8") as file:
        for number in range(12):
            file.write(f"dòng {number}\n")
            file.flush()
            time.sleep(SETTLE / 3)
            seen.append(watch.documents())
    watch.wait_for({"a.txt": "một", "b.txt": "\n".join(f"dòng {number}" for number in range(12)) + "\n"})
    assert all(documents == {"a.txt": "một"} for documents in seen)


def test_a_file_that_is_renamed_into_its_place_is_read_and_its_temporary_name_is_not(
    start: Callable[..., Watch], folder: Path
) -> None:
    watch = start()
    watch.wait_for({"a.txt": "một"})
    for name in ("b.txt.part", "c.txt.crdownload", "~$d.txt", "e.txt.tmp", ".f.txt"):
        (folder / name).write_text("nửa chừng", encoding="utf-8")
    (folder / "g.txt").write_text("xong", encoding="utf-8")
    watch.wait_for({"a.txt": "một", "g.txt": "xong"})
    (folder / "b.txt.part").rename(folder / "b.txt")
    watch.wait_for({"a.txt": "một", "b.txt": "nửa chừng", "g.txt": "xong"})


def test_what_the_system_tells_nothing_of_is_seen_at_the_next_full_look(
    start: Callable[..., Watch], tmp_path: Path
) -> None:
    watch = start(every=0.5)  # the folder is not there, as a share that is mounted later
    until = time.monotonic() + _PATIENCE_SECONDS
    while "Không xem được" not in watch.said():
        assert time.monotonic() < until
        time.sleep(0.1)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("một", encoding="utf-8")
    watch.wait_for({"a.txt": "một"})


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_when_asked_with_everything_written(
    start: Callable[..., Watch], folder: Path, number: signal.Signals, code: int
) -> None:
    watch = start()
    watch.wait_for({"a.txt": "một"})
    watch.process.send_signal(number)
    assert watch.process.wait(30) == code
    assert tracuu(watch.home, "verify").returncode == 0


def test_killed_anywhere_and_started_again_it_misses_and_doubles_nothing(
    start: Callable[..., Watch], folder: Path
) -> None:
    watch = start()
    expected = {"a.txt": "một"}
    for number in range(4):
        for file in range(10):
            name = f"{number}-{file}.txt"
            (folder / name).write_text(f"văn bản {name}", encoding="utf-8")
            expected[name] = f"văn bản {name}"
        time.sleep(0.5 + number * 0.7)
        watch.kill()
        (folder / f"{number}-0.txt").unlink()
        del expected[f"{number}-0.txt"]
        watch.start_again()
    watch.wait_for(expected)
    watch.kill()
    assert tracuu(watch.home, "verify").returncode == 0


def test_documents_can_be_pushed_to_the_service_while_a_folder_is_watched(
    start: Callable[..., Watch], folder: Path
) -> None:
    watch = start(every=0.3)
    watch.wait_for({"a.txt": "một"})
    token = "m" * 16
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    serving = subprocess.Popen(
        [sys.executable, "-m", "tracuu", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment(watch.home, TRACUU_API_TOKEN=token),
        stderr=subprocess.DEVNULL,
    )
    try:
        answers = [push(f"http://127.0.0.1:{port}", token, number) for number in range(5)]
    finally:
        serving.terminate()
        serving.wait(30)
    assert answers == [201] * 5
    with closing(EmbeddedEngine(watch.home / "index")) as engine:
        assert len(list(engine.scan(Access.unrestricted()))) == 6


def push(address: str, token: str, number: int) -> int:
    """Send a document, again while it is told to come again."""
    request = urllib.request.Request(  # noqa: S310 - the address is our own server's
        f"{address}/api/v1/documents/p{number}",
        data=f'{{"text": "văn bản gửi tới số {number}"}}'.encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        method="PUT",
    )
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.URLError as error:
            starts = isinstance(error.reason, ConnectionRefusedError)
            told = isinstance(error, urllib.error.HTTPError) and error.code == 503
            if not (starts or told) or time.monotonic() > until:
                raise
            time.sleep(0.2)
