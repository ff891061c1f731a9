"""VNI typed with the keyboard's Vietnamese mode off: digits where the marks would be.

1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng, 6 the hat of â ê ô, 7 the horn of ơ ư, 8 the breve of ă, 9 the stroke of đ.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from random import Random

_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_VOWEL_MARKS = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}


@dataclass(frozen=True, slots=True)
class Keys:
    """One letter as keys: itself, the digit of its vowel mark or stroke, the digit of its tone."""

    letter: str
    mark: str = ""
    tone: str = ""


def vni_keys(syllable: str, *, marks_last: bool, tone_last: bool) -> str:
    """The keys of a lower-case syllable.

    Args:
        syllable: With its marks.
        marks_last: Whether all vowel marks and the tone come after the last letter (`chuyen63`). The 9 of đ stays
            beside its d, as everybody types it.
        tone_last: Whether the tone comes after the last letter (`chuye6n3`) and not beside its vowel (`chuye63n`).
    """
    letters = _one_horn(_letters(syllable))
    body, marks, tone = "", "", ""
    for keys in letters:
        moves_mark = marks_last and keys.mark != "9"
        moves_tone = tone_last or marks_last
        body += keys.letter + ("" if moves_mark else keys.mark) + ("" if moves_tone else keys.tone)
        marks += keys.mark if moves_mark else ""
        tone += keys.tone if moves_tone else ""
    return body + marks + tone


def type_vni(syllables: tuple[str, ...], random: Random) -> str | None:
    """A phrase in VNI by one person's habits; None when fewer than half of its syllables have marks to type."""
    marks_last = random.random() < 0.2
    typed = [vni_keys(one, marks_last=marks_last, tone_last=random.random() < 0.5) for one in syllables]
    changed = sum(keys != syllable for keys, syllable in zip(typed, syllables, strict=True))
    return " ".join(typed) if changed * 2 >= len(syllables) else None


def _letters(syllable: str) -> list[Keys]:
    letters: list[Keys] = []
    for character in syllable:
        if character == "đ":
            letters.append(Keys("d", "9"))
            continue
        decomposed = unicodedata.normalize("NFD", character)
        letter, marks = decomposed[0], decomposed[1:]
        letters.append(
            Keys(
                letter,
                "".join(_VOWEL_MARKS.get(mark, "") for mark in marks),
                "".join(_TONES.get(mark, "") for mark in marks),
            )
        )
    return letters


def _one_horn(letters: list[Keys]) -> list[Keys]:
    """Keyboards read the one 7 of `uo7` as both horns of ươ, and people type it once."""
    return [
        Keys(keys.letter, "", keys.tone) if (keys.letter, keys.mark) == ("u", "7") and _is_horned_o(after) else keys
        for keys, after in zip(letters, [*letters[1:], None], strict=True)
    ]


def _is_horned_o(keys: Keys | None) -> bool:
    return keys is not None and (keys.letter, keys.mark) == ("o", "7")
