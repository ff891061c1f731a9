"""Abbreviations in questions (chữ viết tắt), both ways: the other spellings that a document may have used.

Whoever asks for `TTHC` means *thủ tục hành chính*, and documents have either. Three sources, in this order: the
installation's own list, the list that comes with the program, and what the indexed documents themselves define.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from analyzers.abbreviations import CODES, Definition, curated, from_keyword, is_safe
from engines.interface import Term
from search_service.wording import fold_syllable

MAX_SPELLINGS = 3
"""Most meanings of one abbreviation, and most abbreviations of one full form."""

MAX_VARIANTS = 8
"""Most variants of one question: each is looked up."""

# Two letters mean one thing in each document that defines them (`KG: khu gian`) and another in the next.
_LEAST_LETTERS = 3
# One document's own meaning does not stand against others.
_LEAST_DOCUMENTS = 2

Phrase: TypeAlias = tuple[str, ...]
"""Canonical syllables or other tokens, one after another."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Another spelling of a part of a question.

    Attributes:
        start: The first token that it may stand for.
        end: One past the last.
        syllables: What may stand there, canonical and with marks.
    """

    start: int
    end: int
    syllables: Phrase


class Abbreviations:
    """What is known of abbreviations, from all sources. Immutable; safe to share between threads."""

    def __init__(self, own: Iterable[Definition] = (), mined: Sequence[Term] = ()) -> None:
        """Put the sources together.

        Args:
            own: The installation's own list; it comes before every other.
            mined: `Engine.terms("abbreviations", …)`: what documents define, and how many of them do.
        """
        definitions = _in_order((*own, *curated()), mined)
        self.shorts = frozenset(token for definition in definitions for token in map(fold_syllable, definition.short))
        """The tokens of all abbreviations, without marks."""
        self._meanings = _Table((definition.short, definition.long) for definition in definitions)
        self._abbreviations = _Table((definition.long, definition.short) for definition in definitions)

    def variants(self, syllables: Phrase) -> tuple[Variant, ...]:
        """The other spellings of a question's parts, at most `MAX_VARIANTS`, full forms of abbreviations first.

        Of parts that overlap the longest is taken, of abbreviations and of full forms each.

        Args:
            syllables: Canonical, as `UnderstoodQuery.syllables`. An abbreviation is known without its marks too
                (`hdnd`), a full form only in a question that has no marks at all.
        """
        folded = tuple(map(fold_syllable, syllables))
        parts = [
            *(part for part in self._meanings.parts(syllables, folded, True) if not _in_number(part, folded)),
            *self._abbreviations.parts(syllables, folded, syllables == folded),
        ]
        found = [Variant(part.start, part.end, spelling) for part in parts for spelling in part.spellings]
        return tuple(found[:MAX_VARIANTS])


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a question that has other spellings."""

    start: int
    end: int
    spellings: tuple[Phrase, ...]


class _Table:
    """Phrases and their other spellings, the preferred first."""

    def __init__(self, pairs: Iterable[tuple[Phrase, Phrase]]) -> None:
        self._exact: dict[Phrase, tuple[Phrase, ...]] = {}
        self._folded: dict[Phrase, tuple[Phrase, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, spelling in pairs:
            folded = tuple(map(fold_syllable, phrase))
            _add(self._exact, phrase, spelling)
            if len(folded) > 1 or folded == phrase or is_safe(folded):
                _add(self._folded, folded, spelling)
            lengths.setdefault(folded[0], set()).add(len(phrase))
        self._lengths = {first: tuple(those) for first, those in lengths.items()}

    def parts(self, tokens: Phrase, folded: Phrase, without_marks: bool) -> list[_Part]:
        """The parts of a question that are phrases of this table, apart from each other, in order."""
        found = sorted(self._matches(tokens, folded, without_marks), key=lambda part: part.start - part.end)
        apart: list[_Part] = []
        for part in found:
            if all(part.end <= other.start or other.end <= part.start for other in apart):
                apart.append(part)
        return sorted(apart, key=lambda part: part.start)

    def _matches(self, tokens: Phrase, folded: Phrase, without_marks: bool) -> Iterator[_Part]:
        for start, first in enumerate(folded):
            for length in self._lengths.get(first, ()):
                phrase = tokens[start : start + length]
                unmarked = without_marks and phrase == folded[start : start + length]
                spellings = (self._folded if unmarked else self._exact).get(phrase)
                if spellings:
                    yield _Part(start, start + len(phrase), spellings)


def _add(table: dict[Phrase, tuple[Phrase, ...]], phrase: Phrase, spelling: Phrase) -> None:
    known = table.get(phrase, ())
    if len(known) < MAX_SPELLINGS and spelling not in known:
        table[phrase] = (*known, spelling)


def _in_order(listed: Sequence[Definition], mined: Sequence[Term]) -> list[Definition]:
    """The definitions that are trusted, the preferred first."""
    terms = sorted(mined, key=lambda term: (-term.documents, term.text))
    found = [(from_keyword(term.text), term.documents) for term in terms]
    meanings = Counter(definition.short for definition, _ in found)
    meanings.update({definition.short for definition in listed})
    trusted = [
        definition
        for definition, documents in found
        if sum(map(len, definition.short)) >= _LEAST_LETTERS
        and (documents >= _LEAST_DOCUMENTS or meanings[definition.short] == 1)
    ]
    return [*listed, *trusted]


def _in_number(part: _Part, folded: Phrase) -> bool:
    """Whether the part follows a document type's code: `ubnd` in `36/QĐ-UBND` is a piece of the number."""
    return part.start > 0 and folded[part.start - 1] in CODES
