"""What one chunk of a text (a run without white space) says of the encoding it is in.

A chunk says something only through its words with marks: read in the right encoding they are Vietnamese syllables
(tiếng), read in a wrong one they mostly are not.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from analyzers.legacy.capitals import WORD
from analyzers.legacy.syllables import is_syllable, reads_as_vietnamese
from analyzers.legacy.tables import Legacy, letters_of, unknown_to
from analyzers.normalize import normalize

# Costs of reading a chunk in an encoding, in the unit of a bit of doubt. A word that is wrong in a legacy encoding
# counts more than one that is wrong in Unicode, so that foreign words, wrong in both, speak for Unicode.
_NOT_UNICODE = 2.0
_HARDLY_UNICODE = 1.0
_NOT_LEGACY = 3.0

_SIGNS_AROUND = re.compile(r"^[^\w]+|[^\w]+$")
_ADDRESS = re.compile(r"://|@|www\.")

_VIQR_MARKED = re.compile(r"[aeiouy][\^(+'`?~.]|dd|\\", re.IGNORECASE)
# Nobody but VIQR writes these; a vowel with a full stop, an apostrophe or a question mark after it is everyday.
_VIQR_STRONG = re.compile(r"[aeo]\^|u\+|o\+(?=[\w'`?~.])|a\((?=['`?~.]?[a-z])|[aeiouy][`~]", re.IGNORECASE)
_VIQR_WITHIN = re.compile(r"[aeiouy]['?.][a-z]", re.IGNORECASE)


class Costs(NamedTuple):
    """How much speaks against reading a chunk in each encoding. A tuple, because there is one for every word."""

    unicode: float
    tcvn3: float
    vni: float
    viqr: float


NEUTRAL = Costs(0.0, 0.0, 0.0, 0.0)


@functools.lru_cache(maxsize=1 << 14)
def costs_of(chunk: str) -> Costs:
    """What a chunk of raw text says."""
    if chunk.isascii():
        is_marked = _VIQR_MARKED.search(chunk) and not _ADDRESS.search(chunk)
        return _costs_of_ascii(chunk) if is_marked else NEUTRAL
    if not any(map(str.isalpha, chunk)) and len(chunk) == 1:  # a bullet, a sign
        return NEUTRAL
    return Costs(
        _cost_of_unicode(chunk),
        _cost_of_bytes(chunk, Legacy.TCVN3),
        _cost_of_bytes(chunk, Legacy.VNI),
        _NOT_LEGACY if any(map(_is_marked_letter, chunk)) else 0.0,
    )


def is_surely_viqr(chunk: str) -> bool:
    """Whether a chunk has marks that only VIQR puts there."""
    return _VIQR_STRONG.search(chunk) is not None


def _costs_of_ascii(chunk: str) -> Costs:
    is_strong = is_surely_viqr(chunk)
    if not reads_as_vietnamese(letters_of(chunk, Legacy.VIQR)):
        return Costs(0.0, 0.0, 0.0, _NOT_LEGACY if is_strong else 0.0)
    hardly = _HARDLY_UNICODE if _VIQR_WITHIN.search(chunk) else 0.0
    other = _NOT_UNICODE if is_strong else hardly
    return Costs(other, other, other, 0.0)


def _cost_of_unicode(chunk: str) -> float:
    return max((_cost_of_run(run) for run in WORD.findall(unicodedata.normalize("NFC", chunk))), default=0.0)


def _cost_of_run(run: str) -> float:
    word = normalize(run)
    if word.isascii() or not any(map(str.isalpha, word)):
        return 0.0
    if word.isalpha() and is_syllable(word):
        return 0.0
    inner = _SIGNS_AROUND.sub("", word)
    return _HARDLY_UNICODE if inner.isascii() and inner.isalpha() else _NOT_UNICODE


def _cost_of_bytes(chunk: str, legacy: Legacy) -> float:
    if any(map(_is_marked_letter, unknown_to(chunk, legacy))):
        return _NOT_LEGACY
    return 0.0 if reads_as_vietnamese(letters_of(chunk, legacy)) else _NOT_LEGACY


def _is_marked_letter(character: str) -> bool:
    return not character.isascii() and (character.isalpha() or unicodedata.combining(character) > 0)
