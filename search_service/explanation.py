"""Why a hit is ranked where it is: what each piece of evidence gave (giải thích thứ hạng)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engines.interface import Access, Engine, Search
from engines.query import AnyOf
from search_service.query import UnderstoodQuery
from search_service.ranking import DEFAULT_WEIGHTS, Evidence, Weights, question_evidence, reading_evidence


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one piece of evidence gave to a hit.

    Attributes:
        evidence: Which one: a field of `Weights`.
        score: Its share of the hit's score.
        reading: For evidence of the text, the reading of the question that it is about; None for what holds however
            the question is read.
    """

    evidence: str
    score: float
    reading: str | None


def explain(
    engine: Engine,
    question: UnderstoodQuery,
    ids: Sequence[str],
    access: Access,
    weights: Weights = DEFAULT_WEIGHTS,
) -> dict[str, tuple[Contribution, ...]]:
    """What the score of each of `ids` is made of, the greatest share first; the shares add up to the score.

    Each piece of evidence is asked of the engine by itself: this costs ten and more searches, and is for those who
    wonder about one answer, not for every answer.

    Raises:
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    if question.is_empty or not ids:
        return {}

    def scores(evidence: Evidence) -> Mapping[str, float]:
        search = Search(query=evidence.scored(), access=access, filters={"id": AnyOf("id", tuple(ids))}, size=len(ids))
        return {hit.record.id: hit.score for hit in engine.search(search).hits}

    beside: dict[str, list[Contribution]] = defaultdict(list)
    for evidence in question_evidence(question, weights):
        for id, score in scores(evidence).items():
            beside[id].append(Contribution(evidence.name, score, None))
    best: dict[str, list[Contribution]] = {}
    for reading in question.readings:
        said = " ".join(reading.syllables)
        found: dict[str, list[Contribution]] = defaultdict(list)
        for evidence in reading_evidence(reading, weights):
            for id, score in scores(evidence).items():
                found[id].append(Contribution(evidence.name, score, said))
        best |= {id: shares for id, shares in found.items() if _total(shares) > _total(best.get(id, ()))}
    return {id: _greatest_first((*best.get(id, ()), *beside.get(id, ()))) for id in ids}


def _total(shares: Sequence[Contribution]) -> float:
    return sum(share.score for share in shares)


def _greatest_first(shares: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted((share for share in shares if share.score), key=lambda share: -share.score))
