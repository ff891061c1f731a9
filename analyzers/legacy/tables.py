"""What each legacy encoding (bảng mã cũ) writes for each Vietnamese letter.

TCVN3 and VNI are bytes that fonts show as Vietnamese. A program that does not know the font takes them for
Windows-1252, so the tables are from the characters that come out there, which from 0xA0 up are those of Latin-1.
"""

from __future__ import annotations

import enum
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from analyzers.spelling import TONES


class Legacy(enum.Enum):
    """A legacy encoding, by the name that people know it under."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI Windows"
    VIQR = "VIQR"


# TCVN 5712:1993, bộ mã ký tự VN3: where a run of codes begins, and its letters. Capitals with a tone have no code: a
# font of capitals (.VnTimeH) shows the small letters' codes.
_TCVN3_RUNS = (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
    (0xB5, "àảãáạ"),
    (0xBB, "ằẳẵắ"),
    (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"),
    (0xDC, "ĩíịò"),
    (0xE1, "ỏõóọồổỗốộờởỡớợù"),
    (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
)

# VNI Software's table for Windows fonts: a base letter and, after it, a character for what it carries. Columns: no
# tone, sắc, huyền, hỏi, ngã, nặng.
_VNI_COLUMNS = ("", *TONES.values())
_VNI_MARKS = (
    ("aeouy", "", "-ùøûõï"),
    ("aeo", "\u0302", "âáàåãä"),
    ("a", "\u0306", "êéèúüë"),
)
# Letters that are one character; ơ and ư take tones as the base letters do.
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_HORNED = "ôö"

# RFC 1456, section 4 (VIQR).
_VIQR_QUALITIES = (("aeiouy", "", ""), ("aeo", "^", "\u0302"), ("a", "(", "\u0306"), ("ou", "+", "\u031b"))
_VIQR_TONES = {"sắc": "'", "huyền": "`", "hỏi": "?", "ngã": "~", "nặng": "."}
_VIQR_MARKS = "^(+'`?~.dD\\"


def _tcvn3() -> Iterator[tuple[str, str]]:
    for first, letters in _TCVN3_RUNS:
        yield from ((chr(code), letter) for code, letter in enumerate(letters, first))


def _vni() -> Iterator[tuple[str, str]]:
    for written, letter in _VNI_SINGLE.items():
        yield written, letter
        yield written.upper(), letter.upper()
    for bases, quality, marks in _VNI_MARKS:
        for base, (tone, mark) in itertools.product(bases, zip(_VNI_COLUMNS, marks, strict=True)):
            if mark != "-":
                yield from _vni_both_cases(base, mark, base + quality + tone)
    for base, (tone, mark) in itertools.product(_VNI_HORNED, zip(_VNI_COLUMNS, _VNI_MARKS[0][2], strict=True)):
        if mark != "-":
            yield from _vni_both_cases(base, mark, _VNI_SINGLE[base] + tone)


def _vni_both_cases(base: str, mark: str, letter: str) -> Iterator[tuple[str, str]]:
    """The base letter's case is the letter's; people typed marks of either case after a capital."""
    small = unicodedata.normalize("NFC", letter)
    yield base + mark, small
    yield base.upper() + mark.upper(), small.upper()
    yield base.upper() + mark, small.upper()


def _viqr() -> Iterator[tuple[str, str]]:
    tones = {"": "", **{sign: TONES[name] for name, sign in _VIQR_TONES.items()}}
    for bases, mark, quality in _VIQR_QUALITIES:
        for base, (sign, tone) in itertools.product(bases + bases.upper(), tones.items()):
            if mark or sign:
                yield base + mark + sign, unicodedata.normalize("NFC", base + quality + tone)
    yield from (("dd", "đ"), ("DD", "Đ"), ("Dd", "Đ"))
    yield from (("\\" + mark, mark) for mark in _VIQR_MARKS)


TABLES: Mapping[Legacy, Mapping[str, str]] = MappingProxyType(
    {
        Legacy.TCVN3: MappingProxyType(dict(_tcvn3())),
        Legacy.VNI: MappingProxyType(dict(_vni())),
        Legacy.VIQR: MappingProxyType(dict(_viqr())),
    }
)
"""For each encoding, what it writes to the letter in Unicode NFC."""

_PATTERNS = {
    legacy: re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))
    for legacy, table in TABLES.items()
}


def letters_of(written: str, legacy: Legacy) -> str:
    """A piece of text read in an encoding, letter by letter; what the encoding does not have stays."""
    table = TABLES[legacy]
    return _PATTERNS[legacy].sub(lambda match: table[match.group()], written)


def unknown_to(written: str, legacy: Legacy) -> str:
    """The characters of a piece of text that the encoding does not write."""
    return _PATTERNS[legacy].sub("", written)
