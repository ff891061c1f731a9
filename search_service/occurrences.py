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

# What a character's byte says when it is no ASCII letter or digit.
_UNKNOWN, _DROPPED, _SEPARATOR, _OTHER_LETTER = 0, 1, 2, 255
_KEY_LETTERS = 8
_MASKS = np.array([(1 << 8 * letters) - 1 for letters in range(_KEY_LETTERS + 1)], dtype="<u8")
_UNSURE = -1

_Codes: TypeAlias = npt.NDArray[np.uint32]
_Letters: TypeAlias = npt.NDArray[np.uint8]

Occurrence: TypeAlias = tuple[int, int, int]
"""A syllable found in a text: start, end, and which one. A tuple, for there may be many thousands."""


class CharacterTable:
    """What each character becomes: a letter or digit without marks, a separator, or nothing."""

    def __init__(self) -> None:
        # Memory that is never touched costs nothing, and texts touch the first few pages of it.
        self._letters = np.zeros(sys.maxunicode + 1, dtype=np.uint8)

    def letters(self, codes: _Codes) -> _Letters:
        """A byte for each code point; all letters beyond ASCII are one.

        After the last stand as many separators as a key has letters, so that every key lies within. Threads may fill
        the table at once: they write the same.
        """
        letters = np.full(len(codes) + _KEY_LETTERS, _SEPARATOR, dtype=np.uint8)
        self._letters.take(codes, out=letters[: len(codes)], mode="clip")
        unknown = letters == _UNKNOWN
        if unknown.any():
            for code in np.unique(codes[unknown[: len(codes)]]):
                self._letters[code] = _byte(_fold_character(chr(code)))
            self._letters.take(codes, out=letters[: len(codes)], mode="clip")
        return letters


def _fold_character(character: str) -> str | None:
    """The letter or digit without marks; None for a separator, empty for what tokens drop."""
    tokens = syllables(f"b{character}b")
    return fold(tokens[0].text)[1:-1] if len(tokens) == 1 else None


def _byte(folded: str | None) -> int:
    if folded is None:
        return _SEPARATOR
    if not folded:
        return _DROPPED
    return ord(folded) if len(folded) == 1 and folded.isascii() else _OTHER_LETTER


class Spellings:
    """What is looked for: folded spellings, and for each the number of the syllable that it spells."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.numbers = numbers
        by_key = {_key(spelling): number for spelling, number in numbers.items()}
        # A key that says less than the spelling only points to words to look at.
        by_key |= {_key(spelling): _UNSURE for spelling in numbers if not _is_whole(spelling)}
        # Most words of a text are passed over by their first two letters alone.
        self.openings = np.zeros(1 << 16, dtype=np.bool_)
        self.openings[[_opening(_letters_of(spelling)) for spelling in numbers]] = True
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
        is_wanted = np.zeros(int(self.numbers.max(initial=0)) + 1, dtype=np.bool_)
        is_wanted[list(numbers)] = True
        chosen = is_wanted[self.numbers]
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
    codes = _codes(text)
    letters = table.letters(codes)
    places: npt.NDArray[np.intp] | None = None
    if (letters == _DROPPED).any():
        kept = np.flatnonzero(letters != _DROPPED)
        places, letters = np.append(kept, len(text)), letters.take(kept)
    inside = letters != _SEPARATOR
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if inside[0]:
        edges = np.concatenate(([0], edges))
    starts, ends = edges[0::2], edges[1::2]
    words, numbers = _matches(spellings, letters, starts, ends)
    starts, ends = starts.take(words), ends.take(words)
    if places is not None:
        starts, ends = places.take(starts), places.take(ends)
    return _sure(spellings, text, Occurrences(starts, ends, numbers))


def _matches(
    spellings: Spellings, letters: _Letters, starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Which words may be looked for, and which syllable each is, or that this is unsure."""
    openings = np.ndarray(len(letters) - 1, dtype="<u2", buffer=letters, strides=(1,))
    likely = np.flatnonzero(spellings.openings.take(openings[starts]))
    keys = _keys(letters, starts.take(likely), ends.take(likely))
    nearest = np.minimum(np.searchsorted(spellings.keys, keys), len(spellings.keys) - 1)
    equal = np.flatnonzero(spellings.keys.take(nearest) == keys)
    return likely.take(equal), spellings.number_of_key.take(nearest.take(equal))


def _sure(spellings: Spellings, text: str, found: Occurrences) -> Occurrences:
    """Those that were found surely, and of the others those whose letters, looked at one by one, are a spelling's."""
    unsure = np.flatnonzero(found.numbers == _UNSURE)
    if not len(unsure):
        return found
    numbers = found.numbers.copy()
    for at in unsure:
        spelling = "".join(filter(None, map(_fold_character, text[found.starts[at] : found.ends[at]])))
        numbers[at] = spellings.numbers.get(spelling, _UNSURE)
    kept = np.flatnonzero(numbers != _UNSURE)
    return Occurrences(found.starts.take(kept), found.ends.take(kept), numbers.take(kept))


def _codes(text: str) -> _Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _keys(letters: _Letters, starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> npt.NDArray[np.uint64]:
    """The first eight letters of each word as one integer, a byte each; see `_is_whole`."""
    from_each_letter = np.ndarray(len(letters) - _KEY_LETTERS + 1, dtype="<u8", buffer=letters, strides=(1,))
    keys: npt.NDArray[np.uint64] = from_each_letter[starts] & _MASKS.take(np.minimum(ends - starts, _KEY_LETTERS))
    return keys


def _key(spelling: str) -> int:
    return int(_keys(_letters_of(spelling), np.array([0]), np.array([len(spelling)]))[0])


def _letters_of(spelling: str) -> _Letters:
    """A folded spelling as `CharacterTable.letters` would have it."""
    return np.array([*map(_byte, spelling), *(_SEPARATOR,) * _KEY_LETTERS], dtype=np.uint8)


def _opening(letters: _Letters) -> int:
    return int(letters[0]) | int(letters[1]) << 8


def _is_whole(spelling: str) -> bool:
    """Whether the key says all of a spelling: seven ASCII letters do, and no Vietnamese syllable has more (nghiêng)."""
    return len(spelling) < _KEY_LETTERS and spelling.isascii()
