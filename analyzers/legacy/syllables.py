"""Whether text reads as Vietnamese, word by word."""

from __future__ import annotations

import re

from analyzers.spelling import TONES, split_syllable, take_tone

_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile("[A-ZĐĂÂÊÔƠƯ]+")
_STOPPED = ("c", "ch", "p", "t")
_TONES_OF_STOPPED = frozenset({"", TONES["sắc"], TONES["nặng"]})


def is_syllable(word: str) -> bool:
    """Whether a word is spelled as a Vietnamese syllable, its tone one that its end allows (âm tiết khép)."""
    letters, tone = take_tone(word.lower())
    parts = split_syllable(letters)
    return parts is not None and (tone in _TONES_OF_STOPPED or not parts[1].endswith(_STOPPED))


def reads_as_vietnamese(text: str) -> bool:
    """Whether every word with marks is a syllable, or capitals without tones as in QĐ."""
    return all(word.isascii() or _ABBREVIATION.fullmatch(word) or is_syllable(word) for word in _WORD.findall(text))
