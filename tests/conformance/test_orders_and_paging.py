"""Orders, and pages that give each document exactly once."""

import datetime
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.cursor import encode_cursor
from engines.interface import Access, Engine, EngineError, InvalidCursor, Order, Search
from engines.query import All, AnyOf, Boolean, Boost, Constant, Match, Nothing, Query
from engines.schema import IndexedDocument, order_keys
from tests.conformance.corpus import EVERYTHING, add, document, index

COUNT = 300


def made_up_documents() -> Iterator[IndexedDocument]:
    """Few words and few dates, so that many scores and dates tie."""
    choice = random.Random(20)  # noqa: S311
    for number in range(COUNT):
        words = choice.choices(["ke", "hoach", "bao", "cao"], [8, 4, 2, 1], k=choice.choice([3, 3, 3, 5]))
        day = choice.choice([None, "2024-02-01", "2024-02-02", f"2023-01-{choice.randint(1, 28):02}"])
        access = choice.choice([(), (), ("unit:a",)])
        yield document(
            f"văn bản {number}",
            " ".join(words),
            number=f"{number % 40}/QĐ-UBND" if number % 7 else "",
            issued=day,
            access=access,
            type=choice.choice("XY"),
        )


DOCUMENTS = list(made_up_documents())


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> None:
    """In several commits, so that the documents lie in several segments."""
    index(engine, DOCUMENTS[:100])
    for start in range(100, COUNT, 50):
        add(engine, *DOCUMENTS[start : start + 50])


QUERIES: list[Query] = [
    All(),
    Match("folded", ("ke",)),
    Match("folded", ("hoach", "bao", "cao", "ke")),
    Constant(Match("folded", ("ke",)), 3.0),
    Boost(AnyOf("type", ("X",)), 2.0),
    Boolean(must=(AnyOf("type", ("X",)),), should=(Constant(Match("folded", ("cao",)), 5.0),)),
    Boolean(must_not=(Match("folded", ("ke",)),)),
    Nothing(),
]
queries = pytest.mark.parametrize("query", QUERIES, ids=lambda query: repr(query)[:50])
orders = pytest.mark.parametrize("order", Order)


def pages(engine: Engine, query: Query, order: Order, size: int, access: Access = EVERYTHING) -> Iterator[list[str]]:
    cursor: str | None = None
    while True:
        results = engine.search(Search(query=query, access=access, order=order, size=size, cursor=cursor))
        yield [hit.record.id for hit in results.hits]
        cursor = results.next
        if cursor is None:
            return


def everything(engine: Engine, query: Query, order: Order, access: Access = EVERYTHING) -> list[str]:
    [page] = pages(engine, query, order, 1_000, access)
    return page


def by_key(key: str) -> list[str]:
    def value(each: IndexedDocument) -> int:
        return order_keys(each.record.id, each.record.issued, each.record.number)[key]

    return [each.record.id for each in sorted(DOCUMENTS, key=value, reverse=True)]


def test_newest_first_with_undated_last(engine: Engine) -> None:
    order = everything(engine, All(), Order.NEWEST)
    assert order == by_key("newest")
    dates = {each.record.id: each.record.issued or datetime.date.min for each in DOCUMENTS}
    assert [dates[id] for id in order] == sorted(dates.values(), reverse=True)


def test_oldest_first_with_undated_last(engine: Engine) -> None:
    order = everything(engine, All(), Order.OLDEST)
    assert order == by_key("oldest")
    dates = {each.record.id: each.record.issued or datetime.date.max for each in DOCUMENTS}
    assert [dates[id] for id in order] == sorted(dates.values())


def test_by_number_the_lowest_figure_first_with_unnumbered_last(engine: Engine) -> None:
    order = everything(engine, All(), Order.NUMBER)
    assert order == by_key("number")
    figures = {each.record.id: re.search(r"\d+", each.record.number) for each in DOCUMENTS}
    ranks = [int(figure.group()) if (figure := figures[id]) else sys.maxsize for id in order]
    assert ranks == sorted(ranks)


def test_where_all_scores_tie_relevance_is_newest(engine: Engine) -> None:
    assert everything(engine, All(), Order.RELEVANCE) == by_key("newest")


@queries
def test_scores_fall_and_ties_come_newest_first(engine: Engine, query: Query) -> None:
    newest = {id: place for place, id in enumerate(by_key("newest"))}
    hits = engine.search(Search(query=query, access=EVERYTHING, size=1_000)).hits
    ranks = [(-hit.score, newest[hit.record.id]) for hit in hits]
    assert ranks == sorted(ranks)


@queries
@orders
@pytest.mark.parametrize("size", [1, 7, 100])
def test_pages_put_together_are_the_whole(engine: Engine, query: Query, order: Order, size: int) -> None:
    if size == 1:
        query = Boolean(must=(query,), filters=(Match("folded", ("cao",)),))
    whole = everything(engine, query, order)
    together = list(pages(engine, query, order, size))
    assert [id for page in together for id in page] == whole
    assert len(whole) == len(set(whole)) == engine.count(query, EVERYTHING)
    assert all(len(page) == size for page in together[:-1])
    assert together[-1] or not whole


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.sampled_from(QUERIES),
    order=st.sampled_from(Order),
    sizes=st.lists(st.integers(1, 120), min_size=1, max_size=4),
    access=st.sampled_from([EVERYTHING, Access.of(), Access.of("unit:a")]),
)
def test_pages_of_any_sizes_give_each_document_once(
    engine: Engine, query: Query, order: Order, sizes: list[int], access: Access
) -> None:
    given_out: list[str] = []
    cursor: str | None = None
    for turn in range(COUNT + 1):
        size = sizes[min(turn, len(sizes) - 1)] if turn < len(sizes) else 90
        results = engine.search(Search(query=query, access=access, order=order, size=size, cursor=cursor))
        given_out += [hit.record.id for hit in results.hits]
        cursor = results.next
        if cursor is None:
            break
    assert given_out == everything(engine, query, order, access)


@orders
def test_a_page_asked_again_is_the_same(engine: Engine, order: Order) -> None:
    query = Match("folded", ("ke", "bao"))
    first = engine.search(Search(query=query, access=EVERYTHING, order=order, size=20))
    again = [
        engine.search(Search(query=query, access=EVERYTHING, order=order, size=20, cursor=first.next)) for _ in range(3)
    ]
    # `next` may differ: each time, Elasticsearch opens a point in time for the pages from there on.
    assert all(each.next for each in again)
    assert replace(again[0], next=None) == replace(again[1], next=None) == replace(again[2], next=None)


@queries
@orders
def test_a_page_of_no_hits_tells_the_total(engine: Engine, query: Query, order: Order) -> None:
    results = engine.search(Search(query=query, access=EVERYTHING, order=order, size=0))
    assert results.hits == ()
    assert results.next is None
    assert results.total == engine.count(query, EVERYTHING)


def test_the_total_stays_on_every_page(engine: Engine) -> None:
    for order in Order:
        first = engine.search(Search(query=All(), access=EVERYTHING, order=order, size=10))
        second = engine.search(Search(query=All(), access=EVERYTHING, order=order, size=10, cursor=first.next))
        assert first.total == second.total == COUNT


def test_the_last_page_when_it_is_full_has_no_next(engine: Engine) -> None:
    for order in Order:
        assert engine.search(Search(query=All(), access=EVERYTHING, order=order, size=COUNT)).next is None
        assert engine.search(Search(query=All(), access=EVERYTHING, order=order, size=COUNT - 1)).next is not None


def cursor_of(engine: Engine, order: Order) -> str:
    cursor = engine.search(Search(query=Match("folded", ("ke",)), access=EVERYTHING, order=order, size=5)).next
    assert cursor is not None
    return cursor


@pytest.mark.parametrize("made_for", Order)
@pytest.mark.parametrize("given_to", Order)
def test_a_cursor_of_another_order_is_invalid(engine: Engine, made_for: Order, given_to: Order) -> None:
    query = Match("folded", ("ke",))
    search = Search(query=query, access=EVERYTHING, order=given_to, cursor=cursor_of(engine, made_for))
    if made_for is given_to:
        assert engine.search(search).hits
    else:
        with pytest.raises(InvalidCursor):
            engine.search(search)


@orders
def test_a_cursor_that_is_not_whole_is_invalid(engine: Engine, order: Order) -> None:
    cursor = cursor_of(engine, order)
    for damaged in (cursor[:-1], cursor[:-4], cursor[1:], cursor + "AAAA", cursor.swapcase(), ""):
        with pytest.raises(InvalidCursor):
            engine.search(Search(query=All(), access=EVERYTHING, order=order, cursor=damaged))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(Order))
def test_any_other_text_is_an_invalid_cursor(engine: Engine, text: str, order: Order) -> None:
    with pytest.raises(InvalidCursor):
        engine.search(Search(query=All(), access=EVERYTHING, order=order, cursor=text))


def test_a_cursor_of_another_engine_is_invalid(engine: Engine) -> None:
    with pytest.raises(InvalidCursor):
        engine.search(
            Search(
                query=All(), access=EVERYTHING, order=Order.NEWEST, cursor=encode_cursor("other1", Order.NEWEST, [5])
            )
        )


@pytest.mark.parametrize("size", [-1, 1_001])
def test_a_page_beyond_the_limits_is_refused(engine: Engine, size: int) -> None:
    with pytest.raises(EngineError, match="từ 0 đến 1000"):
        engine.search(Search(query=All(), access=EVERYTHING, size=size))
