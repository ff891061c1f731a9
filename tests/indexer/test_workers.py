"""The worker pool, with real processes that really end."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from indexer.steps import Step
from indexer.workers import IN_FLIGHT_BYTES, Crash, WorkerPool, WorkersCannotStart
from tests.indexer.handlers import Order, make_nothing, make_obedient

ROOT = Path(__file__).parents[2]
NEVER = threading.Event()


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool[Order, str]]:
    with WorkerPool(make_obedient, workers=2, item_seconds=2.0) as pool:
        yield pool


def results(pool: WorkerPool[Order, str], *jobs: list[str]) -> dict[str, str | Crash]:
    orders = ([Order(what) for what in job] for job in jobs)
    return {order.what: result for order, result in pool.run(orders, NEVER)}


def test_every_item_has_its_result(pool: WorkerPool[Order, str]) -> None:
    jobs = [[f"a{number}", f"b{number}"] for number in range(50)]
    assert results(pool, *jobs) == {what: what.upper() for job in jobs for what in job}


def test_an_item_that_ends_its_worker_is_a_crash_and_the_rest_goes_on(pool: WorkerPool[Order, str]) -> None:
    found = results(pool, ["a"], ["exit"], ["b"], ["c"], ["d"])
    assert isinstance(found["exit"], Crash)
    assert "mã 7" in found["exit"].reason
    assert {found[name] for name in "abcd"} == {"A", "B", "C", "D"}


def test_a_killed_worker_names_the_signal(pool: WorkerPool[Order, str]) -> None:
    found = results(pool, ["kill"])
    assert isinstance(found["kill"], Crash)
    assert "SIGKILL" in found["kill"].reason


def test_the_others_in_the_job_of_a_crash_are_handled(pool: WorkerPool[Order, str]) -> None:
    found = results(pool, ["a", "b", "kill", "c", "d"], ["e"])
    assert [name for name, result in found.items() if isinstance(result, Crash)] == ["kill"]
    assert found.keys() == {"a", "b", "kill", "c", "d", "e"}


def test_an_item_that_hangs_is_ended(pool: WorkerPool[Order, str]) -> None:
    found = results(pool, ["hang"], ["a"])
    assert isinstance(found["hang"], Crash)
    assert "2 giây" in found["hang"].reason
    assert found["a"] == "A"


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits a process's memory")
def test_an_item_that_takes_too_much_memory_is_named_and_the_rest_goes_on() -> None:
    with WorkerPool(make_obedient, workers=1, item_bytes=2**29) as pool:
        found = results(pool, ["a"], ["swell"], ["b", "c"])
    assert found["swell"] == Crash("Xử lý tệp cần quá 512 MB bộ nhớ được phép.")
    assert {found[name] for name in "abc"} == {"A", "B", "C"}


def test_steps_of_an_item_are_told_while_it_is_handled() -> None:
    heard: list[list[tuple[str, int, int]]] = []

    def told(steps: Sequence[tuple[Order, Step]]) -> None:
        heard.append([(order.what, step.pages, step.of) for order, step in steps])

    with WorkerPool(make_obedient, workers=1, told=told) as pool:
        results(pool, ["a", "b", "tell", "c"])
    assert heard == [[("tell", 1, 3)], [("tell", 2, 3)], [("tell", 3, 3)], []]


def test_jobs_are_taken_only_as_they_can_be_held(pool: WorkerPool[Order, str]) -> None:
    taken = handled = most = 0

    def heavy_jobs() -> Iterator[list[Order]]:
        nonlocal taken
        for number in range(12):
            taken += 1
            yield [Order(str(number), weight=IN_FLIGHT_BYTES // 2)]

    for _ in pool.run(heavy_jobs(), NEVER):
        most = max(most, taken - handled)
        handled += 1
    assert handled == 12
    # Two are with the workers, and one waits that would be too much.
    assert most <= 3


def test_an_item_above_the_limit_travels_alone(pool: WorkerPool[Order, str]) -> None:
    jobs = [[Order("a")], [Order("giant", weight=10 * IN_FLIGHT_BYTES)], [Order("b")]]
    assert {order.what for order, _ in pool.run(jobs, NEVER)} == {"a", "giant", "b"}


def test_it_ends_early_when_asked(pool: WorkerPool[Order, str]) -> None:
    stop = threading.Event()
    taken = []

    def endless() -> Iterator[list[Order]]:
        while True:
            taken.append(1)
            yield [Order("a")]

    for _ in pool.run(endless(), stop):
        stop.set()
    assert taken


def test_no_worker_is_started_for_nothing() -> None:
    before = set(psutil.Process().children())
    with WorkerPool(make_obedient, workers=2) as pool:
        assert list(pool.run([], NEVER)) == []
        assert set(psutil.Process().children()) == before


def test_a_worker_that_cannot_start_is_said_so() -> None:
    with WorkerPool(make_nothing, workers=1) as pool, pytest.raises(WorkersCannotStart):
        list(pool.run([[Order("a")]], NEVER))


def test_workers_end_with_a_parent_that_was_killed() -> None:
    program = (
        "import threading\n"
        "from indexer.workers import WorkerPool\n"
        "from tests.indexer.handlers import Order, make_obedient\n"
        "if __name__ == '__main__':\n"
        "    with WorkerPool(make_obedient, workers=2) as pool:\n"
        "        for order, result in pool.run([[Order('a')], [Order('slow')], [Order('hang')]], threading.Event()):\n"
        "            print(result, flush=True)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert {parent.stdout.readline().strip() for _ in range(2)} == {"A", "SLOW"}
    children = psutil.Process(parent.pid).children(recursive=True)
    assert len(children) >= 2
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 20
    while any(map(_lives, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if _lives(child)]


def _lives(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
