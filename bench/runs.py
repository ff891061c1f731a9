"""A *run*: what one searcher answered to every question of one set, kept as JSON Lines.

The first line says where it came from, each other line is one question with its answers and scores. Runs are compared
(`bench.compare`), their worst questions shown (`bench.worst`), and read with `jq`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bench.corpora import Question
from bench.metrics import Scores, score
from bench.split import Side, side
from bench.table import now

RUNS = Path(__file__).parent / "runs"
ALL = "all"
"""The kind under which all questions of a run are summed up."""


class Hit(NamedTuple):
    """One answer: a document's id, its score in the searcher's own scale, and the ids of the copies folded into it."""

    id: str
    score: float
    copies: tuple[str, ...] = ()

    def answer(self, relevant: Collection[str]) -> str:
        """The id that counts: a right one, if the document or a copy of it is."""
        return next(iter(self._right(relevant)), self.id)

    def beside(self, relevant: Collection[str]) -> list[str]:
        """The right ids that this one answer gives beside the one that counts: no other answer can."""
        return self._right(relevant)[1:]

    def _right(self, relevant: Collection[str]) -> list[str]:
        return [id for id in (self.id, *self.copies) if id in relevant]


Searcher = Callable[[str], Sequence[Hit]]
"""A question's text in, the best ten documents out, best first."""


class InvalidRun(SystemExit):
    """A file is not a run; the message names the file and line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}, line {line}: {reason}; a run is what `python -m bench relevance` writes.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where a run came from.

    Attributes:
        questions: The question set: `office`, `articles`, `generated`.
        corpus: The documents that were searched: `office` or `articles`.
        searcher: Who answered: `embedded`, `elasticsearch`, or a baseline's name.
        commit: The revision, short, with a remark when files were changed since.
        date: When, ISO 8601 with its offset.
    """

    questions: str
    corpus: str
    searcher: str
    commit: str
    date: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with what came first.

    Attributes:
        question: The question.
        side: Whether weights may be tuned on it.
        hits: The best ten at most, best first.
        scores: The measures of `hits`.
    """

    question: Question
    side: Side
    hits: tuple[Hit, ...]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Run:
    """One searcher's answers to one question set."""

    header: Header
    answers: tuple[Answered, ...]


def answer_sets(
    asked: Mapping[str, Iterable[Question]], search: Searcher, *, corpus: str, searcher: str, commit: str
) -> Iterator[Run]:
    """Ask a searcher one question set after another; for what the rest names see `Header`."""
    for questions in asked:
        date = now().isoformat(timespec="seconds")
        header = Header(questions=questions, corpus=corpus, searcher=searcher, commit=commit, date=date)
        yield answer(asked[questions], search, header)


def answer(questions: Iterable[Question], search: Searcher, header: Header) -> Run:
    """Ask a searcher every question of a set, one after another."""
    return Run(header, tuple(_answered(question, search(question.text), header.corpus) for question in questions))


def by_kind(answers: Iterable[Answered]) -> dict[str, list[Answered]]:
    """The answers of each kind of question in the order of their names, then of `ALL`."""
    kinds: dict[str, list[Answered]] = defaultdict(list)
    for one in answers:
        kinds[one.question.kind].append(one)
    sorted_kinds = {kind: kinds[kind] for kind in sorted(kinds)}
    return {**sorted_kinds, ALL: [one for answered in sorted_kinds.values() for one in answered]}


def ndcg(answers: Iterable[Answered]) -> list[float]:
    """The nDCG@10 of each answer."""
    return [one.scores.ndcg for one in answers]


def write(run: Run, path: Path) -> None:
    """Keep a run; its folder is made when missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [asdict(run.header), *map(_to_line, run.answers)]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def read(path: Path) -> Run:
    """Read a kept run.

    Raises:
        InvalidRun: The file holds something else.
        OSError: It cannot be read.
    """
    header, answers = None, []
    with path.open(encoding="utf-8") as lines:
        for number, text in enumerate(lines, start=1):
            try:
                line = json.loads(text)
                if header is None:
                    header = Header(**line)
                else:
                    answers.append(_from_line(line, header.corpus))
            except (ValueError, TypeError, KeyError) as error:
                raise InvalidRun(path, number, f"{type(error).__name__}: {error}") from error
    if header is None:
        raise InvalidRun(path, 1, "the file is empty")
    return Run(header, tuple(answers))


def _answered(question: Question, hits: Sequence[Hit], corpus: str) -> Answered:
    ranked = [hit.answer(question.relevant) for hit in hits]
    beside = {id for hit in hits for id in hit.beside(question.relevant)} - set(ranked)
    scores = score(ranked, question.relevant - beside)
    return Answered(question, side(question, corpus), tuple(hits), scores)


def _to_line(one: Answered) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "kind": one.question.kind,
        "split": one.side,
        "text": one.question.text,
        "relevant": sorted(one.question.relevant),
        "hits": [_hit_to_line(hit) for hit in one.hits],
        **asdict(one.scores),
    }


def _hit_to_line(hit: Hit) -> dict[str, Any]:
    return {name: value for name, value in hit._asdict().items() if value != ()}


def _from_line(line: dict[str, Any], corpus: str) -> Answered:
    """An answer from its line. Split and measures are worked out again, so that no two runs differ in their rules."""
    question = Question(line["id"], line["kind"], line["text"], frozenset(line["relevant"]))
    hits = [Hit(hit["id"], hit["score"], tuple(hit.get("copies", ()))) for hit in line["hits"]]
    return _answered(question, hits, corpus)
