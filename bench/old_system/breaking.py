"""The ways in which files of old systems are broken, and what may be said of each."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.indexer.ole_files import ole_file
from tests.indexer.word_files import doc_file, lock_file

_ENCRYPTED_FLAG = 0x1
_TEXT_PARTS = ("word/document.xml", "content.xml")
_BEFORE_CONTENT = 100  # bytes: a local header of 30, and the first words
_PASSWORD = "mật khẩu"  # noqa: S105 - a word of the reason
_CUT = "cắt cụt|hỏng"
_EMPTY = "rỗng"
_UNKNOWN = "Chưa đọc được định dạng|không rõ định dạng"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to break a file.

    Attributes:
        name: What happened.
        suffixes: The files that it happens to; `broken` gets one of these formats, sound.
        broken: What is left of a file.
        reason: What the program must say, as a regular expression.
        suffix: What the broken file is called, where that is another.
    """

    name: str
    suffixes: tuple[str, ...]
    broken: Callable[[bytes, random.Random], bytes]
    reason: str
    suffix: str = ""


def _cut_off(content: bytes, chance: random.Random) -> bytes:
    return content[: round(len(content) * chance.uniform(0.2, 0.8))]


def _zeros_within(content: bytes, chance: random.Random) -> bytes:
    """As after a fault of a disk: zeros in the middle of the part that holds the text."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        text = next(entry for entry in package.infolist() if entry.filename in _TEXT_PARTS)
    first, length = text.header_offset + len(text.filename) + _BEFORE_CONTENT, text.compress_size // 2
    return content[:first] + bytes(length) + content[first + length :]


def _zeros(content: bytes, chance: random.Random) -> bytes:
    """As a file system leaves a file whose size was written down and whose content was not."""
    return bytes(len(content))


def _nothing(content: bytes, chance: random.Random) -> bytes:
    return b""


def _encrypted_package(content: bytes, chance: random.Random) -> bytes:
    """A .docx with a password is a compound file of two streams (MS-OFFCRYPTO, 2.3.1)."""
    return ole_file({"EncryptedPackage": chance.randbytes(6_000), "EncryptionInfo": chance.randbytes(300)})


def _encrypted_doc(content: bytes, chance: random.Random) -> bytes:
    return doc_file("".join(chance.choices("abcđêôơư ", k=500)), encrypted=True)


def _encrypted_pdf(content: bytes, chance: random.Random) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption(f"{chance.random()}"))
    canvas.drawString(72, 700, "QUYET DINH")
    canvas.save()
    return file.getvalue()


def _program(content: bytes, chance: random.Random) -> bytes:
    """An installer that somebody attached."""
    return b"MZ" + chance.randbytes(5_000)


def _film(content: bytes, chance: random.Random) -> bytes:
    return b"\x00\x00\x00\x20ftypisom" + chance.randbytes(8_000)


def _rar(content: bytes, chance: random.Random) -> bytes:
    return b"Rar!\x1a\x07\x01\x00" + chance.randbytes(3_000)


def _lock_file(content: bytes, chance: random.Random) -> bytes:
    return lock_file()


def _zip_with_password(content: bytes, chance: random.Random) -> bytes:
    """A zip whose only entry says that it is encrypted."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("van-ban.docx", chance.randbytes(2_000))
    packed = bytearray(file.getvalue())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(signature) + at] |= _ENCRYPTED_FLAG
    return bytes(packed)


WAYS: tuple[Way, ...] = (
    Way("cut off", (".docx", ".odt", ".pdf", ".doc", ".rtf"), _cut_off, _CUT),
    Way("zeros within", (".docx", ".odt"), _zeros_within, _CUT),
    Way("nothing in it", (".doc", ".docx", ".pdf", ".txt"), _nothing, _EMPTY),
    Way("only zeros in it", (".doc", ".docx", ".pdf"), _zeros, _EMPTY),
    Way("password", (".docx",), _encrypted_package, _PASSWORD),
    Way("password", (".doc",), _encrypted_doc, _PASSWORD),
    Way("password", (".pdf",), _encrypted_pdf, _PASSWORD),
    Way("a program", (".doc", ".pdf"), _program, _UNKNOWN),
    Way("a film", (".doc", ".pdf"), _film, _UNKNOWN),
    Way("a RAR archive", (".doc", ".pdf"), _rar, _UNKNOWN),
    Way("Word's lock file", (".doc", ".docx"), _lock_file, "tệp khóa"),
    Way("a zip with password", (".docx", ".doc"), _zip_with_password, _PASSWORD, ".zip"),
)
"""All ways, each as often as the others."""
