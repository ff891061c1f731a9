"""What only this engine can do wrong: requests that are refused, lost, or come from two writers at once."""

import dataclasses
import json
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from engines.elasticsearch import ElasticsearchEngine, connect
from engines.elasticsearch import lock as lock_module
from engines.elasticsearch.lock import LEASE_SECONDS, Holder, WriteLock
from engines.interface import Access, EncodedDocument, EngineUnavailable, IndexLocked, IndexMissing, Search, Writer
from engines.query import All, Match
from engines.record import OfficialDocument
from engines.schema import IndexedDocument

EVERYTHING = Access.unrestricted()


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with connect(elasticsearch_url) as client:
        yield client


@pytest.fixture
def prefix(client: Elasticsearch) -> Iterator[str]:
    prefix = f"test-{uuid.uuid4().hex}"
    yield prefix
    for name in client.indices.get(index=f"{prefix}*").body:
        client.indices.delete(index=name)


@pytest.fixture
def engine(client: Elasticsearch, prefix: str) -> ElasticsearchEngine:
    """An engine with an empty live index."""
    engine = ElasticsearchEngine(client, prefix=prefix)
    with engine.write_staged("1") as writer:
        writer.commit()
    engine.promote()
    return engine


def document(engine: ElasticsearchEngine, id: str, folded: str = "van ban") -> EncodedDocument:
    indexed = IndexedDocument(
        record=OfficialDocument(id=id), fingerprint="1", tokens={"folded": folded}, keywords={}, numbers={}
    )
    return engine.encoder()(indexed)


def test_a_refused_document_is_reported_with_the_servers_reason_and_stops_no_other(engine: ElasticsearchEngine) -> None:
    bad = EncodedDocument(id="bad", fingerprint="1", payload=json.dumps({"issued": "hôm qua"}).encode())
    with engine.write_live() as writer:
        writer.put(document(engine, "before"))
        writer.put(bad)
        writer.put(document(engine, "after"))
        refused = writer.commit()
    assert set(refused) == {"bad"}
    assert "Elasticsearch từ chối văn bản" in refused["bad"]
    assert "hôm qua" in refused["bad"]
    assert engine.count(All(), EVERYTHING) == 2


def test_a_refusal_is_forgotten_when_the_document_is_put_again_and_taken(engine: ElasticsearchEngine) -> None:
    with engine.write_live() as writer:
        writer.put(dataclasses.replace(document(engine, "a"), payload=b'{"nonsense": 1}'))
        assert set(writer.commit()) == {"a"}
        writer.put(document(engine, "a"))
        assert writer.commit() == {}


def test_the_last_of_many_writes_to_one_document_wins_over_several_requests(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.elasticsearch.writer._REQUEST_OPERATIONS", 2)
    with engine.write_live() as writer:
        for round_ in range(20):
            writer.put(document(engine, "a", f"vong {round_}"))
            writer.put(document(engine, f"other {round_}"))
            writer.delete("b") if round_ % 2 else writer.put(document(engine, "b"))
        assert writer.commit() == {}
    assert engine.document_frequencies("folded", ["18", "19"]) == {"18": 0, "19": 1}
    assert set(engine.fetch(["a", "b"], EVERYTHING)) == {"a"}


def test_what_an_aborted_run_had_sent_is_in_the_next_writers_fingerprints(
    engine: ElasticsearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engines.elasticsearch.writer._REQUEST_OPERATIONS", 1)
    with engine.write_live() as writer:
        writer.put(document(engine, "sent"))
    with engine.write_live() as writer:
        assert writer.fingerprints(["sent"]) == {"sent": "1"}
    assert engine.count(All(), EVERYTHING) == 1


def test_nobody_at_the_address_is_unavailable() -> None:
    engine = ElasticsearchEngine(connect("http://127.0.0.1:1"))
    for ask in (
        engine.ping,
        engine.live,
        engine.promote,
        lambda: engine.search(Search(query=All(), access=EVERYTHING)),
        lambda: engine.count(All(), EVERYTHING),
        lambda: engine.fetch(["a"], EVERYTHING),
        lambda: list(engine.scan(EVERYTHING)),
        lambda: engine.terms("type", "", 1),
        lambda: engine.write_live().__enter__(),
        lambda: engine.write_staged("1").__enter__(),
    ):
        with pytest.raises(EngineUnavailable, match="Không kết nối được Elasticsearch"):
            ask()


def test_a_writer_whose_index_is_removed_makes_no_index_of_its_own(
    engine: ElasticsearchEngine, client: Elasticsearch, prefix: str
) -> None:
    live = engine.live()
    assert live is not None
    with engine.write_live() as writer:
        client.indices.delete(index=live.name)
        writer.put(document(engine, "a"))
        with pytest.raises(IndexMissing):
            writer.commit()
    assert not client.indices.exists(index=prefix)


def test_a_writer_that_lost_a_request_never_commits(
    engine: ElasticsearchEngine, client: Elasticsearch, prefix: str
) -> None:
    live = engine.live()
    assert live is not None
    with engine.write_live() as writer:
        client.indices.delete_alias(index=live.name, name=prefix)
        writer.put(document(engine, "lost"))
        with pytest.raises(IndexMissing):
            writer.commit()
        client.indices.put_alias(index=live.name, name=prefix)
        writer.put(document(engine, "later"))
        with pytest.raises(IndexMissing):
            writer.commit()


def test_promotion_waits_for_no_writer_but_refuses(engine: ElasticsearchEngine) -> None:
    with engine.write_staged("2") as writer:
        writer.commit()
        with pytest.raises(IndexLocked, match="Một tiến trình khác đang ghi"):
            engine.promote()
    engine.promote()
    live = engine.live()
    assert live is not None
    assert live.version == "2"


HOLD_THE_LOCK = """
import sys, time
from engines.elasticsearch import ElasticsearchEngine, connect
with ElasticsearchEngine(connect(sys.argv[1]), prefix=sys.argv[2]).write_live():
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc/self/ns/pid").exists(), reason="only Linux tells whether a process is dead")
def test_the_lock_of_a_killed_process_of_this_machine_is_taken_over_at_once(
    engine: ElasticsearchEngine, elasticsearch_url: str, prefix: str
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, elasticsearch_url, prefix], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(IndexLocked, match=str(process.pid)), engine.write_live():
            pass
        process.send_signal(signal.SIGKILL)
    with engine.write_live() as writer:
        assert writer.commit() == {}


def held_elsewhere(client: Elasticsearch, prefix: str, expires_at: float) -> None:
    holder = dataclasses.replace(Holder.current(), holding="other", host="máy khác", place="elsewhere", pid=4242)
    lock = {"holder": dataclasses.asdict(holder), "expires_at": expires_at}
    client.index(index=f"{prefix}-locks", id=prefix, document=lock)


def test_a_lock_of_another_machine_holds_until_it_expires(
    engine: ElasticsearchEngine, client: Elasticsearch, prefix: str
) -> None:
    held_elsewhere(client, prefix, time.time() + LEASE_SECONDS)
    with pytest.raises(IndexLocked, match="máy khác, tiến trình 4242"), engine.write_live():
        pass
    held_elsewhere(client, prefix, time.time() - 1)
    with engine.write_live() as writer:
        assert writer.commit() == {}


def commit_for_half_a_minute(writer: Writer) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        writer.commit()


def test_a_writer_whose_lock_was_taken_over_commits_nothing_more(
    engine: ElasticsearchEngine, client: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_module, "_RENEWAL_SECONDS", 0.01)
    with engine.write_live() as writer:
        held_elsewhere(client, prefix, time.time() + LEASE_SECONDS)
        with pytest.raises(IndexLocked, match="Mất khóa ghi"):
            commit_for_half_a_minute(writer)
    assert client.get(index=f"{prefix}-locks", id=prefix)["_source"]["holder"]["host"] == "máy khác"


def test_a_renewal_whose_answer_was_lost_does_not_lose_the_lock(
    client: Elasticsearch, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_module, "_RENEWAL_SECONDS", 0.01)
    with WriteLock(client, f"{prefix}-locks", "a") as lock:
        source = client.get(index=f"{prefix}-locks", id="a")["_source"]
        before = client.index(index=f"{prefix}-locks", id="a", document=source)["_seq_no"]
        deadline = time.monotonic() + 30
        while client.get(index=f"{prefix}-locks", id="a")["_seq_no"] <= before + 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        lock.check()
        assert client.get(index=f"{prefix}-locks", id="a")["_seq_no"] > before + 1
    assert not client.exists(index=f"{prefix}-locks", id="a")


def test_a_query_of_pasted_pages_is_answered(engine: ElasticsearchEngine) -> None:
    tokens = tuple(f"t{number}" for number in range(40_000))
    with engine.write_live() as writer:
        writer.put(document(engine, "pasted", " ".join(tokens)))
        writer.commit()
    results = engine.search(Search(query=Match("folded", tokens, minimum=len(tokens)), access=EVERYTHING))
    assert [hit.record.id for hit in results.hits] == ["pasted"]
    assert engine.count(Match("folded", tokens), EVERYTHING) == 1


@pytest.mark.parametrize("prefix_", ["", "Tracuu", "tra cuu", "-tracuu", "tra,cuu", "tra*", "a" * 101])
def test_a_prefix_that_the_server_would_refuse_is_refused_at_the_start(client: Elasticsearch, prefix_: str) -> None:
    with pytest.raises(ValueError, match="không hợp lệ"):
        ElasticsearchEngine(client, prefix=prefix_)
