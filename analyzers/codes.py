"""Codes: document numbers (số, ký hiệu), dates, fractions and abbreviations that are one token each among words.

Word segmentation would take them apart (`15/2021/QĐ-UBND` into six units), so they are found before it. A code stands
in one run without white space; in one that is written with spaces or broken over two lines (`84 /QĐ-TTg`, `05 tháng 3
năm 2024`) the white space is first made `GLUE`. Amounts and decimal numbers (`1.234,56`) need nothing here, because
the segmentation model's own units keep them whole.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzers.tokens import MAX_TOKEN, syllable_texts

GLUE = "\ufdd0"
"""Stands for white space inside a code: one of the characters that Unicode keeps free for a program's own use."""

_PART = r"[^\W_]{1,16}"
_CAPITALS = r"[A-ZĐ]{2}[^\W_]{0,14}"
_SLASH = f"{GLUE}*/{GLUE}*"
_MONTH, _YEAR = (f"{GLUE}+(?i:{word}){GLUE}+" for word in ("tháng", "năm"))
_JOINT = f"{GLUE}*[-/&]{GLUE}*"
# Only a code's own characters and the word boundaries around it decide, so that it is found alike when it is cut out.
# In order: dates in figures and in words; numbers with a year (15/2021/QĐ-UBND); of the Party (05-CT/TW); without a
# year, by two capitals or a hyphen (84/QĐ-TTg, 1234/ubnd-kt); fractions (24/7, 15/2021); abbreviations (TT&TT).
_CODE = re.compile(
    rf"""(?<!\w)(?:
        (?P<day>\d{{1,2}})(?P<sign>[/.-])(?P<month>\d{{1,2}})(?P=sign)(?P<year>\d{{4}})
      | (?P<iso_year>\d{{4}})-(?P<iso_month>\d{{2}})-(?P<iso_day>\d{{2}})
      | (?P<written_day>\d{{1,2}}){_MONTH}(?P<written_month>\d{{1,2}}),?{_YEAR}(?P<written_year>\d{{4}})
      | \d{{1,6}}[a-zA-Z]?{_SLASH}\d{{4}}{_SLASH}{_PART}(?:{_JOINT}{_PART}){{0,5}}
      | \d{{1,6}}[a-zA-Z]?-{_CAPITALS}{_SLASH}{_PART}(?:{_JOINT}{_PART}){{0,5}}
      | \d{{1,6}}[a-zA-Z]?{_SLASH}{_CAPITALS}(?:{_JOINT}{_PART}){{0,5}}
      | \d{{1,6}}[a-zA-Z]?/[^\W\d_]{_PART}(?:-{_PART}){{1,5}}
      | \d{{1,8}}(?:/\d{{1,8}}){{1,3}}
      | (?:[A-ZĐ]{{1,8}}-){{0,2}}[A-ZĐ]{{1,8}}(?:&[A-ZĐ]{{1,8}}){{1,4}}
    )(?!\w)""",
    re.VERBOSE,
)
_MAY_HOLD_CODE = re.compile(rf"[-/.&{GLUE}]")
# A hyphen or slash may have white space on one side, never on both: `- ` between two spaces is a dash.
_LOOSE_SLASH = r"\s{0,3}/\s{0,3}"
_LOOSE_JOINT = rf"(?:\s{{0,3}}[-/]|[-/]\s{{1,3}}){_CAPITALS}"
# The digit comes first and looks behind itself, because the engine then skips quickly to the next digit.
_SPACED = re.compile(
    rf"""\d(?<![\w/]\d)(?:
        \d?\s+(?i:tháng)\s+\d{{1,2}},?\s+(?i:năm)\s+\d{{4}}
      | \d{{0,5}}[a-zA-Z]?{_LOOSE_SLASH}(?:\d{{4}}{_LOOSE_SLASH})?{_CAPITALS}(?:[-/&]{_PART}|{_LOOSE_JOINT}){{0,5}}
    )(?!\w)""",
    re.VERBOSE,
)
_WHITE_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Code:
    """A code in a text.

    Attributes:
        text: Its token: canonical syllables joined by `_` (`15_2021_qđ_ubnd`); a date as year, month, day
            (`2024_03_05`).
        start: Where it begins.
        end: Where it ends.
    """

    text: str
    start: int
    end: int


def codes(chunk: str) -> Iterator[Code]:
    """The codes in a normalized text without white space, in order. One whose token is too long is none."""
    for match in _CODE.finditer(chunk) if _MAY_HOLD_CODE.search(chunk) else ():
        text = _date_token(match) or "_".join(syllable_texts(match.group()))
        if len(text) <= MAX_TOKEN:
            yield Code(text, match.start(), match.end())


def glue(text: str) -> str:
    """A normalized text of the same length in which the white space inside codes is `GLUE`."""
    return _SPACED.sub(_glued, text)


def _glued(match: re.Match[str]) -> str:
    return _WHITE_SPACE.sub(GLUE, match.group())


def _date_token(match: re.Match[str]) -> str:
    groups = match.groupdict()
    for form in ("", "iso_", "written_"):
        if groups[f"{form}year"]:
            year, month, day = (int(groups[f"{form}{part}"]) for part in ("year", "month", "day"))
            return f"{year:04}_{month:02}_{day:02}" if _is_date(year, month, day) else ""
    return ""


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True
