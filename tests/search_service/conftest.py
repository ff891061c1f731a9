"""A real search service over a small real index."""

from collections.abc import Iterator, Sequence

import pytest
from flask.testing import FlaskClient

from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis, load_analysis
from search_service.app import create_app
from search_service.search import SearchService
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService, embedded


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
def service(make_service: MakeService) -> SearchService:
    return make_service(DOCUMENTS)


@pytest.fixture(scope="session")
def client(service: SearchService) -> FlaskClient:
    return create_app(service).test_client()
