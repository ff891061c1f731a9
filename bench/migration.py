"""`python -m bench migration`: an old system is migrated, killed on the way and reconciled.

A generated old system (`bench.old_system`) is indexed by `tracuu index` as a process of its own, whose group is killed
with SIGKILL at random moments; the last run is let to its end. Then `tracuu verify`, `tracuu reconcile` with each
register and `tracuu failures` are asked, and everything is compared with what the generator knows: nothing may be
missing, nothing double, every broken file named. What is not so is printed and makes the exit code 1.
`python -m bench.migration` takes options.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench.killing import Home, fresh_home, node
from bench.migrated import Findings, examine
from bench.old_system import OldSystem, make
from bench.setting import ENGINES, TRACUU, Bench
from bench.table import Table
from indexer.journal import Journal
from tracuu.settings import load_settings

SOURCE = "eoffice"
DOCUMENTS, KILLS = 1_000, 20


@dataclass(frozen=True, slots=True)
class Lives:
    """How long runs live, in seconds: up to `short` while the migration is ahead of its kills, else up to `long`.

    So the kills spread over the whole way on fast machines and on slow ones.
    """

    short: float
    long: float


LIVES = Lives(10, 45)
"""For `tracuu index`, which commits every 15 seconds."""


@dataclass(slots=True)
class Migration:
    """What happened on the way.

    Attributes:
        safe: For each kill how many documents were indexed, or had failed, for good.
        homes: How many migrations it took, for one that ends before its kills is followed by another.
        misses: What was wrong, a line each.
        findings: Of the last migration.
    """

    safe: list[int] = field(default_factory=list)
    homes: int = 0
    misses: list[str] = field(default_factory=list)
    findings: Findings | None = None


def tables(bench: Bench) -> Iterator[Table]:
    """The table of each engine; ends the program with 1 where there was a miss."""
    system = make(bench.directory / "old-system", documents=DOCUMENTS)
    misses = 0
    for engine in ENGINES:
        url = bench.elasticsearch_url if engine == "elasticsearch" else ""
        migration = migrate(system, engine, url, bench.directory, KILLS, random.Random(0))  # noqa: S311 - moments
        yield table(engine, system, migration)
        misses += len(migration.misses)
    if misses:
        sys.exit(1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.migration", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, default="embedded")
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tracuu-migration-") as name, node(arguments.engine, Path(name)) as url:
        directory = Path(name)
        system = make(directory / "old-system", documents=arguments.documents, seed=arguments.seed)
        chance = random.Random(arguments.seed)  # noqa: S311 - moments, not secrets
        migration = migrate(system, arguments.engine, url, directory, arguments.kills, chance)
    print(table(arguments.engine, system, migration).to_markdown())
    sys.exit(bool(migration.misses))


def migrate(
    system: OldSystem,
    engine: str,
    url: str,
    directory: Path,
    kills: int,
    chance: random.Random,
    *,
    command: Sequence[str] = (*TRACUU, "index"),
    lives: Lives = LIVES,
) -> Migration:
    """Migrate a system with so many kills on the way, and examine what came of it.

    Args:
        system: What is migrated.
        engine: `embedded` or `elasticsearch`.
        url: The node's address for the second.
        directory: Where homes are made.
        kills: How many.
        chance: Of the moments.
        command: Indexes a folder, which comes after it with `--source` and a name.
        lives: How long runs live.
    """
    migration = Migration()
    while not migration.homes or len(migration.safe) < kills:
        with fresh_home(engine, url, directory, f"migration-{migration.homes}") as home:
            whole = (*command, str(system.folder), "--source", SOURCE)
            _kill_on_the_way(home, whole, system, kills, chance, lives, migration.safe)
            home.finish(*whole)
            migration.homes += 1
            migration.findings = examine(home, system, SOURCE)
            migration.misses += migration.findings.misses
            migration.misses += [f"double: {number}: {at}" for number, at in migration.findings.doubles.items()]
    for miss in migration.misses:
        print(miss, file=sys.stderr)
    return migration


def table(engine: str, system: OldSystem, migration: Migration) -> Table:
    """What was made, what happened to it, and what was found."""
    assert migration.findings is not None  # noqa: S101 - `migrate` examines at least one migration
    rows: tuple[tuple[str, str | int], ...] = (
        ("documents that the old system held", len(system.held)),
        ("of them with a row in a register", sum(held.is_registered for held in system.held)),
        ("of them with two files", sum(len(held.paths) > 1 for held in system.held)),
        ("broken files", len(system.broken)),
        ("kills", len(migration.safe)),
        ("documents indexed or failed for good at each kill", " ".join(map(str, migration.safe))),
        ("migrations that the kills took", migration.homes),
        *migration.findings.rows,
        ("missing, double, unnamed or untrue", len(migration.misses)),
    )
    return Table(
        name=f"migration-{engine}",
        title=f"An old system migrated and killed on the way, {engine}",
        columns=("what", "result"),
        rows=rows,
        notes=("Everything in the old system is invented; `bench/old_system/` makes it.",),
    )


def _kill_on_the_way(
    home: Home,
    command: Sequence[str],
    system: OldSystem,
    kills: int,
    chance: random.Random,
    lives: Lives,
    safe: list[int],
) -> None:
    """Kill runs until there were enough kills, or one came to its end before its moment."""
    while len(safe) < kills:
        is_behind = _safe(home) * kills < len(system.held) * len(safe)
        code = home.kill(command, chance.uniform(0, lives.long if is_behind else lives.short))
        if code == 0:
            return
        if code is None:  # else the lock of a killed writer had not expired yet
            safe.append(_safe(home))
            print(f"kill {len(safe)} of {kills}, {safe[-1]} documents safe", file=sys.stderr)


def _safe(home: Home) -> int:
    """How many items the journal says are in the index, or have failed for good."""
    with home.environment():
        path = load_settings().journal
    if not path.exists():
        return 0
    with closing(Journal(path)) as journal:
        return sum(journal.counts().values())


if __name__ == "__main__":
    main()
