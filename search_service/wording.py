"""Words of a question that say what stands beside them (`tháng`, `ký`, `của`), typed with marks or without."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from analyzers.folding import fold
from analyzers.spelling import is_plain_syllable

# As typed with marks or without; `nao` and `gi` are hardly anything else.
_ASKING = re.compile(
    r"\b(?:nào|nao|gì|gi|bao (?:nhiêu|nhieu|lâu|lau)|thế nào|the nao|hay (?:sai|không|khong)|(?:đúng|phải) không|ai)\b"
)


def is_asking(text: str) -> bool:
    """Whether a lower-case text is a question in words (`… là gì?`), and no description of a document."""
    return text.endswith("?") or _ASKING.search(text) is not None


@functools.lru_cache(maxsize=1 << 14)
def fold_syllable(syllable: str) -> str:
    """`fold`, remembered: questions, names and subjects are made of few thousand different syllables."""
    return fold(syllable)


def spellings(*words: str) -> frozenset[str]:
    """Each lower-case word as it may be typed: with all of its marks, or with none."""
    return frozenset(words) | frozenset(map(fold, words))


def either(*words: str) -> str:
    """A pattern for any `spellings` of the words, the longest first."""
    return f"(?:{'|'.join(sorted(spellings(*words), key=lambda word: (-len(word), word)))})"


def is_symbol(token: str) -> bool:
    """Whether a token can only be a piece of a document number's symbol: no syllable, no figure (`qđ`, `ubnd`)."""
    return not token.isdecimal() and not is_plain_syllable(fold_syllable(token))


def follows_figure(tokens: Sequence[str], at: int) -> bool:
    """Whether nothing but symbols stands between a place and a figure before it: `36 qđ ubnd |`."""
    while at > 0 and is_symbol(tokens[at - 1]):
        at -= 1
    return at > 0 and tokens[at - 1].isdecimal()
