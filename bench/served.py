"""`tracuu serve` in a process of its own, and a question to it through HTTP."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from bench.setting import TRACUU

_START_SECONDS = 60


class Served:
    """`tracuu serve` in a process of its own, on a free loopback port."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.port = _free_port()

    def __enter__(self) -> Self:
        command = (*TRACUU, "serve", "--host", "127.0.0.1", "--port", str(self.port))
        self._process = subprocess.Popen(command, env=dict(self._environment), stderr=subprocess.DEVNULL)
        self.pid = self._process.pid
        deadline = time.monotonic() + _START_SECONDS
        while not _answers(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__(None, None, None)
                raise RuntimeError("`tracuu serve` did not start")
            time.sleep(0.1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()


def ask(port: int, question: str, connection: http.client.HTTPConnection | None = None, **filters: str) -> bytes:
    """Ask the service one question, under filters, and return the body of its answer."""
    connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/api/v1/search?{urlencode({'q': question, **filters})}")
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{answer.status} for {question!r}: {body!r}")
    return body


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
