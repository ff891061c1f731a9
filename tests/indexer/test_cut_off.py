"""What a run leaves behind that ends between two commits, and how the next one finds its way."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.sources import Root
from tests.indexer.in_process import House, Killed


@pytest.fixture
def files(tmp_path: Path) -> Path:
    directory = tmp_path / "files"
    directory.mkdir()
    return directory


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path / "home")
    yield house
    house.close()


def cut_off_after_the_index_committed(house: House, root: Root) -> None:
    with contextlib.suppress(Killed):
        house.index(root, commits=1)
        pytest.fail("the run was to be killed")


def texts(house: House) -> list[str]:
    return sorted(record.text for record in house.records().values())


def test_what_was_written_and_not_noted_is_deleted_when_its_file_is_gone(house: House, files: Path) -> None:
    for name in "ab":
        (files / f"{name}.txt").write_text(name)
    cut_off_after_the_index_committed(house, Root.of(files))
    (files / "b.txt").unlink()
    house.index(Root.of(files))
    assert texts(house) == ["a"]


def test_it_is_deleted_also_when_the_next_run_is_cut_off_as_well(house: House, files: Path) -> None:
    (files / "z.txt").write_text("z")
    cut_off_after_the_index_committed(house, Root.of(files))
    (files / "z.txt").unlink()
    for number in range(12):
        (files / f"{number}.txt").write_text(str(number))
    with contextlib.suppress(Killed):
        house.index(Root.of(files), lives=8)  # some commits later
        pytest.fail("the run was to be killed")
    house.index(Root.of(files))
    assert texts(house) == sorted(map(str, range(12)))


def test_what_was_written_and_not_noted_is_not_written_again(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    cut_off_after_the_index_committed(house, Root.of(files))
    report = house.index(Root.of(files), commits=1)  # a commit of the index would kill it
    assert report.indexed == report.found == 1


def test_a_deletion_that_was_not_noted_is_undone_when_the_file_is_back(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    (files / "b.txt").write_text("b")
    house.index(Root.of(files))
    (files / "a.txt").rename(files.parent / "a.txt")
    cut_off_after_the_index_committed(house, Root.of(files))
    assert texts(house) == ["b"]
    (files.parent / "a.txt").rename(files / "a.txt")
    house.index(Root.of(files))
    assert texts(house) == ["a", "b"]


def test_a_change_that_was_not_noted_is_undone_when_the_file_is_what_it_was(house: House, files: Path) -> None:
    path = files / "a.txt"
    path.write_text("a")
    before = path.stat()
    house.index(Root.of(files))
    path.write_text("khác hẳn")
    cut_off_after_the_index_committed(house, Root.of(files))
    assert texts(house) == ["khác hẳn"]
    path.write_text("a")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    house.index(Root.of(files))
    assert texts(house) == ["a"]


def test_a_note_that_was_itself_cut_off_does_no_harm(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    cut_off_after_the_index_committed(house, Root.of(files))
    note = house.journal.with_suffix(".in-doubt")
    note.write_text(note.read_text(encoding="utf-8") + '"f12', encoding="utf-8")
    house.index(Root.of(files))
    house.index(Root.of(files))
    assert texts(house) == ["a"]
