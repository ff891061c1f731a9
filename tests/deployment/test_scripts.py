"""The scripts that prepare a machine: what they install, what they say when they may not, which port they choose."""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def stranger(tmp_path: Path) -> dict[str, str]:
    """An environment whose user is not root and has no sudo, and where nothing but a shell's own words exists."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "id").write_text("#!/bin/sh\necho 1000\n")
    (programs / "id").chmod(0o755)
    (programs / "dirname").symlink_to("/usr/bin/dirname")
    return {"PATH": str(programs)}


def run(script: str, *arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", SCRIPTS / script, *arguments], env=env, capture_output=True, text=True, check=False, timeout=60
    )


def test_nothing_is_installed_when_nothing_is_missing(stranger: dict[str, str]) -> None:
    done = run("system-packages.sh", "id=coreutils", "/=base-files", env=stranger)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_stranger_is_told_what_is_missing_and_the_command(stranger: dict[str, str]) -> None:
    done = run("system-packages.sh", "id=coreutils", "mvn=maven", "/nowhere.ttf=fonts-dejavu-core", env=stranger)
    assert done.returncode == 1
    assert "sudo apt-get install maven fonts-dejavu-core" in done.stderr


def test_no_environment_is_made_with_too_old_a_python(stranger: dict[str, str], tmp_path: Path) -> None:
    old = tmp_path / "bin" / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = run("make-venv.sh", str(tmp_path / "venv"), env=stranger)
    assert done.returncode == 1
    assert "Python 3.11 or later is needed" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_an_environment_is_made_with_pip_in_it(tmp_path: Path) -> None:
    done = run("make-venv.sh", str(tmp_path / "venv"), env={**os.environ, "PYTHON": sys.executable})
    assert done.returncode == 0, done.stderr
    subprocess.run([tmp_path / "venv/bin/python", "-m", "pip", "--version"], check=True, capture_output=True)


def free_port(*asked: str) -> int:
    return int(subprocess.check_output([sys.executable, SCRIPTS / "free_port.py", *asked], text=True))


def test_the_port_asked_for_is_taken_even_when_busy() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        assert free_port(str(busy.getsockname()[1])) == busy.getsockname()[1]


def test_a_port_chosen_can_be_served_on() -> None:
    port = free_port()
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", port))


def test_another_port_is_chosen_when_8000_is_busy() -> None:
    with socket.socket() as busy:
        busy.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):  # somebody else has it then, which is the case wanted here
            busy.bind(("127.0.0.1", 8000))
            busy.listen()
        assert free_port() != 8000
