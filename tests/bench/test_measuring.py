"""From a data folder to runs: real indexes in both engines, over a handful of documents."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.question_sets import asked_over
from bench.relevance import measure
from bench.revisions import Tree, runs_of_trees
from bench.runs import Run
from bench.setting import ENGINES, Bench

DOCUMENTS = [
    {"id": "dat", "number": "36/2025/QĐ-UBND", "subject": "Quy định hạn mức giao đất ở", "text": "Hạn mức giao đất ở."},
    {"id": "so", "number": "12/KH-UBND", "subject": "Kế hoạch chuyển đổi số", "text": "Chuyển đổi số năm 2025."},
]
QUESTIONS = [
    {"id": "number-dat", "kind": "number", "query": "36/2025/QĐ-UBND", "relevant": ["dat"]},
    {"id": "subject-so", "kind": "subject", "query": "kế hoạch chuyển đổi số", "relevant": ["so"]},
]
LAW = {"number": "1/2020/QH14", "type": "Luật", "subject": "Luật Đất đai", "issuer": "Quốc hội", "issued": "2020-01-02"}
ARTICLE = {
    "id": "1/2020/QH14#Điều 1",
    "number": "1/2020/QH14",
    "article": "Điều 1",
    "subject": "Phạm vi điều chỉnh",
    "text": "Luật này quy định về đất đai.",
}


def write(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True)
    text = "".join(json.dumps(line) + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)


@pytest.fixture
def bench(tmp_path: Path, elasticsearch_url: str) -> Bench:
    data = tmp_path / "data"
    data.mkdir()
    write(data / "officials" / "documents.jsonl.gz", DOCUMENTS)
    write(data / "officials" / "queries.jsonl", QUESTIONS)
    write(data / "articles" / "documents.jsonl.gz", [LAW])
    write(data / "articles" / "articles.jsonl.gz", [ARTICLE])
    return Bench(data, tmp_path / "work", lambda: elasticsearch_url)


def ranked(runs: Iterable[Run]) -> dict[tuple[str, str], dict[str, list[str]]]:
    return {
        (run.header.searcher, run.header.questions): {
            one.question.id: [hit.id for hit in one.hits[:1]] for one in run.answers
        }
        for run in runs
    }


def test_every_searcher_answers_every_set_of_a_corpus(bench: Bench) -> None:
    found = ranked(measure(bench, "office", with_baselines=True))
    searchers = (*ENGINES, "Elasticsearch standard", "SQLite FTS5")
    assert list(found) == [(searcher, name) for searcher in searchers for name in asked_over(bench.corpus("office"))]
    for searcher in searchers:
        assert found[searcher, "office"] == {"number-dat": ["dat"], "subject-so": ["so"]}
    for engine in ENGINES:
        assert found[engine, "office-unmarked"] == {"plain-number-dat": ["dat"], "plain-subject-so": ["so"]}


def test_two_trees_answer_through_their_own_commands(bench: Bench, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    trees = (Tree("base", root, "old"), Tree("working-tree", root, "new"))
    [*pairs] = runs_of_trees(bench, trees, "embedded", ("office",), tmp_path / "runs")
    assert [(before.header.commit, after.header.commit) for before, after in pairs] == [("old", "new")] * len(pairs)
    assert ranked(before for before, _ in pairs) == ranked(after for _, after in pairs)
    assert (tmp_path / "runs" / "base" / "office-embedded.jsonl").exists()
