"""Spreadsheets (bảng tính: .xls, .xlsx, .xlsb, .ods) to text, through calamine."""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import olefile  # type: ignore[import-untyped]
import python_calamine as calamine

from indexer.readers.apart import read_apart
from indexer.readers.extracted import MAX_CHARACTERS, Unreadable, clean
from indexer.readers.package import Package

MAX_CELLS = 20_000_000
"""Of one sheet, empty ones counted: one value far below the others makes a sheet of a million rows."""

_ZIP = b"PK"
_LOCKED = "Bảng tính đặt mật khẩu: cần bản không đặt mật khẩu."
# The records of an .xls that come before its sheets (MS-XLS 2.4).
_XLS_STREAMS = ("Workbook", "Book")
_FILE_PASS, _END_OF_FILE = 0x002F, 0x000A
_RECORD = struct.Struct("<HH")
_MIDNIGHT = datetime.time()

_Value: TypeAlias = int | float | str | bool | datetime.time | datetime.date | datetime.timedelta


def read_sheet(content: bytes) -> str:
    """The text of a workbook: each sheet's name as a line, then its rows, cells separated by tabs.

    Dates are written `05/03/2024` and whole numbers without decimals, however a cell is formatted. Empty rows and
    hidden sheets are left out.

    Raises:
        Unreadable: It asks for a password, is broken, cut off or a bomb, or has a sheet of too many cells.
    """
    # calamine keeps each sheet whole, so that a broken file decides how much memory it takes.
    return read_apart(_read, content)


def _read(content: bytes) -> str:
    if content.startswith(_ZIP):
        package = Package(content)
        if package.is_locked_odf:
            raise Unreadable(_LOCKED)
        package.check()
    elif _is_locked_xls(content):
        raise Unreadable(_LOCKED)
    try:
        workbook = calamine.load_workbook(io.BytesIO(content))
        return _text(workbook)
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable(f"Bảng tính hỏng hoặc bị cắt cụt: {error}.") from error


def _is_locked_xls(content: bytes) -> bool:
    """Whether an .xls is encrypted, which calamine does not tell from broken."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            name = next(filter(compound.exists, _XLS_STREAMS), None)
            stream: bytes = compound.openstream(name).read() if name else b""
    except OSError:
        return False  # broken, as calamine will say
    at = 0
    while at + _RECORD.size <= len(stream):
        kind, length = _RECORD.unpack_from(stream, at)
        if kind in (_FILE_PASS, _END_OF_FILE):
            return bool(kind == _FILE_PASS)
        at += _RECORD.size + length
    return False


def _text(workbook: calamine.CalamineWorkbook) -> str:
    lines: list[str] = []
    length = 0
    for line in _lines(workbook):
        lines.append(line)
        length += len(line) + 1
        if length > MAX_CHARACTERS:
            break
    return clean("\n".join(lines))[:MAX_CHARACTERS]


def _lines(workbook: calamine.CalamineWorkbook) -> Iterator[str]:
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible:
            yield from _sheet_lines(workbook.get_sheet_by_index(index))


def _sheet_lines(sheet: calamine.CalamineSheet) -> Iterator[str]:
    if sheet.height * sheet.width > MAX_CELLS:
        raise Unreadable(
            f"Trang tính “{sheet.name}” có {sheet.height} dòng × {sheet.width} cột, quá {MAX_CELLS} ô được phép."
        )
    rows = (row for row in map(_row, sheet.iter_rows()) if row)
    first = next(rows, None)
    if first is not None:
        yield sheet.name
        yield first
        yield from rows


def _row(values: Sequence[_Value]) -> str:
    return "\t".join(map(_cell, values)).rstrip()


def _cell(value: _Value) -> str:
    match value:
        case str():
            return " ".join(value.split())  # a line of the text is a row
        case bool():
            return str(value).upper()
        case datetime.datetime() if value.time() != _MIDNIGHT:
            return f"{value:%d/%m/%Y %H:%M}"
        case datetime.date():
            return f"{value:%d/%m/%Y}"
        case datetime.time():
            return f"{value:%H:%M}"
        case datetime.timedelta():
            return _duration(value)
        case float() if not value.is_integer():
            return f"{value:.15g}"  # a spreadsheet's own precision
        case _:
            return f"{value:.0f}"


def _duration(value: datetime.timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"
