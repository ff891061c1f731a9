"""What a question says: the one thing that understanding makes, and that ranking, highlights and pages read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from analyzers.folding import fold
from analyzers.numbers import NumberKey
from search_service.language.parser import Mistake
from search_service.language.translation import Expression
from search_service.names import Named
from search_service.periods import Period

MAX_SYLLABLES = 64
"""A question is cut here: nobody reads results for more, and every syllable costs the engine a look-up."""


@dataclass(frozen=True)
class Reading:
    """One way to read a question (cách hiểu): what documents are looked through for.

    Attributes:
        syllables: Lower-case syllables with their marks.
        words: The words of more than one syllable in it (từ ghép); only of a question in words.
    """

    syllables: tuple[str, ...]
    words: tuple[str, ...] = ()

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The same without marks; as long as `syllables`."""
        return tuple(map(fold, self.syllables))

    @property
    def has_marks(self) -> bool:
        """Whether any syllable has a mark."""
        return self.syllables != self.folded


@dataclass(frozen=True, kw_only=True)
class UnderstoodQuery:
    """A question (câu hỏi) as the ranking sees it.

    Attributes:
        text: What was typed, trimmed.
        readings: What it may mean, first what it most likely means; never empty. A document counts by the reading that
            fits it best.
        read_as: The first reading as text, when that is not what was typed: Telex or VNI with the keyboard's Vietnamese
            mode off, a word that no document has.
        did_you_mean: The question as it was perhaps meant, where every word that was typed is a real one.
        number_keys: The document numbers it may name.
        figures: Figures of numbers that it names in words: `nghị định số 40 của Chính phủ`. Without leading zeros.
        names: Type, issuer and signer that it names.
        periods: Dates of issue that it names.
        only_names: Whether it names type, issuer, signer or date and says nothing else: `quyết định ubnd tỉnh tháng 5`.
        asks: Whether it is a question in words (`… là gì?`), and no description of a document.
        asked_on: The day on which it is asked.
        literal: Whether it was asked to be searched as typed.
        expression: What it asks for in the query language; the rest of this is about the words that are wanted.
        mistake: Why an expression is searched as plain words.
    """

    text: str
    readings: tuple[Reading, ...]
    read_as: str | None = None
    did_you_mean: str | None = None
    number_keys: tuple[NumberKey, ...] = ()
    figures: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    periods: tuple[Period, ...] = ()
    only_names: bool = False
    asks: bool = False
    asked_on: datetime.date = field(default_factory=datetime.date.today)
    literal: bool = False
    expression: Expression | None = None
    mistake: Mistake | None = None

    @property
    def syllables(self) -> tuple[str, ...]:
        """The syllables of the likeliest reading."""
        return self.readings[0].syllables

    @property
    def folded(self) -> tuple[str, ...]:
        """The same without marks."""
        return self.readings[0].folded

    @property
    def has_marks(self) -> bool:
        """Whether any of them has a mark."""
        return self.readings[0].has_marks

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be looked for: the question asks for every document."""
        return not self.syllables and self.expression is None

    def said(self, part: Named | Period) -> str:
        """The syllables that name something."""
        return " ".join(self.syllables[part.start : part.end])
