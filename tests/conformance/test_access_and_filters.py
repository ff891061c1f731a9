"""Nothing that somebody may not see leaves an engine by any way, and filters narrow what is found."""

import pytest

from engines.interface import Access, Engine, Facet, Order, Search
from engines.query import All, AnyOf, Boolean, Match, Nothing, Query, Range
from engines.schema import EVERYBODY, NUMBER_FIELDS
from tests.conformance.corpus import EVERYTHING, document, found, ids, index

DOCUMENTS = [
    document("open", "ke hoach so", type="Kế hoạch", issuer="Sở A", issued="2024-01-01"),
    document("unit", "ke hoach so", type="Kế hoạch", issuer="Sở B", access=["unit:a"], issued="2024-01-02"),
    document("shared", "ke hoach", type="Báo cáo", issuer="Sở B", access=["unit:a", "user:an"], issued="2024-01-03"),
    document("person", "ke so", type="Báo cáo", issuer="Sở A", access=["user:binh"]),
]
SEEN = [
    (Access.of(), {"open"}),
    (Access.of("unit:a"), {"open", "unit", "shared"}),
    (Access.of("user:an"), {"open", "shared"}),
    (Access.of("unit:b", "user:binh"), {"open", "person"}),
    (Access.of(*(f"group:{number}" for number in range(100)), "user:binh"), {"open", "person"}),
    (Access(frozenset({"user:an"})), {"shared"}),
    (Access(frozenset()), set()),
    (EVERYTHING, {"open", "unit", "shared", "person"}),
]
by_access = pytest.mark.parametrize(("access", "seen"), SEEN, ids=lambda value: str(value)[:60])


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> None:
    index(engine, DOCUMENTS)


@by_access
@pytest.mark.parametrize("order", Order)
def test_a_search_finds_only_what_may_be_seen(engine: Engine, access: Access, seen: set[str], order: Order) -> None:
    results = engine.search(Search(query=All(), access=access, order=order))
    assert set(ids(results)) == seen
    assert results.total == len(seen)


@by_access
def test_facets_count_only_what_may_be_seen(engine: Engine, access: Access, seen: set[str]) -> None:
    search = Search(query=All(), access=access, size=0, facets=(Facet("id"), Facet("type")))
    facets = engine.search(search).facets
    assert {value.value for value in facets["id"]} == seen
    assert sum(value.count for value in facets["type"]) == len(seen)


@by_access
def test_a_facet_that_leaves_its_own_filter_out_keeps_to_the_access(
    engine: Engine, access: Access, seen: set[str]
) -> None:
    filters = {"id": Nothing()}
    facets = engine.search(Search(query=All(), access=access, filters=filters, facets=(Facet("id"),))).facets
    assert {value.value for value in facets["id"]} == seen


@by_access
def test_counts_fetches_and_scans_keep_to_the_access(engine: Engine, access: Access, seen: set[str]) -> None:
    assert engine.count(All(), access) == len(seen)
    assert set(engine.fetch(["open", "unit", "shared", "person", "none"], access)) == seen
    assert sorted(record.id for record in engine.scan(access)) == sorted(seen)


@pytest.mark.parametrize(
    "query",
    [Boolean(must_not=(Match("folded", ("khong",)),)), AnyOf("access", ("user:binh",)), AnyOf("id", ("person",))],
)
def test_no_query_reaches_around_the_access(engine: Engine, query: Query) -> None:
    assert "person" not in found(engine, query, Access.of("unit:a"))


def test_everybody_is_a_principal_that_all_have_and_open_documents_name(engine: Engine) -> None:
    assert found(engine, AnyOf("access", (EVERYBODY,))) == ["open"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"open", "unit", "shared"}),
        ({"type": AnyOf("type", ("Kế hoạch",))}, {"open", "unit"}),
        ({"type": AnyOf("type", ("Kế hoạch",)), "issuer": AnyOf("issuer", ("Sở B",))}, {"unit"}),
        ({"type": AnyOf("type", ("Không có",))}, set()),
        ({"issued": Range("issued", DOCUMENTS[1].numbers["issued"][0])}, {"unit", "shared"}),
        ({"type": Boolean(must_not=(AnyOf("type", ("Kế hoạch",)),))}, {"shared"}),
    ],
)
def test_filters_narrow_and_change_no_score(engine: Engine, filters: dict[str, Query], expected: set[str]) -> None:
    query = Match("folded", ("hoach",))
    scores = {hit.record.id: hit.score for hit in engine.search(Search(query=query, access=EVERYTHING)).hits}
    results = engine.search(Search(query=query, access=EVERYTHING, filters=filters))
    assert {hit.record.id: hit.score for hit in results.hits} == {
        id: pytest.approx(scores[id], rel=1e-6) for id in expected
    }
    assert results.total == len(expected)


def test_a_range_finds_a_document_by_any_of_several_days(empty_engine: Engine) -> None:
    index(empty_engine, [document("a", numbers={"due": (10, 30)}), document("b", numbers={"due": (20,)})])
    for low, high, expected in (
        (10, 10, ["a"]),
        (25, 40, ["a"]),
        (11, 29, ["b"]),
        (None, 20, ["a", "b"]),
        (31, None, []),
    ):
        assert sorted(found(empty_engine, Range("due", low, high))) == expected


def test_an_undated_document_is_in_no_range_of_dates(engine: Engine) -> None:
    assert NUMBER_FIELDS[0] == "issued"
    assert "person" not in found(engine, Range("issued"))
