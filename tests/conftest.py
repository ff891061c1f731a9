"""What tests of several rooms need: a clock, a real Elasticsearch node and a real PostgreSQL, one for the whole run."""

import os
from collections.abc import Iterator

import pytest

from tests.clock import Clock
from tests.elasticsearch_node import ElasticsearchNode
from tests.postgres_server import PostgresServer


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Elasticsearch to write to: `TRACUU_TEST_ELASTICSEARCH_URL`, or a node of our own."""
    if url := os.environ.get("TRACUU_TEST_ELASTICSEARCH_URL"):
        yield url
        return
    with ElasticsearchNode(tmp_path_factory.mktemp("elasticsearch"), quick_start=True) as url:
        yield url


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL whose database `eoffice` is everybody's: whoever fills it empties it."""
    with PostgresServer() as server:
        yield server
