"""The token channels of a text, as engines receive them."""

from __future__ import annotations

from dataclasses import dataclass

from analyzers.codes import glue
from analyzers.folding import fold
from analyzers.lexicon import Chunk, Lexicon, Readings
from analyzers.normalize import normalize
from analyzers.segmentation import Segmenter
from analyzers.tokens import syllable_texts


@dataclass(frozen=True, slots=True)
class Channels:
    """One text as tokens of letters, digits and `_`, each channel's joined by single spaces.

    Attributes:
        syllables: Syllables (tiếng) with their marks: the texts of `analyzers.tokens.syllables`.
        folded: The same without marks; as many tokens, in the same places.
        words: Words (từ), with document numbers, dates and other codes whole: the texts of `Segmenter.words`.
    """

    syllables: str
    folded: str
    words: str


class Analyzer:
    """Makes tokens of texts and questions. Safe to share between threads; keeps a bounded memory of chunks seen."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._segmenter = segmenter
        self._lexicon = Lexicon(self._chunk, segmenter.word_parts)

    def channels(self, text: str) -> Channels:
        """All channels of a text of any length, for indexing."""
        readings = Readings(self._lexicon, glue(normalize(text)))
        joined = self._segmenter.word_joins(*readings.units())
        words = "".join(readings.words(joined))
        written = [reading.syllables() for reading in readings]
        syllables, folded = ("".join(channel) for channel in ([one for one, _ in written], [one for _, one in written]))
        return Channels(syllables[1:], folded[1:], words[1:])

    def syllable_tokens(self, text: str) -> tuple[str, ...]:
        """The syllables of a short text (a question, a title) with their marks."""
        return tuple(syllable_texts(normalize(text)))

    def folded_tokens(self, text: str) -> tuple[str, ...]:
        """The syllables of a short text without marks."""
        return tuple(map(fold, self.syllable_tokens(text)))

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a short text, the syllables of each joined by `_`."""
        return tuple(self.channels(text).words.split())

    def _chunk(self, chunk: str) -> Chunk:
        syllables = "".join(f" {syllable}" for syllable in syllable_texts(chunk))
        return Chunk(tuple(self._segmenter.word_units(chunk)), syllables, fold(syllables))
