"""The rooms import one way only: docs/architecture.md, "The house"."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "analyzers": set(),
    "engines": set(),
    "indexer": {"engines", "analyzers"},
    "search_service": {"indexer", "engines", "analyzers"},
    "tracuu": {"search_service", "indexer", "engines", "analyzers"},
}
# What the search service may take from the indexer: the one pipeline entry for documents pushed through the API, the
# originals on their way out, whole and as pictures of their pages, and what reads the journal's changes.
OPEN_TO_THE_SERVICE = {
    "indexer.pushing",
    "indexer.originals.giving",
    "indexer.pictures.images",
    "indexer.changes",
}
SOURCES = sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def imported_modules(path: Path) -> set[str]:
    modules = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute, so that a room's name stands in each"
            modules.add(node.module or "")
    return modules


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    for module in imported_modules(path):
        target = module.split(".")[0]
        if target in MAY_IMPORT and target != room:
            assert target in MAY_IMPORT[room], f"{room} may not import {target}"
            if (room, target) == ("search_service", "indexer"):
                assert module in OPEN_TO_THE_SERVICE


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_within_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420, "split it by what it is about"
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
