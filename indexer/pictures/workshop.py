"""One worker process that makes one thing after another for the threads of a server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from indexer.pictures.tasks import Refused, Task
from indexer.workers import Crash, HandlerMaker, WorkerPool


class NoPicture(Exception):
    """There is none to be had of this page; the message says why, in Vietnamese."""


class TooBusy(Exception):
    """So many wait already that this one must come again; the message says so, in Vietnamese."""


class Workshop:
    """A worker, started when the first task comes, and those who wait for it.

    Args:
        make_handler: What the worker calls first.
        task_seconds: How long one task may take before the worker is ended.
        task_bytes: How much memory one may take.
        seats: How many threads may wait or be served at once. A server has few threads, and searches need them.
    """

    def __init__(
        self, make_handler: HandlerMaker[Task, bytes | Refused], *, task_seconds: float, task_bytes: int, seats: int
    ) -> None:
        self._pool: WorkerPool[Task, bytes | Refused] = WorkerPool(
            make_handler, workers=1, item_seconds=task_seconds, item_bytes=task_bytes
        )
        self._lock = threading.Lock()
        self._seats = threading.BoundedSemaphore(seats)

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._pool.__exit__(kind, error, trace)

    def made(self, found: Callable[[], bytes | None], task: Task) -> bytes:
        """What `found` finds when it is one's turn, else what the worker makes of the task.

        Raises:
            NoPicture: The worker refused, crashed or took too long.
            TooBusy: All seats are taken.
        """
        if not self._seats.acquire(blocking=False):
            raise TooBusy("Máy chủ đang vẽ trang của văn bản khác. Hãy tải lại trang sau ít giây.")
        try:
            with self._lock:
                # Whoever came before may have wanted the same.
                there = found()
                return self._make(task) if there is None else there
        finally:
            self._seats.release()

    def _make(self, task: Task) -> bytes:
        ((_, result),) = self._pool.run([[task]], threading.Event())
        match result:
            case bytes():
                return result
            case Refused():
                raise NoPicture(result.reason)
            case Crash():
                raise NoPicture(f"Không vẽ được tệp này. {result.reason}")
