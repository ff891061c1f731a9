"""The question sets that relevance is judged by: each over one corpus, of one or more kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.corpora import Corpus, Question
from bench.generated import generated_questions, without_marks


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set of questions.

    Attributes:
        name: Names its runs, tables and floors.
        corpus: The documents it is asked over: `office` or `articles`.
        questions: Makes the questions from the corpus; the same ones each time.
        marked: The set of which this one has the questions, typed without marks; empty where it is a set of its own.
    """

    name: str
    corpus: str
    questions: Callable[[Corpus], tuple[Question, ...]]
    marked: str = ""


def _collected(corpus: Corpus) -> tuple[Question, ...]:
    return corpus.questions


def _unmarked(corpus: Corpus) -> tuple[Question, ...]:
    return without_marks(corpus.questions)


def _generated(corpus: Corpus) -> tuple[Question, ...]:
    return generated_questions(corpus.path)


QUESTION_SETS = (
    QuestionSet("office", "office", _collected),
    QuestionSet("office-unmarked", "office", _unmarked, marked="office"),
    QuestionSet("articles", "articles", _collected),
    QuestionSet("articles-unmarked", "articles", _unmarked, marked="articles"),
    QuestionSet("generated", "office", _generated),
)
CORPORA = tuple(dict.fromkeys(questions.corpus for questions in QUESTION_SETS))


def asked_over(corpus: Corpus) -> dict[str, tuple[Question, ...]]:
    """The questions over one corpus, by the names of their sets."""
    return {one.name: one.questions(corpus) for one in QUESTION_SETS if one.corpus == corpus.name}
