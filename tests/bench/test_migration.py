"""A small old system is migrated and killed on the way; what is held, broken and found is what the generator says."""

import random
from pathlib import Path

import pytest

from bench.killing import HASTY_INDEX
from bench.migrated import Findings
from bench.migration import Lives, Migration, migrate, table
from bench.old_system import OldSystem, make

DOCUMENTS, KILLS = 120, 4
LIVES = Lives(2, 5)


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> OldSystem:
    return make(tmp_path_factory.mktemp("old") / "system", documents=DOCUMENTS, scans=False)


@pytest.fixture(scope="module")
def migration(system: OldSystem, tmp_path_factory: pytest.TempPathFactory) -> Migration:
    homes = tmp_path_factory.mktemp("homes")
    chance = random.Random(0)  # noqa: S311 - moments, not secrets
    return migrate(system, "embedded", "", homes, KILLS, chance, command=HASTY_INDEX, lives=LIVES)


@pytest.fixture(scope="module")
def findings(migration: Migration) -> Findings:
    assert migration.findings is not None
    return migration.findings


def test_the_old_system_is_what_it_is_said_to_be(system: OldSystem) -> None:
    assert len({held.truth.number for held in system.held}) == DOCUMENTS
    assert len(system.broken) == DOCUMENTS // 10
    assert sum(len(held.paths) == 2 for held in system.held) == DOCUMENTS // 20
    assert len({held.format for held in system.held}) > 6
    files = {str(path.relative_to(system.folder)) for path in system.folder.rglob("*") if path.is_file()}
    named = {path for held in system.held for path in held.paths if ".zip/" not in path}
    assert named | {broken.path for broken in system.broken} <= files


def test_the_same_seed_makes_the_same_system(system: OldSystem, tmp_path: Path) -> None:
    again = make(tmp_path, documents=DOCUMENTS, scans=False)
    assert again.held == system.held
    for path in (path for held in again.held for path in held.paths if ".zip/" not in path):
        assert (tmp_path / path).read_bytes() == (system.folder / path).read_bytes()


def test_nothing_is_missing_or_double_and_every_broken_file_is_named(migration: Migration, findings: Findings) -> None:
    assert len(migration.safe) == KILLS
    assert findings.misses == []
    assert findings.doubles == {}


def test_metadata_are_those_of_the_registers_and_papers(findings: Findings) -> None:
    # Where a subject ends is not always to be told.
    assert [note for note in findings.notes if ": subject: " not in note] == []
    assert len(findings.notes) < DOCUMENTS // 10


def test_the_table_says_what_was_found(system: OldSystem, migration: Migration) -> None:
    text = table("embedded", system, migration).to_markdown()
    assert "broken files named with their true reason" in text
    assert f"{len(system.broken)} of {len(system.broken)}" in text
