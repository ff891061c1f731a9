"""Small hand-made runs that several tests look at."""

from collections.abc import Iterable, Mapping

from bench.corpora import Question
from bench.runs import Header, Hit, Run, answer

HEADER = Header(
    questions="office", corpus="office", searcher="embedded", commit="abc1234", date="2026-01-02T03:04:05+07:00"
)


def question(id: str, *, kind: str = "subject", text: str = "", relevant: Iterable[str] = ("right",)) -> Question:
    return Question(id, kind, text or f"câu hỏi {id}", frozenset(relevant))


def run_of(ranked: Mapping[Question, Iterable[str]], header: Header = HEADER) -> Run:
    """A run in which each question was answered by these documents, in this order."""
    answers = {one.text: [Hit(id, 10.0 - at) for at, id in enumerate(ids)] for one, ids in ranked.items()}
    return answer(ranked, answers.__getitem__, header)
