"""A library that crashes, hangs or refuses ends nothing but its own child."""

import os
import time

import pytest

from indexer.readers import Unreadable, read
from indexer.readers.apart import read_apart
from tests.indexer.word_files import doc_file


def crash(content: bytes) -> str:
    os.abort()


def hang(content: bytes) -> str:
    time.sleep(600)
    return ""


def refuse(content: bytes) -> str:
    raise Unreadable("Tệp đặt mật khẩu.")


def swell(content: bytes) -> str:
    return "a" * 2**31


def test_the_text_comes_back_whole() -> None:
    text = "Quyết định\n" * 300_000

    assert read_apart(bytes.decode, text.encode(), seconds=30) == text


@pytest.mark.parametrize(
    ("read", "seconds", "reason"),
    [
        (crash, 30, "không đọc nổi"),
        (hang, 0.1, "mà chưa xong"),
        (refuse, 30, "mật khẩu"),
        (swell, 30, "1024 MB bộ nhớ"),
    ],
)
def test_what_goes_wrong_is_a_reason(read: object, seconds: float, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_apart(read, b"", seconds=seconds)  # type: ignore[arg-type]


def test_a_document_that_says_to_hold_billions_of_characters() -> None:
    content = bytearray(doc_file("Quyết định"))
    count = content.index(b"\xec\xa5") + 0x4C  # ccpText, MS-DOC 2.5.5
    content[count : count + 4] = b"\xf0\xff\xff\xff"

    with pytest.raises(Unreadable, match="không đọc nổi"):
        read(bytes(content), "a.doc")
