"""`make demo` as a newcomer runs it, in the environment that the tests run in."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts.free_port import any_free_port

ROOT = Path(__file__).parents[2]
LONGEST_START = 180


def obey_interrupts() -> None:
    """Take Ctrl-C even where the tests themselves run in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for_answer(url: str, process: subprocess.Popen[str]) -> dict[str, object]:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310
                return json.load(answer)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    os.killpg(process.pid, signal.SIGKILL)
    raise AssertionError(f"no answer from {url}:\n{process.communicate()[0]}")


def test_it_indexes_the_samples_prints_the_address_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    port = any_free_port()
    variables = [f"BIN={Path(sys.executable).parent}", f"HOME_OF_DEMO={tmp_path}", f"PORT={port}"]
    process = subprocess.Popen(
        # `-o`: the environment is made already.
        ["make", "-o", ".venv/run.stamp", "demo", *variables],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=obey_interrupts,
    )
    answer = wait_for_answer(f"http://127.0.0.1:{port}/api/v1/search", process)
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=30)
    assert isinstance(answer["total"], int)
    assert answer["total"] > 0
    assert f"http://127.0.0.1:{port}" in output
    assert "Traceback" not in output
