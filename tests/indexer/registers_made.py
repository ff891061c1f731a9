"""Registers (sổ văn bản) that tests write."""

import csv
import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

INCOMING = (
    *("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản"),
    *("Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú"),
)
OUTGOING = (
    *("Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký"),
    *("Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú"),
)
Value = str | int | float | datetime.date


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Sequence[Value]]], *, merged: Sequence[str] = ()) -> Path:
    """A workbook with these sheets; days become date cells. `merged` are ranges of the first sheet, texts in them."""
    workbook = xlsxwriter.Workbook(str(path))
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(row, column, datetime.datetime.combine(value, datetime.time()), day)
                else:
                    sheet.write(row, column, value)
    for cells in merged:
        first = workbook.worksheets()[0]
        row, column = xl_cell_to_rowcol(cells.partition(":")[0])
        first.merge_range(cells, next(iter(sheets.values()))[row][column])
    workbook.close()
    return path


def write_csv(path: Path, rows: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Separated values."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
