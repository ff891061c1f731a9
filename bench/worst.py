"""`python -m bench.worst RUN --output FILE.html`: the worst questions of a run, and what came first instead.

One page without anything beside it, to be read before a weight is changed: most faults are of a few sorts, and a sort
is seen only over many questions.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bench import runs
from bench.corpora import DEFAULT_DATA
from bench.runs import Answered, Run
from bench.split import Side
from bench.titles import Title, corpus_titles

MOST = 150
_MOST_INSTEAD = 3
_PERFECT = 1 - 1e-9
_TEMPLATE = Path(__file__).with_name("worst.html.j2")
_UNKNOWN = Title("", "")


@dataclass(frozen=True, slots=True)
class Placed:
    """A document with its rank in the answer, from 1; None where it is not among the first ten."""

    id: str
    title: Title
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstQuestion:
    """One question as the page has it.

    Attributes:
        id: The question's id.
        kind: Its kind.
        side: Its side of the split.
        text: As it is typed.
        ndcg: Its nDCG@10.
        right: The right documents, the best ranked first.
        instead: What is ranked above the best of them, the first three.
        found: Whether anything was found.
    """

    id: str
    kind: str
    side: Side
    text: str
    ndcg: float
    right: tuple[Placed, ...]
    instead: tuple[Placed, ...]
    found: bool


def imperfect(run: Run, kinds: Collection[str] = ()) -> list[Answered]:
    """The questions, of some kinds or of all, that could be answered better; the worst first."""
    chosen = (one for one in run.answers if not kinds or one.question.kind in kinds)
    return sorted(
        (one for one in chosen if one.scores.ndcg < _PERFECT),
        key=lambda one: (one.scores.ndcg, one.question.kind, one.question.id),
    )


def named_ids(answers: Collection[Answered]) -> set[str]:
    """Ids of all documents that a page about these answers names."""
    return {id for one in answers for id in (*one.question.relevant, *(hit.id for hit in one.hits))}


def placed(one: Answered, titles: Mapping[str, Title]) -> WorstQuestion:
    """One answer with the right documents, and what was ranked above them."""
    ranks: dict[str, int] = {}
    for rank, hit in enumerate(one.hits, start=1):
        ranks.setdefault(hit.id, rank)

    def place(id: str) -> Placed:
        return Placed(id, titles.get(id, _UNKNOWN), ranks.get(id))

    right = sorted(one.question.relevant, key=lambda id: (ranks.get(id, len(ranks) + 1), id))
    best = ranks.get(right[0], len(ranks) + 1)
    return WorstQuestion(
        id=one.question.id,
        kind=one.question.kind,
        side=one.side,
        text=one.question.text,
        ndcg=one.scores.ndcg,
        right=tuple(map(place, right)),
        instead=tuple(place(id) for id, rank in ranks.items() if rank < min(best, _MOST_INSTEAD + 1)),
        found=bool(ranks),
    )


def page(run: Run, answers: Collection[Answered], titles: Mapping[str, Title], most: int = MOST) -> str:
    """The page as HTML: at most `most` of the answers, in their order, and how many there are."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATE.parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(_TEMPLATE.name).render(
        run=run.header,
        asked=len(run.answers),
        imperfect=len(answers),
        questions=[placed(one, titles) for one in list(answers)[:most]],
    )


def main() -> None:
    """Read a run and write its page."""
    parser = argparse.ArgumentParser(prog="python -m bench.worst", description=__doc__)
    parser.add_argument("run", type=Path, metavar="RUN", help="a run from bench/runs/")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.html")
    parser.add_argument("--kind", action="append", default=[], help="only this kind of question; may be repeated")
    parser.add_argument("--most", type=int, default=MOST, help=f"at most so many questions, {MOST} when not said")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of documents and questions")
    arguments = parser.parse_args()
    run = runs.read(arguments.run)
    answers = imperfect(run, arguments.kind)
    titles = corpus_titles(run.header.corpus, arguments.data, named_ids(answers[: arguments.most]))
    arguments.output.write_text(page(run, answers, titles, arguments.most), encoding="utf-8")
    print(f"{min(len(answers), arguments.most)} of {len(answers)} questions: {arguments.output}")


if __name__ == "__main__":
    main()
