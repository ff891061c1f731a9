"""The subject (trích yếu nội dung): under the type's name, or after `V/v` in a letter (công văn)."""

from __future__ import annotations

import re

from indexer.metadata.heading import Heading, is_date_or_motto, is_rule

_LONGEST = 500
_REGION = 2_500
_LETTER = re.compile(r"^[ \t]*(?:V/v|Về việc)\b[:.]?", re.IGNORECASE | re.MULTILINE)
_PREFIX = re.compile(r"^(?:V/v|Về việc|\(?\s*V/v)\b[:.]?\s*", re.IGNORECASE)
# A line that is no part of a subject: grounds, addressees, the body's first words, or who decides.
_STOP = re.compile(
    r"^(?:Căn cứ|Theo đề nghị|Xét |Kính gửi|Kính mời|Thực hiện (?!\w+ \w+ của [A-Z])|Điều \d|Chương [IVX]+\b|Phần |Mục "
    r"|[IVX]+\.|\d+\.|\(?Ban hành kèm theo|\(Kèm theo|Nơi nhận|Số\s*:)"
)
_WHO_DECIDES = re.compile(
    r"^(?:(?:PHÓ )?CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|(?:TỔNG |CHI )?CỤC TRƯỞNG|CHÁNH|THỐNG ĐỐC|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI"
    r"|ỦY BAN (?:NHÂN|THƯỜNG)|UỶ BAN (?:NHÂN|THƯỜNG)|HỘI ĐỒNG (?:NHÂN|THẨM)|TỔNG KIỂM|VIỆN TRƯỞNG|BAN THƯỜNG VỤ)"
)


def read_subject(text: str, heading: Heading) -> str:
    """The subject in one line, at most 500 characters, without `V/v`; empty when there is none."""
    if heading.subject_at:
        return _tidy(_lines_until_stop(text[heading.subject_at : heading.subject_at + _REGION]))
    letter = _LETTER.search(text, 0, heading.end)
    return _tidy(_lines_until_stop(text[letter.end() : letter.end() + _REGION])) if letter else ""


def _lines_until_stop(region: str) -> list[str]:
    lines: list[str] = []
    for line in map(str.strip, region.splitlines()):
        if is_rule(line) or is_date_or_motto(line):
            if lines:
                break
            continue
        if _STOP.match(line) or (lines and _WHO_DECIDES.match(line)):
            break
        lines.append(line)
        if sum(map(len, lines)) > _LONGEST:
            break
    return lines


def _tidy(lines: list[str]) -> str:
    subject = _PREFIX.sub("", " ".join(" ".join(lines).split())).strip(" *_-–.;:")
    if len(subject) > _LONGEST:
        subject = subject[:_LONGEST].rsplit(" ", 1)[0]
    return subject
