"""Words of a question that say what stands beside them (`tháng`, `ký`, `của`), typed with marks or without."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from analyzers.folding import fold
from analyzers.spelling import is_plain_syllable


@functools.lru_cache(maxsize=1 << 14)
def folded(syllable: str) -> str:
    """`fold`, remembered: names are made of few different syllables."""
    return fold(syllable)


def spellings(*words: str) -> frozenset[str]:
    """Each lower-case word as it may be typed: with all of its marks, or with none."""
    return frozenset(words) | frozenset(map(fold, words))


def either(*words: str) -> str:
    """A pattern for any `spellings` of the words, the longest first."""
    return f"(?:{'|'.join(sorted(spellings(*words), key=lambda word: (-len(word), word)))})"


# Only after qu does a syllable end in y and a consonant (`quýt`): `byt` is Bộ Y tế.
_CLOSED_Y = re.compile(r"[^aeiou\W]*y[^aeiouy\W]+")


def is_symbol(token: str) -> bool:
    """Whether a token can only be a piece of a document number's symbol: no syllable, no figure (`qđ`, `ubnd`)."""
    if token.isdecimal():
        return False
    plain = folded(token)
    return not is_plain_syllable(plain) or _CLOSED_Y.fullmatch(plain) is not None


def follows_figure(tokens: Sequence[str], at: int) -> bool:
    """Whether nothing but symbols stands between a place and a figure before it: `36 qđ ubnd |`."""
    while at > 0 and is_symbol(tokens[at - 1]):
        at -= 1
    return at > 0 and tokens[at - 1].isdecimal()
