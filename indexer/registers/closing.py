"""Rows of a register that are no documents although several cells are filled: sums, and who signed the book.

Printed registers end each month or year with how many documents there were and with the names of who kept the book and
who checked it (Nghị định 30/2020/NĐ-CP, Phụ lục IV; in the field also beneath each month).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.metadata.titles import is_title

_DIGIT = re.compile(r"\d")
_KEEPER = re.compile(
    r"(?:người|cán bộ|nhân viên)\s+(?:lập|ghi|vào|giữ|quản lý|theo dõi|mở|đăng ký)\s+(?:sổ|biểu|bảng|văn bản)\b"
    r"|(?:người\s+lập|(?:cán bộ |nhân viên |phụ trách )?văn thư|người\s+kiểm\s+tra|lãnh\s+đạo(?:\s+\w+){0,3}"
    r"|thủ\s+trưởng(?:\s+\w+){0,3}|xác\s+nhận\b.*|\(?ký\b.*họ\s+tên\)?)$",
    re.IGNORECASE,
)
_SUM = re.compile(r"(?:tổng\s+)?cộng\b(?!\s+(?:hòa|hoà|đồng))|tổng\s+số\b", re.IGNORECASE)


def is_sum(cells: Sequence[str]) -> bool:
    """Whether a row says how many documents there were: `Tổng cộng | 250`, `Cộng tháng 3: | 25 văn bản`."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and bool(_SUM.match(filled[0])) and len(filled) <= 3


class Closing:
    """Tells, row after row, which ones are of the block in which a book is signed (phần ký sổ)."""

    def __init__(self) -> None:
        self._is_open = False

    def holds(self, cells: Iterable[str]) -> bool:
        """Whether the next row is of such a block: it begins with titles, and no row of it has a digit."""
        filled = [cell for cell in cells if cell]
        has_digits = any(map(_DIGIT.search, filled))
        self._is_open = not has_digits and (self._is_open or _signs(filled))
        return self._is_open


def _signs(filled: Sequence[str]) -> bool:
    return bool(filled) and all(_KEEPER.match(cell) or is_title(cell) for cell in filled)
