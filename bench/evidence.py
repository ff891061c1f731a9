"""What every piece of ranking evidence gives to the likely documents of each question, as arrays to tune weights on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.corpora import Question
from bench.split import Side, side
from engines.interface import Access, Engine, Search
from engines.query import AnyOf, Boolean, Query
from search_service.query import UnderstoodQuery
from search_service.ranking import Evidence, Weights, candidates, question_evidence, rank, reading_evidence
from search_service.search import SearchService

_BEST = 80
"""Documents of a question that the ranking as it is puts first."""

_BEST_BY_EVIDENCE = 15
"""And those that each piece of evidence alone does: other weights may bring them up."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A set of questions with their likely documents and the evidence, everything with weight 1.

    Attributes:
        names: The fields of `Weights` that the evidence is of.
        readings: Question × reading × document × name.
        beside: Question × document × name: evidence that holds however the question is read, `fixed` included.
        fixed: Question × document: scores whose weights are not tuned.
        relevant: Question × document.
        present: Question × document; others only fill up.
        ideal: The best DCG of each question.
        train: Whether each question may be tuned on.
        kinds: The kind of each question.
    """

    names: tuple[str, ...]
    readings: Array
    beside: Array
    fixed: Array
    relevant: npt.NDArray[np.bool_]
    present: npt.NDArray[np.bool_]
    ideal: Array
    train: npt.NDArray[np.bool_]
    kinds: tuple[str, ...]


def gather(
    service: SearchService, questions: Sequence[Question], corpus: str, weights: Weights, tuned: Sequence[str]
) -> Gathered:
    """The evidence for some questions.

    Args:
        service: Searches the corpus.
        questions: The questions, of one set.
        corpus: Its name.
        weights: The weights as they are, which choose the documents to look at.
        tuned: The fields of `Weights` to tune.
    """
    ones = dataclasses.replace(weights, **dict.fromkeys(tuned, 1.0))
    rows = [_row(service, question, weights, ones, tuned) for question in questions]
    documents = max(len(row.ids) for row in rows)
    depth = max(len(row.readings) for row in rows)
    readings = np.zeros((len(rows), depth, documents, len(tuned)), dtype=np.float32)
    beside = np.zeros((len(rows), documents, len(tuned)), dtype=np.float32)
    fixed = np.zeros((len(rows), documents), dtype=np.float32)
    relevant, present = np.zeros((2, len(rows), documents), dtype=np.bool_)
    for at, (row, question) in enumerate(zip(rows, questions, strict=True)):
        count = len(row.ids)
        for number, scores in enumerate(row.readings):
            readings[at, number, :count] = scores
        beside[at, :count], fixed[at, :count], present[at, :count] = row.beside, row.fixed, True
        relevant[at, :count] = [id in question.relevant for id in row.ids]
    ideal = [sum(1 / np.log2(place + 2) for place in range(min(10, len(one.relevant)))) for one in questions]
    return Gathered(
        names=tuple(tuned),
        readings=readings,
        beside=beside,
        fixed=fixed,
        relevant=relevant,
        present=present,
        ideal=np.array(ideal, dtype=np.float32),
        train=np.array([side(question, corpus) is Side.TRAIN for question in questions]),
        kinds=tuple(question.kind for question in questions),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    ids: tuple[str, ...]
    readings: tuple[Array, ...]
    beside: Array
    fixed: Array


def _row(service: SearchService, question: Question, weights: Weights, ones: Weights, tuned: Sequence[str]) -> _Row:
    understood = service.understand(question.text)
    evidence = [reading_evidence(reading, ones) for reading in understood.readings]
    others = question_evidence(understood, ones)
    ids = _likely(service.engine, understood, weights, [*sum(evidence, ()), *others])
    column = {name: at for at, name in enumerate(tuned)}

    def table(pieces: Iterable[Evidence], of: Callable[[Evidence], bool]) -> Array:
        scores = np.zeros((len(ids), len(tuned)), dtype=np.float32)
        for piece in filter(of, pieces):
            found = _scores(service.engine, piece.query, ids)
            scores[:, column[piece.name]] += [found.get(id, 0.0) for id in ids]
        return scores

    def is_tuned(piece: Evidence) -> bool:
        return piece.name in column

    fixed = np.zeros(len(ids), dtype=np.float32)
    for piece in others:
        if not is_tuned(piece):
            found = _scores(service.engine, piece.scored(), ids)
            fixed += np.array([found.get(id, 0.0) for id in ids], dtype=np.float32)
    return _Row(ids, tuple(table(pieces, is_tuned) for pieces in evidence), table(others, is_tuned), fixed)


def _likely(
    engine: Engine, question: UnderstoodQuery, weights: Weights, evidence: Sequence[Evidence]
) -> tuple[str, ...]:
    found = _found(engine, rank(question, weights), _BEST)
    gate = candidates(question, weights)
    for piece in evidence:
        found |= _found(engine, Boolean(must=(piece.query,), filters=(gate,)), _BEST_BY_EVIDENCE)
    return tuple(found)


def _scores(engine: Engine, query: Query, ids: Sequence[str]) -> Mapping[str, float]:
    return _found(engine, Boolean(must=(query,), filters=(AnyOf("id", tuple(ids)),)), len(ids))


def _found(engine: Engine, query: Query, size: int) -> dict[str, float]:
    hits = engine.search(Search(query=query, access=Access.of(), size=size, folded=False)).hits
    return {hit.record.id: hit.score for hit in hits}
