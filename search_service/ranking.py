"""How documents are ranked: the one place where a question becomes a weighted engine query.

Each weight answers a case that clerks bring. `bench/relevance.py` measures them all; change one only with its table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from engines.query import All, AnyOf, Best, Boolean, Boost, Constant, Match, Query
from engines.schema import ngrams
from search_service.query import UnderstoodQuery


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the parts of a score, in BM25 of one body syllable.

    Attributes:
        body: The syllables, with marks when the question has marks: `quý` is not `quy`.
        body_folded: The syllables without marks, beside `body`, when the question has marks: a document typed without
            marks, or with a slip in one, is found, after those that match as typed.
        body_pairs: Neighbouring syllables. Vietnamese words are mostly two syllables; marks do not matter here.
        body_triples: Runs of three: a phrase remembered from the text outranks scattered syllables.
        title: The syllables in type, number, subject and issuer: the subject comes before the body.
        title_pairs: The same for pairs.
        number: A number that the question may name, for each piece of it beyond the figure.
        number_limit: The most that a number counts for.
        whole_number: The question is a number and nothing else: its document comes first whatever else matches.
        needed: The share of the question's syllables that a document must have to be found at all.
    """

    body: float = 1.0
    body_folded: float = 0.0
    body_pairs: float = 0.3
    body_triples: float = 1.0
    title: float = 0.5
    title_pairs: float = 0.5
    number: float = 20.0
    number_limit: float = 60.0
    whole_number: float = 40.0
    needed: float = 0.6


DEFAULT_WEIGHTS = Weights()


def rank(question: UnderstoodQuery, weights: Weights = DEFAULT_WEIGHTS) -> Query:
    """The engine query for a question; every document when the question is empty.

    BM25 divides by a document's length, so that whole laws do not win by having every word somewhere.
    """
    if question.is_empty:
        return All()
    return Boolean(must=(_candidates(question, weights),), should=_scores(question, weights))


def _candidates(question: UnderstoodQuery, weights: Weights) -> Query:
    """What is found at all, without a score: enough of the syllables anywhere, or a number that is asked for."""
    minimum = math.ceil(weights.needed * len(set(question.folded)))
    found: list[Query] = [Match("folded", question.folded, minimum), Match("title_folded", question.folded, minimum)]
    if question.number_keys:
        found.append(AnyOf("number_forms", tuple(key.text for key in question.number_keys)))
    return Constant(Best(tuple(found)), 0.0)


def _scores(question: UnderstoodQuery, weights: Weights) -> tuple[Query, ...]:
    pairs = tuple(ngrams(question.folded, 2))
    marked = question.has_marks
    parts = (
        (weights.body, Match("syllables", question.syllables) if marked else Match("folded", question.folded)),
        (weights.body_folded if marked else 0.0, Match("folded", question.folded)),
        (weights.body_pairs, Match("folded_pairs", pairs)),
        (weights.body_triples, Match("folded_triples", tuple(ngrams(question.folded, 3)))),
        (weights.title, Match("title", question.syllables) if marked else Match("title_folded", question.folded)),
        (weights.title_pairs, Match("title_pairs", pairs)),
    )
    scores = [Boost(match, weight) for weight, match in parts if weight and match.tokens]
    return (*scores, *_number(question, weights))


def _number(question: UnderstoodQuery, weights: Weights) -> tuple[Query, ...]:
    """The best of the numbers that the question may name: half a number is worth less than all of it."""
    if not question.number_keys:
        return ()
    named = tuple(
        Constant(
            AnyOf("number_forms", (key.text,)),
            min(weights.number * (key.pieces - 1), weights.number_limit) + weights.whole_number * key.whole,
        )
        for key in question.number_keys
    )
    return (Best(named),)
