"""The heading (phần mở đầu): number, type, issuer, and where the subject stands."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, takewhile

from indexer.metadata.issuers import begins_body, display_name, issuer_of_heading
from indexer.metadata.layout import Opening
from indexer.metadata.marks import is_mark, mark_in, read_marks
from indexer.metadata.misreadings import DIGITS, LATIN, O_LIKE
from indexer.metadata.types import TYPES, type_and_rest, type_as_written, type_of_line

_FIGURE = r"(?=[IlO\]|]{0,5}\d)[\dIlO\]|]{1,6}(?:\.\d{1,3})?[a-zA-Z]?"
_ALL_MISREAD = r"(?:[IlO\]|]{1,3}(?=\s?[/-]))"  # no digit is left: `]]/QĐ-UBND`
_YEAR = r"(?=[\dIlO]*\d{2}|2)[\dIlO]{4}"
_PIECE = r"[A-ZĐ][^\W_]*(?:[&.][^\W_]+)*"
_SYMBOL = rf"{_PIECE}(?: ?[-–/]\s?{_PIECE}){{0,5}}"
_OF_CONTRACT = r"(?:[-–/]\s?(?:19|20)\d\d)?"  # the year stands last: `12/HĐLĐ-2023`
_AFTER_FIGURE = rf"\s?(?:/\s?{_YEAR}\s?)?[-–/]\s?{_SYMBOL}{_OF_CONTRACT}"
_WRITTEN = rf"{_FIGURE}{_AFTER_FIGURE}"
# `Số: 15/QĐ-UBND`; without a colon, or after a type (`Luật số: 59/2020/QH14`), only where the line ends with it.
_NUMBER = re.compile(
    rf"^[^\w\n]*(?:[S5][{O_LIKE}Ố]\s*[:.;]\s*(?P<after_colon>(?:{_FIGURE}|{_ALL_MISREAD}){_AFTER_FIGURE})"
    rf"|(?:(?:{'|'.join(TYPES)})\s+số|S[{O_LIKE}])\s*:?\s*(?P<alone>{_WRITTEN})$)",
    re.MULTILINE,
)
# As resolutions and decrees were headed until 2009: `NGHỊ ĐỊNH` / `CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 …`.
_OLD_TITLE = re.compile(
    rf"CỦA\s+(?P<issuer>[^\d\n]{{3,100}}?)\s+SỐ\s+(?P<number>{_WRITTEN})\s+"
    r"NGÀY\s+(?P<day>\d{1,2})\s+THÁNG\s+(?P<month>\d{1,2})\s+NĂM\s+(?P<year>\d{4})\s*",
    re.IGNORECASE,
)
_PLAIN = str.maketrans("–", "-") | LATIN
_SYMBOL_BEGIN = re.compile(r"[/-](?=[^\W\d_])")
# Codes that nothing else is: đ read as d or twice.
_MISREAD_CODES = (
    (re.compile(r"(?<=[/-])Q(?:D|ĐĐ|ĐD|DĐ)(?=-)"), "QĐ"),
    (re.compile(r"(?<=[/-])ND(?=-CP\b)"), "NĐ"),
    (re.compile(r"(?<=[/-])UB(?:NĐ|M[DĐ]|NO)\b"), "UBND"),
    (re.compile(r"(?<=[/-])HDN[DĐ]\b|(?<=[/-])HĐ[NM]D\b"), "HĐND"),
    (re.compile(r"(?<=[A-ZĐ]{2})l$"), "1"),
    (re.compile(r"(?<=/)OH(?=\d\d$)"), "QH"),
)
# The two commonest bodies, where a scan tore their letters apart.
_TORN = re.compile(r"(?<=[/-])(?:U ?B ?N ?D|H ?Đ ?N ?D)\b")
_FIGURES = re.compile(r"[\dIlO\]|]*\d[\dIlO\]|]*|^[IlO\]|]+")
_APPENDIX = re.compile(r"(?:PHỤ LỤC|Phụ lục|MẪU SỐ|Mẫu số|BIỂU MẪU|Biểu mẫu)\b")
ABOUT = r"(?:(?:V\s?[/íil1|]\s?[vy]|Về\s+việc)\b|V\s?/\s?[vy](?=[^\W\d_]))"
"""`V/v`, which opens a letter's subject, as written and as scans misread it."""
_LETTER = re.compile(rf"^\(?{ABOUT}", re.IGNORECASE | re.MULTILINE)
_RULE = re.compile(r"[\s_\-–—=*.#]*")
_NOT_ISSUER = re.compile(r"S[ỐOÓÔ]\b(?!\s[^\W\d_])|V/V|VỀ VIỆC")
_BESIDE_ISSUER = re.compile(r"\W*(?:BẢN\s+)?(?:DỰ THẢO|SAO)\b")
# What stands first in a heading is within so many lines of the motto or number.
_COLUMN_LINES = 12
_BARE_TYPE_WITHIN = 15
_MISREAD_LINES = 2
_SHORT = 60
_BROKEN_COLUMN = 6
_NEVER_IN_NAMES = frozenset({"Hợp đồng", "Biên bản", "Giấy mời", "Công điện"})
# Types that have no date in their heading, and the words that give it.
_DATED_WITHIN = frozenset({"Hợp đồng", "Biên bản"})
_TODAY = re.compile(r"^Hôm\s+nay[^\n]{0,30}ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _TypeLine:
    """Where a type's name stands.

    Attributes:
        type: The type.
        at: The line, the second one of two.
        rest: What follows in the same line, where the subject begins.
        mark: The degree of urgency that follows.
    """

    type: str
    at: int
    rest: str = ""
    mark: str = ""

    def under(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The lines in which the subject stands first."""
        return (*((self.rest,) if self.rest else ()), *lines[self.at + 1 :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a heading says; empty where it does not.

    Attributes:
        number: Số, ký hiệu, without white space.
        type: Tên loại.
        issuer: Cơ quan ban hành.
        place: Địa danh.
        issued: Ngày ban hành.
        urgency: Độ khẩn.
        secrecy: Độ mật.
        is_letter: Whether it has the form of a letter (công văn): `V/v` and no type's name.
        is_sure: Whether it is the heading of a whole document: not of an appendix.
        under: The lines after the type's name, or after `V/v`, in which the subject stands first.
    """

    number: str = ""
    type: str = ""
    issuer: str = ""
    place: str = ""
    issued: datetime.date | None = None
    urgency: str = ""
    secrecy: str = ""
    is_letter: bool = False
    is_sure: bool = False
    under: tuple[str, ...] = ()


def read_heading(opening: Opening) -> Heading | None:
    """The heading of a document, or None where a text begins with none: no motto, no number, no type's name.

    An appendix in a file of its own has a title and nothing more; the document that it names is another one.
    """
    lines = opening.lines
    first = next((at for at, line in enumerate(lines) if not is_rule(line)), None)
    if first is None:
        return None
    if _APPENDIX.match(lines[first]):
        return Heading(under=lines[first + 1 :])
    joined = _TORN.sub(lambda torn: torn.group().replace(" ", ""), "\n".join(lines))
    number = _NUMBER.search(joined)
    number_at = joined.count("\n", 0, number.start()) if number else None
    if opening.motto is None and number_at is not None and not _may_stand_before_number(lines[first:number_at]):
        number = number_at = None
    motto = opening.motto
    if motto is None and number_at is None and _has_place_and_date(opening, first):
        motto = opening.dated
    type_ = _type(lines, first, motto, number_at)
    if motto is None and number_at is None and not type_:
        return None
    letter = None if type_ else _LETTER.search(joined)
    under = type_.under(lines) if type_ else tuple(joined[letter.start() :].split("\n")) if letter else ()
    urgency, secrecy = read_marks(lines)
    heading = Heading(
        number=tidy_number(number["after_colon"] or number["alone"]) if number else "",
        type=type_.type if type_ else "",
        issuer=issuer_of_heading(_left_column(lines, motto, number_at, type_.at if type_ else None)),
        place=opening.place,
        issued=opening.issued or (_day_of_meeting(under) if type_ and type_.type in _DATED_WITHIN else None),
        urgency=urgency or (type_.mark if type_ else ""),
        secrecy=secrecy,
        is_letter=letter is not None,
        is_sure=True,
        under=under,
    )
    return _with_old_title(heading)


def tidy_number(written: str) -> str:
    """A number without white space, with plain hyphens, Latin letters, and what scans misread put right."""
    number = "".join(written.split()).translate(_PLAIN).rstrip(".")
    symbol = _SYMBOL_BEGIN.search(number)
    end = symbol.start() if symbol else 0
    number = _FIGURES.sub(lambda figure: figure.group().translate(DIGITS), number[:end]) + number[end:]
    for misread, code in _MISREAD_CODES:
        number = misread.sub(code, number)
    return number


def is_rule(line: str) -> bool:
    """Whether a line holds nothing but a drawn rule, or nothing."""
    return _RULE.fullmatch(line) is not None


def _type(lines: tuple[str, ...], first: int, motto: int | None, number: int | None) -> _TypeLine | None:
    """Where the type's name stands: alone in one line, broken over two, else in small letters or with words after it.

    Without motto and number only a name that opens the text is believed: further down it is part of the body.
    """
    last = len(lines) if motto is not None or number is not None else min(len(lines), first + _BARE_TYPE_WITHIN)
    for at in range(first, last):
        if not lines[at].isupper():
            continue
        if type_ := type_of_line(lines[at]):
            return _TypeLine(type_, at)
        if at + 1 < last and (type_ := type_of_line(f"{lines[at]} {lines[at + 1]}")):
            return _TypeLine(type_, at + 1)
    return None if motto is None else _unusual_type(lines, motto, number)


def _unusual_type(lines: tuple[str, ...], motto: int, number: int | None) -> _TypeLine | None:
    """`Quyết định` alone, as word processors store a font's capitals, or `BIÊN BẢN HỌP`, `CÔNG ĐIỆN KHẨN`.

    It stands soon after the number: before it are the names of bodies, which have such words in them.
    """
    written = (at for at in range(max(motto, number or 0), len(lines)) if not is_rule(lines[at]))
    for at in (*range(motto, max(motto, number or 0)), *islice(written, _BARE_TYPE_WITHIN)):
        is_under = number is None or at > number
        if is_under and (type_ := type_as_written(lines[at])):
            return _TypeLine(type_, at)
        if _LETTER.match(lines[at]):
            break
        type_, rest = type_and_rest(lines[at]) if lines[at].isupper() else ("", "")
        if type_ and (is_under or type_ in _NEVER_IN_NAMES):
            return _TypeLine(type_, at, mark=mark_in(rest)) if mark_in(rest) else _TypeLine(type_, at, rest=rest)
    return None


def _has_place_and_date(opening: Opening, first: int) -> bool:
    """Whether a line of place and date, with nothing but a body's name before it, stands for motto and number."""
    before = opening.lines[first : opening.dated] if opening.dated is not None and opening.place else ()
    return len(before) > 0 and begins_body(before[0].capitalize()) and _may_stand_before_number(before)


def _may_stand_before_number(lines: tuple[str, ...]) -> bool:
    """Whether lines without a motto may be a heading's (a scan's motto may be misread), and not those of a body."""
    written = [line for line in lines if not is_rule(line)]
    others = [line for line in written if not line.isupper()]
    return len(written) <= _COLUMN_LINES and len(others) <= _MISREAD_LINES and max(map(len, others), default=0) < _SHORT


def _left_column(lines: tuple[str, ...], motto: int | None, number: int | None, type_: int | None) -> list[str]:
    """The lines that name the issuer: in capitals, before the motto or number; else, or as well, after the motto."""
    anchors = [at for at in (motto, number, type_) if at is not None]
    if not anchors:
        return []
    anchor = min(anchors)
    before, after = lines[max(0, anchor - _COLUMN_LINES) : anchor], lines[motto:] if motto is not None else ()
    column = [*reversed(_while_issuer(reversed(before))), *_while_issuer(after)]
    if column or motto is None:
        return column
    return _column_in_small(before) or _column_in_small(lines[motto:number])


def _while_issuer(lines: Iterable[str]) -> list[str]:
    written = islice((line for line in lines if not _stands_beside(line)), _COLUMN_LINES)
    return list(takewhile(_may_name_issuer, written))


def _column_in_small(lines: Iterable[str]) -> list[str]:
    """The column as word processors store a font's capitals (`Ủy ban nhân dân`), or with a letter misread in small."""
    column = [line for line in lines if not _stands_beside(line)]
    is_column = 0 < len(column) <= _BROKEN_COLUMN and begins_body(column[0].capitalize())
    return column if is_column and all(len(line) < _SHORT and line[-1].isalpha() for line in column) else []


def _stands_beside(line: str) -> bool:
    """Whether a line is a rule, or a stamp such as `DỰ THẢO` and `HỎA TỐC`: it may stand amid an issuer's lines."""
    return is_rule(line) or is_mark(line) or (line.isupper() and _BESIDE_ISSUER.match(line) is not None)


def _may_name_issuer(line: str) -> bool:
    if not line.isupper() or _NOT_ISSUER.match(line):
        return False
    return not type_of_line(line) and not type_of_line(f"{line} ĐỊNH")


def _day_of_meeting(under: tuple[str, ...]) -> datetime.date | None:
    today = _TODAY.search("\n".join(under))
    return _date(*today.groups()) if today else None


def _with_old_title(heading: Heading) -> Heading:
    """The heading with what the lines under the type say of whose document it is, its number and its date."""
    under = "\n".join(heading.under)
    title = _OLD_TITLE.match(under)
    if title is None:
        return heading
    return dataclasses.replace(
        heading,
        number=heading.number or tidy_number(title["number"]),
        issuer=heading.issuer or display_name(title["issuer"]),
        issued=heading.issued or _date(title["day"], title["month"], title["year"]),
        under=tuple(under[title.end() :].split("\n")),
    )


def _date(day: str, month: str, year: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
