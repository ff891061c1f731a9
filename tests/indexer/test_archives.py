"""Archives are folders: what lies in them is found, read, kept, moved and deleted like any file."""

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.archives import MAX_DEPTH, Contents, Member, content_of, members
from indexer.readers import Unreadable, is_candidate
from indexer.sources import Root
from tests.indexer.in_process import House

LARGEST = 2**20


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def write(path: Path, files: Mapping[str, bytes]) -> None:
    path.write_bytes(zipped(files))


def paths(house: House, under: Path) -> dict[str, str]:
    return {record.files[0].path.removeprefix(f"{under}{os.sep}"): record.text for record in house.records().values()}


def test_documents_in_archives_and_in_those_within_are_indexed_under_their_paths(house: House, files: Path) -> None:
    inner = zipped({"c.txt": b"trong cung", "anh.bin": b"khong phai van ban"})
    write(files / "a.zip", {"b/1.txt": b"thu nhat", "b/2.zip": inner})
    (files / "d.txt").write_bytes(b"ngoai")

    report = house.index(Root.of(files))

    assert paths(house, files) == {"a.zip/b/1.txt": "thu nhat", "a.zip/b/2.zip/c.txt": "trong cung", "d.txt": "ngoai"}
    assert report.indexed == 3


def test_an_archive_may_be_named_itself(house: House, files: Path) -> None:
    write(files / "a.zip", {"1.txt": b"mot"})
    house.index(Root.of(files / "a.zip"))
    assert paths(house, files) == {"a.zip/1.txt": "mot"}


def test_what_is_as_it_was_is_not_read_and_what_is_gone_goes(house: House, files: Path) -> None:
    write(files / "a.zip", {"1.txt": b"mot", "2.txt": b"hai"})
    house.index(Root.of(files))
    before = house.read
    assert house.index(Root.of(files)).unchanged == 2
    assert house.read == before

    write(files / "a.zip", {"2.txt": b"hai", "3.txt": b"ba"})
    os.utime(files / "a.zip", ns=(1, 1))
    house.index(Root.of(files))
    assert paths(house, files) == {"a.zip/2.txt": "hai", "a.zip/3.txt": "ba"}

    (files / "b.txt").write_bytes(b"con")
    (files / "a.zip").unlink()
    house.index(Root.of(files))
    assert paths(house, files) == {"b.txt": "con"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 khong phai", "hỏng"),
        (zipped({"1.txt": b"mot"})[:-30], "hỏng"),
        (b"", "hỏng"),
    ],
)
def test_a_broken_archive_is_a_failure_by_its_name_and_stops_nothing(
    house: House, files: Path, content: bytes, reason: str
) -> None:
    (files / "a.zip").write_bytes(content)
    (files / "b.txt").write_bytes(b"con")

    house.index(Root.of(files))

    assert paths(house, files) == {"b.txt": "con"}
    [problem] = house.problems()
    assert problem.path.endswith("a.zip")
    assert reason in problem.reason


def test_a_bomb_is_a_failure_and_its_neighbours_are_read(house: House, files: Path) -> None:
    write(files / "a.zip", {"bomb.txt": bytes(64 * 2**20), "ok.txt": b"an toan"})

    house.index(Root.of(files))

    assert paths(house, files) == {"a.zip/ok.txt": "an toan"}
    assert "bom nén" in house.problems()[0].reason


def test_archives_within_archives_end_somewhere(tmp_path: Path) -> None:
    content = zipped({"x.txt": b"sau"})
    for depth in range(MAX_DEPTH + 1):
        content = zipped({f"{depth}.zip": content})
    (tmp_path / "a.zip").write_bytes(content)

    [failure] = members(str(tmp_path / "a.zip"), is_candidate, LARGEST)

    assert isinstance(failure, Unreadable)
    assert "lồng nhau" in str(failure)


def test_names_that_lead_out_are_names_like_others(tmp_path: Path) -> None:
    write(tmp_path / "a.zip", {"../../etc/x.txt": b"trong", "/tuyet/doi.txt": b"cung trong"})

    found = list(members(str(tmp_path / "a.zip"), is_candidate, LARGEST))

    assert [content_of(one.path, LARGEST) for one in found if isinstance(one, Member)] == [b"trong", b"cung trong"]
    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]


def test_an_archive_is_opened_once_for_all_its_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{number}.txt" for number in range(20)]
    inner = zipped({name: f"trong {name}".encode() for name in names})
    write(tmp_path / "a.zip", {"b.zip": inner, "c.zip": inner, **{name: name.encode() for name in names}})
    opened: list[object] = []
    real = zipfile.ZipFile
    monkeypatch.setattr(zipfile, "ZipFile", lambda file: opened.append(file) or real(file))
    contents = Contents()

    for within in ("", "b.zip/", "c.zip/"):
        for name in names:
            text = contents.of(str(tmp_path / "a.zip" / within / name), LARGEST).decode()
            assert text == (f"trong {name}" if within else name)

    assert len(opened) == 3
    contents.close()


def test_an_archive_that_changed_is_opened_anew_and_is_let_go_of(tmp_path: Path) -> None:
    contents = Contents()
    for text in (b"mot", b"hai"):
        write(tmp_path / "b.zip", {"1.txt": text})
        (tmp_path / "b.zip").rename(tmp_path / "a.zip")
        assert contents.of(str(tmp_path / "a.zip" / "1.txt"), LARGEST) == text
    with pytest.raises(FileNotFoundError):
        contents.of(str(tmp_path / "a.zip" / "2.txt"), LARGEST)

    (tmp_path / "c.txt").write_bytes(b"ngoai")
    assert contents.of(str(tmp_path / "c.txt"), LARGEST) == b"ngoai"

    held = {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}
    assert str(tmp_path / "a.zip") not in held


@given(st.binary(max_size=400), st.integers(0, 400), st.integers(0, 255))
def test_any_damage_is_named(tmp_path_factory: pytest.TempPathFactory, text: bytes, at: int, byte: int) -> None:
    content = bytearray(zipped({"a.txt": text, "b.zip": zipped({"c.txt": text})}))
    content[at % len(content)] = byte
    path = tmp_path_factory.getbasetemp() / "damaged.zip"
    path.write_bytes(content)

    try:
        for member in members(str(path), is_candidate, LARGEST):
            if isinstance(member, Member):
                content_of(member.path, LARGEST)
    except (Unreadable, OSError) as error:
        assert str(error)  # noqa: PT017 - either is an answer; anything else fails
