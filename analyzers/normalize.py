"""One spelling for what reads the same: characters of a text (`normalize`) and spelling of a syllable (`canonical`)."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Soft hyphen, zero-width space, joiners and direction marks, word joiner, byte order mark. A reader does not see them,
# and official texts hold them inside words (`đ\u00adược`), so they go and what stood around them closes up.
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# Eth and the African d look like Đ and are typed for it; they are what old converters wrote.
_LOOK_ALIKES = {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"}
_REPLACED = str.maketrans(dict.fromkeys(_INVISIBLE, "") | _LOOK_ALIKES)
_REPLACEABLE = re.compile(f"[{_INVISIBLE}{''.join(_LOOK_ALIKES)}]")
# Marks are neither letters nor white space; a run this long of such characters is looked into.
_PILE = re.compile(r"[^\w\s]{64,}")

# Characters of combining class 0 that NFC still joins to the one before them (Unicode 15, besides Hangul's jamo).
_JOINING_STARTERS = frozenset(
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
) | frozenset(map(chr, [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))


def normalize(text: str) -> str:
    """Unicode NFC, with Đ's look-alikes made Đ and invisible characters taken out.

    What a reader sees stays as it is; use it on any text before its characters are looked at.
    """
    if _REPLACEABLE.search(text):
        text = text.translate(_REPLACED)
    return nfc(text)


def nfc(text: str) -> str:
    """Unicode NFC, in time linear in the text's length.

    The standard library sorts the marks on a letter by insertion, so that a letter with a hundred thousand marks would
    stop a run; where marks pile up they are put into their canonical order first.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _PILE.sub(_in_canonical_order, text))


def _in_canonical_order(pile: re.Match[str]) -> str:
    decomposed = "".join(unicodedata.normalize("NFD", character) for character in pile.group())
    runs = itertools.groupby(decomposed, key=lambda character: unicodedata.combining(character) > 0)
    return "".join("".join(sorted(run, key=unicodedata.combining) if marks else run) for marks, run in runs)


@dataclass(frozen=True, slots=True)
class Alignment:
    """A text made from another one, and where each of its characters came from.

    Attributes:
        text: The text that was made.
        starts: For each character of `text`, where its source begins in the original.
        ends: For each character of `text`, where its source ends in the original.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that became `text[start:end]`, which is not empty."""
        return self.starts[start], self.ends[end - 1]


def align(text: str) -> Alignment:
    """`normalize(text)` with the way back to `text`."""
    normalized = normalize(text)
    if normalized == text:
        return Alignment(text, range(len(text)), range(1, len(text) + 1))
    bounds = [at for at, character in enumerate(text) if at == 0 or not _belongs_to_previous(character)]
    bounds.append(len(text))
    starts: list[int] = []
    ends: list[int] = []
    for start, end in itertools.pairwise(bounds):
        length = len(normalize(text[start:end]))
        starts += [start] * length
        ends += [end] * length
    return Alignment(normalized, starts, ends)


def _belongs_to_previous(character: str) -> bool:
    return unicodedata.combining(character) != 0 or character in _INVISIBLE or character in _JOINING_STARTERS


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
# Âm đầu, âm chính with glides, âm cuối. In `già` and `quá` the i and u belong to the onset and never carry the tone.
_SYLLABLE = re.compile(
    "(ngh|ng|nh|n|ch|c|gh|gi(?=[aăâeêoôơuư])|g|kh|k|ph|p|qu|th|tr|t|b|d|đ|h|l|m|r|s|v|x|)"
    "([aăâeêioôơuưy]{1,3})"
    "(ng|nh|n|ch|c|m|p|t|)"
)
_QUALITY_VOWELS = "ăâêôơư"
_OPEN_I_OR_Y = frozenset({"h", "k", "l", "m", "s", "t", "qu"})


@functools.lru_cache(maxsize=1 << 15)
def canonical(syllable: str) -> str:
    """The one lower-case spelling of a syllable (tiếng), made of letters and digits only.

    Tone marks: wherever a Vietnamese syllable has its tone mark, it goes where the older rule puts it, which official
    documents mostly follow: `hoà` and `hòa` give `hòa`, `uỷ` gives `ủy`, `thuý` gives `thúy`, `gía` gives `giá`. A
    syllable has one tone, so its place tells no two words apart.

    i and y: they are one sound, and both spellings are in use, only as the lone vowel that ends a syllable after h, k,
    l, m, s, t (Quyết định 1989/QĐ-BGDĐT of 2018 writes i there, official documents mostly y) and after qu. There, and
    only there, they become one letter: y, but i after s (`quản lí` and `quản lý`, `kĩ` and `kỹ`, `bác sỹ` and `bác
    sĩ`). Elsewhere they are different sounds (`tai`, `tay`; `thúi`, `thúy`) or different words (`ỉ`, `ỷ`), and stay.

    Syllables that are not built as Vietnamese ones are only put into lower case.
    """
    if syllable.isdecimal():
        return syllable
    text = normalize(normalize(syllable).lower())
    if not text.isalnum():
        text = "".join(filter(str.isalnum, text))
    tones = [character for character in unicodedata.normalize("NFD", text) if character in _TONES]
    if len(tones) > 1:
        return text
    parts = _SYLLABLE.fullmatch(_without_tone(text))
    if parts is None:
        return text
    onset, nucleus, coda = parts.groups()
    nucleus = _with_one_i(onset, nucleus, coda)
    if tones:
        at = _tone_place(nucleus, coda) + 1
        nucleus = nucleus[:at] + tones[0] + nucleus[at:]
    return onset + unicodedata.normalize("NFC", nucleus) + coda


def _without_tone(text: str) -> str:
    return unicodedata.normalize("NFC", _TONE.sub("", unicodedata.normalize("NFD", text)))


def _with_one_i(onset: str, nucleus: str, coda: str) -> str:
    if nucleus not in ("i", "y") or onset not in _OPEN_I_OR_Y or (coda and onset != "qu"):
        return nucleus
    return "i" if onset == "s" else "y"


def _tone_place(nucleus: str, coda: str) -> int:
    """The index in `nucleus` of the vowel that carries the tone, by the older rule (hòa, not hoà)."""
    quality = max(map(nucleus.rfind, _QUALITY_VOWELS))
    if quality >= 0:
        return quality
    if len(nucleus) == 3:
        return 1
    return 1 if len(nucleus) == 2 and coda else 0
