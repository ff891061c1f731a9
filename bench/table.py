"""A table of results, printed and kept in bench/results/ with the commit and the machine's shape."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engines.clock import VIETNAM

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Results of one measurement: what was measured, how, and the rows."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int, ...], ...]
    notes: tuple[str, ...] = ()

    def to_markdown(self) -> str:
        """The table as Markdown, columns aligned so that it reads as plain text too."""
        cells = [self.columns, *(tuple(_cell(value) for value in row) for row in self.rows)]
        widths = [max(len(row[at]) for row in cells) for at in range(len(self.columns))]
        lines = [
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
            for row in cells
        ]
        lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
        return "\n".join([f"## {self.title}", "", *lines, "", *(f"- {note}" for note in self.notes)]).rstrip() + "\n"


def publish(table: Table, bench: str) -> None:
    """Print the table that a bench made and write it to bench/results/<name of the table>.md."""
    text = table.to_markdown()
    print(text, flush=True)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{table.name}.md").write_text(f"{text}\n{_provenance(bench)}\n", encoding="utf-8")


def now() -> datetime:
    """The time in Vietnam, wherever this runs."""
    return datetime.now(VIETNAM)


def commit() -> str:
    """The revision of this checkout, with a remark when files were changed since; outside Git, that there is none."""

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(Path(__file__).parent), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--untracked-files=no", "--", ":/", ":/!bench/results")
        return git("rev-parse", "--short", "HEAD") + (" with uncommitted changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _provenance(bench: str) -> str:
    made = now().strftime("%Y-%m-%d %H:%M")
    return f"`python -m bench {bench}` · commit {commit()} · {made} · {_machine()}"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.machine()}, Python {platform.python_version()}"


def _cell(value: str | float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
