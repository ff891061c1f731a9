"""Worker processes: items in, results out, whatever an item does to the process that handles it.

A file can bring a reader down in ways that no `except` sees: a segmentation fault, the kernel's out-of-memory killer, a
loop without end. `concurrent.futures` then gives up the whole pool and every item in it. Here each worker has a pipe of
its own, so that the parent knows which item it was, makes that one item a `Crash`, and goes on with a fresh worker.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from types import TracebackType
from typing import Generic, Protocol, TypeAlias, TypeVar

from indexer.memory import limit_memory
from indexer.steps import Step, heard_by

ITEM_SECONDS = 300.0
"""How long one item may take before its worker is ended."""

ITEM_BYTES = 2 * 2**30
"""What a worker may take beside the memory it starts with. A file of `FILE_BYTES` may be held several times over."""

IN_FLIGHT_BYTES = 8 * 2**20
"""How many bytes of items are with the workers at once; a larger item travels alone."""

_JOBS_A_WORKER = 2  # one being worked on and one waiting, so that no worker waits for the parent
_ANSWER_SECONDS = 0.05  # results of small items are sent together
_START_SECONDS = 120.0
# Sent to the whole group when somebody ends the program; the parent decides what is still finished.
_FOR_THE_PARENT = (signal.SIGINT, signal.SIGTERM)
_WAIT_SECONDS = 0.5
_END_SECONDS = 2.0
_OUT_OF_MEMORY = 77  # the exit code of a worker that may not have what an item needs


class Weighed(Protocol):
    """An item that says how many bytes of memory it brings along."""

    @property
    def weight(self) -> int:
        """Bytes of content."""


Item = TypeVar("Item", bound=Weighed)
Result = TypeVar("Result")

HandlerMaker: TypeAlias = Callable[[], Callable[[Item], Result]]
"""Called once in each worker; picklable. What it returns handles one item after another and raises nothing but
`MemoryError`."""


@dataclass(frozen=True, slots=True)
class Crash:
    """The worker ended while it handled the item; `reason` is for people."""

    reason: str


class WorkersCannotStart(RuntimeError):
    """A worker ended before its first item; its own message is on stderr."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A worker's word on the item after `behind` others of its job that are handled and not yet sent."""

    step: Step
    behind: int


@dataclass(slots=True)
class _Worker(Generic[Item]):
    process: SpawnProcess
    connection: Connection
    deadline: float
    ready: bool = False
    jobs: deque[deque[Item]] = field(default_factory=deque)
    step: tuple[Item, Step] | None = None

    @property
    def weight(self) -> int:
        return sum(item.weight for job in self.jobs for item in job)


class WorkerPool(Generic[Item, Result]):
    """A pool of worker processes, started when the first job comes.

    Args:
        make_handler: What each worker calls first.
        workers: How many processes.
        item_seconds: How long one item may take.
        item_bytes: How much memory handling one may take beside what a worker starts with.
        told: Called with the items that are being handled and have told how far they are, whenever that changes.
    """

    def __init__(
        self,
        make_handler: HandlerMaker[Item, Result],
        *,
        workers: int,
        item_seconds: float = ITEM_SECONDS,
        item_bytes: int = ITEM_BYTES,
        told: Callable[[Sequence[tuple[Item, Step]]], None] = lambda steps: None,
    ) -> None:
        self._make_handler = make_handler
        self._size = workers
        self._item_seconds = item_seconds
        self._item_bytes = item_bytes
        self._told = told
        # Spawned, not forked: the parent has threads (the engine's), and a fork would copy locks that they hold.
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker[Item]] = []

    def __enter__(self) -> WorkerPool[Item, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.connection.close()  # which ends the worker
        for worker in self._workers:
            worker.process.join(_END_SECONDS)
            _end(worker.process)
        self._workers.clear()

    def run(self, jobs: Iterable[Sequence[Item]], stop: threading.Event) -> Iterator[tuple[Item, Result | Crash]]:
        """Handle every item of every job; a job's items go to one worker together.

        Jobs are taken from the iterable only as workers come free, so that neither a fast source nor a slow consumer
        makes memory grow. Results come in any order. When `stop` is set, the iterator ends without the rest.

        Raises:
            WorkersCannotStart: See there.
        """
        waiting = _Jobs(iter(jobs))
        while not stop.is_set():
            self._dispatch(waiting)
            if not any(worker.jobs for worker in self._workers):
                return
            # One that works for nobody any longer is still heard, so that its end is noticed.
            heard = wait([worker.connection for worker in self._workers], _WAIT_SECONDS)
            if stop.is_set():
                return
            for worker in list(self._workers):
                if worker.connection in heard:
                    yield from self._hear(worker, waiting)
                elif time.monotonic() > worker.deadline and (worker.jobs or not worker.ready):
                    yield from self._bury(worker, waiting, f"Đọc quá {self._item_seconds:.0f} giây mà chưa xong.")

    def _dispatch(self, waiting: _Jobs[Item]) -> None:
        weight = sum(worker.weight for worker in self._workers)
        while (job := waiting.next(IN_FLIGHT_BYTES - weight, alone=not weight)) and (worker := self._free_worker()):
            waiting.taken()
            if not worker.jobs:
                worker.deadline = max(worker.deadline, time.monotonic() + self._item_seconds)
            worker.jobs.append(deque(job))
            weight += sum(item.weight for item in job)
            try:
                worker.connection.send(list(job))
            except OSError:
                return  # it has just ended, and the next look at its pipe says so

    def _free_worker(self) -> _Worker[Item] | None:
        """The worker with the fewest jobs; a new one while there are fewer than asked for and none is idle."""
        least = min(self._workers, key=lambda worker: len(worker.jobs), default=None)
        if least is not None and not least.jobs:
            return least
        if len(self._workers) < self._size:
            return self._start()
        return least if least is not None and len(least.jobs) < _JOBS_A_WORKER else None

    def _start(self) -> _Worker[Item]:
        ours, theirs = self._context.Pipe()
        serve = (theirs, self._make_handler, self._item_bytes)
        process = self._context.Process(target=_serve, args=serve, daemon=True)
        with _signals_held_back():
            process.start()
        theirs.close()  # or the pipe would stay open when the worker ends
        worker: _Worker[Item] = _Worker(process, ours, time.monotonic() + _START_SECONDS)
        self._workers.append(worker)
        return worker

    def _hear(self, worker: _Worker[Item], waiting: _Jobs[Item]) -> Iterator[tuple[Item, Result | Crash]]:
        try:
            results: list[Result] | _Told | None = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._bury(worker, waiting, None)
            return
        if isinstance(results, _Told):  # which gives an item no more time
            self._note_step(worker, (worker.jobs[0][results.behind], results.step))
            return
        worker.deadline = time.monotonic() + self._item_seconds
        if results is None:
            worker.ready = True
            return
        self._note_step(worker, None)
        for result in results:
            item = worker.jobs[0].popleft()
            if not worker.jobs[0]:
                worker.jobs.popleft()
            yield item, result

    def _note_step(self, worker: _Worker[Item], step: tuple[Item, Step] | None) -> None:
        if worker.step != step:
            worker.step = step
            self._told([worker.step for worker in self._workers if worker.step is not None])

    def _bury(
        self, worker: _Worker[Item], waiting: _Jobs[Item], reason: str | None
    ) -> Iterator[tuple[Item, Result | Crash]]:
        """Take a worker out; the item it was at is a crash, or, where that is unknown, each goes alone once more."""
        if reason is None:
            worker.process.join(_END_SECONDS)
        _end(worker.process)
        worker.connection.close()
        self._note_step(worker, None)
        self._workers.remove(worker)
        if not worker.ready:
            raise WorkersCannotStart("Tiến trình đọc văn bản không khởi động được; lý do ở thông báo phía trên.")
        if not worker.jobs:
            return
        suspects, *others = worker.jobs
        waiting.give_back(others)
        if len(suspects) == 1:
            yield suspects[0], Crash(reason or self._last_words(worker.process.exitcode))
        else:
            waiting.give_back([item] for item in suspects)

    def _last_words(self, code: int | None) -> str:
        if code == _OUT_OF_MEMORY:
            return f"Xử lý tệp cần quá {self._item_bytes // 2**20} MB bộ nhớ được phép."
        how = f"tín hiệu {_signal_name(-code)}" if code is not None and code < 0 else f"mã {code}"
        return (
            f"Tiến trình đọc bị dừng đột ngột ({how}): tệp làm hỏng chương trình đọc "
            f"hoặc cần quá {self._item_bytes // 2**20} MB bộ nhớ."
        )


class _Jobs(Generic[Item]):
    """Jobs not yet with a worker: those given back first, then the source's."""

    def __init__(self, source: Iterator[Sequence[Item]]) -> None:
        self._source = source
        self._front: deque[Sequence[Item]] = deque()

    def next(self, weight: int, *, alone: bool) -> Sequence[Item] | None:
        """The next job, if there is one and it weighs no more than `weight` or travels alone; it stays until taken."""
        if not self._front:
            if (job := next(self._source, None)) is None:
                return None
            self._front.append(job)
        fits = alone or sum(item.weight for item in self._front[0]) <= weight
        return self._front[0] if fits else None

    def taken(self) -> None:
        self._front.popleft()

    def give_back(self, jobs: Iterable[Iterable[Item]]) -> None:
        self._front.extend(list(job) for job in jobs)


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Have a process that is started here never see the signals meant for the parent, not even while it starts."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Starting the tracker, which the first process would do, lets these signals through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FOR_THE_PARENT)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(process: SpawnProcess) -> None:
    if process.is_alive():
        process.kill()
    process.join()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _serve(connection: Connection, make_handler: HandlerMaker[Item, Result], item_bytes: int) -> None:
    """What a worker process does, until its pipe is closed."""
    for number in _FOR_THE_PARENT:
        signal.signal(number, signal.SIG_IGN)
    jobs: SimpleQueue[list[Item]] = SimpleQueue()
    # Jobs are received beside the work, so that the parent never waits to send one, and so that the end of the parent,
    # whatever ended it, is noticed in the middle of an item.
    threading.Thread(target=_receive, args=(connection, jobs), daemon=True).start()
    handle = make_handler()
    limit_memory(item_bytes)
    try:
        connection.send(None)
        while True:
            _answer(connection, handle, jobs.get())
    except OSError:
        os._exit(1)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)


def _receive(connection: Connection, jobs: SimpleQueue[list[Item]]) -> None:
    try:
        while True:
            jobs.put(connection.recv())
    except (EOFError, OSError):
        os._exit(1)


def _answer(connection: Connection, handle: Callable[[Item], Result], items: list[Item]) -> None:
    results: list[Result] = []
    answered = time.monotonic()

    def pass_on(step: Step) -> None:
        connection.send(_Told(step, len(results)))

    with heard_by(pass_on):
        for item in items:
            results.append(handle(item))
            if time.monotonic() - answered > _ANSWER_SECONDS:
                connection.send(results)
                results, answered = [], time.monotonic()
    if results:
        connection.send(results)
