"""How the questions were read whose results somebody is paging through.

What the index knows decides how a question is read (`search_service.knowledge`): a word becomes known, an abbreviation
is defined, midnight passes, and the next page would be one of another question. So a cursor names, beside the engine's
own place, the reading that its page was found by.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engines.kept import Kept
from search_service.query import UnderstoodQuery

_MOST_QUESTIONS = 500
_LONGEST_QUESTION = 10_000
"""Characters; longer ones are read anew on each page, so that what is kept stays small."""

_SEPARATOR = "."
"""In no engine's cursor (`engines.cursor`), and in no need of escaping in addresses."""


@dataclass(frozen=True, slots=True)
class _AsAsked:
    text: str
    literal: bool
    question: UnderstoodQuery


class KeptQuestions:
    """The questions that cursors name. Thread-safe; those of another process, or of too long ago, are not found."""

    def __init__(self) -> None:
        self._kept: Kept[str, _AsAsked] = Kept(_MOST_QUESTIONS)

    def named(self, cursor: str | None, text: str, *, literal: bool) -> UnderstoodQuery | None:
        """The question that a cursor names, None where it is not kept or was another than this."""
        if cursor is None:
            return None
        kept = self._kept.get(cursor.rpartition(_SEPARATOR)[2])
        return kept.question if kept and (kept.text, kept.literal) == (text, literal) else None

    def cursor(self, engines: str | None, text: str, question: UnderstoodQuery, *, literal: bool) -> str | None:
        """The engine's cursor with the name of a question, which is kept from now on.

        Args:
            engines: `Results.next`.
            text: The question as it was asked.
            question: How it was read.
            literal: Whether it was asked to be searched as typed.
        """
        if engines is None or len(text) > _LONGEST_QUESTION:
            return engines
        asked = _AsAsked(text, literal, question)
        name = hashlib.blake2b(repr(asked).encode(), digest_size=6).hexdigest()
        self._kept.put(name, asked)
        return f"{engines}{_SEPARATOR}{name}"


def engines_own(cursor: str | None) -> str | None:
    """The engine's part of a cursor."""
    return None if cursor is None else cursor.partition(_SEPARATOR)[0]
