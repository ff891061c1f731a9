"""Cells of a register: what somebody typed, or what Excel made of it, as text, numbers and days."""

from __future__ import annotations

import datetime
import re
from typing import TypeAlias

from indexer.readers.extracted import clean

Cell: TypeAlias = str | float | bool | datetime.date | datetime.time | datetime.timedelta
"""A cell's value as the file keeps it; an empty cell is an empty string."""


class BadCell(ValueError):
    """A cell does not hold what its column is for; the message says why, in Vietnamese."""


_EXCEL_EPOCH = datetime.date(1899, 12, 30)
# Serial numbers of days are believed only from 1945 to 2100: a smaller one is a day of the month, or an order.
_SERIALS = range((datetime.date(1945, 1, 1) - _EXCEL_EPOCH).days, (datetime.date(2101, 1, 1) - _EXCEL_EPOCH).days)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?!\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
_IN_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s*tháng\s*(\d{1,2})\s*,?\s*năm\s*(\d{4})(?!\d)", re.IGNORECASE)
_BEFORE_DAY = re.compile(r"[\s,;(–-]*(?:ngày)?\s*$", re.IGNORECASE)
# What clerks write for “none”.
_NONE = frozenset({"", "-", "--", "–", "—", "/", "x", "không", "không có", "ko", "n/a", "null", "none"})
# POSIX strptime's rule for years of two digits.
_PIVOT = 69


def text_of(cell: Cell) -> str:
    """The cell on one line: wrapped text joined, `15.0` as `15`, days as `05/03/2024`."""
    if isinstance(cell, bool):
        return "Có" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.date):
        return cell.strftime("%d/%m/%Y")
    return " ".join(clean(str(cell)).split())


def lines_of(cell: Cell) -> tuple[str, ...]:
    """What stands on the cell's lines or between its semicolons. A comma parts nothing: names of bodies have commas."""
    if not isinstance(cell, str):
        return tuple(filter(None, [text_of(cell)]))
    parts = (" ".join(part.split()).strip(" -+•") for part in re.split(r"[\n;]", clean(cell)))
    return tuple(dict.fromkeys(part for part in parts if part.lower() not in _NONE))


def number_of(cell: Cell) -> str:
    """A document's number (số, ký hiệu) or an arrival number (số đến).

    Raises:
        BadCell: It is a day: Excel turns `1/2` into one when it is typed, and what was typed is lost.
    """
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        raise BadCell("ô chứa ngày, giờ chứ không phải số, ký hiệu (Excel tự đổi khi gõ); hãy gõ lại dưới dạng văn bản")
    text = text_of(cell)
    return "" if text.lower() in _NONE else text


def number_and_day_of(cell: Cell) -> tuple[str, datetime.date | None]:
    """A number and its day of issue, from a cell with both (`12/QĐ-BNV ngày 01/3/2019`).

    Raises:
        BadCell: See `number_of` and `date_of`.
    """
    text = number_of(cell)
    found = (form.search(text) for form in (_IN_WORDS, _DAY_FIRST, _YEAR_FIRST))
    first = min((day.start() for day in found if day), default=len(text))
    return _BEFORE_DAY.sub("", text[:first]), date_of(text[first:])


def date_of(cell: Cell) -> datetime.date | None:
    """The day in a cell: a date cell, Excel's serial number of the 1900 system, or text in any usual Vietnamese form.

    Text is read day first: `5/3/2024`, `05-03-24`, `ngày 05 tháng 3 năm 2024`; `2024-03-05` as in ISO 8601. Other
    words beside the day do not matter.

    Returns:
        The day, or None for an empty cell or a word for none.

    Raises:
        BadCell: There is no day in it, or more than one.
    """
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _date_of_serial(float(cell), text_of(cell))
    text = text_of(cell)
    if text.lower() in _NONE:
        return None
    if _SERIAL.fullmatch(text):
        return _date_of_serial(float(text), text)
    days = {_day(text, *parts) for parts in _written_days(text)}
    if len(days) != 1:
        why = "có nhiều ngày khác nhau" if days else "không phải ngày"
        raise BadCell(f"“{text}” {why}; hãy viết ngày/tháng/năm, như 05/03/2024")
    return days.pop()


def _written_days(text: str) -> list[tuple[str, str, str]]:
    """Day, month and year of each day that the text names."""
    found = [(day, month, year) for day, _, month, year in _DAY_FIRST.findall(text)]
    found += [(day, month, year) for year, month, day in _YEAR_FIRST.findall(text)]
    return found + _IN_WORDS.findall(text)


def _day(text: str, day: str, month: str, year: str) -> datetime.date:
    century = 0 if len(year) == 4 else 2000 if int(year) < _PIVOT else 1900
    try:
        return datetime.date(century + int(year), int(month), int(day))
    except ValueError as error:
        raise BadCell(f"“{text}” không phải ngày có thật (đọc theo ngày/tháng/năm)") from error


def _date_of_serial(serial: float, text: str) -> datetime.date:
    if not _SERIALS.start <= serial < _SERIALS.stop:
        raise BadCell(f"“{text}” không phải ngày; hãy viết ngày/tháng/năm, như 05/03/2024")
    return _EXCEL_EPOCH + datetime.timedelta(days=int(serial))
