"""What every bench works with: the data, a place to work in, both engines, and indexes that `tracuu index` made."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bench import corpora, processes
from bench.corpora import Corpus, DataMissing
from search_service.search import SearchService
from tests.elasticsearch_node import ElasticsearchNode
from tracuu.rooms import open_engine, search_service
from tracuu.settings import EngineName, Settings

ENGINES = ("embedded", "elasticsearch")
TRACUU = (sys.executable, "-m", "tracuu")


@dataclass(frozen=True, slots=True)
class Bench:
    """The place a run of benches works in.

    Attributes:
        data: Folder of documents and questions.
        directory: Where corpora and indexes are made; removed after the run.
        start_elasticsearch: Starts a node that this run alone uses, once, and returns its address.
        readings: Folder of pages read by eye, for the bench `reading`; None when none was named.
        noisy: Whether metadata is read through noise as well.
    """

    data: Path
    directory: Path
    start_elasticsearch: Callable[[], str]
    readings: Path | None = None
    noisy: bool = False
    _made: dict[str, Corpus] = field(default_factory=dict)
    _indexed: dict[tuple[str, str], processes.Run] = field(default_factory=dict)

    @property
    def elasticsearch_url(self) -> str:
        """The node's address; it starts when it is first asked for."""
        return self.start_elasticsearch()

    def corpus(self, name: str) -> Corpus:
        """`office` or `articles`, written out once a run."""
        makers: dict[str, Callable[[Path, Path], Corpus]] = {"office": corpora.office, "articles": corpora.articles}
        if name not in self._made:
            self._made[name] = makers[name](self.data, self.directory)
        return self._made[name]

    def settings(self, engine: str, corpus: str) -> Settings:
        """The settings under which `tracuu` sees the index of one corpus in one engine."""
        name = EngineName(engine)
        return Settings(
            engine=name,
            home=self.directory / f"home-{engine}-{corpus}",
            elasticsearch_url=self.elasticsearch_url if name is EngineName.ELASTICSEARCH else None,
            elasticsearch_prefix=f"bench-{corpus}",
        )

    def environment(self, engine: str, corpus: str) -> dict[str, str]:
        """The same settings as the environment of a command."""
        settings = self.settings(engine, corpus)
        return {
            **clean_environment(),
            "TRACUU_ENGINE": engine,
            "TRACUU_HOME": str(settings.home),
            "TRACUU_ELASTICSEARCH_URL": settings.elasticsearch_url or "",
            "TRACUU_ELASTICSEARCH_PREFIX": settings.elasticsearch_prefix,
        }

    @contextmanager
    def search(self, engine: str, corpus: str) -> Iterator[SearchService]:
        """The project's own search over the index of one corpus, in this process."""
        with open_engine(self.settings(engine, corpus)) as opened:
            yield search_service(opened)

    def indexed(self, engine: str, corpus: str) -> processes.Run:
        """Index a corpus by the command that users run, once a run of benches; how long it took and its memory."""
        if (engine, corpus) not in self._indexed:
            path = self.corpus(corpus).path
            command = (*TRACUU, "index", str(path))
            self._indexed[engine, corpus] = processes.run(command, self.environment(engine, corpus))
        return self._indexed[engine, corpus]


def clean_environment() -> dict[str, str]:
    """This process's environment without settings of `tracuu`."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TRACUU_")}


@contextmanager
def opened(data: Path, readings: Path | None = None, *, noisy: bool = False) -> Iterator[Bench]:
    """A place to work in over the data in a folder; at the end it is removed and what was started is stopped.

    Raises:
        DataMissing: The folder is not there.
    """
    if not data.is_dir():
        raise DataMissing(data)
    with tempfile.TemporaryDirectory(prefix="tracuu-bench-") as temporary, ExitStack() as servers:
        directory = Path(temporary)
        node = ElasticsearchNode(directory / "elasticsearch")
        yield Bench(data, directory, cache(lambda: servers.enter_context(node)), readings, noisy)
