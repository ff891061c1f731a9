"""What some documents say of themselves only at their end: when they were adopted, or how they were consolidated."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from indexer.metadata.heading import tidy_number

_ADOPTED_THERE = re.compile(r"/(?:UBTV)?QH\d+$")
_IN_WORDS = r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})"
_ADOPTED = re.compile(rf"này\s+(?:đã\s+)?được\s+(?:Quốc|[ỦU][ỷy]|U[ỷy])[^.;]{{20,200}}?\s+thông\s+qua\s+{_IN_WORDS}")
_CONSOLIDATED = re.compile(
    r"^Số\s*:\s*(\d+\s?/\s?(?:\d{4}/)?VBHN-[^\W_]+)\s{1,9}(?:XÁC THỰC VĂN BẢN HỢP NHẤT\s{1,9})?"
    rf"(?:([^\n,]{{2,40}}),\s*{_IN_WORDS})?",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidation:
    """The number, place and date that a consolidated text (văn bản hợp nhất) bears where it is certified."""

    number: str = ""
    place: str = ""
    issued: datetime.date | None = None


def date_of_adoption(text: str, number: str) -> datetime.date | None:
    """When a law, ordinance or resolution was adopted, which is the date it bears; None for other documents."""
    adopted = _ADOPTED.search(text) if _ADOPTED_THERE.search(number) else None
    return _date(*adopted.groups()) if adopted else None


def read_consolidation(text: str) -> Consolidation | None:
    """The certification (xác thực văn bản hợp nhất) that the gazette prints at the end; None for other documents.

    Pháp lệnh 01/2012/UBTVQH13, Điều 5 and 8.
    """
    if "VĂN BẢN HỢP NHẤT" not in text:
        return None
    found = _CONSOLIDATED.search(text)
    if found is None:
        return None
    number, place, day, month, year = found.groups()
    issued = _date(day, month, year) if day else None
    return Consolidation(number=tidy_number(number), place=(place or "").strip(), issued=issued)


def _date(day: str, month: str, year: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
