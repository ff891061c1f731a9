"""What a writer does and does not do to the index."""

import threading

import pytest

from engines.interface import Engine, IndexLocked, IndexMissing, Search
from engines.query import All, AnyOf, Match
from tests.conformance.corpus import EVERYTHING, add, document, found, index


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """An engine with one document."""
    index(empty_engine, [document("first", "dau tien", type="Báo cáo")])
    return empty_engine


def test_a_document_is_found_after_the_commit_and_not_before(engine: Engine) -> None:
    with engine.write_live() as writer:
        writer.put(engine.encoder()(document("second", "thu hai")))
        assert found(engine, Match("folded", ("hai",))) == []
        writer.commit()
        assert found(engine, Match("folded", ("hai",))) == ["second"]
    assert found(engine, Match("folded", ("hai",))) == ["second"]


def test_putting_an_id_again_replaces_the_document(engine: Engine) -> None:
    add(engine, document("first", "khac han", type="Kế hoạch"))
    assert found(engine, Match("folded", ("dau",))) == []
    assert found(engine, AnyOf("type", ("Báo cáo",))) == []
    assert found(engine, Match("folded", ("khac",))) == ["first"]
    assert engine.count(All(), EVERYTHING) == 1
    assert engine.fetch(["first"], EVERYTHING)["first"].text == "khac han"


def test_the_last_of_several_writes_in_one_commit_wins(engine: Engine) -> None:
    encode = engine.encoder()
    with engine.write_live() as writer:
        writer.put(encode(document("a", "mot")))
        writer.put(encode(document("a", "hai")))
        writer.put(encode(document("b", "mot")))
        writer.delete("b")
        writer.delete("c")
        writer.put(encode(document("c", "ba")))
        assert writer.commit() == {}
    assert found(engine, Match("folded", ("mot",))) == []
    assert found(engine, Match("folded", ("hai",))) == ["a"]
    assert found(engine, Match("folded", ("ba",))) == ["c"]


def test_a_deleted_document_is_gone(engine: Engine) -> None:
    with engine.write_live() as writer:
        writer.delete("first")
        writer.commit()
        assert writer.fingerprints(["first"]) == {}
    assert engine.count(All(), EVERYTHING) == 0
    assert engine.fetch(["first"], EVERYTHING) == {}
    assert list(engine.scan(EVERYTHING)) == []
    assert engine.document_frequencies("folded", ["dau"]) == {"dau": 0}
    assert engine.terms("type", "", 5) == []


def test_deleting_what_is_not_there_is_no_error(engine: Engine) -> None:
    with engine.write_live() as writer:
        writer.delete("other")
        assert writer.commit() == {}
    assert engine.count(All(), EVERYTHING) == 1


def test_a_commit_of_nothing_is_no_error(engine: Engine) -> None:
    with engine.write_live() as writer:
        assert writer.commit() == {}
        assert writer.commit() == {}


def test_what_was_committed_before_an_error_stays(engine: Engine) -> None:
    def fail_after_a_commit() -> None:
        with engine.write_live() as writer:
            writer.put(engine.encoder()(document("second", "thu hai")))
            writer.commit()
            raise RuntimeError("mất điện")

    with pytest.raises(RuntimeError, match="mất điện"):
        fail_after_a_commit()
    assert sorted(found(engine, All())) == ["first", "second"]
    add(engine, document("third", "thu ba"))
    assert engine.count(All(), EVERYTHING) == 3


def test_fingerprints_are_those_of_the_last_commit(engine: Engine) -> None:
    encode = engine.encoder()
    with engine.write_live() as writer:
        writer.put(encode(document("second", fingerprint="đầu tiên")))
        assert writer.fingerprints(["first", "second", "third"]) == {"first": "1"}
        writer.commit()
        assert writer.fingerprints(["first", "second", "third"]) == {"first": "1", "second": "đầu tiên"}
        writer.put(encode(document("second", fingerprint="2")))
        writer.commit()
        assert writer.fingerprints(["second", "second"]) == {"second": "2"}
        assert writer.fingerprints([]) == {}
    with engine.write_live() as writer:
        assert writer.fingerprints(["first", "second", "third"]) == {"first": "1", "second": "2"}


def test_fingerprints_of_many_documents_at_once(engine: Engine) -> None:
    add(engine, *(document(f"d{number}", fingerprint=f"f{number}") for number in range(1_200)))
    with engine.write_live() as writer:
        ids = [f"d{number}" for number in range(0, 2_400, 2)]
        assert writer.fingerprints(ids) == {f"d{number}": f"f{number}" for number in range(0, 1_200, 2)}


def test_a_second_writer_is_locked_out_until_the_first_leaves(engine: Engine) -> None:
    with engine.write_live():
        with pytest.raises(IndexLocked, match="đang ghi"), engine.write_live():
            raise AssertionError("two writers")
        assert found(engine, All()) == ["first"]
    with engine.write_live() as writer:
        writer.commit()


def test_a_second_staged_writer_is_locked_out_too(engine: Engine) -> None:
    with engine.write_staged("2"), pytest.raises(IndexLocked), engine.write_staged("2"):
        raise AssertionError("two writers")


def test_the_live_index_can_be_locked_by_whoever_builds_another(engine: Engine) -> None:
    """As a rebuild does, so that nothing goes into the live index that its successor would lack."""
    with engine.write_live(), engine.write_staged("2") as writer:
        writer.put(engine.encoder()(document("second", "thu hai")))
        writer.commit()
        with pytest.raises(IndexLocked):
            add(engine, document("third", "thu ba"))
    assert found(engine, All()) == ["first"]
    engine.promote()
    assert found(engine, All()) == ["second"]


def test_searches_go_on_while_documents_are_written(engine: Engine) -> None:
    """The one document is replaced again and again; each search sees exactly one of its versions."""
    seen: list[list[str]] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            hits = engine.search(Search(query=All(), access=EVERYTHING, with_text=True)).hits
            seen.append([hit.record.text for hit in hits])

    searchers = [threading.Thread(target=search) for _ in range(3)]
    for searcher in searchers:
        searcher.start()
    try:
        for number in range(5):
            add(engine, document("first", f"lan {number}"))
    finally:
        done.set()
        for searcher in searchers:
            searcher.join()
    assert {len(texts) for texts in seen} == {1}
    assert {text for [text] in seen} <= {"dau tien", *(f"lan {number}" for number in range(5))}
    assert found(engine, Match("folded", ("4",))) == ["first"]


def test_there_is_nothing_to_write_to_before_anything_is_indexed(empty_engine: Engine) -> None:
    with pytest.raises(IndexMissing, match="Chưa có chỉ mục"), empty_engine.write_live():
        raise AssertionError("a writer of nothing")
