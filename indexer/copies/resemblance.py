"""How alike two texts are: MinHash to find candidates among many, the exact measures to judge a pair.

Resemblance is that of Broder, "On the resemblance and containment of documents" (1997), over runs of syllables without
marks. Candidates are found by bands of a signature's rows (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets",
3.4). Signatures are kept for years, so no library may change them with its next release: the hashes are written out.
"""

from __future__ import annotations

import functools
import hashlib
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from analyzers.folding import fold
from analyzers.normalize import normalize
from analyzers.spelling import is_plain_syllable
from analyzers.tokens import syllable_texts

RUN = 3
LEAST_SYLLABLES = 50
"""A shorter text is a form or a line of a register, and resembles many."""

_BANDS, _ROWS = 16, 5
_ALL_ROWS = range(_BANDS * _ROWS)
# Universal hashing (Carter and Wegman, 1979) modulo a prime greater than any CRC-32.
_PRIME = np.uint64(4_294_967_311)
_FACTORS, _OFFSETS = (
    np.array(
        [1 + int.from_bytes(hashlib.blake2b(b"%d" % row, digest_size=3, person=name).digest()) for row in _ALL_ROWS],
        dtype=np.uint64,
    ).reshape(-1, 1)
    for name in (b"factor", b"offset")
)
_HASHES_AT_ONCE = 4_096
# One in so many numbers and syllables of a long text may be misread in a scan. In a text of one form, a page or two,
# one word that is another may be all that tells two letters apart.
_MISREAD_NUMBERS, _MISREAD_SYLLABLES = 100, 200
_LONG_SYLLABLES = 1_000
_NOISE = 0.6


@dataclass(frozen=True, slots=True)
class Signature:
    """A text's MinHash.

    Attributes:
        bands: Texts that share one of these may be alike, and equal ones share the last, which no others of a form
            have; signed 64-bit integers.
        rows: A byte of each row, to estimate a resemblance with.
    """

    bands: tuple[int, ...]
    rows: bytes


NO_SIGNATURE = Signature((), b"")


def signature(syllables: Sequence[str]) -> Signature:
    """The signature of a text; none when it is shorter than `LEAST_SYLLABLES`.

    Args:
        syllables: Its syllables without marks, in order.
    """
    if len(syllables) < LEAST_SYLLABLES:
        return NO_SIGNATURE
    runs = {" ".join(run) for run in zip(*(syllables[start:] for start in range(RUN)), strict=False)}
    hashes = np.fromiter((zlib.crc32(run.encode()) for run in runs), dtype=np.uint64, count=len(runs))
    smallest = np.full(len(_ALL_ROWS), _PRIME, dtype=np.uint64)
    for start in range(0, len(hashes), _HASHES_AT_ONCE):
        permuted = (_FACTORS * hashes[start : start + _HASHES_AT_ONCE] + _OFFSETS) % _PRIME
        smallest = np.minimum(smallest, permuted.min(axis=1))
    rows = smallest.astype("<u4")
    bands = (key_of(f"band {at}", band.tobytes()) for at, band in enumerate(rows.reshape(_BANDS, _ROWS)))
    whole = key_of("whole", " ".join(syllables).encode())
    return Signature((*bands, whole), rows.astype(np.uint8).tobytes())


def key_of(kind: str, content: bytes) -> int:
    """A key that equal contents of one kind share, as a signed 64-bit integer."""
    digest = hashlib.blake2b(content, digest_size=8, person=kind.encode())
    return int.from_bytes(digest.digest(), signed=True)


def estimated(one: bytes, other: bytes) -> float:
    """The resemblance of two texts as their rows tell it, 0 where one has none; off by 0.05 and more at times."""
    equal = sum(map(int.__eq__, one, other))
    return equal / len(one) if one and other else 0.0


class Text:
    """A text to be compared with others; what is compared is made once."""

    def __init__(self, text: str) -> None:
        self._text = text

    @functools.cached_property
    def syllables(self) -> tuple[str, ...]:
        """Syllables and numbers without marks, in order."""
        return folded_syllables(self._text)

    @functools.cached_property
    def counted(self) -> Counter[str]:
        """How often each occurs."""
        return Counter(self.syllables)

    @functools.cached_property
    def pairs(self) -> frozenset[tuple[str, ...]]:
        """Each two neighbouring syllables."""
        return _runs(self.syllables, 2)

    @functools.cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Each `RUN` neighbouring syllables."""
        return _runs(self.syllables, RUN)


def _runs(syllables: Sequence[str], size: int) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(syllables[start:] for start in range(size)), strict=False))


def folded_syllables(text: str) -> tuple[str, ...]:
    """The syllables of a text without marks and its numbers without leading zeros, in order."""
    return tuple(
        (token.lstrip("0") or "0") if token.isdigit() else _fold(token) for token in syllable_texts(normalize(text))
    )


_fold = functools.lru_cache(2**15)(fold)
"""There are some thousands of syllables, and a long text has each many times."""


def resemblance(one: Text, other: Text) -> float:
    """The share of runs that both have among those that either has, 0 to 1 (Jaccard)."""
    first, second = one.runs, other.runs
    return len(first & second) / len(first | second) if first and second else 0.0


def containment(one: Text, other: Text) -> float:
    """The share of the shorter text's pairs that the longer one has, 0 to 1: an extract is contained in the whole."""
    first, second = one.pairs, other.pairs
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def contradict(one: Text, other: Text) -> bool:
    """Whether each text says something where the other says something else: another day, another addressee.

    What only one of them has (a page's footer, a number on the signed one) is no contradiction, nor is a syllable that
    a scan misread. Letters of one form differ in a name or a day and in nothing else, so of a short text no word is
    let pass.
    """
    if numbers_contradict(one, other, 1 / _MISREAD_NUMBERS):
        return True
    first, second = one.counted - other.counted, other.counted - one.counted
    shorter = min(len(one.syllables), len(other.syllables))
    allowed = shorter // _MISREAD_SYLLABLES if shorter >= _LONG_SYLLABLES else 0
    fewer, more = sorted((_words(first), _words(second)), key=lambda words: (len(words), words))
    return _are_unlike(fewer, more, allowed)


def numbers_contradict(one: Text, other: Text, share: float) -> bool:
    """Whether of the numbers of either more than this share are others in the other one."""
    first, second = one.counted - other.counted, other.counted - one.counted
    differing = min(_total(first, number=True), _total(second, number=True))
    return differing > share * min(_total(one.counted, number=True), _total(other.counted, number=True))


def _total(counted: Counter[str], *, number: bool) -> int:
    return sum(count for token, count in counted.items() if _is_number(token) is number)


def _words(counted: Counter[str]) -> list[str]:
    return sorted(token for token in counted.elements() if not _is_number(token))


def _is_number(token: str) -> bool:
    return any(map(str.isdigit, token))


def _are_unlike(fewer: list[str], more: list[str], allowed: int) -> bool:
    """Whether more words of the shorter list than are allowed cannot be a word of the other one, misread."""
    left = list(more)
    alone = 0
    for word in fewer:
        near = next((other for other in left if _may_be_misread(word, other)), None)
        if near is not None:
            left.remove(near)
        elif (alone := alone + 1) > allowed:
            return True
    return False


def _may_be_misread(one: str, other: str) -> bool:
    """Whether one may be the other; two syllables that both exist are two words, as Thành and Thịnh are."""
    if is_plain_syllable(one) and is_plain_syllable(other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NOISE
