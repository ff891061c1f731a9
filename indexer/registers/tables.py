"""A spreadsheet's bytes to tables of cells: .xlsx, .xls, .xlsb, .ods, HTML called .xls, and separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.readers.encoding import declared_charset, decode
from indexer.readers.extracted import Unreadable
from indexer.readers.package import Package
from indexer.registers.cells import Cell

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv")
"""Endings of the files that may be registers; what a file is, its content says."""

MAX_CELLS = 30_000_000
"""A larger table is refused: the biggest register of a ministry's year has some two million cells."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_DELIMITERS = ",;\t|"
_MAX_SPAN = 1_000  # of an HTML cell (HTML Living Standard, 4.9.11)
_CSV_FIELD = 2**20


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet.

    Attributes:
        name: The sheet's name; empty in a file that has no sheets.
        rows: Its rows, all of one length, merged cells filled in.
        first_row: The number, from 1, that users see at the first of `rows`.
        first_column: The column, from 0, of the first cell of each row.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    first_row: int = 1
    first_column: int = 0


@dataclass(slots=True)
class Tables:
    """The tables of a file, in order; for separated values one for each delimiter that may be meant.

    Attributes:
        tables: The sheets, or the readings of one text.
        alternatives: Whether only one of `tables` is the true one.
    """

    tables: list[Table] = field(default_factory=list)
    alternatives: bool = False


def read_tables(content: bytes) -> Tables:
    """Read every table of a file.

    Args:
        content: The whole file.

    Raises:
        Unreadable: It is broken, has a password, is too large, or is nothing of the kind.
    """
    if content.startswith((_OLE, _ZIP)):
        return Tables(list(_sheets(content)))
    if b"<" in content[:200] and b"<table" in content[:1_000_000].lower():
        return Tables(list(_html_tables(decode(content, declared_charset(content)))))
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("Không phải bảng tính.")
    text = decode(content)
    return Tables([_separated(text, sign) for sign in _DELIMITERS if sign in text], alternatives=True)


def column_name(column: int) -> str:
    """A column, counted from 0, as spreadsheets name it: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _sheets(content: bytes) -> Iterator[Table]:
    if content.startswith(_ZIP):
        Package(content).check()
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as error:
        raise Unreadable("Bảng tính đặt mật khẩu.") from error
    except (CalamineError, OSError) as error:
        raise Unreadable(f"Bảng tính hỏng: {error}.") from error
    for name in workbook.sheet_names:
        try:
            sheet = workbook.get_sheet_by_name(name)
        except CalamineError as error:
            # Sheets of charts and macros are no tables, and calamine refuses them.
            if "worksheet" in str(error).lower():
                continue
            raise Unreadable(f"Trang tính “{name}” hỏng: {error}.") from error
        if sheet.start is not None:
            yield _sheet(name, sheet)


def _sheet(name: str, sheet: CalamineSheet) -> Table:
    if sheet.height * sheet.width > MAX_CELLS:
        raise Unreadable(f"Trang tính “{name}” có hơn {MAX_CELLS} ô.")
    row, column = sheet.start or (0, 0)
    rows = sheet.to_python(skip_empty_area=True)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill(rows, top - row, left - column, bottom - row, right - column)
    return Table(name, rows, row + 1, column)


def _fill(rows: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """Write a merged cell's value into its first column's cells: what it covers sidewards stays empty.

    A line over the whole width, as a month's name, must not look like a document with that in every column.
    """
    if top < 0 or left < 0 or top >= len(rows) or left >= len(rows[top]) or right > left:
        return
    for row in rows[top + 1 : bottom + 1]:
        row[left] = rows[top][left]


def _separated(text: str, delimiter: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    csv.field_size_limit(_CSV_FIELD)
    try:
        return Table("", _even([[*row] for row in reader]))
    except csv.Error as error:
        raise Unreadable(f"Hàng {reader.line_num} không đọc được: {error}.") from error


def _html_tables(text: str) -> Iterator[Table]:
    for table in LexborHTMLParser(text).css("table"):
        if table.css_first("table table") is None:  # a table around tables is layout
            yield Table("", _even(list(_html_rows(table))))


def _html_rows(table: LexborNode) -> Iterator[list[Cell]]:
    hanging: dict[int, tuple[int, Cell]] = {}  # column to rows left and value, of cells that span rows
    for row in table.css("tr"):
        cells: list[Cell] = []
        for cell in [*row.css("td, th"), None]:
            while len(cells) in hanging:
                left, value = hanging.pop(len(cells))
                if left > 1:
                    hanging[len(cells)] = (left - 1, value)
                cells.append(value)
            if cell is not None:
                value = cell.text(separator="\n", strip=True)
                if (down := _span(cell, "rowspan")) > 1:
                    hanging[len(cells)] = (down - 1, value)
                cells += [value, *[""] * (_span(cell, "colspan") - 1)]
        yield cells


def _span(cell: LexborNode, name: str) -> int:
    written = cell.attributes.get(name) or ""
    return min(int(written), _MAX_SPAN) if written.isdecimal() and int(written) else 1


def _even(rows: list[list[Cell]]) -> list[list[Cell]]:
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise Unreadable(f"Bảng có hơn {MAX_CELLS} ô.")
    return [row + [""] * (width - len(row)) for row in rows]
