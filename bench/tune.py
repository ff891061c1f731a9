"""`python -m bench.tune`: find the weights of the ranking on the training halves of the questions, and judge them.

Coordinate ascent (Metzler and Croft, "Linear feature-based models for information retrieval", Information Retrieval
10(3), 2007): one weight after the other is tried at some multiples of itself, and kept where the mean nDCG@10 of the
training questions grows. Each kind of question counts alike, however many there are, and the articles' questions as
much as all of an office's kinds that they stand beside. Nothing is written: what it prints goes into
`search_service/ranking.py` by hand, with the table that `python -m bench.gate` then makes.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.corpora import DEFAULT_DATA
from bench.evidence import Gathered, gather
from bench.question_sets import CORPORA, asked_over
from bench.setting import Bench, opened
from search_service.ranking import DEFAULT_WEIGHTS, Weights

TUNED = (
    *("body_folded", "body_pairs", "body_triples", "body_whole", "words", "title", "title_pairs", "title_whole"),
    *("figure", "named", "perhaps_named", "perhaps_signed", "issued", "perhaps_issued", "all_named"),
)
"""All but `body`, which is the unit, those that only put whole numbers first, and `legal_force`.

Every right answer among the articles is a law, so that tuning would make `legal_force` as great as it may be; it stays
a modest preference.
"""

_FACTORS = (0.0, 0.5, 0.7, 0.85, 1.2, 1.5, 2.0)
_ROUNDS = 3
_LEAST_GAIN = 5e-4
_SHARES = {"office": 11, "generated": 6, "articles": 6}
"""How much each set counts; `office` and `generated` as many as their kinds."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.tune", description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of documents and questions")
    with opened(parser.parse_args().data) as bench:
        sets = gathered(bench)
    weights = tune(sets, DEFAULT_WEIGHTS)
    for name, before, after in ((one, getattr(DEFAULT_WEIGHTS, one), getattr(weights, one)) for one in TUNED):
        print(f"{name:16} {before:8.3f} → {after:8.3f}")
    for name, one in sets.items():
        for label, half in (("train", one.train), ("held-out", ~one.train)):
            figures = [ndcg(one, vector(some))[half].mean() for some in (DEFAULT_WEIGHTS, weights)]
            print(f"{name:10} {label:9} {figures[0]:.4f} → {figures[1]:.4f}")


def gathered(bench: Bench) -> dict[str, Gathered]:
    """The evidence for all question sets that are tuned on, from the embedded engine."""
    sets: dict[str, Gathered] = {}
    for corpus in CORPORA:
        bench.indexed("embedded", corpus)
        with bench.search("embedded", corpus) as service:
            for name, questions in asked_over(bench.corpus(corpus)).items():
                if name in _SHARES:
                    sets[name] = gather(service, questions, corpus, DEFAULT_WEIGHTS, ("body", *TUNED))
    return sets


def tune(sets: Mapping[str, Gathered], weights: Weights) -> Weights:
    """Better weights by the training questions of some sets, by name."""
    best = worth(sets, weights)
    for _ in range(_ROUNDS):
        before = best
        for name in TUNED:
            for value in (getattr(weights, name) * factor for factor in _FACTORS):
                tried = dataclasses.replace(weights, **{name: value})
                gained = worth(sets, tried)
                if gained > best + _LEAST_GAIN:
                    best, weights = gained, tried
        if best == before:
            break
    return weights


def worth(sets: Mapping[str, Gathered], weights: Weights) -> float:
    """The mean nDCG@10 of the training questions, each kind alike."""
    shares = [_SHARES[name] for name in sets]
    means = [_mean_of_kinds(one, ndcg(one, vector(weights)), one.train) for one in sets.values()]
    return float(np.average(means, weights=shares))


def vector(weights: Weights) -> npt.NDArray[np.float32]:
    """The weights in the order of `Gathered.names`."""
    return np.array([getattr(weights, name) for name in ("body", *TUNED)], dtype=np.float32)


def ndcg(gathered: Gathered, weights: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """nDCG@10 of each question, as the engine's query with these weights would rank its documents."""
    scores = (gathered.readings @ weights).max(axis=1) + gathered.beside @ weights + gathered.fixed
    scores = np.where(gathered.present, scores, -np.inf)
    first = np.argsort(-scores, axis=1, kind="stable")[:, :10]
    gains = np.take_along_axis(gathered.relevant, first, axis=1) / np.log2(np.arange(first.shape[1]) + 2)
    return np.asarray(gains.sum(axis=1) / gathered.ideal, dtype=np.float64)


def _mean_of_kinds(gathered: Gathered, values: npt.NDArray[np.float64], chosen: npt.NDArray[np.bool_]) -> float:
    kinds: Sequence[str] = sorted(set(gathered.kinds))
    of_kind = np.array(gathered.kinds)
    return float(np.mean([values[chosen & (of_kind == kind)].mean() for kind in kinds]))


if __name__ == "__main__":
    main()
