"""One document named in a sentence (viện dẫn): its type before the number, its date and issuer after it.

Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.6: a document is named by type, number, date, issuer and subject:
`Quyết định số 15/2021/QĐ-UBND ngày 05 tháng 3 năm 2021 của Ủy ban nhân dân tỉnh Bắc Ninh về …`; a law by its type,
name and number.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.metadata.heading import tidy_number
from indexer.metadata.issuers import display_name, issuer_of_number
from indexer.metadata.types import TYPES, type_of_number

# Some number by year: `2025-005/SAV`. What follows a figure's colon is a standard's year: `QCVN 05:2025/BNNMT`.
# A digit stands first, which lets the search skip from one to the next.
_FIGURE = r"\d(?<![\w/]\d)(?<!\d[:-]\d)(?:\d{3}-\d)?\d{0,5}(?:\.\d{1,3})?[a-zA-Z]?"
_PIECE = r"[A-ZĐ][A-Za-zĐđ]*\d{0,2}(?:\.(?:\d{2}|[IVX]{1,5})(?=-))?"
# A number may be broken over two lines after its slashes and hyphens.
_NUMBER = re.compile(
    rf"{_FIGURE}"
    rf"(?: ?/\s?(?:\d{{4}} ?/\s?)?(?={_PIECE}[-–/&]|[A-ZĐ]{{2}}){_PIECE}|[-–][A-ZĐ][A-ZĐa-z]{{1,3}}/[A-ZĐ]{{2,10}})"
    rf"(?:[-–/&]\s?{_PIECE}){{0,7}}(?![\w/])"
)
TYPE_NAMES = rf"(?:{'|'.join(TYPES)}|Thông tư liên bộ|Kết luận|Thông tri|Phiếu chuyển|Văn bản)"
"""What a document may be called before its number, as a regular expression."""

_ANY_TYPE = frozenset({"", "Số", "Văn bản"})
_HEAD_LENGTH = 50
_LAW_LENGTH = 200
# A converter may have made the number, or all of the name, a Markdown link.
_SO = r"\s*(?:số\s*:?)?\s*\[?"
_HEAD = re.compile(rf"(?P<type>{TYPE_NAMES}|số)(?:\s+kết luận)?{_SO}$", re.IGNORECASE)
# A law's name may have commas, which small letters follow: `Luật Phòng, chống ma túy số 73/2021/QH14`.
_LAW = re.compile(
    rf"(?P<type>Bộ luật|Luật|Pháp lệnh|Nghị quyết)\b"
    rf"(?:(?!\s(?:theo|bởi|tại)\s)(?:[^,;:.()\d“”]|,(?=\s+[^\W\d_A-ZĐ])))*?{_SO}$"
)
_LAW_NUMBER = re.compile(r"[/-](?:UBTV)?QH\d*$")
# A form (mẫu, biểu) has a number of the same shape, and is no document.
_FORM = re.compile(r"(?:mẫu|biểu|mã|tờ\s+khai)(?:\s+số)?(?:\s*:)?\s*$", re.IGNORECASE)
_FORM_LENGTH = 20
_LISTED_FORM = re.compile(r"\s*(?:,|;|và|hoặc)\s*(?:số\s+)?$")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d/[^\W\d_]+$")
_DAY = re.compile(
    r"\s*,?\s*(?:ban\s+hành\s+)?ngày\s+(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4})\b",
    re.IGNORECASE,
)
# Where an issuer's name is over: the subject begins, or the sentence goes on.
_AFTER_ISSUER = (
    r"quy\s+định|về|v/v|ban\s+hành|hướng\s+dẫn|sửa\s+đổi|bổ\s+sung|phê\s+duyệt|công\s+bố|bãi\s+bỏ|thay\s+thế|đã|được|"
    r"thành\s+lập|triển\s+khai|tổ\s+chức|thực\s+hiện|kèm|hợp\s+nhất|giao|đính\s+chính|kể\s+từ|hết|có|cho|tại|để|"
    r"còn|quyết\s+nghị|đề\s+nghị|nêu|vướng|kết\s+luận|trả\s+lời|phúc\s+đáp|gửi|thông\s+báo|yêu\s+cầu|là|và\s+(?:các\s+)?"
    + TYPE_NAMES
)
_ISSUER = re.compile(
    r"\s*,?\s*của\s+(?P<issuer>[^;:.()\d“”]{3,120}?)"
    rf"(?=\s+(?:{_AFTER_ISSUER})\b|\s*[;:.()\d“”]|\s*,\s+{TYPE_NAMES}\b|\s*$)",
    re.IGNORECASE,
)


_CHAIRMAN = re.compile(r"^chủ\s+tịch\s+(?=ubnd|[ủu][ỷy]\s+ban\s+nhân)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document named in a sentence, and its place there.

    Attributes:
        number: Số, ký hiệu.
        type: Tên loại, or empty.
        issuer: Cơ quan ban hành, or empty.
        issued: Ngày ban hành.
        start: Where its type's name begins, or its number.
        end: Where its number, date or issuer ends.
    """

    number: str
    type: str
    issuer: str
    issued: datetime.date | None
    start: int
    end: int


def read_references(text: str) -> Iterator[Reference]:
    """The documents that a normalized text names by number, in order, each as often as it is named."""
    before, is_form = 0, False
    for match in _NUMBER.finditer(text):
        is_form = _names_form(text, before, match, after_form=is_form)
        reference = None if is_form else _reference(text, before, match)
        before = reference.end if reference else match.end()
        if reference:
            yield reference


def _names_form(text: str, before: int, match: re.Match[str], *, after_form: bool) -> bool:
    """Whether a number is one of a form, or stands beside one in a list."""
    start = match.start()
    if after_form and _LISTED_FORM.fullmatch(text, before, start):
        return True
    return _FORM.search(text, max(before, start - _FORM_LENGTH), start) is not None


def _reference(text: str, before: int, match: re.Match[str]) -> Reference | None:
    number = tidy_number(match.group())
    head = _head(text, before, match.start(), is_law=_LAW_NUMBER.search(number) is not None)
    if head is None and _YEAR_ALONE.match(number):
        return None
    day = _DAY.match(text, match.end())
    issuer = _ISSUER.match(text, day.end() if day else match.end())
    return Reference(
        number=number,
        type=_type(head, number),
        issuer=issuer_of_number(number, normative=True) or _issuer(issuer) or issuer_of_number(number),
        issued=_date(day),
        start=head.start() if head else match.start(),
        end=max(found.end() for found in (match, day, issuer) if found),
    )


def _head(text: str, before: int, end: int, *, is_law: bool) -> re.Match[str] | None:
    law = _LAW.search(text, max(before, end - _LAW_LENGTH), end) if is_law else None
    return law or _HEAD.search(text, max(before, end - _HEAD_LENGTH), end)


def _type(head: re.Match[str] | None, number: str) -> str:
    """The type that stands before the number, in its one spelling, or the one that the number's code stands for."""
    name = " ".join(head["type"].split()).capitalize() if head else ""
    return type_of_number(number) if name in _ANY_TYPE else name


def _issuer(found: re.Match[str] | None) -> str:
    return display_name(_CHAIRMAN.sub("", found["issuer"].strip(" ,"))) if found else ""


def _date(found: re.Match[str] | None) -> datetime.date | None:
    if found is None:
        return None
    try:
        return datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
