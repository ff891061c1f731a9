"""What a question says, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analyzers.channels import Analyzer
from analyzers.folding import fold
from analyzers.numbers import NumberKey, question_keys
from analyzers.telex import read_telex

MAX_SYLLABLES = 64
"""A question is cut here: nobody reads results for more, and every syllable costs the engine a look-up."""


@dataclass(frozen=True, slots=True)
class UnderstoodQuery:
    """A question (câu hỏi) as the ranking sees it.

    Attributes:
        text: What was typed, trimmed.
        read_as: What was meant, when that is not what was typed: Telex with the keyboard's Vietnamese mode off.
        syllables: The syllables meant, with their marks, lower-case.
        folded: The same without marks; as long as `syllables`.
        number_keys: The document numbers it may name.
        has_marks: Whether any syllable was typed with marks.
    """

    text: str
    read_as: str | None
    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    number_keys: tuple[NumberKey, ...]
    has_marks: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be looked for: the question asks for every document."""
        return not self.syllables

    def to_mapping(self) -> dict[str, Any]:
        """What the API tells about how the question was understood."""
        return {
            "text": self.text,
            "read_as": self.read_as,
            "syllables": list(self.syllables),
            "has_marks": self.has_marks,
            "number_keys": [key.text for key in self.number_keys],
        }


def understand(text: str, analyzer: Analyzer) -> UnderstoodQuery:
    """Read a question of any length and content; never fails."""
    text = text.strip()
    typed = analyzer.syllable_tokens(text)[:MAX_SYLLABLES]
    meant = read_telex(typed)
    syllables = meant or typed
    folded = tuple(fold(syllable) for syllable in syllables)
    return UnderstoodQuery(
        text=text,
        read_as=" ".join(meant) if meant else None,
        syllables=syllables,
        folded=folded,
        number_keys=question_keys(" ".join(typed)),
        has_marks=syllables != folded,
    )
