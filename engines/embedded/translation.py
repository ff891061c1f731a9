"""The query tree as tantivy's queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tantivy import FieldType, Occur, Schema
from tantivy import Query as TantivyQuery

from engines.embedded.layout import TERM_FREQUENCIES, VALUES
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

# A set of terms is collected into a bitmap of all documents; the postings of a few terms can be skipped through.
_FEW_VALUES = 32
_SMALLEST, _GREATEST = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates trees for one index.

    Attributes:
        schema: The index's schema.
        fields: The fields it has. An index of an earlier version may lack some of today's: nothing is found there.
    """

    schema: Schema
    fields: frozenset[str]

    def translate(self, query: Query) -> TantivyQuery:
        """A query that matches what `query` matches, with its score. The fields were checked (`check_query`)."""
        match query:
            case All():
                # Bare, tantivy leaves it out of a conjunction, and its score with it.
                return TantivyQuery.const_score_query(TantivyQuery.all_query(), 1.0)
            case Nothing():
                return TantivyQuery.empty_query()
            case Match(field) | Phrase(field) | AnyOf(field) | Prefix(field) | Range(field) if field not in self.fields:
                return TantivyQuery.empty_query()
            case Match():
                return self._match(query)
            case Phrase():
                return self._phrase(query)
            case AnyOf():
                return TantivyQuery.const_score_query(self._any_of(query), 1.0)
            case Prefix(field, prefix):
                begins = TantivyQuery.fuzzy_term_query(self.schema, field, prefix, distance=0, prefix=True)
                return TantivyQuery.const_score_query(begins, 1.0)
            case Range():
                return TantivyQuery.const_score_query(self._range(query), 1.0)
            case Boolean():
                return self._boolean(query)
            case Best(members, tie_breaker):
                return TantivyQuery.disjunction_max_query([self.translate(each) for each in members], tie_breaker)
            case Boost(inner, factor):
                return TantivyQuery.boost_query(self.translate(inner), factor)
            case Constant(inner, score):
                return TantivyQuery.const_score_query(self.translate(inner), score)

    def filtered(
        self, query: Query, access: Access, filters: Iterable[Query] = (), *, folded: bool = False
    ) -> TantivyQuery:
        """What `query` and all `filters` match and `access` may see, with the score of `query`.

        `folded` leaves out copies, as `Search.folded` says.
        """
        narrowing = [*filters]
        if access.principals is not None:
            narrowing.append(AnyOf("access", tuple(sorted(access.principals))))
        left_out = (FOLDED_AWAY,) if folded else ()
        return self.translate(Boolean(must=(query,), filters=tuple(narrowing), must_not=left_out))

    def before(self, query: TantivyQuery, field: str, key: int, *, inclusive: bool = False) -> TantivyQuery:
        """Those of `query` that have less than `key` in an order field, or as much if `inclusive`."""
        less = TantivyQuery.range_query(self.schema, field, FieldType.Integer, upper_bound=key, include_upper=inclusive)
        return TantivyQuery.boolean_query([(Occur.Must, query), (Occur.Must, _unscored(less))])

    def _term(self, field: str, token: str, weight: float = 1.0) -> TantivyQuery:
        term = TantivyQuery.term_query(self.schema, field, token, TERM_FREQUENCIES)
        return term if weight == 1.0 else TantivyQuery.boost_query(term, weight)

    def _match(self, query: Match) -> TantivyQuery:
        """A token given twice counts twice in the score and once towards the minimum."""
        terms = [self._term(query.field, token, weight) for token, weight in Counter(query.tokens).items()]
        return _at_least(query.minimum, terms)

    def _phrase(self, query: Phrase) -> TantivyQuery:
        if len(query.tokens) < 2:
            return _at_least(1, [self._term(query.field, token) for token in query.tokens])
        return TantivyQuery.phrase_query(self.schema, query.field, list(query.tokens), query.slop)

    def _any_of(self, query: AnyOf) -> TantivyQuery:
        values = list(dict.fromkeys(query.values))
        if len(values) > _FEW_VALUES:
            return TantivyQuery.term_set_query(self.schema, query.field, values)
        return _at_least(1, [TantivyQuery.term_query(self.schema, query.field, value, VALUES) for value in values])

    def _range(self, query: Range) -> TantivyQuery:
        low, high = (
            None if bound is None else min(max(bound, _SMALLEST), _GREATEST) for bound in (query.low, query.high)
        )
        if low is None and high is None:
            return TantivyQuery.exists_query(query.field)
        return TantivyQuery.range_query(self.schema, query.field, FieldType.Integer, low, high)

    def _boolean(self, query: Boolean) -> TantivyQuery:
        minimum = query.minimum_should
        if minimum > len(query.should):
            return TantivyQuery.empty_query()
        members = [
            *((Occur.Must, self.translate(member)) for member in query.must),
            *((Occur.Must, _unscored(self.translate(member))) for member in query.filters),
            *((Occur.Should, self.translate(member)) for member in query.should),
        ]
        if not members and query.must_not:
            members.append((Occur.Must, _unscored(TantivyQuery.all_query())))
        members += [(Occur.MustNot, self.translate(member)) for member in query.must_not]
        return TantivyQuery.boolean_query(members, minimum or None)


def _at_least(minimum: int, queries: list[TantivyQuery]) -> TantivyQuery:
    if not queries or minimum > len(queries):
        return TantivyQuery.empty_query()
    if minimum == len(queries) == 1:
        return queries[0]
    if minimum == len(queries):
        return TantivyQuery.boolean_query([(Occur.Must, query) for query in queries])
    return TantivyQuery.boolean_query([(Occur.Should, query) for query in queries], minimum if minimum > 1 else None)


def _unscored(query: TantivyQuery) -> TantivyQuery:
    return TantivyQuery.const_score_query(query, 0.0)


def constant_score(query: Query) -> float | None:
    """The score that every document found has, or None when they may differ."""
    match query:
        case Nothing():
            return 0.0
        case All() | AnyOf() | Prefix() | Range():
            return 1.0
        case Constant(_, score):
            return score
        case Boost(inner, factor):
            inner_score = constant_score(inner)
            return None if inner_score is None else factor * inner_score
        case Boolean(should=()):
            scores = [constant_score(member) for member in query.must]
            known = [score for score in scores if score is not None]
            return sum(known) if len(known) == len(scores) else None
        case _:
            return None
