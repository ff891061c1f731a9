"""A home of `tracuu` whose runs are killed with SIGKILL, and let to their end: what `kill` and `migration` share.

`python -m bench.killing FOLDER` is `tracuu index` with commits so often that many kills fall between and into them.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engines.elasticsearch import connect
from indexer.ledger import Pace
from indexer.pipeline import Options, index
from indexer.sources import DEFAULT_SOURCE, Root
from tests.elasticsearch_node import ElasticsearchNode
from tracuu.rooms import open_engine
from tracuu.settings import load_settings

HASTY_INDEX = (sys.executable, "-m", "bench.killing")
"""Indexes the folder that comes after it, with `--source` and a name if need be, and commits every few documents."""

_PACE = Pace(documents=50, seconds=0.3)
_PATIENCE_SECONDS = 300
_BETWEEN_TRIES_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Home:
    """One index and its journal, and the settings under which `tracuu` finds them."""

    directory: Path
    variables: Mapping[str, str]

    def run(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a command over this home, in a process group of its own."""
        return subprocess.Popen(
            command, env=self._environment(), stdout=subprocess.DEVNULL, stderr=None, start_new_session=True
        )

    def output(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command over this home to its end, and what it wrote."""
        return subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=False)

    def finish(self, *command: str) -> None:
        """Run a command until it succeeds: the lock of a killed writer of Elasticsearch expires by itself.

        Raises:
            RuntimeError: It does not come to its end.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self.run(*command).wait() != 0:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command)} does not come to its end")
            time.sleep(_BETWEEN_TRIES_SECONDS)

    def kill(self, command: Sequence[str], moment: float) -> int | None:
        """Start a command and kill its process group after so many seconds; its exit code where it ended before."""
        process = self.run(*command)
        try:
            return process.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None

    @contextlib.contextmanager
    def environment(self) -> Iterator[None]:
        """This home's settings as those of this process."""
        before = dict(os.environ)
        wanted = self._environment()
        os.environ.clear()
        os.environ.update(wanted)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)

    def _environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TRACUU_")}
        return {**clean, **self.variables}


@contextlib.contextmanager
def node(engine: str, directory: Path) -> Iterator[str]:
    """The address of a node for `elasticsearch`, one that runs already if the environment names it; else empty."""
    if engine == "embedded":
        yield ""
    elif url := os.environ.get("TRACUU_TEST_ELASTICSEARCH_URL"):
        yield url
    else:
        with ElasticsearchNode(directory / "elasticsearch") as url:
            yield url


@contextlib.contextmanager
def fresh_home(engine: str, url: str, directory: Path, name: str) -> Iterator[Home]:
    """A fresh home beneath a folder, removed afterwards with its indexes."""
    prefix = f"kill-{os.getpid()}-{name}"
    variables = {
        "TRACUU_ENGINE": engine,
        "TRACUU_HOME": str(directory / name),
        "TRACUU_ELASTICSEARCH_PREFIX": prefix,
    } | ({"TRACUU_ELASTICSEARCH_URL": url} if url else {})
    yield Home(directory / name, variables)
    shutil.rmtree(directory / name)
    if url:
        client = connect(url)
        # By name: servers refuse to delete by a pattern.
        for index in client.indices.get(index=f"{prefix}*"):
            client.indices.delete(index=index)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.killing", description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--source", default=DEFAULT_SOURCE)
    arguments = parser.parse_args()
    settings = load_settings()
    with open_engine(settings) as engine:
        index(engine, settings.journal, [Root.of(arguments.folder, arguments.source)], Options(pace=_PACE))


if __name__ == "__main__":
    main()
