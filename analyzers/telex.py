"""Telex keystrokes that reached the search box as they are, because the keyboard's Vietnamese mode was off.

Telex writes marks as letters: `aa` â, `aw` ă, `ee` ê, `oo` ô, `ow` ơ, `uw` or `w` ư, `dd` đ; and, after the vowel, `s`
sắc, `f` huyền, `r` hỏi, `x` ngã, `j` nặng. People type a mark beside its vowel (`tieesng`) or at the end of the
syllable (`tieengs`, `duongwf`); both are read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from analyzers.normalize import canonical
from analyzers.spelling import is_plain_syllable, split_syllable

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_KEYS = re.compile(r"[a-z]{2,12}")
_LEAST_SHARE = 1 / 3


def read_telex(tokens: Sequence[str]) -> tuple[str, ...] | None:
    """A question typed in Telex, as it was meant; None when it does not look like Telex.

    Args:
        tokens: Lower-case tokens. It is Telex when none has a mark, and at least a third of the words among them, and
            two or all of them, are no syllables as they stand but become some when read as Telex; others are kept.
    """
    words = [token for token in tokens if token.isalpha()]
    if not all(word.isascii() for word in words):
        return None
    read = [None if is_plain_syllable(token) else read_syllable(token) for token in tokens]
    decoded = sum(1 for syllable in read if syllable)
    # One alone may be a foreign word: “họp tax” is not about “tã”.
    if decoded < min(2, max(len(words), 1)) or decoded < len(words) * _LEAST_SHARE:
        return None
    return tuple(syllable or token for syllable, token in zip(read, tokens, strict=True))


def read_syllable(keys: str) -> str | None:
    """The canonical syllable with marks that a run of keys means in Telex, or None."""
    if not _KEYS.fullmatch(keys):
        return None
    letters, tone = _apply_marks(keys)
    parts = split_syllable(letters)
    if parts is None or (letters == keys and not tone):
        return None
    onset, rhyme = parts
    return canonical(unicodedata.normalize("NFC", onset + _with_tone(rhyme, tone)))


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
    return any(letter in "aăâeêioôơuưy" for letter in letters)


def _last(letters: Sequence[str], letter: str) -> int:
    return max(position for position, one in enumerate(letters) if one == letter)


def _with_tone(rhyme: str, tone: str) -> str:
    """The rhyme with a tone where the orthography puts it; `canonical` then settles old and new placement."""
    if not tone:
        return rhyme
    vowels = [position for position, letter in enumerate(rhyme) if letter in "aăâeêioôơuưy"]
    marked = [position for position in vowels if rhyme[position] in "ăâêôơư"]
    if marked:
        at = marked[-1]
    elif vowels[-1] < len(rhyme) - 1 or len(vowels) == 3:
        at = vowels[-1] if len(vowels) < 3 else vowels[1]
    else:
        at = vowels[0]
    return rhyme[: at + 1] + tone + rhyme[at + 1 :]
