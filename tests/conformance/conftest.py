"""Every engine through the same cases. A part that is missing on this machine is a failure, never a skip."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from elasticsearch import Elasticsearch

from engines.elasticsearch import ElasticsearchEngine, connect
from engines.embedded import EmbeddedEngine
from engines.interface import Engine

OpenEngine = Callable[[], Engine]

# Their names go into one address, which may have 4,096 bytes.
_REMOVED_AT_ONCE = 40


class Clock:
    """The engines' clock, which a test may put forward."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self._ahead

    def forward(self, seconds: float) -> None:
        self._ahead += seconds


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def open_embedded(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[OpenEngine]:
    with ExitStack() as open_engines:
        yield lambda: open_engines.enter_context(
            closing(EmbeddedEngine(tmp_path_factory.mktemp("engine"), writer_threads=1, clock=clock))
        )


@pytest.fixture(scope="session")
def open_elasticsearch(elasticsearch_url: str, clock: Clock) -> Iterator[OpenEngine]:
    run = f"conformance-{uuid.uuid4().hex[:12]}"
    with ExitStack() as open_engines:

        def open_engine() -> Engine:
            prefix = f"{run}-{uuid.uuid4().hex[:12]}"
            engine = ElasticsearchEngine(connect(elasticsearch_url), prefix=prefix, clock=clock)
            return open_engines.enter_context(closing(engine))

        yield open_engine
    with connect(elasticsearch_url) as client:
        remove_indices(client, run)


def remove_indices(client: Elasticsearch, prefix: str) -> None:
    names = list(client.indices.get(index=f"{prefix}*").body)
    for start in range(0, len(names), _REMOVED_AT_ONCE):
        client.indices.delete(index=names[start : start + _REMOVED_AT_ONCE])


@pytest.fixture(scope="session", params=["embedded", "elasticsearch"])
def open_engine(request: pytest.FixtureRequest) -> OpenEngine:
    """Opens a new engine that holds nothing yet."""
    opened: OpenEngine = request.getfixturevalue(f"open_{request.param}")
    return opened


@pytest.fixture(scope="module")
def engine(open_engine: OpenEngine) -> Engine:
    """An engine for the tests of one module, which fills it once and then only reads."""
    return open_engine()


@pytest.fixture
def empty_engine(open_engine: OpenEngine) -> Engine:
    """An engine that holds nothing, for one test that writes."""
    return open_engine()
