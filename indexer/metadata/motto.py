"""The motto (quốc hiệu và tiêu ngữ), which every heading has, whole or misread.

Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.1; for documents of the Party, Hướng dẫn 36-HD/VPTW, 2018.
"""

from __future__ import annotations

import re

from analyzers.folding import fold
from indexer.metadata.misreadings import differ_by_one, key

# Not what a subject says: “Hiệp định giữa Chính phủ nước Cộng hòa xã hội chủ nghĩa Việt Nam và …”.
_MOTTO = re.compile(
    r"(?<!NƯỚC\s)(?:C[ỘÔO]NG\s+H(?:[ÒÓO]A|O[ÀA])\s+X[ÃẢA]\s+H[ỘÔ]I\s+CH[ỦU]\s+NGH[ĨÍI]A\s+VI[ỆÊ]T\s+NAM"
    r"|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM$)",
    re.IGNORECASE | re.MULTILINE,
)
_SECOND_LINE = re.compile(r"[ĐD]ộc\s+lập\s*[-–—.]*\s*Tự\s+do\s*[-–—.]*\s*Hạnh\s+phúc", re.IGNORECASE)
_MOTTO_WORDS = ("cong", "hoa", "xa", "hoi", "chu", "nghia", "viet", "nam")
_SECOND_WORDS = ("doc", "lap", "tu", "do", "hanh", "phuc")
_STATE = "nuoc"
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_WORDS = 2  # so many of them may be beyond recognition
_SHORTEST = 3  # letters of a word of which one may be wrong
_WITHIN = 1_500


def find_motto(region: str) -> tuple[int, int] | None:
    """Where the motto stands in the beginning of a text, from and to; None without one."""
    if found := _MOTTO.search(region):
        return found.span()
    if run := _run(region, _MOTTO_WORDS):
        return run
    # In capitals only, which sentences are not: most texts without a motto are none's beginning.
    words = [word for word in _WORD.finditer(region, 0, _WITHIN) if word.group()[0].isupper()]
    return _sequence(words, _MOTTO_WORDS)


def find_second_line(region: str) -> tuple[int, int] | None:
    """The same for `Độc lập - Tự do - Hạnh phúc`."""
    if found := _SECOND_LINE.search(region):
        return found.span()
    if run := _run(region, _SECOND_WORDS):
        return run
    return _sequence(list(_WORD.finditer(region, 0, _WITHIN)), _SECOND_WORDS)


def _run(region: str, wanted: tuple[str, ...]) -> tuple[int, int] | None:
    """Where these words stand letter by letter, whatever white space lies between: run together or torn apart."""
    words = list(_WORD.finditer(region, 0, _WITHIN))
    letters = fold("".join(word.group() for word in words))
    at = [position for word in words for position in range(*word.span())]
    begin = letters.find("".join(wanted))
    if begin < 0 or len(letters) != len(at) or letters.endswith(_STATE, 0, begin) or not region[at[begin]].isupper():
        return None
    return at[begin], at[begin + sum(map(len, wanted)) - 1] + 1


def _sequence(words: list[re.Match[str]], wanted: tuple[str, ...]) -> tuple[int, int] | None:
    """Where these words stand one after another, on as many lines as they like, but for a few beyond recognition."""
    written = [key(word.group()) for word in words]
    for at in range(len(words) - len(wanted) + 1):
        if at and written[at - 1] == _STATE:
            continue
        same = sum(map(_is_same, written[at:], wanted))
        if same >= len(wanted) - _OTHER_WORDS:
            return words[at].start(), words[at + len(wanted) - 1].end()
    return None


def _is_same(written: str, wanted: str) -> bool:
    return written == wanted or (len(wanted) >= _SHORTEST and differ_by_one(written, wanted))
