"""Small files that would grow without end are refused before they fill a worker's memory."""

import io
import sys
import zipfile

import pytest

from indexer.readers import Unreadable, read
from indexer.readers.apart import read_apart
from indexer.readers.package import MAX_BYTES

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPH = "<w:p><w:r><w:t>Quyết định</w:t></w:r></w:p>"
ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="no other system limits a child's memory")


def word_file(headers: int, filler: int = 0) -> bytes:
    """A .docx with so many headers, each with `filler` bytes that are no text and shrink to almost nothing."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {WORD}><w:body>{PARAGRAPH}</w:body></w:document>")
        for number in range(headers):
            space = "<!--" + "x" * filler + "-->"
            package.writestr(f"word/header{number}.xml", f"<w:hdr {WORD}>{space}{PARAGRAPH}</w:hdr>")
    return file.getvalue()


def unclosed(elements: int) -> bytes:
    """HTML whose tree has about the square of so many elements."""
    return ("<html>" + "".join(f"<p><b id={number}>x</p>" for number in range(elements))).encode()


def test_parts_within_the_limits_are_a_bomb_together() -> None:
    filler = 2**20 - 1_000  # of a part so small no ratio is asked
    content = word_file(MAX_BYTES // filler + 1, filler)

    with pytest.raises(Unreadable, match=r"Gói nén bung ra quá 128 MB, nghi là bom nén"):
        read(content, "a.docx")


def test_many_small_parts_are_none() -> None:
    assert read(word_file(200), "a.docx").text == "Quyết định\nQuyết định"


@ONLY_LINUX
def test_html_whose_tree_grows_with_the_square_is_refused() -> None:
    with pytest.raises(Unreadable, match="1024 MB bộ nhớ"):
        read(unclosed(6_000), "a.html")


def test_html_with_some_formatting_that_nobody_closes_is_read() -> None:
    assert read(unclosed(200), "a.html").text == "\n".join("x" * 200)


@ONLY_LINUX
def test_a_child_that_takes_too_much_memory_is_ended() -> None:
    def take(content: bytes) -> str:
        return str(len(bytearray(2**31)))

    with pytest.raises(Unreadable, match="1024 MB bộ nhớ"):
        read_apart(take, b"", seconds=30)
