"""Questions of kinds that the given sets lack, made from the corpus itself and the same in every run.

Everything is drawn by random numbers seeded with the kind and the document's id, so that a document more in the corpus
leaves the other documents' questions as they are, but for what is right. Nothing here searches: no question is chosen
by whether it is answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analyzers.channels import Analyzer
from analyzers.segmentation import load_segmenter
from bench.corpora import Question
from bench.generated.documents import Documents, read_documents
from bench.generated.fields import signer_questions, type_issuer_month_questions
from bench.generated.marks import strip_marks
from bench.generated.phrases import several_faults_questions, vni_questions, wrong_marks_questions
from bench.generated.words import Words
from bench.generated.years import ambiguous_year_questions

__all__ = ["generated_questions", "questions_about", "without_marks"]


def generated_questions(corpus_path: Path) -> tuple[Question, ...]:
    """About a hundred questions of each kind over the office corpus.

    Args:
        corpus_path: The corpus as JSON Lines (`bench.corpora.office`). Questions are made from official documents; laws
            (ids with `law:`) compete, and are right where they answer as well. Only `ambiguous_year` asks for laws too.

    Returns:
        Questions named `<kind>-<document id>`, of the kinds `type_issuer_month`, `signer`, `vni`, `wrong_marks`,
        `several_faults` and `ambiguous_year`; each with one to ten right answers.
    """
    return questions_about(read_documents(corpus_path), Words(Analyzer(load_segmenter())))


def questions_about(documents: Documents, words: Words) -> tuple[Question, ...]:
    """The questions about documents that are already read."""
    return (
        *type_issuer_month_questions(documents, words),
        *signer_questions(documents, words),
        *vni_questions(documents),
        *wrong_marks_questions(documents),
        *several_faults_questions(documents, words),
        *ambiguous_year_questions(documents),
    )


def without_marks(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions that have marks, typed without them: same kind and right answers, id `plain-<id>`."""
    return tuple(
        Question(f"plain-{question.id}", question.kind, plain, question.relevant)
        for question in questions
        if (plain := strip_marks(question.text)) != question.text
    )
