"""The baselines answer as searchers do."""

import json
from pathlib import Path

import pytest

from bench.baselines import SqliteFts5

RECORDS = [
    {"id": "a", "number": "36/2025/QĐ-UBND", "subject": "Quy định về đất đai", "text": "đất đai"},
    {"id": "b", "number": "1/CT-UBND", "subject": "Chuyển đổi số", "text": "chuyển đổi số trong cơ quan nhà nước"},
]


@pytest.fixture
def sqlite(tmp_path: Path) -> SqliteFts5:
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    return SqliteFts5(path)


def test_the_best_document_comes_first_with_the_highest_score(sqlite: SqliteFts5) -> None:
    hits = sqlite.search("chuyen so quy")
    assert [hit.id for hit in hits] == ["b", "a"]
    assert hits[0].score > hits[1].score


def test_a_question_that_nothing_answers_finds_nothing(sqlite: SqliteFts5) -> None:
    assert sqlite.search("thanh tra") == []
