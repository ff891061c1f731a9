"""A real search service over a small real index."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import pytest
from flask.testing import FlaskClient

from engines.elasticsearch import ElasticsearchEngine, connect
from engines.interface import Engine
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis, load_analysis
from search_service.app import create_app
from search_service.search import SearchService
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService, OpenIndex, embedded, fill


@pytest.fixture(scope="session")
def analysis() -> DocumentAnalysis:
    return load_analysis()


@pytest.fixture(scope="session")
def make_service(analysis: DocumentAnalysis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeService]:
    """Index documents and get the service that searches them."""
    engines = []

    def make(documents: Sequence[OfficialDocument]) -> SearchService:
        engine = embedded(tmp_path_factory.mktemp("index"), documents, analysis)
        engines.append(engine)
        return SearchService(engine, analysis.analyzer)

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture(scope="session")
def open_index(
    request: pytest.FixtureRequest, analysis: DocumentAnalysis, tmp_path_factory: pytest.TempPathFactory
) -> OpenIndex:
    """Open an index of some documents in an engine; what the server holds of it is removed at the end."""

    @contextmanager
    def open_one(name: str, documents: Sequence[OfficialDocument]) -> Iterator[Engine]:
        if name == "embedded":
            with closing(embedded(tmp_path_factory.mktemp("index"), documents, analysis)) as engine:
                yield engine
            return
        prefix = f"search-{uuid.uuid4().hex[:12]}"
        with connect(request.getfixturevalue("elasticsearch_url")) as client:
            served = ElasticsearchEngine(client, prefix=prefix)
            fill(served, documents, analysis)
            yield served
            client.indices.delete(index=",".join(client.indices.get(index=f"{prefix}*").body))

    return open_one


@pytest.fixture(scope="session")
def service(make_service: MakeService) -> SearchService:
    return make_service(DOCUMENTS)


@pytest.fixture(scope="session")
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()
