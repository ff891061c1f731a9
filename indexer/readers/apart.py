"""Runs a library that may end its process in a child, so that only the child ends."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable
from typing import TypeVar

from indexer.memory import limit_memory
from indexer.readers.extracted import Unreadable

_CHUNK_BYTES = 2**20
MEMORY_BYTES = 2**30
"""What a child may take beside what it has from its parent; HTML of 20 MB needs less."""

SECONDS = 60.0
"""After so long a child is ended, unless told otherwise."""

_GRACE_SECONDS = 5.0
_READ, _REFUSED = b"+", b"-"

Content = TypeVar("Content")


class TookTooLong(Unreadable):
    """Reading was ended after its time."""


class Crashed(Unreadable):
    """The library ended its process."""


def read_apart(read: Callable[[Content], str], content: Content, *, seconds: float = SECONDS) -> str:
    """The text that `read` gives for `content`, found in a fork of this process (some milliseconds).

    Where a system cannot fork, it is found here, and the worker process is what a crash ends.

    Args:
        read: Raises nothing but `Unreadable`; it must not take locks that other threads of this process hold.
        content: The file, or what was made of it.
        seconds: After so long the child is ended.

    Raises:
        Unreadable: `read` raised it, or needed more than `MEMORY_BYTES`.
        TookTooLong: It did not end before `seconds`.
        Crashed: It ended the child.
    """
    if not hasattr(os, "fork"):
        return read(content)
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _answer(read, content, sending, seconds)
    os.close(sending)
    try:
        answer = _receive(receiving, time.monotonic() + seconds)
    finally:
        os.close(receiving)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if answer is None:
        raise TookTooLong(f"Tệp đọc quá {seconds:.0f} giây mà chưa xong, có thể là tệp hỏng.")
    if answer[:1] == _REFUSED:
        raise Unreadable(answer[1:].decode())
    if answer[:1] != _READ:
        raise Crashed(
            f"Tệp hỏng hoặc cần quá {MEMORY_BYTES // 2**20} MB bộ nhớ: chương trình đọc định dạng này không đọc nổi."
        )
    return answer[1:].decode()


def _answer(read: Callable[[Content], str], content: Content, sending: int, seconds: float) -> None:
    """What the child does; it does not return."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a crash's report is not for the operator
        _end_after(seconds + _GRACE_SECONDS)
        limit_memory(MEMORY_BYTES)
        try:
            answer = _READ + read(content).encode()
        except Unreadable as unreadable:
            answer = _REFUSED + str(unreadable).encode()
        except MemoryError:
            answer = _REFUSED + f"Đọc tệp cần quá {MEMORY_BYTES // 2**20} MB bộ nhớ, không đọc.".encode()
        except RecursionError:
            answer = _REFUSED + "Tệp hỏng: các phần lồng nhau quá sâu.".encode()
        with os.fdopen(sending, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _end_after(seconds: float) -> None:
    """Has the system end this process, for when the parent, which does so before, is gone."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _receive(receiving: int, deadline: float) -> bytes | None:
    """All that the child sends before it ends; None when that is not before the deadline."""
    received = bytearray()
    while select.select([receiving], [], [], max(0.0, deadline - time.monotonic()))[0]:
        chunk = os.read(receiving, _CHUNK_BYTES)
        if not chunk:
            return bytes(received)
        received += chunk
    return None
