"""What happens to a document's text between the paper and the index, made again on purpose and repeatably.

Each kind of noise is a function of a clean text and a random generator. The misreadings are those that recognition of
characters (OCR) makes of Vietnamese capitals and digits; the orders of lines are those in which PDF readers give the
two columns of a heading (Nghị định 30/2020/NĐ-CP, Phụ lục I).
"""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias

from indexer.metadata.letters import CAPITALIZED
from indexer.metadata.types import TYPES

Apply: TypeAlias = Callable[[str, random.Random], str]
"""A clean text, and the generator to draw from, to a noisy text."""


@dataclass(frozen=True, slots=True)
class Noise:
    """One kind of noise.

    Attributes:
        name: What it is called in the table.
        apply: How it is made.
        removed: Fields whose value is not in the text any more; to leave them empty is right.
    """

    name: str
    apply: Apply
    removed: frozenset[str] = frozenset()


# What a heading's parts look like in a clean text; each may be broken over lines.
_MOTTO = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM")
_SECOND_LINE = re.compile(r"Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc", re.IGNORECASE)
_DATE = re.compile(
    rf"^(?:Thành\s+phố\s+|TP\.?\s*)?{CAPITALIZED}(?:\s+{CAPITALIZED}){{0,3}},\s+ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{{4}}$",
    re.MULTILINE,
)
_NUMBER = re.compile(r"^(?:[^\W\d_]+ ){0,3}số:?\s+\S+[/-]\S+$", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"[\s_\-–*=.]*")
_TYPE_NAMES = frozenset(name.upper() for name in TYPES)
_RECIPIENTS = re.compile(r"^\s*Nơi nhận", re.MULTILINE)
_HEADING_LINES = 30

# Words of the layout itself, whose misreading must not matter.
_FIXED = re.compile(
    r"\b(?:CỘNG|HÒA|HOÀ|XÃ|HỘI|CHỦ|NGHĨA|VIỆT|NAM|Độc|lập|Tự|Hạnh|phúc|Số|tháng|năm|ngày|Nơi|nhận|Kính|gửi"
    r"|QUYẾT|ĐỊNH|NGHỊ|THÔNG|TƯ|CHỈ|THỊ|KẾ|HOẠCH|BÁO|CÁO|CÔNG|ĐIỆN|TỊCH|PHÓ|BỘ|TRƯỞNG|THỨ|GIÁM|ĐỐC|CỤC|ỦY|BAN|NHÂN|DÂN)\b"
)
_MISREAD = {
    "Ế": "É",
    "Đ": "ĐÐ",
    "Ộ": "Ô",
    "Ủ": "U",
    "Ị": "I",
    "Ỉ": "Ĩ",
    "Ó": "O",
    "Ớ": "Ó",
    "Ở": "Ỏ",
    "Ứ": "Ú",
    "Ã": "Ä",
}
_MISREAD |= {"ố": "ó", "ế": "é", "ậ": "ạ", "ơ": "o", "ă": "ã", "á": "ả", "ử": "ừ", "à": "ả"}
_DIGITS = {"10": "I0", "16": "l6", "11": "]]", "1": "l", "0": "O"}
_DIGIT = re.compile("|".join(_DIGITS))
_LETTERS = {
    "l": "I",
    "i": "ì",
    "n": "u",
    "u": "n",
    "h": "b",
    "c": "e",
    "e": "c",
    "m": "rn",
    "O": "0",
    "I": "l",
    "N": "M",
}
_STAMP = ("ÂN", "8/", "☆", "Ủ T", "y", "|", "S", "* N", "OÀ", "..", "A/", "TÌ", "~", "NH /")
_HEADERS = (
    "CÔNG BÁO/Số 327 + 328/Ngày 02-02-2023 17",
    "2",
    "Trang 1/7",
    "- 1 -",
    "www.congbao.chinhphu.vn",
    "DocId: 88213",
)
_SIGNING = (
    "Ký bởi: Văn phòng; Email: vanthu@example.gov.vn; Cơ quan: Tỉnh Bình An; Ngày ký: 08-03-2024 15:32:10 +07:00",
    "Người ký: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ\nEmail: thongtin@example.gov.vn\nCơ quan: VĂN PHÒNG\n"
    "Thời gian ký: 08.03.2024 15:32:10 +07:00",
    "Signature Not Verified\nKý bởi: Văn phòng\nNgày ký: 08/03/2024 15:32:10",
)
_LOST_MARKS, _CHANGED_LETTERS, _JOINED, _SPLIT, _STAMPED, _SPACED, _MISREAD_WORDS = (
    0.15,
    0.01,
    0.04,
    0.02,
    0.3,
    0.2,
    0.3,
)


def _per(text: str, pattern: re.Pattern[str], share: float, change: Callable[[str], str], draw: random.Random) -> str:
    """The text with a share of the places that a pattern finds changed."""
    return pattern.sub(lambda found: change(found.group()) if draw.random() < share else found.group(), text)


def _misread_digits(text: str, draw: random.Random) -> str:
    """Digits of the number and the date of the heading read as letters."""
    lines = text.split("\n")
    for at, line in enumerate(lines[:_HEADING_LINES]):
        if re.search(r"^Số|\btháng\b|\bnăm\b|^\d\S*/", line):
            lines[at] = _per(line, _DIGIT, 0.4, _DIGITS.__getitem__, draw)
    return "\n".join(lines)


def _misread_words(text: str, draw: random.Random) -> str:
    """Marks of the layout's fixed words read as others: `QUYÉT`, `PHO`."""
    return _per(
        text, _FIXED, _MISREAD_WORDS, lambda word: "".join(_MISREAD.get(letter, letter) for letter in word), draw
    )


def _lose_marks(text: str, draw: random.Random) -> str:
    return _per(text, re.compile(r"[^\W\d_]+"), _LOST_MARKS, _without_marks, draw)


def _without_marks(word: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return letters.replace("đ", "d").replace("Đ", "D")


def _change_letters(text: str, draw: random.Random) -> str:
    return _per(text, re.compile("|".join(_LETTERS)), 5 * _CHANGED_LETTERS, _LETTERS.__getitem__, draw)


def _join_words(text: str, draw: random.Random) -> str:
    return _per(text, re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])"), _JOINED, lambda _: "", draw)


def _split_words(text: str, draw: random.Random) -> str:
    return _per(text, re.compile(r"(?<=[^\W\d_]{2})(?=[^\W\d_])"), _SPLIT, lambda _: " ", draw)


def _stamp(text: str, draw: random.Random) -> str:
    """Letters from a seal's edge between the lines of heading and foot."""
    foot = _foot_line(text)
    made: list[str] = []
    for at, line in enumerate(text.split("\n")):
        made.append(line)
        if (at < _HEADING_LINES or at >= foot) and draw.random() < _STAMPED:
            made.append(draw.choice(_STAMP))
    return "\n".join(made)


def _foot_line(text: str) -> int:
    found = _RECIPIENTS.search(text)
    return text.count("\n", 0, found.start()) if found else max(0, text.count("\n") - _HEADING_LINES)


def _break_lines(text: str, draw: random.Random) -> str:
    """Lines broken at a width that is another one for each paragraph."""
    return "\n".join(
        textwrap.fill(line, draw.randint(14, 70), break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


def _space(text: str, draw: random.Random) -> str:
    return _per(text, re.compile(" "), _SPACED, lambda _: draw.choice(("  ", "\t", "\u00a0", "   ")), draw)


def _space_wide(text: str, draw: random.Random) -> str:
    return _per(text, re.compile(" "), _SPACED, lambda _: draw.choice(("  ", "\u00a0", "     ")), draw)


def _icelandic(text: str, draw: random.Random) -> str:
    return _per(text, re.compile("Đ"), 0.5, lambda _: "Ð", draw)


def _cyrillic(text: str, draw: random.Random) -> str:
    table = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
    return _per(text, re.compile(r"(?<=[/-])[A-ZĐ-]+"), 0.5, lambda symbol: symbol.translate(table), draw)


def _decompose(text: str, draw: random.Random) -> str:
    del draw
    return unicodedata.normalize("NFD", text)


def _small_heading(text: str, draw: random.Random) -> str:
    """The issuer and the type in small letters: `Ủy ban nhân dân`, `Quyết định`."""
    del draw
    lines = text.split("\n")
    for at, line in enumerate(lines[: _type_line(lines) + 1]):
        if line.isupper() and not any(map(str.isdigit, line)) and not _MOTTO.search(line):
            lines[at] = line.capitalize()
    return "\n".join(lines)


def _capitals(text: str, draw: random.Random) -> str:
    """The whole heading, and the signer's name, in capitals."""
    del draw
    lines = text.split("\n")
    end = _type_line(lines)
    lines[:end] = [line if _NUMBER.match(line) else line.upper() for line in lines[:end]]
    return "\n".join(lines)


def _type_line(lines: Sequence[str]) -> int:
    """Where the type's name stands, or the first line of a letter's body."""
    return next(
        (at for at, line in enumerate(lines[:_HEADING_LINES]) if line in _TYPE_NAMES or line.startswith("Kính")),
        min(len(lines), 12),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a heading, each line of it whole, and the text after it."""

    issuer: list[str]
    number: str
    under: list[str]
    motto: list[str]
    date: str
    rest: str


def _parts(text: str) -> _Parts:
    lines = text.split("\n")
    end = _type_line(lines)
    region, found = "\n".join(lines[:end]), []
    for part in (_MOTTO, _SECOND_LINE, _DATE, _NUMBER):
        match = part.search(region)
        found.append(" ".join(match.group().split()) if match else "")
        if match:
            between = "\0" if part is _NUMBER else ""
            region = f"{region[: match.start()]}{between}{region[match.end() :]}"
    left = [line for line in region.split("\n") if not _RULE.fullmatch(line)]
    at = next((at for at, line in enumerate(left) if "\0" in line), len(left))
    return _Parts(left[:at], found[3], left[at + 1 :], found[:2], found[2], "\n".join(lines[end:]))


def _joined(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _left_first(text: str, draw: random.Random) -> str:
    del draw
    parts = _parts(text)
    return _joined(*parts.issuer, parts.number, *parts.under, *parts.motto, parts.date, parts.rest)


def _right_first(text: str, draw: random.Random) -> str:
    del draw
    parts = _parts(text)
    return _joined(*parts.motto, parts.date, *parts.issuer, parts.number, *parts.under, parts.rest)


def _by_rows(between: str) -> Apply:
    def apply(text: str, draw: random.Random) -> str:
        del draw
        parts = _parts(text)
        rows = [*zip_longest(parts.issuer, parts.motto), (parts.number, parts.date)]
        return _joined(*(between.join(filter(None, row)) for row in rows), *parts.under, parts.rest)

    return apply


def _without(*parts: re.Pattern[str]) -> Apply:
    def apply(text: str, draw: random.Random) -> str:
        del draw
        lines = text.split("\n")
        end = _type_line(lines)
        heading = "\n".join(lines[:end])
        for part in parts:
            heading = part.sub("", heading, count=1)
        return "\n".join((heading, *lines[end:]))

    return apply


def _without_issuer(text: str, draw: random.Random) -> str:
    del draw
    parts = _parts(text)
    return _joined(parts.number, *parts.under, *parts.motto, parts.date, parts.rest)


def _without_heading(text: str, draw: random.Random) -> str:
    """The text from where the body begins, as exports have it that lost their heading."""
    del draw
    lines = text.split("\n")
    end = _type_line(lines)
    return "\n".join(lines[end if lines[end].startswith("Kính") else end + 1 :])


def _scanned(text: str, draw: random.Random) -> str:
    """A scan of middling quality: row by row, with misreadings and what is left of the seal."""
    for apply in (_by_rows(" "), _row_foot, _misread_digits, _misread_words, _stamp):
        text = apply(text, draw)
    return text


def _without_recipients(text: str, draw: random.Random) -> str:
    del draw
    return re.sub(r"^\s*Nơi nhận:?\n(?:[-+].*\n)*", "", text, count=1, flags=re.MULTILINE)


def _paginate(text: str, draw: random.Random) -> str:
    """A running header before the heading and among the lines, page numbers after some forty of them."""
    made = [draw.choice(_HEADERS)]
    for at, line in enumerate(text.split("\n"), 1):
        made.append(line)
        if at % 40 == 0:
            made += [str(at // 40 + 1), draw.choice(_HEADERS)]
    return "\n".join(made)


def _sign(text: str, draw: random.Random) -> str:
    return f"{draw.choice(_SIGNING)}\n{text}"


def _row_foot(text: str, draw: random.Random) -> str:
    """Recipients and signature side by side, row by row."""
    del draw
    found = _RECIPIENTS.search(text)
    if found is None:
        return text
    lines = text[found.start() :].lstrip().split("\n")
    end = next((at for at, line in enumerate(lines[1:], 1) if not re.match("[-+]", line)), len(lines))
    rows, block = lines[:end], lines[end : end + 5]
    if not block or not block[0].isupper():
        return text
    joined = ["    ".join(filter(None, row)) for row in zip_longest(rows[: len(block)], block)]
    return "\n".join((text[: found.start()].rstrip(), *joined, *rows[len(block) :], *lines[end + 5 :]))


KINDS = (
    Noise("as it is", lambda text, _: text),
    Noise("digits misread", _misread_digits),
    Noise("words misread", _misread_words),
    Noise("marks lost", _lose_marks),
    Noise("letters misread", _change_letters),
    Noise("words joined", _join_words),
    Noise("words split", _split_words),
    Noise("stamp's letters", _stamp),
    Noise("lines broken", _break_lines),
    Noise("left column first", _left_first),
    Noise("right column first", _right_first),
    Noise("row by row, tabs", _by_rows("\t")),
    Noise("row by row, spaces", _by_rows("      ")),
    Noise("row by row, one space", _by_rows(" ")),
    Noise("foot row by row", _row_foot),
    Noise("no motto", _without(_MOTTO, _SECOND_LINE)),
    Noise("no number", _without(_NUMBER), frozenset({"number"})),
    Noise("no date", _without(_DATE), frozenset({"issued"})),
    Noise("no issuer", _without_issuer, frozenset({"issuer"})),
    Noise("no motto, no number", _without(_MOTTO, _SECOND_LINE, _NUMBER), frozenset({"number"})),
    Noise("no heading", _without_heading, frozenset({"number", "type", "issued", "issuer", "signer", "subject"})),
    Noise("no recipients", _without_recipients),
    Noise("headers and page numbers", _paginate),
    Noise("digital signature's stamp", _sign),
    Noise("spaces and tabs", _space),
    Noise("spaces", _space_wide),
    Noise("Ð for Đ", _icelandic),
    Noise("Cyrillic look-alikes", _cyrillic),
    Noise("decomposed Unicode", _decompose),
    Noise("all that a scan does", _scanned),
    Noise("heading in small letters", _small_heading),
    Noise("heading in capitals", _capitals),
)
