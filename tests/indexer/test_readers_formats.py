"""Which format a file has, which files a walk takes, and what is said of those without text."""

import io
import zipfile

import pytest

from indexer.readers import SUFFIXES, Extracted, Unreadable, is_candidate, read
from indexer.readers.package import MAX_ENTRIES
from tests.indexer.word_files import doc_file, lock_file


def reason(content: bytes, name: str = "a.doc") -> str:
    with pytest.raises(Unreadable) as unreadable:
        read(content, name)
    return str(unreadable.value)


def zip_of(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("name", ["a.DOC", "b.docx", "Quyết định số 15.pdf", "x.tar.htm", "y.txt", "z.rtf"])
def test_documents_are_candidates(name: str) -> None:
    assert is_candidate(name)


@pytest.mark.parametrize("name", ["~$cong van.doc", ".an.docx", "._a.pdf", "a.tmp", "a.exe", "pdf", "a.doc.tmp", ""])
def test_lock_files_hidden_and_temporary_files_are_not(name: str) -> None:
    assert not is_candidate(name)


def test_every_suffix_is_lower_case_with_its_dot() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SUFFIXES)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"Quy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh", "text/plain"),
        (b"\n<!DOCTYPE html>\n<p>a", "text/html"),
        (b"<!-- saved --><HTML><BODY>a", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>a</body></html>', "text/html"),
        ("\ufeff<html><body>a".encode("utf-16-le"), "text/html"),
        (doc_file("a"), "application/msword"),
    ],
)
def test_content_decides_whatever_the_name(content: bytes, media_type: str) -> None:
    assert read(content, "sai-ten.docx").media_type == media_type


def test_the_name_tells_a_piece_of_html_from_text() -> None:
    piece = b"<p>a</p><p>b</p>"

    assert read(piece, "a.html") == Extracted("a\nb", (), "text/html")
    assert read(piece, "a.txt") == Extracted("<p>a</p><p>b</p>", (), "text/plain")


@pytest.mark.parametrize("content", [b"", b" \r\n\t", bytes(100)])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert "rỗng" in reason(content)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"Rar!\x1a\x07", "RAR"),
        (b"MZ\x90\x00", "Windows"),
        (b"\x01\x02\x00\x03", "nhị phân"),
        (b'<?xml version="1.0"?><edXML/>', "XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"), "PowerPoint"),
        (lock_file(53), "tệp khóa"),
        (lock_file(54), "tệp khóa"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "OLE"),
        (zip_of({"a.txt": b"a"}), "ZIP"),
        (zip_of({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "PowerPoint"),
        (zip_of({"mimetype": b"application/vnd.oasis.opendocument.presentation"}), "OpenDocument"),
    ],
)
def test_a_format_without_reader_is_named(content: bytes, named: str) -> None:
    assert named in reason(content)


def test_text_that_begins_like_a_short_magic_is_text() -> None:
    assert read(b"BM 15/2024", "a.txt").text == "BM 15/2024"


def test_a_package_of_too_many_parts_is_not_opened() -> None:
    entry = b"PK\x01\x02"

    assert "bom nén" in reason(b"PK\x03\x04" + entry * (MAX_ENTRIES + 1))


def test_a_cut_off_package_is_said_to_be_cut_off() -> None:
    assert "cắt cụt" in reason(zip_of({"word/document.xml": b"<a/>" * 1_000})[:-30])
