"""Marks as people get them wrong: left out, mistaken for each other, put in the newer place.

A syllable is taken apart by Unicode's canonical decomposition (NFD) into letters, vowel marks and tones.
"""

from __future__ import annotations

import re
import unicodedata
from random import Random

HOOK, TILDE = "\u0309", "\u0303"
TONES = frozenset(f"\u0301\u0300{HOOK}{TILDE}\u0323")
_CIRCUMFLEX, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_VOWEL_MARKS = {
    "a": ("", _CIRCUMFLEX, _BREVE),
    "e": ("", _CIRCUMFLEX),
    "o": ("", _CIRCUMFLEX, _HORN),
    "u": ("", _HORN),
}
_MARKED_VOWEL = re.compile(f"([aeou])([{_CIRCUMFLEX}{_HORN}{_BREVE}])")
_TONE = f"[{''.join(sorted(TONES))}]"
_OLDER_PLACE = re.compile(f"(?<!q)(o(?={_TONE}[ae]$)|u(?={_TONE}y$))({_TONE})([aey])$")
_STROKES = str.maketrans("đĐ", "dD")


def strip_marks(text: str) -> str:
    """The text without tones, vowel marks and đ; its capitals stay."""
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if not unicodedata.combining(one)))


def confuse_hook_and_tilde(syllable: str) -> str | None:
    """Hỏi for ngã and ngã for hỏi, which half the country pronounces alike; None where there is neither."""
    swapped = unicodedata.normalize("NFD", syllable).translate(str.maketrans(HOOK + TILDE, TILDE + HOOK))
    return _changed(syllable, swapped)


def drop_tone(syllable: str) -> str | None:
    """The syllable without its tone; None where it has none."""
    return _changed(syllable, re.sub(_TONE, "", unicodedata.normalize("NFD", syllable)))


def mistake_vowel_mark(syllable: str, random: Random) -> str | None:
    """Another mark, or none, on one of the marked vowels (â for ă, o for ơ); None where no vowel has a mark."""
    # NFD orders by class, so that a horn (216) and a dot below (220) stand before the marks above (230).
    decomposed = _vowel_marks_first(syllable)
    places = list(_MARKED_VOWEL.finditer(decomposed))
    if not places:
        return None
    place = random.choice(places)
    letter, mark = place.groups()
    other = random.choice([one for one in _VOWEL_MARKS[letter] if one != mark])
    return _changed(syllable, decomposed[: place.start()] + letter + other + decomposed[place.end() :])


def newer_placement(syllable: str) -> str:
    """The tone where the newer rule puts it in open oa, oe, uy: `hòa` gives `hoà`, `ủy` gives `uỷ`; else unchanged."""
    decomposed = unicodedata.normalize("NFD", syllable)
    return unicodedata.normalize("NFC", _OLDER_PLACE.sub(r"\1\3\2", decomposed))


def _vowel_marks_first(syllable: str) -> str:
    """The decomposed syllable with each letter's vowel mark before its tone (ậ decomposes into a, dot, circumflex)."""
    decomposed = unicodedata.normalize("NFD", syllable)
    return re.sub(f"({_TONE})([{_CIRCUMFLEX}{_HORN}{_BREVE}])", r"\2\1", decomposed)


def _changed(before: str, after: str) -> str | None:
    composed = unicodedata.normalize("NFC", after)
    return composed if composed != before else None
