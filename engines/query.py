"""The query tree: what may be asked of an engine, in plain frozen dataclasses.

Both engines translate the same tree and order the same documents alike. Scores are BM25 with k1 1.2, b 0.75 and the
constant factor k1 + 1 (Robertson et al., TREC-3, 1994), which both tantivy and Elasticsearch keep, so that the weights
in a tree mean the same to both. `Match`, `AnyOf`, `Boolean` and `Best` without members match nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class All:
    """Every document, each with score 1."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


@dataclass(frozen=True, slots=True)
class Match:
    """Documents with at least `minimum` of `tokens` in a token field; the score is the sum of their BM25."""

    field: str
    tokens: tuple[str, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents with `tokens` one after another (within `slop` moves) in a token field that has positions."""

    field: str
    tokens: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents with one of `values` in a keyword field; each has score 1."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with a keyword or token that begins with `prefix`; each has score 1."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Range:
    """Documents with a value of a number field in [`low`, `high`], `None` being open; each has score 1."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Boolean:
    """All of `must` and `filters`, none of `must_not`, at least `minimum_should` of `should`.

    The score is the sum over `must` and `should`; `filters` and `must_not` do not score. With nothing but `must_not`,
    every other document matches with score 0.
    """

    must: tuple[Query, ...] = ()
    should: tuple[Query, ...] = ()
    filters: tuple[Query, ...] = ()
    must_not: tuple[Query, ...] = ()
    minimum_should: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """Documents that match any of `queries`; the best one's score, plus `tie_breaker` times the others'."""

    queries: tuple[Query, ...]
    tie_breaker: float = 0.0


@dataclass(frozen=True, slots=True)
class Boost:
    """The same documents with `factor` times the score; `factor` is positive."""

    query: Query
    factor: float


@dataclass(frozen=True, slots=True)
class Constant:
    """The same documents, each with the same score."""

    query: Query
    score: float = 1.0


Query: TypeAlias = All | Nothing | Match | Phrase | AnyOf | Prefix | Range | Boolean | Best | Boost | Constant


def matching(query: Query) -> Query:
    """A query for the same documents without what only scores them, for counting."""
    match query:
        case Boolean(must=must, filters=filters, must_not=must_not, minimum_should=0) if must or filters:
            return Boolean(filters=tuple(map(matching, (*must, *filters))), must_not=tuple(map(matching, must_not)))
        case Best(queries):
            return Best(tuple(map(matching, queries)))
        case Boost(inner) | Constant(inner):
            return matching(inner)
        case _:
            return query
