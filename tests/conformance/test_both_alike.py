"""Two engines, one behaviour: the same questions, made up at random, have the same answers in the same order."""

import datetime
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.interface import Access, Engine, Facet, Hit, Order, Results, Search
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
    matching,
)
from engines.schema import IndexedDocument, day_number
from tests.conformance.conftest import OpenEngine
from tests.conformance.corpus import EVERYTHING, add, document, index

BODY = ["ke", "hoach", "chuyen", "doi", "so", "bao", "cao", "tinh", "quang"]
WORDS = [*BODY, "tri", "phong", "chay", "rung", "hop", "giao", "ban", "thue", "xa"]
TYPES = ["Kế hoạch", "Báo cáo", "Quyết định"]
PRINCIPALS = ["unit:a", "unit:b", "user:an"]
# Scores are 32-bit floats, added up in another order by each engine.
NEAR = 1e-4


def made_up_documents() -> Iterator[IndexedDocument]:
    """Every document has every field that BM25 is asked for: engines differ in the mean length where some do not."""
    choice = random.Random(7)  # noqa: S311
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    for number in range(120):
        yield document(
            f"d{number}",
            " ".join(choice.choices(WORDS, weights, k=choice.randint(3, 60))),
            title=" ".join(choice.choices(WORDS, k=choice.randint(2, 6))),
            issued=choice.choice([None, f"202{choice.randint(0, 4)}-0{choice.randint(1, 9)}-11"]),
            access=choice.choice([(), (), (choice.choice(PRINCIPALS),), PRINCIPALS[:2]]),
            type=choice.choice(TYPES),
            keywords={"number_forms": choice.sample(["1", "15", "15_a", "16"], k=2)},
        )


@pytest.fixture(scope="module")
def both(open_embedded: OpenEngine, open_elasticsearch: OpenEngine) -> tuple[Engine, Engine]:
    engines = open_embedded(), open_elasticsearch()
    documents = list(made_up_documents())
    for engine in engines:
        index(engine, documents[:70])
        add(engine, *documents[70:])
    return engines


tokens = st.lists(st.sampled_from([*WORDS, "khong"]), max_size=5).map(tuple)
token_fields = st.sampled_from(["syllables", "folded", "words", "title", "title_folded"])
days = st.none() | st.integers(2020, 2024).map(lambda year: day_number(datetime.date(year, 5, 1)))
scores = st.sampled_from([0.5, 1.0, 3.0, 60.0])
leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(Match, token_fields, tokens, st.integers(1, 3)),
    st.builds(Match, token_fields, tokens, st.integers(1, 3)),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(
        lambda words: Match("folded_pairs", tuple("_".join(pair) for pair in pairwise([*words, "so"])))
    ),
    st.builds(Phrase, st.sampled_from(["syllables", "title"]), st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)),
    st.builds(AnyOf, st.just("type"), st.lists(st.sampled_from(TYPES), max_size=2).map(tuple)),
    st.builds(Prefix, st.just("number_forms"), st.sampled_from(["", "1", "15", "15_", "9"])),
    st.builds(Prefix, token_fields, st.sampled_from(["c", "ho", "zz"])),
    st.builds(Range, st.just("issued"), days, days),
    st.just(All()),
    st.just(Nothing()),
)


def wider(members: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(members, max_size=3).map(tuple)
    return st.one_of(
        st.builds(
            Boolean,
            must=several,
            should=several,
            filters=several,
            must_not=st.lists(members, max_size=1).map(tuple),
            minimum_should=st.integers(0, 2),
        ),
        st.builds(Best, several, st.sampled_from([0.0, 0.3])),
        st.builds(Boost, members, scores),
        st.builds(Constant, members, scores),
    )


trees = st.recursive(leaves, wider, max_leaves=8)
accesses = st.sampled_from([EVERYTHING, Access.of(), Access.of("unit:a"), Access.of("unit:b", "user:an")])
filter_sets: st.SearchStrategy[dict[str, Query]] = st.fixed_dictionaries(
    {},
    optional={
        "type": st.builds(AnyOf, st.just("type"), st.lists(st.sampled_from(TYPES), min_size=1, max_size=2).map(tuple)),
        "issued": st.builds(Range, st.just("issued"), days, days),
        "number_forms": st.just(AnyOf("number_forms", ("15",))),
    },
)


@settings(max_examples=150, deadline=None)
@given(query=trees, access=accesses, filters=filter_sets, order=st.sampled_from([Order.RELEVANCE, *Order]))
def test_the_same_question_has_the_same_answer(
    both: tuple[Engine, Engine], query: Query, access: Access, filters: dict[str, Query], order: Order
) -> None:
    request = Search(
        query=query,
        access=access,
        filters=filters,
        order=order,
        size=1_000,
        facets=(Facet("type"), Facet("number_forms", 2)),
    )
    embedded, elasticsearch = (engine.search(request) for engine in both)
    assert elasticsearch.total == embedded.total
    assert elasticsearch.facets == embedded.facets
    if order is Order.RELEVANCE:
        assert_alike(embedded.hits, elasticsearch.hits)
    else:
        assert [hit.record for hit in elasticsearch.hits] == [hit.record for hit in embedded.hits]


def assert_alike(hits: Sequence[Hit], others: Sequence[Hit]) -> None:
    """The same records, with the same scores, in the same order but for those whose scores are nearly equal."""
    scores = {hit.record.id: hit.score for hit in hits}
    assert {hit.record.id: hit.score for hit in others} == {
        id: pytest.approx(score, rel=NEAR) for id, score in scores.items()
    }
    for earlier, later in pairwise(others):
        assert scores[earlier.record.id] >= scores[later.record.id] * (1 - NEAR)


@settings(max_examples=30, deadline=None)
@given(query=leaves, size=st.integers(20, 50), order=st.sampled_from([Order.NEWEST, Order.OLDEST]))
def test_the_pages_of_both_are_the_same(both: tuple[Engine, Engine], query: Query, size: int, order: Order) -> None:
    first: list[Results] = [
        engine.search(Search(query=query, access=EVERYTHING, order=order, size=size)) for engine in both
    ]
    assert first[0].hits == first[1].hits
    assert (first[0].next is None) == (first[1].next is None)
    if first[0].next is not None:
        second = [
            engine.search(Search(query=query, access=EVERYTHING, order=order, size=size, cursor=results.next))
            for engine, results in zip(both, first, strict=True)
        ]
        assert second[0].hits == second[1].hits


@given(prefix=st.sampled_from(["", "c", "ho", "q"]), size=st.integers(1, 20))
@settings(max_examples=15, deadline=None)
def test_the_vocabularies_of_both_are_the_same(both: tuple[Engine, Engine], prefix: str, size: int) -> None:
    embedded, elasticsearch = (engine.terms("title", prefix, size) for engine in both)
    assert embedded == elasticsearch


@settings(max_examples=100, deadline=None)
@given(query=trees)
def test_what_counts_a_query_counts_the_same_documents(both: tuple[Engine, Engine], query: Query) -> None:
    for engine in both:
        assert engine.count(matching(query), EVERYTHING) == engine.count(query, EVERYTHING)
