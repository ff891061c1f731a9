"""What is already known of the chunks of a text: each is cut, observed and spelled once, then only looked up.

A text of official documents has few distinct chunks (30,000 make up 99.6 % of 13 million), so reading one is a
dictionary lookup a chunk; numpy spreads what is known of the chunks over their units.
"""

from __future__ import annotations

import re
import sys
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.syllabification import chunks
from analyzers.tagging import Observations

_MAX_CHUNKS = 100_000
_MAX_CHARACTERS = 1_000_000
_BLOCK = 1 << 18
"""Characters taken apart at once: what a text needs in memory beside itself stays small."""
_PIECES = 1 << 17
_LONG = 256
_WHITE_SPACE = re.compile(r"\s")


class Unit(NamedTuple):
    """One unit of a chunk. A tuple, because millions are made where text is junk.

    Attributes:
        observation: What the segmentation model sees of it (`Tagger.observe`).
        text: How it is written out; empty if it is dropped.
        start: Where it begins in the chunk.
        end: Where it ends in the chunk.
    """

    observation: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is known of one chunk: its units, and its syllables, with marks and folded, each with a space before it."""

    units: tuple[Unit, ...]
    syllables: str = ""
    folded: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Some chunks read.

    Attributes:
        observations: What the model sees of each unit.
        lengths: Characters each unit is written with.
        units: Each unit's row in `spellings`, halved.
        spellings: For each known unit two rows: as the beginning of a word, with a space before it, and as its
            continuation, with `_` before it.
        chunks: Each chunk's row in `known_syllables` and `known_folded`.
        known_syllables: `Chunk.syllables` of the known chunks.
        known_folded: `Chunk.folded` of the known chunks.
    """

    observations: Observations
    lengths: NDArray[np.int32]
    units: NDArray[np.int32]
    spellings: list[str]
    chunks: NDArray[np.int32]
    known_syllables: list[str]
    known_folded: list[str]

    def words(self, joined: NDArray[np.bool_]) -> str:
        """The units written out, each with what joins it to the one before."""
        return "".join(map(self.spellings.__getitem__, (self.units * 2 + joined).tolist()))

    def syllables(self) -> tuple[str, str]:
        """The syllables with marks and folded, each with a space before it."""
        rows = self.chunks.tolist()
        return (
            "".join(map(self.known_syllables.__getitem__, rows)),
            "".join(map(self.known_folded.__getitem__, rows)),
        )


_NONE = np.empty(0, dtype=np.int32)


class Lexicon:
    """Reads chunks, remembering a bounded number of them. Safe to share between threads."""

    def __init__(self, look_up: Callable[[str], Chunk], split: Callable[[str], Iterable[str]]) -> None:
        """Make an empty one.

        Args:
            look_up: What is to be known of a chunk.
            split: The parts of a chunk that is too long to be remembered whole; a part is looked up like a chunk.
        """
        self._look_up = look_up
        self._split = split
        self._table = _Table(look_up)
        self._lock = threading.Lock()

    def read(self, text: str) -> Iterator[Reading]:
        """Read all chunks of a text, in as many readings as bounded memory asks for."""
        for block in _blocks(text):
            pieces = chunks(block)
            if max(map(len, pieces), default=0) > _LONG:
                pieces = [part for piece in pieces for part in (self._split(piece) if len(piece) > _LONG else (piece,))]
            for start in range(0, len(pieces), _PIECES):
                yield self._read(pieces[start : start + _PIECES])

    def _read(self, pieces: list[str]) -> Reading:
        # A full table is dropped whole: what is common comes back at once.
        with self._lock:
            if len(self._table) > _MAX_CHUNKS or self._table.characters > _MAX_CHARACTERS:
                self._table = _Table(self._look_up)
            return self._table.read(pieces)


class _Table(dict[str, int]):
    """Chunk to its row. What is known of chunks and of their units is kept in columns."""

    def __init__(self, look_up: Callable[[str], Chunk]) -> None:
        super().__init__()
        self.characters = 0
        self._look_up = look_up
        self._first = array("i")
        self._count = array("i")
        self._syllables: list[str] = []
        self._folded: list[str] = []
        self._observations = array("i")
        self._lengths = array("i")
        self._spellings: list[str] = []

    def __missing__(self, piece: str) -> int:
        chunk = self._look_up(piece)
        self._first.append(len(self._observations))
        self._count.append(len(chunk.units))
        # Interned, because most chunks are a word that others hold too, with other punctuation or capitals.
        self._syllables.append(sys.intern(chunk.syllables))
        self._folded.append(sys.intern(chunk.folded))
        for observation, text, _, _ in chunk.units:
            self._observations.append(observation)
            self._lengths.append(len(text))
            self._spellings += (sys.intern(f" {text}"), sys.intern(f"_{text}")) if text else ("", "")
        self.characters += len(piece)
        row = self[piece] = len(self)
        return row

    def read(self, pieces: list[str]) -> Reading:
        rows = np.fromiter(map(self.__getitem__, pieces), np.int32, len(pieces))
        first, count = _column(self._first)[rows], _column(self._count)[rows]
        offsets = np.cumsum(count, dtype=np.int32)
        units = np.repeat(first - offsets + count, count) + np.arange(count.sum(), dtype=np.int32)
        return Reading(
            observations=_column(self._observations)[units],
            lengths=_column(self._lengths)[units],
            units=units,
            spellings=self._spellings,
            chunks=rows,
            known_syllables=self._syllables,
            known_folded=self._folded,
        )


def _column(values: array[int]) -> NDArray[np.int32]:
    """The column without copying it; the view must be gone before the column grows again."""
    return np.frombuffer(values, dtype=np.int32) if values else _NONE


class Readings:
    """The readings of a text, block by block, to go through twice: once to observe it, once to write it out.

    The model decides over the whole text at once, so nothing depends on the blocks. A short text is read
    once; a longer one is read again rather than kept, because its chunks take fifty times the memory of its units.
    """

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        self._lexicon = lexicon
        self._text = text
        self._kept = list(lexicon.read(text)) if len(text) <= _BLOCK else None

    def __iter__(self) -> Iterator[Reading]:
        return iter(self._kept) if self._kept is not None else self._lexicon.read(self._text)

    def units(self) -> tuple[Observations, NDArray[np.int32]]:
        """The observations of all units and their lengths."""
        observed = [(reading.observations, reading.lengths) for reading in self] or [(_NONE, _NONE)]
        return np.concatenate([one for one, _ in observed]), np.concatenate([one for _, one in observed])

    def words(self, joined: NDArray[np.bool_]) -> Iterator[str]:
        """The units written out, block by block, by what joins each unit of the text to the one before."""
        at = 0
        for reading in self:
            stop = at + len(reading.units)
            yield reading.words(joined[at:stop])
            at = stop


def _blocks(text: str) -> Iterator[str]:
    """The text in pieces of about `_BLOCK` characters, cut before white space, so that no chunk is cut."""
    start = 0
    while start < len(text):
        space = _WHITE_SPACE.search(text, start + _BLOCK)
        stop = space.start() if space else len(text)
        yield text[start:stop]
        start = stop
