"""What is found beneath a root."""

import os
from pathlib import Path

import pytest

from indexer.files import shown
from indexer.sources import FoundFile, Root, Unlistable, Walk
from tests.indexer.nobody import nobody


def is_text(name: str) -> bool:
    return name.endswith(".txt")


def walk(path: Path) -> tuple[list[str], Walk]:
    look = Walk(Root.of(path), is_text)
    return [entry.path for entry in look], look


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.txt", "c/d/e.txt", "c/f.jsonl", "c/g.JSONL.GZ", "c/h.exe", "i.exe", "c/j"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_candidates_and_record_files_are_found_in_order_and_the_rest_is_counted(tree: Path) -> None:
    paths, look = walk(tree)
    assert paths == [str(tree / name) for name in ("a.txt", "b.txt", "c/d/e.txt", "c/f.jsonl", "c/g.JSONL.GZ")]
    assert look.skipped == {".exe": 2, "": 1}


def test_a_file_is_told_by_size_and_time(tree: Path) -> None:
    status = (tree / "a.txt").stat()
    assert next(iter(Walk(Root.of(tree), is_text))) == FoundFile(
        str(tree / "a.txt"), status.st_size, status.st_mtime_ns
    )


def test_a_file_that_is_named_is_read_whatever_it_is_called(tree: Path) -> None:
    assert walk(tree / "i.exe")[0] == [str(tree / "i.exe")]


def test_a_missing_root_is_an_error(tree: Path) -> None:
    with pytest.raises(FileNotFoundError):
        walk(tree / "nowhere")


def test_links_are_followed_and_loops_of_them_end(tree: Path) -> None:
    (tree / "c" / "loop").symlink_to(tree)
    (tree / "z").symlink_to(tree / "c" / "d")
    (tree / "y.txt").symlink_to(tree / "a.txt")
    paths, _ = walk(tree)
    assert str(tree / "y.txt") in paths
    assert sum(path.endswith("e.txt") for path in paths) == 1


def test_a_link_to_nothing_is_named(tree: Path) -> None:
    (tree / "x.txt").symlink_to(tree / "nowhere")
    assert [entry for entry in Walk(Root.of(tree), is_text) if isinstance(entry, Unlistable)] == [
        Unlistable(str(tree / "x.txt"), "Không còn ở đó khi đọc.")
    ]


def test_a_folder_that_may_not_be_listed_is_named_and_the_rest_is_found() -> None:
    with nobody() as tree:
        (tree / "closed").mkdir(mode=0)
        (tree / "open.txt").touch()
        entries = list(Walk(Root.of(tree), is_text))
        assert Unlistable(str(tree / "closed"), "Không có quyền đọc.") in entries
        assert str(tree / "open.txt") in [entry.path for entry in entries if isinstance(entry, FoundFile)]


def test_a_name_that_is_not_utf_8_is_found_opened_and_can_be_shown(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/c\xf4ng v\xe2n.txt"
    Path(os.fsdecode(raw)).write_text("x")
    paths, _ = walk(tmp_path)
    assert Path(paths[0]).read_text() == "x"
    assert shown(paths[0]).endswith(r"c\xf4ng v\xe2n.txt")
    shown(paths[0]).encode()
