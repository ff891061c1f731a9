"""Files made to exhaust their reader or to lead it astray: each is a failure that says what it is."""

import io
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from indexer.archives import Member, content_of, members
from indexer.files import FILE_BYTES
from indexer.readers import Unreadable, is_candidate, read
from tests.indexer.test_readers_sheet import xlsx
from tests.indexer.word_files import doc_file

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {WORD}><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
LAUGHS = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
HEADER = b"From: a@so.vn\r\nTo: b@so.vn\r\nMIME-Version: 1.0\r\n"
PAGE_TREE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count %d>>"


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def word_file(document: str) -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def sheet_with_entities() -> bytes:
    """A workbook whose sheet is a bomb of entities."""
    parts = zipfile.ZipFile(io.BytesIO(xlsx({"a": {(0, 0): "a"}})))
    contents: dict[str, str | bytes] = {name: parts.read(name) for name in parts.namelist()}
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    at = sheet.index("<worksheet")
    row = '<row r="1"><c r="A1" t="str"><v>&a9;</v></c></row>'
    start, end = sheet.index("<row"), sheet.index("</sheetData>")
    contents["xl/worksheets/sheet1.xml"] = (
        sheet[:at] + f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>' + sheet[at:start] + row + sheet[end:]
    )
    return zipped(contents)


def overlapping(entries: int, size: int) -> bytes:
    """A package of a few KB in which so many headers of a document share the same bytes (D. Fifield, 2019)."""
    content = BODY.encode() % b"a" + b" " * size
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, crc = packer.compress(content) + packer.flush(), zlib.crc32(content)
    names = [b"[Content_Types].xml", *(b"word/header%d.xml" % number for number in range(entries))]
    sizes = (crc, len(packed), len(content))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, *sizes, len(names[0]), 0) + names[0] + packed
    directory = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, len(name), 0, 0, 0, 0, 0, 0) + name
        for name in names
    )
    return (
        local + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, *[len(names)] * 2, len(directory), len(local), 0)
    )


def nested_letters(depth: int) -> bytes:
    return (HEADER + b"Content-Type: message/rfc822\r\n\r\n") * depth + HEADER + b"\r\nnoi dung"


def nested_parts(depth: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(depth))
    return HEADER + b"".join(parts) + b"\r\nnoi dung"


def picture(width: int, height: int) -> bytes:
    """A PNG that says to be so large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def pdf_of(*objects: bytes, pages: int = 1) -> bytes:
    """A PDF whose page tree says to have so many pages; the first object is the first page."""
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate((PAGE_TREE[0], PAGE_TREE[1] % pages, *objects), 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table
    return bytes(made) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start)


def page_of(content: bytes) -> tuple[bytes, bytes]:
    font = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R" + font + b">>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    )


def chained_to_itself() -> bytes:
    """A .doc each of whose sectors is followed by the first one."""
    content = bytearray(doc_file("Quyết định"))
    (sector,) = struct.unpack_from("<I", content, 76)
    at = 512 * (sector + 1)
    content[at : at + 512] = bytes(512)
    struct.pack_into("<I", content, at + 4 * sector, 0xFFFFFFFD)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (word_file(f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>{BODY % "&a9;"}'), "bom thực thể"),
        (word_file(f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>{BODY % "&f;"}'), "bom thực thể"),
        (sheet_with_entities(), "Bảng tính hỏng"),
        (overlapping(5_000, 2**20 - 2_000), "bom nén|hỏng"),
        (word_file(BODY % ("a" * 2**24 + "<w:b/>" * 2**21)), "bom nén"),
        (nested_letters(3_000), "lồng nhau quá sâu"),
        (nested_parts(3_000), "lồng nhau quá sâu"),
        (picture(60_000, 60_000), "80 triệu điểm ảnh"),
        (pdf_of(pages=30_000), "Tệp PDF"),
        (chained_to_itself(), "hỏng hoặc bị cắt cụt"),
        (b"{\\rtf1 " + b"{" * 2_000_000 + b"x", "lồng nhau sâu quá"),
        (b"<html><body>" + b"<div>" * 1_000_000, "lồng nhau sâu quá"),
        (b"{\\rtf1 {\\bin2000000000 x} y}", "cắt cụt"),
    ],
    ids=[
        *("entities in .docx", "a file of the machine in .docx", "entities in .xlsx", "overlapping parts", "inflation"),
        *("letters in letters", "parts in parts", "huge picture", "page tree", "chain of sectors"),
        *("groups in RTF", "elements in HTML", "binary in RTF"),
    ],
)
def test_it_is_named(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(content, "a.doc")


def test_a_sheet_of_a_cell_in_the_last_corner_is_named() -> None:
    with pytest.raises(Unreadable, match=r"ô được phép|bộ nhớ"):
        read(xlsx({"a": {(0, 0): "a", (1_048_575, 16_383): "b"}}), "a.xlsx")


@pytest.mark.parametrize(
    "content", [b"q " * 100_000, b"[" * 100_000, b"<</A" * 50_000], ids=["states", "arrays", "dictionaries"]
)
def test_a_page_of_nothing_but_nesting_spoils_no_text(content: bytes) -> None:
    written = b"BT /F 9 Tf (Quyet dinh) Tj ET "

    assert "Quyet dinh" in read(pdf_of(*page_of(written + content)), "a.pdf").text


def test_a_broken_page_costs_itself_alone() -> None:
    extracted = read(pdf_of(*page_of(b"BT /F 9 Tf (Quyet dinh) Tj ET"), pages=2), "a.pdf")

    assert "Quyet dinh" in extracted.text
    assert extracted.note.startswith("Trang hỏng: trang 2")


@pytest.mark.parametrize("name", ["..\\..\\windows\\a.txt", "C:\\a.txt", "//may/chia-se/a.txt", "a/./../../b.txt"])
def test_no_name_in_an_archive_leads_out(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped({name: "trong"}))

    assert [content_of(one.path, FILE_BYTES) for one in members(str(archive), is_candidate, FILE_BYTES)] == [b"trong"]  # type: ignore[union-attr]
    assert list(tmp_path.iterdir()) == [archive]


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("mật")
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, str(tmp_path / "secret.txt"))

    (found,) = members(str(tmp_path / "a.zip"), is_candidate, FILE_BYTES)

    assert isinstance(found, Member)
    assert content_of(found.path, FILE_BYTES) == str(tmp_path / "secret.txt").encode()


def test_an_encrypted_archive_is_said_to_be_encrypted(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": "trong"}))
    content[6] |= 1
    content[content.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)

    with pytest.raises(Unreadable, match="mật khẩu"):
        content_of(str(tmp_path / "a.zip" / "a.txt"), FILE_BYTES)
