"""Runs a library that may end its process in a child, so that only the child ends."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path

from indexer.readers.extracted import Unreadable

_CHUNK_BYTES = 2**20
_MEMORY_BYTES = 2**30
"""What a child may take beside what it has from its parent; HTML of 20 MB needs less."""

SECONDS = 60.0
"""After so long a child is ended, unless told otherwise."""

_STATM = Path("/proc/self/statm")
_READ, _REFUSED = b"+", b"-"


def read_apart(read: Callable[[bytes], str], content: bytes, *, seconds: float = SECONDS) -> str:
    """The text that `read` gives for `content`, found in a fork of this process (some milliseconds).

    Where a system cannot fork, it is found here, and the worker process is what a crash ends.

    Args:
        read: Raises nothing but `Unreadable`; it must not take locks that other threads of this process hold.
        content: The file.
        seconds: After so long the child is ended.

    Raises:
        Unreadable: `read` raised it, or the child crashed or took too long.
    """
    if not hasattr(os, "fork"):
        return read(content)
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _answer(read, content, sending)
    os.close(sending)
    try:
        answer = _receive(receiving, time.monotonic() + seconds)
    finally:
        os.close(receiving)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if answer[:1] == _REFUSED:
        raise Unreadable(answer[1:].decode())
    if answer[:1] != _READ:
        raise Unreadable("Tệp hỏng: chương trình đọc định dạng này không đọc nổi.")
    return answer[1:].decode()


def _answer(read: Callable[[bytes], str], content: bytes, sending: int) -> None:
    """What the child does; it does not return."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a crash's report is not for the operator
        _limit_memory()
        try:
            answer = _READ + read(content).encode()
        except Unreadable as unreadable:
            answer = _REFUSED + str(unreadable).encode()
        with os.fdopen(sending, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _limit_memory() -> None:
    """Gives this process `_MEMORY_BYTES` more and nothing beyond, on Linux; a limit that the operator set stays."""
    import resource  # no system without fork has it

    if _STATM.exists() and resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY:
        pages = int(_STATM.read_text().split()[0])
        limit = pages * resource.getpagesize() + _MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _receive(receiving: int, deadline: float) -> bytes:
    """All that the child sends before it ends; nothing when that is not before the deadline."""
    received = bytearray()
    while select.select([receiving], [], [], max(0.0, deadline - time.monotonic()))[0]:
        chunk = os.read(receiving, _CHUNK_BYTES)
        if not chunk:
            return bytes(received)
        received += chunk
    return b""
