"""The old system's database: documents a second and peak memory of `tracuu index`, and of what comes after it."""

from __future__ import annotations

from pathlib import Path

from bench import processes
from bench.setting import TRACUU, Bench
from bench.table import Table
from tests.indexer.office_database import SCHEMA, documents, mapping
from tests.postgres_server import PASSWORD, PostgresServer

_SIZES = (1_000, 10_000)
_GROWN = "UPDATE tep_dinh_kem SET noi_dung = noi_dung || convert_to(repeat(' văn bản', 1800), 'UTF8');"
_CLEAR = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;"


def tables(bench: Bench) -> list[Table]:
    """One row for each thing that is done with a database of each size."""
    rows: list[tuple[str, int, float, int, int]] = []
    with PostgresServer() as server:
        for size in _SIZES:
            server.execute(_CLEAR + SCHEMA + documents(size) + _GROWN)
            path = _mapping(bench.directory / f"eoffice-{size}", server)
            environment = {**bench.environment("embedded", f"database-{size}"), "EOFFICE_PASSWORD": PASSWORD}
            for what, command in (("index", "index"), ("index again, nothing changed", "index"), ("reconcile",) * 2):
                run = processes.run((*TRACUU, command, str(path)), environment)
                rows.append((what, size, round(run.seconds, 1), round(size / run.seconds), run.peak_mib))
    notes = (
        "PostgreSQL on the same machine; a text file of 20 kB in the database for each document.",
        "The whole process tree of `tracuu`; the server is not in it.",
    )
    columns = ("what", "documents", "seconds", "documents/s", "MiB")
    return [Table(name="database", title="An office system's database", columns=columns, rows=tuple(rows), notes=notes)]


def _mapping(folder: Path, server: PostgresServer) -> Path:
    store = folder / "kho"
    store.mkdir(parents=True)
    (store / "tep.txt").write_text("tệp", encoding="utf-8")
    path = folder / "eoffice.toml"
    path.write_text(mapping(server.url(password=None), store), encoding="utf-8")
    return path
