"""A service that may be written to and draws the pages of what it is sent."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from engines.embedded import EmbeddedEngine
from indexer.analysis import DocumentAnalysis
from indexer.originals.giving import Originals
from indexer.pictures.cache import FileCache
from indexer.pictures.images import PageImages
from indexer.pictures.office import find_office
from indexer.pushing import Inbox
from search_service.app import create_app
from search_service.search import SearchService
from search_service.writing import Writing
from tests.search_service.test_writing import TOKEN, Office

_CACHE_BYTES = 50_000_000


@contextmanager
def drawing_office(home: Path, analysis: DocumentAnalysis) -> Iterator[Office]:
    """The service over an empty folder; its pictures are kept in `cache` there."""
    journal = home / "journal.sqlite3"
    originals = Originals(journal)
    with (
        closing(EmbeddedEngine(home / "index", writer_heap_bytes=15_000_000, writer_threads=1)) as engine,
        PageImages(originals, FileCache(home / "cache", _CACHE_BYTES), find_office()) as images,
    ):
        writing = Writing(Inbox(engine, journal, analysis.analyzer), TOKEN)
        app = create_app(SearchService(engine, analysis.analyzer), writing, originals, images)
        yield Office(engine, journal, app.test_client())
