"""Paging by relevance while others write: what the pages promise, for how long, and what comes after."""

import itertools
import random
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.elasticsearch import connect
from engines.interface import Access, Engine, Facet, Results, Search
from engines.kept import IDLE_SECONDS, LONGEST_SECONDS
from engines.query import AnyOf, Boolean, Constant, Match, Query
from engines.schema import IndexedDocument
from tests.conformance.conftest import Clock, OpenEngine
from tests.conformance.corpus import EVERYTHING, add, document, found, ids, index

SIZE = 7
QUERY = Match("folded", ("ke", "bao"))
QUERIES: list[Query] = [
    QUERY,
    Constant(QUERY, 2.0),
    Boolean(must=(QUERY,), should=(Constant(AnyOf("type", ("X",)), 5.0),)),
]


def made_up(name: str, number: int) -> IndexedDocument:
    """Few words, so that scores tie, and many lengths, so that each document that comes or goes moves all scores."""
    choice = random.Random(f"{name} {number}")  # noqa: S311
    words = choice.choices(["ke", "hoach", "bao", "cao"], [8, 4, 2, 1], k=choice.randint(2, 30))
    day = f"2024-01-{1 + number % 9:02}"
    return document(f"{name} {number}", " ".join(["ke", *words]), type=choice.choice("XY"), issued=day)


THERE = [made_up("there", number) for number in range(60)]


def others(name: str, count: int) -> list[IndexedDocument]:
    return [made_up(name, number) for number in range(count)]


def remove(engine: Engine, *gone: str) -> None:
    with engine.write_live() as writer:
        for id in gone:
            writer.delete(id)
        writer.commit()


def page(engine: Engine, cursor: str | None, query: Query = QUERY, access: Access = EVERYTHING) -> Results:
    return engine.search(Search(query=query, access=access, size=SIZE, cursor=cursor))


def rest(engine: Engine, results: Results, query: Query = QUERY) -> list[str]:
    """The ids on all pages after these results."""
    together = []
    while results.next is not None:
        results = page(engine, results.next, query)
        together += ids(results)
    return together


def two_pages(engine: Engine, query: Query = QUERY) -> tuple[list[str], Results]:
    """The ids of the first two pages, and the second: with either engine, it and those that follow are one moment's."""
    first = page(engine, None, query)
    second = page(engine, first.next, query)
    return ids(first) + ids(second), second


def arriving() -> Iterator[list[IndexedDocument]]:
    return (others(f"new {turn}", 3) for turn in itertools.count())


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine with documents in two segments."""
    index(empty_engine, THERE[:30])
    add(empty_engine, *THERE[30:])
    return empty_engine


@pytest.mark.parametrize("query", QUERIES, ids=["scored", "constant", "both"])
def test_pages_are_of_one_moment_while_documents_come_change_and_go(engine: Engine, query: Query) -> None:
    whole = found(engine, query)
    given_out, last = two_pages(engine, query)
    going = whole[-4:]
    gone: list[str] = []
    for documents in arriving():
        if last.next is None:
            break
        if going:
            gone.append(going.pop())
            remove(engine, gone[-1])
            add(engine, document(whole[len(given_out)], "ke bao bao bao"))
        add(engine, *documents)
        last = page(engine, last.next, query)
        assert last.total == len(whole)
        given_out += ids(last)
    assert given_out == [id for id in whole if id not in gone]
    assert len(gone) == 4
    assert [id for id in found(engine, query) if id in given_out] != given_out


def test_the_embedded_engines_moment_is_the_first_pages(open_embedded: OpenEngine) -> None:
    engine = open_embedded()
    index(engine, THERE)
    whole = found(engine, QUERY)
    first = page(engine, None)
    for documents in itertools.islice(arriving(), 5):
        add(engine, *documents)
    assert ids(first) + rest(engine, first) == whole
    assert found(engine, QUERY)[: len(whole)] != whole


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 20), st.sets(st.integers(0, 59), max_size=6), st.booleans()), max_size=6))
def test_whatever_comes_and_goes_between_pages_of_any_size(
    engine: Engine, turns: Sequence[tuple[int, set[int], bool]]
) -> None:
    index(engine, THERE)
    whole = found(engine, QUERY)
    given_out, last = two_pages(engine)
    assert given_out == whole[: 2 * SIZE]
    place, there = 2 * SIZE, set(whole)
    for size, leaving, comes_back in turns:
        remove(engine, *(f"there {number}" for number in leaving))
        there -= {f"there {number}" for number in leaving}
        if comes_back:
            add(engine, made_up("new", place), *(THERE[number] for number in leaving))
            there |= {f"there {number}" for number in leaving}
        if last.next is None:
            break
        last = engine.search(Search(query=QUERY, access=EVERYTHING, size=size, cursor=last.next))
        assert ids(last) == [id for id in whole[place : place + size] if id in there]
        place += size
    assert rest(engine, last) == [id for id in whole[place:] if id in there]


def test_what_may_not_be_seen_any_more_is_left_out_and_what_changed_is_given_as_it_is_now(engine: Engine) -> None:
    clerk = Access.of("unit:b")
    _, second = two_pages(engine)
    restricted, changed = found(engine, QUERY)[2 * SIZE :][:2]
    add(engine, document(restricted, "ke", access=("unit:a",)), document(changed, "ke", subject="mới"))
    third = page(engine, second.next, access=clerk)
    assert restricted not in ids(third)
    assert {hit.record.id: hit.record.subject for hit in third.hits}[changed] == "mới"
    assert len(third.hits) == SIZE - 1
    assert third.next is not None


def test_a_page_of_which_all_is_gone_still_leads_to_the_next(engine: Engine) -> None:
    whole = found(engine, QUERY)
    _, second = two_pages(engine)
    remove(engine, *whole[2 * SIZE : 3 * SIZE])
    third = page(engine, second.next)
    assert third.hits == ()
    assert rest(engine, third) == whole[3 * SIZE :]


def test_records_have_the_parts_that_were_asked_for(engine: Engine) -> None:
    _, second = two_pages(engine)
    changed = found(engine, QUERY)[2 * SIZE]
    add(engine, document(changed, "ke bao", cites=("1/QĐ-UBND",)))
    for whole in (True, False):
        parts = {"with_text": whole, "with_details": whole}
        asked = Search(query=QUERY, access=EVERYTHING, size=SIZE, cursor=second.next, **parts)
        [record] = [hit.record for hit in engine.search(asked).hits if hit.record.id == changed]
        assert (record.text, record.cites) == (("ke bao", ("1/QĐ-UBND",)) if whole else ("", ()))


def test_total_and_facets_are_those_of_the_moment(engine: Engine) -> None:
    def asked(cursor: str | None) -> Results:
        facets = (Facet("type"),)
        return engine.search(Search(query=QUERY, access=EVERYTHING, size=SIZE, cursor=cursor, facets=facets))

    second = asked(asked(None).next)
    add(engine, *others("more", 20))
    third = asked(second.next)
    assert (third.total, third.facets) == (second.total, second.facets)
    assert asked(None).total == second.total + 20


def test_those_who_read_at_once_each_read_their_own_moment(engine: Engine) -> None:
    walks = []
    for documents in itertools.islice(arriving(), 3):
        walks.append((found(engine, QUERY), *two_pages(engine)))
        add(engine, *documents)
    for whole, given_out, second in walks:
        assert given_out + rest(engine, second) == whole


@pytest.mark.parametrize("seconds", [IDLE_SECONDS + 1, LONGEST_SECONDS + 1])
def test_a_moment_that_is_gone_is_followed_by_what_there_is_now(engine: Engine, clock: Clock, seconds: float) -> None:
    whole = found(engine, QUERY)
    given_out, second = two_pages(engine)
    clock.forward(seconds)
    assert given_out + rest(engine, second) == whole
    clock.forward(seconds)
    add(engine, *others("new", 20))
    third = page(engine, second.next)
    assert third.total == len(THERE) + 20
    assert len(third.hits) == SIZE
    # From the page after it on, pages are of one moment again.
    expected = rest(engine, third)
    fourth = page(engine, third.next)
    add(engine, *others("newer", 20))
    assert ids(fourth) + rest(engine, fourth) == expected


def test_who_goes_on_in_time_may_read_for_longer(engine: Engine, clock: Clock) -> None:
    whole = found(engine, QUERY)
    given_out, last = two_pages(engine)
    for documents in arriving():
        if last.next is None:
            break
        clock.forward(IDLE_SECONDS - 10)
        add(engine, *documents)
        last = page(engine, last.next)
        given_out += ids(last)
    assert given_out == whole


def test_an_index_that_is_replaced_is_no_error(engine: Engine) -> None:
    _, second = two_pages(engine)
    index(engine, [*THERE, *others("new", 20)], "2")
    assert page(engine, second.next).hits
    assert rest(engine, second)


def test_the_embedded_engine_reads_an_index_that_was_replaced_to_its_end(open_embedded: OpenEngine) -> None:
    engine = open_embedded()
    index(engine, THERE)
    whole = found(engine, QUERY)
    given_out, second = two_pages(engine)
    for version in "23":
        index(engine, [*THERE, *others("new", 20)], version)
    assert given_out + rest(engine, second) == whole


def test_what_the_server_has_lost_is_followed_by_what_there_is_now(
    open_elasticsearch: Callable[[], Engine], elasticsearch_url: str
) -> None:
    engine = open_elasticsearch()
    index(engine, THERE)
    whole = found(engine, QUERY)
    given_out, second = two_pages(engine)
    live = engine.live()
    assert live is not None
    with connect(elasticsearch_url) as client:
        client.indices.close(index=live.name)
        client.indices.open(index=live.name, wait_for_active_shards="1")
    assert given_out + rest(engine, second) == whole


def test_the_server_holds_a_point_in_time_from_the_second_page_to_the_last(
    open_elasticsearch: OpenEngine, elasticsearch_url: str
) -> None:
    engine = open_elasticsearch()
    index(engine, THERE)
    with connect(elasticsearch_url) as client:

        def held() -> int:
            nodes = client.nodes.stats(metric="indices", index_metric="search")["nodes"]
            return sum(node["indices"]["search"]["open_contexts"] for node in nodes.values())

        before = held()
        first = page(engine, None)
        assert held() == before
        second = page(engine, first.next)
        assert held() == before + 1
        assert rest(engine, second)
        assert held() == before


def test_a_cursor_stays_short(engine: Engine) -> None:
    _, second = two_pages(engine)
    assert second.next is not None
    assert len(second.next) < 120
