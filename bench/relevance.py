"""How well documents are ranked: the project's own search through both engines, beside two baselines.

Every run is kept in bench/runs/, for `bench.compare` and `bench.worst`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from elasticsearch import Elasticsearch

from bench import runs
from bench.baselines import ElasticsearchStandard, SqliteFts5
from bench.corpora import Corpus, Question
from bench.metrics import DEPTH, mean
from bench.question_sets import CORPORA, QUESTION_SETS, asked_over
from bench.runs import Answered, Header, Hit, Run, Searcher, answer_sets, ndcg
from bench.setting import ENGINES, Bench
from bench.significance import PERMUTATIONS, paired_randomisation
from bench.split import UNMARKED, Side
from bench.table import Table, commit
from engines.copies import CopyKind
from engines.interface import Access
from engines.record import OfficialDocument
from search_service.search import SearchRequest, SearchService

_COLUMNS = ("searcher", "kind", "questions", "nDCG@10", "MRR@10", "first", "recall@10")
_NOTES = (
    "train, held-out: nDCG@10 on the questions that weights may be tuned on, and on those that only judge them.",
    "over baseline: nDCG@10 more than the better of the baselines on that kind; p: two-sided paired randomisation over "
    f"questions, {PERMUTATIONS:,} permutations, each row by itself.",
)


def tables(bench: Bench) -> list[Table]:
    """One table for each question set, by searcher and kind, and one of what is lost without marks."""
    measured = [run for corpus in CORPORA for run in measure(bench, corpus, with_baselines=True)]
    for run in measured:
        runs.write(run, run_path(run.header))
    by_set = _by_set(measured)
    return [*(to_table(name, of_set) for name, of_set in by_set.items()), marks_table(by_set)]


def measure(bench: Bench, corpus: str, *, with_baselines: bool) -> Iterator[Run]:
    """Runs of every searcher over every question set of a corpus, indexed by the command that users run."""
    documents = bench.corpus(corpus)
    asked = asked_over(documents)
    for engine in ENGINES:
        bench.indexed(engine, corpus)
        with bench.search(engine, corpus) as service:
            yield from answer_sets(asked, _searcher(service), corpus=corpus, searcher=engine, commit=commit())
    if with_baselines:
        yield from _baseline_runs(bench, documents, asked)


def run_path(header: Header) -> Path:
    """Where the run of a searcher over a question set is kept."""
    searcher = header.searcher.lower().replace(" ", "-")
    return runs.RUNS / f"{header.questions}-{searcher}.jsonl"


def to_table(name: str, of_set: Sequence[Run]) -> Table:
    """The table of one question set: a row for each searcher and kind."""
    kinds = {run.header.searcher: runs.by_kind(run.answers) for run in of_set}
    baselines = [kinds[searcher] for searcher in kinds if searcher not in ENGINES]
    rows = [
        (_label(searcher), kind, len(answers), *_figures(answers), *_sides(answers), *_over(answers, kind, baselines))
        for searcher, answers_by_kind in kinds.items()
        for kind, answers in answers_by_kind.items()
    ]
    return Table(
        name=f"relevance-{name}",
        title=f"Relevance, {name}: {len(of_set[0].answers)} questions",
        columns=(*_COLUMNS, *Side, "over baseline", "p"),
        rows=tuple(rows),
        notes=_NOTES,
    )


def marks_table(by_set: Mapping[str, Sequence[Run]]) -> Table:
    """What the same questions lose when their marks (dấu) are left out, by searcher, question set and kind."""
    rows = [
        (_label(plain.header.searcher), questions.marked, *row)
        for questions in QUESTION_SETS
        if questions.marked
        for plain, marked in zip(by_set[questions.name], by_set[questions.marked], strict=True)
        for row in _marks_rows(plain, marked)
    ]
    return Table(
        name="relevance-marks",
        title="Questions typed without their marks",
        columns=("searcher", "set", "kind", "questions", "marks", "no marks", "lost", "p"),
        rows=tuple(rows),
        notes=("nDCG@10 over the questions that have marks; p: two-sided paired randomisation, each row by itself.",),
    )


def _marks_rows(plain: Run, marked: Run) -> Iterator[tuple[str | float, ...]]:
    with_marks = {one.question.id: one.scores.ndcg for one in marked.answers}
    for kind, answers in runs.by_kind(plain.answers).items():
        without = ndcg(answers)
        having = [with_marks[one.question.id.removeprefix(UNMARKED)] for one in answers]
        lost = f"{1 - fmean(without) / fmean(having):+.1%}" if any(having) else ""
        p = f"{paired_randomisation(having, without):.4f}"
        yield kind, len(answers), fmean(having), fmean(without), lost, p


def _baseline_runs(bench: Bench, corpus: Corpus, asked: Mapping[str, Sequence[Question]]) -> Iterator[Run]:
    standard = ElasticsearchStandard(Elasticsearch(bench.elasticsearch_url, request_timeout=120), corpus.path)
    yield from answer_sets(asked, standard.search, corpus=corpus.name, searcher=standard.name, commit=commit())
    standard.close()
    sqlite = SqliteFts5(corpus.path)
    yield from answer_sets(asked, sqlite.search, corpus=corpus.name, searcher=sqlite.name, commit=commit())


def _searcher(service: SearchService) -> Searcher:
    def search(text: str) -> list[Hit]:
        answer = service.search(SearchRequest(text=text, size=DEPTH), Access.of())
        return [Hit(hit.record.id, hit.score, _folded_into(hit.record)) for hit in answer.hits]

    return search


def _folded_into(record: OfficialDocument) -> tuple[str, ...]:
    """The copies of a result that are no results themselves, as drafts are."""
    return tuple(copy.id for copy in record.copies if copy.kind is CopyKind.COPY)


def _by_set(measured: Iterable[Run]) -> dict[str, list[Run]]:
    sets: dict[str, list[Run]] = {}
    for run in measured:
        sets.setdefault(run.header.questions, []).append(run)
    return sets


def _label(searcher: str) -> str:
    return f"Tra Cứu, {searcher}" if searcher in ENGINES else searcher


def _figures(answers: Sequence[Answered]) -> tuple[float, float, float, float]:
    means = mean([one.scores for one in answers])
    return means.ndcg, means.mrr, means.first, means.recall


def _sides(answers: Sequence[Answered]) -> tuple[float | str, ...]:
    """nDCG@10 on each side of the split; empty for a side without questions."""
    by_side = [ndcg(one for one in answers if one.side is side) for side in Side]
    return tuple(fmean(scores) if scores else "" for scores in by_side)


def _over(
    answers: Sequence[Answered], kind: str, baselines: Sequence[Mapping[str, Sequence[Answered]]]
) -> tuple[float | str, str]:
    """What is gained over the best baseline, with its p-value; empty for the baselines themselves."""
    if not baselines or any(answers is baseline[kind] for baseline in baselines):
        return "", ""
    ours = ndcg(answers)
    best = max((ndcg(baseline[kind]) for baseline in baselines), key=fmean)
    return fmean(ours) - fmean(best), f"{paired_randomisation(ours, best):.4f}"
