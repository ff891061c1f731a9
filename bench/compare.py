"""What a change did to the ranking: for each kind the difference and its p-value, then every question won or lost.

    python -m bench.compare BEFORE.jsonl AFTER.jsonl
    python -m bench.compare --base REVISION [--engine embedded]

The second form makes the runs first: of the revision, checked out into a Git worktree, and of the working tree.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from bench import runs
from bench.corpora import DEFAULT_DATA, Question
from bench.revisions import runs_of_revisions
from bench.runs import Answered, Run, ndcg
from bench.setting import ENGINES, opened
from bench.significance import PERMUTATIONS, paired_randomisation
from bench.table import Table
from bench.titles import Title, corpus_titles

_EQUAL = 1e-9


class NothingInCommon(SystemExit):
    """Two runs have no question in common, so that nothing can be said of them."""

    def __init__(self, before: Run, after: Run) -> None:
        super().__init__(
            f"The runs ask different questions ({before.header.questions} and {after.header.questions}): "
            "compare two runs of one question set."
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """One question as both runs answered it."""

    before: Answered
    after: Answered

    @property
    def question(self) -> Question:
        """The question, the same in both."""
        return self.after.question

    @property
    def gain(self) -> float:
        """By how much nDCG@10 rose."""
        return self.after.scores.ndcg - self.before.scores.ndcg


def pairs(before: Run, after: Run) -> tuple[Pair, ...]:
    """The questions that both runs ask, in the order of the second.

    Raises:
        NothingInCommon: There are none.
    """
    known = {one.question: one for one in before.answers}
    common = tuple(Pair(known[one.question], one) for one in after.answers if one.question in known)
    if not common:
        raise NothingInCommon(before, after)
    return common


def won(compared: Sequence[Pair]) -> list[Pair]:
    """The questions answered better than before, the greatest gain first."""
    return sorted((pair for pair in compared if pair.gain > _EQUAL), key=lambda pair: -pair.gain)


def lost(compared: Sequence[Pair]) -> list[Pair]:
    """The questions answered worse than before, the greatest loss first."""
    return sorted((pair for pair in compared if pair.gain < -_EQUAL), key=lambda pair: pair.gain)


def report(before: Run, after: Run, titles: Mapping[str, Title]) -> str:
    """The whole comparison as Markdown."""
    compared = pairs(before, after)
    parts = [
        _table(before, after, compared).to_markdown(),
        *_changes("Lost", lost(compared), titles),
        *_changes("Won", won(compared), titles),
    ]
    return "\n".join(parts)


def first_ids(compared: Sequence[Pair]) -> set[str]:
    """Ids that a report names: of right documents, and of what came first, where the two runs differ."""
    changed = won(compared) + lost(compared)
    firsts = {hit.id for pair in changed for one in (pair.before, pair.after) for hit in one.hits[:1]}
    return firsts.union(*(pair.question.relevant for pair in changed))


def _table(before: Run, after: Run, compared: Sequence[Pair]) -> Table:
    answered_before = runs.by_kind(pair.before for pair in compared)
    answered_after = runs.by_kind(pair.after for pair in compared)
    rows = tuple(_row(kind, answered_before[kind], answered_after[kind]) for kind in answered_after)
    unshared = len(before.answers) + len(after.answers) - 2 * len(compared)
    return Table(
        name="compare",
        title=f"{after.header.questions}: {_name(before)} → {_name(after)}",
        columns=("kind", "questions", "before", "after", "difference", "p", "won", "lost"),
        rows=rows,
        notes=(
            f"nDCG@10; p: two-sided paired randomisation, {PERMUTATIONS:,} permutations, each row by itself: of twenty "
            "rows without any difference, one has p ≤ 0.05.",
            *((f"{unshared} questions that only one of the runs asks are left out.",) if unshared else ()),
        ),
    )


def _row(kind: str, before: Sequence[Answered], after: Sequence[Answered]) -> tuple[str | float, ...]:
    old, new = ndcg(before), ndcg(after)
    gains = [later - earlier for earlier, later in zip(old, new, strict=True)]
    return (
        kind,
        len(gains),
        fmean(old),
        fmean(new),
        f"{fmean(gains):+.4f}",
        f"{paired_randomisation(old, new):.4f}",
        sum(gain > _EQUAL for gain in gains),
        sum(gain < -_EQUAL for gain in gains),
    )


def _name(run: Run) -> str:
    return f"{run.header.searcher} at {run.header.commit}"


def _changes(heading: str, changed: Sequence[Pair], titles: Mapping[str, Title]) -> Iterator[str]:
    yield f"### {heading}: {len(changed)}\n"
    for pair in changed:
        before, after = pair.before, pair.after
        yield f"- {before.scores.ndcg:.3f} → {after.scores.ndcg:.3f} `{pair.question.kind}` {pair.question.text}"
        for id in sorted(pair.question.relevant):
            yield f"    - right: {_titled(id, titles)}"
        yield f"    - first before: {_first(before, titles)}"
        yield f"    - first after: {_first(after, titles)}"
    yield ""


def _first(one: Answered, titles: Mapping[str, Title]) -> str:
    if not one.hits:
        return "nothing was found"
    id = one.hits[0].id
    return "the right one" if id in one.question.relevant else _titled(id, titles)


def _titled(id: str, titles: Mapping[str, Title]) -> str:
    return f"{titles[id]} ({id})" if id in titles else id


def _print(before: Run, after: Run, data: Path) -> None:
    ids = first_ids(pairs(before, after))
    # Two kept runs can be compared where the data is not; their documents are then called by their ids.
    titles = corpus_titles(after.header.corpus, data, ids) if data.is_dir() else {}
    print(report(before, after, titles), flush=True)


def main() -> None:
    """Compare, and print."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.compare", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("runs", nargs="*", type=Path, metavar="RUN", help="two runs, the earlier first")
    parser.add_argument("--base", metavar="REVISION", help="compare the working tree with this revision")
    parser.add_argument("--engine", choices=ENGINES, default="embedded", help="which engine the two are run on")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of documents and questions")
    arguments = parser.parse_args()
    if len(arguments.runs) != (0 if arguments.base else 2):
        parser.error("give two runs, or --base REVISION alone")
    if not arguments.base:
        before, after = map(runs.read, arguments.runs)
        _print(before, after, arguments.data)
        return
    with opened(arguments.data) as bench:
        for before, after in runs_of_revisions(bench, arguments.base, arguments.engine):
            _print(before, after, arguments.data)


if __name__ == "__main__":
    main()
