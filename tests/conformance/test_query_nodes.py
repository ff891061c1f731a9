"""What each node of the query tree matches."""

import datetime

import pytest

from engines.interface import Engine, EngineError, Search
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
from engines.schema import day_number
from tests.conformance.corpus import EVERYTHING, document, found, index

DOCUMENTS = [
    document("a", "ke hoach chuyen doi so", title="chuyen doi so", type="Kế hoạch", issued="2024-01-01"),
    document("b", "so ke hoach", title="ke hoach", type="Kế hoạch khác", issued="2024-01-02"),
    document("c", "bao cao so", title="bao cao", type="Báo cáo", keywords={"number_forms": ["15", "15_2021"]}),
]
ONE = Match("folded", ("ke",))


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> None:
    index(engine, DOCUMENTS)


def day(iso: str) -> int:
    return day_number(datetime.date.fromisoformat(iso))


CASES: list[tuple[str, Query, str]] = [
    ("all", All(), "abc"),
    ("nothing", Nothing(), ""),
    ("match one token", Match("folded", ("ke",)), "ab"),
    ("match any token", Match("folded", ("doi", "bao")), "ac"),
    ("match with a minimum", Match("folded", ("ke", "hoach", "bao", "cao", "doi"), 3), "a"),
    ("match of all", Match("folded", ("ke", "so"), 2), "ab"),
    ("match with a minimum beyond the tokens", Match("folded", ("ke", "so"), 3), ""),
    ("match of one token with a minimum beyond it", Match("folded", ("ke",), 2), ""),
    ("a token given twice counts once to the minimum", Match("folded", ("bao", "bao"), 2), ""),
    ("match without tokens", Match("folded", ()), ""),
    ("match of a token that is nowhere", Match("folded", ("khong",)), ""),
    ("match of a part of a token", Match("folded", ("hoa",)), ""),
    ("match of pairs", Match("folded_pairs", ("chuyen_doi",)), "a"),
    ("match of triples", Match("folded_triples", ("ke_hoach_chuyen",)), "a"),
    ("match of triples that no document is long enough for", Match("folded_triples", ("ke_hoach",)), ""),
    ("match of title pairs", Match("title_pairs", ("ke_hoach",)), "b"),
    ("match of words", Match("words", ("cao",)), "c"),
    ("phrase", Phrase("syllables", ("ke", "hoach")), "ab"),
    ("phrase in the wrong order", Phrase("syllables", ("hoach", "ke")), ""),
    ("phrase with a gap", Phrase("syllables", ("ke", "doi")), ""),
    ("phrase with a gap within the slop", Phrase("syllables", ("ke", "chuyen"), 1), "a"),
    ("phrase with a gap beyond the slop", Phrase("syllables", ("ke", "doi"), 1), ""),
    ("phrase of one token", Phrase("syllables", ("doi",)), "a"),
    ("phrase without tokens", Phrase("syllables", ()), ""),
    ("phrase in the title", Phrase("title", ("bao", "cao")), "c"),
    ("any of one value", AnyOf("type", ("Kế hoạch",)), "a"),
    ("any of several values", AnyOf("type", ("Kế hoạch", "Báo cáo", "Không có")), "ac"),
    ("any of many values", AnyOf("id", (*(f"{number}" for number in range(500)), "b")), "b"),
    ("any of no values", AnyOf("type", ()), ""),
    ("any of is about whole values", AnyOf("type", ("Kế",)), ""),
    ("any of a field with several values", AnyOf("number_forms", ("15_2021",)), "c"),
    ("prefix of a keyword", Prefix("type", "Kế hoạch"), "ab"),
    ("prefix of a token", Prefix("folded", "ho"), "ab"),
    ("prefix with characters of patterns", Prefix("type", "K.*"), ""),
    ("prefix that is nowhere", Prefix("type", "Kh"), ""),
    ("range", Range("issued", day("2024-01-01"), day("2024-01-01")), "a"),
    ("range open above", Range("issued", day("2024-01-02")), "b"),
    ("range open below", Range("issued", None, day("2024-01-02")), "ab"),
    ("range open on both sides", Range("issued"), "ab"),
    ("range upside down", Range("issued", day("2024-01-02"), day("2024-01-01")), ""),
    ("boolean must", Boolean(must=(ONE, Match("folded", ("so",)))), "ab"),
    ("boolean must with nothing", Boolean(must=(ONE, Nothing())), ""),
    ("boolean should", Boolean(should=(Match("folded", ("doi",)), Match("folded", ("cao",)))), "ac"),
    ("boolean should beside must only scores", Boolean(must=(ONE,), should=(Match("folded", ("doi",)),)), "ab"),
    (
        "boolean with a minimum beside must",
        Boolean(must=(All(),), should=(ONE, Match("folded", ("doi",))), minimum_should=2),
        "a",
    ),
    ("boolean with a minimum beside filters", Boolean(filters=(All(),), should=(ONE,), minimum_should=1), "ab"),
    ("boolean with a minimum beyond its members", Boolean(must=(All(),), should=(ONE,), minimum_should=2), ""),
    ("boolean filters alone", Boolean(filters=(ONE,)), "ab"),
    ("boolean must_not", Boolean(must=(All(),), must_not=(ONE,)), "c"),
    ("boolean with nothing but must_not", Boolean(must_not=(ONE,)), "c"),
    ("boolean with nothing but must_not, inside another", Boolean(must=(All(), Boolean(must_not=(ONE,)))), "c"),
    ("boolean without members", Boolean(), ""),
    ("best", Best((Match("folded", ("doi",)), Match("title", ("cao",)))), "ac"),
    ("best of nothing", Best(()), ""),
    ("boost", Boost(ONE, 3.0), "ab"),
    ("boost of nothing", Boost(Nothing(), 3.0), ""),
    ("constant", Constant(ONE, 7.0), "ab"),
    ("constant of nothing", Constant(Match("folded", ()), 7.0), ""),
]


@pytest.mark.parametrize(("query", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_node_matches(engine: Engine, query: Query, expected: str) -> None:
    assert set(found(engine, query)) == set(expected)
    assert engine.count(query, EVERYTHING) == len(expected)


@pytest.mark.parametrize(
    "query",
    [
        Match("nonsense", ("a",)),
        Match("type", ("a",)),
        Phrase("folded_pairs", ("a_b", "b_c")),
        AnyOf("folded_pairs", ("a",)),
        Prefix("nonsense", "a"),
        Range("type", 1, 2),
        Boolean(must=(Boost(Best((Constant(Match("nonsense", ("a",))),)), 2.0),)),
        Boolean(must_not=(Match("nonsense", ("a",)),)),
    ],
    ids=repr,
)
def test_a_field_that_cannot_be_asked_is_refused_by_name(engine: Engine, query: Query) -> None:
    with pytest.raises(EngineError, match=r"trường “(nonsense|type|folded_pairs)”.*Được phép"):
        engine.search(Search(query=query, access=EVERYTHING))
    with pytest.raises(EngineError, match="Được phép"):
        engine.count(query, EVERYTHING)


def test_a_question_of_pasted_pages_is_answered(engine: Engine) -> None:
    pasted = ("ke", *(f"t{number}" for number in range(5_000)), "doi")
    assert found(engine, Match("folded", pasted))[0] == "a"
    assert found(engine, Boolean(must=(Match("folded", pasted),), filters=(AnyOf("type", ("Báo cáo",)),))) == []


def test_an_order_of_magnitude_beyond_any_date_is_a_bound_like_another(engine: Engine) -> None:
    assert set(found(engine, Range("issued", -(2**62), 2**62))) == {"a", "b"}
