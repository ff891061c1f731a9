"""Telex keystrokes that reached the search box as they are, because the keyboard's Vietnamese mode was off.

Telex writes marks as letters: `aa` â, `aw` ă, `ee` ê, `oo` ô, `ow` ơ, `uw` or `w` ư, `dd` đ; and, after the vowel, `s`
sắc, `f` huyền, `r` hỏi, `x` ngã, `j` nặng. People type a mark beside its vowel (`tieesng`) or at the end of the
syllable (`tieengs`, `duongwf`); both are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.spelling import TONES, VOWELS, is_plain_syllable, split_syllable, with_tone

_TONES = {"s": TONES["sắc"], "f": TONES["huyền"], "r": TONES["hỏi"], "x": TONES["ngã"], "j": TONES["nặng"]}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_KEYS = re.compile(r"[a-z]{2,12}")
_LEAST_SHARE = 1 / 3


def read_telex(tokens: Sequence[str]) -> tuple[str, ...] | None:
    """A question typed in Telex, as it was meant; None when it does not look like Telex.

    Args:
        tokens: Lower-case tokens. It is Telex when none has a mark, and at least a third of its syllables, and two or
            all of them, are none as they stand but become some when read as Telex. What is no syllable either way
            (`tt`, `byt`) is kept and does not count.
    """
    if not all(token.isascii() for token in tokens):
        return None
    plain = [is_plain_syllable(token) for token in tokens]
    read = [read_syllable(token) for token in tokens]
    decoded = sum(1 for syllable, is_plain in zip(read, plain, strict=True) if syllable and not is_plain)
    syllables = decoded + sum(plain)
    # One alone may be a foreign word: “họp tax” is not about “tã”.
    if decoded < min(2, max(syllables, 1)) or decoded < syllables * _LEAST_SHARE:
        return None
    return tuple(
        syllable if syllable and not is_meant_as_it_stands(token) else token
        for token, syllable in zip(tokens, read, strict=True)
    )


def is_meant_as_it_stands(token: str) -> bool:
    """Whether a lower-case token among Telex is a syllable that nobody means as keys.

    `coong` is công there: `oong` is a rhyme of a handful of loanwords (xoong, boong).
    """
    return is_plain_syllable(token) and "oo" not in token


def read_syllable(keys: str) -> str | None:
    """The canonical syllable with marks that a run of keys means in Telex, or None."""
    if not _KEYS.fullmatch(keys):
        return None
    letters, tone = _apply_marks(keys)
    # `thuowr` is *thuở*: only before another letter does the horn go on both.
    parts = split_syllable(letters) or split_syllable(letters.replace("ươ", "uơ"))
    if parts is None or (letters == keys and not tone):
        return None
    return with_tone(*parts, tone)


def _apply_marks(keys: str) -> tuple[str, str]:
    """The letters with their hats and horns, and the tone; a mark reaches back to the nearest vowel it fits."""
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key in _TONES and _has_vowel(letters):
            tone = _TONES[key]
        elif key == "w":
            _add_horn(letters)
        elif key == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key in _HATS and key in letters[-3:]:
            letters[_last(letters, key)] = _HATS[key]
        else:
            letters.append(key)
    return "".join(letters), tone


def _add_horn(letters: list[str]) -> None:
    """`w` makes ươ of uo, else a horn or breve on the last vowel that takes one, else it is ư itself."""
    text = "".join(letters)
    at = text.rfind("uo")
    if at >= 0 and text[:at] != "q":
        letters[at : at + 2] = ["ư", "ơ"]
        return
    for position in range(len(letters) - 1, -1, -1):
        if letters[position] in _HORNS:
            letters[position] = _HORNS[letters[position]]
            return
    letters.append("ư")


def _has_vowel(letters: Sequence[str]) -> bool:
    return any(letter in VOWELS for letter in letters)


def _last(letters: Sequence[str], letter: str) -> int:
    return max(position for position, one in enumerate(letters) if one == letter)
