"""VNI keystrokes that reached the search box as they are, because the keyboard's Vietnamese mode was off.

VNI writes marks as digits after the letter, or at the end of the syllable: `1` sắc, `2` huyền, `3` hỏi, `4` ngã, `5`
nặng, `6` the hat of â ê ô, `7` the horn of ơ ư, `8` the breve of ă, `9` the bar of đ: `chuye6n d9o6i3 so61`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.spelling import TONES, VOWELS, split_syllable, with_tone

_TONES = {"1": TONES["sắc"], "2": TONES["huyền"], "3": TONES["hỏi"], "4": TONES["ngã"], "5": TONES["nặng"]}
_MARKS = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}}
_KEYS = re.compile(r"[a-z](?=[a-z]*[1-9])[a-z0-9]{1,13}")
_LEAST_SHARE = 1 / 3


def read_vni(tokens: Sequence[str]) -> tuple[str, ...] | None:
    """A question typed in VNI, as it was meant; None when it does not look like VNI.

    Args:
        tokens: Lower-case tokens. It is VNI when no word among them has a mark, and at least a third of the words, and
            two or all of them, are syllables written with digits; others are kept.
    """
    words = [token for token in tokens if not token.isdigit()]
    if not all(word.isascii() for word in words):
        return None
    read = [read_syllable(token) for token in tokens]
    decoded = sum(1 for syllable in read if syllable)
    # One alone may be a code: “xã a1”.
    if decoded < min(2, max(len(words), 1)) or decoded < len(words) * _LEAST_SHARE:
        return None
    return tuple(syllable or token for syllable, token in zip(read, tokens, strict=True))


def read_syllable(keys: str) -> str | None:
    """The canonical syllable with marks that a run of keys means in VNI, or None."""
    if not _KEYS.fullmatch(keys):
        return None
    letters: list[str] = []
    tone = ""
    for key in keys:
        if key.isalpha():
            letters.append(key)
        elif key in _TONES and VOWELS.intersection(letters):
            tone = _TONES[key]
        elif not _mark(letters, key):
            return None
    # `thuo73` is *thuở*: only before another letter does the horn go on both.
    parts = split_syllable("".join(letters)) or split_syllable("".join(letters).replace("ươ", "uơ"))
    return with_tone(*parts, tone) if parts else None


def _mark(letters: list[str], key: str) -> bool:
    """Put a mark on the nearest letter that takes it; `7` makes ươ of uo. False when there is none."""
    if key == "9":
        takes_bar = letters[:1] == ["d"]
        letters[:1] = ["đ"] if takes_bar else letters[:1]
        return takes_bar
    fits = _MARKS.get(key, {})
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in fits:
            before = letters[max(0, at - 2) : at]
            if key == "7" and letters[at] == "o" and before[-1:] == ["u"] and before != ["q", "u"]:
                letters[at - 1] = "ư"
            letters[at] = fits[letters[at]]
            return True
    return False
