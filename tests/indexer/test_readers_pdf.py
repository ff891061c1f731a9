"""PDF: pages, hyphens at line ends, stamps, scans, what is said of those that cannot be read."""

import io
import struct
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.readers import Unreadable, read


def png(side: int = 8) -> ImageReader:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    pixels = zlib.compress((b"\x00" + b"\x80" * side) * side)
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return ImageReader(io.BytesIO(content))


def pdf(*pages: tuple[str, ...], scan: bool = False, encrypt: StandardEncryption | None = None) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), encrypt=encrypt)
    for lines in pages:
        for row, line in enumerate(lines):
            canvas.drawString(72, 770 - 16 * row, line)
        if scan:
            canvas.drawImage(png(), 0, 0, 595, 600)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_each_page_begins_where_it_is_said_to() -> None:
    extracted = read(pdf(("QUYET DINH", "Dieu 1"), ("Dieu 2",), ("Phu luc",)), "a.doc")

    assert extracted.text == "QUYET DINH\nDieu 1\nDieu 2\nPhu luc"
    assert [extracted.text[start:][:5] for start in extracted.pages] == ["QUYET", "Dieu ", "Phu l"]
    assert extracted.media_type == "application/pdf"


def test_an_empty_page_between_keeps_its_number() -> None:
    extracted = read(pdf(("Mot",), (), ("Ba",)), "a.pdf")

    assert len(extracted.pages) == 3
    assert extracted.text[extracted.pages[2] :] == "Ba"


def test_a_hyphen_at_a_line_end_stays_in_the_number() -> None:
    assert "03/2021/TT-BNV ngay" in read(pdf(("Thong tu so 03/2021/TT-", "BNV ngay 29/6/2021")), "a.pdf").text


def test_bytes_before_the_header_are_allowed() -> None:
    assert read(b"\r\n\r\n" + pdf(("Quyet dinh",)), "a.pdf").text == "Quyet dinh"


def test_the_text_of_a_stamp_is_read() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.drawString(72, 700, "Cong van")
    canvas.acroForm.textfield(value="Nguoi ky: Van phong", x=72, y=600, width=300, height=30, relative=True)
    canvas.save()

    text = read(file.getvalue(), "a.pdf").text

    assert "Cong van" in text
    assert "Nguoi ky: Van phong" in text


def test_a_scan_is_called_a_scan_where_nothing_can_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Unreadable, match=r"chưa có lớp chữ \(bản quét, 2 trang\)"):
        read(pdf(("Ky boi: UBND",), (), scan=True), "a.pdf")


def test_a_short_page_without_image_is_no_scan() -> None:
    assert read(pdf(("Giay moi",)), "a.pdf").text == "Giay moi"


def test_a_page_with_text_and_image_is_no_scan() -> None:
    lines = tuple(f"Dieu {n}. Uy ban nhan dan tinh quyet dinh" for n in range(1, 10))

    assert "Dieu 9" in read(pdf(lines, scan=True), "a.pdf").text


def test_a_password_is_asked_for() -> None:
    with pytest.raises(Unreadable, match="mật khẩu"):
        read(pdf(("a",), encrypt=StandardEncryption("bi mat", strength=128)), "a.pdf")


def test_a_document_that_may_only_not_be_printed_is_read() -> None:
    locked = pdf(("Quyet dinh",), encrypt=StandardEncryption("", ownerPassword="x", canPrint=0, strength=128))

    assert read(locked, "a.pdf").text == "Quyet dinh"


@pytest.mark.parametrize(("content", "named"), [(b"%PDF-1.4\nrac", "cắt cụt"), (b"%PDF-1.4\nrac\n%%EOF", "hỏng")])
def test_a_broken_file_says_what_is_wrong(content: bytes, named: str) -> None:
    with pytest.raises(Unreadable, match=named):
        read(content, "a.pdf")
