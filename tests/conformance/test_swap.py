"""The staged index: built beside the live one, and put in its place in one step."""

import threading
from collections.abc import Callable

import pytest

from engines.interface import Engine, EngineError, IndexMissing, Search
from engines.query import All, Match
from tests.conformance.corpus import EVERYTHING, add, document, found, index, stage

OLD = [document(f"old {number}", "cu") for number in range(3)]
NEW = [document(f"new {number}", "moi") for number in range(5)]


def ids_of(engine: Engine) -> set[str]:
    return set(found(engine, All()))


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine with a live index of version 1."""
    index(empty_engine, OLD, "1")
    return empty_engine


def test_a_staged_index_is_not_seen_before_it_is_promoted(engine: Engine) -> None:
    stage(engine, NEW, "2")
    assert ids_of(engine) == {"old 0", "old 1", "old 2"}
    assert engine.document_frequencies("folded", ["moi"]) == {"moi": 0}
    engine.promote()
    assert ids_of(engine) == {f"new {number}" for number in range(5)}


def test_the_states_tell_version_and_size(engine: Engine) -> None:
    live = engine.live()
    assert live is not None
    assert (live.version, live.documents) == ("1", 3)
    assert engine.staged() is None
    stage(engine, NEW, "phiên bản 2")
    staged = engine.staged()
    assert staged is not None
    assert (staged.version, staged.documents) == ("phiên bản 2", 5)
    assert staged.name != live.name
    engine.promote()
    assert engine.live() == staged
    assert engine.staged() is None


def test_a_staged_index_of_the_same_version_is_continued(engine: Engine) -> None:
    stage(engine, NEW[:2], "2")
    with engine.write_staged("2") as writer:
        assert set(writer.fingerprints([each.record.id for each in NEW])) == {"new 0", "new 1"}
        for each in NEW[2:]:
            writer.put(engine.encoder()(each))
        writer.commit()
    engine.promote()
    assert ids_of(engine) == {f"new {number}" for number in range(5)}


def test_a_staged_index_of_another_version_is_started_afresh(engine: Engine) -> None:
    stage(engine, OLD, "2")
    with engine.write_staged("3") as writer:
        assert writer.fingerprints(["old 0"]) == {}
        writer.put(engine.encoder()(NEW[0]))
        writer.commit()
    staged = engine.staged()
    assert staged is not None
    assert (staged.version, staged.documents) == ("3", 1)
    engine.promote()
    assert ids_of(engine) == {"new 0"}


def test_after_a_promotion_the_same_version_is_staged_afresh(engine: Engine) -> None:
    with engine.write_staged("1") as writer:
        assert writer.fingerprints(["old 0"]) == {}
        writer.commit()
    assert ids_of(engine) == {"old 0", "old 1", "old 2"}
    engine.promote()
    assert ids_of(engine) == set()


def test_nothing_staged_cannot_be_promoted(engine: Engine, open_engine: Callable[[], Engine]) -> None:
    for each in (engine, open_engine()):
        with pytest.raises(EngineError, match="Không có chỉ mục nào đang được dựng"):
            each.promote()
    assert ids_of(engine) == {"old 0", "old 1", "old 2"}


def test_documents_can_be_added_after_a_promotion(engine: Engine) -> None:
    stage(engine, NEW, "2")
    engine.promote()
    add(engine, document("later", "sau"))
    assert found(engine, Match("folded", ("sau",))) == ["later"]


def test_searches_see_the_old_index_or_the_new_one_and_nothing_between(engine: Engine) -> None:
    seen: list[frozenset[str]] = []
    failures: list[Exception] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            try:
                hits = engine.search(Search(query=All(), access=EVERYTHING)).hits
            except Exception as error:  # noqa: BLE001
                failures.append(error)
                return
            seen.append(frozenset(hit.record.id for hit in hits))

    searchers = [threading.Thread(target=search) for _ in range(4)]
    for searcher in searchers:
        searcher.start()
    try:
        for number in range(4):
            index(engine, NEW if number % 2 == 0 else OLD, f"{number + 2}")
    finally:
        done.set()
        for searcher in searchers:
            searcher.join()
    assert failures == []
    assert set(seen) <= {frozenset(each.record.id for each in documents) for documents in (OLD, NEW)}
    assert seen


def test_before_anything_is_indexed_there_is_nothing_to_ask(empty_engine: Engine) -> None:
    assert empty_engine.live() is None
    assert empty_engine.staged() is None
    asks: list[Callable[[], object]] = [
        empty_engine.ping,
        lambda: empty_engine.search(Search(query=All(), access=EVERYTHING)),
        lambda: empty_engine.count(All(), EVERYTHING),
        lambda: empty_engine.fetch(["a"], EVERYTHING),
        lambda: list(empty_engine.scan(EVERYTHING)),
        lambda: empty_engine.document_frequencies("folded", ["a"]),
        lambda: empty_engine.terms("type", "", 1),
    ]
    for ask in asks:
        with pytest.raises(IndexMissing, match="Chưa có chỉ mục"):
            ask()


def test_an_index_without_documents_answers(empty_engine: Engine) -> None:
    index(empty_engine, [])
    empty_engine.ping()
    results = empty_engine.search(Search(query=Match("folded", ("a",)), access=EVERYTHING))
    assert (results.total, results.hits, results.next) == (0, (), None)
    assert empty_engine.count(All(), EVERYTHING) == 0
    assert empty_engine.fetch(["a"], EVERYTHING) == {}
    assert list(empty_engine.scan(EVERYTHING)) == []
    assert empty_engine.terms("title_folded", "", 5) == []
    live = empty_engine.live()
    assert live is not None
    assert live.documents == 0
