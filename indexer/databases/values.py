"""Values as database drivers give them to the cells that registers have."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from engines.clock import VIETNAM
from indexer.registers.cells import BadCell, Cell


def cell_of(value: Any) -> Cell:
    """A column's value as a cell: NULL is empty, a moment is the day it was in Vietnam, an array is lines.

    Raises:
        BadCell: It is bytes or of another type that is no text, number or day.
    """
    match value:
        case None:
            return ""
        case bool() | str() | float() | datetime.time() | datetime.timedelta():
            return value
        case datetime.datetime():
            return _in_vietnam(value)
        case datetime.date():
            return value
        case int() | UUID():
            return str(value)
        case Decimal():
            return _written(value)
        case list() | tuple():
            return "\n".join(str(item) for item in value if item is not None)
        case bytes() | bytearray() | memoryview():
            raise BadCell("cột chứa dữ liệu nhị phân; chỉ cột ở attachments.content được như vậy")
        case _:
            raise BadCell(
                f"cột chứa kiểu {type(value).__name__} không đọc được; hãy đổi thành văn bản trong câu SELECT"
            )


def stamp_of(value: Any) -> bytes:
    """What two values of a column of versions differ in, to the microsecond."""
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else str(value).encode()


def _in_vietnam(moment: datetime.datetime) -> datetime.datetime:
    try:
        return moment.astimezone(VIETNAM) if moment.tzinfo else moment
    except OverflowError as error:
        raise BadCell(f"“{moment}” ngoài các năm đọc được") from error


def _written(number: Decimal) -> str:
    """All digits, without zeros behind the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
