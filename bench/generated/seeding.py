"""Chance that is the same in every run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from bench.corpora import Question
from bench.generated.documents import Document

PER_KIND = 100
"""Questions a kind: the mean nDCG of so many has a standard error of about 0.02."""


def seeded(kind: str, id: str) -> Random:
    """The random numbers of one document in one kind of questions."""
    return Random(f"{kind}-{id}")  # noqa: S311 - nothing here is secret


def shuffled(kind: str, documents: Iterable[Document]) -> list[Document]:
    """The documents in an order of chance that leaves each where it is when others come or go."""
    return sorted(documents, key=lambda document: (seeded(kind, document.id).random(), document.id))


def collect(
    kind: str,
    documents: Iterable[Document],
    ask: Callable[[Document, Random], tuple[str, frozenset[str]] | None],
    most: int = PER_KIND,
) -> tuple[Question, ...]:
    """At most so many questions, no two with the same text.

    Args:
        kind: The kind's name.
        documents: What to ask for.
        ask: From a document and its random numbers to a question's text and right answers; None when the document
            gives no such question.
        most: When to stop.
    """
    questions: dict[str, Question] = {}
    for document in shuffled(kind, documents):
        if len(questions) == most:
            break
        asked = ask(document, seeded(f"{kind} question", document.id))
        if asked:
            text, relevant = asked
            questions.setdefault(text, Question(f"{kind}-{document.id}", kind, text, relevant))
    return tuple(questions.values())
