"""Writing in step: what the index holds at the end is what was said last."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from engines.embedded import EmbeddedEngine
from engines.interface import Access, EncodedDocument
from engines.record import OfficialDocument
from indexer.analysis import load_analysis
from indexer.journal import Journal
from indexer.ledger import Ledger, Pace
from indexer.pipeline import create

ANALYSIS = load_analysis()


@pytest.fixture(autouse=True)
def every_document_is_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.ledger._GROUP_DOCUMENTS", 1)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path / "index", writer_heap_bytes=15_000_000, writer_threads=1)
    create(engine)
    yield engine
    engine.close()


@contextmanager
def ledger(engine: EmbeddedEngine, tmp_path: Path, pace: Pace | None = None) -> Iterator[Ledger]:
    live = engine.live()
    assert live is not None
    with closing(Journal(tmp_path / "journal.sqlite3")) as journal, engine.write_live() as writer:
        yield Ledger(journal, writer, live, pace or Pace())


def document(engine: EmbeddedEngine, text: str) -> EncodedDocument:
    return engine.encoder()(ANALYSIS.document(OfficialDocument(id="x", text=text)))


def texts(engine: EmbeddedEngine) -> list[str]:
    return [record.text for record in engine.scan(Access.unrestricted())]


def test_a_document_put_twice_between_commits_is_what_was_put_last(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with ledger(engine, tmp_path) as book:
        book.put(document(engine, "một"))
        book.commit()
        book.put(document(engine, "hai"))
        book.put(document(engine, "một"))  # equal to what is committed, and yet to be written
        book.commit()
    assert texts(engine) == ["một"]


def test_a_document_deleted_and_put_again_is_there(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with ledger(engine, tmp_path) as book:
        book.put(document(engine, "một"))
        book.commit()
        book.delete("x")
        book.put(document(engine, "một"))
        book.commit()
    assert texts(engine) == ["một"]


def test_what_was_not_committed_is_not_there(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with ledger(engine, tmp_path) as book:
        book.put(document(engine, "một"))
    assert texts(engine) == []


@pytest.mark.parametrize("pace", [Pace(documents=1), Pace(bytes=1), Pace(seconds=0)])
def test_a_commit_is_due_after_so_many_documents_bytes_or_seconds(
    engine: EmbeddedEngine, tmp_path: Path, pace: Pace
) -> None:
    with ledger(engine, tmp_path) as book:
        book.put(document(engine, "một"))
        assert not book.is_due
    with ledger(engine, tmp_path, pace) as book:
        book.put(document(engine, "một"))
        assert book.is_due
