"""Runs of the program as it was at another revision, beside runs of it as it is now.

Both are asked the same questions by the same code, this one. Of a revision only what its users have is used: the
command `tracuu index`, and `tracuu serve` through HTTP. So a revision older than this file can be measured as well.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import processes, runs
from bench.corpora import Corpus, Question
from bench.question_sets import CORPORA, asked_over
from bench.runs import Hit, Run, answer_sets
from bench.served import Served, ask
from bench.setting import TRACUU, Bench
from bench.table import commit

_CHECKOUT = Path(__file__).parents[1]


class UnknownRevision(SystemExit):
    """Git cannot check a revision out; the message is Git's."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A checkout of the program.

    Attributes:
        name: Keeps the indexes and runs of two trees apart: `base`, `working-tree`.
        path: Its root.
        commit: Its revision, as a run's header has it.
    """

    name: str
    path: Path
    commit: str


@contextmanager
def worktree(repository: Path, revision: str) -> Iterator[Path]:
    """A checkout of a revision, removed at the end; the repository's own working tree is left as it is.

    Raises:
        UnknownRevision: Git does not know it.
    """
    with tempfile.TemporaryDirectory(prefix="tracuu-revision-") as temporary:
        path = Path(temporary) / "tree"
        _git(repository, "worktree", "add", "--detach", str(path), revision)
        try:
            yield path
        finally:
            _git(repository, "worktree", "remove", "--force", str(path))


def runs_of_revisions(bench: Bench, base: str, engine: str) -> Iterator[tuple[Run, Run]]:
    """For each question set the run of a revision and that of the working tree; both are kept in bench/runs/.

    Raises:
        UnknownRevision: There is no such revision.
    """
    with worktree(_CHECKOUT, base) as path:
        revision = _git(path, "rev-parse", "--short", "HEAD")
        trees = Tree("base", path, revision), Tree("working-tree", _CHECKOUT, commit())
        yield from runs_of_trees(bench, trees, engine, CORPORA, runs.RUNS)


def runs_of_trees(
    bench: Bench, trees: tuple[Tree, Tree], engine: str, corpora: Iterable[str], kept: Path
) -> Iterator[tuple[Run, Run]]:
    """For each question set over the corpora the run of either tree; each is written to a folder in `kept`."""
    for name in corpora:
        corpus = bench.corpus(name)
        asked = asked_over(corpus)
        made = [_runs(bench, tree, engine, corpus, asked) for tree in trees]
        for tree, runs_of_tree in zip(trees, made, strict=True):
            for run in runs_of_tree:
                runs.write(run, kept / tree.name / f"{run.header.questions}-{engine}.jsonl")
        yield from zip(*made, strict=True)


def environment(bench: Bench, tree: Tree, engine: str, corpus: str) -> dict[str, str]:
    """The environment in which `python -m tracuu` is the program of a tree, with an index of its own."""
    return {
        **bench.environment(engine, f"{tree.name}-{corpus}"),
        "PYTHONPATH": str(tree.path),
        "PYTHONSAFEPATH": "1",  # or the directory that the command is started in would come first
    }


def _runs(bench: Bench, tree: Tree, engine: str, corpus: Corpus, asked: dict[str, tuple[Question, ...]]) -> list[Run]:
    env = environment(bench, tree, engine, corpus.name)
    processes.run((*TRACUU, "index", str(corpus.path)), env)
    with Served(env) as served, closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)) as http_api:

        def search(text: str) -> list[Hit]:
            body = ask(served.port, text, http_api)
            return [
                Hit(hit["id"], hit["score"], tuple(copy["id"] for copy in hit["copies"]))
                for hit in json.loads(body)["hits"]
            ]

        return list(answer_sets(asked, search, corpus=corpus.name, searcher=engine, commit=tree.commit))


def _git(repository: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(repository), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise UnknownRevision(done.stderr.strip())
    return done.stdout.strip()
