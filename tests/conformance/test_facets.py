"""Facets count documents, under every filter but their own field's."""

from collections.abc import Mapping

import pytest

from engines.interface import Engine, EngineError, Facet, FacetValue, Search
from engines.query import All, AnyOf, Match, Query
from tests.conformance.corpus import EVERYTHING, document, index

DOCUMENTS = [
    document("a", "ke hoach", type="Kế hoạch", issuer="Sở A", keywords={"cites": ["x", "y", "x"]}),
    document("b", "ke hoach", type="Kế hoạch", issuer="Sở B", keywords={"cites": ["x"]}),
    document("c", "bao cao", type="Báo cáo", issuer="Sở A"),
    document("d", "bao cao ke", type="Báo cáo", issuer="Sở C"),
    document("e", "bao cao", type="Công văn", issuer="Sở A"),
]
NO_FILTERS: Mapping[str, Query] = {}
A_PLAN: Mapping[str, Query] = {"type": AnyOf("type", ("Kế hoạch",))}


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> None:
    index(engine, DOCUMENTS)


def facet(
    engine: Engine, field: str, *, query: Query | None = None, size: int = 20, filters: Mapping[str, Query] = NO_FILTERS
) -> list[tuple[str, int]]:
    search = Search(query=query or All(), access=EVERYTHING, filters=filters, facets=(Facet(field, size),))
    return [(value.value, value.count) for value in engine.search(search).facets[field]]


def test_the_most_frequent_value_comes_first_and_ties_come_by_value(engine: Engine) -> None:
    assert facet(engine, "type") == [("Báo cáo", 2), ("Kế hoạch", 2), ("Công văn", 1)]


def test_ties_are_cut_by_value_too(engine: Engine) -> None:
    assert facet(engine, "type", size=1) == [("Báo cáo", 2)]
    assert facet(engine, "issuer", size=2) == [("Sở A", 3), ("Sở B", 1)]


def test_what_the_query_does_not_find_is_not_counted(engine: Engine) -> None:
    assert facet(engine, "type", query=Match("folded", ("ke",))) == [("Kế hoạch", 2), ("Báo cáo", 1)]
    assert facet(engine, "type", query=Match("folded", ("khong",))) == []


def test_a_facet_ignores_its_own_filter_and_obeys_the_others(engine: Engine) -> None:
    assert facet(engine, "type", filters=A_PLAN) == facet(engine, "type")
    assert facet(engine, "issuer", filters=A_PLAN) == [("Sở A", 1), ("Sở B", 1)]
    only_a: Mapping[str, Query] = {"issuer": AnyOf("issuer", ("Sở A",))}
    assert facet(engine, "type", filters={**A_PLAN, **only_a}) == [("Báo cáo", 1), ("Công văn", 1), ("Kế hoạch", 1)]


def test_facets_together_are_what_each_is_alone(engine: Engine) -> None:
    fields = ("type", "issuer", "year", "cites")
    filters: dict[str, Query] = {**A_PLAN, "issuer": AnyOf("issuer", ("Sở A", "Sở B"))}
    search = Search(query=All(), access=EVERYTHING, filters=filters, size=1, facets=tuple(map(Facet, fields)))
    results = engine.search(search)
    assert list(results.facets) == list(fields)
    assert results.total == 2
    for field in fields:
        assert list(results.facets[field]) == [FacetValue(*pair) for pair in facet(engine, field, filters=filters)]


def test_a_value_given_twice_counts_its_document_once(engine: Engine) -> None:
    assert facet(engine, "cites") == [("x", 2), ("y", 1)]


def test_a_facet_without_values_is_empty(engine: Engine) -> None:
    assert facet(engine, "secrecy") == []


def test_facets_come_on_every_page(engine: Engine) -> None:
    search = Search(query=All(), access=EVERYTHING, size=2, facets=(Facet("type"),))
    first = engine.search(search)
    second = engine.search(Search(query=All(), access=EVERYTHING, size=2, facets=(Facet("type"),), cursor=first.next))
    assert second.facets == first.facets
    assert second.total == first.total == 5


def test_a_facet_on_a_field_that_is_no_keyword_is_refused(engine: Engine) -> None:
    with pytest.raises(EngineError, match="folded"):
        facet(engine, "folded")
