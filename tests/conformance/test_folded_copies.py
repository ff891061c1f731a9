"""Copies that another record leads are in the index and in no search, count or facet unless they are asked for."""

import pytest

from engines.copies import Copy, CopyKind, Replaced, SourceFile
from engines.interface import FOLDED_AWAY, Access, Engine, Facet, Order, Search
from engines.query import All, AnyOf, Boolean, Match
from engines.schema import DRAFT, SIGNED
from tests.conformance.corpus import EVERYTHING, document, found, ids, index

FILES = (SourceFile(path="kho/b.pdf", media_type="application/pdf", sha256="0" * 64),)
LEADER = document(
    "leader",
    "ke hoach",
    type="Kế hoạch",
    issued="2024-01-02",
    copies=(Copy(id="copy", source="eoffice", files=FILES), Copy(id="draft", kind=CopyKind.DRAFT)),
    replaced=(Replaced(field="number", value=""), Replaced(field="recipients", value=("Sở A", "Sở B"))),
)
DOCUMENTS = [
    LEADER,
    document("copy", "ke hoach so", type="Báo cáo", copy_of="leader", issued="2024-01-03"),
    document("draft", "ke hoach", type="Kế hoạch", draft_of="leader"),
    document("single", "ke hoach", type="Kế hoạch", issued="2024-01-01"),
    document("own", "ke hoach", type="Báo cáo", access=["unit:a"], copy_of="leader"),
]


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> None:
    index(engine, DOCUMENTS)


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("query", [All(), Match("folded", ("hoach",)), Boolean(must_not=(AnyOf("id", ("none",)),))])
def test_a_search_leaves_copies_out_and_counts_none(engine: Engine, query: Match, order: Order) -> None:
    results = engine.search(Search(query=query, access=EVERYTHING, order=order, facets=(Facet("type"),)))
    assert set(ids(results)) == {"leader", "draft", "single"}
    assert results.total == 3
    assert {value.value: value.count for value in results.facets["type"]} == {"Kế hoạch": 3}
    assert engine.count(query, EVERYTHING) == 3


def test_a_facet_that_leaves_its_own_filter_out_leaves_copies_out_too(engine: Engine) -> None:
    filters = {"type": AnyOf("type", ("Báo cáo",))}
    results = engine.search(Search(query=All(), access=EVERYTHING, filters=filters, facets=(Facet("type"),)))
    assert (results.total, [value.value for value in results.facets["type"]]) == (0, ["Kế hoạch"])


def test_pages_go_on_past_copies(engine: Engine) -> None:
    met: list[str] = []
    cursor = None
    while True:
        page = engine.search(Search(query=All(), access=EVERYTHING, order=Order.NEWEST, size=1, cursor=cursor))
        met += ids(page)
        if (cursor := page.next) is None:
            break
    assert met == ["leader", "single", "draft"]


def test_unfolded_searches_and_counts_see_copies_within_the_access(engine: Engine) -> None:
    for access, seen in ((EVERYTHING, 5), (Access.of(), 4)):
        results = engine.search(Search(query=All(), access=access, folded=False, facets=(Facet("type"),)))
        assert results.total == sum(value.count for value in results.facets["type"]) == seen
        assert engine.count(All(), access, folded=False) == seen
    assert engine.count(FOLDED_AWAY, EVERYTHING, folded=False) == 2


def test_copies_are_fetched_and_scanned(engine: Engine) -> None:
    assert set(engine.fetch(["copy", "leader"], EVERYTHING)) == {"copy", "leader"}
    assert {record.id for record in engine.scan(EVERYTHING)} == {each.record.id for each in DOCUMENTS}


def test_folding_changes_no_score(engine: Engine) -> None:
    query = Match("folded", ("hoach",))
    folded, unfolded = (
        {hit.record.id: hit.score for hit in engine.search(Search(query=query, access=EVERYTHING, folded=each)).hits}
        for each in (True, False)
    )
    assert folded == {id: pytest.approx(unfolded[id], rel=1e-6) for id in ("leader", "draft", "single")}


def test_a_record_keeps_what_it_says_of_its_copies(engine: Engine) -> None:
    (hit,) = engine.search(Search(query=AnyOf("id", ("leader",)), access=EVERYTHING)).hits
    assert (hit.record.copies, hit.record.replaced) == (LEADER.record.copies, LEADER.record.replaced)
    assert engine.fetch(["draft"], EVERYTHING)["draft"].draft_of == "leader"


def test_a_draft_and_its_signed_document_can_be_told(engine: Engine) -> None:
    assert found(engine, AnyOf("standing", (SIGNED,))) == ["leader"]
    assert found(engine, AnyOf("standing", (DRAFT,))) == ["draft"]
