"""What Tesseract usually misreads in official documents and what only one reading is possible for."""

from __future__ import annotations

import re
from collections.abc import Callable

# Shapes taken for figures where nothing but figures can stand.
_FIGURES = str.maketrans("IlÌ|][!oO§B", "11111110088")
_SHAPE = r"[\dIlÌ|\]\[!oO§B]"
_DAY_MONTH = re.compile(
    rf"\b(ngày)[ \t]*({_SHAPE}{{1,2}})[ \t]*(tháng)[ \t]*({_SHAPE}{{1,2}})[ \t]*(năm)\b", re.IGNORECASE
)
_YEAR = re.compile(rf"(\btháng \d\d? năm)[ \t]*({_SHAPE}{{4}})(?!\w)", re.IGNORECASE)
_SLASHED = re.compile(rf"(?<![\w/])({_SHAPE}{{1,2}})/({_SHAPE}{{1,2}})/((?:19|2[0oO]){_SHAPE}{{2}})(?!\w)")
_NUMBER = re.compile(rf"(?<!\w)([Ss][ốỐôóÔ])([ \t]*:?[ \t]*)({_SHAPE}{{1,5}})[ \t]*/[ \t]*(?=[\dA-ZĐ])")
# `QĐ` and `NĐ` stand before a hyphen; their Đ is read as D, or twice with the hyphen's beginning.
_CODE = re.compile(r"(?<=/)([QON])([ĐD]{1,2})\s?-\s?(?=[A-ZĐ])")
# The diphthong before a final consonant is iê, yê, never ie, ye; gi- is a consonant with its own vowel.
_DIPHTHONG = re.compile(r"(?<![gG])([iI]|[uU][yY])([éèẻẽẹÉÈẺẼẸ])(?=[cmnptuCMNPTU])")
_WITH_HAT = str.maketrans("éèẻẽẹÉÈẺẼẸ", "ếềểễệẾỀỂỄỆ")
_LAST_DAY, _LAST_MONTH = 31, 12


def repaired(text: str) -> str:
    """The text with figures in numbers and dates, `QĐ`, `NĐ` and the diphthongs iê, yê put right.

    Nothing is changed that could be meant: `I0` becomes 10 only between `ngày` and `tháng` or before the stroke of a
    number, and a day or month that no calendar has stays as it was read.

    Args:
        text: In Unicode NFC.
    """
    for pattern, repair in _REPAIRS:
        text = pattern.sub(repair, text)
    return text


def _figures(shapes: str) -> str:
    return shapes.translate(_FIGURES)


def _is_day(day: str, month: str) -> bool:
    return 1 <= int(day) <= _LAST_DAY and 1 <= int(month) <= _LAST_MONTH


def _day_month(found: re.Match[str]) -> str:
    day, month = _figures(found[2]), _figures(found[4])
    return f"{found[1]} {day} {found[3]} {month} {found[5]}" if _is_day(day, month) else found[0]


def _year(found: re.Match[str]) -> str:
    return f"{found[1]} {_figures(found[2])}"


def _slashed(found: re.Match[str]) -> str:
    day, month, year = (_figures(part) for part in found.groups())
    return f"{day}/{month}/{year}" if _is_day(day, month) else found[0]


def _number(found: re.Match[str]) -> str:
    return f"{found[1][0]}ố{found[2].strip()} {_figures(found[3])}/"


def _code(found: re.Match[str]) -> str:
    return f"{found[1].replace('O', 'Q')}Đ-"


def _diphthong(found: re.Match[str]) -> str:
    return found[1] + found[2].translate(_WITH_HAT)


_REPAIRS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_DAY_MONTH, _day_month),
    (_YEAR, _year),
    (_SLASHED, _slashed),
    (_NUMBER, _number),
    (_CODE, _code),
    (_DIPHTHONG, _diphthong),
)
