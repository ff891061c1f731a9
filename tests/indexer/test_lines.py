"""JSON Lines in bounded memory."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.lines import BrokenFile, Line, read_lines

CONTENT = st.binary(max_size=20).filter(
    lambda content: b"\n" not in content and content.strip() == content and not content.startswith(b"\xef\xbb\xbf")
)


def lines(path: Path, limit: int = 1000) -> list[Line]:
    return list(read_lines(str(path), limit=limit, progress=lambda position: None))


@given(contents=st.lists(CONTENT, max_size=20), compressed=st.booleans(), ends=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_line_that_is_not_blank_comes_with_its_number(
    tmp_path: Path, contents: list[bytes], compressed: bool, ends: bool
) -> None:
    data = b"\n".join(contents) + (b"\n" if ends else b"")
    path = tmp_path / ("a.jsonl.gz" if compressed else "a.jsonl")
    path.write_bytes(gzip.compress(data) if compressed else data)
    assert lines(path) == [Line(number, content) for number, content in enumerate(contents, 1) if content]


@pytest.mark.parametrize("compressed", [False, True])
def test_a_line_above_the_limit_is_named_and_passed_over(tmp_path: Path, compressed: bool) -> None:
    data = b"short\n" + b"x" * 5_000_000 + b"\nafter\n" + b"y" * 11
    path = tmp_path / ("a.jsonl.gz" if compressed else "a.jsonl")
    path.write_bytes(gzip.compress(data) if compressed else data)
    assert lines(path, limit=10) == [Line(1, b"short"), Line(2, None), Line(3, b"after"), Line(4, None)]


def test_a_line_just_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 10 + b"\n" + b"y" * 10)
    assert [line.content for line in lines(path, limit=10)] == [b"x" * 10, b"y" * 10]


def test_a_byte_order_mark_and_carriage_returns_are_no_content(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbfone\r\n\r\ntwo\r\n")
    assert lines(path) == [Line(1, b"one"), Line(3, b"two")]


@pytest.mark.parametrize("cut", [1, 9, 200])
def test_compressed_data_that_end_too_early_say_so_after_what_was_whole(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(b"%d\n" % number for number in range(10_000)))[:-cut])
    read: list[Line] = []
    with pytest.raises(BrokenFile, match="hỏng hoặc thiếu"):
        read.extend(read_lines(str(path), progress=lambda position: None))


def test_what_is_not_compressed_at_all_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(b"{}\n")
    with pytest.raises(BrokenFile):
        lines(path)


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"one\ntwo\n")
    positions: list[int] = []
    list(read_lines(str(path), progress=positions.append))
    assert positions == sorted(positions)
    assert positions[-1] == 8
