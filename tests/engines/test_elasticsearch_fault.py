"""A server that dies in the middle of a run, and one that takes only small requests."""

import os
import signal
from pathlib import Path

import pytest

from engines.elasticsearch import ElasticsearchEngine, connect
from engines.interface import Access, EngineUnavailable, Writer
from engines.query import All
from engines.record import OfficialDocument
from engines.schema import IndexedDocument
from tests.elasticsearch_node import ElasticsearchNode


def document(id: str, words: int) -> IndexedDocument:
    return IndexedDocument(
        record=OfficialDocument(id=id, text="văn bản " * words),
        fingerprint=id,
        tokens={"folded": "van ban " * words},
        keywords={},
        numbers={},
    )


DOCUMENTS = [document(f"{number}", 500) for number in range(400)]


def put_all(engine: ElasticsearchEngine, writer: Writer) -> None:
    encode = engine.encoder()
    for document in DOCUMENTS:
        writer.put(encode(document))


def test_a_run_cut_off_by_the_servers_death_is_made_whole_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.elasticsearch.writer._REQUEST_OPERATIONS", 50)
    node = ElasticsearchNode(tmp_path, heap="512m", quick_start=True)
    engine = ElasticsearchEngine(connect(node.start()))
    try:
        with engine.write_staged("1") as writer:
            put_all(engine, writer)
            assert writer.commit() == {}
        engine.promote()
        with engine.write_staged("2") as writer:
            put_all(engine, writer)
            os.kill(node.pid, signal.SIGKILL)
            with pytest.raises(EngineUnavailable):
                writer.commit()
        with pytest.raises(EngineUnavailable):
            engine.ping()
        node.stop()

        engine = ElasticsearchEngine(connect(node.start()))
        assert engine.count(All(), Access.unrestricted()) == len(DOCUMENTS)
        with engine.write_staged("2") as writer:
            known = writer.fingerprints([document.record.id for document in DOCUMENTS])
            assert all(known[id] == id for id in known)
            put_all(engine, writer)
            assert writer.commit() == {}
        engine.promote()
        live = engine.live()
        assert live is not None
        assert (live.version, live.documents) == ("2", len(DOCUMENTS))
    finally:
        node.stop()


def test_a_request_too_large_for_the_server_is_sent_in_parts_and_only_a_too_large_document_is_refused(
    tmp_path: Path,
) -> None:
    small = {"discovery.type": "single-node", "http.max_content_length": "1mb"}
    with ElasticsearchNode(tmp_path, heap="512m", quick_start=True, settings=small) as url:
        engine = ElasticsearchEngine(connect(url))
        with engine.write_staged("1") as writer:
            put_all(engine, writer)
            writer.put(engine.encoder()(document("huge", 100_000)))
            refused = writer.commit()
        assert set(refused) == {"huge"}
        assert "văn bản lớn hơn giới hạn" in refused["huge"]
        staged = engine.staged()
        assert staged is not None
        assert staged.documents == len(DOCUMENTS)
