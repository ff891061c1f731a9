"""The day by which a letter or invitation asks for something (thời hạn), where it names only one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from indexer.metadata.days import CLOCK, day_of, day_pattern

BY = re.compile(rf"(?:trước|chậm\s+nhất(?:\s+(?:là|vào|đến))*)\s+(?:{CLOCK},?\s+)?{day_pattern()}", re.IGNORECASE)
"""By when: `trước 17 giờ 00 ngày 15/3/2024`, `chậm nhất là ngày 15 tháng 3`."""

_REQUEST = re.compile(
    r"đề nghị|yêu cầu|gửi|báo cáo|trả lời|phản hồi|có ý kiến|cho ý kiến|góp ý|đăng ký|nộp|cung cấp|hoàn thành|xác nhận",
    re.IGNORECASE,
)
# What happened before a day, or applies to what did, is asked of nobody.
PAST = re.compile(
    r"(?:ban hành|phát sinh|hiệu lực|ký kết|sinh|thành lập|đã \w+(?: \w+){0,6}|có từ|khởi công|phê duyệt|tồn tại)\s*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;](?=\s)")
_BEFORE = 300
_LOOKED_AT = 20_000
_FARTHEST = datetime.timedelta(days=366)


def read_due(text: str, issued: datetime.date | None) -> datetime.date | None:
    """The one day after its date of issue that a text asks for something by; None where it names none or several.

    Args:
        text: The body.
        issued: The date of issue; without it no day is sure, since many leave out the year.
    """
    if issued is None:
        return None
    named = list(_named(text[:_LOOKED_AT], issued))
    days = {day for day, _ in named}
    return days.pop() if len(days) == 1 and any(is_asked for _, is_asked in named) else None


def _named(text: str, issued: datetime.date) -> Iterator[tuple[datetime.date, bool]]:
    """The days that something is to be done by, and whether its sentence asks for it."""
    for found in BY.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        ends = [end.end() for end in _SENTENCE_END.finditer(before)]
        sentence = " ".join(before[ends[-1] if ends else 0 :].split())
        day = day_of(found, issued.year)
        if day and issued <= day <= issued + _FARTHEST and not PAST.search(sentence):
            yield day, _REQUEST.search(sentence) is not None
