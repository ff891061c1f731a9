"""Fixed words of a heading or signature, known again where a scan's marks or one of its letters were misread.

Recognition of characters (OCR) loses marks first and then single letters: `QUYÉT ĐỊNH`, `PHÓ CHU TỊCH`, `QUYẾT ĐỊMH`.
Only a closed list of words is repaired, and only where a single one of them is meant.
"""

from __future__ import annotations

from collections.abc import Mapping

from analyzers.folding import fold

_LONG_ENOUGH = 8
"""Letters that a word must have before one of them may be wrong: in shorter ones another word is as near."""

O_LIKE = "ốôóòỏõọoồổỗộơớờởỡợ6"
"""What scans make of the vowel in `Số`, as a piece of a regular expression."""

DIGITS = str.maketrans("IlOo]|", "110011")
"""Letters that scans show for digits."""


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
