"""Files that are still being written: when they may be read."""

import threading
from pathlib import Path

import pytest

from indexer.files import StillWritten, read_whole
from indexer.settling import Settling
from indexer.sources import FoundFile, Root
from tests.clock import Clock
from tests.indexer.in_process import House

SECOND = 10**9


@pytest.fixture
def settling(clock: Clock) -> Settling:
    return Settling(5, wall=clock, ticks=clock)


def found(changed: float, size: int = 1) -> FoundFile:
    return FoundFile("/a.txt", size, int(changed * SECOND))


def test_a_file_is_settled_when_its_last_change_lies_back(settling: Settling) -> None:
    assert settling.is_settled(found(995.0))
    assert not settling.is_settled(found(995.1))


def test_a_file_that_was_left_is_taken_when_it_stayed_the_same(settling: Settling, clock: Clock) -> None:
    assert not settling.is_settled(found(999))
    clock.now += 4.9
    assert not settling.is_settled(found(999))
    clock.now += 0.1
    assert settling.is_settled(found(999))


def test_a_file_that_grows_between_looks_waits_whatever_its_time_says(settling: Settling, clock: Clock) -> None:
    assert not settling.is_settled(found(999, size=1))
    clock.now += 60
    assert not settling.is_settled(found(10, size=2))
    clock.now += 5
    assert settling.is_settled(found(10, size=2))


def test_a_time_to_come_is_waited_for_by_our_own_clock(settling: Settling, clock: Clock) -> None:
    assert not settling.is_settled(found(9_000))
    clock.now += 5
    assert settling.is_settled(found(9_000))


def test_without_a_time_to_wait_every_file_is_taken(clock: Clock) -> None:
    assert Settling(0, wall=clock, ticks=clock).is_settled(found(1_000))


def test_a_run_leaves_a_file_that_is_being_written_and_keeps_what_it_was(house: House, files: Path) -> None:
    settling = Settling(3_600)
    (files / "a.txt").write_text("một")
    assert house.index(Root.of(files)).indexed == 1
    (files / "a.txt").write_text("một nửa")
    (files / "b.txt").write_text("hai")

    report = house.index(Root.of(files), settling=settling)

    assert (report.waiting, report.unchanged, report.deleted, report.adds_up) == (2, 1, 0, True)
    assert [record.text for record in house.records().values()] == ["một"]
    assert "2 tệp còn đang được ghi" in report.sentence()
    assert house.index(Root.of(files)).indexed == 2


def read_often(path: Path) -> None:
    for _ in range(100):
        read_whole(str(path))


def test_a_file_that_changes_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 2**24)
    stop = threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"y")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(StillWritten):
            read_often(path)
    finally:
        stop.set()
        writer.join()
    assert len(read_whole(str(path))) == path.stat().st_size
