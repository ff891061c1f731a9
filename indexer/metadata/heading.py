"""The heading (phần mở đầu): number, type, issuer, and where the subject stands."""

from __future__ import annotations

import dataclasses
import datetime
import re
from dataclasses import dataclass

from indexer.metadata.issuers import display_name, issuer_of_heading
from indexer.metadata.layout import Opening
from indexer.metadata.marks import is_mark, read_marks
from indexer.metadata.misreadings import DIGITS, O_LIKE
from indexer.metadata.types import TYPES, type_of_line

_FIGURE = r"(?=[IlO]{0,5}\d)[\dIlO]{1,6}(?:\.\d{1,3})?[a-zA-Z]?"
_PIECE = r"[A-ZĐ][^\W_]*(?:[&.][^\W_]+)*"
_SYMBOL = rf"{_PIECE}(?: ?[-–/]\s?{_PIECE}){{0,5}}"
_WRITTEN = rf"{_FIGURE}\s?(?:/\s?\d{{4}}\s?)?[-–/]\s?{_SYMBOL}"
# `Số: 15/QĐ-UBND`; without a colon, or after a type (`Luật số: 59/2020/QH14`), only where the line ends with it.
_NUMBER = re.compile(
    rf"^[^\w\n]*(?:[S5][{O_LIKE}]\s*[:.;]\s*(?P<after_colon>{_WRITTEN})"
    rf"|(?:(?:{'|'.join(TYPES)})\s+số|S[{O_LIKE}])\s*:?\s*(?P<alone>{_WRITTEN})$)",
    re.MULTILINE,
)
# As resolutions and decrees were headed until 2009: `NGHỊ ĐỊNH` / `CỦA CHÍNH PHỦ SỐ 37/2007/NĐ-CP NGÀY 09 THÁNG 3 …`.
_OLD_TITLE = re.compile(
    rf"CỦA\s+(?P<issuer>[^\d\n]{{3,100}}?)\s+SỐ\s+(?P<number>{_WRITTEN})\s+"
    r"NGÀY\s+(?P<day>\d{1,2})\s+THÁNG\s+(?P<month>\d{1,2})\s+NĂM\s+(?P<year>\d{4})\s*"
)
_PLAIN = str.maketrans("–АВСЕНКМОРТХ", "-ABCEHKMOPTX")
_SYMBOL_BEGIN = re.compile(r"[/-](?=[^\W\d_])")
# Codes that nothing else is: đ read as d or twice.
_MISREAD_CODES = (
    (re.compile(r"(?<=[/-])Q(?:D|ĐĐ|ĐD|DĐ)(?=-)"), "QĐ"),
    (re.compile(r"(?<=[/-])ND(?=-CP\b)"), "NĐ"),
    (re.compile(r"(?<=[/-])UB(?:NĐ|M[DĐ]|NO)\b"), "UBND"),
    (re.compile(r"(?<=[/-])HDN[DĐ]\b"), "HĐND"),
)
_FIGURES = re.compile(r"[\dIlO]*\d[\dIlO]*|^[IlO]+(?=\d)")
_APPENDIX = re.compile(r"(?:PHỤ LỤC|Phụ lục|MẪU SỐ|Mẫu số|BIỂU MẪU|Biểu mẫu)\b")
ABOUT = r"(?:V\s?[/íil1|]\s?[vy]|Về\s+việc)\b"
"""`V/v`, which opens a letter's subject, as written and as scans misread it."""
_LETTER = re.compile(rf"^\(?{ABOUT}", re.IGNORECASE | re.MULTILINE)
_RULE = re.compile(r"[\s_\-–—=*.#]*")
_NOT_ISSUER = re.compile(r"SỐ\b|V/V|VỀ VIỆC|DỰ THẢO|BẢN SAO")
# What stands first in a heading is within so many lines of the motto or number.
_COLUMN_LINES = 12
_BARE_TYPE_WITHIN = 15
_MISREAD_LINES = 2
_SHORT = 60


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
    joined = "\n".join(lines)
    number = _NUMBER.search(joined)
    number_at = joined.count("\n", 0, number.start()) if number else None
    if opening.motto is None and number_at is not None and not _may_stand_before_number(lines[first:number_at]):
        number = number_at = None
    type_, under_at = _type(lines, first, opening.motto, number_at)
    if opening.motto is None and number_at is None and not type_:
        return None
    letter = None if type_ else _LETTER.search(joined)
    under = lines[under_at:] if type_ else tuple(joined[letter.start() :].split("\n")) if letter else ()
    urgency, secrecy = read_marks(lines)
    heading = Heading(
        number=tidy_number(number["after_colon"] or number["alone"]) if number else "",
        type=type_,
        issuer=issuer_of_heading(_left_column(lines, opening.motto, number_at, under_at)),
        place=opening.place,
        issued=opening.issued,
        urgency=urgency,
        secrecy=secrecy,
        is_letter=letter is not None,
        is_sure=True,
        under=under,
    )
    return heading if number else _with_old_title(heading)


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


def _type(lines: tuple[str, ...], first: int, motto: int | None, number: int | None) -> tuple[str, int]:
    """The type's name, alone in one line or broken over two, and the line after it.

    Without motto and number only a name that opens the text is believed: further down it is part of the body.
    """
    last = len(lines) if motto is not None or number is not None else min(len(lines), first + _BARE_TYPE_WITHIN)
    for at in range(first, last):
        if not lines[at].isupper():
            continue
        if type_ := type_of_line(lines[at]):
            return type_, at + 1
        if at + 1 < last and (type_ := type_of_line(f"{lines[at]} {lines[at + 1]}")):
            return type_, at + 2
    return "", 0


def _may_stand_before_number(lines: tuple[str, ...]) -> bool:
    """Whether lines without a motto may be a heading's (a scan's motto may be misread), and not those of a body."""
    written = [line for line in lines if not is_rule(line)]
    others = [line for line in written if not line.isupper()]
    return len(written) <= _COLUMN_LINES and len(others) <= _MISREAD_LINES and max(map(len, others), default=0) < _SHORT


def _left_column(lines: tuple[str, ...], motto: int | None, number: int | None, under: int) -> list[str]:
    """The lines that name the issuer: in capitals, before the motto or number; else, or as well, after the motto."""
    anchors = [at for at in (motto, number, under - 1 if under else None) if at is not None]
    if not anchors:
        return []
    anchor = min(anchors)
    column: list[str] = []
    for line in reversed(lines[max(0, anchor - _COLUMN_LINES) : anchor]):
        if not is_rule(line):
            if not _may_name_issuer(line):
                break
            column.insert(0, line)
    if motto is None:
        return column
    after = (line for line in lines[motto:] if not is_rule(line))
    for line, _ in zip(after, range(_COLUMN_LINES), strict=False):
        if not _may_name_issuer(line):
            break
        column.append(line)
    return column


def _may_name_issuer(line: str) -> bool:
    if not line.isupper() or _NOT_ISSUER.match(line) or is_mark(line):
        return False
    return not type_of_line(line) and not type_of_line(f"{line} ĐỊNH")


def _with_old_title(heading: Heading) -> Heading:
    under = "\n".join(heading.under)
    title = _OLD_TITLE.match(under)
    if title is None:
        return heading
    try:
        issued = datetime.date(int(title["year"]), int(title["month"]), int(title["day"]))
    except ValueError:
        issued = None
    return dataclasses.replace(
        heading,
        number=tidy_number(title["number"]),
        issuer=heading.issuer or display_name(title["issuer"]),
        issued=heading.issued or issued,
        under=tuple(under[title.end() :].split("\n")),
    )
