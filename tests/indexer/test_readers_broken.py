"""Files cut off or garbled anywhere: text or a reason, and nothing else."""

import functools
import io
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers import Extracted, Unreadable, read
from tests.indexer.test_readers_pdf import pdf
from tests.indexer.word_files import doc_file

LINES = ("UY BAN NHAN DAN", "So: 15/QD-UBND", "Van Son, ngay 05 thang 3 nam 2024", "QUYET DINH", "Dieu 1. Phe duyet")


def word() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 1).text = LINES[:2]
    for line in LINES:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def page() -> bytes:
    return f"<html><meta charset=utf-8><table><tr><td>{'<td>'.join(LINES)}</table><p>Nơi nhận</html>".encode()


MAKERS: dict[str, Callable[[], bytes]] = {
    "docx": word,
    "pdf": lambda: pdf(LINES, LINES),
    "doc": lambda: doc_file("\n".join(LINES)),
    "html": page,
    "txt": lambda: "\n".join(LINES).encode("utf-16"),
}


@functools.cache
def sound(suffix: str) -> bytes:
    return MAKERS[suffix]()


def outcome(content: bytes, suffix: str) -> Extracted | str:
    try:
        return read(content, f"a.{suffix}")
    except Unreadable as unreadable:
        return str(unreadable)


@pytest.mark.parametrize("suffix", MAKERS)
def test_the_sound_file_is_read(suffix: str) -> None:
    extracted = outcome(sound(suffix), suffix)

    assert isinstance(extracted, Extracted)
    assert "So: 15/QD-UBND" in extracted.text


@pytest.mark.parametrize("suffix", MAKERS)
@settings(deadline=None)
@given(data=st.data())
def test_a_file_cut_off_anywhere(suffix: str, data: st.DataObject) -> None:
    content = sound(suffix)

    assert outcome(content[: data.draw(st.integers(0, len(content)))], suffix)


@pytest.mark.parametrize("suffix", MAKERS)
@settings(deadline=None)
@given(data=st.data())
def test_a_file_garbled_anywhere(suffix: str, data: st.DataObject) -> None:
    content = bytearray(sound(suffix))
    places = st.integers(0, len(content) - 1)
    for at, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=40)):
        content[at] = byte

    assert outcome(bytes(content), suffix)


@pytest.mark.parametrize("suffix", MAKERS)
@settings(deadline=None)
@given(data=st.data())
def test_a_file_with_a_piece_moved(suffix: str, data: st.DataObject) -> None:
    content = sound(suffix)
    start, end, to = (data.draw(st.integers(0, len(content))) for _ in range(3))
    piece = content[start:end]

    assert outcome(content[:to] + piece + content[to:], suffix)


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>"]),
)
def test_any_bytes_after_a_known_beginning(content: bytes, magic: bytes) -> None:
    assert outcome(magic + content, "doc")
