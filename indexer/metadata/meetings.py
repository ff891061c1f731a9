"""Where and when a meeting is that a document invites to (giấy mời, thư mời, công văn mời họp)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.metadata.days import CLOCK, calendar_day, clock_of, day_of, day_pattern, has_year
from indexer.metadata.letters import CAPITAL

INVITATION = "Giấy mời"
"""The one type whose documents all invite."""

_INVITES = re.compile(
    r"(?<!\w)(?:mời|triệu\s+tập)\s+(?:họp|dự|tham\s+(?:dự|gia)|làm\s+việc)|^(?:mời|triệu\s+tập)", re.I
)
_HOLDS = re.compile(
    r"(?<!\w)(?:cuộc\s+họp|lịch\s+họp|hội\s+nghị|hội\s+thảo|kỳ\s+họp|phiên\s+họp|tập\s+huấn)(?!\w)", re.I
)
_TITLE = re.compile(r"^[ #*]*(?:GIẤY|THƯ)\s+(?:MỜI|TRIỆU\s+TẬP)\b", re.MULTILINE)
_TIME = re.compile(
    r"(?:Thời\s+gian(?:\s+(?:họp|tổ\s+chức|làm\s+việc|bắt\s+đầu|dự\s+kiến|dự\s+họp|khai\s+mạc))?(?:\s*\([^)\n]{0,40}\))?"
    r"\s*[:：]|(?<!\w)vào\s+(?:hồi|lúc)\s)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:Địa\s+điểm(?:\s+(?:họp|tổ\s+chức|làm\s+việc|dự\s+kiến))?|Tại)\s*[:：]\s*", re.IGNORECASE)
_AT = re.compile(r"[\s,;]*(?:\([^)\n]{0,30}\)[\s,;]*)?tại\s+(?=[\wĐđ])", re.IGNORECASE)
_DAY = re.compile(day_pattern(), re.IGNORECASE)
# `từ ngày 15 đến ngày 17/8/2023`, `15 và 16/8/2023`, `15-16 tháng 8 năm 2023`: what the first lacks stands in the last.
# A number alone is a day only after `ngày`; `8 giờ 15, ngày 16/8` names one day.
_DAYS = re.compile(
    rf"(?:{day_pattern('first_')}|ngày\s+(?P<first>\d{{1,2}}))(?:\s*\([^)\n]{{0,20}}\))?"
    rf"\s*(?:-|–|,|và|đến(?:\s+hết)?)\s*(?:{CLOCK},?\s+)?{day_pattern('last_')}",
    re.IGNORECASE,
)
_CLOCK = re.compile(rf"(?<![\d/.]){CLOCK}(?![\d/])(?P<late>\s*(?:chiều|tối))?", re.IGNORECASE)
_NOON = 12
# What stands under the day in an invitation, or after it in the same paragraph.
_LABEL = re.compile(
    r"(?:Địa\s+điểm|Thành\s+phần|Nội\s+dung|Chủ\s+trì|Hình\s+thức|Chương\s+trình|Kinh\s+phí|Tài\s+liệu)\b[^\n.;]{0,40}[:：]",
    re.IGNORECASE,
)
_WINDOW = 260
_LONGEST_PLACE = 220
_PLACE_LINES = 4
_SENTENCE_END = re.compile(r"(?<![A-ZĐ])(?<!\b[Tt]p)(?<!\b[Tt]P)[.](?=\s|$)|;|\./\.?")
_NEXT_LINE = re.compile(
    rf"\s*$|\s*[-–+*•]|\s*(?:\d{{1,2}}|[a-zđ]|[IVX]{{1,4}})[.)]|[^\n:]{{1,60}}:|\s*(?:Đề\s+nghị|Kính|Trân\s+trọng|Rất|Sự|Do|Ghi\s+chú"
    r"|Lưu\s+ý|Nơi\s+nhận|Để|Yêu\s+cầu|Giao|Ngoài|Đại\s+biểu|Các|Vậy|Văn\s+phòng\b[^\n]{0,60}\b(?:mời|đề\s+nghị|thông\s+báo)"
    rf"|[{CAPITAL}][^\n]{{0,60}}\b(?:kính\s+mời|đề\s+nghị|trân\s+trọng|yêu\s+cầu))(?!\w)"
)
_FARTHEST = datetime.timedelta(days=366)
_LOOKED_AT = 20_000
_HEADING = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """When and where; an empty string means that the text does not say.

    Attributes:
        day: The day, the first where it takes several.
        end: The last day, where it takes several.
        time: When it begins, `HH:MM`.
        place: Địa điểm.
    """

    day: datetime.date
    end: datetime.date | None = None
    time: str = ""
    place: str = ""


def read_meeting(text: str, type: str, subject: str, issued: datetime.date | None) -> Meeting | None:
    """The meeting that a document invites to, or None: it invites to nothing, or names no day for it.

    Args:
        text: The normalized text.
        type: Its type.
        subject: Its subject. Of a document that only speaks of a meeting there, day and place have to be labelled.
        issued: Its date of issue, before which it invites to nothing. Without it a day has to be written with its year.
    """
    invites = type == INVITATION or _INVITES.search(subject) or _TITLE.search(text, 0, _HEADING)
    if not invites and not _HOLDS.search(subject):
        return None
    text = text[:_LOOKED_AT]
    for label in _TIME.finditer(text):
        window = _window(text, label.end())
        days = _days(window, issued)
        if days is None:
            continue
        first, last, after = days
        place = _labelled_place(text) or _place_after(text, label.end() + after)
        if not invites and not (place and label.group().endswith((":", "："))):
            return None
        return Meeting(day=first, end=last if last > first else None, time=_time(window), place=place)
    return None


def _window(text: str, start: int) -> str:
    """What is said of the time, up to the next label."""
    window = text[start : start + _WINDOW]
    label = _LABEL.search(window)
    return window[: label.start()] if label else window


def _days(window: str, issued: datetime.date | None) -> tuple[datetime.date, datetime.date, int] | None:
    """The first and last day that a window names first, and where that ends in it."""
    several, one = _DAYS.search(window), _DAY.search(window)
    if several and (one is None or several.start() <= one.start()):
        days = _first_and_last(several, issued)
        if days:
            return *days, several.end()
    if one is None:
        return None
    day = _in_time(one, issued)
    return (day, day, one.end()) if day else None


def _first_and_last(found: re.Match[str], issued: datetime.date | None) -> tuple[datetime.date, datetime.date] | None:
    last = _in_time(found, issued, "last_")
    if last is None:
        return None
    if found["first"]:
        first = calendar_day(last.year, last.month, int(found["first"]))
    else:
        first = day_of(found, last.year, "first_")
    return (first, last) if first and first < last and _is_in_time(first, issued) else None


def _in_time(found: re.Match[str], issued: datetime.date | None, prefix: str = "") -> datetime.date | None:
    """The day found, where the document can invite to it; in January, December's documents mean the next."""
    if has_year(found, prefix):
        day = day_of(found, 1, prefix)
        return day if day and _is_in_time(day, issued) else None
    if issued is None:
        return None
    days = (day_of(found, year, prefix) for year in (issued.year, issued.year + 1))
    return next((day for day in days if day and _is_in_time(day, issued)), None)


def _is_in_time(day: datetime.date, issued: datetime.date | None) -> bool:
    return issued is None or issued <= day <= issued + _FARTHEST


def _time(window: str) -> str:
    for found in _CLOCK.finditer(window):
        clock = clock_of(found)
        if clock:
            late = found["late"] and int(found["hour"]) < _NOON
            return f"{int(found['hour']) + _NOON}{clock[2:]}" if late else clock
    return ""


def _labelled_place(text: str) -> str:
    label = _PLACE.search(text)
    return _place(text[label.end() :]) if label else ""


def _place_after(text: str, start: int) -> str:
    """What follows the day with `tại`, without a label of its own."""
    at = _AT.match(text, start)
    return _place(text[at.end() :]) if at else ""


def _place(text: str) -> str:
    """The place that a text begins with: to the sentence's end, over broken lines."""
    place = " ".join(_lines(text))
    end = _SENTENCE_END.search(place)
    place = " ".join((place[: end.start()] if end else place).split()).strip(" ,.;:-–")
    # A form to be filled in has dots there.
    return place if "…" not in place and "..." not in place and len(place) <= _LONGEST_PLACE else ""


def _lines(text: str) -> Iterator[str]:
    lines = text[: 2 * _LONGEST_PLACE].split("\n")[:_PLACE_LINES]
    yield lines[0]
    for before, line in pairwise(lines):
        if _SENTENCE_END.search(f"{before.rstrip()} ") or _NEXT_LINE.match(line):
            return
        yield line
