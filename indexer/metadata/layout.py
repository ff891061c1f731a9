"""The beginning of a document as lines, with the right column of its heading taken out.

The layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, has two columns: issuer and number on the left, motto (quốc hiệu),
place and date on the right. Readers give them in any of three orders (left then right, right then left, row by row),
and exports break lines anywhere. Motto and date are easily recognised wherever they stand; without them the three
orders look alike.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from indexer.metadata.letters import CAPITAL, CAPITALIZED
from indexer.metadata.misreadings import DIGITS, O_LIKE, differ_by_one, is_syllable, key
from indexer.metadata.motto import find_motto, find_second_line

_REGION = 6_000
# Usual misreadings of scans: I0, l6 for 10, 16.
_DIGITS = r"[\dIlOo\]|]{0,3}"
_EXTRA_STROKE = re.compile(r"(?<=\d)[Il|\]](?=\d)")
_PLACE = (
    rf"(?:(?:T[Pp]\.?\s?|Thành\s+phố\s+)?{CAPITALIZED}(?:\s+(?:-\s+)?{CAPITALIZED}){{0,5}}|(?:Quận|Phường)\s\d{{1,2}})"
)
_WORN_WORD = r"[^\W\d_]{1,5}(?:\s[^\W\d_]{1,4})??"
_DATE = re.compile(
    rf"^[ ]*(?P<number>[Ss][{O_LIKE}]\s?(?:[:.;]|(?=\d))[^\n]{{0,50}}?\s)?"
    rf"(?:(?P<place>{_PLACE})\s*[,.]?\s*)?"
    rf"[Nn]g[àaáảãạ]y\s*(?:(?P<day>{_DIGITS})\s*th[áaàảãạắấ]ng\s*(?P<month>{_DIGITS})[\s_.,]*n[ăaâãắằẳẵặ]m\s*"
    r"|(?P<d>\d\d?)[/.-](?P<m>\d\d?)[/.-])"
    r"(?P<year>[\dIlOo]{4})[^\w\n]*$",
    re.MULTILINE,
)
_DATE_IN_CAPITALS = re.compile(
    rf"^[ ]*(?P<number>SỐ\s?:[^\n]{{0,50}}?\s)?"
    rf"(?:(?P<place>[{CAPITAL}]{{2,7}}(?:[ ][{CAPITAL}]{{2,7}}){{0,5}})\s*,\s*)?"
    rf"NGÀY\s*(?P<day>{_DIGITS})\s*THÁNG\s*(?P<month>{_DIGITS})\s*NĂM\s*(?P<year>\d{{4}})[^\w\n]*$",
    re.MULTILINE,
)
# Where letters of the three words were misread or torn apart: `ugày 01 thán g 12 uăm 2025`.
_WORN_DATE = re.compile(
    rf"^[ ]*(?:(?P<place>{_PLACE})\s*[,.]?\s*)?(?P<ngay>{_WORN_WORD})\s*(?P<day>{_DIGITS})\s*"
    rf"(?P<thang>{_WORN_WORD})\s*(?P<month>{_DIGITS})\s*(?P<nam>{_WORN_WORD})\s*(?P<year>[\dIlOo]{{4}})[^\w\n]*$",
    re.MULTILINE,
)
_DATE_WORDS = ("ngay", "thang", "nam")
_MISREAD_WORDS = 2  # of the three, by a letter each
# What the edge of a seal or a speck leaves between the lines: a letter or two that are no syllable, or a sign.
_LEFTOVER = re.compile(
    r"(?<!\w[-/–]\n)^(?![Vv]\s?/)[^\w\n]{0,3}(?:[^\W\d_]{1,2}|[^\W\d_] [^\W\d_]|\d(?=/)|[^\w\s\-–—=*.#])[^\w\n]{0,3}\n",
    re.MULTILINE,
)
# Where the heading is over: legal grounds, addressees, the first article or chapter.
_BODY = re.compile(
    r"^[ #*]*(?:(?:Căn|CĂN)\s+(?:cứ|CỨ)|Kính\s+(?:gửi|gởi|mời)|K[^\W\d_]{2,4}\s+[gG][^\W\d_]i\s*:"
    r"|(?:Điều|ĐIỀU)\s+1\b|(?:Chương|CHƯƠNG)\s+I\b"
    r"|Xét\s+đề\s+nghị|Nơi\s+nhận)",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+")
_ONE_LETTER_WORDS = frozenset("ÝýYỞởÔôỔổ")
_DECORATION = " #*_\u00a0"


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a document.

    Attributes:
        lines: From the beginning to where the body begins; empty where motto and date stood.
        motto: The index of the line where the motto stood, or None.
        end: Where in the text the body begins; 0 when it begins at once.
        whole: Whether the beginning of the body was found, so that everything before it belongs to the heading.
        place: Địa danh.
        issued: Ngày ban hành.
        dated: The index of the line where place and date stood, or None.
    """

    lines: tuple[str, ...]
    motto: int | None
    end: int
    whole: bool
    place: str
    issued: datetime.date | None
    dated: int | None = None


def open_document(text: str) -> Opening:
    """Cut a normalized text where its body begins and take motto and date out."""
    region = text[:_REGION].replace("\t", "\n")
    body = _BODY.search(region)
    end = body.start() if body else len(region)
    region = _LEFTOVER.sub(_without_leftover, region[:end])
    motto = find_motto(region)
    if motto:
        region = _without(region, *motto)
        if second := find_second_line(region):
            region = _without(region, *second)
    date = _DATE.search(region) or _DATE_IN_CAPITALS.search(region) or _worn_date(region)
    if date:
        region = _without(region, _after_number(date), date.end())
    return Opening(
        lines=tuple(" ".join(line.split()).strip(_DECORATION) for line in region.split("\n")),
        motto=region.count("\n", 0, motto[0]) if motto else None,
        end=end,
        whole=body is not None,
        place=_place(date["place"] or "") if date else "",
        issued=_calendar_date(date) if date else None,
        dated=region.count("\n", 0, date.start()) if date else None,
    )


def _after_number(date: re.Match[str]) -> int:
    """Where a date begins, after the number that stands in the same row."""
    return max(date.start(), date.end("number")) if "number" in date.re.groupindex else date.start()


def _without_leftover(line: re.Match[str]) -> str:
    words = [word for word in _WORD.findall(line.group()) if len(word) > 1 or word in _ONE_LETTER_WORDS]
    return line.group() if any(map(is_syllable, words)) else ""


def _worn_date(region: str) -> re.Match[str] | None:
    """A date whose words are hard to read: at least one of the three is whole, the others but for a letter."""
    for found in _WORN_DATE.finditer(region):
        words = [key(found[word]).replace(" ", "") for word in _DATE_WORDS]
        right = sum(word == wanted for word, wanted in zip(words, _DATE_WORDS, strict=True))
        if right >= len(words) - _MISREAD_WORDS and all(map(differ_by_one, words, _DATE_WORDS)):
            return found
    return None


def _without(region: str, start: int, end: int) -> str:
    """The region with line ends in place of a span, so that what stood on either side stays apart and in its place."""
    return region[:start] + "\n" * (end - start) + region[end:]


def _place(written: str) -> str:
    words = written.title().split() if written.isupper() else written.split()
    half = len(words) // 2
    # The end of the line before, as in “… tỉnh / Bắc Ninh / Bắc Ninh, ngày …”, was taken for a part of the name.
    return " ".join(words[half:] if words[:half] == words[half:] else words)


def _calendar_date(found: re.Match[str]) -> datetime.date | None:
    parts = found.groupdict("")
    day, month = parts["day"] or parts.get("d", ""), parts["month"] or parts.get("m", "")
    # Of three characters, one between two digits is no digit: `1l6`.
    day, month = (_EXTRA_STROKE.sub("", part) if len(part) > 2 else part for part in (day, month))
    try:
        return datetime.date(*(int(part.translate(DIGITS)) for part in (found["year"], month, day)))
    except ValueError:
        return None
