"""Similar documents (văn bản tương tự): those that speak of the same things, found by a document's key terms.

Key terms are those of highest tf-idf (Spärck Jones, "A statistical interpretation of term specificity", 1972), asked
for as Lucene's MoreLikeThis does: one query of some dozens of terms. They are pairs and triples of neighbouring
syllables, which is what Vietnamese terms mostly are. Numbers are none of them, because what a document cites is
another question (`search_service.related`). `bench/similar.py` compares the kinds of terms; change a weight only with
its table.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from analyzers.channels import Analyzer, Channels
from engines.interface import Access, Engine, Hit, Search
from engines.query import All, AnyOf, Boolean, Boost, Match, Query
from engines.record import OfficialDocument
from engines.schema import ngrams

DEFAULT_SIMILAR = 10
MOST_SIMILAR = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarWeights:
    """Weights of the evidence that two documents are similar, in BM25 of the most frequent key pair.

    Attributes:
        words: Key words (từ) of the segmentation model, in the body.
        syllables: Key syllables (tiếng) without marks, in the body.
        pairs: Key pairs of neighbouring syllables, in the body.
        triples: Key triples of neighbouring syllables, in the body.
        subject: The subject's pairs, in the body: a document's subject is what others call it by.
        in_subject: How often a term counts for standing in the subject.
        terms: How many key terms of each kind are asked for.
        emphasis: The exponent of a term's frequency, relative to the most frequent: what a document repeats is what it
            is about.
    """

    words: float = 0.0
    syllables: float = 0.0
    pairs: float = 1.0
    triples: float = 1.0
    subject: float = 1.0
    in_subject: int = 3
    terms: int = 40
    emphasis: float = 2.0


DEFAULT_WEIGHTS = SimilarWeights()

_LONGEST_TEXT = 60_000
"""Characters of a text that are looked at; a decree has said what it is about long before its end."""

_MOST_COUNTED = 150
_MOST_COMMON = 0.25
_DIGIT = re.compile(r"\d")


def similar(
    engine: Engine,
    analyzer: Analyzer,
    record: OfficialDocument,
    access: Access,
    size: int,
    weights: SimilarWeights = DEFAULT_WEIGHTS,
) -> tuple[Hit, ...]:
    """The `size` documents most similar to a record, best first; the record itself is none, and none has its text.

    Raises:
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    query = similar_query(engine, analyzer, record, weights)
    others = Boolean(must=(query,), must_not=(AnyOf("id", (record.id,)),))
    return engine.search(Search(query=others, access=access, size=size)).hits


def similar_query(engine: Engine, analyzer: Analyzer, record: OfficialDocument, weights: SimilarWeights) -> Query:
    """The query for documents similar to a record; it finds nothing when the record has no key terms."""
    body = analyzer.channels(f"{record.subject}\n{record.text[:_LONGEST_TEXT]}")
    subject = analyzer.channels(record.subject)
    documents = engine.count(All(), Access.unrestricted(), folded=False)  # as the frequencies count
    wanted: list[Query] = []
    for field, terms_of in _KINDS.items():
        if weight := getattr(weights, _WEIGHTS[field]):
            counted = _count(terms_of(body), terms_of(subject), weights.in_subject)
            terms = _key_terms(engine, field, counted, documents, weights.terms)
            wanted += _asked(field, _emphasized(terms, counted, weights.emphasis), weight)
    if weights.subject:
        wanted += _asked("folded_pairs", dict.fromkeys(_pairs(subject), 1.0), weights.subject)
    return Boolean(should=tuple(wanted), minimum_should=1)


def _pairs(channels: Channels) -> Iterator[str]:
    return ngrams(channels.folded.split(), 2)


def _triples(channels: Channels) -> Iterator[str]:
    return ngrams(channels.folded.split(), 3)


_KINDS: Mapping[str, Callable[[Channels], Iterable[str]]] = {
    "words": lambda channels: channels.words.split(),
    "folded": lambda channels: channels.folded.split(),
    "folded_pairs": _pairs,
    "folded_triples": _triples,
}
"""Token field to the terms that a text has in it."""

_WEIGHTS = {"words": "words", "folded": "syllables", "folded_pairs": "pairs", "folded_triples": "triples"}


def _count(terms: Iterable[str], in_subject: Iterable[str], weight: int) -> Counter[str]:
    """How often each term occurs, those of the subject `weight` times more; no numbers, no single letters."""
    counted = Counter(terms)
    for term in in_subject:
        counted[term] += weight
    return Counter({term: count for term, count in counted.items() if len(term) > 1 and not _DIGIT.search(term)})


def _key_terms(engine: Engine, field: str, counted: Counter[str], documents: int, size: int) -> list[str]:
    """The `size` terms of highest tf-idf, of those that another document has too and that not too many have."""
    frequent = sorted(counted, key=lambda term: (-counted[term], term))[:_MOST_COUNTED]
    found = engine.document_frequencies(field, frequent)
    scores = {
        term: (1 + math.log(counted[term])) * math.log(documents / found[term])
        for term in frequent
        if 1 < found[term] <= max(_MOST_COMMON * documents, _FEW)
    }
    return sorted(scores, key=lambda term: (-scores[term], term))[:size]


_FEW = 10
"""In an index of few documents everything is common."""


def _emphasized(terms: Iterable[str], counted: Counter[str], emphasis: float) -> dict[str, float]:
    """Each term with its share of the score, 1 for the most frequent."""
    frequencies = {term: 1 + math.log(counted[term]) for term in terms}
    highest = max(frequencies.values(), default=1.0)
    return {term: (frequency / highest) ** emphasis for term, frequency in frequencies.items()}


def _asked(field: str, shares: Mapping[str, float], weight: float) -> list[Query]:
    return [Boost(Match(field, (term,)), weight * share) for term, share in shares.items()]
