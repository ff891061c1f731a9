"""Measures of ranking over questions with binary relevance.

nDCG: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002; MRR: Voorhees,
"The TREC-8 question answering track report", 1999.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean

DEPTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Measures of one question, or their means over several, each 0 to 1 and at depth 10."""

    ndcg: float
    mrr: float
    first: float
    recall: float


def score(ranked: Sequence[str], relevant: Collection[str]) -> Scores:
    """The measures of one question: ids in ranked order against the ids that are right (at least one)."""
    hits = [position for position, id in enumerate(ranked[:DEPTH]) if id in relevant]
    ideal = sum(1 / math.log2(position + 2) for position in range(min(len(relevant), DEPTH)))
    return Scores(
        ndcg=sum(1 / math.log2(position + 2) for position in hits) / ideal,
        mrr=1 / (hits[0] + 1) if hits else 0.0,
        first=float(bool(hits) and hits[0] == 0),
        recall=len(hits) / len(relevant),
    )


def mean(scores: Collection[Scores]) -> Scores:
    """The mean of each measure."""
    return Scores(
        ndcg=fmean(one.ndcg for one in scores),
        mrr=fmean(one.mrr for one in scores),
        first=fmean(one.first for one in scores),
        recall=fmean(one.recall for one in scores),
    )
