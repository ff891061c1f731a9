"""Which strings are Vietnamese syllables (tiếng): an onset (phụ âm đầu) and a rhyme (vần); and where a tone stands.

The rhymes are those of the standard orthography (Chữ Quốc ngữ), as Vietnamese primers tabulate them.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Mapping

from analyzers.folding import fold
from analyzers.normalize import canonical

VOWELS = frozenset("aăâeêioôơuưy")
TONES = {"sắc": "\u0301", "huyền": "\u0300", "hỏi": "\u0309", "ngã": "\u0303", "nặng": "\u0323"}
"""Names of the tones (thanh) that have a mark, and the combining mark."""
_TONE_MARKS = frozenset(TONES.values())

ONSETS = (
    *("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""),
)
"""Onsets, longer ones first."""

RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêt uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905 - rows as the primer has them, which a list of strings would hide
)


_AFTER_QU = ("ych", "ynh", "yt")


def onsets_and_rhymes() -> Iterator[tuple[str, str]]:
    """Every syllable without a tone, in its two parts. Some rhymes stand after *qu* alone: *quýt*, *quỳnh*."""
    yield from ((onset, rhyme) for onset in ONSETS for rhyme in RHYMES)
    yield from (("qu", rhyme) for rhyme in _AFTER_QU)
    yield "g", "i"


def split_syllable(syllable: str) -> tuple[str, str] | None:
    """The onset and rhyme of a lower-case syllable written without its tone, or None if it is no syllable."""
    return _syllables().get(syllable)


def is_plain_syllable(token: str) -> bool:
    """Whether a lower-case token is a syllable whose marks were all left out: `hoach`, but not `hoachj`."""
    return token in _plain_syllables()


def take_tone(token: str) -> tuple[str, str]:
    """A token without its tone, the marks of its letters kept, and the tone's combining mark (empty for none)."""
    decomposed = unicodedata.normalize("NFD", token)
    tone = next((mark for mark in decomposed if mark in _TONE_MARKS), "")
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONE_MARKS)), tone


def with_tone(onset: str, rhyme: str, tone: str) -> str:
    """The canonical syllable of an onset and a rhyme with a combining tone mark (empty for none).

    The tone stands on the vowel with a hat or horn, else before a final consonant or on the middle one of three, else
    on the first; `canonical` then settles what old and new spelling place differently.
    """
    if tone:
        at = _tone_place(rhyme)
        rhyme = rhyme[: at + 1] + tone + rhyme[at + 1 :]
    return canonical(unicodedata.normalize("NFC", onset + rhyme))


def joined(first: str, second: str) -> str:
    """Two halves of a syllable as one, its tone where it belongs in the whole: `họa` and `ch` give *hoạch*."""
    letters, tone = take_tone(first + second)
    parts = split_syllable(letters)
    return with_tone(*parts, tone) if parts else first + second


def _tone_place(rhyme: str) -> int:
    vowels = [position for position, letter in enumerate(rhyme) if letter in VOWELS]
    marked = [position for position in vowels if rhyme[position] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if vowels[-1] < len(rhyme) - 1 or len(vowels) == 3:
        return vowels[-1] if len(vowels) < 3 else vowels[1]
    return vowels[0]


@functools.cache
def _syllables() -> Mapping[str, tuple[str, str]]:
    """Every syllable without a tone, and its parts: those with the longest onset, as `ONSETS` has them first."""
    return {onset + rhyme: (onset, rhyme) for onset, rhyme in reversed(list(onsets_and_rhymes()))}


@functools.cache
def _plain_syllables() -> frozenset[str]:
    return frozenset(fold(onset + rhyme) for onset, rhyme in onsets_and_rhymes())
