"""Checkouts of other revisions."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.revisions import Tree, UnknownRevision, environment, worktree
from bench.setting import Bench

GIT = ("git", "-c", "user.name=An", "-c", "user.email=an@example.org", "-c", "commit.gpgsign=false")


def git(repository: Path, *arguments: str) -> None:
    subprocess.run([*GIT, "-C", str(repository), *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two revisions of a package `tracuu` that says which it is, and a change that nobody committed."""
    root = tmp_path / "repository"
    (root / "tracuu").mkdir(parents=True)
    git(root, "init", "--quiet")
    for text in ("old", "new"):
        (root / "tracuu" / "__init__.py").write_text("")
        (root / "tracuu" / "__main__.py").write_text(f"print({text!r})\n")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message", text)
    (root / "tracuu" / "__main__.py").write_text("print('uncommitted')\n")
    return root


def said_in(directory: Path, env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "tracuu"]
    return subprocess.run(command, cwd=directory, env=env, check=True, capture_output=True, text=True).stdout.strip()


def test_a_revision_is_run_from_its_own_checkout_wherever_one_is(repository: Path, tmp_path: Path) -> None:
    bench = Bench(tmp_path, tmp_path, lambda: pytest.fail("the embedded engine needs no node"))
    with worktree(repository, "HEAD~1") as path:
        assert said_in(repository, environment(bench, Tree("base", path, "old"), "embedded", "office")) == "old"
    tree = Tree("working-tree", repository, "new")
    assert said_in(tmp_path, environment(bench, tree, "embedded", "office")) == "uncommitted"


def test_trees_have_indexes_of_their_own(tmp_path: Path) -> None:
    bench = Bench(tmp_path, tmp_path, lambda: "http://127.0.0.1:9200")
    for engine, variable in (("embedded", "TRACUU_HOME"), ("elasticsearch", "TRACUU_ELASTICSEARCH_PREFIX")):
        trees = [Tree(name, tmp_path, "") for name in ("base", "working-tree")]
        assert len({environment(bench, tree, engine, "office")[variable] for tree in trees}) == 2


def test_a_checkout_leaves_nothing_behind(repository: Path) -> None:
    with worktree(repository, "HEAD") as path:
        (path / "made").write_text("by a run")
    assert not path.exists()
    listed = subprocess.run(
        ["git", "-C", str(repository), "worktree", "list"], capture_output=True, text=True, check=True
    )
    assert len(listed.stdout.splitlines()) == 1
    assert (repository / "tracuu" / "__main__.py").read_text() == "print('uncommitted')\n"


def test_an_unknown_revision_is_named(repository: Path) -> None:
    with pytest.raises(UnknownRevision, match="no-such-revision"), worktree(repository, "no-such-revision"):
        pass
