"""Sentence case for a subject (trích yếu) that stands in capitals, with the body's own capitals for names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise

_LOOKED_AT = 12_000
_MOSTLY = 0.7
VOWEL = re.compile("[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
"""A letter that every word has and an abbreviation may lack."""

_WORD = re.compile(r"[^\W\d_]+")
# A word and the one before it, with at most a comma or dash between: no sentence begins in the middle.
_PAIR = re.compile(r"([^\W\d_]+),?\s+(?:[-–]\s+)?(?=([^\W\d_]+))")
_DASHES = ("-", "–")
# Codes, and abbreviations in brackets.
_KEPT = re.compile(r"[\d/&]|^\(\w+\)")
_ROMAN = re.compile(r"[IVX]+")
_QUOTES = ("“", '"', "‘")
_PLACE_FOLLOWS = frozenset({"tỉnh", "phố", "huyện", "quận", "xã", "phường", "trấn"})


def sentence_case(subject: str, text: str) -> str:
    """`PHÊ DUYỆT KẾ HOẠCH TỈNH BẮC NINH` → `Phê duyệt Kế hoạch tỉnh Bắc Ninh`, where the text writes it so.

    Args:
        subject: In capitals; one that is not is returned as it is.
        text: The document's text; only its beginning is looked at.
    """
    if not is_capitals(subject):
        return subject
    pairs = _pairs(text[:_LOOKED_AT], set(_WORD.findall(subject.lower())))
    written: list[str] = []
    before = ""
    words = subject.split(" ")
    for word, following in pairwise([*words, ""]):
        letters = _WORD.search(word)
        if letters and word.isupper() and not _KEPT.search(word):
            shown = _written(letters.group(), before, pairs)
            if word.startswith(_QUOTES) or (
                written[-1:] == [before] and before in _PLACE_FOLLOWS and _names_place(word, before, following, pairs)
            ):
                shown = shown[:1].upper() + shown[1:]
            written.append(word[: letters.start()] + shown + word[letters.end() :])
        else:
            written.append(word)
        bare = word.removesuffix(",")
        if bare not in _DASHES:
            before = bare.lower() if bare.isalpha() else ""
    result = " ".join(written)
    return result[:1].upper() + result[1:]


def is_capitals(line: str) -> bool:
    """Whether a line is in capitals, but for codes such as `QĐ-TTg`."""
    letters = [character for character in line if character.isalpha()]
    return sum(map(str.isupper, letters)) > _MOSTLY * len(letters)


def _pairs(text: str, words: set[str]) -> dict[tuple[str, str], str]:
    """How the text mostly writes these words after another one, leaving out what is in capitals altogether."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for before, word in _PAIR.findall(text):
        if (lower := word.lower()) in words and not (word.isupper() and before.isupper()):
            counts[before.lower(), lower][word] += 1
    return {pair: max(forms, key=forms.__getitem__) for pair, forms in counts.items()}


def _names_place(word: str, before: str, following: str, pairs: Mapping[tuple[str, str], str]) -> bool:
    """Whether a word after `tỉnh` begins a place's name: unknown there itself, but the next word is always a name."""
    if (before, word.lower()) in pairs:
        return False
    next_ = _WORD.search(following)
    return next_ is not None and pairs.get((word.lower(), next_.group().lower()), "")[:1].isupper()


def _written(word: str, before: str, pairs: Mapping[tuple[str, str], str]) -> str:
    known = pairs.get((before, word.lower()))
    if known is not None:
        return known
    is_abbreviation = not VOWEL.search(word) or _ROMAN.fullmatch(word)
    return word if is_abbreviation else word.lower()
