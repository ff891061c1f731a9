"""Fixed words of a heading or signature, known again where a scan's marks or one of its letters were misread.

Recognition of characters (OCR) loses marks first and then single letters: `QUYÉT ĐỊNH`, `PHÓ CHU TỊCH`, `QUYẾT ĐỊMH`.
Only a closed list of words is repaired, and only where a single one of them is meant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from analyzers.folding import fold
from analyzers.spelling import TONES, split_syllable, take_tone

_LONG_ENOUGH = 8
"""Letters that a word must have before one of them may be wrong: in shorter ones another word is as near."""

O_LIKE = "ốôóòỏõọoồổỗộơớờởỡợ6"
"""What scans make of the vowel in `Số`, as a piece of a regular expression."""

DIGITS = str.maketrans("IlOo]|", "110011")
"""Letters that scans show for digits."""


_LOOK_ALIKES = "АВЕКМНОРСТХЅІ"
"""Cyrillic capitals that look like Latin ones and are typed or recognised for them."""

LATIN = str.maketrans(_LOOK_ALIKES, "ABEKMHOPCTXSI")


def in_latin(text: str) -> str:
    """The text with Latin letters for Cyrillic capitals that look like them; as long as before."""
    return text.translate(LATIN) if any(letter in text for letter in _LOOK_ALIKES) else text


def parted(name: str) -> str:
    """A name with two syllables apart where they were run together: `cụchải quan` → `cục hải quan`.

    Args:
        name: Words in lower case. What can be parted in no way, or in several, stays.
    """
    return " ".join(word if is_syllable(word) or not word.isalpha() else _in_two(word) for word in name.split())


def is_syllable(word: str) -> bool:
    """Whether a word is built as a Vietnamese syllable (tiếng) with at most one tone."""
    letters, tone = take_tone(word.lower())
    return split_syllable(letters) is not None and sum(map(_marks(word).count, TONES.values())) <= bool(tone)


def _marks(word: str) -> str:
    return unicodedata.normalize("NFD", word)


def _in_two(word: str) -> str:
    ways = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    whole = [f"{left} {right}" for left, right in ways if is_syllable(left) and is_syllable(right)]
    return whole[0] if len(whole) == 1 else word


def key(text: str) -> str:
    """A text without marks, case and superfluous white space, as `nearest` compares it."""
    return " ".join(fold(text).split())


def nearest(text: str, known: Mapping[str, str]) -> str:
    """The one value that a text means, or an empty string.

    Args:
        text: As it was read.
        known: `key` of each fixed text to its value.
    """
    written = key(text)
    if found := known.get(written):
        return found
    if len(written) < _LONG_ENOUGH:
        return ""
    length = range(max(_LONG_ENOUGH, len(written) - 1), len(written) + 2)
    near = {value for fixed, value in known.items() if len(fixed) in length and differ_by_one(written, fixed)}
    return near.pop() if len(near) == 1 else ""


def differ_by_one(left: str, right: str) -> bool:
    """Whether at most one letter is replaced, added or left out (Levenshtein distance of at most 1)."""
    if abs(len(left) - len(right)) > 1:
        return False
    if len(left) > len(right):
        left, right = right, left
    at = next((at for at, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), len(left))
    skipped = at if len(left) < len(right) else at + 1
    return left[skipped:] == right[at + 1 :]
