"""The query tree in Elasticsearch's query language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeAlias

from engines.elasticsearch.mapping import index_field
from engines.interface import FOLDED_AWAY, Access
from engines.query import (
    All,
    AnyOf,
    Best,
    Boolean,
    Boost,
    Constant,
    Match,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Range,
)
from engines.schema import MAX_KEYWORD_BYTES

Clause: TypeAlias = dict[str, Any]

NONE: Clause = {"match_none": {}}


def translate(query: Query, boost: float = 1.0) -> Clause:
    """A clause that matches what `query` matches, with `boost` times its score."""
    match query:
        case All():
            return {"match_all": {"boost": boost}}
        case Nothing():
            return NONE
        case Match():
            return _match(query, boost)
        case Phrase():
            return _phrase(query, boost)
        case AnyOf(field, values):
            indexable = [value for value in values if _is_indexable(value)]
            return {"terms": {index_field(field): indexable, "boost": boost}} if indexable else NONE
        case Prefix(field, prefix):
            return {"prefix": {index_field(field): {"value": prefix, "boost": boost}}}
        case Range(field, low, high):
            bounds = {name: value for name, value in (("gte", low), ("lte", high)) if value is not None}
            return {"range": {index_field(field): {**bounds, "boost": boost}}}
        case Boolean():
            return _boolean(query, boost)
        case Best(queries, tie_breaker):
            clauses = [translate(member) for member in queries]
            return {"dis_max": {"queries": clauses, "tie_breaker": tie_breaker, "boost": boost}} if clauses else NONE
        case Boost(inner, factor):
            return translate(inner, boost * factor)
        case Constant(inner, score):
            return {"constant_score": {"filter": translate(inner), "boost": boost * score}}


def access_clauses(access: Access) -> list[Clause]:
    """The filters, one or none, that keep to what may be seen."""
    if access.principals is None:
        return []
    return [translate(AnyOf("access", tuple(sorted(access.principals))))]


def folding_clauses(folded: bool) -> list[Clause]:
    """The filters, one or none, that leave out copies, as `Search.folded` says."""
    return [translate(Boolean(must_not=(FOLDED_AWAY,)))] if folded else []


def filter_clauses(filters: Mapping[str, Query]) -> dict[str, Clause]:
    """Each field's filter."""
    return {field: translate(query) for field, query in filters.items()}


def _is_indexable(text: str) -> bool:
    """Whether any document can have this term; the server refuses a query with a longer one."""
    return len(text.encode(errors="replace")) <= MAX_KEYWORD_BYTES


def _match(query: Match, boost: float) -> Clause:
    field = index_field(query.field)
    counts = Counter(token for token in query.tokens if _is_indexable(token))
    terms = [{"term": {field: {"value": token, "boost": boost * occurrences}}} for token, occurrences in counts.items()]
    if not terms:
        return NONE
    if len(terms) == 1 and query.minimum <= 1:
        return terms[0]
    return {"bool": {"should": terms, "minimum_should_match": query.minimum}}


def _phrase(query: Phrase, boost: float) -> Clause:
    field = index_field(query.field)
    if not query.tokens:
        return NONE
    # The one place where the server splits text of a query: at the white space that joins the tokens.
    phrase = {"query": " ".join(query.tokens), "slop": query.slop, "boost": boost}
    return {"match_phrase": {field: phrase}}


def _boolean(query: Boolean, boost: float) -> Clause:
    clauses = {
        "must": query.must,
        "should": query.should,
        "filter": query.filters,
        "must_not": query.must_not,
    }
    body: Clause = {name: [translate(member) for member in members] for name, members in clauses.items() if members}
    # The server would take no clause for everything, and does not count the optional ones where there are none.
    if not body or query.minimum_should > len(query.should):
        return NONE
    if query.minimum_should:
        body["minimum_should_match"] = query.minimum_should
    return {"bool": {**body, "boost": boost}}
