"""Finds a question's syllables in a text, fast, and tells where they stood.

Tokenising 600,000 characters takes a tenth of a second. Looking each character up in a table, and then each syllable,
as a 64-bit integer, in a sorted list, takes a few milliseconds for any number of syllables looked for. The table is
filled by asking `analyzers` what it makes of each character, the first time that a text brings it, so that what is
found here is what the index holds.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from analyzers.folding import fold
from analyzers.tokens import syllables

_UNKNOWN, _DROPPED, _OTHER_LETTER, _SEPARATOR = 0, 1, 2, ord(" ")
_KEY_LETTERS = 8
_MASKS = np.array([(1 << 8 * letters) - 1 for letters in range(_KEY_LETTERS + 1)], dtype="<u8")
_UNSURE = -1

Occurrence: TypeAlias = tuple[int, int, int]
"""A syllable found in a text: start, end, and which one. A tuple, for there may be many thousands."""


class CharacterTable:
    """What each character becomes: a letter or digit without marks, a separator, or nothing."""

    def __init__(self) -> None:
        # Memory that is never touched costs nothing, and texts touch the first few pages of it.
        self._folded = np.zeros(sys.maxunicode + 1, dtype=np.uint32)

    def fold(self, codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
        """The folded code of each code point. Threads may fill the table at once: they write the same."""
        folded = self._folded.take(codes)
        unknown = folded == _UNKNOWN
        if unknown.any():
            for code in np.unique(codes[unknown]):
                self._folded[code] = _fold_character(chr(code))
            folded = self._folded.take(codes)
        return folded


def _fold_character(character: str) -> int:
    tokens = syllables(f"b{character}b")
    if len(tokens) != 1:
        return _SEPARATOR
    inner = fold(tokens[0].text)[1:-1]
    if not inner:
        return _DROPPED
    return ord(inner) if len(inner) == 1 else _OTHER_LETTER


class Spellings:
    """What is looked for: folded spellings, and for each the number of the syllable that it spells."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.numbers = numbers
        by_key = {_key(spelling): number for spelling, number in numbers.items()}
        # A key that says less than the spelling only points to words to look at.
        by_key |= {_key(spelling): _UNSURE for spelling in numbers if not _is_whole(spelling)}
        self.keys = np.array(sorted(by_key), dtype=np.uint64)
        self.number_of_key = np.array([by_key[key] for key in sorted(by_key)], dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where syllables were found, in order.

    Attributes:
        starts: Where each begins in the text.
        ends: Where each ends.
        numbers: Which syllable each is.
    """

    starts: npt.NDArray[np.intp]
    ends: npt.NDArray[np.intp]
    numbers: npt.NDArray[np.intp]

    def counts(self) -> Counter[int]:
        """How often each syllable was found."""
        return Counter(self.numbers.tolist())

    def of(self, numbers: Collection[int]) -> list[Occurrence]:
        """Those of some syllables."""
        chosen = np.isin(self.numbers, list(numbers))
        return _listed(self.starts[chosen], self.ends[chosen], self.numbers[chosen])

    def within(self, start: int, end: int) -> list[Occurrence]:
        """Those that lie in a stretch of the text."""
        first, last = int(np.searchsorted(self.starts, start)), int(np.searchsorted(self.ends, end, side="right"))
        return _listed(self.starts[first:last], self.ends[first:last], self.numbers[first:last])


def _listed(*columns: npt.NDArray[np.intp]) -> list[Occurrence]:
    starts, ends, numbers = (column.tolist() for column in columns)
    return list(zip(starts, ends, numbers, strict=True))


def find(spellings: Spellings, text: str, table: CharacterTable) -> Occurrences:
    """Every whole syllable of a text that folds, letter by letter, to one of the spellings."""
    folded = table.fold(_codes(text))
    places: npt.NDArray[np.intp] | None = None
    if (folded == _DROPPED).any():
        kept = np.flatnonzero(folded != _DROPPED)
        places = np.append(kept, len(text))
        folded = folded.take(kept)
    letters = np.concatenate(([False], folded != _SEPARATOR, [False]))
    edges = np.flatnonzero(letters[1:] != letters[:-1])
    starts, ends = edges[0::2], edges[1::2]
    words, numbers = _matches(spellings, folded, starts, ends)
    starts, ends = starts.take(words), ends.take(words)
    if places is not None:
        starts, ends = places.take(starts), places.take(ends)
    return Occurrences(starts, ends, numbers)


def _matches(
    spellings: Spellings, folded: npt.NDArray[np.uint32], starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Which words are looked for, and which syllable each is."""
    keys = _keys(folded, starts, ends)
    nearest = np.minimum(np.searchsorted(spellings.keys, keys), len(spellings.keys) - 1)
    words = np.flatnonzero(spellings.keys.take(nearest) == keys)
    numbers = spellings.number_of_key.take(nearest.take(words))
    for at in np.flatnonzero(numbers == _UNSURE):
        word = words[at]
        spelling = folded[starts[word] : ends[word]].tobytes().decode("utf-32-le", "surrogatepass")
        numbers[at] = spellings.numbers.get(spelling, _UNSURE)
    sure = numbers != _UNSURE
    return words[sure], numbers[sure]


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _keys(
    folded: npt.NDArray[np.uint32], starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
) -> npt.NDArray[np.uint64]:
    """The first eight letters of each word as one integer, a byte each; see `_is_whole`."""
    letters = np.zeros(len(folded) + _KEY_LETTERS, dtype=np.uint8)
    letters[: len(folded)] = np.minimum(folded, 255)
    from_each_letter = np.ndarray(len(folded) + 1, dtype="<u8", buffer=letters, strides=(1,))
    keys: npt.NDArray[np.uint64] = from_each_letter[starts] & _MASKS.take(np.minimum(ends - starts, _KEY_LETTERS))
    return keys


def _key(spelling: str) -> int:
    codes = _codes(spelling)
    return int(_keys(codes, np.array([0]), np.array([len(codes)]))[0])


def _is_whole(spelling: str) -> bool:
    """Whether the key says all of a spelling: seven ASCII letters do, and no Vietnamese syllable has more (nghiêng)."""
    return len(spelling) < _KEY_LETTERS and spelling.isascii()
