"""How well documents are ranked: the project's own search through both engines, beside two baselines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from elasticsearch import Elasticsearch

from bench.baselines import ElasticsearchStandard, SqliteFts5
from bench.corpora import Corpus, Question
from bench.metrics import DEPTH, Scores, mean, score
from bench.setting import ENGINES, Bench
from bench.table import Table
from engines.interface import Access
from search_service.search import SearchRequest, SearchService

_ALL = "all"


def tables(bench: Bench) -> list[Table]:
    """One table for the office questions by kind, one for the articles."""
    return [_table(bench, name) for name in ("office", "articles")]


def _table(bench: Bench, name: str) -> Table:
    corpus = bench.corpus(name)
    rows: list[tuple[str | float, ...]] = []
    for searcher, by_kind in _measured(bench, corpus):
        rows += [(searcher, kind, *_figures(scores)) for kind, scores in sorted(by_kind.items())]
    return Table(
        name=f"relevance-{name}",
        title=f"Relevance, {name}: {len(corpus.questions)} questions",
        columns=("searcher", "kind", "nDCG@10", "MRR@10", "first", "recall@10"),
        rows=tuple(rows),
    )


def _measured(bench: Bench, corpus: Corpus) -> Iterable[tuple[str, dict[str, list[Scores]]]]:
    for engine in ENGINES:
        bench.indexed(engine, corpus.name)
        with bench.search(engine, corpus.name) as service:
            yield f"Tra Cứu, {engine}", by_kind(corpus.questions, lambda text: _ids(service, text))
    standard = ElasticsearchStandard(Elasticsearch(bench.elasticsearch_url, request_timeout=120), corpus.path)
    yield standard.name, by_kind(corpus.questions, standard.search)
    standard.close()
    sqlite = SqliteFts5(corpus.path)
    yield sqlite.name, by_kind(corpus.questions, sqlite.search)


def by_kind(questions: Sequence[Question], search: Callable[[str], Sequence[str]]) -> dict[str, list[Scores]]:
    """Scores of a searcher for each kind of question, and for all of them."""
    scores: dict[str, list[Scores]] = defaultdict(list)
    for question in questions:
        one = score(search(question.text), question.relevant)
        scores[question.kind].append(one)
        scores[_ALL].append(one)
    return dict(scores)


def _ids(service: SearchService, question: str) -> list[str]:
    answer = service.search(SearchRequest(text=question, size=DEPTH), Access.of())
    return [hit.record.id for hit in answer.hits]


def _figures(scores: list[Scores]) -> tuple[float, float, float, float]:
    means = mean(scores)
    return means.ndcg, means.mrr, means.first, means.recall
