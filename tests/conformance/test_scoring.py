"""Which of two documents comes first, and what scores are made of."""

import pytest

from engines.interface import Engine, Order
from engines.query import All, AnyOf, Best, Boolean, Boost, Constant, Match, Phrase, Prefix, Query, Range
from tests.conformance.corpus import document, found, index, search

DOCUMENTS = [
    document("rare", "hiem so van ban nay", title="mot"),
    document("common", "chung so van ban nay", title="mot"),
    document("often", "chung chung chung van nay", title="mot"),
    document("long", "chung so van ban nay dai hon cac van ban kia rat nhieu chu khac", title="mot"),
    document("titled", "khac so van ban nay", title="chung"),
    document("newer", "giong het nhau hoan toan", issued="2024-05-02", title="mot"),
    document("older", "giong het nhau hoan toan", issued="2023-05-02", title="mot"),
    document("undated", "giong het nhau hoan toan", title="mot"),
]


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> None:
    index(engine, DOCUMENTS)


def scores(engine: Engine, query: Query) -> dict[str, float]:
    return {hit.record.id: hit.score for hit in search(engine, query).hits}


def test_a_rare_token_outweighs_a_common_one(engine: Engine) -> None:
    assert found(engine, Match("folded", ("hiem", "chung")))[0] == "rare"


def test_a_token_that_comes_more_often_scores_more(engine: Engine) -> None:
    assert found(engine, Match("folded", ("chung",)))[:2] == ["often", "common"]


def test_the_shorter_of_two_documents_scores_more(engine: Engine) -> None:
    order = found(engine, Match("folded", ("chung",)))
    assert order.index("common") < order.index("long")


def test_more_tokens_matched_score_more(engine: Engine) -> None:
    assert found(engine, Match("folded", ("chung", "ban")))[0] == "common"


def test_ties_come_newest_first_and_undated_last(engine: Engine) -> None:
    assert found(engine, Match("folded", ("giong",))) == ["newer", "older", "undated"]
    assert found(engine, Constant(Match("folded", ("giong",)))) == ["newer", "older", "undated"]


def test_a_match_is_the_sum_of_its_tokens(engine: Engine) -> None:
    parts = [scores(engine, Match("folded", (token,)))["common"] for token in ("chung", "so")]
    assert scores(engine, Match("folded", ("chung", "so")))["common"] == pytest.approx(sum(parts), rel=1e-5)


def test_a_token_given_twice_counts_twice(engine: Engine) -> None:
    once = scores(engine, Match("folded", ("hiem",)))["rare"]
    assert scores(engine, Match("folded", ("hiem", "hiem")))["rare"] == pytest.approx(2 * once, rel=1e-5)


def test_scores_are_bm25(engine: Engine) -> None:
    """One of 8 documents has it, once: idf = ln(1 + 7.5 / 1.5), and (k1 + 1) / (1 + k1 (1 - b + b len / mean))."""
    lengths = [len(each.tokens["folded"].split()) for each in DOCUMENTS]
    norm = 1.2 * (0.25 + 0.75 * 5 / (sum(lengths) / len(lengths)))
    assert scores(engine, Match("folded", ("hiem",)))["rare"] == pytest.approx(1.791759 * 2.2 / (1 + norm), rel=1e-4)


def test_a_phrase_scores_as_its_tokens_would_as_one(engine: Engine) -> None:
    parts = scores(engine, Match("syllables", ("giong", "het")))["newer"]
    assert scores(engine, Phrase("syllables", ("giong", "het")))["newer"] == pytest.approx(parts, rel=1e-5)


@pytest.mark.parametrize(
    ("query", "score"),
    [
        (All(), 1.0),
        (AnyOf("id", ("rare", "other")), 1.0),
        (Prefix("id", "rar"), 1.0),
        (Prefix("folded", "hie"), 1.0),
        (Constant(Match("folded", ("hiem",)), 60.0), 60.0),
        (Boost(Constant(All(), 3.0), 2.0), 6.0),
        (Constant(Boost(All(), 5.0), 2.0), 2.0),
        (Boolean(must=(All(), All()), filters=(All(),)), 2.0),
        (Boolean(must=(All(),), should=(Constant(All(), 4.0), Match("folded", ("khong",)))), 5.0),
        (Boolean(filters=(All(),)), 0.0),
        (Boolean(must_not=(AnyOf("id", ("common",)),)), 0.0),
        (Best((Constant(All(), 3.0), Constant(All(), 2.0))), 3.0),
        (Best((Constant(All(), 3.0), Constant(All(), 2.0), All()), 0.5), 4.5),
        (Boost(Best((All(), Constant(All(), 2.0))), 10.0), 20.0),
    ],
    ids=repr,
)
def test_the_score_of_a_document_is(engine: Engine, query: Query, score: float) -> None:
    assert scores(engine, query)["rare"] == pytest.approx(score)


def test_a_range_scores_one(engine: Engine) -> None:
    assert scores(engine, Range("issued")) == {"newer": 1.0, "older": 1.0}


def test_a_boost_multiplies(engine: Engine) -> None:
    plain, boosted = (
        scores(engine, query)["rare"] for query in (Match("folded", ("so",)), Boost(Match("folded", ("so",)), 2.5))
    )
    assert boosted == pytest.approx(2.5 * plain, rel=1e-5)


def test_a_boost_decides_between_fields(engine: Engine) -> None:
    def by(body: float, title: float) -> str:
        clauses = (Boost(Match("folded", ("chung",)), body), Boost(Match("title", ("chung",)), title))
        return found(engine, Boolean(should=clauses))[0]

    assert by(1.0, 9.0) == "titled"
    assert by(9.0, 0.1) == "often"


def test_best_takes_the_maximum_where_a_boolean_takes_the_sum(engine: Engine) -> None:
    first, second = Match("folded", ("chung",)), Match("folded", ("so",))
    one, other = (scores(engine, query)["common"] for query in (first, second))
    assert scores(engine, Best((first, second)))["common"] == pytest.approx(max(one, other), rel=1e-5)
    assert scores(engine, Boolean(should=(first, second)))["common"] == pytest.approx(one + other, rel=1e-5)


def test_filters_change_no_score(engine: Engine) -> None:
    query = Match("folded", ("chung",))
    filtered = Boolean(must=(query,), filters=(Match("folded", ("so",)),))
    assert scores(engine, filtered)["common"] == pytest.approx(scores(engine, query)["common"], rel=1e-6)


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST])
def test_scores_are_0_in_any_order_but_relevance(engine: Engine, order: Order) -> None:
    assert {hit.score for hit in search(engine, Match("folded", ("chung",)), order=order).hits} == {0.0}
