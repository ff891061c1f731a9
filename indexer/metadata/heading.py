"""The heading (phần mở đầu): issuer, number, place, date and type.

Its layout is that of Nghị định 30/2020/NĐ-CP, Phụ lục I: two columns, which readers give in any of three orders (left
then right, right then left, row by row), and which exports break into lines anywhere.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from itertools import pairwise

from indexer.metadata.issuers import issuer_of_heading
from indexer.metadata.letters import CAPITALIZED
from indexer.metadata.types import LETTER, type_of_line

_REGION = 4_000
_LONGEST_DATE_LINE = 60
_BARE_HEADING = 200
_MOTTO = re.compile(r"CỘNG\s+H(?:ÒA|OÀ|ÓA)\s+X[ÃA]\s+HỘI\s+CHỦ\s+NGH[ĨI]A\s+VIỆT\s+NAM", re.IGNORECASE)
_MOTTO_LINE = re.compile(
    r"(?:C[ỘÔ]NG H|X[ÃA] HỘI CHỦ|HỘI CHỦ NGH|CHỦ NGH|ĐỘC LẬP|Độc lập|TỰ DO|Tự do|HẠNH PHÚC|Hạnh phúc)"
)
# Where the heading is over: legal grounds, addressees, first article or chapter.
_BODY = re.compile(r"^\s*(?:Căn\s+cứ|Kính\s+gửi|Kính\s+mời|Điều\s+1\b|Chương\s+I\b|Xét\s+đề\s+nghị)", re.MULTILINE)
_SYMBOL = r"[A-ZĐ][\wĐ&.]*(?:\s?[-–/]\s?[A-ZĐ][\wĐ&.]*)*"
_NUMBER = re.compile(rf"\b[Ss]ố\s*[:.;]?\s*(\d{{1,6}}(?:\.\d{{1,3}})?[a-zA-Z]?\s?(?:/\s?\d{{4}}\s?)?[/-]\s?{_SYMBOL})")
_DATE = re.compile(
    rf"(?:(?<![\w-])(?P<place>(?:TP\.?\s?)?{CAPITALIZED}(?:\s+{CAPITALIZED}){{0,5}})\s*,?\s*)?"
    r"ng[àa]y\s+(?P<day>\d{1,2})\s+th[áa]ng\s+(?P<month>\d{1,2})\s+n[ăa]m\s+(?P<year>\d{4})",
)
_RULE = re.compile(r"^[\s_\-–—=*.]*$")
_LETTER_SUBJECT = re.compile(r"^\s*V/v\b", re.IGNORECASE | re.MULTILINE)
_DOTTED = re.compile(r"\s*([/–-])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a heading says; empty where it does not.

    Attributes:
        number: Số, ký hiệu, without white space.
        issuer: Cơ quan ban hành.
        place: Địa danh.
        issued: Ngày ban hành.
        type: Tên loại.
        subject_at: Where in the text what the document is about may begin: after the type's name.
        end: Where in the text the heading is over.
    """

    number: str = ""
    issuer: str = ""
    place: str = ""
    issued: datetime.date | None = None
    type: str = ""
    subject_at: int = 0
    end: int = 0


def read_heading(text: str) -> Heading | None:
    """The heading of a text, or None when it does not begin with one: no motto (quốc hiệu), no number, no type."""
    region = text[:_REGION]
    body = _BODY.search(region)
    end = body.start() if body else len(region)
    region = region[:end]
    number = _NUMBER.search(_flat(region))
    type_, subject_at = _type_and_its_end(region)
    if not number and not _MOTTO.search(region) and not 0 < subject_at < _BARE_HEADING:
        return None
    date = _DATE.search(_flat(region))
    return Heading(
        number=_DOTTED.sub(r"\1", number.group(1)).replace("–", "-").rstrip(".") if number else "",
        issuer=issuer_of_heading(_left_column(region)),
        place=" ".join((date["place"] or "").split()) if date else "",
        issued=_calendar_date(date) if date else None,
        type=type_ or (LETTER if _LETTER_SUBJECT.search(region) else ""),
        subject_at=subject_at,
        end=end,
    )


def is_rule(line: str) -> bool:
    """Whether a line holds nothing but a drawn rule, or nothing."""
    return bool(_RULE.match(line))


def is_date_or_motto(line: str) -> bool:
    """Whether a line belongs to the right column of a heading."""
    return bool(_MOTTO_LINE.match(line) or (len(line) < _LONGEST_DATE_LINE and _DATE.match(line)))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _calendar_date(found: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _left_column(region: str) -> list[str]:
    """The lines of the issuer: capitals from the beginning to the first rule, number or motto after them."""
    lines: list[str] = []
    for line in region.splitlines()[:20]:
        line = _flat(line.split("\t")[0])
        if _MOTTO_LINE.match(line) or is_rule(line):
            if lines:
                break
            continue
        if not line.isupper() or line.startswith(("SỐ", "V/V")) or type_of_line(line):
            break
        lines.append(line)
    return lines


def _type_and_its_end(region: str) -> tuple[str, int]:
    """The type's name, which stands alone in one line or broken over two, and where it ends."""
    at = 0
    lines = region.splitlines(keepends=True)
    for line, following in pairwise([*lines, ""]):
        at += len(line)
        if type_ := type_of_line(line.strip()):
            return type_, at
        if line.isupper() and (type_ := type_of_line(f"{line.strip()} {following.strip()}")):
            return type_, at + len(following)
    return "", 0
