"""`python -m bench.gate`: fail where the ranking is worse than it was once; `--write` to write down what it is now.

bench/floors.toml has the figures that were reached, for each engine, question set and kind. A change that loses more
than its `tolerance` on any of them is found here, before it is anybody's habit.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bench import runs
from bench.corpora import DEFAULT_DATA
from bench.question_sets import CORPORA
from bench.relevance import measure, run_path
from bench.runs import ALL, Run, ndcg
from bench.setting import opened
from bench.table import Table

FLOORS = Path(__file__).with_name("floors.toml")
TOLERANCE = 0.005
_HEADER = """\
# What the ranking reached on each engine, question set and kind of question: nDCG@10, and recall@10 over all.
# `make gate` fails where a figure is less than its floor by more than the tolerance.
# Written by `python -m bench.gate --write`; a floor that goes down needs its reason in the commit's message.
"""


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """What is measured: a measure on one kind of question of one set, by one engine."""

    engine: str
    questions: str
    measure: str
    kind: str


@dataclass(frozen=True, slots=True)
class Floors:
    """What must be reached.

    Attributes:
        tolerance: How much less than its floor a figure may be, in its own unit, 0 to 1.
        figures: The floors.
    """

    tolerance: float
    figures: Mapping[Figure, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure beside its floor.

    Attributes:
        figure: What was measured.
        floor: What it must be; None where nothing was written down yet.
        reached: What it is; None where it was not measured.
        holds: Whether it is good enough.
    """

    figure: Figure
    floor: float | None
    reached: float | None
    holds: bool


def figures(measured: Iterable[Run]) -> dict[Figure, float]:
    """What the runs reached: nDCG@10 by kind and over all, and recall@10 over all."""
    reached: dict[Figure, float] = {}
    for run in measured:
        engine, questions = run.header.searcher, run.header.questions
        for kind, answers in runs.by_kind(run.answers).items():
            reached[Figure(engine, questions, "nDCG@10", kind)] = fmean(ndcg(answers))
        reached[Figure(engine, questions, "recall@10", ALL)] = fmean(one.scores.recall for one in run.answers)
    return reached


def judge(floors: Floors, reached: Mapping[Figure, float]) -> list[Verdict]:
    """Each figure beside its floor, in order. A floor that nothing was measured for does not hold."""
    return [
        _verdict(figure, floors.figures.get(figure), reached.get(figure), floors.tolerance)
        for figure in sorted({*floors.figures, *reached})
    ]


def parse(text: str) -> Floors:
    """Floors from TOML: `[engine.questions."measure"]` tables of kinds, and `tolerance`.

    Raises:
        tomllib.TOMLDecodeError: It is not TOML.
        KeyError: `tolerance` is missing.
    """
    tree = tomllib.loads(text)
    tolerance = tree.pop("tolerance")
    return Floors(
        tolerance,
        {
            Figure(engine, questions, measure, kind): floor
            for engine, sets in tree.items()
            for questions, measures in sets.items()
            for measure, kinds in measures.items()
            for kind, floor in kinds.items()
        },
    )


def dump(floors: Floors) -> str:
    """Floors as the TOML that `parse` reads, figures to four places."""
    lines = [_HEADER, f"tolerance = {floors.tolerance}"]
    table = ""
    for figure, floor in sorted(floors.figures.items()):
        heading = f'[{figure.engine}.{figure.questions}."{figure.measure}"]'
        if heading != table:
            lines += ["", heading]
            table = heading
        lines.append(f"{figure.kind} = {floor:.4f}")
    return "\n".join(lines) + "\n"


def to_table(verdicts: Iterable[Verdict], tolerance: float) -> Table:
    """The verdicts as a table, those that fail first."""
    ordered = sorted(verdicts, key=lambda verdict: verdict.holds)
    failed = sum(not verdict.holds for verdict in ordered)
    return Table(
        name="gate",
        title=f"Relevance gate: {failed} of {len(ordered)} figures below their floors",
        columns=("engine", "questions", "measure", "kind", "floor", "reached", "difference", ""),
        rows=tuple(_row(verdict) for verdict in ordered),
        notes=(
            f"A figure fails when it is more than {tolerance} below its floor, or was not measured.",
            "`python -m bench.compare` says which questions were lost; `python -m bench.gate --write` writes floors.",
        ),
    )


def _verdict(figure: Figure, floor: float | None, reached: float | None, tolerance: float) -> Verdict:
    # Floors are kept to four places, so what was written down and measured again must not fail by the fifth.
    holds = floor is None or (reached is not None and round(reached, 4) >= round(floor - tolerance, 4))
    return Verdict(figure, floor, reached, holds)


def _row(verdict: Verdict) -> tuple[str | float, ...]:
    figure, floor, reached = verdict.figure, verdict.floor, verdict.reached
    difference = f"{round(reached - floor, 4) + 0.0:+.4f}" if floor is not None and reached is not None else ""
    remark = "BELOW" if not verdict.holds and reached is not None else "NOT MEASURED" if not verdict.holds else ""
    return (
        figure.engine,
        figure.questions,
        figure.measure,
        figure.kind,
        "none yet" if floor is None else f"{floor:.4f}",
        "" if reached is None else f"{reached:.4f}",
        difference,
        remark,
    )


def main() -> None:
    """Measure, print, and end with 1 when a figure is below its floor."""
    parser = argparse.ArgumentParser(prog="python -m bench.gate", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the figures reached into bench/{FLOORS.name}")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of documents and questions")
    arguments = parser.parse_args()
    with opened(arguments.data) as bench:
        measured = [run for corpus in CORPORA for run in measure(bench, corpus, with_baselines=False)]
    for run in measured:
        runs.write(run, run_path(run.header))
    reached = figures(measured)
    floors = parse(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else Floors(TOLERANCE, {})
    verdicts = judge(floors, reached)
    print(to_table(verdicts, floors.tolerance).to_markdown(), flush=True)
    if arguments.write:
        FLOORS.write_text(dump(Floors(floors.tolerance, reached)), encoding="utf-8")
    elif not all(verdict.holds for verdict in verdicts):
        sys.exit(1)


if __name__ == "__main__":
    main()
