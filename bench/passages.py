"""Whether the passage that answers a question is among the first.

The laws of the articles' set are searched as whole documents beside the office's; a question's right answer is one
article of one of them, and a passage is right when it stands in that article.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import fmean, quantiles

from bench.corpora import Question
from bench.setting import Bench
from bench.split import Side, side
from bench.table import Table
from engines.interface import Access
from search_service.passages import Passage, find_passages
from search_service.search import SearchRequest, SearchService

_DEPTHS = (1, 5, 10)


def tables(bench: Bench) -> list[Table]:
    """The share of questions whose article is among the first 1, 5 and 10 passages, by half, and the time it takes."""
    bench.indexed("embedded", "office")
    questions = bench.corpus("articles").questions
    with bench.search("embedded", "office") as service:
        answers = [_answer(service, question) for question in questions]
    rows = [
        (half.value, *_shares([answer for answer in answers if side(answer[0], "articles") is half])) for half in Side
    ]
    milliseconds = sorted(1000 * seconds for *_, seconds in answers)
    median, p95 = quantiles(milliseconds)[1], quantiles(milliseconds, n=20)[-1]
    note = f"Milliseconds a question: median {median:.0f}, p95 {p95:.0f}."
    return [
        Table(
            name="passages",
            title=f"Passages: share of {len(questions)} questions whose article is among the first",
            columns=("half", *map(str, _DEPTHS)),
            rows=tuple(rows),
            notes=(note,),
        )
    ]


def _answer(service: SearchService, question: Question) -> tuple[Question, list[str], float]:
    began = time.perf_counter()
    _, found = find_passages(service, SearchRequest(text=question.text, size=max(_DEPTHS)), Access.of())
    return question, [_article(passage) for passage in found], time.perf_counter() - began


def _article(passage: Passage) -> str:
    """As the questions' answers name it."""
    return f"{passage.record.number}#{passage.article}"


def _shares(answers: Sequence[tuple[Question, list[str], float]]) -> list[float]:
    return [
        fmean(not question.relevant.isdisjoint(articles[:depth]) for question, articles, _ in answers)
        for depth in _DEPTHS
    ]
