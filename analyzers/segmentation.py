"""Word segmentation (tách từ): pyvi's answers, an order of magnitude faster.

`Segmenter.segment` is `pyvi.ViTokenizer.tokenize`. `Segmenter.words` is what is indexed: codes (`analyzers.codes`) are
one token each, and what lies between them is cut and joined as pyvi does. To the model a code is its first unit, so a
document number looks like any number; it is never joined to a neighbour.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from analyzers.codes import Code, codes, glue
from analyzers.lexicon import Chunk, Lexicon, Readings, Unit
from analyzers.model import SegmentationModel, load_model
from analyzers.normalize import align, nfc
from analyzers.syllabification import units
from analyzers.tagging import Observations, Tagger
from analyzers.tokens import MAX_TOKEN, Token, can_cut, syllable_texts

_REMEMBERED_UNITS = 1 << 14
_CHUNK = re.compile(r"\n|\S+")


class Segmenter:
    """Joins syllables into words (từ). Safe to share between threads; keeps a bounded memory of chunks seen."""

    def __init__(self, model: SegmentationModel) -> None:
        self._tagger = Tagger(model)
        self._lexicon = Lexicon(self._pyvi_chunk, units)
        self._observation = _remembering(self._tagger.observe)
        self._word = _remembering(self._observed_word)

    def segment(self, text: str) -> str:
        """The text as `pyvi.ViTokenizer.tokenize` gives it: units apart by a space, syllables of a word by `_`."""
        readings = Readings(self._lexicon, nfc(text))
        observations, _ = readings.units()
        if not len(observations):
            return text
        return "".join(readings.words(self._tagger.joins(observations)))[1:]

    def words(self, text: str) -> list[Token]:
        """The words of any text in order, punctuation left out, with their places in it.

        A word's token is its canonical syllables joined by `_`; a code is one token. A word of more than `MAX_TOKEN`
        characters is cut between syllables, and a longer unit (a web address) keeps its beginning.
        """
        aligned = align(text)
        placed = [
            (unit, chunk.start())
            for chunk in _CHUNK.finditer(glue(aligned.text))
            for unit in self.word_units(chunk.group())
        ]
        observations = np.array([unit.observation for unit, _ in placed], dtype=np.int32)
        joined = self.word_joins(observations, np.array([len(unit.text) for unit, _ in placed], dtype=np.int32))
        tokens: list[Token] = []
        for (unit, chunk_start), continues in zip(placed, joined.tolist(), strict=True):
            if not unit.text:
                continue
            start, end = aligned.original(chunk_start + unit.start, chunk_start + unit.end)
            if continues:
                before = tokens.pop()
                tokens.append(Token(f"{before.text}_{unit.text}", before.start, end))
            else:
                tokens.append(Token(unit.text, start, end))
        return tokens

    def word_units(self, chunk: str) -> Iterator[Unit]:
        """The units of a chunk (a run without white space) of a normalized and glued text; a code is one unit."""
        at = 0
        for code in _codes(chunk):
            yield from self._units_between(chunk[at : code.start], at)
            first = units(chunk[code.start : code.end])[0]
            yield Unit(self._tagger.observe(first, severed=True), code.text, code.start, code.end)
            at = code.end
        yield from self._units_between(chunk[at:], at)

    def word_parts(self, chunk: str) -> Iterator[str]:
        """A long chunk in parts that have the same units and syllables, one after another."""
        start = end = 0
        for unit in self.word_units(chunk):
            end = unit.end
            if can_cut(chunk, end):
                yield chunk[start:end]
                start = end
        yield chunk[start:end]

    def word_joins(self, observations: Observations, lengths: NDArray[np.int32]) -> NDArray[np.bool_]:
        """For each of a text's units, written with `lengths` characters, whether it continues the word before it."""
        joined = self._tagger.joins(observations)
        _cut_long_words(joined, lengths)
        return joined

    def _units_between(self, text: str, start: int) -> Iterator[Unit]:
        at = 0
        for unit in units(text):
            observation, word = self._word(unit)
            if at and not can_cut(text, at):  # pyvi parts the syllable of `a@b.vnủy`; joined, it would be two
                observation = self._tagger.observe(unit, severed=True)
            yield Unit(observation, word, start + at, start + at + len(unit))
            at += len(unit)

    def _observed_word(self, unit: str) -> tuple[int, str]:
        word = "_".join(syllable_texts(unit))[:MAX_TOKEN].rstrip("_")
        return self._tagger.observe(unit, severed=not word), word

    def _pyvi_chunk(self, chunk: str) -> Chunk:
        found = []
        start = 0
        for unit in units(chunk):
            found.append(Unit(self._observation(unit), unit, start, start + len(unit)))
            start += len(unit)
        return Chunk(tuple(found))


def load_segmenter() -> Segmenter:
    """Load the model of the installed pyvi; once a process.

    Raises:
        ModelError: pyvi 0.1.1 is not installed.
    """
    return Segmenter(load_model())


_Known = TypeVar("_Known")


def _remembering(function: Callable[[str], _Known]) -> Callable[[str], _Known]:
    """The function with a memory for short units; long ones are rare, and any number of them would fill it."""
    remembered = functools.lru_cache(_REMEMBERED_UNITS)(function)

    def known(unit: str) -> _Known:
        return remembered(unit) if len(unit) <= MAX_TOKEN else function(unit)

    return known


def _codes(chunk: str) -> Iterable[Code]:
    """The codes of a chunk; what looks like one inside an address is part of the address."""
    return () if "@" in chunk or "://" in chunk else codes(chunk)


def _cut_long_words(joined: NDArray[np.bool_], lengths: NDArray[np.int32]) -> None:
    """Take joins away, from the left, where a word would exceed `MAX_TOKEN` characters."""
    (starts,) = (~joined).nonzero()
    if not len(starts):
        return
    ends = np.append(starts[1:], len(joined))
    sizes = np.add.reduceat(lengths + 1, starts) - 1
    for word in (sizes > MAX_TOKEN).nonzero()[0].tolist():
        size = -1
        for at in range(starts[word], ends[word]):
            size += int(lengths[at]) + 1
            if size > MAX_TOKEN:
                joined[at] = False
                size = int(lengths[at])
