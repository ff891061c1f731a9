"""Requests made up from the OpenAPI document, to a real server: no server error, and no answer off the document."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engines.embedded import EmbeddedEngine
from indexer.analysis import DocumentAnalysis
from indexer.changes import ChangeReader
from indexer.pushing import Inbox, Sent
from search_service.app import create_app
from search_service.search import SearchService
from search_service.writing import Writing
from tests.fuzzing import fuzz
from tests.search_service.documents import DOCUMENTS
from tests.search_service.test_writing import TOKEN
from tests.served import served

EXAMPLES = 15  # an operation; `python -m bench.fuzz` sends more


@pytest.fixture
def site(tmp_path: Path, analysis: DocumentAnalysis) -> Iterator[str]:
    journal = tmp_path / "journal.sqlite3"
    with closing(EmbeddedEngine(tmp_path / "index", writer_heap_bytes=15_000_000, writer_threads=1)) as engine:
        inbox = Inbox(engine, journal, analysis.analyzer)
        inbox.apply(map(Sent, DOCUMENTS))
        service = SearchService(engine, analysis.analyzer)
        with served(create_app(service, Writing(inbox, TOKEN), changes=ChangeReader(journal))) as address:
            yield address


def test_no_made_up_request_is_answered_off_the_document(site: str, tmp_path: Path) -> None:
    found = fuzz(site, TOKEN, EXAMPLES, tmp_path, phases="examples,fuzzing")

    assert found.returncode == 0, found.stdout + found.stderr
    assert " passed" in found.stdout
