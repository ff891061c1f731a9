"""Spreadsheets to text: all four formats, what cells become, what is left out, limits."""

import datetime
import io
import struct
import zipfile
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers import Unreadable, read
from indexer.readers.formats import Format
from tests.indexer.ole_files import ole_file
from tests.indexer.test_readers_broken import outcome

_BOF, _EOF, _SHEET, _LABEL, _NUMBER, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x0204, 0x0203, 0x002F
_ODF = "urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"


def xlsx(sheets: dict[str, dict[tuple[int, int], Any]], hidden: str = "") -> bytes:
    """A workbook of these sheets: row and column to value."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        formats = {
            datetime.datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            datetime.date: workbook.add_format({"num_format": "mmm d, yyyy"}),
            datetime.time: workbook.add_format({"num_format": "hh:mm:ss"}),
            datetime.timedelta: workbook.add_format({"num_format": "[h]:mm"}),
        }
        for name, cells in sheets.items():
            sheet = workbook.add_worksheet(name)
            for (row, column), value in cells.items():
                sheet.write(row, column, value, formats.get(type(value)))
            if name == hidden:
                sheet.hide()
    return file.getvalue()


def xls(name: str, rows: list[list[str | float]], *, locked: bool = False) -> bytes:
    """A workbook of one sheet in the records of Excel 97 (MS-XLS)."""
    beginning = _record(_BOF, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    beginning += _record(_PASSWORD, struct.pack("<HHH", 0, 1, 2)) if locked else b""
    encoded = name.encode("utf-16-le")
    entry_size = 4 + 8 + len(encoded)
    sheet_at = len(beginning) + entry_size + 4
    entry = _record(_SHEET, struct.pack("<IHBB", sheet_at, 0, len(name), 1) + encoded)
    cells = b"".join(
        _cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values)
    )
    sheet = _record(_BOF, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + _record(_EOF, b"")
    return ole_file({"Workbook": beginning + entry + _record(_EOF, b"") + sheet})


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(_LABEL, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(_NUMBER, place + struct.pack("<d", value))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def ods(rows: str, manifest: str = "<manifest/>") -> bytes:
    namespaces = " ".join(f'xmlns:{name}="{_ODF.format(name)}"' for name in ("office", "table", "text"))
    body = f'<office:spreadsheet><table:table table:name="Sổ đi">{rows}</table:table></office:spreadsheet>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr(
            "content.xml",
            f"<office:document-content {namespaces}><office:body>{body}</office:body></office:document-content>",
        )
    return file.getvalue()


def row_of(text: str) -> str:
    return (
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2024-03-05"/>'
        "</table:table-row>"
    )


def reason(content: bytes) -> str:
    with pytest.raises(Unreadable) as unreadable:
        read(content, "so.xls")
    return str(unreadable.value)


@pytest.mark.parametrize(
    ("content", "text", "found"),
    [
        (xlsx({"Sổ đi": {(0, 0): "15/QĐ", (0, 1): 2.0}}), "Sổ đi\n15/QĐ\t2", Format.XLSX),
        (xls("Sổ đi", [["15/QĐ", 2.0]]), "Sổ đi\n15/QĐ\t2", Format.XLS),
        (ods(row_of("15/QĐ")), "Sổ đi\n15/QĐ\t05/03/2024", Format.ODS),
    ],
)
def test_a_workbook_is_told_by_its_content(content: bytes, text: str, found: Format) -> None:
    extracted = read(content, "so.doc")

    assert (extracted.text, extracted.media_type) == (text, found.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (15.0, "15"),
        (-3, "-3"),
        (0.1 + 0.2, "0.3"),
        (123456789012345.0, "123456789012345"),
        (True, "TRUE"),
        ("  hai\n dòng\t", "hai dòng"),
        ("0015", "0015"),
        (datetime.date(2024, 3, 5), "05/03/2024"),
        (datetime.datetime(2024, 12, 31, 8, 5), "31/12/2024 08:05"),
        (datetime.time(8, 30), "08:30"),
        (datetime.timedelta(hours=30, minutes=5), "30:05"),
    ],
)
def test_a_cell_is_written_as_its_reader_knows_it(value: object, text: str) -> None:
    assert read(xlsx({"a": {(0, 0): "x", (0, 1): value}}), "a.xlsx").text == f"a\nx\t{text}"


def test_sheets_come_in_their_order_without_the_empty_and_the_hidden() -> None:
    sheets = {"Hai": {(0, 0): "b"}, "Một": {(0, 0): "a"}, "Trống": {}, "Ẩn": {(0, 0): "an"}}

    assert read(xlsx(sheets, hidden="Ẩn"), "a.xlsx").text == "Hai\nb\nMột\na"


def test_empty_rows_and_the_ends_of_rows_are_left_out() -> None:
    cells = {(2, 1): "a", (2, 3): "b", (5, 1): " ", (9, 1): "c"}

    assert read(xlsx({"x": cells}), "a.xlsx").text == "x\na\t\tb\nc"


def test_a_workbook_without_values_is_said_to_have_no_text() -> None:
    assert "Không có chữ nào" in reason(xlsx({"x": {}}))


def test_one_value_far_below_and_beside_is_too_many_cells() -> None:
    far = xlsx({"Xa": {(0, 0): "a", (200_000, 150): "b"}})

    assert "Xa" in reason(far)
    assert "ô được phép" in reason(far)


@pytest.mark.parametrize(
    "content", [xls("a", [["b"]], locked=True), ods(row_of("a"), "<manifest:encryption-data/>")], ids=["xls", "ods"]
)
def test_a_workbook_with_a_password_is_said_to_have_one(content: bytes) -> None:
    assert "mật khẩu" in reason(content)


def test_a_package_that_expands_without_end_is_not_given_to_the_library() -> None:
    file = io.BytesIO(ods(""))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("Thumbnails/a", bytes(2**23))

    assert "bom nén" in reason(file.getvalue())


SOUND = {"xlsx": xlsx({"a": {(0, 0): "b", (3, 2): 5}}), "xls": xls("a", [["b", 5.0]] * 9), "ods": ods(row_of("b"))}


@pytest.mark.parametrize("kind", SOUND)
def test_a_workbook_cut_off_in_the_middle_is_said_to_be_broken(kind: str) -> None:
    assert "hỏng" in reason(SOUND[kind][: len(SOUND[kind]) // 2])


@pytest.mark.parametrize("kind", SOUND)
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_a_garbled_workbook_is_text_or_a_reason(kind: str, data: st.DataObject) -> None:
    content = bytearray(SOUND[kind])
    places = st.integers(0, len(content) - 1)
    for at, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=20)):
        content[at] = byte
    assert outcome(bytes(content), "xls")
