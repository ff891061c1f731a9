"""Queries with more terms than the server takes, thinned to what it takes.

A server limits the terms of one query (`indices.query.bool.max_clause_count`, by its heap and processors: 16,384 on a
small one, never under 1,024). A person who pastes pages into the search box gets past it; he is answered by an evenly
spaced sample of what he pasted, which finds the same document, rather than by an error.
"""

from __future__ import annotations

import dataclasses
import math
import re

from elasticsearch import BadRequestError

from engines.query import Best, Boolean, Boost, Constant, Match, Query

_LIMIT = re.compile(r"maxClauseCount is set to (\d+)")


def clause_limit(error: BadRequestError) -> int | None:
    """The server's limit, when the error says that a query went past it."""
    found = _LIMIT.search(str(error.body))
    return int(found.group(1)) if found else None


def thin(query: Query, limit: int) -> Query:
    """The query with so many tokens left out of each `Match` that about `limit` terms remain, in all.

    `Match.minimum` keeps its share of the tokens.
    """
    terms = _count(query)
    return _sample(query, limit / terms) if terms > limit else query


def _count(query: Query) -> int:
    match query:
        case Match():
            return len(set(query.tokens))
        case Boolean():
            return sum(map(_count, (*query.must, *query.should, *query.filters, *query.must_not)))
        case Best():
            return sum(map(_count, query.queries))
        case Boost() | Constant():
            return _count(query.query)
        case _:
            return 1


def _sample(query: Query, share: float) -> Query:
    match query:
        case Match():
            return _sample_tokens(query, share)
        case Boolean():
            return Boolean(
                must=_sample_all(query.must, share),
                should=_sample_all(query.should, share),
                filters=_sample_all(query.filters, share),
                must_not=_sample_all(query.must_not, share),
                minimum_should=query.minimum_should,
            )
        case Best():
            return dataclasses.replace(query, queries=_sample_all(query.queries, share))
        case Boost() | Constant():
            return dataclasses.replace(query, query=_sample(query.query, share))
        case _:
            return query


def _sample_all(queries: tuple[Query, ...], share: float) -> tuple[Query, ...]:
    return tuple(_sample(query, share) for query in queries)


def _sample_tokens(query: Match, share: float) -> Match:
    distinct = list(dict.fromkeys(query.tokens))
    if not distinct:
        return query
    kept = max(1, math.floor(len(distinct) * share))
    sample = tuple(distinct[position * len(distinct) // kept] for position in range(kept))
    return Match(query.field, sample, math.ceil(query.minimum * kept / len(distinct)))
