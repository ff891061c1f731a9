"""From what was typed to a question that can be ranked: an expression of the query language, or words."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analyzers.folding import fold
from analyzers.tokens import syllable_texts
from search_service.knowledge import Knowledge
from search_service.language.lexemes import words_in
from search_service.language.parser import Mistake, parse
from search_service.language.translation import translate
from search_service.query import Reading, UnderstoodQuery
from search_service.understanding import understand


def read_question(
    text: str, knowledge: Knowledge, asked_on: datetime.date, *, literal: bool = False
) -> UnderstoodQuery:
    """Read a question of any length and content; never fails.

    Args:
        text: The question as typed.
        knowledge: What the index can tell.
        asked_on: The day, in Asia/Ho_Chi_Minh, that `tháng trước` is counted from.
        literal: Search the words that were typed and nothing else.

    Returns:
        The question. A bad expression is read as plain words, and says so.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if literal:
        return understand(text, knowledge, asked_on, literal=True)
    try:
        tree = parse(text)
        if tree is None:
            return understand(text, knowledge, asked_on)
        index = _Index(knowledge, asked_on)
        expression = translate(text, tree, index, index.spellings)
    except Mistake as mistake:
        words = understand(text, knowledge, asked_on, tokens=words_in(text) or None)
        return replace(words, mistake=mistake)
    words = understand(text, knowledge, asked_on, tokens=expression.tokens)
    return replace(words, expression=expression)


@dataclass(frozen=True, slots=True)
class _Index:
    """What expressions ask of the index."""

    knowledge: Knowledge
    asked_on: datetime.date

    def values(self, field: str, said: str) -> tuple[str, ...]:
        """Those with the words in one run, in any spelling that the words have; for a type its code as well."""
        runs = [_Run.of(reading) for reading in self._readings(said)]
        named = self.knowledge.names.find(tuple(syllable_texts(said))) if field == "type" else ()
        meant = [value for name in named if name.field == field for value in name.values]
        held = [value for value in self.knowledge.values.get(field, ()) if any(run.is_in(value) for run in runs)]
        return tuple(dict.fromkeys([*meant, *held]))

    def spellings(self, text: str) -> Sequence[tuple[str, ...]]:
        """The ways to read some words, without marks."""
        return [reading.folded for reading in self._readings(text)]

    def _readings(self, text: str) -> tuple[Reading, ...]:
        """As typed, and as it may be meant; a name that is in no text is no slip."""
        typed, meant = (understand(text, self.knowledge, self.asked_on, literal=literal) for literal in (True, False))
        return tuple(dict.fromkeys((*typed.readings, *meant.readings)))


@dataclass(frozen=True, slots=True)
class _Run:
    """Syllables beside one another. Marks that were typed must be there."""

    text: str
    has_marks: bool

    @classmethod
    def of(cls, reading: Reading) -> _Run:
        return cls(_spaced(reading.syllables), reading.has_marks)

    def is_in(self, value: str) -> bool:
        marked, folded = _spellings(value)
        return self.text in (marked if self.has_marks else folded)


@lru_cache(maxsize=100_000)  # every value of a field is looked at again and again
def _spellings(value: str) -> tuple[str, str]:
    """The syllables of a value with marks and without."""
    syllables = tuple(syllable_texts(value))
    return _spaced(syllables), _spaced(tuple(map(fold, syllables)))


def _spaced(syllables: Sequence[str]) -> str:
    return f" {' '.join(syllables)} "
