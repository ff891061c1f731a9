"""The relevance tables."""

from dataclasses import replace

import pytest

from bench.generated import without_marks
from bench.relevance import marks_table, run_path, to_table
from bench.significance import PERMUTATIONS
from tests.bench.answers import HEADER, question, run_of

QUESTIONS = [question(f"q{number}", relevant=[f"right{number}"]) for number in range(40)]
OURS = run_of({one: one.relevant for one in QUESTIONS})
GOOD = run_of({one: ["wrong", *one.relevant] for one in QUESTIONS}, replace(HEADER, searcher="SQLite FTS5"))
BAD = run_of({one: [] for one in QUESTIONS}, replace(HEADER, searcher="Elasticsearch standard"))


def test_each_searcher_has_a_row_for_each_kind_and_for_all() -> None:
    rows = to_table("office", [OURS, GOOD, BAD]).rows
    assert [row[:3] for row in rows] == [
        ("Tra Cứu, embedded", "subject", 40),
        ("Tra Cứu, embedded", "all", 40),
        ("SQLite FTS5", "subject", 40),
        ("SQLite FTS5", "all", 40),
        ("Elasticsearch standard", "subject", 40),
        ("Elasticsearch standard", "all", 40),
    ]


def test_ours_is_compared_with_the_better_baseline_of_the_kind() -> None:
    row, *_ = to_table("office", [OURS, BAD, GOOD]).rows
    assert row[-2] == 1 - GOOD.answers[0].scores.ndcg
    assert row[-1] == f"{1 / (PERMUTATIONS + 1):.4f}"


def test_baselines_are_compared_with_nothing() -> None:
    assert all(row[-2:] == ("", "") for row in to_table("office", [OURS, GOOD, BAD]).rows[2:])


def test_both_sides_of_the_split_have_their_figure() -> None:
    table = to_table("office", [GOOD])
    assert table.columns[-4:-2] == ("train", "held-out")
    assert all(value == GOOD.answers[0].scores.ndcg for value in table.rows[0][-4:-2])


def test_a_side_without_questions_is_left_empty() -> None:
    *_, train, held_out, _, _ = to_table("office", [run_of({QUESTIONS[0]: []})]).rows[0]
    assert {train, held_out} == {"", 0.0}


def test_what_is_lost_without_marks_is_a_share_of_what_the_same_questions_reach_with_them() -> None:
    plain, marked = [question("p", text="chuyen doi so")], [question("m1"), question("m2", kind="body")]
    with_marks = run_of({one: ["right"] for one in [*plain, *marked]})
    without = run_of({one: ["wrong", "right"] if "m2" in one.id else ["right"] for one in without_marks(marked)})
    table = marks_table(
        {
            "office": [with_marks],
            "office-unmarked": [without],
            "articles": [with_marks],
            "articles-unmarked": [without],
        }
    )
    assert [row[1:-1] for row in table.rows[:3]] == [
        ("office", "body", 1, 1.0, pytest.approx(0.631, abs=1e-3), "+36.9%"),
        ("office", "subject", 1, 1.0, 1.0, "+0.0%"),
        ("office", "all", 2, 1.0, pytest.approx(0.815, abs=1e-3), "+18.5%"),
    ]


def test_runs_of_different_searchers_and_sets_are_kept_apart() -> None:
    assert run_path(BAD.header).name == "office-elasticsearch-standard.jsonl"
    assert run_path(replace(HEADER, questions="generated")).name == "generated-embedded.jsonl"
